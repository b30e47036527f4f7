// Package deskfixture holds what the tests of the desk's packages have in common: a
// store that never moves ([Static]), real stores with a few changes, and a desk
// that answers whatever was asked before the next key comes ([Driver]). It is not
// for driving (package desktest) nor for the program.
package deskfixture

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

// Static is a desk's store that never changes: the screens must not move with
// what the detection makes of a text.
type Static struct{ Detail model.ChangeDetail }

// NewStatic makes a Static with one change, which has clauses of every kind.
func NewStatic() Static {
	texts := [2]string{"", ""}
	add := func(old, new string) (*model.ByteRange, *model.ByteRange) {
		extents := [2]*model.ByteRange{}
		for i, text := range []string{old, new} {
			if text != "" {
				extents[i] = &model.ByteRange{Start: len(texts[i]), End: len(texts[i]) + len(text)}
				texts[i] += text + "\n\n"
			}
		}
		return extents[0], extents[1]
	}
	clause := func(kind model.Kind, reason model.Reason, old, new, marks string) model.ClauseChange {
		c := model.ClauseChange{Kind: kind, Material: reason == "", Reason: reason, Heading: []string{"Acme Terms",
			"1. Who may use it"}, Marks: strings.Fields(marks)}
		c.Old, c.New = add(old, new)
		return c
	}
	at := func(n int) model.VersionRef {
		return model.VersionRef{Seq: n, CapturedAt: time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC),
			SHA256: strings.Repeat(fmt.Sprint(n), 64)}
	}
	d := model.ChangeDetail{
		Document: model.Document{ID: "FP-D-00001", Type: "Terms of Service", Platform: model.Platform{Slug: "acme",
			Name: "Acme \x1b]0;owned\x07社交 Network"}},
		Review: model.Review{Change: "FP-C-000001", State: model.Pending},
		Change: model.Change{ID: "FP-C-000001", Document: "FP-D-00001", From: at(1), To: at(2), Material: true,
			Suggested: model.Suggestion{Severity: model.High, Score: 70, Why: []string{"children or age",
				"a changed number"}},
			Counts: model.Counts{Added: 1, Removed: 1, Modified: 1, Moved: 1, Immaterial: 1},
			Clauses: []model.ClauseChange{
				clause(model.Modified, "",
					"You must be at least 16 years old to use the service, and you may not share your account with "+
						"anybody else.",
					"You must be at least 13 years old to use the service, and you may not share your account with "+
						"anybody else.", "number"),
				clause(model.Added, "", "", "* Cafe\u0301 owners 🙂 must not scrape; 您同意本条款。", "negation modal"),
				clause(model.Removed, "", "We answer every complaint.", "", ""),
				clause(model.Moved, "", "Disputes go to the courts of Dublin.", "Disputes go to the courts of Dublin.",
					""),
				clause(model.Modified, model.ReasonLink, "Read [this](https://acme.example/a).",
					"Read [this](https://acme.example/b).", ""),
			}},
	}
	d.OldText, d.NewText = texts[0], texts[1]
	return Static{d}
}

func (s Static) Platforms(context.Context) ([]model.PlatformRow, error) {
	return []model.PlatformRow{
		{Platform: s.Detail.Document.Platform, Documents: 2, Versions: 40, Pending: 12, MaterialPending: 3, MaterialTotal: 9,
			LastChange: s.Detail.Change.To.CapturedAt,
			Activity:   []int{0, 1, 2, 3, 5, 8, 13, 21, 34, 2, 0, 1}, LastFetched: time.Date(2026, 3, 31, 5, 6, 7, 0,
				time.UTC)},
		{Platform: model.Platform{Slug: "borealis", Name: "Borealis"}, Documents: 1, Versions: 1,
			Activity: make([]int, 12), Failing: 2},
	}, nil
}

