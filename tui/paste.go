package tui

import (
	"os"
)

const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// pasteFilter takes the escape characters out of what is pasted. Most terminals
// do that themselves; behind one that does not (tmux pastes a buffer as it is),
// Bubble Tea's reader takes a sequence that begins in a paste for one that goes
// on for ever, and no key, not even ctrl+c, comes through after it.
type pasteFilter struct {
	*os.File
	inside bool
	seen   int // how much of the mark that comes next has been read
	rest   int // bytes that the character that was begun still has
}

// Read never keeps bytes back that are not the beginning of a mark: whoever waits
// for the file to have more would not be told of them.
func (f *pasteFilter) Read(p []byte) (int, error) {
	if len(p) <= 2*len(pasteEnds) {
		return f.File.Read(p)
	}
	in := make([]byte, len(p)-len(pasteEnds))
	n, err := f.File.Read(in)
	return copy(p, f.filter(in[:n])), err
}

func (f *pasteFilter) filter(in []byte) []byte {
	out := make([]byte, 0, len(in)+len(pasteEnds))
	for _, c := range in {
		if !f.inside {
			out = append(out, c)
			if f.seen = next(pasteBegins, f.seen, c); f.seen == len(pasteBegins) {
				f.inside, f.seen = true, 0
			}
			continue
		}
		was := f.seen
		f.seen = next(pasteEnds, f.seen, c)
		switch {
		case f.seen == len(pasteEnds):
			out = append(out, pasteEnds...)
			f.inside, f.seen = false, 0
		case f.seen > was: // it may be the mark
		default:
			if was > 0 { // it was not: an escape character, and plain ones after it
				out = append(out, pasteEnds[1:was]...)
			}
			if f.seen == 0 && !f.escapes(c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// escapes reports an escape character, or a byte that is one outside of UTF-8.
func (f *pasteFilter) escapes(c byte) bool {
	switch {
	case c >= 0xc2 && c <= 0xf4:
		f.rest = 1
		if c >= 0xe0 {
			f.rest++
		}
		if c >= 0xf0 {
			f.rest++
		}
		return false
	case c >= 0x80 && c < 0xc0 && f.rest > 0:
		f.rest--
		return false
	}
	f.rest = 0
	return c == 0x1b || c >= 0x80 && c < 0xa0
}

// next is how much of a mark is read with one more byte.
func next(mark string, seen int, c byte) int {
	switch {
	case mark[seen] == c:
		return seen + 1
	case mark[0] == c:
		return 1
	}
	return 0
}
