package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

const (
	// maxPage is how long, in bytes, a page is that stands in for a document;
	// maxMessageWords and maxMessageBytes how long what it has to say is.
	maxPage         = 3000
	maxMessageWords = 80
	maxMessageBytes = 700
	// maxSentence is how many words a sentence of a message has, and minSaid the
	// part of the page's words that are the message, unless it begins with it.
	maxSentence = 16
	minSaid     = 6
	// minProseWords is how many words a sentence of a document has at least, minProse
	// how long, in bytes, it is where words can't be counted.
	minProseWords = 8
	minProse      = 100
	// minForm is how many parts of a sign-in form make a page one.
	minForm = 4
	// maxErrorClause is how long, in bytes, an error message in a document is.
	maxErrorClause = 400
)

// What a page says whose whole message is that it is no document, each
// matched at the beginning of a sentence of few words.
var (
	signInMessage = message(
		`(?:please |you (?:must|need to|have to) |to continue,? )*(?:sign|log) ?in(?:to\b|\b)`,
		`(?:enter|forgot|reset) (?:your |the )?password`, `password\W*$`, `(?:create|open) (?:an? )?(?:new )?account`,
		`(?:bitte )?(?:melden sie sich|melde dich|anmelden|einloggen)`, `(?:veuillez vous |se )?connect(?:er|ez-vous)`,
		`inici(?:ar|e|a) sesión`, `accedi\b`, `(?:iniciar sessão|entrar)\W*$`, `inloggen`, `войти`, `вход\W*$`,
		`ログイン`, `登录`, `登入`, `로그인`, `zaloguj`, `logga in`, `log(?:g)? (?:på|ind)`)
	challengeMessage = message(
		`.{0,40}\bverif(?:y|ying) (?:that )?you(?:.re| are)? (?:a )?(?:human|not a robot)`,
		`(?:are you|prove (?:that )?you.re) (?:a )?(?:human|robot)`, `i.m not a robot`, `.{0,40}\bunusual traffic`,
		`.{0,40}\bcaptcha\b`, `(?:just a|one) moment`, `checking your browser`,
		`.{0,40}\breview the security of your connection`, `security (?:check|verification)`, `attention required`,
		`(?:please )?(?:enable|turn on|activate) (?:javascript|cookies)`,
		`(?:javascript|cookies) (?:is|are|must be|has to be|have to be) (?:required|disabled|enabled)`,
		`.{0,30}javascript (?:aktivieren|einschalten)`, `.{0,30}activer javascript`, `.{0,30}activ(?:ar|e|a) javascript`,
		`(?:aktivieren|aktiviere) sie javascript`, `bitte aktivieren sie javascript`,
		`.{0,30}vérifi.{1,20} que vous êtes (?:un )?humain`, `.{0,30}sind sie ein mensch`,
		`.{0,30}(?:eres|es usted) (?:un )?humano`, `.{0,30}安全验证`, `.{0,30}人机验证`, `.{0,30}ロボットではありません`)
	errorMessage = message(
		`.{0,30}\b(?:error|http|status|code|page|sorry)\W{0,3}[45]\d\d\b`,
		`[45]\d\d(?:\W*$|\W{1,4}(?:error|page|not found|forbidden|bad|internal|service|gone|oops|sorry|we)\b)`,
		`.{0,30}\b(?:page|content|site|website|link|url|resource)\b.{0,40}\b(?:not|cannot|n.t|couldn.t|isn.t|can.t|`+
			`no longer)`+
			`\b.{0,20}\b(?:found|available|exists?|displayed|reached|loaded|accessible|offered)`,
		`.{0,30}\b(?:can(?:no|.)t|could(?:n.t| not)|unable to) (?:find|load|display|reach|open)\b.{0,30}\b`+
			`(?:page|site|content|link|url)`,
		`.{0,40}\bnot (?:yet )?(?:available|offered|supported|accessible) (?:in|from|to) your `+
			`(?:country|region|location|area)`,
		`.{0,20}\b(?:something|that) (?:went wrong|didn.t work)`, `.{0,20}\berror(?: has)? occur`,
		`.{0,20}\b(?:technical|system|server|application|database|component|internal|syntax|fatal|parse|runtime|script|`+
			`type|reference|network|unexpected) ?error\b`, `.{0,10}\berror establishing`,
		`.{0,20}\b(?:try again|reload|refresh)\b(?: (?:this|the) page| later| in a| soon|\W*$)`,
		`.{0,10}\baccess(?: is| was)? (?:denied|forbidden|blocked)`, `forbidden\W*$`, `.{0,12}\bnot found\W*$`,
		`.{0,30}\b(?:you.(?:re| are|ve been)|you have been|been) (?:temporarily )?blocked`, `.{0,60}\bon line \d+`,
		`traceback\b`, `.{0,20}\b(?:unhandled|uncaught) exception`, `.{0,20}\bbad gateway`, `.{0,20}\bgateway time-?out`,
		`.{0,20}\bservice (?:is )?(?:temporarily )?unavailable`, `too many requests`,
		`.{0,60}\bconnection (?:was )?(?:refused|reset|timed out)`, `(?:could not|can.t|failed to) connect\b`,
		`.{0,20}\b(?:ist )?etwas (?:ist )?schief ?gel(?:aufen|ief)`,
		`.{0,20}\b(?:seite|inhalt)\b.{0,30}\bnicht (?:gefunden|verfügbar|vorhanden|erreichbar|existiert)`,
		`.{0,20}\bfehler \d`, `.{0,20}\bfehler (?:ist )?aufgetreten`, `.{0,10}\bune erreur`,
		`.{0,20}\bpage (?:est )?(?:introuvable|non trouvée|n.existe)`, `.{0,10}\balgo (?:salió|ha salido) mal`,
		`.{0,10}\bpágina no (?:encontrada|existe|está disponible)`, `.{0,10}\b(?:se ha producido|ocurrió) un error`,
		`.{0,10}\bpagina (?:non trovata|niet gevonden|inesistente)`, `.{0,10}\bsi è verificato un errore`,
		`.{0,10}\bpágina não (?:encontrada|existe)`, `.{0,10}\bocorreu um erro`, `.{0,10}\ber (?:is iets|ging iets)`,
		`.{0,20}страница не (?:найдена|существует)`, `.{0,20}произошла ошибка`, `.{0,20}ページが見つかりません`,
		`.{0,20}エラーが発生`, `.{0,20}(?:页面|頁面|网页)(?:不存在|未找到|无法)`, `.{0,20}找不到(?:页面|网页|頁面)`,
		`.{0,20}페이지를 찾을 수 없`, `.{0,20}오류가 발생`, `.{0,10}strona nie (?:istnieje|została znaleziona)`,
		`.{0,10}sidan (?:kunde inte|finns inte|hittades inte)`, `.{0,10}sayfa bulunamadı`)
	maintenanceMessage = message(
		`.{0,40}\b(?:down|closed|offline|unavailable) for (?:\w+ )?(?:maintenance|repairs?)`,
		`.{0,40}\b(?:under|undergoing) (?:\w+ )?maintenance\W*$`, `(?:scheduled|planned) maintenance\W*$`,
		`.{0,20}\bbe (?:right )?back(?: soon| shortly| later| online|\W*$)`, `(?:please )?come back (?:soon|shortly|later)`,
		`.{0,30}\bsite is being (?:repaired|updated|upgraded)`, `.{0,20}wartungsarbeiten`, `.{0,30}wird gewartet`,
		`.{0,30}\ben maintenance`, `.{0,30}\ben mantenimiento`, `.{0,30}\bin manutenzione`, `.{0,30}\bem manutenção`,
		`.{0,30}\bin onderhoud`, `.{0,20}メンテナンス`, `.{0,20}维护中`, `.{0,20}점검 중`, `.{0,20}технически. работ`)
)

