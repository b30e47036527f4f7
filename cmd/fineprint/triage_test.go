package main

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fineprint/cmd/dev/desktest"
	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
)

// analyst presses keys on the desk, counts them, and writes down beside it what
// each change should have become.
type analyst struct {
	*desktest.Terminal
	t      *testing.T
	keys   int // pressed, typing of summaries and reasons left out
	counts map[string][]int
	want   map[model.ID]model.Review
}

// presses counts keys that are commands; types what is only writing.
func (a *analyst) presses(keys ...string) {
	a.Press(keys...)
	for _, k := range keys {
		switch k {
		case "enter", "ctrl+d":
			a.keys++
		default:
			a.keys += utf8.RuneCountInString(k)
		}
	}
}

// decided returns what the keys since the last call were for.
func (a *analyst) decided(kind string, keys int) {
	a.t.Helper()
	if a.keys != keys {
		a.t.Errorf("%s took %d keys, not %d", kind, a.keys, keys)
	}
	a.counts[kind] = append(a.counts[kind], a.keys)
	a.keys = 0
}

// TestTriageByKeysDecidesAsMeant judges a hundred changes by keys alone, as fast as a script types,
// and compares the store with what was meant. On FINEPRINT_CORPUS, an Open Terms
// Archive history, it does so with real changes.
func TestTriageByKeysDecidesAsMeant(t *testing.T) {
	t.Parallel()
	desktest.NeedTerminal(t)
	a, s := emptyDesk(t)
	if corpus := os.Getenv("FINEPRINT_CORPUS"); corpus != "" {
		if _, err := a.deskOn(s, nil).use.ImportOTA(t.Context(), app.OTARequest{Repo: corpus}); err != nil {
			t.Fatal(err)
		}
	} else if _, err := s.Record(t.Context(), toTriage()); err != nil {
		t.Fatal(err)
	}
	d := &analyst{Terminal: openTerminal(t, a.deskOptions(s, nil)), t: t, counts: map[string][]int{},
		want: map[model.ID]model.Review{}}
	d.Sees("by risk", "FP-C-")
	cluster := d.cluster(s)
	d.material(s, 60)
	d.noise(s, 100-60-cluster)
	d.Press("ctrl+c")
	d.Left()
	d.compare(s, 100)
	for kind, counts := range d.counts {
		t.Logf("%-28s %3d times, %d keys each", kind, len(counts), counts[0])
	}
}

// listed is what the store lists of a kind, in the desk's order.
func listed(t *testing.T, s *store.Store, keep func(model.QueueItem) bool) []model.QueueItem {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var list []model.QueueItem
	for _, c := range page.Changes {
		if keep(c) {
			list = append(list, c)
		}
	}
	return list
}

// rowKey is what the changes have in common that one row of the queue stands for.
func rowKey(c model.QueueItem) string {
	switch {
	case !c.Material && c.Alternation != nil:
		return fmt.Sprint(c.Section(), c.Alternation.ID)
	case c.DuplicateCount > 1:
		return fmt.Sprint(c.Section(), c.DuplicateGroup)
	}
	return string(c.ID)
}

// inRows puts changes in the order they come up in the queue, where identical ones are one
// row, and returns how many rows come before each.
func inRows(list []model.QueueItem) (ordered []model.QueueItem, before []int) {
	rows, keys := map[string][]model.QueueItem{}, []string{}
	for _, c := range list {
		key := rowKey(c)
		if rows[key] == nil {
			keys = append(keys, key)
		}
		rows[key] = append(rows[key], c)
	}
	for i, key := range keys {
		for _, c := range rows[key] {
			ordered, before = append(ordered, c), append(before, i)
		}
	}
	return ordered, before
}

// cluster dismisses a group of duplicates, three keys for all of them.
func (d *analyst) cluster(s *store.Store) int {
	size := 0
	alike := map[string][]model.ID{}
	var first model.QueueItem
	for _, c := range listed(d.t, s, func(c model.QueueItem) bool { return !c.Material && c.DuplicateCount > 1 }) {
		alike[c.DuplicateGroup] = append(alike[c.DuplicateGroup], c.ID)
		if c.DuplicateCount > size && c.DuplicateCount <= 20 {
			size, first = c.DuplicateCount, c
		}
	}
	if size < 2 {
		d.t.Fatal("no cluster to judge")
	}
	d.Press("/", "is:immaterial", "enter")
	d.Sees("/ is:immaterial")
	list, before := inRows(listed(d.t, s, func(c model.QueueItem) bool { return !c.Material }))
	for range before[slices.IndexFunc(list, func(c model.QueueItem) bool { return c.ID == first.ID })] {
		d.Press("j")
	}
	d.Sees(string(first.ID))
	d.presses("*", "x", "y")
	d.decided(fmt.Sprintf("a cluster of %d", size), 3)
	d.Sees(fmt.Sprintf("%d changes dismissed", size))
	for _, id := range alike[first.DuplicateGroup] {
		d.want[id] = model.Review{State: model.Dismissed, Reason: string(first.Reason)}
	}
	return size
}

