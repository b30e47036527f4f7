package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fineprint/store/insight/drafting"
	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// DraftStore is what drafting needs of a store.
type DraftStore interface {
	Change(ctx context.Context, id model.ID) (model.ChangeDetail, error)
	RecordDraft(ctx context.Context, id model.ID) (model.RecordDraft, error)
	Decide(ctx context.Context, d model.Decision) (model.Review, error)
	EditRecord(ctx context.Context, q model.RecordEdit) (model.RecordDraft, error)
	KeepDrafted(ctx context.Context, d model.KeptDraft) error
	Drafted(ctx context.Context, id model.ID) (model.KeptDraft, bool, error)
	DropDrafted(ctx context.Context, id model.ID) error
}

// Drafter has a command draft what a change or record could say, and takes over what a
// person accepts of it. Nothing of a draft is written before.
type Drafter struct {
	Store   DraftStore
	Command DraftCommand
	Actor   string
	Clock   func() time.Time
}

// draftSubject is what a draft is for, and what accepting it is based on.
type draftSubject struct {
	drafting.Subject
	base     int
	revision bool // a record, not a change
	written  model.Writing
}

// Draft returns the draft that is kept, or has the command make one: always where again is
// set.
func (d *Drafter) Draft(ctx context.Context, id model.ID, again bool) (model.Drafted, error) {
	s, err := d.subject(ctx, id)
	if err != nil {
		return model.Drafted{}, err
	}
	kept, found, err := d.Store.Drafted(ctx, id)
	if err != nil {
		return model.Drafted{}, err
	}
	if !found || again {
		if kept, err = d.run(ctx, s); err != nil {
			return model.Drafted{}, err
		}
	}
	return checked(&kept, s)
}

// run asks the command, and keeps its answer once it can be read.
func (d *Drafter) run(ctx context.Context, s *draftSubject) (model.KeptDraft, error) {
	if len(d.Command.Args) == 0 {
		return model.KeptDraft{}, ErrNoDraftCommand
	}
	question, err := drafting.Ask(&s.Subject)
	if err != nil {
		return model.KeptDraft{}, err
	}
	answer, err := d.Command.Run(ctx, question)
	if err != nil {
		return model.KeptDraft{}, err
	}
	kept := model.KeptDraft{Subject: s.ID, Source: d.Command.Name(), At: d.Clock().UTC(), Answer: answer}
	if _, err := drafting.Parse(answer); err != nil {
		return kept, fmt.Errorf("reading what %s answered: %w", kept.Source, err)
	}
	return kept, d.Store.KeepDrafted(ctx, kept)
}

// ErrNoDraftCommand reports that the settings name no command to draft with.
var ErrNoDraftCommand = fmt.Errorf("%w: no draft command; set command under [draft] in the settings file "+
	"(`fineprint draft --example` prints one)", model.ErrInvalid)

func checked(kept *model.KeptDraft, s *draftSubject) (model.Drafted, error) {
	answer, err := drafting.Parse(kept.Answer)
	if err != nil {
		return model.Drafted{}, fmt.Errorf("reading the draft that was kept: %w", err)
	}
	d := model.Drafted{Subject: s.ID, Author: model.DraftAuthor, Source: kept.Source, At: kept.At,
		Fields: drafting.Check(answer, &s.Subject)}
	d.Take(kept.Taken)
	return d, nil
}

// subject reads what a draft is for.
func (d *Drafter) subject(ctx context.Context, id model.ID) (*draftSubject, error) {
	if id.Kind() == model.RecordID {
		r, err := d.Store.RecordDraft(ctx, id)
		if err != nil {
			return nil, err
		}
		return ofRecord(&r), nil
	}
	c, err := d.Store.Change(ctx, id)
	if err != nil {
		return nil, err
	}
	return ofChange(&c), nil
}

func ofChange(c *model.ChangeDetail) *draftSubject {
	written := model.Writing{Severity: c.Review.Severity, Confidence: c.Review.Confidence, Basis: c.Review.Basis,
		Summary: c.Review.Summary, Content: c.Review.Content}
	written.InterpretiveNote = c.Review.Note
	s := &draftSubject{base: c.Review.Revision, written: written, Subject: drafting.Subject{ID: c.Change.ID,
		Platform: c.Document.Platform.Name, Document: c.Document.ID, Type: c.Document.Type,
		From: version(c.Change.From), To: version(c.Change.To), OldText: c.OldText, NewText: c.NewText,
		Suggested: &c.Change.Suggested}}
	for i, clause := range c.Change.Clauses {
		if !clause.Material {
			continue
		}
		d := drafting.Clause{N: i + 1, Kind: clause.Kind, Heading: clause.Heading, Old: quoted(c.OldText, clause.Old),
			New: quoted(c.NewText, clause.New)}
		d.Spans = spansBetween(d.Old, d.New)
		s.Clauses = append(s.Clauses, d)
	}
	return s
}

