package queue

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/kit"
)

// Place is what of the queue a desk finds again the next time.
type Place struct {
	Query    string
	Platform string
	Order    Order
	Group    Grouping
	Change   model.ID          // under the cursor
	Filters  map[string]string // saved queries by name
	// Unpreviewed: the preview is hidden.
	Unpreviewed bool
}

// Left is where the queue is now.
func (s *Screen) Left() Place {
	return Place{s.typed, s.platform, s.order.kept(), s.group, s.Current(), s.saved, s.unpreviewed}
}

// Restore puts the queue where it was left, as far as that can be read.
func (s *Screen) Restore(p Place) {
	if parsed, err := query.Parse(p.Query); err == nil {
		s.typed, s.query = p.Query, parsed
	}
	s.platform, s.wanted, s.saved = p.Platform, p.Change, p.Filters
	s.order, s.unpreviewed = readOrder(p.Order), p.Unpreviewed
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

// ListQuery lists what a query finds of a platform, "" of all, when it is shown again,
// and of those listed when it is shown already.
func (s *Screen) ListQuery(typed, platform string, anew bool) tea.Cmd {
	if !anew {
		return s.filterBy(typed)
	}
	s.platform = platform
	return tea.Batch(s.filterBy(typed), s.Load())
}

// filterBy lists what another query finds, from its beginning. The place from before is
// kept for when the filter is taken away.
func (s *Screen) filterBy(typed string) tea.Cmd {
	at, filtered, was := s.spot(), s.filter() != "", s.typed
	cmd := s.narrow(typed)
	switch {
	case s.typed == was:
		s.goTo(at)
		return cmd
	case !filtered:
		s.before = at
	}
	if s.filter() == "" {
		s.goTo(s.before)
		s.before = spot{}
		return cmd
	}
	s.toTop()
	return cmd
}

// askFilter asks what is listed, and narrows it with every key.
func (s *Screen) askFilter() kit.Action {
	typed, parsed, at := s.typed, s.query, s.spot()
	restore := func() {
		s.typed, s.query = typed, parsed
		s.arrange()
		s.goTo(at)
	}
	return kit.Ask{Question: s.filterQuestion(kit.Question{
		Label: "Filter", Value: s.typed, Changed: s.look,
		Done: func(answer string) kit.Action {
			restore()
			if q, err := query.Parse(answer); err == nil {
				if id, ok := q.ID(); ok {
					return kit.Go{ID: id}
				}
			}
			return kit.Cmd(s.filterBy(answer))
		},
		Left: restore,
	})}
}

// filters are the saved queries by name: those that come with the desk, those of
// the settings and those saved from the desk.
func (s *Screen) filters() map[string]string {
	all := map[string]string{
		"high and critical, pending": "sev:high,critical",
		"material":                   "is:material",
		"snoozed":                    "state:snoozed",
		"awaiting second review":     "state:in_review",
		"suspected bad captures":     "reason:capture",
		"identical groups":           "is:alike",
		"stale records":              "is:stale",
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
	choices := []kit.Choice{{Name: "Everything pending", Do: kit.ListQuery{}}}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		choices = append(choices, kit.Choice{
			Name: name + ": " + all[name], Hint: s.countOf(all[name]), Do: kit.ListQuery{Query: all[name]},
		})
	}
	p, cmd := s.NewPicker("Saved filters", choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// askFilterName saves the query that is listed by.
func (s *Screen) askFilterName() kit.Action {
	typed := s.typed
	if typed == "" {
		s.SetStatus("Nothing to save: no filter is set")
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
		s.SetStatus("Filter saved as %s", name)
		return kit.SavePlace{}
	}}}
}

// filter is what narrows the list besides the state, "" for nothing.
func (s *Screen) filter() string { return s.query.WithoutState().String() }

// stateTerm is what of the query names a state, "" for nothing.
func (s *Screen) stateTerm() string {
	if !strings.Contains(s.typed, "state:") {
		return ""
	}
	return tabs[s.shownTab()].term
}

// RuleFilter is what is listed as the filter of a rule: the platform with it, and without
// the state, for a rule looks at what is new. "" for everything.
func (s *Screen) RuleFilter() string {
	filter := s.filter()
	if s.platform == "" {
		return filter
	}
	of := "plat:" + s.platform
	switch {
	case filter == "":
		return of
	case strings.Contains(strings.ToLower(filter), " or "):
		return "(" + filter + ") " + of
	}
	return filter + " " + of
}
