package detect

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// topic is what gives a clause a higher score than another.
type topic struct {
	name   string
	points int
	// phrases are the words that are of it, separated by commas: "word" as it is,
	// "word~" also with an English ending, "word*" any word that begins so, several
	// words one after the other. A phrase counts where one of its words changed;
	// with "…" at its end also where what comes next did.
	phrases string
}

// topics are what a suggested severity is made of, each counted once. English
// first, then what other languages of terms call it.
var topics = [...]topic{
	{"arbitration or class action", 40, "arbitrat*, class action~, class or representative, jury, " +
		"schiedsgericht*, schiedsverfahren, sammelklage*, arbitrage, recours collectif*, arbitraje, acción colectiva, " +
		"arbitrato, class-action, arbitragem"},
	{"liability or warranty", 25, "liabilit*, liable, warrant*, indemnif*, indemnity, haftung*, haften, haftet, " +
		"gewährleistung*, responsabilité*, garantie*, responsabilidad*, garantía*, responsabilità, responsabilidade, " +
		"aansprakelijk*"},
	{"selling or sharing data", 35, "sell, sells, selling, sold, sale of, third part*, share your, share with, share the, " +
		"share it with, shared with, sharing of, disclos*, verkauf*, weitergabe, dritte, dritten, vendre, vente de, tiers, " +
		"divulg*, vender, terceros, vendere, terzi, terceiros, derden"},
	{"training of models", 35, "machine learning, artificial intelligence, generative ai, generative artificial, " +
		"train our, train ai, train model~, train its, train their, train and, training our, training of, training ai, " +
		"training model~, ai model~, ai training, language model~, künstliche intelligenz, künstlicher intelligenz, " +
		"maschinelle* lernen, intelligence artificielle, inteligencia artificial, intelligenza artificiale, " +
		"inteligência artificial"},
	{"children or age", 30, "child, children, children's, minor, minors, years old, years of age, year old, age of, " +
		"under the age, minimum age, parental, parent, parents, kinder, kindern, minderjährig*, mineur, mineurs, enfants, " +
		"menores, minori, minderjarig*"},
	{"biometric, health or location data", 30, "biometric*, health data, health information, health-related, genetic*, " +
		"location data, precise location, geolocation, facial, voiceprint~, faceprint~, biometrisch*, gesundheitsdaten, " +
		"standortdaten, biométri*, données de santé, géolocalisation, geolocali*, datos de salud"},
	{"new kinds of data", 20, "we collect…, we may collect…, we also collect…, collect your…, contact list~, " +
		"address book~, browsing history, search history, device identifier~, keystroke~, wir erheben…, " +
		"nous collectons…, recopilamos…, raccogliamo…"},
	{"retention or deletion", 25, "retain~, retention, delet*, eras*, keep your…, stored for…, aufbewahr*, lösch*, " +
		"conservation, supprim*, conservación, eliminar, conservazione"},
	{"consent or opting out", 25, "consent~, opt out, opt-out, opting out, opt in, opt-in, withdraw~, object to, " +
		"unsubscrib*, einwillig*, widerruf*, widersprech*, consentement, retirer, consentimiento, consenso, consentimento, " +
		"toestemming"},
	{"fees or renewal", 25, "fee, fees, charge, charges, charged, charging, renew~, renewal, renewals, refund~, " +
		"refundable, price, prices, pay, pays, payment, payments, billing, billed, gebühr*, preis, preise, entgelt*, " +
		"frais, prix, remboursement*, tarifa*, precio*, reembolso*, tariff*, prezzo, rimborso, taxa, taxas, kosten"},
	{"ending or suspending an account", 20, "terminat*, suspend*, suspension, cancel*, deactivat*, close your account, " +
		"kündig*, sperren, gesperrt, résili*, suspens*, rescindir, rescisión, recesso, rescis*, opzegg*"},
	{"governing law", 20, "governing law, governed by…, jurisdiction of…, exclusive jurisdiction, venue, law of…, " +
		"laws of…, courts of…, courts in…, gerichtsstand*, anwendbare* recht, droit applicable, tribunaux, ley aplicable, " +
		"legge applicabile, foro competente, lei aplicável"},
	{"contracting party", 20, "agreement between…, contract between…, contract with…, contracting with…, " +
		"agreement with…, provided by…, operated by…, controller is…, vertrag mit…, contrat avec…, contrato con…"},
	{"licence to content", 25, "licens*, licenc*, sublicen*, perpetual, irrevocable, royalty-free, nutzungsrecht*, lizenz*, " +
		"unwiderruflich, irrévocable, licencia*, irrevocabile"},
	{"a ban", 20, "may not, must not, shall not, not permitted, not allowed, not use, not to use, prohibit*, forbidden, " +
		"scrap*, crawl*, reverse engineer*, untersagt, verboten, nicht gestattet, interdit*, prohibid*, proibid*, vietat*, " +
		"verboden"},
	{"notice of changes", 15, "notice, notices, notify, notifies, notified, notification, benachrichtig*, préavis, aviso, " +
		"preavviso"},
}