// spansBetween is the redline of a clause.
func spansBetween(older, newer *model.Quote) []model.Span {
	var texts [2]string
	for i, q := range []*model.Quote{older, newer} {
		if q != nil {
			texts[i] = q.Text
		}
	}
	return redline.Compare(texts[0], texts[1]).Spans
}

func version(v model.VersionRef) drafting.Version {
	return drafting.Version{Seq: v.Seq, CapturedAt: v.CapturedAt}
}

func quoted(text string, at *model.ByteRange) *model.Quote {
	if at == nil || at.Start < 0 || at.End > len(text) || at.Start > at.End {
		return nil
	}
	return &model.Quote{Text: text[at.Start:at.End], Start: at.Start, End: at.End}
}

func ofRecord(r *model.RecordDraft) *draftSubject {
	p := &r.Preview
	s := &draftSubject{base: r.Revision, revision: true, written: r.Writing, Subject: drafting.Subject{ID: r.Record,
		Platform: p.Platform.Name, Document: p.Document, Type: p.Type,
		From: drafting.Version{Seq: p.From.Seq, CapturedAt: p.From.CapturedAt},
		To:   drafting.Version{Seq: p.To.Seq, CapturedAt: p.To.CapturedAt}}}
	for _, c := range p.Clauses {
		s.Clauses = append(s.Clauses, drafting.Clause{N: len(s.Clauses) + 1, Kind: c.Kind, Heading: c.Heading,
			Old: c.Old, New: c.New, Spans: c.Spans})
	}
	for _, v := range p.Provisions {
		same := func(c drafting.Clause) bool {
			return c.New != nil && *c.New == v.Quote || c.Old != nil && *c.Old == v.Quote
		}
		if !slices.ContainsFunc(s.Clauses, same) {
			q := v.Quote
			s.Clauses = append(s.Clauses, drafting.Clause{N: len(s.Clauses) + 1, Heading: v.Heading, New: &q})
		}
	}
	return s
}

// Accept writes what a person accepts of the draft that is kept: fields ("summary") or
// sentences of them ("summary:2"). A field of which a sentence has a problem is accepted
// by its sentences only. Each is an event of the person's that names the drafter.
func (d *Drafter) Accept(ctx context.Context, id model.ID, names []string) (model.Drafted, error) {
	s, err := d.subject(ctx, id)
	if err != nil {
		return model.Drafted{}, err
	}
	kept, found, err := d.Store.Drafted(ctx, id)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no draft for %s; run `fineprint draft %s` first", model.ErrNotFound, id, id)
	}
	if err != nil {
		return model.Drafted{}, err
	}
	drafted, err := checked(&kept, s)
	if err != nil {
		return drafted, err
	}
	w, fields, err := accepted(&drafted, names, &s.written)
	if err != nil {
		return drafted, err
	}
	if err := d.write(ctx, s, w, fields, model.ByDraft, kept.Source); err != nil {
		return drafted, err
	}
	return d.taken(ctx, &kept, s, names)
}

// Edit writes a field as a person changed it, who is its author then.
func (d *Drafter) Edit(ctx context.Context, id model.ID, field, text string) (model.Drafted, error) {
	s, err := d.subject(ctx, id)
	if err != nil {
		return model.Drafted{}, err
	}
	w := model.Writing{}
	if err := put(&w, field, []string{strings.TrimSpace(text)}); err != nil {
		return model.Drafted{}, err
	}
	if err := d.write(ctx, s, w, []string{field}, model.ByPerson, ""); err != nil {
		return model.Drafted{}, err
	}
	kept, found, err := d.Store.Drafted(ctx, id)
	if err != nil || !found {
		return model.Drafted{}, err
	}
	return d.taken(ctx, &kept, s, []string{field})
}

// Drop forgets the draft.
func (d *Drafter) Drop(ctx context.Context, id model.ID) error { return d.Store.DropDrafted(ctx, id) }

// taken keeps that something was accepted, and drops the draft once all of it was.
func (d *Drafter) taken(ctx context.Context, kept *model.KeptDraft, s *draftSubject,
	names []string) (model.Drafted, error) {
	kept.Taken = append(kept.Taken, names...)
	drafted, err := checked(kept, s)
	if err != nil {
		return drafted, err
	}
	if !slices.ContainsFunc(drafted.Fields, func(f model.DraftedField) bool { return !f.Accepted }) {
		return drafted, d.Store.DropDrafted(ctx, kept.Subject)
	}
	return drafted, d.Store.KeepDrafted(ctx, *kept)
}

