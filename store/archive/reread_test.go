package archive_test

import (
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"strings"
	"testing"
	"time"

	"fineprint/store/detect"
	"fineprint/store/model"
)

// versions is how many versions the document has.
func (f *fetches) versions() int {
	f.T.Helper()
	d, err := f.Document(f.T.Context(), f.Doc.Document)
	if err != nil {
		f.T.Fatal(err)
	}
	return d.Versions
}

// archived records a text as an archive made it.
func (f *fetches) archived(text string) {
	f.T.Helper()
	o, err := f.Record(f.T.Context(), []model.Capture{{Platform: "Acme", Type: "Privacy Policy", Text: text,
		CapturedAt: f.Now, Origin: model.Provenance{Method: model.MethodOTAVersions}}})
	if err != nil || o[0].Document != f.Doc.Document {
		f.T.Fatalf("%+v, %v", o, err)
	}
}

// read is a fetch whose text an extractor of ours made.
func (f *fetches) read(text string) model.Outcome {
	f.T.Helper()
	return f.CaptureAfter(time.Hour, model.Capture{Text: text, Extractor: "reader/2"})
}

func otherMarkup(text string) string {
	text = strings.Replace(text, "your data", "[your *data*](https://acme.example/data)", 1)
	return strings.ReplaceAll(text, "## ", "### ")
}

func TestSameBytesAgainMakeNoVersion(t *testing.T) {
	f := newFetches(t)
	f.FetchText(0, storetest.Policy(30))
	for range 3 {
		if o := f.FetchText(time.Hour, storetest.Policy(30)); o.Kind != model.OutcomeUnchanged || o.Seq != 0 {
			t.Fatalf("the same bytes again: %+v", o)
		}
	}
	if n := f.versions(); n != 1 {
		t.Errorf("%d versions, want the one", n)
	}
}

func TestFirstFetchAfterAnArchiveComparesWords(t *testing.T) {
	t.Run("the same words", func(t *testing.T) {
		f := newFetches(t)
		f.archived(storetest.Policy(30))
		if o := f.read(otherMarkup(storetest.Policy(30))); o.Kind != model.OutcomeTechnical || f.Queued() != 0 {
			t.Fatalf("%+v, %d queued", o, f.Queued())
		}
		o := f.read(otherMarkup(storetest.Policy(365)))
		d, err := f.Change(t.Context(), o.Change)
		if err != nil || !d.Change.Material || d.Change.From.Seq != 2 || d.Change.Counts.Modified != 1 ||
			d.Change.Counts.Immaterial != 0 || d.Change.Detail != "" {
			t.Errorf("the change after it: %+v, %v", d.Change, err)
		}
		// From then on a change of nothing but markup is the platform's.
		if o := f.read(storetest.Policy(365)); o.Kind != model.OutcomeChanged || o.Reason != model.ReasonFormatting {
			t.Errorf("other markup: %+v", o)
		}
	})
	t.Run("other words", func(t *testing.T) {
		f := newFetches(t)
		f.archived(storetest.Policy(30))
		o := f.read(otherMarkup(storetest.Policy(31)))
		d, err := f.Change(t.Context(), o.Change)
		if err != nil || o.Kind != model.OutcomeChanged || !d.Change.Material ||
			d.Change.Detail != "the page is read in another way than before" {
			t.Fatalf("%+v, %+v, %v", o, d.Change, err)
		}
		if _, err := f.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
			t.Fatal(err)
		}
		if again, err := f.Change(t.Context(), o.Change); err != nil ||
			again.Change.Detail != "the page is read in another way than before" {
			t.Errorf("detected again: %+v, %v", again.Change, err)
		}
	})
	t.Run("the same text", func(t *testing.T) {
		f := newFetches(t)
		f.archived(storetest.Policy(30))
		if o := f.read(storetest.Policy(30)); o.Kind != model.OutcomeUnchanged {
			t.Fatalf("%+v", o)
		}
		if o := f.read(otherMarkup(storetest.Policy(30))); o.Kind != model.OutcomeChanged || o.Material {
			t.Errorf("both read it alike, so other markup is the platform's: %+v", o)
		}
	})
	t.Run("a clause elsewhere", func(t *testing.T) {
		f := newFetches(t)
		f.archived(storetest.Policy(30))
		heads := strings.Split(storetest.Policy(30), "## ")
		heads[1], heads[3] = heads[3], heads[1]
		if o := f.read(strings.Join(heads, "## ")); o.Kind != model.OutcomeChanged {
			t.Errorf("%+v", o)
		}
	})
}

// TestOtherExtractionHidesNoChange: whatever detection calls material is queued,
// however it was read.
func TestOtherExtractionHidesNoChange(t *testing.T) {
	for _, c := range [][2]string{
		{"30 days", "90 days"}, {"You may ask", "You may not ask"}, {"one month", "one mouth"}, {"nobody else",
			"somebody else"},
		{"unless the law requires us to keep it longer", ""}, {"## Your rights\n\n", ""}, {"data for", "data, for"},
	} {
		next := strings.Replace(storetest.Policy(30), c[0], c[1], 1)
		f := newFetches(t)
		f.archived(storetest.Policy(30))
		o := f.read(otherMarkup(next))
		if material := detect.Compare(storetest.Policy(30), next).Material; material &&
			(o.Kind != model.OutcomeChanged || !o.Material) {
			t.Errorf("%q to %q: %+v", c[0], c[1], o)
		}
	}
}

