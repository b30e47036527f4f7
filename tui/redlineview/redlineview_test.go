package redlineview

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// change is a change whose one clause is the whole text.
func change(kind model.Kind, old, new string) model.ChangeDetail {
	c := model.ClauseChange{Kind: kind, Material: true, Heading: []string{"Terms", "1. Age"}}
	if kind != model.Added {
		c.Old = &model.ByteRange{End: len(old)}
	}
	if kind != model.Removed {
		c.New = &model.ByteRange{End: len(new)}
	}
	return model.ChangeDetail{Change: model.Change{Material: true, Clauses: []model.ClauseChange{c}}, OldText: old,
		NewText: new}
}

// bare is a text without what a layout may add or leave out: spaces, the circle
// under a mark that lost its base, and, where they are not asked for, the names
// of hidden characters.
func bare(s string, o Options) string {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "◌", "").Replace(s)
	if !o.Shown && !o.Source {
		s = hiddenName.ReplaceAllString(s, "")
	}
	if o.Theme.ASCII {
		s = strings.NewReplacer("[-", "", "-]", "", "{+", "", "+}", "").Replace(s)
	}
	return s
}

var hiddenName = regexp.MustCompile(`[‹<]U\+(00AD|00A0|034F|061C|180E|200[0-F]|202[A-F]|20[56][0-9A-F]|1680|205F|3000|FE0[0-F]|FEFF|E0[0-9A-F]{3})[›>]`)

// rebuilt fails unless rows of a change show all of both texts, in order, on
// their sides, within the width.
func rebuilt(t *testing.T, old, new string, o Options) {
	t.Helper()
	o.Source = true // what is rendered leaves marks out
	safe := func(s string) string { return bare(sanitize.Named(s, o.Theme.ASCII), o) }
	var want, wantOld, wantNew string
	for _, s := range redline.Compare(old, new).Spans {
		want += safe(s.Text)
		if s.Op != model.Insert {
			wantOld += safe(s.Text)
		}
		if s.Op != model.Delete {
			wantNew += safe(s.Text)
		}
	}
	b := &layout{o: o}
	b.columns()
	var left, right strings.Builder
	o.Unchanged = true
	for i, r := range Build(change(model.Modified, old, new), o) {
		drawn := r.Text(o, i%2 == 0, nil)
		if w := ansi.StringWidth(drawn); w > o.Width {
			t.Fatalf("row %d is %d wide, %d asked for: %q", i, w, o.Width, drawn)
		}
		text := ansi.Strip(drawn)
		if r.Head || text == "" {
			continue
		}
		if b.right == 0 {
			left.WriteString(ansi.Cut(text, 2, o.Width))
			continue
		}
		left.WriteString(ansi.Cut(text, 2, 2+b.left))
		right.WriteString(ansi.Cut(text, b.left+6, o.Width))
	}
	check := func(side, got, want string) {
		t.Helper()
		if got := bare(got, o); got != want {
			t.Fatalf("%s of %+v:\n got %q\nwant %q", side, o, got, want)
		}
	}
	switch {
	case o.Zoom == OldOnly:
		check("old", left.String(), wantOld)
	case o.Zoom == NewOnly:
		check("new", left.String(), wantNew)
	case !o.Split():
		check("inline", left.String(), want)
	default:
		check("left", left.String(), wantOld)
		check("right", right.String(), wantNew)
	}
}

var hard = []struct{ name, old, new string }{
	{"words", "You must be at least 16 years old to use it.", "You must be at least 13 years old to use it."},
	{"cjk", "您必须年满16周岁才能使用本服务,并同意本条款。",
		"您必须年满13周岁才能使用本服务,并且同意本条款和隐私政策。"},
	{"emoji", "Be kind 🙂 and 👩‍👩‍👧 fair 🇩🇪🇫🇷.",
		"Be kind 🙃 and 👩‍👩‍👧‍👦 fair 🇫🇷🇩🇪!"},
	{"combining", "Cafe\u0301 re\u0301sume\u0301 नमस्ते क्षत्रिय",
		"Cafe\u0301s re\u0301sume\u0301 नमस्कार क्षत्रिय"},
	{"long token", "See https://example.com/" + strings.Repeat("a", 300) + " for it.", "See https://example.com/" +
		strings.Repeat("b", 310) + " for them."},
	{"underline", "Old heading\n-----------", "New heading\n---"},
	{"controls", "a\x1b[31mb\x1b]0;t\x07c\u202ed", "a\x1b[32mb\x9bc\u2066d"},
	{"spaces", "  two  spaces   and\ttab \n line", " two spaces  and tab\n\n line "},
	{"from nothing", "", "All of it is new."},
	{"to nothing", "All of it is gone.", ""},
	{"long run ahead", "Start. " + strings.Repeat("gone gone gone ", 80) +
		"The middle stays as it was. The end stays too.", "Start. The middle stays as it was. The end stays too."},
}

