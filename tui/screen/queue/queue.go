// Package queue is the screen of the changes that wait, and of those that don't: tabs by
// state, a filter, the list in columns, and beside it a preview of the change under the
// cursor ([Preview], whose content is not this package's). It is not for deciding on them
// (package decide), nor for what is on the review screen.
//
// Invariants:
//   - What is decided on is listed: marks of what isn't any more are dropped, and what a
//     selection leaves out is said.
//   - The cursor stays on its change while the list is read again, sorted or grouped; a
//     new filter begins at the first row, and its end leads back.
//   - What is drawn looks at the visible rows alone; a key that moves the cursor looks at
//     none besides.
//   - A total is never shown before it is known.
//
// Decision: the screen holds all changes of the state it lists and narrows, sorts
// and groups them itself, so that each keystroke of a filter shows at once; a store
// asked at each key would have to be read again. After others wrote it asks a
// [Follower] for what became of the list; this desk's own decisions, and taking them
// back, are written into the list at once (decided.go).
//
// Decision: changes with the same words are one row, for one decision settles them. A key
// decides on the change that the row shows, and says so; all of them are selected first.
//
// Size: what is listed, what is selected, how it is arranged and how it is drawn are all
// about the same rows; apart, each would have to show the others all of its fields.
package queue

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
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
	desk        Reader
	tracked     Platforms
	preview     Preview // nil: there is none
	unpreviewed bool    // it is hidden
	day         func(cells int) string
	due         func() string

	items  []*model.QueueItem
	facets []facet // of items
	groups map[sharedKey]int32
	places map[model.ID]int64 // of the documents of items, by name; nil: not known
	seen   *model.QueueSeen   // as items were read; nil before all of them were

	found      []int // indices into items that the query finds, sorted
	counts     [model.Sections]int
	severities [5]int // of those found, by rank
	inOrder    bool   // in each section each severity begins once

	at       kit.List // over rows
	rows     []queueRow
	members  []int32 // what rows of several stand for
	heads    []string
	labels   map[int32]string // of rows of several, by where their members begin
	expanded map[string]bool  // what has a row of each change, by what they share

	states   model.StateCounts // of all changes, of the platform's where one is looked at
	counted  bool
	total    int // of the list that is being read
	part     bool
	departed map[model.ID]departure

	marks  map[model.ID]bool
	chosen []int // of those found, the marked ones; nil: not known

	platform string // slug that is looked at, "" for all
	typed    string // the query as typed
	query    query.Query
	before   spot // the place that the filter was given at
	order    order
	group    Grouping
	saved    map[string]string // queries by name, saved from the desk
	wanted   model.ID          // where the cursor goes once it is listed
	texts    texts
	index    *query.Index // of the words of items
	request  kit.Request
	loading  bool
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
	_ kit.Screen      = (*Screen)(nil)
	_ kit.Updater     = (*Screen)(nil)
	_ kit.Clicker     = (*Screen)(nil)
	_ kit.HeadClicker = (*Screen)(nil)
	_ kit.Follower    = (*Screen)(nil)
	_ kit.Targeter    = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Load. Without a preview the
// list has all of the window.
func New(c *kit.Common, desk Reader, p Platforms, preview Preview) *Screen {
	s := &Screen{Common: c, desk: desk, tracked: p, preview: preview, marks: map[model.ID]bool{}, index: query.NewIndex(),
		groups: map[sharedKey]int32{}, labels: map[int32]string{}, expanded: map[string]bool{}}
	s.query, _ = query.Parse("")
	return s
}

// ShowDay has the first line end in what day returns: what was done today, in at most so
// many cells, without more than one line's worth of styles.
func (s *Screen) ShowDay(day func(cells int) string) { s.day = day }

// ShowDue has the head end in what due returns: a line on what takes effect soon, "" for
// none.
func (s *Screen) ShowDue(due func() string) { s.due = due }

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

