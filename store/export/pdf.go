package export

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"fineprint/store/export/paper"
	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "pdf", Ext: ".pdf", Description: "for printing and filing, one record after another",
		Position: 6, Content: Binary, write: writePDF,
		head: pdfHead,
	})
}

// writePDF sets one record after the other. What is kept until the end is the pages,
// compressed.
func writePDF(w io.Writer, records Records, o Options) error {
	title := fmt.Sprintf("%d records", records.Total)
	d, err := paper.New(title, or(o.Tool, "fineprint"))
	if err != nil {
		return err
	}
	d.SetKeywords(shortHead(o))
	n := 0
	if missing := damagedSentence(o.Damaged); missing != "" {
		d.Begin(incompleteLabel, "", incompleteLabel, "", paper.Epoch)
		pdfBox(d, incompleteLabel+". ", missing)
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		n++
		if records.Total == 1 {
			d.SetTitle(titleOf(&r))
			d.SetAuthor(or(r.ApprovedBy, r.Author))
		}
		pdfRecord(d, r)
	}
	if n == 0 {
		d.Begin("No records", "", "", "", paper.Epoch)
		d.Text([]paper.Run{{Text: "There are no records.", Face: paper.Bold, Size: 20}}, paper.Block{})
	}
	return d.Close(w)
}

// pdfHead is in the keywords of the document's properties. A parenthesis in another string is
// written with a backslash before it.
func pdfHead(src headSource) string {
	i := bytes.LastIndex(src.end, []byte(pdfKeywords))
	if i < 0 || !bytes.HasPrefix(src.beginning, []byte("%PDF-")) {
		return ""
	}
	return headSource{beginning: src.end[i:]}.between(pdfKeywords, pdfKeywords, ")", "\n")
}

const pdfKeywords = "/Keywords ("

// pdfRecord sets a record, from a new page on.
func pdfRecord(d *paper.Document, r model.Record) {
	p := PageOf(r)
	name := strings.TrimSpace(string(p.ID) + " " + p.Title)
	foot := p.Subtitle
	if p.ID == "" {
		foot = "Preview, not approved · " + foot
	}
	d.Begin(name, or(string(p.ID), "Preview"), p.Title, foot, r.ApprovedAt)
	d.Text([]paper.Run{{Text: strings.ToUpper(strings.Trim(r.Platform.Name+"  ·  "+r.Type, " ·")), Face: paper.Bold,
		Size: 8.2, Color: paper.Muted}}, paper.Block{Leading: 13})
	d.Space(5)
	d.Text([]paper.Run{{Text: p.Title, Face: paper.Bold, Size: 23, Color: paper.Accent}}, paper.Block{Leading: 29})
	d.Space(4)
	d.Text([]paper.Run{{Text: p.Subtitle, Face: paper.Sans, Size: 8.8, Color: paper.Muted}}, paper.Block{Leading: 13})
	d.Space(10)
	var chips []paper.Chip
	for _, b := range p.Badges {
		chips = append(chips, paper.Chip{Label: b.Label, Value: b.Value, Color: pdfLevel(b.Level), Filled: b.Level != ""})
	}
	d.Chips(chips)
	d.Space(4)
	for _, n := range p.Notices {
		d.Space(9)
		pdfBox(d, n.Label+". ", n.Text)
	}
	for _, s := range p.Sections {
		d.Heading(s.Title, pdfKeep(s.Blocks[0]))
		pdfLegend(d, s.Blocks)
		for i, b := range s.Blocks {
			if i > 0 && !isSubheading(s.Blocks[i-1]) {
				d.Space(7)
			}
			pdfBlock(d, b)
		}
	}
}

// pdfKeep is how much of a section's first block must fit below its heading.
func pdfKeep(b Block) float64 {
	switch b := b.(type) {
	case List:
		if len(b.Items) > 0 {
			return 30 + pdfItemKeep(b.Items[0])
		}
	case Redline, Quote, Table:
		return 90
	}
	return 45
}

