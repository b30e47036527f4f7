// Package review is the screen that shows one change as a redline, with how it was
// judged. It is not for judging (package decide), nor for how the redline is read
// (packages reading and viewport).
package review

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/markup"
	"fineprint/tui/reading"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Change(ctx context.Context, id model.ID) (model.ChangeDetail, error)
	Precedents(ctx context.Context, change model.ID, limit int) ([]model.Precedent, error)
}

// Queue is the list that changes are opened from.
type Queue interface {
	// Current is the change under its cursor, Place its number and of how many.
	Current() model.ID
	Place() (at, of int)
}

// Drafts are the summaries that were begun and not decided with.
type Drafts interface {
	// Draft is that of a change, "" when there is none.
	Draft(change model.ID) string
}

// Screen is the screen that shows one change as a redline; where in it the reader
// is, its pane knows.
type Screen struct {
	reading.Pane
	desk   Reader
	queue  Queue
	detail *model.ChangeDetail
	asked  int // number of the newest kit.Request
	// opening: the newest request is not answered yet
	opening bool
	// Drafts are the summaries that are being written; nil in a desk without any.
	Drafts Drafts
	// precedent is how similar changes were judged, nil when there is none
	precedent *model.Precedent
}

var (
	_ kit.Screen      = (*Screen)(nil)
	_ kit.Updater     = (*Screen)(nil)
	_ kit.Reloader    = (*Screen)(nil)
	_ kit.Mouser      = (*Screen)(nil)
	_ kit.HeadClicker = (*Screen)(nil)
	_ kit.Targeter    = (*Screen)(nil)
)

// New makes the screen; a change is opened on it.
func New(c *kit.Common, desk Reader, q Queue) *Screen {
	return &Screen{Pane: reading.New(c), desk: desk, queue: q}
}

type (
	changeMsg struct {
		request int
		detail  model.ChangeDetail
		laid    *redlineview.Layouter
		err     error
	}
	// shownMsg has a change that was read shown, once the screen is.
	shownMsg struct{ changeMsg }
	// precedentMsg brings how similar changes were judged.
	precedentMsg struct {
		change model.ID
		found  []model.Precedent
	}
	// againMsg brings how the review of the change that is shown is now.
	againMsg struct {
		change model.ID
		review model.Review
		row    model.QueueItem
		notes  []model.ChangeNote
	}
)

// Open reads a change; it is shown once it was read.
func (s *Screen) Open(id model.ID) tea.Cmd {
	if id == "" {
		return nil
	}
	s.asked++
	s.opening = true
	request, ctx, desk := s.asked, s.Ctx, s.desk
	return func() tea.Msg {
		detail, err := desk.Change(ctx, id)
		if err != nil {
			return changeMsg{request: request, err: err}
		}
		return changeMsg{request, detail, redlineview.New(detail), nil}
	}
}

// Opening reports that a change is being read.
func (s *Screen) Opening() bool { return s.opening }

// Shown is the change that is shown, "" when none is.
func (s *Screen) Shown() model.ID {
	if s.detail == nil {
		return ""
	}
	return s.detail.Change.ID
}

// Update takes in what was read of a change.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case changeMsg:
		return s.opened(msg), true
	case shownMsg:
		s.show(msg.changeMsg)
		return kit.Cmd(s.findPrecedent()), true
	case precedentMsg:
		if msg.change == s.Shown() && len(msg.found) > 0 {
			s.precedent = &msg.found[0]
		}
	case againMsg:
		// What is decided here comes by its own answer, which may be newer than
		// what was read.
		d := s.detail
		if d == nil || d.Change.ID != msg.change {
			return nil, true
		}
		s.annotate(msg.row, msg.notes)
		if msg.review.Revision > d.Review.Revision {
			return kit.ReviewedElsewhere{Review: msg.review}, true
		}
	default:
		return nil, false
	}
	return nil, true
}

// opened takes in a change that was asked for.
func (s *Screen) opened(msg changeMsg) kit.Action {
	if msg.request != s.asked {
		return nil
	}
	s.opening = false
	if !s.ReportError(msg.err) {
		return nil
	}
	return kit.All{kit.ShowReview{}, kit.Send{Msg: shownMsg{msg}}}
}

