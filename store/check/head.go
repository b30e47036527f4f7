package check

import (
	"errors"
	"fmt"

	"fineprint/store/kv"
)

// head holds the journal against the head beside the database.
func (c *checker) head(db *kv.DB) {
	beside, err := db.HeadBeside()
	own := c.tx.Head()
	switch {
	case errors.Is(err, kv.ErrNoHead):
		c.note("There is no head beside the database: had an older copy taken its place, nothing would show it. " +
			"The next decision or fetch writes one.")
		err = c.tx.CompareIdentity()
	case err != nil:
		c.note("The head beside the database can't be read: had an older copy taken its place, nothing would show it. " +
			"The next decision or fetch writes it anew.")
		err = c.tx.CompareIdentity()
	default:
		if err = c.tx.CompareHead(beside.JournalHead); err == nil && beside.Entries < own.Entries {
			c.note(fmt.Sprintf("The head beside the database is of entry %d, the journal has %d: a program was ended, "+
				"or one of before wrote. The next decision or fetch writes it anew.", beside.Entries, own.Entries))
		}
	}
	if errors.As(err, &c.report.Head) {
		c.report.Head.Written = beside.Written
	}
	if err != nil {
		c.problem(err)
	}
}

// note adds what is no damage.
func (c *checker) note(s string) {
	if len(c.report.Notes) < maxProblems {
		c.report.Notes = append(c.report.Notes, s)
	}
}
