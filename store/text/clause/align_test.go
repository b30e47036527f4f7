package clause

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// paragraphs makes a text of them; parts are separated by |.
func paragraphs(parts string) string { return strings.ReplaceAll(parts, "|", "\n\n") + "\n" }

// changes writes what differs between two texts, whose clauses count from 1:
// "-2" removed, "+3" added, "2~3" modified, "2=3" the same words, "2>3" moved,
// "2~3,4" split, "2,3~4" joined.
func changes(old, new string) string {
	var out []string
	side := func(at, n int) string {
		s := fmt.Sprint(at + 1)
		for k := 1; k < n; k++ {
			s += fmt.Sprint(",", at+1+k)
		}
		return s
	}
	for _, p := range Align(Split(old), Split(new)).Differing() {
		sign := "~"
		switch {
		case p.Old == None:
			out = append(out, "+"+side(p.New, p.NewN))
			continue
		case p.New == None:
			out = append(out, "-"+side(p.Old, p.OldN))
			continue
		case p.Moved:
			sign = ">"
		case p.SameWords:
			sign = "="
		}
		out = append(out, side(p.Old, p.OldN)+sign+side(p.New, p.NewN))
	}
	return strings.Join(out, " ")
}

const (
	sell    = "We do not sell the personal data of our users to anybody."
	keep    = "Whatever you upload is kept for thirty days after your account is closed."
	court   = "Disputes between you and us go to the courts of Dublin and to no others."
	pay     = "The price is due in advance, on the first of each month, without deduction."
	minor   = "Nobody below the age of sixteen may open an account or use one."
	respect = "Treat all other members of the community with courtesy and respect."
)

