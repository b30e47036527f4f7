package rules

import (
	"strings"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// rightStems are beginnings of words that name a right, or what a reader may
// demand or refuse: opting out, withdrawing, objecting, complaining, appealing,
// deleting, cancelling. Where they stand a link is the means, and no page chrome is.
var rightStems = wordSetOf("optout opting unsubsc withdraw revok revoc object complain grievan appeal delet eras reject",
	"refus cancel declin disput refund terminat arbitra right choices consent waiv impressum imprint",
	"retir révoqu rétract oppos réclam supprim effac désabonn désinscri résili contest rembours annul droits",
	"widerruf widersprech widerspruch beschwer lösch abmeld abbestell kündig ablehn einspruch erstatt einwillig recht",
	"oposic oposición oponer reclam elimin suprim anular rechaz apela reembols desuscri derecho",
	"revog opor oposiç exclu apag recus recorrer direitos",
	"opporsi opposizione disiscri disdett rifiut recess recedere ricors rimbors diritt",
	"intrekk bezwaar klacht verwijder afmeld uitschrijv weiger opzegg herroep terugbetal",
	"wycof sprzeciw skarg reklamac usun rezygn wypis odwoł anulow zwrot",
	"återkall invänd klag radera avregistr avvis uppsäg tilbagekald klage slett indsig",
	"отозв отзыв отказ удал жалоб возраж отпис отмен права")

// requestStems lead in a right in a sentence; among links alone they name any
// form.
var requestStems = wordSetOf("request exercis contest claim demand exerc beantrag ausüb solicit richied verzoek żąda")

// rightSigns are the same in scripts without spaces between words.
var rightSigns = pattern(`(?:%s)`, `撤回`, `拒否`, `退会`, `解約`, `削除`, `異議`, `苦情`, `オプトアウト`, `返金`, `退出`, `删除`,
	`刪除`, `投诉`, `投訴`, `申诉`, `申訴`, `取消`, `拒绝`, `拒絕`, `退款`, `注销`, `철회`, `삭제`, `거부`, `이의`, `해지`, `환불`)

// minStem and maxStem are how many letters of a word's beginning are looked up.
const (
	minStem = 4
	maxStem = 12
)

// namesRight reports whether words name something that the reader has a right to,
// or how to use one, or a part of the document itself.
func namesRight(text string) bool { return namesPart(text) || hasStem(text, nil) }

// givesWay reports whether words name a right or lead in a request.
func givesWay(text string) bool { return hasStem(text, requestStems) }

// hasStem reports whether words speak of a right, counting further stems. The
// usual words below a page, of rights reserved, don't.
func hasStem(text string, further wordSet) bool {
	s := strings.ReplaceAll(strings.ToLower(text), "rights reserved", "")
	if strings.Contains(s, "opt out") || strings.Contains(s, "opt-out") || strings.Contains(s, "not sell") ||
		strings.Contains(s, "not share") {
		return true
	}
	for _, w := range redline.Tokens(s) {
		if w == "opt" {
			return true
		}
		if mayBeRight(w) && beginsWith(w, rightStems, further) {
			return true
		}
	}
	return mayBeSign(s) && rightSigns.MatchString(s)
}

// beginsWith reports whether a word begins with a stem.
func beginsWith(w string, stems, further wordSet) bool {
	n := 0
	for at := range w {
		if n >= minStem && n <= maxStem && (stems[w[:at]] || further[w[:at]]) {
			return true
		}
		n++
	}
	return n >= minStem && n <= maxStem && (stems[w] || further[w])
}

// stemBegins is with which two bytes stems begin.
var stemBegins = func() (t [256][256]bool) {
	for stem := range union(rightStems, requestStems) {
		t[stem[0]][stem[1]] = true
	}
	return t
}()

// mayBeRight rules out most words that no stem is the beginning of.
func mayBeRight(w string) bool { return len(w) >= minStem && stemBegins[w[0]][w[1]] }

// mayBeSign reports whether a text has a character of the scripts of rightSigns, which
// take three bytes, the first of them from that of Kana on.
func mayBeSign(s string) bool {
	for i := range len(s) {
		if s[i] >= 0xe3 {
			return true
		}
	}
	return false
}

// link is a link's words, its target, and where in its clause it begins and
// ends.
type link struct {
	text, target string
	from, to     int
}

// linksOf lists the links of a clause.
func linksOf(s string) []link {
	var list []link
	for at := 0; at < len(s); {
		open := strings.IndexByte(s[at:], '[')
		if open < 0 {
			break
		}
		at += open
		mid, end := linkAt(s[at:])
		if end == 0 {
			at++
			continue
		}
		target, _, _ := strings.Cut(strings.TrimSpace(s[at+mid+2:at+end-1]), " ")
		list = append(list, link{clause.Visible(s[at+1 : at+mid]), target, at, at + end})
		at += end
	}
	return list
}

// Details of links that are material by where they lead.
const (
	detailLinkGone    = "the link is gone"
	detailLinkSite    = "the link leads to another site"
	detailLinkAddress = "the link writes to another address"
)

// redirected names what became of a link that is the means to a right: it is
// gone, leads to another organisation, or writes to another address; "" when
// nothing did, as when only the page of the same organisation is another one.
func redirected(old, new string) string {
	if !strings.Contains(old, "](") { // work limit
		return ""
	}
	after, visible := linksOf(new), ""
	for _, was := range linksOf(old) {
		if was.text == "" || strings.HasPrefix(was.target, "#") {
			continue
		}
		what := ""
		if !redline.IsTarget(was.text) { // an address that is read is no loss
			if visible == "" {
				visible = strings.ToLower(clause.Visible(new))
			}
			if strings.Contains(visible, strings.ToLower(was.text)) {
				what = detailLinkGone
			}
		}
		for i, is := range after {
			if hasFold(is.text, was.text) {
				if is.text == was.text {
					after = after[i+1:]
				}
				what = otherTarget(was.target, is.target)
				break
			}
		}
		if what != "" && givesWay(sentenceOf(old, was)) {
			return what
		}
	}
	return ""
}

// linkMoves is what became of the links of clauses that both documents have.
type linkMoves struct {
	had, kept int
	to        map[string]map[string]int // how many links of a domain lead where now, in a path that stayed
	all       map[string]int            // how many links of a domain there were
}

const (
	// minLinks is how many links there are at least before their loss tells of
	// the capture, and lostOf one of how many may stay.
	minLinks = 8
	lostOf   = 8
	// minRenamed is how many links of a domain that moved together tell that it
	// has another name.
	minRenamed = 3
)

// movedTogether reports whether a link's loss or move is that of all: the capture
// has no links, or a domain has another name throughout.
func (c *Comparison) movedTogether(old, what string) bool {
	if c.links == nil {
		c.links = c.findLinkMoves()
	}
	m := c.links
	switch what {
	case detailLinkGone:
		return m.had >= minLinks && m.kept*lostOf <= m.had
	case detailLinkSite:
		for _, l := range linksOf(old) {
			for d := range domainsIn(l.target) {
				if m.all[d] > 0 && !m.isRenamed(d) {
					return false
				}
			}
		}
		return true
	}
	return false
}

// isRenamed reports whether all links of a domain lead to one other, in the same
// path.
func (m *linkMoves) isRenamed(d string) bool {
	for _, n := range m.to[d] {
		return n >= minRenamed && n == m.all[d]
	}
	return false
}

func (c *Comparison) findLinkMoves() *linkMoves {
	m := &linkMoves{to: map[string]map[string]int{}, all: map[string]int{}}
	for i := range c.Old.Clauses {
		j := c.Alignment.Partner(i)
		if j == clause.None {
			continue
		}
		after := linksOf(c.New.Words(j))
		for _, was := range linksOf(c.Old.Words(i)) {
			if was.text != "" && !strings.HasPrefix(was.target, "#") {
				m.add(was, after)
			}
		}
	}
	return m
}

// add counts a link and the one with the same words after it.
func (m *linkMoves) add(was link, after []link) {
	m.had++
	from := domain(was.target)
	m.all[from]++
	for _, is := range after {
		if is.text != was.text {
			continue
		}
		m.kept++
		if to := domain(is.target); from != "" && to != "" && from != to && pathOf(was.target) == pathOf(is.target) {
			if m.to[from] == nil {
				m.to[from] = map[string]int{}
			}
			m.to[from][to]++
		}
		return
	}
}

// pathOf returns the path of a target with a whole address.
func pathOf(target string) string {
	_, rest, _ := strings.Cut(target, "://")
	_, path, _ := strings.Cut(rest, "/")
	return path
}

// hasFold reports whether a text is in another, but for the case of letters.
func hasFold(s, text string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(text)) }

