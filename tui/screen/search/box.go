package search

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// box has the keys go to the line while one writes. It has no lines of its own: what is
// written stands in the head, and the hits under it.
type box struct{ *Screen }

var (
	_ kit.Dialog = (*box)(nil)
	_ kit.Hinter = (*box)(nil)
)

// Key moves in the hits, opens the one under the cursor, changes the texts, and writes
// with any other key.
func (b *box) Key(msg tea.KeyPressMsg) (kit.Action, bool) {
	s := b.Screen
	switch msg.String() {
	case "enter":
		b.Closed()
		if s.asked != s.text() { // what is under the cursor answers something else
			return kit.Cmd(s.search()), true
		}
		if len(s.found.Hits) == 0 {
			return nil, true
		}
		return s.open(), true
	case "down", "ctrl+n":
		s.Scroll(1)
	case "up":
		s.Scroll(-1)
	case "pgdown":
		s.Scroll(s.Height() - linesEach)
	case "pgup":
		s.Scroll(-(s.Height() - linesEach))
	case "tab":
		return kit.Cmd(s.nextTexts(1)), false
	case "shift+tab":
		return kit.Cmd(s.nextTexts(-1)), false
	case "ctrl+f":
	default:
		return b.Update(msg), false
	}
	return nil, false
}

// Update writes, and waits for a pause to search.
func (b *box) Update(msg tea.Msg) kit.Action {
	cmd, changed := b.line.Update(msg)
	if !changed {
		return kit.Cmd(cmd)
	}
	return kit.Cmd(tea.Batch(cmd, b.Moved(&b.rest)))
}

// Lines are none: the line is in the head.
func (b *box) Lines(int) []string { return nil }

// Click does nothing.
func (b *box) Click(int) (kit.Action, bool) { return nil, false }

// Fit does nothing: the screen lays itself out.
func (b *box) Fit() {}

// Closed leaves the hits with the keys.
func (b *box) Closed() kit.Action {
	b.typing = false
	b.line.Blur()
	return nil
}

// Hints are the keys while one writes.
func (b *box) Hints() []keys.Hint {
	return []keys.Hint{{Key: "enter", Word: "open"}, {Key: "up/down", Word: "move"},
		{Key: "tab", Word: "current/past/all"}, {Key: "esc", Word: "to the list"}}
}