func TestAlignFindsEveryKindOfChange(t *testing.T) {
	all := strings.Join([]string{sell, keep, court, pay}, "|")
	for _, c := range []struct{ name, old, new, want string }{
		{"the same", all, all, ""},
		{"added", sell + "|" + keep, sell + "|" + court + "|" + keep, "+2"},
		{"removed", sell + "|" + court + "|" + keep, sell + "|" + keep, "-2"},
		{"all of it removed", sell, "", "-1"},
		{"modified", all, strings.Replace(all, "thirty", "sixty", 1), "2~2"},
		{"the same words", all, strings.Replace(all, "thirty", "**thirty**", 1), "2=2"},
		{"other words", sell + "|" + keep + "|" + pay, sell + "|" + court + "|" + pay, "+2 -2"},
		{"moved", all, strings.Join([]string{keep, court, pay, sell}, "|"), "1>4"},
		{"moved and edited", strings.Join([]string{sell, keep, court, pay, minor}, "|"),
			strings.Join([]string{keep, court, pay, minor, strings.Replace(sell, "anybody", "others", 1)}, "|"), "1>5"},
		{"moved and edited beyond knowing", strings.Join([]string{sell, keep, court}, "|"),
			strings.Join([]string{keep, court, "We sell what is ours to anybody who asks for it."}, "|"), "-1 +3"},
		{"split", sell + " " + keep, sell + "|" + keep, "1~1,2"},
		{"joined", sell + "|" + keep + "|" + court, sell + "|" + keep + " " + court, "2,3~2"},
		{"split in three", sell + " " + keep + " " + court, sell + "|" + keep + "|" + court, "1~1,2,3"},
		{"split and edited", sell + " " + keep + "|" + pay, strings.Replace(sell, "anybody", "others", 1) + "|" +
			strings.Replace(keep, "thirty", "sixty", 1) + "|" + pay, "1~1,2"},
		{"joined and edited", sell + "|" + keep + "|" + pay, strings.Replace(sell, "anybody", "others", 1) + " " +
			strings.Replace(keep, "thirty", "sixty", 1) + "|" + pay, "1,2~1"},
		{"repeated, one fewer", strings.Repeat(sell+"|", 3) + keep, strings.Repeat(sell+"|", 2) + keep, "-3"},
		{"repeated between", "a b|" + strings.Repeat(sell+"|"+keep+"|", 3) + "c d", "x y|" +
			strings.Repeat(keep+"|"+sell+"|", 3) + "z", "+1 -1 2>7 +8 -8"},
		{"items of a list in another order", "* one\n* two\n* three\n", "* three\n* one\n* two\n", "3>1"},
		{"a heading moved with its clause", "# Terms|## First|" + sell + "|## Second|" + keep, "# Terms|## Second|" + keep +
			"|## First|" + sell, "2>4 3>5"},
		{"Chinese", "我们不会出售您的个人数据给任何人|其他内容在这里",
			"我们不会出售您的个人信息给任何人|其他内容在这里", "1~1"},
	} {
		if got := changes(paragraphs(c.old), paragraphs(c.new)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNeighbourIsTakenInWhereThePairGainsByIt(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"half of its words are of the other", "a b c d e f g h i j k l m n o p q r s t",
			"a b c d e f g h x j|k l m n o y1 y2 y3 y4 y5", "1~1 +2"},
		{"most of its words are of the other", "a b c d e f g h i j k l m n o p q r s t",
			"a b c d e f g h x j|k l m n o p q r y4 y5", "1~1,2"},
		{"a few words of many", sell + " " + keep + " " + court,
			strings.Replace(sell+" "+keep+" "+court, "Dublin", "Cork", 1) + "|of the", "1~1 +2"},
		{"two words of very many", sell + " " + keep + " " + court + " omega sigma|" + pay,
			strings.Replace(sell+" "+keep+" "+court, "Dublin", "Cork", 1) + "|omega sigma|" + pay, "1~1 +2"},
		{"before it", keep + " " + sell + "|" + pay, strings.Replace(keep, "thirty", "sixty", 1) + "|" +
			strings.Replace(sell, "anybody", "others", 1) + "|" + pay, "1~1,2"},
		{"an old one after", keep + "|" + sell + "|" + pay, strings.Replace(keep, "thirty", "sixty", 1) + " and " + sell +
			"|" + pay, "1,2~1"},
		{"beside what is identical", sell + "|" + pay, sell + "|We do not sell data.|" + pay, "+2"},
	} {
		if got := changes(paragraphs(c.old), paragraphs(c.new)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestMovedClauseIsKnownAgain: what left its place and is elsewhere is one
// clause where enough of it is the same.
func TestMovedClauseIsKnownAgain(t *testing.T) {
	between := "|" + strings.Join([]string{keep, court, pay, minor}, "|") + "|"
	for _, c := range []struct{ name, old, new, want string }{
		{"half of its words", "# A|" + sell + between, "# A" + between +
			"We do not sell the personal belongings that guests leave behind.", "-2 +6"},
		{"most of its words", "# A|" + sell + between, "# A" + between +
			"We do not sell the personal data of our guests to anybody.", "2>6"},
		{"two alike to choose from", "# A|" + sell + between, "# A" + between +
			strings.Replace(sell, "users", "guests", 1) + "|" +
			strings.Replace(sell, "users", "members", 1), "-2 +6 +7"},
		{"few words, edited", "# A|Write to us in Dublin today." + between, "# A" + between + "Write to us in Cork today.",
			"-2 +6"},
		{"few words, under another heading", "# A|Write to us in Dublin." + between + "# B", "# A" + between +
			"# B|Write to us in Dublin.", "2>7"},
		{"very few words, under another heading", "# A|Yes, we do." + between + "# B", "# A" + between + "# B|Yes, we do.",
			"-2 +7"},
		{"rather itself elsewhere than another like it", "# A|" + sell + between, "# A|" +
			strings.Replace(sell, "users", "guests", 1) +
			between + sell, "+2 2>7"},
	} {
		if got := changes(paragraphs(c.old), paragraphs(c.new)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHeadingIsRatherPairedWithAHeading(t *testing.T) {
	for old, want := range map[string]string{
		"alpha beta gamma delta":   "+1 -1",
		"# alpha beta gamma delta": "1~1",
	} {
		if got := changes(old, "# alpha beta epsilon zeta"); got != want {
			t.Errorf("%q: %q, want %q", old, got, want)
		}
	}
	if got := changes("alpha beta gamma delta", "# alpha beta gamma epsilon"); got != "1~1" {
		t.Errorf("with most words: %q", got)
	}
}

// TestLongClausesWithLittleInCommonAreTwo: of long clauses only a part of the words
// is looked at first.
func TestLongClausesWithLittleInCommonAreTwo(t *testing.T) {
	long := func(prefix string) string { return strings.Join(many(prefix, 20), " ") }
	if got := changes(long("x")+" and some more", long("y")+" and some more"); got != "+1 -1" {
		t.Errorf("long ones: %q", got)
	}
	if got := changes(long("x")+" and some more", long("x")+" and no more"); got != "1~1" {
		t.Errorf("nearly the same: %q", got)
	}
	if got := changes(long("x"), long("x")+" "+long("y")+" "+long("z")); got != "1~1" {
		t.Errorf("much was added: %q", got)
	}
}

// many makes so many clauses, each of words that no other has.
func many(prefix string, n int) []string {
	list := make([]string, n)
	for i := range list {
		var words []string
		for k := range 9 {
			words = append(words, fmt.Sprintf("%s%c%c%c", prefix, 'a'+i%26, 'a'+i/26, 'a'+k))
		}
		list[i] = strings.Join(words, " ")
	}
	return list
}

// TestLargeGapIsCut: where too many clauses changed to compare all with all, they
// are cut at headings, and what changed little is still found.
func TestLargeGapIsCut(t *testing.T) {
	edit := func(list []string) []string {
		out := slices.Clone(list)
		for i := range out {
			out[i] += " edited"
		}
		return out
	}
	n := 140
	if n*2*n*2 <= maxCells {
		t.Fatal("the gap is not large")
	}
	first, second := many("x", n), many("y", n)
	old := strings.Join(slices.Concat(first, []string{"# 2. Second part"}, second), "\n\n")
	new := strings.Join(slices.Concat(edit(first), []string{"# 3. Second part"}, edit(second)), "\n\n")
	modified := 0
	for _, p := range Align(Split(old), Split(new)).Differing() {
		if p.Old != None && p.New == p.Old && !p.Moved {
			modified++
		}
	}
	if modified != 2*n+1 {
		t.Errorf("%d of %d clauses are found again", modified, 2*n+1)
	}
	// Without a heading it is cut in the middle.
	old, new = strings.Join(slices.Concat(first, second), "\n\n"), strings.Join(edit(slices.Concat(first, second)), "\n\n")
	if got := len(Align(Split(old), Split(new)).Differing()); got != 2*n {
		t.Errorf("%d clauses differ, want %d", got, 2*n)
	}
	// One against very many is not compared at all.
	if got := changes(strings.Join(many("x", 1), ""), strings.Join(many("z", maxCells+1), "\n\n")); !strings.HasSuffix(got,
		"-1") {
		t.Errorf("one against many ends in %q", got[len(got)-20:])
	}
}

func TestAlignmentKnowsPartners(t *testing.T) {
	old := "# Terms\n\n" + sell + "\n\n" + keep + "\n\n* one thing\n* another thing\n"
	new := "# Terms\n\n" + sell + "\n\n" + strings.Replace(keep, "thirty", "**sixty**", 1) +
		"\n\n* another thing\n\n## Part\n\n* one thing\n"
	d, e := Split(old), Split(new)
	a := Align(d, e)
	if a.Partner(1) != 1 || a.Identical(1) != 1 || a.Partner(2) != 2 || a.Identical(2) != None {
		t.Errorf("partners %d, %d; identical %d, %d", a.Partner(1), a.Partner(2), a.Identical(1), a.Identical(2))
	}
	if d.Visible(2) != keep || e.Visible(2) != strings.Replace(keep, "thirty", "sixty", 1) || d.Visible(1) != sell {
		t.Errorf("the visible words are %q, %q, %q", d.Visible(2), e.Visible(2), d.Visible(1))
	}
	if !a.SamePlace(2, 2) || a.SamePlace(3, 5) {
		t.Errorf("the same place: %t, %t", a.SamePlace(2, 2), a.SamePlace(3, 5))
	}
	if all := a.Pairs(); len(all) < len(d.Clauses) {
		t.Errorf("%d pairs of %d and %d clauses", len(all), len(d.Clauses), len(e.Clauses))
	}
	if got := e.HeadingPath(5); !slices.Equal(got, []string{"Terms", "Part"}) {
		t.Errorf("the path is %q", got)
	}
	if got := d.HeadingPath(0); got == nil || len(got) != 0 {
		t.Errorf("the path of the first heading is %#v", got)
	}
}

func TestHeadingThatMovedUnderAnotherIsKnownAgain(t *testing.T) {
	old := "# Alpha|## Late payment|" + pay + "|" + minor + "|# Omega|" + court
	for _, c := range []struct{ name, heading, want string }{
		{"as a heading", "## Late payment", "2>5 3>6"},
		{"as a paragraph", "Late payment", "-2 +5 3>6"},
	} {
		text := "# Alpha|" + minor + "|# Omega|" + court + "|" + c.heading + "|" + pay
		if got := changes(paragraphs(old), paragraphs(text)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestLargeGapIsCutAtTheHeadingNearestToItsMiddle, not at a paragraph with its
// words.
func TestLargeGapIsCutAtTheHeadingNearestToItsMiddle(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		i, j           int
	}{
		{"paragraphs with its words", "a|b|c|d|Fees|# 2. Fees|e|f", "g|h|# 3. Fees|i|j|k|Fees", 5, 2},
		{"first of two", "a|b|# Fees|c|d|e|f|# Rights", "g|# Fees|h|i|# Rights|k", 2, 1},
		{"far from it", "a|# Fees|b|c|d|e|f|g", "h|i|j|k|l|# Fees", 1, 5},
		{"none", "a|b|c|d|e|f|g|h", "i|j|k|l|m|n", 4, 3},
		{"other words", "a|b|c|# Fees|d|e|f|g", "i|# Rights|k|l|m|n", 4, 3},
	} {
		a := &aligner{&workspace{}, &Alignment{old: Split(paragraphs(c.old)), new: Split(paragraphs(c.new))}}
		a.reset()
		for i := range a.old.Clauses {
			a.oldKey[i] = keyOf(a.old.Visible(i))
		}
		for j := range a.new.Clauses {
			a.newKey[j] = keyOf(a.new.Visible(j))
		}
		i, j := a.middle(span{0, len(a.old.Clauses), 0, len(a.new.Clauses)})
		if i != c.i || j != c.j {
			t.Errorf("%s: cut at %d and %d, want %d and %d", c.name, i, j, c.i, c.j)
		}
	}
}