// Tally counts by day in two years.
func (s Static) Tally(_ context.Context, f model.TallyFilter) (model.Tallies, error) {
	t := model.Tallies{By: f.By, AsOf: time.Date(2026, 3, 31, 5, 6, 7, 0, time.UTC)}
	for i := range 400 {
		at := t.AsOf.AddDate(0, 0, i-399)
		n := i * i % 13
		if i%3 > 0 || n == 0 {
			if i != 399 {
				continue
			}
			n = 5
		}
		r := model.Tally{Key: at.Format(time.DateOnly), Figures: model.Figures{Changes: n, Material: n / 2, Pending: n,
			Severe: n / 6, First: at, Last: at}}
		t.Rows = append(t.Rows, r)
		t.Total.Add(r.Figures)
	}
	return t, nil
}

func (s Static) PlatformDocuments(context.Context, string) ([]model.DocumentRow, error) {
	since := time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)
	return []model.DocumentRow{
		{ID: "FP-D-00001", Type: "Terms of Service", Versions: 30, Pending: 11, MaterialPending: 3,
			LastChange: s.Detail.Change.To.CapturedAt, Activity: []int{0, 1, 2, 3, 5, 8, 13, 21, 34, 2, 0, 1}},
		{ID: "FP-D-00002", Type: "Privacy Policy \x1b]0;owned\x07", Versions: 10, Pending: 1, Failing: true,
			Activity: make([]int, 12), UnreadableSince: &since},
	}, nil
}

func (s Static) Queue(context.Context, model.QueueFilter) (model.QueuePage, error) {
	c := s.Detail.Change
	row := model.QueueItem{ID: c.ID, PlatformName: s.Detail.Document.Platform.Name, Type: "Terms of Service",
		From: c.From, To: c.To, State: model.Pending, Material: true, Suggested: c.Suggested, Counts: c.Counts}
	judged, noise := row, row
	judged.ID, judged.Severity, judged.PlatformName = "FP-C-000002", model.Critical, "Borealis"
	noise.ID, noise.Material, noise.Reason, noise.Type, noise.Counts = "FP-C-000003", false, model.ReasonBoilerplate,
		"Privacy Policy with a Name that is Longer than Most Windows are Wide", model.Counts{Immaterial: 4}
	return model.QueuePage{Total: 3, Changes: []model.QueueItem{row, judged, noise}}, nil
}

func (s Static) Change(context.Context, model.ID) (model.ChangeDetail, error) { return s.Detail, nil }

func (s Static) Decide(context.Context, model.Decision) (model.Review, error) {
	return model.Review{}, model.ErrNotAllowed
}

func (s Static) PreviewRecord(context.Context, model.ID) (model.Record, error) {
	r := model.Record{Change: s.Detail.Change.ID, Document: s.Detail.Document.ID, Platform: s.Detail.Document.Platform,
		Type: s.Detail.Document.Type, Severity: model.High, Summary: "The age falls from 16 to 13."}
	r.Clauses = []model.RecordClause{{Kind: model.Modified, Material: true, Heading: []string{"Acme Terms"},
		Spans: []model.Span{{Op: model.Equal, Text: "You must be "}, {Op: model.Delete, Text: "16"},
			{Op: model.Insert, Text: "13"}, {Op: model.Equal, Text: " years old."}}}}
	return r, nil
}

