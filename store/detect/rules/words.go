package rules

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	wordsVersion = 17
	wordsSum     = "046dac090d9c"
)

// wordRules judge a stretch of differing words.
var wordRules = []*Rule{
	{
		Name: "punctuation between words", Scope: OfWords, Reason: model.ReasonTypography,
		words: func(s *Stretch) bool { return s.wording() == model.ReasonTypography },
		Folds: pairs(
			"Fees, if any, are are due.", "Fees if any are due.",
			"Fees (all of them) are are due.", "Fees, all of them are due."),
		Keeps: pairs(
			"Fees, if any, are are due.", "Fees if many are due.",
			"Fees of 1.5 EUR are are due.", "Fees of 15 EUR are due."),
	},
	{
		Name: "case of words", Scope: OfWords, Reason: model.ReasonCase,
		words: func(s *Stretch) bool { return s.wording() == model.ReasonCase },
		Folds: pairs(
			"THE Terms apply to to you.", "the Terms apply to you.",
			"Your Data, they say, is is yours.", "Your data, they say, is yours."),
		Keeps: pairs(
			"THE Terms apply to to you.", "our Terms apply to you.",
			"You MAY share it it.", "You must share it."),
	},
	{
		Name: "words run together", Scope: OfWords, Reason: model.ReasonWhitespace,
		words: func(s *Stretch) bool { return s.wording() == model.ReasonWhitespace },
		Folds: pairs(
			"The climate change: changeClimate, if any, is due due now.",
			"The climate change: change Climate, if any, is due now.",
			"Refunds and fees: feesRefunds; we pay pay now.",
			"Refunds and fees: fees Refunds; we pay now."),
		Keeps: pairs(
			"Refunds and fees: feesRefunds for for you.",
			"Refunds and fees: fees Arbitration for you.",
			"Wait 1 5 days and and more.",
			"Wait 15 days and more."),
	},
	{
		Name: "number among the changes", Scope: OfWords, Reason: model.ReasonNumbering,
		words: (*Stretch).isOwnNumber, own: wordSetOf("section article clause"),
		Folds: pairs(
			"3. Fees are are due.", "4. Fees are due.",
			"Section 3. Fees are are due.", "Article 3. Fees are due.",
			"Clause 3: Fees are are due.", "Section 3: Fees are due."),
		Keeps: pairs(
			"3 fees are are due.", "4 fees are due.",
			"Section 3. Fees are are due.", "Section 4. Fees are due.",
			"3. Fees are are due after 3 days.", "4. Fees are due after 4 days.",
			"Fees 3 are are due.", "Fees 4 are due."),
	},
	{
		Name: "mark of a note", Scope: OfWords, Reason: model.ReasonNumbering, Detail: "the mark of a note",
		words: (*Stretch).isNoteMark,
		Folds: pairs(
			"Logs are kept for 30[1] days.", "Logs are kept for 30[2] days.",
			"[1] Except in Veldt, where it is is 45 days.", "[3] Except in Veldt, where it is 45 days.",
			"Fees are due.[a] We send a bill.[b]", "Fees are due.[b] We send a bill.[c]",
			"Les frais sont dus\\[12\\] sous 30 jours.", "Les frais sont dus\\[14\\] sous 30 jours."),
		Keeps: pairs(
			"Fees of [2] coins are due.", "Fees of [3] coins are due.",
			"Logs are kept for 30[1] days.", "Logs are kept for 60[1] days.",
			"Logs are kept for 30 days.", "Logs are kept for 30[1] days.",
			"A flat of 30 m² is small.", "A flat of 30 m³ is small."),
	},
	{
		Name: "date of a date line", Scope: OfWords, Reason: model.ReasonDate,
		words: inDateLines, own: dateLineWords,
		Folds: pairs(
			"Last updated: January 5, 2026", "Last updated: March 16, 2026",
			"Effective December 12, 2023 | Print", "Effective 9 October 2026 | Print",
			"Last updated", "Last updated: March 16, 2026",
			"Fees are due. Revised 5 May 2026", "Fees are due. Revised 6 May 2026",
			"Fees are due. Updated 5 May 2026.", "Fees are due. Updated Jan. 6, 2026.",
			"Stand: 5. Januar 2026", "Stand: 9. Februar 2026",
			"Date de mise à jour : 5 janvier 2026", "Date de mise à jour : 5 mars 2026",
			"Quill Terms of Use. Last revised 2026-05-05", "Quill Terms of Use. Last revised 2026-06-05"),
		Keeps: pairs(
			"From January 5, 2026 you must settle disputes by arbitration.",
			"From March 5, 2026 you must settle disputes by arbitration.",
			"You have until 5 May 2026", "You have until 6 May 2026",
			"Offer valid until 30 September 2026", "Offer valid until 30 June 2026",
			"The fee change is effective from 1 June 2026.", "The fee change is effective from 1 April 2026.",
			"Part A: New version - effective as of 4 May 2026", "Part A: New version - effective as of 9 May 2026",
			"Prices effective 4 May 2026", "Prices effective 9 May 2026",
			"Fees are due. 5 May 2026", "Fees are due. 6 May 2026",
			"* 5 May 2026", "* 6 May 2026",
			"| Appeals | 5 May 2026 |", "| Appeals | 6 May 2026 |",
			"Fees are due 5 May 2026. Revised", "Fees are due 6 May 2026. Revised",
			"5 May 2026", "Arbitration 5 May 2026",
			"Updated by Ann", "Updated 5 May 2026 by Ann"),
	},
	{
		Name: "token", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailToken,
		words: func(s *Stretch) bool { return isToken(s.removed()) && isToken(s.added()) && !s.isIdentifier() },
		Folds: pairs(
			"Request a81f4c99d2b07e55 was blocked.", "Request 77ce01b2aa90ff31 was blocked.",
			"Your ray is 9a8b7c6d5e4f.", "Your ray is 1f2e3d4c5b6a."),
		Keeps: pairs(
			"Request a81f4c99 was blocked.", "Request 77ce01b2 was blocked.",
			"Call 123456789012 for it.", "Call 123456789013 for it.",
			"Pay to account QH89370400440532013000.", "Pay to account QH12500105170648489890.",
			"Our contract is mc-2021-0045-ab12 with you.", "Our contract is mc-2021-0099-zz12 with you.",
			"Send it to 0x71c7656ec7ab88b098defb751b7401b5f6d8976f.", "Send it to 0x11d7656ec7ab88b098defb751b7401b5f6d8976f.",
			"Wallet: bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh", "Wallet: bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
			"IBAN QH89370400440532013000", "IBAN QH12500105170648489890",
			"Your ray is 9a8b7c6d5e4f.", "Your ray is a fee."),
	},
	{
		Name: "token of letters", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailToken,
		words: (*Stretch).isLetterToken,
		Folds: pairs(
			"Legal notes BESbswyBESbswyBESbswyBESbswy", "Legal notes",
			"Legal notes end", "Legal notes xKqPvTzWmNbRxLgHdTrW end",
			"Legal qWrTqWrTqWrTqWrTqWrT notes", "Legal zXcVzXcVzXcVzXcVzXcV notes"),
		Keeps: pairs(
			"Legal notes", "Legal notes PrivacyTermsCookiesFees",
			"Legal notes", "Legal notes rechtsschutzversicherungen",
			"Legal notes", "Legal notes DE89370400440532013000",
			"Legal notes", "Legal notes ARBITRATIONANDWAIVERS",
			"Legal notes BESbswyBESbswyBESbswyBESbswy", "Legal notes of fees"),
	},
	{
		Name: "date in a file's name", Scope: OfWords, Reason: model.ReasonDate, words: (*Stretch).isFileDate,
		Folds: pairs(
			"[EN Quill Terms 20240322.pdf](/1)", "[EN Quill Terms 20240612.pdf](/2)",
			"Quill Terms 22032024.docx", "Quill Terms 12062024.docx",
			"See terms-2024-03-22.PDF here", "See terms-2024-06-12.PDF here",
			"[Terms 2024.03.22.html](/1)", "[Terms 2024.06.12.html](/2)",
			"AGB 20240101.odt gilt", "AGB 20250101.odt gilt"),
		Keeps: pairs(
			"Pay 20240322 crowns", "Pay 20240612 crowns",
			"Case 20249922.pdf", "Case 20249912.pdf",
			"Pay by 2024-03-22. Doc fees apply", "Pay by 2024-06-12. Doc fees apply",
			"Quill Terms 20240322.pdf", "Quill Fees 20240612.pdf",
			"File 20240322.exe", "File 20240612.exe"),
	},
	{
		Name: "time ago", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailRelativeTime,
		words: func(s *Stretch) bool {
			return s.counts() && !s.in.led && (s.phrases(timeAgo) || s.phrases(timeAgoIn) && !s.obliges())
		},
		own: wordSetOf("second seconds minute minutes hour hours day days week weeks month months year years",
			"yesterday today just about over almost last"),
		Folds: pairs(
			"Ann wrote it. Last updated 5 days ago.", "Ann wrote it. Last updated 9 days ago.",
			"Ann wrote it; edited 3 hours ago by Bob", "Ann wrote it; edited 4 hours ago by Bob",
			"Ann edited it, changed today", "Ann edited it, changed yesterday",
			"Ann edited it, changed just now", "Ann edited it, changed yesterday",
			"Ann edited it, changed last week", "Ann edited it, changed yesterday",
			"Ann edited it, changed 3 hours ago", "Ann edited it, changed today",
			"90 (last comment by Ilkay 6 hours ago)", "69 (last comment by Ilkay yesterday)",
			"* 3 (last comment by Harro 4 days ago)", "* 0 (last comment by Harro 2 days ago)",
			"Ann wrote it; over 5 years ago", "Ann wrote it; over 6 years ago"),
		Keeps: pairs(
			"It was viewed 5 days ago.", "It was viewed 9 days ago.",
			"Ann wrote it. You were billed 5 days ago.", "Ann wrote it. You were billed 9 days ago.",
			"Fees are due today.", "Fees are due yesterday.",
			"Accounts last updated 12 months ago are closed.", "Accounts last updated 6 months ago are closed.",
			"We close what was last updated 12 months ago.", "We close what was last updated 6 months ago.",
			"Accounts, last updated 12 months ago, are closed.", "Accounts, last updated 6 months ago, are closed.",
			"We refund orders by members 30 days ago", "We refund orders by members 14 days ago",
			"You may appeal what Ann wrote, edited 3 days ago", "You may appeal what Ann wrote, edited 9 days ago",
			"Those are closed:\n\n* Last updated 12 months ago", "Those are closed:\n\n* Last updated 6 months ago",
			"Ann edited it, changed today", "Ann edited it, changed never"),
	},
	{
		Name: "length of a video in a line", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailDuration,
		words: func(s *Stretch) bool { return s.counts() && s.phrases(clockTime) },
		Folds: pairs(
			"Our film; 12:34; in English", "Our film; 12:40; in English",
			"Our film; 0:05 / 3:20", "Our film; 0:07 / 3:20"),
		Keeps: pairs(
			"Our office ; until 12:34; on Mondays", "Our office ; until 12:40; on Mondays",
			"Our film; 12:34 EUR; in English", "Our film; 12:40 EUR; in English"),
	},
	{
		Name: "number of a counter", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailCounter,
		words: func(s *Stretch) bool {
			return s.counts() && !s.isThreshold() && (s.phrases(counted) || s.phrases(readingTime))
		},
		own: wordSetOf("views view comments comment likes shares replies votes followers ratings reviews read"),
		Folds: pairs(
			"Our film; 12 views; in English", "Our film; 13 views; in English",
			"Our page; 5 min read", "Our page; 6 min read",
			"Our film? 12,001 likes", "Our film? 12,002 likes"),
		Keeps: pairs(
			"Our film 12 views", "Our film; 13 views",
			"Our film; 12 fees; in English", "Our film; 13 fees; in English",
			"Our page; 5 min notice", "Our page; 6 min notice"),
	},
	{
		Name: "share price", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: "share price",
		words: func(s *Stretch) bool { return s.counts() && s.phrases(ticker) },
		Folds: pairs(
			"Quill (NYSE: QLL) 12.50", "Quill (NYSE: QLL) 13.10",
			"Quill NASDAQ: QLL 12.50", "Quill NASDAQ: QLL 13.10",
			"Quill Nasdaq : QLL 12.50", "Quill Nasdaq : QLL 13.10"),
		Keeps: pairs(
			"Quill costs 12.50 a month.", "Quill costs 13.10 a month.",
			"See NYSE: QLL here. Fees of 12.50 apply.", "See NYSE: QLL here. Fees of 13.10 apply.",
			"Quill Inc. (NYSE: QLL). Fees of 12.50 apply.", "Quill Inc. (NYSE: QLL). Fees of 13.10 apply.",
			"Quill (NASDAQ: QLL) charges 12.50", "Quill (NASDAQ: QLL) charges 13.10",
			"Quill (NYSE: QLL) 12.50 a month", "Quill (NYSE: QLL) 13.10 a month"),
	},
	{
		Name: "copyright year", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: "copyright year",
		words: func(s *Stretch) bool {
			return s.counts() && s.phrases(copyright) && s.isCopyrightYear() && !s.isSentence()
		},
		own: wordSetOf("copyright"),
		Folds: pairs(
			"© 2022 Quill", "© 2023 Quill",
			"(c) 2022 Quill", "(c) 2023 Quill",
			"Copyright 2022 Quill", "Copyright 2023 Quill",
			"© 2015 - 2022 Quill", "© 2015 - 2023 Quill",
			"© (c) 2022 Quill", "© (c) 2023 Quill"),
		Keeps: pairs(
			"We keep it until 2022.", "We keep it until 2023.",
			"© 2022 Quill and all of its good partners keep it until 2025",
			"© 2022 Quill and all of its good partners keep it until 2026",
			"Copyright 2020 claims must be filed in 90 days.", "Copyright 2024 claims must be filed in 90 days.",
			"Copyright 2020 claims are void.", "Copyright 2024 claims are void.",
			"© 2020 works may not be sold", "© 2024 works may not be sold",
			"Copyright 2022, fee 12", "Copyright 2022, fee 13"),
	},
	{
		Name: "obfuscated e-mail", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: "obfuscated e-mail",
		words: func(s *Stretch) bool {
			x, y := s.removed(), s.added()
			return isObfuscated(x) && isEmail(y) || isEmail(x) && isObfuscated(y)
		},
		own: wordSetOf("email protected"),
		Folds: pairs(
			"Write to [email protected] about it.", "Write to legal@quill.example about it.",
			"Write to legal@quill.example about it.", "Write to [email protected] about it.",
			"Write to [email protected] [email protected] now.", "Write to law@quill.example now.",
			"To object write to [a@quill.example](mailto:a@quill.example).",
			"To object write to [\\[email protected\\]](/cdn-cgi/l/email-protection#1)."),
		Keeps: pairs(
			"Write to legal@quill.example about it.", "Write to law@quill.example about it.",
			"Write to [email protected] about it.", "Write to 5 EUR about it.",
			"Write to [email protection] about it.", "Write to legal@quill.example about it."),
	},
	{
		Name: "address at the same organisation", Scope: OfWords, Reason: model.ReasonLink,
		words: func(s *Stretch) bool { return sameOrganisation(s.removed(), s.added()) },
		Folds: pairs(
			"See https://quill.example/a for it.", "See https://quill.example/b for it.",
			"See http://help.quill.example/a for it.", "See https://www.QUILL.example/b for it."),
		Keeps: pairs(
			"See https://quill.example/a for it.", "See https://quilt.example/a for it.",
			"See ftp://quill.example/a for it.", "See ftp://quill.example/b for it.",
			"See https://quill.example/a for it.", "See https://quill.example/a and 5 fees for it."),
	},
	{
		Name: "doubled word", Scope: OfWords, Reason: model.ReasonTypography, Detail: "a doubled word",
		words: (*Stretch).isDoubled,
		Folds: pairs(
			"We share it and and keep it.", "We share it and keep it.",
			"We keep it it safe.", "We keep it safe.",
			"We share it and keep it.", "We share it and And keep it."),
		Keeps: pairs(
			"We do not not share it.", "We do not share it.",
			"We keep data and more data.", "We keep data and more.",
			"We share it and and keep it.", "We share and keep it."),
	},
}