func message(alternatives ...string) *expression {
	return pattern(`(?i)^\W*(?:%s)`, alternatives...)
}

// page is what a captured text shows a reader, but for its links.
type page struct {
	text  []string // the clauses that are not links alone, as they are seen
	bytes int      // of those that are no headings and no date lines
	words int      // of all
	prose int      // clauses long enough for a sentence
	dated bool     // there is a date line
	heads int      // headings after the first clause
	// buttons counts the clauses that are buttons of a consent dialog.
	buttons int
}

// pageOf looks at a text as a page. Of a long one it sees the beginning.
func pageOf(d *clause.Document) *page {
	p := &page{}
	for i := range d.Clauses {
		source := d.Words(i)
		visible := d.Visible(i)
		if isConsentButton(source, strings.ToLower(visible)) {
			p.buttons++
			continue
		}
		if outside, inside, _ := splitLinks(source); visible == "" || len(inside) > 0 && !hasWord(outside) ||
			scripts(visible) >= minScripts || len(p.text) < maxRepeated && slices.Contains(p.text, visible) {
			continue
		}
		p.add(visible, d.Clauses[i].Kind == clause.Heading, i == 0)
		if p.words > maxPage { // work limit
			break
		}
	}
	return p
}

// maxRepeated is how many clauses a page has at most for what it says again and
// again to count once: several pages read as one document, all of them missing.
const maxRepeated = 32

// minScripts is how many scripts a list of languages has.
const minScripts = 4

// scripts counts the scripts of a text's letters.
func scripts(text string) int {
	seen := 0
	for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic,
		unicode.Hebrew, unicode.Thai, unicode.Devanagari, unicode.Han, unicode.Hangul, unicode.Katakana} {
		if strings.IndexFunc(text, func(r rune) bool { return unicode.Is(script, r) }) >= 0 {
			seen++
		}
	}
	return seen
}

