package compare

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

const (
	// minBeside is how many columns the window has for the text to stand beside the list.
	minBeside = 120
	// scoreCells is how wide the bar of a score is.
	scoreCells = 5
	// widest is how wide a text gets that is read.
	widest = 90
)

func (s *Screen) beside() bool { return s.W >= minBeside }

// listed and width are how many columns the list and the text take, shown and room how
// many lines.
func (s *Screen) listed() int {
	if s.beside() {
		return s.W * 52 / 100
	}
	return s.W
}

func (s *Screen) width() int {
	if s.beside() {
		return min(widest, s.W-s.listed()-3)
	}
	return min(widest, s.W)
}

func (s *Screen) shown() int {
	if s.beside() {
		return s.Height()
	}
	return max(3, min(s.Height()*2/5, max(1, s.at.N)))
}

func (s *Screen) room() int {
	if s.beside() {
		return s.Height()
	}
	return max(1, s.Height()-s.shown()-1)
}

// Head is whose clause it is, on how many platforms there is one like it, the clause, and
// a rule.
func (s *Screen) Head() []string {
	title := s.of.Title
	right := s.Counted(len(s.alike.Hits), "clause")
	if n := s.pinCount(); n > 0 {
		right += fmt.Sprintf(", %d pinned", n)
	}
	if s.of.Record != "" {
		right += " for " + string(s.of.Record)
	}
	ours := strings.TrimSpace(sanitize.Line(sanitize.Clip(s.alike.Text, s.W)))
	if ours != "" {
		ours = "Ours: " + ours
	}
	return []string{
		s.TitleBar("Comparison: "+title, right),
		s.Theme.Title.Styled(s.Cut(" "+s.sentence(), s.W)),
		s.Theme.Faint.Styled(s.Cut(" "+ours, s.W)),
		s.rule(),
	}
}

// rule is between the head and a list, "" where there is none.
func (s *Screen) rule() string {
	if len(s.alike.Hits) == 0 {
		return ""
	}
	return s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W))
}

// sentence says on how many platforms there is a clause like it. That there is none is
// said only where all were looked at and nothing is like it.
func (s *Screen) sentence() string {
	if !s.Read {
		return "Comparing" + s.Theme.Ellipsis
	}
	a := s.alike
	as := ""
	if a.AsOf != nil {
		as = " (as of " + a.AsOf.Format(time.DateOnly) + ")"
	}
	of := humanize.Count(a.Of, "platform")
	kind := "a clause like this"
	if s.same {
		kind += " of the same type"
	}
	as += humanize.AlikeBy(a.Platforms, a.ByType)
	text := fmt.Sprintf("%s of %s have %s%s", humanize.Number(a.Platforms), of, kind, as)
	switch {
	case a.Platforms == 1:
		text = fmt.Sprintf("1 of %s has %s%s", of, kind, as)
	case a.Platforms > 0:
	case a.Behind > 0 || a.Of == 0:
		text = "No clause like this was found yet"
	default: // in other words there may be one: that nobody has it can't be told by words
		text = fmt.Sprintf("No clause in words like these on %s%s", of, as)
	}
	if a.Behind > 0 {
		text += "; " + humanize.Count(a.Behind, "document") + " not indexed yet"
	}
	return text
}

// Status is how to pin, and what is listed.
func (s *Screen) Status() string {
	h := s.current()
	if h.Document == "" {
		return ""
	}
	text := fmt.Sprintf("%s, version %d", h.Document, h.Version)
	if h.Clause != "" {
		text = string(h.Clause) + " in " + text
	}
	if h.Record != "" {
		text += ", reviewed in " + string(h.Record)
	}
	if h.By == model.AlikeByType {
		text += fmt.Sprintf("; %.0f%% alike in words, shown for its type", 100*h.Score)
	} else {
		text += fmt.Sprintf("; %.0f%% alike, below %.0f%% none is shown", 100*h.Score, 100*s.alike.Threshold)
	}
	return sanitize.Line(text)
}

// page scrolls their text.
func (s *Screen) page(by int) { s.top = max(0, min(s.top+by, s.length()-s.room())) }

func (s *Screen) length() int { return max(len(s.body), len(s.rows)) }

