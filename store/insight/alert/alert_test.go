package alert_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/insight/outbox"
	"fineprint/store/model"
)

// texts are versions of a document: each change does one thing.
var texts = []string{
	"# Terms\n\nYou may use the service.\n\nWrite to our team in Berlin.\n",
	"# Terms\n\nYou may use the service.\n\nWrite to our team in Hamburg.\n", // 1: no number, negation or modal
	"# Terms\n\nYou may use the service.\n\nWrite to our team in Hamburg.\n\nDisputes go to binding arbitration.\n",
	"# Terms\n\nYou may not use the service for 30 days.\n\nWrite to our team in Hamburg.\n\nDisputes go to binding arbitration.\n",
}

func newStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func record(t *testing.T, s *store.Store, kind string, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture(kind, texts[i], i)}); err != nil {
			t.Fatal(err)
		}
	}
}

func add(t *testing.T, s *store.Store, q model.AlertRuleRequest) model.AlertPreview {
	t.Helper()
	p, err := s.AddAlertRule(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t *testing.T, s *store.Store) model.AlertRun {
	t.Helper()
	r, err := s.RunAlertRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// marks is what rules made of all changes, and what is told of them.
func marks(t *testing.T, s *store.Store) string {
	t.Helper()
	var b strings.Builder
	list, _, err := s.ChangesWhere(t.Context(), func(uint64, uint64) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		fmt.Fprintf(&b, "%s %v %v %q %s %s %v\n", c.ID, c.Tags, c.Raised, c.FoldedBy, c.Assignee, c.Suggested.Severity, c.Material)
	}
	items, err := s.OutboxItems(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, i := range items {
		told[fmt.Sprintf("%s %s %s %s", i.Rule, i.Change, i.Kind, i.Target)]++
	}
	for _, k := range slices.Sorted(maps.Keys(told)) {
		fmt.Fprintln(&b, k, told[k])
	}
	return b.String()
}

func request(name, filter string, r model.AlertRule) model.AlertRuleRequest {
	r.Name, r.Filter = name, filter
	return model.AlertRuleRequest{AlertRule: r, Actor: "ada"}
}

func TestRuleActsOnWhatComesAfterItWasSaved(t *testing.T) {
	s := newStore(t)
	record(t, s, "Terms", 0, 2)
	p := add(t, s, request("court", "text:arbitration", model.AlertRule{Tags: []string{"Court"}, Assign: "ben", Raise: "critical",
		Notify: []string{"ops"}}))
	if p.Changes != 1 || p.Matched != 0 || p.Rule.ID != "FP-A-000001" || p.Rule.Filter != "text:arbitration" {
		t.Errorf("%+v", p)
	}
	record(t, s, "Terms", 2, 4)
	if r := run(t, s); r.Changes != 2 || r.Matched != 1 || r.Queued != 1 || len(r.Effects) != 4 {
		t.Errorf("%+v", r)
	}
	c := item(t, s, 2)
	if !slices.Equal(c.Tags, []string{"court"}) || c.Assignee != "ben" || c.Suggested.Severity != model.Critical ||
		c.Severity != "" || c.State != model.Pending || c.Suggested.Why[0] != "raised to critical by rule court" {
		t.Errorf("%+v", c)
	}
	items, err := s.OutboxItems(t.Context(), 0)
	if err != nil || len(items) != 1 || items[0].Target != "ops" || items[0].Change != c.ID ||
		!strings.Contains(string(items[0].Payload), "binding arbitration") {
		t.Fatalf("%+v, %v", items, err)
	}
	before := marks(t, s)
	if r := run(t, s); r.Changes != 0 || r.Matched != 0 || r.Queued != 0 || marks(t, s) != before {
		t.Errorf("again: %+v\n%s", r, marks(t, s))
	}
	storetest.RequireConsistent(t, s)
}

func item(t *testing.T, s *store.Store, n uint64) model.QueueItem {
	t.Helper()
	list, _, err := s.ChangesWhere(t.Context(), func(change, _ uint64) bool { return change == n })
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	return list[0]
}

// TestRuleNeverActsTwiceOnAChange: not when its documents are detected again, not when
// what it did was taken back by hand; but one that is removed and saved again is another.
func TestRuleNeverActsTwiceOnAChange(t *testing.T) {
	s := newStore(t)
	record(t, s, "Terms", 0, 4)
	q := request("x", "type:terms", model.AlertRule{Tags: []string{"x"}, Raise: "critical", Notify: []string{"ops"}})
	q.Past = true
	if p := add(t, s, q); p.Matched != 3 || len(p.Effects) != 3 || p.Effects[0].Count != 3 {
		t.Errorf("%+v", p)
	}
	if _, err := s.AddAlertRule(t.Context(), q); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("twice: %v", err)
	}
	if r := run(t, s); r.Matched != 3 || r.Queued != 3 {
		t.Errorf("%+v", r)
	}
	back, err := s.UndoAlertRule(t.Context(), "X", []model.ID{"FP-C-000001"}, "ben")
	if err != nil || len(back.TakenBack) != 2 || back.Recalled != 1 {
		t.Errorf("undone: %+v, %v", back, err)
	}
	before := marks(t, s)
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if r := run(t, s); r.Matched != 0 || r.Queued != 0 || marks(t, s) != before {
		t.Errorf("detected again: %+v\n%s", r, marks(t, s))
	}
	removed, err := s.RemoveAlertRule(t.Context(), "FP-A-000001", true, "ada")
	if err != nil || len(removed.Did) != 2 || removed.Did[0].Count != 2 || removed.TakenBack[0].Count != 2 {
		t.Errorf("%+v, %v", removed, err)
	}
	for n := range uint64(3) {
		if c := item(t, s, n+1); len(c.Tags) != 0 || len(c.Raised) != 0 {
			t.Errorf("%+v", c)
		}
	}
	add(t, s, q)
	if r := run(t, s); r.Matched != 3 || r.Queued != 3 {
		t.Errorf("saved again: %+v", r)
	}
	storetest.RequireConsistent(t, s)
}

// TestBatchesChangeNothingThatRulesDo: whatever is recorded between two runs, and how
// often they are applied.
func TestBatchesChangeNothingThatRulesDo(t *testing.T) {
	want := ""
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := newStore(t)
		for _, q := range []model.AlertRuleRequest{
			request("all", "type:terms or type:privacy", model.AlertRule{Tags: []string{"a"}}),
			request("court", "text:arbitration tag:a", model.AlertRule{Tags: []string{"court"}, Raise: "critical", Notify: []string{"ops", "b"}}),
			request("by tag", "tag:court sev:critical", model.AlertRule{Assign: "ben"}),
			request("early", "tag:late", model.AlertRule{Assign: "nobody"}),
			request("late", "type:privacy", model.AlertRule{Tags: []string{"late"}}),
			request("small", "-text:service", model.AlertRule{Fold: true}),
		} {
			add(t, s, q)
		}
		for _, kind := range []string{"Terms", "Privacy"} {
			for i := range texts {
				record(t, s, kind, i, i+1)
				if seed > 0 && r.IntN(2) == 0 {
					run(t, s)
				}
			}
		}
		run(t, s)
		got := marks(t, s)
		if seed == 0 {
			want = got
			if !strings.Contains(got, `"rule small"`) || !strings.Contains(got, "court") || !strings.Contains(got, "ben") {
				t.Fatalf("nothing is tried:\n%s", got)
			}
		}
		if got != want {
			t.Errorf("seed %d: in batches\n%s\nat once\n%s", seed, got, want)
		}
	}
}

func TestFoldLeavesNumbersNegationsAndModalsUnlessThePreviewNamedThem(t *testing.T) {
	s := newStore(t)
	record(t, s, "Terms", 0, 4)
	q := request("quiet", "type:terms", model.AlertRule{Fold: true})
	q.Past = true
	p, err := s.PreviewAlertRule(t.Context(), q, nil)
	if err != nil || len(p.Sentences) == 0 || p.Effects[0].Count == 0 || p.Effects[0].Left == 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	add(t, s, q)
	run(t, s)
	if c := item(t, s, 1); c.Material || c.FoldedBy != "rule quiet" || c.Detail != "folded by rule quiet" {
		t.Errorf("%+v", c)
	}
	if c := item(t, s, 3); !c.Material {
		t.Errorf("a change of numbers was folded: %+v", c)
	}
	if _, err := s.RemoveAlertRule(t.Context(), "quiet", true, ""); err != nil {
		t.Fatal(err)
	}
	if c := item(t, s, 1); !c.Material {
		t.Errorf("taken back: %+v", c)
	}
	q.FoldSentences = true
	if p := add(t, s, q); p.Rule.Sentences != len(p.Sentences) || p.Effects[0].Left != 0 {
		t.Errorf("%+v", p)
	}
	run(t, s)
	if c := item(t, s, 3); c.Material {
		t.Errorf("what the preview named was not folded: %+v", c)
	}
	text := strings.Replace(texts[3], "30 days", "60 days", 1) // which no preview named
	if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", text, 9)}); err != nil {
		t.Fatal(err)
	}
	run(t, s)
	if c := item(t, s, 4); !c.Material {
		t.Errorf("what came later was folded: %+v", c)
	}
	storetest.RequireConsistent(t, s)
}

