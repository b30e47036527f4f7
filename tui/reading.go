package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// reading is where in a change the reader is and how it is laid out. The layout
// stays as it was set from one change to the next.
type reading struct {
	laid   *redlineview.Layouter
	how    redlineview.Options
	body   []redlineview.Row
	offset int
	// top is the word that the screen begins with: kept when the layout changes,
	// taken anew only when the reader moves, so that going back and forth between
	// two layouts doesn't creep.
	top      redlineview.Place
	selected int // item
	// landed: the change has been laid out since it was opened, which may have
	// been before the window's size was known.
	landed bool
	query  string
	found  *redlineview.Matches
}

// begin lays a change out that is opened: on its first material clause change.
func (r *review) begin(immaterial bool) {
	r.how.Immaterial, r.how.Unchanged, r.how.Toggled = immaterial, false, nil
	r.query, r.found = "", nil
	r.selected, r.offset, r.top = 0, 0, redlineview.Place{Pos: -1}
	r.landed = false
	r.fit()
}

// land goes to the first clause change that n and p go to.
func (r *review) land() {
	r.landed = true
	for i, row := range r.body {
		if row.Stop {
			r.selectRow(i)
			r.jump(i)
			return
		}
	}
}

func (r *review) layOut() {
	if r.laid == nil || r.w == 0 {
		return
	}
	r.how.Width, r.how.Theme = r.w, r.theme
	r.body = r.laid.Build(r.how)
}

// fit lays the change out anew and keeps the word that the screen begins with.
func (r *review) fit() {
	r.layOut()
	if !r.landed && len(r.body) > 0 {
		r.land()
		return
	}
	r.offset = r.within(redlineview.RowOf(r.body, r.top))
}

// within is the nearest row that the screen may begin with.
func (r *review) within(row int) int { return max(0, min(row, len(r.body)-r.height())) }

// first is the row that the screen begins with; a prompt that closed may have
// left more room than there was when the offset was chosen.
func (r *review) first() int { return r.within(r.offset) }

// jump makes a row the first on the screen, as far as there are rows to fill it.
func (r *review) jump(row int) {
	r.offset = r.within(row)
	r.top = redlineview.PlaceOf(r.body, r.offset)
}

// scroll moves by rows and selects what is at the top then.
func (r *review) scroll(by int) {
	before := r.first()
	r.jump(before + by)
	if r.offset == before {
		return
	}
	i := r.offset
	if i+1 < len(r.body) && r.top.End {
		i++ // the empty row before it
	}
	r.selectRow(i)
}

func (r *review) selectRow(i int) { r.selected = r.body[i].Item }

// row is where the item that is selected begins.
func (r *review) row() int {
	return redlineview.RowOf(r.body, redlineview.Place{Item: r.selected, Pos: -1})
}

// isSelected reports whether a row is of the item that is selected.
func (r *review) isSelected(row redlineview.Row) bool {
	return row.Item <= r.selected && r.selected <= row.Last
}

// step selects the next or previous row that is one to stop at, and brings it
// into sight.
func (r *review) step(by int, stops func(redlineview.Row) bool) {
	at := r.row()
	if by < 0 && at < r.offset && stops(r.body[at]) {
		r.jump(at)
		return
	}
	for i := at + by; i >= 0 && i < len(r.body); i += by {
		if stops(r.body[i]) {
			r.selectRow(i)
			r.bring(i)
			return
		}
	}
	r.say("no further clause change; ] opens the next change of the queue")
	if by < 0 {
		r.say("no clause change before this one")
	}
}

// bring brings an item's rows into sight, from row i on.
func (r *review) bring(i int) {
	end := i + 1
	for end < len(r.body) && r.body[end].Item == r.body[i].Item && !r.body[end].Head {
		end++
	}
	if i < r.offset || end > r.offset+r.height() {
		r.jump(i)
	}
}

func stop(row redlineview.Row) bool { return row.Stop }

func head(row redlineview.Row) bool { return row.Head }

// count says at which of how many clause changes the reader is, of those that n
// and p go to.
func (r *review) count() (at, of int) {
	selected := r.row()
	for i, row := range r.body {
		if row.Stop {
			of++
			if i <= selected {
				at = of
			}
		}
	}
	return at, of
}

// above is the path of headings above the first row, where no row shows it.
func (r *review) above() string {
	if len(r.body) == 0 {
		return ""
	}
	i := r.first()
	if i+1 < len(r.body) && redlineview.PlaceOf(r.body, i).End {
		i++
	}
	if row := r.body[i]; !row.Label() {
		return r.laid.Path(row.Item, r.w, r.how)
	}
	return ""
}

func (r *review) lines(height int) []string {
	var lines []string
	for i := r.first(); i < len(r.body) && len(lines) < height; i++ {
		lines = append(lines, r.body[i].Text(r.how, r.isSelected(r.body[i]), r.found))
	}
	return lines
}

func (r *review) status() string {
	parts := []string{r.percent(r.first(), len(r.body))}
	if r.found != nil {
		text := fmt.Sprintf("%d/%d matches of %s; tab: the next, esc: done", r.found.At+1, len(r.found.List), ansi.Truncate(sanitize.Line(r.query), 24, r.theme.Ellipsis))
		parts = append([]string{text}, parts...)
	}
	if name := zooms[r.how.Zoom]; name != "" {
		parts = append(parts, name)
	}
	return strings.Join(parts, "  ")
}

