package redlineview

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/redline"
	"fineprint/store/terms"
	"fineprint/tui/safetext"
	"fineprint/tui/theme"
)

// change is a change whose one clause is the whole text.
func change(kind terms.Kind, old, new string) terms.ChangeDetail {
	c := terms.ClauseChange{Kind: kind, Material: true, Heading: []string{"Terms", "1. Age"}}
	if kind != terms.Added {
		c.Old = &terms.Extent{End: len(old)}
	}
	if kind != terms.Removed {
		c.New = &terms.Extent{End: len(new)}
	}
	return terms.ChangeDetail{Change: terms.Change{Material: true, Clauses: []terms.ClauseChange{c}}, OldText: old, NewText: new}
}

func noSpaces(s string) string { return strings.ReplaceAll(s, " ", "") }

// rebuilt fails unless rows of a change show all of both texts, in order, on
// their sides, within the width.
func rebuilt(t *testing.T, old, new string, o Options) {
	t.Helper()
	want := map[terms.Op]*strings.Builder{terms.Delete: {}, terms.Insert: {}, terms.Equal: {}}
	for _, s := range redline.Compare(old, new).Spans {
		safe := noSpaces(safetext.Line(s.Text))
		want[terms.Equal].WriteString(safe) // inline: all of it
		if s.Op != terms.Insert {
			want[terms.Delete].WriteString(safe)
		}
		if s.Op != terms.Delete {
			want[terms.Insert].WriteString(safe)
		}
	}
	var left, right, inline strings.Builder
	for i, r := range Build(change(terms.Modified, old, new), o) {
		if w := ansi.StringWidth(r.Text); w > o.Width {
			t.Fatalf("row %d is %d wide, %d asked for: %q", i, w, o.Width, r.Text)
		}
		if r.Head {
			continue
		}
		text := ansi.Strip(r.Text)
		if text == "" {
			continue
		}
		inline.WriteString(noSpaces(ansi.Cut(text, 2, o.Width)))
		if column := (o.Width - 6) / 2; column > 0 {
			column = min(column, maxColumn)
			left.WriteString(noSpaces(ansi.Cut(text, 2, 2+column)))
			right.WriteString(noSpaces(ansi.Cut(text, column+6, o.Width)))
		}
	}
	if o.Inline || o.Width < MinSplit {
		if inline.String() != want[terms.Equal].String() {
			t.Fatalf("inline at %d:\n got %q\nwant %q", o.Width, inline.String(), want[terms.Equal].String())
		}
		return
	}
	if left.String() != want[terms.Delete].String() {
		t.Fatalf("left at %d:\n got %q\nwant %q", o.Width, left.String(), want[terms.Delete].String())
	}
	if right.String() != want[terms.Insert].String() {
		t.Fatalf("right at %d:\n got %q\nwant %q", o.Width, right.String(), want[terms.Insert].String())
	}
}

var hard = []struct{ name, old, new string }{
	{"words", "You must be at least 16 years old to use it.", "You must be at least 13 years old to use it."},
	{"cjk", "您必须年满16周岁才能使用本服务,并同意本条款。", "您必须年满13周岁才能使用本服务,并且同意本条款和隐私政策。"},
	{"emoji", "Be kind 🙂 and 👩‍👩‍👧 fair 🇩🇪🇫🇷.", "Be kind 🙃 and 👩‍👩‍👧‍👦 fair 🇫🇷🇩🇪!"},
	{"combining", "Cafe\u0301 re\u0301sume\u0301 नमस्ते क्षत्रिय", "Cafe\u0301s re\u0301sume\u0301 नमस्कार क्षत्रिय"},
	{"long token", "See https://example.com/" + strings.Repeat("a", 300) + " for it.", "See https://example.com/" + strings.Repeat("b", 310) + " for them."},
	{"underline", "Old heading\n-----------", "New heading\n---"},
	{"controls", "a\x1b[31mb\x1b]0;t\x07c\u202ed", "a\x1b[32mb\x9bc\u2066d"},
	{"spaces", "  two  spaces   and\ttab \n line", " two spaces  and tab\n\n line "},
	{"from nothing", "", "All of it is new."},
	{"to nothing", "All of it is gone.", ""},
	{"long run ahead", "Start. " + strings.Repeat("gone gone gone ", 80) + "The middle stays as it was. The end stays too.", "Start. The middle stays as it was. The end stays too."},
}

