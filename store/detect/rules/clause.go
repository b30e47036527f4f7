package rules

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	clauseVersion = 15
	clauseSum     = "32365ed9e843"
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
		Folds: pairs(
			"See [the help](https://quill.example/a) for it.", "See [the help](https://quill.example/b) for it.",
			"[Refunds](#refunds) are paid within 14 days.", "[Refunds](#money) are paid within 14 days.",
			"[Opt out](https://quill.example/a) here.", "[Opt out](https://www.quill.example/b?x=1) here.",
			"[Opt out](https://quill.example/a).", "[Opt out](https://web.archive.org/web/1/https://quill.example/a).",
			"You can [object](mailto:dpo@quill.example).", "You can [object](mailto:DPO@quill.example?subject=no).",
			"[Our film](https://a.example) is new. You may appeal.", "[Our film](https://b.example) is new. You may appeal.",
			"To appeal use [https://quill.example/a](https://quill.example/a).", "To appeal use https://quill.example/a.",
			"Visitors can [request it](https://quill.example/a) [here](https://quill.example/a).",
			"Visitors can [request it here](https://quill.example/a).",
			"You can [object](/dpo).", "You can [object](https://quill.example/dpo)."),
		Keeps: pairs(
			"See [the help](https://quill.example/a) for it.", "See [the shop](https://quill.example/a) for it.",
			"You can opt out [here](https://quill.example/a).", "You can opt out here.",
			"You can opt out [here](https://quill.example/a).", "You can opt out [here](https://adnet.example/).",
			"[Write to us](mailto:dpo@quill.example) to object.", "[Write to us](mailto:no@quill.example) to object.",
			"Sie können [hier](https://quill.example/a) widersprechen.", "Sie können hier widersprechen.",
			"Vous pouvez [vous désabonner](https://quill.example/a).", "Vous pouvez [vous désabonner](https://pub.example/a).",
			"同意は[こちら](https://quill.example/a)で撤回できます。", "同意はこちらで撤回できます。",
			"You may appeal [HERE](https://quill.example/a).", "You may appeal here.",
			"[Refunds](#refunds) are paid within 14 days.", "[Refunds](#refunds) are paid within 15 days."),
	},
	{
		Name: "formatting", Scope: OfClause, Reason: model.ReasonFormatting, on: both,
		clause: func(c *Clause) bool { return c.same && !c.sameAt(clause.DepthTypography) },
		Folds: pairs(
			"We **never** sell it to others.", "We never sell it to others.",
			"You keep _all_ rights.", "You keep **all** rights."),
		Keeps: pairs(
			"We **never** sell it to others.", "We **always** sell it to others.",
			"You may **not** copy it.", "You may copy it."),
	},
	{
		Name: "typography", Scope: OfClause, Reason: model.ReasonTypography, on: both,
		clause: func(c *Clause) bool { return c.same && !c.sameAt(clause.DepthSpace) },
		Folds: pairs(
			`We call it "the Service" - yes.`, "We call it “the Service” – yes.",
			"It's yours to keep...", "It’s yours to keep…"),
		Keeps: pairs(
			`We call it "the Service" - yes.`, "We call it “the Services” – yes.",
			"Pay 5 - 10 EUR.", "Pay 5 – 12 EUR."),
	},
	{
		Name: "white space", Scope: OfClause, Reason: model.ReasonWhitespace, on: both,
		clause: func(c *Clause) bool { return c.same },
		Folds: pairs(
			"You may close\nyour account.", "You may close your account.",
			"We keep it  for you.", "We keep it for you."),
		Keeps: pairs(
			"You may close\nyour account.", "You may close our account.",
			"It ends after 1 5 days.", "It ends after 15 days."),
	},
	{
		Name: "punctuation", Scope: OfClause, Reason: model.ReasonTypography, on: both,
		clause: func(c *Clause) bool { return c.wording() == model.ReasonTypography },
		Folds: pairs(
			"You may, if you like, leave.", "You may if you like leave.",
			"Fees are due (at once).", "Fees are due: at once."),
		Keeps: pairs(
			"You may, if you like, leave.", "You must if you like leave.",
			"The fee is 1.5 EUR.", "The fee is 15 EUR."),
	},
	{
		Name: "case", Scope: OfClause, Reason: model.ReasonCase, on: both,
		clause: func(c *Clause) bool { return c.wording() == model.ReasonCase },
		Folds: pairs(
			"THE SERVICE IS PROVIDED AS IT IS.", "The service is provided as it is.",
			"You use the Service at home.", "You use the service at Home.",
			"YOU keep all that you write here with us. We keep it safe for you and for us.",
			"You keep all that you write here with us.\n\nWe keep it safe for you and for us."),
		Keeps: pairs(
			"THE SERVICE IS PROVIDED AS IT IS.", "The service is not provided as it is.",
			"We MAY share it.", "We must share it."),
	},
	{
		Name: "words run together throughout", Scope: OfClause, Reason: model.ReasonWhitespace, on: both,
		clause: func(c *Clause) bool { return c.wording() == model.ReasonWhitespace },
		Folds: pairs(
			"Civic participationClimate change", "Civic participation Climate change",
			"The coinsRefunds of Quill", "The coins Refunds of Quill"),
		Keeps: pairs(
			"Civic participationClimate change", "Civic participation Climate changes",
			"Wait 1 5 days", "Wait 15 days",
			"Wait 5days", "Wait 5 days"),
	},
	{
		Name: "number of a clause", Scope: OfClause, Reason: model.ReasonNumbering, on: both,
		clause: (*Clause).isRenumbered,
		Folds: pairs(
			"3. You may sell what you own.", "4. You may sell what you own.",
			"(a) You keep what you write.", "(b) You keep what you write.",
			"2.1 You keep what you write", "2.2 You keep, what you write",
			"You keep what you write.", "7. You keep what you write."),
		Keeps: pairs(
			"3. You may sell what you own.", "4. You may sell what we own.",
			"3 days are left to you.", "4 days are left to you."),
	},
	{
		Name: "picture beside words", Scope: OfClause, Reason: model.ReasonFormatting, Detail: "a picture", on: both,
		clause: (*Clause).gainsPicture,
		Folds: pairs(
			"![Quill logo](https://quill.example/l.png)We keep it.", "We keep it.",
			"We keep it. ![](/x.png) ![A lamp (by night)](/y.png)", "We keep it. ![](/x.png)",
			"Nous gardons tout ![icône](/i.svg).", "Nous gardons tout.",
			"- ![pin](/p.png) **We** keep it", "- We keep it",
			"[![Quill](/q.png)We keep it](/keep)", "[We keep it](/keep)"),
		Keeps: pairs(
			"![We do not](/l.png) keep it.", "keep it.",
			"We keep it: ![Yes](/y.png)", "We keep it:",
			"We keep it: ![a lamp](/y.png)", "We keep it: ![a rod](/y.png)",
			"| Name | ![shared](/y.png) |\n|---|---|\n| a | b |", "| Name |  |\n|---|---|\n| a | b |",
			"![Quill](/l.png)We keep it.", "We sell it.",
			"![of 30 days](/l.png) We keep it.", "We keep it.",
			"![This is what a page shows of all of the things it keeps](/l.png) We keep it.", "We keep it.",
			"![Quill](/l.png We keep it.", "We keep it."),
	},
	{
		Name: "how a link opens", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailControl, on: both,
		clause: (*Clause).opensOtherwise,
		Folds: pairs(
			"[Our terms](/t) bind you.", "[Our terms (opens in a new tab)](/t) bind you.",
			"[![who](/a.png)0opens in a new tab](/who)", "[![who](/a.png)0 (opens in a new tab)](/who)",
			"See [the law - opens in new window](/l).", "See [the law](/l).",
			"Nos [conditions (s'ouvre dans un nouvel onglet)](/c) valent.", "Nos [conditions](/c) valent.",
			"[AGB (öffnet in neuem Fenster)](/agb) gelten.", "[AGB](/agb) gelten."),
		Keeps: pairs(
			"The appeal opens in a new window of 30 days.", "The appeal of 30 days.",
			"[Our terms (opens in a new tab)](/t) bind you.", "[Your terms](/t) bind you.",
			"[Our terms opens in 30 days](/t) bind you.", "[Our terms](/t) bind you.",
			"[Our terms](/t) (opens in a new tab) bind you.", "[Our terms](/t) bind you."),
	},
	{
		Name: "protected e-mail", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: "obfuscated e-mail", on: both,
		clause: (*Clause).isProtectedAlike,
		Folds: pairs(
			`Write to [\[email protected\]](https://q.example/cdn-cgi/l/email-protection).`,
			`Write to [s\[email protected\]](https://q.example/cdn-cgi/l/email-protection).`,
			`Write to [\[email protected\]](/cdn-cgi/l/email-protection#a1).`,
			`Write to [\[email protected\]](/cdn-cgi/l/email-protection#b2)post.example.`,
			`Écrivez à [\[e-mail protégé\]](/cdn-cgi/l/email-protection).`,
			`Écrivez à [law\[e-mail protégé\]](/cdn-cgi/l/email-protection).`,
			"Write to law.[email protected] for it.", "Write to [email protected] for it.",
			"Write to [email protected] for it.", "Write to [email protected]l.example for it."),
		Keeps: pairs(
			`Write to [\[email protected\]](/cdn-cgi/l/email-protection) in 5 days.`,
			`Write to [s\[email protected\]](/cdn-cgi/l/email-protection) in 9 days.`,
			`Write to [Ann](/cdn-cgi/l/email-protection) for it.`, `Write to [Bob](/cdn-cgi/l/email-protection) for it.`,
			"Write to law@quill.example for it.", "Write to sales@quill.example for it.",
			"Write to [email protected] or Ann for it.", "Write to [email protected] or Bob for it.",
			"Write to [email protected] for it.", "Write to [email protected] not for it.",
			"Write to [email protected] for it.", "Write to it."),
	},
	{
		Name: "markup alone", Scope: OfClause, Reason: model.ReasonFormatting, on: added | removed,
		clause: func(c *Clause) bool { return c.singleSide() == "" },
		Folds: whenAdded(
			"---", "![](https://quill.example/x.png)"),
		Keeps: whenAdded(
			"**Arbitration**", "[Fees](https://quill.example/fees)"),
	},
	{
		Name: "punctuation alone", Scope: OfClause, Reason: model.ReasonTypography, on: added | removed,
		clause: func(c *Clause) bool {
			return !hasWord(c.singleSide()) && len(Words(redline.Tokens(c.singleSide()))) == 0
		},
		Folds: whenAdded("…", "( — )"),
		Keeps: whenAdded("5", "No"),
	},
	{
		Name: "date line", Scope: OfClause, Reason: model.ReasonDate, on: added | removed,
		clause: func(c *Clause) bool {
			v := c.singleSide()
			return len(v) < maxDateLine && HasYear(v) && onlyDateLines(redline.Tokens(v), c.in)
		},
		Folds: whenAdded(
			"Last updated: January 5, 2026",
			"9 October 2026",
			"Effective 9 October 2026",
			"Updated on 3 March 2026. Effective since 5 May 2026.",
			"Version 2.1, updated 5 May 2026",
			"Page views: 1,234 Updated 3 March 2026",
			"Updated 05/05/26",
			"Quill Ltd Terms of Service, last updated 5 May 2026",
			"Zuletzt aktualisiert: 5. Januar 2026",
			"Dernière mise à jour le 5 janvier 2026",
			"Última actualización: 5 de enero de 2026",
			"最終更新日：2026年1月5日",
			"최종 업데이트: 2026년 1월 5일",
			"Ostatnia aktualizacja: 5 stycznia 2026",
			"Laatst bijgewerkt op 5 januari 2026",
			"| Last updated | 5 May 2026 |",
			"Effective 5 May 2026 | [Archived versions](/archive) | [Download PDF](/pdf)"),
		Keeps: whenAdded(
			"From January 5, 2026 you must settle disputes by arbitration.",
			"Updated 7 fees on 3 March 2026",
			"Not updated since 3 March 2026",
			"Arbitration 3 March 2026",
			"Updated on 3 March 2026. Fees are due.",
			"Updated version",
			"Updated 5 May 2026 by https://quill.example/fees",
			"Quill and its many good old friends here last updated 5 May 2026",
			"Our new terms are effective 1 July 2026.",
			"Offer valid until 30 June 2026",
			"Fees effective 1 July 2026",
			"The fee change is effective from 1 July 2026",
			"Quill Ltd Terms of Service effective 5 May 2026",
			"Gültig bis 5. Januar 2026",
			"Die neuen Preise gelten ab 5. Januar 2026",
			"Nouveaux tarifs en vigueur le 5 janvier 2026",
			"新料金は2026年1月5日から",
			"* 5 May 2026",
			"| Last day | 5 May 2026 |"),
	},
	{
		Name: "control of the page", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailControl,
		on: added | removed, clause: func(c *Clause) bool { return c.isLine(controls) },
		Folds: whenAdded("Expand all", "* Back to top", "Loading..."),
		Keeps: whenAdded(
			"Back to top fees", "Read more about fees."),
	},
	{
		Name: "feedback prompt", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: "feedback prompt",
		on: added | removed, clause: func(c *Clause) bool { return c.isLine(prompts) },
		Folds: whenAdded("Was this article helpful?", "Yes No"),
		Keeps: whenAdded(
			"Was this fee helpful?", "Yes No Arbitration"),
	},
	{
		Name: "note for automated readers", Scope: OfClause, Reason: model.ReasonBoilerplate,
		Detail: "note for automated readers", on: added | removed,
		clause: func(c *Clause) bool {
			return c.isShort() && strings.Contains(c.line(), "index") && machine.MatchString(c.singleSide())
		},
		Folds: whenAdded(
			"The index is at https://quill.example/llms.txt for you.",
			"Here is the documentation index.",
			"Index: use this file to discover all available pages."),
		Keeps: whenAdded(
			"The index of consumer prices raises our fees.",
			"Use this file to discover all available fees."),
	},
	{
		Name: "waiting time", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailControl,
		on: added | removed, clause: (*Clause).isWaitingTime,
		Folds: whenAdded(
			"The wait time to speak with us is high.",
			"Expect a longer wait.",
			"We have higher than usual call volumes.",
			"We have higher than normal volumes.",
			"You may find a quicker solution online."),
		Keeps: whenAdded(
			"You must wait 30 days for a refund.",
			"We have higher than usual fees and volumes.",
			"A quicker refund costs 5 EUR."),
	},
	{
		Name: "relative time", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailRelativeTime,
		on: both | added | removed, clause: func(c *Clause) bool { return c.counter() == detailRelativeTime },
		Folds: slices.Concat(whenAdded(
			"Last updated 5 days ago",
			"as of an hour ago",
			"over 3 years ago",
			"Posted on 2 months ago",
			"Updated today", "Edited yesterday", "Last modified: just now", "Published this week", "Changed last month",
			"Reviewed last year",
			"3,498 views · 3 months ago",
			"3,498 views - 3 months ago"),
			pairs("3,498 views · 3 months ago", "4,001 views · 4 months ago", "Updated today", "Updated 2 weeks ago")),
		Keeps: slices.Concat(whenAdded(
			"Refunds were paid 5 days ago",
			"Fees changed 5 days ago today",
			"Fees · 3 months ago"),
			pairs("It was viewed 5 days ago.", "It was viewed 9 days ago.",
				"3 months ago", "The fees")),
	},
	{
		Name: "length of a video", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailDuration,
		on: both | added | removed, clause: func(c *Clause) bool { return c.counter() == detailDuration },
		Folds: slices.Concat(whenAdded("12:34", "0:05 / 3:20", "1:02:03", "3 views · 12:34"), pairs("12:34", "12:40")),
		Keeps: whenAdded(
			"Call us at 12:34", "12:34 fees", "12:345"),
	},
	{
		Name: "counter", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailCounter,
		on: both | added | removed,
		clause: func(c *Clause) bool {
			return c.counter() == detailCounter && !c.in.ofList() && !c.isThreshold()
		},
		Folds: slices.Concat(whenAdded(
			"12 comments", "3.4k views", "1 like", "7 shares", "2 replies", "9 votes", "12,000 followers", "1 rating",
			"5 reviews", "3 people found this helpful", "3 out of 5 found this helpful", "5 min read", "5-minute read"),
			pairs("3 views", "4 views", "1,204 views", "1,377 views", "3.4k likes", "3.5k likes")),
		Keeps: slices.Concat(pairs(
			"You need:\n\n* 1,000 followers\n* 4,000 views", "You need:\n\n* 10,000 followers\n* 40,000 views",
			"1,000 followers", "10,000 followers",
			"* 500 votes", "* 300 votes"), whenAdded(
			"* 1,000 followers", "| Followers | 1,000 followers |", "12 refunds", "5 views are free", "5 min notice",
			"12 comments · 5 EUR")),
	},
	{
		Name: "time of the server", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailRelativeTime,
		on: added | removed, clause: (*Clause).isServerTime,
		Folds: whenAdded(
			"Mon, 5 Jan 2026 10:11:12 GMT", "Tue, 6 Jan 2026 10:11:12 UTC", "Wed 7 Jan 2026 10:11:12",
			"Thu, 8 Jan 2026 10:11:12 GMT", "Fri, 9 Jan 2026 10:11:12 GMT", "Sat, 10 Jan 2026 10:11:12 GMT",
			"Sunday, 11 Jan 2026 10:11:12 GMT"),
		Keeps: whenAdded(
			"Mon, 5 Jan 2026 10:11:12 fees", "Monday 5 Jan 2026 fees rise"),
	},
	{
		Name: "token alone", Scope: OfClause, Reason: model.ReasonBoilerplate, Detail: detailToken,
		on: added | removed, clause: (*Clause).isTokenAlone,
		Folds: whenAdded("a81f4c99d2b07e55", "abcdefghij12", "1234567890ab"),
		Keeps: whenAdded(
			"a81f4c99d2b", "abcdefghijk1", "1234567890a1", "123456789012", "Arbitrations", "a81f4c99d2b0/7e55"),
	},
	{
		Name: "notice of a past update", Scope: OfClause, Reason: model.ReasonBoilerplate,
		Detail: "notice of an update that is over", on: removed, clause: (*Clause).isPastNotice,
		Folds: whenRemoved(
			"We've updated our Privacy Policy, effective 29 June 2026. You can view the previous one here.",
			"We have recently changed these terms; they take effect on 5 May 2026.",
			"We have revised this page for you and all of your friends, which takes effect 5 May 2026.",
			"We've updated our Terms; the former ones apply until 5 May 2026.",
			"Our new Terms of Service come into effect on 5 May 2026. You can view our previous terms here.",
			"This version is the updated text for you and all of your friends, effective until 5 May 2026.",
			"If you live in France, you can view your current terms here. New ones will be effective 5 May 2026."),
		Keeps: slices.Concat(whenRemoved(
			"We've updated our Privacy Policy, effective soon.",
			"We've updated our Terms, effective 1 June 2026, and you have until 15 May 2026 to reject arbitration.",
			"We've updated our Terms, effective 1 June 2026. You can cancel free of charge until then.",
			"We have changed these terms, effective 5 May 2026. Write to us within 30 days if you disagree.",
			"We've updated our Privacy Policy, effective 5 May 2026. Opt out by 30 April 2026 in your settings.",
			"We've revised this page, effective 5 May 2026; you may withdraw your consent.",
			"We've updated our fees for you and all of your friends on 29 June 2026.",
			"Our new Terms of Service come into effect on 5 May 2026. You must accept them.",
			"We sell our new Privacy Policy to you and to all of your friends, effective 29 June 2026."),
			whenAdded("We've updated our Privacy Policy, effective 29 June 2026. You can view the previous one here.")),
	},
	{
		Name: "moved", Scope: OfClause, Reason: model.ReasonMoved, on: moved,
		clause: func(c *Clause) bool { return c.elsewhere == "" },
		Folds: pairs(
			"You own what you write here.\n\nFees are due at the end of the month.\n\nWe keep it safe for you.",
			"Fees are due at the end of the month.\n\nWe keep it safe for you.\n\nYou own what you write here.",
			"You **own** what you write here.\n\nFees are due at the end of the month.\n\nWe keep it safe for you.",
			"Fees are due at the end of the month.\n\nWe keep it safe for you.\n\nYou own what you write here.",
			"## Prices\n\nWe tell you of a rise 30 days before.\n\n## Law\n\nThe law of France applies to it.\n\n## End",
			"## Law\n\nThe law of France applies to it.\n\n## Prices\n\nWe tell you of a rise 30 days before.\n\n## End",
			"## A\n\n### Law\n\nThe law of France applies to it.\n\n### Fees\n\nFees are due at once here.\n\n## B\n\nWe keep it.\n\n## C",
			"## B\n\nWe keep it.\n\n## A\n\n### Law\n\nThe law of France applies to it.\n\n### Fees\n\nFees are due at once here.\n\n## C",
			"## Help\n\n[How do I get my money back](/a)\n\n## More\n\n[Our ranks](/b)",
			"## Help\n\n## More\n\n[Our ranks](/b)\n\n[How do I get my money back](/a)",
			"## Sellers\n\nWe take 5 EUR of it.\n\nYou pay for the parcel.\n\n## Buyers\n\nNothing is due from you.",
			"## Sellers\n\nWe take 5 EUR of it.\n\n## Buyers\n\nYou pay for the parcel.\n\nNothing is due from you."),
		Keeps: pairs(
			"## In Europe\n\nYou may go to the courts.\n\n## Elsewhere\n\nYou agree to arbitration alone.",
			"## In Europe\n\nYou agree to arbitration alone.\n\n## Elsewhere\n\nYou may go to the courts.",
			"## Gold\n\nYou pay 5 EUR a month.\n\n## Iron\n\nYou pay 3 EUR a month.\n\n## Tin\n\nYou pay nothing at all.",
			"## Gold\n\nYou pay nothing at all.\n\n## Iron\n\nYou pay 5 EUR a month.\n\n## Tin\n\nYou pay 3 EUR a month.",
			"**Free plan**\n\nYou may share with 3 people.\n\n**Paid plan**\n\nYou may share with anybody.\n\n---\n\nThat is all of it.",
			"**Free plan**\n\nYou may share with anybody.\n\n**Paid plan**\n\nYou may share with 3 people.\n\n---\n\nThat is all of it.",
			"## 1. 会員\n\nあなたは いつでも 契約 を 解約 できます。\n\n## 2. 法人\n\n解約 は 書面 で 行う ものと します。",
			"## 1. 会員\n\n解約 は 書面 で 行う ものと します。\n\n## 2. 法人\n\nあなたは いつでも 契約 を 解約 できます。",
			"## A\n\n### Law\n\nThe law of France applies to it.\n\n## B\n\n### Law\n\nThe law of Peru applies to you.",
			"## A\n\n### Law\n\nThe law of Peru applies to you.\n\n## B\n\n### Law\n\nThe law of France applies to it.",
			"## Sellers\n\nYou pay for the parcel.\n\n## Buyers\n\nNothing is due from you.",
			"## Sellers\n\n## Buyers\n\nNothing is due from you.\n\nYou pay for the parcel.",
			"You may:\n\n* sell what you made yourself\n* share it\n\nYou may not:\n\n* copy what others made",
			"You may:\n\n* share it\n\nYou may not:\n\n* copy what others made\n* sell what you made yourself",
			"You own what you write here for 10 years.\n\nFees are due at once.\n\nWe keep it safe for you.",
			"Fees are due at once.\n\nWe keep it safe for you.\n\nYou own what you write here for 20 years."),
	},
}

