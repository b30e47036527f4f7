package search

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// linesEach is how many lines a hit takes.
const linesEach = 2

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// day writes a date.
func day(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return t.Format(time.DateOnly)
}

// shown is how many hits there is room for.
func (s *Screen) shown() int { return max(1, s.Height()/linesEach) }

// Head is the title, the line that is written, which texts are searched, and a rule.
func (s *Screen) Head() []string {
	return []string{s.TitleBar("Search", s.counted()), s.input(), s.tabs(), s.note()}
}

// input is the line that is written.
func (s *Screen) input() string {
	switch {
	case s.typing && s.line != nil:
		return s.line.View(s.W)
	case blank(s.text()):
		return s.Theme.Faint.Styled(s.Cut("> "+s.Keys.Key(keys.EditSearch)+" to write what to search", s.W))
	}
	return s.Cut("> "+sanitize.Line(s.text()), s.W)
}

// tabs are the texts that can be searched, the ones that are searched filled.
func (s *Screen) tabs() string {
	names := map[when]string{current: "current texts", past: "past texts", all: "all texts"}
	parts := make([]string, len(whens))
	for i, w := range whens {
		parts[i] = s.Theme.Faint.Styled(" " + names[w] + " ")
		if w == s.when {
			text := " " + names[w] + " "
			if s.ASCII {
				text = "[" + names[w] + "]"
			}
			parts[i] = s.Theme.Tab.Styled(text)
		}
	}
	line := " " + strings.Join(parts, " ")
	if s.busy && s.asked != s.text() {
		line += s.Theme.Faint.Styled("  searching" + s.Theme.Ellipsis)
	}
	return s.Cut(line, s.W)
}

// note is what has to be known of the answer: why there is none, or that documents are
// not in it yet; else a rule.
func (s *Screen) note() string {
	switch n := s.found.Behind; {
	case s.reason != "":
		text := sanitize.Line(s.reason)
		if len(s.found.Hits) > 0 {
			text += "; shown is " + sanitize.Line(s.asked)
		}
		return s.Theme.Bad.Styled(s.Cut(" "+text, s.W))
	case n > 0 && s.asked != "":
		are := "documents are"
		if n == 1 {
			are = "document is"
		}
		return s.Theme.Label.Styled(s.Cut(" "+humanize.Number(n)+" "+are+
			" not indexed yet, what they say is not found; `fineprint index` indexes them", s.W))
	}
	return s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W))
}

// Lines are the hits, or what can be searched.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.asked == "" && (blank(s.text()) || !s.busy):
		return s.help(height)
	case s.asked == "":
		return nil
	case len(s.found.Hits) == 0:
		return s.none()
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines)+linesEach <= max(height, linesEach); i++ {
		lines = append(lines, s.hit(i)...)
	}
	return lines[:min(len(lines), height)]
}

// none says that nothing was found, and where else to look.
func (s *Screen) none() []string {
	text := "No clause has these words"
	tab := s.Keys.Key(keys.SearchedTexts)
	switch s.when {
	case current:
		text = "No current text has these words; " + tab + " searches past texts"
	case past:
		text = "No past text has these words; " + tab + " searches all texts"
	}
	return []string{"", s.Cut("  "+text, s.W)}
}

// helped are what may be written, and what it finds.
var helped = [][2]string{
	{"arbitration class action", "clauses with all of these words"},
	{`"without notice"`, "the words in this order"},
	{"licens*", "words that begin so"},
	{"training -machine", "without a word"},
	{"refund or cancellation", "one of the words"},
	{"platform:reddit", "of a platform, by its name"},
	{"type:privacy", "of documents whose type has the word"},
	{"heading:liability", "under a heading with the word"},
	{"since:2024 until:2025-06", "that stood then"},
}

// help lists what can be written.
func (s *Screen) help(height int) []string {
	lines := []string{"", s.Theme.Title.Styled(s.Cut("  What can be searched", s.W)), ""}
	for _, h := range helped {
		lines = append(lines, "  "+s.Theme.Key.Styled(s.Pad(h[0], 28))+s.Cut(h[1], max(0, s.W-31)))
	}
	return lines[:min(len(lines), height)]
}

// hit draws a hit: whose it is, under which heading, and since when until when; and how
// it says it.
func (s *Screen) hit(i int) []string {
	h := s.found.Hits[i]
	when := s.whenSeen(h)
	room := s.W - 2 - ansi.StringWidth(when) - 2
	name := s.Theme.Label.Styled(s.Safe(h.PlatformName))
	dot := s.Plain(" · ")
	where := name + s.Theme.Faint.Styled(dot) + s.Safe(h.Type)
	if path := s.Safe(strings.Join(h.Heading, " > ")); path != "" {
		where += s.Theme.Faint.Styled(dot + path)
	}
	first := s.Pad(where, max(10, room)) + "  " + when
	second := s.marked(strings.TrimSpace(h.Snippet), shifted(h), s.W-6)
	if i == s.at.Cursor {
		bar := s.Theme.Key.Styled(s.Theme.Signs.Cursor) + " "
		return []string{
			s.Theme.Cursor(bar + s.Pad(first, s.W-2)),
			s.Theme.Cursor(bar + s.Pad("  "+second, s.W-2)),
		}
	}
	return []string{s.Cut("  "+first, s.W), s.Cut("    "+second, s.W)}
}

// shifted are the marks of a snippet whose white space was taken off.
func shifted(h model.SearchHit) []model.ByteRange {
	cut := len(h.Snippet) - len(strings.TrimLeft(h.Snippet, " \t\r\n"))
	if cut == 0 {
		return h.Marks
	}
	marks := make([]model.ByteRange, 0, len(h.Marks))
	for _, m := range h.Marks {
		marks = append(marks, model.ByteRange{Start: m.Start - cut, End: m.End - cut})
	}
	return marks
}

// whenSeen is since when a clause is there, and until when one was that is past.
func (s *Screen) whenSeen(h model.SearchHit) string {
	if s.W < 70 {
		if !h.Current {
			return s.Theme.Folded.Styled("past")
		}
		return day(h.FirstSeen)
	}
	if !h.Current {
		return s.Plain(day(h.FirstSeen)+" – "+day(h.LastSeen)) + s.Theme.Folded.Styled(" past   ")
	}
	return s.Plain(day(h.FirstSeen)+" – "+day(h.LastSeen)) + s.Theme.Good.Styled(" current")
}
