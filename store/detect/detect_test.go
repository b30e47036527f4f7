package detect

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

const around = "# Terms\n\nThe first paragraph stays as it is, word for word.\n\n%s\n\nThe last paragraph stays " +
	"as well, and nothing about it changes.\n"

func in(clause string) string { return strings.Replace(around, "%s", clause, 1) }

func TestImmaterialDifferencesNameTheirReason(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     model.Reason // ReasonNone: material
	}{
		{"You may close\nyour account.", "You may close your account.", model.ReasonWhitespace},
		{`We call it "the Service" - yes.`, "We call it “the Service” – yes.", model.ReasonTypography},
		{"We **never** sell it to others.", "We never sell it to others.", model.ReasonFormatting},
		{"See [the help](https://a.example/?ref=1) for it.", "See [the help](https://a.example/?ref=2) for it.",
			model.ReasonLink},
		{"Last updated: January 5, 2026", "Last updated: March 16, 2026", model.ReasonDate},
		{"Effective December 12, 2023 | [Print](https://a.example)",
			"Effective 9 October 2026 | [Print](https://a.example)", model.ReasonDate},
		{"3. You may sell what you own.", "4. You may sell what you own.", model.ReasonNumbering},
		{"THE SERVICE IS PROVIDED AS IT IS.", "The service is provided as it is.", model.ReasonCase},
		// Each has a neighbour that must not fold.
		{"We keep it for 30 days after you leave.", "We keep it for 90 days after you leave.", model.ReasonNone},
		{"We do sell your data to others.", "We do not sell your data to others.", model.ReasonNone},
		{"You may ask us to delete your data.", "You must ask us to delete your data.", model.ReasonNone},
		{"From January 5, 2026 you must settle disputes by arbitration.",
			"From March 5, 2026 you must settle disputes by arbitration.", model.ReasonNone},
		{"See [the help](https://a.example) for it.", "See [the shop](https://a.example) for it.", model.ReasonNone},
		{"The fee is 5. It is due at once.", "The fee is 6. It is due at once.", model.ReasonNone},
	} {
		r := Compare(in(c.old), in(c.new))
		if len(r.Clauses) != 1 || r.Material != (c.want == model.ReasonNone) || r.Clauses[0].Reason != c.want {
			t.Errorf("%q to %q: %+v, want %q", c.old, c.new, r.Clauses, c.want)
		}
	}
}

func TestMovedAndSplitClausesAreImmaterial(t *testing.T) {
	a, b := "This clause is about what you may do with your account.",
		"That clause is about the data we keep and for how long."
	r := Compare("# T\n\n"+a+"\n\n"+b+"\n\nSomething else stands here.\n",
		"# T\n\n"+b+"\n\nSomething else stands here.\n\n"+a+"\n")
	if r.Material || r.Reason != model.ReasonMoved {
		t.Errorf("a move: %+v", r)
	}
	r = Compare("# T\n\n"+a+" "+b+"\n", "# T\n\n"+a+"\n\n"+b+"\n")
	if r.Material || len(r.Clauses) != 1 {
		t.Errorf("a split: %+v", r)
	}
}

// TestMoveKeepsBothHeadingPaths: both paths are known, and the old one only where
// it is another.
func TestMoveKeepsBothHeadingPaths(t *testing.T) {
	moves, stays := "Disputes between you and us go to the courts of Dublin, and to no others.",
		"We keep what you write for as long as your account is open."
	first, second := "## Disputes\n\n", "## Keeping\n\n"
	r := Compare("# T\n\n"+first+moves+"\n\n"+second+stays+"\n", "# T\n\n"+first+"\n\n"+second+stays+"\n\n"+moves+"\n")
	if len(r.Clauses) != 1 || r.Clauses[0].Kind != model.Moved {
		t.Fatalf("%+v", r.Clauses)
	}
	c := r.Clauses[0]
	if !slices.Equal(c.OldHeading, []string{"T", "Disputes"}) || !slices.Equal(c.Heading, []string{"T", "Keeping"}) {
		t.Errorf("from %q to %q", c.OldHeading, c.Heading)
	}
	r = Compare("# T\n\n"+moves+"\n\n"+stays+"\n\nThe end of all of it stands here.\n",
		"# T\n\n"+stays+"\n\nThe end of all of it stands here.\n\n"+moves+"\n")
	for _, c := range r.Clauses {
		if c.OldHeading != nil {
			t.Errorf("a move within a part comes from %q", c.OldHeading)
		}
	}
}

