// Package search is the screen that finds clauses by their words, in what documents say
// now and in what they ever said: it searches as one types, and leads on to the clause's
// history, its version and its like on other platforms. It is not for searching (the
// store does, by its index), nor for finding changes (the queue's filter does).
//
// Invariants:
//   - Nothing is searched in Update: a search is a command, begun once nobody typed for a
//     moment, and the one before is called off.
//   - An answer to anything but the newest question is dropped.
//   - A question that can't be read leaves the answers of before where they are, with the
//     reason above them.
package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Search(ctx context.Context, r model.SearchRequest) (model.SearchResult, error)
	// Behind is how many documents are not all indexed.
	Behind(ctx context.Context) (int, error)
}

// most is how many hits are listed at most.
const most = 60

// when is which texts are searched.
type when string

// The texts: what documents say now, what they don't say any more, and both.
const (
	current when = "current"
	past    when = "past"
	all     when = "all"
)

// of is a query that is narrowed to some texts, unless it says itself which.
func (w when) of(query string) string {
	lower := strings.ToLower(" " + query)
	switch {
	case w == all || strings.Contains(lower, " in:"):
		return query
	case strings.Contains(lower, " or "):
		return "in:" + string(w) + " (" + query + ")"
	}
	return "in:" + string(w) + " " + query
}

// Screen is the search of clauses.
type Screen struct {
	*kit.Common
	desk   Reader
	line   *kit.Input
	typing bool // the line has the keys

	when   when
	asked  string // what the hits answer
	found  model.SearchResult
	reason string // why the newest question can't be answered
	at     kit.List
	rest   kit.Rest
	cancel context.CancelFunc
	busy   bool
	kit.Request
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; it is opened with words or asks for them.
func New(c *kit.Common, desk Reader) *Screen {
	return &Screen{Common: c, desk: desk, when: current}
}

// Open shows the screen with what was searched last, or searches words at once, and asks
// for words where there are none.
func (s *Screen) Open(query string) kit.Action {
	if s.line == nil {
		s.line = s.NewInput("", "words, \"quoted phrases\", prefix*, -without, platform:name, type:privacy")
	}
	if query != "" {
		s.line.SetText(query)
		s.at.Cursor, s.at.Top = 0, 0
		return kit.Cmd(s.search())
	}
	return s.edit()
}

// edit has the line take the keys.
func (s *Screen) edit() kit.Action {
	s.typing = true
	return kit.OpenDialog{Dialog: &box{s}, Cmd: s.line.Focus()}
}

// text is what is searched.
func (s *Screen) text() string {
	if s.line == nil {
		return ""
	}
	return s.line.Text()
}

type foundMsg struct {
	request int
	asked   string
	found   model.SearchResult
	err     error
}

// search begins the search of what is written and calls off the one before.
func (s *Screen) search() tea.Cmd {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	text := s.text()
	q := model.SearchRequest{Query: s.when.of(text), Typing: s.typing, Limit: most}
	request, desk := s.Next(), s.desk
	if blank(text) {
		s.found, s.reason, s.asked, s.busy, s.Read = model.SearchResult{}, "", "", false, false
		s.at = kit.List{}
		return nil
	}
	ctx, cancel := context.WithCancel(s.Ctx)
	s.cancel, s.busy = cancel, true
	return func() tea.Msg {
		found, err := desk.Search(ctx, q)
		if err == nil {
			found.Behind, err = desk.Behind(ctx)
		}
		return foundMsg{request, text, found, err}
	}
}

// Reload searches again: the store was written to.
func (s *Screen) Reload() tea.Cmd {
	if s.asked == "" {
		return nil
	}
	return s.search()
}

// Update takes in what was found, or begins to search once nobody types.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case kit.Rested:
		if msg.Of != &s.rest {
			return nil, false
		}
		cmd, rested := s.HasRested(&s.rest)
		if rested {
			cmd = s.search()
		}
		return kit.Cmd(cmd), true
	case foundMsg:
		s.got(msg)
		return nil, true
	}
	return nil, false
}