func (p *page) add(visible string, heading, first bool) {
	tokens := redline.Tokens(visible)
	p.text = append(p.text, visible)
	words := countWords(tokens)
	p.words += words
	if words >= minProseWords || len(visible) >= minProse {
		p.prose++
	}
	switch {
	case HasDate(tokens) && isDateLine(tokens, place{}):
		p.dated = true
	case !heading:
		p.bytes += len(visible)
	case !first:
		p.heads++
	}
}

// says reports whether a page says something of a kind and next to nothing else.
func (p *page) says(kind *expression) bool {
	bytes, said := 0, 0
	for i, text := range p.text {
		if bytes += len(text); bytes > maxMessageBytes || p.words > maxMessageWords {
			return false
		}
		for k, s := range sentences(text) {
			if n := countWords(redline.Tokens(s)); n <= maxSentence && kind.MatchString(s) {
				if said += n; k == 0 && i <= 1 {
					said += p.words
				}
			}
		}
	}
	return said*minSaid >= p.words && said > 0
}

// signInForm are the parts of a sign-in form.
var signInForm = []*expression{
	pattern(`(?i)\b(?:%s)\b`, `log ?in`, `sign ?in`),
	pattern(`(?i)\b(?:%s)\b`, `sign ?up`, `create (?:an? )?(?:new )?account`, `register`),
	pattern(`(?i)\bforgot(?:ten)?\b`), pattern(`(?i)\bpassword\b`), pattern(`(?i)\b(?:%s) me\b`, `remember`, `keep`),
	pattern(`(?i)\be-?mail\b`),
}

// isSignInForm reports whether a page is the words of a form to sign in with, run
// together.
func (p *page) isSignInForm() bool {
	if p.words > maxMessageWords {
		return false
	}
	text, parts := strings.Join(p.text, " "), 0
	for _, part := range signInForm {
		if part.MatchString(text) {
			parts++
		}
	}
	return parts >= minForm
}

// asksConsent reports whether a page is a dialog that asks for consent to cookies:
// it has a button, and nothing of a document, as headings and a date line.
func (p *page) asksConsent() bool {
	if p.buttons == 0 || p.dated || p.heads > 0 || p.words > maxMessageWords*2 {
		return false
	}
	for _, text := range p.text {
		if strings.Contains(strings.ToLower(text), "cookie") {
			return true
		}
	}
	return false
}

// sentences cuts a text after what ends a sentence.
func sentences(text string) []string {
	var list []string
	for from := 0; from < len(text); {
		end := len(text)
		for at, r := range text[from:] {
			next := from + at + utf8.RuneLen(r)
			if strings.ContainsRune("。！？", r) ||
				strings.ContainsRune(".!?…\n", r) && (next == len(text) || text[next] == ' ') {
				end = next
				break
			}
		}
		if s := strings.TrimSpace(text[from:end]); s != "" {
			list = append(list, s)
		}
		from = end
	}
	return list
}

// isErrorMessage reports whether a clause is nothing but an error message: it begins
// with it, and has no rule.
func isErrorMessage(source string) bool {
	if len(source) >= maxErrorClause {
		return false
	}
	list := sentences(clause.Visible(source))
	for _, s := range list {
		tokens := redline.Tokens(s)
		if countWords(tokens) > maxSentence || slices.ContainsFunc(tokens, redline.Modal) {
			return false
		}
	}
	return len(list) > 0 && errorMessage.MatchString(list[0])
}

// minContentWord is how long, in bytes, a word must be to say what a text is about.
const minContentWord = 5

// vocabularyOf returns the words that say what a visible text is about.
func vocabularyOf(visible string) wordSet {
	words := wordSet{}
	for _, t := range redline.Tokens(visible) {
		if len(t) >= minContentWord && redline.IsWord(t) && !redline.IsNumber(t) {
			words[strings.ToLower(t)] = true
		}
	}
	return words
}

// within is the share of the words that are among some others; 0 of none.
func (w wordSet) within(others wordSet) float64 {
	n := 0
	for word := range w {
		if others[word] {
			n++
		}
	}
	return float64(n) / float64(max(len(w), 1))
}

// shared is the larger share of the words of one of two sets that the other has.
func (w wordSet) shared(others wordSet) float64 { return max(w.within(others), others.within(w)) }

// titleOf returns the words of a document's first heading, if it begins with one.
func titleOf(d *clause.Document) wordSet {
	for i := range min(len(d.Clauses), maxTitleLine+1) {
		if d.Clauses[i].Kind == clause.Heading {
			return vocabularyOf(d.Visible(i))
		}
	}
	return nil
}

// sameTitle reports whether two documents have one title.
func sameTitle(old, new *clause.Document) bool {
	a, b := titleOf(old), titleOf(new)
	return len(a) > 0 && len(b) > 0 && a.within(b) == 1 && b.within(a) == 1
}

// headingsOf returns the words of all headings of a document.
func headingsOf(d *clause.Document) wordSet {
	words := wordSet{}
	for i := range d.Clauses {
		if d.Clauses[i].Kind == clause.Heading {
			for w := range vocabularyOf(d.Visible(i)) {
				words[w] = true
			}
		}
	}
	return words
}
