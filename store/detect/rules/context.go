package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	contextVersion = 16
	contextSum     = "ffe4de1c6dd7"
)

// contextRules judge clause changes by what is around them. Those that fold
// runs come first; those that judge each change see what the runs left.
var contextRules = []*Rule{
	{
		Name: "cookie banner", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "cookie banner",
		runs: (*Context).cookieBanners,
		Folds: pairs(
			"{a}", "We use cookies to run this site.\n\n[Accept all](#) [Reject all](#)\n\n{a}",
			"{a}", "{a}\n\nWe value your privacy\n\nCookies help us here.\n\nGot it",
			"{a}", "Allow the use of cookies from Quill on this browser?\n\nAllow all\n\n{a}",
			"{a}", "This website uses cookies, which you can accept\n\n{a}",
			"{a}", "We use cookies, which you can allow\n\n{a}",
			"{a}", "We and our many partners use cookies, which you can reject all cookies\n\n{a}",
			"{a}", "Our site uses essential cookies, which you can decline\n\n{a}",
			"{a}", "## Your cookie choices\n\nWe and our partners use cookies here.\n\n[Accept all cookies](#)\n\n{a}",
			"Manage your cookie settings\n\nAgree\n\n{a}", "{a}",
			"{a}\n\nManage cookie preferences\n\n* Decline\n* Customize", "{a}"),
		Keeps: pairs(
			"{a}", "We use cookies to run this site.\n\n{a}",
			"# Cookie Policy\n\nWe use essential cookies to keep you signed in.\n\n* Accept all\n* Reject all\n\n## Contact",
			"# Cookie Policy\n\nWe use advertising cookies to follow you.\n\n* Accept all\n\n## Contact",
			"# Terms\n\n## Cookies\n\nOur site uses cookies. Accept\n\n## Contact", "# Terms\n\n## Contact",
			"{a}", "We use cookies here.\n\nCookies are never sold to others.\n\nAccept all\n\n{a}",
			"{a}", "Cookies help us here.\n\nAccept all\n\n{a}",
			"{a}", "We use cookies to run this site.\n\nAccept all\n\nYou pay 5 EUR for it.\n\n{a}",
			"{a}", "We use cookies to run this site.\n\n[Accept all](#) for 5 EUR\n\n{a}",
			"{a}{b}{c}{d}", "{a}{b}We use cookies to run this site.\n\nAccept all\n\n{c}{d}"),
	},
	{
		Name: "page twice over", Scope: OfContext, Reason: model.ReasonCapture, Detail: detailTwice,
		runs: func(x *Context, r *Rule) { x.repeats(r, true) },
		Folds: pairs(
			"{a}", "{a}{a}",
			"{a}{a}", "{a}",
			"{a}{b}", "{a}{b}{a}{b}"),
		Keeps: pairs(
			"{a}", "{a}{a5}",
			"{a}", "{a}## Elsewhere\n\n{a}"),
	},
	{
		Name: "part of the page twice over", Scope: OfContext, Reason: model.ReasonBoilerplate,
		Detail: "repeats what stands there already",
		runs:   func(x *Context, r *Rule) { x.repeats(r, false) },
		Folds: pairs(
			"{a}{b}{c}", "{a}{b}{c}{a}",
			"{a}{b}{c}{a}", "{a}{b}{c}",
			"{a}", "{a}{a6}",
			"{a}You may:\n\n{l6}", "{a}You may:\n\n{l6}\nYou may:\n\n{l6}"),
		Keeps: pairs(
			"{a}", "{a}{a5}",
			"{a}{b}", "{a}{b}## Elsewhere\n\n{a6}",
			"{a}You may:\n\n{l6}", "{a}You may:\n\n{l6}\nYou must not ever:\n\n{l6}"),
	},
	{
		Name: "lead-in of page chrome", Scope: OfContext, Reason: model.ReasonBoilerplate,
		runs: (*Context).leadIns,
		Folds: pairs(
			"{a}", "{a}Rate this article:\n\nWas this article helpful?\n\n",
			"{a}Feedback:\n\nWas this article helpful?\n\n", "{a}"),
		Keeps: pairs(
			"{a}", "{a}You pay us now:\n\nWas this article helpful?\n\n",
			"{a}", "{a}Feedback\n\nWas this article helpful?\n\n",
			"{a}", "{a}Fees:\n\n**Fees** of 5 EUR\n\n",
			"{a}", "{a4}Fees:\n\n{a12}Was this article helpful?\n\n"),
	},
	{
		Name: "table of contents", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "table of contents",
		each: func(x *Context, i int) bool {
			return x.everySide(i, isContents) && !x.isLoneEntry(i) || x.renamesEntry(i)
		},
		Folds: pairs(
			"{sections}", "Table of contents\n\n- [Age](#age)\n- [2. Your Data](#data)\n- [Law](#law)\n- "+
				"[Changes.](#changes)\n\n{sections}",
			"[Age](#age) [Your data](#data) [Law](#law) [Changes](#changes)\n\n{sections}", "{sections}",
			"{sections}", "[Age](#age) · [Your data](#data) · [Law](#law) · [Changes](#changes)\n\n{sections}",
			"{sections}", "* Age\n* Your data\n* Law\n* Changes\n\n{sections}",
			"{sections}", "Index\n\n- [Age](https://quill.example/t#age)\n- [Your data](https://quill.example/t#data)\n"+
				"- [Law](https://quill.example/t#law)\n- [Changes](https://quill.example/t#changes)\n\n{sections}",
			"1. Age.\n\n   You must be 16.\n\n2. Fees.\n\n   We show them.\n\n3. Law.\n\n   That of Alp applies.\n\n"+
				"4. End.\n\n   We may end it.\n",
			"- [Age](#a)\n- [Fees](#f)\n- [Law](#l)\n- [End](#e)\n\n1. Age.\n\n   You must be 16.\n\n2. Fees.\n\n"+
				"   We show them.\n\n3. Law.\n\n   That of Alp applies.\n\n4. End.\n\n   We may end it.\n"),
		Keeps: pairs(
			"{sections}", "- [Age](#age)\n- [Your data](#data)\n- [Law](#law)\n\n{sections}",
			"{sections}", "- [Age](#age): you must be 21\n- [Your data](#data)\n- [Law](#law)\n- [Changes](#changes)\n\n"+
				"{sections}",
			"{sections}", "- [Age](https://quill.example/age)\n- [Your data](#data)\n- [Law](#law)\n- "+
				"[Changes](#changes)\n\n{sections}",
			"{sections}", "- [Age](#age)\n- [Your data](#data)\n- [Law](#law)\n- [Changes](#changes)\n- "+
				"[Arbitration](#arb)\n\n{sections}"),
	},
	{
		Name: "navigation at an edge", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, inEdge) && !x.otherOwner(i) && !x.saysMore(i) },
		Folds: pairs(
			"{a}", "[About us](/about)\n\n[Careers](/careers)\n\n[Our ranks](/ranks)\n\n{a}",
			"{a}", "{a}[Contact](/contact)\n\nCompany\n\n[Quill coins](/coins)\n\n",
			"{a}", "{a}[Our ranks](/ranks)\n\n© 2026 Quill Inc.\n\n",
			"[Our ranks](/r)\n\n[Help](/help)\n\n[News](/news)\n\n{a}",
			"[Our coins](/r)\n\n[Help](/help)\n\n[News](/news)\n\n{a}"),
		Keeps: pairs(
			"{a}", "[Help](/help)\n\n[Our ranks](/ranks)\n\n{a}",
			"{a}[Contact](/contact)\n\n© 2026 Quill Inc.", "{a}[Schedule 5: coins](/s5)\n\n[Contact](/contact)\n\n"+
				"© 2026 Quill Inc.",
			"{a}[Contact](/contact)\n\n© 2026 Quill Inc.", "{a}[Anlage 2](/a2)\n\n[Contact](/contact)\n\n© 2026 Quill Inc.",
			"{a}", "[About us](/about)\n\n[Careers](/careers)\n\n[We may sell all of your data here](/x)\n\n{a}",
			"{a}", "[About us](/about)\n\n[Careers](/careers)\n\nFees\n\n{a}",
			"{a}", "[Age](#age) [Help](#help) [News](#news)\n\n[Fees](#fees)\n\n{a}",
			"{a}", "{a4}[About us](/about)\n\n[Careers](/careers)\n\n{a12}"),
	},
	{
		Name: "menu", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, isMenu) && !x.saysMore(i) },
		Folds: pairs(
			"{a}", "{a4}[Ranks](/ranks)[Coins](/coins)\n\n{a12}",
			"{a}", "{a4}[Ranks](/ranks) [Coins](/coins) [Badges](/badges) [Levels](/levels)\n\n{a12}",
			"{a}", "{a4}[Previous page](/1) | [Next page](/3)\n\n{a12}",
			"{a4}[Ranks](/ranks)[Coins](/coins)\n\n{a12}", "{a4}[Ranks](/ranks)[Badges](/badges)\n\n{a12}"),
		Keeps: pairs(
			"{a}", "{a4}[Ranks](/ranks) [Coins](/coins)\n\n{a12}",
			"{a4}[Coins](/c)[Badges](/b)[Levels](/l) cost 5\n\n{a12}", "{a4}[Coins](/c)[Badges](/b)[Levels](/l)\n\n{a12}",
			"{a}", "{a4}[Ranks](/ranks)[Coins](/coins) cost 5 EUR\n\n{a12}",
			"{a}", "{a4}[Next page](/3) | [Previous page](/1)\n\n{a12}",
			"{a}", "{a4}* [Ranks](/ranks) [Coins](/coins) [Badges](/badges) [Levels](/levels)\n\n{a12}",
			"{a}", "{a4}[Ranks](/ranks) | [Coins](/coins) | [Badges](/badges) | [Levels](/levels)\n\n{a12}"),
	},
	{
		Name: "links to related articles", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, isRelated) && !x.saysMore(i) },
		Folds: pairs(
			"{a}## Related articles\n\nOf these.\n", "{a}## Related articles\n\n[How ranks work](/ranks)\n\nOf these.\n",
			"{a}## Related:\n\n[How ranks work](/ranks)\n\nOf these.\n", "{a}## Related:\n\nOf these.\n",
			"{a}### Further reading\n\n* [Coins](/coins)\n* [Ranks](/ranks)\n",
			"{a}### Further reading\n\n* [Coins](/coins)\n* [Badges](/badges)\n* [Ranks](/ranks)\n",
			"{a}### Weitere Artikel\n\n* [Münzen](/m)\n* [Ränge](/r)\n", "{a}### Weitere Artikel\n\n* [Münzen](/m)\n"),
		Keeps: pairs(
			"{a}## Fees\n\nOf these.\n", "{a}## Fees\n\n[How ranks work](/ranks)\n\nOf these.\n",
			"{a}## Related articles\n\nOf these.\n", "{a}## Related articles\n\n[Ranks](/ranks) cost 5 EUR\n\nOf these.\n",
			"{a}### Further terms\n\n* [Coins](/c)\n", "{a}### Further terms\n\n* [Coins](/c)\n* [Badges](/b)\n",
			"{a}### More rights\n\n* [Coins](/c)\n", "{a}### More rights\n\n* [Coins](/c)\n* [Badges](/b)\n",
			"{a}### More links\n\n* [Coins](/c)\n", "{a}### More links\n\n* [Coins](/c)\n* [Delete my data](/d)\n",
			"{a}### More partners\n\n* [Quix](https://quix.example)\n* [Alp](https://alp.example)\n",
			"{a}### More partners\n\n* [Quix](https://quix.example)\n* [Alp](https://alp.example)\n"+
				"* [Bee](https://bee.example)\n"),
	},
	{
		Name: "list of languages", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "list of languages",
		each: func(x *Context, i int) bool { return x.everySide(i, isLanguages) },
		Folds: pairs(
			"{a}", "{a}English (UK)\n\nPolski\n\nEspañol\n\nFrançais (France)\n\n",
			"English · العربية · български · català\n\n{a}",
			"English · العربية · বাংলা · български · català\n\n{a}",
			"* [русский](/ru)\n* [English](/en)\n\n{a}",
			"* [русский](/ru)\n* [日本語](/ja)\n* [English](/en)\n\n{a}",
			"{a}Deutsch | English | Italiano | Türkçe\n", "{a}",
			"{a}Read it in: Deutsch • English • Italiano • Türkçe\n",
			"{a}Read it in: Deutsch • English • Italiano • Suomi • Türkçe\n"),
		Keeps: pairs(
			"{a}Our support speaks:\n\n* English\n* Polski\n* Español\n* Deutsch\n",
			"{a}Our support speaks:\n\n* English\n* Polski\n",
			"{a}## Support\n\n* English\n* Polski\n* Español\n* Deutsch\n",
			"{a}## Support\n\n* English\n* Polski\n* Español\n",
			"{a4}English · Polski · Español · Deutsch\n\n{a12}", "{a4}English · Polski · Español\n\n{a12}",
			"{a}", "{a}Fees · Refunds · Ranks · Coins\n",
			"{a}", "{a}English\n\nQuill Ltd\n\nPort Alp\n\nAlp\n\n",
			"{a}", "{a}Polski · English · Deutsch · You settle disputes by arbitration\n"),
	},
	{
		Name: "page chrome around the document", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, isAround) && !x.otherOwner(i) },
		Folds: pairs(
			"* Buy\n* Rent\n* Lend\n* Build\n* Find a mover\n\n# Quill\n\n{a}",
			"* Buy\n* Rent\n* Lend\n* Find a mover\n\n# Quill\n\n{a}",
			"Shop\n\nFor members\n\nGood links\n\nGoods & shops\n\n# Quill\n\n{a}",
			"Shop Shop\n\nFor members For members\n\nGood links Good links\n\nGoods & shops Goods & shops\n\n# Quill\n\n{a}",
			"{a}",
			"[Quill](/)\n\n* [![Buy](/b.svg)Buy our coins and start with just 10](/buy)\n* [Ranks](/r)\n* [Art](/art)\n\n{a}",
			"How can we help?\n\n{a}", "How can we help?\n\n[\n\nAbout your coins\n\n](/c)\n\n[\n\nFind your rank\n\n](/r)\n\n"+
				"[\n\nUse badges\n\n](/b)\n\n{a}",
			"{a}[Help](/h)\n\n* [Coins](/c)\n* Badges\n* [Careers](/j)\n\n© 2026 Quill\n",
			"{a}[Help](/h)\n\n* [Coins](/c)\n* Levels\n* [Careers](/j)\n\n© 2026 Quill\n",
			"* 買う\n* 借りる\n* 貸す\n* 建てる\n\n# Quill\n\n{a}",
			"* 買う\n* 借りる\n* 貸す\n* 建てる\n* 探す\n\n# Quill\n\n{a}",
			"* Kaufen\n* Mieten\n* Bauen\n* Leihen\n\n# Quill\n\n{a}", "# Quill\n\n{a}"),
		Keeps: pairs(
			"# Banned\n\n* Guns\n* Coins\n* Drugs\n* Ranks\n\n{a}", "# Banned\n\n* Guns\n* Coins\n* Ranks\n\n{a}",
			"Banned:\n\n* Guns\n* Coins\n* Drugs\n* Ranks\n\n# Quill\n\n{a}",
			"Banned:\n\n* Guns\n* Coins\n* Ranks\n\n# Quill\n\n{a}",
			"{a}## Banned\n\n* Guns\n* Drugs\n\n[Help](/h)\n\n[Careers](/c)\n\n© 2026 Quill\n",
			"{a}## Banned\n\n* Guns\n\n[Help](/h)\n\n[Careers](/c)\n\n© 2026 Quill\n",
			"{a}## Partners\n\n* [Quix](https://quix.example)\n* [Alp](https://alp.example)\n* [Bee](https://bee.example)\n",
			"{a}## Partners\n\n* [Quix](https://quix.example)\n* [Alp](https://alp.example)\n",
			"* Buy\n* Rent\n* Lend\n* Build\n* Opt out\n\n# Quill\n\n{a}", "* Buy\n* Rent\n* Lend\n* Build\n\n# Quill\n\n{a}",
			"* Buy\n* Rent\n* Lend\n* We sell data\n\n# Quill\n\n{a}", "* Buy\n* Rent\n* Lend\n\n# Quill\n\n{a}",
			"{a4}* [Coins](/c)\n* [Ranks](/r)\n* [Badges](/b)\n\n{a12}", "{a4}* [Coins](/c)\n* [Ranks](/r)\n\n{a12}",
			"{a}[Help](/h)\n\nQuill Ltd\n\nPort Alp\n\n[Careers](/c)\n\n© 2026 Quill\n",
			"{a}[Help](/h)\n\nQuill Ltd\n\nPort Bee\n\n[Careers](/c)\n\n© 2026 Quill\n"),
	},
	{
		Name: "size of a file", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "size of a file",
		each: func(x *Context, i int) bool { return x.everySide(i, isFileSize) },
		Folds: pairs(
			"{a}", "{a}2 MB [Download](/3)\n",
			"{a}[Form](/f.pdf) (1.5 MB)\n", "{a}[Form](/f.pdf) (1.7 MB)\n",
			"{a}[Formulaire](/f) 320 Ko\n", "{a}"),
		Keeps: pairs(
			"{a}2 MB [per upload](/3)\n", "{a}5 MB [per upload](/3)\n",
			"{a}[Storage](/s): up to 2 GB\n", "{a}[Storage](/s): up to 1 GB\n",
			"{a}You may store:\n\n* 2 GB [Quill](/q)\n", "{a}You may store:\n\n* 1 GB [Quill](/q)\n",
			"{a}2 MB\n", "{a}5 MB\n"),
	},
	{
		Name: "notice to translators", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "notice to translators",
		each: func(x *Context, i int) bool { return x.everySide(i, isTranslatorNotice) },
		Folds: pairs(
			"[Translate this page](/t)\n\n{a}",
			"[Translate this page](/t); This page contains [changes](/d) which are not marked for "+
				"translation.\n\n{a}",
			"{a}", "Help translate this document.\n\n{a}",
			"This version has parts that are marked for translation.\n\n{a}", "{a}"),
		Keeps: pairs(
			"{a}", "This translation prevails over the English page.\n\n{a}",
			"{a}", "Translate this page; you must be 21.\n\n{a}",
			"{a4}{a12}", "{a4}Translate this page.\n\n{a12}"),
	},
	{
		Name: "title of the page", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "title of the page",
		each: func(x *Context, i int) bool { return x.isAlone(i) && x.everySide(i, isTitle) },
		Folds: pairs(
			"{a}", "# Quill Terms of Service\n\n{a}",
			"## Privacy Policy of Quill Inc\n\n{a}", "{a}",
			"{a}", "---\n\nEffective 5 May 2026\n\n## Community Guidelines\n\n{a}"),
		Keeps: pairs(
			"{a}", "# Fees and Refunds\n\n{a}",
			"{a}", "### Quill Terms of Service\n\n{a}",
			"{a}", "# Quill Sells Your Terms of Service\n\n{a}",
			"{a}", "{a4}# Quill Terms of Service\n\n{a12}"),
	},
	{
		Name: "edit marks of a wiki", Scope: OfContext, Reason: model.ReasonFormatting, Detail: "edit marks",
		each: (*Context).isEditMark,
		Folds: pairs(
			"## Our fees\n\n{a}## Your data\n\n{b}", "## Our fees\\[edit\\]\n\n{a}## Your data\\[edit\\]\n\n{b}",
			"## Our fees [edit | source]\n\n{a}## Your data [edit | source]\n\n{b}", "## Our fees\n\n{a}## Your data\n\n{b}",
			"## Frais\n\n{a}## Vie privée\n\n{b}", "## Frais[[modifier](/m)]\n\n{a}## Vie privée[[modifier](/n)]\n\n{b}"),
		Keeps: pairs(
			"## Our fees\n\n{a}## Your data\n\n{b}", "## Our fees [void]\n\n{a}## Your data\n\n{b}",
			"## Our fees\n\n{a}## Your data\n\n{b}", "## Our fees [no]\n\n{a}## Your data [no]\n\n{b}",
			"## Our fees\n\n{a}## Your data\n\n{b}", "## Our fees (void)\n\n{a}## Your data (void)\n\n{b}",
			"{a}{b}", "{a}[edit]\n\n{b}[edit]"),
	},
	{
		Name: "number of a form", Scope: OfContext, Reason: model.ReasonDate, Detail: "the form's number",
		each: (*Context).isFormNumber,
		Folds: pairs(
			"{a}Stnd0125\n\n", "{a}Stnd0425\n\n", "{a}TOS-03/24\n\n{b}", "{a}TOS-11/25\n\n{b}",
			"{a}agb_0224\n\n", "{a}agb_0225\n\n"),
		Keeps: pairs(
			"{a}Stnd0125\n\n", "{a}Fees0425\n\n", "{a}EUR0125\n\n", "{a}EUR0425\n\n",
			"{a}Stnd0125\n\n", "{a}", "{a}ISO9001\n\n", "{a}ISO9002\n\n", "{a}Fee 0125\n\n", "{a}Fee 0425\n\n"),
	},
	{
		Name: "reference to a renumbered section", Scope: OfContext, Reason: model.ReasonNumbering,
		Detail: "refers to a renumbered section", each: (*Context).refersToRenumbered,
		Folds: pairs(
			"## 3. Fees\n\nYou pay the fees that we show.\n\n## 4. Refunds\n\nYou get refunds as section 3 has it.\n",
			"## 5. Fees\n\nYou pay the fees that we show.\n\n## 6. Refunds\n\nYou get refunds as section 5 has it.\n",
			"3. You pay the fees that we show here.\n\nRefunds are paid as § 3 has it.\n",
			"4. You pay the fees that we show here.\n\nRefunds are paid as § 4 has it.\n"),
		Keeps: pairs(
			"## 3. Fees\n\nYou pay the fees that we show.\n\n## 4. Refunds\n\nYou get refunds as section 3 has it.\n",
			"## 5. Fees\n\nYou pay the fees that we show.\n\n## 6. Refunds\n\nYou get refunds as section 6 has it.\n",
			"## 3. Fees\n\nYou pay the fees that we show.\n\n## 4. Refunds\n\nYou get refunds as section 3 has it.\n",
			"## 5. Fees\n\nYou pay the fees that we show.\n\n## 6. Refunds\n\nYou get refunds as section 5 6 has it.\n",
			"## 3. Fees\n\nYou pay the fees that we show.\n\n## 4. Refunds\n\nYou get refunds after 3 days.\n",
			"## 5. Fees\n\nYou pay the fees that we show.\n\n## 6. Refunds\n\nYou get refunds after 5 days.\n",
			"3. Fees are shown.\n\n3. Coins are not.\n\nRefunds are paid as § 3 has it.\n",
			"4. Fees are shown.\n\n5. Coins are not.\n\nRefunds are paid as § 5 has it.\n"),
	},
}

