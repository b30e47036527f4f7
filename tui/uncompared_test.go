package tui_test

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/text/guard"
	"fineprint/tui"
)

// TestChangeThatCannotBeComparedIsReviewed opens, with a comparer that fails at
// their texts, a change that was recorded so and one that compared then.
func TestChangeThatCannotBeComparedIsReviewed(t *testing.T) {
	s, err := store.Create(filepath.Join(t.TempDir(), "desk.db"), store.Options{Actor: "ada", Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{"# Terms\n\nKept for 30 days.\n", "# Terms\n\nKept for 60 days.\n"} {
		capture := model.Capture{Type: "Terms", Text: text, CapturedAt: time.Date(2026, 2, 1+i, 0, 0, 0, 0, time.UTC),
			Origin: model.Provenance{Method: model.MethodFile}}
		before, after := capture, capture
		before.Platform, after.Platform = "Before", "After"
		if _, err := s.Record(t.Context(), []model.Capture{before}); err != nil {
			t.Fatal(err)
		}
		remove := guard.Inject(func(text string) bool { return strings.Contains(text, "60 days") })
		if _, err := s.Record(t.Context(), []model.Capture{after}); err != nil {
			t.Fatal(err)
		}
		remove()
	}
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "60 days") })()
	d := desktest.Open(tui.New(t.Context(), options(s, rand.New(rand.NewPCG(1, 1)))))
	d.Resize(160, 40)
	d.Settle()
	for _, want := range [][]string{
		{"Before", "Kept for 30 days.", "Kept for 60 days."},
		{"After", "could not be compared", "Kept for 30 days.", "Kept for 60 days."},
	} {
		d.Press("enter")
		d.Settle()
		frame := ansi.Strip(d.Frame())
		for _, text := range want {
			if !strings.Contains(frame, text) {
				t.Errorf("the review shows no %q:\n%s", text, frame)
			}
		}
		d.Press("esc")
		d.Settle()
		d.Press("j")
		d.Settle()
	}
}
