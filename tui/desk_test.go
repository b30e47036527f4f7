package tui_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/terms"
	"fineprint/tui"
)

const (
	oldTerms = "# Terms\n\n## Who may use it\n\nYou must be at least 16 years old to use the service, and you may not share your account with anybody else.\n\n## Ending it\n\nYou may close your account at any time. We keep your data for 30 days after that.\n"
	noise    = "# Privacy\n\nRead [how we use cookies](https://acme.example/c?ref=%d) before you agree to anything at all.\n"
)

// desk is the real desk on a real store, drawn on an emulated terminal.
type desk struct {
	t     *testing.T
	store *store.Store
	path  string
	term  *vt.SafeEmulator
	done  chan error
	once  sync.Once
	typed chan []byte
	mu    sync.Mutex // the emulator hands out cells that it goes on writing to
}

// Read hands out what was typed, and what the emulator answers.
func (d *desk) Read(p []byte) (int, error) {
	return copy(p, <-d.typed), nil // all who read take more than pump hands in at once
}

// pump takes what the emulator has for the program at once: one that nobody
// reads from, as while an editor is open, would block whoever writes to it.
func (d *desk) pump() {
	for {
		p := make([]byte, 256)
		n, err := d.term.Read(p)
		if err != nil {
			return
		}
		d.typed <- p[:n]
	}
}

func (d *desk) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.term.Write(p)
}

func newStore(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.db")
	s, err := store.Create(path, store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	day := func(n int) time.Time { return time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC) }
	capture := func(platform, kind, text string, n int) terms.Capture {
		return terms.Capture{Platform: platform, Type: kind, Text: text, CapturedAt: day(n), Raw: []byte(text), MediaType: "text/markdown", Origin: terms.Provenance{Method: terms.MethodWeb, URL: "https://acme.example/terms"}}
	}
	_, err = s.Record(t.Context(), []terms.Capture{
		capture("Acme \x1b]0;owned\x07Social", "Terms of Service", oldTerms, 1),
		capture("Acme \x1b]0;owned\x07Social", "Terms of Service", strings.Replace(oldTerms, "16 years", "13 years", 1), 2),
		capture("Borealis", "Privacy Policy", fmt.Sprintf(noise, 1), 1),
		capture("Borealis", "Privacy Policy", fmt.Sprintf(noise, 2), 3),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, path
}

func openDesk(t *testing.T, s *store.Store, path string, w, h int, with ...func(*tui.Options)) *desk {
	t.Helper()
	d := &desk{t: t, store: s, path: path, term: vt.NewSafeEmulator(w, h), done: make(chan error, 1), typed: make(chan []byte, 4096)}
	go d.pump()
	_, _ = d.term.Write([]byte("\x1b[20h")) // a line feed also returns, as on a terminal in cooked output mode
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		o := tui.Options{Desk: s, Actor: "ada", Markdown: export.RecordMarkdown,
			Exporting: tui.Exporting{Formats: []tui.ExportFormat{{Name: "json", About: "for programs"}, {Name: "md", About: "to read"}}, Export: func(ctx context.Context, format, path string, _ func(done, total int)) (tui.Exported, error) {
				f, err := export.ParseFormat(format)
				if err != nil {
					return tui.Exported{}, err
				}
				records, err := s.Records(ctx, terms.RecordFilter{Latest: true})
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
		d.done <- tui.Run(ctx, o,
			tea.WithInput(d), tea.WithOutput(d), tea.WithWindowSize(w, h), tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}), tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignals())
	}()
	t.Cleanup(func() {
		cancel()
		d.left()
		report, err := s.Check(context.Background(), nil)
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole afterwards: %v %v", report.Problems, err)
		}
	})
	return d
}

func (d *desk) left() {
	d.once.Do(func() {
		select {
		case <-d.done:
		case <-time.After(20 * time.Second):
			d.t.Error("the desk does not end")
		}
	})
}

func (d *desk) screen() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	for y := range d.term.Height() {
		var line strings.Builder
		for x := 0; x < d.term.Width(); x++ {
			c := d.term.CellAt(x, y)
			if c == nil || c.Content == "" {
				if c == nil || c.Width != 0 {
					line.WriteByte(' ')
				}
				continue
			}
			line.WriteString(c.Content)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// sees waits until the screen shows all texts.
func (d *desk) sees(texts ...string) {
	d.t.Helper()
	var screen string
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		screen = d.screen()
		all := true
		for _, text := range texts {
			all = all && strings.Contains(screen, text)
		}
		if all {
			return
		}
	}
	d.t.Fatalf("the screen does not show %q:\n%s", texts, screen)
}

func (d *desk) press(keys ...string) {
	for _, k := range keys {
		switch k {
		case "enter":
			d.term.SendKey(uv.KeyPressEvent{Code: uv.KeyEnter})
		case "esc":
			d.term.SendKey(uv.KeyPressEvent{Code: uv.KeyEscape})
		case "tab":
			d.term.SendKey(uv.KeyPressEvent{Code: uv.KeyTab})
		case "pgdown":
			d.term.SendKey(uv.KeyPressEvent{Code: uv.KeyPgDown})
		case "ctrl+c":
			d.term.SendKey(uv.KeyPressEvent{Code: 'c', Mod: uv.ModCtrl})
		case "ctrl+u":
			d.term.SendKey(uv.KeyPressEvent{Code: 'u', Mod: uv.ModCtrl})
		case "ctrl+r":
			d.term.SendKey(uv.KeyPressEvent{Code: 'r', Mod: uv.ModCtrl})
		default:
			d.term.SendText(k)
		}
	}
}

// TestFromPendingToExportedRecord is the main job from the keyboard only.
func TestFromPendingToExportedRecord(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}, {60, 20}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s, path := newStore(t)
			d := openDesk(t, s, path, size.w, size.h)
			d.sees("Queue: pending", "Acme <U+001B>", "(link)")
			d.press("enter")
			d.sees("FP-C-000001", "modified", "16", "13", "PENDING", "summary: (none yet")
			d.press("h", "H", "b") // faster than the store answers
			d.sees("severity high", "confidence high", "basis explicit", "still needs summary")
			d.press("a")
			d.sees("needs its summary")
			d.press("s")
			d.sees("Summary in plain language")
			d.press("The age falls from 16 to 13.", "enter")
			d.sees("summary: The age falls from 16 to 13.", "a approves")
			d.press("r")
			d.sees("Record preview", "Preview, not approved")
			d.press("q")
			d.sees("summary: The age")
			d.press("a")
			d.sees("approved as FP-R-000001 r1", "FP-C-000002")
			d.press("x")
			d.sees("Dismiss because", "link")
			d.press("enter")
			d.sees("Queue: pending", "No change is pending", "dismissed")
			d.press("u")
			d.sees("undone", "(link)")
			d.press("ctrl+r")
			d.sees("redone", "No change is pending")
			out := filepath.Join(t.TempDir(), "out.json")
			d.press("E")
			d.sees("Export the approved records")
			d.press("json", "enter")
			d.sees("File to write", "records.json")
			d.press("ctrl+u", out, "enter")
			d.sees("1 record, ", "written to")
			d.press("tab", "tab", "tab", "tab")
			d.sees("Queue: approved", "> high")
			d.press("q")
			d.sees("Platforms", "Borealis")
			d.press("q")
			d.left()

			body, err := os.ReadFile(out)
			if err != nil || !strings.Contains(string(body), "The age falls from 16 to 13.") {
				t.Errorf("exported %s, %v", body, err)
			}
			records, err := s.Records(context.Background(), terms.RecordFilter{Latest: true})
			if err != nil || len(records) != 1 || records[0].Severity != terms.High || records[0].Summary != "The age falls from 16 to 13." || records[0].ApprovedBy != "ada" {
				t.Errorf("records %+v, %v", records, err)
			}
		})
	}
}

