package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// dialog shows what a rule would have done, and saves it at a key.
type dialog struct {
	*Controller
	q       model.AlertRuleRequest
	p       model.AlertPreview
	top     int
	height  int // as last drawn
	opened  time.Time
	hurried bool // y came before it can have been read
}

var (
	_ kit.FullScreen = (*dialog)(nil)
	_ kit.Hinter     = (*dialog)(nil)
)

func newDialog(c *Controller, q model.AlertRuleRequest, p model.AlertPreview, top int) *dialog {
	return &dialog{Controller: c, q: q, p: p, top: top, opened: c.Clock()}
}

// sentences reports whether there are some that the rule could fold, too.
func (d *dialog) sentences() bool { return d.q.Fold && len(d.p.Sentences) > 0 }

// Key scrolls, switches what the rule is for, and saves with y. It opens when its job is
// done, among keys that were meant for something else: a y that comes at once counts only
// when it comes again.
func (d *dialog) Key(msg tea.KeyPressMsg) (kit.Action, bool) {
	page := max(1, d.height-2)
	switch msg.String() {
	case "y":
		if !d.hurried && d.Clock().Sub(d.opened) < kit.Moment {
			d.hurried = true
			return nil, false
		}
		return d.save(d.q), true
	case "n", "q":
		return d.Closed(), true
	case "p":
		d.q.Past = !d.q.Past
	case "s":
		if d.sentences() {
			d.q.FoldSentences = !d.q.FoldSentences
			return d.preview(d.q, d.top), true
		}
	case "down", "j":
		d.top++
	case "up", "k":
		d.top--
	case "pgdown", "space":
		d.top += page
	case "pgup":
		d.top -= page
	case "home", "g":
		d.top = 0
	case "end", "G":
		d.top = 1 << 30
	}
	return nil, false
}

// Update takes nothing: there is nothing to write.
func (d *dialog) Update(tea.Msg) kit.Action { return nil }

// Closed reports that nothing came of it.
func (d *dialog) Closed() kit.Action { return kit.Status{Text: "Not saved"} }

// Click does nothing: it is answered by a key.
func (d *dialog) Click(int) (kit.Action, bool) { return nil, false }

// ClickAt does nothing, either.
func (d *dialog) ClickAt(int, int) (kit.Action, bool) { return nil, false }

// Fit does nothing: the text is wrapped when it is drawn.
func (d *dialog) Fit() {}

// Hints are the keys.
func (d *dialog) Hints() []keys.Hint {
	list := []keys.Hint{{Key: "y", Word: "save"}, {Key: "esc", Word: "don't save"}, {Key: "p", Word: "past too"}}
	if d.q.Past {
		list[2].Word = "not the past"
	}
	if d.sentences() {
		word := "fold the sentences too"
		if d.q.FoldSentences {
			word = "leave the sentences"
		}
		list = append(list, keys.Hint{Key: "s", Word: word})
	}
	return append(list, keys.Hint{Key: "j/k", Word: "scroll"})
}

// Lines are the title, what the rule would have done, and the question.
func (d *dialog) Lines(room int) []string {
	body := d.body()
	d.height = max(1, room-2)
	d.top = max(0, min(d.top, len(body)-d.height))
	lines := []string{d.TitleBar("Alert rule "+d.q.Name+", not saved yet", d.Percent(d.top, len(body)))}
	for _, l := range body[d.top:min(len(body), d.top+d.height)] {
		lines = append(lines, d.Cut(l, d.W))
	}
	for len(lines) < room-1 {
		lines = append(lines, "")
	}
	ask := " Save it? It applies to what is recorded from now on."
	if d.q.Past {
		ask = fmt.Sprintf(" Save it? It applies to these %s, too, at the next run.",
			humanize.Count(d.p.Matched, "change"))
	}
	if d.hurried {
		ask = " Read it first: y again saves."
	}
	return append(lines, d.Theme.Title.Styled(d.Cut(ask, d.W)))
}

// maxTallied is how many of a count are shown.
const maxTallied = 8

// body is what the rule would have done.
func (d *dialog) body() []string {
	p := &d.p
	var lines []string
	label := func(text string) { lines = append(lines, "", " "+d.Theme.Label.Styled(text)) }
	add := func(indent int, text string) {
		for _, l := range d.Wrap(d.Plain(sanitize.Line(text)), d.W-indent-1) {
			lines = append(lines, strings.Repeat(" ", indent)+l)
		}
	}
	add(1, "Filter: "+p.Rule.Filter)
	add(1, fmt.Sprintf("Matches %d of %s in the whole history.", p.Matched, humanize.Count(p.Changes, "change")))
	for _, t := range []struct {
		name string
		list []model.AlertCount
	}{{"State", p.States}, {"Platform", p.Platforms}, {"Month", p.Months}} {
		if len(t.list) > 0 {
			add(1, t.name+": "+tally(t.list))
		}
	}
	label("What it would have done")
	for _, e := range p.Effects {
		text := e.Action + ": " + humanize.Count(e.Count, "change")
		if e.Left > 0 {
			text += fmt.Sprintf("; %d not, for they %s", e.Left, e.Why)
		}
		add(3, text)
	}
	if len(p.First) > 0 {
		label("The newest")
		d.matches(&lines, p.First)
	}
	if p.Matched > len(p.First) {
		label("A sample of all")
		d.matches(&lines, p.Sample)
	}
	if d.sentences() {
		what := "Sentences with a number, negation or modal, which stay as they are"
		if d.q.FoldSentences {
			what = "Sentences with a number, negation or modal that are folded, too"
		}
		label(what)
		for _, s := range p.Sentences {
			add(3, sanitize.Clip(s, 300))
		}
		if p.MoreSentences > 0 {
			add(3, fmt.Sprintf("and %d more, which stay as they are", p.MoreSentences))
		}
	}
	return lines
}

func (d *dialog) matches(lines *[]string, list []model.AlertMatch) {
	for _, m := range list {
		line := fmt.Sprintf("   %s  %s  %s", m.Change, m.CapturedAt.Format(time.DateOnly), d.Pad(string(m.Severity), 8))
		name := max(20, min(40, d.W/3))
		document := d.Pad(d.Safe(m.Platform+" · "+m.Type), name)
		*lines = append(*lines, line+"  "+document+"  "+d.Theme.Faint.Styled(d.Safe(m.Words)))
	}
}

func tally(list []model.AlertCount) string {
	var parts []string
	for _, t := range slices.Clone(list[:min(len(list), maxTallied)]) {
		parts = append(parts, fmt.Sprintf("%s %d", strings.ReplaceAll(t.Name, "_", " "), t.Count))
	}
	if more := len(list) - maxTallied; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, ", ")
}
