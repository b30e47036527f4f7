package detect

import (
	"slices"
	"testing"
	"time"

	"fineprint/store/model"
)

// TestMarksAreNamedOnceHoweverOftenAChangeIsConcluded: where clauses fold by the
// history, the rest is counted again.
func TestMarksAreNamedOnceHoweverOftenAChangeIsConcluded(t *testing.T) {
	const one, two = "# Terms\n\nYou may sing here.\n", "# Terms\n\nYou may sing here.\n\nYou may dance here.\n"
	var h History
	h.Start(1, time.Time{}, one)
	for seq, text := range []string{two, one, two, one} {
		h.Assess(time.Time{}, text, false, nil)
		h.Advance(seq+2, time.Time{})
	}
	r := h.Assess(time.Time{}, two+"\nFrom 18 May 2026, all chats are read by us.\n", false, nil)
	if len(r.Clauses) != 2 || r.Clauses[0].Reason != model.ReasonFlap {
		t.Fatalf("no clause folds by the history: %+v", r.Clauses)
	}
	if got := r.Clauses[1].Marks; !slices.Equal(got, []string{"announced"}) {
		t.Errorf("marked %q", got)
	}
}
