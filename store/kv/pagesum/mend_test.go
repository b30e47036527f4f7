package pagesum

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestOneFlippedBitOfAPageIsTurnedBack(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(19, 1))
	page := make([]byte, 4096)
	for i := range page {
		page[i] = byte(r.Uint32())
	}
	s := &Sums{pages: []uint32{0, sumOf(page)}}
	for _, at := range []int{0, 1, 17, 2048, 4095, r.IntN(4096), r.IntN(4096)} {
		for bit := range 8 {
			damaged := bytes.Clone(page)
			damaged[at] ^= 1 << bit
			if !s.Mend(1, damaged) || !bytes.Equal(damaged, page) {
				t.Errorf("byte %d, bit %d is not turned back", at, bit)
			}
		}
	}
	for range 20 { // more than one bit
		damaged := bytes.Clone(page)
		for range 2 + r.IntN(300) {
			damaged[r.IntN(len(damaged))] ^= 1 << r.IntN(8)
		}
		was := bytes.Clone(damaged)
		if mended := s.Mend(1, damaged); !bytes.Equal(damaged, page) && (mended || !bytes.Equal(was, damaged)) {
			t.Error("another content was made")
		}
	}
	if s.Mend(0, bytes.Clone(page)) || s.Mend(7, bytes.Clone(page)) {
		t.Error("a page without a sum was mended")
	}
}
