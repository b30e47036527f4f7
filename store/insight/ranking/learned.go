package ranking

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Learned is what was learned from the decisions of a database: the model, and the decided
// changes themselves.
type Learned struct {
	*Model
	alike     alike
	decisions []Decision
	places    map[uint64][]Term // by document
	seen      Seen              // memory
}

// LearnFrom learns from decisions, or reads what was learned from them before. What is not
// known of a change's words is left out.
func LearnFrom(tx *kv.Tx, decisions []Decision) (*Learned, error) {
	l := &Learned{Model: Learn(nil, order.Learned(), Defaults), places: map[uint64][]Term{}, decisions: decisions}
	if len(decisions) == 0 {
		return l, nil
	}
	heads := make([]rows.Head, len(decisions))
	words := make([]kept, len(decisions))
	withWords := 0
	for i, d := range decisions {
		var err error
		if heads[i], err = headOf(tx, d.Change); err != nil {
			return nil, err
		}
		if words[i], err = keptOf(tx, d.Change); err != nil {
			return nil, err
		}
		if words[i] != nil {
			withWords++
		}
		l.alike.add(d, &heads[i])
	}
	mark := markOf(decisions, withWords)
	if m, err := keptModel(tx, mark, len(decisions)); m != nil || err != nil {
		l.Model = cmp.Or(m, l.Model)
		return l, err
	}
	examples, err := l.examples(tx, decisions, heads, words)
	if err != nil {
		return nil, err
	}
	l.Model = Learn(examples, order.Learned(), Defaults)
	l.Model.mark = mark
	return l, nil
}

// examples are what is learned from.
func (l *Learned) examples(tx *kv.Tx, decisions []Decision, heads []rows.Head, words []kept) ([]Example, error) {
	examples := make([]Example, 0, len(decisions))
	for i, d := range decisions {
		place, err := l.placeOf(tx, heads[i].Document)
		if err != nil {
			return nil, err
		}
		e := Example{Material: d.Material, Severity: d.Severity, Weight: d.Weight}
		if seen(&e.Seen, &heads[i], place, words[i]) {
			examples = append(examples, e)
		}
	}
	return examples, nil
}

// placeOf are the terms of a document's place.
func (l *Learned) placeOf(tx *kv.Tx, document uint64) ([]Term, error) {
	if terms, ok := l.places[document]; ok {
		return terms, nil
	}
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return nil, err
	}
	terms := placeOf(document, doc.Slug, doc.Type)
	l.places[document] = terms
	return terms, nil
}

// Decisions is how many decisions it was learned from.
func (l *Learned) Decisions() int {
	if l == nil {
		return 0
	}
	return len(l.decisions)
}

// Differs counts the decisions that are other than those it was learned from.
func (l *Learned) Differs(decisions []Decision) (n int) {
	was := make(map[uint64]Decision, len(l.decisions))
	for _, d := range l.decisions {
		was[d.Change] = d
	}
	for _, d := range decisions {
		if was[d.Change] != d {
			n++
		}
		delete(was, d.Change)
	}
	return n + len(was)
}

// Nothing reports whether nothing was learned, so that every change is ranked as detected.
func (l *Learned) Nothing() bool { return l == nil || l.Examples == 0 }

// Rank is what the queue is ordered by, and whether the change is noise as far as is
// learned; ok is false for a change that nothing can be said of, which is ranked as detected.
func (l *Learned) Rank(tx *kv.Tx, h *rows.Head) (rank float64, noise, ok bool, err error) {
	if l.Nothing() || !h.Material {
		return 0, false, false, nil
	}
	place, err := l.placeOf(tx, h.Document)
	if err != nil {
		return 0, false, false, err
	}
	k, err := keptOf(tx, h.N)
	if err != nil || !seen(&l.seen, h, place, k) {
		return 0, false, false, err
	}
	odds, _ := l.LogOdds(&l.seen)
	return order.RankOf(odds, l.Score(&l.seen)), order.Noise(odds, h.Severity >= uint8(model.High.Rank())), true, nil
}

// What is kept of a model: the algorithm, the mark of what it was learned from, how many
// decisions and examples those are, and up to which entry of the journal; the weights of the
// features; then the terms, each with its weight and its points.
type modelHead struct {
	Algorithm uint8
	Mark      uint64
	Decisions uint32
	Examples  uint32
	Entry     uint64
	Features  [13]float64
	Terms     uint32
}

const (
	modelHeadSize = 1 + 8 + 4 + 4 + 8 + 13*8 + 4
	modelTerm     = termSize + 4 + 4
)

// everybody is the key of what is learned from all decisions.
var everybody = []byte("all")

const (
	// manyDecisions is from how many on what was learned from nearly all of them is good
	// enough to be read: fewShare of them may have come since.
	manyDecisions = 2000
	fewShare      = 50
)

