// Package storetest makes databases for tests and benchmarks. It is not for the
// program: only tests import it.
package storetest

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

const (
	perDocument = 100  // changes of one document
	perPlatform = 10   // documents of one platform
	perBatch    = 5000 // captures recorded in one transaction
)

// start is when the first version of each document was captured.
var start = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// Many makes a database of n pending changes, through recording as everything
// else is, and returns its path. The documents are small and made up, a hundred
// changes each; seven changes of eight are material, and those of the documents
// of one platform at one time are duplicates. It is the same database every time but
// for its identity.
func Many(tb testing.TB, n int) (path string) {
	tb.Helper()
	path = filepath.Join(tb.TempDir(), "many.db")
	clock := func() time.Time { return start.AddDate(1, 0, 0) }
	s, err := store.Create(path, store.Options{Actor: "ada", Clock: clock, NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	var batch []model.Capture
	flush := func(least int) {
		if len(batch) <= least {
			return
		}
		if _, err := s.Record(context.Background(), batch); err != nil {
			tb.Fatal(err)
		}
		batch = batch[:0]
	}
	for made, doc := 0, 0; made < n; doc++ {
		for seq := range min(perDocument, n-made) + 1 {
			batch = append(batch, capture(doc, seq))
			made += min(seq, 1)
		}
		flush(perBatch)
	}
	flush(0)
	return path
}

// capture is version seq, from 0, of a document.
func capture(doc, seq int) model.Capture {
	platform := fmt.Sprintf("Platform %03d", doc/perPlatform)
	kind := fmt.Sprintf("Terms %02d", doc%perPlatform)
	return model.Capture{Platform: platform, Type: kind, Text: text(platform, kind, seq),
		CapturedAt: start.Add(time.Duration(doc)*time.Minute + time.Duration(seq)*72*time.Hour),
		Origin:     model.Provenance{Method: model.MethodFile}}
}

// text never is one that was before, so that nothing is a flap. Each version
// changes a number; every eighth changes white space only.
func text(platform, kind string, seq int) string {
	about := []string{"photos", "messages", "payments", "contacts"}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\nThese terms are between you and %s.\n\n", kind, platform)
	for i, a := range about {
		fmt.Fprintf(&b, "We keep what we know of your %s for %d days after you close your account, and sell it to "+
			"nobody.\n\n", a, 30+edits(seq, i, len(about)))
	}
	b.WriteString(strings.Repeat("\n", blank(seq)) +
		"You may write to us at any time, and we answer as soon as we can.\n")
	return b.String()
}

// edits is how often the number of clause i was changed up to a version.
func edits(seq, i, of int) int {
	n := 0
	for k := 1; k <= seq; k++ {
		if k%8 != 0 && k%of == i {
			n++
		}
	}
	return n
}

// blank is how often white space was.
func blank(seq int) int { return seq / 8 }
