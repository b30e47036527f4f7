package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// staleMsg brings what was decided elsewhere, beside what was refused for it.
type staleMsg struct {
	mine   model.Decision
	theirs model.ChangeDetail
	why    string
	err    error
}

// readTheirs reads a change anew after a decision on it was refused as stale.
func (j *judge) readTheirs(mine model.Decision, why string) tea.Cmd {
	desk, ctx := j.desk, j.ctx
	return func() tea.Msg {
		d, err := desk.Change(ctx, mine.Change)
		return staleMsg{mine, d, why, err}
	}
}

// showBoth shows a refused decision beside the one that was there first, and
// asks which holds.
func (j *judge) showBoth(msg staleMsg) tea.Cmd {
	if !j.fine(msg.err) {
		return nil
	}
	r := msg.theirs.Review
	keep := choice{name: "keep theirs", run: func() tea.Cmd { j.say("theirs stands"); return j.open(r.Change) }}
	mine := choice{name: "decide as you did, on top of theirs", run: func() tea.Cmd {
		return j.decide(msg.mine, target{id: r.Change, review: r})
	}}
	p, cmd := j.newPicker(string(r.Change)+" was decided on elsewhere in the meantime", []choice{keep, mine})
	p.about = []string{
		"  theirs: " + sanitize.Line(j.standing(r)),
		"  yours:  " + sanitize.Line(inWords(msg.mine)) + ", not taken",
	}
	return tea.Batch(j.open(r.Change), j.over(p, cmd))
}

// standing says how a review stands.
func (j *judge) standing(r model.Review) string {
	s := string(r.State)
	for _, part := range []struct{ name, value string }{{"severity", string(r.Severity)}, {"confidence", string(r.Confidence)}, {"basis", string(r.Basis)}, {"because", r.Reason}, {"summary", r.Summary}} {
		if part.value != "" {
			s += ", " + part.name + " " + part.value
		}
	}
	if r.Actor != "" {
		s += fmt.Sprintf(" (%s, %s)", r.Actor, r.UpdatedAt.Local().Format("2006-01-02 15:04"))
	}
	return strings.TrimSpace(s)
}
