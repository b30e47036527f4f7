package tui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/desktest"
	"fineprint/store/model"
	"fineprint/tui"
)

// longDesk answers with lines that are as long as a document may be.
type longDesk struct {
	tui.Desk
	line string
}

func (l longDesk) Queue(context.Context, model.QueueFilter) (model.QueuePage, error) {
	return model.QueuePage{Total: 1, Changes: []model.QueueItem{{ID: "FP-C-000001", PlatformName: l.line, Type: l.line,
		State: model.Pending, Material: true}}}, nil
}

func (l longDesk) Platforms(context.Context) ([]model.PlatformRow, error) {
	return []model.PlatformRow{{Platform: model.Platform{Slug: "acme", Name: l.line}}}, nil
}

func (l longDesk) Change(context.Context, model.ID) (model.ChangeDetail, error) {
	d := model.ChangeDetail{Change: model.Change{ID: "FP-C-000001", Material: true},
		Review:  model.Review{Change: "FP-C-000001", State: model.Pending, Summary: l.line},
		OldText: l.line, NewText: l.line + " and more"}
	d.Document.Platform.Name = l.line
	d.Change.Clauses = []model.ClauseChange{{Kind: model.Modified, Material: true, Heading: []string{l.line},
		Old: &model.ByteRange{End: len(d.OldText)}, New: &model.ByteRange{End: len(d.NewText)}}}
	return d, nil
}

func (l longDesk) DecideAll(context.Context, []model.Decision) ([]model.Review, error) {
	return nil, errors.New(l.line)
}

// TestLongLinesAreDrawnAndKeysStillTaken: a line as long as a document is drawn like another,
// and keys are still taken.
func TestLongLinesAreDrawnAndKeysStillTaken(t *testing.T) {
	size := usual(1 << 19) // 10 MB in the long run
	if amount(t, "FINEPRINT_HOSTILE", 0) > 0 {
		size = 10 << 20
	}
	for name, unit := range map[string]string{"no spaces": "x", "words": "may not ", "escapes": "\x1b[2J", "wide": "社",
		"marks": "\u0301"} {
		line := "e" + strings.Repeat(unit, size/len(unit))
		t.Run(name, func(t *testing.T) {
			d := desktest.Open(tui.New(t.Context(), tui.Options{Desk: longDesk{madeStore(t, 1), line}, Clock: clock,
				Actor: "ada", Tick: atOnce}))
			step := func(what string, f func()) {
				begun := time.Now()
				f()
				d.Settle()
				frame := d.Frame()
				if why := desktest.Flaw(frame, 100, 30) + unsafeIn(frame); why != "" {
					t.Fatalf("%s: %s", what, why)
				}
				t.Logf("%-28s %v", what, time.Since(begun).Round(time.Millisecond))
			}
			d.Resize(100, 30)
			step("queue", func() {})
			step("a key in the queue", func() { d.Press("j") })
			step("platforms", func() { d.Press("q") })
			step("back to the queue", func() { d.Press("enter") })
			step("review", func() { d.Press("enter") })
			step("a key in the review", func() { d.Press("pgdown") })
			step("the end of it", func() { d.Press("G") })
			step("a refused decision", func() { d.Press("3") })
			step("a key after it", func() { d.Press("k") })
			step("paste into a prompt", func() { d.Press("x"); d.Send(tea.PasteMsg{Content: line}) })
			step("a key in the prompt", func() { d.Press("y") })
			d.Press("esc")
			step("paste into the summary", func() { d.Press("s"); d.Send(tea.PasteMsg{Content: line}) })
			step("a key in the summary", func() { d.Press("y") })
		})
	}
}
