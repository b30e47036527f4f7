package desktest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// Terminal is an emulated terminal with a program on it; [OpenTerminal] makes one.
type Terminal struct {
	// Timeout is how long what is waited for may take.
	Timeout time.Duration

	tb     testing.TB
	term   *vt.SafeEmulator
	cancel context.CancelFunc // ends the program
	ended  chan struct{}      // closed when it has

	over atomic.Bool // the test is: what comes next from the emulator ends the keyboard

	mu      sync.Mutex    // the emulator hands out cells that it goes on writing to
	written bytes.Buffer  // all that the program wrote
	changed chan struct{} // closed at the next message or write
}

// Runner runs a program with more options until it ends or the context does.
type Runner func(context.Context, ...tea.ProgramOption) error

// NeedTerminal skips a test under the race detector, because Bubble Tea's own reader of
// input has a race at its end. A test that prepares much for a terminal asks first.
func NeedTerminal(tb testing.TB) {
	tb.Helper()
	if RaceDetector {
		tb.Skip("Bubble Tea closes its input while it reads from it")
	}
}

// OpenTerminal runs a program on a terminal of w by h cells until it ends or the
// test does. Where none can be used the test is skipped; see [NeedTerminal].
func OpenTerminal(tb testing.TB, w, h int, run Runner, environment ...string) *Terminal {
	tb.Helper()
	NeedTerminal(tb)
	d := &Terminal{Timeout: time.Minute, tb: tb, term: vt.NewSafeEmulator(w, h)}
	d.ended, d.changed = make(chan struct{}), make(chan struct{})
	input, keys, err := os.Pipe() // a file, because what reads from one can be cancelled without losing a key
	if err != nil {
		tb.Fatal(err)
	}
	go d.keyboard(keys)
	_, _ = d.term.Write([]byte("\x1b[20h")) // a line feed also returns, as on a terminal in cooked output mode
	ctx, cancel := context.WithCancel(tb.Context())
	d.cancel = cancel
	go func() {
		defer close(d.ended)
		err := run(ctx, tea.WithInput(input), tea.WithOutput(d), tea.WithWindowSize(w, h), tea.WithoutSignals(),
			tea.WithEnvironment(append([]string{"TERM=xterm-256color"}, environment...)),
			tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { d.wake(); return msg }))
		if err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
			tb.Errorf("the desk ended in: %v", err)
		}
	}()
	tb.Cleanup(func() {
		cancel()
		d.Left()
		d.over.Store(true)
		// The emulator's own Close races with its Read. It isn't waited for: a keyboard that was
		// about to hand on something else ends without it.
		go d.term.SendText("x")
		_ = input.Close()
	})
	return d
}

// keyboard hands the program what the emulator's keys send. The pipe keeps it
// while nobody reads, as a terminal does while an editor is open.
func (d *Terminal) keyboard(program *os.File) {
	defer func() { _ = program.Close() }()
	p := make([]byte, 4096)
	for {
		n, err := d.term.Read(p)
		if err == nil && !d.over.Load() {
			_, err = program.Write(p[:n])
		}
		if err != nil || d.over.Load() {
			return
		}
	}
}

// Write draws what the program writes.
func (d *Terminal) Write(p []byte) (int, error) {
	defer d.wake()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.written.Write(p)
	return d.term.Write(p)
}

// Written returns all that the program wrote.
func (d *Terminal) Written() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.written.String()
}

// wake has whoever waits look again.
func (d *Terminal) wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.changed)
	d.changed = make(chan struct{})
}

// Ended waits so long for the program's end, and reports whether it came.
func (d *Terminal) Ended(timeout time.Duration) bool {
	select {
	case <-d.ended:
		return true
	default: // without patience, what follows would be a matter of chance
	}
	select {
	case <-d.ended:
		return true
	case <-time.After(timeout):
		return false
	}
}

// Kill ends the program at once, as the end of its session would, and waits for that.
func (d *Terminal) Kill() {
	d.tb.Helper()
	d.cancel()
	d.Left()
}

// Left waits for the program's end.
func (d *Terminal) Left() {
	d.tb.Helper()
	if !d.Ended(d.Timeout) {
		d.tb.Error("the desk does not end")
	}
}

// Cells calls f for every cell, row by row. A wide character's second cell is
// empty and has no width; c is nil where nothing was ever drawn.
func (d *Terminal) Cells(f func(x, y int, c *uv.Cell)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for y := range d.term.Height() {
		for x := range d.term.Width() {
			f(x, y, d.term.CellAt(x, y))
		}
	}
}

// Screen returns the text of the screen, its lines without the spaces at their
// ends.
func (d *Terminal) Screen() string {
	lines := make([]strings.Builder, d.term.Height())
	d.Cells(func(_, y int, c *uv.Cell) {
		switch {
		case c == nil || c.Content == "" && c.Width != 0:
			lines[y].WriteByte(' ')
		default:
			lines[y].WriteString(c.Content)
		}
	})
	var b strings.Builder
	for i := range lines {
		b.WriteString(strings.TrimRight(lines[i].String(), " ") + "\n")
	}
	return b.String()
}

// Waits waits until something holds, which is looked at after every message and
// write.
func (d *Terminal) Waits(holds func() bool) {
	d.tb.Helper()
	if !d.comes(holds) {
		d.tb.Fatalf("it never holds:\n%s", d.Screen())
	}
}

func (d *Terminal) comes(holds func() bool) bool {
	deadline := time.After(d.Timeout)
	for {
		d.mu.Lock()
		changed := d.changed
		d.mu.Unlock()
		if holds() {
			return true
		}
		select {
		case <-changed:
		case <-d.ended: // nothing comes any more
			return holds()
		case <-deadline:
			return false
		}
	}
}

// Sees waits until the screen shows all texts.
func (d *Terminal) Sees(texts ...string) {
	d.tb.Helper()
	var screen string
	shows := d.comes(func() bool {
		screen = d.Screen()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
	if !shows {
		d.tb.Fatalf("the screen does not show %q:\n%s", texts, screen)
	}
}

// Press presses keys: those with a name such as "enter" or "ctrl+c", and of any
// other text each character.
func (d *Terminal) Press(keys ...string) {
	for _, k := range keys {
		rest, mod := held(k)
		if _, ok := named[rest]; ok || mod != 0 {
			key := Key(k)
			d.term.SendKey(uv.KeyPressEvent{Code: key.Code, Mod: key.Mod, Text: key.Text})
		} else {
			d.term.SendText(k)
		}
	}
}

// Paste pastes a text.
func (d *Terminal) Paste(text string) { d.term.Paste(text) }

// Resize makes the terminal w by h cells, at least one of each. The program is
// not told: a real terminal signals it, an emulated one has nobody to signal.
func (d *Terminal) Resize(w, h int) { d.term.Resize(max(w, 1), max(h, 1)) }

// Click clicks on a cell.
func (d *Terminal) Click(x, y int) {
	d.term.SendMouse(uv.MouseClickEvent{X: x, Y: y, Button: uv.MouseLeft})
}

// WheelDown turns the wheel over a cell.
func (d *Terminal) WheelDown(x, y int) {
	d.term.SendMouse(uv.MouseWheelEvent{X: x, Y: y, Button: uv.MouseWheelDown})
}

// ClickOn clicks on the first cell of a text on the screen.
func (d *Terminal) ClickOn(text string) {
	d.tb.Helper()
	for y, line := range strings.Split(d.Screen(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			d.Click(len([]rune(line[:at])), y)
			return
		}
	}
	d.tb.Fatalf("%q is not on the screen:\n%s", text, d.Screen())
}
