package views_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// writer writes to a store at random, in all the ways that there are, as another
// process would.
type writer struct {
	*store.Store
	t     *testing.T
	rng   *rand.Rand
	now   *time.Time
	doc   map[string]int // by type: how many captures came
	types []string
	done  map[string]int // writes by kind, those that were not refused
	last  model.ID       // that was decided on
}

func (w *writer) pick(of ...string) string { return of[w.rng.IntN(len(of))] }

// capture is a next one of a document: now and then a text that was before, a page
// that is none, or a document that is called otherwise.
func (w *writer) capture() model.Capture {
	i := w.rng.IntN(len(w.types))
	kind := w.types[i]
	w.doc[kind]++
	c := storetest.Capture(kind, storetest.Policy(30+w.doc[kind]), w.doc[kind])
	c.Origin = model.Provenance{Method: model.MethodOTAVersions, Archive: &model.ArchiveOrigin{Repo: "archive", Root: "root",
		Commit: fmt.Sprintf("%040x", w.rng.Uint64()), Path: kind + ".md"}}
	switch w.rng.IntN(8) {
	case 0, 1:
		c.Text = storetest.Policy(30 + w.doc[kind] - 2)
	case 2:
		c.Text = storetest.WallPage
	case 3:
		c.Text, c.Failure = "", "empty"
	case 4:
		if w.rng.IntN(3) == 0 {
			c.RenamedFrom = &model.DocumentName{Platform: c.Platform, Type: kind}
			c.Type = fmt.Sprint(kind, " II")
			w.types[i] = c.Type
			w.doc[c.Type] = w.doc[kind]
		}
	}
	return c
}

// change names a change, mostly one there is, and often the one decided on last.
func (w *writer) change() model.ID {
	if w.last != "" && w.rng.IntN(2) > 0 {
		return w.last
	}
	page, err := w.Queue(w.t.Context(), model.QueueFilter{AllState: true, Offset: w.rng.IntN(30), Limit: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	if len(page.Changes) == 0 {
		return "FP-C-000001"
	}
	return page.Changes[0].ID
}

// decision is one that the change's state mostly allows.
func (w *writer) decision(id model.ID) model.Decision {
	d := model.Decision{Change: id, Base: model.AnyRevision, Actor: "ada"}
	detail, err := w.Change(w.t.Context(), id)
	if err != nil {
		return d
	}
	actions := []model.Action{model.ActionApprove, model.ActionDismiss, model.ActionSnooze, model.ActionSet,
		model.ActionSubmit}
	switch detail.Review.State {
	case model.InReview:
		d.Actor = "ben"
		actions = []model.Action{model.ActionContest, model.ActionRequestChanges, model.ActionApprove}
	case model.Dismissed, model.Snoozed, model.Approved:
		actions = append(actions, model.ActionReopen, model.ActionUndo)
	}
	if detail.Review.CanRedo {
		actions = append(actions, model.ActionRedo, model.ActionRedo)
	}
	switch action := actions[w.rng.IntN(len(actions))]; action {
	case model.ActionApprove, model.ActionSubmit:
		actor := d.Actor
		d = storetest.Approval(id)
		d.Action, d.Actor = action, actor
	case model.ActionSet:
		d.Action, d.Severity = action, storetest.Ptr(model.Severities[w.rng.IntN(len(model.Severities))])
	case model.ActionContest:
		d.Action, d.Severity, d.Reason = action, storetest.Ptr(model.Low), "read otherwise"
	default:
		d.Action, d.Reason, d.Until = action, "noise", w.pick("next", "3d", "20d")
	}
	return d
}

// write writes once, and returns what.
func (w *writer) write() string {
	ctx := w.t.Context()
	var what string
	var err error
	switch w.rng.IntN(16) {
	case 0, 1, 2:
		what = "capture"
		_, err = w.Record(ctx, []model.Capture{w.capture(), w.capture()})
	case 3, 4, 5, 6, 7, 8:
		d := w.decision(w.change())
		what, w.last = string(d.Action), d.Change
		_, err = w.Decide(ctx, d)
	case 9:
		what = "several"
		_, err = w.DecideAll(ctx, []model.Decision{
			{Change: w.change(), Base: model.AnyRevision, Actor: "ada", Action: model.ActionDismiss, Reason: "noise"},
			{Change: w.change(), Base: model.AnyRevision, Actor: "ada", Action: model.ActionDismiss, Reason: "noise"},
		})
	case 10:
		what = "detect"
		_, err = w.DetectAgain(ctx, store.DetectAgainOptions{})
	case 11:
		what = "settle"
		err = w.SettleArchive(ctx, "root")
	case 12:
		what = "rule"
		_, err = w.AddPlaceRule(ctx, model.PlaceRuleRequest{Rule: model.RuleFold, Change: w.change(), Clause: 1, Sentences: true})
	case 13:
		what = "rule removed"
		var rules []model.PlaceRule
		if rules, err = w.PlaceRules(ctx); err == nil && len(rules) > 0 {
			_, err = w.RemovePlaceRule(ctx, rules[0].ID)
		}
	case 14:
		what = "track"
		_, err = w.Track(ctx, []model.TrackRequest{{Platform: w.pick("Acme", "Penwick"), Type: w.pick(w.types...),
			Source: model.Source{URL: "https://acme.example/" + fmt.Sprint(w.rng.IntN(5))}}})
	default:
		what = "time"
		*w.now = w.now.Add(40 * time.Hour)
		err = w.SaveDraft(ctx, model.Draft{Change: w.change(), Actor: "ada", Summary: "It", At: *w.now})
	}
	if err == nil {
		w.done[what]++
	} else if !errors.Is(err, model.ErrInvalid) && !errors.Is(err, model.ErrNotAllowed) &&
		!errors.Is(err, model.ErrNotFound) && !errors.Is(err, model.ErrStale) {
		w.t.Fatalf("%s: %v", what, err)
	}
	return what
}

// newWriter makes an empty store and what writes to it.
func newWriter(t *testing.T, seed uint64) *writer {
	t.Helper()
	now := storetest.Day0.AddDate(1, 0, 0)
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true,
		Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.RequireConsistent(t, s) })
	return &writer{Store: s, t: t, rng: rand.New(rand.NewPCG(seed, 2)), now: &now, doc: map[string]int{},
		types: []string{"Terms", "Privacy", "Cookies"}, done: map[string]int{}}
}