func (s Static) DecideAll(context.Context, []model.Decision) ([]model.Review, error) {
	return nil, model.ErrNotAllowed
}
func (s Static) Precedents(context.Context, model.ID, int) ([]model.Precedent, error) {
	return nil, nil
}
func (s Static) DocumentActivity(context.Context, model.ID) (model.Months, error) {
	return model.Months{Counts: []int{0, 1, 0, 0, 2, 0, 0, 8, 1, 0, 0, 1},
		Last: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, nil
}
func (s Static) SaveDraft(context.Context, model.Draft) error          { return nil }
func (s Static) Drafts(context.Context, string) ([]model.Draft, error) { return nil, nil }
func (s Static) DropDraft(context.Context, model.ID, string) error     { return nil }
func (s Static) SaveDeskState(context.Context, string, []byte) error   { return nil }
func (s Static) DeskState(context.Context, string) ([]byte, error)     { return nil, nil }
func (s Static) Draft(context.Context, model.ID, string) (d model.Draft, found bool, err error) {
	return d, false, nil
}
func (s Static) Notes(context.Context, model.ID) ([]model.ChangeNote, error) {
	return s.Detail.Notes, nil
}
func (s Static) WriteNote(context.Context, model.NoteRequest) (n model.ChangeNote, err error) {
	return n, nil
}
func (s Static) ClauseTypes(context.Context, model.ClauseRef) (model.ClauseTypes, error) {
	return model.ClauseTypes{Types: []string{"arbitration"}, By: model.TypesSuggested,
		Suggested: []model.TypeSuggestion{
			{Type: "arbitration", Probability: 0.93, Words: []string{"binding arbitration"}}}}, nil
}
func (s Static) SetTypes(_ context.Context, _ model.ClauseRef, types []string,
	actor string) (model.ClauseTypes, error) {
	return model.ClauseTypes{Types: types, By: model.TypesCorrected, Actor: actor}, nil
}
func (s Static) UndoTypes(context.Context, model.ClauseRef, string) (c model.ClauseTypes, err error) {
	return c, nil
}
func (s Static) RemoveNote(context.Context, model.ID, string) (n model.ChangeNote, err error) {
	return n, nil
}
func (s Static) RestoreNote(context.Context, model.ID, string) (n model.ChangeNote, err error) {
	return n, nil
}
func (s Static) Tag(context.Context, []model.ID, []string, []string, string) (int, error) {
	return 0, nil
}

func (s Static) Assign(context.Context, []model.ID, string, string) (map[model.ID]string, error) {
	return nil, nil
}
func (s Static) People(context.Context) ([]string, error) { return []string{"ada", "ben"}, nil }
func (s Static) Day(_ context.Context, actor string, from time.Time) (model.Day, error) {
	return model.Day{Actor: actor, From: from}, nil
}
func (s Static) LastDecision(context.Context, string) ([]model.ID, error) { return nil, nil }
func (s Static) LastUndone(context.Context, string) ([]model.ID, error)   { return nil, nil }

func (s Static) Document(context.Context, model.ID) (model.Document, error) {
	return s.Detail.Document, nil
}

func (s Static) Versions(context.Context, model.ID) ([]model.Version, error) {
	at := func(n int) time.Time { return time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC) }
	sum := func(n int) string { return strings.Repeat(fmt.Sprint(n), 64) }
	web := model.Provenance{Method: model.MethodWeb,
		URL: "https://acme.example/legal/terms-of-service?a=\x1b]0;owned\x07"}
	archive := model.Provenance{Method: "ota", Archive: &model.ArchiveOrigin{Repo: "pga-versions",
		Commit: strings.Repeat("c0ffee", 6)}}
	return []model.Version{
		{Seq: 1, Kind: model.VersionFirst, CapturedAt: at(1), TextSHA256: sum(1), TextBytes: 812, Origin: archive},
		{Seq: 2, Kind: model.VersionChanged, CapturedAt: at(2), TextSHA256: sum(2), TextBytes: 81200, Origin: archive},
		{Seq: 3, Kind: model.VersionQuarantined, Failure: "sign-in page", CapturedAt: at(3), TextSHA256: sum(3),
			TextBytes: 97, Origin: web},
		{Seq: 4, Kind: model.VersionTechnical, CapturedAt: at(4), TextSHA256: sum(4), TextBytes: 1234567, Origin: web},
	}, nil
}

func (s Static) CompareVersions(context.Context, model.ID, int, int) (model.ChangeDetail, error) {
	return s.Detail, nil
}

