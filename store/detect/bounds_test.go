package detect

import (
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// TestPastTheBoundNothingIsEqual: what differs where a text has too many clauses, or a
// clause too many words, is material, and it is said that it was not looked at closely.
func TestPastTheBoundNothingIsEqual(t *testing.T) {
	headings := strings.Repeat("# x\n", clause.MaxClauses)
	long := strings.Repeat("word ", 300_000)
	for name, c := range map[string]struct{ old, new, detail string }{
		"a clause past the bound": {headings + "\n# y\n# z\n", headings + "\n# y\n# a\n", "past the bound on clauses"},
		"much past the bound":     {headings + long + "5", headings + long + "6", "past the bound on clauses"},
		"a long clause":           {"# One\n" + long + "may", "# One\n" + long + "may not", "too long"},
		"a long clause, spaces":   {"# One\n" + long + "...", "# One\n" + long + "!", "too long"},
	} {
		r := Compare(c.old, c.new)
		if !r.Material || len(r.Clauses) == 0 || !strings.Contains(r.Clauses[len(r.Clauses)-1].Detail, c.detail) {
			t.Errorf("%s: material %t, %d clauses", name, r.Material, len(r.Clauses))
		}
	}
	if r := Compare(headings+long, headings+long+"\n"); r.Material || r.Reason != model.ReasonWhitespace {
		t.Errorf("white space at the end: material %t, %s", r.Material, r.Reason)
	}
}