func TestRulesThatMakeNoSenseAreRefused(t *testing.T) {
	s := newStore(t)
	for what, q := range map[string]model.AlertRuleRequest{
		"no filter":     request("a", "", model.AlertRule{Tags: []string{"x"}}),
		"a bad filter":  request("a", "sev:huge", model.AlertRule{Tags: []string{"x"}}),
		"no action":     request("a", "sev:high", model.AlertRule{}),
		"a bad name":    request("\x1b[m", "sev:high", model.AlertRule{Tags: []string{"x"}}),
		"a bad tag":     request("a", "sev:high", model.AlertRule{Tags: []string{"x y"}}),
		"a bad level":   request("a", "sev:high", model.AlertRule{Raise: "huge"}),
		"a bad kind":    request("a", "sev:high", model.AlertRule{Notify: []string{"x"}, On: []model.AlertKind{"moon"}}),
		"tags on ended": request("a", "sev:high", model.AlertRule{Tags: []string{"x"}, On: []model.AlertKind{"ended"}}),
	} {
		if _, err := s.AddAlertRule(t.Context(), q); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.RemoveAlertRule(t.Context(), "none", false, ""); !errors.Is(err, model.ErrNotFound) {
		t.Error(err)
	}
}

func TestApprovalIsToldOf(t *testing.T) {
	s := newStore(t)
	record(t, s, "Terms", 0, 3)
	add(t, s, request("done", "plat:acme", model.AlertRule{Notify: []string{"ops"}, On: []model.AlertKind{"approved", "ended", "failing"}}))
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		run(t, s)
	}
	items, err := s.OutboxItems(t.Context(), 0)
	if err != nil || len(items) != 1 || items[0].Kind != model.AlertApproved ||
		!strings.Contains(string(items[0].Payload), "FP-R-000001") {
		t.Errorf("%+v, %v", items, err)
	}
}

