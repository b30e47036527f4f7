package kit

import (
	"cmp"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

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
// ended, with the name of the editor. One that isn't there is never started.
func (c *Common) Edit(file string, edited func(editor string, err error) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		command := c.Editor(file)
		if _, err := exec.LookPath(command.Args[0]); err != nil {
			return edited(command.Args[0], err)
		}
		command.Stdin = os.Stdin // the terminal itself: an editor wants no filter before it
		return tea.Exec(editing{command}, func(err error) tea.Msg { return edited(command.Args[0], err) })()
	}
}

// shortestEdit is how long an editor has the terminal at least.
const shortestEdit = 200 * time.Millisecond

// editing is an editor as Bubble Tea runs it, for a while at least: Bubble Tea stops its
// ticker beside, and where the editor is back before it did, it stops the one that was
// started again, so that the screen stays blank.
type editing struct{ *exec.Cmd }

// Run implements [tea.ExecCommand].
func (e editing) Run() error {
	while := time.After(shortestEdit)
	err := e.Cmd.Run()
	<-while
	return err
}

// SetStdin implements [tea.ExecCommand], as do the two that follow: what is set stays.
func (e editing) SetStdin(r io.Reader) { e.Stdin = cmp.Or(e.Stdin, r) }

// SetStdout sets where the editor draws.
func (e editing) SetStdout(w io.Writer) { e.Stdout = cmp.Or(e.Stdout, w) }

// SetStderr sets where the editor complains.
func (e editing) SetStderr(w io.Writer) { e.Stderr = cmp.Or(e.Stderr, w) }
