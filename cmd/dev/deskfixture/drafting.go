package deskfixture

import (
	"context"
	"time"

	"fineprint/store/model"
	"fineprint/tui"
)

// Drafting drafts the same for everything, and writes nothing of what is accepted.
var Drafting = tui.Drafting{
	Draft: func(_ context.Context, id model.ID, _ bool) (model.Drafted, error) { return drafted(id), nil },
	Accept: func(_ context.Context, id model.ID, names []string) (model.Drafted, error) {
		d := drafted(id)
		d.Take(names)
		return d, nil
	},
	Edit: func(_ context.Context, id model.ID, field, _ string) (model.Drafted, error) {
		d := drafted(id)
		d.Take([]string{field})
		return d, nil
	},
	Drop: func(context.Context, model.ID) error { return nil },
}

// drafted has a sentence that is sound and ones that are not, with what a terminal must
// not be sent.
func drafted(id model.ID) model.Drafted {
	return model.Drafted{Subject: id, Author: model.DraftAuthor, Source: "draft.py \x1b]0;owned\x07",
		At: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Fields: []model.DraftedField{
			{Field: "severity", Label: "Severity", Words: []string{"high"}},
			{Field: "types", Label: "Clause types", Words: []string{"no_\x1b[31msuch"},
				Problem: "“no_\x1b[31msuch” is no clause type"},
			{Field: "summary", Label: "Summary", Sentences: []model.DraftedSentence{
				{N: 1, Text: "The minimum age is 13.", Ties: []model.Tie{{Side: "new", Clause: 1, Start: 12, End: 36,
					Text: "at least 13 years old to"}}},
				{N: 2, Text: "Everybody \x1b[2Jpays $5.", Ties: []model.Tie{},
					Problems: []string{"rests on no quoted words",
						"“$5” is in neither text"}},
			}}}}
}
