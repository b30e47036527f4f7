// Package compare is the screen of one clause beside its like on other platforms: on how
// many of them there is one, their words, and which of them a provision record quotes. It
// is not for finding them (the store does), nor for writing the record (package record
// does, by [Pinner]).
//
// Invariants:
//   - It is not said that no other platform has such a clause: one may have it in words
//     that are not alike.
//   - What is pinned goes into a record as if it had been typed there, and replaces
//     nothing that a person wrote.
package compare

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/text/excerpt"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Compare(ctx context.Context, r model.CompareRequest) (model.ClauseComparison, error)
	// Behind is how many documents are not all indexed.
	Behind(ctx context.Context) (int, error)
	ClauseTypes(ctx context.Context, ref model.ClauseRef) (model.ClauseTypes, error)
	Change(ctx context.Context, id model.ID) (model.ChangeDetail, error)
	VersionClauses(ctx context.Context, document model.ID, seq int) (model.Version, []model.VersionClause, error)
}

// Pinner is a provision record that quotes what is pinned.
type Pinner interface {
	// Pinned returns what a record quotes of others; false when it is not the one that is
	// open.
	Pinned(record model.ID) ([]model.Comparison, bool)
	// Pin quotes a clause in the record that is open and fills in how many there are, or
	// takes the quote out again.
	Pin(record model.ID, c model.Comparison, p model.Prevalence) kit.Action
}

// most is how many clauses are listed at most.
const most = 500

// Screen is the comparison of a clause.
type Screen struct {
	*kit.Common
	desk   Reader
	pinner Pinner
	of     kit.Comparison
	alike  model.ClauseComparison
	same   bool                        // only clauses of the same type
	words  excerpt.Words               // of ours
	quotes []model.Comparison          // what is quoted of each
	pins   map[string]model.Comparison // while there is no record, by key
	at     kit.List

	rest    kit.Rest
	redline bool // theirs against ours, in place of their text
	how     redlineview.Options
	laid    *redlineview.Layouter
	laidOf  string // the key of what is laid out
	wanted  string
	body    []string
	rows    []redlineview.Row
	top     int

	working bool // it is being compared
	stale   bool // the store was written to since
	kit.Request
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
	_ kit.Follower = (*Screen)(nil)
)

// New makes the screen; what it shows is opened.
func New(c *kit.Common, desk Reader, p Pinner) *Screen {
	return &Screen{Common: c, desk: desk, pinner: p}
}

// Open compares a clause, forgetting the one compared before.
func (s *Screen) Open(of kit.Comparison) tea.Cmd {
	*s = Screen{Common: s.Common, desk: s.desk, pinner: s.pinner, redline: s.redline, same: s.same, of: of,
		Request: kit.Request{Asked: s.Asked}, pins: map[string]model.Comparison{}}
	return s.load()
}

type (
	alikeMsg struct {
		request int
		alike   model.ClauseComparison
		words   excerpt.Words
		quotes  []model.Comparison
		err     error
	}
	laidMsg struct {
		key  string
		laid *redlineview.Layouter
	}
)

func (s *Screen) load() tea.Cmd {
	request, ctx, desk, of, same := s.Next(), s.Ctx, s.desk, s.of, s.same
	s.working, s.stale = true, false
	return func() tea.Msg {
		r, err := asked(ctx, desk, of)
		if err != nil {
			return alikeMsg{request: request, err: err}
		}
		alike, err := desk.Compare(ctx, r)
		if err == nil {
			alike.Behind, err = desk.Behind(ctx)
		}
		if err == nil && same {
			err = sameType(ctx, desk, r.Clause, &alike)
		}
		words := excerpt.WordsOf(alike.Text)
		quotes := make([]model.Comparison, len(alike.Hits))
		for i, h := range alike.Hits {
			quotes[i] = h.Quote(excerpt.Of(h.Text, words))
		}
		return alikeMsg{request, alike, words, quotes, err}
	}
}

// sameType leaves those clauses that are of a type of the one compared. A text that is no
// clause of a document has no types that are known.
func sameType(ctx context.Context, desk Reader, clause model.ID, c *model.ClauseComparison) error {
	if clause == "" {
		return fmt.Errorf("%w: the types of a clause that is in no document any more are not known", model.ErrInvalid)
	}
	ours, err := desk.ClauseTypes(ctx, model.ClauseRef{Provision: clause})
	if err != nil {
		return err
	}
	var hits []model.SearchHit
	for _, h := range c.Hits {
		theirs, err := desk.ClauseTypes(ctx, model.ClauseRef{Provision: h.Clause})
		if err != nil {
			return err
		}
		if slices.ContainsFunc(theirs.Types, func(id string) bool { return slices.Contains(ours.Types, id) }) {
			hits = append(hits, h)
		}
	}
	c.Hits, c.Platforms, c.Total = hits, len(hits), len(hits)
	return nil
}

