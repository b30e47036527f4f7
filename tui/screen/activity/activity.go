// Package activity is the screen of what is fetched, how that goes, and what
// happened. It is not for fetching: what runs is shown by way of [Fetching].
package activity

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/activitywords"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Tracking(ctx context.Context) ([]model.TrackedRow, error)
	Activity(ctx context.Context, limit int) ([]model.Activity, error)
}

// activityLimit is how much of what happened is listed.
const activityLimit = 300

// Fetching is what the screen shows of a fetch that is under way.
type Fetching interface {
	// Running is how many of how many documents are fetched, and false when no
	// fetch is under way.
	Running() (done, total int, running bool)
	// Outcomes counts what came, Names are the documents that are on their way.
	Outcomes() string
	Names() []string
	// Document is how far a document is.
	Document(id model.ID) (model.FetchProgress, bool)
}

// Screen is the screen of what is fetched, how that goes, and what happened.
type Screen struct {
	*kit.Common
	desk     Reader
	fetching Fetching
	at       kit.List
	tracked  []model.TrackedRow
	happened []model.Activity
	kit.Request
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Opener   = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
	_ kit.Targeter = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Reload.
func New(c *kit.Common, desk Reader, f Fetching) *Screen {
	return &Screen{Common: c, desk: desk, fetching: f}
}

type activityMsg struct {
	request  int
	tracked  []model.TrackedRow
	happened []model.Activity
	err      error
}

// Reload reads again what is tracked and what happened.
func (s *Screen) Reload() tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	return func() tea.Msg {
		tracked, err := desk.Tracking(ctx)
		if err != nil {
			return activityMsg{request: request, err: err}
		}
		happened, err := desk.Activity(ctx, activityLimit)
		return activityMsg{request, tracked, happened, err}
	}
}

// Update takes in what was read, and keeps the cursor on its document.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(activityMsg)
	if !ok {
		return nil, false
	}
	if !s.Answered(&s.Request, got.request, got.err) {
		return nil, true
	}
	at, onDocument := s.subject(), s.at.Cursor <= len(s.tracked)
	s.tracked, s.happened = got.tracked, got.happened
	smallsort.By(s.tracked, func(x, y model.TrackedRow) int {
		return cmp.Or(cmp.Compare(y.Health.Failures, x.Health.Failures),
			x.Health.NextDue.Compare(y.Health.NextDue), strings.Compare(x.Name(), y.Name()))
	})
	s.at.N = len(s.tracked) + len(s.happened) + 2 // with a heading above each
	for i, t := range s.tracked {
		if onDocument && t.Document == at { // the order changes while it fetches
			s.at.Cursor = i + 1
		}
	}
	s.Scroll(0)
	return nil, true
}

// Opened reads what the screen shows.
func (s *Screen) Opened() tea.Cmd { return s.Reload() }

// Name is activity.
func (s *Screen) Name() keys.Screen { return keys.Activity }

// Head is the title and, while a fetch is under way, how far it is.
func (s *Screen) Head() []string {
	failing := 0
	for _, t := range s.tracked {
		if t.Health.Failures > 0 {
			failing++
		}
	}
	right := s.Counted(len(s.tracked), "document") + " tracked"
	if failing > 0 {
		right += fmt.Sprintf(", %d failing", failing)
	}
	head := []string{s.TitleBar("Activity", right)}
	done, total, running := s.fetching.Running()
	if !running || total == 0 {
		return head
	}
	now := "waiting for the sites"
	if names := s.fetching.Names(); len(names) > 0 {
		now = "now: " + strings.Join(names, ", ")
	}
	progress := fmt.Sprintf("Fetching %d of %d", done, total)
	if of := s.fetching.Outcomes(); of != "" {
		progress += ": " + of
	}
	progress, now = s.Cut(progress, s.W), s.Cut(sanitize.Line(now), s.W)
	return append(head, s.Theme.Label.Styled(progress), s.Theme.Faint.Styled(now))
}

