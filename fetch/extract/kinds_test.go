package extract

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

const clausesBefore = `<h1>Datenschutz</h1><p>Die Firma Birnbaum betreibt den Dienst und sagt hier, was sie mit Daten ` +
	`tut.</p><p>Wir speichern nur, was wir für den Dienst brauchen, und löschen es danach.</p>`

const clausesAfter = `<h2>Fristen</h2><p>Protokolle werden nach dreißig Tagen gelöscht, sofern kein Gesetz anderes ` +
	`verlangt.</p><p>Fragen beantworten wir binnen eines Monats, und das ohne Kosten für Sie.</p>`

// inDocument puts a piece of HTML into the midst of a page with a menu and a foot.
func inDocument(piece string) []byte {
	return page(`<header><nav><a href="/">Birnbaum</a> <a href="/shop">Laden</a></nav></header><main>` + clausesBefore +
		piece + clausesAfter + `</main><footer><a href="/jobs">Stellen</a> © 2031 Birnbaum GmbH</footer>`)
}

// middle is what was read of the piece in the midst.
func middle(t *testing.T, piece string) string {
	t.Helper()
	got := text(t, Input{Body: inDocument(piece)})
	before, after := text(t, Input{Body: page("<main>" + clausesBefore + "</main>")}),
		text(t, Input{Body: page("<main>" + clausesAfter + "</main>")})
	rest, ok := strings.CutPrefix(got, before)
	if !ok {
		t.Fatalf("what stands before is lost: %q", got)
	}
	if rest, ok = strings.CutSuffix(rest, after); !ok {
		t.Fatalf("what stands after is lost: %q", got)
	}
	return strings.TrimSpace(rest)
}

