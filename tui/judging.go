package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

var severityKeys = map[keys.Command]model.Severity{keys.Low: model.Low, keys.Medium: model.Medium, keys.High: model.High, keys.Critical: model.Critical}

var confidenceKeys = map[keys.Command]model.Confidence{keys.LowSure: model.LowConfidence, keys.MediumSure: model.MediumConfidence, keys.HighSure: model.HighConfidence}

// run turns a command into a decision on t, and reports false for one that is
// none.
func (j *judge) run(c keys.Command, t target) (tea.Cmd, bool) {
	t.review = j.freshest(t.review)
	d := model.Decision{Change: t.id, Action: model.ActionSet}
	if s, ok := severityKeys[c]; ok {
		d.Severity = &s
		return j.confirmed("severity "+string(s), d, t), true
	}
	if s, ok := confidenceKeys[c]; ok {
		d.Confidence = &s
		return j.confirmed("confidence "+string(s), d, t), true
	}
	switch c {
	case keys.Undo:
		return j.decide(model.Decision{Action: model.ActionUndo}, target{}), true
	case keys.Redo:
		return j.decide(model.Decision{Action: model.ActionRedo}, target{}), true
	case keys.Basis:
		next := j.nextBasis(t)
		d.Basis = &next
		return j.confirmed("basis "+string(next), d, t), true
	case keys.Summary:
		return j.write(t), true
	case keys.Editor:
		return j.edit(t), true
	case keys.Approve:
		return j.approve(d, t), true
	case keys.Reopen:
		d.Action = model.ActionReopen
		return j.confirmed("reopen", d, t), true
	case keys.Submit:
		d.Action = model.ActionSubmit
		return j.confirmed("submit to a second reader", j.proposed(d, t.review), t), true
	case keys.Repeat:
		return j.repeat(t), true
	case keys.Precedent:
		return j.findPrecedent(t), true
	}
	return j.askFor(c, d, t)
}

// askFor carries out the commands that need words.
func (j *judge) askFor(c keys.Command, d model.Decision, t target) (tea.Cmd, bool) {
	q := question{about: j.scope(t)}
	switch c {
	case keys.Dismiss:
		q.label, q.value = "Dismiss because", string(t.reason)
		q.done = func(s string) tea.Cmd {
			if s == "" {
				j.say("not dismissed: a dismissal needs a reason")
				return nil
			}
			d.Action, d.Reason = model.ActionDismiss, s
			return j.decide(d, t)
		}
	case keys.Snooze:
		q.label, q.value = "Snooze until a date, 7d, 2w, or next (the next change)", "7d"
		q.done = func(s string) tea.Cmd {
			if s == "" {
				return nil
			}
			d.Action, d.Until = model.ActionSnooze, s
			return j.decide(d, t)
		}
	case keys.Note:
		q.label, q.value = "Interpretive note: what is uncertain, and why", t.review.Note
		q.done = func(s string) tea.Cmd {
			d.Note = &s
			return j.decide(d, t)
		}
	case keys.RequestChanges, keys.Contest:
		d.Action, q.label = model.ActionRequestChanges, "As second reader: what should be changed"
		if c == keys.Contest {
			d.Action, q.label = model.ActionContest, "As second reader: your severity, then why (high: the age limit fell)"
		}
		q.done = func(s string) tea.Cmd {
			var err error
			if d, err = secondReading(d, s); !j.fine(err) {
				return nil
			}
			return j.decide(d, t)
		}
	default:
		return nil, false
	}
	return j.ask(q), true
}

// secondReading reads what the second reader typed.
func secondReading(d model.Decision, s string) (model.Decision, error) {
	d.Reason = s
	if d.Action != model.ActionContest {
		return d, nil
	}
	word, why, _ := strings.Cut(s, " ")
	severity, err := model.ParseSeverity(strings.TrimRight(word, ":,;."))
	d.Severity, d.Reason = &severity, strings.TrimSpace(why)
	return d, err
}

// approve takes on the confidence and basis that the screen proposes, and asks
// for a note where the analyst is not sure.
func (j *judge) approve(d model.Decision, t target) tea.Cmd {
	d.Action = model.ActionApprove
	if len(t.many) > 0 {
		return j.confirmed("approve", d, t)
	}
	d = j.proposed(d, t.review)
	sure := t.review.Confidence
	if d.Confidence != nil {
		sure = *d.Confidence
	}
	if t.review.Change == "" || sure == model.HighConfidence || t.review.Note != "" || len(j.missing(t.review)) > 0 {
		return j.decide(d, t)
	}
	ask := j.ask(question{label: "Your confidence is " + string(sure) + ": what is uncertain, and why (may stay empty)", done: func(s string) tea.Cmd {
		if s != "" {
			d.Note = &s
		}
		return j.decide(d, t)
	}})
	if d.Summary == nil {
		return ask
	}
	return tea.Batch(ask, j.keepDraft(model.Draft{Change: t.id, Actor: j.o.Actor, Summary: *d.Summary, At: j.o.Clock().UTC(), Base: t.review.Revision}))
}

