package provision

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// wordsOf returns the SHA-256 of a clause's visible words, by which it is known again;
// of the text itself where nothing of it is visible.
func wordsOf(text string) kv.Sum {
	if words := clause.Visible(text); words != "" {
		return kv.SumOfString(words)
	}
	return kv.SumOfString(text)
}

// Version returns the version that is meant by seq: the newest one that was read, when
// it is 0. The error wraps [model.ErrNotFound].
func Version(tx *kv.Tx, document uint64, doc rows.Document, seq int) (int, error) {
	id := tx.ID(model.DocumentID, document)
	if seq < 0 || seq > doc.Versions {
		return 0, fmt.Errorf("%w: %s has no version %d, it has %d", model.ErrNotFound, id, seq, doc.Versions)
	}
	if seq > 0 {
		return seq, nil
	}
	order := doc.Chronology()
	for place := order.Len(); place > 0; place-- {
		seq := order.At(place)
		v, err := rows.GetVersion(tx, document, seq)
		if err != nil {
			return 0, err
		}
		if v.Text != 0 && model.VersionKind(v.Kind) != model.VersionFailed && !doc.IsSuspect(seq, v) {
			return seq, nil
		}
	}
	return 0, fmt.Errorf("%w: no version of %s was read", model.ErrNotFound, id)
}

// Split cuts a text into clauses; one that can't be split is damaged.
func Split(text string) (*clause.Document, error) {
	d, ok := guard.Value(func() *clause.Document { return clause.Split(text) })
	if !ok {
		return nil, fmt.Errorf("%w: the text can't be cut into clauses", model.ErrInvalid)
	}
	return d, nil
}

// Clauses lists the clauses of a version's text.
func Clauses(tx *kv.Tx, document uint64, text string) ([]model.VersionClause, error) {
	d, err := Split(text)
	if err != nil {
		return nil, err
	}
	list := make([]model.VersionClause, len(d.Clauses))
	for i, c := range d.Clauses {
		p, err := recordrows.ProvisionOfWords(tx, document, wordsOf(d.Words(i)))
		if err != nil {
			return nil, err
		}
		list[i] = model.VersionClause{Number: i + 1, Provision: tx.ID(model.ClauseID, p), Heading: d.HeadingPath(i),
			Text: d.Words(i), Start: c.Start, End: c.End}
	}
	return list, nil
}

// Find returns the provision of a clause's words, 0 when it was given no ID.
func Find(tx *kv.Tx, document uint64, text string) (uint64, error) {
	return recordrows.ProvisionOfWords(tx, document, wordsOf(text))
}

// Give returns the provision of a stretch of a version: that which its words have, that
// of the clause which it was or became in other versions, or a new one.
func Give(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange) (uint64, error) {
	_, text, err := rows.VersionAndText(tx, document, seq)
	if err != nil {
		return 0, err
	}
	if at.Start < 0 || at.End > len(text) || at.Start >= at.End {
		return 0, fmt.Errorf("%w: a clause lies outside its text", model.ErrDamaged)
	}
	sum := wordsOf(text[at.Start:at.End])
	n, err := recordrows.ProvisionOfWords(tx, document, sum)
	if err != nil || n != 0 {
		return n, err
	}
	if n, err = followed(ctx, tx, document, seq, at); err != nil {
		return 0, err
	}
	if n == 0 {
		row := recordrows.Provision{Document: document, Seq: seq, Start: at.Start, End: at.End, Words: bytes.Clone(sum[:]),
			CreatedAt: tx.Now().UnixNano()}
		if n, err = create(tx, row); err != nil {
			return 0, err
		}
	}
	return n, recordrows.PutProvisionWords(tx, document, sum, n)
}

// followed returns the provision that a stretch has in another version of its document,
// of those nearest to its own; 0 when it has none.
func followed(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange) (uint64, error) {
	if !recordrows.HasProvisions(tx, document) {
		return 0, nil
	}
	h, err := OfStretch(ctx, tx, document, seq, at)
	if err != nil {
		return 0, err
	}
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return 0, err
	}
	order := doc.Chronology()
	slices.SortStableFunc(h.Steps, func(a, b model.ClauseStep) int {
		return distance(order, a.Seq, seq) - distance(order, b.Seq, seq)
	})
	for _, step := range h.Steps {
		if step.At == nil {
			continue
		}
		if n, err := Find(tx, document, step.Text); err != nil || n != 0 {
			return n, err
		}
	}
	return 0, nil
}

func distance(order rows.Chronology, a, b int) int {
	d := order.Place(a) - order.Place(b)
	return max(d, -d)
}

// create stores a new provision.
func create(tx *kv.Tx, row recordrows.Provision) (uint64, error) {
	n, err := kv.NextNumber(tx, kv.BucketProvision)
	if err != nil {
		return 0, err
	}
	payload, err := kv.Encode(row)
	if err != nil {
		return 0, fmt.Errorf("encoding a provision: %w", err)
	}
	if err := kv.InsertSealed(tx, kv.BucketProvision, kv.Key(n), payload); err != nil {
		return 0, err
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindProvision,
		Object: n, Digest: kv.SumOf(payload)})
	return n, err
}

// Detail reads what is known of a provision.
func Detail(tx *kv.Tx, n uint64, row recordrows.Provision) (model.ProvisionDetail, error) {
	_, text, err := rows.VersionAndText(tx, row.Document, row.Seq)
	if err != nil {
		return model.ProvisionDetail{}, err
	}
	at := row.At()
	if at.Start < 0 || at.End > len(text) || at.Start > at.End {
		return model.ProvisionDetail{}, fmt.Errorf("%w: a clause lies outside its text", model.ErrDamaged)
	}
	doc, err := rows.GetDocument(tx, row.Document)
	if err != nil {
		return model.ProvisionDetail{}, err
	}
	d := model.ProvisionDetail{ID: tx.ID(model.ClauseID, n), Document: tx.ID(model.DocumentID, row.Document),
		Platform: model.Platform{Slug: doc.Slug, Name: doc.Name}, Type: doc.Type, Seq: row.Seq,
		Heading: headingAt(text, at.Start), Quote: model.Quote{Text: text[at.Start:at.End], Start: at.Start, End: at.End},
		CreatedAt: kv.UnixTime(row.CreatedAt), Records: []model.ID{}}
	err = recordrows.RecordsOfProvision(tx, n, func(record uint64) error {
		d.Records = append(d.Records, tx.ID(model.RecordID, record))
		return nil
	})
	return d, err
}
