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
	maxPage         = 4500
	maxMessageWords = 80
	maxMessageBytes = 700
	// maxSentence is how many words a sentence of a message has, and minSaid the
	// part of the page's words that are the message, unless it begins with it.
	maxSentence = 16
	// maxReport is the same of a sentence that reports something.
	maxReport = 32
	// maxReportPage is how many words a page has that only reports something.
	maxReportPage = 200
	minSaid       = 6
	// minProseWords is how many words a sentence of a document has at least, minProse
	// how long, in bytes, it is where words can't be counted.
	minProseWords = 8
	minProse      = 100
	// minForm is how many parts of a sign-in form make a page one.
	minForm = 4
	// minRuleFormality is which share of its words are formal in a sentence of a
	// document, minRules how many such sentences make a page one.
	minRuleFormality = 0.13
	minRules         = 2
	// minModalWords is how many words a sentence of a document with a title has that says
	// who must or may.
	minModalWords = 5
	// maxErrorLines is how many clauses of a page are looked at for a program's
	// complaint.
	maxErrorLines = 6
	// maxOthers is how many long sentences a page may have that are no message, unless it
	// begins with one.
	maxOthers = 1
	// maxMessageOthers is how many it may have under the document's own title.
	maxMessageOthers = 2
	// maxTitle is how many words a title has.
	maxTitle = 12
	// minDocuments is how many legal documents a page lists that is there to list them.
	minDocuments = 3
	// maxErrorClause is how long, in bytes, an error message in a document is.
	maxErrorClause = 400
)

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
	titled  bool // the first clause names a kind of legal document
	seen    int  // bytes of all clauses
	// hub: the first clause is a heading for legal documents in general, documents counts
	// the links that name one.
	hub       bool
	documents int

	sentences []saying // what said returns
}

