// Package calendar keeps the dates that documents state for themselves (package stated)
// and tells what takes effect when: as what is kept of each document ([Stage], for
// package upkeep), and as an iCalendar file ([WriteICS]).
//
// It is not for finding dates in a text, nor for listing what is kept: package views does
// that beside what was decided.
//
// Invariants: what is kept is derived, can be made again, and carries the number of its
// algorithm; equal entries make equal files, but for the time of writing, which the
// caller gives.
//
// Decision: of each document one row is kept, with the dates of its newest text and what
// became of them in each change. Where the words stand is not kept: whoever shows a text
// finds them again in it, in a millisecond.
package calendar
