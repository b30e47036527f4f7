package stated

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

const (
	// maxStampWords is how many words a stamp has beside its date at most, and
	// maxStampLine its line.
	maxStampWords = 9
	maxStampLine  = 30
	// maxLead is how long, in bytes, a line is at most that leads in a date on the next.
	maxLead = 100
	// maxCellWords is how many words a line has at most that is not cut into cells.
	maxCellWords = 3
	// nearWords is how far from its date, in bytes, a cue in a sentence is at most.
	nearWords = 60
	// headLines and footLines are how many lines with words are at the head and at the
	// foot, where a date alone is the document's.
	headLines, footLines = 8, 4
	// aDay is by how much a date may be ahead of a capture in another time zone and be
	// none that is still to come; wellAhead by how much one that is stated as past is
	// so far ahead that it is the other reading that was meant.
	aDay      = 24 * time.Hour
	wellAhead = 31 * aDay
)

// Find returns the dates that a text states for itself, in the order of the text. The
// capture's time decides what is still to come, and between two readings; zero is
// unknown.
func Find(text string, captured time.Time) []model.StatedDate {
	p := Read(text)
	return Dates([]Placed{{&p, 0}}, captured, func() string { return text })
}

// WithWords is [Find], each date with the words that say so.
func WithWords(text string, captured time.Time) []model.StatedDate {
	dates := Find(text, captured)
	for i := range dates {
		dates[i].Words = text[dates[i].Start:dates[i].End]
	}
	return dates
}

// Part is what a part of a text says by itself: whole lines of it. A text that is read
// part by part, each of them once however many texts it is of, has the same dates as one
// that is read whole.
type Part struct {
	lines int // with words
	dates []partDate
	tail  string // the last line, where it may lead in a date alone on the next one
}

// IsEmpty reports whether a part has no lines with words.
func (p *Part) IsEmpty() bool { return p.lines == 0 }

// partDate is a date in a part.
type partDate struct {
	found
	line int // from 1
	sort dateSort
}

// dateSort is under which condition a date counts.
type dateSort uint8

const (
	ofDocument dateSort = iota
	alone               // at the head or the foot of the text
	aloneFirst          // the same, or after what the part before ends with
	ofClause            // while it is still to come
)

// Placed is a part at a place of a text.
type Placed struct {
	*Part
	At int
}

// found is a date that was found, with all its readings.
type found struct {
	kind       model.StatedKind
	date       redline.Written
	start, end int
}

// Read reads a part of a text.
func Read(s string) Part {
	var r reader
	for from := 0; from < len(s); {
		n := strings.IndexByte(s[from:], '\n')
		if n < 0 {
			n = len(s) - from
		}
		r.readLine(s[from:from+n], from)
		from += n + 1
	}
	if r.lead != "" && len(r.lead) <= maxLead {
		r.part.tail = strings.Clone(r.lead) // it outlives the text
	}
	return r.part
}

// reader goes through the lines of a part.
type reader struct {
	part    Part
	lead    string // the last line with words, where it has no year
	inRange bool   // the date before was the first one of a range
}

func (r *reader) readLine(s string, from int) {
	if !hasWords(s) {
		return
	}
	r.part.lines++
	if !hasYear(s) {
		r.lead = s
		return
	}
	lead := r.lead
	r.lead = ""
	if len(s) > maxLine {
		cut := maxLine
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	l := readLine(s, from)
	spots := spotsIn(l.words)
	if len(spots) == 0 {
		return
	}
	if len(spots) == 1 && isAlone(l, spots[0]) {
		r.addAlone(l, spots[0], lead)
		return
	}
	words := countWords(l.words) - dateWords(l.words, spots)
	at := atSentences
	switch {
	case len(spots) == 1 && words <= maxCellWords:
		at = atNothing
	case words <= maxStampLine:
		at = atBrackets
	}
	r.inRange = false
	for i := range spots {
		r.judge(l, spots, i, at)
	}
}

// hasWords reports whether a line has a letter or a digit.
func hasWords(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

// spot is a date in a line.
type spot struct {
	from, to int
	date     redline.Written
	loose    bool // a month in numbers, which may be something else
}

// spotsIn finds the dates in a line, with a year that documents on the web have.
func spotsIn(s string) []spot {
	var spots []spot
	for i := 0; i < len(s); {
		n := wordLength(s[i:])
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s[i:])
			i += n
			continue
		}
		if isDigit(s[i]) || hasDigit(s[i+n:min(len(s), i+n+4)]) || strings.HasPrefix(s[i:], "令和") ||
			strings.HasPrefix(s[i:], "平成") {
			if at := spotAt(s, i); at.to > 0 {
				spots = append(spots, at)
				i = at.to
				continue
			}
		}
		i += n
		for i+1 < len(s) && isDigit(s[i-1]) && (s[i] == '/' || s[i] == '.') && isDigit(s[i+1]) {
			i++ // what goes on with a point or a stroke begins no date
			i += wordLength(s[i:])
		}
	}
	return spots
}

