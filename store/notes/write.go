package notes

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

const (
	maxText  = 64 << 10 // of a note, in bytes
	maxQuote = 400      // of the words of a clause that are kept with a note
	maxName  = 100      // of somebody that a change is assigned to
)

// Notebook keeps notes and assignments.
type Notebook struct{ db *kv.DB }

// New returns the Notebook of a database.
func New(db *kv.DB) *Notebook { return &Notebook{db: db} }

// WriteNote writes a note, or changes the text of one. It is on disk when WriteNote
// returns nil. The error wraps ErrNotFound or ErrInvalid, and then nothing was changed.
func (b *Notebook) WriteNote(ctx context.Context, q model.NoteRequest) (model.ChangeNote, error) {
	if err := checkText(q.Text); err != nil {
		return model.ChangeNote{}, fmt.Errorf("writing the note: %w", err)
	}
	if q.ID != "" {
		return b.step(ctx, "editing", q.ID, func(*State) (recordrows.Annotation, error) {
			return recordrows.Annotation{Action: string(model.NoteEdited), Text: []byte(q.Text), Actor: q.Actor}, nil
		})
	}
	var note model.ChangeNote
	err := b.db.Update(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, q.Change)
		if err != nil {
			return err
		}
		a := recordrows.Annotation{Action: string(model.NoteWritten), Text: []byte(q.Text), Actor: q.Actor}
		if err := place(ctx, tx, &a, n, q.Clause); err != nil {
			return err
		}
		a.Entry = journal.Next(tx) // giving the clause an ID is an entry too
		a.Note = a.Entry
		if err := b.append(tx, n, &a); err != nil {
			return err
		}
		note, err = one(tx, n, a.Note)
		return err
	})
	if err != nil {
		return model.ChangeNote{}, fmt.Errorf("writing a note on %s: %w", q.Change, err)
	}
	return note, nil
}

// RemoveNote removes a note and returns it as it was; the journal keeps that it was there,
// and RestoreNote brings it back. The error wraps ErrNotFound.
func (b *Notebook) RemoveNote(ctx context.Context, id model.ID, actor string) (model.ChangeNote, error) {
	return b.step(ctx, "removing", id, func(*State) (recordrows.Annotation, error) {
		return recordrows.Annotation{Action: string(model.NoteRemoved), Actor: actor}, nil
	})
}

// RestoreNote brings a removed note back.
func (b *Notebook) RestoreNote(ctx context.Context, id model.ID, actor string) (model.ChangeNote, error) {
	return b.step(ctx, "restoring", id, func(s *State) (recordrows.Annotation, error) {
		if index(s.removed, id.Number()) < 0 {
			return recordrows.Annotation{}, fmt.Errorf("%w: %s was not removed", model.ErrNotAllowed, id)
		}
		return recordrows.Annotation{Action: string(model.NoteRestored), Actor: actor}, nil
	})
}

// step takes a step with a note that was written, and returns the note as it is then, or
// as it was before it was removed.
func (b *Notebook) step(ctx context.Context, what string, id model.ID, next func(*State) (recordrows.Annotation, error)) (
	note model.ChangeNote, err error,
) {
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		n, err := changeOfNote(tx, id)
		if err != nil {
			return err
		}
		list, err := recordrows.AnnotationsOf(tx, n)
		if err != nil {
			return err
		}
		s := Project(list)
		a, err := next(&s)
		if err != nil {
			return err
		}
		there := s.Find(id.Number()) >= 0
		if !there && a.Action != string(model.NoteRestored) {
			return fmt.Errorf("%w: %s was removed; `fineprint note restore %s` brings it back", model.ErrNotFound, id, id)
		}
		if there {
			if note, err = one(tx, n, id.Number()); err != nil {
				return err
			}
		}
		a.Note, a.Entry = id.Number(), journal.Next(tx)
		if err := b.append(tx, n, &a); err != nil || a.Action == string(model.NoteRemoved) {
			return err
		}
		note, err = one(tx, n, id.Number())
		return err
	})
	if err != nil {
		return model.ChangeNote{}, fmt.Errorf("%s the note: %w", what, err)
	}
	return note, nil
}

