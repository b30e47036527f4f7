// Package kit is what the desk's screens are made of: the state they share
// ([Common]), lists, prompts, pickers and the dialogs they open, the requests they
// number, and the actions by which a screen has the shell do what is not its own
// ([Action]). It is not for any one screen, nor for what is decided.
//
// Invariants:
//   - All text that came from outside is made safe ([Common.Safe], package
//     sanitize) before it is measured or drawn.
//   - A read that failed is never drawn as an empty list ([Common.Failure]).
//   - Nothing here blocks: what takes time is a command.
//
// Decision: a screen asks for what leads away from it by returning an [Action],
// which the shell carries out before the next key. A message sent by a command
// would come later, and a key pressed meanwhile would hit the wrong change.
package kit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// Common is what all screens share: who reads, the settings, the window, the
// theme, and the line that shows what happened.
type Common struct {
	Ctx   context.Context // of what is read to be shown
	Work  context.Context // of what works; nil for Ctx
	Actor string
	Clock func() time.Time
	// Tick answers with a message after a while.
	Tick   func(after time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	ASCII  bool
	Config config.Settings
	Keys   keys.Map

	W, H  int // of the window, in cells
	Dark  bool
	Theme theme.Theme
	// Taken is how many lines head and dialog leave to no one else.
	Taken int
	// Proposal is the confidence and basis that an approval takes on where none
	// were given: shown as such, and as they were last time.
	Proposal model.Review
	// DeskFacts are the facts that are the same on every screen: the task that is
	// under way and the abilities of the desk.
	DeskFacts keys.Facts

	// Today is what the actor decided today.
	Today Today

	Message string       // what happened, "" when it was read
	Bad     bool         // it is an error
	Done    bool         // it is of something that was done
	Offer   keys.Command // what the message offers, for a click on it
	// Offered is what the message offered that was shown when the key came which is being
	// carried out.
	Offered keys.Command
	typing  typing
}

// now is the time by the clock, or none.
func (c *Common) now() time.Time {
	if c.Clock == nil {
		return time.Time{}
	}
	return c.Clock()
}

// ApplyTheme takes the theme for the palette and the background.
func (c *Common) ApplyTheme() { c.Theme = theme.NewPalette(c.Config.Palette, c.Dark, c.ASCII) }

// Height is how many lines the list or text of the screen has.
func (c *Common) Height() int { return max(1, c.H-2-c.Taken) }

// SetStatus shows in the status line what happened.
func (c *Common) SetStatus(format string, args ...any) {
	c.Message, c.Bad, c.Done, c.Offer = fmt.Sprintf(format, args...), false, false, ""
}

// SetDone shows in the status line what was done, and offers a command after it.
func (c *Common) SetDone(offer keys.Command, format string, args ...any) {
	c.SetStatus(format, args...)
	c.Done, c.Offer = true, offer
}

// ReportError shows an error in the status line and reports whether there was
// none.
func (c *Common) ReportError(err error) (ok bool) {
	if err == nil {
		return true
	}
	c.Message, c.Bad, c.Done, c.Offer = Sentence(err), true, false, ""
	return false
}

// Sentence leaves of an error what the reader doesn't see on the screen already.
func Sentence(err error) string {
	s := err.Error()
	for _, known := range []error{model.ErrIncomplete, model.ErrNotAllowed, model.ErrInvalid, model.ErrStale} {
		if errors.Is(err, known) {
			if _, rest, found := strings.Cut(s, known.Error()+": "); found {
				return rest
			}
		}
	}
	return s
}

// TitleBar is the first line of a screen.
func (c *Common) TitleBar(left, right string) string {
	left, right = " Fineprint  "+c.Safe(left), c.Safe(right)+" "
	left = c.Cut(left, c.W-ansi.StringWidth(right)-1)
	gap := max(1, c.W-ansi.StringWidth(left)-ansi.StringWidth(right))
	return c.Theme.Bar.Styled(left + strings.Repeat(" ", gap) + right)
}

// Plain writes a text of the desk's own with ASCII signs where it is drawn in ASCII.
func (c *Common) Plain(s string) string {
	if c.ASCII {
		return plain.Replace(s)
	}
	return s
}

var plain = strings.NewReplacer("–", "-", "·", "-", "→", "->", "“", `"`, "”", `"`, "…", "...")

// Cut makes a text at most so many cells wide.
func (c *Common) Cut(s string, width int) string { return ansi.Truncate(s, width, c.Theme.Ellipsis) }

// Safe makes a text safe to be drawn in one line of the window. Of a longer one
// it leaves away what the window has no room for before it looks at it: a name
// or a message may be as long as a document.
func (c *Common) Safe(s string) string { return sanitize.Line(sanitize.Clip(s, c.W)) }

// Pad makes a text exactly so many cells wide.
func (c *Common) Pad(s string, width int) string {
	s = c.Cut(s, width)
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// Row is a line of a list, as wide as the window, with the cursor before it when it
// is selected.
func (c *Common) Row(selected bool, line string) string { return c.RowOf(selected, line, c.W) }

// RowOf is a [Common.Row] of a list that takes so many cells.
func (c *Common) RowOf(selected bool, line string, width int) string {
	line = c.Pad(line, width-2)
	if selected {
		return c.Theme.Cursor(c.Theme.Key.Styled(c.Theme.Signs.Cursor) + " " + c.Theme.Label.Styled(line))
	}
	return "  " + line
}

// Percent is how far a text of n lines is scrolled, "" when all of it is shown.
func (c *Common) Percent(top, n int) string {
	if n <= c.Height() {
		return ""
	}
	return fmt.Sprintf("%d%%", 100*top/(n-c.Height()))
}

// Wrap breaks a text into lines of at most so many cells.
func (c *Common) Wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(10, width), ""), "\n")
}

