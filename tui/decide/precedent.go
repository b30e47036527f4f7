package decide

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// precedents reads how similar changes were judged.
type precedents interface {
	Precedents(ctx context.Context, change model.ID, limit int) ([]model.Precedent, error)
}

type precedentMsg struct {
	request int
	target  kit.Target
	found   []model.Precedent
	err     error
}

// findPrecedent looks up how changes like the one, or like those that are selected, were
// judged.
func (c *Controller) findPrecedent(t kit.Target) kit.Action {
	id := t.ID
	if len(t.Many) > 0 {
		if c.refusedTogether(t, "") {
			return nil
		}
		id = t.Many[0].ID
	}
	c.looked++
	c.lookingUp = true
	request, ctx, desk := c.looked, c.Ctx, c.desk
	return kit.Cmd(func() tea.Msg {
		found, err := desk.Precedents(ctx, id, 1)
		return precedentMsg{request, t, found, err}
	})
}

// followPrecedent shows how the like of a change was judged, and asks whether it is to be
// judged as that.
func (c *Controller) followPrecedent(msg precedentMsg) kit.Action {
	if msg.request != c.looked {
		return nil
	}
	c.lookingUp = false
	if !c.ReportError(msg.err) {
		return nil
	}
	if len(msg.found) == 0 {
		c.SetStatus("No identical or similar change was judged yet")
		return nil
	}
	p, t := msg.found[0], msg.target
	d := asPrecedent(p)
	d.Change = t.ID
	about := fmt.Sprintf("%s, %s · %s, %s: %s", p.Change, p.PlatformName, p.Type, kit.SimilarityLabel(p),
		describeDecision(d))
	if len(t.Many) == 0 {
		return c.offer(d, t, fmt.Sprintf("Judge %s as %s?", t.Name(), p.Change), about)
	}
	if c.refusedTogether(t, value(d.Severity)) {
		return nil
	}
	return kit.Confirm{Confirmation: kit.Confirmation{
		About: append(c.scope(t), about), Label: fmt.Sprintf("Judge all %d as %s?", len(t.Many), p.Change),
		Answers: kit.Yes(func() kit.Action { return c.Decide(d, t) }),
	}}
}

// asPrecedent is the decision that judges a change as its precedent was judged.
func asPrecedent(p model.Precedent) model.Decision {
	if p.Review.State == model.Dismissed {
		return model.Decision{Action: model.ActionDismiss, Reason: p.Review.Reason}
	}
	return withoutEmpty(setAs("", p.Review))
}

// refusedTogether reports, and says why, that those selected can't be judged by the words
// of one: only identical changes can, and none that is high or critical, or would become so.
func (c *Controller) refusedTogether(t kit.Target, given model.Severity) bool {
	for _, item := range t.Many {
		if item.DuplicateGroup == "" || item.DuplicateGroup != t.Many[0].DuplicateGroup {
			c.SetStatus("Can't do that: those selected are not identical; * selects the identical changes of a row")
			return true
		}
		now := c.asWaiting(model.Review{Change: item.ID, Severity: item.Severity}).Severity
		if now.Rank() < given.Rank() {
			now = given
		}
		if now.Rank() >= model.High.Rank() {
			on := kit.Target{ID: item.ID, Row: item}.Name()
			c.SetStatus("Can't do that: %s is or would be %s, and what is high or critical is judged one by one", on, now)
			return true
		}
	}
	return false
}
