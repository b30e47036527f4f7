package main

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/progress"

	"fineprint/tui/sanitize"
)

// progressLine shows how far a long task is on standard error: a bar that is
// drawn over on a terminal, a line now and then elsewhere.
type progressLine struct {
	a        *cli
	label    string
	terminal bool
	bar      progress.Model
	last     time.Time
	every    time.Duration
}

func newProgress(a *cli, label string) *progressLine {
	p := &progressLine{
		a: a, label: sanitize.Line(label), terminal: isTerminal(a.err) && !a.reducedMotion(),
		every: 5 * time.Second, last: time.Now(),
	}
	if p.terminal {
		p.every, p.last = 50*time.Millisecond, time.Time{}
		options := []progress.Option{progress.WithWidth(32), progress.WithoutPercentage()}
		if a.ascii {
			options = append(options, progress.WithFillCharacters('#', '.'))
		}
		p.bar = progress.New(options...)
	}
	return p
}

// at reports done of total; total 0 means it is not known yet.
func (p *progressLine) at(done, total int) {
	now := time.Now()
	if now.Sub(p.last) < p.every {
		return
	}
	p.last = now
	switch {
	case p.terminal && total > 0:
		bar := p.bar.ViewAs(float64(done) / float64(total))
		_, _ = fmt.Fprintf(p.a.err, "\r\x1b[K%s %s %d of %d", p.label, bar, done, total)
	case p.terminal:
		_, _ = fmt.Fprintf(p.a.err, "\r\x1b[K%s %d", p.label, done)
	case total > 0:
		_, _ = fmt.Fprintf(p.a.err, "%s: %d of %d\n", p.label, done, total)
	default:
		_, _ = fmt.Fprintf(p.a.err, "%s: %d\n", p.label, done)
	}
}

// end wipes the bar.
func (p *progressLine) end() {
	if p.terminal {
		_, _ = fmt.Fprint(p.a.err, "\r\x1b[K")
	}
}