// Clause is a clause that is judged by its own words.
type Clause struct {
	sides sides
	// oldText and newText are the bytes of both sides, old and new the words
	// that a reader sees; a clause of one side has them in new.
	oldText, newText, old, new string
	same                       bool   // a reader sees the same words
	elsewhere                  string // what it moved to, see Comparison.elsewhere
	in                         place

	clauseMemory

	// What is found when it is first asked for.
	read     bool // the tokens
	compared bool
	how      model.Reason // the words differ
	lowered  string
	counted  bool
	what     string
}

// clauseMemory is memory that one clause uses after the other.
type clauseMemory struct {
	oldBytes, newBytes   []byte // for sameAt
	oldTokens, newTokens []string
	oldWords, newWords   []string
}

// release forgets the clause and gives it back to be used again.
func (c *Clause) release() {
	if c.read {
		for _, list := range [][]string{c.oldTokens, c.newTokens, c.oldWords, c.newWords} {
			clear(list)
		}
	}
	*c = Clause{clauseMemory: c.clauseMemory}
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
	if !c.read {
		c.read = true
		c.oldTokens = redline.AppendTokens(c.oldTokens[:0], c.old)
		c.newTokens = redline.AppendTokens(c.newTokens[:0], c.new)
	}
	return c.oldTokens, c.newTokens
}

