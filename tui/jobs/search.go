package jobs

import (
	"context"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// TextSearcher is a store that finds changes by the words of what they changed.
type TextSearcher interface {
	SearchTexts(ctx context.Context, changes []*model.QueueItem, texts []string,
		progress func(done, total int)) (map[string]map[model.ID]bool, error)
}

const searching = "searching"

// Search looks for texts in changes; then receives what was found, nil when the search
// was stopped or failed. One that is under way is stopped for it, and once it ended, again
// is called to begin anew: meanwhile the filter, or the list that it narrows, may be another.
func (t *Task) Search(in TextSearcher, changes []*model.QueueItem, texts []string,
	then func(found map[string]map[model.ID]bool) kit.Action, again func() kit.Action) kit.Action {
	if t.running && t.job.what == searching {
		t.superseded = true
		t.Stop()
		return nil
	}
	if t.running {
		t.SetStatus("Can't search texts while %s", t.job.what)
		return then(nil)
	}
	var found map[string]map[model.ID]bool
	rows := make([]*model.QueueItem, len(changes)) // what the search needs of them: decisions change the others
	for i, c := range changes {
		rows[i] = &model.QueueItem{ID: c.ID, Document: c.Document, From: c.From, To: c.To}
	}
	return t.start(job{
		what: searching,
		do: func(ctx context.Context, tell func(step)) (err error) {
			found, err = in.SearchTexts(ctx, rows, texts, func(done, total int) {
				if done%64 == 0 || done == total {
					tell(step{done: done, total: total})
				}
			})
			return err
		},
		then: func(err error) kit.Action {
			if err != nil {
				found = nil
			}
			switch {
			case t.superseded:
				return again()
			case stopped(err):
				t.SetStatus("Search stopped")
			case err != nil:
				t.ReportError(err)
			}
			return then(found)
		},
	})
}
