package redlineview

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/theme"
)

func TestBadgesNameChangedValues(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		marks          []string
		want           string
	}{
		{"number with its unit", "You must be 16 years old.", "You must be 13 years old.", []string{"number"},
			"[number 16 → 13 years]"},
		{"modal", "We may share what you write with partners.", "We must share what you write with partners.",
			[]string{"modal"}, "[modal may → must]"},
		{"negation came", "You may resell the service to others.", "You may not resell the service to others.",
			[]string{"negation"}, "[negation +not]"},
		{"date", "It holds from January 5, 2026 for all who use it.", "It holds from March 1, 2026 for all who use it.",
			[]string{"date"}, "[date January 5, 2026 → March 1, 2026]"},
		{"two kinds", "You may owe $100 within 30 days of it.", "You must owe $200 within 30 days of it.",
			[]string{"money", "modal"}, "[money $100 → $200] [modal may → must]"},
		{"too many to say", "a 1 2 3 b c d e f g h", "a 4 5 6 b c d e f g h", []string{"number"}, "[number]"},
		{"nothing to say of it", "one thing stays", "another thing stays", []string{"announced"}, "[announced]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := change(model.Modified, c.old, c.new)
			d.Change.Clauses[0].Marks = c.marks
			head, _, _ := strings.Cut(page(d, Options{Width: 120, Theme: theme.NewPalette(mono, true, false)}), "\n")
			if want := "  1/1 Modified " + c.want + "  Terms › 1. Age"; head != want {
				t.Errorf("got  %q\nwant %q", head, want)
			}
		})
	}
	d := change(model.Modified, "You must be 16 years old.", "You must be 13 years old.")
	d.Change.Clauses[0].Marks = []string{"number", "announced", "modal", "negation", "money", "date"}
	o := Options{Width: 60, Theme: theme.New(true, true)}
	if got := page(d, o); !strings.HasPrefix(got, "  1/1 Modified [number 16 -> 13 years] [announced] [modal") {
		t.Errorf("where the room is short: %q", got)
	}
}

// TestLinkTargetsThatChangedAreShown, others where they are asked for.
func TestLinkTargetsThatChangedAreShown(t *testing.T) {
	d := change(model.Modified, "Read [our rules](https://acme.example/rules) and [more](https://acme.example/a) with "+
		"care.", "Read [our rules](https://acme.example/rules) and [more](https://acme.example/b) with much care.")
	o := Options{Width: 160, Inline: true, Theme: theme.New(true, true)}
	flat := func() string { return strings.Join(strings.Fields(strings.ReplaceAll(page(d, o), "\n+ ", " ")), " ") }
	if got := flat(); !strings.Contains(got,
		"Read our rules and more [-(https://acme.example/a)-] {+(https://acme.example/b)+} with {+much+} care.") {
		t.Errorf("what changed:\n%s", got)
	}
	o.Shown = true
	if got := flat(); !strings.Contains(got, "our rules (https://acme.example/rules) and more") {
		t.Errorf("shown:\n%s", got)
	}
	o.Shown, o.Source = false, true
	if got := flat(); !strings.Contains(got, "[our rules](https://acme.example/rules) and") {
		t.Errorf("source:\n%s", got)
	}
}

func TestHiddenCharactersAreCountedOrNamed(t *testing.T) {
	o := Options{Width: 120, Inline: true, Theme: theme.New(true, false)}
	d := change(model.Modified, "We can\u00adnot share 30\u00a0days of it.",
		"We can\u00adnot share 60\u00a0days of it.")
	got := page(d, o)
	if !strings.Contains(got, "[1 hidden]") || !strings.Contains(got, "We cannot share 30 60 days") {
		t.Errorf("what stays the same is counted and left out:\n%s", got)
	}
	o.Shown = true
	if got = page(d, o); !strings.Contains(got, "can‹U+00AD›not share 30 60‹U+00A0›days") {
		t.Errorf("shown on demand:\n%s", got)
	}
	o.Theme = theme.New(true, true)
	if got = page(d, o); !strings.Contains(got, "can<U+00AD>not share [-30-]{+60+}<U+00A0>days") {
		t.Errorf("shown in ASCII:\n%s", got)
	}
	o.Theme, o.Shown = theme.New(true, false), false
	d = change(model.Modified, "Nobody may pay on their behalf for that.",
		"Nobody may pay\u202e on their behalf for that.")
	if got = page(d, o); !strings.Contains(got, "[hidden characters changed: U+202E]") ||
		!strings.Contains(got, "‹U+202E›") {
		t.Errorf("a hidden character that changed is named though none are asked for:\n%s", got)
	}
	d = change(model.Modified, "We keep it for 30 days after that.", "We keep it for 30\u00a0days after that.")
	if got = page(d, o); !strings.Contains(got, "‹U+00A0›") {
		t.Errorf("a space that became a no-break space:\n%s", got)
	}
}

