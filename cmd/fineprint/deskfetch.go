package main

import (
	"context"

	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

// deskFetch is `fineprint fetch` for the desk: it fetches what is due of the
// documents of a store that match pattern ("" for all), or all that match, and
// tells progress of each: all of them waiting first, then each as its turn comes
// and as it is done. progress is called by one goroutine at a time, and never
// after the function has returned.
//
// A document that can't be fetched is progress. The error is that of dueDocuments, the
// store's, or ctx's: cancelling it ends a fetch at once, and what was done by
// then is kept.
func (a *app) deskFetch(s *store.Store, allowHosts []string) func(ctx context.Context, pattern string, all bool, progress func(model.FetchProgress)) error {
	client := a.webClient(allowHosts) // one for the whole desk: it knows what hosts had, and what they forbid
	return func(ctx context.Context, pattern string, all bool, progress func(model.FetchProgress)) error {
		defer client.Close()
		to, err := a.openPatiently(ctx, s.Path())
		if err != nil {
			return err
		}
		var patterns []string
		if pattern != "" {
			patterns = []string{pattern}
		}
		due, err := a.dueDocuments(ctx, to, patterns, all)
		if err != nil {
			return err
		}
		told := &deskProgress{tell: progress, total: len(due)}
		for _, t := range due {
			told.state(t, model.FetchWaiting)
		}
		f := a.fetcher(client, to)
		f.Begin = func(t model.Tracked) { told.state(t, model.FetchFetching) }
		f.Report = told.result
		return f.Run(ctx, due)
	}
}

// deskProgress counts what it tells of a fetch.
type deskProgress struct {
	tell        func(model.FetchProgress)
	done, total int
}

func (p *deskProgress) state(t model.Tracked, state model.FetchState) {
	p.tell(model.FetchProgress{Document: t.Document, Name: t.Name(), State: state, Done: p.done, Total: p.total})
}

func (p *deskProgress) result(r watch.Result) {
	p.done++
	p.tell(model.FetchProgress{Document: r.Tracked.Document, Name: resultName(r), State: model.FetchDone, Outcome: r.Outcome, Reason: r.Reason,
		Change: r.Change, Bytes: r.Bytes, Took: r.Took, Done: p.done, Total: p.total})
}
