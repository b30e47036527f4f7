package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"fineprint/fetch/ota/otatest"
	"fineprint/store"
	"fineprint/store/terms"
	"fineprint/tui"
)

// terminal is the desk as the command opens it, on an emulated terminal.
type terminal struct {
	t     *testing.T
	term  *vt.SafeEmulator
	done  chan error
	once  sync.Once
	typed chan []byte
	mu    sync.Mutex // the emulator hands out cells that it goes on writing to
}

// Read hands out what was typed, and what the emulator answers.
func (d *terminal) Read(p []byte) (int, error) {
	return copy(p, <-d.typed), nil // all who read take more than pump hands in at once
}

// pump takes what the emulator has for the program at once: one that nobody
// reads from, as while an editor is open, would block whoever writes to it.
func (d *terminal) pump() {
	for {
		p := make([]byte, 256)
		n, err := d.term.Read(p)
		if err != nil {
			return
		}
		d.typed <- p[:n]
	}
}

func (d *terminal) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.term.Write(p)
}

func openTerminal(t *testing.T, o tui.Options) *terminal {
	t.Helper()
	const w, h = 100, 30
	d := &terminal{t: t, term: vt.NewSafeEmulator(w, h), done: make(chan error, 1), typed: make(chan []byte, 4096)}
	go d.pump()
	_, _ = d.term.Write([]byte("\x1b[20h")) // a line feed also returns
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		d.done <- tui.Run(ctx, o, tea.WithInput(d), tea.WithOutput(d), tea.WithWindowSize(w, h), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignals())
	}()
	t.Cleanup(func() { cancel(); d.left() })
	return d
}

func (d *terminal) left() {
	d.once.Do(func() {
		select {
		case <-d.done:
		case <-time.After(20 * time.Second):
			d.t.Error("the desk does not end")
		}
	})
}

