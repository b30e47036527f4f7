package kit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// FullScreen is a dialog that takes all lines of the window but status and footer.
type FullScreen interface {
	Dialog
	// ClickAt is on a line and column of the window.
	ClickAt(line, x int) (a Action, done bool)
}

// Shortcut is one line of the help.
type Shortcut struct {
	Section string
	Choice
}

// Help lists all commands of a screen under headings, in as many columns as the window
// has room for. What is typed narrows it, and each line carries its command out.
type Help struct {
	*Common
	title     string
	shortcuts []Shortcut
	shown     []int // those that fit what was typed, in order
	at        int   // of shown
	top       int   // the first line of the columns that is drawn
	input     textinput.Model
	places    []place // of shown, as last drawn
	width     int     // of a column
}

// place is where a shortcut is: its column, and its line there.
type place struct{ column, line int }

var _ FullScreen = (*Help)(nil)

// NewHelp makes the help, and the command it begins with. Shortcuts of a section follow
// each other.
func (c *Common) NewHelp(title string, shortcuts []Shortcut) (*Help, tea.Cmd) {
	h := &Help{Common: c, title: title, shortcuts: shortcuts, input: c.newInput("")}
	h.input.Prompt = "/ "
	h.narrow()
	return h, h.input.Focus()
}

// narrow keeps what fits what was typed, and puts the cursor on what fits best.
func (h *Help) narrow() {
	typed := strings.ToLower(strings.TrimSpace(h.input.Value()))
	names := make([]string, len(h.shortcuts))
	for i, s := range h.shortcuts {
		names[i] = strings.ToLower(s.Name)
	}
	h.shown = matching(typed, names, func(i int) bool {
		return slices.Contains(strings.Fields(h.shortcuts[i].Hint), strings.TrimSpace(h.input.Value()))
	})
	best := 0
	if len(h.shown) > 0 {
		best = h.shown[0]
	}
	for _, k := range h.shown { // its key before the words of others
		if slices.Contains(strings.Fields(h.shortcuts[k].Hint), strings.TrimSpace(h.input.Value())) {
			best = k
		}
	}
	slices.Sort(h.shown)
	h.at, h.top = max(0, slices.Index(h.shown, best)), 0
}

// Fit gives the input the width of the window.
func (h *Help) Fit() { h.input.SetWidth(max(10, h.W-4)) }

// Closed does nothing: nothing was chosen.
func (h *Help) Closed() Action { return nil }

// Key moves, carries out with enter, and narrows with any other key.
func (h *Help) Key(msg tea.KeyPressMsg) (Action, bool) {
	switch msg.String() {
	case "enter":
		return h.choose(h.at)
	case "down", "ctrl+n", "tab":
		h.at = max(0, min(h.at+1, len(h.shown)-1))
	case "up", "ctrl+p", "shift+tab":
		h.at = max(0, h.at-1)
	case "pgdown":
		h.at = max(0, min(h.at+h.H/2, len(h.shown)-1))
	case "pgup":
		h.at = max(0, h.at-h.H/2)
	case "right":
		h.across(1)
	case "left":
		h.across(-1)
	default:
		return h.Update(msg), false
	}
	return nil, false
}

