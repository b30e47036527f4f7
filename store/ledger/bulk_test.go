package ledger_test

import (
	"context"
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"fineprint/store/model"
)

// queued makes a store of n pending changes, each of a document of its own.
func queued(t testing.TB, n int, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	var captures []model.Capture
	for i := range n {
		for version := range 2 {
			captures = append(captures, storetest.Capture(fmt.Sprintf("Terms %d", i), storetest.Page(version), version))
		}
	}
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	return s
}

func changeID(n int) model.ID { return model.NewID("FP", model.ChangeID, uint64(n)) }

// modelAct is one act: a decision on one or more changes, an undo or a redo.
type modelAct struct {
	kind     model.Action // ActionUndo, ActionRedo, or what was decided
	actor    string
	changes  []int
	severity model.Severity
	undid    map[int]*modelAct // by change, what an undo took back
}

// modelChange is what the model knows of one change.
type modelChange struct {
	applied, undone, undoneBy []*modelAct
}

func top(acts []*modelAct) *modelAct {
	if len(acts) == 0 {
		return nil
	}
	return acts[len(acts)-1]
}

// judged is the state and severity that a change's acts lead to.
func (c *modelChange) judged() (model.State, model.Severity) {
	state, severity := model.Pending, model.Severity("")
	for _, a := range c.applied {
		if a.severity != "" {
			severity = a.severity
		}
		switch a.kind {
		case model.ActionApprove:
			state = model.Approved
		case model.ActionDismiss:
			state = model.Dismissed
		case model.ActionReopen:
			state = model.Pending
		}
	}
	return state, severity
}

// model describes what a store must do, in stacks of acts instead of projected
// events.
type reviewModel struct {
	changes map[int]*modelChange
	acts    []*modelAct
}

// allows reports whether a decision is possible, and with which error it is not.
func (m *reviewModel) allows(a *modelAct) error {
	for _, n := range a.changes {
		state, severity := m.changes[n].judged()
		switch {
		case state == model.Approved, state == model.Dismissed &&
			a.kind != model.ActionReopen, state == model.Pending && a.kind == model.ActionReopen:
			return model.ErrNotAllowed
		case a.kind == model.ActionApprove && len(a.changes) > 1 && max(severity.Rank(),
			a.severity.Rank()) >= model.High.Rank():
			return model.ErrOneByOne
		}
	}
	return nil
}

func (m *reviewModel) decide(a *modelAct) {
	for _, n := range a.changes {
		c := m.changes[n]
		c.applied, c.undone, c.undoneBy = append(c.applied, a), nil, nil
	}
	m.acts = append(m.acts, a)
}

func (m *reviewModel) undo(actor string, changes []int) {
	u := &modelAct{kind: model.ActionUndo, actor: actor, changes: changes, undid: map[int]*modelAct{}}
	for _, n := range changes {
		c := m.changes[n]
		last := top(c.applied)
		u.undid[n] = last
		c.applied = c.applied[:len(c.applied)-1]
		c.undone, c.undoneBy = append(c.undone, last), append(c.undoneBy, u)
	}
	m.acts = append(m.acts, u)
}

func (m *reviewModel) redo(actor string, changes []int) {
	for _, n := range changes {
		c := m.changes[n]
		c.applied = append(c.applied, top(c.undone))
		c.undone, c.undoneBy = c.undone[:len(c.undone)-1], c.undoneBy[:len(c.undoneBy)-1]
	}
	m.acts = append(m.acts, &modelAct{kind: model.ActionRedo, actor: actor, changes: changes})
}

// lastDecision is what undo is about, and whether it can be undone as one.
func (m *reviewModel) lastDecision(actor string) (members []int, possible bool) {
	for _, a := range slices.Backward(m.acts) {
		if a.actor != actor || !slices.ContainsFunc(a.changes,
			func(n int) bool { return top(m.changes[n].applied) == a }) {
			continue
		}
		possible = true
		for _, n := range a.changes {
			if slices.Contains(m.changes[n].applied, a) {
				members = append(members, n)
				possible = possible && top(m.changes[n].applied) == a
			}
		}
		return members, possible
	}
	return nil, false
}

