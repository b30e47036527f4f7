package provision

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fineprint/store/blob"
	"fineprint/store/insight/identity"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
	"fineprint/store/wording"
)

// LifeOf returns all that is known of the clause with an ID.
func LifeOf(ctx context.Context, tx *kv.Tx, id model.ID) (model.ClauseLife, error) {
	n, document, err := documentOf(tx, id)
	if err != nil {
		return model.ClauseLife{}, err
	}
	s, err := identity.Read(ctx, tx, document)
	if err != nil {
		return model.ClauseLife{}, err
	}
	c := s.Clause(n)
	if c == identity.None {
		return model.ClauseLife{}, fmt.Errorf("%w: no version that counts has %s any more: the captures that showed it "+
			"are taken for bad ones", model.ErrNotFound, id)
	}
	return lifeOf(ctx, tx, s, c, n)
}

// documentOf returns the number in the ID of a clause, and its document.
func documentOf(tx *kv.Tx, id model.ID) (n, document uint64, err error) {
	n = id.Number()
	if id != tx.ID(model.ClauseID, n) {
		return 0, 0, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	if document, err = identity.DocumentOf(tx, n); err != nil || document != 0 {
		return n, document, err
	}
	_, row, err := recordrows.ProvisionByID(tx, id)
	return n, row.Document, err
}

// LifeAt returns all that is known of the clause that has most of a stretch of a version.
// One that has no number yet, because its document is not indexed, has no ID. The error is
// [identity.ErrNoText] for a version that clauses are not followed through.
func LifeAt(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange) (model.ClauseLife, error) {
	s, err := identity.Read(ctx, tx, document)
	if err != nil {
		return model.ClauseLife{}, err
	}
	c, err := s.Find(tx, seq, at)
	if err == nil && c == identity.None {
		err = fmt.Errorf("%w: there is no clause at this place of version %d", model.ErrNotFound, seq)
	}
	if err != nil {
		return model.ClauseLife{}, err
	}
	return lifeOf(ctx, tx, s, c, s.Number(c))
}

// biography is a clause's life being written.
type biography struct {
	tx     *kv.Tx
	state  *identity.State
	clause int // in the History
	life   *identity.Life
	blobs  *blob.Reader
	doc    rows.Document
	texts  map[int]*clause.Document // of the last step
	model.ClauseLife
}

func lifeOf(ctx context.Context, tx *kv.Tx, s *identity.State, c int, n uint64) (model.ClauseLife, error) {
	lives, err := s.Lives(func(int) bool { return true })
	if err != nil {
		return model.ClauseLife{}, err
	}
	b := &biography{tx: tx, state: s, clause: c, life: lives[c], blobs: blob.NewReader(tx),
		texts: map[int]*clause.Document{}}
	if b.life == nil {
		return model.ClauseLife{}, fmt.Errorf("%w: clause %d of document %d was never seen", model.ErrDamaged, c,
			s.Document)
	}
	if b.doc, err = rows.GetDocument(tx, s.Document); err != nil {
		return model.ClauseLife{}, err
	}
	b.ID, b.Document = tx.ID(model.ClauseID, n), tx.ID(model.DocumentID, s.Document)
	b.Platform, b.Type = model.Platform{Slug: b.doc.Slug, Name: b.doc.Name}, b.doc.Type
	b.Behind, b.Records, b.Steps = s.Behind, []model.ID{}, []model.ClauseStep{}
	for _, e := range b.life.Events {
		if err := ctx.Err(); err != nil {
			return model.ClauseLife{}, err
		}
		if err := b.step(e); err != nil {
			return model.ClauseLife{}, err
		}
	}
	b.relatives(lives, c)
	if err := b.sum(); err != nil {
		return model.ClauseLife{}, err
	}
	if n == 0 {
		return b.ClauseLife, nil
	}
	err = recordrows.RecordsOfProvision(tx, n, func(record uint64) error {
		b.Records = append(b.Records, tx.ID(model.RecordID, record))
		return nil
	})
	return b.ClauseLife, err
}

// relatives names the clauses that were split from it and merged into it.
func (b *biography) relatives(lives []*identity.Life, c int) {
	for other, l := range lives {
		if l == nil || other == c {
			continue
		}
		for _, e := range l.Events {
			switch id := b.id(other); {
			case e.Other != c:
			case e.Kind == identity.Came:
				b.Parts = append(b.Parts, id)
			case e.Kind == identity.Ended:
				b.Absorbed = append(b.Absorbed, id)
			}
		}
	}
}

func (b *biography) id(c int) model.ID { return b.tx.ID(model.ClauseID, b.state.Number(c)) }

// text reads and cuts the text at a place of the chain.
func (b *biography) text(i int) (*clause.Document, error) {
	if d := b.texts[i]; d != nil {
		return d, nil
	}
	text, err := rows.TextBy(b.blobs, b.state.Chain.Links[i].Row)
	if err != nil {
		return nil, err
	}
	d, err := Split(text)
	clear(b.texts)
	b.texts[i] = d
	return d, err
}

// step writes what happened to the clause.
func (b *biography) step(e identity.Event) error {
	link := &b.state.Chain.Links[e.Text]
	step := model.ClauseStep{Seq: link.Seq, CapturedAt: kv.UnixTime(link.Row.CapturedAt), Material: e.Material,
		Heading: []string{}}
	n, err := b.state.ChangeTo(b.tx, e.Text)
	if err != nil {
		return err
	}
	step.Change = b.tx.ID(model.ChangeID, n)
	switch e.Kind {
	case identity.Came, identity.Revived:
		step.Kind, step.Revived = model.Added, e.Kind == identity.Revived
		if e.Other != identity.None {
			step.SplitFrom = b.id(e.Other)
		}
	case identity.Worded:
		step.Kind = model.Modified
	case identity.Moved:
		step.Kind = model.Moved
	case identity.Ended:
		step.Kind = model.Removed
		if e.Other != identity.None {
			step.MergedInto = b.id(e.Other)
		}
	}
	var was *model.ByteRange
	if e.Index != identity.None {
		d, err := b.text(e.Text)
		if err != nil {
			return err
		}
		if e.Index >= len(d.Clauses) {
			return fmt.Errorf("%w: a clause of version %d is not in its text", model.ErrDamaged, link.Seq)
		}
		at := d.Clauses[e.Index].ByteRange
		step.At, step.Text, step.Heading = &at, d.Words(e.Index), d.HeadingPath(e.Index)
	} else if was, err = b.placeBefore(e.Text); err != nil {
		return err
	}
	if before := len(b.Steps) - 1; step.Kind == model.Modified && before >= 0 {
		step.Spans = redline.Compare(b.Steps[before].Text, step.Text).Spans
	}
	b.Steps = append(b.Steps, step)
	return b.judged(n, &b.Steps[len(b.Steps)-1], was)
}

// placeBefore is where the clause was in the text before the one at a place.
func (b *biography) placeBefore(i int) (*model.ByteRange, error) {
	c, err := b.placeIn(i - 1)
	if err != nil || c < 0 {
		return nil, err
	}
	d, err := b.text(i - 1)
	if err != nil || c >= len(d.Clauses) {
		return nil, err
	}
	return &d.Clauses[c].ByteRange, nil
}

// placeIn is the index of the clause in the text at a place, None when it is not in it.
func (b *biography) placeIn(i int) (int, error) {
	present, err := b.state.At(b.state.Chain.Links[i].Seq)
	if err != nil {
		return identity.None, err
	}
	return slices.Index(present, b.clause), nil
}

// judged adds how the change judges the step.
func (b *biography) judged(change uint64, step *model.ClauseStep, was *model.ByteRange) error {
	if change == 0 {
		if step.Kind != model.Added || step.Revived {
			step.Material, step.Reason = false, model.ReasonTechnical
		}
		return nil
	}
	list, err := rows.Clauses(b.tx, change)
	if err != nil {
		return err
	}
	covers := func(a, b *model.ByteRange) bool { return a != nil && b != nil && a.Start <= b.Start && b.End <= a.End }
	for _, c := range list {
		if covers(c.New, step.At) || step.At == nil && covers(c.Old, was) {
			step.Material, step.Reason = c.Material, c.Reason
			if step.At == nil {
				step.Heading = c.Heading
			}
			return nil
		}
	}
	return nil
}

// sum works the facts out.
func (b *biography) sum() error {
	links := b.state.Chain.Links
	last := &links[b.life.Last]
	lastSeq := last.Seq
	if n := len(last.Same); n > 0 {
		lastSeq = last.Same[n-1]
	}
	var err error
	if b.FirstSeen, err = b.ref(links[b.life.First].Seq); err != nil {
		return err
	}
	if b.LastSeen, err = b.ref(lastSeq); err != nil {
		return err
	}
	b.SinceUnknown = b.life.First == 0 && links[0].Row.Cut != ""
	for _, s := range b.life.Spans {
		for i := s[0]; i <= s[1]; i++ {
			b.Versions += 1 + len(links[i].Same)
		}
	}
	if b.Present = b.life.Present; !b.Present {
		ended, err := b.ref(links[b.life.Last+1].Seq)
		if err != nil {
			return err
		}
		b.Ended = &ended
	}
	for _, s := range b.Steps {
		if s.Kind == model.Modified && s.Material {
			b.Changes++
			at := s.CapturedAt
			b.LastChanged = &at
		}
		if s.Revived {
			b.Revived++
		}
		if s.SplitFrom != "" {
			b.SplitFrom = s.SplitFrom
		}
	}
	if end := b.Steps[len(b.Steps)-1]; end.Kind == model.Removed {
		b.MergedInto = end.MergedInto
	}
	until := b.until()
	b.Months = wording.MonthsBegun(b.FirstSeen.CapturedAt, until)
	b.ClauseStability = wording.Stability(b.Changes, b.FirstSeen.CapturedAt, until)
	return b.now()
}

// until is when the clause was seen last.
func (b *biography) until() time.Time {
	if seen := kv.UnixTime(b.doc.Seen); b.Present && seen.After(b.LastSeen.CapturedAt) {
		return seen
	}
	return b.LastSeen.CapturedAt
}

// now sets the words as they are, or were last.
func (b *biography) now() error {
	d, err := b.text(b.life.Last)
	if err != nil {
		return err
	}
	j, err := b.placeIn(b.life.Last)
	if err != nil {
		return err
	}
	if j < 0 || j >= len(d.Clauses) {
		return fmt.Errorf("%w: a clause of version %d is not in its text", model.ErrDamaged, b.LastSeen.Seq)
	}
	b.Seq, b.At, b.Text, b.Heading = b.LastSeen.Seq, d.Clauses[j].ByteRange, d.Words(j), d.HeadingPath(j)
	return nil
}

// ref refers to a version.
func (b *biography) ref(seq int) (model.VersionRef, error) {
	row, err := rows.GetVersion(b.tx, b.state.Document, seq)
	if err != nil {
		return model.VersionRef{}, err
	}
	repo, err := kv.LookupString(b.tx, row.Origin.Repo)
	return rows.RefOf(seq, row).ToModel(repo), err
}

// LifeOfChange is [LifeIn] of a clause of a change, by its place in Change.Clauses.
func LifeOfChange(ctx context.Context, tx *kv.Tx, change uint64, index int) (model.ClauseLife, error) {
	t, err := newTracer(tx, change, index)
	if err != nil {
		return model.ClauseLife{}, err
	}
	seq, at := t.row.To.Seq, t.start.New
	if at == nil {
		seq, at = t.row.From.Seq, t.start.Old
	}
	if at == nil {
		return model.ClauseLife{}, fmt.Errorf("%w: a clause change has no side", model.ErrDamaged)
	}
	return LifeIn(ctx, tx, t.n, seq, *at)
}

// LifeIn is [LifeAt] of any version: what stands in a bad capture is followed by comparing
// it with those around.
func LifeIn(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange) (model.ClauseLife, error) {
	l, err := LifeAt(ctx, tx, document, seq, at)
	if !errors.Is(err, identity.ErrNoText) {
		return l, err
	}
	h, err := OfStretch(ctx, tx, document, seq, at)
	if err != nil {
		return l, err
	}
	doc, text, err := documentAndText(tx, document, seq)
	if err != nil {
		return l, err
	}
	l = model.ClauseLife{Document: h.Document, Platform: model.Platform{Slug: doc.Slug, Name: doc.Name}, Type: doc.Type,
		FirstSeen: h.FirstSeen, SinceUnknown: h.SinceUnknown, LastSeen: h.LastSeen, Present: h.Present, Versions: h.Versions,
		Changes: h.Edits, Steps: h.Steps, Records: []model.ID{}, Seq: seq, At: at, Text: text[at.Start:at.End],
		Heading: headingAt(text, at.Start)}
	for _, s := range l.Steps {
		if s.Kind == model.Modified && s.Material {
			l.LastChanged = &s.CapturedAt
		}
	}
	l.Months = wording.MonthsBegun(h.FirstSeen.CapturedAt, h.LastSeen.CapturedAt)
	l.ClauseStability = wording.Stability(l.Changes, h.FirstSeen.CapturedAt, h.LastSeen.CapturedAt)
	return l, nil
}

func documentAndText(tx *kv.Tx, document uint64, seq int) (rows.Document, string, error) {
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return doc, "", err
	}
	_, text, err := rows.VersionAndText(tx, document, seq)
	return doc, text, err
}
