package main

import (
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
)

// TestDeskListsWhatCanBeReadUnderALineOnTheRest: with one flipped bit the queue of the desk and
// its platforms are listed without what was hit, which a line under the title names; nothing can
// be decided on that change, and on others it can.
func TestDeskListsWhatCanBeReadUnderALineOnTheRest(t *testing.T) {
	path := everyBucket(t)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	keys := values(t, path)
	for bucket, want := range map[string]string{"event": "decision 1 on FP-C-000001", "row": "what lists say of FP-C-000001",
		"document": "document FP-D-00001", "annotation": "note 1 on FP-C-000001"} {
		if err := os.WriteFile(path, sound, 0o600); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(path + ".head") // it is of what was decided meanwhile
		flip(t, path, bucket, keys[bucket][0], 40)
		s, err := store.Open(path, store.Options{Actor: "ada", NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		o := newCLI(os.Stdin, os.Stdout, os.Stderr).deskOptions(s, nil)
		o.Changed = nil // waits for others
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			d := desktest.Open(tui.New(t.Context(), o))
			d.Resize(size[0], size[1])
			d.Settle()
			for _, screen := range []string{"queue", "platforms"} {
				frame := ansi.Strip(d.Frame())
				lines := strings.Split(frame, "\n")
				if flaw := desktest.Flaw(d.Frame(), size[0], size[1]); flaw != "" {
					t.Errorf("%s: the %s at %v: %s", bucket, screen, size, flaw)
				}
				if !strings.Contains(lines[1], "can't be read") || size[0] > 80 && !strings.Contains(lines[1], want) {
					t.Errorf("%s: the line under the title of the %s is %q", bucket, screen, lines[1])
				}
				if strings.Contains(frame, "No change is pending") || !strings.Contains(frame, "Acme") {
					t.Errorf("%s: the %s lists nothing:\n%s", bucket, screen, frame)
				}
				d.Press("q")
				d.Settle()
			}
		}
		dismissal := model.Decision{Base: model.AnyRevision, Actor: "ada", Action: model.ActionDismiss, Reason: "a test"}
		dismissal.Change = "FP-C-000001"
		if _, err := s.Decide(t.Context(), dismissal); err == nil && bucket != "annotation" {
			t.Errorf("%s: what can't be read is decided on", bucket)
		}
		dismissal.Change = "FP-C-000005"
		if _, err := s.Decide(t.Context(), dismissal); err != nil {
			t.Errorf("%s: a change that is whole can't be decided on: %v", bucket, err)
		}
	}
}
