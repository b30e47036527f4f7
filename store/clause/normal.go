package clause

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Space collapses every run of white space to one space.
func Space(s string) string { return strings.Join(strings.Fields(s), " ") }

var typography = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "`", "'",
	"–", "-", "—", "-", "‑", "-", "‐", "-", "−", "-", "…", "...", "\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u200b", "", "\u00ad", "", "\ufeff", "",
	"&nbsp;", " ", "&amp;", "&", "&quot;", `"`, "&#39;", "'", "•", "-", "·", "-")

// Typography maps quotes, dashes, ellipses and invisible spaces to their plain
// forms.
func Typography(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '&' || s[i] == '`' {
			return typography.Replace(s)
		}
	}
	return s
}

// Markup takes Markdown's marks away: emphasis, heading marks and underlines,
// list bullets, quote marks, table bars, escapes. What links point to stays.
func Markup(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = unmark(strings.TrimSpace(line))
	}
	return strings.Join(lines, " ")
}

func unmark(line string) string {
	if len(strings.Trim(line, "=-*_ |:+")) == 0 {
		return ""
	}
	line = strings.TrimRight(strings.TrimLeft(line, "#> \t"), " #")
	for _, bullet := range []string{"* ", "- ", "+ "} {
		if strings.HasPrefix(line, bullet) {
			line = strings.TrimLeft(line[2:], " #>\t")
		}
	}
	var b strings.Builder
	b.Grow(len(line))
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && i+1 < len(line) && isPunct(line[i+1]):
			i++
			b.WriteByte(line[i])
		case c == '*' || c == '~' && i+1 < len(line) && line[i+1] == '~':
		case c == '_' && !(i > 0 && i+1 < len(line) && isAlnum(line[i-1]) && isAlnum(line[i+1])):
		case c == '|':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !isAlnum(c)
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// Links leaves of each link only its words, and of a bare address only what
// stands before its query.
func Links(s string) string {
	if !strings.Contains(s, "](") && !strings.Contains(s, "://") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], "]("):
			if n := linkTarget(s[i+1:]); n > 0 {
				i += 1 + n
				continue
			}
			b.WriteByte(s[i])
			i++
		case s[i] == '[' || s[i] == ']' || s[i] == '!' && i+1 < len(s) && s[i+1] == '[':
			i++
		case strings.HasPrefix(s[i:], "://"):
			end := i + 3
			for end < len(s) && !strings.ContainsRune(" <>()[]\"'|", rune(s[end])) {
				end++
			}
			address, _, _ := strings.Cut(s[i:end], "?")
			address, _, _ = strings.Cut(address, "#")
			b.WriteString(strings.TrimRight(address, "/"))
			i = end
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// linkTarget returns the length of "(…)" at the start of s, 0 when it does not
// end.
func linkTarget(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// Visible is a clause's words as a reader sees them: without markup, typography
// and link targets, in single spaces.
func Visible(s string) string { return Space(Links(Markup(Typography(s)))) }

// Unnumbered takes the label at the start away: "1.2", "(a)", "iv.", "Section
// 3:", "§ 4".
func Unnumbered(visible string) string {
	s := strings.TrimLeft(visible, " ")
	for _, word := range []string{"section ", "article ", "clause ", "§"} {
		if len(s) > len(word) && strings.EqualFold(s[:len(word)], word) {
			if rest := label(strings.TrimLeft(s[len(word):], " ")); rest > 0 {
				return strings.TrimLeft(strings.TrimLeft(s[len(word):], " ")[rest:], " ")
			}
		}
	}
	if n := label(s); n > 0 {
		return strings.TrimLeft(s[n:], " ")
	}
	return visible
}

// label returns the length of a numbering label at the start of s.
func label(s string) int {
	i, closed := 0, false
	if strings.HasPrefix(s, "(") {
		i++
	}
	start := i
	for i < len(s) && (isAlnum(s[i]) && s[i] < utf8.RuneSelf || s[i] == '.' && i > start) {
		i++
	}
	body := strings.TrimRight(s[start:i], ".")
	if i < len(s) && (s[i] == ')' || s[i] == ':') {
		i, closed = i+1, true
	}
	closed = closed || i > start && s[i-1] == '.'
	if body == "" || i < len(s) && s[i] != ' ' || i == len(s) {
		return 0
	}
	digits := strings.Trim(body, "0123456789.") == ""
	letter := len(body) == 1 && unicode.IsLetter(rune(body[0]))
	roman := len(body) <= 6 && strings.Trim(strings.ToLower(body), "ivxl") == ""
	switch {
	case digits && (closed || strings.Contains(body, ".")), (letter || roman) && closed:
		return i
	}
	return 0
}