func (f *fetches) baseline() model.Baseline {
	f.T.Helper()
	doc, err := f.TrackedDocument(f.T.Context(), f.Doc.Document)
	if err != nil {
		f.T.Fatal(err)
	}
	b, err := f.Baseline(f.T.Context(), doc)
	if err != nil {
		f.T.Fatal(err)
	}
	return b
}

// reread records a text made again, and one fetched.
func (f *fetches) reread(b model.Baseline, text, live string) model.Outcome {
	f.T.Helper()
	f.Now = f.Now.Add(time.Hour)
	doc, err := f.TrackedDocument(f.T.Context(), f.Doc.Document)
	if err != nil {
		f.T.Fatal(err)
	}
	o, err := f.RecordFetch(f.T.Context(), doc, []model.Capture{
		{Text: text, Extractor: "reader/3", CapturedAt: b.Snapshot.CapturedAt, Origin: b.Snapshot.Origin,
			Reread: &b.Reread},
		{Text: live, Extractor: "reader/3", CapturedAt: f.Now, Raw: []byte("<p>" + live),
			Origin: model.Provenance{Method: model.MethodWeb}},
	}, func(h model.Health, _ model.Outcome) model.Health { h.LastAttempt = f.Now; return h })
	if err != nil {
		f.T.Fatal(err)
	}
	return o
}

func TestBaselineIsReread(t *testing.T) {
	f := newFetches(t)
	if _, err := f.Baseline(t.Context(), f.Doc); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("of a document without a text: %v", err)
	}
	first := f.read(storetest.Policy(30) + "Menu\n")
	b := f.baseline()
	if b.Reread.Snapshot != first.Snapshot || b.Reread.Seq != 1 ||
		string(b.Raw) != "<p>"+storetest.Policy(30)+"Menu\n" {
		t.Fatalf("%+v", b)
	}
	o := f.reread(b, storetest.Policy(30), storetest.Policy(365))
	if o.Kind != model.OutcomeChanged || o.Seq != 3 {
		t.Fatalf("%+v", o)
	}
	versions, err := f.Versions(t.Context(), f.Doc.Document)
	if err != nil || len(versions) != 3 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	if v := versions[1]; v.Kind != model.VersionTechnical || v.Snapshot != first.Snapshot ||
		v.Extractor != "reader/3" || !v.CapturedAt.Equal(b.Snapshot.CapturedAt) {
		t.Errorf("read anew: %+v", v)
	}
	d, err := f.Change(t.Context(), o.Change)
	if err != nil || d.Change.From.Seq != 2 || len(d.Change.Clauses) != 1 || d.Change.Detail != "" {
		t.Errorf("like is compared with like: %+v, %v", d.Change, err)
	}
	// What was read from an older version than the last good one is void.
	if o := f.reread(b, "# Something else\n", storetest.Policy(365)); o.Kind != model.OutcomeUnchanged ||
		f.versions() != 3 {
		t.Errorf("read from an older version: %+v, %d versions", o, f.versions())
	}
	// Read again to the same text it makes no version, but records who reads it.
	if o := f.reread(f.baseline(), storetest.Policy(365),
		otherMarkup(storetest.Policy(365))); o.Kind != model.OutcomeChanged || o.Material || f.versions() != 4 {
		t.Errorf("%+v, %d versions", o, f.versions())
	}
}

// TestBaselineHoldsTheLastGoodBytes: those that showed the document as it is now last.
func TestBaselineHoldsTheLastGoodBytes(t *testing.T) {
	f := newFetches(t)
	f.read(storetest.Policy(30))
	again, err := f.TrackedDocument(t.Context(), f.Doc.Document)
	if err != nil {
		t.Fatal(err)
	}
	f.Now = f.Now.Add(time.Hour)
	record := func(c model.Capture, failures int) {
		t.Helper()
		c.CapturedAt, c.Origin = f.Now, model.Provenance{Method: model.MethodWeb}
		if again, err = f.TrackedDocument(t.Context(), f.Doc.Document); err != nil {
			t.Fatal(err)
		}
		if _, err := f.RecordFetch(t.Context(), again, []model.Capture{c},
			func(h model.Health, _ model.Outcome) model.Health { h.Failures = failures; return h }); err != nil {
			t.Fatal(err)
		}
	}
	record(model.Capture{Raw: []byte("<p>other bytes"), Text: storetest.Policy(30), Extractor: "reader/2"}, 0)
	if b := f.baseline(); string(b.Raw) != "<p>other bytes" || b.Reread.Seq != 1 {
		t.Errorf("after the same text in other bytes: %q", b.Raw)
	}
	record(model.Capture{Raw: []byte("gone"), Failure: "404"}, 1)
	if b := f.baseline(); string(b.Raw) != "<p>"+storetest.Policy(30) {
		t.Errorf("after a failed capture: %q", b.Raw)
	}
	record(model.Capture{Raw: []byte("gone again"), Failure: "404"}, 2)
	if b := f.baseline(); string(b.Raw) != "<p>"+storetest.Policy(30) {
		t.Errorf("after the same failure in other bytes: %q", b.Raw)
	}
}