// Status is why the document under the cursor fails, else where it comes from.
func (s *Screen) Status() string {
	if s.at.Cursor > 0 && s.at.Cursor <= len(s.tracked) {
		t := s.tracked[s.at.Cursor-1]
		if why := t.Health.Reason; why != "" {
			return sanitize.Line(why)
		}
		return s.address()
	}
	if i := s.at.Cursor - len(s.tracked) - 2; i >= 0 && i < len(s.happened) {
		_, detail := activitywords.Describe(s.happened[i])
		return sanitize.Line(detail)
	}
	return ""
}

// maxReason is how many lines the reason of a failure takes below the list.
const maxReason = 6

// reason is why the document under the cursor fails, under a rule, where the status line
// has no room for all of it.
func (s *Screen) reason() []string {
	if s.at.Cursor < 1 || s.at.Cursor > len(s.tracked) {
		return nil
	}
	why := sanitize.Line(s.tracked[s.at.Cursor-1].Health.Reason)
	if ansi.StringWidth(why) <= s.W {
		return nil
	}
	lines := []string{s.Theme.Faint.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W))}
	for i, l := range s.Wrap(why, s.W-2) {
		if i < maxReason {
			lines = append(lines, " "+s.Cut(l, s.W-1))
		}
	}
	return lines
}

// listHeight is how many lines the list has.
func (s *Screen) listHeight() int { return max(3, s.Height()-len(s.reason())) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.Scroll(0) }

// Scroll moves the cursor, past the headings.
func (s *Screen) Scroll(by int) {
	s.at.Move(by, s.Height())
	s.at.Fit(s.listHeight())
	if s.heading(s.at.Cursor) {
		step := 1
		if by < 0 && s.at.Cursor > 0 {
			step = -1
		}
		if next := s.at.Cursor + step; next >= 0 && next < s.at.N && !s.heading(next) {
			s.at.Move(step, s.Height())
			s.at.Fit(s.listHeight())
		}
	}
	if s.at.Cursor == 1 {
		s.at.Top = 0 // the heading above it
	}
}

func (s *Screen) heading(i int) bool { return i == 0 || i == len(s.tracked)+1 }

