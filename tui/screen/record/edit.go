package record

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// edit is what was written in some fields, and what was in them when that began.
type edit struct {
	writing, was model.Writing
	fields       []string
	how          model.WrittenHow
	source       string
	knowingly    bool // over what somebody else wrote
}

type savedMsg struct {
	edit  edit
	draft model.RecordDraft
	// stale: it was refused, and draft is what is there instead
	stale bool
	err   error
}

// set saves one field, if it differs from what was in it.
func (s *Screen) set(f model.WritingField, was, now model.Writing, how model.WrittenHow, source string) kit.Action {
	e := edit{writing: now, was: was, fields: []string{f.ID()}, how: how, source: source}
	if len(e.changed()) == 0 {
		return kit.Cmd(s.forget(f.ID()))
	}
	return s.save(e)
}

// change saves a field of the record as it is shown, as it is after do.
func (s *Screen) change(id string, do func(*model.Writing)) kit.Action {
	f, ok := model.FieldByID(id)
	if !ok {
		return nil
	}
	was := s.current()
	var now model.Writing
	f.Copy(&now, &was)
	do(&now)
	return s.set(f, was, now, model.ByPerson, "")
}

// current is the record with what is on its way to be saved.
func (s *Screen) current() model.Writing {
	w := s.draft.Writing
	for _, e := range s.waiting {
		_ = w.Merge(&e.writing, e.fields) // they were fields when they were sent
	}
	return w
}

// changed lists the fields of the edit that say something else than before.
func (e edit) changed() []string {
	return slices.DeleteFunc(slices.Clone(e.fields), func(id string) bool { return same(id, &e.was, &e.writing) })
}

// same reports whether two writings have the same in a field.
func same(id string, a, b *model.Writing) bool {
	f, ok := model.FieldByID(id)
	if !ok || f.Empty(a) || f.Empty(b) {
		return ok && f.Empty(a) == f.Empty(b)
	}
	var x, y model.Writing
	f.Copy(&x, a)
	f.Copy(&y, b)
	return reflect.DeepEqual(x, y)
}

// save sends an edit after those that are on their way.
func (s *Screen) save(e edit) kit.Action {
	e.fields = e.changed()
	if len(e.fields) == 0 {
		s.SetStatus("Nothing changed")
		return nil
	}
	s.waiting = append(s.waiting, e)
	s.Fit()
	if len(s.waiting) > 1 {
		return nil
	}
	return s.send()
}

// send sends the first edit that waits, unless what it was written over has changed.
func (s *Screen) send() kit.Action {
	e := s.waiting[0]
	if theirs := e.overtaken(&s.draft.Writing); len(theirs) > 0 && !e.knowingly {
		s.waiting = s.waiting[1:]
		s.Fit()
		return s.showBoth(e, theirs)
	}
	ctx, desk, id := s.Ctx, s.desk, s.draft.Record
	how := e.how
	if how == "" {
		how = model.ByPerson
	}
	m := model.RecordEdit{
		Record: id, Base: s.draft.Revision, Writing: e.writing, Fields: e.fields, How: how, Source: e.source,
		Actor: s.Actor, At: s.Clock().UTC(),
	}
	return kit.Cmd(func() tea.Msg {
		_, err := desk.EditRecord(ctx, m)
		if err != nil && !errors.Is(err, model.ErrStale) {
			return savedMsg{edit: e, err: err}
		}
		d, readErr := desk.RecordDraft(ctx, id)
		return savedMsg{e, d, err != nil, readErr}
	})
}

// overtaken lists the fields of an edit that don't have any more what they had when it
// began, nor what it makes of them.
func (e edit) overtaken(now *model.Writing) []string {
	return slices.DeleteFunc(slices.Clone(e.fields), func(id string) bool {
		return same(id, &e.was, now) || same(id, &e.writing, now)
	})
}

// saved takes in what became of an edit and goes on with the next.
func (s *Screen) saved(msg savedMsg) kit.Action {
	if len(s.waiting) == 0 {
		return nil
	}
	var after kit.All
	switch {
	case msg.err != nil:
		// What was typed is kept; the rest of what waits was written in knowledge of it.
		s.ReportError(msg.err)
		after = append(after, kit.Cmd(s.keepTexts(s.waiting)))
		s.waiting, s.then = nil, nil
		s.Fit()
		return append(after, kit.Cmd(s.read()))
	case msg.stale:
		s.SetStatus("%s edited this record in the meantime; your text was added",
			sanitize.Line(msg.draft.Actor))
		s.show(msg.draft)
		return s.send()
	}
	s.waiting = s.waiting[1:]
	s.show(msg.draft)
	after = append(after, kit.Cmd(s.forget(msg.edit.fields...)))
	switch then := s.then; {
	case len(s.waiting) > 0:
		after = append(after, s.send())
	case then != nil:
		s.then = nil
		after = append(after, then())
	}
	return after
}

// keepTexts keeps the texts of edits that could not be saved.
func (s *Screen) keepTexts(edits []edit) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range edits {
		for _, id := range e.fields {
			if f, ok := model.FieldByID(id); ok && f.Text(&e.writing) != nil {
				cmds = append(cmds, s.keep(id, *f.Text(&e.writing)))
			}
		}
	}
	return tea.Sequence(cmds...)
}

// Settled does something once nothing is on its way to be saved or approved.
func (s *Screen) Settled(do func() kit.Action) kit.Action {
	if len(s.waiting) > 0 || s.acting {
		s.then = do
		return nil
	}
	return do()
}

// showBoth shows what was written beside what somebody else wrote in the same fields,
// and asks which holds.
func (s *Screen) showBoth(e edit, fields []string) kit.Action {
	e.knowingly = true
	theirs, mine := s.draft.Writing, e
	labels := make([]string, 0, len(fields))
	about := []string{}
	for _, id := range fields {
		f, _ := model.FieldByID(id)
		labels = append(labels, f.Label)
		about = append(about, "  theirs: "+s.Safe(s.value(f, &theirs)), "  yours:  "+s.Safe(s.value(f, &mine.writing)))
	}
	rest := slices.DeleteFunc(slices.Clone(e.fields), func(id string) bool { return slices.Contains(fields, id) })
	keep := func() kit.Action {
		s.SetStatus("Kept their version")
		forgotten := kit.Cmd(s.forget(fields...))
		if len(rest) == 0 {
			return forgotten
		}
		mine.fields = rest
		return kit.All{forgotten, s.save(mine)}
	}
	choices := []kit.Choice{
		{Name: "keep theirs", Do: kit.Send{Msg: askMsg{keep}}},
		{Name: "yours, in place of theirs", Do: kit.Send{Msg: askMsg{func() kit.Action {
			mine.was = theirs
			return s.save(mine)
		}}}},
	}
	if f, _ := model.FieldByID(fields[0]); len(fields) == 1 && f.Shape == model.Prose {
		choices = append(choices, kit.Choice{
			Name: "theirs, and yours below it",
			Do: kit.Send{Msg: askMsg{func() kit.Action {
				text := f.Text(&mine.writing)
				*text = strings.TrimSpace(*f.Text(&theirs) + "\n\n" + *text)
				mine.was = theirs
				return s.save(mine)
			}}},
		})
	}
	title := fmt.Sprintf("%s was edited by %s in the meantime", strings.Join(labels, ", "), s.draft.Actor)
	p, cmd := s.NewPicker(title, choices, about...)
	return kit.All{kit.Cmd(s.keepTexts([]edit{e})), kit.OpenDialog{Dialog: p, Cmd: cmd}}
}