// Assign assigns changes to somebody, or to nobody with an empty name, in one transaction.
// It returns how many were not assigned so before, with who each of them was assigned to.
func (b *Notebook) Assign(ctx context.Context, changes []model.ID, name, actor string) (
	before map[model.ID]string, err error,
) {
	name = strings.TrimSpace(name)
	if err := checkName(name); err != nil {
		return nil, fmt.Errorf("assigning: %w", err)
	}
	before = map[model.ID]string{}
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		for _, id := range changes {
			n, err := rows.ChangeNumber(tx, id)
			if err != nil {
				return err
			}
			list, err := recordrows.AnnotationsOf(tx, n)
			if err != nil {
				return err
			}
			was := Project(list).Assignee
			if was == name {
				continue
			}
			a := recordrows.Annotation{Entry: journal.Next(tx), Action: string(model.Assigned), Assignee: name, Actor: actor}
			if err := b.append(tx, n, &a); err != nil {
				return err
			}
			before[id] = was
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("assigning: %w", err)
	}
	return before, nil
}

// append stores an annotation whose Entry is the journal's next, and its entry.
func (b *Notebook) append(tx *kv.Tx, change uint64, a *recordrows.Annotation) error {
	return Append(tx, change, a)
}

// Append stores an annotation of a change whose Entry is the journal's next, and its
// entry; At is the time, and Actor, where it is empty, who records.
func Append(tx *kv.Tx, change uint64, a *recordrows.Annotation) error {
	schema := uint64(recordrows.Annotations)
	if a.IsLabelled() {
		schema = recordrows.Labelled
	}
	if err := tx.NeedSchema(schema); err != nil {
		return err
	}
	a.At = tx.Now().UnixNano()
	if strings.TrimSpace(a.Actor) == "" {
		a.Actor = tx.Actor()
	}
	number := 1
	if k, _ := kv.LastPart(tx.Bucket(kv.BucketAnnotation), change); k != nil {
		number = int(binary.BigEndian.Uint32(k[8:])) + 1
	}
	payload, err := recordrows.EncodeAnnotation(*a)
	if err != nil {
		return fmt.Errorf("encoding an annotation: %w", err)
	}
	if err := kv.InsertSealed(tx, kv.BucketAnnotation, kv.PairKey(change, number), payload); err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: kv.UnixTime(a.At), Actor: a.Actor, Kind: journal.KindAnnotation,
		Object: change, Part: uint64(number), Digest: kv.SumOf(payload)})
	return err
}

// place puts a note on a clause of a change, by its number; 0 is the change as a whole.
func place(ctx context.Context, tx *kv.Tx, a *recordrows.Annotation, change uint64, number int) error {
	if number == 0 {
		return nil
	}
	clauses, err := rows.Clauses(tx, change)
	if err != nil {
		return err
	}
	if number < 1 || number > len(clauses) {
		return fmt.Errorf("%w: there is no clause %d; there are %d, counted from 1", model.ErrInvalid, number, len(clauses))
	}
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(change), &row); err != nil {
		return err
	}
	seq, at := row.To.Seq, clauses[number-1].New
	if at == nil {
		seq, at = row.From.Seq, clauses[number-1].Old
	}
	_, text, err := rows.VersionAndText(tx, row.Document, seq)
	if err != nil {
		return err
	}
	if a.Provision, err = provision.Give(ctx, tx, row.Document, seq, *at); err != nil {
		return err
	}
	a.Seq, a.Start, a.End = seq, at.Start, at.End
	a.Quote = []byte(beginning(text[at.Start:at.End]))
	return nil
}

// beginning returns what is kept of a clause's words, whole runes of it.
func beginning(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= maxQuote {
		return s
	}
	cut := maxQuote
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}

func checkText(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fmt.Errorf("%w: a note needs words", model.ErrInvalid)
	case len(text) > maxText:
		return fmt.Errorf("%w: a note has at most %d bytes, this one has %d", model.ErrInvalid, maxText, len(text))
	}
	return nil
}

func checkName(name string) error {
	switch {
	case len(name) > maxName:
		return fmt.Errorf("%w: a name has at most %d bytes", model.ErrInvalid, maxName)
	case !utf8.ValidString(name), strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("%w: a name has no control characters", model.ErrInvalid)
	}
	return nil
}
