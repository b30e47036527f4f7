package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// screen is one screen of the desk. It owns its state; the root hands it the
// commands of its keys and draws what it gives.
type screen interface {
	name() keys.Screen
	// head is its first lines, always as many; lines are those under it, at
	// most height; status is the line below when nothing happened.
	head() []string
	lines(height int) []string
	status() string
	// scroll moves by lines; fit is called when the window or theme changed.
	scroll(by int)
	fit()
	// run carries a command out, and reports false for one that is not its own.
	run(c keys.Command) (tea.Cmd, bool)
}

// env is what all screens share: the options, the window, the theme, and the
// line that says what happened.
type env struct {
	ctx   context.Context
	o     Options
	w, h  int
	dark  bool
	theme theme.Theme
	keys  keys.Map
	// proposal is the confidence and basis that an approval takes on where none
	// were given: shown as such, and as they were last time.
	proposal model.Review
	taken    int // lines that head and overlay leave to no one else
	message  string
	bad      bool
	offer    keys.Command // what the message offers, for a click on it
}

// colour takes the theme for the palette and the background.
func (e *env) colour() { e.theme = theme.NewPalette(e.o.Config.Palette, e.dark, e.o.ASCII) }

// height is how many lines the list or text of the screen has.
func (e *env) height() int { return max(1, e.h-2-e.taken) }

func (e *env) say(format string, args ...any) {
	e.message, e.bad, e.offer = fmt.Sprintf(format, args...), false, ""
}

// fine shows an error in the status line and reports whether there was none.
func (e *env) fine(err error) bool {
	if err == nil {
		return true
	}
	e.message, e.bad, e.offer = sentence(err), true, ""
	return false
}

// sentence leaves of an error what the reader doesn't see on the screen already.
func sentence(err error) string {
	s := err.Error()
	for _, known := range []error{model.ErrIncomplete, model.ErrNotAllowed, model.ErrInvalid, model.ErrStale} {
		if errors.Is(err, known) {
			if _, rest, found := strings.Cut(s, known.Error()+": "); found {
				return rest
			}
		}
	}
	return s
}

func (e *env) bar(left, right string) string {
	left, right = " Fineprint  "+e.safe(left), e.safe(right)+" "
	left = e.cut(left, e.w-ansi.StringWidth(right)-1)
	return e.theme.Bar.Styled(left + strings.Repeat(" ", max(1, e.w-ansi.StringWidth(left)-ansi.StringWidth(right))) + right)
}

// cut makes a text at most so many cells wide.
func (e *env) cut(s string, width int) string { return ansi.Truncate(s, width, e.theme.Ellipsis) }

// safe makes a text safe to be drawn in one line of the window. Of a longer one
// it leaves away what the window has no room for before it looks at it: a name
// or a message may be as long as a document.
func (e *env) safe(s string) string { return sanitize.Line(sanitize.Clip(s, e.w)) }

// pad makes a text exactly so many cells wide.
func (e *env) pad(s string, width int) string {
	s = e.cut(s, width)
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

func (e *env) mark(selected bool, line string) string {
	line = e.pad(line, e.w-2)
	if selected {
		return e.theme.Selected.Styled("> " + line)
	}
	return "  " + line
}

// percent says how far a longer text is scrolled.
func (e *env) percent(top, n int) string {
	if n <= e.height() {
		return ""
	}
	return fmt.Sprintf("%d%%", 100*top/(n-e.height()))
}

// request numbers what a screen asks its reader for, and keeps how the newest
// answer came.
type request struct {
	asked int
	read  bool  // it was answered once with what was asked for
	err   error // why the newest could not be answered
}

// next is the number of another request.
func (r *request) next() int {
	r.asked++
	return r.asked
}

// failed reports that the newest request could not be answered and that nothing
// is left of an earlier one to be listed: what there is isn't known.
func (r *request) failed(listed int) bool { return r.err != nil && listed == 0 }

// count is a number of what was read, "?" when reading it failed.
func (r *request) count(n int) string {
	if r.err == nil {
		return fmt.Sprint(n)
	}
	if n == 0 {
		return "?"
	}
	return fmt.Sprintf("%d of ?", n)
}

// counted is a count with what is counted.
func (r *request) counted(n int, one string) string {
	if r.err == nil {
		return humanize.Count(n, one)
	}
	return r.count(n) + " " + one + "s"
}

// answered takes in how the n-th request was answered, and reports whether its
// answer is to be shown: it is the newest, and no failure.
func (e *env) answered(r *request, n int, err error) bool {
	if n != r.asked {
		return false
	}
	r.err = err
	if !e.fine(err) {
		return false
	}
	r.read = true
	return true
}

// failure says in place of a list that it could not be read, and what to do
// about it: a failure must never look like an empty list.
func (e *env) failure(what string, on keys.Screen, err error) []string {
	next := "opening it again reads it again"
	if k := e.keys.Key(keys.Reload); e.keys.On(on, k) == keys.Reload {
		next = k + " reads it again"
	}
	if errors.Is(err, model.ErrDamaged) {
		next = "`fineprint check` reads every value and names what is damaged"
	}
	lines := []string{""}
	for _, l := range e.wrapped(sanitize.Line(fmt.Sprintf("%s can't be read: %s; %s.", what, sentence(err), next)), e.w-4) {
		lines = append(lines, "  "+e.cut(l, e.w-2))
	}
	return lines
}

// onboarding stands in an empty list for the moment before the welcome does.
func (e *env) onboarding() []string { return []string{"", "  Nothing is tracked yet."} }

// list is a cursor and a scroll position over n lines.
type list struct{ cursor, top, n int }

func (l *list) move(by, height int) {
	l.cursor = max(0, min(l.cursor+by, l.n-1))
	l.fit(height)
}

// clicked puts the cursor on the row that is drawn in a line, if it is one, and
// reports whether it stood there already: then a click opens it.
func (l *list) clicked(line int, isRow func(at int) bool) bool {
	at := l.top + line
	if at >= l.n || !isRow(at) {
		return false
	}
	again := at == l.cursor
	l.cursor = at
	return again
}

func everyRow(int) bool { return true }

func (l *list) fit(height int) {
	l.cursor = max(0, min(l.cursor, l.n-1))
	l.top = max(0, min(l.top, l.cursor))
	if l.cursor >= l.top+height {
		l.top = l.cursor - height + 1
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
