package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/dev/desktest"
	"fineprint/cmd/dev/otatest"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/humanize"
)

// openTerminal opens the desk as the command does, on an emulated terminal.
func openTerminal(t *testing.T, o tui.Options) *desktest.Terminal {
	t.Helper()
	o.Clock = deskfixture.Unhurried()
	return desktest.OpenTerminal(t, 100, 30, func(ctx context.Context, program ...tea.ProgramOption) error {
		return tui.Run(ctx, o, program...)
	})
}

// emptyDesk makes a command line and a database with nothing in it, as a first
// look makes it. Whether the database is whole at the end is part of every test.
func emptyDesk(t *testing.T) (*cli, *store.Store) {
	t.Helper()
	a := newCLI(strings.NewReader(""), io.Discard, io.Discard)
	a.db, a.actor = filepath.Join(t.TempDir(), "t.db"), "ada"
	s, err := store.Create(a.db, store.Options{Clock: a.clock, Tool: toolName(), Actor: a.actorName()})
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

// TestDeskTracksAndFetchesAFirstDocument goes from an empty store to a first change without
// leaving the desk.
func TestDeskTracksAndFetchesAFirstDocument(t *testing.T) {
	site := newWebSite()
	defer site.Close()
	a, s := emptyDesk(t)
	d := openTerminal(t, a.deskOptions(s, []string{"127.0.0.1"}))
	d.Sees("Welcome", "No documents yet", "T  Track a document", "O  Import an archive",
		"D  Try the demo")
	d.Press("enter")
	d.Sees("Address of the document to track")
	d.Press("ctrl+u", "not an address", "enter")
	d.Sees("not a web address", "Address of the document to track") // and asked again
	d.Press("ctrl+u", site.URL+"/privacy", "enter")
	d.Sees("Name of the platform", "To track: "+site.URL+"/privacy")
	d.Press("ctrl+u", "Acme", "enter")
	d.Sees("Document type", "> Privacy Policy") // guessed from the address
	d.Press("enter")
	d.Sees("fetched 1 document: 1 first")
	d.Press("q")
	d.Sees("Platforms", "Acme")
	site.edition.Add(1)
	rows, err := s.Tracking(t.Context())
	if err != nil || len(rows) != 1 || rows[0].Name() != "Acme / Privacy Policy" || rows[0].Versions != 1 {
		t.Fatalf("%+v, %v", rows, err)
	}
	d.Press("F")
	d.Sees("nothing is due")
	if err := a.deskOn(s, []string{"127.0.0.1"}).fetch()(t.Context(), "", true,
		func(model.FetchProgress) {}); err != nil {
		t.Fatal(err)
	}
	d.Press("R", "enter")
	d.Sees("by risk", "FP-C-000001")
}

func history(t *testing.T, versions int) string {
	t.Helper()
	h := otatest.New(t)
	for n := range versions {
		text := fmt.Sprintf("# Privacy Policy\n\nWe keep your data for %d days after you close your account with us.\n",
			30+n)
		h.Commit(map[string]string{"Acme/Privacy Policy.md": text}, "Record new changes of Acme Privacy Policy",
			time.Date(2025, 1, 1+n, 0, 0, 0, 0, time.UTC))
	}
	return h.Dir
}

// TestStoppedDeskImportGoesOn: an import can be stopped, what came is kept, and again
// takes the rest.
func TestStoppedDeskImportGoesOn(t *testing.T) {
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
	d.Sees("Welcome")
	d.Press("O")
	d.Sees("Folder of the Open Terms Archive")
	d.Press(history(t, 4), "enter")
	<-began
	d.Sees("importing history.git", "X cancel")
	d.Press("X")
	d.Sees("stopped; nothing had come")
	d.Press("O")
	d.Sees("Folder of the Open Terms Archive")
	d.Press(filepath.Join(t.TempDir(), "nothing"), "enter")
	d.Sees("there is no such folder")
	d.Press("O")
	d.Sees("Folder of the Open Terms Archive")
	d.Press(history(t, 4), "enter")
	d.Sees("by risk", "4 captures of 1 document: 1 first, 3 changed; 3 of the changes are material", "3 shown")
	d.Press("O")
	d.Sees("Folder of the Open Terms Archive")
	d.Press(history(t, 4), "enter")
	d.Sees("Nothing new in")
}

// TestDeskSampleLeavesNothingBehind opens the sample in place of the desk, comes back to
// it, and leaves nothing behind.
func TestDeskSampleLeavesNothingBehind(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	a, s := emptyDesk(t)
	d := openTerminal(t, a.deskOptions(s, nil))
	d.Sees("Welcome")
	d.Press("D")
	d.Sees("by risk", "15 shown")
	if left, _ := filepath.Glob(filepath.Join(tmp, "fineprint-demo-*")); len(left) != 1 {
		t.Errorf("the sample is in %v", left)
	}
	d.Press("A")
	d.Sees("Activity", "documents tracked", "due now")
	d.Press("F")
	d.Sees("fetched ", "unchanged")
	d.Press("q", "q", "q")
	d.Sees("Welcome")
	if left, _ := filepath.Glob(filepath.Join(tmp, "fineprint-demo-*")); len(left) != 0 {
		t.Errorf("the sample leaves %v", left)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || page.Total != 0 {
		t.Errorf("the sample is in the store: %+v, %v", page, err)
	}
	if _, err := os.Stat(a.db); err != nil {
		t.Error(err)
	}
}

// TestStoppedDeskExportLeavesNoFile: every format of the registry can be chosen, the result
// reports where and what was written, and one that is stopped leaves no file.
func TestStoppedDeskExportLeavesNoFile(t *testing.T) {
	a, s := emptyDesk(t)
	_, err := a.deskOn(s, nil).importOTA(t.Context(), history(t, 2), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	high, sure, basis, text := model.High, model.HighConfidence, model.Explicit, "They keep it a day longer."
	for _, d := range []model.Decision{{Action: model.ActionSet, Severity: &high, Confidence: &sure, Basis: &basis,
		Summary: &text}, {Action: model.ActionApprove}} {
		d.Change, d.Actor, d.At, d.Base = "FP-C-000001", "ada", time.Now(), model.AnyRevision
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
	d.Sees("by risk")
	d.Press("E")
	d.Sees("Export approved records", "md  Markdown", "json  one JSON document", "jsonl  JSON Lines: one record per line",
		"csv  for spreadsheets")
	d.Press("csv", "enter")
	d.Sees("Output file", "records.csv")
	d.Press("ctrl+u", filepath.Join(dir, "out.csv"), "enter")
	<-began
	d.Sees("exporting 0 of 1", "X cancel")
	d.Press("X")
	d.Sees("Cancelled; nothing written")
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("the stopped export leaves %v", left)
	}
	d.Press("E")
	d.Sees("Export approved records")
	d.Press("csv", "enter")
	d.Sees("Output file", filepath.Join(dir, "out.csv")) // where the last one was to go
	d.Press("ctrl+u", filepath.Join(dir, "o.csv"), "enter")
	d.Sees("1 record, ", "written to "+dir)
	body, err := os.ReadFile(filepath.Join(dir, "o.csv"))
	if err != nil || !strings.Contains(string(body), text) {
		t.Fatalf("%s, %v", body, err)
	}
	d.Sees(humanize.Bytes(int64(len(body))))
}
