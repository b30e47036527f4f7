package main

import (
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/store/kv/pagefile"
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

// TestDeskOnADamagedFileSaysSoAndSavesNothing: with a page that is not as it was written, every screen has a
// line under its title, decisions are refused with the reason, and the file stays as it is.
func TestDeskOnADamagedFileSaysSoAndSavesNothing(t *testing.T) {
	path := everyBucket(t)
	hitPage(t, path, "journal")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
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
		banner := func(screen string) {
			t.Helper()
			frame := ansi.Strip(d.Frame())
			lines := strings.Split(frame, "\n")
			if flaw := desktest.Flaw(d.Frame(), size[0], size[1]); flaw != "" {
				t.Errorf("the %s at %v: %s", screen, size, flaw)
			}
			if !strings.Contains(lines[1], "The file is damaged and nothing is saved (see `fineprint check`)") ||
				size[0] > 80 && !strings.Contains(lines[1], "(bucket journal)") {
				t.Errorf("the line under the title of the %s is %q", screen, lines[1])
			}
			if screen == "queue" && !strings.Contains(frame, "Acme") {
				t.Errorf("the queue lists nothing:\n%s", frame)
			}
		}
		banner("queue")
		for _, way := range [][2]string{{"q", "platforms"}, {"enter", "queue"}, {"enter", "review"}, {"V", "versions"}, {"q", "review"}} {
			d.Press(way[0])
			d.Settle()
			banner(way[1])
		}
		d.Press("x", "n", "o", "enter")
		d.Settle()
		frame := ansi.Strip(d.Frame())
		if want := "deciding on FP-C-000006: database is damaged: page"; !strings.Contains(frame, want) {
			t.Errorf("at %v %q is not in what a refused decision says:\n%s", size, want, frame)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the damaged file was written to")
	}
	if page, err := s.Queue(t.Context(), model.QueueFilter{State: model.Dismissed}); err != nil || page.Total != 1 {
		t.Errorf("%d changes are dismissed: %v", page.Total, err)
	}
}

// hitPage flips a bit behind the last value of a leaf page of a bucket.
func hitPage(t *testing.T, path, bucket string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := pagefile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	m, _ := f.Newest()
	_, err = f.Walk(t.Context(), m, pagefile.Visitor{
		Page: func(b *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
			if b.String() == bucket && p.Kind == pagefile.Leaf {
				raw[int(p.ID+1)*f.PageSize()-1] ^= 1
			}
			return nil
		}})
	if err == nil {
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
