package types

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
)

// place is a clause in a version of a document.
type place struct {
	document  uint64
	kind      string // type of the document
	seq       int
	text      string // of the version
	at        model.ByteRange
	headings  []string
	provision uint64
}

func (p *place) words() string { return p.text[p.at.Start:p.at.End] }

func (p *place) clause(tx *kv.Tx) model.ClauseTypes {
	return model.ClauseTypes{Document: tx.ID(model.DocumentID, p.document), Seq: p.seq,
		Provision: tx.ID(model.ClauseID, p.provision), Heading: p.headings, Text: p.words()}
}

// find returns the clause that is meant.
func find(ctx context.Context, tx *kv.Tx, ref model.ClauseRef) (*place, error) {
	var p *place
	var err error
	switch {
	case ref.Provision != "":
		p, err = ofProvision(ctx, tx, ref.Provision)
	case ref.Change != "":
		p, err = ofChange(tx, ref.Change, ref.Clause)
	default:
		p, err = ofVersion(tx, ref.Document, ref.Seq, ref.Clause)
	}
	if err != nil {
		return nil, err
	}
	doc, err := rows.GetDocument(tx, p.document)
	if err != nil {
		return nil, err
	}
	p.kind = doc.Type
	if p.headings == nil {
		p.headings = headingsAt(p.text, p.at.Start)
	}
	if p.provision == 0 {
		p.provision, err = provision.NewFinder(tx, p.document).Find(ctx, p.seq, p.at)
	}
	return p, err
}

// ofProvision is the clause of an ID, where its words stand.
func ofProvision(ctx context.Context, tx *kv.Tx, id model.ID) (*place, error) {
	d, err := provision.Detail(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	p := &place{document: d.Document.Number(), seq: d.Seq, at: model.ByteRange{Start: d.Quote.Start, End: d.Quote.End},
		provision: id.Number()}
	return p, p.read(tx)
}

// ofChange is a clause of a change as it is after it or, removed, was before.
func ofChange(tx *kv.Tx, id model.ID, number int) (*place, error) {
	n, err := rows.ChangeNumber(tx, id)
	if err != nil {
		return nil, err
	}
	clauses, err := rows.Clauses(tx, n)
	if err != nil {
		return nil, err
	}
	if number < 1 || number > len(clauses) {
		return nil, noClause(number, len(clauses))
	}
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return nil, err
	}
	c := clauses[number-1]
	p := &place{document: row.Document, seq: row.To.Seq}
	if c.New == nil {
		p.seq, p.at = row.From.Seq, *c.Old
	} else {
		p.at = *c.New
	}
	return p, p.read(tx)
}

// ofVersion is a clause of a version.
func ofVersion(tx *kv.Tx, id model.ID, seq, number int) (*place, error) {
	n, doc, err := rows.DocumentByID(tx, id)
	if err != nil {
		return nil, err
	}
	if seq, err = provision.Version(tx, n, doc, seq); err != nil {
		return nil, err
	}
	p := &place{document: n, seq: seq}
	if _, p.text, err = rows.VersionAndText(tx, n, seq); err != nil {
		return nil, err
	}
	d, err := provision.Split(p.text)
	if err != nil {
		return nil, err
	}
	if number < 1 || number > len(d.Clauses) {
		return nil, noClause(number, len(d.Clauses))
	}
	p.at, p.headings = d.Clauses[number-1].ByteRange, d.HeadingPath(number-1)
	return p, nil
}

func (p *place) read(tx *kv.Tx) (err error) {
	if _, p.text, err = rows.VersionAndText(tx, p.document, p.seq); err != nil {
		return err
	}
	if p.at.Start < 0 || p.at.End > len(p.text) || p.at.Start >= p.at.End {
		return fmt.Errorf("%w: a clause lies outside its text", model.ErrDamaged)
	}
	return nil
}

func noClause(number, all int) error {
	return fmt.Errorf("%w: there is no clause %d; there are %d, counted from 1", model.ErrInvalid, number, all)
}

// headingsAt are the headings above a place of a text.
func headingsAt(text string, at int) []string {
	d, err := provision.Split(text)
	if err != nil {
		return []string{}
	}
	for i := range d.Clauses {
		if d.Clauses[i].End > at {
			return d.HeadingPath(i)
		}
	}
	return []string{}
}

// isText reports whether a clause can be of a type: headings and lines are of none.
func isText(k clause.Kind) bool { return k != clause.Heading && k != clause.Rule && k != clause.Code }
