package redlineview

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/tui/theme"
)

// document makes a change of two texts of about size bytes, of which each third
// paragraph changed.
func document(size int) model.ChangeDetail {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("you may not share the account of anybody else unless we agree to it in writing within " +
		"thirty days of notice and all liability for damages is limited by law to what the parties could foresee")
	sentence := func() string {
		var b strings.Builder
		for range 12 + r.IntN(14) {
			fmt.Fprintf(&b, "%s ", words[r.IntN(len(words))])
		}
		return strings.TrimSpace(b.String()) + ". "
	}
	var d model.ChangeDetail
	for i := 0; len(d.NewText) < size; i++ {
		para := ""
		for range 3 + r.IntN(8) {
			para += sentence()
		}
		para = strings.TrimSpace(para)
		if i%3 != 0 {
			d.OldText, d.NewText = d.OldText+para+"\n\n", d.NewText+para+"\n\n"
			continue
		}
		changed := strings.Replace(strings.Replace(para, "thirty", "14", 1), "we agree", "they agree", 1) + " " +
			sentence()
		c := model.ClauseChange{Kind: model.Modified, Material: true, Heading: []string{"Terms", fmt.Sprint(i)},
			Old: &model.ByteRange{Start: len(d.OldText), End: len(d.OldText) + len(para)},
			New: &model.ByteRange{Start: len(d.NewText), End: len(d.NewText) + len(changed)}}
		d.OldText, d.NewText = d.OldText+para+"\n\n", d.NewText+changed+"\n\n"
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	return d
}

func subjects() map[string]model.ChangeDetail {
	para := strings.TrimSpace(document(65000).NewText)
	para = strings.ReplaceAll(para[:65000], "\n\n", " ")
	return map[string]model.ChangeDetail{
		"290KB":       document(290_000),
		"paragraph":   change(model.Modified, para, strings.Replace(para, "liability", "guilt", 40)),
		"unbroken":    change(model.Added, "", strings.Repeat("x", 65000)),
		"unbrokenCJK": change(model.Added, "", strings.Repeat("条款", 11000)),
	}
}

// BenchmarkOpen is what is done once for a change, in a command.
func BenchmarkOpen(b *testing.B) {
	for name, d := range subjects() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				New(d)
			}
		})
	}
}

// BenchmarkRelayout is a change of the width, with the whole document unfolded.
func BenchmarkRelayout(b *testing.B) {
	for name, d := range subjects() {
		l := New(d)
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				l.Build(Options{Width: 100 + i%2*20, Whole: true, Unchanged: true, Theme: theme.New(true, false)})
			}
		})
	}
}

// BenchmarkFrame draws the rows of one screen.
func BenchmarkFrame(b *testing.B) {
	for name, d := range subjects() {
		o := Options{Width: 160, Whole: true, Unchanged: true, Theme: theme.New(true, false)}
		rows := New(d).Build(o)
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				at := i % max(1, len(rows)-50)
				for _, r := range rows[at:min(len(rows), at+50)] {
					_ = r.Text(o, false, nil)
				}
			}
		})
	}
}
