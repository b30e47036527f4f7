package main

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// The exit statuses of the command line contract.
const (
	exitFine     = 0
	exitFindings = 1 // differences, failed fetches, failed verification
	exitUsage    = 2 // bad usage or input
	exitStorage  = 3 // the database is busy or damaged
)

// statusError carries an exit status; with a nil err nothing more is printed.
type statusError struct {
	status int
	err    error
}

func (e *statusError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *statusError) Unwrap() error { return e.err }

// errFindings ends a command whose output already shows what there is to look at.
var errFindings = &statusError{status: exitFindings}

// uncompared is how a command ends that left so many changes uncompared: the
// analyst is to look at them.
func uncompared(n int) error {
	if n > 0 {
		return errFindings
	}
	return nil
}

func exitStatus(err error) int {
	var s *statusError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, model.ErrOffline):
		return exitUsage
	case errors.As(err, &s):
		return s.status
	case errors.Is(err, model.ErrBusy), errors.Is(err, model.ErrDamaged):
		return exitStorage
	case errors.Is(err, context.Canceled), errors.Is(err, model.ErrComeBack):
		return exitFindings
	default:
		return exitUsage
	}
}

// explain turns an error into one plain sentence and, where there is one, the
// next step.
func explain(err error) (sentence, next string) {
	sentence = firstUpper(damagedWords(err, plainWords(err)))
	var partial *app.PartialError
	if errors.As(err, &partial) {
		if errors.Is(err, context.Canceled) {
			sentence = "Interrupted."
		}
		kept := humanize.Count(partial.Kept, partial.Noun)
		return sentence, kept + " recorded so far are kept; run the same command again to continue."
	}
	switch {
	case errors.Is(err, model.ErrOffline):
		next = "Nothing was asked of anybody. Without them it would be."
	case errors.Is(err, model.ErrComeBack):
		next = "Everything recorded so far is kept; run the same command again then."
	case errors.Is(err, model.ErrNoStore):
		next = "Create one with `fineprint track add URL` or `fineprint import ota REPO`, " +
			"or try `fineprint demo`; --db or FINEPRINT_DB selects another file."
	case errors.Is(err, model.ErrBusy):
		next = "Nothing was changed. Try again later, or close the other program."
	case errors.As(err, new(*model.HeadError)):
		next = "Nothing was changed. Put the newer copy back, or a backup (`fineprint restore --list`); or see with " +
			"`fineprint check` whether this one is whole, and make it the one that counts with `fineprint check --accept`."
	case errors.As(err, new(*pagesError)):
		next = "What was printed may be incomplete or out of date, and nothing will be written to this file: " +
			"`fineprint check` lists what is damaged."
	case errors.Is(err, model.ErrDamaged):
		next = nextAfterDamage(err, "`fineprint restore latest` or `fineprint salvage` is the way back.")
	case errors.Is(err, model.ErrUnwritable), errors.Is(err, fs.ErrPermission):
		next = "Nothing was changed. Check the folder's permissions and free space, or choose another file with --db."
	case errors.Is(err, model.ErrStale):
		next = "Nothing was changed. Run `fineprint show` to see the newer decision, then decide again."
	case errors.Is(err, model.ErrNotFound):
		next = "Run `fineprint queue` to list IDs in this database."
	case errors.Is(err, context.Canceled):
		sentence, next = "Interrupted.", "Everything recorded so far is kept; run the same command again to continue."
	case strings.HasPrefix(err.Error(), "unknown "), strings.Contains(err.Error(), "arg(s)"):
		next = "See `fineprint --help` for commands and options."
	}
	return sentence, next
}

// explain is [explain] with the way back from damage: the newest backup, by its date, or
// salvaging what can be read.
func (a *cli) explain(err error) (sentence, next string) {
	sentence, next = explain(err)
	if errors.Is(err, model.ErrDamaged) && !errors.As(err, new(*model.HeadError)) {
		next = nextAfterDamage(err, a.wayBack())
	}
	return sentence, next
}

// nextAfterDamage is the next step after damage, with the way back from it.
func nextAfterDamage(err error, wayBack string) string {
	next := "Keep the file; `fineprint check` says what is damaged. " + wayBack
	var unread *unreadError
	if errors.As(err, &unread) {
		return nextForDamage(unread, next)
	}
	return "Nothing was changed. " + next
}

// wayBack names the command that leads back from damage.
func (a *cli) wayBack() string {
	use := &app.App{Path: a.dbPath()}
	if a.settings != nil {
		use = a.app()
	}
	if at := use.NewestBackup(); !at.IsZero() {
		return "There is a backup of " + at.Local().Format("2006-01-02 15:04") +
			": `fineprint restore latest` shows what it has not, and asks; `fineprint salvage` reads what can still be read."
	}
	return "There is no backup: `fineprint salvage` reads what can still be read into a new file."
}

// plainWords leaves out of an error the name of its kind, where what follows
// is clearer: "invalid input: …".
func plainWords(err error) string {
	s := err.Error()
	for _, kind := range []error{
		model.ErrInvalid, model.ErrNotFound, model.ErrIncomplete, model.ErrNotAllowed, model.ErrOneByOne,
		model.ErrOffline,
	} {
		if errors.Is(err, kind) {
			s = strings.Replace(s, kind.Error()+": ", "", 1)
		}
	}
	return s
}

func firstUpper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.ContainsAny(s[len(s)-1:], ".?!") {
		s += "."
	}
	return s
}
