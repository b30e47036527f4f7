package queue

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/query"
)

// Place is what of the queue a desk finds again the next time.
type Place struct {
	Query    string
	Platform string
	Order    Order
	Group    Grouping
	Change   model.ID          // under the cursor
	Filters  map[string]string // saved queries by name
}

// Left is where the queue is now.
func (s *Screen) Left() Place {
	return Place{s.typed, s.platform, s.order, s.group, s.Current(), s.saved}
}

// Restore puts the queue where it was left, as far as that can be read.
func (s *Screen) Restore(p Place) {
	if parsed, err := query.Parse(p.Query); err == nil {
		s.typed, s.query = p.Query, parsed
	}
	s.platform, s.wanted, s.saved = p.Platform, p.Change, p.Filters
	if slices.Contains(orders, p.Order) {
		s.order = p.Order
	}
	if slices.Contains(groupings, p.Group) {
		s.group = p.Group
	}
}

// ListPlatform lists the changes of a platform, "" of all.
func (s *Screen) ListPlatform(slug string) tea.Cmd {
	s.platform = slug
	s.clear()
	return s.Load()
}

// ListQuery lists what a query finds of all platforms when it is shown again, and
// of those listed when it is shown already.
func (s *Screen) ListQuery(typed string, anew bool) tea.Cmd {
	if !anew {
		return s.narrow(typed)
	}
	s.platform = ""
	return tea.Batch(s.narrow(typed), s.Load())
}

// askFilter asks what is listed, and narrows it with every key.
func (s *Screen) askFilter() kit.Action {
	typed, parsed := s.typed, s.query
	return kit.Ask{Question: s.filterQuestion(kit.Question{
		Label: "Filter", Value: s.typed, Changed: s.look,
		Done: func(answer string) kit.Action {
			s.typed, s.query = typed, parsed
			s.arrange() // what is looked at while typing goes, also where the answer can't be read
			return kit.Cmd(s.narrow(answer))
		},
		Left: func() {
			s.typed, s.query = typed, parsed
			s.arrange()
		},
	})}
}

// filters are the saved queries by name: those that come with the desk, those of
// the settings and those saved from the desk.
func (s *Screen) filters() map[string]string {
	all := map[string]string{
		"high and critical, pending":    "sev:high,critical",
		"material, newest state":        "is:material",
		"snoozed":                       "state:snoozed",
		"before a second reader":        "state:in_review",
		"noise: captures that look bad": "reason:capture",
		"clusters":                      "is:alike",
		"stale: the page went on":       "is:stale",
	}
	for _, f := range s.Config.Filters {
		all[f.Name] = f.Text
	}
	maps.Copy(all, s.saved)
	return all
}

// PickFilter lists the saved queries, to list by the one chosen.
func (s *Screen) PickFilter() kit.Action {
	all := s.filters()
	choices := []kit.Choice{{Name: "everything pending", Do: kit.ListQuery{}}}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		choices = append(choices, kit.Choice{Name: name + ": " + all[name], Do: kit.ListQuery{Query: all[name]}})
	}
	p, cmd := s.NewPicker("Saved filters", choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// askFilterName saves the query that is listed by.
func (s *Screen) askFilterName() kit.Action {
	typed := s.typed
	if typed == "" {
		s.SetStatus("there is no filter to save; narrow the queue first")
		return nil
	}
	return kit.Ask{Question: kit.Question{Label: "Save the filter " + typed + " as", Done: func(name string) kit.Action {
		if name == "" {
			return nil
		}
		if s.saved == nil {
			s.saved = map[string]string{}
		}
		s.saved[name] = typed
		s.SetStatus("saved; the list of filters has %s", name)
		return kit.SavePlace{}
	}}}
}
