// Package viewport is how a redline is read on a screen: where in it the reader
// is, how it is laid out, what is folded, and what is searched for. The review of
// a change and the comparison of two versions read by it in the same way. It is not for
// what is decided, nor for laying out (package redlineview).
//
// Invariants:
//   - However the layout changes, the screen begins with the same word.
//   - What is searched for is brought into sight, whatever hides it.
//   - The layout stays as it was set from one change to the next.
package viewport

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// Viewport is where in a redline the reader is and how it is laid out. It is
// made with the Common it draws with.
type Viewport struct {
	*kit.Common
	// Columns is how wide the text is drawn, 0 for as wide as the window, and Left how
	// many columns of the window are before it.
	Columns, Left int

	laid   *redlineview.Layouter
	how    redlineview.Options
	body   []redlineview.Row
	offset int
	// top is the word that the screen begins with: kept when the layout changes,
	// taken again only when the reader moves, so that going back and forth between
	// two layouts doesn't creep.
	top      redlineview.Place
	selected redlineview.Place // where the reader is
	// landed: the change has been laid out since it was opened, which may have
	// been before the window's size was known.
	landed bool
	query  string
	found  *redlineview.Matches
	heat   []redlineview.HeatCell // of body, for so many cells; nil: not made yet
	heatOf int
	builds int // of body, counted
	drawn  []string
	frame  frame // what drawn shows
}

// frame is all that the drawn rows depend on. What a screen draws beside them changes with
// every character that is typed; they don't.
type frame struct {
	build, first, height, at, item, match int
	found                                 *redlineview.Matches
}

// Open lays a redline out from its first material clause change on; of which
// also those that are immaterial are shown when it is told to.
func (v *Viewport) Open(laid *redlineview.Layouter, immaterial bool) {
	v.laid = laid
	v.how.Immaterial, v.how.Unchanged, v.how.Toggled = immaterial, false, nil
	v.query, v.found = "", nil
	v.selected, v.offset, v.top = redlineview.Place{Pos: -1}, 0, redlineview.Place{Pos: -1}
	v.landed = false
	v.Fit()
}

// Replace lays another reading of the same redline out, and keeps the place.
func (v *Viewport) Replace(laid *redlineview.Layouter) {
	v.laid = laid
	v.Fit()
}

// SetNotes has what is noted on clause changes shown under their headings, from the next
// time on that the redline is laid out.
func (v *Viewport) SetNotes(notes map[int][]string) { v.how.Notes = notes }

// Close forgets the redline; how it was laid out stays.
func (v *Viewport) Close() { v.laid, v.body, v.found, v.drawn = nil, nil, nil, nil }

// land goes to the first clause change that counts, and to its first edit.
func (v *Viewport) land() {
	v.landed = true
	for i, row := range v.body {
		if row.Stop {
			v.selectRow(i)
			v.jump(i)
			break
		}
	}
	for i, row := range v.body {
		if row.Edit {
			v.selectRow(i)
			v.bring(i)
			return
		}
	}
}

func (v *Viewport) layOut() {
	if v.laid == nil || v.W == 0 {
		return
	}
	v.how.Width, v.how.Window, v.how.Theme = v.width(), v.W, v.Theme
	v.how.NoiseKey = v.Keys.Key(keys.Folded)
	v.body, v.heat = v.laid.Build(v.how), nil
	v.builds++
}

// width is how wide the text is drawn.
func (v *Viewport) width() int {
	if v.Columns > 0 {
		return min(v.Columns, v.W)
	}
	return v.W
}

// Fit lays the change out again and keeps the word that the screen begins with.
func (v *Viewport) Fit() {
	v.layOut()
	if !v.landed && len(v.body) > 0 {
		v.land()
		return
	}
	v.offset = v.within(redlineview.RowOf(v.body, v.top))
}

// within is the nearest row that the screen may begin with.
func (v *Viewport) within(row int) int { return max(0, min(row, len(v.body)-v.Height())) }

// first is the row that the screen begins with; a prompt that closed may have
// left more room than there was when the offset was chosen.
func (v *Viewport) first() int { return v.within(v.offset) }

// jump makes a row the first on the screen, as far as there are rows to fill it.
func (v *Viewport) jump(row int) {
	v.offset = v.within(row)
	v.top = redlineview.PlaceOf(v.body, v.offset)
}

// Scroll moves by rows and selects what is at the top then.
func (v *Viewport) Scroll(by int) {
	before := v.first()
	v.jump(before + by)
	if v.offset == before {
		return
	}
	i := v.offset
	if i+1 < len(v.body) && v.top.End {
		i++ // the empty row before it
	}
	v.selectRow(i)
}

