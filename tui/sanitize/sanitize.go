// Package sanitize makes untrusted text safe for a terminal. It is the one
// place where that is done: everything fetched, imported or typed elsewhere
// (texts, titles, file names, URLs, error messages that quote them) passes
// through here before it is written to a terminal, or to a file or pipe that may end at one.
//
// It is not for storing or comparing text: those use the original bytes.
//
// Invariants:
//   - What [Line] and [Text] return holds only runes of an allowlist by Unicode
//     class: letters, marks, numbers, punctuation, symbols and space
//     separators that are assigned and not default-ignorable (and, in Text,
//     "\n"), and joiners and variation selectors where they make one character of
//     what is beside them, as in an emoji of a family. So it holds no C0 or C1
//     control, no escape sequence, no bidi control, no private use rune and no
//     invalid UTF-8.
//   - Nothing disappears: a rune that is not allowed is shown as <U+XXXX>, a
//     byte that is not UTF-8 as <0xXX>. Repeated marks are shown so from the
//     seventh on one base, because stacked marks paint over their neighbours.
//   - Safe text is returned unchanged, without allocation.
//   - [Visible] and [Value] are the same for what is written to a file or a pipe, with tabs and
//     marks as they are. What a record's hashes are of is the text itself: JSON has that.
//   - [Guard] is the last step of everything that the command line prints to no terminal.
//   - [Visible] and [Value] are the same for what is written to a file or a pipe, with tabs and
//     marks as they are. What a record's hashes are of is the text itself: JSON has that.
//   - [Guard] is the last step of everything that the command line prints to no terminal.
//   - [Quiet] is the one exception to the second: it leaves out what can't be
//     seen anyway. Only the redline uses it, which counts what was left out.
//
// Decision: an allowlist, not a list of known escapes. Bubble Tea passes DCS,
// APC, C1 and bidi characters through, and terminals keep inventing more.
// Joiners and variation selectors anywhere else are shown too: a desk for finding what
// a text contains must not let two different texts look alike, and the redline names
// those that are all that changed.
package sanitize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkLimit is how many combining marks one base may carry before the rest are
// shown as <U+XXXX>.
const MarkLimit = 6

// Allowed reports whether a terminal may see r as it is. "\n" is not allowed
// by itself; Text keeps it.
func Allowed(r rune) bool {
	if r < 0x7f {
		return r >= 0x20
	}
	if r < 0xa0 {
		return false
	}
	if r == utf8.RuneError {
		return true
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs) && !ignorable(r)
}

