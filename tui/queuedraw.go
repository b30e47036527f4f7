package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

func (q *queue) head() []string {
	right := q.request.count(len(q.found))
	if q.request.err == nil && len(q.found) != len(q.items) {
		right = fmt.Sprintf("%d of %d", len(q.found), len(q.items))
	}
	if len(q.marks) > 0 {
		right = fmt.Sprintf("%d marked, %s", len(q.marks), right)
	}
	return []string{q.bar("Queue: "+q.scope(), right)}
}

// scope says in words what is listed.
func (q *queue) scope() string {
	text := q.state()
	if q.platform != "" {
		text += ", " + q.platform
	}
	if rest := withoutState(q.typed); rest != "" {
		text += ", " + rest
	}
	if q.order != byRank {
		text += ", " + string(q.order)
	}
	if q.group != ungrouped {
		text += ", by " + string(q.group)
	}
	return text
}

// state names the state that is listed.
func (q *queue) state() string {
	if q.query.AllState {
		return "all"
	}
	return strings.ReplaceAll(string(q.query.State), "_", " ")
}

func (q *queue) status() string {
	if q.loading && len(q.items) == 0 {
		return "reading" + q.theme.Ellipsis
	}
	c := q.change()
	if c == nil {
		return ""
	}
	var parts []string
	if c.AlikeCount > 1 {
		parts = append(parts, fmt.Sprintf("%d alike: %s marks them", c.AlikeCount, q.keys.Key(keys.MarkAlike)))
	}
	if c.Material && c.Severity == "" && len(c.Suggested.Why) > 0 {
		parts = append(parts, fmt.Sprintf("suggested %s: %s", c.Suggested.Severity, strings.Join(c.Suggested.Why, ", ")))
	}
	if !c.Material && c.Detail != "" {
		parts = append(parts, c.Detail)
	}
	return sanitize.Line(strings.Join(parts, "; "))
}

func (q *queue) lines(height int) []string {
	if len(q.rows) == 0 {
		if q.loading {
			return nil
		}
		if q.request.failed(len(q.rows)) {
			return q.failure("The queue", keys.Queue, q.request.err)
		}
		if q.empty() {
			return q.onboarding()
		}
		return []string{"", q.cut("  No change is "+sanitize.Line(q.scope())+". "+q.keys.Key(keys.States)+" lists the other states, "+q.keys.Key(keys.Filter)+" filters.", q.w)}
	}
	var lines []string
	for i := q.at.top; i < len(q.rows) && len(lines) < height; i++ {
		if r := q.rows[i]; r.item < 0 {
			lines = append(lines, q.theme.Label.Styled(q.cut(q.safe(r.head), q.w)))
		} else {
			c := q.items[r.item]
			plain := i == q.at.cursor || q.marks[c.ID] // the whole row is styled
			lines = append(lines, q.marked(i == q.at.cursor, q.marks[c.ID], q.line(c, plain)))
		}
	}
	return lines
}

// marked draws a row with its two signs: where the cursor is, and the mark.
func (q *queue) marked(selected, marked bool, line string) string {
	signs := []byte("  ")
	if selected {
		signs[0] = '>'
	}
	if marked {
		signs[1] = '*'
	}
	line = string(signs) + q.pad(line, q.w-2)
	switch {
	case selected:
		return q.theme.Selected.Styled(line)
	case marked:
		return q.theme.Label.Styled(line)
	}
	return line
}

// verdict is a row's first column: as judged, else as suggested, else why it is
// immaterial; and the state, where the list holds several.
func (q *queue) verdict(c model.QueueItem, plain bool) string {
	text, style := string(c.Suggested.Severity)+"?", ansi.Style{}
	switch {
	case c.Severity != "":
		text, style = string(c.Severity), q.theme.Severity(c.Severity)
	case !c.Material:
		text, style = "("+string(c.Reason)+")", q.theme.Folded
	}
	state := ""
	if q.query.AllState {
		state = " " + strings.ReplaceAll(string(c.State), "_", " ")
	}
	text = sanitize.Line(text)
	if !plain {
		text = style.Styled(text)
	}
	return text + sanitize.Line(state)
}

func (q *queue) line(c model.QueueItem, plain bool) string {
	first := 13 // "(boilerplate)"
	if q.query.AllState {
		first += 10 // " dismissed"
	}
	name, columns := q.w-2-first-1-11, []string{}
	if q.w >= 110 {
		columns = append(columns, q.pad(fmt.Sprintf("+%d -%d ~%d", c.Counts.Added, c.Counts.Removed, c.Counts.Modified), 18))
		name -= 19
	}
	if q.w >= 100 {
		alike := ""
		if c.AlikeCount > 1 {
			alike = fmt.Sprintf("%d alike", c.AlikeCount)
		}
		columns = append(columns, q.pad(alike, 10))
		name -= 11
	}
	columns = append(columns, c.To.CapturedAt.Format(time.DateOnly))
	if q.w >= 76 {
		columns = append(columns, sanitize.Line(string(c.ID)))
		name -= 12
	}
	return q.pad(q.verdict(c, plain), first) + " " + q.pad(q.safe(sanitize.Clip(c.PlatformName, q.w)+" / "+c.Type), name) + " " + strings.Join(columns, " ")
}
