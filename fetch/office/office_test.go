package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

// zipped makes an archive of names and what they hold, in turns.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordSpace = `xmlns:w="w" xmlns:r="r" xmlns:mc="mc" xmlns:v="v"`

// word makes a document of Word of its body and other parts.
func word(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml",
		"<w:document " + wordSpace + "><w:body>" + body + "<w:sectPr/></w:body></w:document>"}, parts...)...)
}

// p is a paragraph with a style or other properties, and r a run of text.
func p(properties string, runs ...string) string {
	return "<w:p><w:pPr>" + properties + "</w:pPr>" + strings.Join(runs, "") + "</w:p>"
}

func r(text string, properties ...string) string {
	return `<w:r><w:rPr>` + strings.Join(properties, "") + `</w:rPr><w:t xml:space="preserve">` + text + "</w:t></w:r>"
}

// read returns the page of a document, from after its head.
func read(t testing.TB, body []byte) string {
	t.Helper()
	kind, err := Find(body)
	if err != nil || kind == "" {
		t.Fatalf("found %q, %v", kind, err)
	}
	page, _, err := Page(body, kind, time.Now().Add(bounds.MaxTime))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(string(page), "<!doctype html><meta charset=utf-8><body>")
}

const stylesPart = `<w:styles xmlns:w="w"><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>` +
	`<w:style w:styleId="Own"><w:name w:val="Clause"/><w:basedOn w:val="H1"/></w:style>` +
	`<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>` +
	`<w:style w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>` +
	`<w:style w:styleId="Gone"><w:name w:val="z-Top"/><w:rPr><w:vanish/></w:rPr></w:style>` +
	`<w:style w:styleId="Num"><w:name w:val="List"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
	`</w:styles>`

const numberingPart = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>` +
	`<w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%4)"/></w:lvl>` +
	`</w:abstractNum><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>` +
	`<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>` +
	`</w:lvlOverride></w:num></w:numbering>`

func numbered(list, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list)
}

