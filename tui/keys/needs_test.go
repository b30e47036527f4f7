package keys

import (
	"fmt"
	"strings"
	"testing"

	"fineprint/store/model"
)

// emptyList is what is known on a screen that lists nothing.
func emptyList(screen Screen) Facts {
	return Facts{NoItem: "there is no " + string(screen) + " here", Has: ^Need(0)}
}

// TestCommandsThatNeedAChangeAreDisabledOnAnEmptyList walks the registry: on
// every screen that a command works on it is refused there, with a reason.
func TestCommandsThatNeedAChangeAreDisabledOnAnEmptyList(t *testing.T) {
	walked := 0
	for _, b := range All {
		needs := b.Needs&(needsChange|needsOne|needsSource|NeedsItem|NeedsListed|NeedsMarked|NeedsDuplicates|NeedsClause) != 0
		if b.Action != "" && b.Needs&needsChange == 0 {
			t.Errorf("%s decides, and its row does not say that it needs a change", b.Command)
		}
		for _, screen := range b.Screens {
			if reason := b.DisabledReason(emptyList(screen)); needs && reason == "" {
				t.Errorf("%s is available on an empty %s", b.Command, screen)
			}
			walked++
		}
	}
	if walked < 100 {
		t.Errorf("only %d rows and screens were walked", walked)
	}
}

// TestRowThatNeedsOneChangeIsRefusedOnAnEmptyQueue: a new command states its
// need in its row, and nowhere else.
func TestRowThatNeedsOneChangeIsRefusedOnAnEmptyQueue(t *testing.T) {
	copyID := Binding{Command: "copy-id", Keys: []string{"Y"}, Screens: []Screen{Queue}, Help: "copy the change's ID",
		Needs: NeedsOne}
	m := append(Map{copyID}, All...)
	if reason := m.DisabledReason("copy-id", emptyList(Queue)); reason == "" {
		t.Error("copying the ID of no change is available")
	}
	if reason := m.DisabledReason("copy-id", Facts{Changes: 3}); !strings.Contains(reason, "3 selected") {
		t.Errorf("for three changes the reason is %q", reason)
	}
	if reason := m.DisabledReason("copy-id", Facts{Changes: 1}); reason != "" {
		t.Errorf("for one change it is refused: %s", reason)
	}
	if reason := m.DisabledReason("no-such-command", Facts{}); reason != "" {
		t.Errorf("a command of no row is refused: %s", reason)
	}
}

// TestEveryNeedIsRefusedWithAReasonAndMet tries each need lacking and there.
func TestEveryNeedIsRefusedWithAReasonAndMet(t *testing.T) {
	met := Facts{Changes: 1, Clause: true, Listed: 1, Marked: 1, Duplicates: 2, Has: ^Need(0)}
	lacking := Facts{ReadOnly: "to read only", NoItem: "no item", NoOpen: "not to be opened",
		NotRead: "nothing was read", Running: "fetching"}
	for _, n := range needs {
		b := Binding{Needs: n.need}
		facts := lacking
		switch n.need {
		case NeedsBusy:
			facts.Running = ""
		case needsOne:
			facts.Changes = 2
		}
		if reason := b.DisabledReason(facts); reason == "" {
			t.Errorf("need %b is lacking, and no reason is given", n.need)
		}
		facts = met
		if n.need == NeedsBusy {
			facts.Running = "fetching"
		}
		if reason := b.DisabledReason(facts); reason != "" {
			t.Errorf("need %b is met, and refused with %q", n.need, reason)
		}
	}
	source := Binding{Needs: NeedsSource}
	if reason := source.DisabledReason(Facts{Address: true}); reason != "" {
		t.Errorf("a row with an address has no source: %s", reason)
	}
}

// TestStateOfAReviewDecidesAsTheDomainDoes: which decisions are refused is what
// package review does, and what a decision would lack is no reason.
func TestStateOfAReviewDecidesAsTheDomainDoes(t *testing.T) {
	for _, c := range []struct {
		state   model.State
		command Command
		reason  string
	}{
		{model.Pending, Approve, ""},
		{model.Pending, Dismiss, ""},
		{model.Pending, Snooze, ""},
		{model.Pending, Note, ""},
		{model.Pending, Reopen, "is pending, there is nothing to reopen"},
		{model.Pending, Contest, "is for what was submitted to a second reader"},
		{model.Approved, High, "is approved"},
		{model.Approved, PreviewRecord, ""},
		{model.Approved, Undo, ""},
		{model.Dismissed, Low, "is dismissed"},
		{model.Dismissed, Reopen, ""},
		{model.Snoozed, Reopen, ""},
		{model.InReview, RequestChanges, ""},
		{model.InReview, High, ""},
		{model.InReview, Dismiss, "waits for a second reader"},
	} {
		facts := Facts{Changes: 1, Review: model.Review{Change: "FP-C-000001", State: c.state}, Has: ^Need(0)}
		reason := All.DisabledReason(c.command, facts)
		if c.reason == "" && reason != "" || !strings.Contains(reason, c.reason) {
			t.Errorf("%s of what is %s: %q, not %q", c.command, c.state, reason, c.reason)
		}
		facts.Review = model.Review{} // not read: the store will decide
		if reason := All.DisabledReason(c.command, facts); reason != "" {
			t.Errorf("%s of a review that was not read: %q", c.command, reason)
		}
	}
}

// TestFooterFitsAndLeavesOutWhatIsDisabled: as many hints as fit whole, and
// severities only where one can be given.
func TestFooterFitsAndLeavesOutWhatIsDisabled(t *testing.T) {
	all := func(Command) bool { return true }
	for width := range 200 {
		used := -2
		for _, h := range All.Footer(Review, width, 2, all) {
			used += h.Width() + 2
		}
		if used > width {
			t.Fatalf("the footer of a window of %d is %d wide", width, used)
		}
	}
	text := fmt.Sprint(All.Footer(Review, 200, 2, all))
	if !strings.Contains(text, "{1–4 severity") || !strings.Contains(text, "{a approve") {
		t.Errorf("the footer of the review is %s", text)
	}
	none := fmt.Sprint(All.Footer(Review, 200, 2, func(Command) bool { return false }))
	if strings.Contains(none, "severity") || !strings.Contains(none, "{? help") {
		t.Errorf("where nothing is available the footer is %s", none)
	}
}

// TestMarkdownListsEveryRow: keys, palette-only commands, and where they work.
func TestMarkdownListsEveryRow(t *testing.T) {
	table := Markdown()
	for _, b := range All {
		if !strings.Contains(table, "| "+b.Help+" |") {
			t.Errorf("the table lacks %s", b.Command)
		}
	}
	for _, row := range []string{"| palette | List marks | queue, review |", "| `?` | Help | everywhere |"} {
		if !strings.Contains(table, row) {
			t.Errorf("the table lacks %q", row)
		}
	}
}

// TestKeyIsTheFirstOfARow, and none where a row has none.
func TestKeyIsTheFirstOfARow(t *testing.T) {
	if All.Key(Low) != "1" || All.Key(ToMarks) != "" || All.On(Queue, "2") != Medium || All.On(Queue, "£") != "" {
		t.Errorf("low is %q, listing the marks %q", All.Key(Low), All.Key(ToMarks))
	}
}

func ExampleMap_DisabledReason() {
	fmt.Println(All.DisabledReason(Copy, Facts{}))
	fmt.Println(All.DisabledReason(Copy, Facts{Changes: 12}))
	fmt.Println(All.DisabledReason(Copy, Facts{Changes: 1}) == "")
	// Output:
	// there is no change here
	// this works on one change (12 selected)
	// true
}
