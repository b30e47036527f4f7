package learn_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"fineprint/store/insight/learn"
)

// corpus are made-up sentences of three classes.
func corpus() (texts []string, classes []int) {
	for i := range 40 {
		texts = append(texts,
			fmt.Sprintf("A dispute of kind %d goes to an arbitrator and to no court", i),
			fmt.Sprintf("We keep cookies in your browser for %d days", i),
			fmt.Sprintf("The price rises by %d per cent when you renew", i))
		classes = append(classes, 0, 1, 2)
	}
	return texts, classes
}

func trained(seed uint64) (*learn.Vocabulary, *learn.Weights, []learn.Example) {
	texts, classes := corpus()
	v := learn.NewVocabulary(texts, 2, 1000, true)
	examples := make([]learn.Example, len(texts))
	for i, t := range texts {
		examples[i] = learn.Example{Terms: v.Vector(nil, t), Class: classes[i], Weight: 1}
	}
	return v, learn.Train(examples, v.Len(), 0, 3, learn.Options{Epochs: 10, Rate: 1, Ridge: 1e-5, Seed: seed}), examples
}

func likeliest(p []float32) int {
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return best
}

func TestClassesAreToldApart(t *testing.T) {
	v, w, examples := trained(1)
	c := learn.Compress(v, w, examples, 1000)
	for text, want := range map[string]int{
		"no court but an arbitrator": 0, "browser cookies": 1, "you renew at a price": 2,
	} {
		if got := likeliest(w.Probabilities(v.Vector(nil, text), nil)); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
		p := c.Probabilities(text)
		sum := float32(0)
		for _, x := range p {
			sum += x
		}
		if likeliest(p) != want || math.Abs(float64(sum-1)) > 1e-5 {
			t.Errorf("%q compressed: %v, want %d", text, p, want)
		}
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	pack := func(seed uint64) []byte {
		v, w, examples := trained(seed)
		return learn.Compress(v, w, examples, 60).Bytes()
	}
	if !bytes.Equal(pack(1), pack(1)) {
		t.Error("the same seed makes other weights")
	}
	if bytes.Equal(pack(1), pack(2)) {
		t.Error("the seed makes no difference")
	}
}

func TestFewerWeightsAreKept(t *testing.T) {
	v, w, examples := trained(1)
	all, few := learn.Compress(v, w, examples, 1000), learn.Compress(v, w, examples, 20)
	if len(few.Bytes()) >= len(all.Bytes()) {
		t.Errorf("20 weights are %d bytes, all are %d", len(few.Bytes()), len(all.Bytes()))
	}
	if got := likeliest(few.Probabilities("cookies in your browser")); got != 1 {
		t.Errorf("with 20 weights it is %d", got)
	}
}

func TestWordsThatTold(t *testing.T) {
	v, w, examples := trained(1)
	c := learn.Compress(v, w, examples, 1000)
	words := learn.Words(nil, "Perhaps cookies")
	told := make([]float32, len(words))
	c.Told(told, words, c.Vector(nil, words), 1)
	if told[0] != 0 || told[1] <= 0 {
		t.Errorf("told: %v", told)
	}
}

func TestWordsOfScripts(t *testing.T) {
	for text, want := range map[string]int{"": 0, "—": 0, "Don't 30-day": 4, "条款 a": 3, "हिन्दी है": 2, "a\xffb": 2} {
		words := learn.Words(nil, text)
		if len(words) != want {
			t.Errorf("%q: %d words, want %d", text, len(words), want)
		}
	}
	a, b := learn.Words(nil, "30 Days"), learn.Words(nil, "days 7")
	if a[0].Hash != b[1].Hash || a[1].Hash != b[0].Hash {
		t.Error("numbers or capitals make a difference")
	}
}

func TestLatentKnowsCompany(t *testing.T) {
	var texts []string
	for range 10 {
		texts = append(texts, "the refund of the fee is paid back", "the refund of the charge is paid back",
			"cookies sit in the browser", "cookies sit in the device")
	}
	l := learn.NewLatent(texts, 3, 1)
	like := func(a, b string) (s float32) {
		x, y := l.Point(a), l.Point(b)
		for i := range x {
			s += x[i] * y[i]
		}
		return s
	}
	if near, far := like("fee", "charge"), like("fee", "browser"); near < far+0.3 {
		t.Errorf("fee is as near to charge (%.2f) as to browser (%.2f)", near, far)
	}
	if !slices.Equal(l.Point("fee"), learn.NewLatent(texts, 3, 1).Point("fee")) {
		t.Error("the same texts make other points")
	}
	for _, x := range l.Point("unknown") {
		if x != 0 {
			t.Error("an unknown word has a point")
		}
	}
}

// FuzzParse: what was learned is refused, or written again it reads the same.
func FuzzParse(f *testing.F) {
	v, w, examples := trained(1)
	whole := learn.Compress(v, w, examples, 100).Bytes()
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{1, 1, 3, 255, 255})
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := learn.Parse(b)
		if err != nil {
			return
		}
		again, err := learn.Parse(c.Bytes())
		if err != nil || !bytes.Equal(again.Bytes(), c.Bytes()) {
			t.Errorf("written and read again: %v", err)
		}
		c.Probabilities("a dispute of cookies")
	})
}