// ignorable reports Unicode's Default_Ignorable_Code_Point, as far as it is
// not already excluded by being a control, format or unassigned rune.
func ignorable(r rune) bool {
	switch {
	case r == 0x34f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0x180b && r <= 0x180f, r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// clipBytes is more bytes than a cell is ever made of, marks and all.
const clipBytes = 64

// Clip leaves away the end of a text that is far longer than so many cells have
// room for, so that a line of 10 MB costs no more than what is shown of it. What
// it leaves is cut to the width by whoever measures it.
func Clip(s string, cells int) string {
	n := clipBytes * (max(cells, 0) + 1)
	if len(s) <= n {
		return s
	}
	for back := 0; back < utf8.UTFMax && !utf8.RuneStart(s[n]); back++ {
		n--
	}
	return s[:n]
}

// Line makes s safe as part of one line: line breaks and tabs become single
// spaces.
func Line(s string) string { return clean(s, false) }

// Text makes s safe as a text of several lines: "\n" stays, "\r\n" becomes
// "\n" and a tab becomes a space.
func Text(s string) string { return clean(s, true) }

// Hidden reports whether r is one that a reader can't see although it is there:
// joiners, zero-width spaces, soft hyphens, bidi controls, variation selectors,
// tags.
func Hidden(r rune) bool {
	return r >= 0x80 && (unicode.Is(unicode.Cf, r) || ignorable(r))
}

// Blank reports whether r looks like the space that it isn't, as a no-break
// space does.
func Blank(r rune) bool { return r >= 0x80 && unicode.Is(unicode.Zs, r) }

// Quiet is Line without what Hidden reports. It is for text in which what it
// leaves out is counted beside it and one key away.
func Quiet(s string) string {
	if Plain(s) {
		return s
	}
	var b strings.Builder
	s = utf8Kept(s)
	before := rune(0)
	for i, r := range s {
		if r == utf8.RuneError || !hiddenAt(s, i, utf8.RuneLen(r), r, before) {
			b.WriteRune(r)
			before = r
		}
	}
	return Line(b.String())
}

// Named is Line with names for what Blank reports too: in angle quotes, or
// between < and > in ASCII.
func Named(s string, ascii bool) string {
	if Plain(s) {
		return s
	}
	var b strings.Builder
	from := 0
	for i, r := range s {
		if (Blank(r) || Hidden(r)) && r != utf8.RuneError {
			b.WriteString(Line(s[from:i]))
			b.WriteString(name(r, ascii))
			from = i + utf8.RuneLen(r)
		}
	}
	b.WriteString(Line(s[from:]))
	return b.String()
}

// name is how a rune that can't be seen is called.
func name(r rune, ascii bool) string {
	if ascii {
		return fmt.Sprintf("<U+%04X>", r)
	}
	return fmt.Sprintf("‹U+%04X›", r)
}

// utf8Kept names the bytes that are not UTF-8 as Line does, before strings.Map
// can make replacement characters of them.
func utf8Kept(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "<0x%02X>", s[i])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// Plain reports whether s is of printable ASCII only, which is safe as it is and
// takes a cell a byte.
func Plain(s string) bool { return plain(s, false) }

func plain(s string, lines bool) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 0x20 && !(lines && c == '\n')) || c >= 0x7f {
			return false
		}
	}
	return true
}

func clean(s string, lines bool) string {
	if plain(s, lines) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	marks, based, before := 0, false, rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "<0x%02X>", s[i])
			i, marks, based, before = i+1, 0, true, 0
			continue
		}
		if before != 0 && Hidden(r) && !hiddenAt(s, i, n, r, before) {
			b.WriteRune(r)
			i, before = i+n, r
			continue
		}
		before = r
		switch {
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			// The "\n" that follows is the line break.
		case r == '\n':
			if lines {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
			marks, based = 0, false
		case r == '\t':
			b.WriteByte(' ')
			marks, based = 0, true
		case !Allowed(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
			marks, based, before = 0, true, 0
		case unicode.Is(unicode.M, r):
			marks++
			if !based {
				b.WriteRune('◌') // a mark without a base would land on whatever is before it
				based = true
			}
			if marks > MarkLimit {
				fmt.Fprintf(&b, "<U+%04X>", r)
				before = 0
			} else {
				b.WriteRune(r)
			}
		default:
			b.WriteRune(r)
			marks, based = 0, true
		}
		i += n
	}
	return b.String()
}

// JSON rewrites encoded JSON so that a terminal can see it: every rune that is
// not allowed is written as its \u escape, which leaves the decoded value the
// same. Line breaks and tabs between values stay.
func JSON(encoded []byte) []byte {
	s := string(encoded)
	safe := true
	for _, r := range s {
		if !Allowed(r) && r != '\n' && r != '\t' {
			safe = false
			break
		}
	}
	if safe {
		return encoded
	}
	var b strings.Builder
	b.Grow(len(s) + 64)
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || Allowed(r):
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}

// Input returns what may be typed or pasted into the desk: s without what a
// terminal may not see, its line breaks as "\n" and tabs as spaces. Unlike Line
// and Text it takes away, since what is in an input is what is kept.
func Input(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(s)
	var b strings.Builder
	marks, before, based := 0, rune(0), false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		kept := r == '\n' || Allowed(r) && r != utf8.RuneError || Hidden(r) && !hiddenAt(s, i, n, r, before)
		switch {
		case kept && unicode.In(r, unicode.M) && !Hidden(r):
			marks++
			kept = based && marks <= MarkLimit
		case kept && !Hidden(r):
			marks, based = 0, r != '\n'
		}
		if kept {
			b.WriteRune(r)
			before = r
		}
		i += n
	}
	return b.String()
}