func TestRowsRebuildTheTextAtEveryWidth(t *testing.T) {
	for _, h := range hard {
		t.Run(h.name, func(t *testing.T) {
			for width := 20; width <= 200; width += 1 + width/12 {
				for _, inline := range []bool{true, false} {
					for _, shown := range []bool{true, false} {
						rebuilt(t, h.old, h.new, Options{Width: width, Inline: inline, Shown: shown, Ratio: 20 +
							width%60, Zoom: Zoom(width % 3), Theme: theme.New(width%2 == 0, false)})
						rebuilt(t, h.old, h.new, Options{Width: width, Inline: inline, Shown: shown,
							Theme: theme.New(true, width%2 == 0)})
					}
				}
			}
		})
	}
}

func FuzzRowsRebuildTheText(f *testing.F) {
	for i, h := range hard {
		f.Add(h.old, h.new, byte(i*16), byte(i))
	}
	f.Fuzz(func(t *testing.T, old, new string, width, how byte) {
		if len(old) > 4000 || len(new) > 4000 {
			return
		}
		rebuilt(t, old, new, Options{Width: 20 + int(width)%181, Inline: how&1 != 0, Shown: how&2 != 0,
			Zoom: Zoom(how >> 2 % 3), Ratio: int(how>>4) * 6, Theme: theme.New(true, false)})
	})
}

// TestWordsAreNotCut: a line breaks at spaces, never inside a word that fits.
func TestWordsAreNotCut(t *testing.T) {
	words := map[string]bool{}
	text := ""
	for i := range 300 {
		w := fmt.Sprintf("word%d", i*7919)
		words[w], text = true, text+w+" "
	}
	for _, width := range []int{20, 33, 60, 95} {
		o := Options{Width: width, Theme: theme.New(true, false)}
		for _, r := range Build(change(model.Added, "", text), o) {
			for _, w := range strings.Fields(strings.TrimPrefix(ansi.Strip(r.Text(o, false, nil)), "▌ ")) {
				if !r.Head && !words[w] {
					t.Fatalf("at %d a word is cut: %q", width, w)
				}
			}
		}
	}
}

func page(d model.ChangeDetail, o Options) string {
	var b strings.Builder
	for _, r := range Build(d, o) {
		b.WriteString(strings.TrimRight(ansi.Strip(r.Text(o, false, nil)), " ") + "\n")
	}
	return b.String()
}

// TestCommonWordsShareARowInBothColumns: what both sides have in common is on the same row
// again soon after a long deletion.
func TestCommonWordsShareARowInBothColumns(t *testing.T) {
	h := hard[len(hard)-1]
	for _, line := range strings.Split(page(change(model.Modified, h.old, h.new),
		Options{Width: 160, Theme: theme.New(true, false)}), "\n") {
		if strings.Contains(line, "The end stays too.") {
			if strings.Count(line, "The end stays too.") != 2 {
				t.Errorf("the sides drifted apart: %q", line)
			}
			return
		}
	}
	t.Error("the end is missing")
}

// TestEditsDifferWithoutColour: insert, delete, move and what stayed can be distinguished
// with NO_COLOR, and from the bare characters in ASCII.
func TestEditsDifferWithoutColour(t *testing.T) {
	d := change(model.Modified, "You are 16 years old.", "You are 13 years old.")
	var b bytes.Buffer
	w := &colorprofile.Writer{Forward: &b, Profile: colorprofile.Ascii}
	o := Options{Width: 80, Theme: theme.New(true, false)}
	for _, r := range Build(d, o) {
		_, _ = fmt.Fprintln(w, r.Text(o, false, nil))
	}
	for _, want := range []string{"You are \x1b[", "\x1b[9m16\x1b[", "\x1b[1;4m13\x1b["} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("NO_COLOR lacks %q: %q", want, b.String())
		}
	}
	ascii := Options{Width: 80, Theme: theme.New(true, true)}
	if got := page(d, ascii); !strings.Contains(got, "~ You are [-16-]{+13+} years old.") {
		t.Errorf("ASCII: %s", got)
	}
	signs := map[string]model.Kind{}
	for _, kind := range []model.Kind{model.Added, model.Removed, model.Modified, model.Moved} {
		old, new := "The same words.", "The same words."
		if kind == model.Modified {
			new = "Other words."
		}
		rows := Build(change(kind, old, new), ascii)
		k := 0
		for rows[k].Partner || rows[k].block == nil {
			k++
		}
		gutter, heading := ansi.Strip(rows[k].Text(ascii, false, nil))[:1],
			ansi.Strip(rows[k-1].Text(ascii, false, nil))
		if signs[gutter] != "" || gutter == " " || !strings.Contains(strings.ToLower(heading), string(kind)) {
			t.Errorf("%s: gutter %q, heading %q", kind, gutter, heading)
		}
		signs[gutter] = kind
	}
	for _, r := range page(change(model.Moved, "Same.", "Same."), Options{Width: 120, Theme: theme.New(true, true)}) {
		if r > 0x7e {
			t.Errorf("ASCII draws %q", r)
		}
	}
}

