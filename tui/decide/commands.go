package decide

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"fineprint/store/model"
	"fineprint/store/review"
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
	keys.Approve:          call.askApproval,
	keys.Undo:             func(c call) kit.Action { return c.undo() },
	keys.Redo:             call.redo,
	keys.Reopen:           call.reopen,
	keys.Submit:           call.submit,
	keys.Repeat:           func(c call) kit.Action { return c.repeat(c.target) },
	keys.Precedent:        func(c call) kit.Action { return c.findPrecedent(c.target) },
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

// redo brings back what was undone last, whatever it was about.
func (c call) redo() kit.Action {
	return c.Decide(model.Decision{Action: model.ActionRedo}, kit.Target{})
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
	d, r := c.set(), c.target.Review
	r.Change = c.target.ID
	at := cmp.Or(c.asWaiting(r).Confidence, c.target.Row.Confidence)
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
	enter  string // what enter does
	// value is what the answer begins with.
	value func(t kit.Target) string
	// lacking is what is said where there is no answer, "" where none is needed.
	lacking string
	// apply puts the answer into the decision.
	apply func(d *model.Decision, answer string) error
}

var (
	dismissal = prompt{
		action: model.ActionDismiss, label: "Dismiss because", enter: "dismiss",
		value:   func(t kit.Target) string { return string(t.Reason) },
		lacking: "A dismissal needs a reason",
		apply:   func(d *model.Decision, answer string) error { d.Reason = answer; return nil },
	}
	snooze = prompt{
		action: model.ActionSnooze, label: "Snooze until a date, 7d, 2w, or next (the next change)", enter: "snooze",
		value:   func(kit.Target) string { return "7d" },
		lacking: "A snooze needs an end: a date, 7d, 2w, or next",
		apply:   func(d *model.Decision, answer string) error { d.Until = answer; return nil },
	}
	note = prompt{
		action: model.ActionSet, label: "Interpretive note: what is uncertain, and why", enter: "save",
		value: func(t kit.Target) string { return t.Review.Note },
		apply: func(d *model.Decision, answer string) error { d.Note = &answer; return nil },
	}
	requestChanges = prompt{
		action: model.ActionRequestChanges, label: "As second reader: what should be changed", enter: "request",
		value:   func(kit.Target) string { return "" },
		lacking: "A request for changes needs a reason",
		apply:   func(d *model.Decision, answer string) error { d.Reason = answer; return nil },
	}
	contest = prompt{
		action:  model.ActionContest,
		label:   "As second reader: your severity, then why (high: the age limit fell)",
		enter:   "contest",
		value:   func(kit.Target) string { return "" },
		lacking: "Contesting needs your severity and a reason",
		apply:   readContest,
	}
)

// ask asks for the words, and decides with them. What is proposed for several changes is
// asked about as it is.
func (p prompt) ask(c call) kit.Action {
	if proposed := p.value(c.target); len(c.target.Many) > 0 && proposed != "" {
		if d, err := p.decision(c, proposed); err == nil {
			return p.askSeveral(c, d)
		}
	}
	return p.askWords(c)
}

func (p prompt) askWords(c call) kit.Action {
	return kit.Ask{Question: kit.Question{
		About: c.scope(c.target), Label: p.label, Value: p.value(c.target), Enter: p.enter,
		Check: func(answer string) error {
			if p.lacking != "" && answer == "" {
				return errors.New(p.lacking)
			}
			d, err := p.decision(c, answer)
			if err != nil {
				return err
			}
			return c.invalid(d)
		},
		Done: func(answer string) kit.Action {
			d, err := p.decision(c, answer)
			if !c.ReportError(err) { // it was checked
				return nil
			}
			if len(c.target.Many) > 0 {
				return p.askSeveral(c, d)
			}
			return c.Decide(d, c.target)
		},
	}}
}

// decision is what the words come to.
func (p prompt) decision(c call, words string) (model.Decision, error) {
	d := model.Decision{Change: c.target.ID, Action: p.action}
	return d, p.apply(&d, words)
}

// askSeveral asks whether a decision is meant for all that is selected, or other words.
func (p prompt) askSeveral(c call, d model.Decision) kit.Action {
	answers := append(kit.Yes(func() kit.Action { return c.Decide(d, c.target) }),
		kit.Answer{Key: "e", Does: "edit", Then: func() kit.Action { return p.askWords(c) }})
	return kit.Confirm{Confirmation: kit.Confirmation{
		About: c.scope(c.target), Answers: answers, Several: true,
		Label: fmt.Sprintf("%s: all %d?", describeDecision(d), len(c.target.Many)),
	}}
}

// invalid returns why the store would not take a decision for what it says, whatever it
// is about: so that it can be said while the words are still there.
func (c *Controller) invalid(d model.Decision) error {
	if d.Until != "" {
		if _, err := review.ParseUntil(d.Until, c.Clock()); err != nil {
			return err
		}
		d.Until = model.SnoozeNext
	}
	err := review.Check(review.Projection{Review: model.Review{Change: d.Change, State: model.Pending}}, d)
	if errors.Is(err, model.ErrInvalid) {
		return err
	}
	return nil
}

// readContest reads the severity and the reason that a second reader typed.
func readContest(d *model.Decision, answer string) error {
	word, why, _ := strings.Cut(answer, " ")
	severity, err := model.ParseSeverity(strings.TrimRight(word, ":,;."))
	d.Severity, d.Reason = &severity, strings.TrimSpace(why)
	if err == nil && d.Reason == "" {
		err = errors.New("say why, after the severity")
	}
	return err
}

// withProposal adds what the review lacks of confidence and basis as the screen
// shows it: as they were last time.
func (c *Controller) withProposal(d model.Decision, r model.Review) model.Decision {
	if r.Change == "" {
		return d
	}
	sure, basis := c.Proposal.Confidence, c.Proposal.Basis
	r = c.asWaiting(r)
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
	return kit.Confirm{Confirmation: kit.Confirmation{
		About: c.scope(t), Label: fmt.Sprintf("%s: all %d?", what, len(t.Many)),
		Answers: kit.Yes(func() kit.Action { return c.Decide(d, t) }), Several: true,
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
	r := t.Review
	r.Change = t.ID
	basis := c.asWaiting(r).Basis
	for i, b := range model.Bases {
		if b == basis {
			return model.Bases[(i+1)%len(model.Bases)]
		}
	}
	return model.Explicit
}
