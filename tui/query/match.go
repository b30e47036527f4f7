package query

import (
	"hash/maphash"
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
	all   uint64 // a bit for each of the words
	docs  map[model.ID]uint64
	whys  map[uint64]uint64 // by the hash of the reasons
	seed  maphash.Seed
	text  []byte

	item *model.QueueItem // whose bits are known
	bits uint64
}

// word is what is looked for in names and reasons.
type word struct {
	normal string
	fuzzy  string // letters to be found in order, "" when the words are looked for
}

// Matcher prepares the query for one pass over items, which don't change meanwhile.
func (q Query) Matcher(env Env) *Matcher {
	m := &Matcher{env: env, docs: map[model.ID]uint64{}, whys: map[uint64]uint64{}, seed: maphash.MakeSeed()}
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
	m.words, m.all = append(m.words, w), m.all|bit
	return func(c *model.QueueItem) bool { return m.found(c)&bit != 0 }
}

// found returns the bits of the words that an item has.
func (m *Matcher) found(c *model.QueueItem) uint64 {
	if c == m.item {
		return m.bits
	}
	bits, seen := m.docs[c.Document]
	if !seen {
		m.text = words.AppendNormal(m.text[:0], c.Platform+" "+c.PlatformName+" "+c.Type)
		bits = m.look(c.PlatformName + " " + c.Type)
		m.docs[c.Document] = bits
	}
	if bits != m.all {
		bits |= m.inReasons(c)
	}
	m.item, m.bits = c, bits
	return bits
}

// inReasons looks at why an item is noise, or is suggested as it is.
func (m *Matcher) inReasons(c *model.QueueItem) uint64 {
	key := maphash.String(m.seed, string(c.Reason))
	for _, why := range c.Suggested.Why {
		key = key*31 + maphash.String(m.seed, why)
	}
	bits, seen := m.whys[key]
	if !seen {
		m.text = words.AppendNormal(m.text[:0], string(c.Reason))
		for _, why := range c.Suggested.Why {
			m.text = words.AppendNormal(append(m.text, '\n'), why)
		}
		bits = m.look("")
		m.whys[key] = bits
	}
	return bits
}

// look returns the bits of the words that the text at hand has, and of the letters
// that a name has.
func (m *Matcher) look(name string) uint64 {
	bits, text := uint64(0), string(m.text)
	for i, w := range m.words {
		if w.fuzzy == "" && words.Hold(text, w.normal) || w.fuzzy != "" && holdsLetters(name, w.fuzzy) {
			bits |= 1 << i
		}
	}
	return bits
}

// holdsLetters reports whether a name has the letters in their order.
func holdsLetters(name, letters string) bool {
	name = strings.ToLower(name)
	for _, r := range letters {
		at := strings.IndexRune(name, r)
		if at < 0 {
			return false
		}
		name = name[at+len(string(r)):]
	}
	return true
}
