package provision

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"fineprint/store/insight/identity"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
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

// Clauses lists the clauses of a version's text, each with its ID where it has one: a
// document that is not indexed, or a bad capture, has only those that records are about.
func Clauses(ctx context.Context, tx *kv.Tx, document uint64, seq int, text string) ([]model.VersionClause, error) {
	d, err := Split(text)
	if err != nil {
		return nil, err
	}
	numbers, err := NewFinder(tx, document).clauses(ctx, seq)
	if err != nil {
		return nil, err
	}
	list := make([]model.VersionClause, len(d.Clauses))
	for i, c := range d.Clauses {
		var n uint64
		switch {
		case numbers == nil:
			n, err = recordrows.ProvisionOfWords(tx, document, wordsOf(d.Words(i)))
		case len(numbers) != len(list):
			err = fmt.Errorf("%w: version %d has other clauses than were followed; run `fineprint index --rebuild`",
				model.ErrDamaged, seq)
		default:
			n = numbers[i]
		}
		if err != nil {
			return nil, err
		}
		list[i] = model.VersionClause{Number: i + 1, Provision: tx.ID(model.ClauseID, n), Heading: d.HeadingPath(i),
			Text: d.Words(i), Start: c.Start, End: c.End}
	}
	return list, nil
}

// Finder finds the IDs of clauses of a document.
type Finder struct {
	tx       *kv.Tx
	document uint64
	state    *identity.State
}

// NewFinder returns one for a transaction.
func NewFinder(tx *kv.Tx, document uint64) *Finder { return &Finder{tx: tx, document: document} }

// clauses returns the numbers of a version's clauses, nil for a bad capture.
func (f *Finder) clauses(ctx context.Context, seq int) ([]uint64, error) {
	if err := f.read(ctx); err != nil {
		return nil, err
	}
	present, err := f.state.At(seq)
	if errors.Is(err, identity.ErrNoText) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := f.state.Numbers()
	numbers := make([]uint64, len(present))
	for i, c := range present {
		if c < len(all) {
			numbers[i] = all[c]
		} else {
			numbers[i] = f.state.Number(c)
		}
	}
	return numbers, nil
}

func (f *Finder) read(ctx context.Context) (err error) {
	if f.state == nil {
		f.state, err = identity.Read(ctx, f.tx, f.document)
	}
	return err
}

// Find returns the number of the clause that has most of a stretch of a version, 0 when it
// has none. In a bad capture it is known by its words.
func (f *Finder) Find(ctx context.Context, seq int, at model.ByteRange) (uint64, error) {
	if err := f.read(ctx); err != nil {
		return 0, err
	}
	c, err := f.state.Find(f.tx, seq, at)
	switch {
	case errors.Is(err, identity.ErrNoText):
		_, text, err := rows.VersionAndText(f.tx, f.document, seq)
		if err != nil || at.Start < 0 || at.End > len(text) || at.Start > at.End {
			return 0, err
		}
		return recordrows.ProvisionOfWords(f.tx, f.document, wordsOf(text[at.Start:at.End]))
	case err != nil || c == identity.None:
		return 0, err
	}
	return f.state.Number(c), nil
}

// Cited reports whether a clause was given to something that quotes it.
func Cited(tx *kv.Tx, n uint64) bool {
	b := tx.Bucket(kv.BucketProvision)
	return n != 0 && b != nil && b.Get(kv.Key(n)) != nil
}

