package tui

import (
	"context"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
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
// in it is kept as a draft while it is written, and when it is left.
type summary struct {
	*env
	j       *judge
	target  target
	was     string // the summary as decided
	input   textarea.Model
	saved   string // what the draft holds
	ticking bool
}

// write opens the box on a change, with its draft where there is one.
func (j *judge) write(t target) tea.Cmd {
	in := textarea.New()
	in.ShowLineNumbers = false
	in.Prompt = "| "
	in.CharLimit = longest
	in.SetVirtualCursor(true)
	styles := textarea.DefaultStyles(j.dark)
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.KeyMap.InsertNewline.SetKeys("alt+enter", "ctrl+j", "shift+enter")
	s := &summary{env: j.env, j: j, target: t, was: sanitize.Input(t.review.Summary), input: in}
	s.saved = sanitize.Input(j.drafts[t.id].Summary)
	text := s.was
	if s.saved != "" {
		text = s.saved
	}
	s.input.SetValue(text)
	s.input.MoveToEnd()
	s.resize()
	return j.over(s, s.input.Focus())
}

func (s *summary) resize() {
	s.input.SetWidth(max(20, s.w))
	s.input.SetHeight(max(2, min(6, s.h/4)))
}

func (s *summary) text() string { return strings.TrimSpace(s.input.Value()) }

func (s *summary) key(msg tea.KeyPressMsg) (tea.Cmd, func() tea.Cmd) {
	switch msg.String() {
	case "enter", "ctrl+s":
		return nil, func() tea.Cmd { return s.save(model.ActionSet) }
	case "ctrl+d":
		return nil, func() tea.Cmd { return s.save(model.ActionApprove) }
	case "ctrl+t":
		s.input.InsertString(sanitize.Input(s.j.quote()))
		return s.keep(), nil
	case "ctrl+o":
		return nil, s.pickSnippet
	}
	return s.update(msg), nil
}

func (s *summary) update(msg tea.Msg) tea.Cmd {
	if _, tick := msg.(draftTick); tick {
		s.ticking = false
		return s.saveDraft()
	}
	before := s.input.Value()
	var cmd tea.Cmd
	s.input, cmd = s.input.Update(msg)
	if s.input.Value() != before {
		return tea.Batch(cmd, s.keep())
	}
	return cmd
}

type (
	draftTick    struct{}
	draftKeptMsg struct{ err error }
)

// keep sees to it that the draft is saved soon, once however fast one types.
func (s *summary) keep() tea.Cmd {
	if s.ticking {
		return nil
	}
	s.ticking = true
	return s.o.Tick(draftEvery, func(time.Time) tea.Msg { return draftTick{} })
}

// saveDraft keeps what is written now.
func (s *summary) saveDraft() tea.Cmd {
	text := s.input.Value()
	if text == s.saved || s.text() == s.was && s.saved == "" {
		return nil
	}
	s.saved = text
	d := model.Draft{Change: s.target.id, Actor: s.o.Actor, Summary: text, At: s.o.Clock().UTC(), Base: s.target.review.Revision}
	if s.text() == "" || s.text() == s.was {
		return s.dropDraft()
	}
	return s.j.keepDraft(d)
}

func (j *judge) keepDraft(d model.Draft) tea.Cmd {
	j.drafts[d.Change] = d
	desk, ctx := j.desk, j.ctx
	return func() tea.Msg { return draftKeptMsg{desk.SaveDraft(ctx, d)} }
}

func (s *summary) dropDraft() tea.Cmd {
	if _, is := s.j.drafts[s.target.id]; !is {
		return nil
	}
	delete(s.j.drafts, s.target.id)
	desk, ctx, id, actor := s.j.desk, s.ctx, s.target.id, s.o.Actor
	return func() tea.Msg { return draftKeptMsg{desk.DropDraft(ctx, id, actor)} }
}

// closed keeps the draft at once.
func (s *summary) closed() tea.Cmd {
	cmd := s.saveDraft()
	if cmd != nil && s.text() != "" && s.text() != s.was {
		s.say("kept as a draft; %s goes on with it", s.keys.Key(keys.Summary))
	}
	return cmd
}

// save decides with what is written, and approves with it when asked to.
func (s *summary) save(action model.Action) tea.Cmd {
	text := s.text()
	s.target.review = s.j.freshest(s.target.review)
	d := model.Decision{Change: s.target.id, Action: model.ActionSet, Summary: &text}
	switch {
	case text == "" && s.was == "":
		s.say("nothing written, nothing saved")
		return s.dropDraft()
	case action == model.ActionApprove:
		s.target.review.Summary = text
		return s.j.approve(d, s.target)
	case text == s.was:
		s.say("the summary is as it was")
		return s.dropDraft()
	}
	return s.j.decide(d, s.target)
}

func (s *summary) click(int) func() tea.Cmd { return nil }

func (s *summary) lines(room int) []string {
	label := "Summary in plain language"
	for _, hint := range []string{"enter saves", "ctrl+d saves and approves", "esc keeps a draft", "ctrl+t quotes the clause", "ctrl+o snippets", "alt+enter new line"} {
		if next := label + "  " + hint; ansi.StringWidth(next) <= s.w {
			label = next
		}
	}
	lines := []string{s.theme.Title.Styled(s.cut(label, s.w))}
	for l := range strings.SplitSeq(s.input.View(), "\n") {
		if len(lines) < room {
			lines = append(lines, ansi.Truncate(l, s.w, ""))
		}
	}
	return lines
}

// pickSnippet lists the snippets, and goes on writing with the one chosen.
func (s *summary) pickSnippet() tea.Cmd {
	back := func(text string) tea.Cmd {
		s.ticking = false // its tick finds another overlay
		s.input.InsertString(sanitize.Input(text))
		return tea.Batch(s.j.over(s, s.input.Focus()), s.keep())
	}
	snippets := s.o.Config.Snippets
	if len(snippets) == 0 {
		cmd := back("")
		s.say("no snippets yet; the settings file's [snippets] holds them")
		return cmd
	}
	fill := s.j.fill()
	choices := make([]choice, len(snippets))
	for i, n := range snippets {
		choices[i] = choice{name: n.Name + ": " + n.Text, run: func() tea.Cmd { return back(config.Expand(n.Text, fill)) }}
	}
	p, cmd := s.newPicker("Snippets", choices)
	return s.j.over(p, cmd)
}

// draftsMsg brings the drafts that an earlier run left.
type draftsMsg struct {
	drafts []model.Draft
	err    error
}

func (j *judge) loadDrafts() tea.Cmd {
	desk, ctx, actor := j.desk, j.ctx, j.o.Actor
	return func() tea.Msg {
		drafts, err := desk.Drafts(ctx, actor)
		return draftsMsg{drafts, err}
	}
}

func (j *judge) gotDrafts(msg draftsMsg) {
	if !j.fine(msg.err) {
		return
	}
	for _, d := range msg.drafts {
		if _, newer := j.drafts[d.Change]; !newer {
			j.drafts[d.Change] = d
		}
	}
	if n := len(msg.drafts); n > 0 {
		j.say("%s of a summary kept; %s on its change goes on with it", humanize.Count(n, "draft"), j.keys.Key(keys.Summary))
	}
}
