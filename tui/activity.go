package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/activitywords"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// activityReader is what the activity screen reads.
type activityReader interface {
	Tracking(ctx context.Context) ([]model.TrackedRow, error)
	Activity(ctx context.Context, limit int) ([]model.Activity, error)
}

// activityLimit is how much of what happened is listed.
const activityLimit = 300

// activity is the screen of what is fetched, how that goes, and what happened.
type activity struct {
	*env
	desk     activityReader
	fetching *fetching
	open     func(model.ID) tea.Cmd // a change
	versions func(model.ID) tea.Cmd // of a document
	at       list
	tracked  []model.TrackedRow
	happened []model.Activity
	asked    int
	read     bool
}

type activityMsg struct {
	request  int
	tracked  []model.TrackedRow
	happened []model.Activity
	err      error
}

func (a *activity) again() tea.Cmd {
	a.asked++
	request, ctx, desk := a.asked, a.ctx, a.desk
	return func() tea.Msg {
		tracked, err := desk.Tracking(ctx)
		if err != nil {
			return activityMsg{request: request, err: err}
		}
		happened, err := desk.Activity(ctx, activityLimit)
		return activityMsg{request, tracked, happened, err}
	}
}

func (a *activity) answer(msg tea.Msg) (tea.Cmd, bool) {
	got, ok := msg.(activityMsg)
	if !ok {
		return nil, false
	}
	if got.request != a.asked || !a.fine(got.err) {
		return nil, true
	}
	at, onDocument := a.subject(), a.at.cursor <= len(a.tracked)
	a.tracked, a.happened, a.read = got.tracked, got.happened, true
	slices.SortStableFunc(a.tracked, func(x, y model.TrackedRow) int {
		return cmp.Or(cmp.Compare(y.Health.Failures, x.Health.Failures), x.Health.NextDue.Compare(y.Health.NextDue), strings.Compare(x.Name(), y.Name()))
	})
	a.at.n = len(a.tracked) + len(a.happened) + 2 // with a heading above each
	for i, t := range a.tracked {
		if onDocument && t.Document == at { // the order changes while it fetches
			a.at.cursor = i + 1
		}
	}
	a.scroll(0)
	return nil, true
}

func (a *activity) name() keys.Screen { return keys.Activity }

func (a *activity) head() []string {
	failing := 0
	for _, t := range a.tracked {
		if t.Health.Failures > 0 {
			failing++
		}
	}
	right := humanize.Count(len(a.tracked), "document") + " tracked"
	if failing > 0 {
		right += fmt.Sprintf(", %d failing", failing)
	}
	head := []string{a.bar("Activity", right)}
	if !a.fetching.task.running || a.fetching.total == 0 {
		return head
	}
	f := a.fetching
	now := "waiting for the sites"
	if names := f.now(); len(names) > 0 {
		now = "now: " + strings.Join(names, ", ")
	}
	progress := fmt.Sprintf("Fetching %d of %d", f.done, f.total)
	if of := f.outcomes(); of != "" {
		progress += ": " + of
	}
	return append(head, a.theme.Label.Styled(a.cut(progress, a.w)), a.theme.Faint.Styled(a.cut(sanitize.Line(now), a.w)))
}

func (a *activity) status() string {
	if a.at.cursor > 0 && a.at.cursor <= len(a.tracked) {
		t := a.tracked[a.at.cursor-1]
		if why := t.Health.Reason; why != "" {
			return sanitize.Line(why)
		}
		return a.address()
	}
	if i := a.at.cursor - len(a.tracked) - 2; i >= 0 && i < len(a.happened) {
		_, detail := activitywords.Describe(a.happened[i])
		return sanitize.Line(detail)
	}
	return ""
}

func (a *activity) fit() { a.scroll(0) }

// scroll moves the cursor, past the headings.
func (a *activity) scroll(by int) {
	a.at.move(by, a.height())
	if a.heading(a.at.cursor) {
		step := 1
		if by < 0 && a.at.cursor > 0 {
			step = -1
		}
		if next := a.at.cursor + step; next >= 0 && next < a.at.n && !a.heading(next) {
			a.at.move(step, a.height())
		}
	}
	if a.at.cursor == 1 {
		a.at.top = 0 // the heading above it
	}
}