// Stretch is tokens old[i0:i1] in place of which are new[j0:j1].
type Stretch struct {
	in             place
	old, new       []string
	i0, i1, j0, j1 int

	compared             bool
	del, ins             []string // words of each side
	how                  model.Reason
	phrased              bool
	oldPhrase, newPhrase string
}

func (s *Stretch) compare() {
	if !s.compared {
		s.compared = true
		s.del, s.ins = wordsIn(s.old, s.i0, s.i1), wordsIn(s.new, s.j0, s.j1)
		s.how = compareWording(s.del, s.ins, wordBefore(s.new, s.j0), wordAfter(s.new, s.j1))
	}
}

// wording is [compareWording] of both sides.
func (s *Stretch) wording() model.Reason { s.compare(); return s.how }

// removed and added return the words of each side.
func (s *Stretch) removed() []string { s.compare(); return s.del }
func (s *Stretch) added() []string   { s.compare(); return s.ins }

// isOwnNumber reports whether only the number at the clause's start differs.
func (s *Stretch) isOwnNumber() bool {
	if s.i0 > 1 || s.j0 > 1 {
		return false
	}
	x, y := strings.Join(s.old, ""), strings.Join(s.new, "")
	n, m := len(x)-len(clause.Unnumbered(x)), len(y)-len(clause.Unnumbered(y))
	return (n > 0 || m > 0) && len(strings.Join(s.old[:s.i1], "")) <= n && len(strings.Join(s.new[:s.j1], "")) <= m &&
		isNumbering(x, y)
}

