package main

import (
	"strings"

	"fineprint/store/export"
	"fineprint/tui/sanitize"
)

// printSection writes a section of a record's page as lines, for the ear.
func (a *cli) printSection(s export.Section) {
	a.printf("\n%s.\n", s.Title)
	for _, block := range s.Blocks {
		a.printBlock(block)
	}
}

func (a *cli) printBlock(block export.Block) {
	switch block := block.(type) {
	case export.Paragraph:
		a.printText(block.Text)
	case export.Copyable:
		a.printText(block.Text)
	case export.Subheading:
		if block.Level != "" {
			block.Text += " " + block.Level
		}
		a.printf("%s\n", block.Text)
	case export.Facts:
		a.printFacts(block)
	case export.List:
		for _, item := range block.Items {
			a.printItem(item)
		}
	case export.Table:
		a.printTable(block)
	case export.Quote:
		a.printFields("", field{"under", strings.Join(block.Heading, " > ")}, field{"words", block.Text},
			field{"which", block.Source}, field{"provision", string(block.ID)})
	case export.Redline:
		a.printClause(diffClause{Kind: block.Kind, Material: true, Heading: block.Heading, Spans: block.Spans})
	}
}

// printText writes a text of several lines.
func (a *cli) printText(text string) {
	_, _ = a.out.Write([]byte(sanitize.Text(strings.TrimSpace(text)) + "\n"))
}

func (a *cli) printFacts(facts export.Facts) {
	for _, f := range facts {
		a.printFields("", field{f.Label, valueInWords(f.Value)})
	}
}

// valueInWords is a value with where it leads, unless it says so itself.
func valueInWords(v export.Value) string {
	if v.URL == "" || v.URL == v.Text || v.URL == "mailto:"+v.Text {
		return v.Text
	}
	return v.Text + ", " + v.URL
}

func (a *cli) printItem(item export.Item) {
	lead, text := valueInWords(item.Lead), item.Text
	if item.Level != "" {
		lead += ", " + item.Level
	}
	if item.Quoted {
		text = "“" + text + "”"
	}
	switch {
	case strings.TrimSpace(item.Text) == "":
		a.printf("%s\n", lead)
	case strings.TrimSpace(lead) == "":
		a.printf("%s\n", text)
	default:
		a.printf("%s: %s\n", lead, text)
	}
	a.printFacts(item.Facts)
}

// printTable writes a row in a line, each value after the name of its column.
func (a *cli) printTable(t export.Table) {
	for _, row := range t.Rows {
		var cells []string
		for i, v := range row {
			if text := valueInWords(v); text != "" && i < len(t.Columns) {
				cells = append(cells, t.Columns[i]+": "+text)
			}
		}
		a.printf("%s.\n", strings.Join(cells, "; "))
	}
}