func TestDocx(t *testing.T) {
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	instruction := func(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
	box := `<w:txbxContent>` + p("", r("In a box.")) + `</w:txbxContent>`
	links := `<Relationships><Relationship Id="rId9" Type="x/hyperlink" Target="https://a.example/p?a=1&amp;b=2" ` +
		`TargetMode="External"/></Relationships>`
	for _, c := range []struct{ name, body, want string }{
		{"headings", p(`<w:pStyle w:val="H1"/>`, r("One", "<w:b/>")) + p(`<w:pStyle w:val="Own"/>`, r("Two")) +
			p(`<w:outlineLvl w:val="2"/>`, r("Three")) + p(`<w:pStyle w:val="Loop"/>`, r("Four")),
			"<h1>One</h1><h1>Two</h1><h3>Three</h3><p>Four</p>"},
		{"runs that were split", p("", r("We ", "<w:b/>"), r("may", "<w:b/>"), r(" not."), r("x", `<w:b w:val="0"/>`)),
			"<p><strong>We may</strong> not.x</p>"},
		{"numbers", p(numbered(1, 0), r("a")) + p(numbered(1, 1), r("b")) + p(numbered(1, 1), r("c")) +
			p(numbered(1, 2), r("d")) + p(numbered(1, 3), r("e")) + p(numbered(1, 0), r("f")) + p(numbered(1, 1), r("g")) +
			p(numbered(2, 0), r("h")) + p(`<w:pStyle w:val="Num"/>`, r("i")),
			"<p>1. a</p><p>1.1 b</p><p>1.2 c</p><p>(a) d</p><p>iv) e</p><p>2. f</p><p>2.1 g</p><p>1. h</p><p>2. i</p>"},
		{"an empty paragraph is not counted", p(numbered(1, 0)) + p(numbered(1, 0), r("a")), "<p>1. a</p>"},
		{"bullets", p(numbered(5, 0), r("a")) + p(numbered(5, 1), r("b")) + p("", r("c")),
			"<ul><li>a</li><ul><li>b</li></ul></ul><p>c</p>"},
		{"proposed changes", p("", r("in "), `<w:del>`+strings.ReplaceAll(r("14"), "w:t", "w:delText")+`</w:del>`,
			`<w:ins>`+r("30")+`</w:ins>`, r(" days")), "<p>in <del>14</del>30 days</p>"},
		{"moved", p("", `<w:moveFrom>`+r("here")+`</w:moveFrom>`, `<w:moveTo>`+r("there")+`</w:moveTo>`),
			"<p><del>here</del>there</p>"},
		{"hidden", p("", r("seen", `<w:vanish w:val="false"/>`), r("HIDDEN", "<w:vanish/>"),
			r("HIDDEN", `<w:rStyle w:val="Note"/>`)) +
			p(`<w:pStyle w:val="Gone"/>`, r("HIDDEN")), "<p>seen</p>"},
		{"struck out", p("", r("no", "<w:strike/>")), "<p><del>no</del></p>"},
		{"raised", p("", r("5 m"), r("2", `<w:vertAlign w:val="superscript"/>`)), "<p>5 m<sup>2</sup></p>"},
		{"marks", p("", r("a"), `<w:r><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/><w:br w:type="page"/></w:r>`),
			"<p>a b<br>\u2011</p>"},
		{"a symbol", p("", `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Odd" w:char="F0FE"/></w:r>`,
			r(" yes")), "<p>☑□ yes</p>"},
		{"a box for a tick", p("", `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>`+
			`</w:ffData></w:fldChar></w:r>`, instruction("FORMCHECKBOX"), field("end"), r("I agree")), "<p>☒ I agree</p>"},
		{"links", p("", `<w:hyperlink r:id="rId9">`+r("site")+`</w:hyperlink>`, `<w:hyperlink w:anchor="x">`+r(" here")+
			`</w:hyperlink>`), `<p><a href="https://a.example/p?a=1&amp;b=2">site</a> here</p>`},
		{"fields", p("", field("begin"), instruction(` HYPERLINK "https://b.example/" `), field("separate"), r("site"),
			field("end"), r(", page "), field("begin"), instruction(" PAGE "), field("separate"), r("7"), field("end"),
			`<w:fldSimple w:instr=" REF x ">`+r("Section 2")+`</w:fldSimple>`),
			`<p><a href="https://b.example/">site</a>, page Section 2</p>`},
		{"a field that never ends hides nothing", p("", field("begin"), instruction(" IF "), r("lost")) + p("", r("kept")),
			"<p>kept</p>"},
		{"a box of text, drawn in two ways", p("", r("Text."), `<w:r><mc:AlternateContent><mc:Choice>`+box+
			`</mc:Choice><mc:Fallback><w:pict><v:textbox>`+box+`</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`),
			"<p>Text.</p><p>In a box.</p>"},
		{"a box in the old way", p("", `<w:r><w:pict><v:textbox>`+box+`</v:textbox></w:pict></w:r>`), "<p>In a box.</p>"},
		{"controls", `<w:sdt><w:sdtPr><w:alias w:val="X"/></w:sdtPr><w:sdtContent>` + p("", `<w:sdt><w:sdtContent>`+
			r("Inner")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, "<p>Inner</p>"},
		{"notes", p("", r("Fee"), `<w:r><w:footnoteReference w:id="2"/></w:r>`, r(" and tax"),
			`<w:r><w:endnoteReference w:id="2"/></w:r>`, `<w:r><w:commentReference w:id="2"/></w:r>`),
			"<p>Fee<sup>1</sup> and tax<sup>2</sup></p><p><sup>1</sup> Yearly.</p><p><sup>2</sup> At the end.</p>"},
		{"a table", `<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr><w:tr>` + tc("", "What") + tc("", "Long") +
			`</w:tr><w:tr>` + tc(`<w:vMerge w:val="restart"/>`, "Logs") + tc("", "14 days") + `</w:tr><w:tr>` +
			tc(`<w:vMerge/>`, "") + tc("", "more") + `</w:tr><w:tr><w:trPr><w:del/></w:trPr>` +
			tc(`<w:gridSpan w:val="2"/>`, "All") + `</w:tr></w:tbl>`,
			`<table><tr><th>What</th><th>Long</th></tr><tr><td rowspan="2">Logs</td><td>14 days</td></tr>` +
				`<tr><td>more</td></tr><tr><td colspan="2"><del>All</del></td></tr></table>`},
		{"a formula", p("", `<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>`), "<p>x+1</p>"},
		{"signs of HTML", p("", r("a &lt;b&gt; &amp;amp;")), "<p>a &lt;b&gt; &amp;amp;</p>"},
	} {
		notes := func(kind, text string) string {
			return `<w:x xmlns:w="w"><w:` + kind + ` w:id="2">` + p("", r(text)) + `</w:` + kind + `></w:x>`
		}
		got := read(t, word(t, c.body, "word/styles.xml", stylesPart, "word/numbering.xml", numberingPart,
			"word/_rels/document.xml.rels", links, "word/footnotes.xml", notes("footnote", "Yearly."),
			"word/endnotes.xml", notes("endnote", "At the end."), "word/header1.xml", "<w:hdr><w:p/></w:hdr>"))
		if got != c.want {
			t.Errorf("%s:\n%s\nshould be\n%s", c.name, got, c.want)
		}
	}
}

func tc(properties, text string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + p("", r(text)) + "</w:tc>"
}

// TestPageInDocx: what turns pages into documents often puts the page in as it is.
func TestPageInDocx(t *testing.T) {
	relations := `<Relationships><Relationship Id="c" Type="x/aFChunk" Target="/word/afchunk.mht"/></Relationships>`
	mht := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; " +
		"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Fee: 5 =E2=82=AC</p>\r\n--b--\r\n"
	got := read(t, word(t, `<w:altChunk r:id="c"/>`, "word/_rels/document.xml.rels", relations, "word/afchunk.mht", mht))
	if !strings.Contains(got, "<p>Fee: 5 €</p>") {
		t.Errorf("%q", got)
	}
}

func odtOf(t testing.TB, text, automatic string) []byte {
	t.Helper()
	return zipped(t, "mimetype", string(Odt), "content.xml", `<office:document-content xmlns:office="o">`+
		`<office:automatic-styles>`+automatic+`</office:automatic-styles><office:body><office:text>`+text+
		`</office:text></office:body></office:document-content>`, "styles.xml",
		`<office:document-styles><office:styles><style:style style:name="Title" style:family="paragraph"/></office:styles>`+
			`<office:master-styles><style:master-page><style:header><text:p>HEADER</text:p></style:header>`+
			`</style:master-page></office:master-styles></office:document-styles>`)
}

func TestOdt(t *testing.T) {
	style := func(name, family, properties string) string {
		return `<style:style style:name="` + name + `" style:family="` + family + `"><style:text-properties ` + properties +
			`/></style:style>`
	}
	styles := style("B", "text", `fo:font-weight="bold"`) + style("S", "text", `style:text-line-through-style="solid"`) +
		style("V", "text", `text:display="none"`) + style("U", "text", `style:text-position="super 58%"`) +
		`<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" ` +
		`style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" ` +
		`style:num-suffix=")"/></text:list-style><text:list-style style:name="D"><text:list-level-style-bullet ` +
		`text:level="1"/></text:list-style><text:list-style style:name="W"><text:list-level-style-number text:level="1" ` +
		`loext:num-list-format="Art. %1%:" style:num-format="I"/></text:list-style>`
	item := func(s string) string { return "<text:list-item>" + s + "</text:list-item>" }
	for _, c := range []struct{ name, text, want string }{
		{"headings", `<text:h text:outline-level="2">Fees</text:h><text:p text:style-name="Title">Terms</text:p>`,
			"<h2>Fees</h2><h1>Terms</h1>"},
		{"spans", `<text:p>We <text:span text:style-name="B">may</text:span><text:s text:c="2"/>` +
			`<text:span text:style-name="S">not</text:span><text:span text:style-name="V">HIDDEN</text:span> 5 m` +
			`<text:span text:style-name="U">2</text:span></text:p>`,
			"<p>We <strong>may</strong> <del>not</del> 5 m<sup>2</sup></p>"},
		{"numbers", `<text:list text:style-name="L">` + item(`<text:p>a</text:p><text:p>a2</text:p>`) +
			item(`<text:p>b</text:p><text:list>`+item("<text:p>c</text:p>")+item("<text:p>d</text:p>")+`</text:list>`) +
			`</text:list><text:list text:continue-numbering="true" text:style-name="L">` + item("<text:p>e</text:p>") +
			`</text:list><text:list text:style-name="L">` + item("<text:p>f</text:p>") + `</text:list>` +
			`<text:list text:style-name="W">` + item("<text:p>g</text:p>") + `</text:list>`,
			"<p>1. a</p><p>a2</p><p>2. b</p><p>(a) c</p><p>(b) d</p><p>3. e</p><p>1. f</p><p>Art. I: g</p>"},
		{"bullets", `<text:list text:style-name="D">` + item("<text:p>a</text:p>") + `</text:list>`, "<ul><li>a</li></ul>"},
		{"spaces", "<text:p> a\n  b\u00a0<text:span>c</text:span> </text:p>", "<p> a b\u00a0c </p>"},
		{"a link", `<text:p><text:a xlink:href="https://a.example/">site</text:a></text:p>`,
			`<p><a href="https://a.example/">site</a></p>`},
		{"a note", `<text:p>Fee<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Yearly.` +
			`</text:p></text:note-body></text:note>.</text:p>`, "<p>Fee<sup>1</sup>.</p><p><sup>1</sup> Yearly.</p>"},
		{"proposed changes", `<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>` +
			`<office:change-info><dc:creator>X</dc:creator></office:change-info><text:p>14</text:p></text:deletion>` +
			`</text:changed-region></text:tracked-changes><text:p>in <text:change text:change-id="c1"/>30 days</text:p>`,
			"<p>in <del>14</del>30 days</p>"},
		{"a table", `<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell><text:p>` +
			`What</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>` +
			`<table:table-cell><text:p>Logs</text:p></table:table-cell></table:table-row></table:table>`,
			"<table><tr><th>What</th></tr><tr><td>Logs</td></tr></table>"},
		{"a table of contents", `<text:table-of-content><text:table-of-content-source><text:p>TEMPLATE</text:p>` +
			`</text:table-of-content-source><text:index-body><text:p><text:a xlink:href="#x">Fees<text:tab/>12</text:a>` +
			`</text:p></text:index-body></text:table-of-content>`, "<p>Fees</p>"},
		{"sections", `<text:section><text:p>a</text:p></text:section><text:section text:display="none"><text:p>HIDDEN` +
			`</text:p></text:section>`, "<p>a</p>"},
		{"comments and boxes", `<text:p>a<office:annotation><text:p>COMMENT</text:p></office:annotation><draw:frame>` +
			`<draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p>`, "<p>a</p><p>box</p>"},
	} {
		if got := read(t, odtOf(t, c.text, styles)); got != c.want {
			t.Errorf("%s:\n%s\nshould be\n%s", c.name, got, c.want)
		}
	}
}

func TestRTF(t *testing.T) {
	const head = `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 X;}}` +
		`{\colortbl;\red0\green0\blue0;}{\stylesheet{\s1 heading 1;}{\s2 Body;}}{\info{\title INFO}}{\header HEADER}`
	for _, c := range []struct{ name, text, want string }{
		{"paragraphs", `\pard\s1 Terms\par\pard We keep it.\par`, "<h1>Terms</h1><p>We keep it.</p>"},
		{"code pages", `caf\'e9 \f1\'ca\'ee\'e4 \f2\'97\'98\f0 \'80\par`, "<p>café Код 利€</p>"},
		{"unicode", `\u1050?\u8364\'80 {\uc0\u8211}x \uc2\u233ab \u-10179?\'3f\u-8704?\'3f\par`, "<p>К€ –x é 😀</p>"},
		{"marks", `a\emdash b\line c\~d\_e\-f \{\}\\\par`, "<p>a—b<br>c\u00a0d\u2011ef {}\\</p>"},
		{"looks", `{\b We} {\strike no}{\deleted gone}{\v HIDDEN}{\super 2}\par`,
			"<p><strong>We</strong> <del>nogone</del><sup>2</sup></p>"},
		{"numbers", `{\listtext 1.\tab}a\par{\pntext\'b7\tab}b\par`, "<p>1. a</p><ul><li>b</li></ul>"},
		{"links", `{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt site}}, {\field{\*\fldinst PAGE}{\fldrslt ` +
			`7}}x\par`, `<p><a href="https://a.example/">site</a>, x</p>`},
		{"a note", `Fee{\super\chftn}{\footnote\chftn  Yearly.}.\par`, "<p>Fee<sup>1</sup>.</p><p><sup>1</sup>  Yearly.</p>"},
		{"a table", `\trowd\trhdr\cellx1\intbl What\cell Long\cell\row\trowd\intbl Logs\cell 14 days\cell\row\pard After\par`,
			"<table><tr><th>What</th><th>Long</th></tr><tr><td>Logs</td><td>14 days</td></tr></table><p>After</p>"},
		{"unknown destinations", `{\*\unknown SECRET}{\*\bkmkstart x}kept{\pict 89504e47}\par`, "<p>kept</p>"},
		{"binary", "{\\pict\\bin4 }}}}}kept\\par", "<p>kept</p>"},
		{"a box", `{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}}}After.\par`, "<p>In a box.</p><p>After.</p>"},
	} {
		if got := read(t, []byte(head+c.text+"}")); got != c.want {
			t.Errorf("%s:\n%s\nshould be\n%s", c.name, got, c.want)
		}
	}
}

func TestMail(t *testing.T) {
	saved := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/terms\r\nSubject: Terms\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\r\n--b\r\n" +
		"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: " +
		"https://a.example/terms\r\n\r\n<p>Fee =E2=82=AC 5 a=\r\n month</p>\r\n--b\r\nContent-Type: text/css\r\n\r\nx{}\r\n--b--\r\n"
	page, base, err := Page([]byte(saved), Mail, time.Now().Add(time.Minute))
	if err != nil || strings.TrimSpace(string(page)) != "<p>Fee € 5 a month</p>" || base != "https://a.example/terms" {
		t.Errorf("%q, %q, %v", page, base, err)
	}
	message := "From: a@a.example\nTo: b@b.example\nSubject: New terms\nContent-Type: multipart/alternative; boundary=x\n\n" +
		"--x\nContent-Type: text/plain; charset=utf-8\n\nplain\n--x\nContent-Type: text/html; charset=windows-1251\n" +
		"Content-Transfer-Encoding: base64\n\nPHA+0fDu6jwvcD4=\n--x--\n"
	if got := read(t, []byte(message)); got != "<p>Срок</p>" {
		t.Errorf("%q", got)
	}
	plain := "From: a@a.example\nTo: b@b.example\nSubject: New terms\n\nOne & two.\n\nThree.\n"
	if got := read(t, []byte(plain)); got != "<p>One &amp; two.</p><p>Three.\n</p>" {
		t.Errorf("%q", got)
	}
	for _, text := range []string{"Terms: these are terms\n\nFrom: now on.", "# Terms\n\nTo: all", "<p>From: x", ""} {
		if kind, err := Find([]byte(text)); kind != "" || err != nil {
			t.Errorf("%q is taken for %q, %v", text, kind, err)
		}
	}
}

// TestProducers: one document has the same words whichever program wrote it.
func TestProducers(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	wants := map[string][]string{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if name == "libreoffice" {
			name = "pandoc" // which wrote what it read
		}
		words := regexp.MustCompile(`[\pL\pN]+`).FindAllString(regexp.MustCompile(`<[^>]*>|&#?\w+;`).
			ReplaceAllString(read(t, body), " "), -1)
		if len(words) < 40 {
			t.Errorf("%s has %d words: %q", file, len(words), words)
		}
		if wants[name] == nil {
			wants[name] = words
		}
		if missing := missingIn(words, wants[name]); len(missing) > 0 {
			t.Errorf("%s lacks %q", file, missing)
		}
	}
}

// missingIn returns the words of b beyond one letter that a has fewer of.
func missingIn(a, b []string) (missing []string) {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		if count[w]--; count[w] < 0 && len(w) > 2 {
			missing = append(missing, w)
		}
	}
	return missing
}

func TestUnreadableIsNamed(t *testing.T) {
	old := func(name string) []byte {
		var wide []byte
		for _, c := range []byte(name) {
			wide = append(wide, c, 0)
		}
		return append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)), wide...)
	}
	for name, c := range map[string]struct {
		body []byte
		says string
	}{
		"doc": {old("WordDocument"), "Word document of the old kind"}, "xls": {old("Workbook"), "Excel"},
		"encrypted": {old("EncryptedPackage"), "password"}, "ole": {old("x"), "old kind"},
		"msg":   {old("__properties_version1.0"), "Outlook"},
		"xlsx":  {zipped(t, "_rels/.rels", "", "xl/workbook.xml", ""), "Excel"},
		"pptx":  {zipped(t, "_rels/.rels", "", "ppt/presentation.xml", ""), "PowerPoint"},
		"pages": {zipped(t, "Index/Document.iwa", ""), "Pages"}, "zip": {zipped(t, "a.txt", ""), "archive"},
		"epub": {zipped(t, "mimetype", "application/epub+zip", "META-INF/container.xml", ""), "EPUB"},
		"ods":  {zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", ""), "no text"},
		"png":  {[]byte("\x89PNG\r\n\x1a\n"), "picture"}, "jpeg": {[]byte("\xff\xd8\xff\xe0"), "picture"},
		"7z": {[]byte("7z\xbc\xaf\x27\x1c"), "archive"}, "ps": {[]byte("%!PS-Adobe"), "PostScript"},
		"tar": {append(make([]byte, 257), "ustar"...), "archive"},
	} {
		kind, err := Find(c.body)
		var unreadable *Unreadable
		if kind != "" || !errors.As(err, &unreadable) || !errors.Is(err, model.ErrInvalid) ||
			!strings.Contains(err.Error(), c.says) || unreadable.Next == "" {
			t.Errorf("%s: %q, %v", name, kind, err)
		}
	}
	locked := odtOf(t, "<text:p>x</text:p>", "")
	if _, _, err := Page(locked, Docx, time.Now().Add(time.Minute)); !errors.Is(err, ErrDamaged) {
		t.Errorf("an odt as docx: %v", err)
	}
	encrypted := zipped(t, "mimetype", string(Odt), "content.xml", "\x01\x02", "META-INF/manifest.xml",
		`<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>`)
	if _, _, err := Page(encrypted, Odt, time.Now().Add(time.Minute)); !errors.Is(err, errEncrypted) {
		t.Errorf("an encrypted odt: %v", err)
	}
}

