package desktest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/cmd/dev/desktest"
)

// echo is a model that shows the last messages that the terminal sent.
type echo struct{ lines []string }

func (e echo) Init() tea.Cmd { return nil }

func (e echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		e.lines = append(e.lines, "key "+msg.String())
		if msg.String() == "ctrl+q" {
			return e, tea.Quit
		}
	case tea.PasteMsg:
		e.lines = append(e.lines, "paste "+msg.Content)
	case tea.MouseClickMsg:
		e.lines = append(e.lines, fmt.Sprintf("click %d,%d", msg.X, msg.Y))
	case tea.MouseWheelMsg:
		e.lines = append(e.lines, "wheel "+msg.Button.String())
	}
	return e, nil
}

func (e echo) View() tea.View {
	last := e.lines[max(0, len(e.lines)-5):]
	v := tea.NewView("echo 社\n" + strings.Join(last, "\n") + "\n\x1b[1mbold\x1b[m button")
	v.AltScreen, v.MouseMode = true, tea.MouseModeCellMotion
	return v
}

func openEcho(t *testing.T) *desktest.Terminal {
	t.Helper()
	return desktest.OpenTerminal(t, 40, 8, func(ctx context.Context, o ...tea.ProgramOption) error {
		o = append(o, tea.WithContext(ctx), tea.WithColorProfile(colorprofile.TrueColor))
		_, err := tea.NewProgram(echo{}, o...).Run()
		return err
	})
}

func TestTerminalSendsKeysPasteAndMouse(t *testing.T) {
	d := openEcho(t)
	d.Sees("echo 社", "button")
	d.Press("enter", "ab", "ctrl+r")
	d.Sees("key enter\nkey a\nkey b\nkey ctrl+r")
	d.Paste("one two")
	d.Sees("paste one two")
	d.ClickOn("button")
	d.Sees("click 5,6")
	d.Click(3, 2)
	d.WheelDown(1, 1)
	d.Sees("click 3,2\nwheel wheeldown")
	bold := ""
	d.Cells(func(_, _ int, c *uv.Cell) {
		if c != nil && c.Style.Attrs&uv.AttrBold != 0 {
			bold += c.Content
		}
	})
	if bold != "bold" {
		t.Errorf("bold are the cells %q", bold)
	}
	if !strings.Contains(d.Written(), "\x1b[1mbold") {
		t.Errorf("what was written is not kept: %q", d.Written())
	}
}

func TestTerminalReportsTheProgramsEnd(t *testing.T) {
	d := openEcho(t)
	d.Sees("echo")
	if d.Ended(0) {
		t.Error("a program that runs has ended")
	}
	d.Press("ctrl+q")
	d.Left()
	if !d.Ended(0) {
		t.Error("a program that was left runs on")
	}
}

// failures is a test of which what it reports is kept.
type failures struct {
	testing.TB
	got []string
}

func (f *failures) Helper() {}
func (f *failures) Errorf(format string, args ...any) {
	f.got = append(f.got, fmt.Sprintf(format, args...))
}
func (f *failures) Error(args ...any) { f.got = append(f.got, fmt.Sprint(args...)) }
func (f *failures) Fatalf(format string, args ...any) {
	f.Errorf(format, args...)
}

func TestTerminalReportsWhatNeverComes(t *testing.T) {
	f := &failures{TB: t}
	d := desktest.OpenTerminal(f, 40, 8, func(ctx context.Context, o ...tea.ProgramOption) error {
		_, err := tea.NewProgram(echo{}, append(o, tea.WithContext(ctx))...).Run()
		return errors.Join(err, errors.New("broken"))
	})
	d.Sees("echo")
	patience := d.Timeout
	d.Timeout = time.Millisecond
	d.Sees("something else")
	d.Waits(func() bool { return false })
	d.ClickOn("nowhere")
	d.Left()
	d.Timeout = patience
	d.Press("ctrl+q")
	d.Left()
	d.Sees("still something else") // nothing comes any more: fails at once
	want := []string{"does not show", "never holds", "is not on the screen", "does not end", "ended in: broken",
		"does not show"}
	if len(f.got) != len(want) {
		t.Fatalf("reported %q", f.got)
	}
	for i, w := range want {
		if !strings.Contains(f.got[i], w) {
			t.Errorf("reported %q, want %q", f.got[i], w)
		}
	}
}
