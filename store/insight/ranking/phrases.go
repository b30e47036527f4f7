package ranking

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// phrase is something that terms say in a few known ways.
type phrase struct {
	name   string
	points uint8
	quoted bool   // it is shown as the words of the text
	ways   string // the words it is said by, separated by commas
}

// shown is the phrase as it is shown after "adds" or "removes".
func (p *phrase) shown() string {
	if p.quoted {
		return "“" + p.name + "”"
	}
	return p.name
}

// deniable are phrases of which a text more often says that something is not so, or must not
// be done, than that it is: of these it matters which.
var deniable = setOf("selling data, sharing with third parties, advertising partners, data brokers, " +
	"targeted advertising, training of AI models, AI or machine learning, profiling or automated decisions, " +
	"facial recognition, biometric data, " +
	"health data, precise location, location data, contact lists, inferences about you, private messages, " +
	"device or advertising identifiers, cookies, scraping, reverse engineering, benchmarking, bots or automated access, " +
	"a need for consent, prior notice, a way to opt out, a way to opt in, a right to delete, a right of access, a right to appeal, " +
	"transfers abroad, " +
	"indemnification, encryption, automatic renewal, refunds, a fee, free trials, monitoring of users, " +
	"recording of calls or voices, credit checks, service levels, ownership of content")

// alsoSaid are other words for what phrases name: a text that has these does not lack it.
var alsoSaid = map[string]string{
	"training of AI models": "to train, train and, training our, training of our",
	"automatic renewal":     "until cancelled, until canceled, recurring, renew, renews, renewal, renewals",
	"contact lists":         "contacts, phonebook, address book",
	"targeted advertising": "targeted advertisements, targeted ad, tailored ads, tailored advertising, relevant ads, " +
		"personalized advertisements, personalised advertisements, personalize ads, personalise ads",
	"rules for other US states": "us states, u.s. states, certain states, state privacy, other states",
	"a rule for minors": "child, children, teen, teens, teenagers, young people, youth, underage, " +
		"under 13, under 16, under 18",
	"a minimum age":              "years old, years of age, under the age of, under 13, under 16, under 18",
	"refunds":                    "refunded, money back, reimburse",
	"cookies":                    "cookie, pixel, tracking technology, similar technologies",
	"encryption":                 "encrypt, encrypts, encrypting",
	"harassment":                 "harassing, bully, harassed",
	"violence":                   "violently",
	"a way to opt out":           "opted out, opts out, unsubscribing",
	"audits":                     "auditing, audited, auditor, auditors",
	"AI or machine learning":     "ai, algorithmic",
	"a court's jurisdiction":     "courts, competent court, court of competent jurisdiction",
	"a governing law":            "law will apply, laws will apply, laws of that, laws of your, will govern",
	"scraping":                   "scraped, crawler, crawlers, spider, spiders",
	"sharing with third parties": "third parties, third party, service providers",
	"changes to the terms": "modify the terms, change the terms, update the terms, changes to the terms, " +
		"revise the terms, amend the terms, modify this agreement, amend this agreement, changes to this agreement",
	"a jury trial waiver":    "jury",
	"suspension of accounts": "suspended, suspending, suspend, suspension",
}

// setOf is a set of names that commas separate.
func setOf(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq(names, ", ") {
		m[name] = true
	}
	return m
}

