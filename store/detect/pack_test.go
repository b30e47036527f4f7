package detect

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"
)

// wandering is a History of a document after so many versions.
func wandering(rng *rand.Rand, versions int) (h History, texts []string) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for seq := 1; seq <= versions; seq++ {
		var b strings.Builder
		fmt.Fprintf(&b, "Last updated: %d May 2026\n\n[Home](/)\n\n", 1+rng.Intn(20))
		for i := range 30 {
			fmt.Fprintf(&b, "We keep thing %d for %d days.\n\n* Item %d\n\n", i, rng.Intn(2), i%7)
		}
		texts = append(texts, b.String())
		if seq == 1 {
			h.Start(seq, at, b.String())
			continue
		}
		at = at.Add(time.Duration(rng.Intn(90)) * time.Hour)
		h.Assess(at, b.String(), false, nil)
		h.Advance(seq, at)
	}
	return h, texts
}

// TestResumedHistoryIsTheOneThatWasPacked, and judges what comes next like it.
func TestResumedHistoryIsTheOneThatWasPacked(t *testing.T) {
	rng := rand.New(rand.NewSource(11))
	for versions := 1; versions < 16; versions++ {
		h, texts := wandering(rng, versions)
		packed := h.Pack()
		var got History
		if !got.Resume(texts[len(texts)-1], packed) {
			t.Fatalf("after %d versions: not resumed", versions)
		}
		if !reflect.DeepEqual(got.past, h.past) || !reflect.DeepEqual(got.sums, h.sums) {
			t.Fatalf("after %d versions: %+v, want %+v", versions, got.past, h.past)
		}
		_, others := wandering(rng, 1)
		at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		h.memo = nil
		if a, b := got.Assess(at, others[0], false, nil), h.Assess(at, others[0], false, nil); !reflect.DeepEqual(a, b) {
			t.Fatalf("after %d versions: %+v, want %+v", versions, a, b)
		}
	}
}

// TestNothingElseIsResumed: what is cut, of another text or of another format.
func TestNothingElseIsResumed(t *testing.T) {
	h, texts := wandering(rand.New(rand.NewSource(12)), 4)
	packed := h.Pack()
	for n := range packed {
		var got History
		if got.Resume(texts[3], packed[:n]) || got.good != nil {
			t.Fatalf("resumed from %d bytes of %d", n, len(packed))
		}
	}
	var got History
	if got.Resume("One clause.", packed) || got.Resume(texts[3], append([]byte{packFormat + 1}, packed[1:]...)) ||
		got.Resume(texts[3], append(packed, 0)) {
		t.Error("resumed from what it is not")
	}
	var unread History
	unread.Adopt(1, time.Time{}, texts[0])
	if unread.Pack() != nil || (&History{}).Pack() != nil {
		t.Error("packed what was not read")
	}
}

// FuzzResume: no bytes make it fail.
func FuzzResume(f *testing.F) {
	h, texts := wandering(rand.New(rand.NewSource(13)), 3)
	f.Add(h.Pack())
	f.Fuzz(func(_ *testing.T, packed []byte) {
		var got History
		if got.Resume(texts[2], packed) {
			got.Assess(time.Time{}, texts[0], false, nil)
		}
	})
}