const (
	detailNavigation = "navigation"
	detailTwice      = "the page twice over"
)

// Context is a comparison whose clauses were judged by their own words, with
// what is found of it when it is first asked for.
type Context struct {
	*Comparison
	table     *Table
	old, new  side
	repeated  *repeater
	editMarks map[string]int    // how many headings have each, see isEditMark
	labels    map[string]string // numbers of clauses that were renumbered, see relabelled
}

// side is one of the two documents.
type side struct {
	doc      *clause.Document
	edges    *edges
	headings map[string]int
	entries  []int32 // one more than contentsEntries found, 0 while nobody asked
	alone    *int    // see entriesAlone

	surroundings *surroundings
}

func newContext(c *Comparison, t *Table) *Context {
	return &Context{Comparison: c, table: t, old: side{doc: c.Old}, new: side{doc: c.New}}
}

// fold gives the clause changes from i up to j that are still material the
// verdict of a rule.
func (x *Context) fold(i, j int, v Verdict) {
	for k := i; k < j; k++ {
		if !x.Changes[k].Folded() {
			x.Changes[k].Verdict = v
		}
	}
}

// isAlone reports whether a clause change has one side only.
func (x *Context) isAlone(i int) bool {
	return x.Changes[i].Kind == model.Added || x.Changes[i].Kind == model.Removed
}

