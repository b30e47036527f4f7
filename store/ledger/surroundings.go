package ledger

import (
	"context"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/recent"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
	"fineprint/store/wording"
)

const (
	// maxLinks bounds how many records and changes a record names, and lookedAt how many
	// are looked at for them.
	maxLinks = 5
	lookedAt = 200
	// maxRisks bounds how many other records of its document a record names.
	maxRisks = 20
)

// history says how the clauses stood over the document's versions. Of several clauses, a
// version counts when any of them changed in it.
func (b *builder) history(ctx context.Context) error {
	s := model.Stability{}
	order := b.doc.Chronology()
	changed := map[int]time.Time{}
	steps := map[model.ProvisionStep]bool{}
	for i, c := range b.p.Picked.Clauses {
		l, err := provision.LifeIn(ctx, b.tx, b.number, c.Seq, c.At)
		if err != nil {
			return err
		}
		if i == 0 || order.Place(l.FirstSeen.Seq) < order.Place(s.FirstSeen.Seq) {
			s.FirstSeen, s.SinceUnknown = l.FirstSeen, l.SinceUnknown
		}
		if i == 0 || order.Place(l.LastSeen.Seq) > order.Place(s.LastSeen.Seq) {
			s.LastSeen = l.LastSeen
		}
		s.Versions, s.Revived, s.Present = max(s.Versions, l.Versions), max(s.Revived, l.Revived), s.Present ||
			l.Present
		for _, step := range l.Steps {
			ps := model.ProvisionStep{Seq: step.Seq, CapturedAt: step.CapturedAt, Change: step.Change, Kind: step.Kind,
				Material: step.Material, Reason: step.Reason}
			if steps[ps] {
				continue
			}
			steps[ps] = true
			if step.Kind == model.Modified && step.Material {
				changed[step.Seq] = step.CapturedAt
			}
			if ps.Summary, ps.Record, _, err = recent.RecordOf(b.tx, step.Change); err != nil {
				return err
			}
			s.History = append(s.History, ps)
		}
	}
	smallsort.By(s.History, func(x, y model.ProvisionStep) int {
		return order.Place(x.Seq) - order.Place(y.Seq)
	})
	b.record.Stability = b.summed(s, changed)
	return nil
}

// summed works out what follows from when the clauses stood there and changed.
func (b *builder) summed(s model.Stability, changed map[int]time.Time) *model.Stability {
	s.Changes, s.Value = len(changed), 1
	for _, at := range changed {
		if s.LastChanged == nil || at.After(*s.LastChanged) {
			s.LastChanged = &at
		}
	}
	if s.Versions > 1 {
		s.Value = max(0, 1-float64(s.Changes)/float64(s.Versions-1))
	}
	until := s.LastSeen.CapturedAt
	if seen := kv.UnixTime(b.doc.Seen); s.Present && seen.After(until) {
		until = seen
	}
	s.Months = wording.MonthsBegun(s.FirstSeen.CapturedAt, until)
	by := wording.Stability(s.Changes, s.FirstSeen.CapturedAt, until)
	s.Label, s.ChangesYear, s.Formula, s.FormulaVersion = by.Label, by.ChangesYear, by.Formula, by.Version
	return &s
}

// surroundings adds what the document and other records said when it was made.
func (b *builder) surroundings(context.Context) error {
	if err := b.tracking(); err != nil {
		return err
	}
	if err := b.otherRisks(); err != nil {
		return err
	}
	if err := b.related(); err != nil {
		return err
	}
	var err error
	b.record.RecentActivity, err = recent.Activity(b.tx, b.number, &b.doc, 0)
	return err
}

// tracking adds since when the document is tracked, and when it was captured last.
func (b *builder) tracking() error {
	order := b.doc.Chronology()
	first, err := rows.CapturedAt(b.tx, b.number, order.At(1))
	if err != nil {
		return err
	}
	last, err := rows.CapturedAt(b.tx, b.number, order.Newest())
	if err != nil {
		return err
	}
	b.record.FirstTracked, b.record.LastVerified = kv.UnixTime(first), kv.UnixTime(max(last, b.doc.Seen))
	return nil
}

// otherRisks names the other records of the document that are in force, the gravest
// first.
func (b *builder) otherRisks() error {
	return recordrows.GravestOfDocument(b.tx, b.number, func(n uint64) (bool, error) {
		if n == b.n {
			return true, nil
		}
		c, found, err := recordrows.CardOf(b.tx, n)
		if err == nil && !found {
			err = fmt.Errorf("%w: record %d is found by what it is not about", model.ErrDamaged, n)
		}
		b.record.OtherRisks = append(b.record.OtherRisks, link(b.tx, n, c, ""))
		return len(b.record.OtherRisks) < maxRisks, err
	})
}

// related names records of the same clause types about other documents, the newest of
// each type first, until there are enough.
func (b *builder) related() error {
	seen := map[uint64]bool{b.n: true}
	for _, d := range b.p.Writing.Types {
		err := recordrows.NewestOfType(b.tx, d, maxLinks-len(b.record.Related), lookedAt, func(n uint64) (bool, error) {
			c, found, err := recordrows.CardOf(b.tx, n)
			if err != nil || !found || c.Revision == 0 || c.Document == b.number || seen[n] {
				return false, err
			}
			seen[n] = true
			b.record.Related = append(b.record.Related, link(b.tx, n, c, d))
			return true, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func link(tx *kv.Tx, n uint64, c recordrows.RecordCard, why string) model.RecordLink {
	return model.RecordLink{Record: tx.ID(model.RecordID, n), Title: c.Title, Platform: c.Platform, Type: c.Type,
		Severity: model.Severity(c.Severity), Why: why}
}
