package learn

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// maxWords is how many words of a text are read: what a clause is about stands in its
// first pages.
const maxWords = 2000

// Word is a word of a text: its hash, and where it stands.
type Word struct {
	Hash       uint32
	Start, End int
}

const (
	fnvOffset uint32 = 2166136261
	fnvPrime  uint32 = 16777619
	number    uint32 = 0x9e3779b1 // the hash of every word with a digit
)

// Words appends the words of a text to dst: runs of letters and digits, in lower case.
// In scripts that write no spaces between words each character is one. Numbers are
// all alike: whether a limit is 30 or 60 days says nothing of the kind of clause.
func Words(dst []Word, text string) []Word {
	hash, start, digit := fnvOffset, -1, false
	end := func(at int) {
		if start < 0 {
			return
		}
		if digit {
			hash = number
		}
		dst = append(dst, Word{hash, start, at})
		hash, start, digit = fnvOffset, -1, false
	}
	for i := 0; i < len(text) && len(dst) < maxWords; {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case 'a' <= r && r <= 'z':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case '0' <= r && r <= '9':
			digit = true
		case r < utf8.RuneSelf || r == unicode.ReplacementChar ||
			!unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			end(i)
			i += n
			continue
		default:
			r = unicode.ToLower(r)
			if r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
				end(i)
			}
		}
		if start < 0 {
			start = i
		}
		hash = (hash ^ uint32(r)) * fnvPrime
		i += n
	}
	end(len(text))
	return dst[:min(len(dst), maxWords)]
}

// pair is the hash of two words, one after the other.
func pair(a, b uint32) uint32 {
	h := (a ^ b>>15) * 0x85ebca6b
	return (h^h>>13)*0xc2b2ae35 ^ b*fnvPrime
}

// Vector is a text by its terms, words and pairs of them, as places in a vocabulary.
// Its length is 1.
type Vector []Entry

// Entry is a term of a vector.
type Entry struct {
	Term   int32
	Weight float32
}

// Vocabulary is the terms that are known, by hash, and how rare each is.
type Vocabulary struct {
	hashes []uint32
	rarity []float32 // logarithm of the inverse share of texts that have it
	place  table
	pairs  bool
}

// NewVocabulary collects the terms that at least `least` of the texts have, at most
// `most` of them: those that most texts have. Pairs of words count as terms if wanted.
func NewVocabulary(texts []string, least, most int, pairs bool) *Vocabulary {
	counts := map[uint32]int32{}
	var words []Word
	var terms []uint32
	for _, text := range texts {
		words = Words(words[:0], text)
		terms = appendTerms(terms[:0], words, pairs)
		slices.Sort(terms)
		for i, t := range terms {
			if i == 0 || terms[i-1] != t {
				counts[t]++
			}
		}
	}
	v := &Vocabulary{pairs: pairs}
	for hash, n := range counts {
		if int(n) >= least {
			v.hashes = append(v.hashes, hash)
		}
	}
	slices.SortFunc(v.hashes, func(a, b uint32) int {
		if counts[a] != counts[b] {
			return int(counts[b] - counts[a])
		}
		if a < b {
			return -1
		}
		return 1
	})
	if len(v.hashes) > most {
		v.hashes = v.hashes[:most]
	}
	slices.Sort(v.hashes)
	v.rarity = make([]float32, len(v.hashes))
	for i, hash := range v.hashes {
		v.rarity[i] = float32(1 + math.Log(float64(1+len(texts))/float64(1+counts[hash])))
	}
	v.place = newTable(v.hashes)
	return v
}

// Len is how many terms there are.
func (v *Vocabulary) Len() int { return len(v.hashes) }

func appendTerms(dst []uint32, words []Word, pairs bool) []uint32 {
	for i, w := range words {
		dst = append(dst, w.Hash)
		if pairs && i > 0 {
			dst = append(dst, pair(words[i-1].Hash, w.Hash))
		}
	}
	return dst
}

// Terms lists the words of a text and the pairs of them, each once, in order of their
// hashes.
func Terms(words []Word) []uint32 {
	list := appendTerms(make([]uint32, 0, 2*len(words)), words, true)
	slices.Sort(list)
	return slices.Compact(list)
}

// Vector returns a text as a vector, appended to dst. What is in no vocabulary is left
// out.
func (v *Vocabulary) Vector(dst Vector, text string) Vector {
	var room [256]Word
	return v.vectorOf(dst, Words(room[:0], text))
}

func (v *Vocabulary) vectorOf(dst Vector, words []Word) Vector {
	from := len(dst)
	add := func(hash uint32) {
		if p := v.place.find(hash); p >= 0 {
			dst = append(dst, Entry{p, 1})
		}
	}
	for i, w := range words {
		add(w.Hash)
		if v.pairs && i > 0 {
			add(pair(words[i-1].Hash, w.Hash))
		}
	}
	list := dst[from:]
	slices.SortFunc(list, func(a, b Entry) int { return int(a.Term - b.Term) })
	n, sum := 0, float64(0)
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].Term == list[i].Term {
			j++
		}
		w := (1 + math.Log(float64(j-i))) * float64(v.rarity[list[i].Term])
		list[n] = Entry{list[i].Term, float32(w)}
		sum += w * w
		n, i = n+1, j
	}
	list = list[:n]
	if sum > 0 {
		f := float32(1 / math.Sqrt(sum))
		for i := range list {
			list[i].Weight *= f
		}
	}
	return dst[:from+n]
}

// table finds the place of a hash by open addressing.
type table struct {
	slots []int32 // place + 1
	keys  []uint32
	shift uint
}

func newTable(keys []uint32) table {
	bits := uint(4)
	for 1<<bits < 2*len(keys) {
		bits++
	}
	t := table{make([]int32, 1<<bits), keys, 32 - bits}
	for i, k := range keys {
		s := k * number >> t.shift
		for t.slots[s] != 0 {
			s = (s + 1) & uint32(len(t.slots)-1)
		}
		t.slots[s] = int32(i + 1)
	}
	return t
}

// find returns the place of a hash, -1 if it has none.
func (t *table) find(k uint32) int32 {
	if len(t.slots) == 0 {
		return -1
	}
	for s := k * number >> t.shift; ; s = (s + 1) & uint32(len(t.slots)-1) {
		p := t.slots[s] - 1
		if p < 0 || t.keys[p] == k {
			return p
		}
	}
}
