// Package history is the screen of one clause through the versions of its document:
// the steps in which it changed, and the chosen one against the one before it. It is
// not for following the clause: the store does.
package history

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	// ClauseLifeAt follows a clause of a change, ClauseLife one by its own ID.
	ClauseLifeAt(ctx context.Context, change model.ID, clause int) (model.ClauseLife, error)
	ClauseLife(ctx context.Context, id model.ID) (model.ClauseLife, error)
}

// Screen is the screen of one clause through the versions of its document: the
// steps in which it changed, and the chosen one against the one before it.
type Screen struct {
	*kit.Common
	desk   Reader
	title  string // platform and type
	of     model.ClauseLife
	at     kit.List // of steps
	how    redlineview.Options
	laid   map[int]*redlineview.Layouter // by step
	body   []redlineview.Row             // of the chosen step
	offset int
	change model.ID // and clause: what was asked for
	clause int
	id     model.ID // of the clause, in place of them
	kit.Request
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; what it shows is opened.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

// Open follows a clause of a change, forgetting the one that was followed before.
func (s *Screen) Open(title string, change model.ID, clause int) tea.Cmd {
	*s = Screen{Common: s.Common, desk: s.desk, how: s.how, Request: kit.Request{Asked: s.Asked}, title: title}
	s.change, s.clause = change, clause
	return s.Reload()
}

// OpenClause follows a clause by its own ID, forgetting the one that was followed before.
func (s *Screen) OpenClause(title string, id model.ID) tea.Cmd {
	*s = Screen{Common: s.Common, desk: s.desk, how: s.how, Request: kit.Request{Asked: s.Asked}, title: title, id: id}
	return s.Reload()
}

type historyMsg struct {
	request int
	of      model.ClauseLife
	err     error
}

// Reload follows the clause, again.
func (s *Screen) Reload() tea.Cmd {
	request, ctx, desk, change, clause, id := s.Next(), s.Ctx, s.desk, s.change, s.clause, s.id
	return func() tea.Msg {
		if id != "" {
			of, err := desk.ClauseLife(ctx, id)
			return historyMsg{request, of, err}
		}
		of, err := desk.ClauseLifeAt(ctx, change, clause)
		return historyMsg{request, of, err}
	}
}

// Update takes the history in, and at first chooses the step of the change it was opened from.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(historyMsg)
	if !ok {
		return nil, false
	}
	first := !s.Read
	if s.Answered(&s.Request, got.request, got.err) {
		s.of, s.laid = got.of, map[int]*redlineview.Layouter{}
		s.at.N = len(s.of.Steps)
		for i, step := range s.of.Steps {
			if first && (step.Change == s.change || s.id != "") { // of one by its ID the newest
				s.at.Cursor = i
			}
		}
		s.Fit()
	}
	return nil, true
}

// Name is history.
func (s *Screen) Name() keys.Screen { return keys.History }

// Head is the clause, how often it was edited, and since when it is there.
func (s *Screen) Head() []string {
	c := s.of
	heading, life := "", ""
	if s.Read && len(c.Steps) > 0 {
		heading = strings.Join(c.Steps[len(c.Steps)-1].Heading, " > ")
		life = strings.Join(facts(c), "; ")
		heading = strings.TrimPrefix(strings.Join([]string{string(c.ID), heading}, "  "), "  ")
	}
	return []string{
		s.TitleBar("Clause history: "+s.title, s.Counted(len(c.Steps), "step")),
		s.Theme.Title.Styled(s.Cut(sanitize.Line(cmp.Or(heading, "(before first heading)")), s.W)),
		s.Cut(sanitize.Line(life), s.W),
	}
}

// facts are those of a clause, the weightiest first.
func facts(c model.ClauseLife) []string {
	first, last := "first seen "+day(c.FirstSeen.CapturedAt), "last seen "+day(c.LastSeen.CapturedAt)
	if c.SinceUnknown {
		first = "present before " + day(c.FirstSeen.CapturedAt)
	}
	switch {
	case c.Present:
		last = "still present"
	case c.Ended != nil:
		last = "ended " + day(c.Ended.CapturedAt)
	}
	list := []string{
		fmt.Sprintf("%s: %s in %s, %.2f a year", c.Label, humanize.Count(c.Changes, "material change"),
			humanize.Count(c.Months, "month"), c.ChangesYear),
		humanize.Count(c.Versions, "version"), first, last,
	}
	if c.LastChanged != nil {
		list = append(list, "last changed "+day(*c.LastChanged))
	}
	if c.Revived > 0 {
		list = append(list, "came back "+humanize.Count(c.Revived, "time"))
	}
	if c.SplitFrom != "" {
		list = append(list, "split from "+string(c.SplitFrom))
	}
	if c.MergedInto != "" {
		list = append(list, "merged into "+string(c.MergedInto))
	}
	if c.Behind > 0 {
		list = append(list, "document not indexed yet")
	}
	return list
}

// Status is how far the text of the step is scrolled, else those facts of the clause that
// the head has no room for.
func (s *Screen) Status() string {
	if text := s.Percent(s.offset, len(s.body)+s.Height()-s.room()); text != "" {
		return text + " of this step"
	}
	if list := facts(s.of); s.Read && len(s.of.Steps) > 0 && ansi.StringWidth(strings.Join(list, "; ")) > s.W {
		return sanitize.Line(strings.Join(list[2:], "; "))
	}
	return ""
}

