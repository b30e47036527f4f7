package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "text", Ext: ".txt", Description: "short plain text, for messages",
		Position: 7, Content: Text, write: writeText, head: lastLine,
	})
}

// What a text for sharing has of a record: these sections, so many clauses of what
// changed, and so many characters of a clause.
var sharedSections = []string{"summary", "what-it-is", "why-it-matters", "clause", "changes", "notes", "citation"}

const (
	sharedClauses = 3
	sharedLength  = 700
)

func writeText(w io.Writer, records Records, o Options) error {
	between, end := "", ""
	if missing := damagedSentence(o.Damaged); missing != "" {
		if _, err := fmt.Fprintf(w, "%s: %s\n", strings.ToUpper(incompleteLabel), plainLine(missing)); err != nil {
			return err
		}
		between = "\n* * *\n\n"
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, between+pageText(PageOf(r), &r.To)); err != nil {
			return err
		}
		between, end = "\n* * *\n\n", headLine("\n", o)
	}
	_, err := io.WriteString(w, end)
	return err
}

// pageText is the gist of a page as plain text, with where its newer text is from.
func pageText(p Page, e *model.Evidence) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", plainLine(p.Title), plainLine(p.Subtitle))
	var badges []string
	for _, badge := range p.Badges {
		badges = append(badges, plainLine(badge.Label+": "+badge.Value))
	}
	fmt.Fprintf(&b, "%s\n", strings.Join(badges, " · "))
	for _, n := range p.Notices {
		fmt.Fprintf(&b, "%s: %s\n", strings.ToUpper(plainLine(n.Label)), plainLine(n.Text))
	}
	for _, s := range p.Sections {
		if slices.Contains(sharedSections, s.ID) && !(s.ID == "clause" && changed(p)) {
			fmt.Fprintf(&b, "\n%s\n", s.Title)
			blocksText(&b, s.Blocks)
		}
	}
	if dates := e.StatedWords(false); dates != "" {
		fmt.Fprintf(&b, "Dates that the document states: %s\n", plainLine(dates))
	}
	if url := safeURL(e.SourceURL); url != "" {
		fmt.Fprintf(&b, "%s\n", url)
	}
	return b.String()
}

// changed reports whether a page has a redline, which holds the clause's words, too.
func changed(p Page) bool {
	return slices.ContainsFunc(p.Sections, func(s Section) bool { return s.ID == "changes" })
}

func blocksText(b *strings.Builder, blocks []Block) {
	clauses := 0
	for _, block := range blocks {
		switch block := block.(type) {
		case Paragraph:
			fmt.Fprintf(b, "%s\n", plain(strings.TrimSpace(block.Text)))
		case Copyable:
			fmt.Fprintf(b, "%s\n", plain(strings.TrimSpace(block.Text)))
		case List:
			for _, item := range block.Items {
				fmt.Fprintf(b, "%s:\n%s\n", plainLine(item.Lead.Text), plain(strings.TrimSpace(item.Text)))
				for _, f := range item.Facts {
					fmt.Fprintf(b, "  %s: %s\n", plainLine(f.Label), plainLine(f.Value.Text))
				}
			}
		case Quote:
			if clauses++; clauses <= sharedClauses {
				fmt.Fprintf(b, "“%s”\n", plainLine(shortened(block.Text, sharedLength)))
			}
		case Redline:
			if clauses++; clauses <= sharedClauses {
				fmt.Fprintf(b, "%s: %s\n", plainLine(sentence(string(block.Kind))), plainLine(marked(gist(block.Spans))))
			}
		}
	}
	if clauses > sharedClauses {
		fmt.Fprintf(b, "… and %d more.\n", clauses-sharedClauses)
	}
}

// gist is a redline of which long runs are cut: what stays to a few words around what
// changes, and what changes to its beginning.
func gist(spans []model.Span) []model.Span {
	const around = 12 // words
	short := make([]model.Span, 0, len(spans))
	for i, s := range spans {
		words := strings.Fields(s.Text)
		switch {
		case s.Op != model.Equal:
			s.Text = shortenedRun(s.Text, sharedLength/2)
		case len(words) <= 2*around:
		case i == 0:
			s.Text = "… " + strings.Join(words[len(words)-around:], " ") + " "
		case i == len(spans)-1:
			s.Text = " " + strings.Join(words[:around], " ") + " …"
		default:
			s.Text = " " + strings.Join(words[:around], " ") + " … " + strings.Join(words[len(words)-around:], " ") + " "
		}
		short = append(short, s)
		if len(short) == 40 {
			return append(short, model.Span{Op: model.Equal, Text: " …"})
		}
	}
	return short
}

// shortenedRun is text as it is, or shortened where it is long.
func shortenedRun(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return shortened(s, most)
}

// plain is text that moves no cursor and turns no direction.
func plain(s string) string {
	var b strings.Builder
	for _, c := range strings.ReplaceAll(s, "\r\n", "\n") {
		if unprintable(c) || c == '\r' {
			fmt.Fprintf(&b, "[U+%04X]", c)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// plainLine is plain text in a line.
func plainLine(s string) string { return plain(strings.Join(strings.Fields(s), " ")) }
