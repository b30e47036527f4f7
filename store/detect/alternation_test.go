package detect

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

// edition is a text that differs from every other edition, with some clauses.
func edition(n int, clauses ...string) string {
	return fmt.Sprintf("# Terms\n\nThis text was read by %d people before it came into use.\n\n%s\n\nThe end of it "+
		"is here.\n",
		n, strings.Join(clauses, "\n\n"))
}

// TestFlapIsWithinFiveVersions: a text that returns after five others is a flap,
// after six it is a change.
func TestFlapIsWithinFiveVersions(t *testing.T) {
	for between, want := range map[int]bool{1: true, 5: true, 6: false} {
		texts := []string{edition(100)}
		for i := range between {
			texts = append(texts, edition(200+i))
		}
		r := assess(append(texts, edition(100))...)
		if (r.Reason == model.ReasonFlap) != want || r.Material == want {
			t.Errorf("after %d others: %s, material %v", between, r.Reason, r.Material)
		}
		if want && r.Detail != "goes back to version 1" {
			t.Errorf("after %d others: %q", between, r.Detail)
		}
	}
}

// TestClauseThatComesAndGoesIsFolded: what came, went or was replaced before, in
// one of ten versions, is no news; the other changes are.
func TestClauseThatComesAndGoesIsFolded(t *testing.T) {
	const ad, other = "You get our newsletter with every order of yours.", "You get our newsletter with no order of yours."
	for _, c := range []struct {
		name          string
		first, second string // clause of version 1 and of 2; then again the first's
		versions      int    // before the second's comes again
		want          string // detail, "" when it is not folded
	}{
		{"added within four versions", "", ad, 4, "comes and goes, as with version 2"},
		{"added within three versions", "", ad, 3, ""},
		{"added within ten versions", "", ad, 10, "comes and goes, as with version 2"},
		{"added after ten versions", "", ad, 11, ""},
		{"removed", ad, "", 4, "comes and goes, as with version 2"},
		{"removed within ten versions", ad, "", 10, "comes and goes, as with version 2"},
		{"removed after ten versions", ad, "", 11, ""},
		{"modified", ad, other, 4, "comes and goes, as with version 2"},
		{"modified after ten versions", ad, other, 11, ""},
	} {
		texts := []string{edition(1, c.first), edition(1, c.second)}
		for i := 3; i <= c.versions; i++ {
			texts = append(texts, edition(i, c.first))
		}
		r := assess(append(texts, edition(100, c.second))...)
		folded := ""
		for _, ch := range r.Clauses {
			if ch.Reason == model.ReasonFlap {
				folded = ch.Detail
			}
		}
		if folded != c.want || !r.Material {
			t.Errorf("%s: %q, want %q; material %v", c.name, folded, c.want, r.Material)
		}
		// Alone it is the whole change.
		r = assess(append(texts, edition(c.versions, c.second))...)
		if c.want != "" && (r.Material || r.Reason != model.ReasonFlap ||
			r.Detail != "alternates between variants of the page") {
			t.Errorf("%s, alone: material %v, %s %q", c.name, r.Material, r.Reason, r.Detail)
		}
	}
}

// TestLastComingAndGoingIsNamed: the newest version in which a clause came, or
// went, the way it does now.
func TestLastComingAndGoingIsNamed(t *testing.T) {
	const ad = "You get our newsletter with every order of yours."
	for _, texts := range [][]string{
		{edition(1), edition(2), edition(2, ad), edition(4), edition(5, ad)},
		{edition(1, ad), edition(2, ad), edition(2), edition(4, ad), edition(5)},
		{edition(1), edition(1, ad), edition(3), edition(3, ad), edition(5), edition(6, ad)},
	} {
		want := fmt.Sprintf("comes and goes, as with version %d", len(texts)-2)
		found := false
		for _, ch := range assess(texts...).Clauses {
			found = found || ch.Detail == want
		}
		if !found {
			t.Errorf("no clause %s", want)
		}
	}
}

// TestClauseThatOnlyCameIsNotFolded: one that was never there is news, though
// others came and went.
func TestClauseThatOnlyCameIsNotFolded(t *testing.T) {
	r := assess(edition(1), edition(2, "You pay 5 EUR."), edition(3), edition(4), edition(5, "You pay 6 EUR."))
	if !r.Material || r.Counts.Added != 1 {
		t.Errorf("%+v", r.Clauses)
	}
}

