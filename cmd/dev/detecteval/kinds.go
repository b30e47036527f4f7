package detecteval

import "fineprint/store/model"

func reasonsOf(reasons ...model.Reason) []model.Reason { return reasons }

// must is a material edit, reported as one of kinds.
func must(kinds ...model.Kind) want { return want{material: true, kinds: kinds} }

// marked is a clause modified in a way that the reader must see marked as one of
// marks.
func marked(marks ...string) want {
	w := must(model.Modified)
	w.marks = marks
	return w
}

// fold is an immaterial edit, folded for one of reasons.
func fold(reasons ...model.Reason) want { return want{reasons: reasons} }

// pass is a move: which of the blocks that passed each other moved is open.
func pass(reasons ...model.Reason) want { return want{reasons: reasons, anywhere: true} }

const (
	cjkText = "用户可以随时停用账户。停用账户后，我们将在三十天内删除您的个人信息，但法律要求保留的记录除外。除非获得您的同意，我们不会向第三方出售您的信息。未满十六周岁的用户须由监护人同意。本协议受日本国法律管辖。"
	rtlText = "يمكنك إغلاق حسابك في أي وقت. بعد إغلاق الحساب نحذف " +
		"بياناتك خلال 30 يوما، ما عدا السجلات التي يلزمنا القانون " +
		"بحفظها. لا نبيع بياناتك لأي طرف ثالث. يجب ألا يقل عمر " +
		"المستخدم عن 16 عاما."
)

// mutations are the kinds of edit, in the order they are reported in. Init
// fills them in, because some of them are made of others.
var mutations []mutation

func init() {
	mutations = append(materialKinds(), append(immaterialKinds(),
		mutation{name: "combined", want: must(), apply: several, alone: true})...)
}

func materialKinds() []mutation {
	modified := must(model.Modified)
	return []mutation{
		{name: "move and edit", want: must(model.Modified, model.Moved), apply: moveAndEdit},
		{name: "item to another heading's list", want: must(model.Moved), apply: crossLists},
		{name: "brand rename throughout", want: modified, apply: renameBrand, alone: true},
		{name: "edit under a reflow", want: modified, apply: editUnderReflow},
		{name: "edit under a reflow of all", want: modified, apply: editUnderReflowAll, alone: true},
		{name: "split and edit", want: modified, apply: splitAndEdit},
		{name: "near-duplicate inserted", want: must(model.Added), apply: insertNear},
		{name: "near-identical item deleted", want: must(model.Removed), apply: dropNear},
		{name: "digit in a long paragraph", want: marked("number"), apply: digitInLong},
		{name: "number beside noise", want: marked("number"), apply: besideNoise},
		{name: "date in a sentence", want: marked("date", "number"), apply: sentence(
			[2]string{"From January 5, 2026 you must settle every dispute by arbitration.",
				"From March 5, 2026 you must settle every dispute by arbitration."},
			[2]string{"Accounts opened before 1 July 2024 keep the former fees.",
				"Accounts opened before 1 July 2025 keep the former fees."})},
		{name: "negation put in", want: marked("negation"), apply: negate},
		{name: "modal changed", want: marked("modal"), apply: remodal},
		{name: "amount", want: marked("money", "number"), apply: sentence(
			[2]string{"Our whole liability to you is limited to $100.", "Our whole liability to you is limited to $50."},
			[2]string{"A late payment costs you €1,000 at most.", "A late payment costs you €10,000 at most."},
			[2]string{"We take a commission of 3.5% on each sale.", "We take a commission of 5.5% on each sale."})},
		{name: "age", want: marked("number"), apply: sentence(
			[2]string{"You must be at least 16 years old to open an account.",
				"You must be at least 13 years old to open an account."},
			[2]string{"Nobody under the age of thirteen may open an account.",
				"Nobody under the age of sixteen may open an account."})},
		{name: "party or jurisdiction", want: modified, apply: sentence(
			[2]string{"The service is provided to you by Larkspur Ireland Limited.",
				"The service is provided to you by Larkspur Inc."},
			[2]string{"These terms are governed by the laws of Ireland.", "These terms are governed by the laws of Delaware."},
			[2]string{"The courts of Lisbon alone decide any dispute.", "The courts of Singapore alone decide any dispute."})},
		{name: "period", want: modified, apply: sentence(
			[2]string{"We delete what you posted within 30 days.", "We delete what you posted within 90 days."},
			[2]string{"You may object within thirty (30) days of the notice.",
				"You may object within sixty (60) days of the notice."},
			[2]string{"The subscription renews after 12 months.", "The subscription renews after 12 weeks."})},
		{name: "section inserted, rest renumbered", want: must(model.Added), apply: renumber, alone: true},
		{name: "heading reworded", want: modified, apply: rewordHeading},
		{name: "table cell changed", want: modified, apply: changeCell},
		{name: "table row added", want: must(model.Added), apply: addRow},
		{name: "definition changed", want: modified, apply: own(
			[2]string{"“**Content**” means the text, pictures and sound that you post on the service.",
				"“**Content**” means the text, pictures and sound that you post on or send through the service."},
			[2]string{`"Affiliate" means a company that owns more than half of the other.`,
				`"Affiliate" means a company that controls or works with the other.`},
			[2]string{"Personal data: anything that names you.", "Personal data: anything that names you or your household."})},
		{name: "CJK edit", want: modified, apply: own(
			[2]string{cjkText, cjkReplaced("三十天", "九十天")}, [2]string{cjkText, cjkReplaced("不会", "会")},
			[2]string{cjkText, cjkReplaced("十六周岁", "十三周岁")},
			[2]string{cjkText, cjkReplaced("日本国", "新加坡")})},
		{name: "RTL edit", want: modified, apply: own(
			[2]string{rtlText, rtlReplaced("30 يوما", "90 يوما")},
			[2]string{rtlText, rtlReplaced("لا نبيع", "نبيع")},
			[2]string{rtlText, rtlReplaced("16 عاما", "13 عاما")})},
	}
}

