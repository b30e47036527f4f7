package record

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/recordfile"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

type (
	// fileMsg reports that the record is in a file for the editor.
	fileMsg struct {
		path string
		was  model.Writing
		err  error
	}
	// editedMsg brings what the editor left: what it says, or why it can't be read.
	editedMsg struct {
		was, now model.Writing
		file     string
		unread   error // the file can't be read as a record
		err      error
	}
)

// edit writes the record to a file for the reader's editor, or the file that could not
// be read the last time; openEditor goes on.
func (s *Screen) edit() kit.Action {
	return s.Settled(func() kit.Action {
		was, kept, id, notes := s.draft.Writing, s.kept[wholeFile], s.draft.Record, s.notes()
		return kit.Cmd(func() tea.Msg {
			file := []byte(kept)
			if kept == "" {
				file = recordfile.Write(&was, recordfile.Options{Hints: true, Notes: notes, Without: []string{"clauses"}})
			}
			dir, err := os.MkdirTemp("", "fineprint-*")
			path := filepath.Join(dir, string(id)+".md")
			if err == nil {
				err = os.WriteFile(path, file, 0o600)
			}
			if err != nil {
				err = fmt.Errorf("can't make a file for the editor: %w", err)
			}
			return fileMsg{path, was, err}
		})
	})
}

func (s *Screen) openEditor(msg fileMsg) kit.Action {
	if !s.ReportError(msg.err) {
		return nil
	}
	return kit.Cmd(s.Edit(msg.path, func(editor string, err error) tea.Msg {
		defer func() { _ = os.RemoveAll(filepath.Dir(msg.path)) }()
		body, readErr := os.ReadFile(msg.path)
		if err == nil {
			err = readErr
		}
		if err != nil {
			return editedMsg{file: string(body), err: fmt.Errorf("%s failed, the record is unchanged: %w", editor, err)}
		}
		now, _, unread := recordfile.Parse(body)
		return editedMsg{was: msg.was, now: now, file: string(body), unread: unread}
	}))
}

// edited saves what the file says, or keeps it and offers it again.
func (s *Screen) edited(msg editedMsg) kit.Action {
	if !s.ReportError(msg.err) {
		return nil
	}
	if msg.unread != nil {
		return s.offerFile(msg)
	}
	e := edit{writing: msg.now, was: msg.was}
	for _, f := range fields {
		e.fields = append(e.fields, f.ID())
	}
	return kit.All{kit.Cmd(s.forget(wholeFile)), s.save(e)}
}

// offerFile keeps a file that can't be read, and asks what is to become of it.
func (s *Screen) offerFile(msg editedMsg) kit.Action {
	choices := []kit.Choice{
		{Name: "continue editing this file", Do: kit.Send{Msg: askMsg{s.edit}}},
		{Name: "leave it for later: the file is kept, the record unchanged"},
		{Name: "discard the file", Do: kit.Send{Msg: askMsg{func() kit.Action {
			s.SetStatus("The file is gone; the record is unchanged")
			return kit.Cmd(s.forget(wholeFile))
		}}}},
	}
	var about []string
	for _, l := range s.Wrap(sanitize.Line(sanitize.Clip(strings.TrimSpace(kit.Sentence(msg.unread)), 4*s.W)), s.W-4) {
		about = append(about, "  "+l)
	}
	p, cmd := s.NewPicker("The file can't be read as a record", choices, about[:min(4, len(about))]...)
	return kit.All{kit.Cmd(s.keep(wholeFile, msg.file)), kit.OpenDialog{Dialog: p, Cmd: cmd}}
}

// notes are the clauses that the record is about, for the head of the file.
func (s *Screen) notes() string {
	var b strings.Builder
	for _, p := range s.draft.Preview.Provisions {
		fmt.Fprintf(&b, "%s\n\n%s\n\n", strings.Join(p.Heading, " > "), strings.TrimSpace(p.Quote.Text))
	}
	return strings.TrimSpace(b.String())
}