// phrases are what the queue names. They are English; what other languages say is read
// word by word.
var phrases = [...]phrase{
	{"binding arbitration", 60, false, "binding arbitration, final and binding arbitration, arbitration agreement, " +
		"resolved by arbitration, settled by arbitration, submit to arbitration, agree to arbitrate"},
	{"a class action waiver", 60, false, "class action waiver, class-action waiver, " +
		"waive any right to a class action, " +
		"waiver of class actions, not as a plaintiff or class member, class or representative proceeding, " +
		"class or representative action"},
	{"a jury trial waiver", 55, false, "waive the right to a jury trial, waiver of jury trial, jury trial waiver, " +
		"waive any right to a jury trial, waive our respective rights to a jury trial, waive trial by jury"},
	{"mass arbitration", 45, false, "mass arbitration, batch arbitration, bellwether"},
	{"small claims court", 35, false, "small claims court, small claims"},
	{"a time limit for claims", 45, false, "within one year after, within one (1) year after, must be filed within, " +
		"must be brought within, claim must be commenced within"},
	{"a cap on liability", 45, false, "total liability, aggregate liability, maximum liability, " +
		"liability shall not exceed, liability will not exceed, liability is limited to"},
	{"indirect damages", 30, false, "consequential damages, indirect damages, punitive damages"},
	{"liquidated damages", 50, false, "liquidated damages"},
	{"indemnification", 40, false, "indemnify, indemnification, hold harmless"},
	{"“as is”", 25, false, "as is basis, as is and, provided as is, on an as is, as available, " +
		"disclaim all warranties, without warranties of any kind"},
	{"selling data", 55, false, "sell your personal, sell your information, sell personal information, " +
		"sell your data, sale of personal information, sell or share, sell personal data, sale of your personal"},
	{"sharing with third parties", 35, false, "share with third parties, share your information with, " +
		"disclose to third parties, share your data with, share your personal information with, disclose your personal"},
	{"advertising partners", 40, false, "advertising partners, ad partners, advertising networks, ad networks, " +
		"marketing partners"},
	{"data brokers", 50, false, "data brokers, data broker, data aggregators"},
	{"targeted advertising", 40, false, "targeted advertising, targeted ads, personalized ads, personalised ads, " +
		"interest-based advertising, behavioural advertising, behavioral advertising, cross-context behavioral advertising, " +
		"personalized advertising, personalised advertising"},
	{"training of AI models", 60, false, "train ai, train our ai, train our models, train machine learning, " +
		"training of ai, train models, train artificial intelligence, ai training, model training, train generative"},
	{"AI or machine learning", 45, false, "machine learning, artificial intelligence, generative ai, " +
		"large language model, large language models, ai models, ai features, ai model"},
	{"profiling or automated decisions", 45, false, "automated decision-making, automated decision making, " +
		"automated decisions, profiling"},
	{"facial recognition", 55, false, "facial recognition, face recognition, face geometry, faceprint, faceprints"},
	{"biometric data", 50, false, "biometric information, biometric data, biometric identifiers, biometrics, " +
		"voiceprints, voiceprint, biometric"},
	{"health data", 45, false, "health data, health information, medical information"},
	{"precise location", 45, false, "precise location, precise geolocation, gps location"},
	{"location data", 35, false, "location data, location information, geolocation, geolocation data"},
	{"contact lists", 35, false, "your contact list, your address book, contacts list, phone contacts"},
	{"inferences about you", 40, false, "inferences about, inferences we, inferences drawn, infer your"},
	{"private messages", 35, false, "private messages, direct messages, content of your messages, message content"},
	{"device or advertising identifiers", 40, false, "device fingerprint, device fingerprints, device identifier, " +
		"device identifiers, advertising id, advertising identifier, advertising identifiers"},
	{"cookies", 15, false, "cookies, tracking technologies, tracking pixels, pixel tags, web beacons"},
	{"scraping", 45, false, "scrape, scraping, crawl, crawling, data mining, web scraping"},
	{"reverse engineering", 30, false, "reverse engineer, reverse engineering, decompile, disassemble"},
	{"benchmarking", 30, false, "benchmark, benchmarking, competitive analysis"},
	{"bots or automated access", 35, false, "automated means to, other automated means, any automated means, " +
		"use bots, using bots, robots, spiders, automated access"},
	{"a rule for minors", 35, false, "under the age of, parental consent, parent or guardian, minors"},
	{"a minimum age", 40, false, "at least 13, at least 16, at least 18, 13 years, 16 years, 18 years, minimum age"},
	{"with your consent", 50, true, "with your consent"},
	{"without your consent", 50, true, "without your consent"},
	{"a need for consent", 30, false, "explicit consent, express consent, prior consent, withdraw your consent, " +
		"obtain your consent, ask for your consent"},
	{"a way to opt out", 40, false, "opt out, opt-out, opting out, unsubscribe, do not sell my personal information"},
	{"a way to opt in", 40, false, "opt in, opt-in, opting in"},
	{"legitimate interests", 30, false, "legitimate interests, legitimate interest"},
	{"a right to delete", 40, false, "right to delete, request deletion, right to erasure, delete your personal, " +
		"delete your data, right to be forgotten"},
	{"a right of access", 30, false, "right to access, right of access, data portability, right to portability, " +
		"copy of your data, request access to"},
	{"a rule on keeping data", 35, false, "retain your data, retain your information, retain your personal, " +
		"retention period, retention periods, we retain your, we retain personal, we retain information, " +
		"we retain the information, we will retain, we may retain, data retention, " +
		"will be retained, how long we keep, as long as necessary"},
	{"a rule on deletion", 35, false, "will be deleted, we delete, we will delete, permanently deleted, " +
		"automatically deleted"},
	{"transfers abroad", 30, false, "standard contractual clauses, data privacy framework, privacy shield, " +
		"international transfers, transfer your personal data outside, adequacy decision, transferred outside"},
	{"subprocessors", 25, false, "subprocessor, subprocessors, sub-processor, sub-processors"},
	{"law enforcement or court orders", 35, false, "law enforcement, government requests, court order, subpoena"},
	{"encryption", 20, false, "encrypted, encryption, end-to-end"},
	{"security incidents or breaches", 30, false, "data breach, security breach, security incident, " +
		"personal data breach"},
	{"without notice", 50, true, "without notice"},
	{"without prior notice", 50, true, "without prior notice"},
	{"at any time", 25, true, "at any time"},
	{"a sole discretion", 40, false, "at our sole discretion, in our sole discretion, at its sole discretion, " +
		"in its sole discretion, sole and absolute discretion"},
	{"for any reason", 40, true, "for any reason"},
	{"prior notice", 30, false, "prior notice, advance notice, days notice, days' notice, prior written notice"},
	{"termination of accounts", 35, false, "terminate your account, terminate your access, terminate this agreement, " +
		"termination of your account, suspend or terminate, terminate or suspend"},
	{"suspension of accounts", 30, false, "suspend your account, suspend your access, account suspension"},
	{"inactive accounts", 35, false, "inactive accounts, inactive account, inactivity, dormant"},
	{"automatic renewal", 45, false, "automatically renew, automatically renews, automatic renewal, auto-renew, " +
		"auto-renewal, renews automatically, renew automatically"},
	{"refunds", 40, false, "refund, refunds, refundable, non-refundable, nonrefundable"},
	{"a fee", 30, false, "service fee, service fees, late fee, late fees, surcharge, transaction fee, " +
		"transaction fees, additional fees"},
	{"price changes", 40, false, "change our prices, price increase, price increases, change the price, " +
		"change our fees, increase our fees, price changes"},
	{"free trials", 30, false, "free trial, free trials, free trial period"},
	{"taxes", 15, false, "taxes, value added tax, sales tax, withholding tax"},
	{"a licence to your content", 50, false, "royalty-free, license to use your content, " +
		"licence to use your content, transferable license, worldwide license, world-wide license"},
	{"moral rights", 35, false, "moral rights"},
	{"ownership of content", 30, false, "retain ownership, you own the content, you own your, you own all, retain all rights, ownership of your content"},
	{"feedback rights", 20, false, "suggestions or feedback, feedback you provide, feedback you give, feedback and suggestions"},
	{"monitoring of users", 35, false, "monitor your, monitoring of, we may monitor, reserve the right to monitor"},
	{"removal of content", 35, false, "remove content, remove your content, remove any content, content removal, " +
		"remove or disable"},
	{"a right to appeal", 35, false, "right to appeal, may appeal, can appeal, appeal the decision, " +
		"appeal our decision, submit an appeal, appeal process, appeals process"},
	{"hate speech", 30, false, "hate speech, hateful conduct, hateful content"},
	{"harassment", 25, false, "harassment, bullying, harass"},
	{"misinformation", 30, false, "misinformation, disinformation, false information"},
	{"AI-generated content", 40, false, "ai-generated, ai generated, deepfake, deepfakes, synthetic media, " +
		"manipulated media"},
	{"adult content", 30, false, "nudity, sexual content, sexually explicit, pornography, pornographic, adult content"},
	{"violence", 25, false, "violence, violent, violent extremism"},
	{"weapons", 25, false, "weapons, firearms, ammunition, explosives"},
	{"gambling", 25, false, "gambling, lottery, lotteries, betting"},
	{"cryptocurrency", 25, false, "cryptocurrency, cryptocurrencies, digital assets, virtual currency, nft, " +
		"nfts, token sale"},
	{"sanctions", 25, false, "sanctions, export control, export controls, ofac, sanctioned"},
	{"copyright infringement or takedowns", 20, false, "dmca, copyright infringement, repeat infringer, " +
		"repeat infringers, takedown"},
	{"a governing law", 35, false, "governing law, governed by the laws, laws of the state"},
	{"a court's jurisdiction", 35, false, "exclusive jurisdiction, personal jurisdiction, courts located in, " +
		"courts of"},
	{"the contracting party", 30, false, "contracting entity, contracting party, agreement between you and, " +
		"you are contracting with"},
	{"the data controller", 25, false, "data controller, controller of your, joint controllers, joint controller"},
	{"a representative or officer", 20, false, "data protection officer, eu representative, uk representative, " +
		"privacy officer, representative in the"},
	{"rules for California", 30, false, "ccpa, cpra, california consumer privacy act, california residents, " +
		"california privacy"},
	{"a mention of EU law", 30, false, "gdpr, general data protection regulation, digital services act, " +
		"digital markets act"},
	{"rules for other US states", 25, false, "virginia, colorado, connecticut, utah, texas residents, oregon"},
	{"a supervisory authority", 25, false, "supervisory authority, data protection authority, " +
		"information commissioner, lodge a complaint"},
	{"changes to the terms", 30, false, "modify these terms, change these terms, update these terms, " +
		"amend these terms, revise these terms, changes to these terms, changes to this policy, update this policy"},
	{"acceptance by using", 35, false, "continued use, by continuing to use, by using the service, " +
		"by using our services, by accessing or using the, by accessing or using our"},
	{"assignment to others", 25, false, "assign these terms, assign this agreement, merger, acquisition, " +
		"sale of assets, bankruptcy"},
	{"calls or text messages", 35, false, "autodialed, text messages, sms, prerecorded calls, " +
		"prerecorded messages, marketing calls"},
	{"recording of calls or voices", 35, false, "record calls, call recording, voice recordings, audio recordings"},
	{"identity checks", 30, false, "verify your identity, identity verification, government-issued, " +
		"government id, know your customer"},
	{"age checks", 35, false, "age verification, verify your age, age assurance, age estimation"},
	{"credit checks", 35, false, "credit report, credit reporting, credit check, credit bureaus, consumer report"},
	{"employees' data", 20, false, "job applicants, employment applications, employee data"},
	{"beta features", 20, false, "beta features, beta services, beta version, beta versions, beta products, " +
		"preview features, experimental features, early access"},
	{"service levels", 25, false, "uptime, service level, service levels, service credits, availability commitment"},
	{"usage limits", 30, false, "rate limit, rate limits, usage limits, fair use, quota, quotas, excessive use"},
	{"force majeure", 20, false, "force majeure, beyond our reasonable control, acts of god"},
	{"confidentiality", 20, false, "confidential information, confidentiality, non-disclosure"},
	{"audits", 25, false, "audit, audits, right to audit"},
}

