package queue_test

import (
	"context"
	"fmt"
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
		if f.Platform == "" || c.Platform == f.Platform {
			page.States.Add(c.State, 1)
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

// withIDs has the rows name their changes.
func withIDs(o *tui.Options) {
	o.Config = config.Default()
	o.Config.QueueColumns = []string{"severity", "platform", "added", "alike", "age", "id"}
}

func open(t *testing.T, desk tui.Desk) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.StartWith(desk, 120, 24, "dark", withIDs)
	return s
}

// different makes no two changes of a shelf identical.
func (s shelf) different() shelf {
	for i := range s.changes {
		s.changes[i].DuplicateGroup, s.changes[i].DuplicateCount = "", 0
	}
	return s
}

// list is what is drawn left of the preview.
func list(s *deskfixture.Driver) []string {
	page := s.Page()
	page = page[:len(page)-2] // without status and footer
	for i, l := range page {
		page[i], _, _ = strings.Cut(l, "│")
	}
	return page
}

// order lists the changes in the order they are drawn.
func order(s *deskfixture.Driver) string {
	var ids []string
	for _, l := range list(s) {
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
	for _, l := range list(s) {
		if strings.HasPrefix(l, "▌") {
			return l
		}
	}
	return ""
}

// onRow fails the test unless the cursor is on a change.
func onRow(t *testing.T, s *deskfixture.Driver, id string) {
	t.Helper()
	if row := current(s); !strings.Contains(row, id) {
		t.Errorf("the cursor is on %q, not on %s:\n%s", row, id, strings.Join(list(s), "\n"))
	}
}

func TestQueueIsSortedByRankDateAndPlatform(t *testing.T) {
	s := open(t, newShelf().different())
	s.Shows("by risk ↓")
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("ranked: %s", got)
	}
	s.Keys("S")
	s.Shows("by age ↑", "AGE↑")
	if got := order(s); got != "2 3 4 1" {
		t.Errorf("newest first: %s", got)
	}
	s.Keys("S")
	s.Shows("by platform ↑", "PLATFORM · DOCUMENT↑")
	if got := order(s); got != "3 4 2 1" {
		t.Errorf("by platform: %s", got)
	}
	onRow(t, s, "FP-C-000001")
}

// TestColumnHeadSortsByItsColumn: a click on a head sorts by it, a second one the other
// way round, a third one as the store ranks; the palette lists every order.
func TestColumnHeadSortsByItsColumn(t *testing.T) {
	s := open(t, newShelf().different())
	click := func(head string) {
		t.Helper()
		at := strings.Index(list(s)[2], head)
		if at < 0 {
			t.Fatalf("no head %s in %q", head, list(s)[2])
		}
		s.Deliver(tea.MouseClickMsg{X: at, Y: 2, Button: tea.MouseLeft})
	}
	for _, want := range []struct{ head, order, says string }{
		{"SEVERITY", "4 1 3 2", "by severity ↓"}, {"SEVERITY", "2 1 3 4", "by severity ↑"},
		{"SEVERITY", "1 2 3 4", "by risk ↓"}, {"ID", "1 2 3 4", "by ID ↑"}, {"ID", "4 3 2 1", "by ID ↓"},
	} {
		click(want.head)
		s.Shows(want.says)
		if got := order(s); got != want.order {
			t.Errorf("%s: %s, want %s", want.says, got, want.order)
		}
	}
	s.Palette("Sort by a column")
	s.Type("age")
	s.Keys("enter")
	s.Shows("by age ↑")
	desk := newShelf().different()
	desk.state = `{"order":"-age"}`
	s = open(t, desk)
	s.Shows("by age ↓")
	if got := order(s); got != "1 3 4 2" {
		t.Errorf("oldest first: %s", got)
	}
}

func TestQueueIsGroupedByChangeSetAndByDuplicates(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("t")
	s.Shows("grouped by change set", "Acme, 2026-03-05: 2 changes", "Corvid, 2026-03-01: 1 change")
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("by change set: %s", got)
	}
	s.Keys("t")
	s.Shows("2 identical: a changed number", "2 unique")
	if got := order(s); got != "1 3 2 4" {
		t.Errorf("by alike: %s", got)
	}
	for range 6 { // over the headings
		s.Keys("k")
	}
	onRow(t, s, "FP-C-000001")
	s.Keys("G")
	onRow(t, s, "FP-C-000004")
}

func TestMarkedChangesAreWhatADecisionIsAbout(t *testing.T) {
	s := open(t, newShelf().different())
	s.Keys("j", "j", "space", "space")
	s.Shows("2 selected   / filter   4 shown")
	s.Keys("x")
	s.Shows("2 changes of Acme, 2 material.")
	s.Keys("esc", "k", "space")
	s.Shows(" 1 selected ")
	s.Keys("-")
	s.Shows("Selection cleared", " / filter   4 shown")
	s.Keys("ctrl+a")
	s.Shows("4 selected; decisions apply to all")
	s.Keys("q")
	s.Shows("Selection cleared (q again to go back)", " / filter   4 shown")
	s.Keys("-")
	s.Shows("nothing is selected")
	s.Keys("q")
	s.Shows("Platforms")
}

