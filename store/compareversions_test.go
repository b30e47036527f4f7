package store

import (
	"errors"
	"testing"
	"time"

	"fineprint/store/terms"
)

// TestCompareVersions: any two versions, in either direction, and nothing is
// stored of it.
func TestCompareVersions(t *testing.T) {
	f := newFetches(t)
	for i, days := range []int{30, 60, 90} {
		f.fetch(time.Duration(i+1)*time.Hour, policy(days))
	}
	before, err := f.Generation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to int
		old, new string
	}{{1, 3, policy(30), policy(90)}, {3, 1, policy(90), policy(30)}, {2, 3, policy(60), policy(90)}} {
		d, err := f.CompareVersions(t.Context(), f.doc.Document, c.from, c.to)
		if err != nil || d.OldText != c.old || d.NewText != c.new || d.Change.From.Seq != c.from || d.ToMeta.Seq != c.to || d.Document.Type != "Privacy Policy" {
			t.Fatalf("%d to %d: %+v, %v", c.from, c.to, d, err)
		}
		if len(d.Change.Clauses) != 1 || d.Change.Clauses[0].Kind != terms.Modified || d.Change.Counts.Modified != 1 || d.Change.ID != "" || d.Review.State != "" {
			t.Errorf("%d to %d: %+v", c.from, c.to, d.Change)
		}
	}
	if d, err := f.CompareVersions(t.Context(), f.doc.Document, 2, 2); err != nil || len(d.Change.Clauses) != 0 {
		t.Errorf("a version with itself: %+v, %v", d.Change, err)
	}
	for _, seq := range []int{0, 4} {
		if _, err := f.CompareVersions(t.Context(), f.doc.Document, 1, seq); !errors.Is(err, terms.ErrNotFound) {
			t.Errorf("version %d: %v", seq, err)
		}
	}
	if after, err := f.Generation(t.Context()); err != nil || after != before {
		t.Errorf("the store was written to: %d, then %d; %v", before, after, err)
	}
}
