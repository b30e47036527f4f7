package provision

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// OfChange follows one clause of a change, by its place in Change.Clauses, back to where
// it first was and on to where it went or is now. It goes by the clause changes that are
// stored; between versions for which there are none, it compares them. A clause that went
// and came back is followed no further: what came is another one.
func OfChange(ctx context.Context, tx *kv.Tx, change uint64, index int) (model.ClauseHistory, error) {
	t, err := newTracer(tx, change, index)
	if err != nil {
		return model.ClauseHistory{}, err
	}
	err = t.walk(ctx)
	return t.history, err
}

// OfStretch is [OfChange] of a stretch of a version's text.
func OfStretch(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange) (model.ClauseHistory,
	error) {
	t := &tracer{tx: tx, n: document, texts: newTexts(tx)}
	t.history = model.ClauseHistory{Document: tx.ID(model.DocumentID, document), Steps: []model.ClauseStep{}}
	if err := t.readChain(); err != nil {
		return model.ClauseHistory{}, err
	}
	err := t.along(ctx, seq, at)
	return t.history, err
}

// Follow returns where a stretch of a version is in a later one; there is false when it is
// not in it, or the versions are not compared with each other.
func Follow(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange, to int) (found model.ByteRange,
	there bool, err error) {
	t := &tracer{tx: tx, n: document, texts: newTexts(tx)}
	if err := t.readChain(); err != nil {
		return found, false, err
	}
	i, last := t.indexOf(seq), t.indexOf(to)
	if i < 0 || last < i {
		return found, false, nil
	}
	for ; i < last; i++ {
		if err := ctx.Err(); err != nil {
			return found, false, err
		}
		f, _, err := t.follow(i, i+1, at, false)
		if err != nil || f.gone {
			return found, false, err
		}
		at = f.at
	}
	return at, true, nil
}

// tracer is a clause being followed.
type tracer struct {
	tx      *kv.Tx
	n       uint64 // of the document
	row     rows.Change
	start   model.ClauseChange
	chain   []chainVersion
	changes map[[2]int]uint64 // of the document, by the versions they are between
	order   rows.Chronology
	texts   *texts
	history model.ClauseHistory
}

// chainVersion is a version that others are compared with.
type chainVersion struct {
	seq int
	row rows.Version
}

func newTracer(tx *kv.Tx, n uint64, index int) (*tracer, error) {
	t := &tracer{tx: tx, texts: newTexts(tx)}
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &t.row); err != nil {
		return nil, err
	}
	clauses, err := rows.Clauses(tx, n)
	if err != nil {
		return nil, err
	}
	if index < 0 || index >= len(clauses) {
		return nil, fmt.Errorf("%w: the change has %d clauses", model.ErrNotFound, len(clauses))
	}
	t.n, t.start = t.row.Document, clauses[index]
	t.history = model.ClauseHistory{Document: tx.ID(model.DocumentID, t.n), Change: tx.ID(model.ChangeID, n),
		Clause: index, Steps: []model.ClauseStep{}}
	return t, t.readChain()
}

// readChain reads the versions that others are compared with.
func (t *tracer) readChain() error {
	doc, err := rows.GetDocument(t.tx, t.n)
	if err != nil {
		return err
	}
	t.order = doc.Chronology()
	for place := 1; place <= t.order.Len(); place++ {
		seq := t.order.At(place)
		if doc.IsRepeat(seq) {
			continue
		}
		v, err := rows.GetVersion(t.tx, t.n, seq)
		if err != nil {
			return err
		}
		if kind := model.VersionKind(v.Kind); kind != model.VersionFailed && kind != model.VersionQuarantined &&
			!doc.IsSuspect(seq, v) {
			t.chain = append(t.chain, chainVersion{seq, v})
		}
	}
	return nil
}

// change returns the document's change between two versions, 0 for none.
func (t *tracer) change(old, new int) (uint64, error) {
	if t.changes == nil {
		if err := t.findChanges(); err != nil {
			return 0, err
		}
	}
	return t.changes[[2]int{old, new}], nil
}

