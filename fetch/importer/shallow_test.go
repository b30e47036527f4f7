package importer_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
	"fineprint/fetch/importer"
	"fineprint/store"
	"fineprint/store/model"
)

// clones makes a history of three documents, and clones of it: whole, and cut off before
// some of its commits. renamed has one of the documents take another name on the way.
func clones(t *testing.T, seed int64, renamed bool) (whole string, shallow func(at int) string) {
	const n = 24
	make := func() (*otatest.History, []string) {
		h := otatest.New(t)
		rng := rand.New(rand.NewSource(seed))
		files, names := map[string]string{}, []string{}
		for i := range n {
			kind := []string{"Terms", "Privacy", "Cookies"}[rng.Intn(3)]
			if renamed && i == 9 {
				if text, ok := files["Acme/Privacy.md"]; ok {
					delete(files, "Acme/Privacy.md")
					files["Acme/Privacy Policy.md"] = text
					names = append(names, h.Commit(files, "Rename", day0.AddDate(0, 0, i)))
				}
			}
			if renamed && i >= 9 && kind == "Privacy" {
				kind = "Privacy Policy"
			}
			text := fmt.Sprintf("# %s\n\n", kind[:5])
			for k, about := range strings.Fields("accounts photos videos messages payments contacts") {
				text += fmt.Sprintf("We keep what we know of your %s for %d days.\n\n", about, 30+10*(rng.Intn(3)*k%3))
			}
			files["Acme/"+kind+".md"] = text
			names = append(names, h.Commit(files, "Record new changes of Acme "+kind, day0.AddDate(0, 0, i)))
		}
		return h, names
	}
	h, names := make()
	return h.Dir, func(at int) string {
		h, _ := make()
		h.Cut(names[at])
		return h.Dir
	}
}

// told is what a store found, by the times of captures.
func told(t *testing.T, s *store.Store) string {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, q := range page.Changes {
		lines = append(lines, fmt.Sprintf("%s %s %.8s > %s %.8s %t %s %v", q.Type, q.From.CapturedAt.Format(time.DateOnly),
			q.From.SHA256, q.To.CapturedAt.Format(time.DateOnly), q.To.SHA256, q.Material, q.Reason, q.Counts))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestShallowAndWholeCloneAreOneHistory: whichever comes first.
func TestShallowAndWholeCloneAreOneHistory(t *testing.T) {
	for seed := range int64(4) {
		for _, renamed := range []bool{false, true} {
			whole, shallow := clones(t, seed, renamed)
			once := newStore(t)
			if _, err := importInto(t, t.Context(), once, whole, importer.ImportOptions{}); err != nil {
				t.Fatal(err)
			}
			want := told(t, once)
			for _, cut := range []int{3, 8, 12, 20} {
				name := fmt.Sprintf("seed %d, renamed %t, cut at %d", seed, renamed, cut)
				part := shallow(cut)
				later, err := importInto(t, t.Context(), once, part, importer.ImportOptions{})
				if err != nil || later.First+later.Changed > 0 || !later.Shallow {
					t.Errorf("%s: after the whole one %+v, %v", name, later, err)
				}
				s := newStore(t)
				first, err := importInto(t, t.Context(), s, part, importer.ImportOptions{})
				if err != nil || !first.Shallow || len(first.Notes) != 1 {
					t.Fatalf("%s: %+v, %v", name, first, err)
				}
				second, err := importInto(t, t.Context(), s, whole, importer.ImportOptions{})
				if err != nil || second.Older == 0 || second.Shallow {
					t.Fatalf("%s: %+v, %v", name, second, err)
				}
				if got := told(t, s); got != want {
					t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
				}
				if again, err := importInto(t, t.Context(), s, whole, importer.ImportOptions{}); err != nil || again.New() > 0 {
					t.Errorf("%s: again %+v, %v", name, again, err)
				}
				report, err := s.Check(t.Context(), nil)
				if err != nil || len(report.Problems) > 0 {
					t.Errorf("%s: %v, %v", name, report.Problems, err)
				}
			}
			if got := told(t, once); got != want {
				t.Errorf("seed %d: a shallow clone of what is here changed it:\n%s", seed, got)
			}
		}
	}
}
