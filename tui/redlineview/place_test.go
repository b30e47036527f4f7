package redlineview

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/theme"
)

// scattered makes a change in which every word is another: of unchanged, added,
// removed, modified, moved and immaterial clauses.
func scattered(r *rand.Rand) model.ChangeDetail {
	var d model.ChangeDetail
	n := 0
	words := func(count int) string {
		var b strings.Builder
		for range count {
			n++
			b.WriteString([]string{"word%d ", "w%d. ", "条%d款 ", "[a%d](https://acme.example/x) ",
				"longerword%d, "}[r.IntN(5)])
		}
		args := make([]any, count)
		for i := range args {
			args[i] = n - count + i
		}
		return strings.TrimSpace(fmt.Sprintf(b.String(), args...))
	}
	add := func(text *string, words string) *model.ByteRange {
		e := &model.ByteRange{Start: len(*text), End: len(*text) + len(words)}
		*text += words + "\n\n"
		return e
	}
	for range 4 + r.IntN(8) {
		c := model.ClauseChange{Material: r.IntN(3) > 0, Heading: []string{"Terms", fmt.Sprint(r.IntN(3))}}
		if !c.Material {
			c.Reason = model.ReasonLink
		}
		text := words(1 + r.IntN(90))
		switch r.IntN(5) {
		case 0:
			same := words(1 + r.IntN(60))
			add(&d.OldText, same)
			add(&d.NewText, same)
			continue
		case 1:
			c.Kind, c.New = model.Added, add(&d.NewText, text)
		case 2:
			c.Kind, c.Old = model.Removed, add(&d.OldText, text)
		case 3:
			c.Kind, c.OldHeading, c.Old, c.New = model.Moved, []string{"Elsewhere"}, add(&d.OldText, text),
				add(&d.NewText, text)
		default:
			fields := strings.Fields(text)
			for i := range fields {
				if r.IntN(4) == 0 {
					fields[i] = words(1 + r.IntN(5))
				}
			}
			c.Kind, c.Old, c.New = model.Modified, add(&d.OldText, text), add(&d.NewText, strings.Join(fields, " "))
		}
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	return d
}

// options are any, with everything unfolded unless folds.
func options(r *rand.Rand, folds bool) Options {
	o := Options{Width: 40 + r.IntN(180), Inline: r.IntN(2) == 0, Ratio: r.IntN(13) * 7, Whole: r.IntN(2) == 0,
		Immaterial: true, Unchanged: true, Shown: r.IntN(2) == 0, Theme: theme.New(true, r.IntN(2) == 0)}
	if folds {
		o.Immaterial, o.Unchanged, o.Zoom = r.IntN(2) == 0, r.IntN(2) == 0, Zoom(r.IntN(3))
		o.Toggled = map[Fold]bool{{Item: r.IntN(6)}: true, {Item: r.IntN(6)}: true}
	}
	return o
}

// begins reports whether a row shows the word that begins at a place.
func begins(r Row, p Place) bool {
	for _, l := range []line{r.left, r.right} {
		for _, s := range l {
			old, new := s.run.at(s.from)
			endOld, endNew := s.run.at(s.to)
			if s.to == len(s.run.text) { // which may replace more
				endOld, endNew = s.run.old+s.run.n, s.run.new+s.run.n
			}
			if p.Old && s.run.op != model.Insert && old <= p.Pos && p.Pos < endOld {
				return true
			}
			if !p.Old && s.run.op != model.Delete && new <= p.Pos && p.Pos < endNew {
				return true
			}
		}
	}
	return false
}

// TestTopWordStaysOnTopAfterRelayout: whatever the layout becomes, the word that a row
// began with is in the row that is found for it.
func TestTopWordStaysOnTopAfterRelayout(t *testing.T) {
	looked := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		l := New(scattered(r))
		before := options(r, false)
		before.Whole = true
		rows := l.Build(before)
		after := options(r, false)
		after.Whole = true
		then := l.Build(after)
		for i := range rows {
			p := PlaceOf(rows, i)
			k := RowOf(then, p)
			if k < 0 || k >= len(then) || then[k].Item != rows[i].Item {
				t.Fatalf("seed %d: row %d of item %d is found in row %d of item %d", seed, i, rows[i].Item, k,
					then[k].Item)
			}
			if p.End && then[k].block != nil && slices.ContainsFunc(then, func(r Row) bool {
				return r.Item == p.Item && r.block == nil && !r.label
			}) {
				t.Fatalf("seed %d: an empty row is found in row %d, which is not", seed, k)
			}
			if p.Pos < 0 || p.End {
				continue
			}
			looked++
			start := func(r Row) int {
				if p.Old {
					return r.Old
				}
				return r.New
			}
			if start(then[k]) > p.Pos {
				t.Fatalf("seed %d: row %d begins at %d, after %+v", seed, k, start(then[k]), p)
			}
			for _, later := range then[k+1:] {
				if later.Item == p.Item && start(later) >= 0 && start(later) <= p.Pos {
					t.Fatalf("seed %d: %+v is on a later row than %d", seed, p, k)
				}
			}
			text := l.d.NewText
			if p.Old {
				text = l.d.OldText
			}
			word := text[strings.LastIndexAny(text[:p.Pos], " \n")+1:]
			if n := strings.IndexByte(word, ']'); n >= 0 && n <= p.Pos-len(text)+len(word) {
				continue // it is a link's target, which may be hidden
			}
			if !begins(then[k], p) {
				t.Fatalf("seed %d: the word at %+v of row %d is not in row %d: %q", seed, p, i, k,
					ansi.Strip(then[k].Text(after, false, nil)))
			}
		}
	}
	if looked < 1000 {
		t.Errorf("only %d words were looked for", looked)
	}
}

// TestPlaceSurvivesRelayoutAndBack: a place outlives layouts that do not show it.
func TestPlaceSurvivesRelayoutAndBack(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 11))
		l := New(scattered(r))
		o := options(r, true)
		rows := l.Build(o)
		for range 10 {
			i := r.IntN(len(rows))
			p := PlaceOf(rows, i)
			other := l.Build(options(r, true))
			if k := RowOf(other, p); k < 0 || k >= len(other) {
				t.Fatalf("seed %d: no row for %+v", seed, p)
			}
			if k := RowOf(l.Build(o), p); k != i {
				t.Fatalf("seed %d: row %d (%+v) came back as %d", seed, i, p, k)
			}
		}
	}
}

// TestEveryClauseHasItsRow: whatever is folded, each clause change and, in the
// whole document, each unchanged run is in exactly one first row, in order.
func TestEveryClauseHasItsRow(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 13))
		l := New(scattered(r))
		o := options(r, true)
		o.Theme = theme.New(true, false)
		next := 0
		for _, row := range l.Build(o) {
			if w := ansi.StringWidth(row.Text(o, true, nil)); w > o.Width {
				t.Fatalf("seed %d: %d wide, %d asked for", seed, w, o.Width)
			}
			if !row.Head {
				continue
			}
			for next < row.Item {
				if it := l.items[next]; it.kind == clauseItem || it.kind == unchangedItem && o.Whole {
					t.Fatalf("seed %d, %+v: item %d has no row", seed, o, next)
				}
				next++
			}
			if row.Item != next {
				t.Fatalf("seed %d: item %d comes after %d", seed, row.Item, next)
			}
			next = row.Last + 1
		}
	}
}
