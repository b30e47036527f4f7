package ranking

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

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
	decisions []Decision
	alikeMu   sync.Mutex
	alike     *alike // nil until it is asked for
	placesMu  sync.Mutex
	places    map[uint64][]Term // by document
}

// LearnFrom learns from the decisions of a person, everybody's for "", or reads what was
// learned from them before. What is not known of a change's words is left out.
func LearnFrom(tx *kv.Tx, decisions []Decision, person string) (*Learned, error) {
	l := newLearned(decisions)
	if len(decisions) == 0 {
		return l, nil
	}
	mark := markOf(decisions)
	m, of, err := keptModel(tx, person)
	if err != nil {
		return nil, err
	}
	if m.isOf(mark, len(decisions), of) {
		l.Model = m
		return l, nil
	}
	return l, l.learn(tx, mark)
}

func newLearned(decisions []Decision) *Learned {
	return &Learned{Model: Learn(nil, order.Learned(), Defaults), places: map[uint64][]Term{}, decisions: decisions}
}

// learn learns from its decisions.
func (l *Learned) learn(tx *kv.Tx, mark uint64) error {
	examples, err := l.examples(tx)
	if err != nil {
		return err
	}
	l.Model = Learn(examples, order.Learned(), Defaults)
	l.Model.mark = mark
	return nil
}

// examples are what is learned from.
func (l *Learned) examples(tx *kv.Tx) ([]Example, error) {
	examples := make([]Example, 0, len(l.decisions))
	for _, d := range l.decisions {
		e, ok, err := l.example(tx, d)
		if err != nil && !tx.Lost(err, kv.BucketRow, kv.Key(d.Change)) {
			return nil, err
		}
		if err == nil && ok {
			examples = append(examples, e)
		}
	}
	return examples, nil
}

// example is what is learned from a decision; ok is false for nothing.
func (l *Learned) example(tx *kv.Tx, d Decision) (e Example, ok bool, err error) {
	h, err := rows.HeadOf(tx, d.Change)
	if err != nil {
		return e, false, err
	}
	place, err := l.placeOf(tx, h.Document)
	if err != nil {
		return e, false, err
	}
	words, err := keptOf(tx, d.Change)
	if err != nil {
		return e, false, err
	}
	e = Example{Material: d.Material, Severity: d.Severity, Weight: d.Weight}
	return e, seen(&e.Seen, &h, place, words), nil
}

// placeOf are the terms of a document's place.
func (l *Learned) placeOf(tx *kv.Tx, document uint64) ([]Term, error) {
	l.placesMu.Lock()
	defer l.placesMu.Unlock()
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
	var s Seen
	if err != nil || !seen(&s, h, place, k) {
		return 0, false, false, err
	}
	odds, _ := l.LogOdds(&s)
	return order.RankOf(odds, l.Score(&s)), order.Noise(odds, h.Severity >= uint8(model.High.Rank())), true, nil
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

// modelKey is the key of what is learned from the decisions of a person, everybody's for "".
func modelKey(person string) []byte {
	if person == "" {
		return []byte("all")
	}
	return []byte("of " + strings.ToLower(person))
}

const (
	// manyDecisions is from how many on what was learned from nearly all of them is good
	// enough to be read: fewShare of them may have come since.
	manyDecisions = 2000
	fewShare      = 50
)

// keptModel is the model that was kept of a person's decisions, and of how many; nil for
// none that this build reads.
func keptModel(tx *kv.Tx, person string) (m *Model, of int, err error) {
	b := tx.Bucket(kv.BucketRankModel)
	if b == nil {
		return nil, 0, nil // one of laterBuckets
	}
	value := b.Get(modelKey(person))
	if value == nil {
		return nil, 0, nil
	}
	payload, err := kv.Unseal(kv.BucketRankModel, modelKey(person), value)
	if err != nil && tx.Lost(err, kv.BucketRankModel, modelKey(person)) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	m, of = unpackModel(payload)
	return m, of, nil
}

// KeptUpTo is up to which entry of the journal is learned what is kept of everybody's
// decisions; 0 for nothing.
func KeptUpTo(tx *kv.Tx) (uint64, error) {
	m, _, err := keptModel(tx, "")
	if m == nil {
		return 0, err
	}
	return m.Entry, nil
}

// isOf reports whether a model is that of decisions, as good as; of is how many it was
// learned from.
func (m *Model) isOf(mark uint64, decisions, of int) bool {
	return m != nil && (m.mark == mark || decisions >= manyDecisions && abs(of-decisions) <= decisions/fewShare)
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

const (
	// wordsAtOnce is of how many changes the words are read in one transaction.
	wordsAtOnce = 256
	// wordsInPassing is of how many they are read before a list, for that waits.
	wordsInPassing = 32
)

// CatchUp learns from the decisions of a person, everybody's for "", unless nothing was
// decided since, and keeps that, so that lists need not learn. The words of the newest
// decided changes are read, a few of those that are not known.
func (r *Ranker) CatchUp(ctx context.Context, person string) error {
	found := map[uint64][]byte{}
	current := false
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		m, of, err := keptModel(tx, person)
		if err != nil || m != nil && m.Entry == tx.Bucket(kv.BucketJournal).Sequence() {
			current = true
			return err
		}
		decisions, err := Decisions(tx)
		if err != nil {
			return err
		}
		decisions = Of(decisions, person)
		if current = m.isOf(markOf(decisions), len(decisions), of) || m == nil && len(decisions) == 0; current {
			return nil
		}
		_, err = readWords(tx, decisions, found, wordsInPassing)
		return err
	})
	if err != nil || current {
		return err
	}
	_, err = keep(ctx, r.db, person, found)
	return err
}

