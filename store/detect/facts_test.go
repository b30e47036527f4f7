package detect

import (
	"strings"
	"testing"
	"time"

	"fineprint/store/detect/order"
	"fineprint/store/text/clause"
)

// names of the features that are tested, by where they are.
func feature(t *testing.T, r Result, name string) uint8 {
	t.Helper()
	if r.Features == nil {
		t.Fatalf("no features: %+v", r)
	}
	for i, n := range order.Names() {
		if n == name {
			return r.Features[i]
		}
	}
	t.Fatalf("no feature is called %q", name)
	return 0
}

// page is a document of some days' captures with a date line, a list and a rule.
func page(date, rule string, items ...string) string {
	list := ""
	if len(items) > 0 {
		list = "* " + strings.Join(items, "\n* ") + "\n\n"
	}
	return "# Terms\n\nLast updated: " + date + "\n\n" + list + "## Loans\n\nYou borrow books from us at your own cost.\n\n" +
		strings.Repeat("The reading room is open to all of you on every day of the week.\n\n", 8) + rule + "\n"
}

const mustReturn = "You must return each book that you borrow within the time we agreed on."

func day(n int) time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// seen is what the last of some texts changed, captured on some days.
func seen(days []int, texts ...string) Result {
	var h History
	var r Result
	for i, text := range texts {
		if i == 0 {
			h.Start(1, day(days[0]), text)
			continue
		}
		r = h.Assess(day(days[i]), text, false, nil)
		h.Advance(i+1, day(days[i]))
	}
	return r
}

func TestFeaturesAreOfTheChange(t *testing.T) {
	old := page("1 January 2026", mustReturn)
	for name, c := range map[string]struct {
		new  string
		want uint8
	}{
		"weighty":        {page("1 January 2026", strings.Replace(mustReturn, "must", "may", 1)), 1},
		"date line":      {page("9 March 2026", strings.Replace(mustReturn, "time", "days", 1)), 1},
		"resized":        {old + strings.Repeat("Our cellar keeps further volumes, which nobody borrows.\n\n", 30), 1},
		"modified share": {page("1 January 2026", strings.Replace(mustReturn, "time", "days", 1)), 255},
		"material share": {page("9 March 2026", strings.Replace(mustReturn, "time", "days", 1)), 128},
		"heading depth":  {page("1 January 2026", strings.Replace(mustReturn, "time", "days", 1)), 64},
		"at head":        {strings.Replace(old, "# Terms\n", "# Terms of the library\n", 1), 255},
		"removed":        {page("1 January 2026", ""), 22},
	} {
		if got := feature(t, seen([]int{0, 1}, old, c.new), name); got != c.want {
			t.Errorf("%s is %d, want %d", name, got, c.want)
		}
	}
	reworded := seen([]int{0, 1}, old, page("1 January 2026", strings.Replace(mustReturn, "time", "days", 1)))
	for _, name := range []string{"weighty", "date line", "resized", "at head", "removed", "returns"} {
		if got := feature(t, reworded, name); got != 0 {
			t.Errorf("a reworded sentence: %s is %d", name, got)
		}
	}
}

func TestFeaturesLookBack(t *testing.T) {
	rule := func(word string) string { return page("1 January 2026", strings.Replace(mustReturn, "time", word, 1)) }
	seldom := seen([]int{0, 100}, rule("time"), rule("days"))
	often := seen([]int{0, 3, 6, 9}, rule("time"), rule("days"), rule("weeks"), rule("months"))
	if a, b := feature(t, seldom, "recent"), feature(t, often, "recent"); a != 0 || b != 3 {
		t.Errorf("versions in 30 days: %d and %d, want 0 and 3", a, b)
	}
	if a, b := feature(t, seldom, "days"), feature(t, often, "days"); a <= b {
		t.Errorf("what had stood 100 days is %d, what stood 3 days %d", a, b)
	}
	if got := feature(t, seen([]int{0, 3, 6}, rule("time"), rule("days"), rule("weeks")), "returns"); got != 0 {
		t.Error("new words are called a return")
	}
}

// TestChangedPlacesThatWereSoBeforeReturn: one place goes back while another, which
// no rule looks at, is new.
func TestChangedPlacesThatWereSoBeforeReturn(t *testing.T) {
	text := func(word, date string) string { return page(date, strings.Replace(mustReturn, "time", word, 1)) }
	var h History
	h.Start(1, day(0), text("time", "1 January 2026"))
	h.Assess(day(40), text("days", "10 February 2026"), false, nil)
	h.Advance(2, day(40))
	back := text("time", "1 January 2026") + "\nWe lend maps too, and ask nobody for them.\n"
	c := newComparison(h.good, clause.Split(back))
	h.next = c.New
	h.nextSums, _ = h.summed(c.New, nil)
	r, pairs := c.result()
	if h.repeats(&r, pairs) {
		t.Error("a new sentence is called a return")
	}
	again := text("time", "3 March 2026")
	c = newComparison(h.good, clause.Split(again))
	h.next = c.New
	h.nextSums, _ = h.summed(c.New, nil)
	r, pairs = c.result()
	if !h.repeats(&r, pairs) {
		t.Error("what went back to an earlier version is not called a return")
	}
}

func TestWithoutATimeTheAgeIsUnknown(t *testing.T) {
	var h History
	h.Start(1, time.Time{}, page("1 January 2026", mustReturn))
	r := h.Assess(time.Time{}, page("1 January 2026", strings.Replace(mustReturn, "time", "days", 1)), false, nil)
	week := seen([]int{0, 7}, page("1 January 2026", mustReturn),
		page("1 January 2026", strings.Replace(mustReturn, "time", "days", 1)))
	if feature(t, r, "days") != feature(t, week, "days") || feature(t, r, "recent") != 0 {
		t.Errorf("features %v", r.Features)
	}
}

func TestOnlyMaterialChangesHaveFeatures(t *testing.T) {
	r := seen([]int{0, 1}, page("1 January 2026", mustReturn), page("2 January 2026", mustReturn))
	if r.Material || r.Features != nil {
		t.Errorf("a new date line: %+v", r)
	}
	r = Compare(page("1 January 2026", mustReturn), page("1 January 2026", ""))
	if feature(t, r, "recent") != 0 || feature(t, r, "returns") != 0 {
		t.Errorf("without a history: %+v", r)
	}
}
