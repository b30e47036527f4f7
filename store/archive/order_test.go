package archive_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// lateHistory is a history of one document as one way in has it, in the order of time:
// texts that come and go, seen again, bad captures, failures.
func lateHistory(rng *rand.Rand, method model.Method) (list []model.Capture) {
	at := storetest.Day0
	kinds := []int{0, 1, 0, 1, 3, 7}
	for n := range 4 + rng.IntN(14) {
		at = at.Add(time.Duration(1+rng.IntN(3*24)) * time.Hour)
		if rng.IntN(5) == 0 {
			at = at.Add(time.Duration(10+rng.IntN(20)) * 24 * time.Hour)
		}
		c := commit("Terms", variant(kinds[rng.IntN(len(kinds))], rng.IntN(12)/10), n, at)
		if n > 0 && rng.IntN(3) == 0 {
			c.Text, c.Technical = list[n-1].Text, false
		}
		switch rng.IntN(14) {
		case 0:
			c.Technical = method == model.MethodOTAVersions
		case 1:
			c.Text = storetest.WallPage
		case 2:
			c.Text, c.Failure = "", "unreadable: it is none"
		case 3:
			c.Text = strings.Replace(c.Text, "30 days", "31 days", 1)
		}
		c.Origin.Method = method
		if method != model.MethodOTAVersions && method != model.MethodDataset {
			c.Raw, c.Extractor = []byte("<p>"+c.Text), "x/1"
			if rng.IntN(4) == 0 && n > 0 && list[n-1].Failure == "" {
				c.Raw, c.Extractor, c.Text = list[n-1].Raw, "x/2", list[n-1].Text+"\nread otherwise\n"
			}
		}
		list = append(list, c)
	}
	return list
}

var versionNumber = regexp.MustCompile(`\b(versions?) (\d+)(?: and (\d+))?`)

// judged is what a store found, a change a line, by the times of captures: numbers are
// given in the order in which these came.
func judged(t *testing.T, s *store.Store, keep func(model.QueueItem) bool) string {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, q := range page.Changes {
		if keep != nil && !keep(q) {
			continue
		}
		d, err := s.Change(t.Context(), q.ID)
		if err != nil {
			t.Fatal(err)
		}
		versions, err := s.Versions(t.Context(), q.Document)
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]string{"": ""}
		for _, v := range versions {
			at[fmt.Sprint(v.Seq)] = v.CapturedAt.Format(time.DateTime)
		}
		named := func(s string) string {
			return versionNumber.ReplaceAllStringFunc(s, func(m string) string {
				p := versionNumber.FindStringSubmatch(m)
				return p[1] + " " + at[p[2]] + " " + at[p[3]]
			})
		}
		line := fmt.Sprintf("%s %.8s > %s %.8s %t %s %q %+v %v", q.From.CapturedAt.Format(time.DateTime), q.From.SHA256,
			q.To.CapturedAt.Format(time.DateTime), q.To.SHA256, q.Material, q.Reason, named(q.Detail), q.Suggested, q.Counts)
		if a := q.Alternation; a != nil {
			line += fmt.Sprintf(" turn %d since %v", a.Turns, a.Since)
			for _, v := range a.Variants {
				line += " " + at[fmt.Sprint(v)]
			}
		}
		for _, c := range d.Change.Clauses {
			line += fmt.Sprintf(" %s %t %s %s", c.Kind, c.Material, c.Reason, named(c.Detail))
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// recordedIn records captures in batches of random sizes, and settles their archive.
func recordedIn(t *testing.T, list []model.Capture, rng *rand.Rand, between func(*store.Store)) *store.Store {
	t.Helper()
	s := storetest.New(t, 0)
	for len(list) > 0 {
		n := 1 + rng.IntN(min(len(list), 6))
		if _, err := s.Record(t.Context(), list[:n]); err != nil {
			t.Fatal(err)
		}
		list = list[n:]
		if strings.HasPrefix(string(list0(list).Origin.Method), "ota") || len(list) == 0 {
			settle(t, s)
		}
		if between != nil {
			between(s)
		}
		if rng.IntN(4) == 0 {
			s = storetest.Reopen(t, s)
		}
	}
	return s
}

func list0(list []model.Capture) model.Capture {
	if len(list) == 0 {
		return model.Capture{}
	}
	return list[0]
}

func settle(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.SettleArchive(t.Context(), firstCommit); err != nil {
		t.Fatal(err)
	}
}

var lateMethods = []model.Method{model.MethodOTAVersions, model.MethodFile, model.MethodWayback,
	model.MethodOTASnapshots,
	model.MethodDataset}

func shuffled(list []model.Capture, rng *rand.Rand) []model.Capture {
	list = slices.Clone(list)
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// TestAnyOrderOfImportGivesTheSame: the same captures in any order, in any batches, give
// the same changes with the same verdicts.
func TestAnyOrderOfImportGivesTheSame(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 4
	}
	for seed := range uint64(rounds) {
		for _, method := range lateMethods {
			rng := rand.New(rand.NewPCG(seed, 5))
			list := lateHistory(rng, method)
			want := judged(t, recordedIn(t, list, rng, nil), nil)
			for turn := range 2 {
				s := recordedIn(t, shuffled(list, rng), rng, nil)
				if got := judged(t, s, nil); got != want {
					t.Errorf("%s, seed %d, turn %d: %s", method, seed, turn, firstDifference(got, want))
				}
				checkSound(t, s)
			}
		}
	}
}

func checkSound(t *testing.T, s *store.Store) {
	t.Helper()
	report, err := s.Check(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("%v, %v", report.Problems, err)
	}
}

// TestDecisionsOutliveOlderCaptures: what was decided stays as it was decided and cites
// what it cited, and the rest is as if nothing had been decided.
func TestDecisionsOutliveOlderCaptures(t *testing.T) {
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 6))
		list := lateHistory(rng, lateMethods[seed%uint64(len(lateMethods))])
		want := judged(t, recordedIn(t, list, rng, nil), nil)
		decided := map[model.ID]model.QueueItem{}
		s := recordedIn(t, shuffled(list, rng), rng, func(s *store.Store) {
			page, err := s.Queue(t.Context(), model.QueueFilter{})
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range page.Changes {
				if rng.IntN(3) > 0 {
					continue
				}
				d := model.Decision{Change: q.ID, Action: model.ActionApprove, Severity: ptr(model.Low),
					Confidence: ptr(model.HighConfidence),
					Basis:      ptr(model.Explicit), Summary: ptr("It says another thing.")}
				if rng.IntN(2) == 0 {
					d = model.Decision{Change: q.ID, Action: model.ActionDismiss, Reason: "not ours"}
				}
				if _, err := s.Decide(t.Context(), d); err != nil {
					t.Fatal(err)
				}
				now, err := s.Change(t.Context(), q.ID)
				if err != nil {
					t.Fatal(err)
				}
				decided[q.ID] = now.Row
			}
		})
		superseded := 0
		for id, was := range decided {
			d, err := s.Change(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			now := d.Row
			if now.Superseded {
				superseded++
			}
			if now.State != was.State || asJSON(t, []any{now.From, now.To, now.Record, now.Counts}) !=
				asJSON(t, []any{was.From, was.To, was.Record, was.Counts}) {
				t.Errorf("seed %d: %s was\n%s, is\n%s", seed, id, asJSON(t, was), asJSON(t, now))
			}
		}
		pairOf := func(line string) string { return strings.Join(strings.Fields(line)[:7], " ") }
		got := map[string]bool{}
		for line := range strings.Lines(judged(t, s, func(q model.QueueItem) bool { return !q.Superseded })) {
			got[pairOf(line)] = true
		}
		n := 0
		for line := range strings.Lines(want) {
			n++
			if !got[pairOf(line)] {
				t.Errorf("seed %d: %s is not found", seed, pairOf(line))
			}
		}
		if len(got) != n {
			t.Errorf("seed %d: %d changes, want %d", seed, len(got), n)
		}
		t.Logf("seed %d: %d decided, %d of them superseded", seed, len(decided), superseded)
		checkSound(t, s)
	}
}