// Fit lays out the clause under the cursor.
func (s *Screen) Fit() {
	s.at.Fit(s.shown())
	s.body, s.rows = nil, nil
	h := s.current()
	if s.W == 0 || h.Document == "" {
		return
	}
	if s.redline && s.laidOf == keyOf(h) {
		s.how.Width, s.how.Theme, s.how.Inline = s.width(), s.Theme, true
		s.how.Immaterial, s.how.Unchanged = true, true
		s.rows = s.laid.Build(s.how)
		s.page(0)
		return
	}
	if path := sanitize.Line(strings.Join(h.Heading, " > ")); path != "" {
		for _, l := range s.Wrap(path, s.width()) {
			s.body = append(s.body, s.Theme.Heading.Styled(s.Cut(l, s.width())))
		}
	}
	for _, l := range s.Wrap(strings.TrimSpace(sanitize.Text(h.Text)), s.width()) {
		s.body = append(s.body, s.Cut(s.inCommon(l), s.width()))
	}
	s.page(0)
}

// inCommon marks the words of a line that ours has, too.
func (s *Screen) inCommon(line string) string {
	var b strings.Builder
	for line != "" {
		n := strings.IndexFunc(line, isWord)
		if n < 0 {
			break
		}
		b.WriteString(line[:n])
		line = line[n:]
		end := strings.IndexFunc(line, func(r rune) bool { return !isWord(r) })
		if end < 0 {
			end = len(line)
		}
		switch word := line[:end]; {
		case !s.words.Has(word):
			b.WriteString(word)
		default:
			b.WriteString(s.Theme.Title.Styled(word))
		}
		line = line[end:]
	}
	return b.String() + line
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Lines are the clauses that are alike, and the words of the one under the cursor.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.Failed(len(s.alike.Hits)):
		return s.Failure("What other platforms say", keys.Compare, s.Err)
	case !s.Read:
		return nil
	case len(s.alike.Hits) == 0:
		return s.none()
	}
	var list []string
	for i := s.at.Top; i < s.at.N && len(list) < s.shown(); i++ {
		list = append(list, s.row(i))
	}
	text := s.text()
	if !s.beside() {
		lines := append(append(list, s.rule()), text...)
		return lines[:min(height, len(lines))]
	}
	lines := make([]string, 0, height)
	for n := range min(height, max(len(list), len(text))) {
		left, right := "", ""
		if n < len(list) {
			left = list[n]
		}
		if n < len(text) {
			right = text[n]
		}
		lines = append(lines, s.Pad(left, s.listed())+" "+s.Theme.Border.Styled(s.Theme.Signs.Separator)+" "+right)
	}
	return lines
}

// text is the part of their words that is scrolled to.
func (s *Screen) text() []string {
	room := s.room()
	if s.redline && s.rows != nil {
		var lines []string
		for i := s.top; i < len(s.rows) && len(lines) < room; i++ {
			lines = append(lines, s.rows[i].Text(s.how, false, nil))
		}
		return lines
	}
	return s.body[min(s.top, len(s.body)):min(s.top+room, len(s.body))]
}

// none says what there is in place of a list, and what to try.
func (s *Screen) none() []string {
	text := ""
	switch {
	case s.same:
		text = s.Keys.Key(keys.SameType) + " compares with clauses of any type"
	case s.alike.Behind > 0:
		text = "`fineprint index` indexes what is missing."
	default:
		text = fmt.Sprintf("A clause counts as like it from %.0f%% on; below that none is shown.",
			100*s.alike.Threshold)
	}
	return []string{"", s.Cut("  "+text, s.W)}
}

// row is a clause of the list: whether it is pinned, how much it is alike, whose it is,
// how grave, since when it reads so, and its telling words.
func (s *Screen) row(i int) string {
	h := s.alike.Hits[i]
	mark := " "
	if s.pinned(i) {
		mark = s.Theme.Signs.Marked
	}
	w := s.listed()
	name := max(12, min(20, w/5))
	line := mark + " " + s.Theme.Gauge(int(100*h.Score+0.5), 100, scoreCells) + " " +
		s.Theme.Label.Styled(s.Pad(s.Safe(h.PlatformName), name)) + " "
	if w >= 72 {
		line += s.Pad(s.Safe(h.Type), min(18, w/6)) + " "
	}
	line += h.LastSeen.Format(time.DateOnly) + " " + s.severity(h.Severity) + " "
	return s.RowOf(i == s.at.Cursor, line+s.Safe(s.quotes[i].Excerpt), w)
}

// severity is how grave a review found a clause, in as many cells as a dash takes.
func (s *Screen) severity(v model.Severity) string {
	if v == "" {
		return s.Pad(s.Theme.Signs.Zero, 8)
	}
	return s.Theme.Severity(v).Styled(s.Pad(string(v), 8))
}
