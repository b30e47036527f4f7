package detect

import (
	"regexp"
	"strings"

	"fineprint/store/text/redline"
)

// Patterns of boilerplate, as they are named to the reader.
const (
	patternRelativeTime = "relative time"
	patternCounter      = "counter"
	patternToken        = "token"
	patternCopyright    = "copyright year"
	patternEmail        = "obfuscated e-mail"
	patternDuration     = "length of a video"
	patternPrice        = "share price"
	patternControl      = "control of the page"
	patternFeedback     = "feedback prompt"
	patternNavigation   = "navigation"
	patternCookies      = "cookie banner"
	patternRepeat       = "repeats what stands there already"
	patternTwice        = "the page twice over"
	patternTitle        = "title of the page"
	patternNotice       = "notice of an update that is over"
	patternContents     = "table of contents"
	patternMachine      = "note for automated readers"
)

// boilerplate names the pattern that a difference follows, "" when none.
func (d difference) boilerplate() string {
	del, ins := d.old[d.i0:d.i1], d.new[d.j0:d.j1]
	x, y := wordsOnly(del), wordsOnly(ins)
	switch {
	case isToken(x) && isToken(y):
		return patternToken
	case isNumbers(x) && isNumbers(y) || isRelativeDay(x) && isRelativeDay(y):
		return d.counter()
	case isObfuscated(x) && isEmail(y) || isEmail(x) && isObfuscated(y):
		return patternEmail
	}
	return ""
}

// isToken reports whether words are one that no person reads: long, of letters
// and digits mixed.
func isToken(words []string) bool {
	if len(words) != 1 {
		return false
	}
	w := words[0]
	if len(w) < 12 {
		return false
	}
	letters, digits := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		case c != '-' && c != '_' && c != '=' && c != '+':
			return false
		}
	}
	return digits >= 2 && letters >= 2
}

func isNumbers(words []string) bool {
	for _, w := range words {
		if strings.Trim(w, "0123456789.,") != "" {
			return false
		}
	}
	return len(words) > 0
}

// isRelativeDay reports whether words are a relative time of their own.
func isRelativeDay(words []string) bool {
	s := strings.ToLower(strings.Join(words, " "))
	return relativeTime.MatchString(s)
}

var (
	relativeTime = regexp.MustCompile(`^(?:(?:an?|one|\d+) (?:second|minute|hour|day|week|month|year)s? ago|yesterday|today|just now|last (?:week|month|year))$`)
	timeAgo      = regexp.MustCompile(`(?i)^[^a-z0-9]*(?:(?:(?:last )?(?:updated|modified|edited|published|posted|reviewed|changed)|as of)[^a-z0-9]*)?(?:on )?(?:over |about |almost )?(?:an?|one|\d+) (?:second|minute|hour|day|week|month|year)s? ago[^a-z0-9]*$`)
	thisWeek     = regexp.MustCompile(`(?i)^[^a-z0-9]*(?:last )?(?:updated|modified|edited|published|posted|reviewed|changed)[^a-z0-9]*(?:today|yesterday|just now|(?:this|last) (?:week|month|year))[^a-z0-9]*$`)
	timeAgoIn    = regexp.MustCompile(`(?i)\b(?:updated|modified|edited|published|posted|reviewed|changed)[^a-z0-9]+(?:on )?(?:an?|one|\d+) (?:second|minute|hour|day|week|month|year)s? ago\b`)
	clockTime    = regexp.MustCompile(`^[^\pL\d]*\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?\d{1,2}:\d\d(?::\d\d)?)?[^\pL\d]*$`)
	counted      = regexp.MustCompile(`(?i)^[^a-z0-9]*[\d.,]+[km]? (?:comments?|views?|likes?|shares?|replies|votes?|followers|ratings?|reviews?|people found this helpful|out of [\d.,]+ found this helpful)[^a-z0-9]*$`)
	reading      = regexp.MustCompile(`(?i)^[^a-z0-9]*\d+ ?-?(?:min(?:ute)?s?)\.? read[^a-z0-9]*$`)
	copyright    = regexp.MustCompile(`(?i)(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}\s*-\s*)?\d{4}`)
	price        = regexp.MustCompile(`(?:NYSE|NASDAQ|Nasdaq)\s*:\s*[A-Z]+`)
	gmtTime      = regexp.MustCompile(`^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d(?: gmt| utc)?$`)
)

// volatile names the pattern of a phrase that is nothing but counters and
// relative times: "3,498 views · 3 months ago"; "" when it is none.
func volatile(phrase string) string {
	what := ""
	for part := range strings.FieldsFuncSeq(phrase, func(r rune) bool { return strings.ContainsRune("·|•∙⋅", r) }) {
		for part := range strings.SplitSeq(part, " - ") {
			part = strings.TrimSpace(part)
			switch {
			case part == "":
			case timeAgo.MatchString(part), thisWeek.MatchString(part):
				what = patternRelativeTime
			case clockTime.MatchString(part):
				what = patternDuration
			case counted.MatchString(part), reading.MatchString(part):
				if what == "" {
					what = patternCounter
				}
			default:
				return ""
			}
		}
	}
	return what
}

// counter names the kind of number that differs, by the words around it; ""
// when it may mean something.
func (d difference) counter() string {
	from, to := phraseAround(d.new, d.j0, d.j1)
	phrase := strings.Join(d.new[from:to], "")
	f0, t0 := phraseAround(d.old, d.i0, d.i1)
	before := strings.Join(d.old[f0:t0], "")
	both := func(p *regexp.Regexp) bool { return p.MatchString(phrase) && p.MatchString(before) }
	switch {
	case both(timeAgo), both(timeAgoIn):
		return patternRelativeTime
	case both(clockTime):
		return patternDuration
	case both(counted), both(reading):
		return patternCounter
	case both(price):
		return patternPrice
	case both(copyright) && d.isYear():
		return patternCopyright
	}
	return ""
}