// wayOf is one of the ways in which a phrase is said.
type wayOf struct {
	words []string
	named int // of phrases
}

// byFirstWord finds the ways by their first word.
var byFirstWord = func() map[string][]wayOf {
	m := map[string][]wayOf{}
	for i, p := range phrases {
		for way := range strings.SplitSeq(p.ways, ",") {
			words := strings.Fields(way)
			m[words[0]] = append(m[words[0]], wayOf{words, i})
		}
	}
	return m
}()

// waysOf are the ways in which each phrase is said, and what else it is said by.
var waysOf = func() (list [len(phrases)][][]string) {
	for i, p := range phrases {
		for _, ways := range []string{p.ways, alsoSaid[p.name]} {
			for way := range strings.SplitSeq(ways, ",") {
				if words := strings.Fields(way); len(words) > 0 {
					list[i] = append(list[i], words)
				}
			}
		}
	}
	return list
}()

// holds reports whether a text in lower case has some words one after the other, with no more
// than a few signs, such as of markup, between them.
func holds(text string, words []string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words[0])
		if i < 0 {
			return false
		}
		at := from + i
		from = at + len(words[0])
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		if end, ok := follow(text, from, words[1:]); ok && !isLetter(before) {
			if after, _ := utf8.DecodeRuneInString(text[end:]); !isLetter(after) {
				return true
			}
		}
	}
}

// maxBetween is how many bytes of signs may stand between two words of a phrase.
const maxBetween = 12

// follow finds where words end that follow one another from a place on.
func follow(text string, at int, words []string) (end int, ok bool) {
	for _, w := range words {
		between := strings.IndexFunc(text[at:], isLetter)
		if between < 1 || between > maxBetween || !strings.HasPrefix(text[at+between:], w) {
			return at, false
		}
		at += between + len(w)
	}
	return at, true
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isTelling reports whether a word in lower case says something by itself.
func isTelling(w string) bool {
	return len(w) > 2 && !common[w] && !startsAmount(w)
}

// common are words that say nothing by themselves. Negations and modals are none.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("the and for that this with are was were been being have has had from our your you " +
		"its their they them these those which who whom whose what when where while such any all each other others also " +
		"into onto upon about under over between through during before after above below than then there here more most " +
		"some such only own same both few one two per via etc including include includes included but nor yet how why " +
		"his her she him out off because until against itself themselves yourself use used using uses") {
		m[w] = true
	}
	return m
}()
