package positions_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/insight/playbook"
	"fineprint/store/model"
)

const file = `[[position]]
name = "retention"
type = "data_retention"
expect = "at most 12 months"
`

// recorded makes a database with the texts of a privacy policy, a month apart.
func recorded(t *testing.T, texts ...string) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "s.db"), store.Options{Actor: "anna"})
	if err != nil {
		t.Fatal(err)
	}
	record(t, s, 0, texts...)
	return s
}

func record(t *testing.T, s *store.Store, from int, texts ...string) {
	t.Helper()
	for i, text := range texts {
		_, err := s.Record(context.Background(), []model.Capture{{Platform: "Acme", Type: "Privacy Policy", Text: text,
			CapturedAt: time.Date(2026, time.Month(1+from+i), 2, 0, 0, 0, 0, time.UTC)}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func policy(kept string) string {
	return "# Privacy\n\n## How long we keep your data\n\nWe retain your personal data for " + kept +
		" after you close your account, and delete it then from our systems.\n\n" +
		strings.Repeat("You can write to us at any time about what we hold of you.\n\n", 12)
}

// deviations are what the queue says of each change, by the version it led to.
func deviations(t *testing.T, s *store.Store) map[int]string {
	t.Helper()
	page, err := s.Queue(context.Background(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	all := map[int]string{}
	for _, c := range page.Changes {
		all[c.To.Seq] = strings.Join(c.Deviations, ",")
	}
	return all
}

// TestPlaybookIsHeldAgainstWhatIsStored checks, saves and follows changes.
func TestPlaybookIsHeldAgainstWhatIsStored(t *testing.T) {
	ctx := context.Background()
	s := recorded(t, policy("6 months"), policy("18 months"), policy("24 months"), policy("30 days"), policy("36 months"))
	p, err := playbook.Parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.CheckPlaybook(ctx, p)
	if err != nil || r.Documents != 1 || len(r.Deviations) != 1 || r.Positions[0].Deviations != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	d := r.Deviations[0]
	if text, _ := s.Text(ctx, d.Document, d.Seq); d.Found != "36 months" || text[d.Start:d.End] != d.Words || d.Seq != 5 {
		t.Errorf("%+v", d)
	}
	if h, err := s.PlaybookHistory(ctx, p); err != nil || h["retention"] != 4 {
		t.Errorf("history: %v, %v", h, err)
	}
	n, err := s.SavePlaybook(ctx, []byte(file))
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if again, _ := s.SavePlaybook(ctx, []byte(file)); again != n {
		t.Errorf("the same again is number %d", again)
	}
	if _, err := s.SavePlaybook(ctx, []byte("x = 1")); err == nil {
		t.Error("what is no playbook was saved")
	}
	if err := s.KeepDeviations(ctx); err != nil {
		t.Fatal(err)
	}
	for seq, names := range deviations(t, s) {
		if names != "retention" {
			t.Errorf("version %d: %q", seq, names)
		}
	}
	hows := map[int]string{}
	page, _ := s.Queue(ctx, model.QueueFilter{AllState: true})
	for _, c := range page.Changes {
		list, err := s.ChangeDeviations(ctx, c.ID)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v, %v", list, err)
		}
		hows[c.To.Seq] = list[0].Text()
	}
	for seq, want := range map[int]string{2: "introduced: retention: 18 months", 3: "altered: retention: 18 months → 24 months",
		4: "removed: retention: 24 months", 5: "introduced: retention: 36 months"} {
		if !strings.HasPrefix(hows[seq], want) {
			t.Errorf("version %d: %q, want %q", seq, hows[seq], want)
		}
	}
	record(t, s, 5, policy("48 months"))
	if got := deviations(t, s)[6]; got != "" {
		t.Errorf("not looked at, and %q", got)
	}
	if err := s.KeepDeviations(ctx); err != nil || deviations(t, s)[6] != "retention" {
		t.Errorf("%v: %v", deviations(t, s), err)
	}
	if _, err := s.SavePlaybook(ctx, []byte(strings.Replace(file, "12 months", "10 years", 1))); err != nil {
		t.Fatal(err)
	}
	if got := deviations(t, s)[6]; got != "" {
		t.Errorf("of another playbook: %q", got)
	}
	if report, err := s.Check(ctx, nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("check: %v, %v", report.Problems, err)
	}
	if !slices.Contains([]uint64{2}, func() uint64 { p, _ := s.SavedPlaybook(ctx); return p.Number }()) {
		t.Error("the second playbook doesn't hold")
	}
}
