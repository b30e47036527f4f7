package store

import (
	"bytes"
	"time"

	"fineprint/store/model"
)

// flips is what a text is set apart for that goes back to a former one.
const flips = "flips back and forth"

const (
	// flipWindow is how soon after it was left a former text must come back to
	// be set apart: a platform takes a change back after weeks, a site that
	// serves two versions in turns does it within days.
	flipWindow = 7 * 24 * time.Hour
	// flipCaptures and flipTime are how often and for how long it must have
	// stayed to be believed.
	flipCaptures = 2
	flipTime     = 24 * time.Hour
)

// badCapture is what a capture that is no good was, to tell the same one again.
type badCapture struct {
	failure string
	text    sum
}

// loadEnds reads when the last good version was captured, and what the newest
// one was if it is no good.
func (st *documentState) loadEnds(tx *Tx) error {
	if st.row.Good > 0 {
		good, err := getVersion(tx, st.n, st.row.Good)
		if err != nil {
			return err
		}
		st.goodAt = unixTime(good.CapturedAt)
		if st.row.Extractor == "" { // of a database from before it was kept here
			if st.row.Extractor, err = stringOf(tx, good.Extractor); err != nil {
				return err
			}
		}
	}
	if st.row.Versions > st.row.Good {
		newest, err := getVersion(tx, st.n, st.row.Versions)
		if err != nil {
			return err
		}
		if newest.Failure != "" {
			st.bad.failure = newest.Failure
			copy(st.bad.text[:], newest.TextSum)
		}
	}
	return nil
}

// live reports whether the capture was fetched from the live web: what looks bad
// can be fetched again.
func (p *capturePlan) live() bool { return p.c.Origin.Method == model.MethodWeb }

// quarantine sets the capture apart, for what gave it away.
func (p *capturePlan) quarantine(what string) model.VersionKind {
	p.c.Failure = what
	p.outcome.Kind, p.outcome.Reason = model.OutcomeQuarantined, model.ReasonCapture
	return model.VersionQuarantined
}

// compareLive detects what changed since the last good version, or names what
// the capture is to be quarantined for.
func (p *capturePlan) compareLive() (bad string) {
	st := p.state
	found := st.past.Assess(p.c.Text, p.c.CapturedAt)
	switch {
	case found.Suspect:
		bad = found.Detail
	case found.Reason == model.ReasonFlap && p.c.CapturedAt.Sub(st.goodAt) < flipWindow && !p.stayed():
		bad = flips
	}
	if bad != "" {
		p.reject(bad)
		return bad
	}
	p.found(&found)
	return ""
}

// tellTakenBack marks the change that another one takes back to the letter, as
// long as nothing is decided on it. It stays what it was judged, for its words
// were published; and while a site serves both texts in turns, nothing tells a
// new one that is being rolled out from one that a few readers get.
func markTakenBack(tx *Tx, p *capturePlan, back queueRow) error {
	n := p.state.row.LastChange
	var row queueRow
	if found, err := getRow(tx, bktRow, u64(n), &row); err != nil || !found || row.To.Seq != back.From.Seq || !bytes.Equal(row.From.Sum, back.To.Sum) {
		return err
	}
	if events, err := eventsOf(tx, n); err != nil || len(events) > 0 {
		return err
	}
	row.TakenBack = back.To.Seq
	addTakenBack(&row)
	return putRow(tx, bktRow, u64(n), row)
}

// stayed reports whether a text that goes back to a former one has done so for
// long enough to be the platform's doing.
func (p *capturePlan) stayed() bool {
	s := p.state.past.Suspect
	return s.What == flips && s.Count >= flipCaptures && p.c.CapturedAt.Sub(s.Since) >= flipTime
}
