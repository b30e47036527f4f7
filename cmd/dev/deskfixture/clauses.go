package deskfixture

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
)

// hit is the n-th clause that anything finds, with text that is meant to harm.
func (s Static) hit(n int) model.SearchHit {
	names := []string{"Acme \x1b]0;owned\x07社交 Network", "Borealis", "Cyan", "Delta"}
	text := fmt.Sprintf("You grant us a licence to use your content, number %d, for training of models.", n)
	at := strings.Index(text, "training")
	return model.SearchHit{
		Platform: fmt.Sprintf("platform-%d", n), PlatformName: names[n%len(names)], Document: "FP-D-00001",
		Type: "Terms of Service", Clause: model.NewID("FP", model.ClauseID, uint64(n+1)),
		Heading: []string{"Acme Terms", "5. Your \x1b[2Jcontent"}, Snippet: text,
		Marks:     []model.ByteRange{{Start: at, End: at + len("training")}},
		FirstSeen: time.Date(2023, 1, 2+n, 0, 0, 0, 0, time.UTC), LastSeen: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Current: n%3 != 2, Version: n + 1, At: model.ByteRange{Start: 1, End: 40},
	}
}

// Search finds as many clauses as the query has letters, and refuses one that
// begins with a colon.
func (s Static) Search(_ context.Context, q model.SearchRequest) (model.SearchResult, error) {
	q.Query = strings.TrimPrefix(strings.TrimPrefix(q.Query, "in:current "), "in:past ")
	if strings.HasPrefix(q.Query, ":") {
		return model.SearchResult{}, fmt.Errorf("%w: there is no field %q", model.ErrInvalid, q.Query)
	}
	hits := model.SearchResult{Total: 1234, Behind: 3}
	for n := range len(q.Query) {
		hits.Hits = append(hits.Hits, s.hit(n))
	}
	return hits, nil
}

// Behind counts three documents that are not indexed.
func (s Static) Behind(context.Context) (int, error) { return 3, nil }

// Compare finds three clauses that are alike.
func (s Static) Compare(_ context.Context, r model.CompareRequest) (model.ClauseComparison, error) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	c := model.ClauseComparison{Text: "You grant us a worldwide licence to use content for training.", Platforms: 3,
		Of: 24, AsOf: &at, Total: 3, Threshold: 0.35}
	for n := range 3 {
		h := s.hit(n + 1)
		h.Score = 0.9 - 0.2*float64(n)
		h.Text = "We like hedgehogs.\n\nYou grant us a licence to use your content for training.\x1b[2J It never ends."
		if n == 0 {
			h.Severity, h.Record = model.High, "FP-R-000009"
		}
		c.Hits = append(c.Hits, h)
	}
	return c, nil
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
	one.Text, other.Text = one.Snippet+"\x1b[2J", other.Snippet
	one.Severity, one.Record = model.High, "FP-R-000009"
	return []model.TypedClause{{SearchHit: one, LastChanged: one.LastSeen}, {SearchHit: other}}, nil
}

// Calendar has a date that is still to come, and one that may be two.
func (s Static) Calendar(context.Context, time.Time, time.Time) (model.Calendar, error) {
	day := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	e := model.CalendarEntry{Date: model.StatedDate{Kind: model.StatedEffective, Date: "2026-05-01"},
		Change: "FP-C-000001", State: model.Pending, Material: true, Document: "FP-D-00001", Platform: "acme",
		PlatformName: s.Detail.Document.Platform.Name, Type: "Terms of Service", Seq: 3, CapturedAt: day, Announced: true,
		Coming: true}
	clause, over, first := e, e, e
	clause.Date, clause.Type = model.StatedDate{Kind: model.StatedApplies, Date: "2026-06-07",
		Or: "2026-07-06"}, "Privacy Policy"
	over.Date.Date, over.State, over.Coming, over.Withdrawn = "2026-03-02", model.Approved, false, true
	first.Date.Date, first.State, first.Change, first.Coming, first.Seq = "2025-11-30", "", "", false, 1
	return model.Calendar{Total: 4, Entries: []model.CalendarEntry{e, clause, over, first}}, nil
}

