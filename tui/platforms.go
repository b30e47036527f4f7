package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
)

// platformLister is what the platforms screen reads.
type platformLister interface {
	Platforms(ctx context.Context) ([]model.PlatformRow, error)
}

// platforms is the screen of the platforms: what is pending of each, how busy it
// was, and whether fetching it works.
type platforms struct {
	*env
	desk platformLister
	// enter opens the queue of a platform, "" of all.
	enter  func(slug string) tea.Cmd
	ask    func(question) tea.Cmd
	at     list
	rows   []model.PlatformRow
	shown  []model.PlatformRow // sorted and narrowed
	sort   int
	filter string
	request
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

func (p *platforms) load() tea.Cmd {
	request, ctx, desk := p.next(), p.ctx, p.desk
	return func() tea.Msg {
		rows, err := desk.Platforms(ctx)
		return platformsMsg{request, rows, err}
	}
}

func (p *platforms) got(msg platformsMsg) {
	if p.answered(&p.request, msg.request, msg.err) {
		p.rows = msg.rows
		p.narrow()
	}
}

// narrow sorts and filters the rows, and keeps the cursor on its platform.
func (p *platforms) narrow() {
	at := p.slug()
	names := make([]string, len(p.rows))
	for i, r := range p.rows {
		names[i] = r.Name
	}
	p.shown = p.shown[:0:0]
	for _, i := range matching(p.filter, names) {
		p.shown = append(p.shown, p.rows[i])
	}
	slices.SortStableFunc(p.shown, func(a, b model.PlatformRow) int {
		return cmp.Or(platformSorts[p.sort].less(a, b), strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	p.at.n = len(p.shown) + 1
	for i, r := range p.shown {
		if r.Slug == at {
			p.at.cursor = i + 1
		}
	}
	p.fit()
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
func (p *platforms) slug() string {
	if i := p.at.cursor - 1; i >= 0 && i < len(p.shown) {
		return p.shown[i].Slug
	}
	return ""
}

func (p *platforms) name() keys.Screen { return keys.Platforms }

func (p *platforms) head() []string {
	right := fmt.Sprintf("%s, by %s", p.count(len(p.shown)), platformSorts[p.sort].name)
	if p.err == nil && len(p.shown) < len(p.rows) {
		right = fmt.Sprintf("%d of %d, by %s", len(p.shown), len(p.rows), platformSorts[p.sort].name)
	}
	left := "Platforms"
	if p.filter != "" {
		left += ": " + p.filter
	}
	columns := p.columns("platform", "material", "pending", "last change", "12 months", "fetching", "documents", "versions")
	return []string{p.bar(left, right), p.theme.Faint.Styled(p.cut("  "+columns, p.w))}
}

func (p *platforms) status() string { return "" }
func (p *platforms) scroll(by int)  { p.at.move(by, p.height()) }
func (p *platforms) fit()           { p.at.fit(p.height()) }

// columns puts texts into the columns that the width has room for.
func (p *platforms) columns(name, material, pending, last, months, fetching, documents, versions string) string {
	text := fmt.Sprintf(" %8s %8s  %s", material, pending, p.pad(last, 11))
	if p.w >= 80 {
		text += " " + p.pad(months, model.ActivityMonths)
	}
	if p.w >= 120 {
		text += fmt.Sprintf(" %9s %8s", documents, versions)
	}
	if p.w >= 100 {
		text += "  " + p.pad(fetching, 14)
	}
	return p.pad(name, p.nameWidth()) + text
}

// nameWidth is what the other columns leave.
func (p *platforms) nameWidth() int {
	used := 2 + 31
	if p.w >= 80 {
		used += 1 + model.ActivityMonths
	}
	if p.w >= 100 {
		used += 16
	}
	if p.w >= 120 {
		used += 19
	}
	return min(60, p.w-used)
}

func (p *platforms) lines(height int) []string {
	if len(p.rows) == 0 {
		switch {
		case p.failed(len(p.rows)):
			return p.failure("The list of platforms", keys.Platforms, p.err)
		case !p.read:
			return nil
		}
		return p.onboarding()
	}
	var lines []string
	for i := p.at.top; i < p.at.n && len(lines) < height; i++ {
		row, name := p.total(), "All platforms"
		if i > 0 {
			row = p.shown[i-1]
			name = row.Name
		}
		lines = append(lines, p.mark(i == p.at.cursor, p.line(name, row)))
	}
	return lines
}

// total sums up all platforms, whatever is filtered: that is what it opens.
func (p *platforms) total() model.PlatformRow {
	t := model.PlatformRow{Activity: make([]int, model.ActivityMonths)}
	for _, r := range p.rows {
		t.Documents, t.Versions = t.Documents+r.Documents, t.Versions+r.Versions
		t.Pending, t.MaterialPending, t.Failing = t.Pending+r.Pending, t.MaterialPending+r.MaterialPending, t.Failing+r.Failing
		for i := range min(len(r.Activity), len(t.Activity)) {
			t.Activity[i] += r.Activity[i]
		}
		if r.LastChange.After(t.LastChange) {
			t.LastChange = r.LastChange
		}
		if r.LastFetched.After(t.LastFetched) {
			t.LastFetched = r.LastFetched
		}
	}
	return t
}

func (p *platforms) line(name string, r model.PlatformRow) string {
	last := ""
	if !r.LastChange.IsZero() {
		last = r.LastChange.Format(time.DateOnly)
	}
	name = p.safe(name)
	if p.w < 100 && r.Failing > 0 { // there is no column to say it in
		failing := fmt.Sprintf(" (%d failing)", r.Failing)
		name = p.cut(name, p.nameWidth()-len(failing)) + failing
	}
	return p.columns(name, fmt.Sprint(r.MaterialPending), fmt.Sprint(r.Pending), last, p.theme.Sparkline(r.Activity), p.health(r), fmt.Sprint(r.Documents), fmt.Sprint(r.Versions))
}

// health says whether fetching a platform works.
func (p *platforms) health(r model.PlatformRow) string {
	switch {
	case r.Failing > 0:
		return fmt.Sprintf("%d failing", r.Failing)
	case r.LastFetched.IsZero():
		return "-"
	}
	return humanize.While(p.o.Clock().Sub(r.LastFetched)) + " ago"
}

func (p *platforms) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		return p.enter(p.slug()), true
	case keys.Sort:
		p.sort = (p.sort + 1) % len(platformSorts)
		p.narrow()
		p.say("sorted by %s", platformSorts[p.sort].name)
		return nil, true
	case keys.Filter:
		before := p.filter
		set := func(s string) { p.filter, p.at.cursor = s, 0; p.narrow() }
		return p.ask(question{label: "Platforms whose name holds these words, or these letters in order", value: p.filter, changed: set,
			left: func() { set(before) }, done: func(s string) tea.Cmd { set(s); return nil }}), true
	}
	return nil, false
}

// click selects a row, and opens the one that is selected.
func (p *platforms) click(line, _ int) tea.Cmd {
	if !p.at.clicked(line, everyRow) {
		return nil
	}
	cmd, _ := p.run(keys.Open)
	return cmd
}
