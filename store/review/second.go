package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
)

// second keeps track of who wrote a review and who read it.
type second struct {
	// authors are all who set a value that holds, or submitted it: none of them
	// is a second reader.
	authors []string
	// submitted: a second reader was asked for, so nobody approves without one.
	submitted   bool
	submittedAt time.Time
	round       int // of submissions
	// first is the first pair of readings, made in firstRound; what people claim
	// after they have talked is no measure of agreement.
	first      *model.TwoReadings
	firstRound int
}

func (s *second) wrote(actor string) { s.authors = append(slices.Clip(s.authors), actor) }

func (s *second) isAuthor(actor string) bool {
	return slices.ContainsFunc(s.authors, func(a string) bool { return model.SamePerson(a, actor) })
}

// Readings returns how the author and the second reader first read the change;
// ok is false when two have not read it.
func (p Projection) Readings() (pair model.TwoReadings, ok bool) {
	if p.second.first == nil {
		return pair, false
	}
	return *p.second.first, true
}

// submit asks for a second reader; who read it in a former round reads again.
func (p *Projection) submit(e model.Event) {
	r := &p.Review
	r.State, r.Reason, r.Until, r.Author, r.Second = model.InReview, "", "", e.Actor, nil
	p.second.wrote(e.Actor)
	p.second.submitted = true
	p.second.round++
	p.second.submittedAt = e.At
}

// read takes in what a second reader makes of the change, beside the author's.
func (p *Projection) read(e model.Event) {
	r := &p.Review
	if r.Second == nil || !model.SamePerson(r.Second.Actor, e.Actor) {
		r.Second = &model.SecondReview{Actor: e.Actor, At: e.At}
	}
	if e.Severity != nil && *e.Severity != "" {
		if r.Second.Severity == "" {
			r.Second.At = e.At
		}
		r.Second.Severity = *e.Severity
	}
	if e.Confidence != nil {
		r.Second.Confidence = *e.Confidence
	}
	if e.Basis != nil {
		r.Second.Basis = *e.Basis
	}
	s := &p.second
	switch {
	case r.Second.Severity == "" || r.Severity == "":
	case s.first == nil:
		s.firstRound = s.round
		s.first = &model.TwoReadings{Change: r.Change, Second: *r.Second,
			Author: model.SecondReview{Actor: r.Author, Severity: r.Severity, Confidence: r.Confidence, Basis: r.Basis,
				At: s.submittedAt}}
	case s.firstRound == s.round && model.SamePerson(s.first.Second.Actor, e.Actor):
		s.first.Second = *r.Second
	}
}

// checkSecond reports whether a decision is possible on what waits for a second
// reader.
func checkSecond(p Projection, d model.Decision) error {
	r := p.Review
	if p.second.isAuthor(d.Actor) {
		return fmt.Errorf("%w: %s waits for a second reader, and %s wrote it; undo the submission to work on it",
			model.ErrNotAllowed, r.Change, d.Actor)
	}
	if d.Summary != nil || d.Note != nil || d.Content != nil {
		return fmt.Errorf("%w: a second reader of %s gives severity, confidence and basis; "+
			"for other words, request changes", model.ErrInvalid, r.Change)
	}
	var own model.SecondReview
	if r.Second != nil && model.SamePerson(r.Second.Actor, d.Actor) {
		own = *r.Second
	}
	if err := checkStands(r.Change, own, d); err != nil {
		return err
	}
	switch d.Action {
	case model.ActionSet:
		if deref(d.Severity) == "" && deref(d.Confidence) == "" && deref(d.Basis) == "" {
			return fmt.Errorf("%w: the reading says nothing", model.ErrInvalid)
		}
	case model.ActionApprove:
	case model.ActionRequestChanges, model.ActionContest:
		if strings.TrimSpace(d.Reason) == "" {
			return fmt.Errorf("%w: %s of %s needs a reason", model.ErrIncomplete, describeAction(d.Action), r.Change)
		}
		if d.Action == model.ActionContest && own.Severity == "" && deref(d.Severity) == "" {
			return fmt.Errorf("%w: contesting %s needs a severity of one's own", model.ErrIncomplete, r.Change)
		}
	default:
		return fmt.Errorf("%w: %s waits for a second reader, who approves it, requests changes or contests it",
			model.ErrNotAllowed, r.Change)
	}
	return nil
}

// checkStands keeps a reading as it was first given: once it is, the reader sees
// the author's.
func checkStands(change model.ID, own model.SecondReview, d model.Decision) error {
	for _, v := range []struct{ what, was, is string }{
		{"severity", string(own.Severity), deref(d.Severity)},
		{"confidence", string(own.Confidence), deref(d.Confidence)},
		{"basis", string(own.Basis), deref(d.Basis)},
	} {
		if v.was != "" && v.is != "" && v.was != v.is {
			return fmt.Errorf("%w: you read the %s of %s as %s already; undo that to read it otherwise", model.ErrNotAllowed,
				v.what, change, v.was)
		}
	}
	return nil
}

// checkTakesBack keeps everybody's hands off a second reader's reading: who wrote
// the review can't undo what somebody else made of it.
func checkTakesBack(p Projection, d model.Decision) error {
	e, _ := p.Redoes()
	state := p.Review.State
	if d.Action == model.ActionUndo {
		e, _ = p.Undoes()
		state = p.With(model.Event{Revision: p.Review.Revision + 1, Action: model.ActionUndo}).Review.State
	}
	if state == model.InReview && !model.SamePerson(e.Actor, d.Actor) {
		return fmt.Errorf("%w: the last word on %s is that of its second reader %s, who alone can %s it",
			model.ErrNotAllowed, p.Review.Change, e.Actor, d.Action)
	}
	return nil
}

func describeAction(a model.Action) string {
	switch a {
	case model.ActionRequestChanges:
		return "a request for changes"
	case model.ActionContest:
		return "a contest"
	}
	return string(a)
}

func deref[T ~string](v *T) string {
	if v == nil {
		return ""
	}
	return string(*v)
}
