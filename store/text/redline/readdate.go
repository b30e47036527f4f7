package redline

import (
	"strconv"
	"strings"
	"time"
)

// Written is what the words of a date say.
type Written struct {
	// Day is the day, the first of a month where no day is named.
	Day time.Time
	// Other is the day that it is where the month is written before the day: "5/6/2026"
	// is the fifth of June, and the sixth of May. It is zero where there is one reading.
	Other time.Time
	// Month: it names a month of a year and no day.
	Month bool
}

// ReadDate reads the date at the start of s and returns its length, 0 when there is
// none. It reads all that is one token (see [IsDate]) and, since it cuts nothing, some
// that are several: "2026. 1. 5.", "5th day of January 2026", "令和8年1月5日", months of
// Arabic, and months in the nominative where a language has another.
func ReadDate(s string) (d Written, n int) {
	if s == "" {
		return Written{}, 0
	}
	for _, read := range []func(string) (Written, int){tokenDate, spacedDate, dayOfMonth, eraDate} {
		if d, n = read(s); n > 0 {
			return d, n
		}
	}
	return Written{}, 0
}

// ReadMonth reads a month of a year in numbers at the start of s: "05/2026", "05.2026",
// "5 - 2026". Much that is no date looks the same, so that only who knows that one
// stands there should ask.
func ReadMonth(s string) (d Written, n int) {
	n = digits(s)
	if n < 1 || n > 2 {
		return Written{}, 0
	}
	month, _ := strconv.Atoi(s[:n])
	for _, separator := range []string{" - ", " / ", "/", ".", "-"} {
		rest, ok := strings.CutPrefix(s[n:], separator)
		if !ok || year(rest) == 0 || month < 1 || month > 12 {
			continue
		}
		y, _ := strconv.Atoi(rest[:4])
		return Written{Day: time.Date(y, time.Month(month), 1, 0, 0, 0, 0, time.UTC),
			Month: true}, len(s) - len(rest) + 4
	}
	return Written{}, 0
}

// tokenDate reads a date that is a token.
func tokenDate(s string) (Written, int) {
	n := dateLength(s)
	if n == 0 {
		return Written{}, 0
	}
	p := partsOf(s[:n])
	d := Written{Month: p.n < len(p.numbers)-1 && p.month != 0 || p.month == 0 && p.n < len(p.numbers)}
	first, ok := p.dayFirst()
	second, okSecond := p.monthFirst()
	switch {
	case !ok && !okSecond:
		return Written{}, 0
	case !ok:
		d.Day = second
	case okSecond && !second.Equal(first):
		d.Day, d.Other = first, second
	default:
		d.Day = first
	}
	return d, n
}

// dateParts are what a date is written with.
type dateParts struct {
	numbers [3]int
	n       int        // how many numbers
	month   time.Month // by its name; 0 when it is a number
	yearAt  int        // which number is the year; -1 when none is
	dotted  bool       // with points, where the day comes first everywhere
}

func partsOf(date string) dateParts {
	p := dateParts{yearAt: -1, dotted: strings.Contains(date, ".")}
	for i := 0; i < len(date) && p.n < len(p.numbers); {
		switch d := digits(date[i:]); {
		case d > 0:
			if p.numbers[p.n], _ = strconv.Atoi(date[i : i+d]); d == 4 {
				p.yearAt = p.n
			}
			p.n++
			i += d
		default:
			k := max(wordLength(date[i:]), 1)
			if d := strings.IndexAny(date[i:i+k], "0123456789"); d > 0 {
				k = d // a unit of Hangul
			}
			if m := months[strings.ToLower(date[i:i+k])]; m != 0 {
				p.month = m
			}
			i += k
		}
	}
	if p.yearAt < 0 && p.n == len(p.numbers) && p.month == 0 {
		p.yearAt, p.numbers[2] = 2, p.numbers[2]+2000
	}
	return p
}

// dayFirst is the day that the parts name where the day is before the month; it is
// false of what is no day in any calendar.
func (p dateParts) dayFirst() (time.Time, bool) {
	switch {
	case p.yearAt < 0:
		return time.Time{}, false
	case p.month != 0:
		return day(p.numbers[p.yearAt], p.month, p.numbers[1-min(p.yearAt, 1)], p.n)
	case p.yearAt == 0:
		return day(p.numbers[0], time.Month(p.numbers[1]), p.numbers[2], p.n)
	}
	return day(p.numbers[2], time.Month(p.numbers[1]), p.numbers[0], p.n)
}

