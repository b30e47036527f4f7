package decide

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// call is a command on what the keys are about.
type call struct {
	*Controller
	target kit.Target
}

var handlers = kit.Handlers[call]{
	keys.Low:              severity(model.Low),
	keys.Medium:           severity(model.Medium),
	keys.High:             severity(model.High),
	keys.Critical:         severity(model.Critical),
	keys.LowConfidence:    confidence(model.LowConfidence),
	keys.MediumConfidence: confidence(model.MediumConfidence),
	keys.HighConfidence:   confidence(model.HighConfidence),
	keys.Confidence:       call.nextConfidence,
	keys.Basis:            call.nextBasis,
	keys.Summary:          func(c call) kit.Action { return c.write(c.target) },
	keys.Editor:           func(c call) kit.Action { return kit.Cmd(c.edit(c.target)) },
	keys.Approve:          func(c call) kit.Action { return c.approve(c.set(), c.target) },
	keys.Undo:             takeBack(model.ActionUndo),
	keys.Redo:             takeBack(model.ActionRedo),
	keys.Reopen:           call.reopen,
	keys.Submit:           call.submit,
	keys.Repeat:           func(c call) kit.Action { return c.repeat(c.target) },
	keys.Precedent:        func(c call) kit.Action { return kit.Cmd(c.findPrecedent(c.target)) },
	keys.Dismiss:          dismissal.ask,
	keys.Snooze:           snooze.ask,
	keys.Note:             note.ask,
	keys.RequestChanges:   requestChanges.ask,
	keys.Contest:          contest.ask,
}

// Commands lists the commands that decide.
func (c *Controller) Commands() []keys.Command { return handlers.Commands() }

// Run turns a command into a decision on t, and reports false for one that
// decides nothing.
func (c *Controller) Run(command keys.Command, t kit.Target) (kit.Action, bool) {
	t.Review = c.latest(t.Review)
	return handlers.Run(call{c, t}, command)
}

// set is a decision that sets values, of which it has none yet.
func (c call) set() model.Decision {
	return model.Decision{Change: c.target.ID, Action: model.ActionSet}
}

// takeBack is an undo or redo of what was decided last, whatever it was about.
func takeBack(a model.Action) func(call) kit.Action {
	return func(c call) kit.Action { return c.Decide(model.Decision{Action: a}, kit.Target{}) }
}

func severity(s model.Severity) func(call) kit.Action {
	return func(c call) kit.Action {
		d := c.set()
		d.Severity = &s
		return c.confirmed("severity "+string(s), d, c.target)
	}
}

func confidence(v model.Confidence) func(call) kit.Action {
	return func(c call) kit.Action {
		d := c.set()
		d.Confidence = &v
		return c.confirmed("confidence "+string(v), d, c.target)
	}
}

// nextConfidence goes round the confidences, from the highest down. Where none was given
// the one that the screen proposes is the first.
func (c call) nextConfidence() kit.Action {
	d, at := c.set(), cmp.Or(c.target.Review.Confidence, c.target.Row.Confidence)
	for _, a := range c.waiting { // keys pressed faster than the store answers
		if a[0].Confidence != nil && a[0].Change == c.target.ID {
			at = *a[0].Confidence
		}
	}
	next := at.Next()
	d.Confidence = &next
	return c.confirmed("confidence "+string(next), d, c.target)
}

// nextBasis goes round the bases.
func (c call) nextBasis() kit.Action {
	d, next := c.set(), c.basisAfter(c.target)
	d.Basis = &next
	return c.confirmed("basis "+string(next), d, c.target)
}

// SetBasis sets the basis, and asks first as its key does.
func (c *Controller) SetBasis(b model.Basis, t kit.Target) kit.Action {
	return c.confirmed("basis "+string(b), model.Decision{Change: t.ID, Action: model.ActionSet, Basis: &b}, t)
}

func (c call) reopen() kit.Action {
	d := c.set()
	d.Action = model.ActionReopen
	return c.confirmed("reopen", d, c.target)
}

func (c call) submit() kit.Action {
	d := c.set()
	d.Action = model.ActionSubmit
	return c.confirmed("submit to a second reader", c.withProposal(d, c.target.Review), c.target)
}

// prompt is a decision that needs words.
type prompt struct {
	action model.Action
	label  string
	// value is what the answer begins with.
	value func(t kit.Target) string
	// required: nothing is decided without an answer, and lacking is reported.
	required bool
	lacking  string
	// apply puts the answer into the decision.
	apply func(d *model.Decision, answer string) error
}

var (
	dismissal = prompt{
		action: model.ActionDismiss, label: "Dismiss because",
		value:    func(t kit.Target) string { return string(t.Reason) },
		required: true, lacking: "not dismissed: a dismissal needs a reason",
		apply: func(d *model.Decision, answer string) error { d.Reason = answer; return nil },
	}
	snooze = prompt{
		action: model.ActionSnooze, label: "Snooze until a date, 7d, 2w, or next (the next change)",
		value:    func(kit.Target) string { return "7d" },
		required: true,
		apply:    func(d *model.Decision, answer string) error { d.Until = answer; return nil },
	}
	note = prompt{
		action: model.ActionSet, label: "Interpretive note: what is uncertain, and why",
		value: func(t kit.Target) string { return t.Review.Note },
		apply: func(d *model.Decision, answer string) error { d.Note = &answer; return nil },
	}
	requestChanges = prompt{
		action: model.ActionRequestChanges, label: "As second reader: what should be changed",
		value: func(kit.Target) string { return "" },
		apply: func(d *model.Decision, answer string) error { d.Reason = answer; return nil },
	}
	contest = prompt{
		action: model.ActionContest,
		label:  "As second reader: your severity, then why (high: the age limit fell)",
		value:  func(kit.Target) string { return "" },
		apply:  readContest,
	}
)

