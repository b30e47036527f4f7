package archive

import (
	"crypto/sha256"

	"fineprint/store/blob"
	"fineprint/store/detect/timeline"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// capturePlan is one capture on its way into the store.
type capturePlan struct {
	c        *model.Capture
	state    *documentState
	textSum  kv.Sum
	rawSum   kv.Sum
	outcome  model.Outcome
	known    bool
	renamed  bool
	textHere bool // an equal text is stored, or comes earlier in the batch
	rawHere  bool
	textBlob *blob.Plan
	rawBlob  *blob.Plan // nil when there is no new snapshot
	version  *rows.Version
	change   *timeline.Change
	clauses  []byte // of the change, as they are stored
	settled  []timeline.Settled
	older    bool // than what is here: it is judged in its place
	sighting int  // the number that it is kept by until then
}

func (p *capturePlan) hash() {
	p.textSum = kv.SumOfString(p.c.Text)
	if p.c.Raw != nil {
		p.rawSum = sha256.Sum256(p.c.Raw)
	}
}

// plan decides what the capture does and prepares its bytes; it touches only
// the plan and its document's state.
func (p *capturePlan) plan() error {
	st, c := p.state, p.c
	if p.renamed {
		st.row.Slug, st.row.Name, st.row.Type, st.row.Source = model.Slug(c.Platform), c.Platform, c.Type,
			rows.PackSource(c.Source)
	}
	if p.older {
		p.planOlder()
		return nil
	}
	st.row.Ended = nil
	if c.Deleted {
		ended := c.CapturedAt.UTC()
		st.row.Ended = &ended
	}
	v := p.step()
	p.outcome = model.Outcome{Kind: v.Outcome, Seq: v.Seq, Material: v.Material, Reason: v.Reason, Detail: v.Detail}
	p.settled = v.Settled
	if c.Deleted || v.Void {
		return nil
	}
	if p.newBytes() {
		p.rawBlob = st.raw.Next(string(c.Raw), p.rawSum, p.rawHere)
		st.snapshot = p.rawSum
	}
	if v.Seq == 0 {
		return nil // a snapshot at most
	}
	p.change = v.Change
	p.outcome.Uncompared = v.Change != nil && v.Change.Uncompared
	p.version = p.newVersion()
	p.version.Kind, p.version.Failure, p.version.Suspect = string(v.Kind), v.Failure, v.Suspect
	p.version.Technical = c.Technical && v.Kind != model.VersionTechnical
	p.textBlob = st.text.Next(c.Text, p.textSum, p.textHere)
	var err error
	if p.change != nil {
		p.clauses, err = rows.EncodeClauses(p.change.Clauses)
	}
	return err
}

// newVersion is the version that the capture makes, as far as the capture tells.
func (p *capturePlan) newVersion() *rows.Version {
	c := p.c
	v := &rows.Version{Kind: string(model.VersionUnchanged), Failure: c.Failure, Technical: c.Technical,
		CapturedAt: c.CapturedAt.UTC().UnixNano(), TextBytes: len(c.Text), TextSum: p.textSum[:], Cut: string(c.Cut),
		LeftOut: rows.PackLeftOut(c.LeftOut)}
	if at := placed(c); at != v.CapturedAt {
		v.Placed = at
	}
	return v
}

// newBytes reports whether the capture has bytes that the newest snapshot has not.
func (p *capturePlan) newBytes() bool { return p.c.Raw != nil && p.state.snapshot != p.rawSum }

// step takes the capture into its document's timeline.
func (p *capturePlan) step() timeline.Verdict {
	c := p.c
	capture := timeline.Capture{Method: c.Origin.Method, At: c.CapturedAt, Text: c.Text, Sum: p.textSum,
		Failure: c.Failure, Deleted: c.Deleted,
		Technical: c.Technical, OtherReading: c.OtherReading, Extractor: c.Extractor, Renamed: p.renamed,
		SameBytes: c.Raw != nil && !p.newBytes()}
	if c.Reread != nil {
		capture.Reread = c.Reread.Seq
	}
	return p.state.step(capture)
}

// step takes a capture into the document's timeline and brings its row up to date.
func (st *documentState) step(c timeline.Capture) timeline.Verdict {
	var v timeline.Verdict
	t := &st.past.State
	t.Versions, t.Good = newest(&st.row), st.row.Good
	c.Seq = st.row.Versions + 1
	if st.row.Extractor != "" { // a row from before it was kept there has none
		t.Extractor = st.row.Extractor
	}
	*t, v = timeline.Step(*t, c)
	if v.Seq != 0 {
		st.row.Append(v.Seq)
	}
	st.row.Good, st.row.Extractor = t.Good, t.Extractor
	st.row.Suspect = packSuspect(t.Suspect)
	return v
}
