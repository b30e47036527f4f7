package lint

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// unit is what a number counts, as far as one unit can be put in terms of another.
type unit struct {
	of   string // scale: "month", "hour", "percent"; "" for anything else
	each float64
}

var units = map[string]unit{}

func init() {
	for _, row := range []struct {
		words string
		unit
	}{
		{"year years yr yrs jahr jahre jahren ans année années año años anno anni ano anos", unit{"month", 12}},
		{"month months monat monate monaten mois mes meses mese mesi mês", unit{"month", 1}},
		{"week weeks woche wochen semaine semaines semana semanas settimana settimane", unit{"hour", 168}},
		{"day days tag tage tagen jour jours día días giorno giorni dia dias", unit{"hour", 24}},
		{"hour hours stunde stunden heure heures hora horas ora ore", unit{"hour", 1}},
		{"minute minutes minuten", unit{"hour", 1. / 60}},
		{"percent percentage pct prozent pourcent porcentaje", unit{"percent", 1}},
	} {
		for _, w := range strings.Fields(row.words) {
			units[w] = row.unit
		}
	}
}

// amount is a number in a text, or a date.
type amount struct {
	text  string // as it is written
	value float64
	unit  unit
	date  string // 2026-01-31, "" for a number
	// excused numbers say nothing of the clause: they name an article or a law, or count
	// what the clause lists.
	excused bool

	from, to int // tokens
}

var smallNumbers = func() map[string]float64 {
	m := map[string]float64{}
	for i, w := range strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen " +
		"fourteen " +
		"fifteen sixteen seventeen eighteen nineteen") {
		m[w] = float64(i)
	}
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		m[w] = float64(i+2) * 10
	}
	return m
}()

// ordinals are one of so many: who appoints "a third" arbitrator has three.
var ordinals = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth")

var largeNumbers = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "mio": 1e6,
	"mrd": 1e9}

// references are words before the number of a place in a law or a document, or of a
// thing that has one for a name.
var references = set(`
article articles art arts section sections sec secs s § §§ recital recitals chapter chapters part parts clause
clauses paragraph paragraphs para paras annex annexes schedule schedules no nos number title titles regulation
regulations directive directives act acts law laws rule rules version versions tier level phase point points
item items question questions step steps appendix exhibit row table figure convention bill loi ley lei gesetz
artikel absatz abs nr decree order form`)

// listed are what a clause may list or be part of, so that a number before them counts.
var listed = set(`
purposes ways parts cases exceptions conditions kinds categories steps sentences things reasons rights clauses
groups types points sections paragraphs versions changes items uses grounds situations provisions elements
limits carve-outs routes options parties sides places documents obligations duties circumstances bases
activities lists examples`)

// pointing are words before a number that counts what was spoken of.
var pointing = set("the these those all other its both of their")

// checkNumbers holds the numbers that are said to be in a clause against its words.
func checkNumbers(s *subject) {
	known := s.numbersOfEvidence()
	if known == nil {
		return
	}
	for _, p := range s.prose() {
		if p.field != "title" && p.field != "summary" && p.field != "what_it_is" {
			continue
		}
		for _, a := range amountsIn(p.text) {
			if !a.excused && !known.has(a) {
				s.report(p.field, "“%s” is neither in the clause nor in its redline or headings", a.text)
			}
		}
	}
}

// numbers are the amounts of some texts, by value, on each scale, and by day.
type numbers struct {
	units  map[float64][]unit
	scales map[unit]bool
	dates  map[string]bool
}

func (n *numbers) add(text string) {
	for _, a := range amountsIn(text) {
		if a.date != "" {
			n.addDate(a.date)
			continue
		}
		n.units[a.value] = addUnit(n.units[a.value], a.unit)
		for _, u := range scaled(a) {
			n.scales[u] = true
		}
	}
}

