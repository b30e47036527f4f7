package detect

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestCountsAreByKind: each material clause change counts for its kind, each
// immaterial one as that.
func TestCountsAreByKind(t *testing.T) {
	const (
		kept  = "You keep all rights in what you write with us."
		fee   = "The fee is due at the end of the month."
		data  = "We keep your data for as long as you like."
		court = "The courts of Dublin decide what we can't agree on."
		item  = "* sell what you made yourself"
	)
	join := func(s ...string) string { return "# Terms\n\n" + strings.Join(s, "\n\n") + "\n" }
	for _, c := range []struct {
		old, new string
		want     model.Counts
	}{
		{join(kept, data), join(kept, fee, data), model.Counts{Added: 1}},
		{join(kept, fee, data), join(kept, data), model.Counts{Removed: 1}},
		{join(kept, fee, data), join(kept, strings.Replace(fee, "end", "beginning", 1), data), model.Counts{Modified: 1}},
		{join(kept, fee, data), join(fee, data, kept), model.Counts{Immaterial: 1}},
		{join(kept, fee), join("**"+kept+"**", fee, data), model.Counts{Immaterial: 1, Added: 1}},
		{join("You may:", item, "* share it", "You may not:", "* copy it", court),
			join("You may:", "* share it", "You may not:", "* copy it", item, court), model.Counts{Moved: 1}},
	} {
		r := Compare(c.old, c.new)
		if r.Counts != c.want || r.Material != (c.want.Immaterial < len(r.Clauses)) {
			t.Errorf("%+v, material %v, want %+v: %+v", r.Counts, r.Material, c.want, r.Clauses)
		}
	}
	if r := Compare(kept, kept); r.Clauses == nil || len(r.Clauses) > 0 || r.Material {
		t.Errorf("the same text: %+v", r)
	}
}

// TestReasonIsThatOfTheWholeChange: the most frequent one, of several as frequent the
// first of their order, with the detail of its first clause.
func TestReasonIsThatOfTheWholeChange(t *testing.T) {
	old := []string{"Updated 5 May 2026", "You **keep** it.", "We **like** it here.", "© 2025 Quill Inc"}
	join := func(s []string) string { return "# Terms\n\n" + strings.Join(s, "\n\n") + "\n" }
	change := func(with map[int]string) Result {
		new := append([]string{}, old...)
		for i, s := range with {
			new[i] = s
		}
		return Compare(join(old), join(new))
	}
	date, bold, liked, copyright := "Updated 6 May 2026", "You keep it.", "We like it here.", "© 2026 Quill Inc"
	for _, c := range []struct {
		with   map[int]string
		reason model.Reason
		detail string
	}{
		{map[int]string{0: date}, model.ReasonDate, ""},
		{map[int]string{0: date, 1: bold}, model.ReasonDate, ""},
		{map[int]string{0: date, 1: bold, 2: liked}, model.ReasonFormatting, ""},
		{map[int]string{1: bold, 3: copyright}, model.ReasonBoilerplate, "copyright year"},
		{map[int]string{0: date, 3: copyright}, model.ReasonDate, ""},
	} {
		if r := change(c.with); r.Material || r.Reason != c.reason || r.Detail != c.detail {
			t.Errorf("%v: %s %q, want %s %q", c.with, r.Reason, r.Detail, c.reason, c.detail)
		}
	}
	if r := Compare("# Terms\n\nOne.\n", "# Terms\n\n\n\nOne.\n"); r.Material || r.Reason != model.ReasonWhitespace {
		t.Errorf("nothing but what is between clauses: %+v", r)
	}
	twice := Compare("# Terms\n\nOne is here.\n", "# Terms\n\nOne is here.\n\nRead more\n\n12 views\n")
	if twice.Detail != "control of the page" {
		t.Errorf("the detail is %q, not the first clause's", twice.Detail)
	}
}

// TestClassifyInterstitialNamesSignInPages: a first text that is no document, and one that is.
func TestClassifyInterstitialNamesSignInPages(t *testing.T) {
	if got := ClassifyInterstitial("# Sign in\n\nEnter your password to go on.\n"); got != "sign-in page" {
		t.Errorf("a sign-in page: %q", got)
	}
	if got := ClassifyInterstitial("# Terms\n\nYou must not share your password with third parties.\n"); got != "" {
		t.Errorf("a document: %q", got)
	}
}

// TestSameWordsIgnoresMarkupNotAmounts: markup, link targets and punctuation may differ, amounts not.
func TestSameWordsIgnoresMarkupNotAmounts(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"You **pay** [here](https://a.example/1), now.", "You pay\n[here](https://a.example/2) now", true},
		{"You pay $5.", "You pay $6.", false},
		{"You pay now.", "You pay.", false},
	} {
		if SameWords(c.old, c.new) != c.want {
			t.Errorf("%q and %q", c.old, c.new)
		}
	}
}
