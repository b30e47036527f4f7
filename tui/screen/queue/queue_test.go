package queue_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

// shelf is a desk with changes of its own, which it lists by state and platform.
type shelf struct {
	deskfixture.Static
	changes []model.QueueItem
	asked   *[]model.QueueFilter
	state   string // of the desk, as it was left
}

func newShelf() shelf {
	item := func(n int, platform string, day int, edit func(*model.QueueItem)) model.QueueItem {
		c := model.QueueItem{
			ID: model.NewID("FP", model.ChangeID, uint64(n)), Document: model.NewID("FP", model.DocumentID, uint64(n)),
			Platform: strings.ToLower(platform), PlatformName: platform, Type: "Terms of Service", State: model.Pending,
			To:       model.VersionRef{CapturedAt: time.Date(2026, 3, day, 5, 6, 7, 0, time.UTC)},
			Material: true, Suggested: model.Suggestion{Severity: model.Medium, Why: []string{"a changed number"}},
		}
		edit(&c)
		return c
	}
	alike := func(c *model.QueueItem) { c.DuplicateGroup, c.DuplicateCount = "30 days", 2 }
	return shelf{Static: deskfixture.NewStatic(), asked: &[]model.QueueFilter{}, changes: []model.QueueItem{
		item(1, "Corvid", 1, alike),
		item(2, "Borealis", 9, func(c *model.QueueItem) {
			c.Material, c.Reason, c.Detail = false, model.ReasonLink, "only where links lead"
		}),
		item(3, "Acme", 5, alike),
		item(4, "Acme", 5, func(c *model.QueueItem) { c.Severity = model.High }),
		item(5, "Delta", 3, func(c *model.QueueItem) { c.State = model.Dismissed }),
	}}
}

func (s shelf) Queue(_ context.Context, f model.QueueFilter) (model.QueuePage, error) {
	*s.asked = append(*s.asked, f)
	var page model.QueuePage
	for _, c := range s.changes {
		if (f.AllState || c.State == f.State) && (f.Platform == "" || c.Platform == f.Platform) {
			page.Changes = append(page.Changes, c)
		}
	}
	page.Total = len(page.Changes)
	if f.Limit > 0 {
		page.Changes = page.Changes[:min(f.Limit, page.Total)]
	}
	return page, nil
}

func (s shelf) DeskState(context.Context, string) ([]byte, error) { return []byte(s.state), nil }

// Decide dismisses, whatever is decided.
func (s shelf) Decide(_ context.Context, d model.Decision) (model.Review, error) {
	for i := range s.changes {
		if s.changes[i].ID == d.Change {
			s.changes[i].State = model.Dismissed
		}
	}
	return model.Review{Change: d.Change, State: model.Dismissed}, nil
}

func (s shelf) LastDecision(context.Context, string) ([]model.ID, error) {
	return []model.ID{"FP-C-000003"}, nil
}

func open(t *testing.T, desk tui.Desk) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(desk, 120, 24, "dark")
	return s
}

// order lists the changes in the order they are drawn.
func order(s *deskfixture.Driver) string {
	var ids []string
	for _, l := range s.Page() {
		for i := range 10 {
			if strings.Contains(l, fmt.Sprintf("FP-C-%06d", i)) {
				ids = append(ids, fmt.Sprint(i))
			}
		}
	}
	return strings.Join(ids, " ")
}

// current is the row with the cursor.
func current(s *deskfixture.Driver) string {
	i := slices.IndexFunc(s.Page(), func(l string) bool { return strings.HasPrefix(l, ">") })
	if i < 0 {
		return ""
	}
	return s.Page()[i]
}

func TestQueueIsSortedByRankDateAndPlatform(t *testing.T) {
	s := open(t, newShelf())
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("ranked: %s", got)
	}
	s.Keys("S")
	s.Shows("Queue: pending, newest first")
	if got := order(s); got != "2 3 4 1" {
		t.Errorf("newest first: %s", got)
	}
	s.Keys("S")
	s.Shows("Queue: pending, by platform")
	if got := order(s); got != "3 4 2 1" {
		t.Errorf("by platform: %s", got)
	}
	if row := current(s); !strings.Contains(row, "FP-C-000001") {
		t.Errorf("sorting moved the cursor to %q", row)
	}
}

func TestQueueIsGroupedByChangeSetAndByDuplicates(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("t")
	s.Shows("Queue: pending, by change set", "Acme, 2026-03-05: 2 changes", "Corvid, 2026-03-01: 1 change")
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("by change set: %s", got)
	}
	s.Keys("t")
	s.Shows("2 alike: a changed number", "2 like no other")
	if got := order(s); got != "1 3 2 4" {
		t.Errorf("by alike: %s", got)
	}
	for range 6 { // over the headings
		s.Keys("k")
	}
	if row := current(s); !strings.Contains(row, "FP-C-000001") {
		t.Errorf("up to the first change the cursor is on %q", row)
	}
	s.Keys("G")
	if row := current(s); !strings.Contains(row, "FP-C-000004") {
		t.Errorf("down to the last change the cursor is on %q", row)
	}
}

