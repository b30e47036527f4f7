package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/dev/desktest"
	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/insight/upkeep"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui"
)

// clock never moves, so that a story is the same every day.
func clock() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }

// story is one screen in one state.
type story struct {
	name, about string
	documents   int // in the store; 0: an empty one
	// failing replaces what the desk works on, nil for the store itself.
	failing func(tui.Desk) tui.Desk
	// loading leaves unanswered what the desk asks for at first.
	loading bool
	play    func(*stage)
}

// stage is a desk on a store of a story's own.
type stage struct {
	*desktest.Desk
	ctx   context.Context
	store *store.Store
	err   error
}

// tell plays a story and returns its last frame.
func (s story) tell(ctx context.Context, o options) (string, error) {
	dir, err := os.MkdirTemp("", "storybook-*")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	made, err := store.Create(filepath.Join(dir, "story.db"), store.Options{Actor: "ada", Clock: clock, NoSync: true})
	if err != nil {
		return "", err
	}
	if _, err := made.Record(ctx, captures(s.documents)); err != nil {
		return "", err
	}
	var desk tui.Desk = made
	if s.failing != nil {
		desk = s.failing(made)
	}
	st := &stage{ctx: ctx, store: made, Desk: desktest.Open(tui.New(ctx, tui.Options{Desk: desk, Actor: "ada",
		Clock: clock, ASCII: o.theme == "ascii", Markdown: export.RecordMarkdown, Intake: deskfixture.Intake,
		Registry: registry.Bundled(), Insight: tui.Insight{Types: app.TypeMap{Store: made}},
		Settings: func() tui.Settings { return tui.Settings{Path: "~/.config/fineprint/config.toml"} },
		Tick: func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			return func() tea.Msg { return msg(clock()) }
		}}))}
	st.Resize(o.width, o.height)
	st.Send(o.background())
	if !s.loading {
		st.Settle()
	}
	if s.play != nil {
		s.play(st)
	}
	return st.Frame(), st.err
}

// keys presses some, each after the store answered the one before.
func (s *stage) keys(names ...string) {
	for _, n := range names {
		s.Press(n)
		s.Settle()
	}
}

var changeID = regexp.MustCompile(`FP-C-\d+`)

// index brings what is derived from the texts up to date.
func (s *stage) index() {
	if _, err := s.store.Upkeep(s.ctx, upkeep.Options{}); err != nil {
		s.err = errors.Join(s.err, err)
	}
}

// dated records a document that announces from when it holds, and has it read for that.
func (s *stage) dated() {
	for i, day := range []string{"May 1, 2025", "April 12, 2026"} {
		text := "# Terms\n\nEffective " + day + "\n\n" + strings.Repeat("You pay a fee for each month of use.\n\n",
			9+i) +
			fmt.Sprintf("The fee is %d euros.\n", 10+2*i)
		_, err := s.store.Record(s.ctx, []model.Capture{{Platform: "Dated", Type: "Terms of Service", Text: text,
			CapturedAt: clock().AddDate(0, 0, i-9)}})
		s.err = errors.Join(s.err, err)
	}
	s.index()
}

// search asks for words.
func (s *stage) search(words string) {
	s.keys("ctrl+f")
	s.Type(words)
	s.Settle()
}

// shown is the change that is named first on the screen.
func (s *stage) shown() model.ID { return model.ID(changeID.FindString(s.Frame())) }

// elsewhere decides on a change as somebody else would.
func (s *stage) elsewhere(d model.Decision) {
	d.Actor, d.Base = "grace", model.AnyRevision
	if _, err := s.store.Decide(s.ctx, d); err != nil {
		s.err = errors.Join(s.err, err)
	}
}

// broken is a store that can't be read.
type broken struct{ tui.Desk }

var errBusy = fmt.Errorf("%w: another fineprint holds the database; try again in a moment", model.ErrBusy)

func (broken) Queue(context.Context, model.QueueFilter) (model.QueuePage, error) {
	return model.QueuePage{}, errBusy
}

func (broken) Change(context.Context, model.ID) (model.ChangeDetail, error) {
	return model.ChangeDetail{}, errBusy
}

// unreadable lists changes and can't show one.
type unreadable struct{ tui.Desk }

func (unreadable) Change(context.Context, model.ID) (model.ChangeDetail, error) {
	return model.ChangeDetail{}, errBusy
}

// captures are two or three versions of each of n invented documents.
func captures(n int) []model.Capture {
	names := [][2]string{{"Larkspur", "Terms of Service"}, {"Quillon", "Privacy Policy"},
		{"Harbor & Finch International Holdings, a Company with a Name Longer than Most Windows Are Wide",
			"Community Guidelines for Sellers, Buyers and Everybody Else"},
		{"Tessera", "Developer Terms"}, {"社交 Network", "Privacy Policy"}, {"Bramble", "Imprint"}}
	var out []model.Capture
	for d := range n {
		for v := range 2 + d%2 {
			name := names[d%len(names)]
			out = append(out, model.Capture{Platform: name[0], Type: name[1], Text: text(d, v), Raw: []byte(text(d, v)),
				MediaType: "text/markdown", CapturedAt: time.Date(2026, 3, 1+7*v, 8, 59-d, 0, 0, time.UTC),
				Origin: model.Provenance{Method: model.MethodWeb, URL: "https://example.com/terms"}})
		}
	}
	return out
}

// text is an invented document in one of its versions.
func text(document, version int) string {
	var b strings.Builder
	one := func(versions ...string) { b.WriteString(versions[min(version, len(versions)-1)] + "\n\n") }
	one("# Terms of document " + string(rune('A'+document)))
	one("Last updated: 1 March 2026", "Last updated: 8 March 2026", "Last updated: 15 March 2026")
	if document%6 == 5 {
		one("Responsible: Bramble Ltd, Dublin.")
		return b.String()
	}
	one("## 1. Who may use it")
	one("You must be at least 16 years old to open an account. If you are younger than 18, a parent or guardian must "+
		"agree to these terms for you.",
		"You must be at least 13 years old to open an account. If you are younger than 18, a parent or guardian must "+
			"agree to these terms for you.")
	one("## 2. What you post")
	one("We do not sell what you post, and we do not use it to train machine learning models.",
		"We do not sell what you post, and we do not use it to train machine learning models.",
		"We do not sell what you post, and we may use it to train machine learning models.")
	one("## 3. Disputes")
	one("Either of us may bring a dispute before the courts of Dublin.",
		"Disputes are settled by arbitration, and you waive the right to a class action.")
	one("We answer every complaint within 30 days.", "")
	one("", "You may opt out of arbitration by writing to us within 30 days.")
	return b.String()
}