// noteMark matches what stands in the brackets of a note's mark.
var noteMark = pattern(`^(?:\d{1,3}|[a-z])$`)

// isNoteMark reports whether only the mark of a note differs, in brackets that follow a
// word directly or begin the clause. Brackets with a space before them hold an amount.
func (s *Stretch) isNoteMark() bool {
	return inNoteMark(s.old, s.i0, s.i1) && inNoteMark(s.new, s.j0, s.j1)
}

func inNoteMark(tokens []string, from, to int) bool {
	before, open := strings.CutSuffix(strings.Join(tokens[max(0, from-4):from], ""), "[")
	after := strings.TrimPrefix(strings.Join(tokens[to:min(len(tokens), to+2)], ""), "\\")
	before = strings.TrimSuffix(before, "\\")
	return open && strings.HasPrefix(after, "]") && noteMark.MatchString(strings.Join(tokens[from:to], "")) &&
		!strings.HasSuffix(before, " ")
}

const (
	detailToken = "token"
	// minToken is how long, in bytes, a word is that no person reads, and
	// minTokenKind how many digits and how many letters it has.
	minToken     = 12
	minTokenKind = 2
)

// sessionWords are beside what a server makes anew with every page.
var sessionWords = wordSetOf("request requests ray session trace token nonce incident uuid guid hash build cache error")

