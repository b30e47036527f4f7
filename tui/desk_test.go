package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestPendingChangeBecomesAnExportedRecord is the main job from the keyboard only.
func TestPendingChangeBecomesAnExportedRecord(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}, {60, 20}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := deskfixture.NewStore(t)
			d := deskfixture.OpenTerminal(t, s, size.w, size.h)
			d.Sees("by risk", "Acme <U+001B>", "link  ")
			d.Press("enter")
			d.Sees("FP-C-000001", "Modified", "16", "13", "Needs severity", "press s to write one")
			d.Press("3", "H", "b") // faster than the store answers
			d.Sees("HIGH", "basis explicit. Still needed: summary")
			d.Press("a")
			d.Sees("Write a summary to approve")
			d.Press("s")
			d.Sees("Summary in plain language")
			d.Press("The age falls from 16 to 13.", "enter")
			d.Sees("Summary  The age falls from 16 to 13.", "Ready to approve (a)")
			d.Press("r")
			d.Sees("Record preview", "Preview, not approved")
			d.Press("q")
			d.Sees("Summary  The age")
			d.Press("a")
			d.Sees("Approve Acme", "y yes")
			d.Press("y")
			d.Sees("FP-C-000002", "Needs severity")
			d.Press("x")
			d.Sees("Dismiss because", "link")
			d.Press("enter")
			d.Sees("by risk", "No pending changes", "u undo")
			d.Press("u")
			d.Sees("Undone: dismissal", "link  ")
			d.Press("ctrl+r")
			d.Sees("Redone: dismissal", "No pending changes")
			out := filepath.Join(t.TempDir(), "out.json")
			d.Press("E")
			d.Sees("Export approved records")
			d.Press("json", "enter")
			d.Sees("Output file", "records.json")
			d.Press("ctrl+u", out, "enter")
			d.Sees("1 record, ", "written to")
			d.Press("tab", "tab", "tab", "tab")
			d.Sees("1 shown", "▌ ● high")
			d.Press("q")
			d.Sees("Platforms", "Borealis")
			d.Press("q")
			d.Left()

			body, err := os.ReadFile(out)
			if err != nil || !strings.Contains(string(body), "The age falls from 16 to 13.") {
				t.Errorf("exported %s, %v", body, err)
			}
			records, err := s.Records(context.Background(), model.RecordFilter{Latest: true})
			if err != nil || len(records) != 1 || records[0].Severity != model.High ||
				records[0].Summary != "The age falls from 16 to 13." || records[0].ApprovedBy != "ada" {
				t.Errorf("records %+v, %v", records, err)
			}
		})
	}
}

// TestRedlineIsStyled looks at the cells: deleted words are struck through,
// inserted ones underlined, on either side of the split.
func TestRedlineIsStyled(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 160, 45)
	d.Sees("link  ")
	d.Press("enter")
	d.Sees("│", "at least 16", "at least 13")
	struck, underlined := "", ""
	d.Cells(func(_, _ int, c *uv.Cell) {
		if c == nil {
			return
		}
		if c.Style.Attrs&uv.AttrStrikethrough != 0 {
			struck += c.Content
		}
		if c.Style.Underline != 0 {
			underlined += c.Content
		}
	})
	if struck != "16" || underlined != "13" {
		t.Errorf("struck through %q, underlined %q", struck, underlined)
	}
}

func TestHelpIsFilteredAndSmallWindowsAreRefused(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 80, 24)
	d.Sees("link  ")
	d.Press("?")
	d.Sees("Keyboard shortcuts — Queue", "type to filter")
	d.Press("dismiss w")
	d.Sees("▌ x", "Dismiss with a reason")
	d.Press("ctrl+c", "/")
	d.Sees("Filter  enter")
	d.Press("bore")
	d.Sees("/ bore", "1 shown")
	d.Press("enter")
	d.Sees("/ bore", "Borealis")
	small := deskfixture.OpenTerminal(t, s, 50, 10)
	small.Sees("Fineprint needs 60×20")
}
