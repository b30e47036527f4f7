package alerts

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Lines are rules, targets and notifications, and the row under the cursor in full.
func (s *Screen) Lines(height int) []string {
	if s.Failed(len(s.rules) + len(s.targets)) {
		return s.Failure("Alert rules", keys.Alerts, s.Err)
	}
	if !s.Read {
		return nil
	}
	var lines []string
	detail := s.detail()
	room := max(min(3, height), height-len(detail))
	for i := s.at.Top; i < s.at.N && len(lines) < room; i++ {
		lines = append(lines, s.line(i))
	}
	if len(detail) == 0 {
		return lines
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	lines = append(lines, detail...)
	return lines[:min(len(lines), height)]
}

func (s *Screen) line(i int) string {
	part, at := s.row(i)
	if at < 0 {
		return s.heading(part)
	}
	selected := i == s.at.Cursor
	switch part {
	case 0:
		return s.Row(selected, s.ruleLine(&s.rules[at]))
	case 1:
		return s.marked(selected, s.targets[at].GivenUp > 0 || s.targets[at].Retried > 0, s.targetLine(&s.targets[at]))
	default:
		return s.marked(selected, s.items[at].Error != "", s.itemLine(&s.items[at]))
	}
}

// marked is a row that stands out where something went wrong.
func (s *Screen) marked(selected, bad bool, line string) string {
	if bad && !selected {
		return s.Theme.Bad.Styled(s.Row(false, line))
	}
	return s.Row(selected, line)
}

// heading is the heading of a part, with how to get its first row where it has none.
func (s *Screen) heading(part int) string {
	title, none, n := "Rules", "  :rule in the queue saves its filter as one", len(s.rules)
	switch part {
	case 1:
		title, none, n = "Targets", "  [targets.NAME] in the settings adds one", len(s.targets)
	case 2:
		title, none, n = "Waiting and failed", "  nothing", len(s.items)
	}
	if n > 0 {
		none = ""
	}
	return s.Theme.Title.Styled(title) + s.Theme.Faint.Styled(s.Cut(none, max(0, s.W-len(title))))
}

// name is how wide the first column is.
func (s *Screen) name() int { return max(14, min(28, s.W/5)) }

func (s *Screen) ruleLine(r *model.AlertRule) string {
	acted := fmt.Sprintf("%6d acted on  %8s", r.Acted, s.ago(r.Last))
	about := strings.Join(r.Actions(), ", ")
	if s.W >= 100 {
		about = r.Filter + "  →  " + about
	}
	rest := s.W - 2 - s.name() - 1 - len(acted) - 1
	return s.Pad(s.Safe(r.Name), s.name()) + " " + s.Pad(s.Plain(s.Safe(about)), rest) + " " + acted
}

func (s *Screen) targetLine(t *target) string {
	kind := t.kind
	if kind == "" {
		kind = "not in settings"
	}
	var counts []string
	if t.Pending > 0 {
		counts = append(counts, fmt.Sprintf("%d waiting", t.Pending))
	}
	if t.Retried > 0 {
		counts[0] += fmt.Sprintf(" (%d failed before)", t.Retried)
	}
	if t.GivenUp > 0 {
		counts = append(counts, fmt.Sprintf("%d given up", t.GivenUp))
	}
	delivered := fmt.Sprintf("%d delivered", t.Delivered)
	if t.Delivered > 0 {
		delivered += ", last " + s.since(t.Last)
	}
	counts = append(counts, delivered)
	return s.Pad(s.Safe(t.Target), s.name()) + " " + s.Pad(s.Safe(kind), 16) + " " + strings.Join(counts, ", ")
}

func (s *Screen) itemLine(i *model.OutboxItem) string {
	state := kit.Words(i.State)
	if i.State == model.OutboxPending {
		state = "waiting"
		if i.Attempts > 0 {
			state = humanize.Count(i.Attempts, "attempt")
		}
	}
	about := string(i.Kind)
	if i.Change != "" {
		about = string(i.Change)
	}
	line := s.Pad(s.Safe(i.Target), s.name()) + " " + s.Pad(state, 12) + " " + s.Pad(about, 12) + " " +
		s.Pad(s.ago(i.Created), 6)
	return line + " " + s.Safe(i.Error)
}

// maxDetail is how many lines the row under the cursor takes below the list.
const maxDetail = 6

// detail is the row under the cursor in full, under a rule.
func (s *Screen) detail() []string {
	var text []string
	switch {
	case s.rule() != nil:
		text = s.aboutRule(s.rule())
	case s.target() != nil && s.target().LastError != "":
		text = []string{"Last failure: " + s.target().LastError}
	case s.item() != nil:
		i := s.item()
		text = []string{i.ID + ", made " + i.Created.Local().Format(time.DateTime)}
		if i.State == model.OutboxPending && i.Attempts > 0 {
			text[0] += ", tried again " + i.Due.Local().Format(time.DateTime)
		}
		if i.Error != "" {
			text = append(text, "Last failure: "+i.Error)
		}
	}
	if len(text) == 0 {
		return nil
	}
	lines := []string{s.Theme.Faint.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W))}
	for _, t := range text {
		for _, l := range s.Wrap(s.Plain(sanitize.Line(t)), s.W-2) {
			if len(lines) < maxDetail {
				lines = append(lines, " "+s.Cut(l, s.W-1))
			}
		}
	}
	return lines
}

// aboutRule is a rule in sentences.
func (s *Screen) aboutRule(r *model.AlertRule) []string {
	first := string(r.ID) + ": " + r.Filter + "  →  " + strings.Join(r.Actions(), ", ")
	if r.Fold && r.Sentences > 0 {
		first += fmt.Sprintf(" (and %s that its preview named)", humanize.Count(r.Sentences, "sentence"))
	}
	saved := "Saved by " + r.Author + " on " + r.At.Local().Format(time.DateOnly)
	if len(r.On) != 1 || r.On[0] != model.AlertChange {
		var on []string
		for _, k := range r.On {
			on = append(on, string(k))
		}
		saved += "; on " + strings.Join(on, ", ")
	}
	return []string{first, saved + fmt.Sprintf("; acted on %s, last %s", humanize.Count(r.Acted, "change"),
		s.since(r.Last))}
}

// since is how long ago something was, in a sentence.
func (s *Screen) since(at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	return s.ago(at) + " ago"
}