// movedAway is a change in which the second of three paragraphs went to the end.
func movedAway() model.ChangeDetail {
	d := model.ChangeDetail{OldText: "First stays.\n\nDisputes go to Dublin.\n\nThird is old.\n\n",
		NewText: "First stays.\n\nThird is new.\n\nDisputes go to Dublin.\n\n"}
	d.Change.Clauses = []model.ClauseChange{
		{Kind: model.Modified, Material: true, Heading: []string{"A"}, Old: &model.ByteRange{Start: 38, End: 51},
			New: &model.ByteRange{Start: 14, End: 27}},
		{Kind: model.Moved, Material: true, Heading: []string{"B"}, OldHeading: []string{"A"},
			Old: &model.ByteRange{Start: 14, End: 36}, New: &model.ByteRange{Start: 29, End: 51}},
	}
	return d
}

func TestMovedClausesKnowTheirPartner(t *testing.T) {
	d := movedAway()
	l := New(d)
	o := Options{Width: 80, Whole: true, Theme: theme.New(true, false)}
	want := "  Moved to B  \"Disputes go to Dublin.\"\n\n  … 1 unchanged paragraph\n  1/2 Modified  A\n▌ Third is " +
		"old new.\n\n  2/2 Moved from A  B\n▌ Disputes go to Dublin.\n\n"
	if got := page(d, o); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i, it := range l.items {
		if it.kind == partnerItem {
			k := l.Partner(i)
			if l.items[k].clause != 1 || l.items[k].kind != clauseItem || l.Partner(k) != i {
				t.Errorf("%d leads to %d, which leads to %d", i, k, l.Partner(k))
			}
		} else if it.clause == 0 && l.Partner(i) != -1 {
			t.Errorf("a clause that stayed leads to %d", l.Partner(i))
		}
	}
	d.Change.Clauses[1].Material, d.Change.Clauses[1].Reason = false, model.ReasonMoved
	if got := page(d, o); strings.Contains(got, "Moved to") ||
		!strings.Contains(got, "  … 1 noise (1 moved)") {
		t.Errorf("folded, only the clause itself has a row:\n%s", got)
	}
}

// TestFoldsOpenOneByOne: a row that folds several opens them, and one of
// them closes again alone.
func TestFoldsOpenOneByOne(t *testing.T) {
	d := clauses("One.", "Two.", "Three.", "Four.")
	for i := range d.Change.Clauses {
		if i != 2 {
			d.Change.Clauses[i].Material, d.Change.Clauses[i].Reason = false, []model.Reason{model.ReasonLink,
				model.ReasonDate, "", model.ReasonLink}[i]
		}
	}
	d.NewText += "Five.\n\nSix.\n"
	l := New(d)
	o := Options{Width: 80, Whole: true, Theme: theme.New(true, false)}
	draw := func() string {
		var b strings.Builder
		for _, r := range l.Build(o) {
			b.WriteString(strings.TrimRight(ansi.Strip(r.Text(o, false, nil)), " ") + "\n")
		}
		return b.String()
	}
	const third = "  1/1 Added  Terms\n▌ Three.\n\n"
	if want := "  … 2 noise (1 date, 1 link target)\n" + third +
		"  … 1 noise (1 link target)\n  … 2 unchanged paragraphs\n"; draw() != want {
		t.Fatalf("folded:\n%s", draw())
	}
	l.Toggle(l.Build(o)[0], &o)
	if got := draw(); !strings.HasPrefix(got,
		"  Added, noise (link target)  Terms\n▌ One.\n\n  Added, noise (date)  Terms\n▌ Two.\n\n"+third) {
		t.Errorf("the first row unfolded:\n%s", got)
	}
	l.Toggle(l.Build(o)[0], &o)
	if got := draw(); !strings.HasPrefix(got,
		"  … 1 noise (1 link target)\n  Added, noise (date)  Terms\n▌ Two.") {
		t.Errorf("one of the two folded again:\n%s", got)
	}
	rows := l.Build(o)
	l.Toggle(rows[len(rows)-1], &o)
	if got := draw(); !strings.HasSuffix(got, "  Five.\n\n  Six.\n\n") {
		t.Errorf("what is unchanged unfolded:\n%s", got)
	}
}