func TestMarkedChangesAreWhatADecisionIsAbout(t *testing.T) {
	s := open(t, newShelf())
	s.Shows("2 alike: * marks them")
	s.Keys("*")
	s.Shows("2 marked; a judgement is now one of them all", "2 marked, 4")
	s.Keys("x")
	s.Shows("2 changes of 2 platforms, 2 material. Two of them at random:")
	s.Keys("esc", "j", "space")
	s.Shows("3 marked, 4")
	s.Keys("k", "space")
	s.Shows("2 marked, 4")
	s.Keys("-")
	s.Shows("Queue: pending", " 4 ")
	s.Keys("ctrl+a")
	s.Shows("4 marked")
	s.Keys("q")
	s.Shows("marks taken away; once more leads back", "Queue: pending")
	s.Keys("-")
	s.Shows("not now: nothing is marked")
	s.Keys("q")
	s.Shows("Platforms")
}

func TestOneMarkedChangeIsDecidedOnLikeAnyOther(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("j", "space", "g", "x")
	s.Shows("Dismiss because")
	if frame := strings.Join(s.Page(), "\n"); strings.Contains(frame, "at random") ||
		!strings.Contains(frame, "> link") {
		t.Errorf("not about the one that is marked:\n%s", frame)
	}
}

func TestFilterNarrowsWhileTyping(t *testing.T) {
	desk := newShelf()
	s := open(t, desk)
	s.Keys("/")
	s.Shows("words, or fields: sev>=high")
	s.Type("acme")
	s.Settle()
	s.Shows("Queue: pending, acme", "2 of 4")
	s.Keys("esc")
	s.Shows("Queue: pending  ")
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("given up, it lists %s", got)
	}
	s.Keys("/")
	s.Type("sev:hihg")
	s.Keys("enter")
	s.Shows("> sev:hihg", `sev has no value "hihg"; did you mean high?`)
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("by what can't be read it lists %s", got)
	}
	s.Keys("backspace", "backspace", "backspace", "tab")
	s.Shows("> sev:high ", "Queue: pending, sev:high", "1 of 4")
	s.Keys("esc", "/")
	s.Type("plat:")
	s.Shows("tab:  acme  borealis  corvid")
	s.Keys("tab", "tab")
	s.Shows("> plat:borealis")
	s.Keys("shift+tab")
	s.Shows("> plat:acme")
	s.Keys("ctrl+u")
	s.Type("state:dismissed")
	s.Keys("enter")
	s.Shows("Queue: dismissed")
	if got := order(s); got != "5" {
		t.Errorf("of another state it lists %s", got)
	}
	if last := (*desk.asked)[len(*desk.asked)-1]; last.State != model.Dismissed {
		t.Errorf("asked for %+v", last)
	}
}

func TestEmptyQueueShowsHowToListMore(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("/")
	s.Type("zebra")
	s.Keys("enter")
	s.Shows("No change is pending, zebra. tab lists the other states, / filters.", "0 of 4")
	for _, key := range []string{"enter", "space", "*", "ctrl+a", "a", "y", "o", "V", "r"} {
		s.Keys(key)
		s.Shows("not now: ")
	}
}

func TestTabCyclesThroughStates(t *testing.T) {
	s := open(t, newShelf())
	for _, state := range []string{"snoozed", "in review", "dismissed", "approved", "all", "pending"} {
		s.Keys("tab")
		s.Shows("Queue: " + state)
	}
	s.Keys("tab", "tab", "tab", "tab", "tab")
	s.Shows("Queue: all", "link) pending", "medium? dismissed")
}

func TestSavedFiltersListTheQueueAndAreSaved(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	desk := newShelf()
	s.StartWith(desk, 120, 24, "dark", func(o *tui.Options) {
		o.Config = config.Default()
		o.Config.Filters = append(o.Config.Filters, config.Named{Name: "ours", Text: "plat:acme"})
	})
	s.Palette("save this")
	s.Shows("there is no filter to save; narrow the queue first")
	s.Keys("f")
	s.Shows("Saved filters", "everything pending", "ours: plat:acme", "clusters: is:alike")
	s.Type("ours")
	s.Keys("enter")
	s.Shows("Queue: pending, plat:acme", "2 of 4")
	s.Palette("save this")
	s.Shows("Save the filter plat:acme as")
	s.Keys("enter") // without a name: not saved
	s.Palette("save this")
	s.Type("again")
	s.Keys("enter")
	s.Shows("saved; the list of filters has again")
	s.Keys("q", "f")
	s.Shows("again: plat:acme")
	s.Type("everything")
	s.Keys("enter")
	s.Shows("Queue: pending  ", " 4 ")
}