// ban is the topic of what a list gets that forbids.
var ban = slices.IndexFunc(topics[:], func(t topic) bool { return t.name == "a ban" })

// endings are what an English word may have behind it.
var endings = []string{"", "s", "es", "d", "ed", "ing", "al", "als"}

// phrase is a phrase of a topic, its words in lower case.
type phrase struct {
	words []string
	next  bool // what comes next counts, too
	topic int
}

// phrases finds the phrases of topics by the first three bytes of their first word,
// or two of one that has no more.
var phrases = func() map[string][]phrase {
	m := map[string][]phrase{}
	for i, t := range topics {
		for p := range strings.SplitSeq(t.phrases, ",") {
			p, next := strings.CutSuffix(strings.TrimSpace(p), "…")
			words := strings.Fields(p)
			k := phraseKey(strings.Trim(words[0], "*~"))
			m[k] = append(m[k], phrase{words: words, next: next, topic: i})
		}
	}
	return m
}()

// phraseKey is what phrases are found by.
func phraseKey(word string) string { return word[:min(3, len(word))] }

// hasPhrase rules out most words by their first three bytes: the bits of a third one
// that a phrase has after the first two.
var hasPhrase = func() (t [32][32]uint32) {
	for k := range phrases {
		third := uint32(1<<32 - 1)
		if len(k) > 2 {
			third = 1 << (k[2] & 31)
		}
		t[k[0]&31][k[1]&31] |= third
	}
	return t
}()

// mayHavePhrase reports whether a phrase may begin with a word, in whatever case.
func mayHavePhrase(w string) bool {
	if len(w) < 2 {
		return false
	}
	third := hasPhrase[(w[0]|0x20)&31][(w[1]|0x20)&31]
	if third == 0 || len(w) == 2 || w[2] >= utf8.RuneSelf { // which in small letters may be shorter
		return third != 0
	}
	return third&(1<<((w[2]|0x20)&31)) != 0
}

// matches reports whether a word in lower case is one of a pattern.
func matches(pattern, word string) bool {
	switch pattern[len(pattern)-1] {
	case '*':
		return strings.HasPrefix(word, pattern[:len(pattern)-1])
	case '~':
		rest, ok := strings.CutPrefix(word, strings.TrimSuffix(pattern[:len(pattern)-1], "e"))
		return ok && (slices.Contains(endings, rest) || slices.Contains(endings, strings.TrimPrefix(rest, "e")))
	}
	return word == pattern
}

// maxNext is how many words after a phrase are what comes next.
const maxNext = 4

// addTopics notes the topics whose phrases changed among the words of one side.
func (t *telling) addTopics(side []sideWord) {
	for i := range side {
		w := side[i].word
		if !mayHavePhrase(w) { // work limit
			continue
		}
		w = strings.ToLower(w)
		for _, p := range phrases[phraseKey(w)] {
			if !t.topics[p.topic] && p.changed(side, i, w) {
				t.topics[p.topic] = true
			}
		}
	}
}

// changed reports whether the phrase stands at i, whose word in lower case is
// first, and something of it changed.
func (p *phrase) changed(side []sideWord, i int, first string) bool {
	n := len(p.words)
	if i+n > len(side) || !matches(p.words[0], first) {
		return false
	}
	changed := side[i].changed
	for k := 1; k < n; k++ {
		if !matches(p.words[k], strings.ToLower(side[i+k].word)) {
			return false
		}
		changed = changed || side[i+k].changed
	}
	if p.next {
		for k := i + n; k < len(side) && k < i+n+maxNext; k++ {
			changed = changed || side[k].changed
		}
	}
	return changed
}
