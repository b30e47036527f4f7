package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
)

type (
	// editFileMsg says that the summary is in a file for the editor.
	editFileMsg struct {
		change        model.ID
		summary, file string
		err           error
	}
	editedMsg struct {
		change model.ID
		text   string
		err    error
	}
)

// edit writes the summary to a file for $EDITOR; openEditor goes on.
func (e *env) edit(t target) tea.Cmd {
	if t.id == "" {
		return nil
	}
	msg := editFileMsg{change: t.id, summary: t.review.Summary}
	return func() tea.Msg {
		dir, err := os.MkdirTemp("", "fineprint-*")
		if err == nil {
			msg.file = filepath.Join(dir, "summary.txt")
			err = os.WriteFile(msg.file, []byte(msg.summary+"\n"), 0o600)
		}
		if err != nil {
			msg.err = fmt.Errorf("can't make a file for the editor: %w", err)
		}
		return msg
	}
}

func (e *env) openEditor(msg editFileMsg) tea.Cmd {
	if !e.fine(msg.err) {
		return nil
	}
	command := e.editor(msg.file)
	command.Stdin = os.Stdin // the terminal itself: an editor wants no filter before it
	return tea.ExecProcess(command, func(err error) tea.Msg {
		defer func() { _ = os.RemoveAll(filepath.Dir(msg.file)) }()
		if err != nil {
			return editedMsg{change: msg.change, err: fmt.Errorf("%s failed, the summary is unchanged: %w", command.Args[0], err)}
		}
		body, err := os.ReadFile(msg.file)
		text := strings.TrimSpace(string(body))
		if text == msg.summary {
			text = ""
		}
		return editedMsg{msg.change, text, err}
	})
}