// wordLength is the length of the word that begins s, letters or digits; a letter of a
// script without spaces is one by itself.
func wordLength(s string) int {
	digits := s != "" && isDigit(s[0])
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if digits != isDigit(byte(r)) || !digits && (r|0x20 < 'a' || r|0x20 > 'z') {
				return i
			}
		case isIdeograph(r):
			if i > 0 {
				return i
			}
			return utf8.RuneLen(r)
		case digits || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r):
			return i
		}
	}
	return len(s)
}

func isDigit(c byte) bool { return c-'0' <= 9 }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// spotAt reads the date that begins at a place; its end is 0 where there is none.
func spotAt(s string, i int) spot {
	d, n := redline.ReadDate(s[i:])
	loose := false
	if n == 0 || !isYear(d.Day) || !endsDate(s[i+n:]) {
		d, n = redline.ReadMonth(s[i:])
		loose = true
	}
	if n == 0 || !isYear(d.Day) || !endsDate(s[i+n:]) {
		return spot{}
	}
	return spot{i, i + n, d, loose}
}

// isYear reports whether documents on the web may be of a day.
func isYear(day time.Time) bool { return day.Year() >= 1990 && day.Year() < 2100 }

// endsDate reports whether a date may end before a rest.
func endsDate(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || r != '/' && (!unicode.IsDigit(r))
}

func dateWords(s string, spots []spot) int {
	n := 0
	for _, at := range spots {
		n += countWords(s[at.from:at.to])
	}
	return n
}

func isAlone(l line, s spot) bool {
	return countWords(l.words[:s.from])+countWords(l.words[s.to:]) == 0 && !strings.ContainsAny(l.words, "[|")
}

// addAlone notes a date alone on its line: of what the line before says, else of the
// document where it stands at its head or foot.
func (r *reader) addAlone(l line, s spot, lead string) {
	if s.loose {
		return
	}
	start, end := l.place(s.from, s.to)
	d := partDate{found{model.StatedDated, s.date, start, end}, r.part.lines, alone}
	if of := leadOf(lead); of.kind != "" {
		d.leadBy(of)
	} else if r.part.lines == 1 {
		d.sort = aloneFirst
	}
	r.part.dates = append(r.part.dates, d)
}

// leadBy makes a date alone one of what leads it in.
func (d *partDate) leadBy(of cue) {
	d.kind, d.sort = of.kind, ofDocument
	if of.other {
		d.date.Other = time.Time{}
	}
}

// leadOf is what a line says that a date on the next one is of; no kind where it says
// nothing of the sort.
func leadOf(lead string) cue {
	var of cue
	if lead == "" || len(lead) > maxLead {
		return of
	}
	low := lower(lead)
	eachCue(low, before, func(c cue, _, to int) {
		if countWords(low[to:]) == 0 {
			of = c
		}
	})
	if of.kind == "" || countWords(low) > maxStampWords || strangers.in(low) || earlier.in(low) {
		return cue{}
	}
	return of
}

// judge finds out what a date of a line is of, and notes it when it's the document's.
func (r *reader) judge(l line, spots []spot, i int, at breakSet) {
	c := contextOf(l.low, spots, i, at)
	near := c.nearestCue()
	stranger := strangers.in(c.left) || strangers.in(c.right)
	if r.inRange && limits.ends(c.left) && countWords(c.left) <= 2 {
		r.inRange = false
		r.add(l, c, ofDocument, hit{model.StatedPrevious, c.spot.from, c.spot.to, false, false})
		return
	}
	r.inRange = false
	what := nothing
	if near.kind != "" && !stranger {
		what = c.of(l.low, maxStampWords, at != atSentences)
	}
	before := c.left
	if at == atBrackets && strings.HasSuffix(l.low[:c.begin0()], "(") {
		before = contextOf(l.low, spots, i, atSentences).left
	}
	switch {
	case what == nothing, c.spot.loose && (what != stamp || near.kind == model.StatedDated):
		if !stranger && !c.spot.loose {
			r.addClause(l, c)
		}
		return
	case limits.ends(c.left) || c.beginsRange():
		if near.kind != model.StatedEffective && !earlier.in(before) {
			return
		}
		near.kind = model.StatedPrevious
		r.inRange = c.beginsRange()
	case earlier.in(before):
		near.kind = model.StatedPrevious
	}
	r.add(l, c, ofDocument, near)
}

func (r *reader) add(l line, c context, sort dateSort, hit hit) {
	start, end := l.place(min(hit.from, c.spot.from), max(hit.to, c.spot.to))
	d := partDate{found{hit.kind, c.spot.date, start, end}, r.part.lines, sort}
	if hit.other {
		d.date.Other = time.Time{}
	}
	r.part.dates = append(r.part.dates, d)
}

