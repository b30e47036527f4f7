package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fineprint/store/model"
)

// maxWriting bounds what is written in a field, in bytes, and maxNames how many names are
// in a list.
const (
	maxWriting = 256 << 10
	maxNames   = 200
)

// Provision is a provision record as it is written: the projection of its events.
type Provision struct {
	Record   model.ID
	Revision int // number of events
	State    model.State
	Writing  model.Writing
	Authors  map[string]model.Authorship // by the ID of the field
	Picked   model.Picked
	// InForce is the revision that stands, 0 for none; Newest the last that was made.
	InForce, Newest int
	// Overruled is what the last approval overruled.
	Overruled []model.Overruled
	Latest    model.RecordEvent
}

// ProjectProvision folds a provision record's events, oldest first and none missing, into
// what is written.
func ProjectProvision(record model.ID, events []model.RecordEvent) Provision {
	p := Provision{Record: record, Authors: map[string]model.Authorship{}}
	for _, e := range events {
		p.apply(e)
	}
	return p
}

// With returns the projection that one more event leads to.
func (p Provision) With(e model.RecordEvent) Provision {
	p.Authors = maps.Clone(p.Authors)
	p.apply(e)
	return p
}

func (p *Provision) apply(e model.RecordEvent) {
	p.Revision, p.Latest = e.Revision, e
	_ = p.Writing.Merge(&e.Writing, e.Fields) // a field of a newer build is not known here
	for _, field := range e.Fields {
		p.Authors[field] = model.Authorship{By: e.Actor, How: e.How, Source: e.Source, At: e.At}
	}
	if e.Picked != nil {
		p.Picked = *e.Picked
	}
	switch e.Action {
	case model.RecordNew, model.RecordEdited:
		p.State = model.DraftState
	case model.RecordApproved:
		p.State, p.InForce, p.Newest, p.Overruled = model.Approved, e.Approved, e.Approved, e.Overruled
	case model.RecordWithdraw:
		p.State, p.InForce = model.WithdrawnState, 0
	}
}

// CheckProvision reports whether a step can be taken that is based on a revision. The
// error wraps ErrStale or ErrNotAllowed.
func CheckProvision(p Provision, base int, action model.RecordAction) error {
	if base != model.AnyRevision && base != p.Revision {
		return fmt.Errorf("%w: %s is at step %d now, written by %s on %s, and this was based on step %d", model.ErrStale,
			p.Record, p.Revision, p.Latest.Actor, p.Latest.At.UTC().Format("2006-01-02 15:04"), base)
	}
	switch {
	case action == model.RecordApproved && p.State == model.Approved:
		return fmt.Errorf("%w: %s is approved, and nothing was written since", model.ErrNotAllowed, p.Record)
	case action == model.RecordApproved && p.State == model.WithdrawnState:
		return fmt.Errorf("%w: %s is withdrawn; edit it first", model.ErrNotAllowed, p.Record)
	case action == model.RecordWithdraw && p.State == model.WithdrawnState:
		return fmt.Errorf("%w: %s is withdrawn already", model.ErrNotAllowed, p.Record)
	}
	return nil
}

// CheckWriting reports whether the fields named can be written as they are given. The
// error wraps ErrInvalid.
func CheckWriting(w *model.Writing, fields []string) error {
	for _, id := range fields {
		f, ok := model.FieldByID(id)
		if !ok {
			return fmt.Errorf("%w: a record has no field %q", model.ErrInvalid, id)
		}
		if text := f.Text(w); text != nil {
			if err := checkText(f, *text); err != nil {
				return err
			}
		}
		if list := f.List(w); list != nil {
			if err := checkNames(f, *list); err != nil {
				return err
			}
		}
	}
	return checkTables(w, fields)
}

func checkText(f model.WritingField, text string) error {
	if len(text) > maxWriting {
		return fmt.Errorf("%w: %s has at most %d bytes, this one has %d", model.ErrInvalid, f.ID(), maxWriting, len(text))
	}
	if f.Shape == model.Word && text != "" && !slices.Contains(f.Words, text) {
		return fmt.Errorf("%w: %q is not a %s; use one of %s", model.ErrInvalid, text,
			strings.ReplaceAll(f.Key, "_", " "), strings.Join(f.Words, ", "))
	}
	return nil
}

func checkNames(f model.WritingField, names []string) error {
	if len(names) > maxNames {
		return fmt.Errorf("%w: %s has at most %d names, this one has %d", model.ErrInvalid, f.ID(), maxNames, len(names))
	}
	for i, name := range names {
		if strings.TrimSpace(name) == "" || len(name) > 200 || strings.ContainsRune(name, 0) {
			return fmt.Errorf("%w: name %d of %s is empty or too long", model.ErrInvalid, i+1, f.ID())
		}
	}
	return nil
}

// checkTables checks the rows of tables.
func checkTables(w *model.Writing, fields []string) error {
	if n := len(w.Actions) + len(w.Comparisons) + len(w.AgencyReasons) + len(w.Clauses); n > 4*maxNames {
		return fmt.Errorf("%w: the tables of a record have at most %d rows, these have %d", model.ErrInvalid, 4*maxNames,
			n)
	}
	if slices.Contains(fields, "comparisons") {
		for i, c := range w.Comparisons {
			if c.Severity != "" && c.Severity.Rank() == 0 {
				return fmt.Errorf("%w: %q of comparison %d is not a severity; use one of low, medium, high, critical",
					model.ErrInvalid, c.Severity, i+1)
			}
		}
	}
	if p := w.Prevalence; slices.Contains(fields, "prevalence") && p != nil && (p.Alike < 0 || p.Of < 0) {
		return fmt.Errorf("%w: a prevalence counts documents, none is less than 0", model.ErrInvalid)
	}
	return nil
}