// everySide reports whether a clause change that is no split or merger, nor both
// moved and modified, has a property on every side it has.
func (x *Context) everySide(i int, has func(s *side, i int) bool) bool {
	p := x.Changes[i].Pair
	switch x.Changes[i].Kind {
	case model.Added:
		return has(&x.new, p.New)
	case model.Removed:
		return has(&x.old, p.Old)
	case model.Modified:
		return isPlainPair(p) && has(&x.old, p.Old) && has(&x.new, p.New)
	case model.Moved:
		return has(&x.old, p.Old) && has(&x.new, p.New)
	}
	return false
}

func isPlainPair(p clause.Pair) bool { return !p.Moved && p.OldN == 1 && p.NewN == 1 }

// adjacent reports whether two pairs of one kind are neighbours.
func adjacent(p, q clause.Pair) bool {
	return p.New != clause.None && q.New == p.New+1 ||
		p.Old != clause.None && p.New == clause.None && q.Old == p.Old+1
}

// continues reports whether change j continues a run of additions or removals
// that begins with change i.
func (x *Context) continues(i, j int) bool {
	return x.isAlone(i) && x.Changes[j].Kind == x.Changes[i].Kind &&
		(j == i || adjacent(x.Changes[j-1].Pair, x.Changes[j].Pair))
}

