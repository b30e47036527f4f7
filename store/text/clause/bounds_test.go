package clause

import (
	"reflect"
	"strings"
	"testing"
)

// TestMoreThanMaxClausesAreOne: what comes after so many clauses is one, of all its
// bytes, and is read the same beside the version before.
func TestMoreThanMaxClausesAreOne(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("# x\n", n) }
	for _, text := range []string{lines(MaxClauses) + "\n\n the **rest**\n\n* of it\n ", lines(MaxClauses) + "# y",
		lines(MaxClauses-1) + "one line\nand the next, which would go on\n", strings.Repeat("* x\n", MaxClauses+7)} {
		d := Split(text)
		if n := len(d.Clauses); n != MaxClauses+1 || !d.Rest(n-1) || d.Rest(n-2) || d.Join() != text ||
			d.Clauses[n-1].End != len(strings.TrimRight(text, "\n ")) {
			t.Fatalf("%d clauses, the last of which is %q", n, d.Words(n-1))
		}
	}
	if d := Split(lines(MaxClauses) + "\n \n"); len(d.Clauses) != MaxClauses || d.Rest(MaxClauses-1) {
		t.Errorf("%d clauses of as many as may be", len(d.Clauses))
	}
	const tail = "Prose here.\n\nMore of it,\nin two lines"
	for n := MaxClauses - 4; n < MaxClauses+2; n++ {
		for m := MaxClauses - 4; m < MaxClauses+2; m++ {
			old, new := Split(lines(n)+tail), lines(m)+tail
			if got, want := SplitBeside(old, new), Split(new); !reflect.DeepEqual(got.Clauses, want.Clauses) {
				t.Fatalf("%d lines beside %d: other clauses than by themselves", m, n)
			}
		}
	}
}

// TestDeepListsCostNoMore: a line that goes on with a paragraph is not held against every
// list around it.
func TestDeepListsCostNoMore(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		b.WriteString(strings.Repeat("\t", i) + "- x\n")
	}
	d := Split(b.String() + "lazy\n")
	if n := len(d.Clauses); n != 300 || d.Words(299) != "- x\nlazy" || d.Clauses[299].Lead != 298 {
		t.Errorf("%d clauses, the last of which is %q", n, d.Words(n-1))
	}
}
