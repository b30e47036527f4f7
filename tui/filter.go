package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// askFilter asks what the queue lists, and narrows it with every key.
func (m *Model) askFilter() tea.Cmd {
	q := m.queue
	typed, parsed := q.typed, q.query
	about := []string{m.theme.Faint.Styled(m.cut("words, or fields: "+fieldNames(), m.w))}
	return m.ask(question{label: "Filter", value: q.typed, about: about, changed: q.look, done: func(s string) tea.Cmd {
		if m.screen() == screen(m.platforms) {
			q.platform = ""
			m.push(q)
			return tea.Batch(q.narrow(s), q.load())
		}
		q.typed, q.query = typed, parsed
		return q.narrow(s)
	}, left: func() {
		q.typed, q.query = typed, parsed
		q.arrange()
	}})
}

// fieldNames lists the fields of a query with one value each.
func fieldNames() string {
	return "sev:high plat:zoom type:privacy state:all kind:added reason:link is:alike from:2026-01-01, - before one takes it away"
}

// filters are the saved queries by name: those of the settings and those saved
// from the desk.
func (m *Model) filters() map[string]string {
	all := map[string]string{"high and critical, pending": "sev:high,critical", "material, newest state": "is:material", "snoozed": "state:snoozed", "before a second reader": "state:in_review", "noise: captures that look bad": "reason:capture", "clusters": "is:alike"}
	for _, f := range m.o.Config.Filters {
		all[f.Name] = f.Text
	}
	for name, typed := range m.place.Filters {
		all[name] = typed
	}
	return all
}

func (m *Model) pickFilter() tea.Cmd {
	all := m.filters()
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	choices := []choice{{name: "everything pending", run: func() tea.Cmd { return m.listed("") }}}
	for _, name := range names {
		choices = append(choices, choice{name: name + ": " + all[name], run: func() tea.Cmd { return m.listed(all[name]) }})
	}
	return m.openOver(m.newPicker("Saved filters", choices))
}

// listed shows the queue narrowed by a query.
func (m *Model) listed(typed string) tea.Cmd {
	if m.screen() != screen(m.queue) {
		m.queue.platform = ""
		m.push(m.queue)
		return tea.Batch(m.queue.narrow(typed), m.queue.load())
	}
	return m.queue.narrow(typed)
}

// askFilterName saves the query that is listed by.
func (m *Model) askFilterName() tea.Cmd {
	typed := m.queue.typed
	if typed == "" {
		m.say("there is no filter to save; narrow the queue first")
		return nil
	}
	return m.ask(question{label: "Save the filter " + typed + " as", done: func(name string) tea.Cmd {
		if name == "" {
			return nil
		}
		if m.place.Filters == nil {
			m.place.Filters = map[string]string{}
		}
		m.place.Filters[name] = typed
		m.say("saved; the list of filters has %s", name)
		return m.keepPlace()
	}})
}

// list opens the queue of a platform.
func (m *Model) list(slug string) tea.Cmd {
	m.queue.platform = slug
	m.queue.clear()
	m.push(m.queue)
	return m.queue.load()
}
