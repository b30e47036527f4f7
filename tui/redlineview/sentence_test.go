package redlineview

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/theme"
)

// sentences makes a text of so many numbered sentences, of which those listed are of
// other words.
func sentences(n int, other ...int) string {
	var b strings.Builder
	for i := range n {
		what := "stays"
		for _, k := range other {
			if k == i {
				what = "changed"
			}
		}
		fmt.Fprintf(&b, "Sentence%d of this clause %s as it was. ", i, what)
	}
	return strings.TrimSpace(b.String())
}

// TestUnchangedSentencesAreFolded to one on each side of an edit, in one column and two,
// and unfolded one by one and all together.
func TestUnchangedSentencesAreFolded(t *testing.T) {
	for _, width := range []int{80, 160} {
		l := New(change(model.Modified, sentences(12), sentences(12, 5)))
		o := Options{Width: width, Theme: theme.New(true, false)}
		draw := func() (string, int) {
			text, fold := "", -1
			for i, r := range l.Build(o) {
				text += ansi.Strip(r.Text(o, false, nil)) + "\n"
				if r.Folded {
					fold = i
				}
			}
			return text, fold
		}
		text, last := draw()
		for i := range 12 {
			if shown := strings.Contains(text, fmt.Sprintf("Sentence%d ", i)); shown != (4 <= i && i <= 6) {
				t.Errorf("at %d sentence %d is shown: %v\n%s", width, i, shown, text)
			}
		}
		if !strings.Contains(text, "  … 4 unchanged sentences\n") || !strings.Contains(text, "  … 5 unchanged sentences\n") {
			t.Errorf("at %d:\n%s", width, text)
		}
		l.Toggle(l.Build(o)[last], &o)
		text, _ = draw()
		if !strings.Contains(text, "Sentence11 ") || strings.Contains(text, "Sentence0 ") {
			t.Errorf("at %d the last fold opened:\n%s", width, text)
		}
		rows := l.Build(o)
		l.Toggle(rows[len(rows)-2], &o)
		if again, _ := draw(); strings.Contains(again, "Sentence11 ") {
			t.Errorf("at %d the last fold is not shut again:\n%s", width, again)
		}
		o.Unchanged, o.Toggled = true, nil
		if text, fold := draw(); fold >= 0 || !strings.Contains(text, "Sentence0 ") {
			t.Errorf("at %d all unfolded:\n%s", width, text)
		}
		o.Unchanged = false
		place := Place{Item: 0, Pos: strings.Index(l.d.NewText, "Sentence9")}
		l.Reveal(place, &o)
		if text, _ := draw(); !strings.Contains(text, "Sentence9 ") {
			t.Errorf("at %d what was found is still folded:\n%s", width, text)
		}
	}
}

var foldCount = regexp.MustCompile(`… (\d+) unchanged`)

// TestFoldsHideOnlyWhatStays: whatever is folded, every changed word is in sight, the folds
// count what they hide, and opened there is everything.
func TestFoldsHideOnlyWhatStays(t *testing.T) {
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 17))
		n := 3 + r.IntN(40)
		var other []int
		for range 1 + r.IntN(4) {
			other = append(other, r.IntN(n))
		}
		old, new := sentences(n), sentences(n, other...)
		if r.IntN(3) == 0 {
			new += " " + strings.TrimSpace(strings.Repeat("A long end without a stop ", 40)) + "."
		}
		l := New(change(model.Modified, old, new))
		o := Options{Width: 50 + r.IntN(120), Zoom: Zoom(r.IntN(2)), Theme: theme.New(true, false)}
		shown, hidden := "", 0
		for _, row := range l.Build(o) {
			text := ansi.Strip(row.Text(o, true, nil))
			if w := ansi.StringWidth(text); w > o.Width {
				t.Fatalf("seed %d: %d wide, %d asked for", seed, w, o.Width)
			}
			if m := foldCount.FindStringSubmatch(text); m != nil {
				k, _ := strconv.Atoi(m[1])
				hidden += k
			}
			shown += text + " "
		}
		if got := strings.Count(shown, "changed "); got < len(uniq(other)) {
			t.Errorf("seed %d: %d of %d changed words are in sight:\n%s", seed, got, len(uniq(other)), shown)
		}
		in := 0
		for i := range n {
			if strings.Contains(shown, fmt.Sprintf("Sentence%d ", i)) {
				in++
			}
		}
		if in+hidden != n {
			t.Errorf("seed %d: %d sentences are in sight and %d are counted, of %d:\n%s", seed, in, hidden, n, shown)
		}
		rebuilt(t, old, new, o)
	}
}

