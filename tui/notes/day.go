package notes

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// barCells is how wide the bar of the day is.
const barCells = 10

// ReadDay reads what the day came to so far; nil when that is not shown.
func (c *Controller) ReadDay() tea.Cmd {
	if !c.Config.DayBar {
		return nil
	}
	y, m, d := c.Clock().Local().Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, c.Clock().Local().Location())
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return func() tea.Msg {
		day, err := desk.Day(ctx, actor, midnight)
		return dayMsg{day, err}
	}
}

// tell puts the day into words for the screens.
func (c *Controller) tell(d model.Day) {
	c.day = d
	c.Today = kit.Today{Count: fmt.Sprintf("%d/%d", d.Decided, c.Config.DayGoal), Bar: c.bar(d)}
	var pace, words []string
	if d.Active >= time.Minute {
		pace = append(pace, humanize.While(d.Active))
	}
	if each := d.Each(); each >= time.Second {
		pace = append(pace, humanize.While(each)+" each")
	}
	words = append([]string{fmt.Sprintf("%d of %d decided today", d.Decided, c.Config.DayGoal)}, pace...)
	if left := c.Config.DayGoal - d.Decided; left > 0 && d.Left(left) >= time.Minute {
		words = append(words, fmt.Sprintf("%d left take %s at this pace", left, humanize.While(d.Left(left))))
	}
	if c.Today.Pace = pace; d.Decided > 0 {
		c.Today.Words = strings.Join(words, ", ")
	}
}

// bar draws how much of the day's goal is reached.
func (c *Controller) bar(d model.Day) string {
	full := min(barCells, d.Decided*barCells/max(1, c.Config.DayGoal))
	return strings.Repeat(c.Theme.Signs.Full, full) + strings.Repeat(c.Theme.Signs.Empty, barCells-full)
}
