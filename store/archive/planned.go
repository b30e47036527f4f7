package archive

import (
	"errors"
	"reflect"
	"strings"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/kv"
)

// Judging a document again takes seconds where it has many long versions, and everybody else
// would wait for the transaction. So it is worked out before: on a snapshot of the database, in
// which nothing is written. The transaction then goes the same way and finds at each step what
// was worked out, for a step depends only on the captures up to it and the rules. Where one
// isn't the same, because somebody recorded or made a rule meanwhile, the document is judged
// in the transaction after all.

// planned are the steps of judging a document that were worked out before.
type planned struct {
	rules   []detect.PlaceRule
	steps   []plannedStep
	settled []timeline.Settled // at the end of its archive
	last    timeline.State     // after that
	taken   int                // how many of them were used
}

// plannedStep is a capture, and what becomes of it.
type plannedStep struct {
	capture timeline.Capture // without its text
	state   timeline.State   // after it, without what only another step needs
	verdict timeline.Verdict
}

// errPlanStale: the document isn't what it was when its judging was worked out.
var errPlanStale = errors.New("the document changed meanwhile")

// plan works out how a document is judged, in a transaction that it writes nothing in; nil
// where it can't be.
func (r *redetection) plan(tx *kv.Tx) *planned {
	r.dry, r.planning = true, &planned{}
	if err := r.document(tx); err != nil {
		return nil // it is met again, and told
	}
	return r.planning
}

// step takes a capture in, or looks up what was worked out for it.
func (r *redetection) step(c timeline.Capture) (v timeline.Verdict, err error) {
	if r.planned != nil {
		i := r.planned.taken
		if r.planned.taken++; i >= len(r.planned.steps) || !reflect.DeepEqual(c, r.planned.steps[i].capture) {
			return v, errPlanStale
		}
		r.state = r.planned.steps[i].state
		return r.planned.steps[i].verdict, nil
	}
	r.state, v = timeline.Step(r.state, c)
	if r.planning != nil {
		c.Text = ""
		detach(v.Change)
		for _, s := range v.Settled {
			detach(s.Change)
		}
		r.planning.steps = append(r.planning.steps, plannedStep{c, r.state.Outline(), v})
	}
	return v, nil
}

// settleAtEnd settles what stood until the end of the archive.
func (r *redetection) settleAtEnd() (found []timeline.Settled, err error) {
	if p := r.planned; p != nil {
		if p.taken != len(p.steps) {
			return nil, errPlanStale
		}
		r.state = p.last
		return p.settled, nil
	}
	r.state, found = timeline.Settle(r.state, r.end)
	if r.planning != nil {
		for _, s := range found {
			detach(s.Change)
		}
		r.planning.settled, r.planning.last = found, r.state.Outline()
	}
	return found, nil
}

// detach has a change hold on to no text.
func detach(c *timeline.Change) {
	if c == nil {
		return
	}
	own := func(list []string) {
		for i := range list {
			list[i] = strings.Clone(list[i])
		}
	}
	for i := range c.Clauses {
		own(c.Clauses[i].Heading)
		own(c.Clauses[i].OldHeading)
	}
}
