package reading

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// leastName is how many cells of a name stay before something else is left out.
const leastName = 28

// Day is how the days of captures are written.
const Day = "2 Jan 2006"

// Title is the line that names what is read: as much of it as there is room for beside
// the document's name. The name leads to where the text was captured. Last is what
// stands at its end, and in fewer words where there is less room.
func (p *Pane) Title(d model.ChangeDetail, last, shorter string) string {
	id, from, to := string(d.Change.ID), d.Change.From.CapturedAt, d.Change.To.CapturedAt
	if id != "" {
		id += "   "
	}
	dates, days := p.period(from, to), span(from, to)
	dot := " · "
	if p.ASCII {
		dot = " - "
	}
	name := p.Safe(sanitize.Clip(d.Document.Platform.Name, p.W) + dot + d.Document.Type)
	middle, right := "", ""
	for _, v := range []struct{ middle, right string }{
		{id + dates + " (" + days + ")", last}, {id + dates, last}, {id + dates, shorter}, {id + to.Format(Day), shorter},
	} {
		middle, right = "   "+p.Safe(v.middle)+"  ", v.right+" "
		if 1+min(ansi.StringWidth(name), leastName)+ansi.StringWidth(middle+right) <= p.W {
			break
		}
	}
	room := p.W - 1 - ansi.StringWidth(middle+right)
	cut := p.Cut(name, room)
	gap := strings.Repeat(" ", max(0, room-ansi.StringWidth(cut)))
	return p.Theme.Bar.Styled(" " + linked(cut, kit.SourceOf(d)) + middle + gap + right)
}

// linked makes a text a link that a terminal can open (OSC 8), where there is an
// address.
func linked(text, address string) string {
	if address == "" {
		return text
	}
	return ansi.SetHyperlink(address) + text + ansi.ResetHyperlink()
}

// period writes from when to when a change is, with the time of a day alone.
func (p *Pane) period(from, to time.Time) string {
	arrow := " → "
	if p.ASCII {
		arrow = " -> "
	}
	if from.Format(Day) == to.Format(Day) {
		return from.Format(Day+" 15:04") + arrow + to.Format("15:04")
	}
	return from.Format(Day) + arrow + to.Format(Day)
}

// span is how long there was from one capture to the next.
func span(from, to time.Time) string {
	if d := to.Sub(from); d >= 24*time.Hour {
		return humanize.Count(int(d.Round(24*time.Hour)/(24*time.Hour)), "day")
	}
	return humanize.While(to.Sub(from))
}
