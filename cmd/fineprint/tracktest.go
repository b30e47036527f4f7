package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch/watch"
	"fineprint/store/detect/timeline"
	"fineprint/store/model"
)

type trackTestOptions struct {
	sourceFlags
	allowHosts []string
	pause      time.Duration
}

func newTrackTestCommand(a *cli) *cobra.Command {
	o := &trackTestOptions{}
	cmd := &cobra.Command{
		Use:   "test URL|PATTERN",
		Short: "Fetch a document twice without saving and show the extracted text",
		Long: `Fetch a document twice, a second apart, without saving anything: a URL with the
--select and --remove options to try, or a tracked document. Shows the extracted
text, differences between the two fetches (tokens, counters), and the --remove
option that excludes them where that is safe.`,
		Example: "fineprint track test https://example.com/privacy --select main\nfineprint track test 'Acme/Privacy Policy'",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runTrackTest(cmd.Context(), a, o, args[0]) },
	}
	o.add(cmd)
	addAllowHost(cmd, &o.allowHosts)
	cmd.Flags().DurationVar(&o.pause, "pause", time.Second, "pause between the two fetches")
	return cmd
}

// previewLine is `track test --json`.
type previewLine struct {
	URL string `json:"url"`
	// Request is how it was asked for, beyond what is usual.
	Request            *model.RequestSettings `json:"request,omitempty"`
	FinalURL           string                 `json:"final_url"`
	Status             int                    `json:"status"`
	Bytes              int                    `json:"bytes"`
	Failure            string                 `json:"failure"`
	Suspicion          string                 `json:"suspicion"`
	Doubt              string                 `json:"doubt,omitempty"`
	Remark             string                 `json:"remark"`
	Text               string                 `json:"text"`
	LeftOut            model.LeftOut          `json:"left_out"`
	Actions            []model.PageAction     `json:"actions,omitempty"`
	SameBytes          bool                   `json:"same_bytes"`
	SameText           bool                   `json:"same_text"`
	Differences        []differenceLine       `json:"differences"`
	StableWithRemovals bool                   `json:"cured"`
}

type differenceLine struct {
	Page   string `json:"page"`
	Remove string `json:"remove"`
	First  string `json:"first"`
	Second string `json:"second"`
	Why    string `json:"why,omitempty"`
}

func runTrackTest(ctx context.Context, a *cli, o *trackTestOptions, target string) error {
	source, err := o.options(a.in)
	if err != nil {
		return err
	}
	d, err := a.app().PreviewDocument(ctx, target, source)
	if err != nil {
		return err
	}
	preview, err := a.app().Preview(ctx, d, o.allowHosts, o.pause)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &statusError{exitFindings, err}
	}
	line := previewLine{
		URL: d.Source.Pages()[0].URL, Request: d.Source.Pages()[0].Request, FinalURL: preview.FinalURL,
		Status: preview.Status, Bytes: preview.Bytes,
		Failure: preview.Failure, Text: preview.Text, LeftOut: preview.LeftOut, Remark: preview.Remark,
		Actions:   d.Source.Pages()[0].Actions,
		SameBytes: preview.SameBytes, SameText: preview.SameText, StableWithRemovals: preview.StableWithRemovals,
		Differences: []differenceLine{},
	}
	for _, found := range preview.Differences {
		line.Differences = append(line.Differences, differenceLine(found))
	}
	if preview.Failure == "" {
		_, first := timeline.Step(timeline.State{}, timeline.Capture{Method: model.MethodWeb, Text: preview.Text})
		if first.Outcome == model.OutcomeQuarantined {
			line.Suspicion = first.Detail
		} else {
			line.Doubt = first.Detail
		}
	}
	if a.json {
		err = a.printJSON(line)
	} else {
		a.printPreview(line)
	}
	if err == nil && (line.Failure != "" || line.Suspicion != "" || !line.SameText) {
		return errFindings
	}
	return err
}

// headLines and headWidth bound how much of a text is shown.
const (
	headLines = 24
	headWidth = 160
)

func (a *cli) printPreview(t previewLine) {
	a.printf("%s\n", t.URL)
	a.printRequest(t.Request)
	a.printActions(t.Actions)
	if t.FinalURL != t.URL {
		a.printf("  redirected to %s\n", t.FinalURL)
	}
	a.printf("  status %d, %d bytes, %d bytes of text\n", t.Status, t.Bytes, len(t.Text))
	if t.Failure != "" {
		a.printf("  would be recorded as failed: %s\n", t.Failure)
		return
	}
	if t.Suspicion != "" {
		a.printf("  would be quarantined as a bad capture (%s)\n", t.Suspicion)
	}
	if t.Doubt != "" {
		a.printf("  warning: may not be a legal document: %s\n", t.Doubt)
	}
	if t.Remark != "" {
		a.printf("  %s\n", t.Remark)
	}
	a.printLeftOut("  ", &t.LeftOut)
	a.printf("\n")
	lines := strings.Split(strings.TrimSpace(t.Text), "\n")
	for i, line := range lines {
		if i == headLines {
			a.printf("  … %d more lines\n", len(lines)-i)
			break
		}
		if r := []rune(line); len(r) > headWidth {
			line = string(r[:headWidth]) + "…"
		}
		a.printf("  %s\n", line)
	}
	a.printf("\n")
	switch {
	case t.SameBytes:
		a.printf("The two fetches are byte-identical.\n")
		return
	case t.SameText:
		a.printf("The pages differ, but the extracted text does not: nothing to remove.\n")
		return
	case len(t.Differences) == 0:
		a.printf("The texts differ between the two fetches, but no single element is the cause; " +
			"use --select to select the document itself.\n")
		return
	}
	a.printDifferences(t)
}

// unproposed is what is said of differences that nothing is proposed for, in this order.
var unproposed = []struct{ why, says, next string }{
	{watch.WhyProse, "The document's own text differs between the two fetches:",
		"Excluding a clause would hide real changes. Tracked as is, a change that alternates is shown as one; " +
			"if URL, language or sign-in decide which text is served, request the one you want."},
	{watch.WhyNameless, "These elements differ, and no id or class selects them alone:",
		"A positional selector could exclude a clause when the page changes. Select the document without them " +
			"with --select, or track it as is: what changes in most captures is folded as churn."},
	{watch.WhyUnclear, "These words differ and may belong to the document:",
		"If they do not, exclude them by selecting the document with --select."},
}

// printDifferences shows what differs, and proposes to remove only what is safe to.
func (a *cli) printDifferences(t previewLine) {
	remove := ""
	for _, found := range t.Differences {
		if found.Remove != "" {
			if remove == "" {
				a.printf("The texts differ between the two fetches in:\n")
			}
			a.printf("  %s\n    first:  %s\n    second: %s\n", found.Remove, found.First, found.Second)
			remove += " --remove '" + found.Remove + "'"
		}
	}
	switch {
	case remove == "":
	case t.StableWithRemovals:
		a.printf("With this option both are identical; `fineprint track add` accepts it too:\n  %s\n", remove)
	default:
		a.printf("This removes some of it:\n  %s\n", remove)
	}
	for _, kind := range unproposed {
		said := false
		for _, found := range t.Differences {
			if found.Why == kind.why {
				if !said {
					a.printf("%s\n", kind.says)
					said = true
				}
				a.printf("  first:  %s\n  second: %s\n", orNothing(found.First), orNothing(found.Second))
			}
		}
		if said {
			a.printf("%s\n", kind.next)
		}
	}
}

// orNothing stands for words that one of the fetches lacks.
func orNothing(words string) string {
	if words == "" {
		return "(nothing)"
	}
	return words
}
