package review

import (
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store/terms"
)

const change = terms.ID("FP-C-000001")

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// history takes decisions as a store does: Check, then an event.
type history struct {
	t      *testing.T
	events []terms.Event
}

func (h *history) now() Projection { return Project(change, h.events) }

func (h *history) try(d terms.Decision) error {
	if d.Actor == "" {
		d.Actor = "ada"
	}
	if err := Check(h.now(), d); err != nil {
		return err
	}
	h.events = append(h.events, terms.Event{Change: change, Revision: len(h.events) + 1, At: now.Add(time.Duration(len(h.events)) * time.Minute), Actor: d.Actor,
		Action: d.Action, Severity: d.Severity, Confidence: d.Confidence, Basis: d.Basis, Summary: d.Summary, Note: d.Note, Reason: d.Reason, Until: d.Until})
	return nil
}

func (h *history) take(d terms.Decision) Projection {
	h.t.Helper()
	if err := h.try(d); err != nil {
		h.t.Fatalf("%s refused: %v", d.Action, err)
	}
	return h.now()
}

func (h *history) refused(d terms.Decision, want error, says string) {
	h.t.Helper()
	before := h.now()
	err := h.try(d)
	if !errors.Is(err, want) || !strings.Contains(err.Error(), says) {
		h.t.Errorf("%s in %s: got %v, want %v with %q", d.Action, before.Review.State, err, want, says)
	}
	if !reflect.DeepEqual(before, h.now()) {
		h.t.Errorf("%s was refused and changed something", d.Action)
	}
}

func decision(a terms.Action) terms.Decision {
	d := terms.Decision{Change: change, Base: terms.AnyRevision, Actor: "ada", Action: a}
	switch a {
	case terms.ActionSet:
		d.Severity = ptr(terms.Low)
	case terms.ActionApprove, terms.ActionSubmit:
		d.Severity, d.Confidence, d.Basis, d.Summary = ptr(terms.High), ptr(terms.HighConfidence), ptr(terms.Explicit), ptr("It changed.")
	case terms.ActionDismiss, terms.ActionRequestChanges:
		d.Reason = "noise"
	case terms.ActionContest:
		d.Reason, d.Severity = "no", ptr(terms.Low)
	case terms.ActionSnooze:
		d.Until = terms.SnoozeNext
	}
	return d
}

// TestSteps is the whole state machine: from each state, which step is
// possible and where it leads.
func TestSteps(t *testing.T) {
	actions := []terms.Action{terms.ActionSet, terms.ActionApprove, terms.ActionDismiss, terms.ActionSnooze, terms.ActionReopen, terms.ActionUndo, terms.ActionRedo,
		terms.ActionSubmit, terms.ActionRequestChanges, terms.ActionContest}
	ways := map[terms.State][]terms.Action{
		terms.Pending: {}, terms.Approved: {terms.ActionApprove}, terms.Dismissed: {terms.ActionDismiss}, terms.Snoozed: {terms.ActionSnooze},
	}
	leads := map[terms.State]map[terms.Action]terms.State{ // what is missing is refused
		terms.Pending:   {terms.ActionSet: terms.Pending, terms.ActionApprove: terms.Approved, terms.ActionDismiss: terms.Dismissed, terms.ActionSnooze: terms.Snoozed, terms.ActionSubmit: terms.InReview},
		terms.Approved:  {terms.ActionUndo: terms.Pending},
		terms.Dismissed: {terms.ActionUndo: terms.Pending, terms.ActionReopen: terms.Pending},
		terms.Snoozed: {terms.ActionSet: terms.Snoozed, terms.ActionApprove: terms.Approved, terms.ActionDismiss: terms.Dismissed, terms.ActionSnooze: terms.Snoozed,
			terms.ActionUndo: terms.Pending, terms.ActionReopen: terms.Pending, terms.ActionSubmit: terms.InReview},
	}
	for from, way := range ways {
		for _, a := range actions {
			h := &history{t: t}
			for _, w := range way {
				h.take(decision(w))
			}
			want, possible := leads[from][a]
			if !possible {
				h.refused(decision(a), terms.ErrNotAllowed, string(change))
			} else if got := h.take(decision(a)).Review.State; got != want {
				t.Errorf("%s in %s leads to %s, want %s", a, from, got, want)
			}
		}
	}
}

