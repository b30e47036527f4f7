package drive_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
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

	revision int
}

// text makes one hostile string.
func (h *hostileDesk) text() string {
	h.made++
	return hostile(h.r)
}

// fill puts hostile text into every string that v points to. What the store makes
// itself out of few values (an ID, a state, a kind) keeps its own, so that
// screens still know what they show.
func (h *hostileDesk) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() && (v.Type() == reflect.TypeFor[string]() || v.Type() == reflect.TypeFor[terms.Reason]() && h.r.IntN(3) == 0) {
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
	h.revision++
	return filled(h, terms.Review{Change: d.Change, Revision: h.revision, State: terms.Pending, Record: "FP-R-000001"}, nil)
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

func (h *hostileDesk) Precedents(_ context.Context, _ terms.ID, limit int) ([]terms.Precedent, error) {
	return filled(h, make([]terms.Precedent, max(limit, 1)), nil)
}

func (h *hostileDesk) SaveDraft(context.Context, terms.Draft) error {
	_, err := filled(h, "", nil)
	return err
}

func (h *hostileDesk) DropDraft(context.Context, terms.ID, string) error {
	_, err := filled(h, "", nil)
	return err
}

func (h *hostileDesk) Drafts(context.Context, string) ([]terms.Draft, error) {
	return filled(h, []terms.Draft{{Change: "FP-C-000001"}}, nil)
}

func (h *hostileDesk) SaveDeskState(context.Context, string, []byte) error {
	_, err := filled(h, "", nil)
	return err
}

func (h *hostileDesk) DeskState(context.Context, string) ([]byte, error) {
	if !h.fails {
		return nil, nil // a filter that nothing fits would hide all the rest
	}
	s, err := filled(h, []string{"", "", ""}, nil)
	if err != nil {
		return nil, err
	}
	raw, _ := json.Marshal(map[string]any{"query": s[0], "platform": s[1], "filters": map[string]string{s[2]: s[0]}})
	return raw, nil
}

func (h *hostileDesk) Document(_ context.Context, id terms.ID) (terms.Document, error) {
	return filled(h, terms.Document{ID: id}, nil)
}

func (h *hostileDesk) Versions(_ context.Context, id terms.ID) ([]terms.Version, error) {
	vs := make([]terms.Version, h.rows)
	for i := range vs {
		vs[i].Document, vs[i].Seq, vs[i].CapturedAt = id, i+1, clock()
	}
	return filled(h, vs, nil)
}

func (h *hostileDesk) CompareVersions(ctx context.Context, _ terms.ID, _, _ int) (terms.ChangeDetail, error) {
	return h.Change(ctx, "FP-C-000001")
}

func (h *hostileDesk) ClauseHistory(_ context.Context, change terms.ID, clause int) (terms.ClauseHistory, error) {
	c := terms.ClauseHistory{Change: change, Clause: clause, Versions: h.rows, Steps: make([]terms.ClauseStep, h.rows)}
	for i := range c.Steps {
		c.Steps[i] = terms.ClauseStep{Seq: i + 1, CapturedAt: clock(), Change: change, Kind: terms.Modified, Material: true, Heading: make([]string, 2), At: &terms.Extent{}}
	}
	return filled(h, c, nil)
}

func (h *hostileDesk) Tracking(context.Context) ([]terms.TrackedRow, error) {
	return filled(h, make([]terms.TrackedRow, h.rows), nil)
}

func (h *hostileDesk) Activity(_ context.Context, limit int) ([]terms.Activity, error) {
	as := make([]terms.Activity, min(limit, h.rows))
	for i := range as {
		as[i] = terms.Activity{At: clock(), Since: clock(), Count: i, ID: "FP-C-000001"}
	}
	return filled(h, as, nil)
}

func (h *hostileDesk) Agreement(context.Context) (terms.Agreement, error) {
	half := 0.5
	a := terms.Agreement{N: h.rows, Severities: slices.Clone(terms.Severities), Matrix: [][]int{{1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}}, Percent: &half, Kappa: &half, WeightedKappa: &half,
		Disagreements: make([]terms.TwoReadings, h.rows)}
	return filled(h, a, nil)
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
