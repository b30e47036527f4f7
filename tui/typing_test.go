package tui_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestRefusedSummarySwallowsTheSentence: the slip that turned a sentence into commands. A
// summary is refused for several changes, the sentence goes on, and its enter answers
// nothing.
func TestRefusedSummarySwallowsTheSentence(t *testing.T) {
	store := deskfixture.LikeStore(t)
	s := &deskfixture.Driver{T: t}
	s.Start(store, 120, 30, "dark")
	s.Keys("/")
	s.Type("plat:shop")
	s.Keys("enter", "*", "3", "y")
	s.Type("s")
	s.Shows("Can't do that: ", "judged one by one") // and what is typed is held back
	s.Type("Google's privacy policy now says less. 3 of 4 may apply")
	s.Press("enter")
	s.Settle()
	s.Shows("5 shown", "5 selected")
	for id, state := range deskfixture.States(t, store) {
		if id != model.Pending && state > 0 {
			t.Errorf("%d are %s", state, id)
		}
	}
	if c, err := store.Change(t.Context(), "FP-C-000001"); err != nil || c.Review.Severity != model.High {
		t.Errorf("%+v, %v", c.Review, err)
	}
	s.Keys("-", "enter") // keys are keys again
	s.Shows("clause 1/1", "FP-C-000001")
}

// TestSentenceOnAScreenWithoutSummariesIsSwallowed: a text is meant by its key where the
// key does nothing, too.
func TestSentenceOnAScreenWithoutSummariesIsSwallowed(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStore(t), 120, 30, "dark")
	s.Keys("q")
	s.Type("s")
	s.Shows("s isn't bound here. What you type is ignored until you pause")
	s.Type("quite a lot, and / or : none")
	s.Shows("Platforms")
	if s.Left() {
		t.Fatal("the desk was left by a sentence")
	}
	s.Press("esc", "l")
	s.Settle()
	s.Shows("by risk")
}