func TestRefusedForWhatItLacks(t *testing.T) {
	h := &history{t: t}
	d := decision(terms.ActionApprove)
	d.Basis, d.Summary = nil, ptr("  ")
	h.refused(d, terms.ErrIncomplete, "basis, summary")
	d = decision(terms.ActionDismiss)
	d.Reason = " "
	h.refused(d, terms.ErrIncomplete, "reason")
	d = decision(terms.ActionSnooze)
	d.Until = ""
	h.refused(d, terms.ErrIncomplete, "date")
	h.refused(terms.Decision{Base: terms.AnyRevision, Action: terms.ActionSet}, terms.ErrInvalid, "nothing")
	h.refused(terms.Decision{Base: terms.AnyRevision, Action: "explode"}, terms.ErrInvalid, "explode")
	d = decision(terms.ActionSet)
	d.Severity = ptr(terms.Severity("huge"))
	h.refused(d, terms.ErrInvalid, "low, medium, high, critical")
	d = decision(terms.ActionSet)
	d.Confidence = ptr(terms.Confidence("sure"))
	h.refused(d, terms.ErrInvalid, "low, medium, high")
	d = decision(terms.ActionSet)
	d.Basis = ptr(terms.Basis("hearsay"))
	h.refused(d, terms.ErrInvalid, "explicit, inferred, absent")
	d = decision(terms.ActionSet)
	d.Base = 3
	h.refused(d, terms.ErrStale, "revision 0")
}

// TestApprovalCountsWhatWasSetBefore: values set one by one are enough.
func TestApprovalCountsWhatWasSetBefore(t *testing.T) {
	h := &history{t: t}
	h.take(terms.Decision{Base: 0, Action: terms.ActionSet, Severity: ptr(terms.Medium), Summary: ptr("It changed.")})
	h.take(terms.Decision{Base: 1, Action: terms.ActionSet, Confidence: ptr(terms.LowConfidence), Basis: ptr(terms.Absent), Note: ptr("Perhaps.")})
	p := h.take(terms.Decision{Base: 2, Action: terms.ActionApprove})
	want := terms.Review{Change: change, Revision: 3, State: terms.Approved, Severity: terms.Medium, Confidence: terms.LowConfidence, Basis: terms.Absent,
		Summary: "It changed.", Note: "Perhaps.", Actor: "ada", Author: "ada", UpdatedAt: now.Add(2 * time.Minute), CanUndo: true}
	if p.Review != want {
		t.Errorf("got %+v\nwant %+v", p.Review, want)
	}
	h.refused(terms.Decision{Base: 2, Action: terms.ActionUndo}, terms.ErrStale, "approved")
}

func TestUndoAndRedo(t *testing.T) {
	h := &history{t: t}
	h.take(terms.Decision{Base: 0, Action: terms.ActionSet, Severity: ptr(terms.Low)})
	h.take(terms.Decision{Base: 1, Action: terms.ActionSet, Severity: ptr(terms.High)})
	h.take(decision(terms.ActionDismiss))
	p := h.take(decision(terms.ActionUndo))
	if r := p.Review; r.State != terms.Pending || r.Reason != "" || r.Severity != terms.High || !r.CanUndo || !r.CanRedo || r.Revision != 4 {
		t.Errorf("after one undo: %+v", r)
	}
	p = h.take(decision(terms.ActionUndo))
	if r := p.Review; r.Severity != terms.Low {
		t.Errorf("after two: %+v", r)
	}
	p = h.take(decision(terms.ActionUndo))
	if r := p.Review; r.Severity != "" || r.CanUndo {
		t.Errorf("after three: %+v", r)
	}
	h.refused(decision(terms.ActionUndo), terms.ErrNotAllowed, "undone")
	for range 3 {
		p = h.take(decision(terms.ActionRedo))
	}
	if r := p.Review; r.State != terms.Dismissed || r.Reason != "noise" || r.Severity != terms.High || r.CanRedo {
		t.Errorf("all redone: %+v", r)
	}
	h.refused(decision(terms.ActionRedo), terms.ErrNotAllowed, "redone")

	h.take(decision(terms.ActionUndo))
	p = h.take(terms.Decision{Base: terms.AnyRevision, Action: terms.ActionSet, Basis: ptr(terms.Inferred)})
	if p.Review.CanRedo {
		t.Error("a new decision must empty what could be redone")
	}
	h.refused(decision(terms.ActionRedo), terms.ErrNotAllowed, "redone")
}

