package place_test

import (
	"slices"
	"testing"

	"fineprint/store/detect/place"
	"fineprint/store/text/clause"
)

func version(text string) *place.Version { return place.NewVersion(clause.Split(text)) }

const head = "# Quill\n\nYou and Quill agree on this.\n\n## Community\n\nAsk the others.\n\n## Latest threads\n\n"
const tail = "\n\n## About us\n\nQuill Ltd runs this site.\n\nWrite to us.\n\nWe are in York.\n\nBye.\n"

// index returns where in a text the clause with some words is.
func index(t *testing.T, text, words string) int {
	t.Helper()
	d := clause.Split(text)
	for i := range d.Clauses {
		if d.Visible(i) == words {
			return i
		}
	}
	t.Fatalf("no clause %q", words)
	return 0
}

func TestPlaceIsKnownAgainWhateverStandsThere(t *testing.T) {
	old, new := head+"* Ann: hello\n* Bob: hi"+tail, head+"* Ann: hello\n* Cem: hey"+tail
	i, j := index(t, old, "Bob: hi"), index(t, new, "Cem: hey")
	p := place.Of(version(old), version(new), i, 1, j, 1)
	if want := "under 'Latest threads', between 'Ann: hello' and 'About us'"; p.Words != want {
		t.Errorf("words are %q, want %q", p.Words, want)
	}
	for name, later := range map[string]string{
		"other content":      head + "* Ann: hello\n* Dot: good day" + tail,
		"neighbours gone":    head + "* Dot: good day" + tail,
		"distant parts":      "# Quill & Ink\n\nNew words.\n\n## Latest threads\n\n* Dot: good day" + tail,
		"typography":         head + "* Dot: good day\n\n**About us**\n\n### About  us:\n\nQuill Ltd runs this site!\n",
		"a new part between": head + "* Dot: good day\n\n## Shop" + tail,
	} {
		v := version(later)
		k := index(t, later, "Dot: good day")
		if !p.Holds(version(old), v, i, 1, k, 1) || !p.Holds(version(old), v, 0, 0, k, 1) ||
			!p.Holds(v, version(old), k, 1, 0, 0) {
			t.Errorf("%s: not at the place", name)
		}
	}
	for name, later := range map[string]string{
		"another part":     "Dot: good day\n\n" + head + "* Ann: hello" + tail,
		"after":            head + "* Ann: hello" + tail + "\nDot: good day\n",
		"other heading":    "# Quill\n\nAsk the others.\n\n## Rules\n\nDot: good day" + tail,
		"nothing left":     "# Terms\n\nDot: good day\n",
		"heading doubled":  head + "Dot: good day\n\n## Latest threads\n\nx" + tail,
		"the end is first": "# Quill\n\n## About us\n\nDot: good day\n\n## Latest threads\n\nAnn: hello\n",
	} {
		if p.Holds(version(old), version(later), 0, 0, index(t, later, "Dot: good day"), 1) {
			t.Errorf("%s: at the place", name)
		}
	}
	if p.Holds(version(old), version(new), 0, 0, 0, 0) {
		t.Error("nothing is at the place")
	}
	if p.Holds(version(old), version(new), 0, 1, j, 1) {
		t.Error("what is there on one side only is at the place")
	}
}

func TestPlaceOfWhatWasRemovedOrAdded(t *testing.T) {
	old, new := head+"* Ann: hello\n* Bob: hi"+tail, head+"* Ann: hello"+tail
	i := index(t, old, "Bob: hi")
	removed := place.Of(version(old), version(new), i, 1, 0, 0)
	added := place.Of(version(new), version(old), 0, 0, i, 1)
	if !slices.Equal(removed.Before, added.Before) || !slices.Equal(removed.After, added.After) ||
		removed.Under != added.Under || removed.Words != added.Words || len(removed.Before) != 4 {
		t.Errorf("removed %v, added %v", removed, added)
	}
}

