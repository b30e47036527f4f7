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
	quarter    int32 // where the lowest quarter of the hashes ends
	bits       int32 // how many of the sketch's are set
	made       bool
	sketch     [4]uint64
}

// numberWord replaces every number and month in a bag: which one it is makes
// a clause no other clause.
const numberWord = 1

// maxBag is how much of a clause, in bytes, its bag is made of: ten times the longest
// of real documents.
const maxBag = 256 << 10 // work limit

// bagOf makes, once, the bag of a key.
func (a *aligner) bagOf(k *key) []uint32 {
	if !k.bag.made {
		start := len(a.bags)
		a.bags = appendWords(a.bags, k.words[:min(len(k.words), maxBag)])
		list := a.bags[start:]
		slices.Sort(list)
		k.bag = bag{start: int32(start), end: int32(len(a.bags)), quarter: int32(start + len(lowQuarter(list))), made: true}
		for _, w := range list {
			k.bag.sketch[w>>6&3] |= 1 << (w & 63)
		}
		for _, word := range k.bag.sketch {
			k.bag.bits += int32(bits.OnesCount64(word))
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
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
			digits = false
			h = (h ^ uint32(c|0x20)) * prime
			n++
			i++
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

// monthBits has a bit for each of monthWords, by their lowest ones.
var monthBits = func() (set uint64) {
	for _, h := range monthWords {
		set |= 1 << (h & 63)
	}
	return set
}()

func isMonth(h uint32) bool {
	if monthBits>>(h&63)&1 == 0 { // work limit
		return false
	}
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

// sharedAtLeast is how many words two sorted bags have in common, or anything below least
// where that is fewer.
func sharedAtLeast(x, y []uint32, least int) int {
	onlyX, onlyY := len(x)-least, len(y)-least // how many may be without a partner
	n, i, j := 0, 0, 0
	for i < len(x) && j < len(y) && onlyX >= 0 && onlyY >= 0 {
		switch {
		case x[i] == y[j]:
			n, i, j = n+1, i+1, j+1
		case x[i] < y[j]:
			i, onlyX = i+1, onlyX-1
		default:
			j, onlyY = j+1, onlyY-1
		}
	}
	return n
}

// similarity is twice the words two clauses have in common over all their words
// (Dice's coefficient on multisets) or, when most of the shorter is in the
// longer, that share weighted down.
func similarity(x, y []uint32) float32 {
	if len(x) > longBag && len(y) > longBag && farApart(x, y, lowQuarter(x), lowQuarter(y)) {
		return 0
	}
	return similarityOf(shared(x, y), len(x), len(y))
}

// similarityOf is the similarity of two bags by how many words they share and have. It
// grows with what they share.
func similarityOf(shared, n, m int) float32 {
	if n == 0 || m == 0 {
		return 0
	}
	dice := 2 * float32(shared) / float32(n+m)
	if least := min(n, m); least >= 8 {
		return max(dice, 0.6*float32(shared)/float32(least))
	}
	return dice
}

// leastShared is how many words two bags must share at least to be as similar, by a
// weight, as they are to be.
func leastShared(n, m int, weight, similar float32) int {
	share := similar / weight
	least := int(share * float32(n+m) / 2)
	if few := min(n, m); few >= 8 {
		least = min(least, int(share*float32(few)/0.6))
	}
	for least > 0 && weight*similarityOf(least-1, n, m) >= similar {
		least--
	}
	for least <= min(n, m) && weight*similarityOf(least, n, m) < similar {
		least++
	}
	return least
}

// longBag is from how many words on a quarter of them is compared first.
const longBag = 40 // work limit

// farApart keeps most pairs of long bags with little in common apart, by the lowest
// quarter of their hashes.
func farApart(x, y, lowX, lowY []uint32) bool {
	least := min(0.2*float32(len(x)+len(y)), 0.66*float32(min(len(x), len(y))))
	return 4*float32(shared(lowX, lowY)) < 0.4*least
}

// quarterOf is the lowQuarter of the bag of a key, which was made.
func (a *aligner) quarterOf(k *key) []uint32 { return a.bags[k.bag.start:k.bag.quarter] }

// lowQuarter is the words of a sorted bag whose hashes are in the lowest quarter.
func lowQuarter(bag []uint32) []uint32 {
	n, _ := slices.BinarySearch(bag, 1<<30) // work limit
	return bag[:n]
}

// common counts the bits that the sketches of two bags share.
func (b *bag) common(other *bag) int {
	n := 0
	for k := range b.sketch {
		n += bits.OnesCount64(b.sketch[k] & other.sketch[k])
	}
	return n
}

// mayResemble rules out, by how much their sketches share, most pairs that are not
// minSimilar.
func (b *bag) mayResemble(other *bag) bool { // work limit
	return b.common(other)*3 >= int(min(b.bits, other.bits))
}

// similarAtLeast is the similarity of two clauses, weighted, or 0 when that is below
// least. Each bit that is in one sketch only is of a word that is in one bag only, so
// that most pairs are known to be below without looking at their words.
func (a *aligner) similarAtLeast(p, q *key, weight, least float32) float32 {
	x, y := a.bagOf(p), a.bagOf(q)
	common := p.bag.common(&q.bag)
	most := min(len(x)-int(p.bag.bits), len(y)-int(q.bag.bits)) + common
	if weight*similarityOf(most, len(x), len(y)) < least ||
		len(x) > longBag && len(y) > longBag && farApart(x, y, a.quarterOf(p), a.quarterOf(q)) {
		return 0
	}
	enough := leastShared(len(x), len(y), weight, least)
	n := sharedAtLeast(x, y, enough)
	if n < enough {
		return 0
	}
	return weight * similarityOf(n, len(x), len(y))
}
