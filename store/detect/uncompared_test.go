package detect

import (
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/guard"
)

func TestUncomparedIsSuggestedInTheMiddle(t *testing.T) {
	if s := Uncompared("a", "b").Suggested; s.Score != 50 || s.Severity != model.Medium {
		t.Errorf("%+v", s)
	}
}

func TestTextsThatCannotBeComparedAreMaterialAndWhole(t *testing.T) {
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "fatal") })()
	for name, c := range map[string]struct {
		old, new string
		counts   model.Counts
	}{
		"the old one":  {"# A\n\nA fatal word.\n", "# A\n\nAnother one.\n", model.Counts{Added: 1, Removed: 1}},
		"the new one":  {"# A\n\nA word.\n", "# A\n\nA fatal one.\n", model.Counts{Added: 1, Removed: 1}},
		"from nothing": {"", "A fatal one.\n", model.Counts{Added: 1}},
		"to nothing":   {"A fatal one.\n", "", model.Counts{Removed: 1}},
	} {
		r := Compare(c.old, c.new)
		if !r.Uncompared || !r.Material || r.Reason != model.ReasonNone || r.Detail != UncomparedDetail ||
			r.Counts != c.counts {
			t.Errorf("%s: %+v", name, r)
		}
		var old, new string
		for _, clause := range r.Clauses {
			if clause.Old != nil {
				old += c.old[clause.Old.Start:clause.Old.End]
			}
			if clause.New != nil {
				new += c.new[clause.New.Start:clause.New.End]
			}
			if !clause.Material || clause.Heading == nil || (clause.Old == nil) != (clause.Kind == model.Added) {
				t.Errorf("%s: %+v", name, clause)
			}
		}
		if old != c.old || new != c.new {
			t.Errorf("%s: the clauses hold %q and %q", name, old, new)
		}
	}
	if r := Compare("# A\n\nA word.\n", "# A\n\nAnother.\n"); r.Uncompared {
		t.Errorf("texts without it: %+v", r)
	}
}