// TestOnlyLastingSuspicionsAreAccepted: a truncated text may be meant, a sign-in page
// never is.
func TestOnlyLastingSuspicionsAreAccepted(t *testing.T) {
	long := "# Terms\n\n"
	for i := range 20 {
		long += fmt.Sprintf("You must be at least %d years old to use part %d of the service we run.\n\n", 10+i, i)
	}
	for text, want := range map[string]Suspicion{
		long[:len(long)/2]:                         {What: "truncated", MayBeReal: true},
		"# Sign in\n\nEnter your password here.\n": {What: "sign-in page"},
	} {
		var h History
		h.Start(1, time.Time{}, long)
		var got Suspicion
		r := h.Assess(time.Time{}, text, false, func(s Suspicion) bool { got = s; return false })
		if got != want || !r.Suspect || r.Material {
			t.Errorf("%+v, want %+v", got, want)
		}
		if r := h.Assess(time.Time{}, text, false, func(Suspicion) bool { return true }); r.Suspect {
			t.Errorf("%s: overruled, and a suspect still", want.What)
		}
	}
}

// TestAdoptedTextIsReadWhenTheNextOneComes: a text that was taken without being
// looked at is compared with like any other.
func TestAdoptedTextIsReadWhenTheNextOneComes(t *testing.T) {
	var h History
	h.Adopt(1, time.Time{}, edition(1))
	if h.Good() != edition(1) || h.Size() < len(edition(1)) {
		t.Errorf("%q, %d bytes", h.Good(), h.Size())
	}
	if r := h.Assess(time.Time{}, edition(2), false, nil); !r.Material || r.Counts.Modified != 1 {
		t.Errorf("%+v", r)
	}
	h.Advance(2, time.Time{})
	h.Seen(3)
	if r := h.Assess(time.Time{}, edition(1), false, nil); r.Reason != model.ReasonFlap || r.Detail != "goes back to version 1" {
		t.Errorf("%s %q", r.Reason, r.Detail)
	}
	before := h.Size()
	h.Start(4, time.Time{}, edition(4))
	if h.Good() != edition(4) || h.Size() <= before {
		t.Errorf("%q, %d bytes", h.Good(), h.Size())
	}
	if r := h.Assess(time.Time{}, edition(2), false, nil); r.Detail != "goes back to version 3" {
		t.Errorf("%q", r.Detail)
	}
}

// TestReturnUnderANewDateIsAnEdition: the platform says by a date that none of the
// versions before had that it published the text anew.
func TestReturnUnderANewDateIsAnEdition(t *testing.T) {
	const long, short = "You get 130 days of notice.", "You get 30 days of notice."
	dated := func(date, clause string) string { return edition(1, date, clause) }
	for name, c := range map[string]struct {
		texts    []string
		material bool
	}{
		"a date of its own": {[]string{dated("1 May 2025", long), dated("2 June 2025", short),
			dated("3 July 2025", long)}, true},
		"a date after turns under one": {[]string{dated("1 May 2025", long), dated("1 May 2025", short),
			dated("1 May 2025", long), dated("3 July 2025", short)}, true},
		"a date of figures": {[]string{dated("Updated 05/01/2025", long), dated("Updated 06/02/2025", short),
			dated("Updated 07/03/2025", long)}, true},
		"a date in French": {[]string{dated("Dernière mise à jour: 1 mai 2025", long),
			dated("Dernière mise à jour: 2 juin 2025", short), dated("Dernière mise à jour: 3 juillet 2025", long)}, true},
		"a date where there was none": {[]string{edition(1, long), edition(1, short), dated("3 July 2025", long)}, true},
		"each variant's own date": {[]string{dated("1 May 2025", long), dated("2 June 2025", short),
			dated("1 May 2025", long)}, false},
		"the other variant's date": {[]string{dated("1 May 2025", long), dated("2 June 2025", short),
			dated("2 June 2025", long)}, false},
		"a date written in another way": {[]string{dated("Updated: May 1, 2025", long), dated("2 June 2025", short),
			dated("Updated May 1 2025", long)}, false},
		"no date at last": {[]string{dated("1 May 2025", long), dated("2 June 2025", short), edition(1, long)}, false},
		"a date of long ago": {[]string{dated("1 May 2025", long), dated("2 June 2025", short),
			dated("3 July 2025", "You get 9 days of notice."), dated("2 June 2025", long)}, false},
	} {
		if r := assess(c.texts...); r.Material != c.material || r.Suspect {
			t.Errorf("%s: material %t, %s %s", name, r.Material, r.Reason, r.Detail)
		}
	}
}

