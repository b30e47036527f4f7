package ranking

import (
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// change is a change of one clause.
func change(old, new string) (string, string, []model.ClauseChange) {
	c := model.ClauseChange{Kind: model.Modified, Material: true, Old: &model.ByteRange{End: len(old)},
		New: &model.ByteRange{End: len(new)}}
	if old == "" {
		c.Kind, c.Old = model.Added, nil
	}
	if new == "" {
		c.Kind, c.New = model.Removed, nil
	}
	return old, new, []model.ClauseChange{c}
}

func said(w Words) string {
	var list []string
	for _, p := range w.Parts {
		list = append(list, p.Text)
	}
	return strings.Join(list, "; ")
}

func TestWordsSayWhatChanged(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"You have 30 days to cancel an order.", "You have 10 days to cancel an order.", "30 → 10 days"},
		{"Wait for a 30-day period before asking.", "Wait for a 45-day period before asking.", "30 → 45 day"},
		{"A late fee of $5 is due.", "A late fee of $15 is due.", "$5 → $15"},
		{"We take 5% of each sale.", "We take 7.5% of each sale.", "5% → 7.5%"},
		{"", "All disputes go to binding arbitration in Delaware.", "adds binding arbitration"},
		{"We share it with your consent only.", "We share it only.", "removes “with your consent”"},
		{"We may close an account.", "We must close an account.", "“may” → “must”"},
		{"You may share your password.", "You may not share your password.", "adds “You may not share your password”"},
		{"We read what you post.", "We read what you post and will never on any day share your mail with them.",
			"adds “…and will never on any day share…”"},
		{"", "We do not sell your personal information.", "adds “We do not sell your personal…”"},
		{"", "We may not always give prior notice of it.", "adds “We may not always give prior notice…”"},
		{"Biometric data is not kept.", "", "removes “Biometric data is not kept”"},
		{"", "You can opt out of targeted advertising.",
			"adds a way to opt out; adds “…opt out of targeted advertising”"},
		{"", "If you do not object, we use targeted advertising.", "adds targeted advertising"},
		{"", "This includes, but is not limited to, any data broker.", "adds data brokers"},
		{"", "We read your browser or device, identifiers, and more.", ""},
		{"You may ask us anything at all about it.", "Nobody but the board can ever decide on what will be done.", ""},
		{"We keep it under section 4 here.", "We keep it under section 5 here.", ""},
		{"Since 2023 this holds.", "Since 2024 this holds.", ""},
		{"Binding arbitration applies to some.", "Binding arbitration applies to all.", ""},
		{"We will refund you.", "We will pay you.", "removes refunds"},
	} {
		if got := said(Read(append1(change(c.old, c.new)))); got != c.want {
			t.Errorf("%q → %q: %q, want %q", c.old, c.new, got, c.want)
		}
	}
}

func append1(old, new string, clauses []model.ClauseChange) (string, string, []model.ClauseChange, map[Term]string) {
	return old, new, clauses, nil
}

func TestPhraseThatOnlyMovedIsNotAdded(t *testing.T) {
	old := "Disputes go to binding arbitration.\nWe like tea very much."
	new := "We like tea very much.\nDisputes go to binding arbitration now."
	clauses := []model.ClauseChange{
		{Kind: model.Removed, Material: true, Old: &model.ByteRange{End: 35}},
		{Kind: model.Added, Material: true, New: &model.ByteRange{Start: 23, End: len(new)}},
	}
	if got := said(Read(old, new, clauses, nil)); got != "" {
		t.Errorf("a clause that was removed here and added there: %q", got)
	}
}

