package ranking

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"

	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
	"fineprint/store/text/similar"
)

// Decision is what somebody made of a change.
type Decision struct {
	Change   uint64
	Material bool
	Severity model.Severity // "" for none
	Weight   float64
	// Actor is who decided; "" for what was taught by [Ranker.Train].
	Actor string
	// row tells what is stored of the change from what was stored of it before.
	row uint64
}

// ratedOnly is what a severity counts that was set without an approval.
const ratedOnly = 0.5

// DecisionOf is what there is to learn from a review; ok is false for nothing. What is
// snoozed or was reopened says nothing of the change.
func DecisionOf(change uint64, r *model.Review) (d Decision, ok bool) {
	d = Decision{Change: change, Severity: r.Severity, Weight: 1, Actor: cmp.Or(r.Author, r.Actor)}
	switch {
	case r.State == model.Dismissed:
		d.Severity = ""
		return d, true
	case r.State == model.Approved:
		d.Material = true
		return d, true
	case r.Severity != "":
		d.Material, d.Weight = true, ratedOnly
		return d, true
	}
	return d, false
}

// Decisions reads what was decided in this database, and what was taught of other changes.
func Decisions(tx *kv.Tx) ([]Decision, error) {
	var list []Decision
	err := rows.EachProjection(tx, func(n uint64, p review.Projection) error {
		if d, ok := DecisionOf(n, &p.Review); ok {
			list = append(list, d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return WithTrained(tx, list)
}

// WithTrained adds to decisions what was taught of changes that nothing was decided on, and
// puts them in the order of changes.
func WithTrained(tx *kv.Tx, list []Decision) ([]Decision, error) {
	taught, err := trainings(tx)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		delete(taught, d.Change)
	}
	for _, e := range taught {
		list = append(list, taughtDecision(e))
	}
	b := tx.Bucket(kv.BucketRow)
	for i := range list {
		list[i].row = kv.SealMark(b.Get(kv.Key(list[i].Change)))
	}
	smallsort.By(list, func(a, b Decision) int { return cmp.Compare(a.Change, b.Change) })
	return list, nil
}

func taughtDecision(e recordrows.TrainingExample) Decision {
	d := Decision{Change: e.Change, Material: Label(e.Label) == Material, Weight: 1}
	if d.Material {
		d.Severity = model.Severity(e.Severity)
	}
	return d
}

// Of leaves the decisions of one person, and what was taught; everybody's for "".
func Of(list []Decision, person string) []Decision {
	if person == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(d Decision) bool {
		return d.Actor != "" && !model.SamePerson(d.Actor, person)
	})
}

// markOf tells decisions from others. What is known of their words is not of it: learning
// anew whenever more of these were read would take longer than they are worth.
func markOf(list []Decision) uint64 {
	h := fnv.New64a()
	var b [8]byte
	add := func(n uint64) {
		binary.BigEndian.PutUint64(b[:], n)
		_, _ = h.Write(b[:])
	}
	for _, d := range list {
		add(d.Change)
		add(d.row)
		state := uint64(d.Weight * 100)
		if d.Material {
			state += 1 << 32
		}
		add(state)
		_, _ = h.Write([]byte(d.Severity))
	}
	for _, w := range order.Learned().Weights {
		add(math.Float64bits(w.Weight))
	}
	return h.Sum64()
}

// alike finds decided changes that are nearly the same as another.
type alike struct {
	decided []decided
	bands   map[uint32][]int32 // of the sketches: where two neighbouring slots have some bytes
}

type decided struct {
	Decision
	group  [similar.KeySize]byte
	sketch []byte
}

// bandsOf calls do with the bands of a sketch. Of two sketches that are near, more than half
// of the slots are the same, so that at least one pair of neighbouring slots is.
func bandsOf(sketch []byte, do func(band uint32)) {
	for i := 0; i+1 < len(sketch); i += 2 {
		do(uint32(i)<<16 | uint32(sketch[i])<<8 | uint32(sketch[i+1]))
	}
}

// alikeOf are the decided changes, to find those that are nearly the same as another.
func (l *Learned) alikeOf(tx *kv.Tx) (*alike, error) {
	l.alikeMu.Lock()
	defer l.alikeMu.Unlock()
	if l.alike != nil {
		return l.alike, nil
	}
	a := &alike{}
	for _, d := range l.decisions {
		h, err := rows.HeadOf(tx, d.Change)
		if err != nil {
			return nil, err
		}
		a.add(d, &h)
	}
	l.alike = a
	return a, nil
}

func (a *alike) add(d Decision, h *rows.Head) {
	if d.Actor == "" || !h.Marked() {
		return
	}
	at := int32(len(a.decided))
	a.decided = append(a.decided, decided{Decision: d, group: h.DuplicateGroup, sketch: slices.Clone(h.Sketch)})
	if a.bands == nil {
		a.bands = map[uint32][]int32{}
	}
	bandsOf(h.Sketch, func(band uint32) { a.bands[band] = append(a.bands[band], at) })
}

// of lists the decided changes that are nearly the same as a change, but for itself.
func (a *alike) of(n uint64, sketch []byte) (list []*decided) {
	if len(a.decided) == 0 {
		return nil
	}
	found := map[int32]bool{}
	bandsOf(sketch, func(band uint32) {
		for _, at := range a.bands[band] {
			if !found[at] {
				found[at] = true
				if d := &a.decided[at]; d.Change != n && similar.Similarity(sketch, d.sketch) >= similar.Near {
					list = append(list, d)
				}
			}
		}
	})
	smallsort.By(list, func(a, b *decided) int { return cmp.Compare(a.Change, b.Change) })
	return list
}
