package archive_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

const firstCommit = "abababababababababababababababababababab"

// variant is one of a few texts of a document, under a date.
func variant(kind, date int) string {
	b := fmt.Sprintf("# Terms\n\nLast updated: %d May 2026\n\n", 1+date)
	for i, about := range strings.Fields("accounts photos videos messages payments contacts devices searches") {
		if kind>>(i%4)&1 == 1 {
			b += fmt.Sprintf("We may sell what we know of your %s to whoever pays us for it.\n\n", about)
		} else {
			b += fmt.Sprintf("We keep what we know of your %s for 30 days, and no longer than that.\n\n", about)
		}
	}
	return b
}

// commit is a capture of an archive.
func commit(doc, text string, n int, at time.Time) model.Capture {
	return model.Capture{Platform: "Acme", Type: doc, Text: text, CapturedAt: at,
		Origin: model.Provenance{Method: model.MethodOTAVersions, Archive: &model.ArchiveOrigin{Repo: "r", Root: firstCommit,
			Commit: fmt.Sprintf("%040d", n), Path: "Acme/" + doc + ".md"}}}
}

// randomHistory is a history of three documents that go back and forth, with bad
// captures, technical commits and failures.
func randomHistory(rng *rand.Rand) (list []model.Capture) {
	at := storetest.Day0
	for n := range 40 {
		at = at.Add(time.Duration(rng.IntN(3*24)) * time.Hour)
		if rng.IntN(6) == 0 {
			at = at.Add(time.Duration(10+rng.IntN(20)) * 24 * time.Hour)
		}
		text := variant([]int{0, 1, 0, 1, 3, 7}[rng.IntN(6)], rng.IntN(12)/10)
		c := commit([]string{"Terms", "Privacy", "Cookies"}[rng.IntN(3)], text, n, at)
		switch rng.IntN(14) {
		case 0:
			c.Technical = true
		case 1:
			c.Text = storetest.WallPage
		case 2:
			c.Text = ""
		case 3:
			c.Technical, c.Text = true, strings.Replace(text, "# Terms", "Terms\n=====", 1)
		case 4:
			c.Text = strings.Replace(text, "30 days", "31 days", 1)
		}
		list = append(list, c)
	}
	return list
}

// asRecorded is a store's queue, a change a line, but for when it was recorded.
func asRecorded(t *testing.T, s *store.Store) string {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]string, len(page.Changes))
	for i := range page.Changes {
		page.Changes[i].DetectedAt = time.Time{}
		lines[i] = asJSON(t, page.Changes[i])
	}
	return strings.Join(lines, "\n")
}

// firstDifference are the first lines in which two lists differ.
func firstDifference(a, b string) string {
	was, is := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			return "got  " + was[i] + "\nwant " + is[i]
		}
	}
	return fmt.Sprintf("%d and %d changes", len(was), len(is))
}

// recordedInParts records a history in batches of some size and settles it after each that
// is a part; a negative part opens the store again before each.
func recordedInParts(t *testing.T, list []model.Capture, batch, part int) *store.Store {
	t.Helper()
	s := storetest.New(t, 0)
	for from := 0; from < len(list); from += batch {
		to := min(from+batch, len(list))
		if _, err := s.Record(t.Context(), list[from:to]); err != nil {
			t.Fatal(err)
		}
		if to == len(list) || part > 0 && (from/batch)%part == part-1 {
			if err := s.SettleArchive(t.Context(), firstCommit); err != nil {
				t.Fatal(err)
			}
		}
		if part < 0 {
			s = storetest.Reopen(t, s)
		}
	}
	return s
}

