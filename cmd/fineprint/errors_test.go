package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fineprint/store/model"
)

func TestExplain(t *testing.T) {
	wrap := func(kind error) error { return fmt.Errorf("doing it: %w: that is why", kind) }
	for _, c := range []struct {
		err            error
		status         int
		sentence, next string
	}{
		{wrap(model.ErrInvalid), statusBad, "Doing it: that is why.", ""},
		{wrap(model.ErrIncomplete), statusBad, "Doing it: that is why.", ""},
		{wrap(model.ErrOneByOne), statusBad, "Doing it: that is why.", ""},
		{wrap(model.ErrNotAllowed), statusBad, "Doing it: that is why.", ""},
		{wrap(model.ErrNotFound), statusBad, "Doing it: that is why.", "queue"},
		{wrap(model.ErrStale), statusBad, "Doing it: decided elsewhere in the meantime: that is why.", "Nothing was changed"},
		{wrap(model.ErrUnwritable), statusBad, "Doing it: can't write: that is why.", "Nothing was changed"},
		{wrap(model.ErrBusy), statusStorage, "Doing it: database is in use: that is why.", "Nothing was changed"},
		{wrap(model.ErrDamaged), statusStorage, "Doing it: database is damaged: that is why.", "Nothing was changed"},
		{context.Canceled, statusLook, "Interrupted.", "again"},
		{&partialError{kept: "512 captures", err: wrap(model.ErrUnwritable)}, statusBad, "Doing it: can't write: that is why.", "512 captures recorded before that are kept"},
		{&partialError{kept: "1 capture", err: context.Canceled}, statusLook, "Interrupted.", "1 capture recorded before that are kept"},
	} {
		sentence, next := explain(c.err)
		if sentence != c.sentence || (c.next == "") != (next == "") || !strings.Contains(next, c.next) || exitStatus(c.err) != c.status {
			t.Errorf("%v:\n got %d %q %q\nwant %d %q %q", c.err, exitStatus(c.err), sentence, next, c.status, c.sentence, c.next)
		}
	}
}