// Lines are the tracked documents, and what happened.
func (s *Screen) Lines(height int) []string {
	if s.Failed(len(s.tracked) + len(s.happened)) {
		return s.Failure("Tracked documents and history", keys.Activity, s.Err)
	}
	if !s.Read {
		return nil
	}
	var lines []string
	reason := s.reason()
	room := max(min(3, height), height-len(reason))
	for i := s.at.Top; i < s.at.N && len(lines) < room; i++ {
		switch {
		case i == 0 && len(s.tracked) == 0:
			how := s.Cut("  "+s.Keys.Key(keys.Track)+" tracks a document by its address", s.W-20)
			lines = append(lines, s.Theme.Title.Styled("Nothing tracked")+s.Theme.Faint.Styled(how))
		case i == 0:
			lines = append(lines, s.Theme.Title.Styled("Tracked documents"))
		case i <= len(s.tracked):
			lines = append(lines, s.document(i == s.at.Cursor, s.tracked[i-1]))
		case i == len(s.tracked)+1:
			lines = append(lines, s.Theme.Title.Styled("History"))
		default:
			lines = append(lines, s.Row(i == s.at.Cursor, s.event(s.happened[i-len(s.tracked)-2])))
		}
	}
	if len(reason) == 0 {
		return lines
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	lines = append(lines, reason...)
	return lines[:min(len(lines), height)]
}

// document is the line of a tracked document: how fetching it goes, and why.
func (s *Screen) document(selected bool, t model.TrackedRow) string {
	state, bad := s.state(t)
	name := max(20, min(44, (s.W-2-17)*3/5))
	about := humanize.Count(t.Versions, "version")
	if t.Health.Failures > 0 {
		about = t.Health.Reason
	}
	line := s.Pad(state, 16) + " " + s.Pad(sanitize.Line(t.Name()), name) + " " + sanitize.Line(about)
	if bad && !selected {
		return s.Theme.Bad.Styled(s.Row(false, line))
	}
	return s.Row(selected, line)
}

// state is how fetching a document goes; of one that is being fetched,
// how far that is.
func (s *Screen) state(t model.TrackedRow) (state string, bad bool) {
	_, _, running := s.fetching.Running()
	if p, ok := s.fetching.Document(t.Document); ok && running {
		if p.State == model.FetchDone {
			return kit.Words(p.Outcome), !p.Outcome.Good()
		}
		return string(p.State), false
	}
	h, now := t.Health, s.Clock()
	switch {
	case h.Failures > 0 && h.Quarantined:
		return "quarantined " + humanize.While(now.Sub(h.FailingSince)), true
	case h.Failures > 0:
		return "failing " + humanize.While(now.Sub(h.FailingSince)), true
	case t.Due(now):
		return "due now", false
	}
	return "due in " + humanize.While(h.NextDue.Sub(now)), false
}

func (s *Screen) event(e model.Activity) string {
	when := e.At.Format("2006-01-02 15:04")
	if s.W < 80 {
		when = e.At.Format("01-02 15:04")
	}
	line := when + "  "
	if s.W >= 100 {
		line += s.Pad(sanitize.Line(e.Actor), 10) + "  "
	}
	about, detail := activitywords.Describe(e)
	if e.Name != "" {
		about += ": " + e.Name
	}
	if detail != "" {
		about += " (" + detail + ")"
	}
	return line + sanitize.Line(about)
}

// subject is what the row under the cursor is about.
func (s *Screen) subject() model.ID {
	if i := s.at.Cursor - 1; i >= 0 && i < len(s.tracked) {
		return s.tracked[i].Document
	}
	if i := s.at.Cursor - len(s.tracked) - 2; i >= 0 && i < len(s.happened) {
		return s.happened[i].ID
	}
	return ""
}

// Target is the change that the row under the cursor is about.
func (s *Screen) Target() kit.Target {
	if id := s.subject(); id.Kind() == model.ChangeID {
		return kit.Target{ID: id}
	}
	return kit.Target{}
}

// address is where the tracked document under the cursor is fetched from, ""
// when there is none that is safe to open.
func (s *Screen) address() string {
	if i := s.at.Cursor - 1; i >= 0 && i < len(s.tracked) {
		for _, p := range s.tracked[i].Source.Pages() {
			if u := kit.WebAddress(p.URL); u != "" {
				return u
			}
		}
	}
	return ""
}

// Facts are about the row under the cursor: whether it is one that is opened, and
// has an address.
func (s *Screen) Facts() keys.Facts {
	f := s.Target().Facts(s.DeskFacts)
	if s.subject() == "" {
		f.NoItem = "nothing to open here"
	}
	f.Address = s.address() != ""
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:   (*Screen).open,
	keys.Reload: func(s *Screen) kit.Action { return kit.Cmd(s.Reload()) },
	keys.Source: func(s *Screen) kit.Action { return kit.Browse{Address: s.address()} },
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself; the source of a change that
// happened is not its own.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) {
	if c == keys.Source && s.address() == "" {
		return nil, false
	}
	return handlers.Run(s, c)
}

func (s *Screen) open() kit.Action {
	switch id := s.subject(); id.Kind() {
	case model.ChangeID:
		return kit.Open{Change: id}
	case model.DocumentID:
		return kit.OpenVersions{Document: id}
	default:
		s.SetStatus("No screen for %s; use `fineprint show %s`", id, id)
		return nil
	}
}

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, func(at int) bool { return !s.heading(at) }) {
		return nil
	}
	return s.open()
}
