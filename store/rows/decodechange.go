package rows

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
)

// Words keeps one copy of each short text that many rows have, such as a reason.
type Words map[string]string

// maxWords bounds how many it keeps.
const maxWords = 1 << 14

// Of returns the text of b.
func (w Words) Of(b []byte) string {
	if s, ok := w[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(w) < maxWords {
		w[s] = s
	}
	return s
}

// DecodeChange decodes a row's payload as [kv.DecodePayload] does, without reflection:
// a list of 50,000 spends most of its time here. Its bytes are the payload's own.
func DecodeChange(payload []byte, words Words) (Change, error) {
	var c Change
	r := scan.New(payload)
	for range r.Pairs() {
		c.decode(r, words)
	}
	if !r.Done() {
		return c, fmt.Errorf("%w: a value in %s can't be decoded", model.ErrDamaged, kv.BucketRow)
	}
	return c, nil
}

// decode reads one field.
func (c *Change) decode(r *scan.Scanner, words Words) {
	switch field := r.Int(); field {
	case 1:
		c.Document = uint64(r.Int())
	case 2:
		c.From = decodeRef(r)
	case 3:
		c.To = decodeRef(r)
	case 4:
		c.DetectedAt = r.Int()
	case 5:
		c.Material = r.Bool()
	case 6:
		c.Reason = words.Of(r.Bytes())
	case 7:
		c.Detail = words.Of(r.Bytes())
	case 8:
		c.Severity = words.Of(r.Bytes())
	case 9:
		c.Score = int(r.Int())
	case 10:
		c.Why = make([]string, r.Items())
		for i := range c.Why {
			c.Why[i] = words.Of(r.Bytes())
		}
	case 11:
		for i := range r.Items() {
			c.Counts[i%len(c.Counts)] = int(r.Int())
		}
	case 12:
		c.Algorithm = int(r.Int())
	case 13:
		c.Repo = uint32(r.Int())
	default:
		c.decodeLater(field, r)
	}
}

// decodeLater reads a field of those that were added to the first.
func (c *Change) decodeLater(field int64, r *scan.Scanner) {
	switch field {
	case 14:
		c.DuplicateGroup = r.Bytes()
	case 15:
		c.Sketch = r.Bytes()
	case 16:
		c.OtherReading = r.Bool()
	case 17:
		c.TakenBack = int(r.Int())
	case 18:
		c.Features = r.Bytes()
	case 22:
		c.Back = decodeInts(r)
	case 23:
		c.Alternation = decodeAlternation(r)
	case 24:
		c.Settled = r.Bool()
	case 25:
		c.Again = int(r.Int())
	case 26:
		c.Superseded = r.Bool()
	case 27:
		c.By = make([]uint64, r.Items())
		for i := range c.By {
			c.By[i] = uint64(r.Int())
		}
	default:
		r.Skip(0)
	}
}

func decodeInts(r *scan.Scanner) []int {
	list := make([]int, r.Items())
	for i := range list {
		list[i] = int(r.Int())
	}
	return list
}

func decodeRef(r *scan.Scanner) (ref Ref) {
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			ref.Seq = int(r.Int())
		case 2:
			ref.CapturedAt = r.Int()
		case 3:
			ref.Sum = r.Bytes()
		case 4:
			ref.Commit = r.Bytes()
		default:
			r.Skip(0)
		}
	}
	return ref
}

func decodeAlternation(r *scan.Scanner) *Alternation {
	var a Alternation
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			a.Change = uint64(r.Int())
		case 2:
			a.Turns = int(r.Int())
		case 3:
			a.Since = r.Int()
		case 4:
			a.Variants = decodeInts(r)
		default:
			r.Skip(0)
		}
	}
	return &a
}
