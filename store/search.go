package store

import (
	"context"
	"maps"

	"fineprint/store/insight/alert"
	"fineprint/store/insight/types"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/store/textsearch"
)

// searcher finds changes by what they changed, words and types of clauses, and by the rules
// that acted on them.
type searcher struct {
	db    *kv.DB
	texts *textsearch.Searcher
	types *types.Typist
}

// SearchTexts returns which of the changes differ in clauses with each of the texts
// ([textsearch.Searcher.SearchTexts]) and, for a text of [query.ClauseText], which touch a
// clause of that type ([types.types.SearchTypes]); for one of [query.RuleText] those of all
// changes that the rule acted on.
func (s searcher) SearchTexts(ctx context.Context, changes []*model.QueueItem, texts []string,
	progress func(done, total int)) (map[string]map[model.ID]bool, error) {
	var phrases, typed []string
	found := map[string]map[model.ID]bool{}
	for _, t := range texts {
		if name, ok := query.RuleOfText(t); ok {
			ids, err := alert.ActedOn(ctx, s.db, name)
			if err != nil {
				return nil, err
			}
			found[t] = ids
		} else if id, ok := query.TypeOfText(t); ok {
			typed = append(typed, id)
		} else {
			phrases = append(phrases, t)
		}
	}
	if len(typed) > 0 {
		byType, err := s.types.SearchTypes(ctx, changes, typed, progress)
		if err != nil {
			return nil, err
		}
		for id, ids := range byType {
			found[query.ClauseText(id)] = ids
		}
	}
	if len(phrases) > 0 {
		byText, err := s.texts.SearchTexts(ctx, changes, phrases, progress)
		if err != nil {
			return nil, err
		}
		maps.Copy(found, byText)
	}
	return found, nil
}
