package rules

import "strings"

// Details of counters and times, as they are named to the reader.
const (
	detailRelativeTime = "relative time"
	detailCounter      = "counter"
	detailDuration     = "length of a video"
)

var (
	relativeDay = pattern(`^(?:%s)$`, timeSpan, `(?:an?|one|\d+) `+timeUnit, `yesterday`, `today`, `just now`,
		`last (?:week|month|year)`)
	timeAgo = pattern(`(?i)^` + marks + `(?:(?:(?:last )?` + renewed + `|as of)` + marks + `)?` +
		`(?:on )?(?:over |about |almost )?` + timeSpan + marks + `$`)
	thisWeek = pattern(`(?i)^`+marks+`(?:last )?`+renewed+marks+`(?:%s)`+marks+`$`,
		`today`, `yesterday`, `just now`, `(?:this|last) (?:week|month|year)`)
	timeAgoIn = pattern(`(?i)(?:^|[,;(])[^\pL]*(?:last |latest )?(?:`+renewed+`|%s)[^a-z0-9,;]+(?:by [^\s,;]{1,30} )?(?:on )?`+
		`(?:`+timeSpan+`|yesterday|today|just now|last (?:week|month|year))(?: by [^\s,;]{1,30})?[^\pL\d]*$`,
		`comment`, `reply`, `answer`, `post`, `message`)
	clockTime = pattern(`^[^\pL\d]*\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?\d{1,2}:\d\d(?::\d\d)?)?[^\pL\d]*$`)
	counted   = pattern(`(?i)^`+marks+`[\d.,]+[km]? (?:%s)`+marks+`$`,
		`comments?`, `views?`, `likes?`, `shares?`, `replies`, `votes?`, `followers`, `ratings?`, `reviews?`,
		`people found this helpful`, `out of [\d.,]+ found this helpful`)
	readingTime = pattern(`(?i)^` + marks + `\d+ ?-?(?:min(?:ute)?s?)\.? read` + marks + `$`)
)

// counter names what a phrase is that is nothing but counters and relative
// times: "3,498 views · 3 months ago"; "" when it is none.
func counter(phrase string) string {
	what := ""
	between := func(r rune) bool { return strings.ContainsRune("·|•∙⋅", r) }
	for part := range strings.FieldsFuncSeq(phrase, between) {
		for part := range strings.SplitSeq(part, " - ") {
			part = strings.TrimSpace(part)
			switch {
			case part == "":
			case mayBeTime(part) && (timeAgo.MatchString(part) || thisWeek.MatchString(part)):
				what = detailRelativeTime
			case strings.IndexByte(part, ':') >= 0 && clockTime.MatchString(part):
				what = detailDuration
			case mayBeCounter(part) && (counted.MatchString(part) || readingTime.MatchString(part)):
				if what == "" {
					what = detailCounter
				}
			default:
				return ""
			}
		}
	}
	return what
}

// mayBeTime rules out what timeAgo and thisWeek don't match: the one ends with "ago",
// and in the other is a word that ends with "ed".
func mayBeTime(s string) bool { return containsFold(s, "ago") || containsFold(s, "ed") }

// mayBeCounter rules out what counted and readingTime don't match.
func mayBeCounter(s string) bool { return strings.ContainsAny(s, "0123456789.,") }

// containsFold reports whether letters of ASCII are in a text in whatever case.
func containsFold(s, low string) bool {
	for i := 0; i+len(low) <= len(s); i++ {
		k := 0
		for k < len(low) && s[i+k]|0x20 == low[k] {
			k++
		}
		if k == len(low) {
			return true
		}
	}
	return false
}

// mayCount rules out, in passing, most of what counter would.
func mayCount(s string) bool {
	if strings.Contains(s, " ago") || strings.ContainsAny(s, "0123456789") {
		return true
	}
	for _, end := range [...]string{"week", "day", "month", "year", "now"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
