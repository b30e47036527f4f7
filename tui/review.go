package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/safetext"
)

// changeReader is what the review screen reads.
type changeReader interface {
	Change(ctx context.Context, id terms.ID) (terms.ChangeDetail, error)
}

// review is the screen that shows one change as a redline.
type review struct {
	*env
	desk   changeReader
	place  func() (at, of int) // of the change in the queue
	detail *terms.ChangeDetail
	how    redlineview.Options
	body   []redlineview.Row
	offset int
	asked  int // number of the newest request
	// opening: the newest request is not answered yet
	opening bool
}

type changeMsg struct {
	request int
	detail  terms.ChangeDetail
	err     error
}

func (r *review) open(id terms.ID) tea.Cmd {
	if id == "" {
		return nil
	}
	r.asked++
	r.opening = true
	request, ctx, desk := r.asked, r.ctx, r.desk
	return func() tea.Msg {
		detail, err := desk.Change(ctx, id)
		return changeMsg{request, detail, err}
	}
}

// show takes a change in.
func (r *review) show(d terms.ChangeDetail) {
	same := r.detail != nil && r.detail.Change.ID == d.Change.ID
	r.detail = &d
	if !same {
		r.offset, r.body = 0, nil
		r.how.Immaterial = !d.Change.Material
	}
	r.fit()
}

func (r *review) close() { r.detail, r.body = nil, nil }

func (r *review) name() keys.Screen { return keys.Review }

func (r *review) target() target {
	if r.detail == nil {
		return target{}
	}
	return target{id: r.detail.Change.ID, review: r.detail.Review, reason: r.detail.Change.Reason}
}

// took brings the screen in step with a decision.
func (r *review) took(v terms.Review) {
	if r.detail != nil && r.detail.Change.ID == v.Change {
		r.detail.Review = v
		r.detail.Row.State, r.detail.Row.Severity = v.State, v.Severity
	}
}

// fit makes the rows anew and keeps the reader's place.
func (r *review) fit() {
	if r.detail == nil || r.w == 0 {
		return
	}
	clause, into := -1, 0
	if r.offset < len(r.body) {
		clause = r.body[r.offset].Clause
		for i := r.offset; i > 0 && !r.body[i].Head; i-- {
			into++
		}
	}
	r.how.Width, r.how.Theme = r.w, r.theme
	before := len(r.body)
	r.body = redlineview.Build(*r.detail, r.how)
	for i, row := range r.body {
		if clause >= 0 && row.Head && row.Clause == clause {
			if before > 0 {
				into = into * len(r.body) / before
			}
			r.offset = i + into
			break
		}
	}
	r.scroll(0)
}

func (r *review) scroll(by int) {
	r.offset = max(0, min(r.offset+by, len(r.body)-r.height()))
}

func (r *review) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.NextClause:
		r.toClause(1)
		return nil, true
	case keys.PrevClause:
		r.toClause(-1)
		return nil, true
	case keys.Layout:
		if r.w < redlineview.MinSplit {
			r.say("side by side needs a window of %d columns, this one has %d", redlineview.MinSplit, r.w)
			return nil, true
		}
		r.how.Inline = !r.how.Inline
	case keys.Whole:
		r.how.Whole = !r.how.Whole
	case keys.Folded:
		r.how.Immaterial = !r.how.Immaterial
	default:
		return nil, false
	}
	r.fit()
	return nil, true
}

// toClause scrolls to the next or previous clause change that is unfolded.
func (r *review) toClause(by int) {
	for i := r.offset + by; i >= 0 && i < len(r.body); i += by {
		if r.body[i].Head {
			before := r.offset
			r.offset = i
			r.scroll(0)
			if r.offset == before && by > 0 {
				r.say("the last clause change is in sight")
			}
			return
		}
	}
	r.say("no further clause change")
}

func (r *review) status() string { return r.percent(r.offset, len(r.body)) }

func (r *review) head() []string {
	d := r.detail
	if d == nil {
		return []string{r.bar("Review", ""), "", ""}
	}
	left := fmt.Sprintf(" %s  ", d.Change.ID)
	at, of := r.place()
	right := fmt.Sprintf("  %s   %d of %d ", r.between(d.Change), at, of)
	name := safetext.Line(d.Document.Platform.Name + " / " + d.Document.Type)
	return []string{
		r.theme.Bar.Styled(left + r.pad(name, r.w-ansi.StringWidth(left+right)) + right),
		r.cut(safetext.Line(r.judged(*d)), r.w),
		r.theme.Faint.Styled(r.cut("summary: "+safetext.Line(or(d.Review.Summary, "(none yet; s writes one)")), r.w)),
	}
}

// between says from when to when a change is, with the time where the day
// alone would not tell.
func (r *review) between(c terms.Change) string {
	arrow := " → "
	if r.o.ASCII {
		arrow = " -> "
	}
	from, to := c.From.CapturedAt.Format(time.DateOnly), c.To.CapturedAt.Format(time.DateOnly)
	if from == to {
		return from + " " + c.From.CapturedAt.Format("15:04") + arrow + c.To.CapturedAt.Format("15:04")
	}
	return from + arrow + to
}

// judged is the line that says where the review stands and, before it began,
// what the detection makes of the change.
func (r *review) judged(d terms.ChangeDetail) string {
	v, c := d.Review, d.Change
	text := strings.ToUpper(string(v.State))
	if v.Severity == "" && v.Confidence == "" && v.Basis == "" {
		text += "  not judged"
	} else {
		text += fmt.Sprintf("  severity %s  confidence %s  basis %s", or(string(v.Severity), "-"), or(string(v.Confidence), string(r.proposal.Confidence)+"?"), or(string(v.Basis), string(r.proposal.Basis)+"?"))
	}
	switch {
	case v.State == terms.Dismissed:
		text += "  because: " + v.Reason
	case v.State == terms.Snoozed:
		text += "  until: " + v.Until
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

func (r *review) lines(height int) []string {
	var lines []string
	for i := r.offset; i < len(r.body) && len(lines) < height; i++ {
		lines = append(lines, r.body[i].Text)
	}
	return lines
}

// sides are the old and the new text of the clause that the reader is at, on one
// line each; both empty when there is none.
func (r *review) sides() (old, new string) {
	if r.detail == nil || r.offset >= len(r.body) {
		return "", ""
	}
	at := r.body[r.offset].Clause
	if at < 0 || at >= len(r.detail.Change.Clauses) {
		return "", ""
	}
	side := func(text string, e *terms.Extent) string {
		if e == nil || e.Start < 0 || e.End > len(text) || e.Start > e.End {
			return ""
		}
		return strings.TrimSpace(safetext.Line(text[e.Start:e.End]))
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
	return config.Fill{Platform: safetext.Line(d.Document.Platform.Name), Type: safetext.Line(d.Document.Type), Date: d.Change.To.CapturedAt.Format(time.DateOnly), Old: old, New: new}
}
