package export

import (
	_ "embed"
	"encoding/json"
	"time"

	"fineprint/store/model"
)

//go:embed testdata/provision-record.json
var provisionJSON []byte

// provisionRecord is a provision record with every section, about a made-up company.
func provisionRecord() model.Record {
	var r model.Record
	if err := json.Unmarshal(provisionJSON, &r); err != nil {
		panic(err)
	}
	return r
}

// goldenRecords are records with everything that a format may show or leave out:
// a full one, a withdrawn one without a second severity, and a preview.
func goldenRecords() []model.Record {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.FixedZone("CET", 3600))
	full := record("The notice falls from 30 to 90 days. <b>*x*</b>\n1. one\n- two")
	full.Note, full.Author = "=SUM(A1)", "ben_b"
	full.Revision, full.Document, full.Algorithm = 2, "FP-D-00001", 7
	full.Stale = &model.Stale{Document: "FP-D-00001", Seq: 6, Change: "FP-C-000009", How: model.StaleTakenBack,
		CapturedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	full.SecondReader = &model.SecondReview{
		Actor: "ada", Severity: model.Medium, Confidence: model.HighConfidence, Basis: model.Inferred, At: at,
	}
	full.Clauses = append(full.Clauses,
		model.RecordClause{Kind: model.Added, Material: true, Spans: []model.Span{
			{Op: model.Insert, Text: "two\n\n  lines [a](b)\n"},
		}},
		model.RecordClause{Kind: model.Modified, Reason: "punctuation", Heading: []string{"B", "C"}},
	)
	full.From = model.Evidence{
		Seq: 3, CapturedAt: at.AddDate(0, -1, 0), TextSHA256: "aa11", TextBytes: 1200, VersionOnly: true,
		Origin: model.Provenance{
			Method: "ota", Archive: &model.ArchiveOrigin{Repo: "pga-versions", Commit: "0123abcd", Path: "A/T.md"},
		},
	}
	full.To = model.Evidence{
		Seq: 4, CapturedAt: at, SourceURL: "https://acme.example/terms_of_use", RawSHA256: "bb22", RawBytes: 9000,
		Snapshot: "FP-S-000004", TextSHA256: "cc33", TextBytes: 1300, Extractor: "html/3",
		Origin: model.Provenance{Method: "web", URL: "https://acme.example/terms_of_use", Status: 200},
	}
	full.Citation, full.Methodology = "Acme, Terms, version 4.", "Two captures, compared."
	full.Journal, full.SHA256 = model.JournalRef{Entry: 12, Hash: "dd44"}, "ee55"

	withdrawn := record("")
	withdrawn.ID, withdrawn.Withdrawn, withdrawn.Platform.Name = "FP-R-000002", true, "Borealis & Co."
	withdrawn.SecondReader = &model.SecondReview{Actor: "ada"}
	withdrawn.To.Origin.Archive = &model.ArchiveOrigin{Repo: "r", Commit: "c"}

	preview := record("+1 is no formula")
	preview.ID, preview.Severity, preview.Confidence, preview.Basis, preview.Clauses = "", "", "", "", nil
	return []model.Record{full, withdrawn, preview}
}