// TestHostile: what is made to harm its reader ends in an error that says so, in bounded
// time and memory.
func TestHostile(t *testing.T) {
	laughs := `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document><w:body><w:p><w:r>` +
		`<w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	whole := word(t, p("", r(strings.Repeat("We keep data. ", 200))))
	var many []string
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprint("word/", i), "")
	}
	for name, c := range map[string]struct {
		body []byte
		want error
	}{
		"a bomb": {word(t, p("", r(strings.Repeat("a", maxParts)))), bounds.ErrTooMuch},
		"words without end": {word(t, strings.Repeat(p("", r(strings.Repeat("lorem ", 1000))), 2000)),
			bounds.ErrGrowth},
		"a deep one":       {word(t, strings.Repeat("<w:sdt>", 1000)+strings.Repeat("</w:sdt>", 1000)), bounds.ErrTooMuch},
		"a long paragraph": {word(t, p("", strings.Repeat(r("a"), maxNodes/3))), bounds.ErrTooMuch},
		"laughs":           {zipped(t, "word/document.xml", laughs), ErrDamaged},
		"an entity":        {zipped(t, "word/document.xml", "<w:document>&x;</w:document>"), ErrDamaged},
		"a doctype in a part beside": {word(t, p("", r("a")), "word/styles.xml", "<!DOCTYPE x><w:styles/>"),
			ErrDamaged},
		"files without end": {zipped(t, many...), bounds.ErrTooMuch},
		"cut off":           {whole[:len(whole)/2], ErrDamaged},
		"cut XML":           {zipped(t, "word/document.xml", "<w:document><w:body><w:p><w:r>"), ErrDamaged},
		"no text":           {zipped(t, "word/styles.xml", "<w:styles/>"), ErrDamaged},
		"two of a name":     {zipped(t, "word/document.xml", "<a/>", "word/document.xml", "<b/>"), ErrDamaged},
		"deep rich text":    {[]byte(`{\rtf1 ` + strings.Repeat("{", 10_000)), bounds.ErrTooMuch},
		"cut rich text":     {[]byte(`{\rtf1 {\b We keep`), ErrDamaged},
		"a message of messages": {[]byte(strings.Repeat("MIME-Version: 1.0\nContent-Type: message/rfc822\n\n", 50)),
			bounds.ErrTooMuch},
	} {
		kind, err := Find(c.body)
		if err == nil {
			_, _, err = Page(c.body, kind, time.Now().Add(bounds.MaxTime))
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s (%s): %v, should be %v", name, kind, err, c.want)
		}
	}
}

// TestHarmless: what is odd but does no harm is read.
func TestHarmless(t *testing.T) {
	if got := read(t, word(t, strings.Repeat("<w:p/>", 1_000_000)+p("", r("a")))); got != "<p>a</p>" {
		t.Errorf("empty paragraphs: %.100q", got)
	}
	tricks := word(t, p("", r("a")), "../../../etc/x", "b", "word/_rels/document.xml.rels",
		`<R><Relationship Id="s" Type="x/styles" Target="../../../etc/x"/></R>`)
	if got, err := Find(tricks); err != nil || got != Docx {
		t.Errorf("a path that leads out: %q, %v", got, err)
	}
	wide := `<w:tbl>` + strings.Repeat(`<w:tr>`+tc(`<w:gridSpan w:val="100000000"/>`, "x")+`</w:tr>`, 50) + `</w:tbl>`
	if got := read(t, word(t, wide)); strings.Count(got, "x</td>") != 50 {
		t.Errorf("wide cells: %.200q", got)
	}
	past, _, err := Page(word(t, p("", r("a"))), Docx, time.Now().Add(-time.Second))
	if !errors.Is(err, bounds.ErrTooMuch) {
		t.Errorf("after the deadline: %q, %v", past, err)
	}
}

func TestNumbersInLists(t *testing.T) {
	for format, want := range map[string][]string{
		"decimal": {"1", "2", "27", "3999"}, "lowerLetter": {"a", "b", "aa", "3999"}, "upperRoman": {"I", "II", "XXVII",
			"MMMCMXCIX"}, "decimalZero": {"01", "02", "27", "3999"}, "ordinal": {"1st", "2nd", "27th", "3999th"},
		"chineseCounting": {"一", "二", "二十七", "3999"}, "russianLower": {"а", "б", "э", "3999"},
		"decimalEnclosedCircle": {"①", "②", "27", "3999"}, "odd": {"1", "2", "27", "3999"},
	} {
		var got []string
		for _, n := range []int{1, 2, 27, 3999} {
			got = append(got, formatted(n, format))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, should be %q", format, got, want)
		}
	}
}

// FuzzPage: whatever a file holds, nothing panics, reading it ends, and an error comes without a
// page.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`{\rtf1 \u8364?{\b a\par}\trowd a\cell\row}`), string(RTF))
	f.Add([]byte(`<office:document office:mimetype="opendocument.text"><office:text><text:p>a</text:p></office:text>`),
		string(Odt))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>a"), string(Mail))
	f.Add(word(f, p("", r("a"))), string(Docx))
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		_, _ = Find(body)
		if page, _, err := Page(body, Kind(kind), time.Now().Add(time.Second)); err != nil && page != nil {
			t.Fatalf("%d bytes and %v", len(page), err)
		}
	})
}
