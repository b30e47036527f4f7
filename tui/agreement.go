package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// agreementReader is what the agreement screen reads.
type agreementReader interface {
	Agreement(ctx context.Context) (model.Agreement, error)
}

// agreement is the screen of how far authors and second readers agree on
// severities, and of the changes on which they don't.
type agreement struct {
	*env
	desk agreementReader
	open func(model.ID) tea.Cmd
	at   list
	of   model.Agreement
	request
}

type agreementMsg struct {
	request int
	of      model.Agreement
	err     error
}

func (a *agreement) again() tea.Cmd {
	request, ctx, desk := a.next(), a.ctx, a.desk
	return func() tea.Msg {
		of, err := desk.Agreement(ctx)
		return agreementMsg{request, of, err}
	}
}

func (a *agreement) answer(msg tea.Msg) (tea.Cmd, bool) {
	got, ok := msg.(agreementMsg)
	if !ok {
		return nil, false
	}
	if a.answered(&a.request, got.request, got.err) {
		a.of = got.of
		a.at.n = len(a.of.Disagreements)
		a.fit()
	}
	return nil, true
}

func (a *agreement) name() keys.Screen { return keys.Agreement }
func (a *agreement) scroll(by int)     { a.at.move(by, a.height()) }
func (a *agreement) fit()              { a.at.fit(a.height()) }
func (a *agreement) status() string    { return "" }

// head is the figures and the matrix; the disagreements are the list under it.
func (a *agreement) head() []string {
	head := []string{a.bar("Agreement of author and second reader", a.counted(a.of.N, "change")+" read twice")}
	if !a.read || a.failed(a.of.N) {
		return head
	}
	if a.of.N == 0 {
		return append(head, "", a.cut("  No change was read by a second reader yet: "+a.keys.Key(keys.Submit)+" submits one in the queue or review,", a.w), a.cut("  and whoever reads it gives a severity without seeing the author's.", a.w))
	}
	head = append(head, a.cut(a.figures(), a.w), "", a.theme.Faint.Styled(a.cut("author \\ second reader", a.w)))
	row := a.pad("", 10)
	for _, s := range a.of.Severities {
		row += fmt.Sprintf("%10s", s)
	}
	head = append(head, a.cut(row, a.w))
	for i, s := range a.of.Severities {
		row := a.pad(string(s), 10)
		for j := range a.of.Severities {
			cell := fmt.Sprintf("%10d", a.of.Matrix[i][j])
			if i == j {
				cell = strings.Repeat(" ", 10-len(strings.TrimLeft(cell, " "))) + a.theme.Label.Styled(strings.TrimLeft(cell, " "))
			}
			row += cell
		}
		head = append(head, a.cut(row, a.w))
	}
	return append(head, "", a.theme.Title.Styled(a.cut(fmt.Sprintf("Disagreements: %d", len(a.of.Disagreements)), a.w)))
}

// figures says what can be said of the readings, and what can't.
func (a *agreement) figures() string {
	said := func(name string, v *float64, format string) string {
		if v == nil {
			return name + " can't be said of these"
		}
		return name + " " + fmt.Sprintf(format, *v)
	}
	return strings.Join([]string{said("the same severity", a.of.Percent, "%.0f %%"), said("Cohen's kappa", a.of.Kappa, "%.2f"), said("weighted", a.of.WeightedKappa, "%.2f")}, "   ")
}

func (a *agreement) lines(height int) []string {
	if a.failed(a.of.N) {
		return a.failure("The agreement of the two readers", keys.Agreement, a.err)
	}
	if !a.read || a.of.N == 0 {
		return nil
	}
	if len(a.of.Disagreements) == 0 {
		return []string{"  none"}
	}
	var lines []string
	for i := a.at.top; i < a.at.n && len(lines) < height; i++ {
		d := a.of.Disagreements[i]
		side := func(r model.SecondReview) string {
			return a.pad(string(r.Severity), 8) + "  " + a.pad(sanitize.Line(r.Actor), 12)
		}
		lines = append(lines, a.mark(i == a.at.cursor, fmt.Sprintf("%s  %s  %s  %s", d.Change, side(d.Author), side(d.Second), d.Second.At.Format("2006-01-02"))))
	}
	return lines
}

func (a *agreement) whyNot(c keys.Command) string {
	if c == keys.Open && len(a.of.Disagreements) == 0 {
		return "there is no disagreement to open"
	}
	return ""
}

func (a *agreement) run(c keys.Command) (tea.Cmd, bool) {
	if c != keys.Open {
		return nil, false
	}
	return a.open(a.of.Disagreements[a.at.cursor].Change), true
}

// click selects a row, and opens the one that is selected.
func (a *agreement) click(line, _ int) tea.Cmd {
	if !a.at.clicked(line, everyRow) {
		return nil
	}
	return a.open(a.of.Disagreements[a.at.cursor].Change)
}
