package playbook

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"fineprint/store/lint"
)

// ruleKind is what a position expects.
type ruleKind uint8

const (
	limit ruleKind = iota
	never
	mustSay
	absent
	present
)

// rule is an expectation as it was read.
type rule struct {
	kind   ruleKind
	most   bool // of a limit: at most
	value  float64
	scale  string   // "day", "percent", or a currency
	say    []phrase // never: the words; must say: one of them
	unless []phrase
}

// scales are the units of a limit, each with how many of its scale it has.
var scales = map[string]struct {
	scale string
	each  float64
}{
	"hour": {"day", 1. / 24}, "day": {"day", 1}, "week": {"day", 7}, "month": {"day", aMonth}, "year": {"day", 365},
	"percent": {"percent", 1}, "%": {"percent", 1},
	"usd": {"USD", 1}, "dollar": {"USD", 1}, "eur": {"EUR", 1}, "euro": {"EUR", 1},
	"gbp": {"GBP", 1}, "pound": {"GBP", 1},
}

const (
	aMonth = 365. / 12 // days
	// tolerance is by how much an amount may be beyond a limit and be no deviation.
	tolerance = 0.03
)

var limits = regexp.MustCompile(`^at (most|least) ([0-9]+(?:[.,][0-9]+)?) ?(%|[a-z]+)$`)

// parseRule reads what is expected.
func (p *Playbook) parseRule(s string) (r rule, err error) {
	low := strings.Join(strings.Fields(strings.ToLower(s)), " ")
	switch {
	case low == "absent":
		return rule{kind: absent}, nil
	case low == "present":
		return rule{kind: present}, nil
	case strings.HasPrefix(low, "at most"), strings.HasPrefix(low, "at least"):
		return parseLimit(low)
	case strings.HasPrefix(low, "never "):
		r.kind = never
		r.say, err = p.phrases([]string{low[len("never "):]})
		return r, err
	case strings.HasPrefix(low, "must say "):
		r.kind = mustSay
		r.say, err = p.phrases(strings.Split(low[len("must say "):], " or "))
		return r, err
	case strings.HasPrefix(low, "no "):
		words, without, ok := strings.Cut(low[len("no "):], " without ")
		if !ok {
			return r, invalid("%q has no \"without\"; write it as in \"no training without opt-in\", or \"never …\"", s)
		}
		r.kind = never
		if r.say, err = p.phrases([]string{words}); err == nil {
			r.unless, err = p.phrases(strings.Split(without, " or "))
		}
		return r, err
	}
	return r, invalid("can't read expect = %q; write \"at most 12 months\", \"at least 30 days\", \"never …\", "+
		"\"no … without …\", \"must say …\", \"present\" or \"absent\"", s)
}

func parseLimit(low string) (rule, error) {
	m := limits.FindStringSubmatch(low)
	if m == nil {
		return rule{}, invalid("can't read the limit %q; write it as in \"at most 12 months\" or \"at least 5 percent\"", low)
	}
	unit, ok := scales[strings.TrimSuffix(m[3], "s")]
	if !ok {
		return rule{}, invalid("%q is no unit of a limit; use hours, days, weeks, months, years, percent, USD, EUR or GBP", m[3])
	}
	value, err := strconv.ParseFloat(strings.Replace(m[2], ",", ".", 1), 64)
	if err != nil || value > 1e12 {
		return rule{}, invalid("%q is no number of a limit", m[2])
	}
	return rule{kind: limit, most: m[1] == "most", value: value * unit.each, scale: unit.scale}, nil
}

// broken reports whether an amount is beyond the limit.
func (r *rule) broken(value float64) bool {
	if r.most {
		return value > r.value*(1+tolerance)
	}
	return value < r.value*(1-tolerance)
}

// valueOf puts an amount in terms of the scale of the limit; it is false of another kind.
func (r *rule) valueOf(text string, a lint.Amount) (float64, bool) {
	switch {
	case r.scale == "percent":
		return a.Value, a.Scale == "percent"
	case r.scale == "day" && a.Scale == "month":
		return a.Value * aMonth, !isAge(text, a)
	case r.scale == "day" && a.Scale == "hour":
		return a.Value / 24, true
	case r.scale == "day" || a.Scale != "":
		return 0, false
	}
	name, _ := currencyOf(text, a)
	return a.Value, name == r.scale && !math.IsInf(a.Value, 0)
}

// ages are what stands around a number of years that is an age.
var ages = regexp.MustCompile(`(?i)^[\s*_-]*(?:old\b|of age|and (?:older|over)|or (?:older|over|younger|above|under)|minimum)`)

var ageBefore = regexp.MustCompile(`(?i)(?:\bage[ds]?|\bunder|\bminimum age|\byounger than|\bolder than|\bage of)[\s*_]*$`)

func isAge(text string, a lint.Amount) bool {
	return ages.MatchString(text[a.End:]) || ageBefore.MatchString(text[:a.Start])
}

// currencies are the signs and names of currencies, with the name of each.
var currencies = []struct{ sign, name string }{{"€", "EUR"}, {"euro", "EUR"}, {"eur", "EUR"},
	{"£", "GBP"}, {"gbp", "GBP"}, {"pound", "GBP"}, {"$", "USD"}, {"usd", "USD"}, {"us dollar", "USD"}, {"dollar", "USD"}}

// currencyOf is the currency of an amount, by what stands in it, right before it or right
// behind it, "" for none, and where the amount ends with what stands behind it.
func currencyOf(text string, a lint.Amount) (name string, end int) {
	before := strings.TrimRight(strings.ToLower(text[max(0, a.Start-8):a.Start]), " *_")
	number := strings.ToLower(text[a.Start:a.End])
	behind := text[a.End:min(len(text), a.End+16)]
	word := strings.TrimLeft(behind, " *_")
	for _, c := range currencies {
		switch {
		case strings.Contains(number, c.sign), strings.HasSuffix(before, c.sign):
			return c.name, a.End
		case len(word) >= len(c.sign) && strings.EqualFold(word[:len(c.sign)], c.sign):
			end = a.End + len(behind) - len(word) + len(c.sign)
			if end < len(text) && (text[end] == 's' || text[end] == 'S') {
				end++
			}
			return c.name, end
		}
	}
	return "", a.End
}