func (a *activity) heading(i int) bool { return i == 0 || i == len(a.tracked)+1 }

func (a *activity) lines(height int) []string {
	if !a.read {
		return nil
	}
	var lines []string
	for i := a.at.top; i < a.at.n && len(lines) < height; i++ {
		switch {
		case i == 0 && len(a.tracked) == 0:
			lines = append(lines, a.theme.Title.Styled("Nothing is tracked")+a.theme.Faint.Styled(a.cut("  "+a.keys.Key(keys.Track)+" tracks a document by its address", a.w-20)))
		case i == 0:
			lines = append(lines, a.theme.Title.Styled("Tracked documents"))
		case i <= len(a.tracked):
			lines = append(lines, a.document(i == a.at.cursor, a.tracked[i-1]))
		case i == len(a.tracked)+1:
			lines = append(lines, a.theme.Title.Styled("What happened"))
		default:
			lines = append(lines, a.mark(i == a.at.cursor, a.event(a.happened[i-len(a.tracked)-2])))
		}
	}
	return lines
}

// document is the line of a tracked document: how fetching it goes, and why.
func (a *activity) document(selected bool, t model.TrackedRow) string {
	state, bad := a.state(t)
	name := max(20, min(44, (a.w-2-17)*3/5))
	about := humanize.Count(t.Versions, "version")
	if t.Health.Failures > 0 {
		about = t.Health.Reason
	}
	line := a.pad(state, 16) + " " + a.pad(sanitize.Line(t.Name()), name) + " " + sanitize.Line(about)
	if bad && !selected {
		return a.theme.Bad.Styled(a.mark(false, line))
	}
	return a.mark(selected, line)
}

// state says how fetching a document goes; of one that is being fetched, where
// it stands.
func (a *activity) state(t model.TrackedRow) (state string, bad bool) {
	if p, ok := a.fetching.docs[t.Document]; ok && a.fetching.task.running {
		if p.State == model.FetchDone {
			return outcome(p.Outcome), !p.Outcome.Good()
		}
		return string(p.State), false
	}
	h, now := t.Health, a.o.Clock()
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

func (a *activity) event(e model.Activity) string {
	when := e.At.Format("2006-01-02 15:04")
	if a.w < 80 {
		when = e.At.Format("01-02 15:04")
	}
	line := when + "  "
	if a.w >= 100 {
		line += a.pad(sanitize.Line(e.Actor), 10) + "  "
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
func (a *activity) subject() model.ID {
	if i := a.at.cursor - 1; i >= 0 && i < len(a.tracked) {
		return a.tracked[i].Document
	}
	if i := a.at.cursor - len(a.tracked) - 2; i >= 0 && i < len(a.happened) {
		return a.happened[i].ID
	}
	return ""
}

// target is the change that the row under the cursor is about.
func (a *activity) target() target {
	if id := a.subject(); id.Kind() == model.ChangeID {
		return target{id: id}
	}
	return target{}
}

// address is where the tracked document under the cursor is fetched from, ""
// when there is none that is safe to open.
func (a *activity) address() string {
	if i := a.at.cursor - 1; i >= 0 && i < len(a.tracked) {
		for _, p := range a.tracked[i].Source.Pages() {
			if u := webAddress(p.URL); u != "" {
				return u
			}
		}
	}
	return ""
}

func (a *activity) whyNot(c keys.Command) string {
	if c == keys.Open && a.subject() == "" {
		return "there is nothing to open here"
	}
	return ""
}

func (a *activity) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		switch id := a.subject(); id.Kind() {
		case model.ChangeID:
			return a.open(id), true
		case model.DocumentID:
			return a.versions(id), true
		default:
			a.say("%s is not shown by itself; `fineprint show %s` prints it", id, id)
			return nil, true
		}
	case keys.Reload:
		return a.again(), true
	case keys.Source:
		if address := a.address(); address != "" {
			return a.openAddress(address), true
		}
	}
	return nil, false
}

func (a *activity) click(line, _ int) tea.Cmd {
	if !a.at.clicked(line, func(at int) bool { return !a.heading(at) }) {
		return nil
	}
	cmd, _ := a.run(keys.Open)
	return cmd
}

// day writes a date.
func day(t time.Time) string { return t.Format(time.DateOnly) }