// Update takes the list in, or an order that was picked.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case queueMsg:
		cmd := s.got(msg)
		return kit.All{kit.Cmd(cmd), s.searchTexts()}, true
	case wantTextsMsg:
		return s.searchTexts(), true
	case orderMsg:
		return s.sortBy(msg.order), true
	}
	return nil, false
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
	s.part, s.total = msg.part, msg.update.Total
	s.states, s.counted = msg.update.States, true
	if s.preview != nil && !msg.part {
		s.preview.Stale()
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
	items, ok := u.Apply(s.items)
	s.setItems(items)
	s.rows, s.seen = nil, u.Seen // the rows' numbers are of the list as it was
	if !ok {
		s.seen = nil
	}
	return ok
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

// GoTo puts the cursor on a change that is listed.
func (s *Screen) GoTo(change model.ID) {
	if row := s.rowOf(change.Number()); row >= 0 {
		s.at.Cursor = row
		s.inContext()
	}
}

// Keeps reports whether a change is listed whatever is decided on it.
func (s *Screen) Keeps() bool { return s.query.AllState }

// Current is the change under the cursor, "" when there is none.
func (s *Screen) Current() model.ID {
	if c := s.change(); c != nil {
		return c.ID
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
	s.SetStatus("Last change of the queue")
	return false
}

// Place is the change's number among those found, and how many these are.
func (s *Screen) Place() (at, of int) {
	for i := 0; i <= s.at.Cursor && i < len(s.rows); i++ {
		switch r := s.rows[i]; {
		case r.item < 0:
		case i < s.at.Cursor:
			at += max(1, int(r.n))
		default:
			at++
		}
	}
	return at, len(s.found)
}

// Name is queue.
func (s *Screen) Name() keys.Screen { return keys.Queue }

// Scroll moves the cursor, past the headings of groups.
func (s *Screen) Scroll(by int) {
	before, height := s.at.Cursor, s.room().rows
	s.at.Move(by, height)
	way := 1
	if by < 0 {
		way = -1
	}
	for i := s.at.Cursor; i >= 0 && i < len(s.rows); i += way { // past a group's heading
		if s.rows[i].item >= 0 {
			s.at.Cursor = i
			s.withHeading(height)
			return
		}
	}
	s.at.Cursor = before
	s.withHeading(height)
}

// withHeading keeps the cursor in sight, and so what stands above the first change.
func (s *Screen) withHeading(height int) {
	if s.at.Cursor == 1 && s.at.Top == 1 && s.rows[0].item < 0 {
		s.at.Top = 0
	}
	s.at.Fit(height)
}

// Fit keeps the cursor on a change, and in sight.
func (s *Screen) Fit() {
	height := s.room().rows
	s.at.Fit(height)
	if s.change() == nil && len(s.rows) > 0 {
		for i := s.at.Cursor; i < len(s.rows); i++ {
			if s.rows[i].item >= 0 {
				s.at.Cursor = i
				break
			}
		}
	}
	s.withHeading(height)
}

// Facts are about the change under the cursor, or those that are selected.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	f.Listed, f.Marked = len(s.found), len(s.marks)
	c := s.change()
	if c == nil {
		f.NoItem = "there is no change here"
		return f
	}
	f.Changes, f.Duplicates = max(1, len(s.selected())), s.alike()
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:           func(s *Screen) kit.Action { return kit.Open{Change: s.Current()} },
	keys.States:         nextTab(1),
	keys.PrevState:      nextTab(-1),
	keys.Sort:           (*Screen).nextOrder,
	keys.SortBy:         (*Screen).pickOrder,
	keys.Group:          (*Screen).nextGrouping,
	keys.Expand:         (*Screen).toggleExpanded,
	keys.TogglePreview:  (*Screen).togglePreview,
	keys.Mark:           (*Screen).toggleMark,
	keys.MarkDuplicates: (*Screen).markDuplicates,
	keys.MarkShown:      (*Screen).markShown,
	keys.Unmark:         (*Screen).unmark,
	keys.Filter:         (*Screen).askFilter,
	keys.SavedFilters:   (*Screen).PickFilter,
	keys.ToYear:         func(s *Screen) kit.Action { return kit.OpenYear{Slug: s.platform, Name: s.platform} },
	keys.SaveFilter:     (*Screen).askFilterName,
	keys.Back:           (*Screen).clearFirst,
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself. Back is one while something is selected,
// or there is a filter: it takes these away first.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) {
	if c == keys.Back && len(s.marks) == 0 && s.filter() == "" {
		return nil, false
	}
	return handlers.Run(s, c)
}

// Click selects a row, and opens the one that is selected, as does a click on its preview;
// on the head of a column it sorts by that.
func (s *Screen) Click(line, x int) kit.Action {
	r := s.room()
	if r.side > 0 && x > r.list || line > r.rows {
		if r.previewed() && s.change() != nil {
			return kit.Open{Change: s.Current()}
		}
		return nil
	}
	if line == 0 {
		return s.clickColumn(x)
	}
	if !s.at.Clicked(line-1, func(at int) bool { return s.rows[at].item >= 0 }) {
		return nil
	}
	return kit.Open{Change: s.Current()}
}
