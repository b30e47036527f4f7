package rules

import (
	"strings"
	"sync"

	"fineprint/store/reuse"
	"fineprint/store/text/redline"
)

// minOwnWord is how long, in bytes, a word must be to be missed on the other
// side without comparing in order.
const minOwnWord = 4 // work limit

// otherWords reports whether one side has a word that the other has not at all
// and that no rule matches. It spares comparing in order what plainly means
// something else.
func (t *Table) otherWords(a, b []string) bool {
	const onA, onB = 1, 2                // work limit
	head, tail := redline.SameEnds(a, b) // on both sides
	w := wordTables.Get().(*wordTable)
	defer w.release()
	w.reset(len(a) + len(b) - 2*(head+tail))
	w.note(a[head:len(a)-tail], onA)
	w.note(b[head:len(b)-tail], onB)
	if !t.missesOne(w) {
		return false
	}
	w.noteKnown(a[:head])
	w.noteKnown(a[len(a)-tail:])
	return t.missesOne(w)
}

// missesOne reports whether a word is on one side alone that no rule matches.
func (t *Table) missesOne(w *wordTable) bool {
	for _, e := range w.entries {
		if e.sides != bothSides && !t.own[strings.ToLower(e.word)] && !redline.IsMonth(e.word) {
			return true
		}
	}
	return false
}

// wordTable is plain words of at least minOwnWord bytes, whatever their case, each with
// the sides that it is on: an open-addressing table in memory that one pair of clauses
// uses after the other.
type wordTable struct {
	slots   []int32 // by hash: where in entries a word is and 1, 0 for none
	entries []wordEntry
}

type wordEntry struct {
	word  string
	hash  uint32
	sides uint8
}

// The sides that a word is on.
const (
	onA uint8 = 1 << iota // work limit
	onB
	bothSides = onA | onB
)

var wordTables = sync.Pool{New: func() any { return &wordTable{} }}

// reset forgets all words and makes room for n.
func (w *wordTable) reset(n int) { w.slots = reuse.Slots(w.slots, n) }

// release lets go of the words and gives the table back to be used again.
func (w *wordTable) release() {
	clear(w.entries)
	w.entries = w.entries[:0]
	wordTables.Put(w)
}

// note notes that words are on a side.
func (w *wordTable) note(tokens []string, side uint8) {
	for _, word := range tokens {
		if hash, ok := plainHash(word); ok {
			at := w.find(word, hash)
			if w.slots[at] == 0 {
				w.entries = append(w.entries, wordEntry{word: word, hash: hash})
				w.slots[at] = int32(len(w.entries))
			}
			w.entries[w.slots[at]-1].sides |= side
		}
	}
}

// noteKnown notes that words are on both sides which are on any.
func (w *wordTable) noteKnown(tokens []string) {
	for _, word := range tokens {
		if hash, ok := plainHash(word); ok {
			if at := w.slots[w.find(word, hash)]; at > 0 {
				w.entries[at-1].sides = bothSides
			}
		}
	}
}

// find returns the slot of a word, or the free one where it belongs.
func (w *wordTable) find(word string, hash uint32) int {
	mask := len(w.slots) - 1
	at := int(hash) & mask
	for w.slots[at] > 0 {
		if e := &w.entries[w.slots[at]-1]; e.hash == hash && e.word[1:] == word[1:] && e.word[0]|0x20 == word[0]|0x20 {
			break
		}
		at = (at + 1) & mask
	}
	return at
}

// plainHash returns the hash, whatever the case of its first letter, of a word that is
// letters of ASCII alone, in one case but for the first: what several words without a
// space between them are not. It is false of any other, and of a short one.
func plainHash(word string) (hash uint32, ok bool) {
	if len(word) < minOwnWord {
		return 0, false
	}
	c := word[0] | 0x20
	if c < 'a' || c > 'z' {
		return 0, false
	}
	hash = (2166136261 ^ uint32(c)) * 16777619
	for i := 1; i < len(word); i++ {
		c := word[i]
		if c < 'a' || c > 'z' {
			return 0, false
		}
		hash = (hash ^ uint32(c)) * 16777619
	}
	return hash ^ hash>>15, true
}
