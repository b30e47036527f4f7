package queue

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Head is what is listed, and how many.
func (s *Screen) Head() []string {
	right := s.request.Count(len(s.found))
	if s.request.Err == nil && len(s.found) != len(s.items) {
		right = fmt.Sprintf("%d of %d", len(s.found), len(s.items))
	}
	if noise := s.counts[model.SectionNoise]; noise > 0 {
		right += fmt.Sprintf(", %d probably noise", noise)
	}
	if len(s.marks) > 0 {
		right = fmt.Sprintf("%d marked, %s", len(s.marks), right)
	}
	return []string{s.TitleBar("Queue: "+s.scope(), right)}
}

// scope describes what is listed.
func (s *Screen) scope() string {
	text := s.State()
	if s.platform != "" {
		text += ", " + s.platform
	}
	if rest := s.query.WithoutState().String(); rest != "" {
		text += ", " + rest
	}
	if s.order != byRank {
		text += ", " + string(s.order)
	}
	if s.group != ungrouped {
		text += ", by " + string(s.group)
	}
	return text
}

// State names the state that is listed, in words.
func (s *Screen) State() string {
	if s.query.AllState {
		return "all"
	}
	return kit.Words(s.query.State)
}

// Status is what the change under the cursor is like, or why.
func (s *Screen) Status() string {
	if s.loading && len(s.items) == 0 {
		return "reading" + s.Theme.Ellipsis
	}
	c := s.change()
	if c == nil {
		return ""
	}
	var parts []string
	if c.Stale != nil {
		parts = append(parts, "stale: "+c.Stale.String())
	}
	if c.DuplicateCount > 1 {
		parts = append(parts, fmt.Sprintf("%d alike: %s marks them", c.DuplicateCount, s.Keys.Key(keys.MarkDuplicates)))
	}
	switch {
	case c.TakenBackAtOnce:
		parts = append(parts, "taken back at once: "+c.Detail)
	case c.ProbablyNoise:
		parts = append(parts, "probably noise: "+strings.Join(c.Suggested.Evidence, ", "))
	}
	if c.Material && c.Severity == "" && len(c.Suggested.Why) > 0 {
		why := strings.Join(c.Suggested.Why, ", ")
		parts = append(parts, fmt.Sprintf("suggested %s: %s", c.Suggested.Severity, why))
	}
	if p := c.Suggested.Probability; c.Material && !c.ProbablyNoise && p > 0 {
		parts = append(parts, fmt.Sprintf("%.0f %% likely: %s", 100*p, strings.Join(c.Suggested.Evidence, ", ")))
	}
	if !c.Material && c.Detail != "" {
		parts = append(parts, c.Detail)
	}
	return sanitize.Line(strings.Join(parts, "; "))
}

// Lines are the changes, under the headings of their groups.
func (s *Screen) Lines(height int) []string {
	if len(s.rows) == 0 {
		if s.loading {
			return nil
		}
		if s.request.Failed(len(s.rows)) {
			return s.Failure("The queue", keys.Queue, s.request.Err)
		}
		if s.tracked.Empty() {
			return s.NothingTracked()
		}
		none := "  No change is " + sanitize.Line(s.scope()) + ". " + s.Keys.Key(keys.States) +
			" lists the other states, " + s.Keys.Key(keys.Filter) + " filters."
		return []string{"", s.Cut(none, s.W)}
	}
	var lines []string
	for i := s.at.Top; i < len(s.rows) && len(lines) < height; i++ {
		if r := s.rows[i]; r.item < 0 {
			lines = append(lines, s.Theme.Label.Styled(s.Cut(s.Safe(r.head), s.W)))
		} else {
			c := s.items[r.item]
			plain := i == s.at.Cursor || s.marks[c.ID] // the whole row is styled
			lines = append(lines, s.marked(i == s.at.Cursor, s.marks[c.ID], s.line(c, plain)))
		}
	}
	return lines
}

// marked draws a row with its two signs: where the cursor is, and the mark.
func (s *Screen) marked(selected, marked bool, line string) string {
	signs := []byte("  ")
	if selected {
		signs[0] = '>'
	}
	if marked {
		signs[1] = '*'
	}
	line = string(signs) + s.Pad(line, s.W-2)
	switch {
	case selected:
		return s.Theme.Selected.Styled(line)
	case marked:
		return s.Theme.Label.Styled(line)
	}
	return line
}

// verdict is a row's first column: as judged, else as suggested, else why it is
// immaterial; and the state, where the list holds several.
func (s *Screen) verdict(c *model.QueueItem, plain bool) string {
	text, style := string(c.Suggested.Severity)+"?", ansi.Style{}
	switch {
	case c.Severity != "":
		text, style = string(c.Severity), s.Theme.Severity(c.Severity)
	case !c.Material:
		text, style = "("+string(c.Reason)+")", s.Theme.Folded
	}
	state := ""
	if s.query.AllState {
		state = " " + kit.Words(c.State)
	}
	text = sanitize.Line(text)
	if !plain {
		text = style.Styled(text)
	}
	return text + sanitize.Line(state)
}

func (s *Screen) line(c *model.QueueItem, plain bool) string {
	first := 13 // "(boilerplate)"
	if s.query.AllState {
		first += 10 // " dismissed"
	}
	name, columns := s.W-2-first-1-11, []string{}
	if s.W >= 110 {
		counts := fmt.Sprintf("+%d -%d ~%d", c.Counts.Added, c.Counts.Removed, c.Counts.Modified)
		columns = append(columns, s.Pad(counts, 18))
		name -= 19
	}
	if s.W >= 100 {
		duplicates := ""
		if c.DuplicateCount > 1 {
			duplicates = fmt.Sprintf("%d alike", c.DuplicateCount)
		}
		columns = append(columns, s.Pad(duplicates, 10))
		name -= 11
	}
	columns = append(columns, c.To.CapturedAt.Format(time.DateOnly))
	if s.W >= 76 {
		columns = append(columns, sanitize.Line(string(c.ID)))
		name -= 12
	}
	of := sanitize.Clip(c.PlatformName, s.W) + " / " + c.Type
	if c.Stale != nil {
		of = "[stale] " + of
	}
	about := s.Pad(s.Safe(of), name)
	return s.Pad(s.verdict(c, plain), first) + " " + about + " " + strings.Join(columns, " ")
}
