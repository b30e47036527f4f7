package clause

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
