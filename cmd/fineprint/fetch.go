package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/fetch/watch"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

type fetchOptions struct {
	all        bool
	watch      bool
	allowHosts []string
	workers    int
	indexOptions
}

func newFetchCommand(a *cli) *cobra.Command {
	o := &fetchOptions{}
	cmd := &cobra.Command{
		Use:   "fetch [PATTERN…]",
		Short: "Fetch the tracked documents that are due",
		Long: `Fetch the tracked documents that are due, several in parallel. Conditional
requests avoid downloading unchanged pages; robots.txt and Retry-After are
honoured. Each document is recorded as it arrives, so an interrupted fetch
resumes where it stopped.

A sign-in page, error page or cookie wall served in place of a document is
quarantined: it is kept, fetched again later, and never reported as a change.

A site that answers with Retry-After is skipped until then, for seven days at
most. This does not count as a failure.

PATTERN is a platform, 'Platform/Type' with * and ?, a document ID, or a URL.`,
		Example: `fineprint fetch
fineprint fetch Acme --all
fineprint fetch --watch
fineprint fetch --json | jq 'select(.outcome == "failed")'`,
		RunE: func(cmd *cobra.Command, args []string) error { return runFetch(cmd.Context(), a, o, args) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "fetch documents that are not due as well")
	f.BoolVar(&o.watch, "watch", false, "keep running and fetch each document when it is due, until stopped")
	addAllowHost(cmd, &o.allowHosts)
	o.indexOptions.addTo(cmd)
	f.IntVar(&o.workers, "workers", watch.DefaultWorkers, "number of documents to fetch in parallel")
	cmd.MarkFlagsMutuallyExclusive("all", "watch")
	return cmd
}

func addAllowHost(cmd *cobra.Command, to *[]string) {
	cmd.Flags().StringArrayVar(to, "allow-host", nil,
		"allow this private host or address (repeatable)")
}

// fetchLine is a line of `fetch --json`: the command line's contract.
type fetchLine struct {
	Document model.ID        `json:"document"`
	Platform string          `json:"platform"`
	Type     string          `json:"type"`
	Outcome  model.FetchKind `json:"outcome"`
	Reason   string          `json:"reason"`
	Status   int             `json:"status"`
	Snapshot model.ID        `json:"snapshot"`
	Change   model.ID        `json:"change"`
	Bytes    int             `json:"bytes"`
	TookMS   int64           `json:"took_ms"`
	LeftOut  float64         `json:"left_out,omitempty"` // share of the page's sentences
	Unread   int             `json:"unread,omitempty"`   // letters of a PDF
}

// fetchReport prints results as they come.
type fetchReport struct {
	a           *cli
	bar         *progressLine // nil in a watch
	done, total int
}

func (p *fetchReport) result(r watch.Result) {
	p.done++
	if p.bar != nil {
		p.bar.end()
	}
	switch {
	case p.a.json:
		p.a.printJSONLine(fetchLine{
			Document: r.Tracked.Document, Platform: r.Tracked.Platform.Slug, Type: r.Tracked.Type,
			Outcome: r.Outcome, Reason: r.Reason, Status: r.Status, Snapshot: r.Snapshot, Change: r.Change,
			Bytes: r.Bytes, TookMS: r.Took.Milliseconds(), LeftOut: r.LeftOut.Share,
			Unread: r.LeftOut.Unread,
		})
	case p.bar == nil:
		p.a.printf("%s %s\n", p.a.clock().Format(time.DateTime), resultSentence(r))
	case r.Outcome != model.FetchUnchanged && r.Outcome != model.FetchNotModified:
		p.a.printf("%s\n", resultSentence(r))
	}
	if p.bar != nil {
		p.bar.at(p.done, p.total)
	}
}

// resultSentence returns in one line what became of an attempt.
func resultSentence(r watch.Result) string {
	s := fmt.Sprintf("%-12s %s", strings.ReplaceAll(string(r.Outcome), "_", " "), resultName(r))
	switch r.Outcome {
	case model.FetchChanged:
		s += ": " + string(r.Change)
		if !r.Material {
			s += ", immaterial (" + r.Reason + ")"
		} else if r.Uncompared {
			s += ", " + r.Reason
		}
	case model.FetchFailed, model.FetchQuarantined:
		s += ": " + r.Reason
		if r.Err == nil {
			s += failingFor(r.Tracked.Health)
		}
	case model.FetchSkipped:
		s += ": " + r.Reason
	case model.FetchFirst:
		s += doubted(r)
	}
	if r.LeftOut.Telling() && (r.Outcome == model.FetchFirst || r.Outcome == model.FetchChanged) {
		s += fmt.Sprintf("; %s, see `fineprint show %s`", leftOutSentence(&r.LeftOut), r.Tracked.Document)
	}
	return s
}

// doubted warns of a first text that may be no document.
func doubted(r watch.Result) string {
	if r.Reason == "" {
		return ""
	}
	return "; check its text, it may not be a legal document: " + r.Reason
}

// resultName names the document of a result; by its ID when it is tracked no
// longer.
func resultName(r watch.Result) string {
	if r.Tracked.Type == "" {
		return string(r.Tracked.Document)
	}
	return r.Tracked.Name()
}

// failingFor returns how long and how often fetching has failed, and when it is
// tried again; nothing more than that when it failed once.
func failingFor(h model.Health) string {
	var s string
	if h.Failures > 1 {
		s = fmt.Sprintf(", %d times in %s", h.Failures, humanize.While(h.LastAttempt.Sub(h.FailingSince)))
	}
	return s + "; again in " + humanize.While(h.NextDue.Sub(h.LastAttempt))
}

func runFetch(ctx context.Context, a *cli, o *fetchOptions, patterns []string) error {
	if o.workers < 1 {
		return fmt.Errorf("%w: --workers must be 1 or more", model.ErrInvalid)
	}
	use := a.app()
	report := &fetchReport{a: a}
	request := app.FetchRequest{
		Patterns: patterns, All: o.all, Workers: o.workers, Client: use.WebClient(o.allowHosts), LimitMemory: true,
		Due: func(due []model.Tracked) {
			report.bar, report.total = newProgress(a, "fetching"), len(due)
		},
		Report: report.result,
		Trouble: func(err error) {
			sentence, _ := explain(err)
			a.notef("%s Trying again.\n", sentence)
		},
	}
	var end func()
	request.Indexing, end = o.indexing(a, func() {
		if report.bar != nil {
			report.bar.end()
		}
	})
	if o.watch {
		request.IndexingAt = nil
		return a.watch(ctx, use, request)
	}
	result, err := use.Fetch(ctx, request)
	end()
	switch {
	case errors.Is(err, model.ErrNothingDue):
		if !a.json {
			a.printf("%s Use --all to fetch now.\n", firstUpper(err.Error()))
		}
		return nil
	case err != nil:
		return err
	}
	return a.finishFetch(result)
}

// fetchKinds are the outcomes in the order in which a summary names them.
var fetchKinds = []model.FetchKind{
	model.FetchFirst, model.FetchChanged, model.FetchUnchanged, model.FetchNotModified,
	model.FetchQuarantined, model.FetchFailed, model.FetchSkipped,
}

// finishFetch sums up; documents that went wrong are something to look at.
func (a *cli) finishFetch(r app.FetchResult) error {
	if !a.json {
		var kinds []number
		for _, k := range fetchKinds {
			kinds = append(kinds, number{r.Counts[k], strings.ReplaceAll(string(k), "_", " ")})
		}
		kinds = append(kinds, number{r.Uncompared, "could not be compared"})
		a.printf("%s in %s: %s.\n", humanize.Count(r.Documents, "document"),
			r.Took.Round(10*time.Millisecond).String(), counted(kinds...))
	}
	a.noteAlerts(r.Alerted)
	if r.Counts[model.FetchFailed]+r.Counts[model.FetchQuarantined] > 0 {
		return errFindings
	}
	return uncompared(r.Uncompared)
}

// watch fetches on schedule until it is stopped, which is fine.
func (a *cli) watch(ctx context.Context, use *app.App, request app.FetchRequest) error {
	err := use.Watch(ctx, request, func(watched int, failing []model.TrackedRow) {
		troubled := ""
		for _, row := range failing {
			a.notef("failing: %s for %s: %s\n", row.Name(),
				humanize.While(a.clock().Sub(row.Health.FailingSince)), row.Health.Reason)
			troubled = fmt.Sprintf(", %d of them failing", len(failing))
		}
		a.notef("Watching %s%s. Press Ctrl-C to stop.\n", humanize.Count(watched, "document"), troubled)
	})
	if err != nil {
		return err
	}
	a.notef("Stopped; everything recorded so far is kept.\n")
	return nil
}