// wording is [compareWording] of both sides.
func (c *Clause) wording() model.Reason {
	if !c.compared {
		c.compared = true
		if !surelyOther(c.old, c.new) { // work limit
			a, b := c.tokens()
			c.oldWords, c.newWords = appendWords(c.oldWords[:0], a, 0, len(a)), appendWords(c.newWords[:0], b, 0, len(b))
			c.how = compareWording(c.oldWords, c.newWords, "", "")
		}
	}
	return c.how
}

// singleSide returns the visible words of a clause that has one side.
func (c *Clause) singleSide() string { return c.new }

// isRenumbered reports whether both sides are the same but for their number.
func (c *Clause) isRenumbered() bool {
	old, new := clause.Unnumbered(c.old), clause.Unnumbered(c.new)
	if old == c.old && new == c.new || !isNumbering(c.old, c.new) {
		return false
	}
	return wordingOf(old, new) != model.ReasonNone
}

// quantity matches what makes the number before it no label: a span of time, a
// share, an amount, a measure.
var quantity = pattern(`^(?:(?:%s)\b|[%‰€$£¥°])`, `business`, `calendar`, `working`, `consecutive`, timeUnit,
	`[Tt]agen?`, `[Ww]ochen`, `[Mm]onaten?`, `[Jj]ahren?`, `[Ss]tunden`, `jours?`, `semaines?`, `mois`, `ans?`, `années?`,
	`heures?`, `d[ií]as?`, `semanas?`, `meses`, `m[eê]s`, `a[nñ]os?`, `horas?`, `giorn[oi]`, `settiman[ae]`, `mes[ei]`,
	`ann[oi]`)

