package lint

import (
	"strings"
	"sync"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// chromeWords are what buttons, menus, forms and footers of pages consist of, by what a
// quotation made of them is.
var chromeWords = []struct{ what, phrases string }{
	{"a cookie banner",
		`accept all, accept cookies, accept all cookies, allow all, allow all cookies, allow cookies, reject all, reject
		cookies, reject all cookies, reject, decline, decline all, accept, agree, i agree, got it, ok, necessary only,
		only necessary, essential cookies only, necessary cookies only, manage cookies, manage preferences, cookie
		settings, cookies settings, cookie preferences, customize, customise, save preferences, confirm my choices, your
		privacy choices, alle akzeptieren, akzeptieren, alle ablehnen, ablehnen, nur notwendige, nur notwendige cookies,
		cookie-einstellungen, einstellungen verwalten, tout accepter, accepter, tout refuser, refuser, continuer sans
		accepter, paramétrer, paramétrer les cookies, gérer les cookies, aceptar todo, aceptar todas, aceptar, rechazar
		todo, rechazar todas, rechazar, configurar cookies, accetta tutto, accetta tutti, accetta, rifiuta tutto,
		rifiuta tutti, rifiuta, gestisci preferenze, aceitar todos, aceitar, rejeitar todos, rejeitar, alles accepteren,
		accepteren, alles weigeren, weigeren, cookievoorkeuren`},
	{"a sign-in form",
		`sign in, sign up, log in, login, log out, logout, register, create account, create an account, forgot password,
		forgot your password, forgot username, remember me, keep me signed in, stay signed in, email, e-mail, email
		address, password, username, confirm password, continue with google, continue with apple, continue with
		facebook, sign in with google, sign in with apple, show password, anmelden, einloggen, registrieren, passwort,
		passwort vergessen, angemeldet bleiben, e-mail-adresse, konto erstellen, se connecter, connexion, s'inscrire,
		mot de passe, mot de passe oublié, se souvenir de moi, adresse e-mail, créer un compte, iniciar sesión,
		contraseña, olvidaste tu contraseña, recordarme, correo electrónico, regístrate, crear cuenta, accedi, password
		dimenticata, ricordami, iscriviti, entrar, senha, esqueceu a senha, inloggen, wachtwoord, wachtwoord vergeten`},
	{"a menu",
		`home, about, about us, contact, contact us, careers, jobs, blog, press, news, newsroom, pricing, products,
		product, solutions, features, support, help, help center, help centre, faq, faqs, resources, company,
		developers, documentation, docs, community, partners, investors, investor relations, events, shop, store,
		download, get started, learn more, read more, search, menu, close, close menu, open menu, skip to content, skip
		to main content, back to top, share, print, tweet, subscribe, newsletter, follow us, facebook, twitter, x,
		instagram, linkedin, youtube, tiktok, github, discord, sitemap, site map, accessibility, legal, terms, terms of
		service, terms of use, terms and conditions, privacy, privacy policy, privacy notice, cookies, cookie policy,
		security, trust, trust center, status, imprint, do not sell my personal information, english, deutsch, français,
		español, italiano, português, nederlands, polski, svenska, dansk, norsk, suomi, türkçe, русский, 日本語, 中文, 한국어,
		startseite, über uns, kontakt, karriere, presse, hilfe, impressum, datenschutz, agb, suche, accueil, à propos,
		nous contacter, aide, carrières, mentions légales, confidentialité, conditions générales, rechercher, inicio,
		quiénes somos, contacto, empleo, ayuda, aviso legal, privacidad, condiciones, buscar, chi siamo, contatti,
		lavora con noi, assistenza, note legali, início, sobre nós, contato, ajuda, privacidade, over ons, vacatures,
		voorwaarden, privacybeleid`},
}

// chromePhrases are chromeWords by their words, with how many words the longest has.
type chromePhrases struct {
	kinds map[string]int // index in chromeWords
	most  int
}

var chrome = sync.OnceValue(func() chromePhrases {
	p := chromePhrases{kinds: map[string]int{}}
	for what, row := range chromeWords {
		for _, phrase := range strings.Split(row.phrases, ",") {
			words := strings.TrimSpace(wordsOf(phrase))
			p.kinds[words] = what
			p.most = max(p.most, len(strings.Fields(words)))
		}
	}
	return p
})

const (
	// longestChrome is how long, in bytes, page chrome that was taken for a clause is.
	longestChrome = 900
	// fewestItems is how many buttons, fields or links make a form or a menu.
	fewestItems = 3
)

var (
	// copyrightLine is the line at the end of a page.
	copyrightLine = pattern(`(?i)^(?:©|\(c\)|copyright\b|copr\.)[^\pL]*(?:©|\(c\))?.{0,120}$`)
	copyrightYear = pattern(`\b(?:19|20)\d\d\b`)
	reserved      = pattern(`(?i)^.{0,80}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|` +
		`todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|` +
		`alle rechten voorbehouden)[. ]*$`)
	// asksForCookies is what a banner says before its buttons.
	asksForCookies = pattern(`(?i)\bcookies?\b`)
	byClicking     = pattern(`(?i)\b(?:by (?:clicking|continuing|using this|browsing)|mit (?:einem )?klick auf|` +
		`en cliquant|al hacer clic|cliccando|ao clicar|we and our \d* ?partners)\b`)
)

// checkChrome reports quoted clauses that are no terms but parts of the page around
// them.
func checkChrome(s *subject) {
	for _, p := range s.record.Provisions {
		if what := chromeIn(p.Quote.Text); what != "" {
			s.report("provisions", "“%s” is %s, no clause", shortened(clause.Visible(p.Quote.Text)), what)
		}
	}
}

// chromeIn says what part of a page a text is, "" when it may be a clause.
func chromeIn(text string) string {
	if len(text) > 8*longestChrome {
		return ""
	}
	if what := listOfLinks(text); what != "" {
		return what
	}
	visible := clause.Visible(text)
	if len(visible) > longestChrome {
		return ""
	}
	if copyrightLine().MatchString(visible) && copyrightYear().MatchString(visible) || reserved().MatchString(visible) {
		return "a copyright line"
	}
	words := strings.Fields(wordsOf(text))
	c := coverage(words)
	if asksForCookies().MatchString(visible) && (c.buttons >= 2 || c.items[0] > 0 &&
		(byClicking().MatchString(visible) || endsInButton(visible))) {
		return chromeWords[0].what
	}
	most, total, count := 0, 0, 0
	for what := range chromeWords {
		total, count = total+c.words[what], count+c.items[what]
		if c.words[what] > c.words[most] {
			most = what
		}
	}
	if count >= fewestItems && total*10 >= len(words)*7 || count > 0 && total == len(words) && most == 0 {
		return chromeWords[most].what
	}
	return ""
}

// covered says how much of a text the phrases of each kind of chrome are.
type covered struct {
	words, items [3]int
	buttons      int // of cookie banners, the most that stand one after the other
}

// coverage goes through a text from left to right and takes the longest phrases.
func coverage(words []string) covered {
	var c covered
	run := 0
	for i := 0; i < len(words); {
		n, what := phraseAt(words[i:])
		if n == 0 {
			run = 0
			i++
			continue
		}
		c.words[what] += n
		c.items[what]++
		if run++; what != 0 {
			run = 0
		}
		c.buttons = max(c.buttons, run)
		i += n
	}
	return c
}

// phraseAt returns how many words the longest phrase has that a text begins with, and
// of which kind it is; 0 for none.
func phraseAt(words []string) (n, what int) {
	phrases := chrome()
	for n := min(phrases.most, len(words)); n > 0; n-- {
		if what, ok := phrases.kinds[strings.Join(words[:n], " ")]; ok {
			return n, what
		}
	}
	return 0, 0
}

// endsInButton reports whether what stands behind a text's last sentence is a button of
// a cookie banner.
func endsInButton(visible string) bool {
	end := strings.LastIndexAny(strings.TrimRight(visible, ". "), ".!?:")
	words := strings.Fields(wordsOf(visible[end+1:]))
	n, what := phraseAt(words)
	return n > 0 && n == len(words) && what == 0 && end > 0
}

// listOfLinks reports a text that has hardly any words outside of its links.
func listOfLinks(text string) string {
	outside, inside, links := 0, 0, 0
	for i := 0; i < len(text); {
		open := strings.IndexByte(text[i:], '[')
		if open < 0 {
			outside += countWords(wordsOf(text[i:]))
			break
		}
		open += i
		words := redline.LinkWords(text[open:])
		target := 0
		if words > 0 {
			target = redline.LinkTarget(text[open+words+1:])
		}
		if target == 0 {
			outside += countWords(wordsOf(text[i : open+1]))
			i = open + 1
			continue
		}
		outside += countWords(wordsOf(text[i:open]))
		inside += countWords(wordsOf(text[open+1 : open+words]))
		links++
		i = open + words + 1 + target
	}
	switch {
	case links == 1 && outside == 0 && inside <= 6:
		return "a link"
	case links >= fewestItems && outside*5 <= inside:
		return "a list of links"
	}
	return ""
}
