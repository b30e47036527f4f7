package learn

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"fineprint/store/model"
)

// Classifier tells classes apart by what was learned, rounded to a byte a weight and
// without the weights that say little: small enough to be shipped and kept.
type Classifier struct {
	words   *Vocabulary
	classes int
	bias    []float32
	start   []uint32 // of each term's weights
	class   []uint16
	weight  []int8
	step    float32 // what a weight of 1 is
}

// Classes is how many classes there are.
func (c *Classifier) Classes() int { return c.classes }

// Compress rounds weights and keeps at most so many of them: those that moved most in
// the examples that they were learned from.
func Compress(v *Vocabulary, w *Weights, examples []Example, keep int) *Classifier {
	mass := make([]float64, v.Len()) // how much of the examples a term is
	for _, e := range examples {
		for _, t := range e.Terms {
			mass[t.Term] += float64(t.Weight * t.Weight * e.Weight)
		}
	}
	worth := make([]float32, len(w.Terms))
	var sorted []float32
	top := float32(0)
	for i, x := range w.Terms {
		worth[i] = float32(math.Abs(float64(x)) * math.Sqrt(mass[i/w.Classes]))
		if worth[i] > 0 {
			sorted = append(sorted, worth[i])
		}
		top = max(top, x, -x)
	}
	least := float32(0)
	if len(sorted) > keep {
		slices.Sort(sorted)
		least = sorted[len(sorted)-keep]
	}
	c := &Classifier{classes: w.Classes, bias: slices.Clone(w.Bias), step: top / 127,
		words: &Vocabulary{pairs: v.pairs}}
	for t, hash := range v.hashes {
		from := len(c.class)
		for k, x := range w.Terms[t*w.Classes:][:w.Classes] {
			if q := int8(math.Round(float64(x / c.step))); q != 0 && worth[t*w.Classes+k] >= least {
				c.class, c.weight = append(c.class, uint16(k)), append(c.weight, q)
			}
		}
		if from < len(c.class) {
			c.words.hashes = append(c.words.hashes, hash)
			c.words.rarity = append(c.words.rarity, v.rarity[t])
			c.start = append(c.start, uint32(from))
		}
	}
	c.start = append(c.start, uint32(len(c.class)))
	for i, r := range c.words.rarity {
		c.words.rarity[i] = float32(roundRarity(r)) / rarityStep
	}
	c.words.place = newTable(c.words.hashes)
	return c
}

// rarityStep is how finely a term's rarity is kept.
const rarityStep = 20

func roundRarity(r float32) byte { return byte(min(255, math.Round(float64(r*rarityStep)))) }

// Scores sets p to the log-odds of the classes for a text, up to a constant.
func (c *Classifier) Scores(p []float32, text Vector) {
	copy(p, c.bias)
	for _, e := range text {
		f := e.Weight * c.step
		from, to := c.start[e.Term], c.start[e.Term+1]
		weights := c.weight[from:to]
		for i, k := range c.class[from:to] {
			p[k] += f * float32(weights[i])
		}
	}
}

// Vector returns a text as a vector of the terms that are known.
func (c *Classifier) Vector(dst Vector, words []Word) Vector { return c.words.vectorOf(dst, words) }

// Probabilities returns how probable the classes are for a text.
func (c *Classifier) Probabilities(text string) []float32 {
	p := make([]float32, c.classes)
	var room [256]Word
	c.Scores(p, c.Vector(nil, Words(room[:0], text)))
	Softmax(p)
	return p
}

// Softmax turns log-odds into probabilities.
func Softmax(p []float32) { softmax(p) }