// pdfItemKeep is how much must fit below the lead of an item, so that a small one stays
// whole.
func pdfItemKeep(item Item) float64 { return 30 + 13*float64(min(len(item.Facts), 6)) }

func isSubheading(b Block) bool {
	_, is := b.(Subheading)
	return is
}

// pdfLegend says before redlines how they are marked.
func pdfLegend(d *paper.Document, blocks []Block) {
	if !slices.ContainsFunc(blocks, func(b Block) bool { _, is := b.(Redline); return is }) {
		return
	}
	note := func(s string) paper.Run { return paper.Run{Text: s, Face: paper.Sans, Size: 7.8, Color: paper.Muted} }
	d.Text([]paper.Run{{Text: "Struck through", Face: paper.Sans, Size: 7.8, Mark: paper.Removed}, note(" is deleted, "),
		{Text: "underlined", Face: paper.Sans, Size: 7.8, Mark: paper.Added}, note(" is inserted.")},
		paper.Block{Leading: 12, Keep: 60})
	d.Space(5)
}

// pdfLevel is the colour of a severity, which stands beside its word.
func pdfLevel(level string) paper.Color {
	switch model.Severity(level) {
	case model.Low:
		return paper.Color{R: 0x4b, G: 0x63, B: 0x78}
	case model.Medium:
		return paper.Color{R: 0x80, G: 0x60, B: 0x00}
	case model.High:
		return paper.Color{R: 0xa3, G: 0x47, B: 0x00}
	case model.Critical:
		return paper.Color{R: 0xa3, G: 0x1c, B: 0x1c}
	}
	return paper.Accent
}

var (
	pdfTint  = paper.Color{R: 0xfb, G: 0xf4, B: 0xe6}
	pdfAmber = paper.Color{R: 0xb0, G: 0x6a, B: 0x00}
	pdfShade = paper.Color{R: 0xf3, G: 0xf5, B: 0xf8}
)

// pdfBox sets what a reader must not miss.
func pdfBox(d *paper.Document, label, words string) {
	d.Text([]paper.Run{{Text: label, Face: paper.Bold, Size: 9}, {Text: words, Face: paper.Sans, Size: 9}},
		paper.Block{Indent: 12, Width: paper.Width - 22, Leading: 14, Pad: 5, Bar: &pdfAmber, Fill: &pdfTint})
}

// pdfBlock sets one block of a section.
func pdfBlock(d *paper.Document, b Block) {
	switch b := b.(type) {
	case Paragraph:
		pdfParagraph(d, b)
	case Subheading:
		d.Space(5)
		runs := []paper.Run{{Text: b.Text, Face: paper.Bold, Size: 9.8}}
		if b.Level != "" {
			runs = append(runs, paper.Run{Text: "   " + sentence(b.Level), Face: paper.Bold, Size: 8.5, Color: pdfLevel(b.Level)})
		}
		d.Text(runs, paper.Block{Leading: 15, Keep: 15})
	case Facts:
		pdfFacts(d, b, 0)
	case List:
		for i, item := range b.Items {
			if i > 0 {
				d.Space(8)
			}
			pdfItem(d, item)
		}
	case Table:
		var rows [][]paper.Run
		for _, row := range b.Rows {
			var cells []paper.Run
			for _, v := range row {
				cells = append(cells, pdfValue(v))
			}
			rows = append(rows, cells)
		}
		d.Text([]paper.Run{{Text: b.Caption, Face: paper.Sans, Size: 8.5, Color: paper.Muted}}, paper.Block{Keep: 40})
		d.Space(4)
		d.Table(b.Columns, rows)
	case Quote:
		pdfHeadingPath(d, "", b.Heading)
		d.Text([]paper.Run{{Text: b.Text, Size: 10.4}}, pdfQuote(12))
		d.Space(3)
		pdfSource(d, b.Source)
	case Redline:
		pdfHeadingPath(d, sentence(string(b.Kind)), b.Heading)
		d.Text(pdfRedline(b.Spans), pdfQuote(12))
		d.Space(3)
		pdfSource(d, b.Source)
	case Copyable:
		d.Text([]paper.Run{{Text: b.Text, Face: paper.Sans, Size: 8.8}},
			paper.Block{Indent: 10, Width: paper.Width - 20, Leading: 14, Pad: 6, Fill: &pdfShade})
	}
}