func TestPlaceAtTheEndsOfAText(t *testing.T) {
	for _, c := range []struct{ old, new, words string }{
		{"one\n\nstay", "two\n\nstay", "before 'stay', at the beginning"},
		{"stay\n\none", "stay\n\ntwo", "after 'stay', at the end"},
		{"one", "two", "the whole text"},
		{"# One\n\na\n\nstay", "# Two\n\nb\n\nend", "the whole text"},
		{"# Stay\n\none\n\nend", "# Stay\n\ntwo\n\nend", "between 'Stay' and 'end'"},
		{"no\n\nno\n\none\n\nend", "no\n\nno\n\ntwo\n\nend", "before 'end', at the beginning"},
		{"a\n\none\n\nend", "two\n\na\n\nend", "before 'end', at the beginning"},
		{"A long sentence that is longer than a line\n\none", "A long sentence that is longer than a line\n\ntwo",
			"after 'A long sentence that is longer than a l…', at the end"},
	} {
		old, new := version(c.old), version(c.new)
		words := func(text string, of ...string) int {
			d := clause.Split(text)
			return slices.IndexFunc(d.Clauses, func(k clause.Clause) bool {
				return slices.Contains(of, text[k.Start:k.End])
			})
		}
		i, j := words(c.old, "one", "a"), words(c.new, "two", "b")
		if c.old[:2] == "a\n" {
			i = 1
		}
		p := place.Of(old, new, i, 1, j, 1)
		if p.Words != c.words {
			t.Errorf("%q: words are %q, want %q", c.new, p.Words, c.words)
		}
		if !p.Holds(old, new, i, 1, j, 1) {
			t.Errorf("%q: the clause isn't at its own place", c.new)
		}
	}
}

func TestSumIsOfLettersAndDigitsAndNeverChanges(t *testing.T) {
	if a, b := place.SumOf("“Fees”, 5 EUR"), place.SumOf("fees 5 eur!"); a != b || a != 0x164bedaa03ff24ce {
		t.Errorf("sums are %#x and %#x", a, b)
	}
	if place.SumOf("— ·") != 0 {
		t.Error("what has no words has a sum")
	}
	if place.SumOf("fees 5 eur") == place.SumOf("fees 6 eur") {
		t.Error("other words have the same sum")
	}
}

func TestSharedIsWhatAllVersionsHaveInTheSameOrder(t *testing.T) {
	got := place.Shared([][]int{
		{9, 1, 2, 0, 3, 4, 4, 5, 6},
		{1, 0, 3, 2, 4, 5, 7, 9, 6},
		{1, 2, 3, 3, 4, 5, 8, 9, 6},
	})
	want := [][]int{{1, 2, 7, 8}, {0, 3, 5, 8}, {0, 1, 5, 8}}
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for k := range want {
		if !slices.Equal(got[k], want[k]) {
			t.Errorf("version %d: %v, want %v", k, got[k], want[k])
		}
	}
	if place.Shared[int](nil) != nil {
		t.Error("no versions share something")
	}
}

func FuzzAChangeIsAtItsOwnPlace(f *testing.F) {
	f.Add("a\n\nb\n\nc", "a\n\nx\n\nc")
	f.Add("# H\n\n* a\n* b", "# H\n\n* b\n* c\n* a")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, new := clause.Split(a), clause.Split(b)
		if len(old.Clauses) > 200 || len(new.Clauses) > 200 {
			return
		}
		x, y := place.NewVersion(old), place.NewVersion(new)
		for _, p := range clause.Align(old, new).Differing() {
			if p.Moved {
				continue
			}
			at := place.Of(x, y, p.Old, p.OldN, p.New, p.NewN)
			if !at.Holds(x, y, p.Old, p.OldN, p.New, p.NewN) {
				t.Fatalf("%v is not at %v", p, at)
			}
		}
	})
}
