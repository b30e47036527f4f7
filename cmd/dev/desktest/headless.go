package desktest

import (
	"reflect"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// NotYet is what a function behind a command panics with when what it waits for
// has not come: the command is asked again at a later Step or Settle.
type NotYet struct{}

// Desk is a model with the commands it has asked for and not yet got.
type Desk struct {
	model   tea.Model
	pending []commandQueue
	left    bool
}

// commandQueue is commands to be carried out one after the other.
type commandQueue struct {
	cmds    []tea.Cmd
	waiting bool // for something outside, as of the last try
}

// Open starts a model; what Init asks for is pending.
func Open(m tea.Model) *Desk {
	d := &Desk{model: m}
	d.add(m.Init())
	return d
}

func (d *Desk) add(cmds ...tea.Cmd) {
	for _, c := range cmds {
		if c != nil {
			d.pending = append(d.pending, commandQueue{cmds: []tea.Cmd{c}})
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

// Press hands keys in by their names; see [Key].
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

// View returns what the model draws now, with what it asks of the terminal.
func (d *Desk) View() tea.View { return d.model.View() }

// Frame returns the text of what the model draws now.
func (d *Desk) Frame() string { return d.model.View().Content }

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
		d.pending[i] = commandQueue{cmds: rest}
	} else {
		d.pending = append(d.pending[:i:i], d.pending[i+1:]...)
	}
	d.handle(msg)
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

// handle does with a command's answer what Bubble Tea's loop would.
func (d *Desk) handle(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg, tea.InterruptMsg:
		d.left = true
		d.pending = nil
	case tea.BatchMsg:
		d.add(msg...)
	default:
		if cmds := sequence(msg); cmds != nil {
			d.pending = append(d.pending, commandQueue{cmds: cmds})
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
// an end, for a desk at rest must do nothing.
func (d *Desk) Settle() { d.Until(func() bool { return false }) }

// Until runs what is pending, but only until something holds: a command that would then block
// stays pending.
func (d *Desk) Until(holds func() bool) {
	for i := range d.pending {
		d.pending[i].waiting = false
	}
	for range settleLimit {
		next := slices.IndexFunc(d.pending, func(w commandQueue) bool { return !w.waiting })
		if next < 0 || holds() {
			return
		}
		d.Step(next)
	}
	panic("the desk does not come to rest")
}