// TestOutboxGivesEachToOneAtATime: what is taken comes back when the lease is over, and a
// late failure of who lost it changes nothing.
func TestOutboxGivesEachToOneAtATime(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true,
		Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		a := model.Alert{Kind: model.AlertTest, Target: "ops", Title: "t", At: now.Add(time.Duration(i))}
		if _, err := s.PutTest(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	take := func(token string, n int) []model.OutboxItem {
		t.Helper()
		list, err := s.TakeAlerts(t.Context(), outbox.Take{Target: "ops", Max: 2, Lease: time.Minute, Token: token})
		if err != nil || len(list) != n {
			t.Fatalf("%s: %d, %v", token, len(list), err)
		}
		return list
	}
	first := take("a", 2)
	take("b", 1)
	take("c", 0)
	now = now.Add(2 * time.Minute)
	second := take("d", 2)
	finish := func(r outbox.Result) {
		t.Helper()
		if err := s.FinishAlerts(t.Context(), []outbox.Result{r}); err != nil {
			t.Fatal(err)
		}
	}
	finish(outbox.Result{ID: second[0].ID, Token: "a", Failure: "late", Retry: now.Add(time.Hour)})
	finish(outbox.Result{ID: second[1].ID, Token: "d", Failure: "no", GiveUp: true})
	finish(outbox.Result{ID: first[0].ID, Token: "d"})
	f, err := s.TargetFigures(t.Context())
	if err != nil || len(f) != 1 || f[0].Delivered+f[0].Pending+f[0].GivenUp != 3 || f[0].Delivered != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := s.RetryAlert(t.Context(), first[0].ID); !errors.Is(err, model.ErrNotAllowed) {
		t.Errorf("delivered, and retried: %v", err)
	}
	storetest.RequireConsistent(t, s)
	now = now.Add(40 * 24 * time.Hour)
	if n, err := s.PruneAlerts(t.Context()); err != nil || n != 1 {
		t.Errorf("pruned %d, %v", n, err)
	}
}

// TestTakingBackRecallsWhatWasNotSent, and nothing that somebody has in hand.
func TestTakingBackRecallsWhatWasNotSent(t *testing.T) {
	s := newStore(t)
	record(t, s, "Terms", 0, 4)
	q := request("court", "type:terms", model.AlertRule{Tags: []string{"x"}, Notify: []string{"ops"}})
	q.Past = true
	add(t, s, q)
	run(t, s)
	inHand, err := s.TakeAlerts(t.Context(), outbox.Take{Target: "ops", Max: 1, Lease: time.Hour, Token: "me"})
	if err != nil || len(inHand) != 1 {
		t.Fatal(inHand, err)
	}
	stands, err := s.AlertRuleStanding(t.Context(), "court")
	if err != nil || stands.Waiting != 2 || stands.Recalled != 0 || len(stands.Did) != 1 || stands.Did[0].Count != 3 {
		t.Errorf("%+v, %v", stands, err)
	}
	removed, err := s.RemoveAlertRule(t.Context(), "court", true, "ada")
	if err != nil || removed.Recalled != 2 || removed.TakenBack[0].Count != 3 {
		t.Errorf("%+v, %v", removed, err)
	}
	if err := s.FinishAlerts(t.Context(), []outbox.Result{{ID: inHand[0].ID, Token: "me"}}); err != nil {
		t.Fatal(err)
	}
	figures, err := s.TargetFigures(t.Context())
	if err != nil || len(figures) != 1 || figures[0].Pending != 0 || figures[0].Delivered != 1 {
		t.Errorf("%+v, %v", figures, err)
	}
	items, err := s.OutboxItems(t.Context(), 10)
	if err != nil || len(items) != 3 {
		t.Fatal(items, err)
	}
	for _, i := range items {
		if _, err := s.RetryAlert(t.Context(), i.ID); !errors.Is(err, model.ErrNotAllowed) {
			t.Errorf("%s: %v", i.State, err)
		}
	}
	storetest.RequireConsistent(t, s)
}

func TestUnknownRuleIsAnsweredWithTheNearest(t *testing.T) {
	s := newStore(t)
	if _, err := s.AlertRuleStanding(t.Context(), "court"); err == nil || !strings.Contains(err.Error(), "rules add alert") {
		t.Error(err)
	}
	add(t, s, request("court", "type:terms", model.AlertRule{Tags: []string{"x"}}))
	for named, want := range map[string]string{"cuort": "did you mean court?", "weather": "`fineprint rules list` shows them"} {
		_, err := s.RemoveAlertRule(t.Context(), named, false, "ada")
		if !errors.Is(err, model.ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", named, err)
		}
	}
}

// TestDatesThatAreDueAreToldOncePerTarget: whatever rules find them, and not once somebody
// decided.
func TestDatesThatAreDueAreToldOncePerTarget(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true,
		Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	text := func(date, fee string) string {
		return "# Terms\n\nEffective " + date + "\n\n## Fees\n\nYou pay " + fee + " each month for the service.\n\n" +
			strings.Repeat("We may tell you by electronic mail what you have to know about it.\n\n", 12)
	}
	for i, v := range []string{text("1 January 2026", "5 euros"), text("30 November 2026", "9 euros")} {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", v, i)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Upkeep(t.Context(), store.UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
	on := model.AlertRule{On: []model.AlertKind{model.AlertDue}, Notify: []string{"ops", "press"}}
	add(t, s, request("soon", "type:terms", on))
	add(t, s, request("also", "is:material", on))
	add(t, s, request("others", "type:privacy", on))
	for _, c := range []struct {
		ahead time.Duration
		want  int
	}{{24 * time.Hour, 0}, {14 * 24 * time.Hour, 2}, {14 * 24 * time.Hour, 0}, {30 * 24 * time.Hour, 0}} {
		r, err := s.RunAlertRulesAhead(t.Context(), c.ahead)
		if err != nil || r.Queued != c.want {
			t.Errorf("%s ahead: %+v, %v", c.ahead, r, err)
		}
	}
	items, err := s.OutboxItems(t.Context(), 0)
	if err != nil || len(items) != 2 || !strings.Contains(string(items[0].Payload), "takes effect on 2026-11-30") {
		t.Fatalf("%+v, %v", items, err)
	}
	if items[0].Change != "FP-C-000001" || items[0].Kind != model.AlertDue || items[0].Target == items[1].Target {
		t.Errorf("%+v", items)
	}
	storetest.RequireConsistent(t, s)
}
