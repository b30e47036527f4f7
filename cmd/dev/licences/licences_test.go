package main

import (
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/internal/licences"
)

// TestLicencesAreThoseOfWhatIsLinked: each module that a release links on any system is
// embedded in its version with the text that its licence has now, and nothing else is.
func TestLicencesAreThoseOfWhatIsLinked(t *testing.T) {
	t.Parallel()
	want, err := gather(t.Context(), "../../..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := licences.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences(got, want) {
		t.Error(d + "; `task licenses` gathers them again")
	}
	if len(got) < 50 {
		t.Errorf("only %d parts have a licence", len(got))
	}
	for _, p := range got {
		if len(p.Text) < 100 || p.Kind == "see its text" {
			t.Errorf("%s: licence %q of %d bytes", p.Name, p.Kind, len(p.Text))
		}
	}
}

// differences tells what of want is missing from got or another there, and what is too much.
func differences(got, want []licences.Part) []string {
	var all []string
	for _, w := range want {
		i := slices.IndexFunc(got, func(p licences.Part) bool { return p.Name == w.Name })
		switch {
		case i < 0:
			all = append(all, w.Name+" is linked and has no licence")
		case got[i] != w:
			all = append(all, w.Name+" "+w.Version+" has another licence than what is embedded for "+got[i].Version)
		}
	}
	for _, g := range got {
		if !slices.ContainsFunc(want, func(p licences.Part) bool { return p.Name == g.Name }) {
			all = append(all, g.Name+" has a licence and is not linked")
		}
	}
	return all
}

func TestDifferencesOfLicencesAreFound(t *testing.T) {
	t.Parallel()
	a, b := licences.Part{Name: "a", Version: "v1", Text: "x"}, licences.Part{Name: "b", Text: "y"}
	changed := a
	changed.Text = "z"
	for name, test := range map[string]struct {
		got, want []licences.Part
		n         int
	}{
		"same":    {[]licences.Part{a, b}, []licences.Part{b, a}, 0},
		"missing": {[]licences.Part{a}, []licences.Part{a, b}, 1},
		"changed": {[]licences.Part{a, b}, []licences.Part{changed, b}, 1},
		"extra":   {[]licences.Part{a, b}, []licences.Part{a}, 1},
	} {
		if found := differences(test.got, test.want); len(found) != test.n {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestKindsOfLicences(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]string{
		"Permission is hereby granted, free\n of charge":                       "MIT",
		"Redistribution and use in source and binary forms … Neither the name": "BSD-3-Clause",
		"Redistribution and use in source and binary forms":                    "BSD-2-Clause",
		"Apache License\n   Version 2.0":                                       "Apache-2.0",
		"All rights reserved.":                                                 "see its text",
	} {
		if got := kind(phrase); got != want {
			t.Errorf("%q is %s, want %s", phrase, got, want)
		}
	}
	if _, err := original("../../..", "example.com/unknown"); err == nil || !strings.Contains(err.Error(), "no licence") {
		t.Errorf("a module without a licence: %v", err)
	}
}
