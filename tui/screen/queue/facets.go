package queue

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
)

// facet is what of a change is looked at when the list is arranged, apart from the
// change itself: 38,000 of them are gone through with every key of a filter, and each
// change lies elsewhere in memory.
type facet struct {
	number    uint64 // of its ID
	group     int32  // of what it shares with others of its section, from 1; 0 for nothing
	section   model.Section
	severity  uint8 // rank of the one that is shown; 0 for none
	suggested uint8 // rank
	turn      bool  // it is a folded turn of an alternation
}

// sharedKey is what changes that one row stands for have in common.
type sharedKey struct {
	what    string
	section model.Section
}

// setItems takes a list, and what is looked at of it.
func (s *Screen) setItems(items []*model.QueueItem) {
	s.items, s.facets, s.places = items, make([]facet, len(items)), nil
	for i, c := range items {
		s.facets[i] = s.facetOf(c)
	}
}

// facetOf takes from a change what is looked at when the list is arranged.
func (s *Screen) facetOf(c *model.QueueItem) facet {
	f := facet{number: c.ID.Number(), section: c.Section(), turn: isFoldedTurn(c)}
	if c.Material {
		f.suggested = uint8(c.Suggested.Severity.Rank())
		f.severity = f.suggested
	}
	if c.Severity != "" {
		f.severity = uint8(c.Severity.Rank())
	}
	what := shared(c)
	if what == "" {
		return f
	}
	key := sharedKey{what, f.section}
	if f.group = s.groups[key]; f.group == 0 {
		f.group = int32(len(s.groups)) + 1
		s.groups[key] = f.group
	}
	return f
}

// shared is what a change has in common with those that one row stands for: the
// alternation that it is a folded turn of, or else its words; "" for one that always
// has a row of its own.
func shared(c *model.QueueItem) string {
	switch {
	case isFoldedTurn(c):
		return string(c.Alternation.ID)
	case c.DuplicateCount > 1:
		return c.DuplicateGroup
	}
	return ""
}

// isFoldedTurn reports whether a change is a turn of an alternation that nothing sets
// apart: a variant that settled is material, and has a row of its own.
func isFoldedTurn(c *model.QueueItem) bool { return !c.Material && c.Alternation != nil }

// alternates says how often a document went back and forth, and where it is.
func alternates(a *model.Alternation) string {
	variants := make([]string, len(a.Variants))
	for i, seq := range a.Variants {
		variants[i] = strconv.Itoa(seq)
	}
	return fmt.Sprintf("alternates between versions %s since %s, at version %d since %s",
		strings.Join(variants, ", "), a.Since.UTC().Format(time.DateOnly), a.StandsAt,
		a.StandsSince.UTC().Format(time.DateOnly))
}
