package tui_test

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

	"fineprint/store/model"
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
		if v.CanSet() && (v.Type() == reflect.TypeFor[string]() || v.Type() == reflect.TypeFor[model.Reason]() &&
			h.r.IntN(3) == 0) {
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

func (h *hostileDesk) Platforms(context.Context) ([]model.PlatformRow, error) {
	rows := make([]model.PlatformRow, h.rows)
	for i := range rows {
		rows[i].LastChange = clock()
	}
	return filled(h, rows, nil)
}

func (h *hostileDesk) PlatformDocuments(context.Context, string) ([]model.DocumentRow, error) {
	rows := make([]model.DocumentRow, 3)
	for i := range rows {
		since := clock()
		rows[i].LastChange, rows[i].UnreadableSince, rows[i].Failing = since, &since, true
	}
	return filled(h, rows, nil)
}

func (h *hostileDesk) DocumentActivity(context.Context, model.ID) (model.Months, error) {
	return filled(h, model.Months{Counts: make([]int, model.ActivityMonths), Last: clock()}, nil)
}

func (h *hostileDesk) Queue(_ context.Context, f model.QueueFilter) (model.QueuePage, error) {
	p := model.QueuePage{Total: h.rows, Changes: make([]model.QueueItem, h.rows)}
	for i := range p.Changes {
		p.Changes[i] = model.QueueItem{ID: "FP-C-000001", State: f.State, Material: i%2 == 0, Reason: model.ReasonDate,
			Suggested: model.Suggestion{Severity: model.High, Why: make([]string, 2)}, Origin: &model.Origin{}}
	}
	return filled(h, p, nil)
}

func (h *hostileDesk) Change(_ context.Context, id model.ID) (model.ChangeDetail, error) {
	d := model.ChangeDetail{Change: model.Change{ID: id, Material: true,
		Suggested: model.Suggestion{Why: make([]string, 3)}}, Review: model.Review{Change: id, State: model.Pending},
		History: make([]model.Event, 3)}
	for i := range d.History {
		d.History[i].Revision = i + 1
	}
	d.ToMeta.Origin.Archive = &model.ArchiveOrigin{Locations: make([]string, 2)}
	kinds := []model.Kind{model.Added, model.Removed, model.Modified, model.Moved}
	for i := range h.rows {
		c := model.ClauseChange{Kind: kinds[i%4], Material: i%5 > 0, Heading: make([]string, 2),
			Marks: make([]string, i%3)}
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	d, err := filled(h, d, nil)
	d.OldText, d.NewText = "", ""
	for i := range d.Change.Clauses { // the clauses' own words, in two texts that fit their extents
		c := &d.Change.Clauses[i]
		if c.Kind != model.Added {
			c.Old, d.OldText = appended(d.OldText, h.text()+" same "+h.text())
		}
		if c.Kind != model.Removed {
			c.New, d.NewText = appended(d.NewText, h.text()+" same "+h.text())
		}
	}
	return d, err
}

func appended(text, more string) (*model.ByteRange, string) {
	return &model.ByteRange{Start: len(text), End: len(text) + len(more)}, text + more + "\n\n"
}

func (h *hostileDesk) PreviewRecord(_ context.Context, change model.ID) (model.Record, error) {
	r := model.Record{Change: change, Severity: model.High, State: model.Approved, Clauses: make([]model.RecordClause,
		4)}
	for i := range r.Clauses {
		r.Clauses[i] = model.RecordClause{Kind: model.Modified, Heading: make([]string, 2), Old: &model.Quote{},
			New:   &model.Quote{},
			Spans: []model.Span{{Op: model.Equal}, {Op: model.Delete}, {Op: model.Insert}}}
	}
	return filled(h, r, nil)
}

func (h *hostileDesk) Decide(_ context.Context, d model.Decision) (model.Review, error) {
	h.revision++
	return filled(h, model.Review{Change: d.Change, Revision: h.revision, State: model.Pending, Record: "FP-R-000001"},
		nil)
}

func (h *hostileDesk) DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error) {
	rs := make([]model.Review, len(ds))
	for i, d := range ds {
		var err error
		if rs[i], err = h.Decide(ctx, d); err != nil {
			return nil, err
		}
	}
	return rs, nil
}

func (h *hostileDesk) LastDecision(context.Context, string) ([]model.ID, error) {
	return filled(h, []model.ID{"FP-C-000001"}, nil)
}

func (h *hostileDesk) LastUndone(context.Context, string) ([]model.ID, error) {
	return filled(h, []model.ID{"FP-C-000001"}, nil)
}

func (h *hostileDesk) Precedents(_ context.Context, _ model.ID, limit int) ([]model.Precedent, error) {
	return filled(h, make([]model.Precedent, max(limit, 1)), nil)
}

func (h *hostileDesk) SaveDraft(context.Context, model.Draft) error {
	_, err := filled(h, "", nil)
	return err
}

func (h *hostileDesk) DropDraft(context.Context, model.ID, string) error {
	_, err := filled(h, "", nil)
	return err
}

func (h *hostileDesk) Drafts(context.Context, string) ([]model.Draft, error) {
	return filled(h, []model.Draft{{Change: "FP-C-000001"}}, nil)
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

func (h *hostileDesk) Document(_ context.Context, id model.ID) (model.Document, error) {
	return filled(h, model.Document{ID: id}, nil)
}

func (h *hostileDesk) Versions(_ context.Context, id model.ID) ([]model.Version, error) {
	vs := make([]model.Version, h.rows)
	for i := range vs {
		vs[i].Document, vs[i].Seq, vs[i].CapturedAt = id, i+1, clock()
	}
	return filled(h, vs, nil)
}

func (h *hostileDesk) CompareVersions(ctx context.Context, _ model.ID, _, _ int) (model.ChangeDetail, error) {
	return h.Change(ctx, "FP-C-000001")
}

func (h *hostileDesk) ClauseLifeAt(_ context.Context, change model.ID, clause int) (model.ClauseLife, error) {
	c := model.ClauseLife{Versions: h.rows, Steps: make([]model.ClauseStep, h.rows)}
	for i := range c.Steps {
		c.Steps[i] = model.ClauseStep{Seq: i + 1, CapturedAt: clock(), Change: change, Kind: model.Modified,
			Material: true, Heading: make([]string, 2), At: &model.ByteRange{}}
	}
	return filled(h, c, nil)
}

// draft is a record with every field full of hostile text.
func (h *hostileDesk) draft() (model.RecordDraft, error) {
	h.revision++
	words := func() []string { return make([]string, 1+h.r.IntN(3)) }
	d := model.RecordDraft{Record: "FP-R-000001", Revision: h.revision, State: model.DraftState, At: clock(),
		Missing: words(), Problems: make([]model.Problem, h.rows)}
	d.Writing.Actions = make([]model.ReaderAction, h.rows)
	d.Writing.Comparisons = make([]model.Comparison, h.rows)
	d.Writing.Agencies, d.Writing.Regulations, d.Writing.Types = words(), words(), words()
	d.Writing.AgencyReasons = map[string]string{h.text(): h.text()}
	d.Preview.Provisions = make([]model.Provision, h.rows)
	for i := range d.Preview.Provisions {
		d.Preview.Provisions[i] = model.Provision{Heading: words(), Change: "FP-C-000001"}
	}
	d.Preview.Clauses = []model.RecordClause{{Kind: model.Modified, Heading: words(), Old: &model.Quote{},
		New: &model.Quote{}, Spans: make([]model.Span, 2)}}
	if h.r.IntN(2) == 0 {
		d.Problems, d.Missing = nil, nil
	}
	return filled(h, d, nil)
}

func (h *hostileDesk) NewRecord(context.Context, model.NewRecordRequest) (model.RecordDraft, error) {
	return h.draft()
}

func (h *hostileDesk) EditRecord(context.Context, model.RecordEdit) (model.RecordDraft, error) {
	return h.draft()
}

func (h *hostileDesk) RecordDraft(context.Context, model.ID) (model.RecordDraft, error) {
	return h.draft()
}

func (h *hostileDesk) ApproveRecord(context.Context, model.RecordApproval) (model.RecordDraft, error) {
	return h.draft()
}

func (h *hostileDesk) WithdrawRecord(context.Context, model.ID, string, string) (model.RecordDraft, error) {
	return h.draft()
}

func (h *hostileDesk) RecordDrafts(context.Context, model.RecordDraftFilter) ([]model.RecordDraft, error) {
	list := make([]model.RecordDraft, h.rows)
	for i := range list {
		list[i].Record, list[i].Missing = "FP-R-000001", make([]string, 2)
	}
	return filled(h, list, nil)
}

func (h *hostileDesk) VersionClauses(
	context.Context, model.ID, int,
) (v model.Version, list []model.VersionClause, err error) {
	list = make([]model.VersionClause, h.rows)
	for i := range list {
		list[i].Number, list[i].Heading = i+1, make([]string, 2)
	}
	list, err = filled(h, list, nil)
	v.CapturedAt = clock()
	return v, list, err
}

func (h *hostileDesk) Tracking(context.Context) ([]model.TrackedRow, error) {
	return filled(h, make([]model.TrackedRow, h.rows), nil)
}

func (h *hostileDesk) Activity(_ context.Context, limit int) ([]model.Activity, error) {
	as := make([]model.Activity, min(limit, h.rows))
	for i := range as {
		as[i] = model.Activity{At: clock(), Since: clock(), Count: i, ID: "FP-C-000001"}
	}
	return filled(h, as, nil)
}

func (h *hostileDesk) Agreement(context.Context) (model.Agreement, error) {
	half := 0.5
	a := model.Agreement{N: h.rows, Severities: slices.Clone(model.Severities),
		Matrix: [][]int{{1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}}, Percent: &half, Kappa: &half,
		WeightedKappa: &half,
		Disagreements: make([]model.TwoReadings, h.rows)}
	return filled(h, a, nil)
}

func (h *hostileDesk) Tally(_ context.Context, f model.TallyFilter) (model.Tallies, error) {
	return filled(h, model.Tallies{By: f.By, Rows: make([]model.Tally, h.rows)}, nil)
}

func (h *hostileDesk) Draft(_ context.Context, change model.ID, _ string) (model.Draft, bool, error) {
	d, err := filled(h, model.Draft{Change: change}, nil)
	return d, err == nil, err
}

func (h *hostileDesk) Notes(_ context.Context, change model.ID) ([]model.ChangeNote, error) {
	list := make([]model.ChangeNote, 3)
	for i := range list {
		list[i] = model.ChangeNote{ID: "FP-N-000001", Change: change, Clause: i, At: clock()}
	}
	return filled(h, list, nil)
}

// note is a note that was written on, with whatever text.
func (h *hostileDesk) note() (model.ChangeNote, error) {
	return filled(h, model.ChangeNote{ID: "FP-N-000001", Change: "FP-C-000001", At: clock()}, nil)
}

func (h *hostileDesk) WriteNote(context.Context, model.NoteRequest) (model.ChangeNote, error) {
	return h.note()
}

func (h *hostileDesk) RemoveNote(context.Context, model.ID, string) (model.ChangeNote, error) {
	return h.note()
}

func (h *hostileDesk) RestoreNote(context.Context, model.ID, string) (model.ChangeNote, error) {
	return h.note()
}

func (h *hostileDesk) Assign(_ context.Context, ids []model.ID, _, _ string) (map[model.ID]string, error) {
	before := map[model.ID]string{}
	for _, id := range ids {
		before[id] = h.text()
	}
	return filled(h, before, nil)
}

func (h *hostileDesk) Tag(_ context.Context, ids []model.ID, _, _ []string, _ string) (int, error) {
	return len(ids), nil
}

func (h *hostileDesk) AlertRules(context.Context) ([]model.AlertRule, error) {
	return filled(h, make([]model.AlertRule, 3), nil)
}

func (h *hostileDesk) TargetFigures(context.Context) ([]model.TargetFigures, error) {
	return filled(h, make([]model.TargetFigures, 3), nil)
}

func (h *hostileDesk) OutboxItems(context.Context, int) ([]model.OutboxItem, error) {
	return filled(h, make([]model.OutboxItem, h.rows), nil)
}

func (h *hostileDesk) RetryAlert(context.Context, string) (i model.OutboxItem, err error) {
	return filled(h, i, nil)
}

func (h *hostileDesk) AlertRuleStanding(context.Context, string) (model.AlertRemoval, error) {
	return filled(h, model.AlertRemoval{Did: make([]model.AlertEffect, 3), Waiting: 2}, nil)
}

func (h *hostileDesk) RemoveAlertRule(ctx context.Context, named string, _ bool, _ string) (model.AlertRemoval, error) {
	return h.AlertRuleStanding(ctx, named)
}

func (h *hostileDesk) PreviewAlertRule(context.Context, model.AlertRuleRequest, func(done, total int)) (
	p model.AlertPreview, err error,
) {
	p.First, p.Sample, p.Matched = make([]model.AlertMatch, 9), make([]model.AlertMatch, 9), 20
	p.Sentences, p.Effects = make([]string, 9), make([]model.AlertEffect, 3)
	p.States, p.Platforms = make([]model.AlertCount, 3), make([]model.AlertCount, 12)
	return filled(h, p, nil)
}

func (h *hostileDesk) AddAlertRule(ctx context.Context, q model.AlertRuleRequest) (model.AlertPreview, error) {
	return h.PreviewAlertRule(ctx, q, nil)
}

func (h *hostileDesk) People(context.Context) ([]string, error) {
	return filled(h, make([]string, 3), nil)
}

func (h *hostileDesk) Day(context.Context, string, time.Time) (model.Day, error) {
	return filled(h, model.Day{Decided: h.rows, Approved: 1, First: clock(), Last: clock()}, nil)
}

func (h *hostileDesk) ClauseLife(ctx context.Context, id model.ID) (model.ClauseLife, error) {
	return h.ClauseLifeAt(ctx, id, 0)
}

func (h *hostileDesk) ClauseTypes(context.Context, model.ClauseRef) (model.ClauseTypes, error) {
	return filled(h, model.ClauseTypes{Heading: make([]string, 2), Types: make([]string, 2),
		Suggested: make([]model.TypeSuggestion, 2)}, nil)
}

func (h *hostileDesk) SetTypes(ctx context.Context, ref model.ClauseRef, _ []string, _ string) (model.ClauseTypes,
	error) {
	return h.ClauseTypes(ctx, ref)
}

func (h *hostileDesk) UndoTypes(ctx context.Context, ref model.ClauseRef, _ string) (model.ClauseTypes, error) {
	return h.ClauseTypes(ctx, ref)
}

// TestHostileDeskAnswersEveryMethod: a method that a later screen needs is
// only proved when hostileDesk answers it by itself.
func TestHostileDeskAnswersEveryMethod(t *testing.T) {
	desk, own := reflect.TypeFor[tui.Desk](), reflect.TypeFor[*hostileDesk]()
	for i := range desk.NumMethod() {
		name := desk.Method(i).Name
		m, _ := own.MethodByName(name)
		if file, _ := runtime.FuncForPC(m.Func.Pointer()).FileLine(m.Func.Pointer()); strings.Contains(file,
			"autogenerated") {
			t.Errorf("hostileDesk does not answer %s with hostile text: add it, in a few lines, beside the others",
				name)
		}
	}
}

func (h *hostileDesk) Search(context.Context, model.SearchRequest) (model.SearchResult, error) {
	found := model.SearchResult{Total: h.rows, Behind: h.r.IntN(2), Hits: make([]model.SearchHit, h.rows)}
	for i := range found.Hits {
		found.Hits[i].Document, found.Hits[i].Current = "FP-D-00001", i%2 == 0
		found.Hits[i].Marks = []model.ByteRange{{Start: h.r.IntN(9), End: h.r.IntN(40)}}
	}
	return filled(h, found, nil)
}

func (h *hostileDesk) Behind(context.Context) (int, error) { return filled(h, h.r.IntN(2), nil) }

func (h *hostileDesk) Compare(context.Context, model.CompareRequest) (model.ClauseComparison, error) {
	c := model.ClauseComparison{Platforms: 2, Of: 9, Hits: make([]model.SearchHit, h.rows)}
	for i := range c.Hits {
		c.Hits[i].Document, c.Hits[i].Version = "FP-D-00001", i
	}
	return filled(h, c, nil)
}

func (h *hostileDesk) TypeMap(_ context.Context, progress func(done, total int)) (model.TypeMap, error) {
	progress(1, 2)
	m := model.TypeMap{Platforms: make([]model.TypeRow, h.rows)}
	for i := range m.Platforms {
		m.Platforms[i].Looked, m.Platforms[i].Documents = 1, 1
		m.Platforms[i].Cells = map[string]model.TypeCell{"arbitration": {Clauses: 1}, "acceptance": {Clauses: 2}}
	}
	return filled(h, m, nil)
}

func (h *hostileDesk) TypeClauses(context.Context, string, string) ([]model.TypedClause, error) {
	rows := make([]model.TypedClause, h.rows)
	for i := range rows {
		rows[i].Document = "FP-D-00001"
	}
	return filled(h, rows, nil)
}