func (s Static) ClauseHistory(context.Context, model.ID, int) (model.ClauseHistory, error) {
	at := func(n int) model.VersionRef { return s.Detail.Change.From }
	step := func(n int, kind model.Kind, reason model.Reason, text string) model.ClauseStep {
		c := model.ClauseStep{Seq: n, CapturedAt: time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC), Kind: kind,
			Material: reason == "", Reason: reason, Heading: []string{"Acme Terms", "1. Who may use it"}, Text: text}
		if kind != model.Removed {
			c.At = &model.ByteRange{End: len(text)}
		}
		return c
	}
	const text = "You must be at least %s years old to use the service,\x1b[2J and you may not share your account " +
		"with anybody else."
	steps := []model.ClauseStep{
		step(1, model.Added, "", fmt.Sprintf(text, "18")), step(4, model.Modified, "", fmt.Sprintf(text, "16")),
		step(7, model.Moved, model.ReasonMoved, fmt.Sprintf(text, "16")), step(9, model.Modified, "",
			fmt.Sprintf(text, "13")), step(12, model.Removed, "", ""),
	}
	steps[3].Change = s.Detail.Change.ID
	return model.ClauseHistory{Steps: steps, FirstSeen: at(1), LastSeen: at(9), Versions: 11, Edits: 2, Stability: 0.8},
		nil
}

// ClauseLife is that of a clause by its own ID.
func (s Static) ClauseLife(ctx context.Context, id model.ID) (model.ClauseLife, error) {
	h, err := s.ClauseHistory(ctx, "", 0)
	changed := h.Steps[3].CapturedAt
	return model.ClauseLife{ID: id, Platform: s.Detail.Document.Platform, Document: s.Detail.Document.ID,
		Type: s.Detail.Document.Type, Steps: h.Steps, FirstSeen: h.FirstSeen, LastSeen: h.LastSeen, Versions: h.Versions,
		Changes: h.Edits, Months: 8, LastChanged: &changed,
		ClauseStability: model.ClauseStability{Label: "frequently changed", ChangesYear: 3, Version: 2}}, err
}

// ClauseLifeAt is [Static.ClauseLife] of a clause of a change.
func (s Static) ClauseLifeAt(ctx context.Context, _ model.ID, _ int) (model.ClauseLife, error) {
	return s.ClauseLife(ctx, "FP-P-000812")
}

func (s Static) Agreement(context.Context) (model.Agreement, error) {
	percent, kappa := 75.0, 0.61
	two := model.TwoReadings{Change: s.Detail.Change.ID, Author: model.SecondReview{Actor: "ada", Severity: model.High},
		Second: model.SecondReview{Actor: "grace \x1b]0;owned\x07", Severity: model.Low,
			At: s.Detail.Change.To.CapturedAt}}
	return model.Agreement{N: 8, Severities: model.Severities, Matrix: [][]int{{2, 0, 0, 0}, {0, 2, 0, 0}, {1, 1, 1, 0},
		{0, 0, 0, 1}}, Percent: &percent, Kappa: &kappa, Disagreements: []model.TwoReadings{two, two}}, nil
}

func (s Static) Tracking(context.Context) ([]model.TrackedRow, error) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC) }
	row := func(n int, name, kind string, h model.Health) model.TrackedRow {
		t := model.Tracked{Document: model.NewID("FP", model.DocumentID, uint64(n)),
			Platform: model.Platform{Name: name}, Type: kind, Source: model.Source{URL: "https://acme.example/terms"},
			Health: h}
		return model.TrackedRow{Tracked: t, Versions: n}
	}
	return []model.TrackedRow{
		row(1, s.Detail.Document.Platform.Name, "Terms of Service", model.Health{NextDue: day(40)}),
		row(2, "Borealis", "Privacy Policy", model.Health{NextDue: day(30), Failures: 4, FailingSince: day(27),
			Reason: "acme.example answers 503 \x1b]0;owned\x07Service Unavailable, and has done so for a long while"}),
		row(3, "Cyan", "Terms of Service", model.Health{NextDue: day(29), Failures: 1, FailingSince: day(31),
			Quarantined: true, Reason: "sign-in page"}),
		row(4, "Delta", "Cookies Policy", model.Health{NextDue: day(20)}),
	}, nil
}

