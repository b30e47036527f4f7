package app_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/config"
)

// TestQuietHoursAndDigestsHoldBackAndThenSendOne: by a clock that is set.
func TestQuietHoursAndDigestsHoldBackAndThenSendOne(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 3, 2, 23, 0, 0, 0, time.UTC) // a Monday, in quiet hours
	clock := func() time.Time { return now }
	s, err := store.Create(filepath.Join(dir, "t.db"), store.Options{Actor: "ada", NoSync: true, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	settings := config.Default()
	settings.QuietFrom, settings.QuietTo, settings.QuietZone = "22:00", "07:00", "UTC"
	for _, every := range []string{"", "day", "week"} {
		settings.Targets = append(settings.Targets, config.Target{Name: "t" + every, Kind: "mail", Folder: filepath.Join(dir, "t"+every),
			Every: every, At: "08:00"})
	}
	use := &app.App{Path: s.Path(), Store: s, Clock: clock, Alerting: app.AlertingOf(settings)}
	rule := model.AlertRule{Name: "all", Filter: "plat:acme", Notify: []string{"t", "tday", "tweek"}}
	if _, err := s.AddAlertRule(t.Context(), model.AlertRuleRequest{AlertRule: rule}); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(i), i)}); err != nil {
			t.Fatal(err)
		}
	}
	mails := func(name string) int {
		list, _ := filepath.Glob(filepath.Join(dir, name, "*.eml"))
		return len(list)
	}
	for _, c := range []struct {
		at                    string
		t, day, week, waiting int
	}{
		{"2026-03-02T23:00:00Z", 0, 0, 0, 9}, {"2026-03-03T06:59:00Z", 0, 0, 0, 9}, {"2026-03-03T07:00:00Z", 1, 0, 0, 6},
		{"2026-03-03T08:00:00Z", 1, 1, 0, 3}, {"2026-03-08T09:00:00Z", 1, 1, 0, 3}, {"2026-03-09T07:59:00Z", 1, 1, 0, 3},
		{"2026-03-09T08:00:00Z", 1, 1, 1, 0},
	} {
		if now, err = time.Parse(time.RFC3339, c.at); err != nil {
			t.Fatal(err)
		}
		done := use.AfterRecording(t.Context(), s)
		if done.Err != nil || done.Failed > 0 || done.Waiting != c.waiting || mails("t") != c.t || mails("tday") != c.day ||
			mails("tweek") != c.week {
			t.Errorf("%s: %+v; %d, %d and %d mails, want %+v", c.at, done, mails("t"), mails("tday"), mails("tweek"), c)
		}
	}
	figures, err := s.TargetFigures(t.Context())
	if err != nil || len(figures) != 3 || figures[0].Delivered != 4 || figures[0].Pending != 0 { // three, and their digest
		t.Errorf("%+v, %v", figures, err)
	}
	storetest.RequireConsistent(t, s)
}

func TestTargetThatFailsIsTriedAgainLaterAndGivenUp(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	target := config.Target{Name: "ops", Kind: "command", Command: []string{"false"}, GiveUp: "1h"}
	use := &app.App{Path: s.Path(), Store: s, Clock: clock, Alerting: app.Alerting{Targets: []config.Target{target}}}
	if _, err := use.TestTarget(t.Context(), s, "ops"); err == nil || !strings.Contains(err.Error(), "ops was not told") {
		t.Errorf("test: %v", err)
	}
	item, err := s.PutTest(t.Context(), model.Alert{Kind: model.AlertTest, Target: "ops", At: now.Add(time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	attempts := 0
	for range 30 {
		done, err := use.DeliverAlerts(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		attempts += done.Failed + done.GivenUp
		if done.GivenUp > 0 {
			break
		}
		now = now.Add(5 * time.Minute)
	}
	items, err := s.OutboxItems(t.Context(), 0)
	if err != nil || len(items) != 2 || attempts < 4 || attempts > 15 {
		t.Fatalf("%d attempts, %+v, %v", attempts, items, err)
	}
	use.Alerting.Targets[0].Command = []string{"true"}
	if _, err := s.RetryAlert(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	if done, err := use.DeliverAlerts(t.Context(), s); err != nil || done.Delivered != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}
