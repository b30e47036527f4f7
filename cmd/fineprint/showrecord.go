package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fineprint/store/export"
	"fineprint/store/model"
)

// printRecord writes a record, or the preview of one: as Markdown, with --plain
// as lines for the ear.
func (a *cli) printRecord(r model.Record) error {
	if a.json {
		return a.printJSON(r)
	}
	if !a.plain {
		return a.printMarkdown(r)
	}
	a.printRecordHead(r)
	for _, section := range export.PageOf(r).Sections {
		if !slices.Contains(saidByFields, section.ID) {
			a.printSection(section)
		}
	}
	a.printRecordClauses(r.Clauses)
	a.printf("\n")
	if r.From.Seq > 0 {
		a.printEvidence("before", r.From)
	}
	a.printEvidence("after", r.To)
	journal := ""
	if r.Journal.Entry > 0 {
		journal = "entry " + strconv.Itoa(int(r.Journal.Entry)) + ", " + r.Journal.Hash
	}
	a.printFields("",
		field{"archive link", r.ArchiveLink},
		field{"citation", r.Citation},
		field{"methodology", r.Methodology},
		field{"disclaimer", r.Disclaimer},
		field{"journal", journal},
		field{"record SHA-256", r.SHA256},
	)
	return nil
}

// printRecordHead says what a record is of and how it was judged.
func (a *cli) printRecordHead(r model.Record) {
	title := "Record preview (not approved)"
	if r.ID != "" {
		title = "Record " + string(r.ID) + ", revision " + strconv.Itoa(r.Revision)
		if r.State == model.DraftState {
			title += ", a draft"
		}
	}
	a.printf("%s: %s, %s.\n", title, r.Platform.Name, r.Type)
	if r.Withdrawn {
		a.printf("Withdrawn: the approval was undone.\n")
	}
	if r.Stale != nil {
		a.printf("Stale: %s.\n", r.Stale.String())
	}
	approved := ""
	if !r.ApprovedAt.IsZero() {
		approved = r.ApprovedAt.UTC().Format(time.RFC3339) + " by " + r.ApprovedBy
	}
	a.printFields("",
		field{"title", r.Title},
		field{"summary", summaryInWords(r)},
		field{"severity", or(string(r.Severity), "not rated")},
		field{"confidence", or(string(r.Confidence), "not rated")},
		field{"basis", or(string(r.Basis), "not rated")},
		field{"note", r.Note},
		field{"approved", approved},
		field{"author", r.Author},
		field{"second reader", secondReader(r.SecondReader)},
		field{"provisions", provisionsOf(r)},
		field{"change", changeOf(r)},
		field{"last updated (stated by the document)", r.DocumentLastUpdated},
		field{"first tracked", timeInWords(r.FirstTracked)},
		field{"last verified", timeInWords(r.LastVerified)},
	)
}

// saidByFields are the sections of a record's page that printRecord says in its own way.
var saidByFields = []string{"summary", "interpretive-note", "changes", "details", "evidence", "citation", "methodology"}

// printRecordClauses writes the material clause changes of a record.
func (a *cli) printRecordClauses(clauses []model.RecordClause) {
	folded := 0
	for _, c := range clauses {
		if !c.Material {
			folded++
			continue
		}
		a.printClause(diffClause{Kind: c.Kind, Material: true, Heading: c.Heading, Spans: c.Spans})
	}
	if folded > 0 {
		a.printf("\n%d immaterial, not said here.\n", folded)
	}
}

func (a *cli) printEvidence(label string, e model.Evidence) {
	raw := "not available, version only"
	if !e.VersionOnly {
		raw = e.RawSHA256 + ", " + strconv.Itoa(e.RawBytes) + " bytes, " + string(e.Snapshot)
	}
	archive := ""
	if o := e.Origin.Archive; o != nil {
		archive = o.Repo + ", commit " + o.Commit
	}
	since := ""
	if e.Cut != "" {
		since = "unknown (the archive's history is truncated)"
	}
	a.printFields(label+", ",
		field{"version", strconv.Itoa(e.Seq) + ", captured " + e.CapturedAt.UTC().Format(time.RFC3339)},
		field{"stood since", since},
		field{"dates that the text states", e.StatedWords(true)},
		field{"text SHA-256", e.TextSHA256 + ", " + strconv.Itoa(e.TextBytes) + " bytes"},
		field{"raw bytes SHA-256", raw},
		field{"source", e.SourceURL},
		field{"archive", archive},
		field{"extractor", e.Extractor},
	)
}

// summaryInWords is what changed, which a provision record need not say.
func summaryInWords(r model.Record) string {
	if r.Kind == model.ProvisionRecord {
		return r.Summary
	}
	return or(r.Summary, "none yet")
}

// provisionsOf lists the clauses that a record is about.
func provisionsOf(r model.Record) string {
	ids := make([]model.ID, len(r.Provisions))
	for i, p := range r.Provisions {
		ids[i] = p.ID
	}
	return joinIDs(ids)
}

// changeOf names the change that a record is of, or the document.
func changeOf(r model.Record) string {
	if r.Change == "" {
		return "none, of " + string(r.Document)
	}
	return string(r.Change) + " of " + string(r.Document)
}

func timeInWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// or returns s, or otherwise when s is blank.
func or(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}

func joinIDs(ids []model.ID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return strings.Join(list, ", ")
}