// isIdentifier reports whether a token is one that people read, as an account, a
// contract or a tax number is: it is in words, and none of them says that the
// server made it.
func (s *Stretch) isIdentifier() bool {
	from, to := phraseAround(s.new, s.j0, s.j1)
	beside := false
	for k := from; k < to; k++ {
		if k >= s.j0 && k < s.j1 || !redline.IsWord(s.new[k]) {
			continue
		}
		if sessionWords[strings.ToLower(s.new[k])] {
			return false
		}
		beside = true
	}
	return beside || strings.ToUpper(s.added()[0]) == s.added()[0]
}

// isToken reports whether words are one that no person reads: long, of letters
// and digits mixed.
func isToken(words []string) bool {
	if len(words) != 1 || len(words[0]) < minToken {
		return false
	}
	w := words[0]
	letters, digits := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case isDigit(c):
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		case c != '-' && c != '_' && c != '=' && c != '+':
			return false
		}
	}
	return digits >= minTokenKind && letters >= minTokenKind
}

// counts reports whether numbers, or relative times, are in the place of such.
func (s *Stretch) counts() bool {
	x, y := s.removed(), s.added()
	return isNumbers(x) && isNumbers(y) || isRelativeDay(x) && isRelativeDay(y)
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
	return relativeDay.MatchString(strings.ToLower(strings.Join(words, " ")))
}

