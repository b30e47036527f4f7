package main

import (
	"os"
	"strings"

	"charm.land/lipgloss/v2"

	"fineprint/store/model"
	"fineprint/store/text/redline"
	"fineprint/tui/config"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// printClause writes one clause change: what it is, where it is, and its
// redline. On a terminal with colours, words are struck through and underlined;
// everywhere else they are marked [-deleted-] and {+inserted+}. With --plain
// they are also written in order, a line each, for who listens.
func (a *cli) printClause(c diffClause) {
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
	if a.plain {
		for _, line := range spoken(c.Spans) {
			a.printf("%s\n", line)
		}
		if c.Kind != model.Modified {
			return // it is one line, and has been reported
		}
		a.printf("in one line: %s\n", a.redlineText(c.Spans))
		return
	}
	_, _ = a.out.Write([]byte(a.redlineText(c.Spans) + "\n"))
}

// spoken returns a redline as lines: "kept: …", "deleted: …", "inserted: …", in
// order; "deleted marks alone: …" of what says nothing. Words alone carry it, so that
// a screen reader that leaves out punctuation reads the same.
func spoken(spans []model.Span) []string {
	var lines []string
	idle := redline.Idle(spans)
	for i, s := range spans {
		said := map[model.Op]string{model.Equal: "kept", model.Delete: "deleted", model.Insert: "inserted"}[s.Op]
		text := strings.TrimSpace(sanitize.Line(s.Text))
		if idle[i] && text != "" {
			said += " marks alone"
		}
		switch {
		case text != "":
		case s.Op == model.Equal: // the gap between two changed words
			continue
		default:
			text = "white space"
		}
		lines = append(lines, said+": "+text)
	}
	return lines
}

func (a *cli) styled() bool {
	return !a.plain && !a.ascii && isTerminal(a.out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// dark reports whether the terminal's background is: as the settings have it, else
// as the terminal answers.
func (a *cli) dark() bool {
	if a.settings != nil && a.settings.Values.Background != config.Auto {
		return a.settings.Values.Background == config.Dark
	}
	return !isTerminal(a.in) || lipgloss.HasDarkBackground(os.Stdin, os.Stdout)
}

func (a *cli) redlineText(spans []model.Span) string {
	var b strings.Builder
	styled := a.styled()
	idle := redline.Idle(spans)
	for i, s := range spans {
		text := sanitize.Text(s.Text)
		switch {
		case s.Op == model.Equal:
			b.WriteString(text)
		case styled && idle[i]:
			b.WriteString(a.redlineTheme().Faint.Styled(text))
		case styled && s.Op == model.Delete:
			b.WriteString(a.redlineTheme().Deleted.Styled(text))
		case styled:
			b.WriteString(a.redlineTheme().Inserted.Styled(text))
		case s.Op == model.Delete:
			b.WriteString(theme.DeleteOpen + text + theme.DeleteClose)
		default:
			b.WriteString(theme.InsertOpen + text + theme.InsertClose)
		}
	}
	return b.String()
}

// redlineTheme is the desk's theme, asked for once: the terminal may have to
// answer.
func (a *cli) redlineTheme() theme.Theme {
	if a.theme == nil {
		palette := theme.Default
		if a.settings != nil {
			palette = a.settings.Values.Palette
		}
		t := theme.NewPalette(palette, a.dark(), false)
		a.theme = &t
	}
	return *a.theme
}
