package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// fetching is the desk's fetch: what is known of the one that runs, or ran last.
type fetching struct {
	*env
	task   *task
	after  func() tea.Cmd // once it ended
	docs   map[model.ID]model.FetchProgress
	counts map[model.FetchKind]int
	done   int
	total  int
}

// start fetches what is due of what matches pattern ("" for all), or all of it.
func (f *fetching) start(pattern string, all bool) tea.Cmd {
	fetch := f.o.Fetch
	if !f.task.running {
		f.docs, f.counts, f.done, f.total = map[model.ID]model.FetchProgress{}, map[model.FetchKind]int{}, 0, 0
	}
	return f.task.start(job{
		what: "fetching",
		do: func(ctx context.Context, tell func(step)) error {
			return fetch(ctx, pattern, all, func(p model.FetchProgress) { tell(step{p.Done, p.Total, &p}) })
		},
		took: f.took,
		then: f.ended,
	})
}

func (f *fetching) took(s step) {
	if s.doc == nil {
		return
	}
	f.docs[s.doc.Document], f.total = *s.doc, s.total
	if s.doc.State == model.FetchDone {
		f.counts[s.doc.Outcome]++
		f.done++
	}
}

func (f *fetching) ended(err error) tea.Cmd {
	switch {
	case errors.Is(err, model.ErrNothingDue):
		f.say("%s", sentence(err))
	case stopped(err):
		f.say("stopped: %d of %d documents fetched; what came is kept", f.done, f.total)
	case f.fine(err):
		f.say("fetched %s: %s", humanize.Count(f.done, "document"), f.outcomes())
		f.bad = f.counts[model.FetchFailed]+f.counts[model.FetchQuarantined] > 0
	}
	return f.after()
}

var fetchKinds = []model.FetchKind{model.FetchFirst, model.FetchChanged, model.FetchUnchanged, model.FetchNotModified, model.FetchQuarantined, model.FetchFailed, model.FetchSkipped}

// outcomes counts what came: "2 changed, 1 failed".
func (f *fetching) outcomes() string {
	var parts []string
	for _, k := range fetchKinds {
		if n := f.counts[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, outcome(k)))
		}
	}
	return strings.Join(parts, ", ")
}

func outcome(k model.FetchKind) string { return strings.ReplaceAll(string(k), "_", " ") }

// now names the documents that are on their way.
func (f *fetching) now() []string {
	var names []string
	for _, p := range f.docs {
		if p.State == model.FetchFetching {
			names = append(names, p.Name)
		}
	}
	return sorted(names)
}