// phrases reports whether the phrase around the stretch matches on both sides.
func (s *Stretch) phrases(p *expression) bool {
	if !s.phrased {
		s.phrased = true
		from, to := phraseAround(s.new, s.j0, s.j1)
		s.newPhrase = strings.Join(s.new[from:to], "")
		from, to = phraseAround(s.old, s.i0, s.i1)
		s.oldPhrase = strings.Join(s.old[from:to], "")
	}
	return p.MatchString(s.newPhrase) && p.MatchString(s.oldPhrase)
}

var (
	ticker    = pattern(`(?:%s)\s*:\s*[A-Z.]+[^\pL\d]*[\d.,]+[^\pL]*$`, `NYSE`, `NASDAQ`, `Nasdaq`)
	copyright = pattern(`(?i)(?:%s)\s*(?:©|\(c\))?\s*(?:\d{4}\s*-\s*)?\d{4}`, `©`, `\(c\)`, `copyright`)
)

// isCopyrightYear reports whether both sides are a year, right after a sign of
// copyright.
func (s *Stretch) isCopyrightYear() bool {
	const tokensBefore = 6
	del := strings.TrimSpace(strings.Join(s.old[s.i0:s.i1], ""))
	ins := strings.TrimSpace(strings.Join(s.new[s.j0:s.j1], ""))
	if len(del) != 4 || len(ins) != 4 {
		return false
	}
	lead := strings.ToLower(strings.Join(s.new[max(0, s.j0-tokensBefore):s.j0], ""))
	return strings.Contains(lead, "©") || strings.Contains(lead, "(c)") || strings.Contains(lead, "copyright")
}

