package clause

import (
	"reflect"
	"strings"
	"testing"
)

// FuzzSplit: split and joined is the text, and what is between clauses is
// white space.
func FuzzSplit(f *testing.F) {
	f.Add(besideText)
	f.Add("a\tb\r\n\n>> c\n>\n> d\n\n    code\n- - -\n* * *\n| x |\n|--|\n")
	f.Fuzz(func(t *testing.T, text string) {
		d := Split(text)
		if d.Join() != text {
			t.Fatal("joined it is another text")
		}
		at := 0
		for i, c := range d.Clauses {
			if c.Start < at || c.End <= c.Start || c.End > len(text) {
				t.Fatalf("clause %d is %+v, after %d", i, c.ByteRange, at)
			}
			if strings.TrimSpace(text[at:c.Start]) != "" {
				t.Fatalf("in no clause: %q", text[at:c.Start])
			}
			if int(c.Under) >= i || int(c.Lead) >= i {
				t.Fatalf("clause %d is led in by a later one: %+v", i, c)
			}
			at = c.End
		}
		if strings.TrimSpace(text[at:]) != "" {
			t.Fatalf("in no clause: %q", text[at:])
		}
	})
}

// FuzzAlign: every clause of both sides is in exactly one pair, those that are
// reported identical are, and the same texts give the same alignment.
func FuzzAlign(f *testing.F) {
	f.Add(besideText, strings.Replace(besideText, "Prose here.\n\n", "", 1)+"\n\nProse here.\n")
	f.Add("One two three four five. Six seven eight nine ten.\n",
		"One two three four five.\n\nSix seven eight nine eleven.\n")
	f.Add(strings.Repeat("* the same item again\n", 9), strings.Repeat("* the same item again\n", 7)+"* another\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		a, b := Split(old), Split(new)
		alignment := Align(a, b)
		pairs := alignment.Pairs()
		if again := Align(Split(old), Split(new)).Pairs(); !reflect.DeepEqual(pairs, again) {
			t.Fatal("aligned again it is another alignment")
		}
		olds, news := make([]int, len(a.Clauses)), make([]int, len(b.Clauses))
		for _, p := range pairs {
			if (p.Old == None) != (p.OldN == 0) || (p.New == None) != (p.NewN == 0) || p.OldN+p.NewN == 0 {
				t.Fatalf("a pair of nothing: %+v", p)
			}
			for k := range p.OldN {
				olds[p.Old+k]++
			}
			for k := range p.NewN {
				news[p.New+k]++
			}
		}
		for i, n := range olds {
			if n != 1 {
				t.Fatalf("old clause %d is in %d pairs: %+v", i, n, pairs)
			}
		}
		unchanged := Unchanged(Split(old), Split(new))
		for j, n := range news {
			if unchanged.Identical(j) != alignment.Identical(j) {
				t.Fatalf("new clause %d is what %d was, aligned %d", j, unchanged.Identical(j), alignment.Identical(j))
			}
			if n != 1 {
				t.Fatalf("new clause %d is in %d pairs: %+v", j, n, pairs)
			}
			if i := alignment.Identical(j); i != None && a.Words(i) != b.Words(j) {
				t.Fatalf("%q is said to be %q", b.Words(j), a.Words(i))
			}
		}
	})
}
