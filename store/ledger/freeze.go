package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fineprint/store/clausetype"
	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/standing"
	"fineprint/store/text/clause"
	"fineprint/store/wording"
)

// provisionPreview is the record that approving what is written now would make; the one
// that stands, where nothing was written since it was approved.
func (l *Ledger) provisionPreview(ctx context.Context, tx *kv.Tx, n uint64, p review.Provision) (model.Record, error) {
	if p.State == model.Approved {
		return inForce(tx, n, p.InForce)
	}
	b, err := l.newBuilder(tx, n, p)
	if err != nil {
		return model.Record{}, err
	}
	err = b.build(ctx)
	return b.record, err
}

// inForce reads a revision of a provision record and whether it is stale.
func inForce(tx *kv.Tx, n uint64, revision int) (model.Record, error) {
	key := kv.PairKey(n, revision)
	r, err := rows.ReadRecord(tx, key, tx.Bucket(kv.BucketRecord).Get(key))
	if err != nil {
		return r, err
	}
	r.Stale, err = rows.StaleRecord(tx, r.Document.Number(), n)
	return r, err
}

// builder puts together what a provision record holds.
type builder struct {
	ledger *Ledger
	tx     *kv.Tx
	n      uint64
	p      review.Provision
	number uint64 // of the document
	doc    rows.Document
	change rows.Change    // that it was picked from; zero for none
	texts  map[int]string // by the version
	record model.Record
}

func (l *Ledger) newBuilder(tx *kv.Tx, n uint64, p review.Provision) (*builder, error) {
	b := &builder{ledger: l, tx: tx, n: n, p: p, number: p.Picked.Document.Number(), texts: map[int]string{}}
	var err error
	b.doc, err = rows.GetDocument(tx, b.number)
	return b, err
}

// build fills the record in.
func (b *builder) build(ctx context.Context) error {
	w, p := b.p.Writing, b.p
	b.record = model.Record{ID: p.Record, Revision: p.Newest + 1, Kind: model.ProvisionRecord, Change: p.Picked.Change,
		State: p.State, Platform: model.Platform{Slug: b.doc.Slug, Name: b.doc.Name}, Document: p.Picked.Document,
		Type: b.doc.Type, Severity: w.Severity, Confidence: w.Confidence, Basis: w.Basis, Summary: w.Summary,
		Note: w.InterpretiveNote, Author: b.author(), Content: w.Content, Authors: maps.Clone(p.Authors),
		Clauses: []model.RecordClause{}, Algorithm: detect.Version}
	for _, step := range []func(context.Context) error{b.evidence, b.provisions, b.redline, b.history, b.surroundings} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	b.ledger.standingTexts(&b.record, &w)
	b.record.Citation = wording.Citation(b.record)
	var err error
	b.record.Stale, err = standing.JudgeQuotes(b.tx, b.record)
	return err
}

// author is who judged it: who wrote the severity last, or else anything.
func (b *builder) author() string {
	if a, ok := b.p.Authors["severity"]; ok {
		return a.By
	}
	return b.p.Latest.Actor
}

// evidence names the versions that it is about.
func (b *builder) evidence(context.Context) error {
	if n := b.p.Picked.Change.Number(); n != 0 {
		if _, err := kv.GetRow(b.tx, kv.BucketRow, kv.Key(n), &b.change); err != nil {
			return err
		}
		b.record.Algorithm = b.change.Algorithm
		from, err := b.version(b.change.From.Seq)
		if err != nil {
			return err
		}
		if b.record.From, err = evidenceOf(b.tx, from, b.texts[from.Seq]); err != nil {
			return err
		}
	}
	to, err := b.version(b.p.Picked.Seq)
	if err == nil {
		b.record.To, err = evidenceOf(b.tx, to, b.texts[to.Seq])
	}
	return err
}

func (b *builder) version(seq int) (model.Version, error) {
	v, text, err := rows.VersionAndText(b.tx, b.number, seq)
	b.texts[seq] = text
	return v, err
}

// provisions quotes the clauses that it is about.
func (b *builder) provisions(context.Context) error {
	documents := map[int]*clause.Document{}
	for _, c := range b.p.Picked.Clauses {
		text, known := b.texts[c.Seq]
		if !known {
			return fmt.Errorf("%w: a clause of %s is of a version that it doesn't name", model.ErrDamaged, b.p.Record)
		}
		q, _, err := quote(text, &c.At)
		if err != nil {
			return err
		}
		if documents[c.Seq] == nil {
			if documents[c.Seq], err = provision.Split(text); err != nil {
				return err
			}
		}
		heading := []string{}
		if d := documents[c.Seq]; c.Number > 0 && c.Number <= len(d.Clauses) {
			heading = d.HeadingPath(c.Number - 1)
		}
		b.record.Provisions = append(b.record.Provisions, model.Provision{ID: c.Provision, Number: c.Number,
			Heading: heading, Quote: *q, Document: b.p.Picked.Document, Seq: c.Seq, Change: b.p.Picked.Change,
			ChangeClause: c.ChangeClause})
	}
	return nil
}

// redline adds the clause changes that it was picked from.
func (b *builder) redline(context.Context) error {
	if b.p.Picked.Change == "" {
		return nil
	}
	clauses, err := rows.Clauses(b.tx, b.p.Picked.Change.Number())
	if err != nil {
		return err
	}
	for _, c := range b.p.Picked.Clauses {
		i := slices.IndexFunc(clauses, func(changed model.ClauseChange) bool {
			at := changed.New
			if at == nil {
				at = changed.Old
			}
			return *at == c.At && (changed.New != nil) == (c.Seq == b.change.To.Seq)
		})
		if i < 0 {
			continue // detected otherwise since
		}
		rc, err := recordClause(clauses[i], b.texts[b.change.From.Seq], b.texts[b.change.To.Seq])
		if err != nil {
			return err
		}
		b.record.Clauses = append(b.record.Clauses, rc)
	}
	return nil
}

// standingTexts adds what follows from what is written of a record: what the registries
// say, the texts that it carries, and questions and answers.
func (l *Ledger) standingTexts(r *model.Record, w *model.Writing) {
	r.AgencyDetails, r.RegulationDetails = l.agencies().AgencyDetails(w), l.agencies().RegulationDetails(w)
	r.TypeDetails = nil
	for _, id := range w.Types {
		d := model.ClauseTypeDetail{ID: id, Name: id}
		if t, ok := clausetype.ByID(id); ok {
			d = model.ClauseTypeDetail{ID: t.ID, Name: t.Name, Family: t.Family, Definition: t.Definition}
		}
		r.TypeDetails = append(r.TypeDetails, d)
	}
	r.Methodology, r.MethodologyVersion = wording.Methodology, wording.MethodologyVersion
	r.Disclaimer, r.DisclaimerVersion = wording.Disclaimer, wording.DisclaimerVersion
	if len(r.Actions) > 0 {
		r.Caution = wording.Caution
	}
	r.FAQ = slices.Clip(wording.Questions(*r))
}
