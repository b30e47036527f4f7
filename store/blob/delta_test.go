package blob

import (
	"bytes"
	"errors"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

func deltaOf(base, target []byte) []byte {
	delta, _ := appendDelta(nil, nil, string(base), string(target))
	return delta
}

// FuzzDelta: a difference rebuilds its target, and a hostile one is refused or
// makes exactly the length asked for.
func FuzzDelta(f *testing.F) {
	f.Add([]byte("The first of two texts that share a long run of words."),
		[]byte("The second of two texts that share a long run of words!"), []byte{1, 2, 3})
	f.Add([]byte{}, []byte("x"), []byte{0x21, 0, 0x21, 0})
	f.Add(bytes.Repeat([]byte("again "), 50), bytes.Repeat([]byte("again "), 40),
		[]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 7})
	f.Fuzz(func(t *testing.T, base, target, hostile []byte) {
		delta := deltaOf(base, target)
		got, err := applyDelta(nil, base, delta, len(target))
		if err != nil || !bytes.Equal(got, target) {
			t.Errorf("%q does not rebuild %q: %q, %v", delta, target, got, err)
		}
		if got, err := applyDelta(nil, base, hostile, len(target)); err == nil && len(got) != len(target) {
			t.Errorf("a hostile difference made %d bytes of %d", len(got), len(target))
		}
		if n := len(delta); n > 0 { // a true one, cut or for another length
			if _, err := applyDelta(nil, base, delta[:n-1], len(target)); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("a cut difference: %v", err)
			}
			if _, err := applyDelta(nil, base, delta, len(target)+1); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("a difference for another length: %v", err)
			}
		}
	})
}

func TestDeltaRebuilds(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 400 {
		base := make([]byte, rng.Intn(4000))
		for i := range base {
			base[i] = byte('a' + rng.Intn(4))
		}
		target := append([]byte{}, base...)
		for range rng.Intn(6) {
			at := rng.Intn(len(target) + 1)
			target = append(target[:at:at], append([]byte("inserted"),
				target[min(len(target), at+rng.Intn(40)):]...)...)
		}
		got, err := applyDelta(nil, base, deltaOf(base, target), len(target))
		if err != nil || string(got) != string(target) {
			t.Fatalf("a delta does not rebuild its target: %v", err)
		}
	}
}

func BenchmarkDelta(b *testing.B) {
	texts := amendments(3)
	base, target := strings.Repeat(texts[0], 10), strings.Repeat(texts[0], 5)+strings.Repeat(texts[2], 5)
	var out []byte
	var table []int32
	b.SetBytes(int64(len(target)))
	b.ReportAllocs()
	for b.Loop() {
		out, table = appendDelta(out[:0], table, base, target)
	}
}

func BenchmarkPlan(b *testing.B) {
	texts := amendments(100)
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		var e ChainEnd
		for _, t := range texts {
			e.Next(t, kv.SumOf([]byte(t)), false)
		}
	}
}

// amendments makes n texts of a document that is amended little by little, replaced
// now and then, goes back, and is empty at times.
func amendments(n int) []string {
	rng := rand.New(rand.NewSource(5))
	words := make([]string, 2500)
	fresh := func() {
		for i := range words {
			words[i] = fmt.Sprintf("w%x", rng.Int31())
		}
	}
	fresh()
	var texts []string
	for i := range n {
		for range 1 + rng.Intn(4) {
			words[rng.Intn(len(words))] = fmt.Sprintf("amended%d", i)
		}
		text := strings.Join(words, " ")
		switch {
		case i%150 == 149:
			fresh()
		case i%130 == 129:
			text = "Please sign in to read this."
		case i%23 == 22:
			text = ""
		case i%10 == 9:
			text = texts[len(texts)-2]
		}
		texts = append(texts, text)
	}
	return texts
}