// TestImportGivesTheSameHoweverItIsCut: verdicts, alternations and IDs of a history
// that comes at once, in parts that are each settled, or interrupted.
func TestImportGivesTheSameHoweverItIsCut(t *testing.T) {
	turns, settled := 0, 0
	for seed := range uint64(8) {
		list := randomHistory(rand.New(rand.NewPCG(seed, 1)))
		whole := recordedInParts(t, list, len(list), 0)
		want := asRecorded(t, whole)
		for _, c := range [][2]int{{7, 1}, {1, 5}, {3, -1}, {1, -1}} {
			if got := asRecorded(t, recordedInParts(t, list, c[0], c[1])); got != want {
				t.Fatalf("seed %d, in batches of %d, parts of %d:\n%s", seed, c[0], c[1], firstDifference(got, want))
			}
		}
		turns += strings.Count(want, `"alternation"`)
		settled += strings.Count(want, `"detail":"settled"`)
		before, _ := whole.Stats(t.Context())
		r, err := whole.DetectAgain(t.Context(), store.DetectAgainOptions{})
		after, _ := whole.Stats(t.Context())
		if got := asRecorded(t, whole); err != nil || got != want || r.Differing() != 0 ||
			after.JournalEntries != before.JournalEntries {
			t.Fatalf("seed %d, detected again: %+v, %v\n%s", seed, r, err, firstDifference(got, want))
		}
		more := commit("Terms", variant(15, 3), 99, list[len(list)-1].CapturedAt.Add(time.Hour))
		o, err := whole.Record(t.Context(), []model.Capture{more})
		if err != nil || o[0].Change == "" {
			t.Fatalf("seed %d, recorded on: %+v, %v", seed, o, err)
		}
	}
	if turns < 30 || settled < 5 {
		t.Errorf("the histories have %d turns and %d that settled", turns, settled)
	}
}

// TestSettledVariantIsShownOnce: what stays is material under the ID of its turn, unless
// it was shown; then that is not taken back any more.
func TestSettledVariantIsShownOnce(t *testing.T) {
	day := func(n int) time.Time { return storetest.Day0.AddDate(0, 0, n) }
	a, b, c := variant(0, 0), variant(1, 0), variant(3, 0)
	type shown struct {
		material bool
		detail   string
	}
	taken := func(seq int) string { return fmt.Sprintf("goes back to version %d", seq) }
	between := func(x, y int) string { return fmt.Sprintf("alternates between versions %d and %d", x, y) }
	for name, w := range map[string]struct {
		texts []string
		days  []int
		end   int // of the archive
		want  []shown
	}{
		"taken back for good": {[]string{a, b, a}, []int{0, 1, 2}, 50,
			[]shown{{true, "taken back with version 3"}, {false, taken(1)}}},
		"stays with what was shown": {[]string{a, b, a, b}, []int{0, 1, 2, 3}, 50,
			[]shown{{true, "stands again since version 4"}, {false, taken(1) + "; taken back with version 4"},
				{false, between(2, 3)}}},
		"stays with the other": {[]string{a, b, a, b, a}, []int{0, 1, 2, 3, 4}, 50,
			[]shown{{true, "taken back with version 3"}, {false, taken(1) + "; taken back with version 4"},
				{false, between(2, 3) + "; taken back with version 5"}, {true, "settled"}}},
		"stays with the other, not yet": {[]string{a, b, a, b, a}, []int{0, 1, 2, 3, 4}, 17,
			[]shown{{true, "taken back with version 3"}, {false, taken(1) + "; taken back with version 4"},
				{false, between(2, 3) + "; taken back with version 5"}, {false, between(3, 4)}}},
		"stays with one of before": {[]string{a, b, c, a}, []int{0, 1, 2, 3}, 50,
			[]shown{{true, ""}, {true, ""}, {true, "settled"}}},
		"stays until another comes": {[]string{a, b, c, a, variant(7, 0)}, []int{0, 1, 2, 3, 40}, 50,
			[]shown{{true, ""}, {true, ""}, {true, "settled"}, {true, ""}}},
	} {
		var list []model.Capture
		for i, text := range w.texts {
			list = append(list, commit("Terms", text, i, day(w.days[i])))
		}
		list = append(list, commit("Privacy", a, 99, day(w.end)))
		s := recordedInParts(t, list, 2, 1)
		for i, want := range w.want {
			d, err := s.Change(t.Context(), model.ID(fmt.Sprintf("FP-C-%06d", i+1)))
			if err != nil {
				t.Fatal(err)
			}
			if got := (shown{d.Row.Material, d.Row.Detail}); got != want {
				t.Errorf("%s: change %d is %+v, want %+v", name, i+1, got, want)
			}
		}
	}
}
