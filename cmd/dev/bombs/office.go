//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
)

// zipped makes an archive of members, each by what writes it.
func zipped(b *bench, members map[string]func(io.Writer)) string {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range sortedKeys(members) {
		w, err := z.Create(name)
		b.fail(err)
		members[name](w)
	}
	b.fail(z.Close())
	return out.String()
}

func str(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }

// times writes a piece again and again: what packs well needs no memory to make.
func times(s string, n int) func(io.Writer) {
	const piece = 1 << 10
	return func(w io.Writer) {
		many := rep(s, piece)
		for range n / piece {
			_, _ = io.WriteString(w, many)
		}
	}
}

func all(parts ...func(io.Writer)) func(io.Writer) {
	return func(w io.Writer) {
		for _, p := range parts {
			p(w)
		}
	}
}

const (
	wordHead = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`
	wordEnd     = `</w:body></w:document>`
	wordTypes   = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	wordRels    = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	odtHead     = `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>`
	odtEnd      = `</office:text></office:body></office:document-content>`
	odtMimetype = "application/vnd.oasis.opendocument.text"
	wordNS      = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
)

// word is a bomb that is a docx, by what its body is and its other parts.
func word(name string, body func(io.Writer), parts map[string]func(io.Writer)) kind {
	return kind{"docx " + name, func(b *bench) []string {
		m := map[string]func(io.Writer){"[Content_Types].xml": str(wordTypes), "_rels/.rels": str(wordRels),
			"word/document.xml": all(str(wordHead), body, str(wordEnd))}
		for part, f := range parts {
			m[part] = f
		}
		return b.diff("file.docx", zipped(b, m))
	}}
}

// open is a bomb that is an odt, by what its text is.
func open(name string, body func(io.Writer)) kind {
	return kind{"odt " + name, func(b *bench) []string {
		return b.diff("file.odt", zipped(b, map[string]func(io.Writer){"mimetype": str(odtMimetype),
			"content.xml": all(str(odtHead), body, str(odtEnd))}))
	}}
}

func rich(name string, body func() string) kind {
	return kind{"rtf " + name, func(b *bench) []string { return b.diff("file.rtf", `{\rtf1\ansi `+body()+`}`) }}
}

func officeKinds() []kind {
	p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">` + each(30, func(i int) string {
		return fmt.Sprintf("<!ENTITY %c \"&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;\">", 'b'+i%25, 'a'+i%25, 'a'+i%25, 'a'+i%25, 'a'+i%25, 'a'+i%25, 'a'+i%25, 'a'+i%25, 'a'+i%25)
	}) + `]><w:document ` + wordNS + `><w:body><w:p><w:r><w:t>&z;</w:t></w:r></w:p></w:body></w:document>`
	numbering := `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0">` + each(9, func(i int) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="999999999"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%s"/></w:lvl>`,
			i, rep("%1.%2.%3.%4.%5.", 400))
	}) + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	return []kind{
		word("part of 4 GB", times(p("x"), 100_000_000), nil),
		word("million paragraphs", times(p("x"), 1_000_000), nil),
		word("tables in tables", all(times("<w:tbl><w:tr><w:tc>", 100_352), str(p("x"))), nil),
		word("elements in elements", times("<w:sdt><w:sdtContent>", 1_000_000), nil),
		word("cells that span", all(str("<w:tbl>"), times(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/><w:vMerge/></w:tcPr>`+p("x")+`</w:tc></w:tr>`, 100_000), str("</w:tbl>")), nil),
		word("wide spans of long cells", all(str("<w:tbl>"), times(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000"/></w:tcPr>`+p(rep("words ", 200))+`</w:tc></w:tr>`, 20_000), str("</w:tbl>")), nil),
		word("entities of entities", str(""), map[string]func(io.Writer){"word/document.xml": str(laughs)}),
		word("numbers of many parts", times(`<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>`, 100_000),
			map[string]func(io.Writer){"word/numbering.xml": str(numbering)}),
		word("an attribute of 100 MB", all(str(`<w:p w:x="`), times("xxxxxxxxxx", 10_000_000), str(`"/>`)), nil),
		word("styles by styles", str(p("x")), map[string]func(io.Writer){"word/styles.xml": str(`<w:styles ` + wordNS + `>` + each(200_000, func(i int) string {
			return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>`, i, (i+1)%200_000)
		}) + `</w:styles>`)}),
		word("one note, again and again", times(`<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, 500_000), map[string]func(io.Writer){
			"word/footnotes.xml": str(`<w:footnotes ` + wordNS + `><w:footnote w:id="2">` + p(rep("note ", 20_000)) + `</w:footnote></w:footnotes>`)}),
		word("a long address, again and again", times(`<w:p><w:hyperlink r:id="r1"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>`, 200_000), map[string]func(io.Writer){
			"word/_rels/document.xml.rels": str(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" TargetMode="External" Target="https://a.example/` + rep("a", 60_000) + `"/></Relationships>`)}),
		word("a million relationships", str(p("x")), map[string]func(io.Writer){"word/_rels/document.xml.rels": all(
			str(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`),
			times(`<Relationship Id="r1" Type="t" Target="x"/>`, 2_000_000), str(`</Relationships>`))}),
		{"docx of 200,000 members", func(b *bench) []string {
			m := map[string]func(io.Writer){"[Content_Types].xml": str(wordTypes), "_rels/.rels": str(wordRels),
				"word/document.xml": str(wordHead + p("x") + wordEnd)}
			for i := range 200_000 {
				m[fmt.Sprint("x", i)] = str("")
			}
			return b.diff("file.docx", zipped(b, m))
		}},
		open("cells that are repeated", str(`<table:table>`+rep(`<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"><text:p>words</text:p></table:table-cell></table:table-row>`, 1000)+`</table:table>`)),
		open("spaces that are counted", str(rep(`<text:p>x<text:s text:c="1000000000"/>y</text:p>`, 1000))),
		open("lists in lists", all(times("<text:list><text:list-item><text:p>x</text:p>", 100_352))),
		open("part of 4 GB", times("<text:p>x</text:p>", 200_000_000)),
		rich("groups in groups", func() string { return rep("{", 5_000_000) + "x" }),
		rich("numbers", func() string { return rep(`\u8230\uc2147483647 x\bin999999999 `, 500_000) }),
		rich("table cells", func() string { return rep(`\trowd`+rep(`\cellx1`, 200)+rep(`x\cell`, 200)+`\row`, 6000) }),
		rich("paragraphs", func() string { return rep(`x\par `, 4_000_000) }),
		{"mail parts in parts", func(b *bench) []string {
			return b.diff("page.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"+
				each(20_000, func(i int) string {
					return fmt.Sprintf("--b\r\nContent-Type: multipart/mixed; boundary=\"b%d\"\r\n\r\n--b%d\r\n", i, i)
				})+"Content-Type: text/html\r\n\r\n<p>x")
		}},
		{"mail of a million parts", func(b *bench) []string {
			return b.diff("page.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"+
				rep("--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n", 500_000)+"--b--\r\n")
		}},
	}
}