// keep keeps words that were read, and what is learned with them.
func keep(ctx context.Context, db *kv.DB, person string, words map[uint64][]byte) (l *Learned, err error) {
	err = db.Update(ctx, func(tx *kv.Tx) error {
		if err := putWords(tx, words); err != nil {
			return err
		}
		decisions, err := Decisions(tx)
		if err != nil {
			return err
		}
		decisions = Of(decisions, person)
		l = newLearned(decisions)
		if err := l.learn(tx, markOf(decisions)); err != nil {
			return err
		}
		l.Entry = tx.Bucket(kv.BucketJournal).Sequence()
		return kv.PutSealed(tx, kv.BucketRankModel, modelKey(person), l.pack(len(l.decisions)))
	})
	if err != nil {
		return nil, fmt.Errorf("learning from what was decided: %w", err)
	}
	return l, nil
}

// Refresh reads the words of all decided changes that are not known yet, learns from all
// decisions and keeps that. No transaction that writes is open while texts are read.
func (r *Ranker) Refresh(ctx context.Context) (*Learned, error) {
	for more := true; more; {
		found := map[uint64][]byte{}
		err := r.db.View(ctx, func(tx *kv.Tx) error {
			decisions, err := Decisions(tx)
			if err != nil {
				return err
			}
			more, err = readWords(tx, decisions, found, wordsAtOnce)
			return err
		})
		if err == nil && len(found) > 0 {
			err = r.db.Update(ctx, func(tx *kv.Tx) error { return putWords(tx, found) })
		}
		if err != nil {
			return nil, fmt.Errorf("reading the words of what was decided: %w", err)
		}
	}
	return keep(ctx, r.db, "", nil)
}

// readWords reads the words of decided changes, the newest first and no more than most, where
// they are not known, or are those of clause changes that were detected otherwise since;
// more: not of all.
func readWords(tx *kv.Tx, decisions []Decision, found map[uint64][]byte, most int) (more bool, err error) {
	blobs := blob.NewReader(tx)
	for _, d := range slices.Backward(decisions) {
		k, err := keptOf(tx, d.Change)
		if err != nil {
			return false, err
		}
		mark := clausesMark(tx, d.Change)
		if k != nil && k.mark() == mark {
			continue
		}
		if len(found) == most {
			return true, nil
		}
		h, err := rows.HeadOf(tx, d.Change)
		w := Words{}
		if err == nil {
			w, err = ReadChange(tx, blobs, &h, nil)
		}
		if err != nil {
			if tx.Lost(err, kv.BucketChange, kv.Key(d.Change)) {
				continue
			}
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
