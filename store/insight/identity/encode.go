package identity

import (
	"encoding/binary"

	"fineprint/store/blob"
	"fineprint/store/kv"
)

// Algorithm is the number of how clauses are followed. What was kept by another is made
// again.
const Algorithm = 4

// row is a [History] as stored.
type row struct {
	Algorithm  int      `cbor:"1,keyasint"`
	Generation int      `cbor:"2,keyasint"`
	Sum        uint64   `cbor:"3,keyasint"`
	Clauses    int      `cbor:"4,keyasint"`
	Runs       []uint64 `cbor:"5,keyasint"` // first, count, …
	Aliases    []uint64 `cbor:"6,keyasint,omitempty"`
	Spare      []uint64 `cbor:"7,keyasint,omitempty"`
	Steps      []byte   `cbor:"8,keyasint"` // packed
	Ended      []byte   `cbor:"9,keyasint"` // clause before to clause, words(8), place(4)
}

// encode makes the payload that is stored.
func (h *History) encode() ([]byte, error) {
	r := row{Algorithm: Algorithm, Generation: h.Generation, Sum: h.Sum, Clauses: h.Clauses, Steps: h.packSteps(),
		Ended: h.packEnded()}
	for _, x := range h.runs {
		r.Runs = append(r.Runs, x.first, uint64(x.count))
	}
	for _, a := range h.aliases {
		r.Aliases = append(r.Aliases, a.number, uint64(a.clause))
	}
	if h.spare.count > 0 {
		r.Spare = []uint64{h.spare.first, uint64(h.spare.count)}
	}
	b, err := kv.Encode(r)
	if err != nil {
		return nil, err
	}
	return blob.Compress(b), nil
}

// decode makes the History of a stored payload; it is nil when another algorithm made it
// and only its numbers and places are of use, which former has.
func decode(document uint64, payload []byte) (h *History, algorithm int, err error) {
	h = &History{Document: document}
	b, err := blob.Decompress(payload)
	if err != nil {
		return nil, 0, h.damaged()
	}
	var r row
	if err := kv.DecodePayload(kv.BucketIdentity, b, &r); err != nil {
		return nil, 0, h.damaged()
	}
	if len(r.Runs)%2 != 0 || len(r.Aliases)%2 != 0 || len(r.Spare)%2 != 0 || r.Clauses < 0 {
		return nil, 0, h.damaged()
	}
	h.Generation, h.Sum, h.Clauses = r.Generation, r.Sum, r.Clauses
	for i := 0; i < len(r.Runs); i += 2 {
		if r.Runs[i] == 0 || r.Runs[i+1] > uint64(r.Clauses) {
			return nil, 0, h.damaged()
		}
		h.runs = append(h.runs, run{r.Runs[i], int(r.Runs[i+1])})
	}
	for i := 0; i < len(r.Aliases); i += 2 {
		if r.Aliases[i+1] >= uint64(r.Clauses) {
			return nil, 0, h.damaged()
		}
		h.aliases = append(h.aliases, alias{r.Aliases[i], int(r.Aliases[i+1])})
	}
	if len(r.Spare) == 2 {
		h.spare = run{r.Spare[0], int(r.Spare[1])}
	}
	if h.numbered() != h.Clauses || !h.unpackSteps(r.Steps) || !h.unpackEnded(r.Ended) {
		return nil, 0, h.damaged()
	}
	return h, r.Algorithm, nil
}

// The bits of a packed operation, below its count or clause.
const (
	bitWorded   = 4
	bitMaterial = 8
	bitSplit    = 16
	opBits      = 5
)

func (h *History) packSteps() []byte {
	var b []byte
	seq, next := 0, 0
	for i := range h.Steps {
		s := &h.Steps[i]
		b = binary.AppendVarint(b, int64(s.Seq-seq))
		b = binary.AppendUvarint(b, uint64(s.Count))
		b = binary.AppendUvarint(b, uint64(len(s.Ops)))
		end := 0
		for j := range s.Ops {
			op := &s.Ops[j]
			if op.Kind != Put {
				b = binary.AppendUvarint(b, uint64(op.N)<<opBits|uint64(op.Kind))
				continue
			}
			bits := uint64(Put)
			if op.Worded {
				bits |= bitWorded
			}
			if op.Material {
				bits |= bitMaterial
			}
			if op.Split {
				bits |= bitSplit
			}
			b = binary.AppendUvarint(b, uint64(next-op.Clause)<<opBits|bits) // 0: a new one
			next = max(next, op.Clause+1)
			if op.Worded {
				b = binary.AppendVarint(b, int64(op.Start-end))
				b = binary.AppendUvarint(b, uint64(op.Len))
				end = op.Start + op.Len
			}
			if op.Split {
				b = binary.AppendUvarint(b, uint64(op.From))
			}
		}
		b = binary.AppendUvarint(b, uint64(len(s.Merged)))
		for _, m := range s.Merged {
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(m[0])), uint64(m[1]))
		}
		seq = s.Seq
	}
	return b
}

// reader reads varints; what it can't read sets bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uint() uint64 {
	n, k := binary.Uvarint(r.b)
	if k <= 0 || n > 1<<40 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[k:]
	return n
}

func (r *reader) int() int {
	n, k := binary.Varint(r.b)
	if k <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[k:]
	return int(n)
}

// count reads how many come, each of at least one byte.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.b, r.bad = nil, true
		return 0
	}
	return int(n)
}

func (h *History) unpackSteps(b []byte) bool {
	r := reader{b: b}
	seq, next := 0, 0
	for len(r.b) > 0 && !r.bad {
		s := Step{Seq: seq + r.int(), Count: int(r.uint())}
		seq = s.Seq
		s.Ops = make([]Op, r.count())
		end := 0
		for i := range s.Ops {
			head := r.uint()
			op := &s.Ops[i]
			if op.Kind, op.N = OpKind(head&3), int(head>>opBits); op.Kind != Put {
				continue
			}
			op.Clause, op.N = next-op.N, 0
			op.Worded, op.Material, op.Split = head&bitWorded != 0, head&bitMaterial != 0, head&bitSplit != 0
			next = max(next, op.Clause+1)
			if op.Worded {
				op.Start = end + r.int()
				op.Len = int(r.uint())
				end = op.Start + op.Len
			}
			if op.Split {
				op.From = int(r.uint())
			}
			if op.Clause < 0 || op.Start < 0 || op.From >= next {
				return false
			}
		}
		s.Merged = make([][2]int, r.count())
		for i := range s.Merged {
			s.Merged[i] = [2]int{int(r.uint()), int(r.uint())}
			if s.Merged[i][0] >= next || s.Merged[i][1] >= next {
				return false
			}
		}
		h.Steps = append(h.Steps, s)
	}
	return !r.bad && next == h.Clauses
}

func (h *History) packEnded() []byte {
	var b []byte
	last := -1
	for i, e := range h.ended {
		if e.words == 0 {
			continue
		}
		b = binary.AppendUvarint(b, uint64(i-last))
		b = binary.BigEndian.AppendUint64(b, e.words)
		b = binary.BigEndian.AppendUint32(b, e.place)
		last = i
	}
	return b
}

func (h *History) unpackEnded(b []byte) bool {
	h.ended = make([]ending, h.Clauses)
	r := reader{b: b}
	for at := -1; len(r.b) > 0; {
		at += int(r.uint())
		if r.bad || at >= h.Clauses || len(r.b) < 12 {
			return false
		}
		h.ended[at] = ending{binary.BigEndian.Uint64(r.b), binary.BigEndian.Uint32(r.b[8:])}
		r.b = r.b[12:]
	}
	return true
}