// TestUndoIsTheInverse: over random histories of two persons, an undo gives the
// review before the last decision, and a redo the one before the undo.
func TestUndoIsTheInverse(t *testing.T) {
	const seed = 7
	rng := rand.New(rand.NewSource(seed))
	judged := func(r terms.Review) string { // without what every event moves on
		r.Revision, r.UpdatedAt, r.Actor, r.CanUndo, r.CanRedo = 0, time.Time{}, "", false, false
		second := "nobody"
		if r.Second != nil {
			second = fmt.Sprint(*r.Second)
		}
		r.Second = nil
		return fmt.Sprint(r, second)
	}
	actions := []terms.Action{terms.ActionSet, terms.ActionSet, terms.ActionApprove, terms.ActionDismiss, terms.ActionSnooze, terms.ActionReopen, terms.ActionUndo,
		terms.ActionRedo, terms.ActionSubmit, terms.ActionSubmit, terms.ActionRequestChanges, terms.ActionContest}
	taken, in := 0, map[terms.State]int{}
	for range 600 {
		h := &history{t: t}
		for range 25 {
			d := decision(actions[rng.Intn(len(actions))])
			d.Actor = []string{"ada", "ben"}[rng.Intn(2)]
			if d.Action == terms.ActionSet {
				d.Severity = ptr(terms.Severities[rng.Intn(4)])
			}
			before := h.now().Review
			if before.State == terms.InReview {
				d.Summary = nil
			}
			if h.try(d) != nil {
				continue
			}
			taken++
			after := h.now().Review
			in[after.State]++
			if after.Revision != before.Revision+1 {
				t.Fatalf("seed %d: revision %d after %d", seed, after.Revision, before.Revision)
			}
			if d.Action == terms.ActionUndo || d.Action == terms.ActionRedo {
				continue
			}
			probe := &history{t: t, events: append([]terms.Event{}, h.events...)}
			back := terms.Decision{Base: terms.AnyRevision, Actor: d.Actor, Action: terms.ActionUndo}
			if got := probe.take(back).Review; judged(got) != judged(before) {
				t.Fatalf("seed %d: undoing %s gives %+v, want %+v", seed, d.Action, got, before)
			}
			back.Action = terms.ActionRedo
			if got := probe.take(back).Review; judged(got) != judged(after) {
				t.Fatalf("seed %d: redoing %s gives %+v, want %+v", seed, d.Action, got, after)
			}
		}
	}
	for _, state := range terms.States {
		if taken < 1000 || in[state] == 0 {
			t.Errorf("%d decisions led to %s, %d were possible: little was tested", in[state], state, taken)
		}
	}
}

func TestAwake(t *testing.T) {
	at := func(until string) terms.Review { return terms.Review{State: terms.Snoozed, Until: until} }
	for _, c := range []struct {
		r       terms.Review
		changed bool
		want    bool
	}{
		{terms.Review{State: terms.Pending}, false, true},
		{at(terms.SnoozeNext), false, false},
		{at(terms.SnoozeNext), true, true},
		{at("2026-03-01T11:59:59Z"), false, true},
		{at("2026-03-01T12:00:00Z"), false, true},
		{at("2026-03-01T12:00:01Z"), true, false},
		{at("garbage"), false, true}, // shown again rather than lost
	} {
		if got := Awake(c.r, now, c.changed); got != c.want {
			t.Errorf("%s until %q, changed %v: awake %v", c.r.State, c.r.Until, c.changed, got)
		}
	}
}

func TestParseUntil(t *testing.T) {
	for in, want := range map[string]string{
		" Next ": terms.SnoozeNext, "7d": "2026-03-08T12:00:00Z", "2W": "2026-03-15T12:00:00Z", "12h": "2026-03-02T00:00:00Z",
		"2026-04-01": "2026-04-01T00:00:00Z", "2026-03-01T15:00:00+02:00": "2026-03-01T13:00:00Z",
	} {
		if got, err := ParseUntil(in, now); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "0d", "d", "-3d", "99999d", "2026-03-01", "2026-02-30", "2020-01-01", "tomorrow", "7 d", "７d"} {
		if got, err := ParseUntil(in, now); !errors.Is(err, terms.ErrInvalid) {
			t.Errorf("%q gives %q, %v", in, got, err)
		}
	}
}