// material opens the material changes one after the other, and judges every
// third by itself and the two after it as known patterns.
func (d *analyst) material(s *store.Store, n int) {
	d.Press("/", "ctrl+u", "is:material", "enter")
	d.Sees("/ is:material")
	d.Press("g", "enter")
	list, _ := inRows(listed(d.t, s, func(c model.QueueItem) bool { return c.Material }))
	summary := ""
	for i, c := range list[:n] {
		approved := model.Review{State: model.Approved, Severity: model.Medium, Confidence: model.HighConfidence,
			Basis: model.Explicit}
		switch i % 3 {
		case 0:
			summary = fmt.Sprintf("What change %d means to those bound by it.", i)
			d.presses("2", "s")
			d.Press(summary)
			d.presses("ctrl+d")
			d.decided("a material change + typing", 3)
		case 1:
			d.presses(".", "a")
			d.decided("a known pattern", 2)
		case 2:
			d.presses("x")
			d.Press("ctrl+u", "a known pattern of no interest")
			d.presses("enter")
			d.decided("a dismissal + typing", 2)
			d.want[c.ID] = model.Review{State: model.Dismissed, Reason: "a known pattern of no interest"}
			continue
		}
		approved.Summary = summary
		d.want[c.ID] = approved
	}
	d.waits(s, list[n-1].ID)
	d.Press("q")
	d.Sees("/ is:material")
}

// noise dismisses what is immaterial from the list.
func (d *analyst) noise(s *store.Store, n int) {
	d.Press("/", "ctrl+u", "is:immaterial", "enter")
	d.Sees("/ is:immaterial")
	d.Press("g")
	list, _ := inRows(listed(d.t, s, func(c model.QueueItem) bool { return !c.Material }))
	for _, c := range list[:n] {
		d.presses("x", "enter")
		d.decided("noise", 2)
		d.want[c.ID] = model.Review{State: model.Dismissed, Reason: string(c.Reason)}
	}
	d.waits(s, list[n-1].ID)
}

// waits until a change is not pending any more.
func (d *analyst) waits(s *store.Store, id model.ID) {
	d.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if c, err := s.Change(context.Background(), id); err == nil && c.Review.State != model.Pending {
			return
		}
	}
	d.t.Fatalf("%s stays pending:\n%s", id, d.Screen())
}

// compare holds the store against what was meant: those changes, and no others.
func (d *analyst) compare(s *store.Store, n int) {
	page, err := s.Queue(context.Background(), model.QueueFilter{AllState: true})
	if err != nil {
		d.t.Fatal(err)
	}
	judged := 0
	for _, c := range page.Changes {
		if c.State == model.Pending {
			continue
		}
		judged++
		full, err := s.Change(context.Background(), c.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		r := full.Review
		got := model.Review{State: r.State, Reason: r.Reason, Severity: r.Severity, Confidence: r.Confidence,
			Basis: r.Basis, Summary: r.Summary}
		want, meant := d.want[c.ID]
		if want.State == model.Dismissed {
			got.Severity, got.Confidence, got.Basis, got.Summary = "", "", "", ""
		}
		if !meant || !reflect.DeepEqual(got, want) {
			d.t.Errorf("%s is\n%+v, meant was\n%+v", c.ID, got, want)
		}
	}
	if judged != n || len(d.want) != n {
		d.t.Errorf("%d were judged and %d meant, not %d", judged, len(d.want), n)
	}
}

// toTriage makes 70 material changes, each of its own kind, and 60 immaterial
// ones, 8 of them duplicates.
func toTriage() []model.Capture {
	var list []model.Capture
	add := func(platform, before, after string) {
		for i, text := range []string{before, after} {
			list = append(list, model.Capture{Platform: platform, Type: "Terms of Service", Text: text,
				Raw: []byte(text), MediaType: "text/markdown", CapturedAt: time.Date(2026, 3, 1+i, 5, 6, 7, 0,
					time.UTC)})
		}
	}
	nouns := strings.Fields("account photograph invoice parcel password message profile payment invitation recording")
	for i := range 70 {
		text := fmt.Sprintf("# Terms of %s %d\n\nYou must keep your %s of kind %d for %d days after the %s was "+
			"closed, and you may ask us for a copy of it.\n", nouns[i%10], i, nouns[i%10], i, 100+i, nouns[(i/10+3)%10])
		add(fmt.Sprintf("Material %02d", i), text, strings.Replace(text, fmt.Sprint(100+i), fmt.Sprint(300+2*i), 1))
	}
	for i := range 60 {
		target := fmt.Sprintf("https://example.org/help/%d", i)
		if i < 8 {
			target = "https://example.org/help"
		}
		text := fmt.Sprintf("# Terms\n\nRead [our help page](%s) before you agree to anything at all.\n", target)
		add(fmt.Sprintf("Noise %02d", i), text, strings.Replace(text, "example.org", "example.com", 1))
	}
	return list
}
