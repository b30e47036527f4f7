package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// changeReader is what the review screen reads.
type changeReader interface {
	Change(ctx context.Context, id model.ID) (model.ChangeDetail, error)
}

// review is the screen that shows one change as a redline. What is read of it
// and where stands in reading.go.
type review struct {
	*env
	desk   changeReader
	place  func() (at, of int) // of the change in the queue
	ask    func(question) tea.Cmd
	detail *model.ChangeDetail
	asked  int // number of the newest request
	// opening: the newest request is not answered yet
	opening bool
	// ours reports whether a review is what our own acts are making of it
	ours func(model.Review) bool
	// precedent is how the like of it was judged, nil when there is none
	precedent *model.Precedent
	reading
}

type changeMsg struct {
	request int
	detail  model.ChangeDetail
	laid    *redlineview.Layouter
	err     error
}

func (r *review) open(id model.ID) tea.Cmd {
	if id == "" {
		return nil
	}
	r.asked++
	r.opening = true
	request, ctx, desk := r.asked, r.ctx, r.desk
	return func() tea.Msg {
		detail, err := desk.Change(ctx, id)
		if err != nil {
			return changeMsg{request: request, err: err}
		}
		return changeMsg{request, detail, redlineview.New(detail), nil}
	}
}

// show takes a change in. One that is shown already keeps its place.
func (r *review) show(msg changeMsg) {
	d := msg.detail
	d.Review = d.Review.Blind(r.o.Actor)
	same := r.detail != nil && r.detail.Change.ID == d.Change.ID
	r.detail, r.laid = &d, msg.laid
	if same {
		r.fit()
		return
	}
	r.precedent = nil
	r.begin(!d.Change.Material)
}

func (r *review) close() { r.detail, r.laid, r.body, r.found = nil, nil, nil, nil }

func (r *review) name() keys.Screen { return keys.Review }

func (r *review) target() target {
	if r.detail == nil {
		return target{}
	}
	return target{id: r.detail.Change.ID, document: r.detail.Change.Document, review: r.detail.Review, reason: r.detail.Change.Reason}
}

// took brings the screen in step with a decision.
func (r *review) took(v model.Review) {
	if r.detail != nil && r.detail.Change.ID == v.Change {
		v = v.Blind(r.o.Actor)
		r.detail.Review = v
		r.detail.Row.State, r.detail.Row.Severity = v.State, v.Severity
	}
}

func (r *review) head() []string {
	d := r.detail
	if d == nil {
		return []string{r.bar("Review", ""), "", "", ""}
	}
	left := fmt.Sprintf(" %s  ", sanitize.Line(string(d.Change.ID)))
	at, of := r.place()
	stop, stops := r.count()
	right := fmt.Sprintf("  %s   %d/%d ", r.between(d.Change), stop, stops)
	if at > 0 { // else it was opened from elsewhere
		right += fmt.Sprintf("  %d of %d ", at, of)
	}
	name := r.safe(sanitize.Clip(d.Document.Platform.Name, r.w) + " / " + d.Document.Type)
	return []string{
		r.theme.Bar.Styled(r.cut(left+linked(r.pad(name, r.w-ansi.StringWidth(left+right)), sourceOf(*d))+right, r.w)),
		r.cut(r.judged(*d), r.w),
		r.theme.Faint.Styled(r.cut(r.safe(r.summed(d.Review)), r.w)),
		r.theme.Title.Styled(r.cut(r.above(), r.w)),
	}
}

// summed is the summary, or how to come to one.
func (r *review) summed(v model.Review) string {
	switch {
	case v.Summary != "":
		return "summary: " + v.Summary
	case r.precedent != nil && v.State == model.Pending:
		return fmt.Sprintf("precedent: %s; %s judges so too", precedentInWords(*r.precedent), r.keys.Key(keys.Precedent))
	}
	return "summary: (none yet; " + r.keys.Key(keys.Summary) + " writes one)"
}

// hinted takes in how the like of the change was judged.
func (r *review) hinted(msg hintMsg) {
	if msg.request == r.asked && len(msg.found) > 0 {
		r.precedent = &msg.found[0]
	}
}

// between says from when to when a change is, with the time where the day
// alone would not tell.
func (r *review) between(c model.Change) string {
	arrow := " → "
	if r.o.ASCII {
		arrow = " -> "
	}
	if r.w < 80 {
		return c.To.CapturedAt.Format(time.DateOnly)
	}
	from, to := c.From.CapturedAt.Format(time.DateOnly), c.To.CapturedAt.Format(time.DateOnly)
	if from == to {
		return from + " " + c.From.CapturedAt.Format("15:04") + arrow + c.To.CapturedAt.Format("15:04")
	}
	return from + arrow + to
}

