package decide

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// staleMsg brings what was decided elsewhere, beside what was refused for it.
type staleMsg struct {
	mine   model.Decision
	theirs model.ChangeDetail
	why    string
	err    error
}

// readTheirs reads a change again after a decision on it was refused as stale.
func (c *Controller) readTheirs(mine model.Decision, why string) tea.Cmd {
	desk, ctx := c.desk, c.Ctx
	return func() tea.Msg {
		d, err := desk.Change(ctx, mine.Change)
		return staleMsg{mine, d, why, err}
	}
}

// showBoth shows a refused decision beside the one that was there first, and
// asks which holds.
func (c *Controller) showBoth(msg staleMsg) kit.Action {
	if !c.ReportError(msg.err) {
		return nil
	}
	r := msg.theirs.Review
	open := kit.Open{Change: r.Change}
	choices := []kit.Choice{
		{Name: "keep theirs", Do: kit.All{kit.Status{Text: "Kept their version"}, open}},
		{
			Name: "decide as you did, on top of theirs",
			Do:   kit.Send{Msg: decideMsg{msg.mine, kit.Target{ID: r.Change, Review: r}}},
		},
	}
	p, cmd := c.NewPicker(string(r.Change)+" was decided on elsewhere in the meantime", choices,
		"  theirs: "+sanitize.Line(describeReview(r)),
		"  yours:  "+sanitize.Line(describeDecision(msg.mine))+", not taken")
	return kit.All{open, kit.OpenDialog{Dialog: p, Cmd: cmd}}
}

// describeReview writes how a review is.
func describeReview(r model.Review) string {
	s := string(r.State)
	for _, part := range []struct{ name, value string }{
		{"severity", string(r.Severity)}, {"confidence", string(r.Confidence)}, {"basis", string(r.Basis)},
		{"because", r.Reason}, {"summary", r.Summary},
	} {
		if part.value != "" {
			s += ", " + part.name + " " + part.value
		}
	}
	if r.Actor != "" {
		s += fmt.Sprintf(" (%s, %s)", r.Actor, r.UpdatedAt.Local().Format("2006-01-02 15:04"))
	}
	return strings.TrimSpace(s)
}
