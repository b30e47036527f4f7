// Package platforms is the screen of the tracked companies: what is pending of each,
// how much is decided, how busy it was, and whether fetching it works; and, beside the
// list or below it, the documents of the one under the cursor. It is not for the changes
// themselves: the queue lists those.
//
// Invariant: the documents are read once the cursor rests, never in Update.
package platforms

import (
	"cmp"
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// Reader is what the screen reads.
type Reader interface {
	Platforms(ctx context.Context) ([]model.PlatformRow, error)
	// PlatformDocuments lists the documents of a platform by its slug.
	PlatformDocuments(ctx context.Context, slug string) ([]model.DocumentRow, error)
}

// Screen is the screen of the platforms: what is pending of each, how busy it
// was, and whether fetching it works.
type Screen struct {
	*kit.Common
	desk   Reader
	at     kit.List
	rows   []model.PlatformRow
	shown  []model.PlatformRow // sorted and narrowed
	sort   int
	filter string
	kit.Request
	beside documents
	due    func() string // what is due, nil when that isn't told
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Follower = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Load.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

// ShowDue has the head tell what due returns: a line on what takes effect soon, "" for none.
func (s *Screen) ShowDue(due func() string) { s.due = due }

// Empty reports whether nothing is tracked, as far as the list was read.
func (s *Screen) Empty() bool { return s.Read && len(s.rows) == 0 }

// Documents is how many documents there are, as far as the list was read.
func (s *Screen) Documents() int {
	n := 0
	for i := range s.rows {
		n += s.rows[i].Documents
	}
	return n
}

type platformsMsg struct {
	request int
	rows    []model.PlatformRow
	err     error
}

// platformSorts are the orders of the list; those that are equal go by name.
var platformSorts = []struct {
	name string
	less func(a, b model.PlatformRow) int
}{
	{"material pending", func(a, b model.PlatformRow) int {
		return cmp.Or(b.MaterialPending-a.MaterialPending, b.Pending-a.Pending)
	}},
	{"name", func(model.PlatformRow, model.PlatformRow) int { return 0 }},
	{"last change", func(a, b model.PlatformRow) int { return b.LastChange.Compare(a.LastChange) }},
	{"failing", func(a, b model.PlatformRow) int { return b.Failing - a.Failing }},
}

// Load reads the list. The shell does that whenever anything is read again, and
// so it is no Reload.
func (s *Screen) Load() tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	return func() tea.Msg {
		rows, err := desk.Platforms(ctx)
		return platformsMsg{request, rows, err}
	}
}

// Update takes the list in, and the documents beside it.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case platformsMsg:
		if s.Answered(&s.Request, msg.request, msg.err) {
			s.rows = msg.rows
			s.beside.stale = true
			s.narrow()
		}
		return kit.Greet{}, true
	case kit.Rested:
		if msg.Of != &s.beside.rest {
			return nil, false
		}
		return kit.Cmd(s.rested()), true
	case documentsMsg:
		s.takeDocuments(msg)
		return nil, true
	}
	return nil, false
}

// narrow sorts and filters the rows, and keeps the cursor on its platform.
func (s *Screen) narrow() {
	at := s.slug()
	names := make([]string, len(s.rows))
	for i, r := range s.rows {
		names[i] = r.Name
	}
	s.shown = s.shown[:0:0]
	for _, i := range matching(s.filter, names) {
		s.shown = append(s.shown, s.rows[i])
	}
	smallsort.By(s.shown, func(a, b model.PlatformRow) int {
		return cmp.Or(platformSorts[s.sort].less(a, b),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	s.at.N = len(s.shown) + 1
	for i, r := range s.shown {
		if r.Slug == at {
			s.at.Cursor = i + 1
		}
	}
	s.Fit()
}

// matching lists which names hold all words of a filter; when none does, those
// that hold its letters in order, the nearest first.
func matching(filter string, names []string) []int {
	var found []int
	words := strings.Fields(strings.ToLower(filter))
	for i, n := range names {
		n, all := strings.ToLower(n), true
		for _, w := range words {
			all = all && strings.Contains(n, w)
		}
		if all {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		for _, m := range fuzzy.Find(strings.Join(words, ""), names) {
			found = append(found, m.Index)
		}
	}
	return found
}

// slug is the platform under the cursor, "" for all.
func (s *Screen) slug() string {
	if i := s.at.Cursor - 1; i >= 0 && i < len(s.shown) {
		return s.shown[i].Slug
	}
	return ""
}

// Name is platforms.
func (s *Screen) Name() keys.Screen { return keys.Platforms }

// Facts are those of the desk: "All platforms" can always be opened.
func (s *Screen) Facts() keys.Facts { return s.DeskFacts }

var handlers = kit.Handlers[*Screen]{
	keys.Open:   func(s *Screen) kit.Action { return kit.ListPlatform{Slug: s.slug()} },
	keys.Sort:   (*Screen).nextOrder,
	keys.Filter: (*Screen).askFilter,
	keys.ToYear: (*Screen).openYear,
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) openYear() kit.Action {
	if i := s.at.Cursor - 1; i >= 0 && i < len(s.shown) {
		return kit.OpenYear{Slug: s.shown[i].Slug, Name: s.shown[i].Name}
	}
	return kit.OpenYear{}
}

func (s *Screen) nextOrder() kit.Action {
	s.sort = (s.sort + 1) % len(platformSorts)
	s.narrow()
	s.SetStatus("Sorted by %s", platformSorts[s.sort].name)
	return nil
}

func (s *Screen) askFilter() kit.Action {
	before := s.filter
	set := func(filter string) { s.filter, s.at.Cursor = filter, 0; s.narrow() }
	return kit.Ask{Question: kit.Question{
		Label:   "Filter platforms",
		Value:   s.filter,
		Changed: set,
		Left:    func() { set(before) },
		Done:    func(filter string) kit.Action { set(filter); return nil },
	}}
}

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, kit.EveryRow) {
		return nil
	}
	return kit.ListPlatform{Slug: s.slug()}
}