var zooms = map[redlineview.Zoom]string{redlineview.NewOnly: "the new text alone", redlineview.OldOnly: "the old text alone"}

// run carries out what is about reading.
func (r *review) run(c keys.Command) (tea.Cmd, bool) {
	if r.laid == nil || len(r.body) == 0 {
		return nil, false
	}
	switch c {
	case keys.NextClause:
		r.step(1, stop)
	case keys.PrevClause:
		r.step(-1, stop)
	case keys.NextFold:
		r.step(1, head)
	case keys.PrevFold:
		r.step(-1, head)
	case keys.Partner:
		r.toPartner()
	case keys.Find:
		return r.ask(question{label: "Find in this change", value: r.query, done: r.find}), true
	case keys.NextFound:
		r.nextFound(1)
	case keys.PrevFound:
		r.nextFound(-1)
	case keys.Back:
		if r.found == nil {
			return nil, false
		}
		r.query, r.found = "", nil
	default:
		if !r.layoutKey(c) {
			return nil, false
		}
		r.fit()
	}
	return nil, true
}

// layoutKey changes how the change is laid out.
func (r *review) layoutKey(c keys.Command) bool {
	switch c {
	case keys.Layout:
		if r.w < redlineview.MinSplit {
			r.say("side by side needs a window of %d columns, this one has %d", redlineview.MinSplit, r.w)
			return true
		}
		r.how.Inline = !r.how.Inline
	case keys.Zoom:
		r.how.Zoom = (r.how.Zoom + 1) % 3
	case keys.Narrower, keys.Wider:
		r.ratio(c)
	case keys.Whole:
		r.how.Whole = !r.how.Whole
		r.search()
	case keys.Folded:
		r.how.Immaterial, r.how.Toggled = !r.how.Immaterial, nil
	case keys.Unfold:
		if !r.laid.Toggle(r.body[r.row()], &r.how) {
			r.say("nothing is folded here")
		}
	case keys.UnfoldAll:
		all := !(r.how.Immaterial && r.how.Unchanged)
		r.how.Immaterial, r.how.Unchanged, r.how.Toggled = all, all, nil
	case keys.Reveal:
		r.how.Shown = !r.how.Shown
	default:
		return false
	}
	return true
}

// The least and most part of the room that the left column gets, in percent.
const minRatio, maxRatio = 20, 80

func (r *review) ratio(c keys.Command) {
	if !r.how.Split() {
		r.say("only side by side are there two columns to share the room")
		return
	}
	if r.how.Ratio == 0 {
		r.how.Ratio = 50
	}
	by := 5
	if c == keys.Narrower {
		by = -5
	}
	r.how.Ratio = max(minRatio, min(r.how.Ratio+by, maxRatio))
	r.say("%d%% of the room for the old text", r.how.Ratio)
}

// toPartner goes from a moved clause to the place it left, and back.
func (r *review) toPartner() {
	k := r.laid.Partner(r.selected)
	if k < 0 {
		r.say("this clause was not moved")
		return
	}
	r.laid.Reveal(k, &r.how)
	r.fit()
	r.selected = k
	r.jump(r.row())
}

// find searches for words and goes to the first place at or below the top.
func (r *review) find(query string) tea.Cmd {
	r.query = query
	r.search()
	if r.found == nil {
		return nil
	}
	if len(r.found.List) == 0 {
		r.say("%q is not in %s", query, map[bool]string{true: "this document", false: "what changed; w shows the whole document"}[r.how.Whole])
		r.found = nil
		return nil
	}
	at := 0
	for i, m := range r.found.List {
		if redlineview.RowOf(r.body, m.Place()) >= r.offset {
			at = i
			break
		}
	}
	r.toFound(at)
	return nil
}

// search finds the query anew, in what is shown now.
func (r *review) search() {
	r.found = nil
	if r.query != "" {
		r.found = r.laid.Find(r.query, r.how.Whole)
	}
}

func (r *review) nextFound(by int) {
	if r.found == nil || len(r.found.List) == 0 {
		r.say("nothing is searched for; / asks")
		return
	}
	n := len(r.found.List)
	r.toFound((r.found.At + by + n) % n)
}

// toFound brings a place that was found into sight, unfolding what hides it.
func (r *review) toFound(i int) {
	r.found.At = i
	m := r.found.List[i]
	r.laid.Reveal(m.Item, &r.how)
	r.fit()
	if !m.Visible(r.body) {
		r.how.Zoom = redlineview.Both
		r.fit()
	}
	if !m.Visible(r.body) { // it stands in a link's target
		r.how.Shown = true
		r.fit()
	}
	r.selected = m.Item
	if row := redlineview.RowOf(r.body, m.Place()); row < r.offset || row >= r.offset+r.height() {
		r.jump(row - r.height()/3)
	}
}

// click selects the clause that is clicked on, and opens it where it is folded.
func (r *review) click(line, _ int) tea.Cmd {
	i := r.offset + line
	if i < 0 || i >= len(r.body) {
		return nil
	}
	r.selectRow(i)
	if r.body[i].Folded && r.laid.Toggle(r.body[i], &r.how) {
		r.fit()
	}
	return nil
}