// accepted is what the names mean, where something is written already.
func accepted(d *model.Drafted, names []string, written *model.Writing) (w model.Writing, fields []string, err error) {
	sentences := map[string][]int{}
	var order []string
	for _, name := range names {
		id, n, one := strings.Cut(strings.TrimSpace(name), ":")
		f, ok := d.Field(id)
		if !ok {
			return w, nil, fmt.Errorf("%w: the draft has no %q; it has %s", model.ErrInvalid, id,
				strings.Join(ids(d), ", "))
		}
		if !slices.Contains(order, id) {
			order = append(order, id)
		}
		if one {
			number, err := strconv.Atoi(n)
			if err != nil || number < 1 || number > len(f.Sentences) {
				return w, nil, fmt.Errorf("%w: %s has %d sentences, %q is none", model.ErrInvalid, id,
					len(f.Sentences), n)
			}
			sentences[id] = append(sentences[id], number)
			continue
		}
		if err := whole(f); err != nil {
			return w, nil, err
		}
		sentences[id] = nil
	}
	for _, id := range order {
		f, _ := d.Field(id)
		words := f.Words
		if len(f.Sentences) > 0 {
			words = []string{withSentences(f, sentences[id], textOf(written, id))}
		}
		if err := put(&w, id, words); err != nil {
			return w, nil, err
		}
	}
	return w, order, nil
}

// textOf is what is written in a field of prose.
func textOf(w *model.Writing, id string) string {
	for _, f := range model.WritingFields {
		if text := f.Text(w); f.ID() == id && text != nil {
			return strings.TrimSpace(*text)
		}
	}
	return ""
}

// withSentences is a field's text with the sentences that are named, all for none. One
// comes to those that were accepted before, in the draft's order; and to what a person
// wrote since, behind it, so that nothing written is lost.
func withSentences(f *model.DraftedField, named []int, written string) string {
	if len(named) == 0 {
		return f.Text()
	}
	var before []int
	for _, s := range f.Sentences {
		if s.Accepted && !slices.Contains(named, s.N) {
			before = append(before, s.N)
		}
	}
	switch {
	case written == "":
		return f.Text(named...)
	case len(before) > 0 && f.Text(before...) == written:
		return f.Text(append(before, named...)...)
	case strings.Contains(written, f.Text(named...)):
		return written
	}
	return written + " " + f.Text(named...)
}

// whole is an error where a field can't be accepted as it is.
func whole(f *model.DraftedField) error {
	if f.Problem != "" {
		return fmt.Errorf("%w: %s: %s", model.ErrNotAllowed, f.Label, f.Problem)
	}
	for i := range f.Sentences {
		if s := &f.Sentences[i]; !s.Sound() {
			return fmt.Errorf("%w: sentence %d of %s %s; accept its sentences one by one (%s:%d) or edit it",
				model.ErrNotAllowed, s.N, strings.ToLower(f.Label), strings.Join(s.Problems, ", "), f.Field, s.N)
		}
	}
	return nil
}

func ids(d *model.Drafted) []string {
	list := make([]string, len(d.Fields))
	for i := range d.Fields {
		list[i] = d.Fields[i].Field
	}
	return list
}

// put writes words into a field.
func put(w *model.Writing, id string, words []string) error {
	for _, f := range model.WritingFields {
		switch {
		case f.ID() != id:
			continue
		case f.Text(w) != nil:
			*f.Text(w) = strings.Join(words, " ")
		case f.List(w) != nil:
			*f.List(w) = slices.Clone(words)
		default:
			return fmt.Errorf("%w: %s is not drafted", model.ErrInvalid, id)
		}
		return nil
	}
	return fmt.Errorf("%w: there is no field %q", model.ErrInvalid, id)
}

// write writes fields the way that typed ones are written.
func (d *Drafter) write(ctx context.Context, s *draftSubject, w model.Writing, fields []string, how model.WrittenHow,
	source string) error {
	if s.revision {
		edit := model.RecordEdit{Record: s.ID, Base: s.base, Actor: d.Actor, At: d.Clock().UTC(), Writing: w,
			Fields: fields, How: how, Source: source}
		_, err := d.Store.EditRecord(ctx, edit)
		return err
	}
	decision := model.Decision{Change: s.ID, Base: s.base, Actor: d.Actor, At: d.Clock().UTC(), Action: model.ActionSet,
		How: how, Source: source}
	for _, id := range fields {
		decision.Write(&w, id)
	}
	_, err := d.Store.Decide(ctx, decision)
	return err
}

// Name is the command as events name it: without where it is.
func (c DraftCommand) Name() string {
	if len(c.Args) == 0 {
		return ""
	}
	name := filepath.Base(c.Args[0])
	for _, arg := range c.Args[1:] { // python3 draft.py: the script says more
		if ext := filepath.Ext(arg); ext != "" && !strings.HasPrefix(arg, "-") {
			return name + " " + filepath.Base(arg)
		}
	}
	return name
}

// errTooLong ends a command that writes too much.
var errTooLong = errors.New("it wrote too much")
