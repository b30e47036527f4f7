package redlineview

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// rendered is what is shown of a text that is new.
func rendered(text string, width int) string {
	o := Options{Width: width, Zoom: NewOnly, Theme: theme.New(true, false)}
	_, body, _ := strings.Cut(page(change(model.Added, "", text), o), "\n")
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
		lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(line, "▌"), " "))
	}
	return strings.Join(lines, "\n")
}

func TestMarkdownIsRendered(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"bold", "You **must not** sell it.", "You must not sell it."},
		{"bold and italic", "***all* of it**, _really_ and __so__", "all of it, really and so"},
		{"escapes", `**1\.31.** a \*star\* and \- \_x\_`, "1.31. a *star* and - _x_"},
		{"marks that nothing closes", "2 * 3 ** 4 and **so", "2 * 3 ** 4 and **so"},
		{"bold with a colon inside", "a) **Online :**you can.", "a) Online :you can."},
		{"stars that hide digits", "card **** **** 1234", "card **** **** 1234"},
		{"indented as code", "*   \n            1\\. Meet **it**", "•\n  1. Meet it"},
		{"links without words", "[](https://a.example/x)[](https://b.example)", "https://a.example/x https://b.example"},
		{"a name with underscores", "snake_case_name and _a_b", "snake_case_name and _a_b"},
		{"heading", "## 6\\. Your *data* ##", "6. Your data"},
		{"heading with a rule under it", "6\\. Term\n-----------", "6. Term"},
		{"heading of equals", "Terms\n=====", "Terms"},
		{"bullets", "*   one", "• one"},
		{"dash", "- one", "• one"},
		{"plus", "+ one", "• one"},
		{"number", "3\\. one", "3. one"},
		{"number of a list", "3. one", "3. one"},
		{"quotation", "> We keep it\n> for long.", "│ We keep it for long."},
		{"link", "See [our *rules*](https://acme.example/r_u) now.", "See our rules now."},
		{"link without words", "#### [](#fees)Fees", "Fees"},
		{"address as a link", "[https://acme.example/a\\_b](https://acme.example/a_b).", "https://acme.example/a_b."},
		{"address in angle brackets", "Write <legal@acme.example>!", "Write legal@acme.example!"},
		{"picture", "![our logo](x.png) and ![](y.png)", "our logo and [image]"},
		{"reference that leads nowhere", "[a] and [b][c]", "[a] and [b][c]"},
		{"line break", "a<br>b<BR/>c  \nd\\\ne", "a\nb\nc\nd\ne"},
		{"rule", "***", "────────────"},
		{"entities", "A &amp; B&nbsp;&lt;C&gt; &copy; &nothing; &amp", "A & B <C> © &nothing; &amp"},
		{"code", "Use `a_b*` or ``x`y``.", "Use a_b* or x`y."},
		{"grave accents as apostrophes", "we don`t and you can`t", "we don`t and you can`t"},
		{"tags", `<b>Bold</b> <span class="x">and</span> 10<sup>2</sup>`, "Bold and 10^2"},
		{"what is no tag", "name <your name> and a < b > c", "name <your name> and a < b > c"},
		{"struck out", "~~gone~~ <del>gone</del>", "~~gone~~ <del>gone</del>"},
		{"only marks", "**", "**"},
		{"comment", "a <!-- words --> b", "a <!-- words --> b"},
		{"item in an item", "* * a", "• • a"},
		{"heading in an item", "* ## A *b*", "• A b"},
		{"code block", "```\na *b*\n  c\n```", "a *b*\nc"},
		{"row", "| a **b** | [c](d) | e \\| f |", "a b  c    e | f"},
		{"table", "| Data | Kept |\n| --- | --- |\n| Name, e-mail | 1 year |\n| IP | 2 |",
			"Data          Kept\nName, e-mail  1 year\nIP            2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rendered(c.source, 80); got != c.want {
				t.Errorf("%q\n got %q\nwant %q", c.source, got, c.want)
			}
		})
	}
}

// marks are what rendering may hide beside targets of links and tags of HTML.
const marks = "*_`[]!<>\\#=|:~+-()"