// findChanges lists the document's changes.
func (t *tracer) findChanges() error {
	t.changes = map[[2]int]uint64{}
	heads, err := rows.HeadsOf(t.tx, t.n)
	if err != nil {
		return err
	}
	for i := range heads {
		row, err := heads[i].Row()
		if err != nil {
			return err
		}
		t.changes[[2]int{row.From.Seq, row.To.Seq}] = heads[i].N
	}
	return nil
}

// walk goes back from the older version of the change, then on from the newer.
// A change that led to a bad capture is a side road: it is gone on from the older
// one.
func (t *tracer) walk(ctx context.Context) error {
	from, to := t.indexOf(t.row.From.Seq), t.indexOf(t.row.To.Seq)
	if to < 0 && t.start.Old == nil {
		return t.aside()
	}
	var err error
	first, last := to, to
	at := t.start.New
	if t.start.Old != nil && from >= 0 {
		if first, err = t.back(ctx, from, *t.start.Old); err != nil {
			return err
		}
		if last = from; to < 0 {
			at = t.start.Old
		}
	} else if t.start.Old != nil {
		return t.aside() // judged otherwise since: its older version is a bad capture now
	}
	if to >= 0 {
		if err := t.step(t.chain[to], &t.start, t.history.Change, at); err != nil {
			return err
		}
		if at != nil {
			last = to
		}
	}
	if at != nil {
		if last, err = t.forward(ctx, last, *at); err != nil {
			return err
		}
	}
	return t.finish(first, last)
}

// finish puts the steps in order and sums them up.
func (t *tracer) finish(first, last int) error {
	smallsort.By(t.history.Steps, func(a, b model.ClauseStep) int {
		return t.order.Place(a.Seq) - t.order.Place(b.Seq)
	})
	return t.summarise(first, last)
}

// along goes back from a stretch of a version, and on from there. One of a version that
// nothing is compared with was there only.
func (t *tracer) along(ctx context.Context, seq int, at model.ByteRange) error {
	i := t.indexOf(seq)
	if i < 0 {
		v, err := rows.GetVersion(t.tx, t.n, seq)
		if err != nil {
			return err
		}
		t.chain = []chainVersion{{seq, v}}
		if err := t.first(at); err != nil {
			return err
		}
		return t.summarise(0, 0)
	}
	first, err := t.back(ctx, i, at)
	if err != nil {
		return err
	}
	last, err := t.forward(ctx, i, at)
	if err != nil {
		return err
	}
	return t.finish(first, last)
}

// aside is the history of what was in a bad capture only.
func (t *tracer) aside() error {
	ref := t.row.To
	if t.start.New == nil {
		ref = t.row.From
	}
	v, err := rows.GetVersion(t.tx, t.n, t.row.To.Seq)
	if err != nil {
		return err
	}
	if err := t.step(chainVersion{t.row.To.Seq, v}, &t.start, t.history.Change, t.start.New); err != nil {
		return err
	}
	t.history.FirstSeen = ref.ToModel("")
	t.history.LastSeen, t.history.Versions, t.history.Stability = t.history.FirstSeen, 1, 1
	return nil
}

// indexOf is where a version is in the chain, -1 when it is not.
func (t *tracer) indexOf(seq int) int {
	return slices.IndexFunc(t.chain, func(v chainVersion) bool { return v.seq == seq })
}

// back follows a stretch of the version at i to the first one it was in.
func (t *tracer) back(ctx context.Context, i int, at model.ByteRange) (int, error) {
	for ; i > 0; i-- {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		f, change, err := t.follow(i-1, i, at, true)
		if err != nil {
			return i, err
		}
		if f.by != nil {
			if err := t.step(t.chain[i], f.by, change, &at); err != nil {
				return i, err
			}
		}
		if f.gone {
			return i, nil
		}
		at = f.at
	}
	return 0, t.first(at)
}

// forward follows a stretch of the version at i to the last one it is in.
func (t *tracer) forward(ctx context.Context, i int, at model.ByteRange) (int, error) {
	for ; i+1 < len(t.chain); i++ {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		f, change, err := t.follow(i, i+1, at, false)
		if err != nil {
			return i, err
		}
		to := &f.at
		if f.gone {
			to = nil
		}
		if f.by != nil {
			if err := t.step(t.chain[i+1], f.by, change, to); err != nil {
				return i, err
			}
		}
		if f.gone {
			return i, nil
		}
		at = f.at
	}
	return i, nil
}

