package export

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
)

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
