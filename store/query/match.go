package query

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/words"
)

// Matcher applies a query to one item after the other. Names and reasons repeat, so
// each is looked at once.
type Matcher struct {
	env   Env
	match func(*model.QueueItem) bool

	words []word
	index *Index
	bits  []uint64 // of each text of the index: the words that it has
	known []bool   // of each: whether its bits are

	list []entry          // of the items that are gone through, nil where they are not known
	at   int              // in it
	item *model.QueueItem // whose bits are these
	has  uint64
}

// word is what is looked for in names and reasons.
type word struct {
	normal string
	fuzzy  string // letters to be found in order, "" when the words are looked for
}

// Matcher prepares the query for one pass over items, which don't change meanwhile.
func (q Query) Matcher(env Env) *Matcher {
	m := &Matcher{env: env, index: env.Index}
	if m.index == nil {
		m.index = passing()
	}
	m.match = m.compile(q.root)
	return m
}

// Match reports whether the query finds an item.
func (m *Matcher) Match(c *model.QueueItem) bool { return m.match(c) }

func (m *Matcher) compile(n *node) func(*model.QueueItem) bool {
	if n == nil {
		return func(*model.QueueItem) bool { return true }
	}
	switch n.kind {
	case isField:
		test := n.test
		return func(c *model.QueueItem) bool { return test(&m.env, c) }
	case isWord:
		return m.word(n)
	case isNot:
		inner := m.compile(n.kids[0])
		return func(c *model.QueueItem) bool { return !inner(c) }
	}
	kids := make([]func(*model.QueueItem) bool, len(n.kids))
	for i, kid := range n.kids {
		kids[i] = m.compile(kid)
	}
	stops := n.kind == isOr // at the first of this answer
	return func(c *model.QueueItem) bool {
		for _, kid := range kids {
			if kid(c) == stops {
				return stops
			}
		}
		return !stops
	}
}

func (m *Matcher) word(n *node) func(*model.QueueItem) bool {
	if id := n.id; id != "" {
		return func(c *model.QueueItem) bool { return c.ID == id || c.Document == id || c.Record == id }
	}
	w := word{normal: words.Normal(n.values[0].text)}
	if n.fuzzy {
		w.fuzzy = n.values[0].text
	}
	bit := uint64(1) << len(m.words) // there are maxTerms at most
	m.words = append(m.words, w)
	return func(c *model.QueueItem) bool { return m.found(c)&bit != 0 }
}

// found returns the bits of the words that an item has.
func (m *Matcher) found(c *model.QueueItem) uint64 {
	if c == m.item {
		return m.has
	}
	var e entry
	if m.list != nil {
		e = m.list[m.at]
	} else {
		e = m.index.of(c)
	}
	m.item, m.has = c, m.look(e.doc)|m.look(e.why)
	return m.has
}

// look returns the bits of the words that a text has.
func (m *Matcher) look(n int32) uint64 {
	if more := len(m.index.texts) - len(m.bits); more > 0 {
		m.bits, m.known = append(m.bits, make([]uint64, more)...), append(m.known, make([]bool, more)...)
	}
	if m.known[n] {
		return m.bits[n]
	}
	t := &m.index.texts[n]
	for i, w := range m.words {
		if w.fuzzy == "" && words.Hold(t.normal, w.normal) || w.fuzzy != "" && holdsLetters(t.name, w.fuzzy) {
			m.bits[n] |= 1 << i
		}
	}
	m.known[n] = true
	return m.bits[n]
}

// holdsLetters reports whether a name has the letters in their order.
func holdsLetters(name, letters string) bool {
	for _, r := range letters {
		at := strings.IndexRune(name, r)
		if at < 0 {
			return false
		}
		name = name[at+len(string(r)):]
	}
	return true
}
