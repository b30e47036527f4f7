package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// clauseHistorian is what the history screen reads.
type clauseHistorian interface {
	ClauseHistory(ctx context.Context, change model.ID, clause int) (model.ClauseHistory, error)
}

// history is the screen of one clause through the versions of its document: the
// steps in which it changed, and the chosen one against the one before it.
type history struct {
	*env
	desk   clauseHistorian
	open   func(model.ID) tea.Cmd
	title  string // platform and type
	of     model.ClauseHistory
	at     list // of steps
	how    redlineview.Options
	laid   map[int]*redlineview.Layouter // by step
	body   []redlineview.Row             // of the chosen step
	offset int
	change model.ID // and clause: what was asked for
	clause int
	request
}

type historyMsg struct {
	request int
	of      model.ClauseHistory
	err     error
}

// load follows a clause of a change.
func (h *history) load(change model.ID, clause int) tea.Cmd {
	h.change, h.clause = change, clause
	request, ctx, desk := h.next(), h.ctx, h.desk
	return func() tea.Msg {
		of, err := desk.ClauseHistory(ctx, change, clause)
		return historyMsg{request, of, err}
	}
}

func (h *history) again() tea.Cmd { return h.load(h.change, h.clause) }

func (h *history) answer(msg tea.Msg) (tea.Cmd, bool) {
	got, ok := msg.(historyMsg)
	if !ok {
		return nil, false
	}
	first := !h.read
	if h.answered(&h.request, got.request, got.err) {
		h.of, h.laid = got.of, map[int]*redlineview.Layouter{}
		h.at.n = len(h.of.Steps)
		for i, s := range h.of.Steps {
			if first && s.Change == h.change {
				h.at.cursor = i
			}
		}
		h.fit()
	}
	return nil, true
}

func (h *history) name() keys.Screen { return keys.History }

func (h *history) head() []string {
	c := h.of
	heading, life := "", ""
	if h.read && len(c.Steps) > 0 {
		heading = strings.Join(c.Steps[len(c.Steps)-1].Heading, " > ")
		last := "last seen " + day(c.LastSeen.CapturedAt)
		if c.Present {
			last = "still there"
		}
		life = fmt.Sprintf("%s in %s: stability %.2f; first seen %s, %s", humanize.Count(c.Edits, "edit"), humanize.Count(c.Versions, "version"), c.Stability, day(c.FirstSeen.CapturedAt), last)
	}
	return []string{
		h.bar("Clause history: "+h.title, h.counted(len(c.Steps), "step")),
		h.theme.Title.Styled(h.cut(sanitize.Line(or(heading, "(no heading above it)")), h.w)),
		h.cut(life, h.w),
	}
}

func (h *history) status() string {
	if text := h.percent(h.offset, len(h.body)+h.height()-h.room()); text != "" {
		return text + " of this step"
	}
	return ""
}

// shown is how many steps the list shows; room is what that leaves for the text.
func (h *history) shown() int { return min(len(h.of.Steps), max(3, h.height()/3)) }
func (h *history) room() int  { return max(1, h.height()-h.shown()-1) }

// scroll moves from step to step.
func (h *history) scroll(by int) {
	before := h.at.cursor
	h.at.move(by, h.shown())
	if h.at.cursor != before {
		h.offset = 0
		h.fit()
	}
}

// page scrolls the text of the step.
func (h *history) page(by int) { h.offset = max(0, min(h.offset+by, len(h.body)-h.room())) }

// fit lays out the chosen step.
func (h *history) fit() {
	if !h.read || h.w == 0 || len(h.of.Steps) == 0 {
		return
	}
	h.at.fit(h.shown())
	i := h.at.cursor
	if h.laid[i] == nil {
		h.laid[i] = redlineview.New(h.step(i))
	}
	h.how.Width, h.how.Theme, h.how.Immaterial = h.w, h.theme, true
	h.body = h.laid[i].Build(h.how)
	h.page(0)
}

// step is a step as a change of its own: the clause as it stood against what it
// became.
func (h *history) step(i int) model.ChangeDetail {
	s := h.of.Steps[i]
	c := model.ClauseChange{Kind: s.Kind, Material: s.Material, Reason: s.Reason, Heading: s.Heading}
	var d model.ChangeDetail
	if i > 0 && h.of.Steps[i-1].At != nil {
		d.OldText = h.of.Steps[i-1].Text
		c.Old = &model.ByteRange{End: len(d.OldText)}
	}
	if s.At != nil {
		d.NewText = s.Text
		c.New = &model.ByteRange{End: len(d.NewText)}
	}
	d.Change.Clauses = []model.ClauseChange{c}
	return d
}

func (h *history) lines(height int) []string {
	if h.failed(len(h.of.Steps)) {
		return h.failure("The history of this clause", keys.History, h.err)
	}
	if !h.read {
		return nil
	}
	var lines []string
	for i := h.at.top; i < h.at.n && len(lines) < h.shown(); i++ {
		lines = append(lines, h.mark(i == h.at.cursor, h.line(h.of.Steps[i])))
	}
	lines = append(lines, h.theme.Faint.Styled(strings.Repeat(h.theme.Signs.Rule, h.w)))
	for i := h.offset; i < len(h.body) && len(lines) < height; i++ {
		lines = append(lines, h.body[i].Text(h.how, false, nil))
	}
	return lines[:min(len(lines), height)]
}

// line is a step of the list: when, what, how grave, and how it begins.
func (h *history) line(s model.ClauseStep) string {
	what := sanitize.Line(string(s.Kind))
	if !s.Material && s.Reason != "" && string(s.Reason) != what {
		what += " (" + string(s.Reason) + ")"
	}
	text := s.Text
	if s.At == nil {
		text = "(not in this version)"
	}
	line := fmt.Sprintf("%s  %4d  %s  ", s.CapturedAt.Format(time.DateOnly), s.Seq, h.pad(what, 22))
	if h.w >= 80 {
		line += h.pad(or(string(s.Change), "-"), 12) + " "
	}
	return line + sanitize.Line(strings.TrimSpace(text[:min(len(text), 4*h.w)]))
}

func (h *history) whyNot(c keys.Command) string {
	switch {
	case c != keys.Open && c != keys.Layout && c != keys.NextStep && c != keys.PrevStep:
	case len(h.of.Steps) == 0:
		return "there is no step here"
	case c == keys.Open && h.of.Steps[h.at.cursor].Change == "":
		return "no change was queued for this step"
	}
	return ""
}

func (h *history) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		return h.open(h.of.Steps[h.at.cursor].Change), true
	case keys.NextStep:
		h.scroll(1)
	case keys.PrevStep:
		h.scroll(-1)
	case keys.PageDown:
		h.page(max(1, h.room()-1))
	case keys.PageUp:
		h.page(-max(1, h.room()-1))
	case keys.Layout:
		if h.w < redlineview.MinSplit {
			h.say("side by side needs a window of %d columns, this one has %d", redlineview.MinSplit, h.w)
		}
		h.how.Inline = !h.how.Inline
		h.fit()
	default:
		return nil, false
	}
	return nil, true
}

// click chooses a step.
func (h *history) click(line, _ int) tea.Cmd {
	if at := h.at.top + line; line < h.shown() && at < h.at.n {
		h.scroll(at - h.at.cursor)
	}
	return nil
}
