package export

import (
	"fmt"
	"strings"
)

// pageMarkdown is a page as Markdown.
func pageMarkdown(p Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", inline(p.Title), inline(p.Subtitle))
	for _, n := range p.Notices {
		fmt.Fprintf(&b, "**%s.** %s\n\n", inline(n.Label), inline(n.Text))
	}
	for _, badge := range p.Badges {
		fmt.Fprintf(&b, "- %s: **%s**\n", inline(badge.Label), inline(badge.Value))
	}
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "\n## %s\n", inline(s.Title))
		for _, block := range s.Blocks {
			b.WriteByte('\n')
			blockMarkdown(&b, block)
		}
	}
	return b.String()
}

// inline is text in one line.
func inline(s string) string { return escape(strings.Join(strings.Fields(s), " ")) }

func blockMarkdown(b *strings.Builder, block Block) {
	switch block := block.(type) {
	case Paragraph:
		fmt.Fprintf(b, "%s\n", escape(strings.TrimSpace(block.Text)))
	case Subheading:
		level := ""
		if block.Level != "" {
			level = " (severity: " + inline(block.Level) + ")"
		}
		fmt.Fprintf(b, "### %s%s\n", inline(block.Text), level)
	case Facts:
		factsMarkdown(b, block, "")
	case List:
		for _, item := range block.Items {
			itemMarkdown(b, item)
		}
	case Table:
		tableMarkdown(b, block)
	case Quote:
		if len(block.Heading) > 0 {
			fmt.Fprintf(b, "**%s**\n\n", pathMarkdown(block.Heading))
		}
		quoted(b, "", escape(block.Text))
		fmt.Fprintf(b, "\n%s\n", inline(block.Source))
	case Redline:
		fmt.Fprintf(b, "**%s**", inline(sentence(string(block.Kind))))
		for i, part := range []string{pathMarkdown(block.Heading), inline(block.Source)} {
			if part != "" {
				b.WriteString([]string{", under ", "; "}[i] + part)
			}
		}
		b.WriteString("\n\n")
		quoted(b, "", redline(block.Spans))
	case Copyable:
		fmt.Fprintf(b, "%s\n", escape(strings.TrimSpace(block.Text)))
	}
}

// pathMarkdown is the headings above a clause.
func pathMarkdown(headings []string) string {
	list := make([]string, len(headings))
	for i, h := range headings {
		list[i] = inline(h)
	}
	return strings.Join(list, " › ")
}

// quoted writes escaped text as a quotation.
func quoted(b *strings.Builder, indent, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(strings.TrimRight(indent+"> "+line, " ") + "\n")
	}
}

func factsMarkdown(b *strings.Builder, facts Facts, indent string) {
	for _, f := range facts {
		fmt.Fprintf(b, "%s- %s: %s\n", indent, inline(f.Label), valueMarkdown(f.Value))
	}
}

// valueMarkdown is a value; where it leads somewhere, as a link.
func valueMarkdown(v Value) string {
	text := inline(v.Text)
	if v.Kind == Code && !strings.ContainsAny(v.Text, "`\\") && text != "" {
		text = "`" + codeText(v.Text) + "`"
	}
	if v.URL != "" {
		return "[" + text + "](<" + v.URL + ">)"
	}
	return text
}

// codeText is text within code marks, where nothing is escaped.
func codeText(s string) string {
	return strings.Map(func(c rune) rune {
		if unprintable(c) || c == '\r' || c == '\n' {
			return '\uFFFD'
		}
		return c
	}, s)
}

func itemMarkdown(b *strings.Builder, item Item) {
	lead := valueMarkdown(item.Lead)
	if lead != "" {
		lead = "**" + lead + "**"
	}
	if item.Level != "" {
		lead += " (severity: " + inline(item.Level) + ")"
	}
	b.WriteString("- " + strings.TrimSpace(or(lead, "—")) + "\n")
	text := strings.TrimSpace(item.Text)
	switch {
	case text == "":
	case item.Quoted:
		b.WriteByte('\n')
		quoted(b, "  ", escape(text))
		b.WriteByte('\n')
	default:
		b.WriteByte('\n')
		for line := range strings.SplitSeq(escape(text), "\n") {
			b.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
		b.WriteByte('\n')
	}
	factsMarkdown(b, item.Facts, "  ")
}

func tableMarkdown(b *strings.Builder, t Table) {
	fmt.Fprintf(b, "%s:\n\n|", inline(t.Caption))
	for _, c := range t.Columns {
		b.WriteString(" " + inline(c) + " |")
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(t.Columns)) + "\n")
	for _, row := range t.Rows {
		b.WriteByte('|')
		for _, v := range row {
			b.WriteString(" " + valueMarkdown(v) + " |")
		}
		b.WriteByte('\n')
	}
}
