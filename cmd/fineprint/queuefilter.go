package main

import (
	"context"
	"iter"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/query"
)

// stream is a part of the queue that is gone through as often as it is asked for.
type stream = iter.Seq2[model.QueueItem, error]

// filtered narrows a part of the queue by a query of the desk's language, to so many
// changes at most (0: all), and counts what it finds. Texts are searched where the
// query asks for them. The changes are gone through once more, for there may be too
// many to hold.
func (a *cli) filtered(ctx context.Context, s *store.Store, q query.Query, page model.QueuePage, changes stream,
	limit int) (model.QueuePage, stream, error) {
	env := query.Env{Now: time.Now().UTC(), Actor: a.actorName()}
	if a.clock != nil {
		env.Now = a.clock()
	}
	if texts := q.Texts(); len(texts) > 0 {
		var candidates []*model.QueueItem
		matcher := q.WithoutTexts().Matcher(env)
		for c, err := range changes {
			if err != nil {
				return page, nil, err
			}
			if matcher.Match(&c) {
				item := model.QueueItem{ID: c.ID, Document: c.Document, Type: c.Type, From: c.From, To: c.To}
				candidates = append(candidates, &item)
			}
		}
		bar := newProgress(a, "searching texts")
		found, err := s.SearchTexts(ctx, candidates, texts, bar.at)
		bar.end()
		if err != nil {
			return page, nil, err
		}
		env.Texts = found
	}
	kept := map[model.ID]bool{}
	page.Total, page.ProbablyNoise, page.TakenBackAtOnce = 0, 0, 0
	matcher := q.Matcher(env)
	for c, err := range changes {
		if err != nil {
			return page, nil, err
		}
		if !matcher.Match(&c) {
			continue
		}
		page.Total++
		switch c.Section() {
		case model.SectionNoise:
			page.ProbablyNoise++
		case model.SectionTakenBack:
			page.TakenBackAtOnce++
		}
		if limit == 0 || len(kept) < limit {
			kept[c.ID] = true
		}
	}
	return page, only(changes, kept), nil
}

// only leaves of a stream what is to be kept.
func only(changes stream, kept map[model.ID]bool) stream {
	return func(yield func(model.QueueItem, error) bool) {
		for c, err := range changes {
			if (err != nil || kept[c.ID]) && !yield(c, err) {
				return
			}
		}
	}
}
