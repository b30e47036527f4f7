package record

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
)

// memory keeps what is being written until it was saved in its record.
type memory interface {
	SaveDeskState(ctx context.Context, actor string, state []byte) error
	DeskState(ctx context.Context, actor string) ([]byte, error)
}

// keepEvery is how long typing may go unsaved.
const keepEvery = 700 * time.Millisecond

// wholeFile names, among what is kept, the file of a record that could not be read.
const wholeFile = "file"

// memoryOf is under which name a desk keeps what an actor is writing in a record: a
// line break is in no actor's name.
func memoryOf(actor string, record model.ID) string { return actor + "\n" + string(record) }

// recall reads what was being written in a record, by field.
func recall(ctx context.Context, desk memory, actor string, record model.ID) (map[string]string, error) {
	raw, err := desk.DeskState(ctx, memoryOf(actor, record))
	if err != nil {
		return nil, err
	}
	var kept map[string]string
	if len(raw) > 0 && json.Unmarshal(raw, &kept) != nil {
		kept = nil // of another version
	}
	return kept, nil
}

type keptMsg struct{ err error }

// keep keeps a text that is being written in a field, forget lets go of it.
func (s *Screen) keep(field, text string) tea.Cmd {
	if text == s.kept[field] {
		return nil
	}
	if s.kept == nil {
		s.kept = map[string]string{}
	}
	s.kept[field] = text
	s.Fit()
	return s.saveKept()
}

func (s *Screen) forget(fields ...string) tea.Cmd {
	had := false
	for _, f := range fields {
		if _, is := s.kept[f]; is {
			delete(s.kept, f)
			had = true
		}
	}
	if !had {
		return nil
	}
	s.Fit()
	return s.saveKept()
}

// inOrder has what is kept written in the order in which it was typed, however the
// commands that write it come to run.
type inOrder struct {
	mu      sync.Mutex
	written int
}

func (s *Screen) saveKept() tea.Cmd {
	var raw []byte
	if len(s.kept) > 0 {
		var err error
		if raw, err = json.Marshal(s.kept); err != nil {
			return func() tea.Msg { return keptMsg{err} }
		}
	}
	s.keeping++
	n, order := s.keeping, s.order
	ctx, desk, name := s.Ctx, s.desk, memoryOf(s.Actor, s.draft.Record)
	return func() tea.Msg {
		order.mu.Lock()
		defer order.mu.Unlock()
		if n < order.written {
			return nil
		}
		order.written = n
		return keptMsg{desk.SaveDeskState(ctx, name, raw)}
	}
}

// offerKept puts the cursor where something was being written that is not in the record.
func (s *Screen) offerKept() {
	for i, f := range fields {
		text := f.Text(&s.draft.Writing)
		kept, is := s.kept[f.ID()]
		if !is || text == nil || kept == *text {
			continue
		}
		s.at.Cursor = i
		s.Fit()
		s.SetStatus("Draft of %q kept (%s to continue)", f.Label, s.Keys.Key(keys.EditField))
		return
	}
	if s.kept[wholeFile] != "" {
		s.SetStatus("A file that could not be read is kept (%s to continue)", s.Keys.Key(keys.EditRecord))
	}
}
