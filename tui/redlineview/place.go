package redlineview

import (
	"slices"

	"fineprint/store/model"
)

// Place is where a reader is: a word of one of the two texts, or a row of ours.
// It outlives the layout that it was taken from.
type Place struct {
	Item int
	Old  bool // Pos is of the old text, else of the new one
	Pos  int  // where the word begins; negative for the item's first row
	End  bool // the empty row after that word's paragraph
}

// PlaceOf returns the place that row i begins with.
func PlaceOf(rows []Row, i int) Place {
	if i < 0 || i >= len(rows) {
		return Place{Item: -1, Pos: -1}
	}
	r := rows[i]
	p := Place{Item: r.Item, Pos: -1}
	switch {
	case r.block == nil && !r.label && r.Item >= 0 && i > 0 && rows[i-1].Item == r.Item:
		p = PlaceOf(rows, i-1)
		p.End = true
	case r.block == nil && r.fold == 0:
	case r.New < 0 || r.first == model.Delete:
		p.Old, p.Pos = true, r.Old
	default:
		p.Pos = r.New
	}
	return p
}

// RowOf returns the row that shows a place, or what is nearest to it.
func RowOf(rows []Row, p Place) int {
	first := slices.IndexFunc(rows, func(r Row) bool { return r.Item <= p.Item && p.Item <= r.Last })
	if first < 0 {
		if after := slices.IndexFunc(rows, func(r Row) bool { return r.Item > p.Item }); after >= 0 {
			return after
		}
		return max(0, len(rows)-1)
	}
	best := first
	for i := first; p.Pos >= 0 && i < len(rows); i++ {
		r := rows[i]
		start := r.New
		if p.Old {
			start = r.Old
		}
		if r.Item <= p.Item && p.Item <= r.Last && start >= 0 && start <= p.Pos {
			best = i
		}
	}
	for i := best; p.End && i < len(rows) && rows[i].Item == p.Item; i++ {
		if rows[i].block == nil && !rows[i].label {
			return i
		}
	}
	return best
}

// Place returns where a match begins.
func (x Match) Place() Place { return Place{Item: x.Item, Old: x.Old, Pos: x.Start} }

// Label reports whether a row is one of ours, about what follows or is folded.
func (r Row) Label() bool { return r.label }