var mayHide = regexp.MustCompile(`\]\([^\n]*?\)|</?[A-Za-z][^<>]*>`)

func drawn(rows []Row, o Options) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(ansi.Strip(r.Text(o, false, nil)) + "\n")
	}
	return b.String()
}

// checkHidden fails unless the rows show all of one text in order, but for marks.
func checkHidden(t *testing.T, rows []Row, text string, old bool, o Options, from ...int) {
	t.Helper()
	other, at := model.Delete, 0
	if len(from) > 0 {
		at = from[0]
	}
	if old {
		other = model.Insert
	}
	hideable := make([]bool, len(text))
	for _, x := range mayHide.FindAllStringIndex(text, -1) {
		for i := x[0]; i < x[1]; i++ {
			hideable[i] = true
		}
	}
	gone := func(to int) {
		for i, r := range text[min(at, to):to] {
			if !unicode.IsSpace(r) && !sanitize.Hidden(r) && !strings.ContainsRune(marks, r) && !hideable[min(at, to)+i] {
				t.Fatalf("width %d, inline %v, zoom %d, shown %v, ascii %v\nof %q\nis lost %q\n%s", o.Width, o.Inline,
					o.Zoom, o.Shown, o.Theme.ASCII, text, text[at:to], drawn(rows, o))
			}
		}
	}
	type stretch struct {
		start, end int
		shown      string
		exact      bool
	}
	var all []stretch
	take := func(l line) {
		for _, s := range l {
			r := s.run
			if r.op == other || r.style&aside != 0 {
				continue
			}
			start, end := r.new, r.new+r.n
			if old {
				start, end = r.old, r.old+r.n
			}
			if r.exact {
				start, end = min(start+s.from, end), min(start+s.to, end)
			} else if s.from > 0 {
				continue // it was taken with its beginning
			}
			all = append(all, stretch{start, end, s.run.text[s.from:s.to], r.exact})
		}
	}
	for _, r := range rows {
		if r.block == nil {
			continue
		}
		if r.block.right == 0 || old {
			take(r.left)
		} else {
			take(r.right)
		}
	}
	if strings.Contains(text, "|") { // the cells of a row go down the screen side by side
		slices.SortStableFunc(all, func(a, b stretch) int { return a.start - b.start })
	}
	for _, x := range all {
		if x.start < at {
			t.Fatalf("width %d, inline %v, zoom %d, ascii %v\nof %q\n%q is shown twice, or out of order\n%s", o.Width, o.Inline,
				o.Zoom, o.Theme.ASCII, text,
				x.shown, drawn(rows, o))
		}
		gone(x.start)
		if x.exact && !strings.HasPrefix(x.shown, text[x.start:min(x.end, len(text))]) {
			t.Fatalf("%q is shown in place of %q", x.shown, text[x.start:x.end])
		}
		at = x.end
	}
	gone(len(text))
}

func checkRendered(t *testing.T, old, new string, o Options) {
	t.Helper()
	o.Unchanged = true
	rows := Build(change(model.Modified, old, new), o)
	if o.Zoom != NewOnly {
		checkHidden(t, rows, old, true, o)
	}
	if o.Zoom != OldOnly {
		checkHidden(t, rows, new, false, o)
	}
}

var marked = []struct{ old, new string }{
	{"You **must not** sell [it](https://acme.example/a).", "You must **not** resell [it](https://acme.example/b)."},
	{"* one **two", "* one **two** three"},
	{"6\\. Term\n-----", "## 6\\. Terms"},
	{"| a | b |\n| --- | --- |", "| a | b | c |\n| --- | --- | --- |"},
	{"| a **b** |  | c |", "| a b | c |"},
	{"> quoted *words* here", "quoted words"},
	{"a\\_b [x](y) `c`", "a_b [x [y]](z) c`"},
	{"[a](b)", "[a](b) <br>**c**"},
	{"&amp; a **b", "& a** b"},
}

