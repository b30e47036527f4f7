package kit

import (
	"context"
	"os"
	"os/exec"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Editor is the command that opens a file in the reader's editor: that of the
// settings, else VISUAL, EDITOR, vi.
func (c *Common) Editor(file string) *exec.Cmd {
	words := []string{"vi"}
	for _, command := range []string{c.Config.Editor, os.Getenv("VISUAL"), os.Getenv("EDITOR")} {
		if w := strings.Fields(command); len(w) > 0 {
			words = w
			break
		}
	}
	return exec.CommandContext(context.WithoutCancel(c.Ctx), words[0], append(words[1:], file)...)
}

// Edit opens a file in the reader's editor; edited makes the message of how that
// ended, with the name of the editor. An editor that isn't there is never started:
// a command that fails at once can leave Bubble Tea with its ticker stopped, and
// so with a screen that stays blank.
func (c *Common) Edit(file string, edited func(editor string, err error) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		command := c.Editor(file)
		if _, err := exec.LookPath(command.Args[0]); err != nil {
			return edited(command.Args[0], err)
		}
		command.Stdin = os.Stdin // the terminal itself: an editor wants no filter before it
		return tea.ExecProcess(command, func(err error) tea.Msg { return edited(command.Args[0], err) })()
	}
}
