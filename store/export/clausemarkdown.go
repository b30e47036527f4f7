package export

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
)

// ClauseMarkdown writes what is known of a clause: the facts, its words, and each step with
// its redline.
func ClauseMarkdown(l model.ClauseLife) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s, %s\n\n", or(string(l.ID), "Clause"), escape(l.Platform.Name), escape(l.Type))
	if len(l.Heading) > 0 {
		fmt.Fprintf(&b, "Under %s.\n\n", escape(strings.Join(l.Heading, " > ")))
	}
	quoteMarkdown(&b, escape(l.Text))
	for _, f := range ClauseFacts(l) {
		fmt.Fprintf(&b, "- %s: %s\n", f[0], escape(f[1]))
	}
	b.WriteString("\n## History\n\n")
	for _, s := range l.Steps {
		fmt.Fprintf(&b, "### Version %d, %s: %s\n\n", s.Seq, s.CapturedAt.UTC().Format(time.RFC3339), StepWords(s))
		switch {
		case len(s.Spans) > 0:
			quoteMarkdown(&b, redline(s.Spans))
		case s.At != nil:
			quoteMarkdown(&b, escape(s.Text))
		}
	}
	return b.String()
}

func quoteMarkdown(b *strings.Builder, text string) {
	for _, line := range strings.Split(text, "\n") {
		fmt.Fprintf(b, "> %s\n", line)
	}
	b.WriteByte('\n')
}

// ClauseFacts are the facts of a clause by their names, in order.
func ClauseFacts(l model.ClauseLife) [][2]string {
	var facts [][2]string
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, [2]string{name, value})
		}
	}
	seen := func(v model.VersionRef) string {
		return fmt.Sprintf("version %d, %s", v.Seq, v.CapturedAt.UTC().Format(time.RFC3339))
	}
	first := "first seen"
	if l.SinceUnknown {
		first = "present before the (truncated) history begins"
	}
	add(first, seen(l.FirstSeen))
	last := seen(l.LastSeen)
	if l.Present {
		last += ", the newest"
	}
	add("last seen", last)
	if l.Ended != nil {
		add("ended", seen(*l.Ended))
	}
	add("stability", fmt.Sprintf("%s, %.2f material changes a year", l.Label, l.ChangesYear))
	add("formula", l.Formula)
	add("material changes", fmt.Sprint(l.Changes))
	if l.LastChanged != nil {
		add("last changed", l.LastChanged.UTC().Format(time.RFC3339))
	}
	if l.Revived > 0 {
		add("came back", fmt.Sprint(l.Revived))
	}
	add("versions", fmt.Sprint(l.Versions))
	add("months monitored", fmt.Sprint(l.Months))
	add("split from", string(l.SplitFrom))
	add("merged into", string(l.MergedInto))
	add("split off it", ids(l.Parts))
	add("merged into it", ids(l.Absorbed))
	add("records", ids(l.Records))
	if l.Behind > 0 {
		add("not indexed yet", fmt.Sprintf("%d texts", l.Behind))
	}
	return facts
}

func ids(list []model.ID) string {
	s := make([]string, len(list))
	for i, id := range list {
		s[i] = string(id)
	}
	return strings.Join(s, ", ")
}

// StepWords says what happened to a clause in a step.
func StepWords(s model.ClauseStep) string {
	what := string(s.Kind)
	switch {
	case s.Revived:
		what = "came back"
	case s.Change == "" && s.Kind == model.Added:
		what = "as first captured"
	case s.Kind == model.Moved:
	case s.Material:
		what += ", material"
	default:
		what += ", immaterial: " + string(s.Reason)
	}
	if s.SplitFrom != "" {
		what += ", split from " + string(s.SplitFrom)
	}
	if s.MergedInto != "" {
		what += ", merged into " + string(s.MergedInto)
	}
	if s.Change != "" {
		what += ", " + string(s.Change)
	}
	return what
}
