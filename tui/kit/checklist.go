package kit

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// Tick is one line of a checklist.
type Tick struct {
	Name  string
	About string // under the name, for the line under the cursor
	Off   string // why it can't be ticked, "" when it can
}

// Checklist lists what may be ticked, and does something with all that is.
type Checklist struct {
	*Common
	title  string
	about  []string // above the list
	ticks  []Tick
	ticked map[int]bool
	at     List
	done   func(ticked []int) Action
	first  int // the line of the first tick, as last drawn
}

var _ Dialog = (*Checklist)(nil)

// NewChecklist makes a checklist with nothing ticked; done receives which lines are when
// it is closed with enter, never none.
func (c *Common) NewChecklist(title string, ticks []Tick, done func(ticked []int) Action, about ...string) *Checklist {
	return &Checklist{Common: c, title: title, about: about, ticks: ticks, ticked: map[int]bool{},
		at: List{N: len(ticks)}, done: done}
}

// MoveTo puts the cursor on a line.
func (l *Checklist) MoveTo(line int) { l.at.Move(line-l.at.Cursor, max(1, l.room(l.H)-1)) }

// Fit does nothing: the lines are made anew each time.
func (l *Checklist) Fit() {}

// Closed does nothing: nothing was chosen.
func (l *Checklist) Closed() Action { return nil }

// Update takes nothing: there is nothing to write.
func (l *Checklist) Update(tea.Msg) Action { return nil }

// Key ticks with space, all or none with a, moves, and is done with enter.
func (l *Checklist) Key(msg tea.KeyPressMsg) (Action, bool) {
	page := max(1, l.room(l.H)-1)
	switch msg.String() {
	case "enter":
		return l.finish()
	case "space":
		l.tick(l.at.Cursor)
	case "a":
		l.tickAll()
	case "j", "down", "ctrl+n", "tab":
		l.at.Move(1, page)
	case "k", "up", "ctrl+p", "shift+tab":
		l.at.Move(-1, page)
	case "pgdown":
		l.at.Move(page, page)
	case "pgup":
		l.at.Move(-page, page)
	}
	return nil, false
}

func (l *Checklist) finish() (Action, bool) {
	var ticked []int
	for i := range l.ticks {
		if l.ticked[i] {
			ticked = append(ticked, i)
		}
	}
	if len(ticked) == 0 {
		return Status{"Nothing selected (space to select, esc to cancel)"}, false
	}
	return l.done(ticked), true
}

func (l *Checklist) tick(i int) {
	if i >= 0 && i < len(l.ticks) && l.ticks[i].Off == "" {
		l.ticked[i] = !l.ticked[i]
	}
}

// tickAll ticks all that can be, or none when all are.
func (l *Checklist) tickAll() {
	all := true
	for i, t := range l.ticks {
		all = all && (t.Off != "" || l.ticked[i])
	}
	for i, t := range l.ticks {
		l.ticked[i] = t.Off == "" && !all
	}
}

// Click ticks the line that is clicked on.
func (l *Checklist) Click(line int) (Action, bool) {
	if i := l.at.Top + line - l.first; line >= l.first && i < len(l.ticks) {
		l.at.Cursor = i
		l.tick(i)
	}
	return nil, false
}

// room is how many lines are listed where the dialog may take so many.
func (l *Checklist) room(lines int) int {
	return max(1, min(lines*2/3, 20)-3-len(l.about))
}

// Lines are the title, the ticks, and what there is to say of the one under the cursor.
func (l *Checklist) Lines(room int) []string {
	count := 0
	for _, on := range l.ticked {
		if on {
			count++
		}
	}
	keys := fmt.Sprintf("  (%d selected · space: select · a: all · enter: continue · esc: cancel)", count)
	lines := []string{l.Theme.Title.Styled(l.Cut(l.Safe(l.title)+keys, l.W))}
	for _, a := range l.about {
		lines = append(lines, l.Cut(l.Safe(a), l.W))
	}
	l.first = len(lines)
	height := max(1, min(l.room(l.H), room-len(lines)-1))
	l.at.Fit(height)
	for i := l.at.Top; i < len(l.ticks) && len(lines) < l.first+height; i++ {
		lines = append(lines, l.line(i))
	}
	if i := l.at.Cursor; i < len(l.ticks) && len(lines) < room {
		lines = append(lines, l.Theme.Faint.Styled(l.Cut("      "+l.Safe(l.ticks[i].About), l.W)))
	}
	return lines
}

func (l *Checklist) line(i int) string {
	t, box := l.ticks[i], "[ ] "
	switch {
	case t.Off != "":
		box = "    "
	case l.ticked[i]:
		box = "[x] "
	}
	text := box + l.Safe(t.Name)
	if t.Off != "" {
		text += "  (" + l.Safe(t.Off) + ")"
	}
	line := l.Row(i == l.at.Cursor, text)
	if t.Off != "" && i != l.at.Cursor {
		line = l.Theme.Faint.Styled(line)
	}
	return line
}
