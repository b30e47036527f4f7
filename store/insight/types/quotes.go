package types

import (
	"context"
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"fineprint/store/blob"
	"fineprint/store/insight/learn"
	"fineprint/store/insight/recognize"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

const (
	// quoteAlgorithm is raised when what is learned from the same quotes changes.
	quoteAlgorithm = 1
	// quoteWeights is how many weights are kept of what was learned from quotes.
	quoteWeights = 250000
)

// QuotesTrained is what became of quotes to learn from.
type QuotesTrained struct{ Examples, Known int }

// TrainQuotes keeps clauses that were filed under cases as examples to learn from: one
// entry in the journal. What is known already is not kept twice.
func (t *Typist) TrainQuotes(ctx context.Context, points []recognize.Point) (QuotesTrained, error) {
	var done QuotesTrained
	for i, p := range points {
		if p.Quote == "" || p.Case == "" {
			return done, fmt.Errorf("example %d: %w: a quote and its case are needed", i+1, model.ErrInvalid)
		}
	}
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		done = QuotesTrained{}
		all, _, err := quotes(tx)
		if err != nil {
			return err
		}
		known := map[recognize.Point]bool{}
		for _, p := range all {
			known[p] = true
		}
		var list []recordrows.QuotePoint
		for _, p := range points {
			if known[p] {
				done.Known++
				continue
			}
			known[p] = true
			list = append(list, recordrows.QuotePoint(p))
		}
		if done.Examples = len(list); done.Examples == 0 {
			return nil
		}
		return putQuotes(tx, list)
	})
	if err != nil {
		return QuotesTrained{}, fmt.Errorf("learning from quotes: %w", err)
	}
	return done, nil
}

func putQuotes(tx *kv.Tx, list []recordrows.QuotePoint) error {
	if err := tx.NeedSchema(recordrows.Insights); err != nil {
		return err
	}
	b, err := kv.Encode(list)
	if err != nil {
		return fmt.Errorf("encoding quotes: %w", err)
	}
	row := recordrows.QuoteTraining{At: tx.Now().UnixNano(), Actor: tx.Actor(), Count: len(list),
		Points: blob.Compress(b)}
	n, payload, err := insert(tx, kv.BucketQuotes, row)
	if err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: kv.UnixTime(row.At), Actor: row.Actor, Kind: journal.KindTrained,
		Object: n, Part: 1, Digest: kv.SumOf(payload)})
	return err
}

// quotes reads all quotes that were learned from, and the number of the last training.
func quotes(tx *kv.Tx) (list []recognize.Point, last uint64, err error) {
	err = recordrows.EachQuoteTraining(tx, func(n uint64, row recordrows.QuoteTraining) error {
		last = n
		b, err := blob.Decompress(row.Points)
		var points []recordrows.QuotePoint
		if err == nil {
			err = cbor.Unmarshal(b, &points)
		}
		if err != nil {
			return fmt.Errorf("%w: the quotes of training %d can't be read", model.ErrDamaged, n)
		}
		for _, p := range points {
			list = append(list, recognize.Point(p))
		}
		return nil
	})
	return list, last, err
}

// MeasureQuotes files quotes under cases and compares. Own: by what this database learned
// from quotes, else by the shipped weights, which were learned from ToS;DR's points.
func (t *Typist) MeasureQuotes(ctx context.Context, points []recognize.Point) (m recognize.Measured, own bool, err error) {
	cases, own, err := t.cases(ctx)
	if err != nil {
		return m, false, fmt.Errorf("measuring by quotes: %w", err)
	}
	return cases.Measure(points), own, nil
}

// cases returns what files clauses under cases.
func (t *Typist) cases(ctx context.Context) (cases *recognize.Cases, own bool, err error) {
	var list []recognize.Point
	var last uint64
	err = t.db.View(ctx, func(tx *kv.Tx) error {
		if list, last, err = quotes(tx); err != nil || last == 0 {
			return err
		}
		cases, err = keptCases(tx, last)
		return err
	})
	switch {
	case err != nil:
		return nil, false, err
	case last == 0:
		return recognize.Load().Cases, false, nil
	case cases != nil:
		return cases, true, nil
	}
	cases = recognize.LearnCases(list, quoteWeights)
	return cases, true, t.db.Update(ctx, func(tx *kv.Tx) error { return keepCases(tx, cases, last) })
}

// keptCases reads what was learned from the quotes up to a training, nil where it is not
// kept.
func keptCases(tx *kv.Tx, last uint64) (*recognize.Cases, error) {
	if tx.Bucket(kv.BucketQuoteModel) == nil {
		return nil, nil // one of laterBuckets
	}
	var row recordrows.QuoteModel
	found, err := kv.GetRow(tx, kv.BucketQuoteModel, kv.Key(0), &row)
	if err != nil || !found || row.Algorithm != quoteAlgorithm || row.Trainings != last {
		return nil, err
	}
	b, err := blob.Decompress(row.Weights)
	if err != nil {
		return nil, fmt.Errorf("%w: what was learned from quotes can't be read", model.ErrDamaged)
	}
	c := &recognize.Cases{Titles: row.Titles}
	if c.Weights, err = learn.Parse(b); err != nil {
		return nil, err
	}
	for _, x := range row.Bad {
		c.Bad = append(c.Bad, float32(x)/255)
	}
	if c.Weights.Classes() != len(c.Titles) || len(c.Bad) != len(c.Titles) {
		return nil, fmt.Errorf("%w: what was learned from quotes does not fit its cases", model.ErrDamaged)
	}
	return c, nil
}

func keepCases(tx *kv.Tx, c *recognize.Cases, last uint64) error {
	row := recordrows.QuoteModel{Algorithm: quoteAlgorithm, Trainings: last, Titles: c.Titles,
		Weights: blob.Compress(c.Weights.Bytes())}
	for _, x := range c.Bad {
		row.Bad = append(row.Bad, byte(x*255+0.5))
	}
	return kv.PutRow(tx, kv.BucketQuoteModel, kv.Key(0), row)
}