func TestRowsRebuildTheTextAtEveryWidth(t *testing.T) {
	for _, h := range hard {
		t.Run(h.name, func(t *testing.T) {
			for width := 20; width <= 200; width++ {
				for _, inline := range []bool{true, false} {
					rebuilt(t, h.old, h.new, Options{Width: width, Inline: inline, Theme: theme.New(width%2 == 0, false)})
				}
			}
		})
	}
}

func FuzzRowsRebuildTheText(f *testing.F) {
	for i, h := range hard {
		f.Add(h.old, h.new, byte(i*16), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, old, new string, width byte, inline bool) {
		if len(old) > 4000 || len(new) > 4000 {
			return
		}
		rebuilt(t, old, new, Options{Width: 20 + int(width)%181, Inline: inline, Theme: theme.New(true, false)})
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
		for _, r := range Build(change(terms.Added, "", text), Options{Width: width, Theme: theme.New(true, false)}) {
			for _, w := range strings.Fields(strings.TrimPrefix(ansi.Strip(r.Text), "+ ")) {
				if !r.Head && !words[w] {
					t.Fatalf("at %d a word is cut: %q", width, w)
				}
			}
		}
	}
}

func plain(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.TrimRight(ansi.Strip(r.Text), " ") + "\n")
	}
	return b.String()
}

// TestColumnsStayLevel: what both sides have in common stands on the same row
// again soon after a long deletion.
func TestColumnsStayLevel(t *testing.T) {
	h := hard[len(hard)-1]
	for _, line := range strings.Split(plain(Build(change(terms.Modified, h.old, h.new), Options{Width: 160, Theme: theme.New(true, false)})), "\n") {
		if strings.Contains(line, "The end stays too.") {
			if strings.Count(line, "The end stays too.") != 2 {
				t.Errorf("the sides drifted apart: %q", line)
			}
			return
		}
	}
	t.Error("the end is missing")
}

// TestWithoutColour: insert, delete, move and what stayed can be told apart
// with NO_COLOR, and from the bare characters in ASCII.
func TestWithoutColour(t *testing.T) {
	d := change(terms.Modified, "You are 16 years old.", "You are 13 years old.")
	var b bytes.Buffer
	w := &colorprofile.Writer{Forward: &b, Profile: colorprofile.Ascii}
	for _, r := range Build(d, Options{Width: 80, Theme: theme.New(true, false)}) {
		_, _ = fmt.Fprintln(w, r.Text)
	}
	for _, want := range []string{"You are \x1b[", "\x1b[9m16\x1b[", "\x1b[1;4m13\x1b["} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("NO_COLOR lacks %q: %q", want, b.String())
		}
	}
	ascii := Options{Width: 80, Theme: theme.New(true, true)}
	if got := plain(Build(d, ascii)); !strings.Contains(got, "~ You are [-16-]{+13+} years old.") {
		t.Errorf("ASCII: %s", got)
	}
	signs := map[string]terms.Kind{}
	for _, kind := range []terms.Kind{terms.Added, terms.Removed, terms.Modified, terms.Moved} {
		old, new := "The same words.", "The same words."
		if kind == terms.Modified {
			new = "Other words."
		}
		rows := Build(change(kind, old, new), ascii)
		gutter := ansi.Strip(rows[1].Text)[:1]
		if signs[gutter] != "" || gutter == " " || !strings.HasPrefix(ansi.Strip(rows[0].Text), gutter+" "+string(kind)) {
			t.Errorf("%s: gutter %q, heading %q", kind, gutter, ansi.Strip(rows[0].Text))
		}
		signs[gutter] = kind
	}
	for _, r := range plain(Build(change(terms.Moved, "Same.", "Same."), Options{Width: 120, Theme: theme.New(true, true)})) {
		if r > 0x7e {
			t.Errorf("ASCII draws %q", r)
		}
	}
}

