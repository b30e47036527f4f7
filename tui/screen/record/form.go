package record

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// fields are those of the form: all but the clauses, which stand beside it.
var fields = slices.DeleteFunc(slices.Clone(model.WritingFields), func(f model.WritingField) bool {
	return f.ID() == "clauses"
})

// sections are the headings of the form, by the field that each begins with.
var sections = map[string]string{
	"title":                         "Judgement",
	"summary":                       "For readers",
	"analysis.regulatory_landscape": "Institutional analysis",
	"agencies":                      "Authorities, laws and sources",
}

// row is one line of the form.
type row struct {
	field int // -1 for a heading
	first bool
	text  string
}

// shownLines is how many lines of a value the form shows, by its shape.
func shownLines(s model.FieldShape) int {
	if s == model.Prose {
		return 4
	}
	return 3
}

func (s *Screen) field() model.WritingField { return fields[min(s.at.Cursor, len(fields)-1)] }

// values are what the form shows of a record: a list or a table in words.
func (s *Screen) value(f model.WritingField, w *model.Writing) string {
	switch {
	case f.Text(w) != nil:
		return *f.Text(w)
	case f.List(w) != nil:
		names := make([]string, 0, len(*f.List(w)))
		for _, name := range *f.List(w) {
			names = append(names, s.named(f.ID(), name))
		}
		return strings.Join(names, ", ")
	}
	if t, ok := tables[f.ID()]; ok {
		lines := []string{}
		for _, r := range t.rows(w) {
			lines = append(lines, t.line(r))
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// named is how a name of a list is shown: with where it holds, and by its own name where
// an ID stands for it.
func (s *Screen) named(field, name string) string {
	switch field {
	case "agencies":
		if a, ok := s.registry.Agency(name); ok {
			return fmt.Sprintf("%s (%s)", a.Name, a.Jurisdiction)
		}
	case "regulations":
		if r, ok := s.registry.Regulation(name); ok {
			return fmt.Sprintf("%s (%s)", r.Name, r.Jurisdiction)
		}
	case "types":
		if t, ok := clausetype.ByID(name); ok {
			return t.Name
		}
	}
	return name
}

// Fit lays the form and the clauses out again.
func (s *Screen) Fit() {
	s.at.N = len(fields)
	if s.draft.Record == "" || s.W == 0 {
		return
	}
	s.panel.fit(s)
	s.layOut()
	s.bring()
}

// formWidth is how many cells the form has: what the clauses leave of the window.
func (s *Screen) formWidth() int {
	if s.beside() {
		return s.W - s.panel.width - 3
	}
	return s.W
}

// minBeside is the width of a window in which the clauses are beside the form.
const minBeside = 100

func (s *Screen) beside() bool { return s.W >= minBeside && !s.panel.hidden }

// layOut makes the rows of the form.
func (s *Screen) layOut() {
	w, width := s.current(), s.formWidth()
	labels := max(16, min(33, width*3/10))
	s.rows = s.rows[:0]
	for i, f := range fields {
		if name := sections[f.ID()]; name != "" {
			if len(s.rows) > 0 {
				s.rows = append(s.rows, row{field: -1})
			}
			s.rows = append(s.rows, row{field: -1, text: s.Theme.Title.Styled(s.Cut(name, width))})
		}
		s.layOutField(i, f, &w, labels, width)
	}
}

// layOutField makes the rows of one field: its label beside its value, and what is wrong
// with it below.
func (s *Screen) layOutField(i int, f model.WritingField, w *model.Writing, labels, width int) {
	room := max(12, width-labels-5)
	names := s.Wrap(f.Label, labels)
	values := s.valueLines(f, w, room)
	for _, p := range s.problems() {
		if fieldOf(p.Field) == f.ID() {
			values = append(values, s.problemLines(p, room)...)
		}
	}
	for n := range max(len(names), len(values)) {
		name, value := "", ""
		if n < len(names) {
			name = names[n]
		}
		if n < len(values) {
			value = values[n]
		}
		sign := " "
		if n == 0 {
			sign = s.sign(f, w)
		}
		s.rows = append(s.rows, row{i, n == 0, sign + " " + s.Pad(name, labels) + " " + value})
	}
}

// problems are what the linter finds, but for what is required and empty: the form shows
// that anyway, and it can't be overruled.
func (s *Screen) problems() []model.Problem {
	return slices.DeleteFunc(slices.Clone(s.draft.Problems), func(p model.Problem) bool {
		f, ok := model.FieldByID(p.Field)
		return ok && f.Required && f.Empty(&s.draft.Writing)
	})
}

// fieldOf is the field of the form that a problem is about: its own, or the first that
// stands for a key of the record that has none.
func fieldOf(problem string) string {
	for _, f := range fields {
		if f.ID() == problem || f.Key == problem {
			return f.ID()
		}
	}
	return fields[0].ID()
}

// sign is before a field's label: what is required and missing, and what is written.
func (s *Screen) sign(f model.WritingField, w *model.Writing) string {
	switch {
	case f.Required && f.Empty(w):
		return s.Theme.Bad.Styled("!")
	case f.Empty(w):
		return " "
	}
	return s.Theme.Good.Styled("+")
}

// valueLines are the first lines of a field's value, or what to do about an empty one.
func (s *Screen) valueLines(f model.WritingField, w *model.Writing, room int) []string {
	if kept, is := s.kept[f.ID()]; is && f.Text(w) != nil && kept != *f.Text(w) {
		return []string{s.Theme.Label.Styled(s.Cut("being written: "+s.Safe(kept), room))}
	}
	if f.Empty(w) {
		return s.emptyLines(f, room)
	}
	most := shownLines(f.Shape)
	text := strings.TrimSpace(sanitize.Text(sanitize.Clip(s.value(f, w), room*(most+1))))
	lines := s.Wrap(text, room)
	for i := range lines {
		lines[i] = ansi.Truncate(lines[i], room, s.Theme.Ellipsis)
	}
	if len(lines) > most {
		words := humanize.Count(len(strings.Fields(s.value(f, w))), "word")
		lines = append(lines[:most-1:most-1], lines[most-1], s.Theme.Faint.Styled(s.Cut(s.Theme.Ellipsis+" "+words, room)))
	}
	if f.ID() == "severity" || f.ID() == "analysis.exposure_level" {
		severity := model.Severity(strings.TrimSpace(*f.Text(w)))
		lines[0] = s.Theme.Severity(severity).Styled(lines[0])
	}
	return lines
}

// emptyLines say of an empty field what belongs there, by which key, or what is
// suggested for it.
func (s *Screen) emptyLines(f model.WritingField, room int) []string {
	text := f.Hint
	switch {
	case f.ID() == "severity":
		text = s.keysOf(keys.Low, keys.Medium, keys.High, keys.Critical) + " for " + strings.Join(f.Words, ", ")
	case f.ID() == "confidence":
		text = s.keysOf(keys.LowConfidence, keys.MediumConfidence, keys.HighConfidence) + " for " +
			strings.Join(f.Words, ", ")
	case f.ID() == "basis":
		text = s.Keys.Key(keys.Basis) + " for " + strings.Join(f.Words, ", ")
	case f.Shape == model.List:
		if names := s.suggested(f.ID()); len(names) > 0 {
			text = "suggested: " + strings.Join(names, ", ")
		}
	}
	return []string{s.Theme.Faint.Styled(s.Cut("("+s.Safe(strings.TrimRight(text, ".:"))+")", room))}
}

func (s *Screen) keysOf(commands ...keys.Command) string {
	text := ""
	for _, c := range commands {
		text += s.Keys.Key(c)
	}
	return text
}

// problemLines are what the linter says of a field; what blocks is marked so.
func (s *Screen) problemLines(p model.Problem, room int) []string {
	sign, style := "? ", s.Theme.Faint
	if p.Blocks {
		sign, style = "x ", s.Theme.Bad
	}
	if s.reasons[p.Rule] != "" {
		sign, style = "- overruled: ", s.Theme.Faint
	}
	text := sanitize.Line(sanitize.Clip(sign+p.Message+" ["+p.Rule+"]", 3*room))
	lines := s.Wrap(text, room)
	for i := range lines {
		lines[i] = style.Styled(ansi.Truncate(lines[i], room, s.Theme.Ellipsis))
	}
	return lines[:min(3, len(lines))]
}

// bring brings the field under the cursor into sight.
func (s *Screen) bring() {
	first, last := -1, 0
	for i, r := range s.rows {
		if r.field == s.at.Cursor {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for first > 0 && s.rows[first-1].field < 0 { // with the heading above it
		first--
	}
	height := s.Height()
	if last >= s.top+height {
		s.top = last - height + 1
	}
	s.top = max(0, min(s.top, max(first, 0), len(s.rows)-height))
}

// Scroll moves from field to field.
func (s *Screen) Scroll(by int) {
	if s.clauseAlone() {
		s.panel.scroll(by, s.Height())
		return
	}
	s.at.N = len(fields)
	s.at.Move(by, len(fields))
	s.bring()
}

// Lines are the form, beside the clauses where there is room for both.
func (s *Screen) Lines(height int) []string {
	if s.draft.Record == "" || s.W == 0 {
		return nil
	}
	if s.clauseAlone() {
		return s.panel.draw(height)
	}
	var left []string
	if s.beside() {
		left = s.panel.draw(height)
	}
	s.top = max(0, min(s.top, len(s.rows)-height))
	lines := make([]string, 0, height)
	for n := range height {
		line := ""
		if i := s.top + n; i < len(s.rows) {
			line = s.rowLine(s.rows[i])
		}
		if s.beside() {
			clause := ""
			if n < len(left) {
				clause = left[n]
			}
			line = s.Pad(clause, s.panel.width) + " " + s.Theme.Border.Styled(s.Theme.Signs.Separator) + " " + line
		}
		lines = append(lines, line)
	}
	return lines
}

func (s *Screen) rowLine(r row) string {
	width := s.formWidth()
	switch {
	case r.field < 0:
		return r.text
	case r.field != s.at.Cursor:
		return ansi.Truncate("  "+r.text, width, "")
	case r.first:
		return s.Theme.Selected.Styled(s.Pad("> "+ansi.Strip(r.text), width))
	}
	return s.Theme.Selected.Styled(s.Theme.Signs.Selected) + ansi.Truncate(" "+r.text, width-1, "")
}

// Click goes to the field that is clicked on, and writes in the one that is selected.
func (s *Screen) Click(line, x int) kit.Action {
	if s.clauseAlone() || s.beside() && x < s.panel.width+2 {
		return nil
	}
	i := s.top + line
	if i < 0 || i >= len(s.rows) || s.rows[i].field < 0 {
		return nil
	}
	if s.rows[i].field == s.at.Cursor {
		return s.write(s.field())
	}
	s.at.Cursor = s.rows[i].field
	s.bring()
	return nil
}
