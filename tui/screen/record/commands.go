package record

import (
	"slices"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

var handlers = kit.Handlers[*Screen]{
	keys.AskDraft:         func(s *Screen) kit.Action { return kit.Draft{Subject: s.draft.Record} },
	keys.EditField:        func(s *Screen) kit.Action { return s.write(s.field()) },
	keys.NextField:        func(s *Screen) kit.Action { return s.toOpen(1) },
	keys.PrevField:        func(s *Screen) kit.Action { return s.toOpen(-1) },
	keys.Low:              word("severity", model.Low),
	keys.Medium:           word("severity", model.Medium),
	keys.High:             word("severity", model.High),
	keys.Critical:         word("severity", model.Critical),
	keys.LowConfidence:    word("confidence", model.LowConfidence),
	keys.MediumConfidence: word("confidence", model.MediumConfidence),
	keys.HighConfidence:   word("confidence", model.HighConfidence),
	keys.Confidence:       (*Screen).nextConfidence,
	keys.Basis:            (*Screen).nextBasis,
	keys.EditRecord:       (*Screen).edit,
	keys.Template:         (*Screen).pickTemplate,
	keys.Approve:          func(s *Screen) kit.Action { return s.Settled(s.approve) },
	keys.Withdraw:         func(s *Screen) kit.Action { return s.Settled(s.withdraw) },
	keys.ClauseView:       (*Screen).toggleClause,
	keys.ClauseDown:       scrollClause(1),
	keys.ClauseUp:         scrollClause(-1),
	keys.PreviewRecord: func(s *Screen) kit.Action {
		return s.Settled(func() kit.Action { return kit.PreviewOf{Record: s.draft.Preview} })
	},
	keys.CompareClause: (*Screen).compare,
	keys.ClauseTypes: func(s *Screen) kit.Action {
		return s.write(fields[slices.IndexFunc(fields, func(f model.WritingField) bool { return f.ID() == "types" })])
	},
	keys.Copy: func(s *Screen) kit.Action { return kit.CopyText{Text: s.draft.Preview.Citation} },
}

// Commands lists what the form does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the form does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) {
	if s.draft.Record == "" {
		return nil, false
	}
	return handlers.Run(s, c)
}

// word sets a field of one word, and goes to it.
func word[T ~string](field string, value T) func(*Screen) kit.Action {
	return func(s *Screen) kit.Action {
		s.toField(field)
		return s.change(field, func(w *model.Writing) {
			f, _ := model.FieldByID(field)
			*f.Text(w) = string(value)
		})
	}
}

// nextConfidence goes round the confidences, from the highest down.
func (s *Screen) nextConfidence() kit.Action {
	return word("confidence", s.current().Confidence.Next())(s)
}

// nextBasis goes round the bases.
func (s *Screen) nextBasis() kit.Action {
	s.toField("basis")
	w := s.current()
	next := model.Bases[(slices.Index(model.Bases, w.Basis)+1)%len(model.Bases)]
	return s.change("basis", func(w *model.Writing) { w.Basis = next })
}

// toOpen goes to the next or previous field that is empty or has a problem.
func (s *Screen) toOpen(by int) kit.Action {
	w := s.current()
	for i := s.at.Cursor + by; i >= 0 && i < len(fields); i += by {
		id := fields[i].ID()
		if fields[i].Empty(&w) || slices.ContainsFunc(s.problems(), func(p model.Problem) bool {
			return fieldOf(p.Field) == id
		}) {
			s.Scroll(i - s.at.Cursor)
			return nil
		}
	}
	s.SetStatus("No further empty field or problem")
	return nil
}