func (d *terminal) screen() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	for y := range d.term.Height() {
		for x := range d.term.Width() {
			if c := d.term.CellAt(x, y); c == nil || c.Content == "" {
				b.WriteByte(' ')
			} else {
				b.WriteString(c.Content)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// sees waits until the screen shows all texts.
func (d *terminal) sees(texts ...string) {
	d.t.Helper()
	var screen string
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
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

func (d *terminal) press(keys ...string) {
	for _, k := range keys {
		switch k {
		case "enter":
			d.term.SendKey(uv.KeyPressEvent{Code: uv.KeyEnter})
		case "ctrl+u":
			d.term.SendKey(uv.KeyPressEvent{Code: 'u', Mod: uv.ModCtrl})
		case "ctrl+d":
			d.term.SendKey(uv.KeyPressEvent{Code: 'd', Mod: uv.ModCtrl})
		case "ctrl+c":
			d.term.SendKey(uv.KeyPressEvent{Code: 'c', Mod: uv.ModCtrl})
		default:
			d.term.SendText(k)
		}
	}
}

// emptyDesk is a database with nothing in it, as a first look makes it.
func emptyDesk(t *testing.T) (*app, *store.Store) {
	t.Helper()
	a := newApp(strings.NewReader(""), io.Discard, io.Discard)
	a.db, a.actor = filepath.Join(t.TempDir(), "t.db"), "ada"
	s, err := store.Create(a.db, a.storeOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if report, err := s.Check(context.Background(), nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole: %v %v", report.Problems, err)
		}
	})
	return a, s
}

// TestBeginByTracking goes from an empty store to a first change without
// leaving the desk.
func TestBeginByTracking(t *testing.T) {
	site := newWebSite()
	defer site.Close()
	a, s := emptyDesk(t)
	d := openTerminal(t, a.deskOptions(s, []string{"127.0.0.1"}))
	d.sees("Welcome", "Nothing is tracked yet", "T  Track a document", "O  Import a history", "D  Look around on a sample")
	d.press("enter")
	d.sees("Address of the document to track")
	d.press("ctrl+u", "nowhere", "enter")
	d.sees("is not a web address")
	d.press("T")
	d.sees("Address of the document to track")
	d.press("ctrl+u", site.URL+"/privacy", "enter")
	d.sees("Name of the platform", "To track: "+site.URL+"/privacy")
	d.press("ctrl+u", "Acme", "enter")
	d.sees("Type of the document", "> Privacy Policy") // told from the address
	d.press("enter")
	d.sees("fetched 1 document: 1 first")
	d.press("q")
	d.sees("Platforms", "Acme")
	site.edition.Add(1)
	rows, err := s.Tracking(t.Context())
	if err != nil || len(rows) != 1 || rows[0].Name() != "Acme / Privacy Policy" || rows[0].Versions != 1 {
		t.Fatalf("%+v, %v", rows, err)
	}
	d.press("F")
	d.sees("nothing is due")
	if err := a.deskFetch(s, []string{"127.0.0.1"})(t.Context(), "", true, func(terms.FetchProgress) {}); err != nil {
		t.Fatal(err)
	}
	d.press("R", "enter")
	d.sees("Queue", "FP-C-000001")
}

func history(t *testing.T, versions int) string {
	t.Helper()
	h := otatest.New(t)
	for n := range versions {
		text := fmt.Sprintf("# Privacy Policy\n\nWe keep your data for %d days after you close your account with us.\n", 30+n)
		h.Commit(map[string]string{"Acme/Privacy Policy.md": text}, "Record new changes of Acme Privacy Policy", time.Date(2025, 1, 1+n, 0, 0, 0, 0, time.UTC))
	}
	return h.Dir
}

// TestBeginByImporting: an import can be stopped, what came is kept, and again
// takes the rest.
func TestBeginByImporting(t *testing.T) {
	a, s := emptyDesk(t)
	o := a.deskOptions(s, nil)
	real, began, first := o.Import, make(chan struct{}), true
	o.Import = func(ctx context.Context, path string, progress func(done, total int)) (string, error) {
		if !first {
			return real(ctx, path, progress)
		}
		first = false
		close(began)
		<-ctx.Done()
		return real(ctx, path, progress)
	}
	d := openTerminal(t, o)
	d.sees("Welcome")
	d.press("O")
	d.sees("Folder of the Open Terms Archive")
	d.press(history(t, 4), "enter")
	<-began
	d.sees("importing history.git", "X stop")
	d.press("X")
	d.sees("stopped; nothing had come")
	d.press("O")
	d.sees("Folder of the Open Terms Archive")
	d.press(filepath.Join(t.TempDir(), "nothing"), "enter")
	d.sees("there is no such folder")
	d.press("O")
	d.sees("Folder of the Open Terms Archive")
	d.press(history(t, 4), "enter")
	d.sees("Queue", "4 captures of 1 document: 1 first, 3 changed; 3 of the changes are material", "FP-C-000003")
	d.press("O")
	d.sees("Folder of the Open Terms Archive")
	d.press(history(t, 4), "enter")
	d.sees("nothing new in")
}

// TestBeginByLookingAround opens the sample in place of the desk, comes back to
// it, and leaves nothing behind.
func TestBeginByLookingAround(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	a, s := emptyDesk(t)
	d := openTerminal(t, a.deskOptions(s, nil))
	d.sees("Welcome")
	d.press("D")
	d.sees("Queue: pending", "FP-C-000001")
	if left, _ := filepath.Glob(filepath.Join(tmp, "fineprint-demo-*")); len(left) != 1 {
		t.Errorf("the sample is in %v", left)
	}
	// An input that can't be cancelled, as this one, still waits for one key in the
	// desk before, which drops it.
	for i := 0; i < 50 && !strings.Contains(d.screen(), "Activity"); i++ {
		d.press("A")
		time.Sleep(20 * time.Millisecond)
	}
	d.sees("Activity", "documents tracked", "due now")
	d.press("F")
	d.sees("fetched ", "unchanged")
	d.press("q", "q", "q")
	d.sees("Welcome")
	if left, _ := filepath.Glob(filepath.Join(tmp, "fineprint-demo-*")); len(left) != 0 {
		t.Errorf("the sample leaves %v", left)
	}
	page, err := s.Queue(t.Context(), terms.QueueFilter{})
	if err != nil || page.Total != 0 {
		t.Errorf("the sample is in the store: %+v, %v", page, err)
	}
	if _, err := os.Stat(a.db); err != nil {
		t.Error(err)
	}
}

// TestExportFromTheDesk: every format of the registry can be chosen, the result
// says where and what was written, and one that is stopped leaves no file.
func TestExportFromTheDesk(t *testing.T) {
	a, s := emptyDesk(t)
	_, err := a.deskImport(s)(t.Context(), history(t, 2), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	high, sure, basis, text := terms.High, terms.HighConfidence, terms.Explicit, "They keep it a day longer."
	for _, d := range []terms.Decision{{Action: terms.ActionSet, Severity: &high, Confidence: &sure, Basis: &basis, Summary: &text}, {Action: terms.ActionApprove}} {
		d.Change, d.Actor, d.At, d.Base = "FP-C-000001", "ada", time.Now(), terms.AnyRevision
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	o := a.deskOptions(s, nil)
	real, stopIt := o.Export, true
	began := make(chan struct{})
	o.Export = func(ctx context.Context, format, path string, progress func(done, total int)) (tui.Exported, error) {
		return real(ctx, format, path, func(done, total int) {
			progress(done, total)
			if stopIt {
				stopIt = false
				close(began)
				<-ctx.Done()
			}
		})
	}
	d := openTerminal(t, o)
	d.sees("Queue: pending")
	d.press("E")
	d.sees("Export the approved records as", "md  to read", "json  one document", "jsonl  a record a line", "csv  for spreadsheets")
	d.press("csv", "enter")
	d.sees("File to write", "records.csv")
	d.press("ctrl+u", filepath.Join(dir, "out.csv"), "enter")
	<-began
	d.sees("exporting 0 of 1", "X stop")
	d.press("X")
	d.sees("stopped; nothing was written")
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("the stopped export leaves %v", left)
	}
	d.press("E")
	d.sees("Export the approved records as")
	d.press("csv", "enter")
	d.sees("File to write", filepath.Join(dir, "out.csv")) // where the last one was to go
	d.press("ctrl+u", filepath.Join(dir, "o.csv"), "enter")
	d.sees("1 record, ", "written to "+dir)
	body, err := os.ReadFile(filepath.Join(dir, "o.csv"))
	if err != nil || !strings.Contains(string(body), text) {
		t.Fatalf("%s, %v", body, err)
	}
	d.sees(byteSize(int64(len(body))))
}