// open opens the store anew, with nothing in memory.
func (w *writer) open() *store.Store {
	w.t.Helper()
	s, err := store.Open(w.Path(), store.Options{Actor: "ada", NoSync: true, Clock: func() time.Time { return *w.now }})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// TestFollowedListIsTheWholeList holds, after each of many writes of all kinds, what a
// reader has that follows against what one reads that begins.
func TestFollowedListIsTheWholeList(t *testing.T) {
	filters := []model.QueueFilter{{}, {AllState: true}, {State: model.Approved}, {State: model.Snoozed},
		{Platform: "acme", AllState: true}, {Match: "*/Terms*", Severity: model.High}}
	done := map[string]int{}
	for seed := range uint64(8) {
		w := newWriter(t, seed)
		reader := w.open()
		reader.UseLearning(store.Learning{After: 1})
		lists := make([][]*model.QueueItem, len(filters))
		seen := make([]*model.QueueSeen, len(filters))
		for range 80 {
			what := w.write()
			begins := w.open()
			for i, f := range filters {
				u, err := reader.FollowQueue(t.Context(), f, seen[i])
				if err != nil {
					t.Fatal(err)
				}
				var ok bool
				if lists[i], ok = u.Apply(lists[i]); !ok {
					t.Fatalf("seed %d: %s: %+v: the update is of another list", seed, what, f)
				}
				if len(u.Changes) == 0 {
					done["an update without changes"]++
				}
				seen[i] = u.Seen
				whole, err := begins.Queue(t.Context(), f)
				if err != nil {
					t.Fatal(err)
				}
				if u.States != whole.States || f.AllState && whole.States.Total() != len(lists[i]) {
					t.Fatalf("seed %d: after %s, %+v: followed %+v, read %+v of %d changes", seed, what, f, u.States,
						whole.States, len(lists[i]))
				}
				u.QueuePage.Changes = nil
				now := whole.Changes
				for i := range now {
					now[i].From.SHA256, now[i].From.Origin, now[i].To.SHA256, now[i].To.Origin = "", nil, "", nil
					now[i].Origin = nil
				}
				whole.Changes = nil
				if asJSON(t, u.QueuePage) != asJSON(t, whole) || asJSON(t, items(lists[i])) != asJSON(t, now) {
					t.Fatalf("seed %d: after %s, %+v:\n%s\nis followed as\n%s", seed, what, f, asJSON(t, now),
						asJSON(t, items(lists[i])))
				}
			}
			sameFigures(t, what, reader, begins)
			countedAs(t, what, begins)
		}
		for what, n := range w.done {
			done[what] += n
		}
	}
	for _, what := range []string{"capture", "approve", "dismiss", "snooze", "undo", "redo", "set", "submit", "reopen",
		"contest", "request_changes", "several", "detect", "settle", "rule", "rule removed", "track", "time",
		"an update without changes"} {
		if done[what] == 0 {
			t.Errorf("%s never happened: %v", what, done)
		}
	}
}

// countedAs compares the figures with a count of the whole list.
func countedAs(t *testing.T, what string, s *store.Store) {
	t.Helper()
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	states, reasons, material := map[model.State]int{}, map[model.Reason]int{}, 0
	for _, q := range page.Changes {
		states[q.State]++
		reasons[q.Reason]++
		if q.Material && q.State == model.Pending {
			material++
		}
	}
	if page.States != st.Changes {
		t.Fatalf("after %s the list counts %+v, the figures %+v", what, page.States, st.Changes)
	}
	if asJSON(t, reasons) != asJSON(t, st.ByReason) || material != st.MaterialPending ||
		st.Changes.Pending != states[model.Pending] || st.Changes.Snoozed != states[model.Snoozed] ||
		st.Changes.Dismissed != states[model.Dismissed] || st.Changes.Approved != states[model.Approved] ||
		st.Changes.InReview != states[model.InReview] || st.Changes.Contested != states[model.Contested] ||
		st.Changes.ChangesRequested != states[model.ChangesRequested] {
		t.Fatalf("after %s: %+v\nfor %v %v, %d material", what, st, states, reasons, material)
	}
	for _, by := range model.TallyBys {
		talliedAs(t, what, s, by, &st, page.Changes)
	}
}

// talliedAs compares what is counted by one thing with the figures, and with the list.
func talliedAs(t *testing.T, what string, s *store.Store, by model.TallyBy, st *model.Stats, list []model.QueueItem) {
	t.Helper()
	got, err := s.Tally(t.Context(), model.TallyFilter{By: by})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	severe := 0
	for _, q := range list {
		severity := q.Severity
		if severity == "" && q.Material {
			severity = q.Suggested.Severity
		}
		if severity.Rank() >= model.High.Rank() {
			severe++
		}
		want[map[model.TallyBy]string{model.ByMonth: q.To.CapturedAt.Format("2006-01"),
			model.ByDay: q.To.CapturedAt.Format(time.DateOnly), model.ByPlatform: q.Platform,
			model.ByDocument: string(q.Document), model.ByType: q.Type, model.BySeverity: cmp.Or(string(severity), "none"),
			model.ByReason: cmp.Or(string(q.Reason), "material")}[by]]++
	}
	found := map[string]int{}
	var sum model.Figures
	for _, row := range got.Rows {
		if row.Changes > 0 {
			found[row.Key] = row.Changes
		}
		sum.Add(row.Figures)
	}
	if !maps.Equal(found, want) || sum != got.Total {
		t.Fatalf("after %s, by %s: %v, want %v; %+v adds up to %+v", what, by, found, want, got.Total, sum)
	}
	if sum.Changes != len(list) || sum.Material != st.ByReason[""] || sum.Approved != st.Changes.Approved ||
		sum.Dismissed != st.Changes.Dismissed || sum.Pending != st.Changes.Pending || sum.Severe != severe {
		t.Fatalf("after %s, by %s: %+v, and the figures are %+v, %d severe", what, by, sum, st, severe)
	}
}

func items(list []*model.QueueItem) []model.QueueItem {
	all := make([]model.QueueItem, len(list))
	for i, q := range list {
		all[i] = *q
	}
	return all
}

// sameFigures compares the other lists of two readers.
func sameFigures(t *testing.T, what string, a, b *store.Store) {
	t.Helper()
	for name, read := range map[string]func(context.Context, *store.Store) (any, error){
		"platforms": func(ctx context.Context, s *store.Store) (any, error) { return s.Platforms(ctx) },
		"stats":     func(ctx context.Context, s *store.Store) (any, error) { return s.Stats(ctx) },
	} {
		x, errX := read(t.Context(), a)
		y, errY := read(t.Context(), b)
		if errX != nil || errY != nil || asJSON(t, x) != asJSON(t, y) {
			t.Fatalf("after %s, %s:\n%s %v\nand of one that begins\n%s %v", what, name, asJSON(t, x), errX,
				asJSON(t, y), errY)
		}
	}
}