func (n *numbers) addDate(date string) {
	if at, err := time.Parse(time.DateOnly, date); err == nil {
		n.dates[date] = true
		n.dates[at.Format("2006-01")] = true
		n.units[float64(at.Year())] = addUnit(n.units[float64(at.Year())], counted)
		n.units[float64(at.Day())] = addUnit(n.units[float64(at.Day())], counted)
	}
}

// addUnit keeps each unit once: there are few.
func addUnit(list []unit, u unit) []unit {
	for _, v := range list {
		if v == u {
			return list
		}
	}
	return append(list, u)
}

// counted is the unit of a number that isn't the clause's, such as the version it is of:
// what names it names no unit.
var counted = unit{of: "count"}

// scaled puts a length of time in terms of each scale it is exact on.
func scaled(a amount) []unit {
	switch a.unit.of {
	case "month":
		of := []unit{{"month", a.value * a.unit.each}}
		if a.unit.each == 12 { // a year is 365 days, too
			of = append(of, unit{"hour", a.value * 365 * 24})
		}
		return of
	case "hour":
		return []unit{{"hour", a.value * a.unit.each}}
	}
	return nil
}

// has reports whether an amount is among them: the same number, unless it counts
// another unit, or the same length of time.
func (n *numbers) has(a amount) bool {
	if a.date != "" {
		at, err := time.Parse(time.DateOnly, a.date)
		return err == nil && (n.dates[a.date] || at.Day() == 1 && n.dates[at.Format("2006-01")])
	}
	for _, u := range n.units[a.value] {
		if u == a.unit || u.of == "" || a.unit.of == "" {
			return true
		}
	}
	for _, u := range scaled(a) {
		if n.scales[u] {
			return true
		}
	}
	return false
}

// numbersOfEvidence collects what a record's prose may name: the numbers of the quoted
// clauses, the redline and their headings, of the document's name and of its captures.
// It is nil when nothing is quoted.
func (s *subject) numbersOfEvidence() *numbers {
	r := s.record
	if len(r.Provisions) == 0 && len(r.Clauses) == 0 {
		return nil
	}
	n := &numbers{map[float64][]unit{}, map[unit]bool{}, map[string]bool{}}
	for _, p := range r.Provisions {
		n.add(p.Quote.Text)
		n.add(strings.Join(p.Heading, "\n"))
	}
	for _, c := range r.Clauses {
		for _, q := range []*model.Quote{c.Old, c.New} {
			if q != nil {
				n.add(q.Text)
			}
		}
		n.add(strings.Join(c.Heading, "\n"))
	}
	for _, name := range []string{r.Platform.Name, r.Type, s.writing.DocumentLastUpdated} {
		n.add(name)
	}
	for _, at := range []time.Time{r.From.CapturedAt, r.To.CapturedAt, r.FirstTracked, r.LastVerified} {
		if !at.IsZero() {
			n.addDate(day(at))
		}
	}
	for _, count := range []int{len(r.Provisions), len(r.Clauses), r.From.Seq, r.To.Seq} {
		n.units[float64(count)] = addUnit(n.units[float64(count)], counted)
	}
	return n
}

// amountsIn lists the numbers of a text.
func amountsIn(text string) []amount {
	c := counter{}
	for _, t := range redline.Tokens(clause.Visible(text)) {
		if !redline.IsSpace(t) {
			c.tokens = append(c.tokens, t)
		}
	}
	for c.at < len(c.tokens) {
		c.next()
	}
	return c.found
}

// counter goes through the tokens of a text that are no white space.
type counter struct {
	tokens []string
	at     int
	named  bool // the numbers that come name a place in a law or the like
	found  []amount
}

