// Package record is the form that a provision record is written in: its fields beside
// the clauses that it is about. It is not for the rules of a record (the store holds
// them, and reports what is missing and what the linter finds), nor for its look when
// it is published (package export).
//
// Invariants:
//   - An edit is sent as soon as a field is left, one after the other, each based on
//     the revision that the one before made. Of a field that somebody else wrote in the
//     meantime both texts are shown, and which one holds is asked.
//   - What is being written is kept outside of the record until it was saved in it
//     (memory.go): it survives the end of the desk, however that comes.
//   - A file from the editor that can't be read is kept as it is, and offered again.
//   - Nothing is put into a record that nobody chose: agencies, laws and types are
//     suggested, and ticked by hand.
//
// Decision: escape keeps what was written, here and in every dialog of the form. The
// record is a draft until it is approved, so there is nothing to protect it from.
package record

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Desk is what the form reads and writes.
type Desk interface {
	NewRecord(ctx context.Context, r model.NewRecordRequest) (model.RecordDraft, error)
	EditRecord(ctx context.Context, e model.RecordEdit) (model.RecordDraft, error)
	RecordDraft(ctx context.Context, id model.ID) (model.RecordDraft, error)
	ApproveRecord(ctx context.Context, a model.RecordApproval) (model.RecordDraft, error)
	WithdrawRecord(ctx context.Context, id model.ID, reason, actor string) (model.RecordDraft, error)
	ClauseTypes(ctx context.Context, ref model.ClauseRef) (model.ClauseTypes, error)
	memory
}

// Screen is the form of one provision record.
type Screen struct {
	*kit.Common
	desk     Desk
	registry *registry.Registry
	draft    model.RecordDraft // no Record in it: none is open
	asked    int               // number of the newest request
	opening  bool              // it is not answered yet

	waiting []edit // the first is on its way
	then    func() kit.Action
	acting  bool              // an approval or a withdrawal is on its way
	reasons map[string]string // why a rule is overruled, by rule
	kept    map[string]string // what is being written, by field; wholeFile for the file
	keeping int               // how often that was kept
	order   *inOrder

	proposed suggestions
	types    []model.ClauseTypes // of its clauses, as they were said or seem to be

	at    kit.List // of fields
	rows  []row
	top   int
	panel clausePanel
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the form; a record is begun or opened on it. Without a registry nothing is
// suggested.
func New(c *kit.Common, desk Desk, r *registry.Registry) *Screen {
	if r == nil {
		r = &registry.Registry{}
	}
	return &Screen{Common: c, desk: desk, registry: r, order: &inOrder{}}
}

type (
	// openedMsg brings a record that is to be shown.
	openedMsg struct {
		request int
		draft   model.RecordDraft
		kept    map[string]string
		began   bool
		err     error
		// The types of its clauses; a record opens without them, too.
		types    []model.ClauseTypes
		typesErr error
	}
	// againMsg brings the record as it is now.
	againMsg struct {
		draft model.RecordDraft
		err   error
	}
)

// Begin makes a record of clauses and opens it.
func (s *Screen) Begin(r model.NewRecordRequest) tea.Cmd {
	r.Actor, r.At, r.How = s.Actor, s.Clock().UTC(), model.ByPerson
	ctx, desk := s.Ctx, s.desk
	return s.open(true, func() (model.ID, error) {
		d, err := desk.NewRecord(ctx, r)
		return d.Record, err
	})
}

// Open reads a record and shows it.
func (s *Screen) Open(id model.ID) tea.Cmd {
	return s.open(false, func() (model.ID, error) { return id, nil })
}

func (s *Screen) open(began bool, find func() (model.ID, error)) tea.Cmd {
	s.asked++
	s.opening = true
	request, ctx, desk, actor := s.asked, s.Ctx, s.desk, s.Actor
	return func() tea.Msg {
		id, err := find()
		if err != nil {
			return openedMsg{request: request, err: err}
		}
		d, err := desk.RecordDraft(ctx, id)
		if err != nil {
			return openedMsg{request: request, err: err}
		}
		msg := openedMsg{request: request, draft: d, began: began}
		if msg.kept, msg.err = recall(ctx, desk, actor, id); msg.err == nil {
			msg.types, msg.typesErr = typesOf(ctx, desk, &d)
		}
		return msg
	}
}

// typesOf reads of what types the clauses of a record were said to be or seem.
func typesOf(ctx context.Context, desk Desk, d *model.RecordDraft) (types []model.ClauseTypes, err error) {
	for _, p := range d.Preview.Provisions {
		if p.ID == "" {
			continue // not indexed
		}
		c, err := desk.ClauseTypes(ctx, model.ClauseRef{Provision: p.ID})
		if err != nil {
			return types, err
		}
		types = append(types, c)
	}
	return types, nil
}

// Opening reports that it isn't settled yet which record the next key is about.
func (s *Screen) Opening() bool { return s.opening || s.acting }

// Shown is the record that is shown, "" when none is.
func (s *Screen) Shown() model.ID { return s.draft.Record }

// Update takes in what the form's commands answer.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case openedMsg:
		return s.opened(msg), true
	case againMsg:
		s.again(msg)
	case savedMsg:
		return s.saved(msg), true
	case keptMsg:
		s.ReportError(msg.err)
	case writeMsg:
		return s.write(msg.field), true
	case snippetMsg:
		return msg.box.goOn(msg.name, msg.text), true
	case fileMsg:
		return s.openEditor(msg), true
	case editedMsg:
		return s.edited(msg), true
	case actedMsg:
		return s.acted(msg), true
	case askMsg:
		return msg.ask(), true
	default:
		return nil, false
	}
	return nil, true
}