// proposed adds what the review lacks of confidence and basis as the screen
// shows it: as they were last time.
func (j *judge) proposed(d model.Decision, r model.Review) model.Decision {
	if r.Change == "" {
		return d
	}
	sure, basis := j.proposal.Confidence, j.proposal.Basis
	for _, a := range j.waiting { // keys pressed faster than the store answers
		for _, w := range a {
			if w.Change == r.Change && w.Confidence != nil {
				r.Confidence = *w.Confidence
			}
			if w.Change == r.Change && w.Basis != nil {
				r.Basis = *w.Basis
			}
		}
	}
	if r.Confidence == "" {
		d.Confidence = &sure
	}
	if r.Basis == "" {
		d.Basis = &basis
	}
	return d
}

// confirmed sends a decision; one on many changes is asked about first.
func (j *judge) confirmed(what string, d model.Decision, t target) tea.Cmd {
	if len(t.many) == 0 {
		return j.decide(d, t)
	}
	return j.ask(question{about: j.scope(t), label: fmt.Sprintf("%s: all %d?", what, len(t.many)), yes: true, done: func(string) tea.Cmd { return j.decide(d, t) }})
}

// scope says what a decision on many changes is about: how many, of whom, and
// three of them taken at random.
func (j *judge) scope(t target) []string {
	if len(t.many) == 0 {
		return nil
	}
	platforms := map[string]bool{}
	material := 0
	for _, c := range t.many {
		platforms[c.Platform] = true
		if c.Material {
			material++
		}
	}
	of := fmt.Sprintf("%d platforms", len(platforms))
	if len(platforms) == 1 {
		of = sanitize.Line(t.many[0].PlatformName)
	}
	lines := []string{j.theme.Label.Styled(fmt.Sprintf("%s of %s, %d material. %s of them at random:", humanize.Count(len(t.many), "change"), of, material, []string{"Two", "Three"}[min(len(t.many), 3)-2]))}
	for _, i := range rand.Perm(len(t.many))[:min(3, len(t.many))] {
		c := t.many[i]
		why := string(c.Reason)
		if c.Material {
			why = strings.Join(c.Suggested.Why, ", ")
		}
		lines = append(lines, sanitize.Line(fmt.Sprintf("  %s  %s / %s  %s", c.ID, c.PlatformName, c.Type, why)))
	}
	return lines
}

// about are the commands that need a change to be about.
var about = map[keys.Command]bool{}

func init() {
	for _, c := range []keys.Command{keys.Low, keys.Medium, keys.High, keys.Critical, keys.LowSure, keys.MediumSure, keys.HighSure, keys.Basis, keys.Summary, keys.Editor, keys.Note,
		keys.Approve, keys.Dismiss, keys.Snooze, keys.Repeat, keys.Precedent, keys.Submit, keys.RequestChanges, keys.Contest, keys.Reopen, keys.Show, keys.ToHistory, keys.ToVersions, keys.Copy, keys.Source} {
		about[c] = true
	}
}

// whyNot says why a command isn't possible on t now, "" when it is.
func (j *judge) whyNot(c keys.Command, t target) string {
	if !about[c] {
		return ""
	}
	if t.id == "" {
		return "there is no change here"
	}
	if len(t.many) > 0 {
		switch c {
		case keys.Summary, keys.Editor, keys.Note, keys.Show, keys.ToVersions, keys.Copy, keys.Source, keys.Precedent:
			return fmt.Sprintf("%d changes are marked; this is for one at a time", len(t.many))
		}
		return ""
	}
	switch state := t.review.State; {
	case state == model.Approved && c != keys.Show && c != keys.ToHistory && c != keys.ToVersions && c != keys.Copy && c != keys.Source:
		return "it is approved; " + j.keys.Key(keys.Undo) + " takes that back first"
	case c == keys.Reopen && t.review.Change != "" && state != model.Dismissed && state != model.Snoozed:
		return "it is " + string(state)
	case (c == keys.RequestChanges || c == keys.Contest) && state != model.InReview:
		return "it is not before a second reader"
	}
	return ""
}

func (j *judge) nextBasis(t target) model.Basis {
	basis := t.review.Basis
	for _, a := range j.waiting { // keys pressed faster than the store answers
		if a[0].Basis != nil {
			basis = *a[0].Basis
		}
	}
	for i, b := range model.Bases {
		if b == basis {
			return model.Bases[(i+1)%len(model.Bases)]
		}
	}
	return model.Explicit
}