func TestZoomAndRatioShareTheWidth(t *testing.T) {
	d := change(model.Modified, "You are 16 years old.", "You are 13 years old.")
	o := Options{Width: 120, Theme: theme.New(true, false)}
	o.Zoom = OldOnly
	if got := page(d, o); !strings.Contains(got, "▌ You are 16 years old.") || strings.Contains(got, "13") {
		t.Errorf("the old one alone:\n%s", got)
	}
	o.Zoom = NewOnly
	if got := page(d, o); !strings.Contains(got, "▌ You are 13 years old.") || strings.Contains(got, "16") {
		t.Errorf("the new one alone:\n%s", got)
	}
	o.Zoom = Both
	for ratio, column := range map[int]int{0: 60, 30: 37, 70: 82, 1: 23, 99: 93} {
		o.Ratio = ratio
		for _, r := range Build(d, o) {
			if at, _, found := strings.Cut(ansi.Strip(r.Text(o, false, nil)), "│"); found &&
				ansi.StringWidth(at) != column {
				t.Errorf("at %d%% the bar stands in column %d, not %d", ratio, ansi.StringWidth(at), column)
			}
		}
	}
}

func TestFindSearchesBothTexts(t *testing.T) {
	d := change(model.Modified, "You must be at least 16 years old and pay\nin full. Least of all late.",
		"You must be at least 13 years old and pay\nin full. Least of all late.")
	d.OldText, d.NewText = d.OldText+"\n\nAt least this stays.\n", d.NewText+"\n\nAt least this stays.\n"
	l := New(d)
	for _, c := range []struct {
		query   string
		showAll bool
		old     []bool
	}{
		{"least", false, []bool{false, false}}, // is in both: once each
		{"LEAST", true, []bool{false, false, false}},
		{"least 16 years", false, []bool{true}}, // across what changed
		{"least 13", false, []bool{false}},
		{"pay in full", false, []bool{false}}, // across a line end
		{"least 1", false, []bool{false, true}},
		{"nowhere", true, nil},
		{"(", true, nil},
		{"  ", true, nil},
	} {
		m := l.Find(c.query, c.showAll)
		var old []bool
		for _, x := range m.List {
			old = append(old, x.Old)
			text := d.NewText
			if x.Old {
				text = d.OldText
			}
			if got := strings.Join(strings.Fields(text[x.Start:x.End]), " "); !strings.EqualFold(got, c.query) {
				t.Errorf("%q finds %q", c.query, got)
			}
		}
		if len(old) != len(c.old) {
			t.Errorf("%q: %v, want %v", c.query, old, c.old)
			continue
		}
		for i := range old {
			if old[i] != c.old[i] {
				t.Errorf("%q: %v, want %v", c.query, old, c.old)
			}
		}
	}
}

// TestMatchesAreMarked, whatever spans and rows it goes across, and the one the
// reader is at otherwise.
func TestMatchesAreMarked(t *testing.T) {
	d := change(model.Modified, "You must be at least 16 years old.", "You must be at least 13 years old.")
	l := New(d)
	for _, width := range []int{24, 80, 160} {
		o := Options{Width: width, Theme: theme.New(true, false)}
		m := l.Find("least 13 years", false)
		m.At = 0
		marked := ""
		for _, r := range l.Build(o) {
			for _, piece := range strings.Split(r.Text(o, false, m), "\x1b[")[1:] {
				style, text, _ := strings.Cut(piece, "m")
				if strings.Contains(";"+style+";", ";7;") {
					marked += text + "|"
				}
			}
		}
		if got := strings.ReplaceAll(strings.ReplaceAll(marked, "|", ""), " ", ""); !strings.HasSuffix(got,
			"least13years") {
			t.Errorf("at %d: %q", width, marked)
		}
	}
}

// TestSelectionShowsWithoutColour: what is selected differs from what is inserted,
// deleted and moved when colours are taken away, and in bare characters.
func TestSelectionShowsWithoutColour(t *testing.T) {
	colour := regexp.MustCompile(`;?38;5;\d+`)
	for _, ascii := range []bool{false, true} {
		o := Options{Width: 80, Theme: theme.NewPalette("mono", true, ascii)}
		seen := map[string]string{}
		for _, kind := range []model.Kind{model.Added, model.Removed, model.Moved, model.Modified} {
			for _, selected := range []bool{false, true} {
				rows := Build(change(kind, "The same words.", map[bool]string{true: "The other words.",
					false: "The same words."}[kind == model.Modified]), o)
				for _, r := range rows {
					if r.block == nil {
						continue // its words tell what it is
					}
					r.Head = true
					drawn := r.Text(o, selected, nil)
					what := string(kind) + map[bool]string{true: ", selected"}[selected]
					gutter := ansi.Cut(ansi.Strip(drawn), 0, 2)
					look, _, _ := strings.Cut(colour.ReplaceAllString(drawn, ""), "The")
					if other, ok := seen[gutter]; ok {
						t.Errorf("ascii %v: %s looks like %s: %q", ascii, what, other, gutter)
					}
					seen[gutter] = what
					if selected != strings.Contains(look, "7m") {
						t.Errorf("ascii %v: %s is drawn %q", ascii, what, look)
					}
				}
			}
		}
	}
}