func pdfParagraph(d *paper.Document, p Paragraph) {
	for i, part := range strings.Split(strings.TrimSpace(p.Text), "\n\n") {
		if i > 0 {
			d.Space(6)
		}
		part = strings.TrimSpace(part)
		switch p.Tone {
		case Caution:
			pdfBox(d, "Caution. ", part)
		case Aside:
			d.Text([]paper.Run{{Text: part, Face: paper.Italic}}, paper.Block{})
		default:
			d.Text([]paper.Run{{Text: part}}, paper.Block{})
		}
	}
}

// pdfQuote is how a document's own words are set off.
func pdfQuote(indent float64) paper.Block {
	return paper.Block{Indent: indent, Leading: 15.6, Bar: &paper.Accent}
}

// pdfHeadingPath sets under which headings of its document a clause stands.
func pdfHeadingPath(d *paper.Document, kind string, headings []string) {
	runs := []paper.Run{}
	if kind != "" {
		runs = append(runs, paper.Run{Text: kind, Face: paper.Bold, Size: 8.8})
	}
	if len(headings) > 0 {
		if kind != "" {
			runs = append(runs, paper.Run{Text: ", under ", Face: paper.Sans, Size: 8.8, Color: paper.Muted})
		}
		runs = append(runs, paper.Run{Text: strings.Join(headings, " › "), Face: paper.Sans, Size: 8.8, Color: paper.Muted})
	}
	d.Text(runs, paper.Block{Leading: 14, Keep: 31})
	d.Space(2)
}

func pdfSource(d *paper.Document, source string) {
	d.Text([]paper.Run{{Text: source, Face: paper.Sans, Size: 7.8, Color: paper.Muted}}, paper.Block{Indent: 12, Leading: 12})
}

// pdfRedline sets deleted words struck through and inserted ones underlined.
func pdfRedline(spans []model.Span) []paper.Run {
	runs := make([]paper.Run, len(spans))
	for i, s := range spans {
		runs[i] = paper.Run{Text: s.Text}
		switch s.Op {
		case model.Delete:
			runs[i].Mark = paper.Removed
		case model.Insert:
			runs[i].Mark = paper.Added
		}
	}
	return runs
}

func pdfFacts(d *paper.Document, facts Facts, indent float64) {
	for _, f := range facts {
		d.Fact(f.Label, []paper.Run{pdfValue(f.Value)}, indent)
	}
}

func pdfItem(d *paper.Document, item Item) {
	lead := pdfValue(item.Lead)
	lead.Face, lead.Size = paper.Bold, 9.4
	runs := []paper.Run{lead}
	if item.Level != "" {
		runs = append(runs, paper.Run{Text: "   " + sentence(item.Level), Face: paper.Bold, Size: 8.2,
			Color: pdfLevel(item.Level)})
	}
	if strings.TrimSpace(item.Lead.Text) != "" || item.Level != "" {
		d.Text(runs, paper.Block{Leading: 15, Keep: pdfItemKeep(item)})
	}
	if item.Quoted {
		d.Text([]paper.Run{{Text: item.Text}}, pdfQuote(12))
		d.Space(2)
	} else {
		d.Text([]paper.Run{{Text: item.Text}}, paper.Block{})
	}
	pdfFacts(d, item.Facts, 0)
}

// pdfValue is a value in the face of its kind; a hash may be broken anywhere.
func pdfValue(v Value) paper.Run {
	r := paper.Run{Text: v.Text, Face: paper.Sans, Size: 8.8, URL: v.URL}
	if v.Kind == Code {
		r.Face, r.Size, r.Tight = paper.Mono, 7.9, true
	}
	if v.URL != "" {
		r.Color, r.Tight = paper.Link, true
	}
	return r
}