// isNumbering reports whether the labels that both sides begin with may number
// them. What begins in small letters after a figure is a part of a list if the
// figure is the next one, and else an amount: "(30) days".
func isNumbering(old, new string) bool {
	restOld, restNew := clause.Unnumbered(old), clause.Unnumbered(new)
	for _, rest := range []string{restOld, restNew} {
		if quantity.MatchString(rest) {
			return false
		}
	}
	x, errX := strconv.Atoi(strings.Trim(old[:len(old)-len(restOld)], " ().:"))
	y, errY := strconv.Atoi(strings.Trim(new[:len(new)-len(restNew)], " ().:"))
	return errX != nil || errY != nil || !isLower(restNew) || x-y <= 1 && y-x <= 1
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
func (c *Clause) isShort() bool { return len(c.singleSide()) <= maxChrome }

// line returns the clause in lower case, without the marks around it.
func (c *Clause) line() string {
	if c.lowered == "" {
		c.lowered = strings.ToLower(strings.Trim(c.singleSide(), " -*•|·.:"))
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
	if c.in.led || c.in.kind == clause.Row { // a condition, or what is beside it names
		return ""
	}
	switch {
	case c.sides != both:
		if c.isShort() && len(c.line()) < maxCounter && mayCount(c.line()) {
			c.what = counter(c.singleSide())
		}
	case len(c.old) < maxChrome && len(c.new) < maxChrome && counter(c.new) != "":
		c.what = counter(c.old)
	}
	return c.what
}

// isThreshold reports whether the numbers on both sides are round ones, as a
// condition's are and hardly ever those of a counter.
func (c *Clause) isThreshold() bool {
	return c.sides == both && isRound(c.old) && isRound(c.new)
}

// minRound is how many digits a round number has.
const minRound = 3

func isRound(s string) bool {
	n := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return len(n) >= minRound && strings.HasSuffix(n, "00") && !strings.ContainsAny(s, ".kKmM")
}

var (
	serverTime = pattern(`^(?:%s)[a-z]*,? \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d(?: gmt| utc)?$`,
		`mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`)
	machine = pattern(`(?i)(?:%s)`, `llms\.txt`, `documentation index`,
		`use this file to discover all available pages`)
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
		wait.MatchString(c.singleSide())
}

func (c *Clause) isTokenAlone() bool {
	if !c.isShort() || !strings.ContainsAny(c.line(), "0123456789") {
		return false
	}
	return !strings.Contains(c.line(), " ") && isToken(Words(redline.Tokens(c.singleSide())))
}

// notice matches a page's own note of its update, which is removed once that
// is over: "We've updated our Privacy Policy, effective 29 June 2022. You can
// view the previous one here."
var notice = pattern(`(?i)^[^a-z]*(?:%s)`,
	`we(?:'ve| have) (?:recently )?(?:updated|changed|revised) (?:our|this|these)\b`+
		`.*\b(?:effective|take effect|takes effect|until)\b`,
	`our new [a-z &]{4,40} (?:comes|come|will come) into effect on\b`+
		`.*\b(?:view|read|see) (?:our|your|the) (?:current|previous)\b`,
	`this (?:page|version) is the (?:updated|new|current) .*\beffective until\b`,
	`if you .*\byou can view your current .*\bhere\b.*\bwill (?:be|become) effective\b`)

// IsNotice reports whether a text begins as a page does that reports its own
// update.
func IsNotice(text string) bool { return mayBeNotice(text) && notice.MatchString(text) }

// mayBeNotice rules out most of what no notice begins like: its first word is one of
// theirs.
func mayBeNotice(text string) bool {
	at := strings.IndexFunc(text, func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r == 'ſ' || r == '\u212a' })
	return at >= 0 && strings.IndexByte("wWoOtTiI", text[at]) >= 0
}

// isPastNotice reports whether a clause that was removed was only a notice of
// an update: it has a date, speaks of versions, and obliges nobody.
func (c *Clause) isPastNotice() bool {
	v := c.singleSide()
	if len(v) >= maxNotice || !IsNotice(v) || givesRight(v) {
		return false
	}
	tokens := redline.Tokens(v)
	return HasDate(tokens) && !slices.ContainsFunc(tokens, c.in.isAhead)
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
