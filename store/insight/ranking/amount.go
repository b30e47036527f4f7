package ranking

import (
	"strconv"
	"strings"
	"unicode"

	"fineprint/store/text/redline"
)

func isModal(tokens []string, i int) bool { return redline.Modal(tokens[i]) }

// isAmount reports whether a token is how much, how many or how long of something: no
// date, no year and no section's number.
func isAmount(tokens []string, i int) bool {
	t := tokens[i]
	if redline.IsTarget(t) || redline.IsDate(t) || !startsAmount(t) {
		return false
	}
	return amountAt(tokens, i).unit != ""
}

func startsAmount(t string) bool {
	r := firstRune(t)
	return unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) && strings.ContainsAny(t, "0123456789")
}

// amount is a number with what it counts.
type amount struct {
	text  string // as it stands, without its unit
	value float64
	unit  string // a word, or the sign of a currency or of percent; "" for no amount
}

// amountAt is the amount whose number is token i.
func amountAt(tokens []string, i int) amount {
	text := tokens[i]
	a := amount{text: text}
	number := text
	switch {
	case unicode.Is(unicode.Sc, firstRune(text)):
		a.unit = string(firstRune(text))
		number = text[len(a.unit):]
	case strings.HasSuffix(text, "%"):
		a.unit, number = "%", strings.TrimSuffix(text, "%")
	default:
		if n, unit, ok := strings.Cut(text, "-"); ok && units[unit+"s"] {
			a.text, a.unit, number = n, unit, n
		} else {
			a.unit = unitAfter(tokens, i)
		}
	}
	var err error
	a.value, err = strconv.ParseFloat(strings.ReplaceAll(number, ",", ""), 64)
	if err != nil {
		a.unit = ""
	}
	return a
}

// unitAfter is the unit that stands after a number, in lower case; "" for none.
func unitAfter(tokens []string, i int) string {
	for k := i + 1; k < len(tokens) && k <= i+4; k++ {
		t := strings.ToLower(tokens[k])
		switch {
		case strings.Trim(t, " \t\n\u00a0)-") == "":
			continue
		case t == "calendar" || t == "business" || t == "working" || t == "full" || t == "consecutive":
			continue
		case units[t] || units[t+"s"]:
			return t
		}
		return ""
	}
	return ""
}

// sameUnit reports whether two units are the same, be it one of them or several.
func sameUnit(a, b string) bool { return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") }

// units are what numbers of terms count.
var units = func() map[string]bool {
	m := map[string]bool{}
	for _, u := range strings.Fields("seconds minutes hours days weeks months quarters years users employees members " +
		"accounts devices percent dollars euros pounds usd eur gbp followers subscribers characters words people " +
		"participants licenses seats requests calls gb mb tb kb messages posts videos photos files attempts times " +
		"tage wochen monate jahre stunden jours semaines mois ans heures días semanas meses años horas dagen weken " +
		"maanden jaar giorni settimane mesi anni dias anos") {
		m[u] = true
	}
	return m
}()
