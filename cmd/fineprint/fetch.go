package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch"
	"fineprint/fetch/browser"
	"fineprint/fetch/intake"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

type fetchOptions struct {
	all        bool
	watch      bool
	allowHosts []string
	workers    int
}

func newFetchCommand(a *app) *cobra.Command {
	o := &fetchOptions{}
	cmd := &cobra.Command{
		Use:   "fetch [PATTERN…]",
		Short: "Fetch the tracked documents that are due",
		Long: `Fetch the tracked documents that are due, several at once and politely: what
did not change is not sent again, a site's robots.txt and its wish to be left
alone are heeded. Each document is recorded as it arrives, so an interrupted
fetch goes on where it stopped.

A sign-in page, an error page or a cookie wall that comes instead of a document
is quarantined: kept, fetched again later, and never a change.

A PATTERN is 'Platform/Type' with * and ?, a document's ID, or its address.`,
		Example: `fineprint fetch
fineprint fetch 'Acme/*' --all
fineprint fetch --watch
fineprint fetch --json | jq 'select(.outcome == "failed")'`,
		RunE: func(cmd *cobra.Command, args []string) error { return runFetch(cmd.Context(), a, o, args) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "fetch now what is not due, too")
	f.BoolVar(&o.watch, "watch", false, "keep going: fetch each document when it falls due, until stopped")
	addAllowHost(cmd, &o.allowHosts)
	f.IntVar(&o.workers, "workers", intake.DefaultWorkers, "how many documents to fetch at once")
	cmd.MarkFlagsMutuallyExclusive("all", "watch")
	return cmd
}

func addAllowHost(cmd *cobra.Command, to *[]string) {
	cmd.Flags().StringArrayVar(to, "allow-host", nil, "let this private name or address through the guard (may be given several times)")
}

// fetchLockWait is how long a fetch waits for a lock before it looks whether it
// was interrupted; intake asks again for longer.
const fetchLockWait = time.Second

// openForFetching opens a database that exists, to be asked patiently.
func (a *app) openForFetching(ctx context.Context) (*store.Store, error) {
	return a.openPatiently(ctx, a.dbPath())
}

func (a *app) openPatiently(ctx context.Context, path string) (*store.Store, error) {
	options := a.storeOptions()
	options.LockWait = fetchLockWait
	return patientOpen(ctx, func() (*store.Store, error) { return store.Open(path, options) })
}

// webClient makes the client that everything from the web comes through.
func (a *app) webClient(allowHosts []string) *fetch.Client {
	return fetch.New(fetch.Options{UserAgent: userAgent(), AllowHosts: allowHosts, Browser: browser.New(browser.Options{})})
}

func userAgent() string { return toolName() + " (reads changes in terms of service)" }

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
}

// fetchReport prints results as they come and counts them.
type fetchReport struct {
	a       *app
	bar     *progressLine // nil in a watch
	total   int
	done    int
	counts  map[model.FetchKind]int
	started time.Time
	// uncompared are those of the changed that could not be compared.
	uncompared int
}

func (p *fetchReport) result(r intake.Result) {
	p.done++
	p.counts[r.Outcome]++
	if r.Uncompared {
		p.uncompared++
	}
	if p.bar != nil {
		p.bar.end()
	}
	switch {
	case p.a.json:
		p.a.printJSONLine(fetchLine{Document: r.Tracked.Document, Platform: r.Tracked.Platform.Slug, Type: r.Tracked.Type, Outcome: r.Outcome, Reason: r.Reason,
			Status: r.Status, Snapshot: r.Snapshot, Change: r.Change, Bytes: r.Bytes, TookMS: r.Took.Milliseconds()})
	case p.bar == nil:
		p.a.printf("%s %s\n", p.a.clock().Format(time.DateTime), p.sentence(r))
	case r.Outcome != model.FetchUnchanged && r.Outcome != model.FetchNotModified:
		p.a.printf("%s\n", p.sentence(r))
	}
	if p.bar != nil {
		p.bar.at(p.done, p.total)
	}
}

// sentence says what became of an attempt in one line.
func (p *fetchReport) sentence(r intake.Result) string {
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
		s += ": " + r.Reason + failingFor(r.Tracked.Health)
	case model.FetchSkipped:
		s += ": " + r.Reason
	}
	return s
}

// resultName names the document of a result; by its ID when it is tracked no
// longer.
func resultName(r intake.Result) string {
	if r.Tracked.Type == "" {
		return string(r.Tracked.Document)
	}
	return r.Tracked.Name()
}

// failingFor says how long and how often fetching has failed, and when it is
// tried again; nothing more than that when it failed once.
func failingFor(h model.Health) string {
	var s string
	if h.Failures > 1 {
		s = fmt.Sprintf(", %d times in %s", h.Failures, humanize.While(h.LastAttempt.Sub(h.FailingSince)))
	}
	return s + "; again in " + humanize.While(h.NextDue.Sub(h.LastAttempt))
}