// otherTarget names how the target of a link differs from what it was, "" when
// only in the path, or nobody can tell.
func otherTarget(was, is string) string {
	if to, ok := strings.CutPrefix(was, "mailto:"); ok {
		now, isMail := strings.CutPrefix(is, "mailto:")
		to, _, _ = strings.Cut(to, "?")
		now, _, _ = strings.Cut(now, "?")
		if isMail && !strings.EqualFold(to, now) {
			return detailLinkAddress
		}
		return ""
	}
	if host := hostOf(was); host != "" && host == hostOf(is) { // work limit
		return ""
	}
	from, to := domainsIn(was), domainsIn(is)
	for d := range from {
		if to[d] {
			return ""
		}
	}
	if len(from) > 0 && len(to) > 0 {
		return detailLinkSite
	}
	return ""
}

// hostOf returns the beginning of an address up to its path, "" for none.
func hostOf(target string) string {
	at := strings.Index(target, "://")
	if at < 0 {
		return ""
	}
	if end := strings.IndexAny(target[at+3:], "/?#"); end >= 0 {
		return target[:at+3+end]
	}
	return target
}

// domainsIn are the registered domains in a target: an archive's or a
// redirector's names that of the page it leads to as well.
func domainsIn(target string) wordSet {
	set := wordSet{}
	target = strings.NewReplacer("%3A", ":", "%3a", ":", "%2F", "/", "%2f", "/").Replace(target)
	for {
		at := strings.Index(target, "http")
		if at < 0 {
			return set
		}
		end := strings.IndexAny(target[at:]+"&", "&) ")
		if d := domain(target[at : at+end]); d != "" {
			set[d] = true
		}
		target = target[at+len("http"):]
	}
}

