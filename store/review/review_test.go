package review

import (
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

const change = model.ID("FP-C-000001")

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// history takes decisions as a store does: Check, then an event.
type history struct {
	t      *testing.T
	events []model.Event
}

func (h *history) now() Projection { return Project(change, h.events) }

func (h *history) try(d model.Decision) error {
	if d.Actor == "" {
		d.Actor = "ada"
	}
	if err := Check(h.now(), d); err != nil {
		return err
	}
	h.events = append(h.events, model.Event{Change: change, Revision: len(h.events) + 1,
		At: now.Add(time.Duration(len(h.events)) * time.Minute), Actor: d.Actor,
		Action: d.Action, Severity: d.Severity, Confidence: d.Confidence, Basis: d.Basis, Summary: d.Summary, Note: d.Note,
		Reason: d.Reason, Until: d.Until})
	return nil
}

func (h *history) decide(d model.Decision) Projection {
	h.t.Helper()
	if err := h.try(d); err != nil {
		h.t.Fatalf("%s refused: %v", d.Action, err)
	}
	return h.now()
}

func (h *history) refused(d model.Decision, want error, says string) {
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

func decision(a model.Action) model.Decision {
	d := model.Decision{Change: change, Base: model.AnyRevision, Actor: "ada", Action: a}
	switch a {
	case model.ActionSet:
		d.Severity = ptr(model.Low)
	case model.ActionApprove, model.ActionSubmit:
		d.Severity, d.Confidence, d.Basis, d.Summary = ptr(model.High), ptr(model.HighConfidence), ptr(model.Explicit),
			ptr("It changed.")
	case model.ActionDismiss, model.ActionRequestChanges:
		d.Reason = "noise"
	case model.ActionContest:
		d.Reason, d.Severity = "no", ptr(model.Low)
	case model.ActionSnooze:
		d.Until = model.SnoozeNext
	}
	return d
}

// TestEachStateAllowsItsStepsOnly is the whole state machine: from each state, which step is
// possible and where it leads.
func TestEachStateAllowsItsStepsOnly(t *testing.T) {
	actions := []model.Action{model.ActionSet, model.ActionApprove, model.ActionDismiss, model.ActionSnooze,
		model.ActionReopen, model.ActionUndo, model.ActionRedo,
		model.ActionSubmit, model.ActionRequestChanges, model.ActionContest}
	ways := map[model.State][]model.Action{
		model.Pending: {}, model.Approved: {model.ActionApprove}, model.Dismissed: {model.ActionDismiss},
		model.Snoozed: {model.ActionSnooze},
	}
	leads := map[model.State]map[model.Action]model.State{ // what is missing is refused
		model.Pending: {model.ActionSet: model.Pending, model.ActionApprove: model.Approved,
			model.ActionDismiss: model.Dismissed, model.ActionSnooze: model.Snoozed, model.ActionSubmit: model.InReview},
		model.Approved:  {model.ActionUndo: model.Pending},
		model.Dismissed: {model.ActionUndo: model.Pending, model.ActionReopen: model.Pending},
		model.Snoozed: {model.ActionSet: model.Snoozed, model.ActionApprove: model.Approved,
			model.ActionDismiss: model.Dismissed, model.ActionSnooze: model.Snoozed,
			model.ActionUndo: model.Pending, model.ActionReopen: model.Pending, model.ActionSubmit: model.InReview},
	}
	for from, way := range ways {
		for _, a := range actions {
			h := &history{t: t}
			for _, w := range way {
				h.decide(decision(w))
			}
			want, possible := leads[from][a]
			if !possible {
				h.refused(decision(a), model.ErrNotAllowed, string(change))
			} else if got := h.decide(decision(a)).Review.State; got != want {
				t.Errorf("%s in %s leads to %s, want %s", a, from, got, want)
			}
		}
	}
}

func TestDecisionIsRefusedForWhatItLacks(t *testing.T) {
	h := &history{t: t}
	d := decision(model.ActionApprove)
	d.Basis, d.Summary = nil, ptr("  ")
	h.refused(d, model.ErrIncomplete, "basis, summary")
	d = decision(model.ActionDismiss)
	d.Reason = " "
	h.refused(d, model.ErrIncomplete, "reason")
	d = decision(model.ActionSnooze)
	d.Until = ""
	h.refused(d, model.ErrIncomplete, "date")
	h.refused(model.Decision{Base: model.AnyRevision, Action: model.ActionSet}, model.ErrInvalid, "nothing")
	h.refused(model.Decision{Base: model.AnyRevision, Action: "explode"}, model.ErrInvalid, "explode")
	d = decision(model.ActionSet)
	d.Severity = ptr(model.Severity("huge"))
	h.refused(d, model.ErrInvalid, "low, medium, high, critical")
	d = decision(model.ActionSet)
	d.Confidence = ptr(model.Confidence("sure"))
	h.refused(d, model.ErrInvalid, "low, medium, high")
	d = decision(model.ActionSet)
	d.Basis = ptr(model.Basis("hearsay"))
	h.refused(d, model.ErrInvalid, "explicit, inferred, absent")
	d = decision(model.ActionSet)
	d.Base = 3
	h.refused(d, model.ErrStale, "revision 0")
}

// TestApprovalCountsWhatWasSetBefore: values set one by one are enough.
func TestApprovalCountsWhatWasSetBefore(t *testing.T) {
	h := &history{t: t}
	h.decide(model.Decision{Base: 0, Action: model.ActionSet, Severity: ptr(model.Medium), Summary: ptr("It changed.")})
	h.decide(model.Decision{Base: 1, Action: model.ActionSet, Confidence: ptr(model.LowConfidence),
		Basis: ptr(model.Absent), Note: ptr("Perhaps.")})
	p := h.decide(model.Decision{Base: 2, Action: model.ActionApprove})
	want := model.Review{Change: change, Revision: 3, State: model.Approved, Severity: model.Medium,
		Confidence: model.LowConfidence, Basis: model.Absent,
		Summary: "It changed.", Note: "Perhaps.", Actor: "ada", Author: "ada", UpdatedAt: now.Add(2 * time.Minute),
		CanUndo: true}
	if !reflect.DeepEqual(p.Review, want) {
		t.Errorf("got %+v\nwant %+v", p.Review, want)
	}
	h.refused(model.Decision{Base: 2, Action: model.ActionUndo}, model.ErrStale, "approved")
}

func TestUndoAndRedoRestoreTheReview(t *testing.T) {
	h := &history{t: t}
	h.decide(model.Decision{Base: 0, Action: model.ActionSet, Severity: ptr(model.Low)})
	h.decide(model.Decision{Base: 1, Action: model.ActionSet, Severity: ptr(model.High)})
	h.decide(decision(model.ActionDismiss))
	p := h.decide(decision(model.ActionUndo))
	if r := p.Review; r.State != model.Pending || r.Reason != "" || r.Severity != model.High || !r.CanUndo ||
		!r.CanRedo || r.Revision != 4 {
		t.Errorf("after one undo: %+v", r)
	}
	p = h.decide(decision(model.ActionUndo))
	if r := p.Review; r.Severity != model.Low {
		t.Errorf("after two: %+v", r)
	}
	p = h.decide(decision(model.ActionUndo))
	if r := p.Review; r.Severity != "" || r.CanUndo {
		t.Errorf("after three: %+v", r)
	}
	h.refused(decision(model.ActionUndo), model.ErrNotAllowed, "undone")
	for range 3 {
		p = h.decide(decision(model.ActionRedo))
	}
	if r := p.Review; r.State != model.Dismissed || r.Reason != "noise" || r.Severity != model.High || r.CanRedo {
		t.Errorf("all redone: %+v", r)
	}
	h.refused(decision(model.ActionRedo), model.ErrNotAllowed, "redone")

	h.decide(decision(model.ActionUndo))
	p = h.decide(model.Decision{Base: model.AnyRevision, Action: model.ActionSet, Basis: ptr(model.Inferred)})
	if p.Review.CanRedo {
		t.Error("a new decision must empty what could be redone")
	}
	h.refused(decision(model.ActionRedo), model.ErrNotAllowed, "redone")
}

// TestUndoIsTheInverse: over random histories of two persons, an undo gives the
// review before the last decision, and a redo the one before the undo.
func TestUndoIsTheInverse(t *testing.T) {
	const seed = 7
	rng := rand.New(rand.NewSource(seed))
	judged := func(r model.Review) string { // without what every event moves on
		r.Revision, r.UpdatedAt, r.Actor, r.CanUndo, r.CanRedo = 0, time.Time{}, "", false, false
		second := "nobody"
		if r.Second != nil {
			second = fmt.Sprint(*r.Second)
		}
		r.Second = nil
		return fmt.Sprint(r, second)
	}
	actions := []model.Action{model.ActionSet, model.ActionSet, model.ActionApprove, model.ActionDismiss,
		model.ActionSnooze, model.ActionReopen, model.ActionUndo,
		model.ActionRedo, model.ActionSubmit, model.ActionSubmit, model.ActionRequestChanges, model.ActionContest}
	taken, in := 0, map[model.State]int{}
	for range 600 {
		h := &history{t: t}
		for range 25 {
			d := decision(actions[rng.Intn(len(actions))])
			d.Actor = []string{"ada", "ben"}[rng.Intn(2)]
			if d.Action == model.ActionSet {
				d.Severity = ptr(model.Severities[rng.Intn(4)])
			}
			before := h.now().Review
			if before.State == model.InReview {
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
			if d.Action == model.ActionUndo || d.Action == model.ActionRedo {
				continue
			}
			probe := &history{t: t, events: append([]model.Event{}, h.events...)}
			back := model.Decision{Base: model.AnyRevision, Actor: d.Actor, Action: model.ActionUndo}
			if got := probe.decide(back).Review; judged(got) != judged(before) {
				t.Fatalf("seed %d: undoing %s gives %+v, want %+v", seed, d.Action, got, before)
			}
			back.Action = model.ActionRedo
			if got := probe.decide(back).Review; judged(got) != judged(after) {
				t.Fatalf("seed %d: redoing %s gives %+v, want %+v", seed, d.Action, got, after)
			}
		}
	}
	for _, state := range model.States {
		if taken < 1000 || in[state] == 0 {
			t.Errorf("%d decisions led to %s, %d were possible: little was tested", in[state], state, taken)
		}
	}
}

func TestSnoozeEndsAtItsTime(t *testing.T) {
	at := func(until string) model.Review { return model.Review{State: model.Snoozed, Until: until} }
	for _, c := range []struct {
		r       model.Review
		changed bool
		want    bool
	}{
		{model.Review{State: model.Pending}, false, true},
		{at(model.SnoozeNext), false, false},
		{at(model.SnoozeNext), true, true},
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

func TestParseUntilTakesDatesNotYetPast(t *testing.T) {
	for in, want := range map[string]string{
		" Next ": model.SnoozeNext, "7d": "2026-03-08T12:00:00Z", "2W": "2026-03-15T12:00:00Z", "12h": "2026-03-02T00:00:00Z",
		"2026-04-01": "2026-04-01T00:00:00Z", "2026-03-01T15:00:00+02:00": "2026-03-01T13:00:00Z",
	} {
		if got, err := ParseUntil(in, now); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "0d", "d", "-3d", "99999d", "2026-03-01", "2026-02-30", "2020-01-01", "tomorrow",
		"7 d", "７d"} {
		if got, err := ParseUntil(in, now); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q gives %q, %v", in, got, err)
		}
	}
}