// findPrecedent looks up, for a change that waits, how its like was judged. What
// goes wrong with it shows when the precedent is followed.
func (s *Screen) findPrecedent() tea.Cmd {
	if s.detail.Review.State != model.Pending {
		return nil
	}
	ctx, desk, id := s.Ctx, s.desk, s.detail.Change.ID
	return func() tea.Msg {
		found, err := desk.Precedents(ctx, id, 1)
		if err != nil {
			return nil
		}
		return precedentMsg{id, found}
	}
}

// Reload reads the review again after the store was written to.
func (s *Screen) Reload() tea.Cmd {
	if s.Shown() == "" || s.opening {
		return nil
	}
	ctx, desk, id := s.Ctx, s.desk, s.detail.Change.ID
	return func() tea.Msg {
		d, err := desk.Change(ctx, id)
		if err != nil {
			return nil // it shows with the next key
		}
		return againMsg{id, d.Review, d.Row, d.Notes}
	}
}

// ShowElsewhere takes in what somebody else decided on the change.
func (s *Screen) ShowElsewhere(v model.Review) {
	was := s.detail.Review
	s.Apply(v)
	s.SetStatus("%s", sanitize.Line(elsewhere(was, s.detail.Review)))
}

// show takes a change in. One that is shown already keeps its place.
func (s *Screen) show(msg changeMsg) {
	d := msg.detail
	d.Review = d.Review.Blind(s.Actor)
	same := s.detail != nil && s.detail.Change.ID == d.Change.ID
	s.detail = &d
	s.annotated(d.Notes)
	if same {
		s.Replace(msg.laid)
		return
	}
	s.precedent = nil
	s.Pane.Open(msg.laid, !d.Change.Material)
}

// Close forgets the change.
func (s *Screen) Close() {
	s.detail = nil
	s.Pane.Close()
}

// Name is review.
func (s *Screen) Name() keys.Screen { return keys.Review }

// Target is the change that is shown.
func (s *Screen) Target() kit.Target {
	if s.detail == nil {
		return kit.Target{}
	}
	c := s.detail.Change
	d := s.detail
	return kit.Target{ID: c.ID, Document: c.Document, Review: d.Review, Row: d.Row, Reason: c.Reason,
		Clause: s.clause() + 1}
}

// Facts are about the change that is shown and the clause that the reader is at.
func (s *Screen) Facts() keys.Facts {
	f := s.Target().Facts(s.DeskFacts)
	f.Clause = s.clause() >= 0
	return f
}

// clause is the clause change that the reader is at, -1 when at none.
func (s *Screen) clause() int {
	if s.detail == nil {
		return -1
	}
	return s.Clause(len(s.detail.Change.Clauses))
}

var handlers = kit.Handlers[*Screen]{
	keys.AskDraft: func(s *Screen) kit.Action { return kit.Draft{Subject: s.detail.Change.ID} },
	keys.ToHistory: func(s *Screen) kit.Action {
		d := s.detail
		title := d.Document.Platform.Name + " / " + d.Document.Type
		return kit.OpenHistory{Title: title, Change: d.Change.ID, Clause: s.clause()}
	},
	keys.CompareClause:      (*Screen).compare,
	keys.Details:            (*Screen).details,
	keys.NewRecord:          func(s *Screen) kit.Action { return s.beginRecord([]int{s.clause()}) },
	keys.NewRecordOfSeveral: (*Screen).pickClauses,
}

// Commands lists what the screen and its pane do themselves.
func (s *Screen) Commands() []keys.Command {
	return append(s.Pane.Commands(), handlers.Commands()...)
}

// Run carries out what the screen or its pane does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) {
	if a, ok := handlers.Run(s, c); ok {
		return a, true
	}
	return s.Pane.Run(c)
}

// compare compares the clause that the reader is at with those of other platforms.
func (s *Screen) compare() kit.Action {
	d, n := s.detail, s.clause()+1
	return kit.OpenComparison{Of: kit.Comparison{
		Title:  d.Document.Platform.Name + " / " + d.Document.Type,
		Change: d.Change.ID, Index: n - 1,
		New: model.NewRecordRequest{Change: d.Change.ID, Clauses: []int{n}},
	}}
}

// beginRecord makes a provision record of clauses of the change.
func (s *Screen) beginRecord(clauses []int) kit.Action {
	r := model.NewRecordRequest{Change: s.detail.Change.ID}
	for _, i := range clauses {
		r.Clauses = append(r.Clauses, i+1)
	}
	return kit.BeginRecord{Request: r}
}