// maxLeadIn is how many words may lead in page chrome.
const maxLeadIn = 3

// leadIns folds a word or two that only led in what was folded as page chrome
// right after it: "Warning:".
func (x *Context) leadIns(r *Rule) {
	for i := range len(x.Changes) - 1 {
		ch, next := &x.Changes[i], &x.Changes[i+1]
		if ch.Folded() || ch.Kind != next.Kind || next.Reason != r.Reason || !adjacent(ch.Pair, next.Pair) {
			continue
		}
		old, new := x.sources(ch.Pair)
		if v := clause.Visible(old + new); strings.HasSuffix(v, ":") && len(strings.Fields(v)) <= maxLeadIn {
			ch.Verdict = Verdict{Rule: r.Name, Reason: r.Reason, Detail: next.Detail}
		}
	}
}

const (
	// menuLinks is how many links with nothing but spaces between them are a
	// menu.
	menuLinks = 4
	// maxLinks is how long, in bytes, a clause of links is.
	maxLinks = 3000
)

// isMenu reports whether a clause is links without a word or a space between
// them, or many with spaces alone, as menus read, or leads to the pages before
// and after.
func isMenu(s *side, i int) bool {
	words, kind := s.doc.Words(i), s.doc.Clauses[i].Kind
	if len(words) > maxLinks || kind == clause.Item && !strings.Contains(words, ")[") {
		return false
	}
	outside, inside, _ := splitLinks(words)
	if len(inside) < 2 || hasWord(clause.Visible(outside)) {
		return false
	}
	first, last := strings.ToLower(inside[0]), strings.ToLower(inside[len(inside)-1])
	switch {
	case len(inside) >= menuLinks && kind != clause.Row && strings.TrimSpace(outside) == "":
		return true
	case strings.Count(words, ")[") >= len(inside)-1:
		return true
	}
	return len(inside) == 2 && strings.HasPrefix(first, "prev") && strings.HasPrefix(last, "next")
}

