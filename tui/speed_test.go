package tui_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/desktest"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui"
)

// many is how many changes wait in the benchmarks.
const many = 50_000

func speedOptions(desk tui.Desk) tui.Options {
	return tui.Options{Desk: desk, Actor: "ada", Clock: clock, Markdown: export.RecordMarkdown, Tick: atOnce}
}

func openMany(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(storetest.Many(b, amount(b, "FINEPRINT_MANY", many)),
		store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkFirstFrame is from nothing to the queue on the screen. Budget: 150 ms.
func BenchmarkFirstFrame(b *testing.B) {
	s := openMany(b)
	var whole time.Duration
	for b.Loop() {
		begun := time.Now()
		d := desktest.Open(tui.New(b.Context(), speedOptions(s)))
		d.Resize(120, 40)
		for !strings.Contains(d.Frame(), "FP-C-") {
			if d.Pending() == 0 {
				b.Fatalf("the queue is not shown:\n%s", d.Frame())
			}
			d.Step(0)
		}
		b.StopTimer()
		d.Settle()
		whole += time.Since(begun)
		b.StartTimer()
	}
	b.ReportMetric(float64(whole.Milliseconds())/float64(b.N), "whole-ms/op")
}

// keystrokes reports how long a key takes to its frame. Budget: p99 16 ms.
func keystrokes(b *testing.B, d *desktest.Desk, names ...string) {
	b.Helper()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		begun := time.Now()
		d.Press(names[i%len(names)])
		_ = d.Frame()
		took = append(took, time.Since(begun))
		d.Settle()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func BenchmarkKeyInQueue(b *testing.B) {
	s := openMany(b)
	for _, keys := range [][]string{{"j"}, {"j", "k", "pgdown", "pgup", "G", "g"}, {"S"}, {"t"}, {"space"}} {
		b.Run(strings.Join(keys, "+"), func(b *testing.B) {
			d := desktest.Open(tui.New(b.Context(), speedOptions(s)))
			d.Resize(120, 40)
			d.Settle()
			keystrokes(b, d, keys...)
		})
	}
}

// longDocument is a change of 290 KB of text, one clause in ten different.
type longDocument struct {
	tui.Desk
	detail model.ChangeDetail
}

func (l longDocument) Change(_ context.Context, id model.ID) (model.ChangeDetail, error) {
	d := l.detail
	d.Change.ID, d.Review.Change = id, id
	return d, nil
}

func newLongDocument(desk tui.Desk) longDocument {
	d := model.ChangeDetail{Change: model.Change{Material: true}, Review: model.Review{State: model.Pending}}
	d.Document.Platform.Name, d.Document.Type = "Acme", "Privacy Policy"
	for i := 0; len(d.NewText) < 290_000; i++ {
		old := strings.Repeat(fmt.Sprintf("We keep what you post for %d days, and you may not share it with anybody "+
			"else. ", i), 1+i%9)
		new := old
		if i%10 == 0 {
			new = strings.Replace(old, "may not", "may", 1) + "Disputes go to a court in Dublin."
			c := model.ClauseChange{Kind: model.Modified, Material: true,
				Heading: []string{"Privacy", fmt.Sprintf("%d. What applies", i)}, Marks: []string{"negation"}}
			c.Old = &model.ByteRange{Start: len(d.OldText), End: len(d.OldText) + len(old)}
			c.New = &model.ByteRange{Start: len(d.NewText), End: len(d.NewText) + len(new)}
			d.Change.Clauses = append(d.Change.Clauses, c)
		}
		d.OldText, d.NewText = d.OldText+old+"\n\n", d.NewText+new+"\n\n"
	}
	return longDocument{desk, d}
}

func openLongDocument(b *testing.B, w int) *desktest.Desk {
	b.Helper()
	d := desktest.Open(tui.New(b.Context(), speedOptions(newLongDocument(madeStore(b, 1)))))
	d.Resize(w, 40)
	d.Settle()
	d.Press("enter")
	d.Settle()
	if !strings.Contains(d.Frame(), "Privacy Policy") {
		b.Fatalf("the document is not shown:\n%s", d.Frame())
	}
	return d
}

func BenchmarkKeyInReview(b *testing.B) {
	for _, keys := range [][]string{{"j"}, {"j", "k", "n", "p", "pgdown", "pgup", "G", "g"}, {"h", "l"}} {
		b.Run(strings.Join(keys, "+"), func(b *testing.B) {
			d := openLongDocument(b, 160)
			d.Press("w") // the whole document
			keystrokes(b, d, keys...)
		})
	}
}

// BenchmarkRelayout lays the document out in another width, and in another way.
// Budget: 50 ms.
func BenchmarkRelayout(b *testing.B) {
	b.Run("resize", func(b *testing.B) {
		d := openLongDocument(b, 160)
		d.Press("w")
		for i := 0; b.Loop(); i++ {
			d.Resize(150+i%20, 40)
			_ = d.Frame()
		}
	})
	for _, key := range []string{"v", "w", "i"} {
		b.Run(key, func(b *testing.B) {
			d := openLongDocument(b, 160)
			for b.Loop() {
				d.Press(key)
				_ = d.Frame()
			}
		})
	}
	b.Run("open", func(b *testing.B) {
		d := openLongDocument(b, 160)
		for b.Loop() {
			d.Press("q", "enter")
			d.Settle()
			_ = d.Frame()
		}
	})
}