// Words writes what is spelled with underscores in words.
func Words[T ~string](s T) string { return strings.ReplaceAll(string(s), "_", " ") }

// FormatDateRange writes from when to when a change is, with the time where the
// day alone would not show.
func (c *Common) FormatDateRange(of model.Change) string {
	arrow := " → "
	if c.ASCII {
		arrow = " -> "
	}
	from, to := of.From.CapturedAt.Format(time.DateOnly), of.To.CapturedAt.Format(time.DateOnly)
	switch {
	case c.W < 80:
		return to
	case from == to:
		return from + " " + of.From.CapturedAt.Format("15:04") + arrow + of.To.CapturedAt.Format("15:04")
	}
	return from + arrow + to
}

// SimilarityLabel is how much a precedent is like the change.
func SimilarityLabel(p model.Precedent) string {
	if p.Same {
		return "same words"
	}
	return fmt.Sprintf("%.0f%% similar", 100*p.Similarity)
}

// NothingTracked is shown in an empty list until the welcome is, and how to come back to
// it.
func (c *Common) NothingTracked() []string {
	welcome := c.Keys.Key(keys.ToWelcome) + " opens the welcome: track, import, demo."
	return []string{"", c.Cut("  No tracked documents yet. "+welcome, c.W)}
}

// Failure is shown in place of a list that could not be read: what went wrong,
// and what to do about it. A failure must never look like an empty list.
func (c *Common) Failure(what string, on keys.Screen, err error) []string {
	next := "open it again to retry"
	if k := c.Keys.Key(keys.Reload); c.Keys.On(on, k) == keys.Reload {
		next = k + " to retry"
	}
	if errors.Is(err, model.ErrDamaged) {
		next = "run `fineprint check` to list the damage; `fineprint restore latest` or `fineprint salvage` is the way back"
	}
	text := sanitize.Line(fmt.Sprintf("%s can't be read: %s; %s.", what, Sentence(err), next))
	lines := []string{""}
	for _, l := range c.Wrap(text, c.W-4) {
		lines = append(lines, "  "+c.Cut(l, c.W-2))
	}
	return lines
}