// follow follows a stretch between two neighbours of the chain.
func (t *tracer) follow(old, new int, at model.ByteRange, back bool) (position, model.ID, error) {
	if t.chain[old].row.Text == t.chain[new].row.Text {
		return position{at: at}, "", nil
	}
	p := versionPair{back: back}
	was, err := t.texts.of(t.chain[old].row)
	if err != nil {
		return position{}, "", err
	}
	is, err := t.texts.of(t.chain[new].row)
	if err != nil {
		return position{}, "", err
	}
	if p.a, p.b = was, is; back {
		p.a, p.b = is, was
	}
	change, err := t.change(t.chain[old].seq, t.chain[new].seq)
	if err != nil {
		return position{}, "", err
	}
	if change != 0 {
		if p.clauses, err = rows.Clauses(t.tx, change); err != nil {
			return position{}, "", err
		}
		if f := p.follow(at); !f.lost {
			return f, t.tx.ID(model.ChangeID, change), nil
		}
	}
	p.clauses = detect.Compare(was, is).Clauses
	f := p.follow(at)
	if f.lost {
		return f, "", fmt.Errorf("%w: version %d does not follow from version %d", model.ErrDamaged,
			t.chain[new].seq, t.chain[old].seq)
	}
	if f.by != nil && change == 0 {
		f.by.Material, f.by.Reason = false, model.ReasonTechnical
	}
	return f, t.tx.ID(model.ChangeID, change), nil
}

// step notes what happened to the clause in a version; at is nil when it went.
func (t *tracer) step(v chainVersion, c *model.ClauseChange, change model.ID, at *model.ByteRange) error {
	step := model.ClauseStep{Seq: v.seq, CapturedAt: kv.UnixTime(v.row.CapturedAt), Change: change, Kind: c.Kind,
		Material: c.Material, Reason: c.Reason, Heading: c.Heading}
	switch {
	case at == nil:
		step.Kind = model.Removed
	default:
		text, err := t.texts.of(v.row)
		if err != nil {
			return err
		}
		if at.Start < 0 || at.End > len(text) || at.Start > at.End {
			return fmt.Errorf("%w: a clause of version %d is not in its text", model.ErrDamaged, v.seq)
		}
		extent := *at
		step.At, step.Text = &extent, text[at.Start:at.End]
	}
	t.history.Steps = append(t.history.Steps, step)
	return nil
}

// first notes that the clause was in the document's first version.
func (t *tracer) first(at model.ByteRange) error {
	v := t.chain[0]
	text, err := t.texts.of(v.row)
	if err != nil {
		return err
	}
	c := model.ClauseChange{Kind: model.Added, Heading: headingAt(text, at.Start)}
	return t.step(v, &c, "", &at)
}

// headingAt is the path above the clause at a place of a text; empty for a text
// that can't be split.
func headingAt(text string, at int) []string {
	path, ok := guard.Value(func() []string {
		d := clause.Split(text)
		if i := slices.IndexFunc(d.Clauses, func(c clause.Clause) bool { return c.End > at }); i >= 0 {
			return d.HeadingPath(i)
		}
		return []string{}
	})
	if !ok {
		return []string{}
	}
	return path
}

func (t *tracer) summarise(first, last int) error {
	h := &t.history
	ref := func(v chainVersion) (model.VersionRef, error) {
		repo, err := kv.LookupString(t.tx, v.row.Origin.Repo)
		return rows.Ref{Seq: v.seq, CapturedAt: v.row.CapturedAt, Sum: bytes.Clone(v.row.TextSum),
			Commit: v.row.Origin.Commit}.ToModel(repo), err
	}
	var err error
	if h.FirstSeen, err = ref(t.chain[first]); err != nil {
		return err
	}
	if h.LastSeen, err = ref(t.chain[last]); err != nil {
		return err
	}
	h.SinceUnknown = first == 0 && t.chain[first].row.Cut != ""
	h.Versions, h.Present, h.Stability = last-first+1, last == len(t.chain)-1, 1
	for _, step := range h.Steps {
		if step.Kind == model.Modified && step.Material {
			h.Edits++
		}
	}
	if h.Versions > 1 {
		h.Stability = 1 - float64(h.Edits)/float64(h.Versions-1)
	}
	return nil
}
