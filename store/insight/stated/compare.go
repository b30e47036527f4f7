package stated

import (
	"slices"
	"time"

	"fineprint/store/model"
)

// moving are the kinds that a new text should move, the most telling first.
var moving = []model.StatedKind{model.StatedUpdated, model.StatedEffective, model.StatedDated, model.StatedPublished}

// Compare tells what became of the dates of a document from one text to the next, which
// was captured at a time. It is nil where neither states any.
func Compare(old, new []model.StatedDate, captured time.Time) *model.StatedChange {
	var c model.StatedChange
	c.How, c.From, c.To = movement(old, new)
	c.Effective = effective(old, new, captured)
	if c.How == "" && c.Effective == nil {
		return nil
	}
	c.Announced = c.Effective != nil && isAhead(*c.Effective, captured)
	return &c
}

// CompareTexts is [Compare] of two texts, with the words that say so.
func CompareTexts(old, new string, oldCaptured, captured time.Time) *model.StatedChange {
	c := Compare(Find(old, oldCaptured), Find(new, captured), captured)
	if c == nil {
		return nil
	}
	for _, side := range []struct {
		date *model.StatedDate
		text string
	}{{c.From, old}, {c.To, new}, {c.Effective, new}} {
		if d := side.date; d != nil {
			d.Words = side.text[d.Start:d.End]
		}
	}
	return c
}

// movement compares the newest date of each kind.
func movement(old, new []model.StatedDate) (how model.StatedHow, from, to *model.StatedDate) {
	var gone, came *model.StatedDate
	for _, kind := range moving {
		a, b := newest(old, kind), newest(new, kind)
		switch {
		case a == nil && b == nil:
		case b == nil:
			gone = first(gone, a)
		case a == nil:
			came = first(came, b)
		case a.SameDate(*b):
			how = model.StatedStayed
		default:
			return model.StatedMoved, a, b
		}
	}
	switch {
	case gone != nil && came != nil:
		return model.StatedMoved, gone, came
	case came != nil:
		return model.StatedAppeared, nil, came
	case gone != nil:
		return model.StatedDisappeared, gone, nil
	}
	return how, nil, nil
}

func first(a, b *model.StatedDate) *model.StatedDate {
	if a != nil {
		return a
	}
	return b
}

// newest is the latest date of a kind, nil for none.
func newest(list []model.StatedDate, kind model.StatedKind) *model.StatedDate {
	var best *model.StatedDate
	for i := range list {
		if d := &list[i]; d.Kind == kind && (best == nil || d.Date > best.Date) {
			best = d
		}
	}
	return best
}

// effective is from when the new text says that it holds, or a clause of it does: what
// is new of that, and else what is still to come.
func effective(old, new []model.StatedDate, captured time.Time) *model.StatedDate {
	for _, kind := range []model.StatedKind{model.StatedEffective, model.StatedApplies} {
		var fresh, coming []model.StatedDate
		for _, d := range new {
			switch {
			case d.Kind != kind:
			case !slices.ContainsFunc(old, d.SameDate):
				fresh = append(fresh, d)
			case isAhead(d, captured):
				coming = append(coming, d)
			}
		}
		if d := newest(fresh, kind); d != nil {
			return d
		}
		if d := newest(coming, kind); d != nil {
			return d
		}
	}
	return nil
}

// isAhead reports whether a date was still to come.
func isAhead(d model.StatedDate, captured time.Time) bool {
	return d.Last().After(captured.Add(aDay))
}