// isRelated reports whether a clause is a link alone under a heading that
// announces other articles; where only a word of it does, there are links to the
// same site below it and nothing else.
func isRelated(s *side, i int) bool {
	under := int(s.doc.Clauses[i].Under)
	if under == clause.None || !strings.Contains(s.doc.Words(i), "](") {
		return false
	}
	heading := strings.ToLower(strings.Trim(s.doc.Visible(under), " :"))
	if !relatedHeadings[heading] {
		return announcesArticles(heading) && s.around().onlyLinksUnder(under) && s.around().shape(i).isSign()
	}
	outside, inside, _ := splitLinks(s.doc.Words(i))
	return len(inside) > 0 && !hasWord(clause.Visible(outside))
}

// maxRelated is how many words a heading has that announces other articles.
const maxRelated = 3

// announcesArticles reports whether a heading announces what else there is to
// read.
func announcesArticles(heading string) bool {
	if hasWords(heading, maxRelated+1) || namesRight(heading) || namesDocument(heading) {
		return false
	}
	for w := range strings.FieldsSeq(heading) {
		if relatedWords[w] {
			return true
		}
	}
	return false
}

// onlyLinksUnder reports whether there are nothing but links and short lines from
// a heading to the next, most of them to the same site.
func (a *surroundings) onlyLinksUnder(heading int) bool {
	links, same := 0, 0
	for i := heading + 1; i < len(a.shapes) && a.doc.Clauses[i].Kind != clause.Heading; i++ {
		if a.shape(i) == sentence {
			return false
		}
		if a.shape(i).isLink() {
			links++
		}
		if a.shape(i).isSign() {
			same++
		}
	}
	return same*2 > links
}

