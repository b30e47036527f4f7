package export

import (
	"io"
	"strings"
)

func init() {
	register(Format{
		Name: "ris", Ext: ".ris", Description: "citations, for EndNote, Zotero and others (RIS)",
		Position: 11, Content: Text, write: writeRIS, head: risHead,
	})
}

func writeRIS(w io.Writer, records Records, o Options) error {
	return writeReferences(w, records, func(ref reference) string {
		ref.note = noteHead(ref.note, o)
		return ris(ref)
	})
}

// risHead is in the first note.
func risHead(src headSource) string {
	return ofNote(src.between("TY  - ", "\r\nN1  - ", "\r\n", "\r\nER  - "))
}

// ris writes a reference as lines of a tag of two characters, two spaces, a hyphen
// and a value. A value is one line, so that nothing in it can pass for a tag.
func ris(ref reference) string {
	var b strings.Builder
	line := func(tag, value string) {
		if value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	b.WriteString("TY  - ELEC\r\n")
	line("ID", ref.key)
	// What follows a comma is taken for a first name, which a company doesn't have.
	line("AU", strings.Join(strings.Fields(strings.ReplaceAll(ref.author, ",", " ")), " "))
	line("TI", ref.title)
	line("T2", ref.container)
	line("PB", ref.author)
	if !ref.captured.IsZero() {
		line("PY", ref.captured.Format("2006"))
		line("DA", ref.captured.Format("2006/01/02"))
		line("Y2", ref.accessed.Format("2006/01/02"))
	}
	line("UR", ref.url)
	line("ET", ref.version)
	line("AN", ref.number)
	line("DB", strings.TrimSuffix(ref.archive+", "+ref.location, ", "))
	for _, word := range ref.keywords {
		line("KW", word)
	}
	line("AB", ref.abstract)
	line("N1", ref.note)
	b.WriteString("ER  - \r\n")
	return b.String()
}
