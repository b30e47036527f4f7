package record

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// clausePanel shows the clauses that a record is about: each with its heading, and as a
// redline where it was picked from a change.
type clausePanel struct {
	hidden bool // in a window that has room for it beside the form
	alone  bool // in place of the form, in one that has not
	width  int
	lines  []string
	top    int
	laid   string // what the lines were laid out of and for
}

// clauseAlone reports whether the clauses are shown in place of the form.
func (s *Screen) clauseAlone() bool { return s.W < minBeside && s.panel.alone }

// maxPanel is how wide the clauses are at most: what reads well.
const maxPanel = 84

// fit lays the clauses out for the window, unless they are laid out so: comparing long
// ones takes a while, and every field that is saved comes by here.
func (p *clausePanel) fit(s *Screen) {
	p.width = s.W
	if s.W >= minBeside {
		p.width = min(maxPanel, s.W*42/100)
	}
	r := s.draft.Preview
	laid := fmt.Sprint(s.draft.Record, p.width, s.Theme.Palette, s.Dark, s.ASCII)
	for _, q := range r.Provisions {
		laid += fmt.Sprint(" ", q.ID, q.Seq, q.Quote.Start, q.Quote.End)
	}
	if p.laid == laid {
		p.scroll(0, s.Height())
		return
	}
	p.laid, p.lines = laid, nil
	for i, q := range r.Provisions {
		if i > 0 {
			p.lines = append(p.lines, "")
		}
		p.lines = append(p.lines, heading(s.Common, q, p.width)...)
		p.lines = append(p.lines, p.body(s.Common, &r, q)...)
	}
	p.scroll(0, s.Height())
}

// heading is where a clause stands: its headings, number and version.
func heading(c *kit.Common, q model.Provision, width int) []string {
	lines := []string{}
	path := sanitize.Line(sanitize.Clip(strings.Join(q.Heading, " > "), 4*width))
	if path == "" {
		path = "(before first heading)"
	}
	for _, l := range c.Wrap(path, width) {
		lines = append(lines, c.Theme.Title.Styled(c.Cut(l, width)))
	}
	at := fmt.Sprintf("%s, clause %d of version %d", q.ID, q.Number, q.Seq)
	if q.Change != "" {
		at += ", in " + string(q.Change)
	}
	return append(lines, c.Theme.Faint.Styled(c.Cut(sanitize.Line(at), width)), "")
}

// body are a clause's words: what became of them in the change that it was picked from,
// else the words alone.
func (p *clausePanel) body(c *kit.Common, r *model.Record, q model.Provision) []string {
	if change, ok := pickedFrom(r, q); ok {
		how := redlineview.Options{Width: p.width, Inline: true, Immaterial: true, Unchanged: true, Theme: c.Theme}
		var lines []string
		for _, row := range redlineview.New(asChange(change)).Build(how) {
			lines = append(lines, row.Text(how, false, nil))
		}
		return lines
	}
	var lines []string
	for _, l := range c.Wrap(strings.TrimSpace(sanitize.Text(q.Quote.Text)), p.width) {
		lines = append(lines, ansi.Truncate(l, p.width, c.Theme.Ellipsis))
	}
	return lines
}

// pickedFrom is the clause change that a provision was picked from.
func pickedFrom(r *model.Record, q model.Provision) (model.RecordClause, bool) {
	if q.Change == "" {
		return model.RecordClause{}, false
	}
	for _, c := range r.Clauses {
		if c.New != nil && *c.New == q.Quote || c.New == nil && c.Old != nil && *c.Old == q.Quote {
			return c, true
		}
	}
	return model.RecordClause{}, false
}

// asChange is a clause change as a change of its own, to be laid out.
func asChange(c model.RecordClause) model.ChangeDetail {
	change := model.ClauseChange{Kind: c.Kind, Material: c.Material, Reason: c.Reason}
	var d model.ChangeDetail
	if c.Old != nil {
		d.OldText, change.Old = c.Old.Text, &model.ByteRange{End: len(c.Old.Text)}
	}
	if c.New != nil {
		d.NewText, change.New = c.New.Text, &model.ByteRange{End: len(c.New.Text)}
	}
	d.Change.Clauses = []model.ClauseChange{change}
	return d
}

func (p *clausePanel) scroll(by, height int) { p.top = max(0, min(p.top+by, len(p.lines)-height)) }

// draw are the lines in sight; what is below them is counted in the last.
func (p *clausePanel) draw(height int) []string {
	p.scroll(0, height)
	return p.lines[min(p.top, len(p.lines)):min(p.top+height, len(p.lines))]
}

// toggleClause shows the clauses or the form; in a window that has room for both, both
// or the form alone.
func (s *Screen) toggleClause() kit.Action {
	if s.W >= minBeside {
		s.panel.hidden = !s.panel.hidden
	} else {
		s.panel.alone = !s.panel.alone
	}
	s.Fit()
	return nil
}

// scrollClause scrolls the clauses, which must be in sight for that.
func scrollClause(by int) func(*Screen) kit.Action {
	return func(s *Screen) kit.Action {
		if s.W < minBeside {
			s.panel.alone = true
		} else {
			s.panel.hidden = false
		}
		s.Fit()
		s.panel.scroll(by*max(1, s.Height()/2), s.Height())
		return nil
	}
}