// relatedWords are words of headings above links to other articles.
var relatedWords = wordSetOf("related further more similar recommended popular latest recent trending",
	"weitere weiterführende verwandte ähnliche beliebte plus connexes similaires associés relacionados relacionadas",
	"más mais correlati simili gerelateerde meer relaterade mer powiązane")

var relatedHeadings = lines(`related articles
related topics
related pages
related links
related help
related
other ways to get help
recommended articles
popular articles
more articles`)

// isFileSize reports whether a clause is a link with the size of what it leads to.
func isFileSize(s *side, i int) bool {
	source := s.doc.Words(i)
	if !strings.Contains(source, "](") || len(source) > maxCopyrightSource || s.around().isLedIn(i) {
		return false
	}
	outside, inside, _ := splitLinks(source)
	return len(inside) == 1 && fileSize.MatchString(clause.Visible(outside)) && !beginsSmall(inside[0]) &&
		isShort(inside[0], maxLinkWords)
}

// beginsSmall reports whether words go on with a phrase.
func beginsSmall(words string) bool {
	r, _ := utf8.DecodeRuneInString(words)
	return unicode.IsLower(r)
}

// isTranslatorNotice reports whether a clause before the document only speaks of
// its being translated.
func isTranslatorNotice(s *side, i int) bool {
	source := s.doc.Words(i)
	return len(source) <= maxCopyrightSource && strings.Contains(source, "ransl") && i < max(s.around().head, 1) &&
		translators.MatchString(s.doc.Visible(i))
}