// TestRedlineIsStyled looks at the cells: deleted words are struck through,
// inserted ones underlined, on either side of the split.
func TestRedlineIsStyled(t *testing.T) {
	s, path := newStore(t)
	d := openDesk(t, s, path, 160, 45)
	d.sees("(link)")
	d.press("enter")
	d.sees("│", "at least 16", "at least 13")
	d.mu.Lock()
	defer d.mu.Unlock()
	struck, underlined := "", ""
	for y := range d.term.Height() {
		for x := range d.term.Width() {
			if c := d.term.CellAt(x, y); c != nil {
				if c.Style.Attrs&uv.AttrStrikethrough != 0 {
					struck += c.Content
				}
				if c.Style.Underline != 0 {
					underlined += c.Content
				}
			}
		}
	}
	if struck != "16" || underlined != "13" {
		t.Errorf("struck through %q, underlined %q", struck, underlined)
	}
}

func TestHelpAndTooSmall(t *testing.T) {
	s, path := newStore(t)
	d := openDesk(t, s, path, 80, 24)
	d.sees("(link)")
	d.press("?")
	d.sees("Keys of the queue", "type to narrow")
	d.press("dismiss w")
	d.sees("> x", "dismiss with a reason")
	d.press("ctrl+c", "/")
	d.sees("Filter  (enter")
	d.press("bore")
	d.sees("pending, bore", "1 of 2")
	d.press("enter")
	d.sees("pending, bore", "Borealis")
	small := openDesk(t, s, path, 50, 10)
	small.sees("Fineprint needs 60×20")
}

// waits until something holds.
func (d *desk) waits(holds func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return
		}
	}
	d.t.Fatalf("it never holds:\n%s", d.screen())
}
