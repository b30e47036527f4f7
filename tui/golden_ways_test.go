package tui_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

func (s still) Document(context.Context, model.ID) (model.Document, error) {
	return s.detail.Document, nil
}

func (s still) Versions(context.Context, model.ID) ([]model.Version, error) {
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

func (s still) CompareVersions(context.Context, model.ID, int, int) (model.ChangeDetail, error) {
	return s.detail, nil
}

func (s still) ClauseHistory(context.Context, model.ID, int) (model.ClauseHistory, error) {
	at := func(n int) model.VersionRef { return s.detail.Change.From }
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
	steps[3].Change = s.detail.Change.ID
	return model.ClauseHistory{Steps: steps, FirstSeen: at(1), LastSeen: at(9), Versions: 11, Edits: 2, Stability: 0.8},
		nil
}

func (s still) Agreement(context.Context) (model.Agreement, error) {
	percent, kappa := 75.0, 0.61
	two := model.TwoReadings{Change: s.detail.Change.ID, Author: model.SecondReview{Actor: "ada", Severity: model.High},
		Second: model.SecondReview{Actor: "grace \x1b]0;owned\x07", Severity: model.Low,
			At: s.detail.Change.To.CapturedAt}}
	return model.Agreement{N: 8, Severities: model.Severities, Matrix: [][]int{{2, 0, 0, 0}, {0, 2, 0, 0}, {1, 1, 1, 0},
		{0, 0, 0, 1}}, Percent: &percent, Kappa: &kappa, Disagreements: []model.TwoReadings{two, two}}, nil
}

func (s still) Tracking(context.Context) ([]model.TrackedRow, error) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC) }
	row := func(n int, name, kind string, h model.Health) model.TrackedRow {
		t := model.Tracked{Document: model.NewID("FP", model.DocumentID, uint64(n)),
			Platform: model.Platform{Name: name}, Type: kind, Source: model.Source{URL: "https://acme.example/terms"},
			Health: h}
		return model.TrackedRow{Tracked: t, Versions: n}
	}
	return []model.TrackedRow{
		row(1, s.detail.Document.Platform.Name, "Terms of Service", model.Health{NextDue: day(40)}),
		row(2, "Borealis", "Privacy Policy", model.Health{NextDue: day(30), Failures: 4, FailingSince: day(27),
			Reason: "acme.example answers 503 \x1b]0;owned\x07Service Unavailable, and has done so for a long while"}),
		row(3, "Cyan", "Terms of Service", model.Health{NextDue: day(29), Failures: 1, FailingSince: day(31),
			Quarantined: true, Reason: "sign-in page"}),
		row(4, "Delta", "Cookies Policy", model.Health{NextDue: day(20)}),
	}, nil
}

func (s still) Activity(context.Context, int) ([]model.Activity, error) {
	at := time.Date(2026, 3, 31, 21, 6, 7, 0, time.UTC)
	name := s.detail.Document.Platform.Name + " / Terms of Service"
	return []model.Activity{
		{At: at, Actor: "ada", Kind: model.ActivityDecision, What: "approved", ID: "FP-C-000001", Name: name,
			Detail: "The age falls from 16 to 13."},
		{At: at, Actor: "fineprint", Kind: model.ActivityFetch, What: "fetched a change", ID: "FP-C-000001", Name: name,
			Detail: "material"},
		{At: at, Actor: "ada", Kind: model.ActivityImport, What: "imported 1841 versions of 24 documents",
			Detail: "pga-versions"},
	}, nil
}

// fetching tells of a fetch and then waits to be stopped.
func (s still) fetching(ctx context.Context, _ string, _ bool, progress func(model.FetchProgress)) error {
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

// nothing is a store with nothing in it.
type nothing struct{ still }

func (nothing) Platforms(context.Context) ([]model.PlatformRow, error) { return nil, nil }

func (nothing) Queue(context.Context, model.QueueFilter) (model.QueuePage, error) {
	return model.QueuePage{}, nil
}

var exporting = tui.Exporting{
	Formats: []tui.ExportFormat{{Name: "json", About: "one document, for programs"},
		{Name: "md", About: "to read, with the redlines"}},
	Export: func(context.Context, string, string, func(done, total int)) (tui.Exported, error) {
		return tui.Exported{Records: 12, Path: "/home/ada/records.md", Bytes: 34567, SHA256: strings.Repeat("c0ffee",
			10) + "c0ff"}, nil
	},
}

// intake is there, but not the sample: the welcome says so.
var intake = tui.Intake{
	Suggest: func(context.Context, string) (string, string, error) { return "", "", nil },
	Track:   func(context.Context, model.TrackRequest) (model.ID, string, error) { return "", "", nil },
	Import:  func(context.Context, string, func(done, total int)) (string, error) { return "", nil },
}

// besides goes through the screens that the main path leads past, from the
// platforms and back.
func (s *screens) besides(take func(string)) {
	s.press("E")
	take("export, the format")
	s.press("enter")
	take("export, the file")
	s.press("enter")
	take("exported")
	s.press("A")
	take("activity")
	s.Press("F")
	s.Until(func() bool { return strings.Contains(s.Frame(), "2 of 4") }) // what comes next waits for the end
	take("activity, fetching")
	if bar := s.View().ProgressBar; bar == nil || bar.Value != 50 {
		s.t.Errorf("the terminal's progress bar is %+v", bar)
	}
	s.press("X")
	if bar := s.View().ProgressBar; bar != nil {
		s.t.Errorf("after the fetch the terminal's progress bar is %+v", bar)
	}
	s.press("enter")
	take("versions")
	s.press(" ", "j", "j")
	take("versions, one marked")
	s.press("enter")
	take("comparison")
	s.press("q", "q", "q")
	s.press(",")
	take("settings")
	s.press("p", "p")
	take("settings, another palette")
	s.press("p", "q")
	s.palette("agreement of")
	take("agreement")
	s.press("q", "enter", "enter", "t")
	take("history of a clause")
	s.press("p", "p")
	take("history of a clause, an earlier step")
	s.press("q", "q", "q")
}

// palette does what is found first under a name.
func (s *screens) palette(name string) {
	s.press(":")
	for _, r := range name {
		s.press(string(r))
	}
	s.press("enter")
}

func settings(ascii bool) func() tui.Settings {
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