// asked is what is to be compared: the clause by its ID, where it has one, because its own
// platform is left out then; else its words.
func asked(ctx context.Context, desk Reader, of kit.Comparison) (model.CompareRequest, error) {
	r := model.CompareRequest{Clause: of.Clause, Limit: most}
	if r.Clause != "" {
		return r, nil
	}
	at := of.At
	if of.Change != "" {
		d, err := desk.Change(ctx, of.Change)
		if err != nil {
			return r, err
		}
		if of.Index >= len(d.Change.Clauses) {
			return r, fmt.Errorf("%w: %s has %d clauses", model.ErrNotFound, of.Change, len(d.Change.Clauses))
		}
		c := d.Change.Clauses[of.Index]
		if c.New == nil { // it is gone: its last words
			r.Text = d.OldText[c.Old.Start:c.Old.End]
			return r, nil
		}
		r.Text = d.NewText[c.New.Start:c.New.End]
		of.Document, of.Seq, at = d.Document.ID, d.Change.To.Seq, *c.New
	}
	_, clauses, err := desk.VersionClauses(ctx, of.Document, of.Seq)
	if err != nil {
		return r, err
	}
	most := 0 // of the clauses there, the one with the largest part
	for _, c := range clauses {
		if n := min(c.End, at.End) - max(c.Start, at.Start); n > most {
			most, r.Clause, r.Text = n, c.Provision, c.Text
		}
	}
	if r.Clause != "" {
		r.Text = ""
	}
	return r, nil
}

// Reload compares again: the store was written to. Comparing may write to it itself, what
// the types of clauses are, so that it isn't begun twice.
func (s *Screen) Reload() tea.Cmd {
	if s.working {
		s.stale = true
		return nil
	}
	return s.load()
}

// Update takes in what is alike, and the redline of the one under the cursor.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case alikeMsg:
		s.working = s.working && msg.request != s.Asked
		if s.Answered(&s.Request, msg.request, msg.err) {
			s.got(msg)
		}
		if s.stale && !s.working {
			return kit.Cmd(s.load()), true
		}
	case kit.Rested:
		if msg.Of != &s.rest {
			return nil, false
		}
		return kit.Cmd(s.rested()), true
	case laidMsg:
		if msg.key == s.wanted {
			s.laid, s.laidOf = msg.laid, msg.key
			s.Fit()
		}
	default:
		return nil, false
	}
	return nil, true
}

// got takes in what is alike, and keeps the cursor on its clause.
func (s *Screen) got(msg alikeMsg) {
	on := keyOf(s.current())
	s.alike, s.words, s.quotes = msg.alike, msg.words, msg.quotes
	s.at.N = len(s.alike.Hits)
	s.at.Cursor = max(0, slices.IndexFunc(s.alike.Hits, func(h model.SearchHit) bool { return keyOf(h) == on }))
	s.laid, s.laidOf = nil, ""
	s.Fit()
}

// keyOf names a clause among those that are listed.
func keyOf(h model.SearchHit) string {
	if h.Document == "" {
		return ""
	}
	return fmt.Sprintf("%s@%d+%d", h.Document, h.Version, h.At.Start)
}

// current is the clause under the cursor; none has no Document.
func (s *Screen) current() model.SearchHit {
	if s.at.Cursor < len(s.alike.Hits) {
		return s.alike.Hits[s.at.Cursor]
	}
	return model.SearchHit{}
}

// Follow has the redline of the clause under the cursor made once it rests there.
func (s *Screen) Follow() tea.Cmd {
	key := keyOf(s.current())
	if !s.redline || key == "" || key == s.laidOf || key == s.wanted {
		return nil
	}
	s.wanted = key
	return s.Moved(&s.rest)
}

// rested makes the redline, unless the cursor moved on.
func (s *Screen) rested() tea.Cmd {
	cmd, rested := s.HasRested(&s.rest)
	if !rested || !s.redline {
		return cmd
	}
	h, ours, key := s.current(), s.alike.Text, keyOf(s.current())
	s.wanted = key
	return func() tea.Msg {
		c := model.ClauseChange{Kind: model.Modified, Material: true, Heading: h.Heading,
			Old: &model.ByteRange{End: len(ours)}, New: &model.ByteRange{End: len(h.Text)}}
		d := model.ChangeDetail{OldText: ours, NewText: h.Text}
		d.Change.Clauses = []model.ClauseChange{c}
		return laidMsg{key, redlineview.New(d)}
	}
}

// Name is the comparison.
func (s *Screen) Name() keys.Screen { return keys.Compare }