func TestRenderedRowsHideOnlyMarks(t *testing.T) {
	for _, h := range append(marked, []struct{ old, new string }{{hard[1].old, hard[1].new}, {hard[2].old, hard[2].new}}...) {
		for width := 20; width <= 200; width += 1 + width/8 {
			for how := range 12 {
				checkRendered(t, h.old, h.new, Options{Width: width, Inline: how&1 != 0, Shown: how&2 != 0, Zoom: Zoom(how / 4),
					Theme: theme.New(true, width%2 == 0)})
			}
		}
	}
}

// TestRandomMarkdownLosesNoWord: marks in all orders, cut by changes anywhere.
func TestRandomMarkdownLosesNoWord(t *testing.T) {
	tokens := strings.Split("**,*,_,__,`,``,[,],](x),](https://acme.example/a_b),![,<br>,<b>,</b>,<a href=\"x\">,<x,>,\\,\\.,&amp;,"+
		"&x;,|,\n,\n\n,# ,* ,- ,> ,---,\n---,\n===,1. ,1\\. ,~~,word,other, , , , ,b16,30 days,must not,.,:,(,)", ",")
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 3))
		text := func(n int) string {
			var b strings.Builder
			for range n {
				b.WriteString(tokens[r.IntN(len(tokens))])
			}
			return b.String()
		}
		head, tail := text(r.IntN(10)), text(r.IntN(10))
		old, new := head+text(r.IntN(5))+tail, head+text(r.IntN(5))+tail
		checkRendered(t, old, new, Options{Width: 20 + r.IntN(150), Inline: r.IntN(2) == 0, Shown: r.IntN(3) == 0,
			Zoom: Zoom(r.IntN(3)), Theme: theme.New(true, r.IntN(3) == 0)})
	}
}

func FuzzRenderedRowsHideOnlyMarks(f *testing.F) {
	for i, h := range marked {
		f.Add(h.old, h.new, byte(i*16), byte(i))
	}
	f.Fuzz(func(t *testing.T, old, new string, width, how byte) {
		if len(old) > 2000 || len(new) > 2000 || !utf8.ValidString(old) || !utf8.ValidString(new) {
			return
		}
		checkRendered(t, old, new, Options{Width: 20 + int(width)%181, Inline: how&1 != 0, Shown: how&2 != 0,
			Zoom: Zoom(how >> 2 % 3), Theme: theme.New(true, how&32 != 0)})
	})
}

// TestChangedMarksAreTold: a change of marks alone is named, because no word shows it.
func TestChangedMarksAreTold(t *testing.T) {
	const kept = "We keep what you write for as long as you have an account with us, "
	o := Options{Width: 200, Inline: true, Theme: theme.New(true, true)}
	for _, c := range []struct{ old, new, want string }{
		{kept + "and no longer.", kept + "**and no longer.**", "[formatting changed]"},
		{kept + "for 30 days.", kept + "for **90** days.", "[-30-]{+90+}"},
		{kept + "as the law has it.", kept + "as the [law](https://acme.example/law) has it.",
			"law {+(https://acme.example/law)+} has"},
		{kept + "[law](https://a.example)", kept + "[law](https://b.example)",
			"law [-(https://a.example)-] {+(https://b.example)+}"},
		{kept + "and more.", kept + "and more, see [the law](https://acme.example/law).", "{+, see the law+}."},
		{"| a | b |", "| a |  | b |", "{+|+}"},
	} {
		got := strings.ReplaceAll(strings.ReplaceAll(page(change(model.Modified, c.old, c.new), o), "\n+ ", " "), "\n~ ", " ")
		if !strings.Contains(got, c.want) {
			t.Errorf("%q to %q:\n%s", c.old, c.new, got)
		}
	}
}

