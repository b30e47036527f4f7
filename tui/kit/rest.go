package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// restFor is how long a cursor stays before what it is on is read.
const restFor = 60 * time.Millisecond

// Rest notices when a cursor has come to rest, so that a key held down over thousands
// of rows has nothing read in between. There is one tick under way at a time, however
// often the cursor moves, and none once it has come to rest.
type Rest struct{ ticking, moved bool }

// Rested reports that the cursor that Of watches has come to rest.
type Rested struct{ Of *Rest }

// Moved begins to wait for the cursor to rest, unless that is waited for already.
func (c *Common) Moved(r *Rest) tea.Cmd {
	r.moved = true
	if r.ticking {
		return nil
	}
	r.ticking, r.moved = true, false
	return c.Tick(restFor, func(time.Time) tea.Msg { return Rested{r} })
}

// HasRested takes in that a tick is over, and reports whether the cursor stayed where it
// was meanwhile; otherwise the command goes on waiting.
func (c *Common) HasRested(r *Rest) (cmd tea.Cmd, rested bool) {
	r.ticking = false
	if r.moved {
		return c.Moved(r), false
	}
	return nil, true
}