func immaterialKinds() []mutation {
	const mail = "Write to our data protection officer at %s if you want to object."
	return []mutation{
		{name: "section move", want: pass(model.ReasonMoved), apply: moveSection},
		{name: "paragraph move", want: pass(model.ReasonMoved), apply: moveParagraph},
		{name: "list reordered", want: pass(model.ReasonMoved), apply: reorderList},
		{name: "reflow", want: fold(model.ReasonWhitespace), apply: reflow},
		{name: "reflow of all", want: fold(model.ReasonWhitespace), apply: reflowAll, alone: true},
		{name: "paragraph split", want: fold(model.ReasonWhitespace, model.ReasonFormatting), apply: splitParagraph},
		{name: "paragraphs joined", want: fold(model.ReasonWhitespace, model.ReasonFormatting), apply: join},
		{name: "link stripped", want: fold(model.ReasonLink, model.ReasonFormatting), apply: stripLink},
		{name: "locale in links", want: fold(model.ReasonLink), apply: eachLink(atHost("en-us"), atHost("de-de")),
			alone: true},
		{name: "tracking parameter", want: fold(model.ReasonLink, model.ReasonBoilerplate),
			apply: eachLink(query("fbclid=IwAR0xYz81"), query("fbclid=IwAR77kQw2")), alone: true},
		{name: "tracking parameter gone", want: fold(model.ReasonLink, model.ReasonBoilerplate),
			apply: eachLink(query("utm_source=footer"), unchanged), alone: true},
		{name: "navigation at the top", want: fold(model.ReasonBoilerplate), apply: around(menus, true), alone: true},
		{name: "navigation at the bottom", want: fold(model.ReasonBoilerplate), apply: around(footers, false), alone: true},
		{name: "cookie banner at the top", want: fold(model.ReasonBoilerplate), apply: around(banners, true), alone: true},
		{name: "relative time or counter", want: fold(model.ReasonBoilerplate, model.ReasonDate), apply: own(
			[2]string{"Last edited 5 days ago", "Last edited 6 days ago"},
			[2]string{"1,204 people found this helpful", "1,317 people found this helpful"},
			[2]string{"Updated over a week ago", "Updated this week"}, [2]string{"12 min read", "14 min read"},
			[2]string{"3,412 views · 2 months ago", "3,498 views · 3 months ago"})},
		{name: "obfuscated e-mail", want: fold(model.ReasonBoilerplate, model.ReasonLink), apply: own(
			[2]string{mailed(mail, "[[email protected]](/cdn-cgi/l/email-protection#0a7a78637c6b69)"),
				mailed(mail, "[[email protected]](/cdn-cgi/l/email-protection#98e8eaf1eef9fb)")},
			[2]string{mailed(mail, "[[email protected]](https://www.example/cdn-cgi/l/email-protection#0a7a78)"),
				mailed(mail, "[[email protected]](https://www.example/cdn-cgi/l/email-protection#98e8ea)")},
			[2]string{mailed(mail, "privacy@larkspur.example"), mailed(mail, "[email protected]")})},
		{name: "bare date stamp", want: fold(model.ReasonDate),
			apply: dateLine("Last updated: %s", "Effective %s", "Last modified on %s", "**Effective date:** %s",
				"Version of %s")},
		{name: "case only", want: fold(model.ReasonCase), apply: upper},
		{name: "quotes and dashes", want: fold(model.ReasonTypography),
			apply: rewrite("“", `"`, "”", `"`, "’", "'", " – ", " - ", "'", "’")},
		{name: "HTML entities", want: fold(model.ReasonTypography, model.ReasonFormatting),
			apply: rewrite(" & ", " &amp; ", "’", "&rsquo;", "“", "&ldquo;", "”", "&rdquo;", " – ", " &ndash; ",
				" — ", " &mdash; ", "'", "&#39;")},
		{name: "bold or italics", want: fold(model.ReasonFormatting), apply: embolden},
		{name: "heading level", want: fold(model.ReasonFormatting), apply: relevel},
		{name: "setext and ATX", want: fold(model.ReasonFormatting), apply: restyle},
		{name: "nested list laid out anew", want: fold(model.ReasonFormatting, model.ReasonWhitespace), apply: indent},
		{name: "white space", want: fold(model.ReasonWhitespace), apply: space},
	}
}