func (v *Viewport) selectRow(i int) { v.selected = redlineview.PlaceOf(v.body, i) }

// Clause is the clause change that the reader is at, of n, -1 when at none.
func (v *Viewport) Clause(n int) int {
	if len(v.body) == 0 {
		return -1
	}
	if at := v.row(); at < len(v.body) && v.body[at].Clause < n {
		return v.body[at].Clause
	}
	return -1
}

// row is the row that the reader is at.
func (v *Viewport) row() int { return redlineview.RowOf(v.body, v.selected) }

// isSelected reports whether row i is marked as where the reader is: the first row of
// the item and, further down in it, the one that the reader is at.
func (v *Viewport) isSelected(i, at int) bool {
	row := v.body[i]
	if i != at {
		return row.Head && row.Item <= v.selected.Item && v.selected.Item <= row.Last
	}
	for k := i - 1; k >= 0 && !v.body[k+1].Head && !row.Folded; k-- {
		if v.body[k].Edit {
			return true
		}
		if v.body[k].Head {
			return false // the heading's mark is enough at the first edit
		}
	}
	return true
}

// step goes to the next or previous row that is one to stop at, and brings it into
// sight.
func (v *Viewport) step(by int, stops func(redlineview.Row) bool) kit.Action {
	for i := v.row() + by; i >= 0 && i < len(v.body); i += by {
		if stops(v.body[i]) {
			v.selectRow(i)
			v.bring(i)
			v.tellCopies(v.body[i])
			return nil
		}
	}
	if by < 0 {
		v.SetStatus("First change in this document%s", v.leads(keys.PrevChange, "previous document"))
	} else {
		v.SetStatus("Last change in this document%s", v.leads(keys.NextChange, "next document"))
	}
	return nil
}

// stepBack goes to the previous row that is one to stop at: where the heading of the
// clause that the reader is in is in sight, to the one before it.
func (v *Viewport) stepBack(stops func(redlineview.Row) bool) kit.Action {
	at := v.row()
	if first := v.headOf(at); first >= v.offset && !v.body[at].Folded {
		v.selectRow(first)
	}
	return v.step(-1, stops)
}

// headOf is the first row of the item that row i is of.
func (v *Viewport) headOf(i int) int {
	for i > 0 && !v.body[i].Head {
		i--
	}
	return i
}

// leads tells which key goes on, "" when none does.
func (v *Viewport) leads(c keys.Command, to string) string {
	if key := v.Keys.Key(c); key != "" {
		return " (" + key + " " + to + ")"
	}
	return ""
}

// tellCopies reports that the edit of a row is made more than once.
func (v *Viewport) tellCopies(row redlineview.Row) {
	if row.Edit && row.Copies > 1 {
		v.SetStatus("Same edit ×%d%s", row.Copies, v.leads(keys.NextFold, "goes to every clause change"))
	}
}

// around is how many rows of context are kept in sight above and below an edit.
const around = 2

// bring brings row i into sight with what is around it: an item's first rows as the
// first ones, an edit with its heading where there is room.
func (v *Viewport) bring(i int) {
	end := i + 1
	for end < len(v.body) && v.body[end].Item == v.body[i].Item && !v.body[end].Head && !v.body[end].Edit {
		end++
	}
	height := v.Height()
	from := i
	if !v.body[i].Head {
		end = min(end, i+1+around)
		for from > 0 && from > i-height/3 && !v.body[from].Head {
			from--
		}
	}
	if i < v.offset+min(around, from) && i != v.offset || i < v.offset || end > v.offset+height {
		v.jump(from)
	}
}

func head(row redlineview.Row) bool { return row.Head || row.Folded }

func edited(row redlineview.Row) bool { return row.Edit }

// Count is at which of how many clause changes the reader is, of those that say
// something.
func (v *Viewport) Count() (at, of int) {
	if v.laid == nil {
		return 0, 0
	}
	for i := min(v.row(), len(v.body)-1); i >= 0 && at == 0; i-- {
		at = v.body[i].Number
	}
	return at, v.laid.Numbered()
}

// Breadcrumb is the path of headings above the first row, where no row shows it.
func (v *Viewport) Breadcrumb() string {
	if len(v.body) == 0 {
		return ""
	}
	i := v.first()
	if i+1 < len(v.body) && redlineview.PlaceOf(v.body, i).End {
		i++
	}
	if row := v.body[i]; !row.Label() {
		return v.laid.Path(row.Item, v.width(), v.how)
	}
	return ""
}

