package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
	"fineprint/tui/keys"
)

// platformLister is what the platforms screen reads.
type platformLister interface {
	Platforms(ctx context.Context) ([]terms.PlatformRow, error)
}

// platforms is the screen of the platforms and what is pending of each.
type platforms struct {
	*env
	desk platformLister
	// enter opens the queue of a platform, "" of all.
	enter func(slug string) tea.Cmd
	at    list
	rows  []terms.PlatformRow
	read  bool
}

type platformsMsg struct {
	rows []terms.PlatformRow
	err  error
}

func (p *platforms) load() tea.Cmd {
	ctx, desk := p.ctx, p.desk
	return func() tea.Msg {
		rows, err := desk.Platforms(ctx)
		return platformsMsg{rows, err}
	}
}

func (p *platforms) got(msg platformsMsg) {
	if p.fine(msg.err) {
		p.rows, p.read = msg.rows, true
		p.at.n = len(p.rows) + 1
		p.fit()
	}
}

func (p *platforms) name() keys.Screen { return keys.Platforms }
func (p *platforms) head() []string {
	return []string{p.bar("Platforms", fmt.Sprintf("%d", len(p.rows)))}
}
func (p *platforms) status() string { return "" }
func (p *platforms) scroll(by int)  { p.at.move(by, p.height()) }
func (p *platforms) fit()           { p.at.fit(p.height()) }

func (p *platforms) lines(height int) []string {
	if len(p.rows) == 0 {
		if !p.read {
			return nil
		}
		return p.onboarding()
	}
	var lines []string
	name := max(16, p.w-44)
	for i := p.at.top; i < p.at.n && len(lines) < height; i++ {
		line := "All platforms"
		if i > 0 {
			row := p.rows[i-1]
			last := ""
			if !row.LastChange.IsZero() {
				last = row.LastChange.Format("2006-01-02")
			}
			line = fmt.Sprintf("%s %5d material %5d pending  %s", p.pad(p.safe(row.Name), name), row.MaterialPending, row.Pending, last)
		}
		lines = append(lines, p.mark(i == p.at.cursor, line))
	}
	return lines
}

func (p *platforms) run(c keys.Command) (tea.Cmd, bool) {
	if c != keys.Open {
		return nil, false
	}
	slug := ""
	if i := p.at.cursor - 1; i >= 0 && i < len(p.rows) {
		slug = p.rows[i].Slug
	}
	return p.enter(slug), true
}

// click selects a row, and opens the one that is selected.
func (p *platforms) click(line, _ int) tea.Cmd {
	at := p.at.top + line
	if at >= p.at.n {
		return nil
	}
	if at == p.at.cursor {
		cmd, _ := p.run(keys.Open)
		return cmd
	}
	p.at.cursor = at
	return nil
}
