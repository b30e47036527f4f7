package identity

import (
	"encoding/binary"
	"slices"

	"github.com/cespare/xxhash/v2"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Chain is the texts of a document in the order of time: its versions without failed,
// quarantined and suspect ones, repeats, and those that have the text of the one before.
type Chain struct {
	Document uint64
	Links    []Link
	changes  Changes
}

// Link is one text of a [Chain].
type Link struct {
	Seq  int // of the version that showed it first
	Row  rows.Version
	Same []int // the versions after it that showed the same text
	sum  uint64
}

// Changes are those of a document by the versions that they are between.
type Changes map[[2]int]uint64

// ChangesOf reads the changes of documents.
func ChangesOf(tx *kv.Tx, is func(document uint64) bool) (map[uint64]Changes, error) {
	heads, err := rows.HeadsAmong(tx, is)
	all := map[uint64]Changes{}
	for i := range heads {
		h := &heads[i]
		if all[h.Document] == nil {
			all[h.Document] = Changes{}
		}
		all[h.Document][[2]int{int(h.From), int(h.To)}] = h.N
	}
	return all, err
}

// ReadChain reads a document's.
func ReadChain(tx *kv.Tx, n uint64, doc rows.Document, changes Changes) (*Chain, error) {
	c := &Chain{Document: n, changes: changes}
	order := doc.Chronology()
	for place := 1; place <= order.Len(); place++ {
		seq := order.At(place)
		if doc.IsRepeat(seq) {
			continue
		}
		v, err := rows.GetVersion(tx, n, seq)
		if err != nil {
			return nil, err
		}
		kind := model.VersionKind(v.Kind)
		if v.Text == 0 || kind == model.VersionFailed || kind == model.VersionQuarantined || doc.IsSuspect(seq, v) {
			continue
		}
		if last := len(c.Links) - 1; last >= 0 && c.Links[last].Row.Text == v.Text {
			c.Links[last].Same = append(c.Links[last].Same, seq)
			continue
		}
		c.Links = append(c.Links, Link{Seq: seq, Row: v, sum: c.sumAfter(seq, v)})
	}
	return c, nil
}

// sumAfter sums the chain up to a text that comes after those that it has.
func (c *Chain) sumAfter(seq int, v rows.Version) uint64 {
	b := make([]byte, 0, 64)
	b = binary.BigEndian.AppendUint64(b, c.Sum(len(c.Links)))
	b = binary.BigEndian.AppendUint32(b, uint32(seq))
	return xxhash.Sum64(append(b, v.TextSum...))
}

// Sum tells the first n texts from any others.
func (c *Chain) Sum(n int) uint64 {
	if n <= 0 || n > len(c.Links) {
		return 0
	}
	return c.Links[n-1].sum
}

// change returns the change that led to text i from the one before, 0 for none.
func (c *Chain) change(i int) uint64 {
	if i == 0 {
		return 0
	}
	from, to := &c.Links[i-1], c.Links[i].Seq
	if n := c.changes[[2]int{from.Seq, to}]; n != 0 {
		return n
	}
	for _, seq := range from.Same {
		if n := c.changes[[2]int{seq, to}]; n != 0 {
			return n
		}
	}
	return 0
}

// Gaps reports whether there is a step from one text to the next of which no change is known.
func (c *Chain) Gaps() bool {
	for i := 1; i < len(c.Links); i++ {
		if c.change(i) == 0 {
			return true
		}
	}
	return false
}

// Bytes is about how long the texts from i on are.
func (c *Chain) Bytes(i int) (n int) {
	for ; i < len(c.Links); i++ {
		n += c.Links[i].Row.TextBytes
	}
	return n
}

// Index returns where in the chain a version's text is, None for one that makes none.
func (c *Chain) Index(seq int) int {
	return slices.IndexFunc(c.Links, func(l Link) bool { return l.Seq == seq || slices.Contains(l.Same, seq) })
}