// addClause notes a date from when a clause holds, if it is still to come.
func (r *reader) addClause(l line, c context) {
	if limits.ends(c.left) || c.beginsRange() {
		return
	}
	hit := c.nearestCue()
	if hit.kind != model.StatedEffective {
		if !froms.ends(c.left) {
			return
		}
		hit.from, hit.to = c.spot.from, c.spot.to
	}
	hit.kind = model.StatedApplies
	r.add(l, c, ofClause, hit)
}

// Dates returns the dates that a text states for itself, of which the parts are given in
// order; see [Find]. text returns the text, which is asked for where dates of it have to
// show what others mean.
func Dates(parts []Placed, captured time.Time, text func() string) []model.StatedDate {
	f := finder{captured: captured, text: text}
	lines := 0
	for _, p := range parts {
		lines += p.lines
	}
	line, tail := 0, ""
	for _, p := range parts {
		for _, d := range p.dates {
			d.start, d.end = d.start+p.At, d.end+p.At
			if d.sort == aloneFirst {
				if of := leadOf(tail); of.kind != "" {
					d.leadBy(of)
				}
			}
			f.add(d, line+d.line, lines)
		}
		if line += p.lines; p.lines > 0 {
			tail = p.tail
		}
	}
	f.settle()
	return f.dates()
}

// finder puts together what the parts of a text say.
type finder struct {
	captured time.Time
	text     func() string
	found    []found
}

// add takes a date that stands on so manyth a line of so many.
func (f *finder) add(d partDate, line, lines int) {
	switch d.sort {
	case alone, aloneFirst:
		if line > headLines && line <= lines-footLines {
			return
		}
	case ofClause:
		if f.captured.IsZero() || !d.date.Day.After(f.captured.Add(aDay)) {
			return
		}
	}
	f.found = append(f.found, d.found)
}

// settle decides between two readings of a date, by the capture and by the other dates
// of the text.
func (f *finder) settle() {
	var order dateOrder
	asked := false
	for i := range f.found {
		d := &f.found[i]
		if d.date.Other.IsZero() {
			continue
		}
		if !asked {
			order, asked = orderOf(f.text()), true
		}
		first, second := f.isPossible(d.kind, d.date.Day), f.isPossible(d.kind, d.date.Other)
		switch {
		case order == dayFirst, order == eitherOrder && first && !second:
			d.date.Other = time.Time{}
		case order == monthFirst, order == eitherOrder && second && !first:
			d.date.Day, d.date.Other = d.date.Other, time.Time{}
		}
	}
}

// isPossible reports whether a day may be stated as that kind at the capture.
func (f *finder) isPossible(kind model.StatedKind, day time.Time) bool {
	past := kind == model.StatedUpdated || kind == model.StatedPublished || kind == model.StatedDated
	return !past || f.captured.IsZero() || day.Before(f.captured.Add(wellAhead))
}

// dateOrder is in which order a text writes dates of three numbers.
type dateOrder int

const (
	eitherOrder dateOrder = iota // nothing shows, or both
	dayFirst
	monthFirst
)

// orderOf finds out from dates with strokes or dashes that have one reading.
func orderOf(text string) dateOrder {
	var days, months bool
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != '/' && c != '-' || i == 0 || text[i-1]-'0' > 9 {
			continue
		}
		from := i - 1
		for from > 0 && text[from-1]-'0' <= 9 {
			from--
		}
		d, n := redline.ReadDate(text[from:])
		if n == 0 || !d.Other.IsZero() || i-from > 2 || from+n <= i {
			continue
		}
		if leading(text[from:]) > 12 {
			days = true
		} else if leading(text[i+1:]) > 12 {
			months = true
		}
		i = from + n - 1
	}
	switch {
	case days && !months:
		return dayFirst
	case months && !days:
		return monthFirst
	}
	return eitherOrder
}

// leading is the number of one or two digits at the start of s.
func leading(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 2 && s[i]-'0' <= 9; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// dates are what was found, each kind and date once.
func (f *finder) dates() []model.StatedDate {
	var list []model.StatedDate
	seen := map[model.StatedDate]bool{}
	for _, d := range f.found {
		layout := time.DateOnly
		if d.date.Month {
			layout = "2006-01"
		}
		s := model.StatedDate{Kind: d.kind, Date: d.date.Day.Format(layout)}
		if !d.date.Other.IsZero() {
			s.Or = d.date.Other.Format(layout)
			if s.Or < s.Date {
				s.Date, s.Or = s.Or, s.Date
			}
		}
		if seen[s] {
			continue
		}
		seen[s] = true
		s.Start, s.End = d.start, d.end
		list = append(list, s)
	}
	return list
}