func TestProseIsNotDroppedByItsTag(t *testing.T) {
	const s = "Streitigkeiten entscheidet ein Schiedsgericht, nicht das Amtsgericht."
	for name, c := range map[string]struct{ piece, want string }{
		"aside":                 {"<aside><p>" + s + "</p></aside>", s},
		"form":                  {"<form><p>" + s + "</p><button>Speichern</button></form>", s},
		"header of a section":   {"<section><header><h2>Gericht</h2></header><p>" + s + "</p></section>", "## Gericht\n\n" + s},
		"footer of an article":  {"<article><p>" + s + "</p><footer><p>" + s + "</p></footer></article>", s + "\n\n" + s},
		"short footer":          {"<article><p>" + s + "</p><footer>Nur in Ulm.</footer></article>", s + "\n\nNur in Ulm."},
		"dialog":                {"<dialog><p>" + s + "</p></dialog>", s},
		"box to write in":       {"<textarea readonly>" + s + "\n\n" + s + "</textarea>", s + "\n\n" + s},
		"without scripts":       {"<noscript><p>" + s + " " + s + "</p></noscript>", s + " " + s},
		"frame with its page":   {`<iframe srcdoc="<p>` + s + `</p>"></iframe>`, s},
		"frame with an address": {"<iframe src='data:text/html;charset=utf-8,%3Cp%3EKeine Klage.%3C/p%3E'></iframe>", "Keine Klage."},
		"shadow root": {`<x-y><template shadowrootmode=open><p>` + s + `</p><slot></slot></template><p>Ende.</p></x-y>`,
			s + "\n\nEnde."},
		"button in a sentence": {"<p>Wer <button>Konto löschen</button> wählt, verliert alle seine Daten.</p>",
			"Wer Konto löschen wählt, verliert alle seine Daten."},
		"recent changes": {"<section><h2>Latest changes</h2><p>Seit Mai antworten wir in zehn Tagen statt in einem Monat.</p>" +
			"<p><a href=/alt>Älter</a></p></section>", "## Latest changes\n\nSeit Mai antworten wir in zehn Tagen statt in einem Monat.\n\n[Älter](/alt)"},
		"button that is a right": {"<p><button>Meine Daten nicht verkaufen</button></p>", "Meine Daten nicht verkaufen"},
		"choice in a sentence": {"<p>Wir behalten es <select><option>10<option selected>20</select> Tage lang für Sie.</p>",
			"Wir behalten es 20 Tage lang für Sie."},
	} {
		if got := middle(t, c.piece); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Amid the prose of a page that marks no parts, what is called a header or a button is the
// document's.
func TestWhatStandsAmidProseStays(t *testing.T) {
	const s = "<p>Streitigkeiten entscheidet ein Schiedsgericht, nicht das Amtsgericht.</p>"
	for name, piece := range map[string]string{
		"header":               "<div><header><h3>Gericht</h3></header>" + s + "</div>",
		"what is named so":     "<div><div class=block-header>Gericht</div>" + s + "</div>",
		"footer":               "<div>" + s + "<footer>Gericht in Ulm</footer></div>",
		"button opens a panel": "<div><div role=button>Gericht</div><div style='display:none'>" + s + "</div></div>",
	} {
		got, err := Text(Input{Body: []byte("<body><div><h1>Regeln</h1>" + s + piece + s + "</div></body>"), MediaType: "text/html"})
		if err != nil || !strings.Contains(got, "Gericht") || strings.Count(got, "Schiedsgericht") != 3 {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// A document's title may stand before its marked part, in a heading of any rank.
func TestTitleBeforeTheArticleStays(t *testing.T) {
	const s = "<p>Streitigkeiten entscheidet ein Schiedsgericht, nicht das Amtsgericht.</p>"
	got, err := Text(Input{Body: []byte("<title>Regeln : Obsthof</title><body><header><h1>Obsthof</h1></header><div><h2>Regeln</h2>" +
		"<article>" + strings.Repeat(s, 9) + "</article></div></body>"), MediaType: "text/html"})
	if err != nil || !strings.HasPrefix(got, "## Regeln\n") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestChromeInTheMainPartStaysOut(t *testing.T) {
	for name, piece := range map[string]string{
		"menu":           "<nav><a href=/a>Laden</a> <a href=/b>Blog</a></nav>",
		"consent":        "<div role=dialog><p>Wir verwenden Cookies, um den Dienst zu verbessern.</p><button>Akzeptieren</button></div>",
		"search":         "<form role=search><label>Suche</label><input type=search><button>Los</button></form>",
		"sign-in":        "<form><label>Name</label><input><input type=password><button>Anmelden</button></form>",
		"share":          "<div class=share><a href=/f>Teilen</a> <a href=/t>Senden</a></div>",
		"other reading":  "<aside><h2>Mehr</h2><ul><li><a href=/1>Äpfel im Winter</a><li><a href=/2>Quitten im Mai</a></ul></aside>",
		"a notice":       "<noscript>Bitte schalten Sie JavaScript ein, damit diese Seite in Ihrem Browser richtig läuft.</noscript>",
		"button":         "<button>Drucken</button>",
		"back to top":    `<a href="#top">Back to top</a>`,
		"hidden label":   "<span hidden>Lädt</span>",
		"empty dialog":   "<dialog><p>Lädt …</p></dialog>",
		"foreign script": "<template><p>Dies ist eine Vorlage, die kein Leser je zu sehen bekommt.</p></template>",
	} {
		if got := middle(t, piece); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatCountsAsText(t *testing.T) {
	for name, c := range map[string]struct{ piece, want string }{
		"short answer that opens": {`<div><button aria-expanded=false aria-controls=a1>Dürfen Hunde mit?</button></div>` +
			`<div hidden id=a1><p>Nein.</p></div>`, "Dürfen Hunde mit?\n\nNein."},
		"titles in buttons": {`<div><button aria-expanded=false>Wer</button><div hidden><p>Wir.</p></div></div>` +
			`<div><button aria-expanded=false>Was</button><div hidden><p>Daten.</p></div></div>`,
			"## Wer\n\nWir.\n\n## Was\n\nDaten."},
		"tabs": {`<ul role=tablist><li><button role=tab aria-controls=p1>Wer</button><li><button role=tab aria-controls=p2>` +
			`Was</button></ul><div role=tabpanel id=p1><p>Wir sind es.</p></div><div role=tabpanel id=p2 hidden><p>Daten.</p></div>`,
			"## Wer\n\nWir sind es.\n\n## Was\n\nDaten."},
		"a box that opens": {`<input type=checkbox id=c1><label for=c1>Wer</label><div><p>Wir sind es.</p></div>`,
			"Wer\n\nWir sind es."},
		"struck out by style": {`<style>.weg{text-decoration:line-through}</style><p>Es kostet <span class=weg>fünf</span> ` +
			`zehn Taler.</p>`, "Es kostet ~~fünf~~ zehn Taler."},
		"struck out by class":  {"<p>Es kostet <span class=line-through>fünf</span> zehn Taler.</p>", "Es kostet ~~fünf~~ zehn Taler."},
		"note after a number":  {"<p>Binnen 30<sup>1</sup> Tagen.</p>", `Binnen 30\[1] Tagen.`},
		"note that is a link":  {`<p>Daten<sup><a href="#n">12</a></sup> löschen.</p>`, `Daten\[12] löschen.`},
		"ordinal":              {"<p>The 1<sup>st</sup> of May.</p>", "The 1st of May."},
		"square":               {"<p>Ein Raum von 30 m<sup>2</sup> genügt.</p>", "Ein Raum von 30 m² genügt."},
		"power of ten":         {"<p>Etwa 5 × 10<sup>6</sup> Leser.</p>", "Etwa 5 × 10⁶ Leser."},
		"below the line":       {"<p>CO<sub>2</sub> und H<sub>2</sub>O.</p>", "CO₂ und H₂O."},
		"letters":              {"<ol type=a><li>Eins<li>Zwei</ol>", "- a. Eins\n- b. Zwei"},
		"Roman from three":     {"<ol type=I start=3><li>Eins<li>Zwei</ol>", "- III. Eins\n- IV. Zwei"},
		"letters by a style":   {"<style>ol.x{list-style-type:upper-alpha}</style><ol class=x><li>Eins</ol>", "- A. Eins"},
		"backwards":            {"<ol reversed><li>Eins<li>Zwei</ol>", "- 2\\. Eins\n- 1\\. Zwei"},
		"values":               {"<ol><li value=4>Eins<li>Zwei</ol>", "- 4\\. Eins\n- 5\\. Zwei"},
		"numbers of counters":  {`<style>.n>li::before{content:counters(c,".") " "}</style><ol class=n><li>A<ol class=n><li>B</ol></ol>`, "- 1 A\n  \n  - 1.1 B"},
		"number in a span":     {"<p><span>1.1</span>Birnen sind frei.</p>", "1.1 Birnen sind frei."},
		"items of a flex row":  {`<div style="display:flex"><span>Frist</span><span>30 Tage</span></div>`, "Frist 30 Tage"},
		"ticked box":           {"<ul><li><input type=checkbox checked disabled> Drucker<li><input type=checkbox> Werber</ul>", "- ☑ Drucker\n- ☐ Werber"},
		"label of an icon":     {`<table><tr><th>Wer<th>Teilt</tr><tr><td>Drucker<td><svg role=img aria-label=ja></svg></tr></table>`, "| Wer | Teilt |\n|---|---|\n| Drucker | ja |"},
		"icon without a label": {`<table><tr><th>Wer<th>Teilt</tr><tr><td>Drucker<td><i class="fa fa-times"></i></tr></table>`, "| Wer | Teilt |\n|---|---|\n| Drucker | ✗ |"},
		"icon that says no more": {`<p><svg role=img><title>Info icon</title></svg>Wir löschen alles, sobald Sie es wünschen.</p>`,
			"Wir löschen alles, sobald Sie es wünschen."},
		"link of a heading": {`<h2>Dauer<a class=headerlink href="#d">¶</a></h2><p>Ein Jahr.</p>`, "## Dauer\n\nEin Jahr."},
		"link beside a heading": {`<div class=h><h2 id=d>Dauer</h2><a href="#d"><span class=sr-only>انسخ الرابط</span></a></div>` +
			`<p>Ein Jahr.</p>`, "## Dauer\n\nEin Jahr."},
		"components":          {`<x-a>Dauer</x-a><x-b>Ein Jahr.</x-b>`, "Dauer\n\nEin Jahr."},
		"component in a line": {`<p>Ein<x-a>Jahr</x-a>.</p>`, "EinJahr."},
		"legend":              {`<fieldset><legend>Dauer</legend><label>Ein Jahr.</label></fieldset>`, "Dauer\n\nEin Jahr."},
		"hidden table that a link opens": {`<p>Es gilt die <a href="#f">Liste</a>.</p><div id=f aria-hidden=true><table><tr><th>Was` +
			`<th>Preis</tr><tr><td>Rad<td>2 €</tr></table></div>`,
			"Es gilt die [Liste](#f).\n\n| Was | Preis |\n|---|---|\n| Rad | 2 € |"},
		"for a screen reader": {`<h2>Dauer <button><span class=sr-only>Copy link to section</span></button></h2><p>Ein Jahr.</p>`, "## Dauer\n\nEin Jahr."},
		"twice for two widths": {`<div class=d-none-mobile><p>Wir löschen nach einem Jahr.</p></div><div class=mobile-only><p>` +
			`Wir löschen nach einem Jahr.</p></div>`, "Wir löschen nach einem Jahr."},
		"quotation":        {"<p>Wir sagen <q>gleich</q> dazu.</p>", "Wir sagen “gleich” dazu."},
		"heading in bold":  {"<div><strong><span><h2>Dauer</h2></span></strong></div><p>Ein Jahr.</p>", "## Dauer\n\nEin Jahr."},
		"row over two":     {"<table><tr><th>A<th>B</tr><tr><td rowspan=2>x<td>1</tr><tr><td>2</tr></table>", "| A | B |\n|---|---|\n| x | 1 |\n| x | 2 |"},
		"lists in a table": {"<table><tr><th>A<th>B</tr><tr><td>x<td><ol><li>1<li>2</ol></tr></table>", "| A | B |\n|---|---|\n| x | 1\\. 1 2. 2 |"},
	} {
		if got := middle(t, c.piece); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLongRowsAreToldByTheirHeads(t *testing.T) {
	long := strings.Repeat("Wir behalten das so lange, wie der Vertrag es verlangt. ", 30)
	got := middle(t, "<table><tr><th>Was<th>Dauer</tr><tr><td>Post<td><p>"+long+"</p><p>Danach nicht.</p></tr>"+
		"<tr><td>Bilder<td><p>Ein Jahr.</p><p>Oder zwei.</p></tr></table>")
	for _, want := range []string{"**Post – Dauer:**\n\nWir behalten", "**Bilder – Dauer:**\n\nEin Jahr.\n\nOder zwei."} {
		if !strings.Contains(got, want) {
			t.Errorf("without %q: %q", want, got)
		}
	}
}

func TestUnmarkedEdgesAreTrimmed(t *testing.T) {
	body := page(`<div><div><a href="/"><img src=/l.svg alt=Birnbaum></a><a href=/a>Laden</a><a href=/b>Hilfe</a></div><div>` +
		clausesBefore + clausesAfter + `<p>Post: <a href="mailto:a@b.example">a@b.example</a></p></div><div><span>Birnbaum</span>` +
		`<a href=/t>Bedingungen</a><a href=/p>Datenschutz</a><span>© 2031</span></div></div>`)
	got := text(t, Input{Body: body})
	if !strings.HasPrefix(got, "# Datenschutz\n") || !strings.HasSuffix(got, "Post: [a@b.example](mailto:a@b.example)\n") {
		t.Errorf("%q", got)
	}
}

// What a document ends with stays, also where a copyright and links stand after it, and
// where it is about copyrights itself.
func TestEndOfTheDocumentIsNotItsFoot(t *testing.T) {
	const foot = `<div><a href="/a">Über uns</a><a href="/b">Stellen</a><div>© 2031 Birnbaum GmbH</div></div>`
	const partners = `<div><a href="https://a.example">Nordlicht</a></div><div><a href="https://b.example">Fasspost</a></div>` +
		`<div><a href="https://c.example">Karten</a></div>`
	for name, end := range map[string]string{
		"list of partners":        "<h2>Partner</h2>" + partners + "</div>",
		"partners beside":         "</div><div><h2>Partner</h2>" + partners + "</div>",
		"section of rights":       "<h2>Copyright</h2><p>© 2031 Birnbaum. Den Fahrplan dürfen Sie für sich drucken.</p><h2>Post</h2><p>Nur auf Papier.</p></div>",
		"section of a copyright":  "<h2>Orte</h2><p>Ulm</p><h2>Copyright</h2><p>© 2031 Birnbaum GmbH</p></div>",
		"title that isn't marked": "<div><b>Copyright</b></div><p>Veröffentlichen Sie nur eigene Werke.</p><div>Blatt 6</div></div>",
		"lettered clause":         "<p>(a) der Käufer zahlt,</p><p>(b) der Verkäufer liefert,</p><p>(c) der Bote fährt</p></div>",
		"all rights":              "<p>Alle Rechte an den Inhalten liegen bei den Gästen</p></div>",
	} {
		got := text(t, Input{Body: page(`<div><div><h1>Regeln</h1>` + clausesBefore + clausesAfter + end + `</div>` + foot)})
		body, err := Text(Input{Body: []byte("<body><main><h1>Regeln</h1>" + clausesBefore + clausesAfter +
			strings.ReplaceAll(strings.TrimSuffix(end, "</div>"), "</div><div><h2>", "<h2>") + "</main>"), MediaType: "text/html; charset=utf-8"})
		if err != nil || got != body {
			t.Errorf("%s: %q\nwant %q, %v", name, got, body, err)
		}
	}
}

// In a script without ASCII letters, a sentence that ends in a label's word is no label.
func TestSentencesOfOtherScriptsAreNoLabels(t *testing.T) {
	const clauses = "<p>当社は、予約の際にいただいた情報を、法律が求める期間を超えて保存しません。</p><p>苦情は港の事務所が十日以内に審理します。</p>"
	for _, last := range []string{"大切な方針ですので、手元に置けるよう必ず印刷", "各条項は画面上部の欄から検索", "詳細な規定は別に定める。", "著作権はすべて当社に帰属します。© 2031"} {
		got := text(t, Input{Body: page("<div><h1>方針</h1><h2>保存</h2>" + clauses + "<h2>その他</h2>" + clauses + "<p>" + last +
			`</p></div><div><a href="/a">会社情報</a><a href="/b">採用</a><p>© 2031 港</p></div>`)})
		if !strings.Contains(got, last) {
			t.Errorf("%s is lost: %q", last, got)
		}
	}
}

// A title isn't lost where it is a link, or where what is around it has the name of a menu.
func TestTitleIsKeptWhateverIsAroundIt(t *testing.T) {
	const s = "<p>Streitigkeiten entscheidet ein Schiedsgericht, nicht das Amtsgericht.</p>"
	for name, c := range map[string]struct{ piece, want string }{
		"beside a breadcrumb": {`<div class="title breadcrumbs"><ol><li><a href=/>Start</a></ol><h1><a href=/r>Regeln</a></h1></div>` +
			`<div>` + strings.Repeat(s, 9) + "</div>", "# [Regeln](/r)\n"},
		"with a button, in bold": {"<div><b><h2>Regeln<a href='javascript:print()'>Drucken</a></h2></b><article>" +
			strings.Repeat(s, 9) + "</article></div>", "## Regeln\n"},
	} {
		got, err := Text(Input{Body: []byte("<title>Regeln - Obsthof</title><body>" + c.piece), MediaType: "text/html; charset=utf-8"})
		if err != nil || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestPromotionDoesNotReplaceTheDocument(t *testing.T) {
	promotion := "<p>" + strings.Repeat("Bestellen Sie jetzt das Buch zum halben Preis. ", 9) + "</p>"
	body := page("<div>" + clausesBefore + clausesAfter + "<article class=promo><h3>Angebot</h3>" + promotion + "</article></div>")
	if got := text(t, Input{Body: body}); !strings.Contains(got, "Protokolle werden") {
		t.Errorf("%q", got)
	}
	two := page("<main>" + clausesBefore + "</main><main>" + clausesAfter + "</main>")
	if got := text(t, Input{Body: two}); !strings.Contains(got, "Protokolle") || !strings.Contains(got, "Birnbaum") {
		t.Errorf("two mains: %q", got)
	}
}

func TestLeftOutIsToldInWords(t *testing.T) {
	const aside = "Dieser Satz steht in einer Spalte daneben und gehört vielleicht dazu."
	body := page("<main>" + clausesBefore + clausesAfter + "</main><aside><p>" + aside + "</p></aside>" +
		"<div role=dialog><p>Wir verwenden Cookies auf dieser Seite, wie alle.</p><button>Akzeptieren</button></div>")
	in := Input{Body: body, MediaType: "text/html; charset=utf-8"}
	r, err := Read(in)
	if err != nil || !r.LeftOut.Telling() || len(r.LeftOut.Passages) != 1 || r.LeftOut.Passages[0] != aside {
		t.Errorf("%+v, %v", r.LeftOut, err)
	}
	in.Select = model.CSS("main")
	if r, err = Read(in); err != nil || r.LeftOut.Share != 0 {
		t.Errorf("all that is the document is selected: %+v, %v", r.LeftOut, err)
	}
	in.Select = model.CSS("main > h1, main > p:nth-of-type(1)")
	if r, err = Read(in); err != nil || r.LeftOut.Share < 0.5 || len(r.LeftOut.Passages) != 3 {
		t.Errorf("a sentence is selected: %+v, %v", r.LeftOut, err)
	}
}