// DueDates has nothing that is due.
func (s Static) DueDates(context.Context, time.Time, time.Duration) ([]model.CalendarEntry, error) {
	return nil, nil
}

// CheckSavedPlaybook finds a deviation in words, and that nothing is said of another position.
func (s Static) CheckSavedPlaybook(_ context.Context, progress func(done, total int)) (model.PlaybookReport, error) {
	progress(2, 3)
	d := model.DocumentDeviation{Clause: 4, Document: "FP-D-00001", Platform: "acme",
		PlatformName: s.Detail.Document.Platform.Name, DocumentType: "Privacy Policy", Seq: 3,
		CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)}
	d.Deviation = model.Deviation{Position: "retention", Type: "data_retention", Severity: model.High,
		Expected: "at most 12 months", Found: "18 months", Words: "We keep your data for 18 months.\x1b[2J", End: 9}
	none := d
	none.Clause, none.Deviation = 0, model.Deviation{Position: "notice", Type: "changes_to_terms",
		Expected: "says 30 days", Found: "nothing is said"}
	return model.PlaybookReport{Number: 2, Documents: 3, Deviations: []model.DocumentDeviation{d, none},
		Positions: []model.PositionReport{
			{Name: "retention", Type: "data_retention", Expect: "at most 12 months", Deviations: 1, Documents: 1,
				Platforms: 1},
			{Name: "training", Type: "model_training_licence", Expect: "no training without opt-in"},
			{Name: "notice", Type: "changes_to_terms", Expect: "says 30 days", Deviations: 1, Documents: 1,
				Platforms: 1},
		}}, nil
}

// insight is what a desk makes of all clauses.
type insight interface {
	Search(ctx context.Context, q model.SearchRequest) (model.SearchResult, error)
	Behind(ctx context.Context) (int, error)
	CheckSavedPlaybook(ctx context.Context, progress func(done, total int)) (model.PlaybookReport, error)
	Calendar(ctx context.Context, since, until time.Time) (model.Calendar, error)
	DueDates(ctx context.Context, now time.Time, within time.Duration) ([]model.CalendarEntry, error)
	Compare(ctx context.Context, r model.CompareRequest) (model.ClauseComparison, error)
	TypeMap(ctx context.Context, progress func(done, total int)) (model.TypeMap, error)
	TypeClauses(ctx context.Context, platform, kind string) ([]model.TypedClause, error)
}

func (d ListDesk) Search(ctx context.Context, q model.SearchRequest) (model.SearchResult, error) {
	read, err := d.Desk.(insight).Search(ctx, q)
	return instead(d.Lists, model.SearchResult{}, read, err)
}

func (d ListDesk) Calendar(ctx context.Context, since, until time.Time) (model.Calendar, error) {
	read, err := d.Desk.(insight).Calendar(ctx, since, until)
	return instead(d.Lists, model.Calendar{}, read, err)
}

func (d ListDesk) DueDates(ctx context.Context, now time.Time, within time.Duration) ([]model.CalendarEntry, error) {
	return d.Desk.(insight).DueDates(ctx, now, within)
}

func (d ListDesk) CheckSavedPlaybook(
	ctx context.Context, progress func(done, total int),
) (model.PlaybookReport, error) {
	read, err := d.Desk.(insight).CheckSavedPlaybook(ctx, progress)
	return instead(d.Lists, model.PlaybookReport{}, read, err)
}

func (d ListDesk) Behind(ctx context.Context) (int, error) { return d.Desk.(insight).Behind(ctx) }

func (d ListDesk) Compare(ctx context.Context, l model.CompareRequest) (model.ClauseComparison, error) {
	read, err := d.Desk.(insight).Compare(ctx, l)
	return instead(d.Lists, model.ClauseComparison{}, read, err)
}

func (d ListDesk) TypeMap(ctx context.Context, progress func(done, total int)) (model.TypeMap, error) {
	read, err := d.Desk.(insight).TypeMap(ctx, progress)
	return instead(d.Lists, model.TypeMap{}, read, err)
}

func (d ListDesk) TypeClauses(ctx context.Context, platform, kind string) ([]model.TypedClause, error) {
	read, err := d.Desk.(insight).TypeClauses(ctx, platform, kind)
	return instead(d.Lists, nil, read, err)
}
