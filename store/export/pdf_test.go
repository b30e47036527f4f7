package export

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

// provision is a provision record with every field, about a company that doesn't exist.
func provision() model.Record {
	at := time.Date(2026, 6, 28, 9, 15, 0, 0, time.UTC)
	captured := at.AddDate(0, -1, -18)
	words := "By using the Services, you grant Northwind a worldwide, non-exclusive, royalty-free licence to use, " +
		"reproduce, modify and distribute your Inputs and Outputs solely to provide, maintain and improve the Services, " +
		"including by training models, unless you have opted out in your account’s settings at least 30 days before."
	sum := strings.Repeat("972502b667f97b38", 4)
	r := model.Record{
		ID: "FP-R-000077", Revision: 2, Kind: model.ProvisionRecord, Change: "FP-C-000543", State: model.Approved,
		ApprovedAt: at, ApprovedBy: "ada", Platform: model.Platform{Slug: "northwind", Name: "Northwind Labs"},
		Document: "FP-D-00461", Type: "Terms of Service", Severity: model.High, Confidence: model.MediumConfidence,
		Basis: model.Explicit, Author: "ben",
		Summary: "The licence over what you type now also covers training models, with an opt-out that takes 30 days.",
		Content: model.Content{
			Title: "Input and output licence for model improvement",
			WhatItIs: "When you send text to Northwind and receive an answer, the company may use both to develop and " +
				"improve its products, and since this version to train models.",
			WhyItMatters: "Confidential, proprietary or personal information may be part of what is sent. The clause " +
				"allows uses beyond answering the request, and puts the burden of opting out on the account holder.\n\n" +
				"The opt-out works ahead only: what was sent in the 30 days before it stays licensed.",
			InterpretiveNote: "“Improve the Services” is not defined. It is unclear whether it is limited to the " +
				"customer’s own account.",
			ConsumerImpact: "Every prompt and every answer may be read, kept and learned from. If you handle other " +
				"people’s data, check whether you may pass it on for that.",
			Actions: []model.ReaderAction{
				{Kind: "opt_out", Text: "Switch off “Help improve our models” in the settings of your account.",
					Contact: "https://northwind.example/settings/privacy"},
				{Kind: "delete", Text: "Ask for erasure of what you sent, naming your account.",
					Contact: "privacy@northwind.example", Jurisdiction: "EU", Basis: "GDPR, Article 17"},
			},
			Analysis: model.Analysis{
				RegulatoryLandscape: "The clause touches the lawful basis for processing (GDPR, Article 6), and purpose " +
					"limitation where personal data was collected for something else.",
				GovernanceExposure: "Customers who embed the service must see whether their own notices allow the " +
					"onward use.", ExposureLevel: model.High,
				JurisdictionFlags:        "The exposure is highest in the EU and the UK; California limits secondary use.",
				ContractImplications:     "Ask for a carve-out: no training beyond the customer’s own account.",
				ComplianceConsiderations: "List which categories of data are sent, and update the vendor inventory.",
			},
			Types: []string{"content_licence", "model_training"}, Agencies: []string{"us-ftc"},
			Comparisons: []model.Comparison{{Platform: "Fabrikam AI", Document: "FP-D-00007", Seq: 4, Severity: model.Low,
				Excerpt: "We do not train models on what you send unless you ask us to.", CapturedAt: "2026-05-02"}},
			Prevalence:          &model.Prevalence{Alike: 17, Of: 343, At: "2026-06-20"},
			DocumentLastUpdated: "5 May 2026", ArchiveLink: "https://archive.example/2026/northwind-terms",
		},
		Provisions: []model.Provision{{ID: "FP-P-008079", Number: 14, Heading: []string{"Terms of Service", "7. Your content"},
			Quote: model.Quote{Text: words, Start: 10433, End: 10433 + len(words)}, Document: "FP-D-00461", Seq: 9,
			Change: "FP-C-000543", ChangeClause: 2}},
		Clauses: []model.RecordClause{{Kind: model.Modified, Material: true, Heading: []string{"7. Your content"},
			Spans: []model.Span{
				{Op: model.Equal, Text: "By using the Services, you grant Northwind a worldwide, non-exclusive, royalty-free " +
					"licence to use, reproduce, modify and distribute your Inputs and Outputs solely to provide"},
				{Op: model.Delete, Text: " and"}, {Op: model.Insert, Text: ","}, {Op: model.Equal, Text: " maintain"},
				{Op: model.Insert, Text: " and improve"}, {Op: model.Equal, Text: " the Services"},
				{Op: model.Insert, Text: ", including by training models, unless you have opted out in your account’s settings " +
					"at least"}, {Op: model.Delete, Text: " for"}, {Op: model.Equal, Text: " 30 days"},
				{Op: model.Insert, Text: " before"}, {Op: model.Equal, Text: "."},
			}, Old: &model.Quote{Start: 10233, End: 10444}, New: &model.Quote{Start: 10433, End: 10433 + len(words)}}},
		From: model.Evidence{Seq: 8, CapturedAt: captured.AddDate(0, -2, 0), TextSHA256: sum, TextBytes: 48211,
			VersionOnly: true, Origin: model.Provenance{Method: model.MethodOTAVersions, Archive: &model.ArchiveOrigin{
				Repo: "northwind-versions", Commit: strings.Repeat("0123abcd", 5), Path: "Northwind Labs/Terms of Service.md"}}},
		To: model.Evidence{Seq: 9, CapturedAt: captured, SourceURL: "https://northwind.example/legal/terms", RawSHA256: sum,
			RawBytes: 120344, Snapshot: "FP-S-000812", TextSHA256: sum, TextBytes: 49002, Extractor: "html/3",
			Origin: model.Provenance{Method: model.MethodWeb, URL: "https://northwind.example/legal/terms", Status: 200}},
		Algorithm: 11,
		AgencyDetails: []model.AgencyDetail{{ID: "us-ftc", Name: "Federal Trade Commission", Jurisdiction: "US",
			Why: "Unfair or deceptive practices, among them what a company says of how it uses data."}},
		RegulationDetails: []model.RegulationDetail{{ID: "eu-gdpr", Name: "General Data Protection Regulation",
			Jurisdiction: "EU", Effective: "2018-05-25", Covers: "processing of personal data"}},
		TypeDetails: []model.ClauseTypeDetail{{ID: "content_licence", Name: "Content licence", Family: "contract",
			Definition: "What the platform may do with what users provide."}},
		Stability: &model.Stability{FirstSeen: model.VersionRef{Seq: 3, CapturedAt: captured.AddDate(-1, 0, 0), SHA256: sum},
			LastSeen: model.VersionRef{Seq: 9, CapturedAt: captured, SHA256: sum}, Versions: 7, Changes: 1, Months: 14,
			Value: 0.83, Label: "mostly stable", Formula: "1 − changes / (versions − 1)",
			History: []model.ProvisionStep{{Seq: 9, CapturedAt: captured, Change: "FP-C-000543", Kind: model.Modified,
				Material: true, Summary: "Training of models is added.", Record: "FP-R-000076"}}},
		Related: []model.RecordLink{{Record: "FP-R-000012", Title: "Licence to outputs", Platform: "Fabrikam AI",
			Type: "Terms of Service", Severity: model.Medium, Why: "the same clause type"}},
		RecentActivity: &model.RecentActivity{Days: 30, Until: captured, Document: 1, Platform: 2,
			Changes: []model.ActivityChange{{Change: "FP-C-000543", CapturedAt: captured, Severity: model.High,
				Summary: "The licence covers training."}}},
		FirstTracked: captured.AddDate(-1, -2, 0), LastVerified: at,
		FAQ: []model.Question{{Question: "What does the clause do?", Answer: "It lets the company train on what you send."}},
		Authors: map[string]model.Authorship{"title": {By: "ben", How: model.ByPerson, At: at},
			"analysis.jurisdiction_flags": {By: "ada", How: model.BySnippet, Source: "licence", At: at}},
		Citation: "Northwind Labs, Terms of Service, version 9, captured 2026-05-10 09:15:00 UTC, SHA-256 " + sum +
			". Fineprint record FP-R-000077 r2.",
		Methodology: "The clause was compared word by word between two captures.", MethodologyVersion: 2,
		Disclaimer: "This says what a document says. It is no legal advice.", DisclaimerVersion: 1,
		Caution: "These actions may help in part. What they achieve depends on where you live.",
		Journal: model.JournalRef{Entry: 1204, Hash: sum}, SHA256: sum,
	}
	r.Note = r.InterpretiveNote
	return r
}

// TestPDFLooks writes a PDF to look at where FINEPRINT_PDF names a file.
func TestPDFLooks(t *testing.T) {
	path := os.Getenv("FINEPRINT_PDF")
	if path == "" {
		t.Skip("FINEPRINT_PDF names no file")
	}
	var b bytes.Buffer
	scripts := provision()
	scripts.Title = "Scripts: Ελληνικά, Кириллица, Tiếng Việt, 日本語のタイトル"
	scripts.WhatItIs = "利用規約は2026年に変更されました。 and العربية نص, हिन्दी पाठ, עברית 🎉 → ✓ ≤ ① “quoted” €50 " +
		strings.Repeat("Donaudampfschifffahrtsgesellschaftskapitän", 6)
	many := provision()
	for i := range 40 {
		c := many.Clauses[0]
		c.Heading = []string{fmt.Sprintf("%d. Your content", i)}
		many.Clauses = append(many.Clauses, c)
	}
	if err := Write(&b, format(t, "pdf"), RecordsOf(provision(), scripts, many), Options{Tool: "fineprint/1"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
