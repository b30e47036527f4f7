package glance

import (
	"context"

	"fineprint/store/model"
	"fineprint/tui/redlineview"
)

// content is what was read of a change.
type content struct {
	id        model.ID
	document  model.Document
	review    model.Review
	clauses   int // how many there are
	chosen    []int
	detail    model.ChangeDetail // the telling clauses alone, each in its window
	laid      *redlineview.Layouter
	rest      []rest
	precedent *model.Precedent
	months    model.Months
	stale     bool

	rows  []redlineview.Row // laid out as how says
	how   redlineview.Options
	dark  string // what tells the background of the theme
	bytes int    // about what it takes in memory
}

// rest is how many clause changes of a kind are not shown, and what the first of them is
// under; the title of the document only where nothing else is known.
type rest struct {
	kind  model.Kind
	n     int
	under string
	deep  bool // under is no title
}

// maxTelling is how many clause changes are compared.
const maxTelling = 6

// bytesPerByte is about how many bytes of memory a byte of text takes once it is laid
// out, and bytesPerContent what there is beside.
const bytesPerByte, bytesPerContent = 24, 4 << 10

// readContent reads a change; with a content of it only what may be otherwise by now. cut
// stands where a clause is cut.
func readContent(ctx context.Context, desk Reader, id model.ID, known *content, cut string) (*content, error) {
	c := &content{id: id}
	if known != nil {
		*c = *known
		c.stale, c.precedent = false, nil
	} else {
		d, err := desk.Change(ctx, id)
		if err != nil {
			return nil, err
		}
		c.take(d, cut)
	}
	var err error
	if c.months, err = desk.DocumentActivity(ctx, c.document.ID); err != nil {
		return nil, err
	}
	if c.review.State != model.Pending {
		return c, nil
	}
	found, err := desk.Precedents(ctx, id, 1)
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		c.precedent = &found[0]
	}
	return c, nil
}

// take keeps of a change what is shown of it, and compares its telling clauses.
func (c *content) take(d model.ChangeDetail, cut string) {
	c.document, c.review, c.clauses = d.Document, d.Review, len(d.Change.Clauses)
	c.chosen = Telling(d, maxTelling)
	c.detail = excerpt(d, c.chosen, cut)
	c.laid = redlineview.New(c.detail)
	c.rest = others(d.Change.Clauses, c.chosen)
	c.bytes = bytesPerContent + bytesPerByte*(len(c.detail.OldText)+len(c.detail.NewText))
}

// others counts by kind the clause changes that are not chosen: those that are material,
// or all of a change that is not.
func others(clauses []model.ClauseChange, chosen []int) []rest {
	is := map[int]bool{}
	material := false
	for _, i := range chosen {
		is[i] = true
		material = material || clauses[i].Material
	}
	var list []rest
	for _, kind := range []model.Kind{model.Added, model.Removed, model.Modified, model.Moved} {
		r := rest{kind: kind}
		for i, c := range clauses {
			if is[i] || c.Kind != kind || c.Material != material {
				continue
			}
			r.n++
			if n := len(c.Heading); n > 0 && (r.under == "" || n > 1 && !r.deep) {
				r.under, r.deep = c.Heading[n-1], n > 1
			}
		}
		if r.n > 0 {
			list = append(list, r)
		}
	}
	return list
}