func (c *counter) next() {
	t := c.tokens[c.at]
	lower := strings.ToLower(t)
	switch {
	case redline.IsDate(t):
		if at, ok := redline.Earliest(t); ok {
			c.found = append(c.found, amount{text: t, date: at.Format(time.DateOnly), excused: c.named})
		}
		c.at++
	case c.number():
	case !redline.IsWord(t) && t != "§":
		c.named = c.named && t != ";" && t != "\"" && t != "?" && t != "!"
		c.at++
	default:
		c.named = references[lower] || c.named && isConnector(lower) || isAcronym(t)
		if u, ok := units[lower]; ok && c.at > 0 && isArticle(c.tokens[c.at-1]) {
			c.found = append(c.found, amount{text: lower, value: 1, unit: u, excused: true})
		}
		if n := slices.Index(ordinals, lower); n >= 0 {
			c.found = append(c.found, amount{text: lower, value: float64(n + 1), excused: true})
		}
		if u, ok := everyUnit[lower]; ok {
			c.found = append(c.found, amount{text: lower, value: 1, unit: u, excused: true})
		}
		c.at++
	}
}

func isConnector(word string) bool {
	switch word {
	case "and", "or", "to", "through", "of", "eu", "ec", "u", "c", "usc", "cfr", "bis", "et", "seq", "und", "y", "e":
		return true
	}
	return false
}

// isArticle reports whether a word before a unit means one of it.
func isArticle(word string) bool {
	switch strings.ToLower(word) {
	case "a", "an", "each", "every", "per", "one", "ein", "eine", "einem", "einer", "eines", "un", "une", "una", "uno",
		"um":
		return true
	}
	return false
}

// everyUnit are words that say one of a unit.
var everyUnit = map[string]unit{"annual": {"month", 12}, "annually": {"month", 12}, "yearly": {"month", 12},
	"monthly": {"month", 1}, "weekly": {"hour", 168}, "daily": {"hour", 24}, "hourly": {"hour", 1}}

// isAcronym reports whether a word is one whose number is part of its name: "ISO 27001".
func isAcronym(t string) bool {
	return len(t) > 1 && len(t) <= 5 && strings.ToUpper(t) == t && strings.ToLower(t) != t && !redline.IsMoney(t) &&
		!redline.IsNumber(t)
}

// number takes the number that begins here, and reports whether one does.
func (c *counter) number() bool {
	from := c.at
	value, ok := c.value()
	if !ok {
		c.at = from
		return false
	}
	text := strings.Join(c.tokens[from:c.at], " ")
	a := amount{text: text, value: value, from: from, to: c.at}
	last := c.tokens[c.at-1]
	if strings.HasSuffix(last, "%") {
		a.unit = units["percent"]
	}
	c.measure(&a)
	if a.unit.of == "" && (strings.EqualFold(text, "one") || strings.EqualFold(text, "zero")) {
		return true // rather a pronoun, or none
	}
	a.excused = c.named && a.unit.of == "" && !redline.IsMoney(c.tokens[from]) || c.countsListed(a, from) || c.isOfCode()
	c.found = append(c.found, a)
	return true
}

// measure looks for what a number counts: the next word, behind a repetition of the
// number in brackets, hyphens and kinds of day.
func (c *counter) measure(a *amount) {
	for i, passed := c.at, 0; i < len(c.tokens) && passed < 5; i, passed = i+1, passed+1 {
		t := strings.ToLower(c.tokens[i])
		if u, ok := units[t]; ok {
			if a.unit.of == "" {
				a.unit = u
			}
			if passed == 0 || c.tokens[i-1] == "-" {
				a.text += " " + t
			}
			a.to = i + 1
			return
		}
		value, isNumber := digitsOf(c.tokens[i])
		switch {
		case t == "-" || t == "(" || t == ")" || isNumber && value == a.value:
		case t == "per" || t == "cent":
			if t == "cent" && i > 0 && strings.EqualFold(c.tokens[i-1], "per") {
				a.unit, a.to = units["percent"], i+1
				return
			}
		case t == "calendar" || t == "business" || t == "working" || t == "full" || t == "consecutive" || t == "more":
		default:
			return
		}
	}
}

