package queue

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// texts are what was found of the texts that a filter asks for. They are of one filter:
// of another one other changes were not looked at.
type texts struct {
	of    string // the filter they are of, see textKey
	found map[string]map[model.ID]bool
}

// wantTextsMsg asks for the search of the filter's texts, once the list is there.
type wantTextsMsg struct{}

func wantTexts() tea.Msg { return wantTextsMsg{} }

// textKey names the filter whose texts are searched, and the list it narrows.
func (s *Screen) textKey() string { return s.platform + "\n" + s.query.String() }

// inForce is the filter as far as it can be applied: its texts only once they were
// searched.
func (s *Screen) inForce() query.Query {
	if s.texts.of != s.textKey() {
		return s.query.WithoutTexts()
	}
	return s.query
}

// searchTexts asks for the search of the filter's texts, unless they are known.
func (s *Screen) searchTexts() kit.Action {
	wanted := s.query.Texts()
	if len(wanted) == 0 || s.loading || s.texts.of == s.textKey() {
		return nil
	}
	a := kit.SearchTexts{For: s.textKey(), Texts: wanted}
	for _, i := range s.query.WithoutTexts().Select(s.items, s.env()) {
		a.Changes = append(a.Changes, s.items[i])
	}
	return a
}

// SearchAgain begins the search of the filter's texts anew.
func (s *Screen) SearchAgain() kit.Action { return s.searchTexts() }

// Searched takes in what a search found, nil when it came to nothing: then the filter
// goes on without its texts. One that was for another filter begins anew.
func (s *Screen) Searched(a kit.SearchTexts, found map[string]map[model.ID]bool) kit.Action {
	if a.For != s.textKey() {
		return s.searchTexts()
	}
	if found == nil {
		s.query = s.query.WithoutTexts()
		s.typed = s.query.String()
		s.arrange()
		return nil
	}
	s.texts = texts{a.For, found}
	s.arrange()
	s.toTop()
	s.SetStatus("%s found with %s", humanize.Count(len(s.found), "change"), strings.Join(a.Texts, ", "))
	return nil
}
