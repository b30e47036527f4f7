// Package emulated runs a desk on an emulated terminal, for tests that press keys
// and look at the screen. It is not for what needs the bytes that are written:
// the robot's own terminal keeps those.
//
// Invariants:
//   - What is typed never waits for the program: one that does not read, as while
//     an editor is open, would block the emulator and with it whoever writes.
//   - The screen is read while nothing writes to it.
package emulated

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// Terminal is an emulated terminal with a program on it.
type Terminal struct {
	// Patience is how long Sees and Waits wait.
	Patience time.Duration

	tb    testing.TB
	term  *vt.SafeEmulator
	done  chan error
	once  sync.Once
	typed chan []byte
	mu    sync.Mutex // the emulator hands out cells that it goes on writing to
}

// Open runs a program on a terminal of w by h cells until it ends or the test
// does; run gets the options that make it do so.
func Open(tb testing.TB, w, h int, run func(context.Context, ...tea.ProgramOption) error, environment ...string) *Terminal {
	tb.Helper()
	d := &Terminal{Patience: 15 * time.Second, tb: tb, term: vt.NewSafeEmulator(w, h), done: make(chan error, 1), typed: make(chan []byte, 4096)}
	go d.pump()
	_, _ = d.term.Write([]byte("\x1b[20h")) // a line feed also returns, as on a terminal in cooked output mode
	ctx, cancel := context.WithCancel(tb.Context())
	go func() {
		d.done <- run(ctx, tea.WithInput(d), tea.WithOutput(d), tea.WithWindowSize(w, h), tea.WithEnvironment(append([]string{"TERM=xterm-256color"}, environment...)), tea.WithoutSignals())
	}()
	tb.Cleanup(func() { cancel(); d.Left() })
	return d
}

// Read hands out what was typed, and what the emulator answers.
func (d *Terminal) Read(p []byte) (int, error) {
	return copy(p, <-d.typed), nil // all who read take more than pump hands in at once
}

// pump takes what the emulator has for the program at once.
func (d *Terminal) pump() {
	for {
		p := make([]byte, 256)
		n, err := d.term.Read(p)
		if err != nil {
			return
		}
		d.typed <- p[:n]
	}
}

func (d *Terminal) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.term.Write(p)
}

// Left waits for the program's end.
func (d *Terminal) Left() {
	d.once.Do(func() {
		select {
		case <-d.done:
		case <-time.After(20 * time.Second):
			d.tb.Error("the desk does not end")
		}
	})
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

// Screen is the text of the screen, its lines without the spaces at their ends.
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

// Waits waits until something holds.
func (d *Terminal) Waits(holds func() bool) {
	d.tb.Helper()
	if !d.comes(holds) {
		d.tb.Fatalf("it never holds:\n%s", d.Screen())
	}
}

func (d *Terminal) comes(holds func() bool) bool {
	for deadline := time.Now().Add(d.Patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
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

var named = map[string]uv.KeyPressEvent{
	"enter": {Code: uv.KeyEnter}, "esc": {Code: uv.KeyEscape}, "tab": {Code: uv.KeyTab}, "pgdown": {Code: uv.KeyPgDown},
	"ctrl+c": {Code: 'c', Mod: uv.ModCtrl}, "ctrl+d": {Code: 'd', Mod: uv.ModCtrl}, "ctrl+u": {Code: 'u', Mod: uv.ModCtrl}, "ctrl+r": {Code: 'r', Mod: uv.ModCtrl},
}

// Press presses keys: those with a name such as "enter", and of any other text
// each character.
func (d *Terminal) Press(keys ...string) {
	for _, k := range keys {
		if key, ok := named[k]; ok {
			d.term.SendKey(key)
		} else {
			d.term.SendText(k)
		}
	}
}

// ClickOn clicks on the first cell of a text on the screen.
func (d *Terminal) ClickOn(text string) {
	d.tb.Helper()
	for y, line := range strings.Split(d.Screen(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			d.term.SendMouse(uv.MouseClickEvent{X: len([]rune(line[:at])), Y: y, Button: uv.MouseLeft})
			return
		}
	}
	d.tb.Fatalf("%q is not on the screen:\n%s", text, d.Screen())
}