// Facts report whether there is a clause under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if len(s.alike.Hits) == 0 {
		f.NoItem = "no similar clause here"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:           (*Screen).open,
	keys.PinClause:      (*Screen).pin,
	keys.RecordPinned:   (*Screen).record,
	keys.ComparedAs:     (*Screen).toggleRedline,
	keys.SameType:       (*Screen).toggleTypes,
	keys.ClauseVersions: func(s *Screen) kit.Action { return kit.OpenVersions{Document: s.current().Document} },
	keys.ClauseInVersion: func(s *Screen) kit.Action {
		h := s.current()
		return kit.OpenClauses{Document: h.Document, Seq: h.Version, At: h.At.Start}
	},
	keys.ClauseDown: func(s *Screen) kit.Action { s.page(max(1, s.room()-1)); return nil },
	keys.ClauseUp:   func(s *Screen) kit.Action { s.page(-max(1, s.room()-1)); return nil },
}

// open shows the history of their clause.
func (s *Screen) open() kit.Action {
	h := s.current()
	if h.Clause == "" {
		return kit.OpenClauses{Document: h.Document, Seq: h.Version, At: h.At.Start}
	}
	return kit.OpenClause{Title: sanitize.Line(h.PlatformName + " / " + h.Type), Clause: h.Clause}
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) toggleRedline() kit.Action {
	s.redline, s.top = !s.redline, 0
	s.wanted = ""
	s.Fit()
	return nil
}

// toggleTypes compares with clauses of the same type only, or with any.
func (s *Screen) toggleTypes() kit.Action {
	s.same = !s.same
	return kit.Cmd(s.load())
}

// pinned reports whether the record quotes the i-th clause, or will.
func (s *Screen) pinned(i int) bool {
	if s.of.Record == "" {
		_, is := s.pins[keyOf(s.alike.Hits[i])]
		return is
	}
	list, _ := s.pinner.Pinned(s.of.Record)
	c := s.quotes[i]
	return slices.ContainsFunc(list, func(l model.Comparison) bool {
		return l.Document == c.Document && l.Excerpt == c.Excerpt
	})
}

// pinCount is how many of the listed clauses are pinned.
func (s *Screen) pinCount() int {
	n := 0
	for i := range s.alike.Hits {
		if s.pinned(i) {
			n++
		}
	}
	return n
}

// pin quotes the clause under the cursor in the record, or takes the quote out. Without a
// record it is remembered for the one that is begun here.
func (s *Screen) pin() kit.Action {
	h, c := s.current(), s.quotes[s.at.Cursor]
	if c.Excerpt == "" {
		s.SetStatus("This clause has no words to quote")
		return nil
	}
	if s.of.Record != "" {
		return s.pinner.Pin(s.of.Record, c, s.alike.Prevalence())
	}
	key := keyOf(h)
	if _, is := s.pins[key]; is {
		delete(s.pins, key)
		return nil
	}
	s.pins[key] = c
	if s.canBegin() {
		s.SetStatus("Pinned; %s creates a provision record with what is pinned", s.Keys.Key(keys.RecordPinned))
	} else {
		s.SetStatus("Pinned here only: there is no clause of a change or version to begin a record of")
	}
	return nil
}

// canBegin reports whether there are clauses to begin a record of.
func (s *Screen) canBegin() bool { return len(s.of.New.Clauses) > 0 }

// record goes to the record, or begins one with what is pinned.
func (s *Screen) record() kit.Action {
	if s.of.Record != "" {
		return kit.OpenRecord{Record: s.of.Record}
	}
	if !s.canBegin() {
		s.SetStatus("A record begins with a clause of a change or of a version; open one and press %s there",
			s.Keys.Key(keys.NewRecord))
		return nil
	}
	r := s.of.New
	r.Writing, r.Fields = model.Writing{}, nil
	for _, h := range s.alike.Hits {
		if c, is := s.pins[keyOf(h)]; is {
			r.Writing.Comparisons = append(r.Writing.Comparisons, c)
		}
	}
	if len(r.Writing.Comparisons) > 0 {
		p := s.alike.Prevalence()
		r.Writing.Prevalence = &p
		r.Fields = []string{"comparisons", "prevalence"}
	}
	return kit.BeginRecord{Request: r}
}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) {
	before := s.at.Cursor
	s.at.Move(by, s.shown())
	if s.at.Cursor != before {
		s.top = 0
		s.Fit()
	}
}

// Click selects a clause, and opens the one that is selected.
func (s *Screen) Click(line, x int) kit.Action {
	if line >= s.shown() || s.beside() && x >= s.listed() || len(s.alike.Hits) == 0 {
		return nil
	}
	before := s.at.Cursor
	again := s.at.Clicked(line, kit.EveryRow)
	if s.at.Cursor != before {
		s.top = 0
		s.Fit()
	}
	if again {
		return s.open()
	}
	return nil
}