// Lines draws the rows from the first one on.
func (v *Viewport) Lines(height int) []string {
	now := frame{build: v.builds, first: v.first(), height: height, at: v.row(), item: v.selected.Item, found: v.found}
	if v.found != nil {
		now.match = v.found.At
	}
	if v.drawn == nil || now != v.frame {
		v.drawn, v.frame = []string{}, now
		for i := now.first; i < len(v.body) && len(v.drawn) < height; i++ {
			v.drawn = append(v.drawn, v.body[i].Text(v.how, v.isSelected(i, now.at), v.found))
		}
	}
	return slices.Clone(v.drawn)
}

// Status is how far it is scrolled, what was found and what is left out.
func (v *Viewport) Status() string {
	parts := []string{v.Percent(v.first(), len(v.body))}
	if v.found != nil {
		query := ansi.Truncate(sanitize.Line(v.query), 24, v.Theme.Ellipsis)
		text := fmt.Sprintf("%d/%d matches of %s%s  esc done", v.found.At+1, len(v.found.List), query,
			v.leads(keys.NextEdit, "next"))
		parts = append([]string{text}, parts...)
	}
	if name := zooms[v.how.Zoom]; name != "" {
		parts = append(parts, name)
	}
	if v.how.Source {
		parts = append(parts, "source view")
	}
	return strings.Join(parts, "  ")
}

var zooms = map[redlineview.Zoom]string{
	redlineview.NewOnly: "new text only",
	redlineview.OldOnly: "old text only",
}

// handlers are what the reader does at the commands of reading.
var handlers = kit.Handlers[*Viewport]{
	keys.NextEdit:   func(v *Viewport) kit.Action { return v.stepEdit(1) },
	keys.PrevEdit:   func(v *Viewport) kit.Action { return v.stepEdit(-1) },
	keys.NextFold:   func(v *Viewport) kit.Action { return v.step(1, head) },
	keys.PrevFold:   func(v *Viewport) kit.Action { return v.stepBack(head) },
	keys.Partner:    (*Viewport).toPartner,
	keys.Find:       (*Viewport).askFind,
	keys.NextFound:  func(v *Viewport) kit.Action { return v.nextFound(1) },
	keys.PrevFound:  func(v *Viewport) kit.Action { return v.nextFound(-1) },
	keys.Back:       (*Viewport).endFind,
	keys.Layout:     relaid((*Viewport).toggleInline),
	keys.Zoom:       relaid(func(v *Viewport) { v.how.Zoom = (v.how.Zoom + 1) % 3 }),
	keys.Narrower:   relaid(func(v *Viewport) { v.changeRatio(-5) }),
	keys.Wider:      relaid(func(v *Viewport) { v.changeRatio(5) }),
	keys.Whole:      relaid((*Viewport).toggleWhole),
	keys.Folded:     relaid((*Viewport).toggleImmaterial),
	keys.Unfold:     relaid((*Viewport).unfold),
	keys.OpenFold:   relaid((*Viewport).openFold),
	keys.UnfoldAll:  relaid((*Viewport).unfoldAll),
	keys.Reveal:     relaid(func(v *Viewport) { v.how.Shown = !v.how.Shown }),
	keys.SourceView: relaid(func(v *Viewport) { v.how.Source = !v.how.Source }),
}

// relaid is a handler that changes how the redline is laid out.
func relaid(change func(*Viewport)) func(*Viewport) kit.Action {
	return func(v *Viewport) kit.Action {
		change(v)
		v.Fit()
		return nil
	}
}

// Commands lists the commands of reading.
func (v *Viewport) Commands() []keys.Command { return handlers.Commands() }

// Run carries a command of reading out. Back is one while something is searched
// for: it ends the search.
func (v *Viewport) Run(c keys.Command) (kit.Action, bool) {
	if v.laid == nil || len(v.body) == 0 || c == keys.Back && v.found == nil {
		return nil, false
	}
	return handlers.Run(v, c)
}

func (v *Viewport) askFind() kit.Action {
	return kit.Ask{Question: kit.Question{Label: "Find in this change", Value: v.query, Done: v.find}}
}

func (v *Viewport) endFind() kit.Action {
	v.query, v.found = "", nil
	return nil
}

func (v *Viewport) toggleInline() {
	if v.W < redlineview.MinSplit {
		v.SetStatus("Side by side needs a window of %d columns; this one has %d", redlineview.MinSplit, v.W)
		return
	}
	v.how.Inline = !v.how.Inline
}

func (v *Viewport) toggleWhole() {
	v.how.Whole = !v.how.Whole
	v.search()
}

