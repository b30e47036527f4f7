package deskfixture

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
)

// hit is the n-th clause that anything finds, with text that is meant to harm.
func (s Static) hit(n int) model.ClauseHit {
	names := []string{"Acme \x1b]0;owned\x07社交 Network", "Borealis", "Cyan", "Delta"}
	text := fmt.Sprintf("You grant us a licence to use your content, number %d, for training of models.", n)
	at := strings.Index(text, "training")
	return model.ClauseHit{
		Platform: fmt.Sprintf("platform-%d", n), PlatformName: names[n%len(names)], Document: "FP-D-00001",
		Type: "Terms of Service", Clause: model.NewID("FP", model.ClauseID, uint64(n+1)),
		Heading: []string{"Acme Terms", "5. Your \x1b[2Jcontent"}, Snippet: text,
		Marks:     []model.ByteRange{{Start: at, End: at + len("training")}},
		FirstSeen: time.Date(2023, 1, 2+n, 0, 0, 0, 0, time.UTC), LastSeen: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Past: n%3 == 2, Seq: n + 1, At: model.ByteRange{Start: 1, End: 40},
	}
}

// SearchClauses finds as many clauses as the query has letters, and refuses one that
// begins with a colon.
func (s Static) SearchClauses(_ context.Context, q model.ClauseSearch) (model.ClauseHits, error) {
	if strings.HasPrefix(q.Query, ":") {
		return model.ClauseHits{}, fmt.Errorf("%w: there is no field %q", model.ErrInvalid, q.Query)
	}
	hits := model.ClauseHits{Total: 1234, Behind: 3}
	for n := range len(q.Query) {
		hits.Hits = append(hits.Hits, s.hit(n))
	}
	return hits, nil
}

// CompareClause finds three clauses that are alike.
func (s Static) CompareClause(_ context.Context, l model.Likeness) (model.Alike, error) {
	a := model.Alike{Of: s.hit(0), Text: "You grant us a worldwide licence to use content for training.", Platforms: 3,
		Looked: 24, At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Total: 3, Weaker: 7,
		Types: []string{"user_content_licence"}}
	if l.Types {
		a.Platforms, a.Total, a.Weaker = 0, 0, 0
		return a, nil
	}
	for n := range 3 {
		h := model.AlikeClause{ClauseHit: s.hit(n + 1), Score: 0.9 - 0.2*float64(n),
			Text: "We like hedgehogs.\n\nYou grant us a licence to use your content for training.\x1b[2J It never ends."}
		if n == 0 {
			h.Severity, h.Record = model.High, "FP-R-000009"
		}
		a.Hits = append(a.Hits, h)
	}
	return a, nil
}

// TypeMap counts the clauses of three platforms, one of which was not looked at.
func (s Static) TypeMap(_ context.Context, progress func(done, total int)) (model.TypeMap, error) {
	progress(2, 3)
	day := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	return model.TypeMap{Behind: 1, Platforms: []model.TypeRow{
		{Platform: s.Detail.Document.Platform, Documents: 2, Looked: 2, Pending: 3, Cells: map[string]model.TypeCell{
			"arbitration":            {Clauses: 1, LastChanged: day, Severity: model.Critical},
			"model_training_licence": {Clauses: 2, LastChanged: day.AddDate(-2, 0, 0)},
			"data_retention":         {Clauses: 9, LastChanged: day},
		}},
		{Platform: model.Platform{Slug: "borealis", Name: "Borealis"}, Documents: 1, Looked: 1},
		{Platform: model.Platform{Slug: "cyan", Name: "Cyan"}, Documents: 1, Pending: 9},
	}}, nil
}

// TypeClauses lists two clauses.
func (s Static) TypeClauses(context.Context, string, string) ([]model.TypedClause, error) {
	one, other := s.hit(0), s.hit(1)
	return []model.TypedClause{
		{ClauseHit: one, Text: one.Snippet + "\x1b[2J", LastChanged: one.LastSeen, Severity: model.High,
			Record: "FP-R-000009"},
		{ClauseHit: other, Text: other.Snippet},
	}, nil
}

// insight is what a desk makes of all clauses.
type insight interface {
	SearchClauses(ctx context.Context, q model.ClauseSearch) (model.ClauseHits, error)
	CompareClause(ctx context.Context, l model.Likeness) (model.Alike, error)
	TypeMap(ctx context.Context, progress func(done, total int)) (model.TypeMap, error)
	TypeClauses(ctx context.Context, platform, kind string) ([]model.TypedClause, error)
}

func (d ListDesk) SearchClauses(ctx context.Context, q model.ClauseSearch) (model.ClauseHits, error) {
	read, err := d.Desk.(insight).SearchClauses(ctx, q)
	return instead(d.Lists, model.ClauseHits{}, read, err)
}

func (d ListDesk) CompareClause(ctx context.Context, l model.Likeness) (model.Alike, error) {
	read, err := d.Desk.(insight).CompareClause(ctx, l)
	return instead(d.Lists, model.Alike{}, read, err)
}

func (d ListDesk) TypeMap(ctx context.Context, progress func(done, total int)) (model.TypeMap, error) {
	read, err := d.Desk.(insight).TypeMap(ctx, progress)
	return instead(d.Lists, model.TypeMap{}, read, err)
}

func (d ListDesk) TypeClauses(ctx context.Context, platform, kind string) ([]model.TypedClause, error) {
	read, err := d.Desk.(insight).TypeClauses(ctx, platform, kind)
	return instead(d.Lists, nil, read, err)
}
