package drive_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"fineprint/store/terms"
	"fineprint/tui"
)

// hostileDesk is a desk's store whose every answer is filled with hostile text:
// each string in it, whatever it is meant for, and each error.
type hostileDesk struct {
	tui.Desk
	r     *rand.Rand
	rows  int // of each list
	made  int // strings so far
	fails bool
}

// text makes one hostile string.
func (h *hostileDesk) text() string {
	h.made++
	return hostile(h.r)
}

// fill puts hostile text into every string that v points to. What has a type of
// its own (an ID, a state) keeps its value mostly, so that screens still know
// what they show.
func (h *hostileDesk) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() && (v.Type() == reflect.TypeFor[string]() || h.r.IntN(12) == 0) {
			v.SetString(h.text())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			h.fill(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			h.fill(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				h.fill(v.Field(i))
			}
		}
	}
}

func filled[T any](h *hostileDesk, v T, err error) (T, error) {
	if h.fails && h.r.IntN(3) == 0 {
		return v, errors.New(h.text())
	}
	h.fill(reflect.ValueOf(&v).Elem())
	return v, err
}

func (h *hostileDesk) Platforms(context.Context) ([]terms.PlatformRow, error) {
	rows := make([]terms.PlatformRow, h.rows)
	for i := range rows {
		rows[i].LastChange = clock()
	}
	return filled(h, rows, nil)
}

func (h *hostileDesk) Queue(_ context.Context, f terms.QueueFilter) (terms.QueuePage, error) {
	p := terms.QueuePage{Total: h.rows, Changes: make([]terms.QueueItem, h.rows)}
	for i := range p.Changes {
		p.Changes[i] = terms.QueueItem{ID: "FP-C-000001", State: f.State, Material: i%2 == 0, Reason: terms.ReasonDate,
			Suggested: terms.Suggestion{Severity: terms.High, Why: make([]string, 2)}, Origin: &terms.Origin{}}
	}
	return filled(h, p, nil)
}

func (h *hostileDesk) Change(_ context.Context, id terms.ID) (terms.ChangeDetail, error) {
	d := terms.ChangeDetail{Change: terms.Change{ID: id, Material: true, Suggested: terms.Suggestion{Why: make([]string, 3)}}, Review: terms.Review{Change: id, State: terms.Pending},
		History: make([]terms.Event, 3)}
	d.ToMeta.Origin.Archive = &terms.ArchiveOrigin{Locations: make([]string, 2)}
	kinds := []terms.Kind{terms.Added, terms.Removed, terms.Modified, terms.Moved}
	for i := range h.rows {
		c := terms.ClauseChange{Kind: kinds[i%4], Material: i%5 > 0, Heading: make([]string, 2), Marks: make([]string, i%3)}
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	d, err := filled(h, d, nil)
	d.OldText, d.NewText = "", ""
	for i := range d.Change.Clauses { // the clauses' own words, in two texts that fit their extents
		c := &d.Change.Clauses[i]
		if c.Kind != terms.Added {
			c.Old, d.OldText = appended(d.OldText, h.text()+" same "+h.text())
		}
		if c.Kind != terms.Removed {
			c.New, d.NewText = appended(d.NewText, h.text()+" same "+h.text())
		}
	}
	return d, err
}

func appended(text, more string) (*terms.Extent, string) {
	return &terms.Extent{Start: len(text), End: len(text) + len(more)}, text + more + "\n\n"
}

func (h *hostileDesk) PreviewRecord(_ context.Context, change terms.ID) (terms.Record, error) {
	r := terms.Record{Change: change, Severity: terms.High, State: terms.Approved, Clauses: make([]terms.RecordClause, 4)}
	for i := range r.Clauses {
		r.Clauses[i] = terms.RecordClause{Kind: terms.Modified, Heading: make([]string, 2), Old: &terms.Quote{}, New: &terms.Quote{},
			Spans: []terms.Span{{Op: terms.Equal}, {Op: terms.Delete}, {Op: terms.Insert}}}
	}
	return filled(h, r, nil)
}

func (h *hostileDesk) Decide(_ context.Context, d terms.Decision) (terms.Review, error) {
	return filled(h, terms.Review{Change: d.Change, Revision: 1, State: terms.Pending, Record: "FP-R-000001"}, nil)
}

func (h *hostileDesk) DecideAll(ctx context.Context, ds []terms.Decision) ([]terms.Review, error) {
	rs := make([]terms.Review, len(ds))
	for i, d := range ds {
		var err error
		if rs[i], err = h.Decide(ctx, d); err != nil {
			return nil, err
		}
	}
	return rs, nil
}

func (h *hostileDesk) LastDecision(context.Context, string) ([]terms.ID, error) {
	return filled(h, []terms.ID{"FP-C-000001"}, nil)
}

func (h *hostileDesk) LastUndone(context.Context, string) ([]terms.ID, error) {
	return filled(h, []terms.ID{"FP-C-000001"}, nil)
}

// TestAllThatTheDeskReadsIsMadeHostile: a method that a later screen needs is
// only proved when hostileDesk answers it by itself.
func TestAllThatTheDeskReadsIsMadeHostile(t *testing.T) {
	desk, own := reflect.TypeFor[tui.Desk](), reflect.TypeFor[*hostileDesk]()
	for i := range desk.NumMethod() {
		name := desk.Method(i).Name
		m, _ := own.MethodByName(name)
		if file, _ := runtime.FuncForPC(m.Func.Pointer()).FileLine(m.Func.Pointer()); strings.Contains(file, "autogenerated") {
			t.Errorf("hostileDesk does not answer %s with hostile text: add it, in a few lines, beside the others", name)
		}
	}
}
