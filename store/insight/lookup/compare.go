package lookup

import (
	"cmp"
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"fineprint/store/insight/index"
	"fineprint/store/insight/terms"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Threshold is the least score of a clause that counts as like another by its words
// alone. What two lawyers write of one thing shares few words: one that is of the same type,
// too, counts from TypeThreshold on (see [likeness]).
const (
	Threshold     = 0.45
	TypeThreshold = 0.17
)

// Typist knows the types of clauses.
type Typist interface {
	PresentTypes(ctx context.Context, ids []model.ID, progress func(done, total int)) ([]model.DocumentTypes, error)
	TypeOfText(ctx context.Context, text string) (model.PresentType, error)
}

// Compare finds which other platforms have a clause like one, or like a text: in about the
// same words, or of the same type and in similar words. Where a least score is asked for,
// types don't count.
func (f *Finder) Compare(ctx context.Context, r model.CompareRequest) (model.ClauseComparison, error) {
	c, err := f.compare(ctx, r)
	if err != nil {
		return model.ClauseComparison{}, fmt.Errorf("comparing: %w", err)
	}
	return c, nil
}

func (f *Finder) compare(ctx context.Context, r model.CompareRequest) (model.ClauseComparison, error) {
	byType := r.Least == 0
	if byType {
		r.Least = Threshold
	}
	c := model.ClauseComparison{Threshold: r.Least, Types: []string{}, Hits: []model.SearchHit{}, Text: r.Text}
	var present presentTypes
	var own model.PresentType
	var like *likeness
	if byType {
		list, err := f.typist.PresentTypes(ctx, nil, nil)
		if err != nil {
			return c, err
		}
		if own, err = f.ownType(ctx, r, list); err != nil {
			return c, err
		}
		present = typesByClause(list)
	}
	err := f.db.View(ctx, func(tx *kv.Tx) error {
		v := f.view(ctx, tx)
		defer v.close()
		slug, hasOwn := "", false
		if r.Clause != "" {
			document, text, err := v.clauseText(r.Clause)
			if err != nil {
				return err
			}
			d, err := v.document(document)
			if err != nil {
				return err
			}
			slug, hasOwn, c.Text = d.slug, true, text
		}
		least := r.Least
		if own.Type != "" {
			c.Types = []string{own.Type}
			if like = newLikeness(own.Type, c.Text); like.tells() {
				least, c.TypeThreshold = TypeThreshold, TypeThreshold
			}
		}
		scope := v.scope()
		found, err := f.reader.Similar(ctx, tx, c.Text, scope, least,
			func(n uint64) bool { return hasOwn && scope.Group(n) == slug },
			func(h *index.Hit) bool {
				return h.Score >= r.Least || present.share(h, &own) >= leastSure && v.holds(like, h)
			})
		if err := cmp.Or(err, v.err); err != nil {
			return err
		}
		c.Total, c.Platforms = len(found), len(found)
		for i := range found {
			if found[i].Score < r.Least {
				c.ByType++
			}
		}
		for i := range found[:min(len(found), limitOf(r.Limit))] {
			hit, err := v.hit(&found[i], shared(c.Text))
			if err != nil {
				return err
			}
			hit.SameType, hit.By = present.share(&found[i], &own) > 0, model.AlikeByWords
			if hit.Score < r.Least {
				hit.By = model.AlikeByType
			}
			c.Hits = append(c.Hits, hit)
		}
		return v.countPlatforms(&c, slug, hasOwn)
	})
	return c, err
}

// ownType is the type of what is compared, of a clause that stands by what is known of it.
func (f *Finder) ownType(ctx context.Context, r model.CompareRequest,
	list []model.DocumentTypes) (own model.PresentType, err error) {
	text, at, document := r.Text, -1, uint64(0)
	if r.Clause != "" {
		err = f.db.View(ctx, func(tx *kv.Tx) error {
			v := f.view(ctx, tx)
			defer v.close()
			if document, text, err = v.clauseText(r.Clause); err != nil {
				return err
			}
			at, err = v.placeOf(document, text, list)
			return err
		})
		if err != nil {
			return own, err
		}
	}
	if at >= 0 {
		return typesByClause(list).of(document, at), nil
	}
	return f.typist.TypeOfText(ctx, text)
}

// placeOf is which clause of a document's newest text has some words; -1 for none.
func (v *view) placeOf(document uint64, words string, list []model.DocumentTypes) (int, error) {
	for i := range list {
		if list[i].Document.Number() != document {
			continue
		}
		text, err := v.text(document, list[i].Seq)
		if err != nil {
			return -1, err
		}
		for at := range text.Clauses {
			if text.Visible(at) == words {
				return at, nil
			}
		}
	}
	return -1, nil
}

// presentTypes are the types of the clauses of documents.
type presentTypes map[uint64][]model.PresentType

// typesByClause copies none of them: a comparison asks for a few.
func typesByClause(list []model.DocumentTypes) presentTypes {
	of := make(presentTypes, len(list))
	for i := range list {
		of[list[i].Document.Number()] = list[i].Types
	}
	return of
}

// of returns the type of a clause; none when it has none.
func (p presentTypes) of(document uint64, at int) (none model.PresentType) {
	list := p[document]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Number == at+1 {
			return list[i]
		}
	}
	return none
}

// share returns how sure it is that a hit is of one's own type, 0 when it is not.
func (p presentTypes) share(h *index.Hit, own *model.PresentType) float64 {
	t := p.of(h.Document, h.At)
	if t.Type == "" || t.Type != own.Type {
		return 0
	}
	return min(t.Probability, own.Probability)
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
		if d.newest == 0 {
			row, err := rows.GetVersion(v.tx, n, d.row.Good)
			if err != nil {
				return err
			}
			d.newest = row.CapturedAt
			v.documents[n] = d
		}
		newest = max(newest, d.newest)
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
