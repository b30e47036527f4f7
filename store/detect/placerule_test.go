package detect

import (
	"testing"
	"time"

	"fineprint/store/model"
)

// TestARuleLeavesAloneWhatIsNotAtItsPlace: the detail of the whole change, too.
func TestARuleLeavesAloneWhatIsNotAtItsPlace(t *testing.T) {
	page := func(motto, days string) string {
		return "# Terms\n\nYou agree to this.\n\n## Motto\n\n" + motto + "\n\n## Ending\n\nYou may leave within " + days + " days.\n"
	}
	day := func(n int) time.Time { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC) }
	at, ok := PlaceOf(page("Be kind", "30"), page("Be glad", "30"),
		Compare(page("Be kind", "30"), page("Be glad", "30")).Clauses[0])
	if !ok {
		t.Fatal("there is no such place")
	}
	rule := PlaceRule{ID: "FP-U-000001", Place: at, Author: "ada"}
	for _, c := range []struct {
		name, next string
		rules      []PlaceRule
		material   bool
		detail     string
	}{
		{"no rule", page("Be kind", "30"), nil, true, "goes back to version 1 after 60 days"},
		{"a rule for another place", page("Be kind", "30"), []PlaceRule{rule}, true, "goes back to version 1 after 60 days"},
		{"a rule for this place", page("Be glad", "90"), []PlaceRule{rule}, false, "folded by the rule FP-U-000001 of ada"},
	} {
		var h History
		h.Start(1, day(0), page("Be kind", "30"))
		h.Assess(day(1), page("Be kind", "90"), false, nil)
		h.Advance(2, day(1))
		h = h.UnderRules(c.rules)
		if r := h.Assess(day(61), c.next, false, nil); r.Material != c.material || r.Detail != c.detail ||
			r.Material != (r.Reason == model.ReasonNone) {
			t.Errorf("%s: material %t, %q, %q", c.name, r.Material, r.Reason, r.Detail)
		}
	}
}
