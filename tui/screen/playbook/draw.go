package playbook

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

// widest is how wide the text of a deviation gets.
const widest = 90

// Head is which playbook it is, and how much deviates in how many documents.
func (s *Screen) Head() []string {
	right := ""
	switch {
	case s.Err != nil:
		right = s.Counted(len(s.report.Deviations), "deviation")
	case s.Read && s.report.Number > 0:
		right = humanize.Count(len(s.report.Deviations), "deviation") + " in " +
			humanize.Count(s.report.Documents, "document")
	}
	left := "Playbook"
	if s.report.Number > 0 {
		left = fmt.Sprintf("Playbook %d", s.report.Number)
	}
	return []string{s.TitleBar(left, right)}
}

// Status is where the deviation under the cursor stands.
func (s *Screen) Status() string {
	d, ok := s.current()
	if !ok {
		return ""
	}
	text := fmt.Sprintf("%s version %d, captured %s", d.Document, d.Seq, d.CapturedAt.Format(time.DateOnly))
	if d.Clause > 0 {
		text = fmt.Sprintf("clause %d of %s", d.Clause, text)
	}
	return sanitize.Line(text)
}

// Lines are positions with their deviations, and the one under the cursor in full.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.Failed(len(s.lines)):
		return s.Failure("The deviations from the playbook", keys.Playbook, s.Err)
	case !s.Read:
		return s.progress()
	case s.report.Number == 0:
		return s.none()
	}
	var lines []string
	for i := s.shown.Top; i < s.shown.N && len(lines) < s.list(); i++ {
		lines = append(lines, s.row(i))
	}
	lines = append(lines, s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W)))
	lines = append(lines, s.text[min(s.top, len(s.text)):min(s.top+s.room(), len(s.text))]...)
	return lines[:min(len(lines), height)]
}

// progress is how many documents were read.
func (s *Screen) progress() []string {
	const text = "Holding documents against the playbook"
	return s.HowFar(s.Common, text, text, "documents")
}

func (s *Screen) none() []string {
	text := "No playbook was saved. `fineprint playbook init` writes an example with every part explained; " +
		"`fineprint playbook check FILE` shows what deviates from it, and `fineprint playbook save FILE` saves it."
	lines := []string{""}
	for _, l := range s.Wrap(text, s.W-4) {
		lines = append(lines, "  "+l)
	}
	return lines
}

// row is a position with how much deviates from it, or a deviation.
func (s *Screen) row(i int) string {
	l, at := s.lines[i], i == s.shown.Cursor
	if l.deviation < 0 {
		p := &s.report.Positions[l.position]
		count := "nothing deviates"
		if p.Deviations > 0 {
			count = fmt.Sprintf("%s, %s", humanize.Count(p.Deviations, "deviation"), humanize.Count(p.Platforms, "platform"))
		}
		text := sanitize.Line(sanitize.Clip(p.Name+": "+p.Expect, s.W))
		width := max(10, s.W-4-len(count))
		return s.Row(at, s.Theme.Title.Styled(s.Pad(text, width))+"  "+s.Theme.Faint.Styled(count))
	}
	d := &s.report.Deviations[l.deviation]
	text := "  " + s.Pad(of(d, s.W), min(44, s.W*2/5)) + "  " + sanitize.Line(sanitize.Clip(d.Found, s.W))
	return s.Row(at, text)
}

// layOut makes the text of what is under the cursor: a deviation's words, or what a
// position expects.
func (s *Screen) layOut() {
	s.text = nil
	i := s.shown.Cursor
	if s.W == 0 || i >= len(s.lines) {
		return
	}
	w := min(widest, s.W-2)
	add := func(label, text string) {
		for n, l := range s.Wrap(label+strings.TrimSpace(sanitize.Text(text)), w) {
			if n == 0 && label != "" {
				l = s.Theme.Faint.Styled(label) + strings.TrimPrefix(l, label)
			}
			s.text = append(s.text, " "+s.Cut(l, w))
		}
	}
	d, ok := s.current()
	if !ok {
		p := &s.report.Positions[s.lines[i].position]
		add("Expected  ", p.Expect)
		add("Of        ", kit.Words(p.Type)+severity(p.Severity))
		read := humanize.Count(s.report.Documents, "document")
		if p.Deviations == 0 {
			add("Found     ", "nothing in "+read+" that deviates")
			return
		}
		add("Found     ", fmt.Sprintf("%s, in %d of %s, of %s", humanize.Count(p.Deviations, "deviation"), p.Documents, read,
			humanize.Count(p.Platforms, "platform")))
		return
	}
	add("Expected  ", d.Expected+severity(d.Severity))
	add("Found     ", d.Found)
	add("Of        ", kit.Words(d.Type)+", in "+d.PlatformName+" / "+d.DocumentType)
	if d.Note != "" {
		add("Note      ", d.Note)
	}
	s.text = append(s.text, "")
	if d.Words == "" {
		add("", "No clause of the document says so. "+s.Keys.Key(keys.Open)+" opens it from its beginning.")
		return
	}
	if d.Around == "" || strings.TrimSpace(d.Around) == strings.TrimSpace(d.Words) {
		add("", s.Plain("“")+strings.TrimSpace(d.Words)+s.Plain("”"))
		return
	}
	from, words := len(s.text), s.Safe(strings.TrimSpace(d.Words))
	add("In        ", d.Around)
	for i := from; i < len(s.text); i++ {
		s.text[i] = strings.Replace(s.text[i], words, s.Theme.Title.Styled(words), 1)
	}
}

func severity(v model.Severity) string {
	if v == "" {
		return ""
	}
	return " (" + string(v) + ")"
}
