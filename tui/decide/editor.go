package decide

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

type (
	// editFileMsg reports that the summary is in a file for the editor.
	editFileMsg struct {
		change        model.ID
		summary, file string
		err           error
	}
	editedMsg struct {
		change model.ID
		text   string // "" when it is as it was
		err    error
	}
)

// edit writes the summary to a file for the reader's editor; openEditor goes on.
func (c *Controller) edit(t kit.Target) tea.Cmd {
	msg := editFileMsg{change: t.ID, summary: t.Review.Summary}
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

func (c *Controller) openEditor(msg editFileMsg) kit.Action {
	if !c.ReportError(msg.err) {
		return nil
	}
	return kit.Cmd(c.Edit(msg.file, func(editor string, err error) tea.Msg {
		defer func() { _ = os.RemoveAll(filepath.Dir(msg.file)) }()
		return readEdited(msg, editor, err)
	}))
}

// readEdited reads what the editor left.
func readEdited(msg editFileMsg, editor string, err error) editedMsg {
	if err != nil {
		err = fmt.Errorf("%s failed, the summary is unchanged: %w", editor, err)
		return editedMsg{change: msg.change, err: err}
	}
	body, err := os.ReadFile(msg.file)
	text := strings.TrimSpace(string(body))
	if text == msg.summary {
		text = ""
	}
	return editedMsg{msg.change, text, err}
}

func (c *Controller) edited(msg editedMsg) kit.Action {
	if !c.ReportError(msg.err) || msg.text == "" {
		return nil
	}
	return kit.Decide{Decision: model.Decision{Change: msg.change, Action: model.ActionSet, Summary: &msg.text}}
}