// ask asks for the words, and decides with them.
func (p prompt) ask(c call) kit.Action {
	return kit.Ask{Question: kit.Question{
		About: c.scope(c.target), Label: p.label, Value: p.value(c.target),
		Done: func(answer string) kit.Action {
			if p.required && answer == "" {
				if p.lacking != "" {
					c.SetStatus("%s", p.lacking)
				}
				return nil
			}
			d := model.Decision{Change: c.target.ID, Action: p.action}
			if !c.ReportError(p.apply(&d, answer)) {
				return nil
			}
			return c.Decide(d, c.target)
		},
	}}
}

// readContest reads the severity and the reason that a second reader typed.
func readContest(d *model.Decision, answer string) error {
	word, why, _ := strings.Cut(answer, " ")
	severity, err := model.ParseSeverity(strings.TrimRight(word, ":,;."))
	d.Severity, d.Reason = &severity, strings.TrimSpace(why)
	return err
}

// approve takes on the confidence and basis that the screen proposes, and asks
// for a note where the analyst is not sure.
func (c *Controller) approve(d model.Decision, t kit.Target) kit.Action {
	d.Action = model.ActionApprove
	if len(t.Many) > 0 {
		return c.confirmed("approve", d, t)
	}
	d = c.withProposal(d, t.Review)
	sure := t.Review.Confidence
	if d.Confidence != nil {
		sure = *d.Confidence
	}
	if t.Review.Change == "" || sure == model.HighConfidence || t.Review.Note != "" || len(c.missing(t.Review)) > 0 {
		return c.Decide(d, t)
	}
	ask := kit.Ask{Question: kit.Question{
		Label: "Your confidence is " + string(sure) + ": what is uncertain, and why (may stay empty)",
		Done: func(answer string) kit.Action {
			if answer != "" {
				d.Note = &answer
			}
			return c.Decide(d, t)
		},
	}}
	if d.Summary == nil {
		return ask
	}
	draft := model.Draft{Change: t.ID, Actor: c.Actor, Summary: *d.Summary, At: c.Clock().UTC(), Base: t.Review.Revision}
	return kit.All{ask, kit.Cmd(c.keepDraft(draft))}
}

// withProposal adds what the review lacks of confidence and basis as the screen
// shows it: as they were last time.
func (c *Controller) withProposal(d model.Decision, r model.Review) model.Decision {
	if r.Change == "" {
		return d
	}
	sure, basis := c.Proposal.Confidence, c.Proposal.Basis
	for _, a := range c.waiting { // keys pressed faster than the store answers
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
func (c *Controller) confirmed(what string, d model.Decision, t kit.Target) kit.Action {
	if len(t.Many) == 0 {
		return c.Decide(d, t)
	}
	return kit.Ask{Question: kit.Question{
		About: c.scope(t), Label: fmt.Sprintf("%s: all %d?", what, len(t.Many)), Yes: true,
		Done: func(string) kit.Action { return c.Decide(d, t) },
	}}
}

// scope describes what a decision on many changes is about: how many, of whom, and
// three of them taken at random.
func (c *Controller) scope(t kit.Target) []string {
	if len(t.Many) == 0 {
		return nil
	}
	platforms := map[string]bool{}
	material, noise := 0, 0
	for _, item := range t.Many {
		platforms[item.Platform] = true
		if item.Material {
			material++
		}
		if item.ProbablyNoise {
			noise++
		}
	}
	of := fmt.Sprintf("%d platforms", len(platforms))
	if len(platforms) == 1 {
		of = sanitize.Line(t.Many[0].PlatformName)
	}
	sample := []string{"Two", "Three"}[min(len(t.Many), 3)-2]
	how := fmt.Sprintf("%d material", material)
	if noise > 0 {
		how += fmt.Sprintf(", %d of these probably noise", noise)
	}
	lines := []string{fmt.Sprintf("%s of %s, %s. %s of them at random:",
		humanize.Count(len(t.Many), "change"), of, how, sample)}
	for _, i := range rand.Perm(len(t.Many))[:min(3, len(t.Many))] {
		item := t.Many[i]
		why := string(item.Reason)
		if item.Material {
			why = strings.Join(item.Suggested.Why, ", ")
		}
		lines = append(lines, sanitize.Line(fmt.Sprintf("  %s  %s / %s  %s", item.ID, item.PlatformName, item.Type, why)))
	}
	return lines
}

// basisAfter is the basis after that of the review, as keys pressed faster than
// the store answers have left it.
func (c *Controller) basisAfter(t kit.Target) model.Basis {
	basis := t.Review.Basis
	for _, a := range c.waiting {
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
