package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
)

// fullWriting has something in every field.
func fullWriting() model.Writing {
	w := model.Writing{Severity: model.High, Confidence: model.LowConfidence, Basis: model.Inferred, Summary: "s",
		Clauses: []int{2}}
	w.Content = model.Content{Title: "t", WhatItIs: "i", WhyItMatters: "y", InterpretiveNote: "n", ConsumerImpact: "c",
		Actions: []model.ReaderAction{{Text: "a"}}, Agencies: []string{"x"}, Regulations: []string{"r"},
		Types: []string{"k"}, AgencyReasons: map[string]string{"x": "because"},
		Comparisons: []model.Comparison{{Platform: "p"}}, Prevalence: &model.Prevalence{Alike: 1, Of: 2},
		DocumentLastUpdated: "d", ArchiveLink: "l",
		Analysis: model.Analysis{RegulatoryLandscape: "1", GovernanceExposure: "2", ExposureLevel: model.Low,
			JurisdictionFlags: "3", ContractImplications: "4", ComplianceConsiderations: "5"}}
	return w
}

// TestEveryFieldOfAWritingIsInTheTable: what is not in it would be lost by files, the
// desk's form and merging.
func TestEveryFieldOfAWritingIsInTheTable(t *testing.T) {
	full := fullWriting()
	encoded, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(encoded, &keys); err != nil {
		t.Fatal(err)
	}
	want := []string{}
	for key, value := range keys {
		if part, ok := value.(map[string]any); ok && key == "analysis" {
			for k := range part {
				want = append(want, "analysis."+k)
			}
			continue
		}
		want = append(want, key)
	}
	if n := reflect.TypeFor[model.Writing]().NumField() - 1 + reflect.TypeFor[model.Content]().NumField() - 1 +
		reflect.TypeFor[model.Analysis]().NumField(); n != len(want) {
		t.Fatalf("the full writing has %d of %d fields", len(want), n)
	}
	have := []string{}
	for _, f := range model.WritingFields {
		have = append(have, f.ID())
		if f.Label == "" || f.Hint == "" || f.Shape == 0 || f.Empty(&full) {
			t.Errorf("%s is not complete, or found empty in a full writing", f.ID())
		}
		if (f.Shape == model.Word) != (f.Words != nil) {
			t.Errorf("%s: words %v of shape %d", f.ID(), f.Words, f.Shape)
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("the table has\n%s\na writing has\n%s", strings.Join(have, " "), strings.Join(want, " "))
	}
}

func TestMergeTakesOverTheFieldsNamed(t *testing.T) {
	full, empty := fullWriting(), model.Writing{}
	for _, f := range model.WritingFields {
		w := model.Writing{}
		if err := w.Merge(&full, []string{f.ID()}); err != nil || f.Empty(&w) {
			t.Errorf("%s: not taken over: %v", f.ID(), err)
		}
		for _, other := range model.WritingFields {
			if other.ID() != f.ID() && !other.Empty(&w) {
				t.Errorf("%s takes over %s as well", f.ID(), other.ID())
			}
		}
		if err := w.Merge(&empty, []string{f.ID()}); err != nil || !f.Empty(&w) {
			t.Errorf("%s is not emptied: %v", f.ID(), err)
		}
	}
	if err := empty.Merge(&full, []string{"titel"}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

func TestAFieldIsTheSameOrNot(t *testing.T) {
	full, empty := fullWriting(), model.Writing{Content: model.Content{Title: " ", Types: []string{}}}
	for _, f := range model.WritingFields {
		again := fullWriting()
		if !f.Same(&full, &again) || f.Same(&full, &empty) || f.Same(&empty, &full) || !f.Same(&empty, &model.Writing{}) {
			t.Errorf("%s: what differs is the same, or the reverse", f.ID())
		}
	}
}

func TestMissingListsWhatAnApprovalNeeds(t *testing.T) {
	w := model.Writing{}
	if got := strings.Join(w.Missing(), ", "); got != "title, severity, confidence, basis, what it is, why it matters" {
		t.Error(got)
	}
	w = fullWriting()
	if got := w.Missing(); len(got) != 0 {
		t.Error(got)
	}
}
