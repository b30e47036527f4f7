package export

import (
	"fmt"
	"io"
	"strings"
)

func init() {
	register(Format{
		Name: "bibtex", Ext: ".bib", Description: "citations, for LaTeX (BibTeX and BibLaTeX)",
		Position: 10, Content: Text, write: writeBibTeX,
		head: func(src headSource) string { return src.between(bibHead, bibHead, "}", "@misc") },
	})
}

// bibHead begins the comment that has the journal's head.
const bibHead = "@comment{"

func writeBibTeX(w io.Writer, records Records, o Options) error {
	if short := shortHead(o); short != "" {
		if _, err := io.WriteString(w, bibHead+short+"}\n\n"); err != nil {
			return err
		}
	}
	if missing := damagedSentence(o.Damaged); missing != "" {
		if _, err := fmt.Fprintf(w, "%s%s: %s}\n\n", bibHead, incompleteLabel, texEscape(missing)); err != nil {
			return err
		}
	}
	return writeReferences(w, records, bibTeX)
}

// writeReferences writes the references to the records that may be cited, a blank
// line between them.
func writeReferences(w io.Writer, records Records, write func(reference) string) error {
	between := ""
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if !standing(r) {
			continue
		}
		if _, err := io.WriteString(w, between+write(referenceTo(r))); err != nil {
			return err
		}
		between = "\n"
	}
	return nil
}

// bibTeX writes a reference as an entry of type misc, which BibTeX has and BibLaTeX
// gives an address and a day of access.
func bibTeX(ref reference) string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n", ref.key)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s = {%s},\n", name, value)
		}
	}
	field("author", "{"+texEscape(ref.author)+"}") // braced: a company has no first name
	field("title", "{"+texEscape(ref.title)+"}")
	if ref.container != "" {
		field("howpublished", texEscape(ref.container))
	}
	if !ref.captured.IsZero() {
		field("date", ref.captured.Format("2006-01-02"))
		field("year", ref.captured.Format("2006"))
		fmt.Fprintf(&b, "  %-12s = %s,\n", "month", strings.ToLower(ref.captured.Format("Jan")))
		field("urldate", ref.accessed.Format("2006-01-02"))
	}
	field("url", ref.url)
	field("version", ref.version)
	field("number", texEscape(ref.number))
	field("keywords", texEscape(strings.Join(ref.keywords, ", ")))
	field("abstract", texEscape(ref.abstract))
	note := ref.note
	if ref.archive != "" {
		note += " Archive: " + ref.archive + ", " + ref.location + "."
	}
	field("note", texEscape(note))
	b.WriteString("}\n")
	return b.String()
}

// texSpecial is what TeX does not take for text, and braces, which BibTeX counts
// even after a backslash.
var texSpecial = strings.NewReplacer(`\`, `{\textbackslash}`, `{`, `{\textbraceleft}`, `}`, `{\textbraceright}`,
	`$`, `\$`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `%`, `\%`, `~`, `{\textasciitilde}`, `^`, `{\textasciicircum}`)

// texEscape makes a line of text plain in TeX; its Unicode stays.
func texEscape(s string) string { return texSpecial.Replace(s) }