func clauses(texts ...string) model.ChangeDetail {
	var d model.ChangeDetail
	for _, text := range texts {
		at := len(d.NewText)
		d.NewText += text + "\n\n"
		d.Change.Clauses = append(d.Change.Clauses, model.ClauseChange{Kind: model.Added, Material: true,
			Heading: []string{"Terms"}, New: &model.ByteRange{Start: at, End: at + len(text)}})
	}
	return d
}

// TestEqualHeadingsAreSharedByClauses, yet n finds each of them.
func TestEqualHeadingsAreSharedByClauses(t *testing.T) {
	d := clauses("* one", "* two", "* three", "* not four", "* five")
	d.Change.Clauses[3].Marks = []string{"negation"}
	o := Options{Width: 80, Theme: theme.NewPalette(mono, true, false)}
	rows := Build(d, o)
	want := "  1–3/5 Added  Terms\n+ • one\n+ • two\n+ • three\n\n  4/5 Added [negation]  Terms\n+ • not four\n\n" +
		"  5/5 Added  Terms\n+ • five\n\n"
	if got := page(d, o); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	heads := map[int]int{}
	for _, r := range rows {
		if r.Head {
			heads[r.Clause]++
		}
	}
	for i := range d.Change.Clauses {
		if heads[i] != 1 {
			t.Errorf("clause %d has %d first rows", i, heads[i])
		}
	}
}

// TestImmaterialClausesFoldAndUnfold: what is immaterial is one row with its reason until it is
// unfolded, and never none.
func TestImmaterialClausesFoldAndUnfold(t *testing.T) {
	d := clauses("Read [this](x).", "Another.")
	for i := range d.Change.Clauses {
		d.Change.Clauses[i].Material, d.Change.Clauses[i].Reason = false, model.ReasonLink
	}
	o := Options{Width: 80, Theme: theme.New(true, false)}
	if got := page(d, o); got != "  … 2 noise (2 link targets)\n" {
		t.Errorf("folded: %q", got)
	}
	o.Immaterial = true
	if got := page(d, o); !strings.Contains(got, "Read this.") || !strings.Contains(got, "Another.") {
		t.Errorf("unfolded: %q", got)
	}
}

func TestWholeShowsUnchangedParagraphs(t *testing.T) {
	d := clauses("First.", "Second.")
	d.NewText = "Before all.\n\n" + d.NewText + "After all.\n"
	for _, c := range d.Change.Clauses {
		c.New.Start, c.New.End = c.New.Start+13, c.New.End+13
	}
	for _, width := range []int{60, 160} {
		got := page(d, Options{Width: width, Whole: true, Unchanged: true, Theme: theme.New(true, false)})
		for _, text := range []string{"Before all.", "First.", "Second.", "After all."} {
			if !strings.Contains(got, text) {
				t.Errorf("%d: no %q in\n%s", width, text, got)
			}
		}
	}
	if got := page(d, Options{Width: 60, Theme: theme.New(true, false)}); strings.Contains(got, "all.") {
		t.Errorf("changes only shows unchanged text:\n%s", got)
	}
}

func TestNarrowHeadingKeepsItsEnd(t *testing.T) {
	d := change(model.Modified, "a b", "a c")
	d.Change.Clauses[0].Heading = []string{strings.Repeat("A very long title ", 5), "2. What you post"}
	if got := page(d, Options{Width: 60, Theme: theme.New(true, false)}); !strings.HasPrefix(got,
		"  1/1 Modified  … › 2. What you post\n") {
		t.Errorf("%s", got)
	}
}

func TestWhiteSpaceOnlyChangeHasARow(t *testing.T) {
	if got := page(model.ChangeDetail{}, Options{Width: 60, Theme: theme.New(true, false)}); !strings.Contains(got,
		"white space") {
		t.Errorf("%q", got)
	}
}

// TestCurrentMatchLooksDifferent than the others, whatever it is in.
func TestCurrentMatchLooksDifferent(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for _, kind := range []model.Kind{"", model.Modified} {
			d := drawer{block: &block{o: Options{Theme: theme.NewPalette("mono", true, ascii)}, kind: kind}}
			for _, op := range []model.Op{model.Equal, model.Delete, model.Insert} {
				attributes := func(m match) string {
					all := slices.Clone(d.style(look{op: op, found: m}))
					slices.Sort(all)
					return strings.Join(slices.Compact(all), " ")
				}
				if a, b := attributes(other), attributes(current); a == b {
					t.Errorf("ascii %v, %q, %s: both are %q", ascii, kind, op, a)
				}
			}
		}
	}
}

// TestWordsThatCannotBeComparedAreShownWhole: a change whose words make the
// comparer fail when it is opened shows both texts, with no badges.
func TestWordsThatCannotBeComparedAreShownWhole(t *testing.T) {
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "90 days") })()
	old, new := "We keep it for 30 days.", "We keep it for 90 days."
	d := change(model.Modified, old, new)
	d.Change.Clauses[0].Marks = []string{"number"}
	got := page(d, Options{Width: 80, Theme: theme.New(true, true)})
	if !strings.Contains(got, "[-"+old+"-]{+"+new+"+}") {
		t.Errorf("it shows\n%s", got)
	}
}