// countsListed reports whether a number counts what a clause lists: "three purposes",
// "the two".
func (c *counter) countsListed(a amount, from int) bool {
	if a.unit.of != "" || a.value > 20 || a.value != float64(int(a.value)) || redline.IsMoney(c.tokens[from]) {
		return false
	}
	if _, inWords := smallNumbers[strings.ToLower(a.text)]; inWords && a.value < 10 && from > 0 &&
		pointing[strings.ToLower(c.tokens[from-1])] {
		return true
	}
	for i, words := c.at, 0; i < len(c.tokens) && words < 3; i++ {
		if !redline.IsWord(c.tokens[i]) {
			if c.tokens[i] != "-" {
				return false
			}
			continue
		}
		if listed[strings.ToLower(c.tokens[i])] {
			return true
		}
		words++
	}
	return false
}

// isOfCode reports whether the number is of a volume of laws: "16 CFR", "15 U.S.C.".
func (c *counter) isOfCode() bool {
	if c.at >= len(c.tokens) {
		return false
	}
	t := c.tokens[c.at]
	return t == "CFR" || t == "USC" || t == "U" && c.at+2 < len(c.tokens) && c.tokens[c.at+1] == "." &&
		c.tokens[c.at+2] == "S"
}

// value reads a number in digits or words, with the words that multiply it.
func (c *counter) value() (float64, bool) {
	if value, ok := digitsOf(c.tokens[c.at]); ok {
		c.at++
		if c.at < len(c.tokens) {
			if times, ok := largeNumbers[strings.ToLower(c.tokens[c.at])]; ok {
				c.at++
				value *= times
			}
		}
		return value, true
	}
	total, part, read := 0., 0., false
	for ; c.at < len(c.tokens); c.at++ {
		word := strings.ToLower(c.tokens[c.at])
		small, isSmall := smallNumbers[word]
		large, isLarge := largeNumbers[word]
		switch {
		case isSmall && (!read || part == 0 || part >= 20 && small < 10 || part >= 100):
			part += small
		case isLarge && large == 100 && (read || isArticleAt(c.tokens, c.at-1)):
			part = max(part, 1) * large
		case isLarge && large > 100 && (read || isArticleAt(c.tokens, c.at-1)):
			total, part = total+max(part, 1)*large, 0
		case read && (word == "-" || word == "and") && c.at+1 < len(c.tokens) && c.continues(part):
			continue
		default:
			return total + part, read
		}
		read = true
	}
	return total + part, read
}

// continues reports whether the word behind a hyphen or "and" goes on with a number.
func (c *counter) continues(part float64) bool {
	small, ok := smallNumbers[strings.ToLower(c.tokens[c.at+1])]
	hyphen := c.tokens[c.at] == "-"
	return ok && small > 0 && (hyphen && part >= 20 && part < 100 && small < 10 || !hyphen && part >= 100)
}

func isArticleAt(tokens []string, i int) bool { return i >= 0 && isArticle(tokens[i]) }

// digitsOf reads a number in digits: with a currency, a percent sign, and points or
// commas between thousands or before decimals. References such as "6(1)" and names
// such as "MP3" are no numbers.
func digitsOf(token string) (float64, bool) {
	if !redline.IsNumber(token) || redline.IsDate(token) {
		return 0, false
	}
	digits := strings.TrimFunc(token, func(r rune) bool { return r < '0' || r > '9' })
	before, behind, _ := strings.Cut(token, digits)
	if digits == "" || strings.ContainsFunc(before+behind, isWordRune) {
		return 0, false
	}
	if i := strings.LastIndexAny(digits, ".,"); i >= 0 && (len(digits)-i-1 != 3 || strings.Count(digits,
		digits[i:i+1]) == 1 &&
		strings.ContainsAny(digits[:i], ".,")) {
		decimals := digits[i+1:]
		digits = withoutSeparators(digits[:i]) + "." + decimals
	} else {
		digits = withoutSeparators(digits)
	}
	value, err := strconv.ParseFloat(digits, 64)
	return value, err == nil
}

func withoutSeparators(digits string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,'’ \u00a0\u202f", r) {
			return -1
		}
		return r
	}, digits)
}