// TestIdenticalChangesAreOneRow: one row stands for them, shows how many, and is
// expanded; a selection is of all of them, a decision without one of the one shown.
func TestIdenticalChangesAreOneRow(t *testing.T) {
	desk := newShelf()
	s := open(t, desk)
	if got := order(s); got != "1 2 4" {
		t.Errorf("it lists %s", got)
	}
	s.Shows("Corvid +1 · Terms of Service", "≡2", "2 identical (* selects, e lists them)", "4 shown")
	s.Keys("e")
	if got := order(s); got != "1 3 2 4" {
		t.Errorf("expanded it lists %s", got)
	}
	s.Shows("  Acme · Terms", "e collapses them")
	s.Keys("j", "e")
	onRow(t, s, "FP-C-000003") // the change that was under the cursor is the one shown
	s.Keys("*")
	s.Shows("2 selected; decisions apply to all")
	if row := current(s); !strings.HasPrefix(row, "▌✓") {
		t.Errorf("the row does not show that it is selected: %q", row)
	}
	s.Keys("x")
	s.Shows("2 changes of 2 platforms, 2 material.")
	s.Keys("esc", "space")
	s.Shows("Selection cleared")
}

// TestSelectingIdenticalChangesSaysWhatTheFilterHides: what is not listed is not
// selected, and that is said.
func TestSelectingIdenticalChangesSaysWhatTheFilterHides(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("/")
	s.Type("corvid")
	s.Keys("enter", "*")
	s.Shows("1 selected; decisions apply to all 1 of them, not to 1 more that the filter hides")
}

// TestOneDecisionOnARowOfSeveralIsOfOne: the message says so, and the row stands for the
// others.
func TestOneDecisionOnARowOfSeveralIsOfOne(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("x")
	s.Type("noise")
	s.Keys("enter")
	s.Shows("(1 of 2 identical; * selects all)")
	onRow(t, s, "FP-C-000003")
	s.Shows("Pending 3", "Dismissed 2")
}

func TestOneMarkedChangeIsDecidedOnLikeAnyOther(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("j", "space", "g", "x")
	s.Shows("> link")
	if frame := strings.Join(s.Page(), "\n"); strings.Contains(frame, "random") {
		t.Errorf("not about the one that is marked:\n%s", frame)
	}
}

func TestFilterNarrowsWhileTyping(t *testing.T) {
	desk := newShelf().different()
	s := open(t, desk)
	s.Keys("j", "/")
	s.Type("acme")
	s.Settle()
	s.Shows("/ acme", "2 shown")
	onRow(t, s, "FP-C-000003") // the first of those found
	s.Keys("esc")
	s.Shows("/ filter", "4 shown")
	onRow(t, s, "FP-C-000002") // where it was
	s.Keys("/")
	s.Type("acme")
	s.Keys("enter", "j", "esc")
	s.Shows("Filter cleared (q again to go back)", "4 shown")
	onRow(t, s, "FP-C-000002")
	s.Keys("/")
	s.Type("sev:hihg")
	s.Keys("enter")
	s.Shows("> sev:hihg", `sev has no value "hihg"; did you mean high?`)
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("by what can't be read it lists %s", got)
	}
	s.Keys("backspace", "backspace", "backspace", "tab")
	s.Shows("> sev:high ", "/ sev:high", "1 shown")
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
	s.Shows(`No pending changes match "zebra" · esc clear filter`, " 0 shown")
	for _, key := range []string{"enter", "space", "*", "ctrl+a", "a", "y", "U", "V", "r"} {
		s.Keys(key)
		s.Shows("Can't do that: ")
	}
	s.Keys("esc", "tab")
	s.Shows("No snoozed changes · tab other states")
}

func TestTabCyclesThroughStates(t *testing.T) {
	const all = "" // there is no room for their IDs
	s := open(t, newShelf())
	s.Shows("Pending 4", "Snoozed 0", "In review 0", "Dismissed 1", "Approved 0", "All 5")
	for _, want := range []struct{ key, order string }{
		{"tab", ""}, {"tab", ""}, {"tab", "5"}, {"tab", ""}, {"tab", all}, {"tab", "1 2 4"},
		{"shift+tab", all}, {"shift+tab", ""}, {"shift+tab", "5"},
	} {
		s.Keys(want.key)
		if got := order(s); got != want.order && want.order != all {
			t.Errorf("%s lists %q, want %q:\n%s", want.key, got, want.order, strings.Join(s.Page(), "\n"))
		}
	}
	s.Keys("tab", "tab")
	s.Shows("5 shown", "STATE", "link       pending", "○ medium   dismissed")
	at := strings.Index(s.Page()[0], "Dismissed")
	s.Deliver(tea.MouseClickMsg{X: at, Y: 0, Button: tea.MouseLeft})
	if got := order(s); got != "5" {
		t.Errorf("a click on a tab lists %s", got)
	}
}

