package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Fetch fetches what is due of the tracked documents that match pattern ("" for
// all), or all of it, and reports progress as it goes. It returns soon once ctx is
// over.
type Fetch func(ctx context.Context, pattern string, all bool, progress func(model.FetchProgress)) error

// Fetching is the desk's fetch: what is known of the one that runs, or ran last.
type Fetching struct {
	*kit.Common
	task   *Task
	fetch  Fetch
	docs   map[model.ID]model.FetchProgress
	counts map[model.FetchKind]int
	done   int
	total  int
	// alerts is what came of alert rules, "" for nothing; failed when something went wrong.
	alerts string
	failed bool
}

// NewFetching makes the desk's fetch; it begins nothing.
func NewFetching(c *kit.Common, t *Task, fetch Fetch) *Fetching {
	return &Fetching{Common: c, task: t, fetch: fetch}
}

// Running is how many of how many documents are fetched, and whether a task is
// under way.
func (f *Fetching) Running() (done, total int, running bool) { return f.done, f.total, f.task.running }

// Document is how far a document is.
func (f *Fetching) Document(id model.ID) (model.FetchProgress, bool) {
	p, ok := f.docs[id]
	return p, ok
}

// Start fetches what is due of what matches pattern ("" for all), or all of it.
func (f *Fetching) Start(pattern string, all bool) kit.Action {
	if !f.task.running {
		f.docs, f.counts = map[model.ID]model.FetchProgress{}, map[model.FetchKind]int{}
		f.done, f.total, f.alerts, f.failed = 0, 0, "", false
	}
	return f.task.start(job{
		what: "fetching",
		do: func(ctx context.Context, tell func(step)) error {
			return f.fetch(ctx, pattern, all, func(p model.FetchProgress) { tell(step{p.Done, p.Total, &p}) })
		},
		onProgress: f.onProgress,
		then:       f.ended,
	})
}

func (f *Fetching) onProgress(s step) {
	if s.doc == nil {
		return
	}
	if s.doc.Alerts != "" {
		f.alerts, f.failed = s.doc.Alerts, s.doc.AlertsFailed
		return
	}
	f.docs[s.doc.Document], f.total = *s.doc, s.total
	if s.doc.State == model.FetchDone {
		f.counts[s.doc.Outcome]++
		f.done++
	}
}

func (f *Fetching) ended(err error) kit.Action {
	switch {
	case errors.Is(err, model.ErrNothingDue):
		f.SetStatus("%s", kit.Sentence(err))
	case stopped(err):
		f.SetStatus("Cancelled: %d of %d documents fetched and kept", f.done, f.total)
	case f.ReportError(err):
		f.SetStatus("%s", f.summary()+f.told())
		f.Bad = f.bad() > 0 || f.failed
	}
	return kit.Reload{}
}

// told is what came of alert rules, after what was fetched.
func (f *Fetching) told() string {
	switch {
	case f.alerts == "":
		return ""
	case f.failed:
		return "; " + sanitize.Line(f.alerts) + " (" + f.Keys.Key(keys.ToAlerts) + " for alerts)"
	}
	return "; " + sanitize.Line(f.alerts)
}

// bad counts the documents of which nothing came that can be read.
func (f *Fetching) bad() int { return f.counts[model.FetchFailed] + f.counts[model.FetchQuarantined] }

// summary says what came; of one document that failed, why.
func (f *Fetching) summary() string {
	s := fmt.Sprintf("fetched %s: %s", humanize.Count(f.done, "document"), f.Outcomes())
	if f.bad() == 0 {
		return s
	}
	for _, p := range f.docs {
		if f.done == 1 && p.Reason != "" {
			s = "1 document " + kit.Words(p.Outcome) + ": " + sanitize.Line(strings.TrimPrefix(p.Reason, "connection failed: "))
		}
	}
	return s + " (" + f.Keys.Key(keys.ToActivity) + " for activity)"
}

var fetchKinds = []model.FetchKind{
	model.FetchFirst, model.FetchChanged, model.FetchUnchanged, model.FetchNotModified,
	model.FetchQuarantined, model.FetchFailed, model.FetchSkipped,
}

// Outcomes counts what came: "2 changed, 1 failed".
func (f *Fetching) Outcomes() string {
	var parts []string
	for _, k := range fetchKinds {
		if n := f.counts[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kit.Words(k)))
		}
	}
	return strings.Join(parts, ", ")
}

// Names lists the documents that are on their way.
func (f *Fetching) Names() []string {
	var names []string
	for _, p := range f.docs {
		if p.State == model.FetchFetching {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return names
}
