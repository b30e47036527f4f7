package review

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fineprint/store/model"
)

// desk holds the reviews of several changes and takes decisions on them
// together, as a store does.
type desk struct {
	t      *testing.T
	events [4][]model.Event
	entry  uint64
}

func (d *desk) decide(actor string, action model.Action, severity model.Severity, changes ...int) error {
	d.t.Helper()
	var ps []Projection
	var ds []model.Decision
	for _, c := range changes {
		id := model.NewID("FP", model.ChangeID, uint64(c))
		ps = append(ps, Project(id, d.events[c]))
		asked := decision(action)
		asked.Change, asked.Actor = id, actor
		if severity != "" {
			asked.Severity = &severity
		}
		ds = append(ds, asked)
	}
	if err := CheckAll(ps, ds); err != nil {
		return err
	}
	batch := d.entry + 1
	if len(changes) == 1 {
		batch = 0
	}
	for i, c := range changes {
		d.entry++
		e := model.Event{Change: ds[i].Change, Revision: len(d.events[c]) + 1, Entry: d.entry, Batch: batch, At: now,
			Actor: actor, Action: action,
			Severity: ds[i].Severity, Confidence: ds[i].Confidence, Basis: ds[i].Basis, Summary: ds[i].Summary,
			Reason: ds[i].Reason, Until: ds[i].Until}
		d.events[c] = append(d.events[c], e)
	}
	return nil
}

func (d *desk) must(actor string, action model.Action, severity model.Severity, changes ...int) {
	d.t.Helper()
	if err := d.decide(actor, action, severity, changes...); err != nil {
		d.t.Fatalf("%s %v: %v", action, changes, err)
	}
}

func (d *desk) refused(want error, says string, actor string, action model.Action, severity model.Severity,
	changes ...int) {
	d.t.Helper()
	before := fmt.Sprint(d.events)
	err := d.decide(actor, action, severity, changes...)
	if !errors.Is(err, want) || !strings.Contains(err.Error(), says) {
		d.t.Errorf("%s %v: got %v, want %v with %q", action, changes, err, want, says)
	}
	if fmt.Sprint(d.events) != before {
		d.t.Errorf("%s %v was refused and changed something", action, changes)
	}
}

// TestHighSeverityIsApprovedOneByOne: what is high or critical, before or
// after, is never approved with others.
func TestHighSeverityIsApprovedOneByOne(t *testing.T) {
	for _, grave := range []model.Severity{model.High, model.Critical} {
		d := &desk{t: t}
		d.refused(model.ErrOneByOne, "FP-C-000001 is "+string(grave), "ada", model.ActionApprove, grave, 1, 2)
		d.must("ada", model.ActionSet, grave, 3)
		d.refused(model.ErrOneByOne, "FP-C-000003 is "+string(grave), "ada", model.ActionApprove, model.Low, 1, 2, 3)
		d.must("ada", model.ActionDismiss, grave, 1, 2, 3) // dismissing is no approval
		d.must("ada", model.ActionUndo, "", 1, 2, 3)
		d.must("ada", model.ActionApprove, grave, 3)
	}
	d := &desk{t: t}
	d.must("ada", model.ActionApprove, model.Medium, 1, 2)
	d.must("ada", model.ActionUndo, "", 1, 2)
	d.must("ada", model.ActionRedo, "", 1, 2)
}

func TestBatchIsTakenAsAWholeOrRefused(t *testing.T) {
	d := &desk{t: t}
	d.refused(model.ErrInvalid, "nothing", "ada", model.ActionDismiss, "")
	d.refused(model.ErrInvalid, "twice", "ada", model.ActionDismiss, "", 1, 2, 1)
	d.must("ada", model.ActionDismiss, "", 2)
	d.refused(model.ErrNotAllowed, "FP-C-000002", "ada", model.ActionDismiss, "", 1, 2)
	mixed := []model.Decision{decision(model.ActionUndo), decision(model.ActionSet)}
	if err := CheckAll([]Projection{Project("FP-C-000001", d.events[1]), Project("FP-C-000002", d.events[2])},
		mixed); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("an undo and a set together: %v", err)
	}
	mixed[0], mixed[1].Actor = decision(model.ActionSet), "ben"
	if err := CheckAll([]Projection{Project("FP-C-000001", d.events[1]), Project("FP-C-000003", d.events[3])},
		mixed); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("two persons together: %v", err)
	}
}

func TestUndoOfABatchNamesWhatWasDecidedSince(t *testing.T) {
	d := &desk{t: t}
	d.must("ada", model.ActionSet, model.Low, 1, 2, 3)
	d.must("ben", model.ActionSet, model.High, 2)
	d.refused(model.ErrStale, "FP-C-000002 was decided on together with 2 others, but ben", "ada", model.ActionUndo, "",
		1, 2, 3)
	d.must("ben", model.ActionUndo, "", 2)
	d.must("ada", model.ActionUndo, "", 1, 2, 3)
	d.must("ben", model.ActionSet, model.High, 3)
	d.refused(model.ErrStale, "FP-C-000003", "ada", model.ActionRedo, "", 1, 2, 3)
	d.must("ada", model.ActionRedo, "", 1, 2)

	d = &desk{t: t} // a newer batch, taken back on one of them only
	d.must("ada", model.ActionSet, model.Low, 1, 2)
	d.must("ben", model.ActionSet, model.High, 1, 2)
	d.must("ben", model.ActionUndo, "", 2)
	d.refused(model.ErrStale, "FP-C-000001 was decided on together with another, but ben", "ada", model.ActionUndo, "",
		1, 2)

	d = &desk{t: t}
	d.must("ada", model.ActionSet, model.Low, 1)
	d.must("ada", model.ActionSet, model.Low, 2)
	d.refused(model.ErrNotAllowed, "one by one", "ada", model.ActionUndo, "", 1, 2)
	d.refused(model.ErrNotAllowed, "one by one", "ada", model.ActionRedo, "", 1, 2)
}
