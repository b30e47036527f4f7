// Package queue is the screen of the changes that wait, and of those that don't. It
// is not for deciding on them (package decide), nor for what is on the review screen.
//
// Invariants:
//   - What is decided on is listed: marks of what isn't any more are dropped.
//   - The cursor stays on its change while the list is read again, sorted or grouped.
//
// Decision: the screen holds all changes of the state it lists and narrows, sorts
// and groups them itself, so that each keystroke of a filter shows at once; a store
// asked at each key would have to be read again. After others wrote it asks a
// [Follower] for what became of the list.
package queue

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/query"
)

// Reader is what the screen reads.
type Reader interface {
	Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error)
}

// Follower is a Reader that tells what became of a list, so that a list of 50,000 is
// not read again for each decision of another process.
type Follower interface {
	FollowQueue(ctx context.Context, f model.QueueFilter, seen *model.QueueSeen) (model.QueueUpdate, error)
}

// Platforms distinguishes an empty store from an empty queue.
type Platforms interface {
	// Empty reports whether nothing is tracked.
	Empty() bool
}

// Screen is the screen of the changes that wait, and of those that don't.
type Screen struct {
	*kit.Common
	desk     Reader
	tracked  Platforms
	at       kit.List // over rows
	items    []*model.QueueItem
	seen     *model.QueueSeen // as items were read; nil before all of them were
	found    []int            // indices into items that the query finds, sorted
	rows     []queueRow
	counts   [model.Sections]int // of those found, by section
	marks    map[model.ID]bool
	platform string // slug that is looked at, "" for all
	typed    string // the query as typed
	query    query.Query
	order    Order
	group    Grouping
	saved    map[string]string // queries by name, saved from the desk
	wanted   model.ID          // where the cursor goes once it is listed
	request  kit.Request
	loading  bool
}

// queueRow is one line: a change, or, with item -1, the heading of a group.
type queueRow struct {
	item int
	head string
}

type queueMsg struct {
	request int
	update  model.QueueUpdate
	err     error
	part    bool // the rest is still to be read
}

// firstPart is how many changes are read before all others, so that a long list
// is on the screen at once.
const firstPart = 200

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
	_ kit.Targeter = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Load.
func New(c *kit.Common, desk Reader, p Platforms) *Screen {
	s := &Screen{Common: c, desk: desk, tracked: p, order: byRank, marks: map[model.ID]bool{}}
	s.query, _ = query.Parse("")
	return s
}

// Load reads the list; where none is shown yet, its first part comes first. The
// shell does that whenever anything is read again, and so it is no Reload.
func (s *Screen) Load() tea.Cmd {
	s.request.Next()
	s.loading = true
	part := 0
	if len(s.items) == 0 {
		part = firstPart
	}
	return s.read(part)
}

func (s *Screen) read(limit int) tea.Cmd {
	request, ctx, desk := s.request.Asked, s.Ctx, s.desk
	filter := model.QueueFilter{
		State: s.query.State, AllState: s.query.AllState, Platform: s.platform, Limit: limit,
	}
	follower, follows := desk.(Follower)
	if follows && limit == 0 {
		seen := s.seen
		return func() tea.Msg {
			update, err := follower.FollowQueue(ctx, filter, seen)
			return queueMsg{request, update, err, false}
		}
	}
	return func() tea.Msg {
		page, err := desk.Queue(ctx, filter)
		return queueMsg{request, model.QueueUpdate{QueuePage: page, Whole: true}, err,
			limit > 0 && len(page.Changes) < page.Total}
	}
}

// Update takes the list in.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(queueMsg)
	if !ok {
		return nil, false
	}
	return kit.Cmd(s.got(got)), true
}

