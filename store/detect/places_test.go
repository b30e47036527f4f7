package detect_test

import (
	"slices"
	"strings"
	"testing"

	"fineprint/store/detect"
	"fineprint/store/text/guard"
)

func TestPlacesAreThoseOfTheClauseChanges(t *testing.T) {
	const head, tail = "# Quill\n\nWelcome to Quill.\n\n", "\n\n# Terms\n\nYou agree to all of this.\n"
	first, second, third := head+"Ink 5"+tail, head+"Ink 6"+tail, head+"Pens 7"+tail+"\nFees are due.\n"
	places, ok := detect.ComparePlaces(first, second)
	if !ok || places.Len() != len(detect.Compare(first, second).Clauses) {
		t.Fatal("the places are not those of the clause changes")
	}
	at := places.Of(0)
	if at.Words != "under 'Quill', between 'Welcome to Quill.' and 'Terms'" {
		t.Errorf("the place is %q", at.Words)
	}
	later, _ := detect.ComparePlaces(second, third)
	var there []bool
	for i := range later.Len() {
		there = append(there, later.Holds(i, &at))
	}
	if !slices.Equal(there, []bool{true, true, false}) && !slices.Equal(there, []bool{true, false}) {
		t.Errorf("at the place: %v", there)
	}
}

func TestPlacesOfTextsThatMakeTheComparerFail(t *testing.T) {
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "broken") })()
	if _, ok := detect.ComparePlaces("a", "broken"); ok {
		t.Error("places of what can't be compared")
	}
}
