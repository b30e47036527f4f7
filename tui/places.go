package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/tui/jobs"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// place is a change that has a mark, with its name as it was.
type place struct {
	Change model.ID `json:"change"`
	Name   string   `json:"name,omitempty"`
}

// keepWay remembers where one is, for the way back.
func (m *Model) keepWay() {
	if id := m.target().ID; id != "" {
		m.before = id
	}
}

// letter asks for the letter of a mark.
func (m *Model) letter(label string, do func(key string) kit.Action) kit.Action {
	return kit.OpenDialog{Dialog: m.NewLetter(label, do)}
}

// askMark waits for the letter of a new mark.
func (m *Model) askMark() kit.Action {
	label := fmt.Sprintf("Mark: press a letter (%s–%s set severity, esc: cancel)",
		m.Keys.Key(keys.Low), m.Keys.Key(keys.Critical))
	return m.letter(m.Plain(label), func(key string) kit.Action {
		a, err := m.setMarkNamed(key)
		m.ReportError(err)
		return a
	})
}

// setMarkNamed sets a mark on the change the keys are about.
func (m *Model) setMarkNamed(letter string) (kit.Action, error) {
	t := m.target()
	switch {
	case !isLetter(letter):
		return nil, invalid("a mark is one letter, not %q", letter)
	case t.ID == "" || len(t.Many) > 0:
		return nil, invalid("a mark is of one change")
	}
	if m.marks == nil {
		m.marks = map[string]place{}
	}
	m.marks[letter] = place{t.ID, t.Name()}
	m.SetStatus("Mark %s set: %s (%s%s goes there)", letter, t.Name(), m.Keys.Key(keys.GoToMark), letter)
	return kit.SavePlace{}, nil
}

func isLetter(s string) bool {
	return len(s) == 1 && (s[0]|0x20) >= 'a' && (s[0]|0x20) <= 'z'
}

// askWhere waits for the letter of the mark to go to; the key itself goes back.
func (m *Model) askWhere() kit.Action {
	back := m.Keys.Key(keys.GoToMark)
	known := strings.Join(slices.Sorted(maps.Keys(m.marks)), " ")
	label := "Go to mark: press its letter (" + back + ": where you were, esc: cancel)"
	if known != "" {
		label = "Go to mark " + known + "  (" + back + ": where you were, esc: cancel)"
	}
	return m.letter(label, func(key string) kit.Action {
		if key == back {
			return m.goBack()
		}
		p, ok := m.marks[key]
		if !ok {
			m.SetStatus("No mark %s", key)
			return nil
		}
		return m.goToPlace(p.Change)
	})
}

// goBack goes to where one was before the last jump.
func (m *Model) goBack() kit.Action {
	if m.before == "" {
		m.SetStatus("Nowhere to go back to")
		return nil
	}
	return m.goToPlace(m.before)
}

// goToPlace puts the cursor of the queue on a change; one that is not listed, or where
// the review is shown, is opened.
func (m *Model) goToPlace(id model.ID) kit.Action {
	m.keepWay()
	if m.screen() == kit.Screen(m.queue) && m.queue.GoToListed(id) {
		return nil
	}
	return kit.Open{Change: id}
}

// listMarks lists the marks, to go to one.
func (m *Model) listMarks() kit.Action {
	if len(m.marks) == 0 {
		m.SetStatus("No marks (%s and a letter sets one)", m.Keys.Key(keys.SetMark))
		return nil
	}
	var choices []kit.Choice
	for _, letter := range slices.Sorted(maps.Keys(m.marks)) {
		p := m.marks[letter]
		choices = append(choices, kit.Choice{Name: string(p.Change) + "  " + p.Name, Hint: letter, Do: kit.Go{ID: p.Change}})
	}
	p, cmd := m.NewPicker("Marks", choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// searchTexts looks for the texts of the queue's filter.
func (m *Model) searchTexts(a kit.SearchTexts) kit.Action {
	in, ok := m.o.Desk.(jobs.TextSearcher)
	if !ok {
		m.SetStatus("This desk can't search texts")
		return m.queue.Searched(a, nil)
	}
	return m.task.Search(in, a.Changes, a.Texts, func(found map[string]map[model.ID]bool) kit.Action {
		return m.queue.Searched(a, found)
	}, m.queue.SearchAgain)
}