// askMsg goes on once the dialog that led here was closed.
type askMsg struct{ ask func() kit.Action }

// opened takes in a record that was asked for.
func (s *Screen) opened(msg openedMsg) kit.Action {
	if msg.request != s.asked {
		return nil
	}
	s.opening = false
	if !s.ReportError(msg.err) {
		return nil
	}
	if msg.draft.Record != s.draft.Record {
		s.reasons, s.kept = nil, nil
		s.at, s.top, s.panel = kit.List{}, 0, clausePanel{alone: s.panel.alone}
		s.panel.hidden = false
	}
	s.types, s.proposed.of = msg.types, ""
	if s.kept == nil { // else what is typed since is newer
		s.kept = msg.kept
	}
	s.show(msg.draft)
	if msg.began {
		s.SetStatus("%s is now a draft of %s (%s to edit the field under the cursor)", s.draft.Record,
			humanize.Count(len(s.draft.Preview.Provisions), "clause"), s.Keys.Key(keys.EditField))
	}
	s.offerKept()
	s.ReportError(msg.typesErr)
	return kit.Show{Screen: s}
}

// show takes in the record as it is.
func (s *Screen) show(d model.RecordDraft) {
	s.draft = d
	s.Fit()
}

// again takes in a record that was read after the store was written to.
func (s *Screen) again(msg againMsg) {
	if msg.err != nil || msg.draft.Record != s.draft.Record || msg.draft.Revision <= s.draft.Revision ||
		len(s.waiting) > 0 {
		return
	}
	if !model.SamePerson(msg.draft.Actor, s.Actor) {
		s.SetStatus("%s edited this record: showing their version", sanitize.Line(msg.draft.Actor))
	}
	s.show(msg.draft)
}

// Reload reads the record again after the store was written to.
func (s *Screen) Reload() tea.Cmd {
	if s.draft.Record == "" || s.opening || len(s.waiting) > 0 {
		return nil
	}
	return s.read()
}

func (s *Screen) read() tea.Cmd {
	ctx, desk, id := s.Ctx, s.desk, s.draft.Record
	return func() tea.Msg {
		d, err := desk.RecordDraft(ctx, id)
		return againMsg{d, err}
	}
}

// Name is record.
func (s *Screen) Name() keys.Screen { return keys.Record }

// Facts report whether there is a record to write in.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if s.draft.Record != "" {
		f.Changes = 1
		f.Clause = len(s.draft.Preview.Provisions) > 0
	}
	return f
}

// Head is the record, what it is about, and how far it is.
func (s *Screen) Head() []string {
	d := s.draft
	if d.Record == "" {
		return []string{s.TitleBar("Provision record", ""), "", ""}
	}
	p := d.Preview
	of := p.Platform.Name + " / " + p.Type
	if p.To.Seq > 0 {
		of += fmt.Sprintf(", version %d of %s", p.To.Seq, p.To.CapturedAt.Format(time.DateOnly))
	}
	if p.Stale != nil {
		of = "STALE, " + p.Stale.String() + "   " + of
	}
	state := kit.Words(d.State)
	if d.State == model.DraftState && d.Approved > 0 {
		state += fmt.Sprintf(" of revision %d", d.Approved+1)
	}
	head := []string{
		s.TitleBar("Provision record "+string(d.Record), state),
		s.Cut(s.Safe(of), s.W),
		s.progress(),
	}
	if s.W < minBeside && !s.panel.alone && len(p.Provisions) > 0 {
		quote := strings.TrimSpace(s.Safe(p.Provisions[0].Quote.Text))
		head = append(head, s.Theme.Faint.Styled(s.Cut(s.Keys.Key(keys.ClauseView)+" shows the clause: "+quote, s.W)))
	}
	return head
}

// progress is what is required and missing, and what keeps it from being approved.
func (s *Screen) progress() string {
	filled, required := s.required()
	text := fmt.Sprintf("%d of %d required", filled, required)
	style := s.Theme.Good
	if missing := s.draft.Missing; len(missing) > 0 {
		text += ", missing: " + strings.Join(missing, ", ")
		style = s.Theme.Title
	}
	blocking, problems := 0, s.problems()
	for _, p := range problems {
		if p.Blocks && s.reasons[p.Rule] == "" {
			blocking++
		}
	}
	rest := ""
	switch more := len(problems) - blocking; {
	case blocking > 0:
		rest = "   " + humanize.Count(blocking, "problem") + " blocking"
		if more > 0 {
			rest += fmt.Sprintf(", %d to check", more)
		}
		rest = s.Theme.Bad.Styled(rest)
	case more > 0:
		rest = s.Theme.Faint.Styled("   " + humanize.Count(more, "problem") + " to check")
	case len(s.draft.Missing) == 0 && s.draft.State == model.DraftState:
		rest = "   " + s.Keys.Key(keys.Approve) + " approves it"
	}
	return s.Cut(style.Styled(s.Safe(text))+rest, s.W)
}

// required counts the fields that are required, and those of them that are filled in.
func (s *Screen) required() (filled, all int) {
	for _, f := range model.WritingFields {
		if f.Required {
			all++
			if !f.Empty(&s.draft.Writing) {
				filled++
			}
		}
	}
	return filled, all
}

// Status is what belongs in the field under the cursor, and who wrote it.
func (s *Screen) Status() string {
	if s.draft.Record == "" {
		return ""
	}
	f := s.field()
	text := f.Hint
	if a, ok := s.draft.Preview.Authors[f.ID()]; ok {
		by := a.By
		if a.How != model.ByPerson {
			by = strings.TrimSpace(string(a.How)+" "+a.Source) + ", by " + by
		}
		text += "  (" + by + ")"
	}
	return s.Safe(text)
}