func (m *reviewModel) lastUndone(actor string) (members []int, possible bool) {
	for _, u := range slices.Backward(m.acts) {
		switch {
		case u.actor != actor, u.kind == model.ActionRedo:
			continue
		case u.kind != model.ActionUndo:
			return nil, false
		case !slices.ContainsFunc(u.changes, func(n int) bool { return top(m.changes[n].undoneBy) == u }):
			continue
		}
		possible = true
		for _, n := range u.changes {
			if c := m.changes[n]; !slices.Contains(c.applied, u.undid[n]) {
				members = append(members, n)
				possible = possible && top(c.undone) == u.undid[n]
			}
		}
		return members, possible
	}
	return nil, false
}

// TestDecisionsAgreeWithAModel takes random single and bulk decisions of two persons,
// with undo and redo of single changes and of whole acts, and reopens the store
// now and then: it must allow and hold what the model does. FINEPRINT_SEED
// repeats a run.
func TestDecisionsAgreeWithAModel(t *testing.T) {
	seed := rand.Int63()
	if n, err := strconv.ParseInt(os.Getenv("FINEPRINT_SEED"), 10, 64); err == nil {
		seed = n
	}
	rng := rand.New(rand.NewSource(seed))
	done := map[string]int{}
	t.Cleanup(func() { t.Logf("seed %d: %v", seed, done) })
	const n = 6
	for range 12 {
		o := store.Options{NoSync: true}
		s := queued(t, n, o)
		m := &reviewModel{changes: map[int]*modelChange{}}
		for i := 1; i <= n; i++ {
			m.changes[i] = &modelChange{}
		}
		for range 60 {
			if rng.Intn(10) == 0 {
				var err error
				if s, err = store.Open(s.Path(), o); err != nil {
					t.Fatal(err)
				}
			}
			what := modelStep(t, s, m, rng)
			done[what]++
			for i := 1; i <= n; i++ {
				d, err := s.Change(t.Context(), changeID(i))
				state, severity := m.changes[i].judged()
				if err != nil || d.Review.State != state || d.Review.Severity != severity {
					t.Fatalf("seed %d: after %s, %s is %s and %q, want %s and %q (%v)", seed, what, changeID(i),
						d.Review.State, d.Review.Severity, state, severity, err)
				}
			}
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
		storetest.RequireConsistent(t, s)
	}
	for _, what := range []string{"together", "undo of 1", "undo of 2", "redo of 2", "refused undo",
		"not together: approve"} {
		if done[what] == 0 {
			t.Errorf("seed %d: no %s happened: little was tested", seed, what)
		}
	}
}

// modelStep takes one random step in both and returns what it was.
func modelStep(t *testing.T, s *store.Store, m *reviewModel, rng *rand.Rand) string {
	t.Helper()
	actor := []string{"ada", "ada", "ada", "ben"}[rng.Intn(4)]
	switch rng.Intn(6) {
	case 0, 1:
		return stepBack(t, s, m, actor, model.ActionUndo)
	case 2:
		return stepBack(t, s, m, actor, model.ActionRedo)
	case 3: // one change, whoever decided on it
		n := 1 + rng.Intn(len(m.changes))
		_, err := s.Decide(t.Context(), model.Decision{Change: changeID(n), Base: model.AnyRevision, Actor: actor,
			Action: model.ActionUndo})
		if possible := len(m.changes[n].applied) > 0; possible != (err == nil) {
			t.Errorf("undo of %s: %v, possible %v", changeID(n), err, possible)
		} else if possible {
			m.undo(actor, []int{n})
		}
		return "single undo"
	}
	a := &modelAct{actor: actor, kind: []model.Action{model.ActionSet, model.ActionSet, model.ActionApprove,
		model.ActionDismiss, model.ActionReopen}[rng.Intn(5)]}
	for _, n := range rng.Perm(len(m.changes))[:1+rng.Intn(3)] {
		a.changes = append(a.changes, n+1)
	}
	if a.kind == model.ActionSet || a.kind == model.ActionApprove {
		a.severity = model.Severities[min(rng.Intn(6), 3)]
	}
	var ds []model.Decision
	for _, n := range a.changes {
		d := storetest.Approval(changeID(n))
		d.Actor, d.Action, d.Severity, d.Reason = actor, a.kind, nil, "noise"
		if a.severity != "" {
			d.Severity = &a.severity
		}
		ds = append(ds, d)
	}
	want := m.allows(a)
	_, err := s.DecideAll(t.Context(), ds)
	if (want == nil) != (err == nil) || want != nil && !errors.Is(err, want) {
		t.Errorf("%s %v: %v, want %v", a.kind, a.changes, err, want)
	}
	switch {
	case want != nil:
		return "not together: " + string(a.kind)
	case len(ds) > 1:
		m.decide(a)
		return "together"
	}
	m.decide(a)
	return "alone"
}

// stepBack undoes or redoes the actor's last act.
func stepBack(t *testing.T, s *store.Store, m *reviewModel, actor string, action model.Action) string {
	t.Helper()
	last, want, carry := s.LastDecision, m.lastDecision, m.undo
	if action == model.ActionRedo {
		last, want, carry = s.LastUndone, m.lastUndone, m.redo
	}
	members, possible := want(actor)
	ids, err := last(t.Context(), actor)
	var expected []model.ID
	for _, n := range members {
		expected = append(expected, changeID(n))
	}
	if err != nil || !slices.Equal(ids, expected) {
		t.Errorf("%s of %s is about %v, want %v (%v)", action, actor, ids, expected, err)
		return "wrong"
	}
	if len(ids) == 0 {
		return "nothing to " + string(action)
	}
	_, err = s.DecideAll(t.Context(), backwards(ids, actor, action))
	switch {
	case !possible && !errors.Is(err, model.ErrStale) && !errors.Is(err, model.ErrNotAllowed):
		t.Errorf("%s of %v, which is not possible: %v", action, ids, err)
	case possible && err != nil:
		t.Errorf("%s of %v: %v", action, ids, err)
	case possible:
		carry(actor, members)
		return fmt.Sprintf("%s of %d", action, len(ids))
	}
	return "refused " + string(action)
}

func backwards(ids []model.ID, actor string, action model.Action) []model.Decision {
	ds := make([]model.Decision, len(ids))
	for i, id := range ids {
		ds[i] = model.Decision{Change: id, Base: model.AnyRevision, Actor: actor, Action: action}
	}
	return ds
}

// TestBatchIsOneAct looks at what a batch leaves: one number on every event, and
// nothing at all when one of them can't be.
func TestBatchIsOneAct(t *testing.T) {
	s := queued(t, 3, store.Options{Actor: "ada"})
	ctx := t.Context()
	low := func(n int) model.Decision {
		d := storetest.Approval(changeID(n))
		d.Severity = storetest.Ptr(model.Low)
		return d
	}
	entries := func() uint64 {
		t.Helper()
		st, err := s.Stats(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return st.JournalEntries
	}
	before := entries()
	for _, ds := range [][]model.Decision{
		{low(1), low(2), storetest.Approval(changeID(3))}, {low(1), low(99)}, {}, {low(1), low(1)},
		{low(1), {Change: changeID(2), Base: 4, Action: model.ActionSet, Severity: storetest.Ptr(model.Low)}},
	} {
		if _, err := s.DecideAll(ctx, ds); err == nil {
			t.Errorf("%v was taken", ds)
		}
	}
	if after := entries(); after != before {
		t.Errorf("refused batches wrote %d journal entries", after-before)
	}
	reviews, err := s.DecideAll(ctx, []model.Decision{low(2), low(1), low(3)})
	if err != nil || len(reviews) != 3 || reviews[0].Change != changeID(2) || reviews[0].Record != "FP-R-000001" ||
		reviews[2].State != model.Approved {
		t.Fatalf("%+v, %v", reviews, err)
	}
	for n := 1; n <= 3; n++ {
		d, err := s.Change(ctx, changeID(n))
		if err != nil || len(d.History) != 1 || d.History[0].Batch != before+1 {
			t.Errorf("%+v, %v", d.History, err)
		}
	}
	storetest.RequireConsistent(t, s)
}

// BenchmarkDecideAll dismisses 500 changes as one act and undoes it; approving
// also creates 500 records.
func BenchmarkDecideAll(b *testing.B) {
	const n = 500
	for _, action := range []model.Action{model.ActionDismiss, model.ActionApprove} {
		b.Run(fmt.Sprintf("%s-%d", action, n), func(b *testing.B) {
			s := queued(b, n, store.Options{})
			ds := make([]model.Decision, n)
			for i := range ds {
				ds[i] = storetest.Approval(changeID(i + 1))
				ds[i].Action, ds[i].Severity, ds[i].Reason = action, storetest.Ptr(model.Low), "alike"
			}
			for b.Loop() {
				if _, err := s.DecideAll(context.Background(), ds); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				ids, err := s.LastDecision(context.Background(), "ada")
				if err != nil || len(ids) != n {
					b.Fatalf("%d to undo, %v", len(ids), err)
				}
				if _, err := s.DecideAll(context.Background(), backwards(ids, "ada", model.ActionUndo)); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