var (
	fileSize    = pattern(`(?i)^\W*(?:size:? )?\d+(?:[.,]\d+)? ?(?:%s)\W*$`, `[kmg]i?b`, `[kmg]o`, `bytes`)
	translators = pattern(`(?i)^(?:(?:%s)\W*)+$`,
		`(?:help )?translate this (?:page|document|version)`,
		`this (?:page|document|version) (?:contains|has) [^.;]{1,60}\b(?:marked|ready) for translation`)
)

const (
	// maxTitleLine is how many clauses may be before a title, maxTitleLevel the
	// lowest level of heading that is one.
	maxTitleLine  = 2
	maxTitleLevel = 2
	// minTitleWords is how many words of documents a title has, maxTitleNames
	// how many others: the platform's name.
	minTitleWords = 2
	maxTitleNames = 2
)

// isTitle reports whether a clause is a heading at the document's very
// beginning that only names what kind of document it is.
func isTitle(s *side, i int) bool {
	c := &s.doc.Clauses[i]
	if i > maxTitleLine || c.Kind != clause.Heading || c.Level > maxTitleLevel {
		return false
	}
	known, other := 0, 0
	for _, w := range strings.Fields(strings.ToLower(s.doc.Visible(i))) {
		if titleWords[w] {
			known++
		} else {
			other++
		}
	}
	return known >= minTitleWords && other <= maxTitleNames
}

// titleWords are the words of which titles of documents are made.
var titleWords = wordSetOf(
	"terms of service use conditions and the privacy policy policies notice statement cookie cookies community",
	"guidelines standards rules developer user agreement legal imprint copyright law enforcement help center data",
	"processing addendum brand trademark our")
