// Package agreement is the screen of how far authors and second readers agree on
// severities, and of the changes on which they don't. It is not for computing that:
// package review does.
package agreement

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Agreement(ctx context.Context) (model.Agreement, error)
}

// Screen is the screen of how far authors and second readers agree on
// severities, and of the changes on which they don't.
type Screen struct {
	*kit.Common
	desk Reader
	at   kit.List
	of   model.Agreement
	kit.Request
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Opener   = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Reload.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

type agreementMsg struct {
	request int
	of      model.Agreement
	err     error
}

// Reload reads the agreement again.
func (s *Screen) Reload() tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	return func() tea.Msg {
		of, err := desk.Agreement(ctx)
		return agreementMsg{request, of, err}
	}
}

// Update takes the agreement in.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(agreementMsg)
	if !ok {
		return nil, false
	}
	if s.Answered(&s.Request, got.request, got.err) {
		s.of = got.of
		s.at.N = len(s.of.Disagreements)
		s.Fit()
	}
	return nil, true
}

// Opened reads what the screen shows.
func (s *Screen) Opened() tea.Cmd { return s.Reload() }

// Name is agreement.
func (s *Screen) Name() keys.Screen { return keys.Agreement }

// Scroll moves the cursor by so many rows.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.Height()) }

// Fit keeps the cursor in sight in a window of another size.
func (s *Screen) Fit() { s.at.Fit(s.Height()) }

// Status is empty.
func (s *Screen) Status() string { return "" }

// Head is the figures and the matrix; the disagreements are the list under it.
func (s *Screen) Head() []string {
	read := s.Counted(s.of.N, "change") + " read twice"
	head := []string{s.TitleBar("Agreement of authors and second readers", read)}
	if !s.Read || s.Failed(s.of.N) {
		return head
	}
	if s.of.N == 0 {
		how := "  No double-read changes yet: " + s.Keys.Key(keys.Submit) +
			" submits one in the queue or review,"
		return append(head, "", s.Cut(how, s.W),
			s.Cut("  and the second reader rates it without seeing the author's severity.", s.W))
	}
	head = append(head, s.Cut(s.figures(), s.W), "", s.Theme.Faint.Styled(s.Cut("author \\ second reader", s.W)))
	row := s.Pad("", 10)
	for _, severity := range s.of.Severities {
		row += fmt.Sprintf("%10s", severity)
	}
	head = append(head, s.Cut(row, s.W))
	for i, severity := range s.of.Severities {
		row := s.Pad(string(severity), 10)
		for j := range s.of.Severities {
			cell := fmt.Sprintf("%10d", s.of.Matrix[i][j])
			if i == j {
				number := strings.TrimLeft(cell, " ")
				cell = strings.Repeat(" ", 10-len(number)) + s.Theme.Label.Styled(number)
			}
			row += cell
		}
		head = append(head, s.Cut(row, s.W))
	}
	disagreements := fmt.Sprintf("Disagreements: %d", len(s.of.Disagreements))
	return append(head, "", s.Theme.Title.Styled(s.Cut(disagreements, s.W)))
}

// figures lists what is known of the readings, and what isn't.
func (s *Screen) figures() string {
	stated := func(name string, v *float64, format string) string {
		if v == nil {
			return name + " not defined for these"
		}
		return name + " " + fmt.Sprintf(format, *v)
	}
	return strings.Join([]string{
		stated("the same severity", s.of.Percent, "%.0f %%"),
		stated("Cohen's kappa", s.of.Kappa, "%.2f"),
		stated("weighted", s.of.WeightedKappa, "%.2f"),
	}, "   ")
}

// Lines are the disagreements.
func (s *Screen) Lines(height int) []string {
	if s.Failed(s.of.N) {
		return s.Failure("The agreement of the two readers", keys.Agreement, s.Err)
	}
	if !s.Read || s.of.N == 0 {
		return nil
	}
	if len(s.of.Disagreements) == 0 {
		return []string{"  none"}
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < height; i++ {
		d := s.of.Disagreements[i]
		side := func(r model.SecondReview) string {
			return s.Pad(string(r.Severity), 8) + "  " + s.Pad(sanitize.Line(r.Actor), 12)
		}
		line := fmt.Sprintf("%s  %s  %s  %s", d.Change, side(d.Author), side(d.Second), d.Second.At.Format(time.DateOnly))
		lines = append(lines, s.Row(i == s.at.Cursor, line))
	}
	return lines
}

// Facts reports whether there is a disagreement to open.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if len(s.of.Disagreements) == 0 {
		f.NoItem = "no disagreement to open"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{keys.Open: (*Screen).open}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) open() kit.Action {
	return kit.Open{Change: s.of.Disagreements[s.at.Cursor].Change}
}

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, kit.EveryRow) {
		return nil
	}
	return s.open()
}
