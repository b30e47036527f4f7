// Package drive runs the desk's model without a terminal or a clock of its own:
// messages go in, what commands answer is handed back when the caller says so,
// and frames come out. The robot, the proofs about hostile text, the benchmarks
// and the storybook all stand on it. It is not for the program itself, which
// has Bubble Tea for this.
//
// Invariants:
//   - Nothing runs at the same time: the same messages and steps give the same
//     frames, so a seed tells all about a failure.
//   - A command that waits for something outside (NotYet) stays pending and
//     does not count as work.
package drive

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Model is what a Desk drives.
type Model interface {
	Init() tea.Cmd
	Update(tea.Msg) (tea.Model, tea.Cmd)
	View() tea.View
}

// NotYet is what a function behind a command panics with when what it waits for
// has not come: the command is asked again at a later Step or Settle.
type NotYet struct{}

// Desk is a model with the commands it has asked for and not yet got.
type Desk struct {
	model   tea.Model
	pending []work
	left    bool
}

// work is commands to be carried out one after the other.
type work struct {
	cmds    []tea.Cmd
	waiting bool // for something outside, as of the last try
}

// Open starts a model; what Init asks for is pending.
func Open(m Model) *Desk {
	d := &Desk{model: m}
	d.add(m.Init())
	return d
}

func (d *Desk) add(cmds ...tea.Cmd) {
	for _, c := range cmds {
		if c != nil {
			d.pending = append(d.pending, work{cmds: []tea.Cmd{c}})
		}
	}
}

// Send hands a message in; the commands it leads to become pending.
func (d *Desk) Send(msg tea.Msg) {
	if d.left {
		return
	}
	var cmd tea.Cmd
	d.model, cmd = d.model.Update(msg)
	d.add(cmd)
}

// Press hands keys in by their names, as tui/keys spells them.
func (d *Desk) Press(names ...string) {
	for _, n := range names {
		d.Send(Key(n))
	}
}

// Type hands a text in, a key for each of its characters.
func (d *Desk) Type(text string) {
	for _, r := range text {
		d.Send(Key(string(r)))
	}
}

// Resize makes the window w by h cells.
func (d *Desk) Resize(w, h int) { d.Send(tea.WindowSizeMsg{Width: w, Height: h}) }

// Pending is how many commands are not carried out yet.
func (d *Desk) Pending() int { return len(d.pending) }

// Left reports whether the model asked to quit.
func (d *Desk) Left() bool { return d.left }

// Model returns the model as it is now.
func (d *Desk) Model() tea.Model { return d.model }

// Frame is what the model draws now.
func (d *Desk) Frame() string { return d.model.View().Content }

// Title is the window's title now.
func (d *Desk) Title() string { return d.model.View().WindowTitle }

// Step carries out the i-th pending command and hands back what it answers.
func (d *Desk) Step(i int) {
	if i < 0 || i >= len(d.pending) {
		return
	}
	w := d.pending[i]
	msg, came := carryOut(w.cmds[0])
	if !came {
		d.pending[i].waiting = true
		return
	}
	if rest := w.cmds[1:]; len(rest) > 0 {
		d.pending[i] = work{cmds: rest}
	} else {
		d.pending = append(d.pending[:i:i], d.pending[i+1:]...)
	}
	d.take(msg)
}

// carryOut runs a command, and reports false when what it waits for has not come.
func carryOut(cmd tea.Cmd) (msg tea.Msg, came bool) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(NotYet); !ok {
				panic(p)
			}
			came = false
		}
	}()
	return cmd(), true
}

// take does with a command's answer what Bubble Tea's loop would.
func (d *Desk) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg, tea.InterruptMsg:
		d.left = true
		d.pending = nil
	case tea.BatchMsg:
		d.add(msg...)
	default:
		if cmds := sequence(msg); cmds != nil {
			d.pending = append(d.pending, work{cmds: cmds})
			return
		}
		d.Send(msg)
	}
}

// sequence returns the commands of what tea.Sequence answers, whose type is
// Bubble Tea's own.
func sequence(msg tea.Msg) []tea.Cmd {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil
	}
	var cmds []tea.Cmd
	for i := range v.Len() {
		if c := v.Index(i).Interface().(tea.Cmd); c != nil {
			cmds = append(cmds, c)
		}
	}
	return cmds
}

// settleLimit is how many commands may follow from what is pending before
// Settle takes it for a loop.
const settleLimit = 10_000

// Settle carries out what is pending, and what follows from it, until nothing is
// left but what waits for something outside. It panics when that never comes to
// an end, for a desk that stands still must do nothing.
func (d *Desk) Settle() {
	for i := range d.pending {
		d.pending[i].waiting = false
	}
	for range settleLimit {
		next := -1
		for i, w := range d.pending {
			if !w.waiting {
				next = i
				break
			}
		}
		if next < 0 {
			return
		}
		d.Step(next)
	}
	panic("the desk does not come to rest")
}

// Flaw says what is wrong with a frame for a window of w by h cells, "" when
// nothing is: a line wider than the window, or another number of lines.
func Flaw(frame string, w, h int) string {
	if frame == "" && (w == 0 || h == 0) {
		return ""
	}
	lines := strings.Split(frame, "\n")
	if len(lines) > max(h, 1) {
		return fmt.Sprintf("%d lines in a window of %d", len(lines), h)
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n > w {
			return fmt.Sprintf("line %d is %d cells wide in a window of %d: %q", i, n, w, l)
		}
	}
	return ""
}

// named are the keys that have a name and no text of their own.
var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "insert": tea.KeyInsert,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f5": tea.KeyF5, "f12": tea.KeyF12,
}

// Named lists the names of the keys that have no text.
func Named() []string {
	out := make([]string, 0, len(named))
	for n := range named {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

var modifiers = []struct {
	prefix string
	mod    tea.KeyMod
}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} // the order Bubble Tea spells them in

// Key makes the message of a key out of its name.
func Key(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	rest := name
	for _, m := range modifiers {
		if after, ok := strings.CutPrefix(rest, m.prefix); ok && after != "" {
			rest, mod = after, mod|m.mod
		}
	}
	if code, ok := named[rest]; ok {
		k := tea.KeyPressMsg{Code: code, Mod: mod}
		if code == tea.KeySpace && mod == 0 {
			k.Text = " "
		}
		return k
	}
	r, _ := utf8.DecodeRuneInString(rest)
	k := tea.KeyPressMsg{Code: r, Mod: mod}
	if mod == 0 {
		k.Text = rest
	}
	return k
}