func TestQueueIsFoundAsItWasLeft(t *testing.T) {
	desk := newShelf()
	desk.state = `{"query":"is:material","order":"newest first","group":"alike",` +
		`"change":"FP-C-000004","filters":{"mine":"acme"}}`
	s := open(t, desk)
	s.Shows("Queue: pending, is:material, newest first, by alike", "3 of 4")
	if row := current(s); !strings.Contains(row, "FP-C-000004") {
		t.Errorf("the cursor is on %q", row)
	}
	s.Keys("f")
	s.Shows("mine: acme")
	desk.state = `{"query":"sev:nonsense","order":"sideways","group":"by colour"}`
	open(t, desk).Shows("Queue: pending  ")
}

func TestPlatformOpensItsOwnQueue(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("q", "j", "enter")
	s.Shows("Queue: pending, acme")
	if got := order(s); got != "3 4" {
		t.Errorf("it lists %s", got)
	}
	s.Keys("q", "f")
	s.Type("noise")
	s.Keys("enter")
	s.Shows("Queue: pending, reason:capture")
}

func TestClickSelectsThenOpens(t *testing.T) {
	s := open(t, newShelf())
	click := func(y int) { s.Deliver(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft}) }
	click(3)
	if row := current(s); !strings.Contains(row, "FP-C-000003") {
		t.Errorf("the cursor is on %q", row)
	}
	click(3)
	s.Shows("Needs severity", "FP-C-000001") // all that Static has
	s = open(t, newShelf())
	s.Keys("t")
	click(1) // a heading
	if row := current(s); !strings.Contains(row, "FP-C-000001") {
		t.Errorf("a click on a heading moves the cursor to %q", row)
	}
}

func TestLongQueueIsReadInTwoParts(t *testing.T) {
	desk := newShelf()
	desk.changes = nil
	for n := range 1000 {
		c := newShelf().changes[1]
		c.ID = model.NewID("FP", model.ChangeID, uint64(n+1))
		desk.changes = append(desk.changes, c)
	}
	s := open(t, desk)
	s.Shows("Queue: pending", " 1000 ")
	if asked := *desk.asked; len(asked) != 2 || asked[0].Limit != 200 || asked[1].Limit != 0 {
		t.Errorf("asked for %+v", asked)
	}
	s.Keys("G")
	if row := current(s); !strings.Contains(row, "FP-C-001000") {
		t.Errorf("at the bottom the cursor is on %q", row)
	}
	s.Keys("R")
	if row := current(s); !strings.Contains(row, "FP-C-001000") {
		t.Errorf("read again the cursor is on %q", row)
	}
}

func TestDecidedChangesLeaveTheQueue(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("j", "x", "enter")
	s.Shows("FP-C-000002 dismissed", " 3 ")
	if row := current(s); !strings.Contains(row, "FP-C-000003") {
		t.Errorf("the cursor is on %q", row)
	}
	s.Keys("G", "x")
	s.Type("noise")
	s.Keys("enter")
	if row := current(s); !strings.Contains(row, "FP-C-000003") {
		t.Errorf("after the last one the cursor is on %q", row)
	}
	s.Keys("enter", "]")
	s.Shows("no further change in the queue")
}

func TestNarrowWindowLeavesColumnsOut(t *testing.T) {
	s := open(t, newShelf())
	s.Shows("2 alike", "+0 -0 ~0", "FP-C-000001")
	s.Size(70, 20)
	if frame := strings.Join(s.Page()[1:5], "\n"); strings.Contains(frame, "FP-C") ||
		!strings.Contains(frame, "2026-03-01") {
		t.Errorf("in 70 columns:\n%s", frame)
	}
}

func TestReviewStepsThroughTheQueue(t *testing.T) {
	desk := newShelf()
	s := open(t, desk)
	s.Keys("t", "enter")
	s.Shows("1 of 4")
	s.Keys("]")
	s.Keys("[", "[")
	s.Shows("no further change in the queue")
}

func TestMarksOfWhatIsNotListedAnyMoreAreDropped(t *testing.T) {
	desk := newShelf()
	s := open(t, desk)
	s.Keys("ctrl+a")
	s.Shows("4 marked, 4")
	desk.changes[0].State = model.Dismissed
	s.Keys("R")
	s.Shows("3 marked, 3")
}
