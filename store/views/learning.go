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

// Suggest shows on a detail what a list shows of the change: what was learned of it, and
// which part of the queue it stands in; and what its words say.
func (r *Reader) Suggest(ctx context.Context, d *model.ChangeDetail) error {
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		l, err := r.learnedNow(tx)
		if err != nil {
			return err
		}
		n := d.Change.ID.Number()
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
			return err
		}
		standings, err := rows.StandingsOf(tx, row.Document)
		if err != nil {
			return err
		}
		h, err := rows.HeadOf(tx, n)
		if err != nil {
			return err
		}
		p, err := placed(tx, l, &h, &d.Row.MarkedByRules, standings)
		if err != nil {
			return err
		}
		show(learnedSection(p.section, p.lifted), &d.Row)
		standings.Raise(tx, n, &row)
		if err := l.Suggest(tx, n, &row, &d.Row); err != nil {
			return err
		}
		setSays(d, l)
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what was learned of %s: %w", d.Change.ID, err)
	}
	return nil
}

// setSays sets what the words of a change say. A detail has the texts.
func setSays(d *model.ChangeDetail, l *ranking.Learned) {
	if d.Row.Material {
		d.Row.Suggested.Says = l.Says(ranking.Read(d.OldText, d.NewText, d.Change.Clauses, nil).Parts)
	}
	d.Change.Suggested = d.Row.Suggested
}

// ReadSays reads what the words of listed changes say; of those that are called material it is
// never nil. What is not kept of it is read from the texts, which takes a few milliseconds
// each, and noted in found.
func (r *Reader) ReadSays(ctx context.Context, list []model.QueueItem, found ranking.Found) error {
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		l, err := r.learnedNow(tx)
		if err != nil {
			return err
		}
		for i := range list {
			q := &list[i]
			if !q.Material {
				continue
			}
			parts, err := ranking.PartsOf(tx, q.ID.Number(), found)
			if err != nil {
				return err
			}
			q.Suggested.Says = append([]string{}, l.Says(parts)...)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what the words of changes say: %w", err)
	}
	return nil
}

// learnedNow is what was learned for the list that was read last, or is learned for a detail
// that is shown before any; nil where nothing is to be learned.
func (r *Reader) learnedNow(tx *kv.Tx) (*ranking.Learned, error) {
	learning := r.howToLearn()
	if l := r.learned.Load(); l != nil || learning.Off {
		return l, nil
	}
	return learnOnce(tx, learning.From)
}

// learnOnce learns for a detail that is shown before any list was read.
func learnOnce(tx *kv.Tx, from string) (*ranking.Learned, error) {
	decisions, err := ranking.Decisions(tx)
	if err != nil {
		return nil, err
	}
	return ranking.LearnFrom(tx, ranking.Of(decisions, from), from)
}

// sectionOf is the part of the queue that a change stands in.
func (l *listing) sectionOf(h *head) model.Section {
	return learnedSection(h.section, h.lifted && !l.unlearned)
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
