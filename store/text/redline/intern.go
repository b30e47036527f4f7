package redline

import (
	"hash/maphash"

	"fineprint/store/reuse"
)

// interner gives equal tokens equal numbers, from 0 on in the order in which they come
// first. A map would be made anew for every pair of texts; this is an open-addressing
// table in memory that one pair uses after the other.
type interner struct {
	slots  []int32  // by hash: a token's number and 1, 0 for a free one
	hashes []uint32 // by number
	tokens []string // by number
}

var seed = maphash.MakeSeed() // which numbers tokens get does not depend on it

// reset forgets what was numbered and makes room for n tokens.
func (t *interner) reset(n int) {
	t.slots = reuse.Slots(t.slots, n)
	t.hashes, t.tokens = t.hashes[:0], t.tokens[:0]
}

// forget lets go of the texts that the tokens are of.
func (t *interner) forget() { clear(t.tokens) }

// number appends the numbers of tokens to dst.
func (t *interner) number(dst []int32, tokens []string) []int32 {
	mask := len(t.slots) - 1
	for _, token := range tokens {
		hash := uint32(maphash.String(seed, token))
		at := int(hash) & mask
		for {
			id := t.slots[at] - 1
			if id < 0 {
				id = int32(len(t.tokens))
				t.tokens, t.hashes = append(t.tokens, token), append(t.hashes, hash)
				t.slots[at] = id + 1
				dst = append(dst, id)
				break
			}
			if t.hashes[id] == hash && t.tokens[id] == token {
				dst = append(dst, id)
				break
			}
			at = (at + 1) & mask
		}
	}
	return dst
}