func (s Static) Activity(context.Context, int) ([]model.Activity, error) {
	at := time.Date(2026, 3, 31, 21, 6, 7, 0, time.UTC)
	name := s.Detail.Document.Platform.Name + " / Terms of Service"
	summary := "The age falls from 16 to 13."
	return []model.Activity{
		{At: at, Actor: "ada", Kind: model.ActivityDecision, Act: model.ActDecided, ID: "FP-C-000001", Name: name,
			Event: &model.Event{Action: model.ActionApprove, Summary: &summary}},
		{At: at, Actor: "fineprint", Kind: model.ActivityFetch, Act: model.ActFetchedChange, ID: "FP-C-000001",
			Name: name, Material: true},
		{At: at, Actor: "ada", Kind: model.ActivityImport, Act: model.ActImported, Documents: 24,
			Imported: model.ImportCounts{Repo: "pga-versions", Versions: 1841}},
	}, nil
}

// Fetching reports a fetch and then waits to be stopped.
func (s Static) Fetching(ctx context.Context, _ string, _ bool, progress func(model.FetchProgress)) error {
	rows, _ := s.Tracking(ctx)
	for _, r := range rows {
		progress(model.FetchProgress{Document: r.Document, Name: r.Name(), State: model.FetchWaiting, Total: len(rows)})
	}
	progress(model.FetchProgress{Document: rows[0].Document, Name: rows[0].Name(), State: model.FetchFetching,
		Total: len(rows)})
	progress(model.FetchProgress{Document: rows[1].Document, Name: rows[1].Name(), State: model.FetchDone,
		Outcome: model.FetchFailed, Done: 1, Total: len(rows)})
	progress(model.FetchProgress{Document: rows[2].Document, Name: rows[2].Name(), State: model.FetchDone,
		Outcome: model.FetchChanged, Done: 2, Total: len(rows)})
	<-ctx.Done()
	return ctx.Err()
}

// Nothing is a store with nothing in it.
type Nothing struct{ Static }

func (Nothing) Platforms(context.Context) ([]model.PlatformRow, error) { return nil, nil }

func (Nothing) Queue(context.Context, model.QueueFilter) (model.QueuePage, error) {
	return model.QueuePage{}, nil
}

// Exporting is an export that has always written the same.
var Exporting = tui.Exporting{
	Formats: []tui.ExportFormat{{Name: "json", About: "one JSON document, for programs"},
		{Name: "md", About: "Markdown: readable, with redlines"}},
	Export: func(context.Context, string, string, func(done, total int)) (tui.Exported, error) {
		return tui.Exported{Records: 12, Path: "/home/ada/records.md", Bytes: 34567, SHA256: strings.Repeat("c0ffee",
			10) + "c0ff"}, nil
	},
}

// Intake is there, but not the sample: the welcome shows it.
var Intake = tui.Intake{
	Suggest: func(context.Context, string) (string, string, error) { return "", "", nil },
	Track:   func(context.Context, model.TrackRequest) (model.ID, string, error) { return "", "", nil },
	Find: func(context.Context, string, func(done, total int)) ([]model.FoundDocument, error) {
		return []model.FoundDocument{
			{URL: "https://acme.example/legal/terms", Title: "Terms of Service | Acme", Type: "Terms of Service",
				Name: "Terms of Service", Language: "en", Tracked: true, Document: "FP-D-00001", Platform: "Acme"},
			{URL: "https://acme.example/legal/privacy", Title: "Privacy \x1b]0;owned\x07Policy 社交", Type: "Privacy Policy",
				Name: "Privacy Policy", Language: "en", Platform: "Acme"},
			{URL: "https://acme.example/legal/cookies", Title: "Cookie Policy", Type: "Trackers Policy",
				Name: "Trackers Policy", Platform: "Acme", Problem: "the server answered 403 Forbidden"},
		}, nil
	},
	Import: func(context.Context, string, func(done, total int)) (string, error) { return "", nil },
}

