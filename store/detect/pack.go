package detect

import (
	"encoding/binary"
	"slices"
	"time"

	"fineprint/store/text/clause"
)

// packFormat is the first byte of what [History.Pack] returns.
const packFormat = 1

// Pack returns what the history remembers of the last good versions, but for the good
// text itself: with that, [History.Resume] makes of it what reading all their texts
// would. It is nil where that is no gain, because some were not read.
//
// It holds the clauses' sums once, since most versions share nearly all of them, and
// for each version which of them it has.
func (h *History) Pack() []byte {
	if h.good == nil || len(h.past) == 0 {
		return nil
	}
	known := slices.Clone(h.past[0].clauses)
	for i := range h.past {
		if h.past[i].clauses == nil {
			return nil
		}
		if i > 0 {
			known = appendOthers(known, h.past[i-1].clauses, h.past[i].clauses)
		}
	}
	slices.SortFunc(known, compareSums)
	known = slices.Compact(known)
	b := binary.AppendUvarint([]byte{packFormat}, uint64(len(known)))
	for i := range known {
		b = append(b, known[i][:]...)
	}
	b = binary.AppendUvarint(b, uint64(len(h.sums)))
	for _, s := range h.sums {
		n := uint64(0)
		if s != (Sum{}) {
			at, _ := slices.BinarySearchFunc(known, s, compareSums)
			n = uint64(at) + 1
		}
		b = binary.AppendUvarint(b, n)
	}
	b = binary.AppendUvarint(b, uint64(len(h.past)))
	for i := range h.past {
		b = h.past[i].pack(b, known)
	}
	return b
}

// appendOthers appends the sums of a sorted list that another sorted one has not.
func appendOthers(dst, without, list []Sum) []Sum {
	i := 0
	for _, s := range list {
		for i < len(without) && compareSums(without[i], s) < 0 {
			i++
		}
		if i == len(without) || without[i] != s {
			dst = append(dst, s)
		}
	}
	return dst
}

// pack appends a version; known holds its sums, sorted as they are.
func (p *Past) pack(b []byte, known []Sum) []byte {
	b = binary.AppendUvarint(b, uint64(p.Seq))
	at := int64(0)
	if !p.At.IsZero() {
		at = p.At.UnixNano()
	}
	b = binary.AppendVarint(b, at)
	b = append(b, p.Text[:]...)
	b = binary.AppendUvarint(b, uint64(len(p.clauses)))
	n, last := 0, 0
	for _, s := range p.clauses {
		for known[n] != s {
			n++
		}
		b = binary.AppendUvarint(b, uint64(n-last))
		last = n
	}
	b = binary.AppendUvarint(b, uint64(len(p.lines)))
	for _, line := range p.lines {
		b = binary.LittleEndian.AppendUint32(b, uint32(line))
	}
	b = binary.AppendUvarint(b, uint64(len(p.dates)))
	for _, d := range p.dates {
		b = append(binary.AppendUvarint(b, uint64(len(d))), d...)
	}
	return b
}

// Resume makes a zero History that of a document whose good text is given, as it was
// when it was packed. ok is false, and the History as it was, when that is not what
// was packed.
func (h *History) Resume(text string, packed []byte) (ok bool) {
	r := unpacker{b: packed}
	if r.byte() != packFormat {
		return false
	}
	known := make([]Sum, r.count(len(Sum{})))
	for i := range known {
		r.sum(&known[i])
	}
	sums := make([]Sum, r.count(1))
	for i := range sums {
		if n := r.number(len(known) + 1); n > 0 {
			sums[i] = known[n-1]
		}
	}
	past := make([]Past, r.count(1))
	for i := range past {
		r.past(&past[i], known)
	}
	good := clause.Split(text)
	if r.bad || len(r.b) > 0 || len(past) == 0 || len(past) > historyWindow || len(sums) != len(good.Clauses) {
		return false
	}
	h.text, h.good, h.sums, h.past = text, good, sums, past
	return true
}

// unpacker reads what Pack wrote; bad is set where it can't be that.
type unpacker struct {
	b   []byte
	bad bool
}

// take returns the next n bytes, zeros when there are too few.
func (r *unpacker) take(n int) []byte {
	if n > len(r.b) {
		r.b, r.bad = nil, true
		return make([]byte, n)
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *unpacker) byte() byte { return r.take(1)[0] }

func (r *unpacker) sum(s *Sum) { copy(s[:], r.take(len(s))) }

func (r *unpacker) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count reads how many things follow, each of so many bytes at least.
func (r *unpacker) count(size int) int {
	v := r.uvarint()
	if v > uint64(len(r.b)/size) {
		r.b, r.bad = nil, true
		return 0
	}
	return int(v)
}

// number reads a number below a limit.
func (r *unpacker) number(limit int) int {
	v := r.uvarint()
	if v >= uint64(limit) {
		r.b, r.bad = nil, true
		return 0
	}
	return int(v)
}

// past reads a version.
func (r *unpacker) past(p *Past, known []Sum) {
	p.Seq = r.number(1 << 31)
	at, n := binary.Varint(r.b)
	if n <= 0 {
		r.b, r.bad = nil, true
		return
	}
	if r.b = r.b[n:]; at != 0 {
		p.At = time.Unix(0, at).UTC()
	}
	r.sum(&p.Text)
	p.clauses = make([]Sum, r.count(1))
	last := 0
	for i := range p.clauses {
		if last += r.number(len(known)); last >= len(known) {
			r.b, r.bad = nil, true
			return
		}
		p.clauses[i] = known[last]
	}
	p.lines = make([]lineSum, r.count(4))
	for i := range p.lines {
		p.lines[i] = lineSum(binary.LittleEndian.Uint32(r.take(4)))
	}
	for range r.count(1) {
		p.dates = append(p.dates, string(r.take(r.count(1))))
	}
}
