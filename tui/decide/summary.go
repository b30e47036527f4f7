package decide

import (
	"context"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// drafter keeps what is being written until it is decided with.
type drafter interface {
	SaveDraft(ctx context.Context, d model.Draft) error
	Drafts(ctx context.Context, actor string) ([]model.Draft, error)
	DropDraft(ctx context.Context, change model.ID, actor string) error
}

// draftEvery is how long typing may go unsaved.
const draftEvery = 700 * time.Millisecond

// summary is the box under the redline that the summary is written in. What is
// in it is kept as a draft while it is written, and when it is left; one for several
// changes is kept until the desk is left.
type summary struct {
	*kit.Common
	c       *Controller
	target  kit.Target
	was     string // the summary as decided
	input   textarea.Model
	saved   string // what the draft holds
	ticking bool
}

// write opens the box on a change, with its draft where there is one, or on identical
// changes that are selected.
func (c *Controller) write(t kit.Target) kit.Action {
	if len(t.Many) > 0 && c.refusedTogether(t, "") {
		c.HoldTyping(c.Message)
		return nil
	}
	s := &summary{Common: c.Common, c: c, target: t, was: sanitize.Input(t.Review.Summary)}
	s.saved = sanitize.Input(c.drafts[t.ID].Summary)
	if s.several() {
		s.was, s.saved = "", c.unsaved[s.group()]
	}
	text := s.was
	if s.saved != "" {
		text = s.saved
	}
	s.input = c.NewTextArea(text)
	s.Fit()
	return kit.OpenDialog{Dialog: s, Cmd: s.input.Focus()}
}

var _ kit.Dialog = (*summary)(nil)

// Fit gives the box its part of the window.
func (s *summary) Fit() {
	s.input.SetWidth(max(20, s.W))
	s.input.SetHeight(max(2, min(6, s.H/4)))
}

// several reports that the summary is one for identical changes, group what of them.
func (s *summary) several() bool { return len(s.target.Many) > 0 }

func (s *summary) group() string { return s.target.Many[0].DuplicateGroup }

func (s *summary) text() string { return strings.TrimSpace(s.input.Value()) }

// Key saves, approves, quotes, lists the snippets, and writes with any other key.
func (s *summary) Key(msg tea.KeyPressMsg) (kit.Action, bool) {
	switch msg.String() {
	case "enter", "ctrl+s":
		return s.save(model.ActionSet), true
	case "ctrl+d":
		if s.several() {
			s.SetStatus("Can't do that: approve them together from the list, once the summary is saved")
			return nil, false
		}
		return s.save(model.ActionApprove), true
	case "ctrl+t":
		s.input.InsertString(sanitize.Input(s.quote()))
		return kit.Cmd(s.scheduleSave()), false
	case "ctrl+o":
		return s.pickSnippet(), true
	}
	return s.Update(msg), false
}

// Update writes, and saves the draft when it is time to.
func (s *summary) Update(msg tea.Msg) kit.Action {
	if _, tick := msg.(draftTick); tick {
		s.ticking = false
		return kit.Cmd(s.saveDraft())
	}
	before := s.input.Value()
	var cmd tea.Cmd
	s.input, cmd = s.input.Update(msg)
	if s.input.Value() != before {
		return kit.Cmd(tea.Batch(cmd, s.scheduleSave()))
	}
	return kit.Cmd(cmd)
}

type (
	draftTick struct{}
	// snippetMsg goes on writing with a snippet.
	snippetMsg struct {
		box  *summary
		text string
	}
	draftKeptMsg struct{ err error }
)

// scheduleSave makes the draft be saved soon, once however fast one types.
func (s *summary) scheduleSave() tea.Cmd {
	if s.ticking || s.several() {
		return nil
	}
	s.ticking = true
	return s.Tick(draftEvery, func(time.Time) tea.Msg { return draftTick{} })
}

// saveDraft keeps what is written now.
func (s *summary) saveDraft() tea.Cmd {
	text := s.input.Value()
	if s.several() {
		s.c.unsaved[s.group()] = text
		return nil
	}
	if text == s.saved || s.text() == s.was && s.saved == "" {
		return nil
	}
	s.saved = text
	d := model.Draft{
		Change: s.target.ID, Actor: s.Actor, Summary: text, At: s.Clock().UTC(),
		Base: s.target.Review.Revision,
	}
	if s.text() == "" || s.text() == s.was {
		return s.dropDraft()
	}
	return s.c.keepDraft(d)
}

// Draft is the summary that was begun on a change and not decided with, "" when there is
// none.
func (c *Controller) Draft(change model.ID) string { return c.drafts[change].Summary }

func (c *Controller) keepDraft(d model.Draft) tea.Cmd {
	c.drafts[d.Change] = d
	desk, ctx := c.desk, c.Ctx
	return func() tea.Msg { return draftKeptMsg{desk.SaveDraft(ctx, d)} }
}

func (s *summary) dropDraft() tea.Cmd {
	if _, is := s.c.drafts[s.target.ID]; !is {
		return nil
	}
	delete(s.c.drafts, s.target.ID)
	desk, ctx, id, actor := s.c.desk, s.Ctx, s.target.ID, s.Actor
	return func() tea.Msg { return draftKeptMsg{desk.DropDraft(ctx, id, actor)} }
}

// Closed keeps the draft at once.
func (s *summary) Closed() kit.Action {
	cmd := s.saveDraft()
	if s.several() && s.text() != "" {
		s.SetStatus("Draft kept until you leave (%s to continue)", s.Keys.Key(keys.Summary))
	}
	if cmd != nil && s.text() != "" && s.text() != s.was {
		s.SetStatus("Draft kept (%s to continue)", s.Keys.Key(keys.Summary))
	}
	return kit.Cmd(cmd)
}

// save decides with what is written, and approves with it when asked to.
func (s *summary) save(action model.Action) kit.Action {
	text := s.text()
	if s.several() && text != "" {
		return s.saveAll(text)
	}
	s.target.Review = s.c.latest(s.target.Review)
	d := model.Decision{Change: s.target.ID, Action: model.ActionSet, Summary: &text}
	switch {
	case text == "" && s.was == "":
		s.SetStatus("Nothing written, nothing saved")
		return kit.Cmd(s.dropDraft())
	case action == model.ActionApprove:
		s.target.Review.Summary = text
		return s.c.approve(d, s.target)
	case text == s.was:
		s.SetStatus("The summary is as it was")
		return kit.Cmd(s.dropDraft())
	}
	return s.c.Decide(d, s.target)
}

// saveAll asks whether the summary is meant for all that are selected. It is kept until
// they have it.
func (s *summary) saveAll(text string) kit.Action {
	c, t := s.c, s.target
	c.unsaved[s.group()] = text
	d := model.Decision{Action: model.ActionSet, Summary: &text}
	return kit.Confirm{Confirmation: kit.Confirmation{
		About:   append(c.scope(t), "Summary: "+text),
		Label:   fmt.Sprintf("One summary for all %d identical changes?", len(t.Many)),
		Answers: kit.Yes(func() kit.Action { return c.Decide(d, t) }),
	}}
}

// Click does nothing: the cursor moves by keys.
func (s *summary) Click(int) (kit.Action, bool) { return nil, false }

// Hints are the keys of writing.
func (s *summary) Hints() []keys.Hint {
	if s.several() {
		return []keys.Hint{{Key: "enter", Word: "save for all"}, {Key: "esc", Word: "keep as draft"},
			{Key: "ctrl+o", Word: "snippets"}, {Key: "alt+enter", Word: "new line"}}
	}
	return []keys.Hint{
		{Key: "enter", Word: "save"}, {Key: "ctrl+d", Word: "save and approve"}, {Key: "esc", Word: "keep as draft"},
		{Key: "ctrl+t", Word: "insert quote"}, {Key: "ctrl+o", Word: "snippets"}, {Key: "alt+enter", Word: "new line"},
	}
}

// Lines are the label and the box.
func (s *summary) Lines(room int) []string {
	label := "Summary in plain language"
	if s.several() {
		label = fmt.Sprintf("One summary for %d identical changes", len(s.target.Many))
	}
	lines := []string{s.Theme.Title.Styled(s.Cut(label, s.W))}
	for l := range strings.SplitSeq(s.input.View(), "\n") {
		if len(lines) < room {
			lines = append(lines, ansi.Truncate(l, s.W, ""))
		}
	}
	return lines
}

// quote is the clause being read, where it is of the change that is written about.
func (s *summary) quote() string {
	if s.several() || s.c.reader.Reading() != s.target.ID {
		return ""
	}
	return s.c.reader.Quote()
}

// fill is what replaces placeholders: of the change that is written about, whichever was
// read before; of several only what they have in common.
func (s *summary) fill() config.Fill {
	switch row := s.target.Row; {
	case s.several():
		return config.Fill{}
	case s.c.reader.Reading() == s.target.ID:
		return s.c.reader.Fill()
	case row.PlatformName == "":
		return config.Fill{}
	default:
		return config.Fill{Platform: sanitize.Line(row.PlatformName), Type: sanitize.Line(row.Type),
			Date: row.To.CapturedAt.Format(time.DateOnly)}
	}
}

// pickSnippet lists the snippets, and goes on writing with the one chosen.
func (s *summary) pickSnippet() kit.Action {
	snippets := s.Config.Snippets
	if len(snippets) == 0 {
		none := "No snippets (add them under [snippets] in the settings file)"
		return kit.All{s.goOn(""), kit.Status{Text: none}}
	}
	fill := s.fill()
	choices := make([]kit.Choice, len(snippets))
	for i, n := range snippets {
		choices[i] = kit.Choice{
			Name:    n.Name + ": " + n.Text,
			Preview: config.Expand(n.Text, fill),
			Do:      kit.Send{Msg: snippetMsg{s, config.Expand(n.Text, fill)}},
		}
	}
	p, cmd := s.NewPicker("Snippets", choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// goOn opens the box again, with some text more.
func (s *summary) goOn(text string) kit.Action {
	s.ticking = false // its tick finds another dialog
	s.input.InsertString(sanitize.Input(text))
	return kit.All{kit.OpenDialog{Dialog: s, Cmd: s.input.Focus()}, kit.Cmd(s.scheduleSave())}
}

// draftsMsg brings the drafts that an earlier run left.
type draftsMsg struct {
	drafts []model.Draft
	err    error
}

// LoadDrafts reads the drafts that an earlier run left.
func (c *Controller) LoadDrafts() tea.Cmd {
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return func() tea.Msg {
		drafts, err := desk.Drafts(ctx, actor)
		return draftsMsg{drafts, err}
	}
}

func (c *Controller) gotDrafts(msg draftsMsg) {
	if !c.ReportError(msg.err) {
		return
	}
	for _, d := range msg.drafts {
		if _, newer := c.drafts[d.Change]; !newer {
			c.drafts[d.Change] = d
		}
	}
	if n := len(msg.drafts); n > 0 {
		drafts, key := humanize.Count(n, "draft"), c.Keys.Key(keys.Summary)
		c.SetStatus("%s of a summary kept (%s on its change to continue)", drafts, key)
	}
}