// pickClauses lists the clauses of the change, those that are folded too, of which
// several may go into one record.
func (s *Screen) pickClauses() kit.Action {
	ticks := make([]kit.Tick, len(s.detail.Change.Clauses))
	for i, c := range s.detail.Change.Clauses {
		old, new := s.sides(i)
		kind := string(c.Kind)
		if !c.Material {
			kind += ", " + kit.Words(c.Reason)
		}
		ticks[i] = kit.Tick{
			Name: fmt.Sprintf("%3d %s: %s", i+1, kind, cmp.Or(new, old)), About: strings.Join(c.Heading, " > "),
		}
	}
	d := s.NewChecklist("Clauses of one record", ticks, s.beginRecord)
	d.MoveTo(s.clause())
	return kit.OpenDialog{Dialog: d}
}

// Apply brings the screen in step with a decision.
func (s *Screen) Apply(v model.Review) {
	if s.detail != nil && s.detail.Change.ID == v.Change {
		v = v.Blind(s.Actor)
		s.detail.Review = v
		s.detail.Row.State, s.detail.Row.Severity = v.State, v.Severity
	}
}

// Head is the document, how the change is judged and why, and where in the text the
// reader is.
func (s *Screen) Head() []string {
	d := s.detail
	if d == nil {
		return []string{s.TitleBar("Review", ""), ""}
	}
	item, shorter := "", ""
	if at, of := s.queuePosition(); at > 0 { // else it was opened from elsewhere
		item, shorter = fmt.Sprintf("item %d of %d", at, of), fmt.Sprintf("item %d/%d", at, of)
	}
	lines := []string{s.Title(*d, item, shorter)}
	judgement, _ := s.judgement(d.Review)
	lines = append(lines, judgement...)
	most := s.most()
	for _, f := range s.facts(*d) {
		lines = append(lines, s.draw(f, most)...)
	}
	return append(lines, s.Rule())
}

// ClickHead carries out what a part of the bar is for that is clicked on.
func (s *Screen) ClickHead(line, x int) kit.Action {
	if s.detail == nil {
		return nil
	}
	_, areas := s.judgement(s.detail.Review)
	for _, a := range areas {
		if a.line == line-1 && a.from <= x && x < a.to {
			return kit.Run{Command: a.command}
		}
	}
	return nil
}

// queuePosition is where in the queue the change is, zero when it is not its current one.
func (s *Screen) queuePosition() (at, of int) {
	if s.detail == nil || s.detail.Change.ID != s.queue.Current() {
		return 0, 0
	}
	return s.queue.Place()
}

// sides are the old and the new words of a clause, on one line each, without marks and
// links' targets; both empty when there is none.
func (s *Screen) sides(at int) (old, new string) {
	if at < 0 {
		return "", ""
	}
	side := func(text string, e *model.ByteRange) string {
		if e == nil || e.Start < 0 || e.End > len(text) || e.Start > e.End {
			return ""
		}
		return strings.TrimSpace(sanitize.Line(markup.Visible(text[e.Start:e.End])))
	}
	c := s.detail.Change.Clauses[at]
	return side(s.detail.OldText, c.Old), side(s.detail.NewText, c.New)
}

// Quote is the clause that the reader is at, for the summary.
func (s *Screen) Quote() string {
	old, new := s.sides(s.clause())
	switch {
	case old == "" && new == "":
		return ""
	case old == "":
		return fmt.Sprintf("added: %q", new)
	case new == "":
		return fmt.Sprintf("removed: %q", old)
	}
	return fmt.Sprintf("%q became %q", old, new)
}

// Reading is the change being read, "" for none.
func (s *Screen) Reading() model.ID {
	if s.detail == nil {
		return ""
	}
	return s.detail.Change.ID
}

// Fill is what replaces the placeholders of a snippet.
func (s *Screen) Fill() config.Fill {
	if s.detail == nil {
		return config.Fill{}
	}
	old, new := s.sides(s.clause())
	d := s.detail
	return config.Fill{
		Platform: sanitize.Line(d.Document.Platform.Name), Type: sanitize.Line(d.Document.Type),
		Date: d.Change.To.CapturedAt.Format(time.DateOnly), Old: old, New: new,
	}
}
