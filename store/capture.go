package store

import (
	"cmp"
	"crypto/sha256"
	"strings"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/similar"
)

// capturePlan is one capture on its way into the store.
type capturePlan struct {
	c        *model.Capture
	state    *documentState
	textSum  sum
	rawSum   sum
	outcome  model.Outcome
	known    bool
	renamed  bool
	textHere bool // an equal text is stored, or comes earlier in the batch
	rawHere  bool
	textBlob *blobPlan
	rawBlob  *blobPlan // nil when there is no new snapshot
	version  *versionRow
	change   *detect.Result
	mark     similar.Mark // of the change
	from     int          // seq of the version compared with
	fromText sum          // and the hash of its text

	otherReading bool // the two were read in different ways
}

func (p *capturePlan) hash() {
	p.textSum = sha256.Sum256([]byte(p.c.Text))
	if p.c.Raw != nil {
		p.rawSum = sha256.Sum256(p.c.Raw)
	}
}

// usable reports whether the capture holds a text to compare.
func (p *capturePlan) usable() bool {
	return p.c.Failure == "" && !p.c.Deleted && strings.TrimSpace(p.c.Text) != ""
}

// work decides what the capture does and prepares its bytes; it touches only
// the plan and its document's state.
func (p *capturePlan) work() {
	st, c := p.state, p.c
	p.outcome = model.Outcome{Document: "", Kind: model.OutcomeUnchanged}
	if p.renamed {
		st.row.Slug, st.row.Name, st.row.Type, st.row.Source = model.Slug(c.Platform), c.Platform, c.Type, packSource(c.Source)
	}
	if c.Deleted {
		ended := c.CapturedAt.UTC()
		st.row.Ended = &ended
		p.outcome.Kind = model.OutcomeEnded
		return
	}
	st.row.Ended = nil
	if c.Reread != nil && !p.reread() {
		return
	}
	if c.Raw != nil && st.snapshot == p.rawSum && st.row.Good > 0 && st.row.Good == st.row.Versions && c.Text != st.past.Good() {
		c.Technical = true // the bytes of the last good version: what differs is our own extraction
	}
	if c.Raw != nil && st.snapshot != p.rawSum {
		p.rawBlob = st.raw.next(c.Raw, p.rawSum, p.rawHere)
		st.snapshot = p.rawSum
	}
	kind, seen := p.place()
	if seen {
		return // a snapshot at most
	}
	p.outcome.Detail = c.Failure
	if p.live() && st.bad == (badCapture{c.Failure, p.textSum}) {
		return // the very same again; a snapshot at most
	}
	p.keep(kind)
}

// place finds the role of the capture in its document's history. seen says that
// it is what was seen last and makes no version.
func (p *capturePlan) place() (kind model.VersionKind, seen bool) {
	st, c := p.state, p.c
	fromHistory := c.Origin.Method == model.MethodOTAVersions
	kind = model.VersionChanged
	switch {
	case !p.usable():
		kind, p.outcome.Kind = model.VersionFailed, model.OutcomeFailed
		if c.Failure == "" && p.live() {
			kind = p.quarantine("empty")
		} else if c.Failure == "" {
			c.Failure = "empty"
		}
	case st.row.Good == 0 && p.live() && detect.Wall(c.Text) != "":
		kind = p.quarantine(detect.Wall(c.Text))
	case st.row.Good == 0:
		kind, p.outcome.Kind = model.VersionFirst, model.OutcomeFirst
	case c.Text == st.past.Good() && c.Technical:
		kind, p.outcome.Kind = model.VersionTechnical, model.OutcomeTechnical
	case c.Text == st.past.Good() && fromHistory:
		kind = model.VersionUnchanged
	case c.Text == st.past.Good():
		st.row.Suspect, st.past.Suspect = nil, detect.Suspect{}
		st.row.Extractor = cmp.Or(c.Extractor, st.row.Extractor)
		if p.renamed {
			p.outcome.Kind = model.OutcomeRenamed
		}
		return model.VersionUnchanged, true
	case c.Technical, p.readOtherwise() && detect.SameWords(st.past.Good(), c.Text):
		kind, p.outcome.Kind = model.VersionTechnical, model.OutcomeTechnical
	case p.live():
		p.outcome.Kind = model.OutcomeChanged
		if what := p.compareLive(); what != "" {
			kind = p.quarantine(what)
		}
	default:
		p.outcome.Kind = model.OutcomeChanged
		if p.compare(fromHistory) {
			p.outcome.Kind, p.outcome.Reason = model.OutcomeUnchanged, model.ReasonCapture
			return kind, true
		}
	}
	return kind, false
}

// keep makes the version and moves the document's state on.
func (p *capturePlan) keep(kind model.VersionKind) {
	st, c := p.state, p.c
	st.row.Versions++
	st.bad = badCapture{}
	p.outcome.Seq = st.row.Versions
	p.version = &versionRow{Kind: string(kind), Failure: c.Failure, CapturedAt: c.CapturedAt.UTC().UnixNano(), TextBytes: len(c.Text), TextSum: p.textSum[:]}
	p.textBlob = st.text.next([]byte(c.Text), p.textSum, p.textHere)
	if !p.usable() {
		st.bad = badCapture{c.Failure, p.textSum}
		p.version.Suspect = kind == model.VersionQuarantined
		return
	}
	p.settle(kind)
}
