package rules

import (
	"bytes"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	clauseVersion = 3
	clauseSum     = ""
)

// sides are which sides a clause has that is judged.
type sides uint8

const (
	both    sides = 1 << iota // its words differ
	added                     // only a new one
	removed                   // only an old one
	moved                     // it is in another place
)

// clauseRules judge a clause as a whole. For both sides, the least that must be
// taken away for them to be the same names the reason.
var clauseRules = []*Rule{
	{
		Name: "link target", Scope: OfClause, Reason: model.ReasonLink, on: both,
		clause: func(c *Clause) bool { return c.same && !c.sameAt(clause.DepthMarkup) },
	},
	{
		Name: "formatting", Scope: OfClause, Reason: model.ReasonFormatting, on: both,
		clause: func(c *Clause) bool { return c.same && !c.sameAt(clause.DepthTypography) },
	},
	{
		Name: "typography", Scope: OfClause, Reason: model.ReasonTypography, on: both,
		clause: func(c *Clause) bool { return c.same && !c.sameAt(clause.DepthSpace) },
	},
	{
		Name: "white space", Scope: OfClause, Reason: model.ReasonWhitespace, on: both,
		clause: func(c *Clause) bool { return c.same },
	},
	{
		Name: "punctuation", Scope: OfClause, Reason: model.ReasonTypography, on: both,
		clause: func(c *Clause) bool { return c.wording() == model.ReasonTypography },
	},
	{
		Name: "case", Scope: OfClause, Reason: model.ReasonCase, on: both,
		clause: func(c *Clause) bool { return c.wording() == model.ReasonCase },
	},
	{
		Name: "words run together throughout", Scope: OfClause, Reason: model.ReasonWhitespace, on: both,
		clause: func(c *Clause) bool { return c.wording() == model.ReasonWhitespace },
	},
	{
		Name: "number of a clause", Scope: OfClause, Reason: model.ReasonNumbering, on: both,
		clause: (*Clause).isRenumbered,
	},
	{
		Name: "markup alone", Scope: OfClause, Reason: model.ReasonFormatting, on: added | removed,
		clause: func(c *Clause) bool { return c.only() == "" },
	},
	{
		Name: "punctuation alone", Scope: OfClause, Reason: model.ReasonTypography, on: added | removed,
		clause: func(c *Clause) bool { return !hasWord(c.only()) },
	},
	{
		Name: "date line", Scope: OfClause, Reason: model.ReasonDate, on: added | removed,
		clause: func(c *Clause) bool {
			v := c.only()
			return len(v) < maxDateLine && HasYear(v) && onlyDateLines(redline.Tokens(v))
		},
	},
	{
		Name: "control of the page", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailControl,
		on: added | removed, clause: func(c *Clause) bool { return c.isLine(controls) },
	},
	{
		Name: "feedback prompt", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: "feedback prompt",
		on: added | removed, clause: func(c *Clause) bool { return c.isLine(prompts) },
	},
	{
		Name: "note for automated readers", Scope: OfClause, Reason: model.ReasonBoilerplate,
		Detail: "note for automated readers", on: added | removed,
		clause: func(c *Clause) bool {
			return c.isShort() && strings.Contains(c.line(), "index") && machine.MatchString(c.only())
		},
	},
	{
		Name: "waiting time", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailControl,
		on: added | removed, clause: (*Clause).isWaitingTime,
	},
	{
		Name: "relative time", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailRelativeTime,
		on: both | added | removed, clause: func(c *Clause) bool { return c.counter() == detailRelativeTime },
	},
	{
		Name: "length of a video", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailDuration,
		on: both | added | removed, clause: func(c *Clause) bool { return c.counter() == detailDuration },
	},
	{
		Name: "counter", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailCounter,
		on: both | added | removed, clause: func(c *Clause) bool { return c.counter() == detailCounter },
	},
	{
		Name: "time of the server", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailRelativeTime,
		on: added | removed, clause: (*Clause).isServerTime,
	},
	{
		Name: "token alone", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailToken,
		on: added | removed, clause: (*Clause).isTokenAlone,
	},
	{
		Name: "notice of a past update", Scope: OfClause, Reason: model.ReasonBoilerplate,
		Detail: "notice of an update that is over", on: removed, clause: (*Clause).isPastNotice,
	},
	{
		Name: "moved", Scope: OfClause, Reason: model.ReasonMoved, on: moved,
		clause: func(c *Clause) bool { return !c.otherList },
	},
}

// Clause is a clause that is judged by its own words.
type Clause struct {
	sides sides
	// oldText and newText are the bytes of both sides, old and new the words
	// that a reader sees; a clause of one side has them in new.
	oldText, newText, old, new string
	same                       bool // a reader sees the same words
	otherList                  bool // moved to another list

	oldBytes, newBytes []byte // memory for sameAt

	// What is found when it is first asked for.
	oldTokens, newTokens []string
	how                  model.Reason
	lowered              string
	counted              bool
	what                 string
}

// release forgets the clause and gives it back to be used again.
func (c *Clause) release() {
	*c = Clause{oldBytes: c.oldBytes[:0], newBytes: c.newBytes[:0]}
	clauses.Put(c)
}

