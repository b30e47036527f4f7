package sanitize

import (
	"regexp"
	"strconv"
	"unicode/utf8"
)

// ours are the sequences that the command line itself writes to a terminal: colours, and the
// erasing of a line of progress; to a line's own end the terminal adds a "\r".
var ours = regexp.MustCompile("^(\x1b\\[[0-9;:]*m|\r\x1b\\[K|\r+\n)")

// Hazards lists what in printed bytes a terminal would obey or not show, each by its name and
// place: all that [Visible] would name. At a terminal what the command line writes there of its
// own is none. It is for tests and harnesses.
func Hazards(printed []byte, terminal bool) []string {
	var found []string
	s := string(printed)
	before := rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if terminal && (r == '\x1b' || r == '\r') {
			if m := ours.FindString(s[i:min(len(s), i+40)]); m != "" {
				i, before = i+len(m), 0
				continue
			}
		}
		switch {
		case r == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case r == utf8.RuneError && n == 1, r != '\n' && r != '\t' && !Allowed(r) &&
			(before == 0 || !Hidden(r) || hiddenAt(s, i, n, r, before)):
			found = append(found, strconv.QuoteToASCII(s[i:i+n])+" at byte "+strconv.Itoa(i))
			before = 0
		default:
			before = r
		}
		i += n
	}
	return found
}