// sentenceOf returns the visible words of the sentence that a link is in.
func sentenceOf(s string, l link) string {
	from, to := strings.LastIndex(s[:l.from], ". ")+1, len(s)
	if i := strings.Index(s[l.to:], ". "); i >= 0 {
		to = l.to + i
	}
	return clause.Visible(s[from:to])
}

// saysMore reports whether a clause change that looks like page chrome gives or
// takes a right: words of one are on one side only, or what obliges or forbids.
func (x *Context) saysMore(i int) bool {
	p := x.Changes[i].Pair
	var old, new string
	if p.Old != clause.None {
		old = x.Old.Visible(p.Old)
	}
	if p.New != clause.None {
		new = x.New.Visible(p.New)
	}
	return binds(old) != binds(new)
}

// binds reports whether words speak of a right, or say who must or may not.
func binds(words string) bool {
	if namesRight(words) {
		return true
	}
	for _, t := range redline.Tokens(words) {
		if redline.Modal(t) || redline.Negation(t) {
			return true
		}
	}
	return false
}

// setsDeadline matches what gives the reader a day, or days, to do something.
var setsDeadline = pattern(`(?i)\b(?:%s)\b`, `you (?:have|had|must|need)`, `no later than`, `deadline`,
	`within \d+`, `\d+ days`, `(?:by|before) (?:the )?\d`, `(?:by|before) [A-Z][a-z]{2,8} \d`)

// givesRight reports whether a notice gives its reader a right or a time for it.
func givesRight(visible string) bool {
	return givesWay(visible) || setsDeadline.MatchString(visible)
}