// assess judges the last of some texts by those before it, as a store does.
func assess(texts ...string) Result {
	var h History
	var r Result
	for i, text := range texts {
		if i == 0 {
			h.Start(1, time.Time{}, text)
			continue
		}
		if r = h.Assess(time.Time{}, text, false, nil); !r.Suspect {
			h.Advance(i+1, time.Time{})
		}
	}
	return r
}

func TestBadCapturesAndFlapsAreNoChange(t *testing.T) {
	long := "# Terms\n\n"
	for _, about := range strings.Fields("accounts photos videos messages payments contacts devices locations " +
		"searches advertisements cookies partners children courts notices changes") {
		long += "You must be at least 16 years old to use our " + about +
			". We keep what we know of your " + about + " for 30 days.\n\n"
	}
	other := strings.Replace(long, "16 years", "13 years", 3)
	if r := assess(long, "# Sign in\n\nEnter your password to log in.\n"); r.Reason != model.ReasonCapture || r.Material {
		t.Errorf("a sign-in page: %s %v", r.Reason, r.Material)
	}
	if r := assess(long, long[:300]); r.Reason != model.ReasonCapture {
		t.Errorf("a truncated page: %s", r.Reason)
	}
	if r := assess(long, long+"\n"+long); r.Reason != model.ReasonCapture {
		t.Errorf("a page twice over: %s", r.Reason)
	}
	if r := assess(long, other, long); r.Reason != model.ReasonFlap || r.Detail != "goes back to version 1" {
		t.Errorf("a flap: %s %s", r.Reason, r.Detail)
	}
	if r := assess(long, other, long, other); r.Reason != model.ReasonFlap ||
		r.Detail != "alternates between versions 2 and 3" {
		t.Errorf("alternating: %s %s", r.Reason, r.Detail)
	}
	if r := assess(long, other); !r.Material {
		t.Errorf("a real change: %+v", r.Reason)
	}
	if r := assess(long, "404 not found", other); !r.Material || r.Counts.Modified != 3 {
		t.Errorf("a real change after a bad capture: %+v %+v", r.Reason, r.Counts)
	}
}

// FuzzCompare states what detection promises of any two texts: extents are in
// order and in bounds, and every line that is not blank and is in one text
// only lies in a listed clause.
func FuzzCompare(f *testing.F) {
	f.Add("# A\n\nOne.\n\nTwo.\n", "# A\n\nTwo.\n\nOne and a half.\n")
	f.Add("| a | b |\n|---|---|\n| 1 | 2 |\n", "* x\n  * y\n\n> z\n")
	f.Add("[a]: http://x\n\n---\n\n```\ncode\n```\n", "A\n=\n\nB\n-\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		r := Compare(old, new)
		if !reflect.DeepEqual(r, Compare(old, new)) {
			t.Fatal("compared again it is another result")
		}
		check := func(text, other string, extent func(model.ClauseChange) *model.ByteRange) {
			covered := make([]bool, len(text)+1)
			for _, c := range r.Clauses {
				if e := extent(c); e != nil {
					if e.Start < 0 || e.End > len(text) || e.Start >= e.End {
						t.Fatalf("extent %+v of %d bytes", e, len(text))
					}
					for i := e.Start; i < e.End; i++ {
						covered[i] = true
					}
				}
			}
			theirs := map[string]bool{}
			for _, line := range strings.Split(other, "\n") {
				theirs[strings.TrimSpace(line)] = true
			}
			at := 0
			for _, line := range strings.Split(text, "\n") {
				if trimmed := strings.TrimSpace(line); trimmed != "" && !theirs[trimmed] {
					first := at + strings.Index(line, trimmed)
					if !covered[first] {
						t.Fatalf("hidden: %q", line)
					}
				}
				at += len(line) + 1
			}
		}
		check(old, new, func(c model.ClauseChange) *model.ByteRange { return c.Old })
		check(new, old, func(c model.ClauseChange) *model.ByteRange { return c.New })
		if r.Material && r.Reason != model.ReasonNone {
			t.Fatal("material with a reason why not")
		}
	})
}

