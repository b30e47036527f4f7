package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
)

// Standing is how a journal stands to a head that was kept elsewhere.
type Standing string

// How it stands.
const (
	StandsSame      Standing = "same"      // nothing was added since
	StandsAhead     Standing = "ahead"     // it went on from there
	StandsBehind    Standing = "behind"    // entries that were there are missing
	StandsDifferent Standing = "different" // another store's, or rewritten
)

// Against is what comparing a journal with an export found.
type Against struct {
	Path     string            `json:"path"`
	Standing Standing          `json:"standing"`
	Sentence string            `json:"sentence"`
	Export   model.JournalHead `json:"export"`
	Journal  model.JournalHead `json:"journal"`
}

// Good reports whether the journal is the one that the export was made of, or goes on
// from there.
func (a Against) Good() bool { return a.Standing == StandsSame || a.Standing == StandsAhead }

// CompareAgainst compares a store's journal with the head that an export carries. It says
// nothing of what the store holds beside: a check does.
func CompareAgainst(ctx context.Context, s *store.Store, path string) (Against, error) {
	result := Against{Path: path}
	h, err := readHead(path)
	if err != nil {
		return result, fmt.Errorf("reading %s: %w", path, err)
	}
	result.Export = h
	if result.Journal, err = s.Head(ctx); err != nil {
		return result, err
	}
	var differs *model.HeadError
	err = s.CompareHead(ctx, h)
	switch {
	case errors.As(err, &differs) && differs.Kind == model.ErrRolledBack:
		result.Standing, result.Sentence = StandsBehind, behindWords(differs)
	case errors.As(err, &differs) && differs.Kind == model.ErrOtherStore:
		result.Standing = StandsDifferent
		result.Sentence = "The export is of another store: this is not the database that it was made of."
	case errors.As(err, &differs):
		result.Standing = StandsDifferent
		result.Sentence = fmt.Sprintf("Entry %d of the journal, or one before it, is not what it was when the export was "+
			"made: the journal was rewritten.", h.Entries)
	case errors.Is(err, model.ErrDamaged): // which a check lists
		result.Standing, result.Sentence = StandsDifferent, fmt.Sprintf(
			"Whether entry %d of the journal is the one that the export was made at can't be told: it is damaged.", h.Entries)
	case err != nil:
		return result, err
	case result.Journal.Entries == h.Entries:
		result.Standing, result.Sentence = StandsSame, fmt.Sprintf(
			"The journal is the one that the export was made of: %d entries, and nothing since.", h.Entries)
	default:
		result.Standing, result.Sentence = StandsAhead, fmt.Sprintf(
			"The journal goes on from the export: %d entries then, %d now.", h.Entries, result.Journal.Entries)
	}
	return result, nil
}

func behindWords(e *model.HeadError) string {
	since := ""
	if !e.Last.IsZero() {
		since = ", from after " + e.Last.UTC().Format(time.RFC3339) + " on"
	}
	return fmt.Sprintf("The database is older than the export: the last %d of its %d journal entries are missing%s.",
		e.Missing(), e.Head.Entries, since)
}

// readHead reads the head in an export, a folder of one, or a head file.
func readHead(path string) (model.JournalHead, error) {
	info, err := os.Stat(path)
	if err != nil {
		return model.JournalHead{}, fmt.Errorf("%w: %w", model.ErrInvalid, err)
	}
	if info.IsDir() {
		for _, name := range export.HeadFiles {
			if info, err := os.Stat(filepath.Join(path, name)); err == nil && info.Mode().IsRegular() {
				return readHead(filepath.Join(path, name))
			}
		}
	}
	if !info.Mode().IsRegular() {
		return model.JournalHead{}, fmt.Errorf("%w: it is no export: neither a file nor a folder of one", model.ErrInvalid)
	}
	f, err := os.Open(path)
	if err != nil {
		return model.JournalHead{}, fmt.Errorf("%w: %w", model.ErrInvalid, err)
	}
	defer func() { _ = f.Close() }()
	return export.ReadHead(f, info.Size())
}
