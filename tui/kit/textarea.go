package kit

import (
	"charm.land/bubbles/v2/textarea"

	"fineprint/tui/sanitize"
)

// NewTextArea is a text area that holds a value and grows no lines of its own: enter
// is for who shows it, and a new line has keys that terminals tell apart from it.
func (c *Common) NewTextArea(value string) textarea.Model {
	in := textarea.New()
	in.ShowLineNumbers = false
	in.Prompt = "| "
	in.CharLimit = MaxInput
	in.SetVirtualCursor(true)
	styles := textarea.DefaultStyles(c.Dark)
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.KeyMap.InsertNewline.SetKeys("alt+enter", "ctrl+j", "shift+enter")
	in.SetValue(sanitize.Input(value))
	in.MoveToEnd()
	return in
}
