package tui_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui"
)

const (
	oldTerms = "# Terms\n\n## Who may use it\n\nYou must be at least 16 years old to use the service, and you may not share your account with anybody else.\n\n## Ending it\n\nYou may close your account at any time. We keep your data for 30 days after that.\n"
	noise    = "# Privacy\n\nRead [how we use cookies](https://acme.example/c?ref=%d) before you agree to anything at all.\n"
)

// captured is a text of a document as it stood on a day of March.
func captured(platform, kind, text string, day int) model.Capture {
	return model.Capture{Platform: platform, Type: kind, Text: text, CapturedAt: time.Date(2026, 3, day, 5, 6, 7, 0, time.UTC), Raw: []byte(text), MediaType: "text/markdown", Origin: model.Provenance{Method: model.MethodWeb, URL: "https://acme.example/terms"}}
}

// storeOf is a real store with the captures in it.
func storeOf(t *testing.T, captures ...model.Capture) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "desk.db"), store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	return s
}

func newStore(t *testing.T) *store.Store {
	t.Helper()
	return storeOf(t,
		captured("Acme \x1b]0;owned\x07Social", "Terms of Service", oldTerms, 1),
		captured("Acme \x1b]0;owned\x07Social", "Terms of Service", strings.Replace(oldTerms, "16 years", "13 years", 1), 2),
		captured("Borealis", "Privacy Policy", fmt.Sprintf(noise, 1), 1),
		captured("Borealis", "Privacy Policy", fmt.Sprintf(noise, 2), 3),
	)
}

// openDesk opens the real desk on a real store, on an emulated terminal; the
// store is whole when it has ended.
func openDesk(t *testing.T, s *store.Store, w, h int, with ...func(*tui.Options)) *desktest.Terminal {
	t.Helper()
	t.Cleanup(func() { // after the desk has ended
		report, err := s.Check(context.Background(), nil)
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole afterwards: %v %v", report.Problems, err)
		}
	})
	o := tui.Options{Desk: s, Actor: "ada", Markdown: export.RecordMarkdown,
		Exporting: tui.Exporting{Formats: []tui.ExportFormat{{Name: "json", About: "for programs"}, {Name: "md", About: "to read"}}, Export: func(ctx context.Context, format, path string, _ func(done, total int)) (tui.Exported, error) {
			f, err := export.ParseFormat(format)
			if err != nil {
				return tui.Exported{}, err
			}
			records, err := s.Records(ctx, model.RecordFilter{Latest: true})
			if err != nil {
				return tui.Exported{}, err
			}
			var b bytes.Buffer
			if err := export.Write(&b, f, records, export.Options{}); err != nil {
				return tui.Exported{}, err
			}
			return tui.Exported{Records: len(records), Path: path, Bytes: b.Len(), SHA256: fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))}, os.WriteFile(path, b.Bytes(), 0o600)
		}}}
	for _, change := range with {
		change(&o)
	}
	return desktest.OpenTerminal(t, w, h, func(ctx context.Context, program ...tea.ProgramOption) error {
		return tui.Run(ctx, o, append(program, tea.WithColorProfile(colorprofile.TrueColor))...)
	}, "COLORTERM=truecolor")
}

// TestFromPendingToExportedRecord is the main job from the keyboard only.
func TestFromPendingToExportedRecord(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}, {60, 20}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := newStore(t)
			d := openDesk(t, s, size.w, size.h)
			d.Sees("Queue: pending", "Acme <U+001B>", "(link)")
			d.Press("enter")
			d.Sees("FP-C-000001", "modified", "16", "13", "PENDING", "summary: (none yet")
			d.Press("h", "H", "b") // faster than the store answers
			d.Sees("severity high", "confidence high", "basis explicit", "still needs summary")
			d.Press("a")
			d.Sees("needs its summary")
			d.Press("s")
			d.Sees("Summary in plain language")
			d.Press("The age falls from 16 to 13.", "enter")
			d.Sees("summary: The age falls from 16 to 13.", "a approves")
			d.Press("r")
			d.Sees("Record preview", "Preview, not approved")
			d.Press("q")
			d.Sees("summary: The age")
			d.Press("a")
			d.Sees("approved as FP-R-000001 r1", "FP-C-000002")
			d.Press("x")
			d.Sees("Dismiss because", "link")
			d.Press("enter")
			d.Sees("Queue: pending", "No change is pending", "dismissed")
			d.Press("u")
			d.Sees("undone", "(link)")
			d.Press("ctrl+r")
			d.Sees("redone", "No change is pending")
			out := filepath.Join(t.TempDir(), "out.json")
			d.Press("E")
			d.Sees("Export the approved records")
			d.Press("json", "enter")
			d.Sees("File to write", "records.json")
			d.Press("ctrl+u", out, "enter")
			d.Sees("1 record, ", "written to")
			d.Press("tab", "tab", "tab", "tab")
			d.Sees("Queue: approved", "> high")
			d.Press("q")
			d.Sees("Platforms", "Borealis")
			d.Press("q")
			d.Left()

			body, err := os.ReadFile(out)
			if err != nil || !strings.Contains(string(body), "The age falls from 16 to 13.") {
				t.Errorf("exported %s, %v", body, err)
			}
			records, err := s.Records(context.Background(), model.RecordFilter{Latest: true})
			if err != nil || len(records) != 1 || records[0].Severity != model.High || records[0].Summary != "The age falls from 16 to 13." || records[0].ApprovedBy != "ada" {
				t.Errorf("records %+v, %v", records, err)
			}
		})
	}
}

// TestRedlineIsStyled looks at the cells: deleted words are struck through,
// inserted ones underlined, on either side of the split.
func TestRedlineIsStyled(t *testing.T) {
	s := newStore(t)
	d := openDesk(t, s, 160, 45)
	d.Sees("(link)")
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

func TestHelpAndTooSmall(t *testing.T) {
	s := newStore(t)
	d := openDesk(t, s, 80, 24)
	d.Sees("(link)")
	d.Press("?")
	d.Sees("Keys of the queue", "type to narrow")
	d.Press("dismiss w")
	d.Sees("> x", "dismiss with a reason")
	d.Press("ctrl+c", "/")
	d.Sees("Filter  (enter")
	d.Press("bore")
	d.Sees("pending, bore", "1 of 2")
	d.Press("enter")
	d.Sees("pending, bore", "Borealis")
	small := openDesk(t, s, 50, 10)
	small.Sees("Fineprint needs 60×20")
}
