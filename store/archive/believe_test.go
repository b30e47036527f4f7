package archive_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// commits are captures of an archive, by the day of each.
func commits(kind string, texts map[int]string) (list []model.Capture) {
	for day, text := range texts {
		list = append(list, commit(kind, text, 1000*int(kind[0])+day, time.Date(2026, 1, 1+day, 0, 0, 0, 0, time.UTC)))
	}
	slices.SortFunc(list, func(a, b model.Capture) int { return a.CapturedAt.Compare(b.CapturedAt) })
	return list
}

// standing is an archive of three documents: of the first the end goes and comes back
// much later, of the second it goes for good, of the third there is a sign-in page at last.
func standing() []model.Capture {
	whole := storetest.Policy(30) + "## Giveaway\n\n" + strings.Repeat("No purchase is necessary to enter, and "+
		"none makes you win.\n\n", 30)
	cut := storetest.Policy(30)
	list := slices.Concat(
		commits("Terms", map[int]string{0: whole, 10: cut, 40: strings.Replace(cut, "30 days", "90 days", 1), 60: whole}),
		commits("Rules", map[int]string{0: whole, 20: cut}),
		commits("Privacy", map[int]string{0: storetest.Policy(30), 5: storetest.WallPage}))
	slices.SortStableFunc(list, func(a, b model.Capture) int { return a.CapturedAt.Compare(b.CapturedAt) })
	return list
}

// imported records captures in batches, each of which an import makes.
func imported(t *testing.T, captures []model.Capture, batch int) *store.Store {
	t.Helper()
	s := storetest.New(t, 0)
	for part := range slices.Chunk(captures, batch) {
		if _, err := s.Record(t.Context(), part); err != nil {
			t.Fatal(err)
		}
		if err := s.SettleArchive(t.Context(), firstCommit); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// told lists the changes as a reader sees them.
func told(t *testing.T, s *store.Store) string {
	t.Helper()
	var b strings.Builder
	for n := 1; ; n++ {
		d, err := s.Change(t.Context(), model.ID(fmt.Sprintf("FP-C-%06d", n)))
		if err != nil {
			return b.String()
		}
		fmt.Fprintf(&b, "%s %d-%d %t %s %q %d\n", d.Row.Type, d.Change.From.Seq, d.Change.To.Seq, d.Row.Material, d.Row.Reason,
			d.Change.Detail, len(d.Change.Clauses))
	}
}

func TestWhatStandsInAnArchiveIsShown(t *testing.T) {
	s := imported(t, standing(), 99)
	got := told(t, s)
	for _, want := range []string{
		`Terms 1-2 true  "set aside as truncated since 2026-01-11, believed since it stayed" 31`,
		`Rules 1-2 true  "set aside as truncated since 2026-01-21, believed since it stayed" 31`,
		`Terms 2-3 true  "" 1`,
		`Privacy 1-2 false capture "sign-in page"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %s in\n%s", want, got)
		}
	}
	for _, batch := range []int{1, 2, 3} {
		if cut := told(t, imported(t, standing(), batch)); cut != got {
			t.Errorf("in parts of %d:\n%s\nin one go:\n%s", batch, cut, got)
		}
	}
	r, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{})
	if err != nil || r.Raised+r.Folded+r.New+r.Renamed > 0 || told(t, s) != got {
		t.Errorf("detected again: %+v, %v\n%s", r, err, told(t, s))
	}
	age(t, s)
	if r, err = s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil || told(t, s) != got {
		t.Errorf("detected again, of an older algorithm: %+v, %v\n%s", r, err, told(t, s))
	}
}

// TestDecidedChangeStaysAsItIsWhenBelieved.
func TestDecidedChangeStaysAsItIsWhenBelieved(t *testing.T) {
	s := imported(t, commits("Rules", map[int]string{0: standing()[0].Text, 20: storetest.Policy(30)}), 99)
	before := told(t, s)
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(t.Context(), commits("Rules", map[int]string{40: standing()[0].Text})); err != nil {
		t.Fatal(err)
	}
	if got := told(t, s); !strings.HasPrefix(got, before) || strings.Count(got, "\n") != 2 {
		t.Errorf("%s, then %s", before, got)
	}
}

func TestDocumentSaysSinceWhenItCannotBeRead(t *testing.T) {
	s := imported(t, standing(), 99)
	told := map[string]string{}
	for _, id := range []model.ID{"FP-D-00001", "FP-D-00002", "FP-D-00003"} {
		d, err := s.Document(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if told[d.Type] = ""; d.UnreadableSince != nil {
			told[d.Type] = d.UnreadableSince.UTC().Format(time.DateOnly)
		}
	}
	if want := map[string]string{"Terms": "", "Rules": "", "Privacy": "2026-01-06"}; !maps.Equal(told, want) {
		t.Errorf("%v, want %v", told, want)
	}
}

// forum is a page of threads as of a day.
func forum(day int) string {
	var b strings.Builder
	for k := day; k < day+12; k++ {
		fmt.Fprintf(&b, "* Lost page %d\n    * by ann%d\n", k, k*7)
	}
	return b.String()
}

func TestDocumentSaysThatItIsNoLegalText(t *testing.T) {
	pages, mended := map[int]string{}, map[int]string{}
	for day := range 9 {
		pages[day], mended[day] = forum(day), forum(day)
	}
	mended[9] = storetest.Policy(30)
	list := slices.Concat(commits("Forum", pages), commits("Terms", mended))
	whole := imported(t, list, 99)
	got := told(t, whole)
	if n := strings.Count(got, "false not_terms"); n != 10 || !strings.Contains(got, `Terms 9-10 true  ""`) {
		t.Errorf("%d are folded:\n%s", n, got)
	}
	says := func(s *store.Store) (kinds []string) {
		for _, id := range []model.ID{"FP-D-00001", "FP-D-00002"} {
			if d, err := s.Document(t.Context(), id); err != nil || d.NotTerms {
				kinds = append(kinds, d.Type)
			}
		}
		return kinds
	}
	if kinds := says(whole); !slices.Equal(kinds, []string{"Forum"}) {
		t.Errorf("no legal texts are %v", kinds)
	}
	if cut := imported(t, list, 2); told(t, cut) != got || !slices.Equal(says(cut), says(whole)) {
		t.Errorf("in parts: %v\n%s\nin one go:\n%s", says(cut), told(t, cut), got)
	}
	age(t, whole)
	if _, err := whole.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil || told(t, whole) != got ||
		!slices.Equal(says(whole), []string{"Forum"}) {
		t.Errorf("detected again: %v, %v\n%s", err, says(whole), told(t, whole))
	}
}

// TestBadCapturesFromTheWebAreStillCountedWhenDetectedAgain.
func TestBadCapturesFromTheWebAreStillCountedWhenDetectedAgain(t *testing.T) {
	f := newFetches(t)
	whole, cut := standing()[0].Text, storetest.Policy(30)
	f.FetchText(0, whole)
	f.FetchText(24*time.Hour, cut)
	if _, err := f.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if o := f.FetchText(20*24*time.Hour, cut); o.Kind != model.OutcomeChanged || !o.Material {
		t.Errorf("%+v", o)
	}
}
