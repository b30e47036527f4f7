package positions

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/insight/playbook"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

// ChangeDeviations lists what a change did to the deviations from the saved playbook.
func (b *Book) ChangeDeviations(ctx context.Context, id model.ID) (list []model.ChangeDeviation, err error) {
	err = b.db.View(ctx, func(tx *kv.Tx) error {
		p, _, err := saved(tx)
		if err != nil || p == nil {
			return err
		}
		n, err := rows.ChangeNumber(tx, id)
		if err != nil {
			return err
		}
		var head rows.Head
		if err := readHead(tx, n, &head); err != nil {
			return err
		}
		doc, err := rows.GetDocument(tx, head.Document)
		if err != nil {
			return err
		}
		judge, err := b.typist.Judge(tx)
		if err != nil {
			return err
		}
		w := walker{tx: tx, book: p, checker: newChecker(p, judge), blobs: blob.NewReader(tx), doc: doc, n: head.Document}
		list, err = w.change(n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("holding %s against the playbook: %w", id, err)
	}
	return list, nil
}

// saved reads the playbook that holds, nil for none, and its number.
func saved(tx *kv.Tx) (*playbook.Playbook, uint64, error) {
	row, n, err := recordrows.NewestPlaybook(tx)
	if err != nil || n == 0 {
		return nil, n, err
	}
	p, err := playbook.Parse([]byte(row.File))
	return p, n, err
}

func readHead(tx *kv.Tx, n uint64, h *rows.Head) error {
	key := kv.Key(n)
	payload, err := kv.Unseal(kv.BucketRow, key, tx.Bucket(kv.BucketRow).Get(key))
	if err != nil {
		return err
	}
	return rows.ScanRow(payload, h)
}

// walker goes through the changes of a document.
type walker struct {
	tx      *kv.Tx
	book    *playbook.Playbook
	checker *playbook.Checker
	blobs   *blob.Reader
	doc     rows.Document
	n       uint64
}

// text reads a version's text.
func (w *walker) text(seq int) (string, error) {
	v, err := rows.GetVersion(w.tx, w.n, seq)
	if err != nil || v.Text == 0 {
		return "", err
	}
	b, err := w.blobs.Read(v.Text)
	return string(b), err
}

// change compares the deviations before and after each clause change.
func (w *walker) change(n uint64) ([]model.ChangeDeviation, error) {
	scope := w.checker.Clauses(w.doc.Name, w.doc.Slug, w.doc.Type)
	if len(scope) == 0 {
		return nil, nil
	}
	var row rows.Change
	if _, err := kv.GetRow(w.tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return nil, err
	}
	clauses, err := rows.Clauses(w.tx, n)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(clauses, func(c model.ClauseChange) bool { return c.Material }) {
		return nil, nil
	}
	old, err := w.text(row.From.Seq)
	if err != nil {
		return nil, err
	}
	new, err := w.text(row.To.Seq)
	if err != nil {
		return nil, err
	}
	var before, after []playbook.Found
	for _, c := range clauses {
		if !c.Material {
			continue
		}
		heading := c.Heading
		if c.OldHeading != nil {
			heading = c.OldHeading
		}
		before = append(before, w.side(old, c.Old, heading, scope)...)
		after = append(after, w.side(new, c.New, c.Heading, scope)...)
	}
	return w.differences(before, after), nil
}

func (w *walker) side(text string, at *model.ByteRange, heading []string, scope []int) []playbook.Found {
	if at == nil || at.Start < 0 || at.End > len(text) || at.Start > at.End {
		return nil
	}
	list := slices.Clone(w.checker.Clause(text[at.Start:at.End], heading, w.doc.Type, scope))
	for i := range list {
		list[i].Start, list[i].End = list[i].Start+at.Start, list[i].End+at.Start
	}
	return list
}

// differences are deviations that came, went, or are others now.
func (w *walker) differences(before, after []playbook.Found) []model.ChangeDeviation {
	var gone, came []playbook.Found
	for _, f := range before {
		if !take(&after, f) {
			gone = append(gone, f)
		}
	}
	came = after
	var list []model.ChangeDeviation
	for _, f := range came {
		d := model.ChangeDeviation{How: model.DeviationIntroduced, Deviation: w.book.Deviation(f)}
		if i := slices.IndexFunc(gone, func(g playbook.Found) bool { return g.Position == f.Position }); i >= 0 {
			d.How, d.Was = model.DeviationAltered, gone[i].What
			gone = slices.Delete(gone, i, i+1)
		}
		list = append(list, d)
	}
	for _, f := range gone {
		list = append(list, model.ChangeDeviation{How: model.DeviationRemoved, Deviation: w.book.Deviation(f)})
	}
	return list
}

// take removes what is the same as f, if something is.
func take(list *[]playbook.Found, f playbook.Found) bool {
	i := slices.IndexFunc(*list, func(g playbook.Found) bool { return g.Position == f.Position && g.What == f.What })
	if i >= 0 {
		*list = slices.Delete(*list, i, i+1)
	}
	return i >= 0
}
