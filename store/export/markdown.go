package export

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "md", Ext: ".md", Description: "Markdown: readable, with redlines",
		Position: 4, Content: Text, write: writeMarkdown, head: lastLine,
	})
}

func writeMarkdown(w io.Writer, records Records, o Options) error {
	const rule = "\n---\n\n"
	between := ""
	if missing := damagedSentence(o.Damaged); missing != "" {
		if _, err := fmt.Fprintf(w, "**%s:** %s\n", incompleteLabel, escape(missing)); err != nil {
			return err
		}
		between = rule
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, between+RecordMarkdown(r)); err != nil {
			return err
		}
		between = rule
	}
	if records.Total == 0 {
		return nil
	}
	counted := "1 record"
	if records.Total != 1 {
		counted = fmt.Sprintf("%d records", records.Total)
	}
	_, err := fmt.Fprintf(w, rule+"%s, written %s.\n%s", counted, escape(writtenBy(o)), headLine("\n", o))
	return err
}

// RecordMarkdown returns one record, or the preview of one, as Markdown. A change record
// with nothing but a summary is as short as it was before there was more to say.
func RecordMarkdown(r model.Record) string {
	if r.Kind == model.ProvisionRecord || !reflect.ValueOf(r.Content).IsZero() {
		return pageMarkdown(PageOf(r))
	}
	var b strings.Builder
	title := "Preview, not approved"
	if r.ID != "" {
		title = fmt.Sprintf("%s r%d", r.ID, r.Revision)
	}
	fmt.Fprintf(&b, "# %s: %s, %s\n\n", title, escape(r.Platform.Name), escape(r.Type))
	if r.Withdrawn {
		b.WriteString("**Withdrawn: the approval was undone.**\n\n")
	}
	if r.Stale != nil {
		fmt.Fprintf(&b, "**Stale: %s.**\n\n", r.Stale)
	}
	fmt.Fprintf(&b, "%s\n\n", escape(or(r.Summary, "(no summary yet)")))
	writeJudgement(&b, r)
	fmt.Fprintf(&b, "- Change: %s of %s\n\n## What changed\n\n", r.Change, r.Document)
	writeClauses(&b, r.Clauses)
	for _, block := range notes(&r) {
		b.WriteString("## Notes\n\n")
		blockMarkdown(&b, block)
		b.WriteByte('\n')
	}
	b.WriteString("## Evidence\n\n")
	writeEvidence(&b, "Before", r.From)
	writeEvidence(&b, "After", r.To)
	fmt.Fprintf(&b, "\n## Citation\n\n%s\n\n## Methodology\n\n%s\n", escape(r.Citation), escape(r.Methodology))
	if r.Journal.Entry > 0 {
		fmt.Fprintf(&b, "\nJournal entry %d, %s. Record SHA-256 %s.\n", r.Journal.Entry, r.Journal.Hash, r.SHA256)
	}
	return b.String()
}

// writeJudgement writes what was decided, and by whom.
func writeJudgement(b *strings.Builder, r model.Record) {
	fmt.Fprintf(b, "- Severity: **%s**\n", or(string(r.Severity), "not judged"))
	fmt.Fprintf(b, "- Confidence: **%s**\n", or(string(r.Confidence), "not judged"))
	fmt.Fprintf(b, "- Basis: **%s**\n", or(string(r.Basis), "not judged"))
	if r.Note != "" {
		fmt.Fprintf(b, "- Note: %s\n", escape(r.Note))
	}
	if r.Author != "" {
		fmt.Fprintf(b, "- Author: %s\n", escape(r.Author))
	}
	if r.SecondReader != nil {
		fmt.Fprintf(b, "- Second reader: %s\n", escape(secondReview(*r.SecondReader)))
	}
	if r.ID != "" {
		fmt.Fprintf(b, "- Approved: %s by %s\n", r.ApprovedAt.UTC().Format(time.RFC3339), escape(r.ApprovedBy))
	}
}

