package main

// pagesError is what is wrong with pages of a database that a command read. What it printed stands, as far
// as that goes.
type pagesError struct{ error }

func (e *pagesError) Unwrap() error { return e.error }

// sayDamagedPages says what is wrong with the pages of a database that the command opened, unless
// it ended with that, and returns its exit status.
func (a *cli) sayDamagedPages(status int) int {
	if status == exitStorage {
		return status
	}
	for _, s := range a.opened {
		if err := s.Integrity().Err(); err != nil {
			sentence, next := explain(&pagesError{err})
			a.notef("fineprint: %s\n  %s\n", sentence, next)
			return exitStorage
		}
	}
	return status
}
