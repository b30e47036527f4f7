package query

import (
	"hash/maphash"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/words"
)

// Index remembers the words of a list's names and reasons, so that each key of a filter
// compares them and prepares none. It serves one goroutine. The items it has seen are
// not changed in what their names and reasons are.
type Index struct {
	items map[*model.QueueItem]entry // nil: items come and go, and none is remembered
	docs  map[model.ID]int32
	whys  map[uint64]int32 // by the hash of the reasons: nothing else is as long
	seed  maphash.Seed
	texts []text

	listed  []*model.QueueItem // as it was last
	entries []entry            // of these
}

// entry has the numbers of an item's texts: of its names, and of its reasons.
type entry struct{ doc, why int32 }

// text is what words are looked for in.
type text struct {
	normal string
	name   string // in lower case, for what is looked for letter by letter
}

// NewIndex makes an index for a list whose items stay.
func NewIndex() *Index {
	x := passing()
	x.items = map[*model.QueueItem]entry{}
	return x
}

// passing makes an index for items that are gone through once.
func passing() *Index {
	return &Index{docs: map[model.ID]int32{}, whys: map[uint64]int32{}, seed: maphash.MakeSeed()}
}

// list returns the numbers of the texts of a whole list.
func (x *Index) list(items []*model.QueueItem) []entry {
	if slices.Equal(x.listed, items) {
		return x.entries
	}
	if len(x.items) > 2*len(items)+1000 { // most of it is not listed any more
		*x = *NewIndex()
	}
	x.listed, x.entries = append(x.listed[:0], items...), x.entries[:0]
	for _, c := range items {
		x.entries = append(x.entries, x.of(c))
	}
	return x.entries
}

// of returns the numbers of an item's texts.
func (x *Index) of(c *model.QueueItem) entry {
	if e, ok := x.items[c]; ok {
		return e
	}
	doc, ok := x.docs[c.Document]
	if !ok {
		name := c.PlatformName + " " + c.Type
		doc = x.add(text{words.Normal(c.Platform + " " + name), strings.ToLower(name)})
		x.docs[c.Document] = doc
	}
	e := entry{doc, x.why(c)}
	if x.items != nil {
		x.items[c] = e
	}
	return e
}

// why returns the number of the reasons: why an item is noise, or is suggested as it is.
func (x *Index) why(c *model.QueueItem) int32 {
	key := maphash.String(x.seed, string(c.Reason))
	for _, why := range c.Suggested.Why {
		key = key*31 + maphash.String(x.seed, why)
	}
	n, ok := x.whys[key]
	if !ok {
		normal := words.AppendNormal(nil, string(c.Reason))
		for _, why := range c.Suggested.Why {
			normal = words.AppendNormal(append(normal, '\n'), why)
		}
		n = x.add(text{normal: string(normal)})
		x.whys[key] = n
	}
	return n
}

func (x *Index) add(t text) int32 {
	x.texts = append(x.texts, t)
	return int32(len(x.texts) - 1)
}
