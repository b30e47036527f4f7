package queue_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/dev/desktest"
	"fineprint/store/model"
	"fineprint/tui"
)

// longShelf has a thousand changes.
func longShelf() shelf {
	desk := newShelf().different()
	one := desk.changes[1]
	desk.changes = nil
	for n := range 1000 {
		one.ID = model.NewID("FP", model.ChangeID, uint64(n+1))
		desk.changes = append(desk.changes, one)
	}
	return desk
}

// TestPartOfAListIsCalledOne: while the rest is read, no total is claimed, and no list is
// called empty (B14).
func TestPartOfAListIsCalledOne(t *testing.T) {
	for _, of := range []struct{ state, part, whole string }{
		{"", "200 of 1,000…", "1,000 shown"},
		{`{"query":"zebra"}`, "loading…", "0 shown"},
	} {
		desk := longShelf()
		desk.state = of.state
		d := desktest.Open(tui.New(t.Context(), tui.Options{Desk: desk, Actor: "ada"}))
		d.Resize(120, 24)
		for !strings.Contains(ansi.Strip(d.Frame()), "Pending 1,000") {
			if d.Pending() == 0 {
				t.Fatalf("nothing is shown:\n%s", d.Frame())
			}
			d.Step(0)
		}
		frame := ansi.Strip(d.Frame())
		if !strings.Contains(frame, of.part) || strings.Contains(frame, " shown") || strings.Contains(frame, "No pending") {
			t.Errorf("of a part:\n%s", frame)
		}
		d.Settle()
		if frame := ansi.Strip(d.Frame()); !strings.Contains(frame, of.whole) {
			t.Errorf("of the whole:\n%s", frame)
		}
	}
}

// counting counts how often the list is read.
type counting struct {
	tui.Desk
	reads *int
}

func (c counting) Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error) {
	*c.reads++
	return c.Desk.Queue(ctx, f)
}

// TestOwnDecisionsAreTakenBackWithoutReading: a dismissal of many, its undoing and its
// redoing are written into the list, the counts and the order with it (B13).
func TestOwnDecisionsAreTakenBackWithoutReading(t *testing.T) {
	s := deskfixture.LikeStore(t)
	reads := 0
	d := &deskfixture.Driver{T: t}
	d.StartWith(counting{s, &reads}, 120, 24, "dark", withIDs)
	d.Keys("j", "e")
	before, read := order(d), reads
	if len(strings.Fields(before)) != 6 {
		t.Fatalf("it lists %s", before)
	}
	for range 2 {
		d.Keys("*", "x")
		d.Type("known")
		d.Keys("enter", "y")
		d.Shows("Pending 1 ", "Dismissed 5", "1 shown")
		d.Keys("u")
		d.Shows("Pending 6", "Dismissed 0", "6 shown")
		if got := order(d); got != before {
			t.Errorf("taken back it lists %s, before %s", got, before)
		}
	}
	d.Keys("ctrl+r")
	d.Shows("Pending 1 ", "Dismissed 5")
	d.Keys("u", "G", "x")
	d.Type("last")
	d.Keys("enter", "g", "j", "x")
	d.Type("second")
	d.Keys("enter", "u", "u", "y") // it asks before it takes back what was not decided just now
	if got := order(d); got != before {
		t.Errorf("one by one taken back it lists %s, before %s", got, before)
	}
	if reads != read {
		t.Errorf("the list was read %d times more", reads-read)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var stored []string
	for _, c := range page.Changes {
		stored = append(stored, strings.TrimLeft(string(c.ID[len("FP-C-"):]), "0"))
	}
	if got := strings.Fields(before); !slices.Equal(got, stored) {
		t.Errorf("it lists %s, the store %s", got, stored)
	}
}

// TestPreviewIsHiddenAndThatIsKept: p hides it and shows it, and a desk keeps which.
func TestPreviewIsHiddenAndThatIsKept(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := &deskfixture.Driver{T: t}
	shown := func() bool { return strings.Contains(strings.Join(d.Page(), "\n"), "│") }
	d.Start(s, 120, 24, "dark")
	if !shown() {
		t.Fatalf("no preview:\n%s", d.Frame())
	}
	d.Keys("p")
	if shown() {
		t.Errorf("hidden it is there:\n%s", d.Frame())
	}
	d.Start(s, 120, 24, "dark")
	if shown() {
		t.Errorf("it was hidden, and is there again:\n%s", d.Frame())
	}
	d.Keys("p")
	if !shown() {
		t.Errorf("shown it is not there:\n%s", d.Frame())
	}
	d.Size(80, 24)
	d.Shows("· FP-C-")
	d.Size(60, 20)
	if strings.Contains(strings.Join(d.Page(), "\n"), "FP-C-") {
		t.Errorf("in a low window there is a preview:\n%s", d.Frame())
	}
}
