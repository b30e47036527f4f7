package review

import (
	"fmt"
	"time"

	"fineprint/store/model"
)

// CheckAll reports whether decisions on several changes can be taken together, as
// one act of one person; ps[i] is the review that ds[i] is about. Beyond what
// Check wants of each, several are never approved together when one of them is
// high or critical, before or after (ErrOneByOne); and they are undone or redone
// together only when they were decided on together and none of them since
// (ErrStale). One decision alone is a case for Check.
func CheckAll(ps []Projection, ds []model.Decision) error {
	if len(ds) == 0 || len(ps) != len(ds) {
		return fmt.Errorf("%w: there is nothing to decide on", model.ErrInvalid)
	}
	if len(ds) == 1 {
		return Check(ps[0], ds[0])
	}
	seen := map[model.ID]bool{}
	for i, p := range ps {
		switch id := p.Review.Change; {
		case seen[id]:
			return fmt.Errorf("%w: %s is named twice", model.ErrInvalid, id)
		case ds[i].Actor != ds[0].Actor:
			return fmt.Errorf("%w: what is decided together is decided by one person", model.ErrInvalid)
		case (takesBack(ds[i].Action) || takesBack(ds[0].Action)) && ds[i].Action != ds[0].Action:
			return fmt.Errorf("%w: undo and redo stand alone; decide again afterwards", model.ErrInvalid)
		default:
			seen[id] = true
		}
	}
	if takesBack(ds[0].Action) {
		if err := checkTogether(ps, ds[0].Action); err != nil {
			return err
		}
	}
	for i, p := range ps {
		if err := Check(p, ds[i]); err != nil {
			return err
		}
		if grave := approves(p, ds[i]); grave.Rank() >= model.High.Rank() {
			return fmt.Errorf("%w: %s is %s; approve it by itself, only low and medium ones can be approved together",
				model.ErrOneByOne, p.Review.Change, grave)
		}
	}
	return nil
}

func takesBack(a model.Action) bool { return a == model.ActionUndo || a == model.ActionRedo }

// approves returns the gravest severity that the change has, is given or was
// read as, if the decision approves it.
func approves(p Projection, d model.Decision) model.Severity {
	action, given := d.Action, d.Severity
	if e, ok := p.Redoes(); ok && action == model.ActionRedo {
		action, given = e.Action, e.Severity
	}
	if action != model.ActionApprove {
		return ""
	}
	grave := p.Review.Severity
	if own := p.Review.Second; own != nil && own.Severity.Rank() > grave.Rank() {
		grave = own.Severity
	}
	if given != nil && given.Rank() > grave.Rank() {
		grave = *given
	}
	return grave
}

// checkTogether makes sure that an undo or redo of several takes back one act:
// the decision that each would lose or get back is of the same batch.
func checkTogether(ps []Projection, a model.Action) error {
	touched := Projection.Undoes
	if a == model.ActionRedo {
		touched = Projection.Redoes
	}
	first, _ := touched(ps[0])
	same := first.Batch != 0
	for _, p := range ps {
		e, _ := touched(p)
		same = same && e.Batch == first.Batch
	}
	if same {
		return nil
	}
	// What is to be taken back is the oldest batch that decided on all of them and
	// is on top in one: a newer one on top elsewhere came after it.
	var batch uint64
	for _, p := range ps {
		if e, _ := touched(p); e.Batch > 0 && (batch == 0 || e.Batch < batch) && inAll(ps, e.Batch) {
			batch = e.Batch
		}
	}
	if batch == 0 {
		return fmt.Errorf("%w: these were not decided on together; %s them one by one", model.ErrNotAllowed, a)
	}
	for _, p := range ps {
		if e, _ := touched(p); e.Batch != batch {
			last := p.events[len(p.events)-1]
			return fmt.Errorf("%w: %s was decided on together with %s, but %s decided on it again on %s; %s the others "+
				"one by one", model.ErrStale,
				p.Review.Change, others(len(ps)-1), last.Actor, last.At.UTC().Format(time.DateOnly), a)
		}
	}
	return nil
}

func others(n int) string {
	if n == 1 {
		return "another"
	}
	return fmt.Sprintf("%d others", n)
}

// inAll reports whether a batch decided on every one of the changes.
func inAll(ps []Projection, batch uint64) bool {
	for _, p := range ps {
		found := false
		for _, e := range p.events {
			found = found || e.Batch == batch && !takesBack(e.Action)
		}
		if !found {
			return false
		}
	}
	return true
}
