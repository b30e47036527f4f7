package views

import (
	"cmp"
	"context"
	"fmt"

	"fineprint/store/insight/ranking"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Learning is how the order of lists is learned; the zero value is as it should be.
type Learning struct {
	Off  bool   // lists are as detected
	From string // from whose decisions; "" for everybody's
	// After is how many decisions differ before a list that is held is put in order anew, 0
	// for learnAfter.
	After int
}

// learnAfter: rows that move at every key are harder to work through than an order that is
// a few decisions old.
const learnAfter = 10

// UseLearning sets how the order of lists is learned.
func (r *Reader) UseLearning(l Learning) {
	r.learning.Store(&l)
	r.learned.Store(nil)
}

func (r *Reader) howToLearn() Learning {
	if l := r.learning.Load(); l != nil {
		return *l
	}
	return Learning{}
}

// learn learns from what was decided, and reports whether the order may be another one.
func (l *listing) learn(tx *kv.Tx) (anew bool, err error) {
	if l.learning.Off {
		return false, nil
	}
	decisions := make([]ranking.Decision, 0, len(l.reviews))
	for n, r := range l.reviews {
		if d, ok := ranking.DecisionOf(n, &r.review); ok {
			decisions = append(decisions, d)
		}
	}
	if decisions, err = ranking.WithTrained(tx, decisions); err != nil {
		return false, err
	}
	decisions = ranking.Of(decisions, l.learning.From)
	if l.learned != nil && l.learned.Differs(decisions) < cmp.Or(l.learning.After, learnAfter) {
		return false, nil
	}
	l.learned, err = ranking.LearnFrom(tx, decisions, l.learning.From)
	return true, err
}

// Suggest sets what a detail shows of what was learned, and what its words say.
func (r *Reader) Suggest(ctx context.Context, d *model.ChangeDetail) error {
	learning := r.howToLearn()
	if !d.Change.Material || learning.Off {
		return nil
	}
	words := ranking.Read(d.OldText, d.NewText, d.Change.Clauses, nil)
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n := d.Change.ID.Number()
		l := r.learned.Load()
		if l == nil {
			var err error
			if l, err = learnOnce(tx, learning.From); err != nil {
				return err
			}
		}
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
			return err
		}
		why, err := l.Why(tx, n, row.Sketch, words.Parts)
		if err != nil {
			return err
		}
		d.Change.Suggested.Why = append(why, d.Change.Suggested.Why...)
		d.Row.Suggested.Why = d.Change.Suggested.Why
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what was learned of %s: %w", d.Change.ID, err)
	}
	return nil
}

// MaxSaid is of how many changes of a list, from its first on, what their words say is read
// from their texts.
const MaxSaid = 50

// learnOnce learns for a detail that is shown before any list was read.
func learnOnce(tx *kv.Tx, from string) (*ranking.Learned, error) {
	decisions, err := ranking.Decisions(tx)
	if err != nil {
		return nil, err
	}
	return ranking.LearnFrom(tx, ranking.Of(decisions, from), from)
}

// sectionOf is the part of the queue that a change stands in. What was learned lifts one out
// of what is probably noise, and puts none there.
func (l *listing) sectionOf(h *head) model.Section {
	if h.lifted && !l.unlearned {
		return model.SectionMaterial
	}
	return h.section
}

func (l *listing) rankOf(h *head) float64 {
	if l.unlearned {
		return h.plain
	}
	return h.rank
}

// queueOrder is the order of [model.QueuePage].
func (l *listing) queueOrder(a, b *head) int {
	if x, y := l.sectionOf(a), l.sectionOf(b); x != y {
		return cmp.Compare(x, y)
	}
	if x, y := l.rankOf(a), l.rankOf(b); x != y {
		return -cmp.Compare(x, y)
	}
	return cmp.Or(-cmp.Compare(a.captured, b.captured), cmp.Compare(a.n, b.n))
}

// detectedPlace is a number that is greater for a change that comes earlier in the queue
// without what was learned.
func detectedPlace(h *head) int64 {
	const perSection, perRank = 1 << 40, 1e6
	return int64(h.plain*perRank) - int64(h.section)*perSection
}
