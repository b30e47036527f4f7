package redlineview

import "fineprint/store/model"

// HeatCell is what changed in the rows that one cell of a strip beside the text
// stands for.
type HeatCell struct{ Added, Removed, Modified, Noise bool }

// heat are the flags of a row, in one byte.
type heat uint8

const (
	hotAdded heat = 1 << iota
	hotRemoved
	hotModified
	hotNoise
)

// Heat shares the rows of a whole layout out among the cells of a strip: row i is in
// cell i*cells/len(rows), and with fewer rows than cells each has its own.
func Heat(rows []Row, cells int) []HeatCell {
	if cells <= 0 {
		return nil
	}
	hot := make([]heat, cells)
	for i := range rows {
		at := i
		if len(rows) > cells {
			at = i * cells / len(rows)
		}
		hot[at] |= rows[i].heat
	}
	out := make([]HeatCell, cells)
	for i, h := range hot {
		out[i] = HeatCell{h&hotAdded != 0, h&hotRemoved != 0, h&hotModified != 0, h&hotNoise != 0}
	}
	return out
}

// temper sets a row's flags, of its words or of what it is in place of.
func (r *Row) temper(c model.ClauseChange) {
	if r.block == nil && r.fold > 0 {
		return // unchanged sentences
	}
	changed := false
	for _, l := range []line{r.left, r.right} {
		for _, s := range l {
			changed = changed || s.run.op != model.Equal
		}
	}
	switch {
	case !c.Material:
		if r.Folded || changed {
			r.heat = hotNoise
		}
	case !changed && !r.Folded && c.Kind != model.Moved:
	case c.Kind == model.Added:
		r.heat = hotAdded
	case c.Kind == model.Removed:
		r.heat = hotRemoved
	default:
		r.heat = hotModified
	}
}
