package search_test

import (
	"context"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

func open(t *testing.T, w, h int, style string) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), w, h, style)
	s.Keys("ctrl+f")
	return s
}

func TestSearchesAsOneTypes(t *testing.T) {
	s := open(t, 100, 30, "dark")
	s.Shows("What can be searched", "heading:liability")
	s.Type("lice")
	s.Settle()
	s.Shows("> lice", "1,234 clauses, first 4", "Borealis", "Terms of Service", "3 documents are not indexed yet",
		"number 3", "past", "first seen 2023-01-02")
	s.Keys("backspace")
	s.Shows("first 3")
	s.Keys("ctrl+u")
	s.Shows("What can be searched")
}

func TestFoundWordsAreMarked(t *testing.T) {
	s := open(t, 100, 30, "ascii")
	s.Type("lice")
	s.Settle()
	s.Shows("for [training] of models")
}

// TestMistakeLeavesTheAnswerBefore: the reason stands above what was found before.
func TestMistakeLeavesTheAnswerBefore(t *testing.T) {
	s := open(t, 100, 30, "dark")
	s.Type("lic")
	s.Settle()
	s.Keys("home")
	s.Type(":")
	s.Settle()
	s.Shows(`there is no field ":lic"; shown is lic`, "number 2")
}

func TestEnterOpensAndComingBackKeepsThePlace(t *testing.T) {
	s := open(t, 100, 30, "dark")
	s.Type("lice")
	s.Settle()
	s.Keys("down", "down", "enter")
	s.Shows("Clause history: ")
	s.Keys("q")
	s.Shows("> lice", "FP-P-000003")
	s.Keys("V")
	s.Shows("Versions:")
	s.Keys("q", "tab")
	s.Shows("> lice", "past texts")
	s.Keys("esc", "ctrl+f")
	s.Shows("> lice")
}

func TestCommandLineSearches(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), 100, 30, "dark")
	s.Keys(":")
	s.Type("search waiver")
	s.Keys("enter")
	s.Shows("> waiver", "first 6")
}

// counting is a desk that keeps what was searched, and whether that was called off.
type counting struct {
	deskfixture.Static
	asked    []string
	contexts []context.Context
}

func (c *counting) Search(ctx context.Context, q model.SearchRequest) (model.SearchResult, error) {
	c.asked, c.contexts = append(c.asked, q.Query), append(c.contexts, ctx)
	return c.Static.Search(ctx, q)
}

// TestSearchWaitsForAPauseAndCallsOffTheOneBefore: what is typed at once is searched once.
func TestSearchWaitsForAPauseAndCallsOffTheOneBefore(t *testing.T) {
	on := &counting{Static: deskfixture.NewStatic()}
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.NewStatic(), 100, 30, "dark", func(o *tui.Options) { o.Search = on })
	s.Keys("ctrl+f")
	s.Type("arbitration")
	s.Settle()
	s.Type("s")
	s.Settle()
	if got := strings.Join(on.asked, " "); got != "in:current arbitration in:current arbitrations" {
		t.Errorf("searched %q", got)
	}
	if on.contexts[0].Err() == nil || on.contexts[1].Err() != nil {
		t.Error("the search before is not called off, or the newest is")
	}
}

// TestLateAnswerIsDropped: an answer that comes after another question shows nowhere.
func TestLateAnswerIsDropped(t *testing.T) {
	s := open(t, 100, 30, "dark")
	s.Type("lic")
	s.Settle()
	s.Type("e")
	for s.Pending() > 0 { // to the search that is not answered yet
		if strings.Contains(s.Frame(), "searching") {
			break
		}
		s.Step(0)
	}
	s.Press("ctrl+u")
	s.Settle()
	s.Shows("What can be searched")
}

// nothing is a desk on which nothing is found.
type nothing struct{ deskfixture.Static }

func (nothing) Behind(context.Context) (int, error) { return 0, nil }

func (nothing) Search(context.Context, model.SearchRequest) (model.SearchResult, error) {
	return model.SearchResult{}, nil
}

func TestNothingFoundSaysWhereElseToLook(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(nothing{deskfixture.NewStatic()}, 80, 24, "dark")
	s.Keys("ctrl+f")
	s.Type("zebra")
	s.Settle()
	s.Shows("No current text has these words; tab searches past texts")
	s.Keys("tab", "tab")
	s.Shows("No clause has these words")
}
