package main

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
	"fineprint/tui/safetext"
)

// printClause writes one clause change: what it is, where it stands, and its
// redline. On a terminal with colours, words are struck through and underlined;
// everywhere else they are marked [-deleted-] and {+inserted+}.
func (a *app) printClause(c diffClause) {
	what := string(c.Kind)
	if c.Material {
		what += ", material"
	} else {
		what += ", immaterial: " + string(c.Reason)
	}
	if c.Detail != "" {
		what += " (" + c.Detail + ")"
	}
	a.printf("\n%s\n", what)
	if len(c.Heading) > 0 {
		a.printf("under: %s\n", strings.Join(c.Heading, " > "))
	}
	if len(c.Marks) > 0 {
		a.printf("look at: %s\n", strings.Join(c.Marks, ", "))
	}
	_, _ = a.out.Write([]byte(a.redlineText(c.Spans) + "\n"))
}

func (a *app) styled() bool {
	return !a.plain && !a.ascii && isTerminal(a.out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func (a *app) redlineText(spans []terms.Span) string {
	var b strings.Builder
	styled := a.styled()
	deleted := ansi.Style{}.Strikethrough(true).ForegroundColor(ansi.IndexedColor(208))
	inserted := ansi.Style{}.Underline(true).Bold().ForegroundColor(ansi.IndexedColor(33))
	for _, s := range spans {
		text := safetext.Text(s.Text)
		switch {
		case s.Op == terms.Equal:
			b.WriteString(text)
		case styled && s.Op == terms.Delete:
			b.WriteString(deleted.Styled(text))
		case styled:
			b.WriteString(inserted.Styled(text))
		case s.Op == terms.Delete:
			b.WriteString("[-" + text + "-]")
		default:
			b.WriteString("{+" + text + "+}")
		}
	}
	return b.String()
}
