package notes_test

import (
	"errors"
	"slices"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/notes"
	"fineprint/store/recordrows"
)

func TestTagsArePutOnAndTakenOff(t *testing.T) {
	s, id := first(t)
	if n, err := s.Tag(t.Context(), []model.ID{id}, []string{"#Children", "ads"}, nil, "anna"); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if n, err := s.Tag(t.Context(), []model.ID{id}, []string{"ads"}, nil, "anna"); err != nil || n != 0 {
		t.Error("tagged again:", n, err)
	}
	if got := row(t, s, id).Tags; !slices.Equal(got, []string{"ads", "children"}) {
		t.Errorf("tags: %q", got)
	}
	if d, err := s.Change(t.Context(), id); err != nil || len(d.Row.Tags) != 2 || d.Row.Material != row(t, s, id).Material {
		t.Errorf("%+v, %v", d.Row.Tags, err)
	}
	if n, err := s.Tag(t.Context(), []model.ID{id}, nil, []string{"ads", "none-such"}, ""); err != nil || n != 1 {
		t.Error(n, err)
	}
	if tags, err := s.Tags(t.Context()); err != nil || !slices.Equal(tags, []string{"children"}) {
		t.Error(tags, err)
	}
	for _, bad := range []string{"", "a b", "\x1b[m", "a\nb", "-x", "a,b", "\xff"} {
		if _, err := s.Tag(t.Context(), []model.ID{id}, []string{bad}, nil, ""); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if schema(t, s) != recordrows.Labelled {
		t.Errorf("schema %d", schema(t, s))
	}
	storetest.RequireConsistent(t, s)
}

// TestWhatARuleDidIsTakenBack: what stands of it, and no more.
func TestWhatARuleDidIsTakenBack(t *testing.T) {
	s, id := first(t)
	n := id.Number()
	if _, err := s.Assign(t.Context(), []model.ID{id}, "ben", "ada"); err != nil {
		t.Fatal(err)
	}
	before := row(t, s, id)
	update := func(f func(tx *kv.Tx) error) {
		t.Helper()
		if err := storetest.DB(t, s).Update(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx *kv.Tx) error {
		for _, a := range []recordrows.Annotation{{Action: string(model.Tagged), Label: "x"}, {Action: string(model.Tagged), Label: "y"},
			{Action: string(model.Assigned), Assignee: "anna"}, {Action: string(model.Raised), Label: "critical"},
			{Action: string(model.Folded)}} {
			a.Rule, a.Actor = 7, "rule x"
			for want := 1; want >= 0; want-- {
				if steps, err := notes.Step(tx, n, a); err != nil || steps != want {
					t.Errorf("%s: %d, %v", a.Action, steps, err)
				}
			}
		}
		return nil
	})
	got := row(t, s, id)
	if got.Material || got.Reason != model.ReasonChurn || got.Detail != "folded by rule x" || got.Assignee != "anna" ||
		got.Suggested.Severity != model.Critical || got.Suggested.Why[0] != "raised to critical by rule x" || got.Severity != "" {
		t.Errorf("%+v", got)
	}
	if d, err := s.Change(t.Context(), id); err != nil || d.Row.Material || d.Row.Suggested.Severity != model.Critical {
		t.Errorf("detail: %+v, %v", d.Row, err)
	}
	if st, err := s.Stats(t.Context()); err != nil || st.ByReason[model.ReasonChurn] != 1 {
		t.Errorf("stats: %+v, %v", st.ByReason, err)
	}
	if _, err := s.Tag(t.Context(), []model.ID{id}, nil, []string{"y"}, "ada"); err != nil {
		t.Fatal(err)
	}
	update(func(tx *kv.Tx) error {
		for _, want := range []int{4, 0} {
			if taken, err := notes.TakeBack(tx, n, 7, "ada"); err != nil || len(taken) != want {
				t.Errorf("%+v, %v", taken, err)
			}
		}
		return nil
	})
	after := row(t, s, id)
	if after.Assignee != "ben" || len(after.Tags) != 0 || after.Material != before.Material ||
		after.Suggested.Severity != before.Suggested.Severity || after.FoldedBy != "" {
		t.Errorf("%+v", after)
	}
	storetest.RequireConsistent(t, s)
}
