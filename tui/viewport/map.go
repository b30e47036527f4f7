package viewport

import "fineprint/tui/redlineview"

// Outline lists the sections of what is shown, nil when nothing is.
func (v *Viewport) Outline() []redlineview.Section {
	if v.laid == nil {
		return nil
	}
	return v.laid.Outline()
}

// Section is which section of the outline the reader is in, -1 when in none.
func (v *Viewport) Section() int {
	if v.laid == nil {
		return -1
	}
	return v.laid.SectionOf(v.selected.Item)
}

// ToSection goes to the first change of a section of the outline.
func (v *Viewport) ToSection(i int) {
	if sections := v.Outline(); i >= 0 && i < len(sections) {
		v.selected = redlineview.Place{Item: sections[i].Item, Pos: -1}
		v.jump(v.row())
	}
}

// Heat is what changed along the whole text, for a strip of so many cells.
func (v *Viewport) Heat(cells int) []redlineview.HeatCell {
	if v.heat == nil || v.heatOf != cells {
		v.heat, v.heatOf = redlineview.Heat(v.body, cells), cells
	}
	return v.heat
}

// Extent is which rows are in sight, from one to before another, of how many.
func (v *Viewport) Extent() (from, to, of int) {
	from = v.first()
	return from, min(from+v.Height(), len(v.body)), len(v.body)
}

// ScrollTo makes a row the first in sight, as far as there are rows below it.
func (v *Viewport) ScrollTo(row int) { v.Scroll(row - v.first()) }

// Bar is the column of the bar between the old and the new text, -1 where both are in one
// column.
func (v *Viewport) Bar() int { return v.how.Bar() }

// MoveBar shares the room out so that the bar is in a column, as far as it may go there.
func (v *Viewport) MoveBar(column int) {
	room := v.width() - 6
	if v.Bar() < 0 || room <= 0 {
		return
	}
	v.how.Ratio = max(minRatio, min((100*(column-3)+room/2)/room, maxRatio))
	v.Fit()
}
