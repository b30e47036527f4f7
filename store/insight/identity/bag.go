package identity

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"
)

// bag is the words of a clause without their order, hashed and sorted.
type bag []uint64

// maxBag is how much of a clause, in bytes, its bag is made of: ten times the longest of
// real documents.
const maxBag = 256 << 10

func newBag(words string) *bag {
	b := bag{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(words[:min(len(words), maxBag)]), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		b = append(b, xxhash.Sum64String(w))
	}
	slices.Sort(b)
	return &b
}

func (b *bag) size() int { return len(*b) }

// common counts the words that both have.
func (b *bag) common(other *bag) (n int) {
	x, y := *b, *other
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case x[0] > y[0]:
			y = y[1:]
		default:
			n++
			x, y = x[1:], y[1:]
		}
	}
	return n
}

// dice is 1 for the same words and 0 for none in common.
func (b *bag) dice(other *bag) float64 {
	if b.size()+other.size() == 0 {
		return 1
	}
	return 2 * float64(b.common(other)) / float64(b.size()+other.size())
}