func ptr[T any](v T) *T { return &v }

// TestOlderCapturesOfOtherWaysIn: an archive that goes on, files between, and a page that
// is fetched, which comes last whatever was put in.
func TestOlderCapturesOfOtherWaysIn(t *testing.T) {
	s := storetest.New(t, 0)
	day := func(n int) time.Time { return storetest.Day0.AddDate(0, 0, n) }
	record := func(c model.Capture, method model.Method) model.Outcome {
		t.Helper()
		c.Origin.Method = method
		if method == model.MethodWeb {
			c.Origin.Archive = nil
		}
		out, err := s.Record(t.Context(), []model.Capture{c})
		if err != nil {
			t.Fatal(err)
		}
		return out[0]
	}
	record(commit("Terms", variant(0, 0), 1, day(0)), model.MethodOTAVersions)
	record(commit("Terms", variant(3, 0), 2, day(60)), model.MethodOTAVersions)
	web := record(commit("Terms", variant(7, 0), 0, day(90)), model.MethodWeb)
	again := record(commit("Terms", variant(7, 0), 0, day(120)), model.MethodWeb)
	if web.Kind != model.OutcomeChanged || again.Kind != model.OutcomeUnchanged {
		t.Fatalf("%+v, %+v", web, again)
	}
	// The page showed the same a month later, so that what a file shows in between was left again.
	s = storetest.Reopen(t, s)
	if o := record(commit("Terms", variant(15, 0), 4, day(100)), model.MethodFile); !o.Placed ||
		o.Kind != model.OutcomeChanged {
		t.Errorf("before the last fetch: %+v", o)
	}
	if o := record(commit("Terms", variant(1, 0), 3, day(30)), model.MethodFile); !o.Placed ||
		o.Kind != model.OutcomeChanged {
		t.Errorf("between: %+v", o)
	}
	late := commit("Terms", variant(15, 0), 5, day(95))
	late.Deleted, late.Text = true, ""
	if o := record(late, model.MethodOTAVersions); o.Kind != model.OutcomeEnded {
		t.Errorf("deleted, and seen since: %+v", o)
	}
	var got []string
	for line := range strings.Lines(judged(t, s, nil)) {
		f := strings.Fields(line)
		got = append(got, f[0]+" "+f[4])
	}
	var want []string
	for _, pair := range [][2]int{{0, 30}, {30, 60}, {60, 90}, {90, 100}, {100, 120}} {
		want = append(want, day(pair[0]).Format(time.DateOnly)+" "+day(pair[1]).Format(time.DateOnly))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	d, err := s.DocumentNamed(t.Context(), "Acme", "Terms")
	if err != nil || d.Ended != nil {
		t.Errorf("%+v, %v", d, err)
	}
	if o := record(commit("Terms", variant(7, 1), 0, day(121)), model.MethodWeb); o.Kind != model.OutcomeChanged ||
		o.Seq <= 6 {
		t.Errorf("fetched again: %+v", o)
	}
	checkSound(t, s)
}
