package timeline

import (
	"slices"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/similar"
)

// maxPrints bounds how many fingerprints a State remembers.
const maxPrints = 8

// turnPrint is the fingerprint of a change between two texts, of whose clause changes these
// were material.
type turnPrint struct {
	old, new string
	material []bool
	made     similar.Fingerprint
}

// of reports whether the fingerprint is that of a change.
func (p *turnPrint) of(old, new string, clauses []model.ClauseChange) bool {
	return p.old == old && p.new == new && slices.EqualFunc(p.material, clauses,
		func(material bool, c model.ClauseChange) bool { return material == c.Material })
}

// turnPrints are fingerprints of a document's turns, the one used last first: it goes back
// and forth between the same texts.
type turnPrints []*turnPrint

// fingerprint makes the fingerprint of what a text changed in the good one, or finds
// that of the same turn before.
func (t *step) fingerprint(found *detect.Result) similar.Fingerprint {
	old, new := t.Text(), t.c.Text
	p := &turnPrint{old: old, new: new}
	if i := slices.IndexFunc(t.prints, func(p *turnPrint) bool { return p.of(old, new, found.Clauses) }); i >= 0 {
		p = t.prints[i]
	} else {
		p.made = similar.New(old, new, found.Clauses)
		for i := range found.Clauses {
			p.material = append(p.material, found.Clauses[i].Material)
		}
	}
	if len(found.Back) > 0 {
		t.prints = t.prints.with(p)
	}
	return p.made
}

// with returns the list with one that was just used.
func (l turnPrints) with(p *turnPrint) turnPrints {
	list := append(make(turnPrints, 0, maxPrints), p)
	for _, q := range l {
		if q != p && len(list) < maxPrints {
			list = append(list, q)
		}
	}
	return list
}

func (l turnPrints) size() (n int) {
	for _, p := range l {
		n += len(p.new) + len(p.material) + 200 // the old text is another one's new
	}
	return n
}
