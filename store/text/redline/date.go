package redline

import "strings"

// months are the names of months, and what they are shortened to, in the
// languages that dates of terms are most often written in.
var months = wordSet("january february march april may june july august september october november december " +
	"jan feb mar apr jun jul aug sep sept oct nov dec " +
	"janvier février mars avril mai juin juillet août septembre octobre novembre décembre " +
	"januar februar märz juni juli oktober dezember " +
	"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre " +
	"gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre " +
	"janeiro fevereiro março maio junho julho setembro outubro novembro dezembro")

// IsMonth reports whether a word names a month.
func IsMonth(word string) bool { return months[strings.ToLower(word)] }

// IsDate reports whether a token is a date with a year.
func IsDate(token string) bool {
	return token != "" && dateLength(token) == len(token)
}

// dateLength is the length of a date at the start of s: "January 5, 2026", "5th
// of January 2026", "January 2026", "2026-01-05", "5/1/2026", "05.01.2026"; 0
// when there is none.
func dateLength(s string) int {
	if IsDigit(s[0]) {
		return numericDate(s)
	}
	return monthFirst(s, wordLength(s[:min(len(s), 24)]))
}

// monthFirst is dateLength for what begins with a word of n bytes.
func monthFirst(s string, n int) int {
	if n < 3 || n > 12 { // work limit
		return 0
	}
	if !IsMonth(s[:n]) {
		return 0
	}
	if n < len(s) && s[n] == '.' {
		n++
	}
	at := n + blanks(s[n:])
	if at == n {
		return 0
	}
	if day := dayLength(s[at:]); day > 0 {
		after := at + day
		if after < len(s) && s[after] == ',' {
			after++
		}
		after += blanks(s[after:])
		if y := year(s[after:]); y > 0 && after > at+day {
			return after + y
		}
	}
	if y := year(s[at:]); y > 0 {
		return at + y
	}
	return 0
}

// separatedDates are the dates of three numbers with one separator between them,
// by how many digits the first and the last of them have. The second has one or
// two.
var separatedDates = []struct {
	separators  string
	first, last [2]int // at least, at most
}{
	{"-/.", [2]int{4, 4}, [2]int{1, 2}}, // 2026-01-05
	{"-/.", [2]int{1, 2}, [2]int{4, 4}}, // 05.01.2026, 5/1/2026
	{"/", [2]int{1, 2}, [2]int{2, 2}},   // 5/1/26
}

// numericDate is dateLength for what begins with a digit.
func numericDate(s string) int {
	d := digits(s)
	switch {
	case d > 4 || d == len(s):
		return 0
	case strings.IndexByte("-/.", s[d]) >= 0:
		return separatedDate(s, d)
	}
	return dayFirst(s)
}

// separatedDate is dateLength for what begins with a number of d digits and a
// separator.
func separatedDate(s string, d int) int {
	c := s[d]
	m := digits(s[d+1:])
	at := d + 1 + m
	if m < 1 || m > 2 || at >= len(s) || s[at] != c {
		return 0
	}
	y := digits(s[at+1:])
	end := at + 1 + y
	if d == 4 && y == 2 && end < len(s) && s[end] == 'T' {
		return end + clock(s[end:])
	}
	for _, f := range separatedDates {
		if strings.IndexByte(f.separators, c) >= 0 && within(d, f.first) && within(y, f.last) && endsDate(s, end, c) {
			return end
		}
	}
	return 0
}

func within(n int, bounds [2]int) bool { return n >= bounds[0] && n <= bounds[1] }

// endsDate reports whether what is at end doesn't go on a date with the separator
// c: "1.2.2026.3" is a reference, "1.2.2026." ends a sentence.
func endsDate(s string, end int, c byte) bool {
	switch {
	case end >= len(s):
		return true
	case s[end] == '.':
		return end+1 >= len(s) || !IsDigit(s[end+1])
	}
	return s[end] != c && !isLetter(s[end])
}

// dayFirst is dateLength for what begins with a day: "5th of January, 2026".
func dayFirst(s string) int {
	day := dayLength(s)
	if day == 0 {
		return 0
	}
	at := day + blanks(s[day:])
	for _, of := range []string{"of ", "de ", "d'"} {
		if strings.HasPrefix(s[at:], of) {
			at += len(of)
		}
	}
	if at == day || at >= len(s) {
		return 0
	}
	n := wordLength(s[at:min(len(s), at+24)])
	if n < 3 || !IsMonth(s[at:at+n]) {
		return 0
	}
	at += n
	if at < len(s) && (s[at] == ',' || s[at] == '.') {
		at++
	}
	after := at + blanks(s[at:])
	if strings.HasPrefix(s[after:], "de ") {
		after += len("de ")
	}
	if y := year(s[after:]); y > 0 && after > at {
		return after + y
	}
	return 0
}

// clock is the length of a time of day in ISO 8601, "T19:21:31Z"; 0 when there
// is none.
func clock(s string) int {
	n := 1
	for n < len(s) && (IsDigit(s[n]) || s[n] == ':' || s[n] == '.' && n+1 < len(s) && IsDigit(s[n+1])) {
		n++
	}
	if n < len("T19:21") {
		return 0
	}
	if n < len(s) && s[n] == 'Z' {
		n++
	}
	return n
}

// dayLength is the length of the day of a month: "5", "05", "5th", "1er", "5.".
func dayLength(s string) int {
	n := digits(s)
	if n == 0 || n > 2 {
		return 0
	}
	for _, suffix := range []string{"st", "nd", "rd", "th", "er", "º", "."} {
		if strings.HasPrefix(s[n:], suffix) {
			return n + len(suffix)
		}
	}
	return n
}

func year(s string) int {
	if digits(s) == 4 && (s[0] == '1' && s[1] == '9' || s[0] == '2' && s[1] == '0') {
		return 4
	}
	return 0
}

func digits(s string) int {
	n := 0
	for n < len(s) && IsDigit(s[n]) {
		n++
	}
	return n
}

func blanks(s string) int {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\n') {
		n++
	}
	return n
}