// isThreshold reports whether the numbers are a condition's rather than a
// counter's: of a list, or round ones on both sides.
func (s *Stretch) isThreshold() bool {
	return s.in.ofList() || isRound(strings.Join(s.removed(), " ")) && isRound(strings.Join(s.added(), " "))
}

// obliges reports whether the phrase has a modal or a negation.
func (s *Stretch) obliges() bool {
	from, to := phraseAround(s.new, s.j0, s.j1)
	return slices.ContainsFunc(s.new[from:to], func(t string) bool { return redline.Modal(t) || redline.Negation(t) })
}

// isSentence reports whether the phrase with a year of copyright is a sentence:
// it obliges, or goes on in lower case right after the year.
func (s *Stretch) isSentence() bool {
	if s.obliges() {
		return true
	}
	next := wordAfter(s.new, s.j1)
	return next != "" && next[0] >= 'a' && next[0] <= 'z' && next != "by"
}

// isObfuscated reports whether words are what a mail protection leaves:
// "[email protected]".
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

// sameOrganisation reports whether words are one address each, at the same
// organisation: which of its pages is linked means nothing by itself.
func sameOrganisation(x, y []string) bool {
	return len(x) == 1 && len(y) == 1 && domain(x[0]) != "" && domain(x[0]) == domain(y[0])
}

// domain is the registered domain of an address, "" for what is none.
func domain(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	if err != nil {
		return ""
	}
	return d
}

// isDoubled reports whether one side only lacks a word that the other has twice
// in a row. What would turn a sentence around doesn't count.
func (s *Stretch) isDoubled() bool {
	x, y := s.removed(), s.added()
	side, from, to := s.old, s.i0, s.i1
	if len(x) == 0 {
		x, y = y, x
		side, from, to = s.new, s.j0, s.j1
	}
	if len(x) != 1 || len(y) != 0 || redline.Significant(x[0]) || !hasWord(x[0]) {
		return false
	}
	return strings.EqualFold(wordBefore(side, from), x[0]) || strings.EqualFold(wordAfter(side, to), x[0])
}