// across goes to the shortcut beside, in another column.
func (h *Help) across(by int) {
	if h.at >= len(h.places) {
		return
	}
	from, best := h.places[h.at], -1
	for i, p := range h.places {
		if p.column != from.column+by {
			continue
		}
		if best < 0 || distance(p.line, from.line) < distance(h.places[best].line, from.line) {
			best = i
		}
	}
	if best >= 0 {
		h.at = best
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

func (h *Help) choose(at int) (Action, bool) {
	if at < 0 || at >= len(h.shown) {
		return nil, false
	}
	c := h.shortcuts[h.shown[at]]
	if c.Off != "" {
		return Status{fmt.Sprintf("Can't do that: %s: %s", c.Name, c.Off)}, true
	}
	return c.Do, true
}

// Update edits what the help is narrowed by.
func (h *Help) Update(msg tea.Msg) Action {
	before := h.input.Value()
	var cmd tea.Cmd
	h.input, cmd = edit(h.input, msg)
	if h.input.Value() != before {
		h.narrow()
	}
	return Cmd(cmd)
}

// Click is of a dialog that is not the whole window.
func (h *Help) Click(int) (Action, bool) { return nil, false }

// helpHead is how many lines are above the columns.
const helpHead = 3

// ClickAt carries out the shortcut that is clicked on.
func (h *Help) ClickAt(line, x int) (Action, bool) {
	for i, p := range h.places {
		if p.line-h.top == line-helpHead && line >= helpHead && p.column == x/max(1, h.width) {
			return h.choose(i)
		}
	}
	return nil, false
}

// cell is a line of a column: a heading, a shortcut, or nothing.
type cell struct {
	heading string
	at      int // of shown, -1 for another
}

// cells lists headings and shortcuts one under the other.
func (h *Help) cells() []cell {
	var all []cell
	section := ""
	for i, k := range h.shown {
		if s := h.shortcuts[k].Section; s != section {
			if section != "" {
				all = append(all, cell{at: -1})
			}
			section = s
			all = append(all, cell{heading: s, at: -1})
		}
		all = append(all, cell{at: i})
	}
	return all
}

// Lines are the title, what was typed, and the shortcuts in columns.
func (h *Help) Lines(room int) []string {
	columns := max(1, min(3, h.W/56))
	h.width = h.W / columns
	all := h.cells()
	height := max(1, (len(all)+columns-1)/columns)
	if space := room - helpHead; columns > 1 && height < space {
		height = min(space, height+2) // sections are broken less
	}
	grid := make([][]string, columns)
	h.places = make([]place, len(h.shown))
	column := 0
	for _, c := range all {
		if n := len(grid[column]); column < columns-1 && (n >= height || c.heading != "" && n >= height-2) {
			column++
		}
		if len(grid[column]) == 0 && c.heading == "" && c.at < 0 {
			continue
		}
		if c.at >= 0 {
			h.places[c.at] = place{column, len(grid[column])}
		}
		grid[column] = append(grid[column], h.cell(c))
	}
	return h.scrolled(grid, room)
}

// scrolled draws the columns, scrolled so that the cursor is in sight.
func (h *Help) scrolled(grid [][]string, room int) []string {
	longest := 0
	for _, c := range grid {
		longest = max(longest, len(c))
	}
	space := max(1, room-helpHead)
	if h.at < len(h.places) {
		line := h.places[h.at].line
		h.top = max(min(h.top, max(0, line-1)), line-space+1)
	}
	h.top = max(0, min(h.top, longest-space))
	hint := "type to filter · enter: run · esc: close "
	title := " Keyboard shortcuts " + h.dash() + " " + h.Safe(h.title)
	title = h.Cut(title, h.W-ansi.StringWidth(hint)-1)
	bar := title + strings.Repeat(" ", max(0, h.W-ansi.StringWidth(title)-ansi.StringWidth(hint))) + hint
	lines := []string{h.Theme.Bar.Styled(h.Plain(bar)), ansi.Truncate(" "+h.input.View(), h.W, ""), ""}
	if len(h.shown) == 0 {
		return append(lines, h.Theme.Faint.Styled("  No matching commands"))
	}
	for i := h.top; i < min(longest, h.top+space); i++ {
		line := ""
		for _, c := range grid {
			text := ""
			if i < len(c) {
				text = c[i]
			}
			line += text + strings.Repeat(" ", max(0, h.width-ansi.StringWidth(text)))
		}
		lines = append(lines, h.Cut(line, h.W))
	}
	return lines
}

func (h *Help) dash() string {
	if h.ASCII {
		return "-"
	}
	return "—"
}

// keysWidth is how wide the keys of a shortcut are drawn.
const keysWidth = 16

func (h *Help) cell(c cell) string {
	switch {
	case c.heading != "":
		return " " + h.Theme.Label.Styled(strings.ToUpper(c.heading))
	case c.at < 0:
		return ""
	}
	s := h.shortcuts[h.shown[c.at]]
	name, style := s.Name, ansi.Style{}
	if s.Off != "" {
		name, style = name+" ("+s.Off+")", h.Theme.Faint
	}
	keys := h.Pad(h.Safe(cmp.Or(s.Hint, ":")), keysWidth-1)
	text := h.Cut(h.Plain(h.Safe(name)), h.width-keysWidth-3)
	if c.at == h.at {
		return h.RowOf(true, keys+" "+text, h.width-1)
	}
	return "  " + h.Theme.Key.Styled(keys) + " " + style.Styled(text)
}