// isYear reports whether both sides are a year, right after a sign of
// copyright.
func (d difference) isYear() bool {
	del, ins := strings.TrimSpace(strings.Join(d.old[d.i0:d.i1], "")), strings.TrimSpace(strings.Join(d.new[d.j0:d.j1], ""))
	if len(del) != 4 || len(ins) != 4 {
		return false
	}
	lead := strings.ToLower(strings.Join(d.new[max(0, d.j0-6):d.j0], ""))
	return strings.Contains(lead, "©") || strings.Contains(lead, "(c)") || strings.Contains(lead, "copyright")
}

// isObfuscated recognises what a mail protection leaves: "[email protected]".
func isObfuscated(words []string) bool {
	s := strings.ToLower(strings.Join(words, " "))
	return s == "email protected" || s == "email protected email protected"
}

func isEmail(words []string) bool {
	for _, w := range words {
		if !strings.Contains(w, "@") {
			return false
		}
	}
	return len(words) > 0
}

// controls are what the page itself says, not the document: whole clauses.
var controls = lines(`expand all
collapse all
(expand all)
(collapse all)
show more
show less
see more
see less
read more
view more
back to top
return to top
print this page
download pdf
download as pdf
copy link
link copied
menu
skip to content
skip to main content
previous
next
previous article
next article
in this article
on this page
table of contents
jump to
loading
loading...
give feedback
play
play video
pause
replay
unmute
mute`)

// prompts are what a page asks its reader, as whole clauses.
var prompts = lines(`have a moment?
take survey
take the survey
take our survey
tell us how we're doing
was this helpful?
was this article helpful?
was this page helpful?
was this information helpful?
is this page helpful?
did you find this helpful?
did this answer your question?
how helpful was this?
yesno
yes no
thank you for your feedback
thank you for your feedback!
thanks for your feedback
thanks for your feedback!
thanks for letting us know
still need help?
need more help?
have more questions? submit a request
submit a request
return to top
related articles
related topics
recently viewed articles`)

var cookieButtons = lines(`accept all
accept
accept cookies
accept all cookies
allow all cookies
allow all
reject all
reject
reject cookies
decline
decline all
only allow essential cookies
decline optional cookies
allow essential and optional cookies
essential cookies only
necessary cookies only
manage cookies
manage data settings
manage preferences
manage settings
manage choices
cookie settings
cookie preferences
cookies settings
your privacy choices
customize
save preferences
confirm my choices
got it
i agree
agree
agree and close`)

func lines(s string) map[string]bool {
	m := map[string]bool{}
	for _, l := range strings.Split(s, "\n") {
		m[l] = true
	}
	return m
}

var (
	banner        = regexp.MustCompile(`(?i)^(?:(?:allow|accept) (?:the use of )?cookies (?:from|by) .{1,60}(?:on|in) this browser\?|(?:this (?:web)?site|we|we and our [a-z -]{4,30}|our (?:web)?site) uses? (?:[a-z]+ )?cookies\b.*|(?:your|manage (?:your )?|we value your) ?(?:cookie|privacy)(?: (?:choices|preferences|settings))?)$`)
	bannerButtons = regexp.MustCompile(`(?i)\b(?:accept|allow|reject|decline)(?: all)?(?: cookies)?[^\pL]*$`)
	machine       = regexp.MustCompile(`(?i)(?:llms\.txt|documentation index|use this file to discover all available pages|fetch the complete documentation index)`)
	wait          = regexp.MustCompile(`(?i)(?:wait time to speak|longer wait|higher than (?:usual|normal) (?:call|contact|chat)? ?volumes?|find a quicker solution)`)
)

// maxFurniture is how long, in bytes, a clause of page furniture is.
const maxFurniture = 240

// furniture names the page furniture that a whole clause is, "" when it is
// none.
func furniture(visible string) string {
	if len(visible) > maxFurniture {
		return ""
	}
	s := strings.ToLower(strings.Trim(visible, " -*•|·.:"))
	switch {
	case controls[s]:
		return patternControl
	case prompts[s]:
		return patternFeedback
	case strings.Contains(s, "index") && machine.MatchString(visible):
		return patternMachine
	case (strings.Contains(s, "wait") || strings.Contains(s, "quicker") || strings.Contains(s, "volume")) && wait.MatchString(visible):
		return patternControl
	case len(s) < 80 && mayBeVolatile(s) && volatile(visible) != "":
		return volatile(visible)
	case !strings.ContainsAny(s, "0123456789"):
		return ""
	case strings.Contains(s, ":") && len(s) < 40 && gmtTime.MatchString(s):
		return patternRelativeTime
	case !strings.Contains(s, " ") && isToken(wordsOnly(redline.Tokens(visible))):
		return patternToken
	}
	return ""
}

// mayBeVolatile rules out, in passing, most of what volatile would.
func mayBeVolatile(s string) bool {
	return strings.Contains(s, " ago") || strings.ContainsAny(s, "0123456789") ||
		strings.HasSuffix(s, "week") || strings.HasSuffix(s, "day") || strings.HasSuffix(s, "month") || strings.HasSuffix(s, "year") || strings.HasSuffix(s, "now")
}

// copyrightLine reports whether a clause is nothing but whose copyright the
// page is.
func copyrightLine(visible string) bool {
	return len(visible) < 120 && (strings.Contains(visible, "©") || strings.Contains(visible, "(") || strings.Contains(visible, "opyright")) && copyright.MatchString(visible) && countWords(redline.Tokens(visible)) <= 8
}
