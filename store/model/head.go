package model

import (
	"errors"
	"fmt"
	"time"
)

// JournalHead is how far a journal had come: its last entry, which is chained to all
// before it. It is kept outside of the database, to notice when that goes back.
type JournalHead struct {
	Store   string `json:"store"`   // identity of the store
	Entries uint64 `json:"entries"` // how many the journal has
	Link    string `json:"link"`    // of the last one: SHA-256 over it and all before, in hexadecimal
}

// What is wrong between a journal and a head. They come as a [HeadError]. Nothing was
// changed. Exit status 3.
var (
	// ErrRolledBack: the journal has fewer entries than the head says: an older copy
	// took the database's place, or the journal's end was cut off.
	ErrRolledBack = errors.New("the database is older than its head")
	// ErrOtherStore: the database is another store's.
	ErrOtherStore = errors.New("it is another store's database")
	// ErrRewritten: the journal has the entry that the head names, but with another
	// content, or other ones before it.
	ErrRewritten = errors.New("its journal was rewritten")
)

// HeadError says how a journal differs from a head that it should go on from.
type HeadError struct {
	Kind  error // ErrRolledBack, ErrOtherStore or ErrRewritten
	Head  JournalHead
	Found JournalHead // the journal's own
	// Last is when the last entry that is there was written, Written when the head was;
	// zero for unknown.
	Last, Written time.Time
}

// Missing is how many entries of the head's journal are not there.
func (e *HeadError) Missing() uint64 {
	if e.Kind != ErrRolledBack || e.Found.Entries >= e.Head.Entries {
		return 0
	}
	return e.Head.Entries - e.Found.Entries
}

// Error says it in one sentence.
func (e *HeadError) Error() string {
	switch e.Kind {
	case ErrRolledBack:
		since := ""
		if !e.Last.IsZero() {
			since = ", written after " + e.Last.UTC().Format("2006-01-02 15:04:05 UTC") + ","
		}
		entries, are := "entries", "are"
		if e.Missing() == 1 {
			entries, are = "entry", "is"
		}
		return fmt.Sprintf("%v: %d journal %s%s %s missing; it has %d of %d", e.Kind, e.Missing(), entries, since, are,
			e.Found.Entries, e.Head.Entries)
	case ErrOtherStore:
		return fmt.Sprintf("%v: it is store %s, and the head is of store %s", e.Kind, short(e.Found.Store),
			short(e.Head.Store))
	}
	return fmt.Sprintf("%v: entry %d is not the one that the head names", e.Kind, e.Head.Entries)
}

func short(id string) string { return id[:min(len(id), 8)] }

// Unwrap returns the kind, and [ErrDamaged]: it is treated as damage is.
func (e *HeadError) Unwrap() []error { return []error{e.Kind, ErrDamaged} }