func uniq(list []int) map[int]bool {
	out := map[int]bool{}
	for _, i := range list {
		out[i] = true
	}
	return out
}

// TestLongSentencesAreFoldedInside: of a sentence as long as a document the one word that
// changed is shown with the words around it.
func TestLongSentencesAreFoldedInside(t *testing.T) {
	words := strings.Fields(strings.Repeat("and so it goes on with words ", 2000))
	old := strings.Join(words, " ")
	words[len(words)/2] = "otherwise"
	l := New(change(model.Modified, old, strings.Join(words, " ")))
	for _, width := range []int{80, 160} {
		o := Options{Width: width, Theme: theme.New(true, false)}
		rows := l.Build(o)
		text := ""
		for _, r := range rows {
			text += ansi.Strip(r.Text(o, false, nil)) + "\n"
		}
		if len(rows) > 20 || !strings.Contains(text, "otherwise") || strings.Count(text, "unchanged words") != 2 {
			t.Errorf("at %d: %d rows:\n%.2000s", width, len(rows), text)
		}
	}
	rebuilt(t, old, strings.Join(words, " "), Options{Width: 90, Theme: theme.New(true, false)})
}

// TestSameEditsAreOneStop: one name for another wherever it stands, but a number only where
// the whole clause is the same.
func TestSameEditsAreOneStop(t *testing.T) {
	var d model.ChangeDetail
	add := func(old, new string) {
		c := model.ClauseChange{Kind: model.Modified, Material: true, Heading: []string{fmt.Sprint(len(d.Change.Clauses))},
			Old: &model.ByteRange{Start: len(d.OldText), End: len(d.OldText) + len(old)},
			New: &model.ByteRange{Start: len(d.NewText), End: len(d.NewText) + len(new)}}
		d.OldText, d.NewText = d.OldText+old+"\n\n", d.NewText+new+"\n\n"
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	add("Fees go to Acme Ltd for all of it.", "Fees go to Bolt Inc for all of it.")
	add("You pay within 10 days of the bill.", "You pay within 20 days of the bill.")
	add("Ask Acme Ltd about the rest of it.", "Ask Bolt Inc about the rest of it.")
	add("We answer within 10 days of the letter.", "We answer within 20 days of the letter.")
	add("You pay within 10 days of the bill.", "You pay within 20 days of the bill.")
	o := Options{Width: 100, Theme: theme.New(true, false)}
	stops, text := 0, ""
	for _, r := range Build(d, o) {
		if r.Edit {
			stops++
		}
		text += ansi.Strip(r.Text(o, false, nil)) + "\n"
	}
	if stops != 3 {
		t.Errorf("n stops %d times:\n%s", stops, text)
	}
	for _, want := range []string{"1/5 Modified  0  same edit ×2", "3/5 Modified  2  same edit as 1",
		"5/5 Modified  4  same edit as 2", "4/5 Modified  3\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestPlacesSurviveFolds: every row of a layout with folded sentences is found again by
// its place, and a word that is folded elsewhere by the fold it is in.
func TestPlacesSurviveFolds(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 19))
		n := 10 + r.IntN(40)
		l := New(change(model.Modified, sentences(n), sentences(n, r.IntN(n), r.IntN(n))))
		o := Options{Width: 40 + r.IntN(140), Theme: theme.New(true, false)}
		rows := l.Build(o)
		for i, row := range rows {
			if row.block == nil && !row.Folded && !row.Head {
				continue // the empty row at the end
			}
			p := PlaceOf(rows, i)
			if k := RowOf(l.Build(o), p); k != i && p.Pos >= 0 && !p.Old {
				t.Fatalf("seed %d: row %d (%+v) came back as %d", seed, i, p, k)
			}
		}
		open := o
		open.Unchanged = true
		whole := l.Build(open)
		for i := range whole {
			p := PlaceOf(whole, i)
			if p.Pos < 0 || p.End {
				continue
			}
			k := RowOf(rows, p)
			for _, later := range rows[k+1:] {
				start := later.New
				if p.Old {
					start = later.Old
				}
				if start >= 0 && start <= p.Pos {
					t.Fatalf("seed %d: %+v is on a later row than %d", seed, p, k)
				}
			}
		}
	}
}
