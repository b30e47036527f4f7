package lookup

import (
	"cmp"
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"fineprint/store/insight/terms"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Threshold is the least score of a clause that counts as like another.
const Threshold = 0.45

// Compare finds which other platforms have a clause like one, or like a text.
func (f *Finder) Compare(ctx context.Context, r model.CompareRequest) (model.ClauseComparison, error) {
	if r.Least == 0 {
		r.Least = Threshold
	}
	c := model.ClauseComparison{Threshold: r.Least, Hits: []model.SearchHit{}, Text: r.Text}
	err := f.db.View(ctx, func(tx *kv.Tx) error {
		v := f.view(ctx, tx)
		defer v.close()
		own, hasOwn := "", false
		if r.Clause != "" {
			document, text, err := v.clauseText(r.Clause)
			if err != nil {
				return err
			}
			d, err := v.document(document)
			if err != nil {
				return err
			}
			own, hasOwn, c.Text = d.slug, true, text
		}
		scope := v.scope()
		found, err := f.reader.Similar(ctx, tx, c.Text, scope, r.Least, func(n uint64) bool {
			return hasOwn && scope.Group(n) == own
		})
		if err := cmp.Or(err, v.err); err != nil {
			return err
		}
		c.Total, c.Platforms = len(found), len(found)
		for i := range found[:min(len(found), limitOf(r.Limit))] {
			hit, err := v.hit(&found[i], shared(c.Text))
			if err != nil {
				return err
			}
			c.Hits = append(c.Hits, hit)
		}
		return v.countPlatforms(&c, own, hasOwn)
	})
	if err != nil {
		return model.ClauseComparison{}, fmt.Errorf("comparing: %w", err)
	}
	return c, nil
}

// countPlatforms counts the platforms that have a text, without the one that the clause is
// of, and finds the newest capture.
func (v *view) countPlatforms(c *model.ClauseComparison, own string, hasOwn bool) error {
	slugs := map[string]bool{}
	cursor := v.tx.Bucket(kv.BucketDocument).Cursor()
	newest := int64(0)
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		n := kv.KeyNumber(k)
		d, err := v.document(n)
		if err != nil {
			return err
		}
		if d.row.Good == 0 {
			continue
		}
		if !hasOwn || d.slug != own {
			slugs[d.slug] = true
		}
		row, err := rows.GetVersion(v.tx, n, d.row.Good)
		if err != nil {
			return err
		}
		newest = max(newest, row.CapturedAt)
	}
	c.Of = len(slugs)
	if newest > 0 {
		at := kv.UnixTime(newest).Truncate(time.Second)
		c.AsOf = &at
	}
	return nil
}

// shared are the longer words of a text, which are marked in the clauses that are like it.
func shared(text string) (list phrases) {
	seen := map[string]bool{}
	terms.Each(text, func(term []byte, _, _ int, _ bool) {
		if utf8.RuneCount(term) >= 6 && !seen[string(term)] {
			seen[string(term)] = true
			list = append(list, []terms.Asked{{Term: string(term)}})
		}
	})
	return list
}
