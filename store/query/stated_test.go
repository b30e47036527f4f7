package query_test

import (
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/store/query"
)

// TestStatedDatesAreFound asks for what documents state of their dates, and for
// deviations.
func TestStatedDatesAreFound(t *testing.T) {
	now := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	on := func(date, or string) *model.StatedDate {
		return &model.StatedDate{Kind: model.StatedEffective, Date: date, Or: or}
	}
	items := map[string]model.QueueItem{
		"a": {Material: true, Stated: &model.StatedChange{How: model.StatedStayed}},
		"b": {Stated: &model.StatedChange{How: model.StatedStayed}},
		"c": {Material: true, Stated: &model.StatedChange{How: model.StatedMoved, Effective: on("2026-12-15", "")}},
		"d": {Material: true, Stated: &model.StatedChange{Effective: on("2026-05-06", "2026-06-05")}},
		"e": {Material: true, Stated: &model.StatedChange{Effective: on("2026-11", "")}},
		"f": {Material: true, Deviations: []string{"Retention", "arbitration"}},
	}
	for q, want := range map[string]string{
		"is:undated": "a", "is:announced": "ce", "effective:2026-12": "c", "effective:2026": "cde", "effective:2026-05": "d",
		"effective:2026-06-05": "d", "effective>2026-11": "c", "effective>=2026-11": "ce", "effective<2026-06": "d",
		"-effective:2026": "abf", "effective:2026-11-30": "e", "is:deviates": "f", "playbook:retention": "f", "playbook:x": "",
	} {
		parsed, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
			item := items[name]
			if len(parsed.Select([]*model.QueueItem{&item}, query.Env{Now: now})) == 1 {
				got += name
			}
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", q, got, want)
		}
	}
	for _, q := range []string{"effective:90d", "effective:soon", "effective<"} {
		if _, err := query.Parse(q); err == nil {
			t.Errorf("%s is taken", q)
		}
	}
}