func TestMarksNameTheKindsOfChangedWords(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"We keep it for 30 days.", "We keep it for 90 days.", "number"},
		{"Nobody under sixteen may join.", "Nobody under thirteen may join.", "number"},
		{"The fee is $5 a month.", "The fee is $6 a month.", "money"},
		{"We sell your data.", "We do not sell your data.", "negation"},
		{"We must ask you first.", "We may ask you first.", "modal"},
		{"You must settle by arbitration since May 5, 2026.", "You must settle by arbitration since May 6, 2026.", "date"},
		{"Group chats may be read by nobody.", "From 18 May 2026, group chats may be read by our reviewers.",
			"date negation announced"},
		{"Here you can read the Terms.", "We've updated our Terms, effective 21 September 2026. You can read the " +
			"former ones here.", "date announced"},
		{"We keep it safe.", "We keep it secure.", ""},
	} {
		r := Compare(in(c.old), in(c.new))
		if len(r.Clauses) != 1 || strings.Join(r.Clauses[0].Marks, " ") != c.want {
			t.Errorf("%q to %q: %+v, want %s", c.old, c.new, r.Clauses, c.want)
		}
	}
}

// Brackets around words are no HTML, an amount beside noise is no noise, a
// renumbered reference is no other section, and one that goes elsewhere is.
func TestMeaningfulChangesAreNotFolded(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"See the <TikTok Rules> for it.", "See the <Quill Rules> for it.", true},
		{"Pay **10 EUR** [here](https://a.example/?x=1).", "Pay 12 EUR [here](https://a.example/?x=2).", true},
		{"Write to legal@a.example about it.", "Write to law@a.example about it.", true},
		{"It ends with 1 5 days.", "It ends with 15 days.", true},
		{"It was viewed 5 days ago.", "It was viewed 9 days ago.", true},
		{"Last updated 5 days ago.", "Last updated 9 days ago.", false},
		{"© 2022 Acme", "© 2023 Acme", false},
		{"We keep it until 2022.", "We keep it until 2023.", true},
		{"and/or we share it and and keep it", "and/or we share it and keep it", false},
		{"We do not not share it.", "We do not share it.", true},
	} {
		if r := Compare(in(c.old), in(c.new)); r.Material != c.want {
			t.Errorf("%q to %q: %+v", c.old, c.new, r.Clauses)
		}
	}
	sections := func(fees, refunds, to string) string {
		return "# T\n\n## " + fees +
			". Fees\n\nYou pay the fees as they are shown to you before you buy.\n\n## " +
			refunds + ". Refunds\n\nYou get refunds as section " + to + " says, and nothing beyond that.\n"
	}
	if r := Compare(sections("3", "4", "3"), sections("5", "6", "5")); r.Material {
		t.Errorf("renumbered: %+v", r.Clauses)
	}
	if r := Compare(sections("3", "4", "3"), sections("5", "6", "6")); !r.Material {
		t.Errorf("refers to another section: %+v", r.Clauses)
	}
}

// A History made again from the good versions is the one that saw them come in:
// the sums that were taken over are those that would be made.
func TestRebuiltHistoryHasTheSameSums(t *testing.T) {
	version := func(heading, lead, extra string) string {
		return "# " + heading + "\n\n" + lead +
			"\n\n* one thing you may do\n* another thing you may do\n\n" + extra + "\n\n1. Numbered\n\nProse follows it.\n"
	}
	texts := []string{version("What you may do", "You may:", "A."), version("What you may do here", "You may:",
		"A."), version("What you may do here", "You may not:", "B."), version("What you may do", "You may not:", "B.")}
	var h History
	h.Start(1, time.Time{}, texts[0])
	for i, text := range texts[1:] {
		h.Assess(time.Time{}, text, false, nil)
		h.Advance(i+2, time.Time{})
	}
	var anew History
	for i, text := range texts {
		anew = History{past: anew.past}
		anew.Start(i+1, time.Time{}, text)
	}
	if !reflect.DeepEqual(h.sums, anew.sums) || !reflect.DeepEqual(h.past, anew.past) {
		t.Errorf("%x\n%x", h.past, anew.past)
	}
}

// TestCompareClausesFindsWhatCompareFinds, but for the marks.
func TestCompareClausesFindsWhatCompareFinds(t *testing.T) {
	old := "# Terms\n\nYou may cancel within 30 days.\n\nWe keep your data.\n\nLast updated: 3 May 2026\n"
	for _, text := range []string{old, strings.Replace(old, "30", "10", 1), strings.Replace(old, "3 May", "4 May", 1),
		"# Terms\n\nWe sell your data.\n", ""} {
		want, got := Compare(old, text), CompareClauses(old, text)
		for i := range want.Clauses {
			want.Clauses[i].Marks = nil
		}
		if got.Material != want.Material || !reflect.DeepEqual(got.Clauses, want.Clauses) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
