package redlineview

import (
	"fmt"
	"slices"
	"testing"

	"fineprint/store/model"
	"fineprint/tui/theme"
)

// TestOutlineCountsBySection: the outline has every heading above a change once, nested,
// with what changed right under it, and knows where each item is.
func TestOutlineCountsBySection(t *testing.T) {
	d := clauses("one", "two", "three", "four")
	for i, path := range [][]string{{"Terms", "1 Use"}, {"Terms", "1 Use", "1.1 Age"}, {"Terms", "1 Use", "1.1 Age"},
		{"Terms", "2 End\x1b[31m"}} {
		d.Change.Clauses[i].Heading = path
	}
	d.Change.Clauses[1].Kind, d.Change.Clauses[2].Material = model.Modified, false
	const title = "# Terms\n\n"
	d.NewText = title + d.NewText
	for _, c := range d.Change.Clauses {
		c.New.Start, c.New.End = c.New.Start+len(title), c.New.End+len(title)
	}
	l := New(d)
	var got []string
	for _, s := range l.Outline() {
		got = append(got, fmt.Sprintf("%d %s: item %d, %d changes +%d -%d ~%d, %d noise", s.Depth, s.Title, s.Item,
			s.Changes, s.Added, s.Removed, s.Modified, s.Noise))
	}
	want := []string{
		"0 1 Use: item 1, 1 changes +1 -0 ~0, 0 noise",
		"1 1.1 Age: item 2, 1 changes +0 -0 ~1, 1 noise",
		"0 2 End<U+001B>[31m: item 4, 1 changes +1 -0 ~0, 0 noise",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for item, section := range []int{-1, 0, 1, 1, 2} {
		if at := l.SectionOf(item); at != section {
			t.Errorf("item %d is in section %d, not %d", item, at, section)
		}
	}
	if at := New(model.ChangeDetail{}).SectionOf(0); at != -1 {
		t.Errorf("a change without clauses has section %d", at)
	}
}

// TestHeatTellsWhatChangedWhere: each change is in the cell of its rows.
func TestHeatTellsWhatChangedWhere(t *testing.T) {
	d := clauses("one", "two")
	d.Change.Clauses[1].Heading = []string{"Other"}
	d.Change.Clauses[1].Kind, d.Change.Clauses[1].Material = model.Modified, false
	rows := Build(d, Options{Width: 80, Theme: theme.New(true, false)})
	var got []HeatCell
	for _, c := range Heat(rows, 40) {
		if c != (HeatCell{}) {
			got = append(got, c)
		}
	}
	if want := []HeatCell{{Added: true}, {Noise: true}}; !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := Heat(rows, 1); got[0] != (HeatCell{Added: true, Noise: true}) {
		t.Errorf("in one cell: %+v", got)
	}
	if got := Heat(nil, 3); len(got) != 3 {
		t.Errorf("of nothing: %+v", got)
	}
}