// TestOnlyWhatRepeatsItsGroupComesAndGoes: a clause that went for good is no
// repetition of a short capture, or of a variant that other clauses went with.
func TestOnlyWhatRepeatsItsGroupComesAndGoes(t *testing.T) {
	parts := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("Clause %c says what you may do with what is here.", 'A'+i))
		}
		return list
	}
	all := parts(6)
	turns := func(n int, with, without []string) (texts []string) {
		for i := range n {
			texts = append(texts, edition(i/2, with...), edition(i/2, without...), edition(i/2+1, with...))
		}
		return texts
	}
	for name, c := range map[string]struct {
		before []string
		last   []string // clauses
		date   string
		folded bool
	}{
		"the whole group":            {turns(2, all, all[5:]), all[5:], "", true},
		"four fifths of it":          {turns(2, all, all[5:]), all[4:], "", true},
		"three fifths of it":         {turns(2, all, all[5:]), all[3:], "", false},
		"one of it":                  {turns(2, all, all[5:]), all[1:], "", false},
		"one that went alone before": {turns(2, all, all[1:]), all[1:], "", true},
		"under a new date":           {turns(2, all, all[1:]), all[1:], "Last updated 5 May 2026", false},
		"after one short capture": {[]string{edition(1, all...), edition(1, all[1:]...), edition(1, all...),
			edition(2, all...), edition(3, all...)}, all[1:], "", false},
		"after two short captures": {[]string{edition(1, all...), edition(1, all[1:]...), edition(1, all...),
			edition(2, all...), edition(2, all[1:]...), edition(2, all...), edition(3, all...)}, all[1:], "", true},
	} {
		last := c.last
		if c.date != "" {
			last = append([]string{c.date}, last...)
		}
		r := assess(append(c.before, edition(9, last...))...)
		folded := 0
		for _, ch := range r.Clauses {
			if ch.Reason == model.ReasonFlap {
				folded++
			}
		}
		if want := map[bool]int{true: len(all) - len(c.last)}[c.folded]; folded != want {
			t.Errorf("%s: %d clauses come and go, want %d; %+v", name, folded, want, r.Clauses)
		}
	}
}

// TestTextThatStoodIsLeftInPublic: the end of a text that stood for two weeks is shown
// once in a direction, whatever was there before.
func TestTextThatStoodIsLeftInPublic(t *testing.T) {
	a, b := edition(1, "You may go to court."), edition(1, "You agree to arbitration.")
	day := func(n int) time.Time { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		texts  []string
		days   []int
		detail string // "" for a flap
	}{
		"after 14 days":            {[]string{a, b, a}, []int{0, 30, 44}, "goes back to version 1 after 14 days"},
		"after 13 days":            {[]string{a, b, a}, []int{0, 30, 43}, ""},
		"after turns":              {[]string{a, b, a, b, a}, []int{0, 1, 2, 3, 60}, "goes back to version 3 after 57 days"},
		"in a direction shown":     {[]string{a, b, a, b}, []int{0, 1, 2, 60}, ""},
		"in a direction shown too": {[]string{a, b, a, b, a}, []int{0, 1, 60, 61, 120}, ""},
		"seen again in between":    {[]string{a, b, b, b, a}, []int{0, 30, 35, 40, 45}, "goes back to version 1 after 15 days"},
	} {
		var h History
		var r Result
		for i, text := range c.texts {
			switch at := day(c.days[i]); {
			case i == 0:
				h.Start(i+1, at, text)
			case text == h.Good():
				h.Seen(i + 1)
			default:
				if r = h.Assess(at, text, false, nil); r.Material {
					h.Show(r.Direction)
				}
				h.Advance(i+1, at)
			}
		}
		if r.Material != (c.detail != "") || r.Material && r.Detail != c.detail {
			t.Errorf("%s: material %t, %s %s", name, r.Material, r.Reason, r.Detail)
		}
	}
}
