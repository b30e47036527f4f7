// Package welcome is the screen on an empty store, and whenever it is asked for: the ways
// to begin. It is not for beginning: what is chosen is a command like any other.
package welcome

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// Store tells how many documents there are.
type Store interface{ Documents() int }

// Screen is the screen of the ways to begin.
type Screen struct {
	*kit.Common
	at    kit.List
	store Store
	had   int // documents, when it was opened
}

var (
	_ kit.Screen  = (*Screen)(nil)
	_ kit.Opener  = (*Screen)(nil)
	_ kit.Clicker = (*Screen)(nil)
)

// New makes the screen.
func New(c *kit.Common, store Store) *Screen {
	return &Screen{Common: c, at: kit.List{N: len(beginnings)}, store: store}
}

// Opened notes what there is, to see when something was begun.
func (s *Screen) Opened() tea.Cmd {
	s.had = s.store.Documents()
	return nil
}

// Begun reports whether there is more than when the screen was opened.
func (s *Screen) Begun() bool { return s.store.Documents() > s.had }

var beginnings = []struct {
	command     keys.Command
	what, about string
}{
	{keys.Track, "Track a document",
		"Enter the URL of a platform's terms or privacy policy. It is fetched now, then daily."},
	{keys.Import, "Import an archive",
		"Open Terms Archive git repository: years of changes at once."},
	{keys.Sample, "Try the demo",
		"Sample data in a temporary database; deleted on exit."},
}

// Name is welcome.
func (s *Screen) Name() keys.Screen { return keys.Welcome }

// Head is the title.
func (s *Screen) Head() []string { return []string{s.TitleBar("Welcome", "")} }

// Status is nothing.
func (s *Screen) Status() string { return "" }

// Fit does nothing: the ways to begin always have room.
func (s *Screen) Fit() {}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, len(beginnings)) }

// intro is how many lines are above the first beginning, which has three.
const intro = 3

// Lines are the ways to begin, and why one is not available.
func (s *Screen) Lines(height int) []string {
	title := "  No documents yet. Three ways to start:"
	if s.had > 0 {
		title = "  Three ways to add documents:"
	}
	lines := []string{"", s.Cut(title, s.W), ""}
	for i, b := range beginnings {
		lines = append(lines, s.Row(i == s.at.Cursor, fmt.Sprintf("%s  %s", s.Keys.Key(b.command), b.what)))
		about := b.about
		if why := s.Keys.DisabledReason(b.command, s.Facts()); why != "" {
			about = "Unavailable: " + why + "."
		}
		for n, l := range s.Wrap(about, s.W-7) {
			if n < 2 {
				lines = append(lines, s.Theme.Faint.Styled("     "+l))
			}
		}
		for len(lines) < intro+3*(i+1) {
			lines = append(lines, "")
		}
	}
	return lines[:min(len(lines), height)]
}

// Facts are those of the desk.
func (s *Screen) Facts() keys.Facts { return s.DeskFacts }

var handlers = kit.Handlers[*Screen]{keys.Open: (*Screen).begin}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) begin() kit.Action { return kit.Run{Command: beginnings[s.at.Cursor].command} }

// Click begins what is clicked on.
func (s *Screen) Click(line, _ int) kit.Action {
	if i := (line - intro) / 3; line >= intro && i < len(beginnings) {
		s.at.Cursor = i
		return s.begin()
	}
	return nil
}
