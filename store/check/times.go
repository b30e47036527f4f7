package check

import (
	"fmt"
	"time"

	"fineprint/store/model"
)

// future is how far after now a time must be to be said.
const future = 24 * time.Hour

// times is what is wrong with the times that are stored. None of it is damage: they are
// what the clocks said.
type times struct {
	latest               time.Time // of the journal up to an entry
	back, ahead, before  int       // entries that go back, that are in the future; approvals before their capture
	firstBack, firstNext string    // what is said of the first of each
	firstBefore          string
}

// entry looks at the time of a journal entry.
func (t *times) entry(n uint64, at, now time.Time) {
	switch {
	case at.Sub(now) > future:
		if t.ahead++; t.ahead == 1 {
			t.firstNext = fmt.Sprintf("entry %d says %s", n, stamp(at))
		}
		return // what follows it doesn't go back
	case t.latest.Sub(at) > model.ClockTolerance:
		if t.back++; t.back == 1 {
			t.firstBack = fmt.Sprintf("entry %d says %s, after one of %s", n, stamp(at), stamp(t.latest))
		}
	}
	if at.After(t.latest) {
		t.latest = at
	}
}

// approval looks at the time of an approval of what was captured.
func (t *times) approval(r *model.Record) {
	if r.To.CapturedAt.Sub(r.ApprovedAt) <= model.ClockTolerance {
		return
	}
	if t.before++; t.before == 1 {
		t.firstBefore = fmt.Sprintf("%s r%d of %s was captured %s", r.ID, r.Revision, stamp(r.ApprovedAt),
			stamp(r.To.CapturedAt))
	}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// notes says it.
func (t *times) notes() []string {
	var notes []string
	for _, found := range []struct {
		n     int
		what  string
		first string
	}{
		{t.back, "journal entries dated before an earlier one", t.firstBack},
		{t.ahead, "journal entries dated in the future", t.firstNext},
		{t.before, "approvals dated before what they approve was captured", t.firstBefore},
	} {
		if found.n > 0 {
			notes = append(notes, fmt.Sprintf("A clock was wrong: %s: %d; the first: %s.", found.what, found.n, found.first))
		}
	}
	return notes
}