// TestFlagsArePaintedOnWords: what the marks of detection are about, and in text that
// is new as a whole not what numbers a list or is part of a name.
func TestFlagsArePaintedOnWords(t *testing.T) {
	for _, c := range []struct {
		kind     model.Kind
		old, new string
		marks    []string
		want     string
	}{
		{model.Modified, "You must be 16 years old.", "You must be 13 years old.", []string{"number"}, "13"},
		{model.Modified, "You may sell it.", "You may not sell it.", []string{"negation"}, "not"},
		{model.Added, "", "3. You must pay within 30 days to W3Schools.", []string{"number", "modal"}, "must|30"},
		{model.Added, "", "**1\\.31.** It costs $5 by January 5, 2026.", []string{"number", "money", "date"},
			"$5|January 5, 2026"},
		{model.Added, "", "Slide NaN of 0", []string{"number"}, ""},
		{model.Added, "", "It holds 30 days.", nil, ""},
		{model.Removed, "10% of it, not more.", "", []string{"number", "negation"}, "10%|not"},
	} {
		d := change(c.kind, c.old, c.new)
		d.Change.Clauses[0].Marks = c.marks
		var got []string
		last := noFlag
		for _, r := range Build(d, Options{Width: 80, Zoom: map[bool]Zoom{true: OldOnly, false: NewOnly}[c.kind == model.Removed],
			Theme: theme.New(true, false)}) {
			for _, s := range r.left {
				switch f := s.run.flag; {
				case f != noFlag && f == last && f == date:
					got[len(got)-1] += " " + s.run.text
				case f != noFlag:
					got = append(got, s.run.text)
				}
				last = s.run.flag
			}
		}
		if all := strings.Join(got, "|"); all != c.want {
			t.Errorf("%s to %s: %q, not %q", c.old, c.new, all, c.want)
		}
		for _, palette := range []string{mono, theme.Default} {
			head, _, _ := strings.Cut(page(d, Options{Width: 120, Theme: theme.NewPalette(palette, true, false)}), "\n")
			if told := strings.Contains(head, "["); told != (palette == mono && c.want != "") {
				t.Errorf("%s, %s: %s", palette, c.new, head)
			}
		}
	}
}

func TestTablesNameTheirColumns(t *testing.T) {
	const table = "| Data | Purpose | Kept for |\n| --- | --- | --- |\n| Name | Service | 1 year |\n"
	old, new := table+"| Location | Ads | 1 year |", table+"| Location | Ads | 9 years |"
	d := change(model.Modified, old, new)
	at := len(table)
	d.Change.Clauses[0].Old.Start, d.Change.Clauses[0].New.Start = at, at
	o := Options{Width: 80, Inline: true, Theme: theme.New(true, true)}
	want := "  Data      Purpose  Kept for\n~ Location  Ads      [-1 year-]{+9 years+}\n"
	if got := page(d, o); !strings.Contains(got, want) {
		t.Errorf("in columns:\n%s", got)
	}
	long := strings.Repeat("what we need to know of you ", 8)
	table2 := "| Data | Purpose |\n| --- | --- |\n"
	d = change(model.Modified, table2+"| "+long+" | "+long+" |", table2+"| "+long+" | "+long+"always |")
	at = len(table2)
	d.Change.Clauses[0].Old.Start, d.Change.Clauses[0].New.Start = at, at
	o.Width = 30
	got := page(d, o)
	if !strings.Contains(got, "  Data\n    what") || !strings.Contains(got, "  Purpose\n    what") {
		t.Errorf("as a list:\n%s", got)
	}
	checkHidden(t, Build(d, o), d.NewText, false, o, at)
}

// TestFindLooksThroughMarks: words are found as they are shown.
func TestFindLooksThroughMarks(t *testing.T) {
	d := change(model.Modified, "You **must**\nnot [sell](https://acme.example/x) it, 1\\.3.",
		"You **may**\nnot [sell](https://acme.example/x) it, 1\\.3.")
	l := New(d)
	for query, want := range map[string]int{"may not sell it": 1, "must not": 1, "it, 1.3": 1, "acme.example": 1, "**may": 1,
		"sell**": 0} {
		m := l.Find(query, false)
		if len(m.List) != want {
			t.Errorf("%q: %+v", query, m.List)
		}
	}
	m := l.Find("may not sell", false)
	if len(m.List) == 1 {
		if got := fmt.Sprintf("%q", d.NewText[m.List[0].Start:m.List[0].End]); got != `"may**\nnot [sell"` {
			t.Errorf("found %s", got)
		}
	}
}