// pageOf looks at a text as a page. Of a long one it sees the beginning.
func pageOf(d *clause.Document) *page {
	p := &page{}
	for i := range d.Clauses {
		source := d.Words(i)
		visible := d.Visible(i)
		if len(source) > maxClause { // nothing that is said instead of a document is as long
			source, visible = source[:maxClause], visible[:min(len(visible), maxClause)]
			p.words += maxClause
		}
		if isConsentButton(source, strings.ToLower(visible)) {
			p.buttons++
			continue
		}
		if outside, inside, _ := splitLinks(source); visible == "" || len(inside) > 0 && !hasWord(outside) ||
			scripts(visible) >= minScripts || len(p.text) < maxRepeated && slices.Contains(p.text, visible) {
			if len(inside) > 0 && len(visible) <= maxErrorClause && isDocumentTitle(visible) {
				p.documents++
			}
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
	p.seen += len(visible)
	words := pageWords(tokens)
	p.words += words
	if words >= minProseWords || len(visible) >= minProse {
		p.prose++
	}
	if first && words <= maxTitle {
		p.hub = heading && hubTitle.MatchString(visible)
		p.titled = kindsOf(visible) == 0 && !slices.ContainsFunc(tokens, redline.Modal) && isDocumentTitle(visible)
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

// showsProgramError reports whether a page is a program's complaint.
func (p *page) showsProgramError() bool {
	first := p.text[:min(len(p.text), maxErrorLines)]
	return slices.ContainsFunc(first, programError.MatchString) && p.rules() < minRules
}

// pageWords counts words; where no spaces are between them, two characters are one.
func pageWords(tokens []string) int {
	n, joined := 0, 0
	for _, t := range tokens {
		if r, _ := utf8.DecodeRuneInString(t); isWithoutSpaces(r) {
			joined++
		} else if redline.IsWord(t) {
			n++
		}
	}
	return n + (joined+1)/2
}

// saying is a sentence of a page.
type saying struct {
	text   string
	words  int
	kinds  uint // the messages that it is, a bit each
	told   uint // those among them that it is by what it reports alone
	begins bool // the page begins with it
}

// said returns the sentences of a page and what they are.
func (p *page) said() []saying {
	if p.sentences != nil {
		return p.sentences
	}
	p.sentences = []saying{}
	for i, text := range p.text {
		for k, s := range sentences(text) {
			one := saying{text: s, words: pageWords(redline.Tokens(s)), begins: k == 0 && i <= 1}
			if one.words <= maxSentence {
				one.kinds = kindsOf(s)
			}
			if one.words <= maxReport && p.words <= maxReportPage {
				one.told = reported(s) &^ one.kinds
				one.kinds |= one.told
			}
			p.sentences = append(p.sentences, one)
		}
	}
	return p.sentences
}

// kindsOf returns the kinds of messages that a sentence is, a bit each.
func kindsOf(s string) (kinds uint) {
	for k, m := range messages {
		if m.MatchString(s) {
			kinds |= 1 << k
		}
	}
	return kinds
}

// rules counts the sentences as a document has: long, of formal words unless its title
// says what it is, and nothing that a page says in its place.
func (p *page) rules() int {
	n := 0
	for _, s := range p.said() {
		switch {
		case s.kinds != 0:
		case p.titled && (s.words >= minProseWords || s.words >= minModalWords && hasModal(s.text)),
			s.words >= minProseWords && formality(s.text) >= minRuleFormality:
			n++
		}
	}
	return n
}

// hasModal reports whether a sentence says who must or may.
func hasModal(s string) bool { return slices.ContainsFunc(redline.Tokens(s), redline.Modal) }

// documentTitle is what a legal document is called.
var documentTitle = pattern(`(?i)\b(?:%s)`, `terms\b`, `polic(?:y|ies)\b`, `agreement`, `conditions`, `notice`,
	`rules\b`, `guidelines`,
	`privacy`, `cookies\b`, `legal\b`, `imprint`, `disclaimer`, `dmca`, `copyright`, `licen[sc]e`, `statement`,
	`code of conduct`, `\bfees\b`, `price list`, `subprocessors`, `acceptable use`)

// isDocumentTitle reports whether a text names a kind of legal document.
func isDocumentTitle(visible string) bool {
	return documentTitle.MatchString(visible) || documentTitleElsewhere.MatchString(visible)
}

// hubTitle is what a page is called that lists legal documents.
var hubTitle = pattern(`(?i)(?:%s)`, `\blegal\b`, `\bpolicies\b`, `rechtliche`, `juridi`, `\blégal`, `\blegale\b`,
	`prawn[ey]`, `právní`,
	`lakiasi`, `yasal`, `правов`, `юридич`, `νομικ`, `\bjogi\b`, `\bhukum\b`, `pháp lý`, `法律`, `法的`, `법적`, `القانون`)

// listsDocuments reports whether a page is one of links to legal documents, and says so.
func (p *page) listsDocuments() bool { return p.hub && p.documents >= minDocuments }

// documentTitleElsewhere is the same in other languages, where words are joined, too.
var documentTitleElsewhere = pattern(`(?i)(?:%s)`, `bedingungen`, `richtlinie`, `datenschutz`, `impressum`,
	`vereinbarung`, `widerruf`,
	`hinweise`, `politique`, `conditions`, `mentions légales`, `confidentialité`, `política`, `condiciones`,
	`términos`, `aviso legal`,
	`privacidad`, `informativa`, `condizioni`, `termini`, `note legali`, `termos`, `condições`, `privacidade`,
	`voorwaarden`, `beleid`,
	`privacyverklaring`, `regulamin`, `polityka`, `warunki`, `villkor`, `integritet`, `vilkår`, `betingelser`,
	`podmínky`, `zásady`,
	`feltételek`, `termeni`, `koşul`, `gizlilik`, `услови`, `правил`, `политик`, `соглашени`, `умови`, `правила`,
	`規約`, `ポリシー`, `方針`,
	`条款`, `政策`, `协议`, `條款`, `약관`, `정책`, `방침`, `الشروط`, `سياسة`, `תנאי`, `תקנון`, `מדיניות`, `नीति`, `शर्तें`,
	`rechtliche`, `ordnung\b`, `gebühren`, `reglement`, `mentions?\b.{0,12}légal`, `règl(?:es|ement)\b`,
	`\btarifs?\b`, `\bnormas\b`,
	`\btarifas\b`, `\bnorme\b`, `regolamento`, `tariffe`, `\bregras\b`, `diretrizes`, `regels\b`, `regeln\b`,
	`tarieven`, `\bzasady\b`,
	`\bcennik\b`, `ochran[ay] (?:osobních )?údajů`, `pravidla`, `regler`, `\bpriser\b`, `privatliv`, `personvern`,
	`\bpolitik\b`,
	`tietosuoja`, `ehdot\b`, `säännöt`, `hinnasto`, `tájékoztató`, `szabályzat`, `adatkezel`, `adatvédel`,
	`impresszum`, `ászf`,
	`politica\b`, `confidențialitate`, `\bcondiții`, `sözleşme`, `kurallar`, `aydınlatma`, `конфіденційн`,
	`політик`, `угод[аи]`,
	`πολιτική`, `όροι`, `απορρήτου`, `κανόνες`, `kebijakan`, `ketentuan`, `syarat`, `pedoman`, `hukum\b`,
	`chính sách`, `điều khoản`,
	`quy (?:định|tắc)`, `นโยบาย`, `ข้อกำหนด`, `ガイドライン`, `特定商取引`, `ルール`, `料金`, `隐私`, `声明`, `须知`, `수수료`, `운영 ?원칙`,
	`\brefunds?\b`, `\breturns\b`, `rückgabe`, `erstattung`, `\bretour`, `remboursement`, `devoluci`, `reembols`,
	`rimbors`, `zwrot`,
	`возврат`, `повернення`, `återbetal`, `palautus`, `\biade\b`, `返品`, `退款`, `환불`, `hoàn tiền`, `\bkakor\b`,
	`evästee`, `\bsüti`,
	`çerez`, `файл\pL* cookie`, `クッキー`)

// says reports whether a page says something of a kind and next to nothing else, or begins
// with it and has nothing of a document after it.
func (p *page) says(kind *expression) bool {
	said, others, begins, bit := 0, p.others(), false, uint(1)<<slices.Index(messages, kind)
	for _, s := range p.said() {
		if s.kinds&bit != 0 {
			said += s.words
			begins = begins || s.begins && (s.told&bit == 0 || others <= maxMessageOthers && !p.isTitledDocument())
		}
	}
	switch {
	case said == 0 || p.rules() >= minRules:
		return false
	case p.seen > maxMessageBytes || p.words > maxMessageWords:
		return begins
	}
	return begins || said*minSaid >= p.words && others <= maxOthers && !p.isTitledDocument()
}

// isTitledDocument reports whether a page has a document's title and a sentence of one.
func (p *page) isTitledDocument() bool { return p.titled && p.rules() > 0 }

// others counts the long sentences of a page that are no message.
func (p *page) others() int {
	n := 0
	for _, s := range p.said() {
		if s.kinds == 0 && s.words >= minProseWords {
			n++
		}
	}
	return n
}

// signInForm are the parts of a sign-in form.
var signInForm = []*expression{
	pattern(`(?i)\b(?:%s)\b`, `log ?in`, `sign ?in`),
	pattern(`(?i)\b(?:%s)\b`, `sign ?up`, `create (?:an? )?(?:new )?account`, `register`),
	pattern(`(?i)\bforgot(?:ten)?\b`), pattern(`(?i)\bpassword\b`), pattern(`(?i)\b(?:%s) me\b`, `remember`, `keep`),
	pattern(`(?i)\be-?mail\b`),
}

// The labels of a sign-in form, each a clause of its own.
var (
	passwordLabel = label(`password`, `passwort`, `kennwort`, `mot de passe`, `contraseña`, `senha`, `palavra-passe`,
		`wachtwoord`, `hasło`, `lösenord`, `adgangskode`, `passord`, `salasana`, `heslo`, `jelszó`, `parolă`, `şifre`,
		`пароль`,
		`パスワード`, `密码`, `密碼`, `비밀번호`, `كلمة المرور`, `סיסמה`)
	userLabel = label(`e-?mail(?: ?address)?`, `user ?name`, `phone(?: number)?`, `benutzername`, `e-mail-adresse`,
		`identifiant`, `adresse e-?mail`, `courriel`, `correo(?: electrónico)?`, `usuario`, `usuário`, `nome utente`,
		`indirizzo e-?mail`,
		`gebruikersnaam`, `e-mailadres`, `adres e-?mail`, `login`, `användarnamn`, `e-post`, `логин`, `телефон`,
		`почта`, `メールアドレス`,
		`手机号`, `邮箱`, `用户名`, `이메일`, `아이디`, `البريد الإلكتروني`)
	signInLabel = label(`(?:sign|log) ?in`, `(?:sign|log) in (?:with|to)\b`, `forgot`, `create (?:an )?account`,
		`remember me`,
		`anmelden`, `angemeldet bleiben`, `registrieren`, `passwort vergessen`, `connexion`, `se connecter`,
		`mot de passe oublié`,
		`créer un compte`, `iniciar sesión`, `olvidaste`, `regístrate`, `entrar`, `esqueceu`, `criar conta`, `accedi`,
		`registrati`,
		`hai dimenticato`, `inloggen`, `zaloguj`, `logga in`, `войти`, `вход`, `забыли`, `зарегистр`, `ログイン`, `登录`,
		`登入`, `忘记密码`,
		`立即注册`, `로그인`, `تسجيل الدخول`)
)

// consentLabel is a button of a dialog that asks for consent, consentWords what it asks
// for.
var (
	consentLabel = label(`accept`, `reject`, `decline`, `agree`, `allow all`, `manage`, `(?:alle[ns]? )?akzeptieren`,
		`(?:alle )?ablehnen`,
		`zustimmen`, `einverstanden`, `tout accepter`, `tout refuser`, `accepter`, `refuser`,
		`continuer sans accepter`, `paramétrer`,
		`aceptar`, `rechazar`, `configurar`, `accetta`, `rifiuta`, `aceitar`, `recusar`, `accepteren`, `weigeren`,
		`akceptuj`,
		`zaakceptuj`, `odrzuć`, `godkänn`, `acceptera`, `tillad`, `godta`, `hyväksy`, `přijmout`, `souhlasím`,
		`elfogad`, `kabul et`,
		`принять`, `согласен`, `прийняти`, `同意`, `接受`, `すべて(?:許可|同意)`, `동의`, `모두 허용`, `قبول`)
	consentWords = pattern(`(?i)(?:%s)`, `cookies?`, `tracking`, `zustimmung`, `einwilligung`, `consent`,
		`consentement`, `consentimiento`,
		`consenso`, `partenaires`, `クッキー`, `куки`, `쿠키`)
)

// maxLabel is how many words the label of a form has.
const maxLabel = 7

func label(alternatives ...string) *expression {
	return pattern(`(?i)^[^\pL\pN]{0,3}(?:%s)`, alternatives...)
}

// isSignInForm reports whether a page is a form to sign in with: its labels, or its
// words run together.
func (p *page) isSignInForm() bool {
	if p.hasSignInLabels() {
		return true
	}
	if p.words > maxMessageWords {
		return false
	}
	text, parts := strings.Join(p.text, " "), 0
	for _, part := range signInForm {
		if part.MatchString(text) {
			parts++
		}
	}
	return parts >= minForm && p.rules() < minRules
}

// hasSignInLabels reports whether a page has the labels of a form to sign in with: a
// password, and for whom or what to do.
func (p *page) hasSignInLabels() bool {
	password, user, actions := 0, 0, 0
	for _, text := range p.text {
		switch words := pageWords(redline.Tokens(text)); {
		case words > maxLabel:
		case words <= 2 && passwordLabel.MatchString(text):
			password++
		case words <= 3 && userLabel.MatchString(text):
			user++
		case signInLabel.MatchString(text):
			actions++
		}
	}
	return password > 0 && user+actions > 0 || actions >= 2 && user+actions >= 3
}

// asksConsent reports whether a page is a dialog that asks for consent to cookies:
// it has a button, and nothing of a document, as headings and a date line.
func (p *page) asksConsent() bool {
	if p.dated || p.heads > 0 || p.words > maxMessageWords*2 {
		return false
	}
	asks, buttons := false, p.buttons
	for _, text := range p.text {
		switch {
		case pageWords(redline.Tokens(text)) <= maxLabel && consentLabel.MatchString(text):
			buttons++
		case consentWords.MatchString(text):
			asks = true
		}
	}
	return asks && buttons > 0
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