// TestHeadIsWholeInEveryWindow: the shown tab and how many changes there are is told
// however narrow the window is.
func TestHeadIsWholeInEveryWindow(t *testing.T) {
	for width := 60; width < 200; width += 7 {
		for tabs := range 6 {
			s := &deskfixture.Driver{T: t}
			s.Start(newShelf(), width, 24, "ascii")
			for range tabs {
				s.Keys("tab")
			}
			s.Shows(shownTabs[tabs], " shown")
		}
	}
}

// shownTabs is how each tab is drawn in ASCII while it is shown, as far as it is in a
// narrow window.
var shownTabs = []string{"[Pending 4]", "[Snoozed 0]", "eview 0]", "[Dismissed 1]", "[Approved 0]", "[All"}

func TestSavedFiltersListTheQueueAndAreSaved(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	desk := newShelf()
	s.StartWith(desk, 120, 24, "dark", func(o *tui.Options) {
		o.Config = config.Default()
		o.Config.Filters = append(o.Config.Filters, config.Named{Name: "ours", Text: "plat:acme"})
	})
	s.Palette("save this")
	s.Shows("Nothing to save: no filter is set")
	s.Keys("f")
	s.Shows("Saved filters", "Everything pending", "ours: plat:acme", "identical groups: is:alike")
	s.Type("ours")
	s.Keys("enter")
	s.Shows("/ plat:acme", "2 shown")
	s.Palette("save this")
	s.Shows("Save the filter plat:acme as")
	s.Keys("enter") // without a name: not saved
	s.Palette("save this")
	s.Type("again")
	s.Keys("enter")
	s.Shows("Filter saved as again")
	s.Keys("q", "q", "f")
	s.Shows("again: plat:acme")
	s.Type("everything")
	s.Keys("enter")
	s.Shows("/ filter", "4 shown")
}

func TestQueueIsFoundAsItWasLeft(t *testing.T) {
	desk := newShelf()
	desk.state = `{"query":"is:material","order":"newest first","group":"alike",` +
		`"change":"FP-C-000004","filters":{"mine":"acme"}}`
	s := open(t, desk)
	s.Shows("/ is:material", "3 shown", "by age ↑ · grouped by alike")
	if row := current(s); !strings.Contains(row, "FP-C-000004") {
		t.Errorf("the cursor is on %q", row)
	}
	s.Keys("f")
	s.Shows("mine: acme")
	desk.state = `{"query":"sev:nonsense","order":"sideways","group":"by colour"}`
	open(t, desk).Shows("/ filter", "by risk")
}

func TestPlatformOpensItsOwnQueue(t *testing.T) {
	s := open(t, newShelf())
	s.Keys("q", "j", "enter")
	s.Shows("acme / filter", "2 shown", "Pending 2")
	if got := order(s); got != "3 4" {
		t.Errorf("it lists %s", got)
	}
	s.Keys("q", "f")
	s.Type("suspected")
	s.Keys("enter")
	s.Shows("/ reason:capture")
}

func TestClickSelectsThenOpens(t *testing.T) {
	s := open(t, newShelf())
	click := func(y int) { s.Deliver(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft}) }
	click(4)
	onRow(t, s, "FP-C-000002")
	click(4)
	s.Shows("Needs severity", "FP-C-000001") // all that Static has
	s = open(t, newShelf())
	s.Keys("t")
	click(3) // a heading
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
	s.Shows("Pending 1,000", "1,000 shown")
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
	s := open(t, newShelf().different())
	s.Keys("j", "x", "enter")
	s.Shows("dismissed: ", " 3 ")
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
	s.Shows("Last change of the queue")
}

func TestNarrowWindowLeavesColumnsOut(t *testing.T) {
	s := open(t, newShelf())
	s.Shows("ALIKE", "FP-C-000001")
	s.Size(60, 20)
	if frame := strings.Join(s.Page(), "\n"); strings.Contains(frame, "FP-C") || !strings.Contains(frame, "30d") {
		t.Errorf("in 60 columns:\n%s", frame)
	}
}

func TestReviewStepsThroughTheQueue(t *testing.T) {
	desk := newShelf()
	s := open(t, desk)
	s.Keys("t", "enter")
	s.Shows("1 of 4")
	s.Keys("]")
	s.Keys("[", "[")
	s.Shows("Last change of the queue")
}

func TestMarksOfWhatIsNotListedAnyMoreAreDropped(t *testing.T) {
	desk := newShelf()
	s := open(t, desk)
	s.Keys("ctrl+a")
	s.Shows("4 selected ")
	desk.changes[0].State = model.Dismissed
	s.Keys("R")
	s.Shows("3 selected ")
}
