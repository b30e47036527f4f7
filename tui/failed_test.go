package tui_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	bolt "go.etcd.io/bbolt"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/keys"
)

// listScreens are the screens that draw a list which they read, with the keys
// that lead to each: before some the lists have to be readable.
var listScreens = map[keys.Screen]struct{ before, open []string }{
	keys.Queue:     {},
	keys.Platforms: {open: []string{"q"}},
	keys.History:   {before: []string{"enter"}, open: []string{"t"}},
	keys.Versions:  {before: []string{"enter"}, open: []string{"V"}},
	keys.Alerts:    {open: []string{"!"}},
	keys.Activity:  {open: []string{"A"}},
	keys.Clauses:   {before: []string{"V"}, open: []string{"c"}},
	keys.Year:      {open: []string{"H"}},
	keys.Records:   {before: []string{"enter"}, open: []string{"B"}},
	keys.Compare:   {before: []string{"enter"}, open: []string{"c"}},
	keys.Calendar:  {open: []string{"L"}},
	keys.Playbook:  {open: []string{":", "p", "l", "a", "y", "b", "o", "o", "k", "enter"}},
	keys.HeatMap:   {open: []string{"M"}},
	keys.Cell:      {before: []string{"M", "l"}, open: []string{"enter"}},
	keys.Agreement: {open: []string{"ctrl+p", "a", "g", "r", "e", "e", "m", "e", "n", "t", " ", "o", "f", "enter"}},
}

// TestFailedReadIsNeverDrawnAsEmpty walks every screen that draws a list: when
// its reader fails, the screen shows that and what to do next, leaves the count
// open, and none of what the same screen shows of an empty list.
func TestFailedReadIsNeverDrawnAsEmpty(t *testing.T) {
	// A search that fails leaves what was found before, with the reason above it.
	noList := []keys.Screen{keys.Review, keys.Preview, keys.Settings, keys.Welcome, keys.Record, keys.Search}
	for _, b := range keys.All {
		for _, screen := range b.Screens {
			if _, known := listScreens[screen]; !known && !slices.Contains(noList, screen) {
				t.Fatalf("whether the %s screen reads a list is not known here", screen)
			}
		}
	}
	damaged := fmt.Errorf("%w: the value of FP-C-000147 does not match its hash", model.ErrDamaged)
	for screen, way := range listScreens {
		for _, width := range []int{60, 120} {
			t.Run(fmt.Sprint(screen, width), func(t *testing.T) {
				show := func(then deskfixture.Lists) []string {
					now := deskfixture.Lists{}
					if len(way.before) == 0 {
						now = then
					}
					s := &deskfixture.Driver{T: t}
					s.Start(deskfixture.ListDesk{Desk: deskfixture.NewStatic(), Lists: &now}, width, 24, "dark")
					s.Keys(way.before...)
					now = then
					s.Keys(way.open...)
					if got := s.Model().(*tui.Model).Shown(); got != screen && got != keys.Welcome {
						t.Fatalf("the way to %s leads to %s", screen, got)
					}
					return strings.Split(ansi.Strip(s.Frame()), "\n")
				}
				frame := show(deskfixture.Lists{Err: damaged})
				body := strings.Join(strings.Fields(strings.Join(frame[1:22], " ")), " ")
				for _, want := range []string{"can't be read", "FP-C-000147", "`fineprint check`"} {
					if !strings.Contains(body, want) {
						t.Errorf("%q is not in place of the list:\n%s", want, strings.Join(frame, "\n"))
					}
				}
				if !strings.Contains(frame[0], "?") {
					t.Errorf("the count is not left open: %q", frame[0])
				}
				for _, l := range show(deskfixture.Lists{Empty: true})[:22] {
					if text := strings.TrimSpace(l); text != "" && slices.Contains(frame, l) &&
						!slices.Contains(headings, strings.Fields(text)[0]) {
						t.Errorf("the failure is drawn with a line of the empty list: %q", text)
					}
				}
			})
		}
	}
}

// headings begin the lines that a list has whatever is in it.
var headings = []string{"platform", "(no", "(before"}

// TestFailedReadNamesTheNextStep: what to do depends on what went wrong.
func TestFailedReadNamesTheNextStep(t *testing.T) {
	for err, want := range map[error]string{
		fmt.Errorf("%w: another fineprint holds it", model.ErrBusy): "R to retry",
		errors.New("input/output error"):                            "R to retry",
		model.ErrDamaged:                                            "run `fineprint check` to list the damage",
	} {
		now := deskfixture.Lists{Err: err}
		s := &deskfixture.Driver{T: t}
		s.Start(deskfixture.ListDesk{Desk: deskfixture.NewStatic(), Lists: &now}, 120, 24, "dark")
		if frame := ansi.Strip(s.Frame()); !strings.Contains(frame, want) {
			t.Errorf("%v: %q is missing in\n%s", err, want, frame)
		}
		now = deskfixture.Lists{}
		s.Keys("R")
		if frame := ansi.Strip(s.Frame()); strings.Contains(frame, "can't be read") ||
			!strings.Contains(frame, "FP-C-000001") {
			t.Errorf("%v: read again, the list is not shown:\n%s", err, frame)
		}
	}
}

// TestQueueOfDamagedDatabaseShowsTheDamage flips one bit of one decision in a
// database with changes pending.
func TestQueueOfDamagedDatabaseShowsTheDamage(t *testing.T) {
	made := deskfixture.NewStore(t)
	low := model.Low
	if _, err := made.Decide(t.Context(), model.Decision{Change: "FP-C-000001", Base: model.AnyRevision, Actor: "ada",
		Action: model.ActionSet, Severity: &low}); err != nil {
		t.Fatal(err)
	}
	path := made.Path()
	flipBit(t, path, "event")
	damaged, err := store.Open(path, store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := damaged.Queue(t.Context(), model.QueueFilter{}); !errors.Is(err, model.ErrDamaged) {
		t.Fatalf("the queue of the damaged database is read with %v", err)
	}
	s := &deskfixture.Driver{T: t}
	s.Start(damaged, 120, 24, "dark")
	frame := ansi.Strip(s.Frame())
	if strings.Contains(frame, "No pending changes") || !strings.Contains(frame, "The queue can't be read") ||
		!strings.Contains(frame, "`fineprint check`") {
		t.Errorf("the queue of a damaged database is drawn as\n%s", frame)
	}
}

// flipBit changes one bit in the last value of a bucket.
func flipBit(t *testing.T, path, bucket string) {
	t.Helper()
	db, err := bolt.Open(filepath.Clean(path), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		k, v := tx.Bucket([]byte(bucket)).Cursor().Last()
		v = slices.Clone(v)
		v[len(v)/2] ^= 1
		return tx.Bucket([]byte(bucket)).Put(k, v)
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