// judged is the line that says where the review stands and, before it began,
// what the detection makes of the change.
func (r *review) judged(d model.ChangeDetail) string {
	v := d.Review
	style := r.theme.State(v.State)
	text := style.Styled(strings.ToUpper(r.safe(strings.ReplaceAll(string(v.State), "_", " "))))
	if v.Severity == "" && v.Confidence == "" && v.Basis == "" {
		text += "  not judged"
	} else {
		severity := "-"
		if v.Severity != "" {
			severity = r.theme.Severity(v.Severity).Styled(r.safe(string(v.Severity)))
		}
		text += "  severity " + severity
		text += r.safe(fmt.Sprintf("  confidence %s  basis %s", or(string(v.Confidence), string(r.proposal.Confidence)+"?"), or(string(v.Basis), string(r.proposal.Basis)+"?")))
	}
	if s := v.Second; s != nil && s.Severity != "" {
		text += "  " + r.safe(s.Actor) + " reads " + r.theme.Severity(s.Severity).Styled(r.safe(string(s.Severity)))
	}
	return text + r.safe(r.because(d))
}

// because says why a review stands as it does, or what is proposed for it.
func (r *review) because(d model.ChangeDetail) string {
	v, c := d.Review, d.Change
	text := ""
	switch {
	case v.State == model.Dismissed:
		text += "  because: " + v.Reason
	case v.State == model.Snoozed:
		text += "  until: " + v.Until
	case v.State == model.InReview && !model.SamePerson(v.Author, r.o.Actor) && !v.Read(r.o.Actor):
		text += "  by " + v.Author + "; what they make of it shows once you gave your severity"
	case v.State == model.ChangesRequested || v.State == model.Contested:
		text += "  by " + v.Actor + ": " + v.Reason
	case !c.Material:
		text += "  immaterial: " + string(c.Reason)
		if c.Detail != "" {
			text += " (" + c.Detail + ")"
		}
	case v.Severity == "":
		text += fmt.Sprintf("  suggested %s: %s", c.Suggested.Severity, strings.Join(c.Suggested.Why, ", "))
	}
	return text
}

// sides are the old and the new text of the clause that the reader is at, on one
// line each; both empty when there is none.
func (r *review) sides() (old, new string) {
	if r.detail == nil || len(r.body) == 0 {
		return "", ""
	}
	at := r.body[r.row()].Clause
	if at < 0 || at >= len(r.detail.Change.Clauses) {
		return "", ""
	}
	side := func(text string, e *model.ByteRange) string {
		if e == nil || e.Start < 0 || e.End > len(text) || e.Start > e.End {
			return ""
		}
		return strings.TrimSpace(sanitize.Line(text[e.Start:e.End]))
	}
	c := r.detail.Change.Clauses[at]
	return side(r.detail.OldText, c.Old), side(r.detail.NewText, c.New)
}

// quote is the clause that the reader is at, for the summary.
func (r *review) quote() string {
	old, new := r.sides()
	switch {
	case old == "" && new == "":
		return ""
	case old == "":
		return fmt.Sprintf("added: %q", new)
	case new == "":
		return fmt.Sprintf("removed: %q", old)
	}
	return fmt.Sprintf("%q became %q", old, new)
}

// fill is what the placeholders of a snippet stand for.
func (r *review) fill() config.Fill {
	if r.detail == nil {
		return config.Fill{}
	}
	old, new := r.sides()
	d := r.detail
	return config.Fill{Platform: sanitize.Line(d.Document.Platform.Name), Type: sanitize.Line(d.Document.Type), Date: d.Change.To.CapturedAt.Format(time.DateOnly), Old: old, New: new}
}

// againMsg brings how the review of the change that is shown stands now.
type againMsg struct {
	change model.ID
	review model.Review
}

// again reads the review anew after the store was written to.
func (r *review) again() tea.Cmd {
	if r.detail == nil || r.detail.Change.ID == "" || r.opening {
		return nil
	}
	ctx, desk, id := r.ctx, r.desk, r.detail.Change.ID
	return func() tea.Msg {
		d, err := desk.Change(ctx, id)
		if err != nil {
			return nil // it shows with the next key
		}
		return againMsg{id, d.Review}
	}
}

// answer takes in what was decided elsewhere. What is decided here comes by its
// own answer, which may be newer than what was read.
func (r *review) answer(msg tea.Msg) (tea.Cmd, bool) {
	again, ok := msg.(againMsg)
	if !ok {
		return nil, false
	}
	if d := r.detail; d != nil && d.Change.ID == again.change && again.review.Revision > d.Review.Revision && (r.ours == nil || !r.ours(again.review)) {
		r.took(again.review)
		r.say("%s decided on this change: it is %s now", sanitize.Line(again.review.Actor), strings.ReplaceAll(string(again.review.State), "_", " "))
	}
	return nil, true
}