// got takes in the answer to the newest question, and keeps the cursor on its clause.
func (s *Screen) got(msg foundMsg) {
	if msg.request != s.Asked {
		return
	}
	s.busy, s.Err, s.reason = false, msg.err, ""
	if msg.err != nil {
		s.reason = kit.Sentence(msg.err)
		return
	}
	on, again := s.current(), msg.asked == s.asked
	s.Read, s.found, s.asked = true, msg.found, msg.asked
	s.at.N = len(s.found.Hits)
	if !again {
		s.at.Cursor, s.at.Top = 0, 0
	}
	if i := slices.IndexFunc(s.found.Hits, func(h model.SearchHit) bool {
		return h.Clause == on.Clause && h.Document == on.Document && h.Version == on.Version
	}); again && i >= 0 {
		s.at.Cursor = i
	}
	s.Fit()
}

// current is the hit under the cursor; none has no Document.
func (s *Screen) current() model.SearchHit {
	if s.at.Cursor < len(s.found.Hits) {
		return s.found.Hits[s.at.Cursor]
	}
	return model.SearchHit{}
}

// Name is search.
func (s *Screen) Name() keys.Screen { return keys.Search }

// Facts report whether there is a clause under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	f.Clause = len(s.found.Hits) > 0
	if !f.Clause {
		f.NoItem = "no clause found here"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.SearchClauses: (*Screen).edit,
	keys.EditSearch:    (*Screen).edit,
	keys.SearchedTexts: func(s *Screen) kit.Action { return kit.Cmd(s.nextTexts(1)) },
	keys.Open:          (*Screen).open,
	keys.ClauseVersions: func(s *Screen) kit.Action {
		return kit.OpenVersions{Document: s.current().Document}
	},
	keys.ClauseInVersion: func(s *Screen) kit.Action { return inVersion(s.current()) },
	keys.CompareClause: func(s *Screen) kit.Action {
		h := s.current()
		return kit.OpenComparison{Of: kit.Comparison{
			Title: title(h), Clause: h.Clause, Document: h.Document, Seq: h.Version, At: h.At,
		}}
	},
}

// inVersion shows where a clause stands.
func inVersion(h model.SearchHit) kit.Action {
	return kit.OpenClauses{Document: h.Document, Seq: h.Version, At: h.At.Start}
}

// open shows the clause's history; one that has no identity is shown where it stands.
func (s *Screen) open() kit.Action {
	h := s.current()
	if h.Clause == "" {
		return inVersion(h)
	}
	return kit.OpenClause{Title: title(h), Clause: h.Clause}
}

func title(h model.SearchHit) string { return sanitize.Line(h.PlatformName + " / " + h.Type) }

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// whens are the texts that tab goes through.
var whens = []when{current, past, all}

// nextTexts searches other texts.
func (s *Screen) nextTexts(by int) tea.Cmd {
	at := slices.Index(whens, s.when)
	s.when = whens[(at+by+len(whens))%len(whens)]
	s.asked = "" // the answer is another one: from the top
	return s.search()
}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) {
	if by > 1 || by < -1 { // pages are of hits, which take some lines each
		if by > -1<<20 && by < 1<<20 {
			by /= linesEach
		}
	}
	s.at.Move(by, s.shown())
}

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.shown()) }

// Click selects a hit, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line/linesEach, kit.EveryRow) {
		return nil
	}
	return s.open()
}

// Status is what is known of the hit under the cursor.
func (s *Screen) Status() string {
	h := s.current()
	if h.Document == "" {
		return ""
	}
	id := string(h.Clause)
	if id == "" {
		id = fmt.Sprintf("%s version %d", h.Document, h.Version)
	}
	last := "in the newest version"
	if !h.Current {
		last = "not in the newest version"
	}
	return sanitize.Line(fmt.Sprintf("%s, first seen %s, last seen %s, %s", id, day(h.FirstSeen), day(h.LastSeen),
		last))
}

// counted is how many were found, and of how many the first are listed.
func (s *Screen) counted() string {
	if s.asked == "" {
		return ""
	}
	text := humanize.Number(s.found.Total) + " clauses"
	if s.found.Total == 1 {
		text = "1 clause"
	}
	if n := len(s.found.Hits); n < s.found.Total {
		text += fmt.Sprintf(", first %d", n)
	}
	return text
}
