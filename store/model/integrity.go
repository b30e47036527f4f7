package model

import (
	"fmt"
	"strings"
)

// Integrity is what comparing a database's file with what was written to it found.
type Integrity struct {
	// Problems are damage: what is read may be incomplete or out of date, and nothing is
	// written.
	Problems []string
	// Unlike is how many of the first problems are pages that are sound, but not as they were written:
	// in a file that is not the one that was here, that says nothing.
	Unlike int
	// Unreadable: bbolt would not find an end in the file, so that nothing is read either.
	Unreadable bool
	// Notes are harmless.
	Notes []string
}

// Err is nil without problems, and wraps [ErrDamaged] otherwise.
func (i Integrity) Err() error {
	const most = 3
	switch n := len(i.Problems); {
	case n == 0:
		return nil
	case n > most:
		return fmt.Errorf("%w: %s; and %d more", ErrDamaged, strings.Join(i.Problems[:most], "; "), n-most)
	}
	return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(i.Problems, "; "))
}
