package queue_test

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// apartShelf has a change that is material, two that are probably noise, one that was
// taken back at once and one that is folded, in the store's order.
func apartShelf() shelf {
	desk := newShelf()
	edit := func(i int, id uint64, f func(*model.QueueItem)) model.QueueItem {
		c := desk.changes[i]
		c.ID, c.DuplicateGroup, c.DuplicateCount = model.NewID("FP", model.ChangeID, id), "", 0
		f(&c)
		return c
	}
	noise := func(c *model.QueueItem) {
		c.ProbablyNoise = true
		c.Suggested.Probability = 0.04
		c.Suggested.Evidence = []string{"few words in each place", "the document changes 9 times a month"}
	}
	likely := func(c *model.QueueItem) {
		c.Suggested.Probability, c.Suggested.Evidence = 0.97, []string{"whole passages changed"}
	}
	desk.changes = []model.QueueItem{
		edit(0, 1, likely), edit(2, 2, noise), edit(2, 3, noise),
		edit(0, 4, func(c *model.QueueItem) { c.TakenBackAtOnce, c.Detail = true, "taken back with version 7" }),
		edit(1, 5, func(*model.QueueItem) {}),
	}
	return desk
}

func TestProbableNoiseStandsUnderAHeadingWithItsCount(t *testing.T) {
	s := open(t, apartShelf())
	s.Shows("5 shown", "Probably noise (2)", "Taken back at once (1)", "Folded (1)")
	if got := order(s); got != "1 2 3 4 5" {
		t.Errorf("the order is %s", got)
	}
	s.Keys("j")
	if row := current(s); !strings.Contains(row, "FP-C-000002") {
		t.Errorf("past the heading the cursor is on %q", row)
	}
	s.Keys("G", "k")
	s.Keys("g")
	if row := current(s); !strings.Contains(row, "FP-C-000001") {
		t.Errorf("at the top the cursor is on %q", row)
	}
}

// TestHeadingsAreOfTheRankedQueueAlone: in another order nothing stands apart, and
// the count is in sight all the same.
func TestHeadingsAreOfTheRankedQueueAlone(t *testing.T) {
	s := open(t, apartShelf())
	s.Keys("S")
	s.Shows("by age")
	if frame := strings.Join(s.Page(), "\n"); strings.Contains(frame, "Probably noise (") {
		t.Errorf("headings in another order:\n%s", frame)
	}
	if frame := strings.Join(open(t, newShelf()).Page(), "\n"); strings.Contains(frame, "Folded (") {
		t.Errorf("headings where nothing stands apart:\n%s", frame)
	}
}

func TestMarkingAllSaysHowMuchIsProbablyNoise(t *testing.T) {
	s := open(t, apartShelf())
	s.Keys("ctrl+a")
	s.Shows("5 selected, 2 of them probably noise")
	s.Keys("x")
	s.Shows("4 material, 2 of these probably noise.")
}

func TestNoiseIsFoundByItsOwnFilter(t *testing.T) {
	s := open(t, apartShelf())
	s.Keys("/")
	s.Type("is:noise")
	s.Keys("enter")
	s.Shows("/ is:noise", "2 shown")
	if got := order(s); got != "2 3" {
		t.Errorf("it lists %s", got)
	}
	s.Keys("ctrl+a")
	s.Shows("2 selected")
}