// Give returns the number of the clause that has most of a stretch of a version, and keeps
// that it is quoted. In a bad capture, whose clauses are not followed, it is the one whose
// words it has, or which it became in other versions, or a new one.
func Give(ctx context.Context, tx *kv.Tx, document uint64, seq int, at model.ByteRange) (uint64, error) {
	_, text, err := rows.VersionAndText(tx, document, seq)
	if err != nil {
		return 0, err
	}
	if at.Start < 0 || at.End > len(text) || at.Start >= at.End {
		return 0, fmt.Errorf("%w: a clause lies outside its text", model.ErrDamaged)
	}
	sum := wordsOf(text[at.Start:at.End])
	row := recordrows.Provision{Document: document, Seq: seq, Start: at.Start, End: at.End, Words: bytes.Clone(sum[:]),
		CreatedAt: tx.Now().UnixNano()}
	state, err := identity.Update(ctx, tx, document)
	if err != nil {
		return 0, err
	}
	c, err := state.Find(tx, seq, at)
	if errors.Is(err, identity.ErrNoText) || err == nil && c == identity.None {
		return giveByWords(ctx, tx, row, sum)
	}
	if err != nil {
		return 0, err
	}
	n := state.Number(c)
	if !Cited(tx, n) {
		if err := create(tx, n, row); err != nil {
			return 0, err
		}
	}
	if known, err := recordrows.ProvisionOfWords(tx, document, sum); err != nil || known != 0 {
		return n, err
	}
	return n, recordrows.PutProvisionWords(tx, document, sum, n)
}

// giveByWords is [Give] of what stands in a bad capture.
func giveByWords(ctx context.Context, tx *kv.Tx, row recordrows.Provision, sum kv.Sum) (uint64, error) {
	n, err := recordrows.ProvisionOfWords(tx, row.Document, sum)
	if err != nil || n != 0 {
		return n, err
	}
	if n, err = followed(ctx, tx, row.Document, row.Seq, row.At()); err != nil {
		return 0, err
	}
	if n == 0 {
		if n, err = kv.NextNumber(tx, kv.BucketProvision); err != nil {
			return 0, err
		}
		if err := create(tx, n, row); err != nil {
			return 0, err
		}
	}
	return n, recordrows.PutProvisionWords(tx, row.Document, sum, n)
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
	smallsort.By(h.Steps, func(a, b model.ClauseStep) int {
		return distance(order, a.Seq, seq) - distance(order, b.Seq, seq)
	})
	for _, step := range h.Steps {
		if step.At == nil {
			continue
		}
		if n, err := recordrows.ProvisionOfWords(tx, document, wordsOf(step.Text)); err != nil || n != 0 {
			return n, err
		}
	}
	return 0, nil
}

func distance(order rows.Chronology, a, b int) int {
	d := order.Place(a) - order.Place(b)
	return max(d, -d)
}

// create keeps that a clause is quoted, and where.
func create(tx *kv.Tx, n uint64, row recordrows.Provision) error {
	payload, err := kv.Encode(row)
	if err != nil {
		return fmt.Errorf("encoding a provision: %w", err)
	}
	if err := kv.InsertSealed(tx, kv.BucketProvision, kv.Key(n), payload); err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindProvision,
		Object: n, Digest: kv.SumOf(payload)})
	return err
}

// Detail reads where the words of a clause stand: where a record quoted it first, else
// where it is, or was last.
func Detail(ctx context.Context, tx *kv.Tx, id model.ID) (model.ProvisionDetail, error) {
	n, _, err := documentOf(tx, id)
	if err != nil {
		return model.ProvisionDetail{}, err
	}
	if !Cited(tx, n) {
		l, err := LifeOf(ctx, tx, id)
		return model.ProvisionDetail{ID: id, Platform: l.Platform, Document: l.Document, Type: l.Type, Seq: l.Seq,
			Heading: l.Heading, Quote: model.Quote{Text: l.Text, Start: l.At.Start, End: l.At.End},
			CreatedAt: l.FirstSeen.CapturedAt, Records: l.Records}, err
	}
	n, row, err := recordrows.ProvisionByID(tx, id)
	if err != nil {
		return model.ProvisionDetail{}, err
	}
	return quoted(tx, n, row)
}

// quoted is [Detail] of a clause that something quotes.
func quoted(tx *kv.Tx, n uint64, row recordrows.Provision) (model.ProvisionDetail, error) {
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