func clauses(texts ...string) terms.ChangeDetail {
	var d terms.ChangeDetail
	for _, text := range texts {
		at := len(d.NewText)
		d.NewText += text + "\n\n"
		d.Change.Clauses = append(d.Change.Clauses, terms.ClauseChange{Kind: terms.Added, Material: true, Heading: []string{"Terms"}, New: &terms.Extent{Start: at, End: at + len(text)}})
	}
	return d
}

// TestClausesAlikeShareAHeading, yet n finds each of them.
func TestClausesAlikeShareAHeading(t *testing.T) {
	d := clauses("* one", "* two", "* three", "* not four", "* five")
	d.Change.Clauses[3].Marks = []string{"negation"}
	rows := Build(d, Options{Width: 80, Theme: theme.New(true, false)})
	want := "+ added  Terms\n+ * one\n+ * two\n+ * three\n\n+ added  look at: negation  Terms\n+ * not four\n\n+ added  Terms\n+ * five\n\n"
	if got := plain(rows); got != want {
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

// TestFolding: what is immaterial is one row with its reason until it is
// unfolded, and never none.
func TestFolding(t *testing.T) {
	d := clauses("Read [this](x).", "Another.")
	for i := range d.Change.Clauses {
		d.Change.Clauses[i].Material, d.Change.Clauses[i].Reason = false, terms.ReasonLink
	}
	o := Options{Width: 80, Theme: theme.New(true, false)}
	if got := plain(Build(d, o)); got != strings.Repeat("+ added, immaterial: link  Terms\n", 2) {
		t.Errorf("folded: %q", got)
	}
	o.Immaterial = true
	if got := plain(Build(d, o)); !strings.Contains(got, "Read [this](x).") || !strings.Contains(got, "Another.") {
		t.Errorf("unfolded: %q", got)
	}
}

func TestWholeDocument(t *testing.T) {
	d := clauses("First.", "Second.")
	d.NewText = "Before all.\n\n" + d.NewText + "After all.\n"
	for _, c := range d.Change.Clauses {
		c.New.Start, c.New.End = c.New.Start+13, c.New.End+13
	}
	for _, width := range []int{60, 160} {
		got := plain(Build(d, Options{Width: width, Whole: true, Theme: theme.New(true, false)}))
		for _, text := range []string{"Before all.", "First.", "Second.", "After all."} {
			if !strings.Contains(got, text) {
				t.Errorf("%d: no %q in\n%s", width, text, got)
			}
		}
	}
	if got := plain(Build(d, Options{Width: 60, Theme: theme.New(true, false)})); strings.Contains(got, "all.") {
		t.Errorf("changes only shows unchanged text:\n%s", got)
	}
}

func TestNarrowHeadingKeepsItsEnd(t *testing.T) {
	d := change(terms.Modified, "a b", "a c")
	d.Change.Clauses[0].Heading = []string{strings.Repeat("A very long title ", 5), "2. What you post"}
	if got := plain(Build(d, Options{Width: 60, Theme: theme.New(true, false)})); !strings.HasPrefix(got, "~ modified  … > 2. What you post\n") {
		t.Errorf("%s", got)
	}
}

func TestNothingButWhiteSpace(t *testing.T) {
	if got := plain(Build(terms.ChangeDetail{}, Options{Width: 60, Theme: theme.New(true, false)})); !strings.Contains(got, "white space") {
		t.Errorf("%q", got)
	}
}
