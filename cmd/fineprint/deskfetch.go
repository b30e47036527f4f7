package main

import (
	"context"

	"fineprint/cmd/internal/app"
	"fineprint/fetch/watch"
	"fineprint/store/model"
)

// fetch returns `fineprint fetch` for the desk: it fetches what is due of the
// documents that match pattern ("" for all), or all that match, and reports
// progress of each: all of them waiting first, then each as its turn comes and as
// it is done. progress is called by one goroutine at a time, and never after the
// function has returned. The error is that of [app.App.Fetch].
func (d *desk) fetch() func(
	ctx context.Context, pattern string, all bool, progress func(model.FetchProgress),
) error {
	client := d.use.WebClient(d.hosts) // one for the whole desk: it knows what hosts had, and what they forbid
	return func(ctx context.Context, pattern string, all bool, progress func(model.FetchProgress)) error {
		defer client.Close()
		report := &deskProgress{report: progress}
		request := app.FetchRequest{
			All: all, Client: client,
			Due: func(due []model.Tracked) {
				report.total = len(due)
				for _, t := range due {
					report.state(t, model.FetchWaiting)
				}
			},
			Begin:  func(t model.Tracked) { report.state(t, model.FetchFetching) },
			Report: report.result,
		}
		if pattern != "" {
			request.Patterns = []string{pattern}
		}
		result, err := d.use.Fetch(ctx, request)
		if words, bad := alertedInWords(result.Alerted); words != "" {
			progress(model.FetchProgress{State: model.FetchDone, Alerts: words, AlertsFailed: bad,
				Done: report.done, Total: report.total})
		}
		return err
	}
}

// deskProgress counts what it reports of a fetch.
type deskProgress struct {
	report      func(model.FetchProgress)
	done, total int
}

func (p *deskProgress) state(t model.Tracked, state model.FetchState) {
	p.report(model.FetchProgress{Document: t.Document, Name: t.Name(), State: state, Done: p.done, Total: p.total})
}

func (p *deskProgress) result(r watch.Result) {
	p.done++
	p.report(model.FetchProgress{
		Document: r.Tracked.Document, Name: resultName(r), State: model.FetchDone,
		Outcome: r.Outcome, Reason: r.Reason, Change: r.Change, Bytes: r.Bytes, Took: r.Took,
		Done: p.done, Total: p.total,
	})
}