// shown is how many steps the list shows; room is what that leaves for the text.
func (s *Screen) shown() int { return min(len(s.of.Steps), max(3, s.Height()/3)) }
func (s *Screen) room() int  { return max(1, s.Height()-s.shown()-1) }

// Scroll moves from step to step.
func (s *Screen) Scroll(by int) {
	before := s.at.Cursor
	s.at.Move(by, s.shown())
	if s.at.Cursor != before {
		s.offset = 0
		s.Fit()
	}
}

// page scrolls the text of the step.
func (s *Screen) page(by int) { s.offset = max(0, min(s.offset+by, len(s.body)-s.room())) }

// Fit lays out the chosen step.
func (s *Screen) Fit() {
	if !s.Read || s.W == 0 || len(s.of.Steps) == 0 {
		return
	}
	s.at.Fit(s.shown())
	i := s.at.Cursor
	if s.laid[i] == nil {
		s.laid[i] = redlineview.New(s.step(i))
	}
	s.how.Width, s.how.Theme, s.how.Immaterial = s.W, s.Theme, true
	s.how.Unchanged = true
	s.body = s.laid[i].Build(s.how)
	s.page(0)
}

// step is a step as a change of its own: the clause as it was against what it
// became.
func (s *Screen) step(i int) model.ChangeDetail {
	step := s.of.Steps[i]
	c := model.ClauseChange{Kind: step.Kind, Material: step.Material, Reason: step.Reason, Heading: step.Heading}
	var d model.ChangeDetail
	if i > 0 && s.of.Steps[i-1].At != nil {
		d.OldText = s.of.Steps[i-1].Text
		c.Old = &model.ByteRange{End: len(d.OldText)}
	}
	if step.At != nil {
		d.NewText = step.Text
		c.New = &model.ByteRange{End: len(d.NewText)}
	}
	d.Change.Clauses = []model.ClauseChange{c}
	return d
}

// Lines are the steps, and under them the chosen one against the one before it.
func (s *Screen) Lines(height int) []string {
	if s.Failed(len(s.of.Steps)) {
		return s.Failure("The history of this clause", keys.History, s.Err)
	}
	if !s.Read {
		return nil
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < s.shown(); i++ {
		lines = append(lines, s.Row(i == s.at.Cursor, s.line(s.of.Steps[i])))
	}
	lines = append(lines, s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W)))
	for i := s.offset; i < len(s.body) && len(lines) < height; i++ {
		lines = append(lines, s.body[i].Text(s.how, false, nil))
	}
	return lines[:min(len(lines), height)]
}

// day writes a date.
func day(t time.Time) string { return t.Format(time.DateOnly) }

// line is a step of the list: when, what, how grave, and how it begins.
func (s *Screen) line(step model.ClauseStep) string {
	what := sanitize.Line(string(step.Kind))
	if step.Revived {
		what = "came back"
	}
	if !step.Material && step.Reason != "" && string(step.Reason) != what {
		what += " (" + string(step.Reason) + ")"
	}
	text := step.Text
	if step.At == nil {
		text = "(absent)"
	}
	line := fmt.Sprintf("%s  %4d  %s  ", step.CapturedAt.Format(time.DateOnly), step.Seq, s.Pad(what, 22))
	if s.W >= 80 {
		line += s.Pad(cmp.Or(string(step.Change), "-"), 12) + " "
	}
	return line + sanitize.Line(strings.TrimSpace(text[:min(len(text), 4*s.W)]))
}

// Facts reports whether there is a step, and whether it has a change to open.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	f.Clause = len(s.of.Steps) > 0
	switch {
	case len(s.of.Steps) == 0:
		f.NoItem = "no event here"
	case s.of.Steps[s.at.Cursor].Change == "":
		f.NoOpen = "no change for this event"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open: func(s *Screen) kit.Action {
		return kit.Open{Change: s.of.Steps[s.at.Cursor].Change}
	},
	keys.CompareClause: (*Screen).compare,
	keys.NextStep:      moved(func(s *Screen) { s.Scroll(1) }),
	keys.PrevStep:      moved(func(s *Screen) { s.Scroll(-1) }),
	keys.PageDown:      moved(func(s *Screen) { s.page(max(1, s.room()-1)) }),
	keys.PageUp:        moved(func(s *Screen) { s.page(-max(1, s.room()-1)) }),
	keys.Layout:        moved((*Screen).toggleInline),
}

// compare compares the clause with those of other platforms.
func (s *Screen) compare() kit.Action {
	if s.id != "" {
		return kit.OpenComparison{Of: kit.Comparison{Title: s.title, Clause: s.id}}
	}
	return kit.OpenComparison{Of: kit.Comparison{
		Title: s.title, Change: s.change, Index: s.clause,
		New: model.NewRecordRequest{Change: s.change, Clauses: []int{s.clause + 1}},
	}}
}

// moved is a handler of what stays on the screen.
func moved(move func(*Screen)) func(*Screen) kit.Action {
	return func(s *Screen) kit.Action {
		move(s)
		return nil
	}
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) toggleInline() {
	if s.W < redlineview.MinSplit {
		s.SetStatus("Side by side needs a window of %d columns; this one has %d", redlineview.MinSplit, s.W)
	}
	s.how.Inline = !s.how.Inline
	s.Fit()
}

// Click chooses a step.
func (s *Screen) Click(line, _ int) kit.Action {
	if at := s.at.Top + line; line < s.shown() && at < s.at.N {
		s.Scroll(at - s.at.Cursor)
	}
	return nil
}
