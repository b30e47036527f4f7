package calendar_test

import (
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// now is when the tests happen.
var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// recorded makes a database with the texts of a document, a month apart from January on.
func recorded(t *testing.T, texts ...string) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "s.db"), store.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	record(t, s, 0, texts...)
	return s
}

func record(t *testing.T, s *store.Store, from int, texts ...string) {
	t.Helper()
	for i, text := range texts {
		_, err := s.Record(context.Background(), []model.Capture{{Platform: "Acme", Type: "Terms", Text: text,
			CapturedAt: time.Date(2026, time.Month(1+from+i), 2, 0, 0, 0, 0, time.UTC)}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Upkeep(context.Background(), store.UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
}

// terms is a document with a date line and a clause.
func terms(date, clause string) string {
	return "# Terms\n\n" + date + "\n\n## Fees\n\nYou pay " + clause + " for each month in which you use the service.\n\n" +
		strings.Repeat("We may tell you by electronic mail what you have to know about it.\n\n", 12)
}

func queue(t *testing.T, s *store.Store) []model.QueueItem {
	t.Helper()
	page, err := s.Queue(context.Background(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	return page.Changes
}

// TestStageKeepsWhatBecameOfDates goes through a document's life.
func TestStageKeepsWhatBecameOfDates(t *testing.T) {
	texts := []string{
		terms("Last updated: January 1, 2026", "10 euros"),
		terms("Last updated: January 1, 2026", "12 euros"), // undated
		terms("Last updated: March 1, 2026", "14 euros"),   // moved
		terms("", "16 euros"),                              // disappeared
		terms("Effective December 15, 2026", "18 euros"),   // appeared, announced
		terms("Effective December 15, 2026", "20 euros"),   // the same, still to come
	}
	s := recorded(t, texts...)
	got := map[int]string{}
	for _, c := range queue(t, s) {
		if c.Stated == nil {
			t.Fatalf("nothing is known of %s", c.ID)
		}
		got[c.To.Seq] = string(c.Stated.How)
		if c.Stated.Coming(now) {
			got[c.To.Seq] += " coming " + c.Stated.Effective.Date
		}
	}
	want := map[int]string{2: "stayed", 3: "moved", 4: "disappeared", 5: "appeared coming 2026-12-15",
		6: "stayed coming 2026-12-15"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}

	// What was read a text at a time is what is read at once.
	step := recorded(t, texts[0])
	for i := 1; i < len(texts); i++ {
		record(t, step, i, texts[i])
	}
	for i, c := range queue(t, step) {
		if !reflect.DeepEqual(c.Stated, queue(t, s)[i].Stated) {
			t.Errorf("%s, a text at a time: %+v, want %+v", c.ID, c.Stated, queue(t, s)[i].Stated)
		}
	}
}

// TestCalendarTellsWhatIsComing lists each date once, with the change that brought it.
func TestCalendarTellsWhatIsComing(t *testing.T) {
	ctx := context.Background()
	s := recorded(t, terms("Effective January 1, 2026", "10 euros"), terms("Effective November 25, 2026", "12 euros"),
		terms("Effective November 25, 2026", "14 euros"))
	cal, err := s.Calendar(ctx, time.Time{}, time.Time{})
	if err != nil || cal.Total != 2 {
		t.Fatalf("%+v, %v", cal, err)
	}
	first, last := cal.Entries[0], cal.Entries[1]
	if first.Date.Date != "2026-11-25" || !first.Coming || !first.Announced || first.Seq != 2 || first.Change == "" ||
		first.Withdrawn {
		t.Errorf("coming: %+v", first)
	}
	if last.Date.Date != "2026-01-01" || last.Coming || last.Change != "" || last.Seq != 1 {
		t.Errorf("over: %+v", last)
	}
	if some, _ := s.Calendar(ctx, now, time.Time{}); some.Total != 1 {
		t.Errorf("since now: %+v", some)
	}
	due, err := s.DueDates(ctx, now, 14*24*time.Hour)
	if err != nil || len(due) != 1 {
		t.Fatalf("due: %+v, %v", due, err)
	}
	if due, _ := s.DueDates(ctx, now, 24*time.Hour); len(due) != 0 {
		t.Errorf("due within a day: %+v", due)
	}
	if _, err := s.Decide(ctx, model.Decision{Change: first.Change, Base: model.AnyRevision, Actor: "anna", Action: model.ActionDismiss,
		Reason: "seen"}); err != nil {
		t.Fatal(err)
	}
	if due, _ := s.DueDates(ctx, now, 14*24*time.Hour); len(due) != 0 {
		t.Errorf("reviewed, and due: %+v", due)
	}
	record(t, s, 3, terms("Effective January 1, 2026", "10 euros"))
	if cal, _ := s.Calendar(ctx, now, time.Time{}); cal.Total != 1 || !cal.Entries[0].Withdrawn {
		t.Errorf("taken back: %+v", cal)
	}
}
