package deskfixture

import (
	"context"
	"time"

	"fineprint/store/model"
)

// draft is a provision record that is half written, with problems that block and that
// don't, and with text that is meant to harm.
func (s Static) draft() model.RecordDraft {
	c := s.Detail.Change.Clauses[0]
	quote := func(text string, at *model.ByteRange) *model.Quote {
		return &model.Quote{Text: text[at.Start:at.End], Start: at.Start, End: at.End}
	}
	old, now := quote(s.Detail.OldText, c.Old), quote(s.Detail.NewText, c.New)
	d := model.RecordDraft{
		Record: "FP-R-000001", Revision: 3, State: model.DraftState, Actor: "ada", At: s.Detail.Change.To.CapturedAt,
		Missing: []string{"basis", "why it matters"},
		Problems: []model.Problem{
			{Rule: "quote_in_snapshot", Field: "comparisons", Message: "the excerpt is not in the version named", Blocks: true},
			{Rule: "agency_unlisted", Field: "agencies", Message: "the analysis names the FTC \x1b]0;owned\x07"},
		},
		Writing: model.Writing{Severity: model.High, Confidence: model.MediumConfidence, Content: model.Content{
			Title:    "Minimum age lowered \x1b]0;owned\x07to 13",
			WhatItIs: "Whoever is 13 may open an account; it was 16 before.\n\nParents are not asked.",
			Actions:  []model.ReaderAction{{Kind: "object", Text: "Write to the privacy team.", Jurisdiction: "EU"}},
			Comparisons: []model.Comparison{{Platform: "Borealis", Severity: model.Low,
				Excerpt: "You must be 18 to use Borealis."}},
			AgencyReasons: map[string]string{"FTC": "It enforces COPPA."},
			Prevalence:    &model.Prevalence{Alike: 3, Of: 24, At: "2026-03-01"},
			Types:         []string{"age_limit"},
		}},
	}
	d.Preview = model.Record{
		ID: d.Record, Kind: model.ProvisionRecord, Change: s.Detail.Change.ID, State: model.DraftState,
		Platform: s.Detail.Document.Platform, Document: s.Detail.Document.ID, Type: s.Detail.Document.Type,
		Severity: model.High, Content: d.Writing.Content, Citation: "Acme, Terms of Service, FP-R-000001.",
		Authors: map[string]model.Authorship{
			"title": {By: "ada", How: model.ByPerson}, "what_it_is": {By: "ada", How: model.BySnippet, Source: "age"},
		},
		Provisions: []model.Provision{{ID: "FP-P-000001", Number: 1, Heading: c.Heading, Quote: *now, Seq: 2,
			Document: s.Detail.Document.ID, Change: s.Detail.Change.ID, ChangeClause: 1}},
		Clauses: []model.RecordClause{{Kind: c.Kind, Material: true, Heading: c.Heading, Old: old, New: now}},
	}
	d.Preview.To.Seq, d.Preview.To.CapturedAt = 2, s.Detail.Change.To.CapturedAt
	return d
}

func (s Static) NewRecord(context.Context, model.NewRecordRequest) (model.RecordDraft, error) {
	return s.draft(), nil
}

func (s Static) RecordDraft(context.Context, model.ID) (model.RecordDraft, error) {
	return s.draft(), nil
}

func (s Static) EditRecord(context.Context, model.RecordEdit) (model.RecordDraft, error) {
	return model.RecordDraft{}, model.ErrNotAllowed
}

func (s Static) ApproveRecord(context.Context, model.RecordApproval) (model.RecordDraft, error) {
	return model.RecordDraft{}, model.ErrNotAllowed
}

func (s Static) WithdrawRecord(context.Context, model.ID, string, string) (model.RecordDraft, error) {
	return model.RecordDraft{}, model.ErrNotAllowed
}

func (s Static) RecordDrafts(context.Context, model.RecordDraftFilter) ([]model.RecordDraft, error) {
	draft := s.draft()
	approved, gone := draft, draft
	approved.Record, approved.State, approved.Approved = "FP-R-000002", model.Approved, 1
	approved.Missing, approved.Writing.Title = nil, "Class action waiver"
	gone.Record, gone.State, gone.At = "FP-R-000003", model.WithdrawnState, draft.At.Add(time.Hour)
	gone.Writing.Title = ""
	return []model.RecordDraft{gone, approved, draft}, nil
}

func (s Static) VersionClauses(context.Context, model.ID, int) (model.Version, []model.VersionClause, error) {
	v := model.Version{Seq: 2, CapturedAt: s.Detail.Change.To.CapturedAt}
	var list []model.VersionClause
	for _, c := range s.Detail.Change.Clauses {
		if c.New == nil {
			continue
		}
		list = append(list, model.VersionClause{Number: len(list) + 1, Heading: c.Heading,
			Text: s.Detail.NewText[c.New.Start:c.New.End] + "\x1b[2J", Start: c.New.Start, End: c.New.End})
	}
	list[0].Provision = "FP-P-000001"
	return v, list, nil
}