// Settings are those of a file with a mistake in it.
func Settings(ascii bool) func() tui.Settings {
	return func() tui.Settings {
		file := "actor = \"ada\"\npallete = \"mono\"\n[keys]\napprove = [\"x\"]\n[snippets]\nage = \"{platform} " +
			"lowers the age from {old} to {new}, which is a very long sentence to say so little\"\n"
		holds, problems := config.Parse("/home/ada/.config/fineprint/config.toml", []byte(file))
		holds.ASCII = ascii
		return tui.Settings{Holds: holds, Problems: problems, Path: "/home/ada/.config/fineprint/config.toml",
			Found: true, From: func(name string) string {
				if name == "actor" {
					return "the settings file"
				}
				return "the default"
			}}
	}
}

// ListDesk is a desk whose lists are, while it is told so, empty or not to be
// read.
type ListDesk struct {
	tui.Desk
	Lists *Lists
}

// Lists are how the lists of a [ListDesk] are now.
type Lists struct {
	Err   error // why they can't be read
	Empty bool
}

// instead is what a reader returns in place of its list.
func instead[T any](l *Lists, empty, read T, err error) (T, error) {
	switch {
	case l.Err != nil:
		return empty, l.Err
	case l.Empty:
		return empty, nil
	}
	return read, err
}

func (d ListDesk) Platforms(ctx context.Context) ([]model.PlatformRow, error) {
	read, err := d.Desk.Platforms(ctx)
	return instead(d.Lists, nil, read, err)
}

func (d ListDesk) Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error) {
	read, err := d.Desk.Queue(ctx, f)
	return instead(d.Lists, model.QueuePage{}, read, err)
}

func (d ListDesk) Document(ctx context.Context, id model.ID) (model.Document, error) {
	read, err := d.Desk.Document(ctx, id)
	return instead(d.Lists, model.Document{}, read, err)
}

func (d ListDesk) Versions(ctx context.Context, id model.ID) ([]model.Version, error) {
	read, err := d.Desk.Versions(ctx, id)
	return instead(d.Lists, nil, read, err)
}

func (d ListDesk) ClauseLifeAt(ctx context.Context, id model.ID, clause int) (model.ClauseLife, error) {
	read, err := d.Desk.ClauseLifeAt(ctx, id, clause)
	return instead(d.Lists, model.ClauseLife{}, read, err)
}

func (d ListDesk) RecordDrafts(ctx context.Context, f model.RecordDraftFilter) ([]model.RecordDraft, error) {
	read, err := d.Desk.RecordDrafts(ctx, f)
	return instead(d.Lists, nil, read, err)
}

func (d ListDesk) VersionClauses(
	ctx context.Context, id model.ID, seq int,
) (model.Version, []model.VersionClause, error) {
	v, read, err := d.Desk.VersionClauses(ctx, id, seq)
	read, err = instead(d.Lists, nil, read, err)
	return v, read, err
}

func (d ListDesk) Tally(ctx context.Context, f model.TallyFilter) (model.Tallies, error) {
	read, err := d.Desk.Tally(ctx, f)
	return instead(d.Lists, model.Tallies{By: f.By}, read, err)
}

func (d ListDesk) Agreement(ctx context.Context) (model.Agreement, error) {
	read, err := d.Desk.Agreement(ctx)
	return instead(d.Lists, model.Agreement{Severities: model.Severities}, read, err)
}

func (d ListDesk) Tracking(ctx context.Context) ([]model.TrackedRow, error) {
	read, err := d.Desk.Tracking(ctx)
	return instead(d.Lists, nil, read, err)
}

func (d ListDesk) Activity(ctx context.Context, limit int) ([]model.Activity, error) {
	read, err := d.Desk.Activity(ctx, limit)
	return instead(d.Lists, nil, read, err)
}
