package redline

import (
	"strings"
	"time"
	"unicode/utf8"
)

// months are the names of months, and what they are shortened to, in the
// languages that dates of terms are most often written in, each with its number.
var months = func() map[string]time.Month {
	m := map[string]time.Month{}
	for _, year := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"- - - - - - - - sept - - -",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"janv févr - avr - - juil - - - - déc",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"jänner - mär - - - - - - okt - dez",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"januari februari mars april maj juni juli augusti september oktober november december",
		"januar februar marts april maj juni juli august september oktober november desember",
		"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta " +
			"lokakuuta marraskuuta joulukuuta",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"ledna února března dubna května června července srpna září října listopadu prosince",
		"január február március április május június július augusztus szeptember október november december",
		"ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
		"ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
		"januari februari maret april mei juni juli agustus september oktober november desember",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
		"ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου " +
			"νοεμβρίου δεκεμβρίου",
	} {
		for i, name := range strings.Fields(year) {
			if name != "-" {
				m[name] = time.Month(i + 1)
			}
		}
	}
	return m
}()

// IsMonth reports whether a word names a month.
func IsMonth(word string) bool {
	if n := len(word); n <= maxPlainMonth {
		var low [maxPlainMonth]byte
		for i := range n {
			c := word[i]
			if c >= utf8.RuneSelf {
				return months[strings.ToLower(word)] != 0
			}
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			low[i] = c
		}
		return n > 0 && monthLengths[low[0]]&(1<<n) != 0 && months[string(low[:n])] != 0
	}
	return months[strings.ToLower(word)] != 0
}

// maxPlainMonth is up to which length, in bytes, words of ASCII are looked up
// without copying them.
const maxPlainMonth = 15 // work limit

// monthLengths rules out most words by their first letter and length.
var monthLengths = func() (t [256]uint16) {
	for name := range months {
		if len(name) <= maxPlainMonth {
			t[name[0]] |= 1 << len(name)
		}
	}
	return t
}()

// IsDate reports whether a token is a date with a year.
func IsDate(token string) bool {
	n := len(token)
	return n > 0 && (IsDigit(token[0]) || IsDigit(token[n-1])) && dateLength(token) == n // work limit
}

// dateLength is the length of a date at the start of s: "January 5, 2026", "5th
// of January 2026", "January 2026", "2026-01-05", "5/1/2026", "05.01.2026"; 0
// when there is none.
func dateLength(s string) int {
	if IsDigit(s[0]) {
		return numericDate(s)
	}
	return monthFirst(s, wordLength(s[:min(len(s), maxMonth)]))
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
		if n := separatedDate(s, d); n > 0 {
			return n
		}
	}
	if d == 4 {
		return yearFirst(s)
	}
	return dayFirst(s)
}

// yearFirst is dateLength for what begins with a year: "2026年1月5日",
// "2026. január 5".
func yearFirst(s string) int {
	at := year(s)
	if at == 0 {
		return 0
	}
	for _, units := range [][3]string{{"年", "月", "日"}, {"년", "월", "일"}} {
		if strings.HasPrefix(s[at:], units[0]) {
			return yearOfUnits(s, at, units)
		}
	}
	if !strings.HasPrefix(s[at:], ". ") {
		return 0
	}
	at += len(". ")
	n := wordLength(s[at:min(len(s), at+maxMonth)] + " ")
	if at+n >= len(s) || !IsMonth(s[at:at+n]) {
		return 0
	}
	at += n
	after := at + blanks(s[at:])
	if day := digits(s[after:]); after > at && day >= 1 && day <= 2 {
		return after + day
	}
	return 0
}

// yearOfUnits is the length of a date whose numbers have units after them, the
// first at a position.
func yearOfUnits(s string, at int, units [3]string) int {
	end := at + len(units[0])
	for _, unit := range units[1:] {
		n := end + blanks(s[end:])
		d := digits(s[n:])
		if d < 1 || d > 2 || !strings.HasPrefix(s[n+d:], unit) {
			break
		}
		end = n + d + len(unit)
	}
	if end == at+len(units[0]) {
		return 0 // a year alone
	}
	return end
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
	if at >= len(s) || at == day && s[at-1] != '.' && s[at] != '-' {
		return 0
	}
	dashed := s[at] == '-' // 5-Jan-2026
	if dashed {
		at++
	}
	n := wordLength(s[at:min(len(s), at+maxMonth)])
	if n < 3 || !IsMonth(s[at:at+n]) {
		return 0
	}
	at += n
	if dashed {
		return yearAfterDash(s, at)
	}
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

// yearAfterDash is where the year ends that a dash leads in, 0 when none does.
func yearAfterDash(s string, at int) int {
	if at < len(s) && s[at] == '-' {
		if y := year(s[at+1:]); y > 0 {
			return at + 1 + y
		}
	}
	return 0
}

// maxMonth is how long, in bytes, the name of a month is at most.
const maxMonth = 24

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

// Earliest returns the first day that a token which is a date may mean: "5/6/2026"
// is the fifth of June to some and the sixth of May to others. It is false of
// what is no day in any calendar.
func Earliest(date string) (time.Time, bool) {
	p := partsOf(date)
	a, okA := p.dayFirst()
	b, okB := p.monthFirst()
	if !okA || okB && b.Before(a) {
		return b, okB
	}
	return a, okA
}

// day is a day of a month, the first of one when there were fewer than all the
// numbers of a date.
func day(year int, month time.Month, of, numbers int) (time.Time, bool) {
	if of == 0 && numbers < 3 {
		of = 1
	}
	t := time.Date(year, month, of, 0, 0, 0, 0, time.UTC)
	return t, t.Month() == month && t.Day() == of
}