// Told sets told to how much each word of a text speaks for a class; a pair of words
// counts for both of them.
func (c *Classifier) Told(told []float32, words []Word, text Vector, class int) {
	clear(told)
	worth := func(hash uint32) float32 {
		t := c.words.place.find(hash)
		if t < 0 {
			return 0
		}
		at, found := slices.BinarySearchFunc(text, t, func(e Entry, t int32) int { return int(e.Term - t) })
		if !found {
			return 0
		}
		for i := c.start[t]; i < c.start[t+1]; i++ {
			if int(c.class[i]) == class {
				return text[at].Weight * c.step * float32(c.weight[i])
			}
		}
		return 0
	}
	for i, w := range words {
		told[i] += worth(w.Hash)
		if c.words.pairs && i > 0 {
			half := worth(pair(words[i-1].Hash, w.Hash)) / 2
			told[i-1] += half
			told[i] += half
		}
	}
}

const packed = 1 // the form in which a classifier is written

// Bytes writes a classifier for [Parse].
func (c *Classifier) Bytes() []byte {
	b := []byte{packed, 0}
	if c.words.pairs {
		b[1] = 1
	}
	b = binary.AppendUvarint(b, uint64(c.classes))
	b = binary.AppendUvarint(b, uint64(len(c.words.hashes)))
	b = binary.AppendUvarint(b, uint64(len(c.class)))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(c.step))
	for _, x := range c.bias {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	before := uint32(0)
	for _, h := range c.words.hashes {
		b = binary.AppendUvarint(b, uint64(h-before))
		before = h
	}
	for _, r := range c.words.rarity {
		b = append(b, roundRarity(r))
	}
	for i := range c.words.hashes {
		b = binary.AppendUvarint(b, uint64(c.start[i+1]-c.start[i]))
	}
	for i := range c.words.hashes {
		k := uint16(0)
		for _, next := range c.class[c.start[i]:c.start[i+1]] {
			b = binary.AppendUvarint(b, uint64(next-k))
			k = next
		}
	}
	for _, w := range c.weight {
		b = append(b, byte(w))
	}
	return b
}

// Parse reads what [Classifier.Bytes] wrote. The error wraps [model.ErrDamaged].
func Parse(b []byte) (*Classifier, error) {
	bad := fmt.Errorf("%w: learned weights can't be read", model.ErrDamaged)
	if len(b) < 2 || b[0] != packed {
		return nil, bad
	}
	r := bytes.NewReader(b[2:])
	failed := false
	number := func() int {
		n, err := binary.ReadUvarint(r)
		failed = failed || err != nil || n > math.MaxUint32
		if failed {
			return 0
		}
		return int(n)
	}
	float := func() float32 {
		var four [4]byte
		_, err := r.Read(four[:])
		failed = failed || err != nil
		return math.Float32frombits(binary.LittleEndian.Uint32(four[:]))
	}
	c := &Classifier{words: &Vocabulary{pairs: b[1] == 1}, classes: number()}
	terms, weights := number(), number()
	if failed || c.classes > math.MaxUint16 || terms+weights+c.classes > len(b) {
		return nil, bad
	}
	c.step = float()
	c.bias = make([]float32, c.classes)
	for i := range c.bias {
		c.bias[i] = float()
	}
	c.words.hashes, c.words.rarity = make([]uint32, terms), make([]float32, terms)
	c.start, c.class, c.weight = make([]uint32, terms+1), make([]uint16, weights), make([]int8, weights)
	last := uint32(0)
	for i := range c.words.hashes {
		last += uint32(number())
		c.words.hashes[i] = last
	}
	for i := range c.words.rarity {
		x, err := r.ReadByte()
		failed = failed || err != nil
		c.words.rarity[i] = float32(x) / rarityStep
	}
	for i := range terms {
		c.start[i+1] = c.start[i] + uint32(number())
	}
	if failed || int(c.start[terms]) != weights {
		return nil, bad
	}
	for i := range terms {
		k := 0
		for j := c.start[i]; j < c.start[i+1]; j++ {
			if k += number(); failed || k >= c.classes {
				return nil, bad
			}
			c.class[j] = uint16(k)
		}
	}
	for i := range c.weight {
		x, err := r.ReadByte()
		failed = failed || err != nil
		c.weight[i] = int8(x)
	}
	if failed || r.Len() > 0 {
		return nil, bad
	}
	c.words.place = newTable(c.words.hashes)
	return c, nil
}