func (s *Screen) got(msg queueMsg) tea.Cmd {
	if msg.request == s.request.Asked {
		s.loading = msg.part
	}
	if !s.Answered(&s.request, msg.request, msg.err) {
		return nil
	}
	if s.wanted == "" {
		s.wanted = s.Current()
	}
	if !s.take(msg.update) {
		s.loading = true
		return s.read(0)
	}
	wanted := s.wanted
	s.forgetMarks()
	s.arrange()
	if !msg.part {
		return nil
	}
	s.wanted = wanted // it may be in the rest
	return s.read(0)
}

// take brings the list in step, and reports whether that could be done. Otherwise all
// of it is to be read: decisions were applied meanwhile that the update doesn't know.
func (s *Screen) take(u model.QueueUpdate) bool {
	for i := range u.Changes {
		u.Changes[i] = u.Changes[i].Blind(s.Actor)
	}
	var ok bool
	s.items, ok = u.Apply(s.items)
	s.rows, s.seen = nil, u.Seen // the rows' numbers are of the list as it was
	if !ok {
		s.seen = nil
	}
	return ok
}

// arrange finds, sorts and groups what is listed, and keeps the cursor's place.
func (s *Screen) arrange() {
	wanted := s.wanted
	if wanted == "" {
		wanted = s.Current()
	}
	s.wanted = ""
	s.found = s.query.Select(s.items, s.env())
	s.tally()
	s.sort()
	s.rows = s.grouped()
	s.at.N = len(s.rows)
	for i, r := range s.rows {
		if r.item >= 0 && s.items[r.item].ID == wanted {
			s.at.Cursor = i
			break
		}
	}
	s.Fit()
}

// env is what a query can't know of an item by itself.
func (s *Screen) env() query.Env {
	return query.Env{Now: s.Clock(), Actor: s.Actor, Marked: func(id model.ID) bool { return s.marks[id] }}
}

// change returns the change under the cursor, nil when there is none.
func (s *Screen) change() *model.QueueItem {
	if s.at.Cursor < 0 || s.at.Cursor >= len(s.rows) || s.rows[s.at.Cursor].item < 0 {
		return nil
	}
	return s.items[s.rows[s.at.Cursor].item]
}

// Listed is how many changes are listed.
func (s *Screen) Listed() int { return len(s.found) }

// Awaiting reports that a change is still to be listed which the cursor goes to.
func (s *Screen) Awaiting() bool { return s.loading && s.wanted != "" }

// Want has the cursor go to a change once it is listed.
func (s *Screen) Want(change model.ID) { s.wanted = change }

// Keeps reports whether a change is listed whatever is decided on it.
func (s *Screen) Keeps() bool { return s.query.AllState }

// Current is the change under the cursor, "" when there is none.
func (s *Screen) Current() model.ID {
	if c := s.change(); c != nil {
		return c.ID
	}
	return ""
}

// Apply brings the list in step with decisions: what the query's state does not
// hold any more leaves it, and the cursor is on what comes next.
func (s *Screen) Apply(reviews []model.Review) {
	decided := make(map[model.ID]model.Review, len(reviews))
	for _, r := range reviews {
		decided[r.Change] = r.Blind(s.Actor)
	}
	s.wanted = s.after(decided)
	kept := s.items[:0]
	for _, c := range s.items {
		if r, ok := decided[c.ID]; ok {
			c.State, c.Severity, c.Confidence, c.Record = r.State, r.Severity, r.Confidence, r.Record
			if !s.query.AllState && c.State != s.query.State {
				delete(s.marks, c.ID)
				continue
			}
		}
		kept = append(kept, c)
	}
	s.items, s.rows = kept, nil // the rows' numbers are of the list as it was
	s.arrange()
}

// after is the change the cursor goes to when those decided on leave the list.
func (s *Screen) after(decided map[model.ID]model.Review) model.ID {
	leaves := func(id model.ID) bool {
		r, ok := decided[id]
		return ok && !s.query.AllState && r.State != s.query.State
	}
	for i := s.at.Cursor; i < len(s.rows); i++ {
		if item := s.rows[i].item; item >= 0 && !leaves(s.items[item].ID) {
			return s.items[item].ID
		}
	}
	for i := min(s.at.Cursor, len(s.rows)) - 1; i >= 0; i-- {
		if item := s.rows[i].item; item >= 0 && !leaves(s.items[item].ID) {
			return s.items[item].ID
		}
	}
	return ""
}