// sameAt reports whether both sides are the same at a depth.
func (c *Clause) sameAt(depth clause.Depth) bool {
	c.oldBytes = clause.AppendPlain(c.oldBytes[:0], c.oldText, depth)
	c.newBytes = clause.AppendPlain(c.newBytes[:0], c.newText, depth)
	return bytes.Equal(c.oldBytes, c.newBytes)
}

// tokens returns the words of both sides.
func (c *Clause) tokens() (old, new []string) {
	if c.oldTokens == nil {
		c.oldTokens, c.newTokens = redline.Tokens(c.old), redline.Tokens(c.new)
		c.how = compareWording(Words(c.oldTokens), Words(c.newTokens))
	}
	return c.oldTokens, c.newTokens
}

// wording is [compareWording] of both sides.
func (c *Clause) wording() model.Reason {
	c.tokens()
	return c.how
}

// only returns the visible words of a clause that has one side.
func (c *Clause) only() string { return c.new }

// isRenumbered reports whether both sides are the same but for their number.
func (c *Clause) isRenumbered() bool {
	old, new := clause.Unnumbered(c.old), clause.Unnumbered(c.new)
	if old == c.old && new == c.new {
		return false
	}
	return old == new || compareWording(Words(redline.Tokens(old)), Words(redline.Tokens(new))) != model.ReasonNone
}

const (
	// maxChrome is how long, in bytes, a clause of the page's own words is.
	maxChrome = 240
	// maxCounter is how long a counter is that is alone, maxServerTime a
	// server's time, maxNotice a notice of an update.
	maxCounter    = 80
	maxServerTime = 40
	maxNotice     = 500
)

const detailControl = "control of the page"

// isShort reports whether a clause may be the page's own words.
func (c *Clause) isShort() bool { return len(c.only()) <= maxChrome }

// line returns the clause in lower case, without the marks around it.
func (c *Clause) line() string {
	if c.lowered == "" {
		c.lowered = strings.ToLower(strings.Trim(c.only(), " -*•|·.:"))
	}
	return c.lowered
}

// isLine reports whether a clause is one of some lines.
func (c *Clause) isLine(lines wordSet) bool { return c.isShort() && lines[c.line()] }

// counter names what a clause is that is nothing but counters and relative
// times, on both sides if it has both.
func (c *Clause) counter() string {
	if c.counted {
		return c.what
	}
	c.counted = true
	switch {
	case c.sides != both:
		if c.isShort() && len(c.line()) < maxCounter && mayCount(c.line()) {
			c.what = counter(c.only())
		}
	case len(c.old) < maxChrome && len(c.new) < maxChrome && counter(c.new) != "":
		c.what = counter(c.old)
	}
	return c.what
}

var (
	serverTime = pattern(`^(?:%s)[a-z]*,? \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d(?: gmt| utc)?$`,
		`mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`)
	machine = pattern(`(?i)(?:%s)`, `llms\.txt`, `documentation index`,
		`use this file to discover all available pages`, `fetch the complete documentation index`)
	wait = pattern(`(?i)(?:%s)`, `wait time to speak`, `longer wait`,
		`higher than (?:usual|normal) (?:call|contact|chat)? ?volumes?`, `find a quicker solution`)
)

func (c *Clause) isServerTime() bool {
	if !c.isShort() {
		return false
	}
	s := c.line()
	return strings.Contains(s, ":") && len(s) < maxServerTime && serverTime.MatchString(s)
}

func (c *Clause) isWaitingTime() bool {
	if !c.isShort() {
		return false
	}
	s := c.line()
	return (strings.Contains(s, "wait") || strings.Contains(s, "quicker") || strings.Contains(s, "volume")) &&
		wait.MatchString(c.only())
}

func (c *Clause) isTokenAlone() bool {
	if !c.isShort() || !strings.ContainsAny(c.line(), "0123456789") {
		return false
	}
	return !strings.Contains(c.line(), " ") && isToken(Words(redline.Tokens(c.only())))
}

// notice matches what a page says of its own update, which is removed once that
// is over: "We've updated our Privacy Policy, effective 29 June 2022. You can
// view the previous one here."
var notice = pattern(`(?i)^[^a-z]*(?:%s)`,
	`we(?:'ve| have) (?:recently )?(?:updated|changed|revised) (?:our|this|these)\b`+
		`.*\b(?:effective|take effect|takes effect|until)\b`,
	`our new [a-z &]{4,40} (?:comes|come|will come) into effect on\b`+
		`.*\b(?:view|read|see) (?:our|your|the) (?:current|previous)\b`,
	`this (?:page|version) is the (?:updated|new|current) .*\beffective until\b`,
	`if you .*\byou can view your current .*\bhere\b.*\bwill (?:be|become) effective\b`)

// IsNotice reports whether a text begins as a page does that tells of its own
// update.
func IsNotice(text string) bool { return notice.MatchString(text) }

// isPastNotice reports whether a clause that was removed was only a notice of
// an update: it has a date, speaks of versions, and obliges nobody.
func (c *Clause) isPastNotice() bool {
	return len(c.only()) < maxNotice && IsNotice(c.only()) && HasDate(redline.Tokens(c.only()))
}

// controls are what the page itself has to be clicked: whole clauses.
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
