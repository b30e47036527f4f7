package main

import (
	"context"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/fetch/extract"
	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// diffFile names one side of a comparison. SHA256 is of the file's bytes.
type diffFile struct {
	Path       string `json:"path"`
	SHA256     string `json:"sha256"`
	TextSHA256 string `json:"text_sha256"`
	Extractor  string `json:"extractor,omitempty"`
}

// diffClause is one clause that differs; a missing side is null.
type diffClause struct {
	Kind     model.Kind   `json:"kind"`
	Material bool         `json:"material"`
	Reason   model.Reason `json:"reason"`
	Detail   string       `json:"detail,omitempty"`
	Heading  []string     `json:"heading"`
	Old      *model.Quote `json:"old"`
	New      *model.Quote `json:"new"`
	Marks    []string     `json:"marks,omitempty"`
	Spans    []model.Span `json:"spans"`
}

type diffReport struct {
	Old       diffFile         `json:"old"`
	New       diffFile         `json:"new"`
	Material  bool             `json:"material"`
	Reason    model.Reason     `json:"reason,omitempty"`
	Suggested model.Suggestion `json:"suggested"`
	Counts    model.Counts     `json:"counts"`
	Algorithm int              `json:"algorithm"`
	Clauses   []diffClause     `json:"clauses"`
}

func newDiffCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare two files (no database needed) or two versions of a document",
		Long: `Compare two files (HTML, PDF, docx, odt, rtf, Markdown or text) clause by clause
and print the differences. Two versions of a document in the database are named
ID@NUMBER, in either order; write ./ID@NUMBER for a file of that name. Exit
status 0: no differences; 1: differences found.`,
		Example: `fineprint diff terms-2023.html terms-2024.html
fineprint diff old.md new.md --json
fineprint diff FP-D-00012@3 FP-D-00012@7`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return runDiff(cmd.Context(), a, args[0], args[1]) },
	}
}

func runDiff(ctx context.Context, a *cli, oldPath, newPath string) error {
	if from, ok := parseVersionName(oldPath); ok {
		if to, ok := parseVersionName(newPath); ok {
			return diffVersions(ctx, a, from, to)
		}
	}
	defer app.LimitMemory()()
	defer endSoon(ctx, a.err)()
	oldFile, err := extract.File(ctx, oldPath)
	if err != nil {
		return err
	}
	newFile, err := extract.File(ctx, newPath)
	if err != nil {
		return err
	}
	found := detect.Compare(oldFile.Text, newFile.Text)
	report := diffReport{
		Old:       diffSide(oldPath, oldFile),
		New:       diffSide(newPath, newFile),
		Material:  found.Material,
		Reason:    found.Reason,
		Suggested: found.Suggested,
		Counts:    found.Counts,
		Algorithm: detect.Version,
		Clauses:   quoteClauses(found.Clauses, oldFile.Text, newFile.Text),
	}
	return a.showDiff(report)
}

func (a *cli) showDiff(report diffReport) error {
	if !a.json {
		a.printDiff(report)
	} else if err := a.printJSON(report); err != nil {
		return err
	}
	if len(report.Clauses) > 0 {
		return errFindings
	}
	return nil
}

func diffSide(path string, f extract.FileText) diffFile {
	return diffFile{Path: path, SHA256: f.SHA256, TextSHA256: f.TextSHA256, Extractor: f.Extractor}
}

// quoteClauses puts the words and the redline to the clauses' extents.
func quoteClauses(clauses []model.ClauseChange, oldText, newText string) []diffClause {
	out := make([]diffClause, 0, len(clauses))
	for _, c := range clauses {
		d := diffClause{
			Kind: c.Kind, Material: c.Material, Reason: c.Reason, Detail: c.Detail, Heading: c.Heading, Marks: c.Marks,
		}
		if d.Heading == nil {
			d.Heading = []string{}
		}
		var oldWords, newWords string
		if c.Old != nil {
			oldWords = oldText[c.Old.Start:c.Old.End]
			d.Old = &model.Quote{Text: oldWords, Start: c.Old.Start, End: c.Old.End}
		}
		if c.New != nil {
			newWords = newText[c.New.Start:c.New.End]
			d.New = &model.Quote{Text: newWords, Start: c.New.Start, End: c.New.End}
		}
		d.Spans = redline.Compare(oldWords, newWords).Spans
		out = append(out, d)
	}
	return out
}

func (a *cli) printDiff(r diffReport) {
	if len(r.Clauses) == 0 {
		a.printf("No differences.\n")
		return
	}
	a.printf("%s\n", countsInWords(r.Counts))
	for _, c := range r.Clauses {
		a.printClause(c)
	}
}