// keptModel is the model that was kept of decisions; nil where it is of others.
func keptModel(tx *kv.Tx, mark uint64, decisions int) (*Model, error) {
	b := tx.Bucket(kv.BucketRankModel)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	value := b.Get(everybody)
	if value == nil {
		return nil, nil
	}
	payload, err := kv.Unseal(kv.BucketRankModel, everybody, value)
	if err != nil {
		return nil, err
	}
	m, of := unpackModel(payload)
	if m == nil || m.mark != mark && (decisions < manyDecisions || abs(of-decisions) > decisions/fewShare) {
		return nil, nil
	}
	return m, nil
}

func abs(n int) int { return max(n, -n) }

// pack is what is kept of a model.
func (m *Model) pack(decisions int) []byte {
	terms := slices.Sorted(maps.Keys(m.terms))
	h := modelHead{Algorithm: algorithm, Mark: m.mark, Decisions: uint32(decisions), Examples: uint32(m.Examples),
		Entry: m.Entry, Terms: uint32(len(terms))}
	copy(h.Features[:], m.features)
	b, err := binary.Append(nil, binary.BigEndian, h)
	if err != nil {
		panic(fmt.Sprint("encoding a model: ", err)) // its fields are of fixed sizes
	}
	for _, t := range terms {
		b = binary.BigEndian.AppendUint32(b, uint32(t))
		b = binary.BigEndian.AppendUint32(b, math.Float32bits(float32(m.terms[t])))
		b = binary.BigEndian.AppendUint32(b, math.Float32bits(float32(m.points[t])))
	}
	return b
}

// unpackModel reads what is kept of a model; nil for what this build can't read.
func unpackModel(b []byte) (m *Model, decisions int) {
	var h modelHead
	if len(b) < modelHeadSize || b[0] != algorithm {
		return nil, 0
	}
	if _, err := binary.Decode(b, binary.BigEndian, &h); err != nil || len(b) != modelHeadSize+modelTerm*int(h.Terms) {
		return nil, 0
	}
	m = &Model{Examples: int(h.Examples), Entry: h.Entry, mark: h.Mark, base: order.Learned(), features: h.Features[:],
		terms: make(map[Term]float64, h.Terms), points: make(map[Term]float64, h.Terms)}
	for b = b[modelHeadSize:]; len(b) > 0; b = b[modelTerm:] {
		t := Term(binary.BigEndian.Uint32(b))
		m.terms[t] = float64(math.Float32frombits(binary.BigEndian.Uint32(b[termSize:])))
		if p := math.Float32frombits(binary.BigEndian.Uint32(b[termSize+4:])); p != 0 {
			m.points[t] = float64(p)
		}
	}
	return m, int(h.Decisions)
}

// wordsAtOnce is of how many changes the words are read in one transaction.
const wordsAtOnce = 256

// Refresh reads the words of decided changes that are not known yet, learns from all
// decisions and keeps that. No transaction that writes is open while texts are read.
func (r *Ranker) Refresh(ctx context.Context) (l *Learned, err error) {
	for more := true; more; {
		found := map[uint64][]byte{}
		err := r.db.View(ctx, func(tx *kv.Tx) error {
			decisions, err := Decisions(tx)
			if err != nil {
				return err
			}
			more, err = readWords(tx, decisions, found)
			return err
		})
		if err == nil && len(found) > 0 {
			err = r.db.Update(ctx, func(tx *kv.Tx) error { return putWords(tx, found) })
		}
		if err != nil {
			return nil, fmt.Errorf("reading the words of what was decided: %w", err)
		}
	}
	err = r.db.Update(ctx, func(tx *kv.Tx) error {
		decisions, err := Decisions(tx)
		if err != nil {
			return err
		}
		if l, err = LearnFrom(tx, decisions); err != nil {
			return err
		}
		l.Entry = tx.Bucket(kv.BucketJournal).Sequence()
		return kv.PutSealed(tx, kv.BucketRankModel, everybody, l.pack(len(l.decisions)))
	})
	if err != nil {
		return nil, fmt.Errorf("learning from what was decided: %w", err)
	}
	return l, nil
}

// readWords reads the words of decided changes where they are not known, or are those of
// clause changes that were detected otherwise since; more: not of all.
func readWords(tx *kv.Tx, decisions []Decision, found map[uint64][]byte) (more bool, err error) {
	blobs := blob.NewReader(tx)
	for _, d := range decisions {
		k, err := keptOf(tx, d.Change)
		if err != nil {
			return false, err
		}
		mark := clausesMark(tx, d.Change)
		if k != nil && k.mark() == mark {
			continue
		}
		if len(found) == wordsAtOnce {
			return true, nil
		}
		h, err := headOf(tx, d.Change)
		if err != nil {
			return false, err
		}
		w, err := ReadChange(tx, blobs, &h, nil)
		if err != nil {
			return false, err
		}
		found[d.Change] = w.pack(mark)
	}
	return false, nil
}

// putWords keeps what was read of changes.
func putWords(tx *kv.Tx, found map[uint64][]byte) error {
	for _, n := range slices.Sorted(maps.Keys(found)) {
		if err := kv.PutSealed(tx, kv.BucketRankWords, kv.Key(n), found[n]); err != nil {
			return err
		}
	}
	return nil
}