// monthFirst is the day that three numbers name where the month is before the day. With
// points between them it is never meant, unless there is no such day else.
func (p dateParts) monthFirst() (time.Time, bool) {
	if p.month != 0 || p.yearAt != 2 {
		return time.Time{}, false
	}
	if _, ok := p.dayFirst(); ok && p.dotted {
		return time.Time{}, false
	}
	return day(p.numbers[2], time.Month(p.numbers[0]), p.numbers[1], p.n)
}

// spacedDate reads "2026. 1. 5.", as Korean and Hungarian have it.
func spacedDate(s string) (Written, int) {
	at := year(s)
	if at == 0 || !strings.HasPrefix(s[at:], ". ") {
		return Written{}, 0
	}
	y, _ := strconv.Atoi(s[:at])
	var numbers [2]int
	for i := range numbers {
		if !strings.HasPrefix(s[at:], ". ") {
			return Written{}, 0
		}
		at += len(". ")
		n := digits(s[at:])
		if n < 1 || n > 2 {
			return Written{}, 0
		}
		numbers[i], _ = strconv.Atoi(s[at : at+n])
		at += n
	}
	t, ok := day(y, time.Month(numbers[0]), numbers[1], len(numbers)+1)
	if !ok {
		return Written{}, 0
	}
	return Written{Day: t}, at
}

// otherMonths are names of months that make no token of a date.
var otherMonths = func() map[string]time.Month {
	m := map[string]time.Month{}
	for _, year := range []string{
		"styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
		"leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
		"tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
		"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
		"січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
		"ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος " +
			"νοέμβριος δεκέμβριος",
		"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
		"- - - ابريل - - يوليه اغسطس - اكتوبر - -",
	} {
		for i, name := range strings.Fields(year) {
			if name != "-" {
				m[name] = time.Month(i + 1)
			}
		}
	}
	return m
}()

// monthNamed is the month that a word names, in whatever case a language has it.
func monthNamed(word string) time.Month {
	word = strings.ToLower(word)
	if m := months[word]; m != 0 {
		return m
	}
	return otherMonths[word]
}

// dayOfMonth reads "5th day of January, 2026", "January, 5 2026" and what is written
// with months that make no token: "5 يناير 2026", "Styczeń 2026".
func dayOfMonth(s string) (Written, int) {
	at, numbers, of := dayLength(s), 1, 0
	if at > 0 {
		of, _ = strconv.Atoi(s[:digits(s)])
		at += blanks(s[at:])
		for _, glue := range []string{"day ", "of ", "de "} {
			if strings.HasPrefix(s[at:], glue) {
				at += len(glue)
			}
		}
		numbers++
	}
	n := wordLength(s[at:min(len(s), at+maxMonth)] + " ")
	if n == 0 || at+n > len(s) {
		return Written{}, 0
	}
	month := monthNamed(s[at : at+n])
	if month == 0 {
		return Written{}, 0
	}
	at += n
	rest := strings.TrimLeft(s[at:], ", ")
	if numbers == 1 && len(rest) < len(s[at:]) {
		if d := dayLength(rest); d > 0 { // "January, 5 2026"
			of, _ = strconv.Atoi(rest[:digits(rest)])
			numbers, at = numbers+1, len(s)-len(rest)+d
			rest = strings.TrimLeft(s[at:], ", ")
		}
	}
	if len(rest) == len(s[at:]) || year(rest) == 0 {
		return Written{}, 0
	}
	y, _ := strconv.Atoi(rest[:4])
	t, ok := day(y, month, of, numbers)
	if !ok {
		return Written{}, 0
	}
	return Written{Day: t, Month: numbers == 1}, len(s) - len(rest) + 4
}

// eras are the eras of Japan that dates are written in, and the year before each.
var eras = []struct {
	name   string
	before int
}{{"令和", 2018}, {"平成", 1988}}

// eraDate reads "令和8年1月5日".
func eraDate(s string) (Written, int) {
	for _, e := range eras {
		if !strings.HasPrefix(s, e.name) {
			continue
		}
		var numbers [3]int
		at := len(e.name)
		for i, unit := range []string{"年", "月", "日"} {
			n := digits(s[at:])
			switch {
			case n >= 1 && n <= 2:
				numbers[i], _ = strconv.Atoi(s[at : at+n])
			case i == 0 && strings.HasPrefix(s[at:], "元"): // the first year
				numbers[i], n = 1, len("元")
			default:
				return Written{}, 0
			}
			if !strings.HasPrefix(s[at+n:], unit) {
				return Written{}, 0
			}
			at += n + len(unit)
		}
		t, ok := day(e.before+numbers[0], time.Month(numbers[1]), numbers[2], len(numbers))
		if !ok {
			return Written{}, 0
		}
		return Written{Day: t}, at
	}
	return Written{}, 0
}
