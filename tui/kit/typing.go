package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Pause is how long nobody types before a key is meant for the screen again.
const Pause = time.Second

// typing is what holds back the rest of a text whose prompt did not open, and what tells
// a key from a letter of a text.
type typing struct {
	held bool
	last time.Time // when a key of it came

	letter, before time.Time // when the last key that writes came, and the one before it
}

// Pressed takes note of when a key came. It is told of every one, whoever it is for.
func (c *Common) Pressed(msg tea.KeyPressMsg) {
	if msg.Text == "" { // whatever was typed has ended
		c.typing.letter, c.typing.before = time.Time{}, time.Time{}
		return
	}
	c.typing.letter, c.typing.before = c.now(), c.typing.letter
}

// Typing reports whether the key that came last followed another one that writes without a
// [Pause]: that it may be a letter of a text that was meant for something else.
func (c *Common) Typing() bool {
	return !c.typing.before.IsZero() && c.typing.letter.Sub(c.typing.before) < Pause
}

// HoldTyping shows why no text is asked for, and holds back what is typed until nobody
// types for a [Pause], or escape ends it: whoever began to type a text that is not asked
// for goes on typing it, and each letter of it would be a command.
func (c *Common) HoldTyping(why string) {
	c.typing.held, c.typing.last = true, c.now()
	c.Message, c.Bad, c.Done, c.Offer = why+". What you type is ignored until you pause (esc ends that)", true, false, ""
}

// Holds reports whether a key is the rest of a text that nobody asked for, and not to be
// carried out.
func (c *Common) Holds(msg tea.KeyPressMsg) bool {
	if !c.typing.held {
		return false
	}
	now := c.now()
	switch name := msg.String(); {
	case now.Sub(c.typing.last) >= Pause:
	case msg.Text != "", name == "backspace":
		c.typing.last = now
		return true
	case name == "enter", name == "esc": // the end of the text
		c.typing.held = false
		c.Message = ""
		return true
	}
	c.typing.held = false
	return false
}