// TestWhatTheTextSaysElsewhereIsNotAdded: a clause that came says nothing that the text did not
// say in another clause, nor does one that went, in whatever words.
func TestWhatTheTextSaysElsewhereIsNotAdded(t *testing.T) {
	for _, kept := range []string{"Small text.", "Disputes go to **binding** arbitration.",
		"We call it an ARBITRATION\nAgreement."} {
		clause := "All else goes to binding arbitration."
		text := kept + "\n" + clause
		at := &model.ByteRange{Start: len(kept) + 1, End: len(text)}
		for _, c := range []struct {
			old, new, want string
			change         model.ClauseChange
		}{
			{kept, text, "adds binding arbitration", model.ClauseChange{Kind: model.Added, Material: true, New: at}},
			{text, kept, "removes binding arbitration", model.ClauseChange{Kind: model.Removed, Material: true, Old: at}},
		} {
			if kept != "Small text." {
				c.want = ""
			}
			if got := said(Read(c.old, c.new, []model.ClauseChange{c.change}, nil)); got != c.want {
				t.Errorf("%q → %q: %q, want %q", c.old, c.new, got, c.want)
			}
		}
	}
}

func TestPhraseIsHeldWordByWord(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"we may opt out", true}, {"opt\u00a0**out**", true}, {"“**opt**”) _(out", true}, {"adopt out", false}, {"opt outside", false},
		{"opt. then you are out", false}, {"adopt, or opt out.", true}, {"", false}, {"opt", false},
	} {
		if got := holds(c.text, []string{"opt", "out"}); got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
}

func TestTermsAreWordsThatCameOrWent(t *testing.T) {
	names := map[Term]string{}
	old, new, clauses := change("We keep your photos for years.", "We keep your videos for years.")
	w := Read(old, new, clauses, names)
	var got []string
	for _, term := range w.Terms {
		got = append(got, names[term])
	}
	slices.Sort(got)
	if want := []string{"+videos", "-photos"}; !slices.Equal(got, want) {
		t.Errorf("terms %q, want %q", got, want)
	}
	if !slices.IsSorted(w.Terms) {
		t.Error("terms are in no order")
	}
	clauses[0].Material = false
	if w := Read(old, new, clauses, nil); len(w.Terms)+len(w.Parts) > 0 {
		t.Errorf("what is immaterial says %+v", w)
	}
}

func TestWordsAreReadAsTheyWereKept(t *testing.T) {
	w := Read(append1(change("You have 30 days.", "You have 10 days and binding arbitration, whatever you bring.")))
	k := kept(w.pack(77))
	if !k.readable() || k.mark() != 77 || !slices.Equal(k.terms(nil), w.Terms) {
		t.Errorf("%v of %+v", k.terms(nil), w)
	}
	for cut := range len(k) { // what is left of one is not read
		if k[:cut].readable() {
			t.Errorf("%d of %d bytes are read", cut, len(k))
		}
	}
	other := kept(append([]byte{algorithm + 1}, k[1:]...))
	if other.readable() {
		t.Error("words of another algorithm are read")
	}
}

// standsIn reports whether what is said of two texts between quotation marks, and is of no
// table, is in the one that it is said of.
func standsIn(said, old, new string) bool {
	verb, quote, _ := strings.Cut(said, " “")
	quote, quoted := strings.CutSuffix(quote, "”")
	if !quoted || verb != "adds" && verb != "removes" || slices.ContainsFunc(phrases[:], func(p phrase) bool {
		return p.quoted && p.name == quote || strings.Trim(p.name, "“”") == quote
	}) {
		return true
	}
	text := new
	if verb == "removes" {
		text = old
	}
	squeezed := strings.Join(strings.Fields(clause.Visible(text)), " ")
	return strings.Contains(squeezed, strings.Trim(quote, "…"))
}

// FuzzRead: any two texts are read, and what is quoted of them stands in one of them.
func FuzzRead(f *testing.F) {
	f.Add("You may not share 30 days.", "You must share $10 within 10 days.")
	f.Fuzz(func(t *testing.T, old, new string) {
		a, b, clauses := change(old, new)
		w := Read(a, b, clauses, nil)
		if len(w.Terms) > maxTerms+200 || len(w.Parts) > maxParts {
			t.Errorf("%d terms, %d parts", len(w.Terms), len(w.Parts))
		}
		for _, p := range w.Parts {
			if !standsIn(p.Text, old, new) {
				t.Errorf("%q stands in neither\n%q nor\n%q", p.Text, old, new)
			}
		}
		again := Read(a, b, clauses, nil)
		if !slices.Equal(again.Terms, w.Terms) || !slices.Equal(again.Parts, w.Parts) {
			t.Error("read otherwise the second time")
		}
	})
}