func (v *Viewport) toggleImmaterial() { v.how.Immaterial, v.how.Toggled = !v.how.Immaterial, nil }

// stepEdit goes to the next or previous edit or, while something is searched for, to
// the next or previous match.
func (v *Viewport) stepEdit(by int) kit.Action {
	if v.found != nil {
		return v.nextFound(by)
	}
	return v.step(by, edited)
}

func (v *Viewport) unfold() {
	if !v.laid.Toggle(v.body[v.row()], &v.how) {
		v.SetStatus("Nothing is folded here")
	}
}

// openFold unfolds what the reader is at, and folds nothing.
func (v *Viewport) openFold() {
	if v.body[v.row()].Folded {
		v.unfold()
		return
	}
	v.SetStatus("Nothing is folded here%s", v.leads(keys.Unfold, "folds this clause"))
}

func (v *Viewport) unfoldAll() {
	all := !(v.how.Immaterial && v.how.Unchanged)
	v.how.Immaterial, v.how.Unchanged, v.how.Toggled = all, all, nil
}

// The least and most part of the room that the left column gets, in percent.
const minRatio, maxRatio = 20, 80

// Ratio is the part of the room that the left column gets, in percent.
func (v *Viewport) Ratio() int { return v.how.Ratio }

// SetRatio gives the left column so much of the room, where that is a possible
// part of it.
func (v *Viewport) SetRatio(percent int) {
	if minRatio <= percent && percent <= maxRatio {
		v.how.Ratio = percent
	}
}

func (v *Viewport) changeRatio(by int) {
	if !v.how.Split() {
		v.SetStatus("There is one column only; the room is shared side by side")
		return
	}
	if v.how.Ratio == 0 {
		v.how.Ratio = 50
	}
	v.how.Ratio = max(minRatio, min(v.how.Ratio+by, maxRatio))
	v.SetStatus("Old text: %d%% of the width", v.how.Ratio)
}

// toPartner goes from a moved clause to the place it left, and back.
func (v *Viewport) toPartner() kit.Action {
	k := v.laid.Partner(v.selected.Item)
	if k < 0 {
		v.SetStatus("This clause was not moved")
		return nil
	}
	at := redlineview.Place{Item: k, Pos: -1}
	v.laid.Reveal(at, &v.how)
	v.Fit()
	v.selected = at
	v.jump(v.row())
	return nil
}

// find searches for words and goes to the first place at or below the top.
func (v *Viewport) find(query string) kit.Action {
	v.query = query
	v.search()
	if v.found == nil {
		return nil
	}
	if len(v.found.List) == 0 {
		where := "what changed" + v.leads(keys.Whole, "shows the whole document")
		if v.how.Whole {
			where = "this document"
		}
		v.SetStatus("%q is not in %s", query, where)
		v.found = nil
		return nil
	}
	at := 0
	for i, m := range v.found.List {
		if redlineview.RowOf(v.body, m.Place()) >= v.offset {
			at = i
			break
		}
	}
	v.toFound(at)
	return nil
}

// search finds the query again, in what is shown now.
func (v *Viewport) search() {
	v.found = nil
	if v.query != "" {
		v.found = v.laid.Find(v.query, v.how.Whole)
	}
}

func (v *Viewport) nextFound(by int) kit.Action {
	if v.found == nil || len(v.found.List) == 0 {
		v.SetStatus("Nothing is searched for%s", v.leads(keys.Find, "searches"))
		return nil
	}
	n := len(v.found.List)
	v.toFound((v.found.At + by + n) % n)
	return nil
}

// toFound brings a place that was found into sight, unfolding what hides it.
func (v *Viewport) toFound(i int) {
	v.found.At = i
	m := v.found.List[i]
	v.laid.Reveal(m.Place(), &v.how)
	v.Fit()
	if !m.Visible(v.body) {
		v.how.Zoom = redlineview.Both
		v.Fit()
	}
	if !m.Visible(v.body) { // it is in a link's target
		v.how.Shown = true
		v.Fit()
	}
	v.selected = m.Place()
	if row := redlineview.RowOf(v.body, m.Place()); row < v.offset || row >= v.offset+v.Height() {
		v.jump(row - v.Height()/3)
	}
}

// Click selects the clause that is clicked on, and opens it where it is folded.
func (v *Viewport) Click(line, _ int) kit.Action {
	i := v.offset + line
	if i < 0 || i >= len(v.body) {
		return nil
	}
	v.selectRow(i)
	if v.body[i].Folded && v.laid.Toggle(v.body[i], &v.how) {
		v.Fit()
	}
	return nil
}
