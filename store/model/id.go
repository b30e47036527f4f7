package model

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// IDKind is the letter in the middle of an ID, naming what it identifies.
type IDKind byte

// The kinds of object that carry an ID.
const (
	DocumentID IDKind = 'D'
	SnapshotID IDKind = 'S'
	ClauseID   IDKind = 'P'
	ChangeID   IDKind = 'C'
	RecordID   IDKind = 'R'
	RuleID     IDKind = 'U'
	NoteID     IDKind = 'N' // numbered by the journal entries that wrote them

	AlertRuleID IDKind = 'A'
)

// DefaultPrefix begins the IDs of a store that was made without choosing one.
const DefaultPrefix = "FP"

// ID names one object of a store, e.g. "FP-C-000543". Numbers are sequences
// from 1, never reused. The zero value "" means none.
type ID string

var idPattern = regexp.MustCompile(`^([A-Z][A-Z0-9]{0,7})-([DSPCRUNA])-([0-9]{1,18})$`)

// NewID formats the n-th object of a kind: five digits for documents, six for
// all others, more when the number needs them.
func NewID(prefix string, kind IDKind, n uint64) ID {
	width := 6
	if kind == DocumentID {
		width = 5
	}
	var digits [20]byte // and no fmt: a list of 50,000 has 100,000 of them
	number := strconv.AppendUint(digits[:0], n, 10)
	b := make([]byte, 0, 40)
	b = append(append(append(b, prefix...), '-', byte(kind)), '-')
	for range width - len(number) {
		b = append(b, '0')
	}
	return ID(append(b, number...))
}

// ParseID reads an ID as a person may type it: any letter case, leading zeros
// optional. The result is in canonical form. It returns an error wrapping
// [ErrInvalid] for anything that is not an ID.
func ParseID(s string) (ID, error) {
	m := idPattern.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil {
		return "", fmt.Errorf("%w: %q is not an ID; IDs look like FP-C-000543", ErrInvalid, s)
	}
	n, err := strconv.ParseUint(m[3], 10, 64)
	if err != nil || n == 0 {
		return "", fmt.Errorf("%w: %q is not an ID; IDs look like FP-C-000543", ErrInvalid, s)
	}
	return NewID(m[1], IDKind(m[2][0]), n), nil
}

// Kind returns the ID's kind letter, 0 for a malformed ID.
func (id ID) Kind() IDKind {
	if m := idPattern.FindStringSubmatch(string(id)); m != nil {
		return IDKind(m[2][0])
	}
	return 0
}

// Number returns the sequence number in the ID, 0 for a malformed ID.
func (id ID) Number() uint64 {
	i := strings.LastIndexByte(string(id), '-')
	if i < 0 {
		return 0
	}
	n, err := strconv.ParseUint(string(id[i+1:]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
