package export

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
)

// carriesNotes is the one table of which formats have the notes on a record's change where
// an export is asked for them. A test fails when a format is missing.
var carriesNotes = map[string]bool{
	"json": true, "jsonl": true, "md": true, "html": true, "text": true, "pdf": true,
	"csv": false, "bibtex": false, "ris": false, "csl": false, "atom": false, "dataset": false, "warc": false,
}

// CheckNotes returns an error where a format can't carry notes, which names those that can.
func (f Format) CheckNotes() error {
	if carriesNotes[f.Name] {
		return nil
	}
	var names []string
	for _, other := range Formats {
		if carriesNotes[other.Name] {
			names = append(names, other.Name)
		}
	}
	return fmt.Errorf("%w: the format %s can't carry notes; use one of %s",
		model.ErrInvalid, f.Name, strings.Join(names, ", "))
}

// notes are who noted what, when, and on which clause.
func notes(r *model.Record) []Block {
	var items []Item
	for _, n := range r.Notes {
		item := Item{Lead: words(n.Actor + ", " + moment(n.At).Text), Text: n.Text}
		if n.EditedBy != "" {
			item.Facts.named("Edited by", words(n.EditedBy))
			item.Facts.at("Edited", n.Edited)
		}
		on := string(n.Change)
		if n.Clause > 0 {
			on = fmt.Sprintf("clause %d of %s", n.Clause, on)
		}
		item.Facts.named("On", words(on))
		item.Facts.named("Clause ID", code(string(n.Provision)))
		item.Facts.named("Clause’s words", words(n.Quote))
		item.Facts.named("Note", code(string(n.ID)))
		items = append(items, item)
	}
	return listOf(items)
}

// NotesMarkdown returns notes as Markdown, each as a quotation: what is in it is Markdown
// of its own, and can end nothing of what is around it.
func NotesMarkdown(list []model.ChangeNote) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Notes\n")
	change := model.ID("")
	for _, n := range list {
		if n.Change != change {
			change = n.Change
			fmt.Fprintf(&b, "\n## %s\n", change)
		}
		b.WriteByte('\n')
		writeNote(&b, n)
	}
	return b.String()
}

// writeNote writes a note: by whom and on what, and its text.
func writeNote(b *strings.Builder, n model.ChangeNote) {
	fmt.Fprintf(b, "**%s** %s:\n\n", n.ID, escape(noteSource(n)))
	for line := range strings.SplitSeq(printable(n.Text), "\n") {
		fmt.Fprintf(b, "> %s\n", line)
	}
	if n.Quote != "" {
		fmt.Fprintf(b, "\nOn: “%s”\n", escape(strings.Join(strings.Fields(n.Quote), " ")))
	}
}

// printable returns the lines of a text with what can't be seen in them spelled out.
func printable(s string) string {
	var b strings.Builder
	for _, c := range strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n") {
		if c != '\n' && c != '\t' && unprintable(c) {
			fmt.Fprintf(&b, "[U+%04X]", c)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// noteSource returns who wrote a note, when, and on which clause.
func noteSource(n model.ChangeNote) string {
	s := fmt.Sprintf("by %s, %s", n.Actor, n.At.UTC().Format(time.RFC3339))
	if n.EditedBy != "" {
		s += fmt.Sprintf(", edited by %s, %s", n.EditedBy, n.Edited.UTC().Format(time.RFC3339))
	}
	switch {
	case n.Clause > 0:
		s += fmt.Sprintf(", on clause %d (%s)", n.Clause, n.Provision)
	case n.Provision != "":
		s += fmt.Sprintf(", on %s", n.Provision)
	}
	return s
}
