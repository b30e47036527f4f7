package glance

import "fineprint/store/model"

// maxKept and maxBytes bound what is kept of the changes that were seen last.
const maxKept, maxBytes = 24, 4 << 20

// cache keeps what was read of the changes seen last, the newest at the end.
type cache struct{ list []*content }

// find returns what is kept of a change, nil when nothing is, and makes it the newest.
func (k *cache) find(id model.ID) *content {
	for i, c := range k.list {
		if c.id == id {
			k.list = append(append(k.list[:i:i], k.list[i+1:]...), c)
			return c
		}
	}
	return nil
}

// add keeps what was read in place of what was before, and lets go of the oldest ones
// that are too much; the newest stays whatever it weighs.
func (k *cache) add(c *content) {
	if k.find(c.id) != nil {
		k.list = k.list[:len(k.list)-1]
	}
	k.list = append(k.list, c)
	total, first := 0, len(k.list)
	for first > 0 && len(k.list)-first < maxKept && (first == len(k.list) || total+k.list[first-1].bytes <= maxBytes) {
		first--
		total += k.list[first].bytes
	}
	k.list = append([]*content(nil), k.list[first:]...)
}

// stale marks all that is kept as of before the store was written to.
func (k *cache) stale() {
	for _, c := range k.list {
		c.stale = true
	}
}
