package search_test

import (
	"fmt"
	"testing"
	"time"

	"fineprint/store/insight/search"
)

func ExampleParse() {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, typed := range []string{`arbitration "class action"`, "a or b -c", "platfrom:zoom x", "-small", "or x", "in:now"} {
		q, err := search.Parse(typed, now)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(q)
	}
	// Output:
	// "arbitration" "class action"
	// "a" or "b" -"c"
	// invalid input: "platfrom" is not a field; did you mean platform?
	// invalid input: the query only leaves out; say also what to look for
	// invalid input: "or" stands between two terms; write "or" in quotes to look for the word
	// invalid input: in: takes current, past or all, not "now"
}

// FuzzAQueryIsWrittenSoThatItReadsTheSame: a query is refused, or written out it reads the same.
func FuzzAQueryIsWrittenSoThatItReadsTheSame(f *testing.F) {
	for _, s := range []string{`a "b c"* -d`, "(a or b) c", `plat:x,"y z" in:all a`, `\" "\\`, "微信 opt-out -(a b)", "--a", "since:90d *"} {
		f.Add(s)
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = search.Typing(s, now)
		q, err := search.Parse(s, now)
		if err != nil {
			return
		}
		once := q.String()
		again, err := search.Parse(once, now)
		if err != nil {
			t.Fatalf("%q: %q: %v", s, once, err)
		}
		if twice := again.String(); twice != once {
			t.Errorf("%q: %q, then %q", s, once, twice)
		}
	})
}
