package detect

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestContentsOfKnownHeadingsFold: what leads to headings of the same document says
// nothing, as a new section is told by itself; what leads elsewhere does.
func TestContentsOfKnownHeadingsFold(t *testing.T) {
	body := "## 1. Age\n\nYou must be 16 years old.\n\n## 2. Your data\n\nWe keep your data for 30 days.\n\n## 3. " +
		"Law\n\nThe law of France applies.\n\n## 4. Changes\n\nWe tell you of changes.\n"
	const head = "# Terms\n\n"
	const contents = "- [Age](#age)\n- [2. Your Data](#data)\n- [Law](#law)\n- [Changes.](#changes)\n\n"
	for _, c := range []struct {
		name, old, new string
		want           bool
	}{
		{"appears", head + body, head + "Table of contents\n\n" + contents + body, false},
		{"goes", head + contents + body, head + body, false},
		{"as a line", head + "[Age](#age) [Your data](#data) [Law](#law) [Changes](#changes)\n\n" + body, head + body, false},
		{"one entry alone", head + contents + body, head + strings.Replace(contents, "- [Law](#law)\n", "", 1) + body, true},
		{"with words beside it", head + body, head + strings.Replace(contents, "(#age)", "(#age): you must be 21",
			1) + body, true},
		{"another page", head + body, head + strings.Replace(contents, "#age", "https://acme.example/age", 1) + body, true},
		{"leads to no heading", head + body,
			head + contents[:len(contents)-1] + "- [Arbitration](#arbitration)\n\n" + body, true},
		{"to a heading that is new", head + body,
			head + contents[:len(contents)-1] + "- [Fees](#fees)\n\n" + body +
				"\n## Fees\n\nYou pay 5 EUR.\n", true},
		{"for a heading that is there no longer", head + contents + body, head + strings.Replace(body, "1. Age",
			"1. Minors", 1), true},
	} {
		r := Compare(c.old, c.new)
		if r.Material != c.want {
			t.Errorf("%s: material %v, %+v", c.name, r.Material, r.Clauses)
		}
		if !r.Material && r.Reason != model.ReasonBoilerplate {
			t.Errorf("%s: %s", c.name, r.Reason)
		}
	}
	r := Compare(head+body, head+contents[:len(contents)-1]+"- [Fees](#fees)\n\n"+body+"\n## Fees\n\nYou pay 5 EUR.\n")
	if r.Counts.Immaterial != 5 || r.Counts.Added != 2 {
		t.Errorf("the entries say nothing, the new section does: %+v", r.Clauses)
	}
}
