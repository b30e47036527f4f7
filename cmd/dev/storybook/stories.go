package main

import (
	"fineprint/store/model"
	"fineprint/tui"
)

func fails[D tui.Desk](wrap func(tui.Desk) D) func(tui.Desk) tui.Desk {
	return func(d tui.Desk) tui.Desk { return wrap(d) }
}

func keys(names ...string) func(*stage) { return func(s *stage) { s.keys(names...) } }

const summary = "The minimum age falls from 16 to 13."

// fillReview gives the first change all that an approval needs.
func fillReview(s *stage) {
	s.keys("enter", "3", "H", "b", "s")
	s.Type(summary)
	s.keys("enter")
}

// fillRecord begins a provision record of the first clause that changed.
func fillRecord(s *stage) {
	s.keys("enter", "R", "enter")
	s.Type("Minimum age lowered to 13")
	s.keys("enter", "h", "M", "j", "j", "enter")
	s.Type("age")
	s.keys("enter", "esc", "j", "j", "enter")
	s.Type("Whoever is 13 may open an account without asking anybody; it was 16 before. Those younger than 18 still " +
		"need a parent or guardian to agree to the terms.")
	s.keys("enter")
}

func then(first func(*stage), names ...string) func(*stage) {
	return func(s *stage) { first(s); s.keys(names...) }
}

const many = 6 // documents

// stories are all of them, by screen.
var stories = []story{
	{name: "welcome/empty", about: "nothing is tracked yet"},
	{name: "queue/loading", about: "the store has not answered", documents: many, loading: true},
	{name: "queue/error", about: "the store is busy", documents: many,
		failing: fails(func(d tui.Desk) broken { return broken{d} })},
	{name: "queue/one", about: "one change", documents: 1},
	{name: "queue/many", about: "many changes, with long names", documents: many},
	{name: "queue/none", about: "no change is in this state", documents: many, play: keys("tab")},
	{name: "queue/marked", about: "two are marked", documents: many, play: keys("space", "space")},
	{name: "queue/grouped", about: "by change set", documents: many, play: keys("t")},
	{name: "queue/alike", about: "by what says the same", documents: many, play: keys("t", "t")},
	{name: "queue/dismissed", about: "all states, one dismissed and one snoozed", documents: many,
		play: keys("x", "enter", "z", "enter", "tab", "tab", "tab", "tab", "tab")},
	{name: "queue/filter", about: "the filter is asked for", documents: many, play: keys("/")},
	{name: "queue/palette", about: "the palette is open", documents: many, play: keys("ctrl+p")},
	{name: "queue/help", about: "the help is open", documents: many, play: keys("?")},
	{name: "review/pending", about: "not judged yet", documents: many, play: keys("enter")},
	{name: "review/whole", about: "the whole document, nothing folded", documents: many, play: keys("enter", "w", "i")},
	{name: "review/inline", about: "inline", documents: many, play: keys("enter", "v")},
	{name: "review/error", about: "a change that can't be read", documents: many,
		failing: fails(func(d tui.Desk) unreadable { return unreadable{d} }), play: keys("enter")},
	{name: "review/judged", about: "severity, confidence, basis and summary are given", documents: many, play: fillReview},
	{name: "review/approved", about: "the next one after an approval", documents: many, play: then(fillReview, "a")},
	{name: "review/summary", about: "the summary is being written", documents: many, play: keys("enter", "s")},
	{name: "review/dismiss", about: "a reason to dismiss is asked for", documents: many, play: keys("enter", "x")},
	{name: "review/incomplete", about: "an approval that lacks something", documents: many,
		play: keys("enter", "3", "a")},
	{name: "review/stale", about: "somebody else decided in the meantime", documents: many, play: func(s *stage) {
		s.keys("enter")
		low := model.Low
		s.elsewhere(model.Decision{Change: s.shown(), Action: model.ActionSet, Severity: &low})
		s.keys("3")
	}},
	{name: "record/preview", about: "the record an approval would make", documents: many, play: then(fillReview, "r")},
	{name: "record/begun", about: "a provision record of one clause, nothing written", documents: many,
		play: keys("enter", "R")},
	{name: "record/form", about: "a provision record, half written", documents: many, play: fillRecord},
	{name: "record/prose", about: "a field of a provision record is being written", documents: many,
		play: then(fillRecord, "enter")},
	{name: "record/agencies", about: "agencies are ticked, with what is suggested first", documents: many,
		play: then(fillRecord, "G", "k", "k", "k", "k", "enter")},
	{name: "record/incomplete", about: "an approval of a record that lacks something", documents: many,
		play: then(fillRecord, "a")},
	{name: "record/list", about: "the provision records of a document", documents: many,
		play: then(fillRecord, "q", "B", "tab")},
	{name: "record/clauses", about: "the clauses of a version, two marked", documents: many,
		play: keys("V", "c", "space", "space")},
	{name: "history/clause", about: "a clause through all versions", documents: many, play: keys("enter", "t")},
	{name: "search/help", about: "what can be searched", documents: many, play: keys("ctrl+f")},
	{name: "search/found", about: "clauses with a word, as it is typed", documents: many, play: func(s *stage) {
		s.index()
		s.search("arbitration")
	}},
	{name: "search/behind", about: "documents are not indexed yet", documents: many, play: func(s *stage) {
		s.search("arbitration")
	}},
	{name: "search/mistake", about: "a query that can't be read", documents: many, play: func(s *stage) {
		s.index()
		s.search("arbitration")
		s.Type(" since:never")
		s.Settle()
	}},
	{name: "comparison/some", about: "a clause that others have, one pinned", documents: many, play: func(s *stage) {
		s.index()
		s.keys("enter", "c", "space")
	}},
	{name: "comparison/redline", about: "ours against theirs", documents: many, play: func(s *stage) {
		s.index()
		s.keys("enter", "c", "v")
	}},
	{name: "heat-map/contract", about: "types of clauses on each platform", documents: many, play: keys("M", "l")},
	{name: "heat-map/data", about: "another family", documents: many, play: keys("M", "tab")},
	{name: "calendar/some", about: "what takes effect when, one still to come", documents: many, play: func(s *stage) {
		s.dated()
		s.keys("R", "L")
	}},
	{name: "queue/due", about: "an announced change takes effect soon", documents: many, play: func(s *stage) {
		s.dated()
		s.keys("R")
	}},
	{name: "playbook/none", about: "no playbook was saved", documents: many, play: func(s *stage) {
		s.keys(":")
		s.Type("playbook")
		s.keys("enter")
	}},
	{name: "versions/list", about: "the versions of a document", documents: many, play: keys("V")},
	{name: "platforms/many", about: "platforms", documents: many, play: keys("q")},
	{name: "platforms/found", about: "what a site links, one ticked", documents: many, play: func(s *stage) {
		s.keys("q", "W")
		s.Type("acme.example")
		s.keys("enter", "j", "space")
	}},
	{name: "activity/some", about: "what happened", documents: many, play: keys("A")},
	{name: "settings/defaults", about: "settings", documents: many, play: keys(",")},
}
