package main

import (
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
		return a.printMarkdown(export.RecordMarkdown(r))
	}
	title := "Preview of a record, not approved"
	if r.ID != "" {
		title = "Record " + string(r.ID) + ", revision " + strconv.Itoa(r.Revision)
	}
	a.printf("%s: %s, %s.\n", title, r.Platform.Name, r.Type)
	if r.Withdrawn {
		a.printf("Withdrawn: the approval was undone.\n")
	}
	if r.Stale != nil {
		a.printf("Stale: %s.\n", r.Stale.String())
	}
	approved := ""
	if r.ID != "" {
		approved = r.ApprovedAt.UTC().Format(time.RFC3339) + " by " + r.ApprovedBy
	}
	a.printFields("",
		field{"summary", or(r.Summary, "none yet")},
		field{"severity", or(string(r.Severity), "not judged")},
		field{"confidence", or(string(r.Confidence), "not judged")},
		field{"basis", or(string(r.Basis), "not judged")},
		field{"note", r.Note},
		field{"approved", approved},
		field{"change", string(r.Change) + " of " + string(r.Document)},
	)
	folded := 0
	for _, c := range r.Clauses {
		if !c.Material {
			folded++
			continue
		}
		a.printClause(diffClause{Kind: c.Kind, Material: true, Heading: c.Heading, Spans: c.Spans})
	}
	if folded > 0 {
		a.printf("\n%d immaterial, not said here.\n", folded)
	}
	a.printf("\n")
	a.printEvidence("before", r.From)
	a.printEvidence("after", r.To)
	journal := ""
	if r.Journal.Entry > 0 {
		journal = "entry " + strconv.Itoa(int(r.Journal.Entry)) + ", " + r.Journal.Hash
	}
	a.printFields("",
		field{"citation", r.Citation},
		field{"methodology", r.Methodology},
		field{"journal", journal},
		field{"record SHA-256", r.SHA256},
	)
	return nil
}

func (a *cli) printEvidence(label string, e model.Evidence) {
	raw := "not in reach, version only"
	if !e.VersionOnly {
		raw = e.RawSHA256 + ", " + strconv.Itoa(e.RawBytes) + " bytes, " + string(e.Snapshot)
	}
	archive := ""
	if o := e.Origin.Archive; o != nil {
		archive = o.Repo + ", commit " + o.Commit
	}
	since := ""
	if e.Cut != "" {
		since = "not known, the archive's history was cut off before it"
	}
	a.printFields(label+", ",
		field{"version", strconv.Itoa(e.Seq) + ", captured " + e.CapturedAt.UTC().Format(time.RFC3339)},
		field{"stood since", since},
		field{"text SHA-256", e.TextSHA256 + ", " + strconv.Itoa(e.TextBytes) + " bytes"},
		field{"raw bytes SHA-256", raw},
		field{"source", e.SourceURL},
		field{"archive", archive},
		field{"extractor", e.Extractor},
	)
}

// or returns s, or otherwise when s is blank.
func or(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
