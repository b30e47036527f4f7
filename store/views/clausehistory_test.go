package views_test

import (
	"encoding/json"
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store/model"
)

// anEditor makes versions of a document: paragraphs with names that never
// change, so that a test knows which is which.
type anEditor struct {
	rng    *rand.Rand
	names  int
	clause []string
}

func (e *anEditor) paragraph() string {
	e.names++
	var words []string
	for i := range 9 {
		words = append(words, fmt.Sprintf("%c%s%d", 'a'+e.names%26, strings.Repeat("o", 1+e.names/26),
			i)) // no other clause's
	}
	return fmt.Sprintf("Clause%d says %s of day 1.", e.names, strings.Join(words, " "))
}

// edit does one to three things to the document.
func (e *anEditor) edit() string {
	for range 1 + e.rng.Intn(3) {
		at := e.rng.Intn(len(e.clause))
		switch e.rng.Intn(5) {
		case 0:
			e.clause = append(e.clause[:at:at], append([]string{e.paragraph()}, e.clause[at:]...)...)
		case 1:
			if len(e.clause) > 4 {
				e.clause = append(e.clause[:at:at], e.clause[at+1:]...)
			}
		case 2:
			to := e.rng.Intn(len(e.clause))
			e.clause[at], e.clause[to] = e.clause[to], e.clause[at]
		default:
			e.clause[at] = strings.Replace(e.clause[at], "of day ",
				fmt.Sprintf("of day %d after day ", e.rng.Intn(90)), 1)
		}
	}
	return "# Terms\n\n" + strings.Join(e.clause, strings.Repeat("\n", 2+e.rng.Intn(2))) + "\n"
}

func TestClauseHistoryFollowsOneClause(t *testing.T) {
	e := &anEditor{rng: rand.New(rand.NewSource(9))}
	for range 12 {
		e.clause = append(e.clause, e.paragraph())
	}
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.RequireConsistent(t, s) })
	var list []model.Capture
	for i := range 60 {
		list = append(list, storetest.Capture("Terms", e.edit(), i))
	}
	list[30].Technical = true
	list[40].Text = "404 page not found"
	if _, err := s.Record(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for _, q := range page.Changes {
		d, err := s.Change(t.Context(), q.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Change.Clauses {
			h, err := s.ClauseHistory(t.Context(), q.ID, i)
			if err != nil {
				t.Fatal(err)
			}
			if q.Reason == model.ReasonCapture {
				continue
			}
			followed++
			for _, problem := range anomalies(t, s, h) {
				t.Errorf("%s, clause %d: %s", q.ID, i, problem)
			}
			name := map[string]bool{}
			for _, step := range h.Steps {
				if step.Text != "" && strings.HasPrefix(step.Text, "Clause") {
					name[strings.Fields(step.Text)[0]] = true
				}
			}
			if len(name) > 1 {
				t.Errorf("%s, clause %d: followed into another clause: %v", q.ID, i, name)
			}
		}
	}
	if followed < 100 {
		t.Errorf("only %d clauses were followed", followed)
	}
}

// anomalies lists what contradicts itself in a clause's history.
func anomalies(t testing.TB, s *store.Store, h model.ClauseHistory) (list []string) {
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	text := ""
	for i, step := range h.Steps {
		if i > 0 && step.Seq <= h.Steps[i-1].Seq {
			say("step %d is of version %d, after version %d", i, step.Seq, h.Steps[i-1].Seq)
		}
		if step.At != nil {
			whole, err := s.Text(t.Context(), h.Document, step.Seq)
			if err != nil {
				t.Fatal(err)
			}
			if whole[step.At.Start:step.At.End] != step.Text {
				say("step %d is not the text at its place", i)
			}
		}
		if (step.Kind == model.Removed) != (step.At == nil) || step.Kind == model.Removed && i != len(h.Steps)-1 ||
			step.Kind == model.Added && i != 0 {
			say("step %d of %d is %s", i, len(h.Steps), step.Kind)
		}
		if step.Change != "" && step.Kind != model.Added && step.Seq != h.Steps[0].Seq {
			if old, listed := oldText(t, s, step); listed && !strings.Contains(old, text) && !strings.Contains(text,
				old) {
				say("step %d changes a text that the step before does not have", i)
			}
		}
		text = step.Text
	}
	if h.Versions < 1 || h.Stability < 0 || h.Stability > 1 || h.FirstSeen.Seq > h.LastSeen.Seq ||
		len(h.Steps) == 0 || h.FirstSeen.Seq != h.Steps[0].Seq {
		say("first seen %d, last %d, %d versions, stability %.2f", h.FirstSeen.Seq, h.LastSeen.Seq, h.Versions,
			h.Stability)
	}
	return list
}

// oldText is what the clause change of a step has as the text before.
func oldText(t testing.TB, s *store.Store, step model.ClauseStep) (old string, listed bool) {
	d, err := s.Change(t.Context(), step.Change)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range d.Change.Clauses {
		if c.Old != nil && step.At != nil && c.New != nil && *c.New == *step.At {
			return d.OldText[c.Old.Start:c.Old.End], true
		}
	}
	return "", false
}

func TestClauseHistoryListsEveryStep(t *testing.T) {
	s := storetest.New(t, 1)
	const other = "\n\nYou must be eighteen years old to use what we offer.\n"
	texts := []string{"We keep the photos that you and your friends upload for 30 days after any of you deletes them." +
		other, "We keep the photos that you and your friends upload for 60 days after any of you deletes them." + other,
		"We keep the photos that you and your friends upload for 60 days after any of you deletes them.\n\nWe sell " +
			"nothing to anybody at all." + other,
		"We sell nothing to anybody at all.\n\nWe keep the photos that you and your friends upload for 90 days after " +
			"any of you deletes them." + other, "We sell nothing to anybody at all." + other}
	for i, text := range texts {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Photos", "# Photos\n\n"+text,
			i)}); err != nil {
			t.Fatal(err)
		}
	}
	h, err := s.ClauseHistory(t.Context(), "FP-C-000001", 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, step := range h.Steps {
		got = append(got, fmt.Sprintf("%d %s %s %s %s", step.Seq, step.Change, step.Kind, step.Heading, step.Text))
	}
	want := []string{
		"1  added [Photos] We keep the photos that you and your friends upload for 30 days after any of you deletes them.",
		"2 FP-C-000001 modified [Photos] We keep the photos that you and your friends upload for 60 days after any of " +
			"you deletes them.",
		"4 FP-C-000003 modified [Photos] We keep the photos that you and your friends upload for 90 days after any of " +
			"you deletes them.",
		"5 FP-C-000004 removed [Photos] ",
	}
	if asJSON(t, got) != asJSON(t, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if h.FirstSeen.Seq != 1 || h.LastSeen.Seq != 4 || h.Versions != 4 || h.Edits != 2 || h.Present ||
		h.Stability < 0.33 || h.Stability > 0.34 {
		t.Errorf("got %+v", h)
	}
	if _, err := s.ClauseHistory(t.Context(), "FP-C-000001", 9); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a clause that is not there: %v", err)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
