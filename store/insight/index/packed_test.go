package index

import (
	"math/rand/v2"
	"testing"
)

// TestAPackedTableSaysTheSame is on numbers of one to eight bytes.
func TestAPackedTableSaysTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 18))
	for range 300 {
		small := func() int32 { return rng.Int32() >> rng.IntN(32) }
		x := &table{document: rng.Uint64(), generation: rng.IntN(9), texts: make([]text, 1+rng.IntN(3))}
		base, bits := rng.Uint64()>>(8+rng.IntN(48)), 8+rng.IntN(56)
		for range rng.IntN(50) {
			x.numbers = append(x.numbers, base+rng.Uint64()>>bits)
		}
		for range rng.IntN(50) {
			x.units = append(x.units, unit{small(), small(), small(), int32(rng.IntN(len(x.texts))), small(), rng.Uint32()})
		}
		p := pack(x)
		if p.document != x.document || p.generation != x.generation || len(p.texts) != len(x.texts) ||
			p.numbers.len() != len(x.numbers) || len(p.sums) != len(x.units) {
			t.Fatalf("%+v of %+v", p, x)
		}
		for i, n := range x.numbers {
			if got := p.number(int32(i)); got != n {
				t.Fatalf("number %d is %d, not %d", i, got, n)
			}
		}
		for i := range x.units {
			if u := &x.units[i]; p.unit(i) != *u || p.stands(i) != x.current(u) {
				t.Fatalf("unit %d is %+v, not %+v", i, p.unit(i), *u)
			}
		}
	}
}
