package pdf

import (
	"strings"
	"testing"
)

// drawnAt draws a text as glyphs, half as wide as they are high, without spaces: they are
// gaps. A glyph of its own is drawn for each letter.
func drawnAt(x, y, size float64, text string) []glyph {
	var out []glyph
	for _, r := range text {
		if r != ' ' {
			out = append(out, glyph{left: x, right: x + size/2, top: y + size, bottom: y, char: r})
		}
		x += size / 2
	}
	return out
}

type text struct {
	x, y, size float64
	text       string
}

// readDrawn reads pages of texts that are drawn in this order.
func readDrawn(t *testing.T, pages ...[]text) string {
	t.Helper()
	var all [][]line
	for _, page := range pages {
		var glyphs []glyph
		for _, p := range page {
			glyphs = append(glyphs, drawnAt(p.x, p.y, p.size, p.text)...)
		}
		lines := linesOf(glyphs)
		for i := range lines {
			lines[i].serial = i
		}
		mirrorLines(lines)
		all = append(all, lines)
	}
	got, err := written(all)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// column draws lines below each other.
func column(x, y float64, lines ...string) []text {
	var out []text
	for i, l := range lines {
		out = append(out, text{x, y - 12*float64(i), 10, l})
	}
	return out
}

func join(parts ...[]text) []text {
	var out []text
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// across draws columns line by line, as they stand beside each other.
func across(columns ...[]text) []text {
	var out []text
	for i := range columns[0] {
		for _, c := range columns {
			if i < len(c) {
				out = append(out, c[i])
			}
		}
	}
	return out
}

var (
	leftColumn = column(50, 700, "We keep what you write to us and", "erase it when the account that it",
		"belongs to is closed by you. We do", "not sell it to anybody else.")
	rightColumn = column(300, 700, "You may ask us for a copy of it,", "and we must answer you before a",
		"month is over. The first copy that", "you ask for is free of charge.")
)

const bothColumns = "We keep what you write to us and erase it when the account that it belongs to " +
	"is closed by you. " +
	"We do not sell it to anybody else.\n\nYou may ask us for a copy of it, and we must answer you before a month is " +
	"over. The first copy that you ask for is free of charge.\n"

func TestOrderOfReading(t *testing.T) {
	title := []text{{50, 740, 20, "Terms"}}
	var lower []string
	for _, l := range rightColumn {
		lower = append(lower, l.text)
	}
	alternate := func(a, b []text) []text {
		for i := range b {
			b[i].y += 6 // between the other's lines
		}
		return across(a, b)
	}
	cells := func(rows ...[]text) []text { return join(rows...) }
	for name, c := range map[string]struct {
		page []text
		want string
	}{
		"columns one after the other":            {join(leftColumn, rightColumn), bothColumns},
		"columns across":                         {across(leftColumn, rightColumn), bothColumns},
		"columns from the top, of unequal lines": {alternate(leftColumn, column(300, 688, lower...)), bothColumns},
		"the title last":                         {join(leftColumn, rightColumn, title), "# Terms\n\n" + bothColumns},
		"a table cell by cell": {cells(
			[]text{{50, 700, 10, "What"}, {200, 700, 10, "Why"}, {350, 700, 10, "Period"}},
			[]text{{50, 680, 10, "Access logs"}, {50, 668, 10, "with addresses"}, {200, 680, 10, "Security"},
				{350, 680, 10, "30 days"}},
			[]text{{50, 648, 10, "Pictures"}, {200, 648, 10, "To show them"}, {350, 648, 10, "90 days"}}),
			"| What | Why | Period |\n| --- | --- | --- |\n| Access logs with addresses | Security | 30 days |\n" +
				"| Pictures | To show them | 90 days |\n"},
		"a table line by line": {cells(
			[]text{{50, 700, 10, "What"}, {200, 700, 10, "Why"}, {350, 700, 10, "Period"}},
			[]text{{50, 680, 10, "Access logs"}, {200, 680, 10, "Security"}, {350, 680, 10, "30 days"}},
			[]text{{50, 668, 10, "with addresses"}, {200, 668, 10, "of the service"}},
			[]text{{50, 648, 10, "Pictures"}, {200, 648, 10, "To show them"}, {350, 648, 10, "90 days"}}),
			"| What | Why | Period |\n| --- | --- | --- |\n" +
				"| Access logs with addresses | Security of the service | 30 days |\n" +
				"| Pictures | To show them | 90 days |\n"},
		"marks of a list last": {[]text{{70, 700, 10, "the first thing that we keep of you"},
			{70, 680, 10, "the second thing that we keep"}, {50, 700, 10, "1."}, {50, 680, 10, "2."}},
			"1. the first thing that we keep of you\n\n2. the second thing that we keep\n"},
	} {
		if got := readDrawn(t, c.page); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestLetters(t *testing.T) {
	for name, c := range map[string]struct {
		glyphs []glyph
		want   string
	}{
		"ligatures":      {drawnAt(0, 0, 10, "the oﬃce ﬁle"), "the office file"},
		"TeX's letters":  {drawnAt(0, 0, 10, "\x10o\x1eces\x11"), "“offices”"},
		"letters spaced": {spacedOut(drawnAt(0, 0, 10, "WE KEEP IT")), "WE KEEP IT"},
		"a note's number": {append(drawnAt(0, 0, 10, "30"),
			glyph{left: 10, right: 13, top: 10.5, bottom: 3.5, char: '1'}),
			"30¹"},
		"a small number":  {append(drawnAt(0, 0, 10, "for"), drawnAt(20, 0, 6, "30")...), "for 30"},
		"from the right":  {fromTheRight("םולש (בוט) 30 םימי."), "שלום (טוב) 30 ימים."},
		"a real letter":   {drawnAt(0, 0, 10, "é"), "é"},
		"a surrogate":     {drawnAt(0, 0, 10, "a 📄 b"), "a 📄 b"},
		"a lost bullet":   {drawnAt(0, 0, 10, "\u0088 copy it"), "• copy it"},
		"an inner hyphen": {drawnAt(0, 0, 10, "day-to-day"), "day-to-day"},
	} {
		lines := linesOf(c.glyphs)
		if len(lines) != 1 || lines[0].text() != c.want {
			t.Errorf("%s: %d lines, %q, want %q", name, len(lines), lines[0].text(), c.want)
		}
	}
}

func spacedOut(glyphs []glyph) []glyph {
	x := 0.0
	for i := range glyphs {
		if i > 0 && glyphs[i].left-glyphs[i-1].right > 1 {
			x += 2
		}
		glyphs[i].left, glyphs[i].right = glyphs[i].left+x, glyphs[i].right+x
		x += 2
	}
	return glyphs
}

// fromTheRight draws what is given as it is seen, from the left.
func fromTheRight(seen string) []glyph {
	var r []rune
	for _, c := range seen {
		r = append(r, c)
	}
	// A line from the right ends at the left.
	words := strings.Fields(string(r))
	for i, j := 0, len(words)-1; i < j; i, j = i+1, j-1 {
		words[i], words[j] = words[j], words[i]
	}
	line := strings.Join(words, " ")
	line = strings.Replace(line, "םימי.", ".םימי", 1)
	return drawnAt(0, 0, 10, line)
}

func TestDividedWords(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"divided": {[]string{"The cancellation of it is what ends",
			"it. You may ask us for the cancel\u0002", "lation at all times."},
			"the cancellation at"},
		"after two letters": {[]string{"Die Buchung gilt erst, wenn eine au\u0002", "tomatische Bestätigung eintrifft."},
			"eine automatische Bestätigung"},
		"after two letters that begin words": {[]string{"It holds for a boat whose length ex\u0002",
			"ceeds nine metres."}, "length exceeds nine"},
		"a compound of two letters": {[]string{"Le montant est porté au tarif et au\u0002", "delà de celui-ci."},
			"et au-delà de"},
		"a former one": {[]string{"It holds for the skipper of a boat and an ex\u0002", "skipper."}, "an ex-skipper."},
		"a hyphen apart": {[]string{"It holds for a boat whose length excee \u00ad", "ded nine metres."},
			"length exceeded nine"},
		"a dash": {[]string{"It holds for all the boats of the club -", "and for the others."}, "club - and for"},
		"a compound": {[]string{"A third-party firm is one that is not",
			"ours. We have no share in any third\u0002",
			"party at all times."}, "any third-party at"},
		"an ending": {[]string{"We may change our terms and the docu-", "mentation of it."},
			"the documentation of"},
		"before a capital": {[]string{"Es gilt das Recht ohne jenes des UN-", "Kaufrechts."}, "UN-Kaufrechts"},
		"a word left open": {[]string{"Wir achten sehr auf alle Handels-", "und Steuerrechte."},
			"Handels- und Steuerrechte"},
		"soft hyphens": {[]string{"We use the inter\u00adnet for it and the docu\u00ad", "ments of it."},
			"internet for it and the documents"},
	} {
		if got := readDrawn(t, column(50, 700, c.lines...)); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q lacks %q", name, got, c.want)
		}
	}
}

func TestWhatIsPrintedAroundTheTextGoes(t *testing.T) {
	body := func(first string) []text {
		return column(50, 700, first+" this is the text of the page and it goes",
			"on for a line and then for one more line of text,",
			"and ends there.")
	}
	foot := func(s string) []text { return []text{{50, 30, 8, s}} }
	head := []text{{50, 800, 8, "Acme Terms"}}
	letterhead := []text{{50, 800, 8, "Acme Ltd"}, {250, 800, 8, "Terms"}, {50, 785, 8, "Harbour Row"},
		{250, 785, 8, "Version 3"}}
	one := "On one this is the text of the page and it goes on for a line and then for one more line " +
		"of text, and ends there."
	two := "On two this is the text of the page and it goes on for a line and then for one more line " +
		"of text, and ends there."
	for name, c := range map[string]struct {
		pages [][]text
		want  string
	}{
		"two pages": {[][]text{join(head, body("On one"), foot("Page 1 of 2")),
			join(head, body("On two"), foot("Page 2 of 2"))}, one + "\n\n" + two + "\n"},
		"numbers": {[][]text{join(body("On one"), foot("1")), join(body("On two"), foot("2"))},
			one + "\n\n" + two + "\n"},
		"one page": {[][]text{join(body("On one"), foot("Seite 1 von 1"))}, one + "\n"},
		"a browser's": {[][]text{join([]text{{50, 800, 8, "3/4/26, 10:12 AM"}, {200, 800, 8, "Terms"}},
			body("On one"), []text{{50, 20, 8, "https://acme.example/terms"}, {500, 20, 8, "1/1"}})}, one + "\n"},
		"of two rows": {[][]text{join(letterhead, body("On one")), join(letterhead, body("On two"))},
			one + "\n\n" + two + "\n"},
		"the section's name": {[][]text{
			join([]text{{50, 800, 10, "Acme Club 1. Boats"}, {50, 720, 10, "1. Boats"}}, body("On one")),
			join([]text{{50, 800, 10, "Acme Club 2. Moorings"}, {50, 720, 10, "2. Moorings"}}, body("On two"))},
			"1. Boats\n\n" + one + "\n\n2. Moorings\n\n" + two + "\n"},
		"what is no section's name": {[][]text{
			join([]text{{50, 800, 10, "Acme Club of boats"}}, body("On one")),
			join([]text{{50, 800, 10, "Acme Club of moorings"}}, body("On two"))},
			"Acme Club of boats\n\n" + one + "\n\nAcme Club of moorings\n\n" + two + "\n"},
		"what is no foot": {[][]text{join(body("On one"), column(50, 650, "30"))}, one + "\n\n30\n"},
	} {
		if got := readDrawn(t, c.pages...); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	table := func(rows ...[2]string) []text {
		out := []text{{50, 720, 10, "Kind of data"}, {250, 720, 10, "Period"}}
		for i, r := range rows {
			y := 700 - 20*float64(i)
			out = append(out, text{50, y, 10, r[0]}, text{250, y, 10, r[1]})
		}
		return out
	}
	for name, c := range map[string]struct {
		pages [][]text
		want  string
	}{
		"a table over two pages": {[][]text{append(column(50, 760, "We keep this for so long:"),
			table([2]string{"Access logs", "30 days"})...), table([2]string{"Pictures of you", "90 days"},
			[2]string{"Invoices", "10 years"})},
			"We keep this for so long:\n\n| Kind of data | Period |\n| --- | --- |\n| Access logs | 30 days |\n" +
				"| Pictures of you | 90 days |\n| Invoices | 10 years |\n"},
		"a table that begins two pages": {[][]text{table([2]string{"Access logs", "30 days"}),
			table([2]string{"Pictures of you", "90 days"}, [2]string{"Invoices", "10 years"})},
			"| Kind of data | Period |\n| --- | --- |\n| Access logs | 30 days |\n" +
				"| Pictures of you | 90 days |\n| Invoices | 10 years |\n"},
		"a head of two lines that begins two pages": {[][]text{
			{{50, 732, 10, "Kind"}, {250, 732, 10, "Period"}, {50, 720, 10, "of data"}, {50, 700, 10, "Access logs"},
				{250, 700, 10, "30 days"}, {50, 680, 10, "Pictures"}, {250, 680, 10, "90 days"}},
			{{50, 732, 10, "Kind"}, {250, 732, 10, "Period"}, {50, 720, 10, "of data"}, {50, 700, 10, "Invoices"},
				{250, 700, 10, "10 years"}, {50, 680, 10, "Letters"}, {250, 680, 10, "6 years"}}},
			"| Kind of data | Period |\n| --- | --- |\n| Access logs | 30 days |\n| Pictures | 90 days |\n" +
				"| Invoices | 10 years |\n| Letters | 6 years |\n"},
		"rows of a table that begin two pages": {[][]text{
			{{50, 720, 10, "Access logs"}, {250, 720, 10, "30 days"}, {50, 700, 10, "Pictures"}, {250, 700, 10, "90 days"}},
			{{50, 720, 10, "Access logs"}, {250, 720, 10, "90 days"}, {50, 700, 10, "Letters"}, {250, 700, 10, "30 days"}}},
			"| Access logs | 30 days |\n| --- | --- |\n| Pictures | 90 days |\n| Access logs | 90 days |\n" +
				"| Letters | 30 days |\n"},
		"a short line ends one": {[][]text{column(50, 700, "We may end your account at once if you",
			"break these terms.",
			"You may end it at any time, too, and then", "we keep nothing.")},
			"We may end your account at once if you break these terms.\n\nYou may end it at any time, too, " +
				"and then we keep nothing.\n"},
		"over two pages": {[][]text{column(50, 700, "We may end your account at once if you do",
			"what these terms forbid you to do and if you"),
			column(50, 700, "go on with it.")},
			"We may end your account at once if you do what these terms forbid you to do and if you go on with it.\n"},
		"a note between them": {[][]text{join(column(50, 700, "We may end your account at once if you do",
			"what these terms forbid you to do and if you"),
			[]text{{50, 60, 7, "1 A note at the foot."}}), column(50, 700, "go on with it.")},
			"We may end your account at once if you do what these terms forbid you to do and if you go on " +
				"with it.\n\n1 A note at the foot.\n"},
		"text larger than a table": {[][]text{join([]text{{50, 780, 20, "Fares"},
			{50, 740, 12, "This schedule is part of the conditions"}, {50, 725, 12, "of carriage. Others apply abroad."}},
			[]text{{50, 690, 9, "Zone 1"}, {150, 690, 9, "lost tickets are replaced at the office for two euros"},
				{50, 670, 9, "Zone 2"}, {150, 670, 9, "lost tickets are replaced at the office for three euros"},
				{50, 650, 9, "Zone 3"}, {150, 650, 9, "lost tickets are replaced at the office for four euros"}},
			[]text{{50, 620, 12, "Children under six travel free."}, {50, 590, 12, "1. Dogs"}, {50, 560, 12, "Your luggage."}})},
			"# Fares\n\nThis schedule is part of the conditions of carriage. Others apply abroad.\n\n" +
				"| Zone 1 | lost tickets are replaced at the office for two euros |\n| --- | --- |\n" +
				"| Zone 2 | lost tickets are replaced at the office for three euros |\n" +
				"| Zone 3 | lost tickets are replaced at the office for four euros |\n\nChildren under six travel free.\n\n" +
				"## 1. Dogs\n\n## Your luggage.\n"},
		"a heading of two lines": {[][]text{join([]text{{50, 780, 20, "We keep little of you and"},
			{50, 756, 20, "nothing at all of your friends."}, {50, 706, 20, "It costs nothing. You may"},
			{50, 682, 20, "leave us at all times."}}, column(50, 620, "We may end your account at once if you break these terms or",
			"do what is not allowed by the law of the land that you are", "in at the time."))},
			"# We keep little of you and nothing at all of your friends.\n\nIt costs nothing. You may leave us at " +
				"all times.\n\nWe may end your account at once if you break these terms or do what is not " +
				"allowed by the law of the land that you are in at the time.\n"},
		"items without marks": {[][]text{join(column(50, 700, "You may not do these things with it:"),
			column(70, 686, "copy all of it by a robot or a script;",
				"sell what others have written with it;", "give it to others."))},
			"You may not do these things with it:\n\ncopy all of it by a robot or a script;\n\nsell what " +
				"others have written with it;\n\ngive it to others.\n"},
	} {
		if got := readDrawn(t, c.pages...); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

// TestTurnedText: what stands across a page is a watermark; what runs up its side is read,
// after the rest; and a page that is turned as a whole is read as others are.
func TestTurnedText(t *testing.T) {
	turn := func(glyphs []glyph) []glyph { // to run up
		out := make([]glyph, len(glyphs))
		for i, g := range glyphs {
			out[i] = glyph{left: -g.top, right: -g.bottom, bottom: g.left, top: g.right, char: g.char, angle: 4.712}
		}
		return out
	}
	text, side := drawnAt(0, 0, 10, "the text"), drawnAt(0, 0, 10, "up")
	mark := drawnAt(0, 0, 40, "DRAFT")
	for i := range mark {
		mark[i].angle = 5.5
	}
	for name, c := range map[string]struct {
		glyphs []glyph
		want   []string
	}{
		"a watermark": {append(text, mark...), []string{"the text"}},
		"a side":      {append(text, turn(side)...), []string{"the text", "up"}},
		"a page":      {turn(text), []string{"the text"}},
	} {
		var got []string
		for _, sheet := range sheets(c.glyphs) {
			for _, l := range linesOf(sheet) {
				got = append(got, l.text())
			}
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