// writeClauses writes the material clauses with their redlines, and how many
// others there are.
func writeClauses(b *strings.Builder, clauses []model.RecordClause) {
	folded := 0
	for _, c := range clauses {
		if !c.Material {
			folded++
			continue
		}
		where := escape(strings.Join(c.Heading, " > "))
		if where != "" {
			where = ", under " + where
		}
		fmt.Fprintf(b, "**%s**%s\n\n", c.Kind, where)
		for _, line := range strings.Split(redline(c.Spans), "\n") {
			fmt.Fprintf(b, "> %s\n", line)
		}
		b.WriteByte('\n')
	}
	if folded > 0 {
		fmt.Fprintf(b, "Not shown here, but in the JSON export with the reason: %d immaterial.\n\n", folded)
	}
}

// writeEvidence writes one side of a change: which version it is, and the
// hashes that prove it.
func writeEvidence(b *strings.Builder, label string, e model.Evidence) {
	fmt.Fprintf(b, "- %s: version %d, captured %s\n", label, e.Seq, e.CapturedAt.UTC().Format(time.RFC3339))
	if dates := e.StatedWords(true); dates != "" {
		fmt.Fprintf(b, "  - Dates that the text states: %s\n", escape(dates))
	}
	fmt.Fprintf(b, "  - Text SHA-256 `%s`, %d bytes\n", e.TextSHA256, e.TextBytes)
	if e.VersionOnly {
		b.WriteString("  - Version only: the raw bytes are not in reach\n")
	} else {
		fmt.Fprintf(b, "  - Raw bytes SHA-256 `%s`, %d bytes, %s\n", e.RawSHA256, e.RawBytes, e.Snapshot)
	}
	if e.Cut != "" {
		b.WriteString("  - The archive's history was cut off before it: since when its text stood is not known\n")
	}
	if e.SourceURL != "" {
		fmt.Fprintf(b, "  - Source: %s\n", escape(e.SourceURL))
	}
	if a := e.Origin.Archive; a != nil {
		fmt.Fprintf(b, "  - Archive: %s, commit `%s`\n", escape(a.Repo), escape(a.Commit))
	}
	if e.Extractor != "" {
		fmt.Fprintf(b, "  - Extractor: %s\n", escape(e.Extractor))
	}
}

// secondReview returns who read the change a second time, and how they judged it.
func secondReview(r model.SecondReview) string {
	if r.Severity == "" {
		return r.Actor + ", who gave no severity of their own"
	}
	return fmt.Sprintf("%s, whose own reading is severity %s, confidence %s, basis %s, given %s",
		r.Actor, r.Severity, or(string(r.Confidence), "not given"), or(string(r.Basis), "not given"),
		r.At.UTC().Format(time.RFC3339))
}

// or returns s, or otherwise when s is blank.
func or(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}

// redline writes spans with the deleted words in <del> and the inserted ones in <ins>,
// which Markdown takes for what they are wherever they stand: "~~" and "**" are marks
// only beside white space or punctuation, and "word~~,~~" is neither. It goes line by
// line, because elements end with their paragraph.
func redline(spans []model.Span) string {
	var b strings.Builder
	for _, s := range spans {
		open, end := "", ""
		switch s.Op {
		case model.Delete:
			open, end = "<del>", "</del>"
		case model.Insert:
			open, end = "<ins>", "</ins>"
		}
		for i, line := range strings.Split(s.Text, "\n") {
			if i > 0 {
				b.WriteByte('\n')
			}
			words := strings.TrimSpace(line)
			if open == "" || words == "" {
				b.WriteString(escape(line))
				continue
			}
			at := strings.Index(line, words)
			b.WriteString(line[:at] + open + escape(words) + end + line[at+len(words):])
		}
	}
	return b.String()
}

// escape makes text plain in Markdown: no emphasis, link, heading, list, HTML or
// code of its own, and nothing that moves the cursor of who prints it.
func escape(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	lineStart := true
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for i, c := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>~|&", c) || lineStart && strings.ContainsRune("#+-=", c),
			(c == '.' || c == ')') && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && digitsOnly(s[:i]):
			b.WriteByte('\\')
			b.WriteRune(c)
		case unprintable(c) || c == '\r':
			fmt.Fprintf(&b, "\\[U+%04X\\]", c)
		default:
			b.WriteRune(c)
		}
		lineStart = c == '\n' || lineStart && (c == ' ' || c == '\t')
	}
	return b.String()
}

// digitsOnly reports whether the last line of s is a number alone.
func digitsOnly(s string) bool {
	line := strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
	return line != "" && strings.Trim(line, "0123456789") == ""
}