// Next moves the cursor to the next change that is still pending, from the one
// it is on.
func (s *Screen) Next() bool {
	for i := max(0, s.at.Cursor); i < len(s.rows); i++ {
		if item := s.rows[i].item; item >= 0 && s.items[item].State == model.Pending {
			s.at.Cursor = i
			s.Fit()
			return true
		}
	}
	return false
}

// Step moves the cursor to another change and reports whether there was one.
func (s *Screen) Step(by int) bool {
	for i := s.at.Cursor + by; i >= 0 && i < len(s.rows); i += by {
		if s.rows[i].item >= 0 {
			s.at.Cursor = i
			s.Fit()
			return true
		}
	}
	s.SetStatus("no further change in the queue")
	return false
}

// Place is the change's number among those found, and how many these are.
func (s *Screen) Place() (at, of int) {
	for i := 0; i <= s.at.Cursor && i < len(s.rows); i++ {
		if s.rows[i].item >= 0 {
			at++
		}
	}
	return at, len(s.found)
}

// Name is queue.
func (s *Screen) Name() keys.Screen { return keys.Queue }

// Scroll moves the cursor, past the headings of groups.
func (s *Screen) Scroll(by int) {
	before := s.at.Cursor
	s.at.Move(by, s.Height())
	way := 1
	if by < 0 {
		way = -1
	}
	for i := s.at.Cursor; i >= 0 && i < len(s.rows); i += way { // past a group's heading
		if s.rows[i].item >= 0 {
			s.at.Cursor = i
			s.at.Fit(s.Height())
			return
		}
	}
	s.at.Cursor = before
	s.at.Fit(s.Height())
}

// Fit keeps the cursor on a change, and in sight.
func (s *Screen) Fit() {
	s.at.Fit(s.Height())
	if s.change() == nil && len(s.rows) > 0 {
		for i := s.at.Cursor; i < len(s.rows); i++ {
			if s.rows[i].item >= 0 {
				s.at.Cursor = i
				break
			}
		}
	}
	if s.at.Cursor == 1 && s.at.Top == 1 && s.rows[0].item < 0 {
		s.at.Top = 0 // the first group's heading
	}
	s.at.Fit(s.Height())
}

// Facts are about the change under the cursor, or those that are marked.
func (s *Screen) Facts() keys.Facts {
	f := s.Target().Facts(s.DeskFacts)
	f.Listed, f.Marked = len(s.found), len(s.marks)
	if c := s.change(); c != nil {
		f.Duplicates = c.DuplicateCount
	} else {
		f.NoItem = "there is no change here"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:           func(s *Screen) kit.Action { return kit.Open{Change: s.Current()} },
	keys.States:         (*Screen).nextState,
	keys.Sort:           (*Screen).nextOrder,
	keys.Group:          (*Screen).nextGrouping,
	keys.Mark:           (*Screen).toggleMark,
	keys.MarkDuplicates: (*Screen).markDuplicates,
	keys.MarkShown:      (*Screen).markShown,
	keys.Unmark:         (*Screen).unmark,
	keys.Filter:         (*Screen).askFilter,
	keys.SavedFilters:   (*Screen).PickFilter,
	keys.SaveFilter:     (*Screen).askFilterName,
	keys.Back:           (*Screen).forgetMarksFirst,
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself. Back is one while something is
// marked: it takes the marks away.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) {
	if c == keys.Back && len(s.marks) == 0 {
		return nil, false
	}
	return handlers.Run(s, c)
}

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, func(at int) bool { return s.rows[at].item >= 0 }) {
		return nil
	}
	return kit.Open{Change: s.Current()}
}