func runFetch(ctx context.Context, a *app, o *fetchOptions, patterns []string) error {
	if o.workers < 1 {
		return fmt.Errorf("%w: --workers must be 1 or more", model.ErrInvalid)
	}
	s, err := a.openForFetching(ctx)
	if err != nil {
		return err
	}
	report := &fetchReport{a: a, counts: map[model.FetchKind]int{}, started: time.Now()}
	f := a.fetcher(a.webClient(o.allowHosts), s)
	f.Workers, f.Report = o.workers, report.result
	f.Trouble = func(err error) {
		sentence, _ := explain(err)
		a.notef("%s Trying again.\n", sentence)
	}
	if o.watch {
		return a.watch(ctx, f, s, patterns)
	}
	due, err := a.dueDocuments(ctx, s, patterns, o.all)
	if errors.Is(err, model.ErrNothingDue) {
		if !a.json {
			a.printf("%s --all fetches now.\n", firstUpper(err.Error()))
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer limitMemory(due)()
	report.bar, report.total = newProgress(a, "fetching"), len(due)
	err = f.Run(ctx, due)
	report.bar.end()
	return report.finish(err)
}

// fetcher is what every fetch of tracked documents is done with.
func (a *app) fetcher(client *fetch.Client, s *store.Store) *intake.Fetcher {
	return &intake.Fetcher{Get: roomForPDFs{client}, To: s, Tool: toolName(), Clock: a.clock}
}

// dueDocuments lists what a fetch is to fetch: of the tracked documents that
// match a pattern (none: of all) those that are due, or all. The error wraps
// model.ErrNothingDue when there is nothing to do, and model.ErrInvalid when
// nothing matches.
func (a *app) dueDocuments(ctx context.Context, s *store.Store, patterns []string, all bool) ([]model.Tracked, error) {
	rows, err := a.tracking(ctx, s)
	if err != nil {
		return nil, err
	}
	due, matched, next := intake.Due(rows, patterns, all, a.clock())
	switch {
	case len(rows) == 0:
		return nil, fmt.Errorf("%w: no document is tracked yet; `fineprint track add URL` tracks one", model.ErrInvalid)
	case matched == 0:
		return nil, matchesNothing(patterns)
	case len(due) == 0:
		return nil, fmt.Errorf("%w: the next of %s is in %s", model.ErrNothingDue, humanize.Count(matched, "document"), humanize.While(next.Sub(a.clock())))
	}
	return due, nil
}

func matchesNothing(patterns []string) error {
	return fmt.Errorf("%w: no tracked document matches %s; `fineprint track list` lists them", model.ErrInvalid, strings.Join(patterns, ", "))
}

// finish sums up; documents that went wrong are something to look at.
func (p *fetchReport) finish(err error) error {
	if err != nil {
		if p.done > 0 {
			err = &partialError{kept: humanize.Count(p.done, "document"), err: err}
		}
		return err
	}
	if !p.a.json {
		var parts []string
		for _, k := range []model.FetchKind{model.FetchFirst, model.FetchChanged, model.FetchUnchanged, model.FetchNotModified, model.FetchQuarantined, model.FetchFailed, model.FetchSkipped} {
			if n := p.counts[k]; n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n, strings.ReplaceAll(string(k), "_", " ")))
			}
		}
		if p.uncompared > 0 {
			parts = append(parts, fmt.Sprintf("%d could not be compared", p.uncompared))
		}
		p.a.printf("%s in %s: %s.\n", humanize.Count(p.done, "document"), time.Since(p.started).Round(10*time.Millisecond).String(), strings.Join(parts, ", "))
	}
	if p.counts[model.FetchFailed]+p.counts[model.FetchQuarantined] > 0 {
		return errLook
	}
	return uncompared(p.uncompared)
}

// watch fetches on schedule until it is stopped, which is fine.
func (a *app) watch(ctx context.Context, f *intake.Fetcher, s *store.Store, patterns []string) error {
	rows, err := a.tracking(ctx, s)
	if err != nil {
		return err
	}
	watched, matched, _ := intake.Due(rows, patterns, true, a.clock())
	if matched == 0 && len(patterns) > 0 {
		return matchesNothing(patterns)
	}
	failing := 0
	for _, row := range rows {
		if row.Health.Failures > 0 && intake.Matches(row.Tracked, patterns) {
			failing++
			a.notef("failing: %s for %s: %s\n", row.Name(), humanize.While(a.clock().Sub(row.Health.FailingSince)), row.Health.Reason)
		}
	}
	troubled := ""
	if failing > 0 {
		troubled = fmt.Sprintf(", %d of them failing", failing)
	}
	a.notef("Watching %s%s. Ctrl-C stops.\n", humanize.Count(matched, "document"), troubled)
	defer limitMemory(watched)()
	if err := f.Watch(ctx, patterns); err != nil {
		return err
	}
	a.notef("Stopped; what was recorded is kept.\n")
	return nil
}

// printJSONLine writes v as one line of JSON, safe for a terminal.
func (a *app) printJSONLine(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) == nil { // fetchLine can be encoded
		_, _ = a.out.Write(sanitize.JSON(b.Bytes()))
	}
}
