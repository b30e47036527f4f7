package clause

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// bag is the words of a clause without their order: hashes, sorted, and a
// sketch that keeps most bags with little in common apart at once.
type bag struct {
	start, end int32 // in the workspace's bags
	sketch     [4]uint64
	made       bool
}

// numberWord replaces every number and month in a bag: which one it is makes
// a clause no other clause.
const numberWord = 1

// bagOf makes, once, the bag of a key.
func (a *aligner) bagOf(k *key) []uint32 {
	if !k.bag.made {
		start := len(a.bags)
		a.bags = appendWords(a.bags, k.words)
		list := a.bags[start:]
		slices.Sort(list)
		k.bag = bag{start: int32(start), end: int32(len(a.bags)), made: true}
		for _, w := range list {
			k.bag.sketch[w>>6&3] |= 1 << (w & 63)
		}
	}
	return a.bags[k.bag.start:k.bag.end]
}

// appendWords appends a hash of each word of visible text, in lower case. Han,
// Kana, Thai and the like give one a character.
func appendWords(dst []uint32, s string) []uint32 {
	const offset, prime = 2166136261, 16777619
	h, digits, n := uint32(offset), true, 0
	flush := func() {
		if n > 0 {
			if digits || isMonth(h) {
				h = numberWord
			}
			dst = append(dst, h)
		}
		h, digits, n = offset, true, 0
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
			fallthrough
		case c >= 'a' && c <= 'z':
			digits = false
			fallthrough
		case c >= '0' && c <= '9':
			h = (h ^ uint32(c)) * prime
			n++
			i++
		case c < utf8.RuneSelf:
			flush()
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if alone(r) {
				flush()
			}
			digits = false
			for _, b := range []byte(s[i : i+size]) {
				h = (h ^ uint32(b)) * prime
			}
			n++
			i += size
			if alone(r) {
				flush()
			}
		}
	}
	flush()
	return dst
}

// alone reports whether a character is a word by itself.
func alone(r rune) bool {
	return r >= 0x0e00 && r < 0x0f00 || r >= 0x1780 && r < 0x1800 || r >= 0x3040 && r < 0x3100 ||
		r >= 0x3400 && r < 0xa000 || r >= 0x20000 && r < 0x30000
}

var monthWords = func() (list []uint32) {
	for _, m := range []string{"january", "february", "march", "april", "june", "july", "august", "september", "october",
		"november", "december"} {
		h := uint32(2166136261)
		for i := range len(m) {
			h = (h ^ uint32(m[i])) * 16777619
		}
		list = append(list, h)
	}
	slices.Sort(list)
	return list
}()

func isMonth(h uint32) bool {
	_, found := slices.BinarySearch(monthWords, h)
	return found
}

// shared counts the words two sorted bags have in common.
func shared(x, y []uint32) int {
	n, i, j := 0, 0, 0
	for i < len(x) && j < len(y) {
		switch {
		case x[i] == y[j]:
			n, i, j = n+1, i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// similarity is twice the words two clauses have in common over all their words
// (Dice's coefficient on multisets) or, when most of the shorter is in the
// longer, that share weighted down.
func similarity(x, y []uint32) float32 {
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	if len(x) > longBag && len(y) > longBag {
		// A quarter of the hashes keeps most pairs with little in common apart.
		least := min(0.2*float32(len(x)+len(y)), 0.66*float32(min(len(x), len(y))))
		if 4*float32(shared(quarter(x), quarter(y))) < 0.4*least {
			return 0
		}
	}
	n := float32(shared(x, y))
	dice := 2 * n / float32(len(x)+len(y))
	if least := min(len(x), len(y)); least >= 8 {
		return max(dice, 0.6*n/float32(least))
	}
	return dice
}

// longBag is from how many words on a quarter of them is compared first.
const longBag = 40 // work limit

// quarter is the words of a sorted bag whose hashes are in the lowest quarter.
func quarter(bag []uint32) []uint32 {
	n, _ := slices.BinarySearch(bag, 1<<30) // work limit
	return bag[:n]
}

// mayResemble rules out, by sketch, most pairs that are not minSimilar.
func mayResemble(x, y *bag) bool {
	both, least := 0, 0
	nx, ny := 0, 0
	for k := range x.sketch {
		both += bits.OnesCount64(x.sketch[k] & y.sketch[k])
		nx += bits.OnesCount64(x.sketch[k])
		ny += bits.OnesCount64(y.sketch[k])
	}
	least = min(nx, ny)
	return both*3 >= least
}
