package model

import "errors"

// Errors that cross package edges. Wrap them once with what was being done;
// the surface turns them into one plain sentence and an exit status.
var (
	// ErrInvalid: what was asked for is malformed (an unknown severity, a bad
	// ID, a date that does not parse). Nothing was changed. Exit status 2.
	ErrInvalid = errors.New("invalid input")
	// ErrNotFound: the ID is well formed but names nothing in this store.
	// Exit status 2.
	ErrNotFound = errors.New("not found")
	// ErrIncomplete: an approval lacks severity, confidence, basis or summary,
	// or a dismissal its reason. Nothing was changed. Exit status 2.
	ErrIncomplete = errors.New("decision is incomplete")
	// ErrNotAllowed: the review's state does not admit this step (approving
	// what is already approved, undoing when nothing was decided). Exit status 2.
	ErrNotAllowed = errors.New("not possible in this state")
	// ErrOneByOne: one of several changes decided on together must be decided on
	// by itself. Nothing was changed. Exit status 2.
	ErrOneByOne = errors.New("must be decided on by itself")
	// ErrStale: the review was decided elsewhere since it was read; the
	// decision was refused and nothing was changed. Exit status 2.
	ErrStale = errors.New("decided elsewhere in the meantime")
	// ErrNothingDue: every document that was meant was fetched not long ago.
	// Nothing was done, which is fine: exit status 0.
	ErrNothingDue = errors.New("nothing is due")
	// ErrComeBack: a site asks to come back later. Exit status 1.
	ErrComeBack = errors.New("the site asks to come back later")
	// ErrOffline: the network is not to be used, and what was asked for needs it. Nothing was
	// asked of anybody. Exit status 2.
	ErrOffline = errors.New("offline")
	// ErrBusy: another process held the database past the bounded wait. Exit
	// status 3.
	ErrBusy = errors.New("database is in use")
	// ErrDamaged: the file is not a Fineprint database, is truncated, or a
	// stored value does not match its hash. Exit status 3.
	ErrDamaged = errors.New("database is damaged")
	// ErrUnreadable: one stored value can't be read, and what is known says which. What belongs to
	// it is refused or left out; the rest may go on. It is [ErrDamaged], too.
	ErrUnreadable = errors.New("a stored value can't be read")
	// ErrNoStore: no database exists at the path yet. Exit status 2.
	ErrNoStore = errors.New("no database here yet")
	// ErrUnwritable: the folder or file can't be written (permissions, full
	// disk). Nothing was changed. Exit status 2.
	ErrUnwritable = errors.New("can't write")
)
