package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
)

func TestErrorsAreExplainedWithStatusAndNextStep(t *testing.T) {
	wrap := func(kind error) error { return fmt.Errorf("doing it: %w: that is why", kind) }
	for _, c := range []struct {
		err            error
		status         int
		sentence, next string
	}{
		{wrap(model.ErrInvalid), exitUsage, "Doing it: that is why.", ""},
		{wrap(model.ErrIncomplete), exitUsage, "Doing it: that is why.", ""},
		{wrap(model.ErrOneByOne), exitUsage, "Doing it: that is why.", ""},
		{wrap(model.ErrNotAllowed), exitUsage, "Doing it: that is why.", ""},
		{wrap(model.ErrNotFound), exitUsage, "Doing it: that is why.", "queue"},
		{wrap(model.ErrStale), exitUsage, "Doing it: decided elsewhere in the meantime: that is why.",
			"Nothing was changed"},
		{wrap(model.ErrUnwritable), exitUsage, "Doing it: can't write: that is why.", "Nothing was changed"},
		{wrap(model.ErrBusy), exitStorage, "Doing it: database is in use: that is why.", "Nothing was changed"},
		{wrap(model.ErrDamaged), exitStorage, "Doing it: database is damaged: that is why.", "Nothing was changed"},
		{
			&model.HeadError{Kind: model.ErrRolledBack, Head: model.JournalHead{Entries: 9}, Found: model.JournalHead{Entries: 8}},
			exitStorage, "The database is older than its head: 1 journal entry is missing; it has 8 of 9.", "--accept",
		},
		{context.Canceled, exitFindings, "Interrupted.", "again"},
		{
			&app.PartialError{Kept: 512, Noun: "capture", Err: wrap(model.ErrUnwritable)},
			exitUsage, "Doing it: can't write: that is why.", "512 captures recorded so far are kept",
		},
		{
			&app.PartialError{Kept: 1, Noun: "capture", Err: context.Canceled},
			exitFindings, "Interrupted.", "1 capture recorded so far are kept",
		},
	} {
		sentence, next := explain(c.err)
		if sentence != c.sentence || (c.next == "") != (next == "") || !strings.Contains(next, c.next) ||
			exitStatus(c.err) != c.status {
			t.Errorf("%v:\n got %d %q %q\nwant %d %q %q", c.err, exitStatus(c.err), sentence, next, c.status,
				c.sentence, c.next)
		}
	}
}
