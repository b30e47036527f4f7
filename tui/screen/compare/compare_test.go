package compare_test

import (
	"context"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

func start(t *testing.T, w, h int, style string) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), w, h, style)
	s.Keys("enter", "c")
	return s
}

func TestComparisonCountsPlatformsAndQuotesThem(t *testing.T) {
	s := start(t, 100, 30, "dark")
	s.Shows("3 of 24 platforms have a clause like this (as of 2026-03-01); 3 documents not indexed yet", "Ours: You grant us a worldwide",
		"Borealis", "high", "You grant us a licence to use your content for training", "90% alike, below 35% none is shown", "FP-R-000009",
		"We like hedgehogs")
	s.Keys("j")
	s.Shows("FP-P-000003")
	s.Size(140, 40)
	s.Shows("│ Acme Terms")
}

func TestRedlineIsFromOursToTheirs(t *testing.T) {
	s := start(t, 100, 30, "ascii")
	s.Keys("v")
	s.Shows("[-worldwide-]")
	s.Keys("v")
	page := strings.Join(s.Page(), "\n")
	if strings.Contains(page, "[-worldwide-]") {
		t.Errorf("the redline stays:\n%s", page)
	}
}

// unlike is a desk on which nothing is alike enough, or not all was looked at.
type unlike struct {
	deskfixture.Static
	alike model.ClauseComparison
}

func (u unlike) Compare(context.Context, model.CompareRequest) (model.ClauseComparison, error) {
	return u.alike, nil
}

func (u unlike) Behind(context.Context) (int, error) { return u.alike.Behind, nil }

// TestUniqueOnlyWhenItIs: that no other platform has it is not said of what is weak, nor
// where not all was looked at.
func TestUniqueOnlyWhenItIs(t *testing.T) {
	for _, test := range []struct {
		alike       model.ClauseComparison
		want, lacks string
	}{
		{model.ClauseComparison{Of: 9, Threshold: 0.35}, "No clause in words like these on 9 platforms", "No other platform"},
		{model.ClauseComparison{Of: 9, Threshold: 0.35}, "from 35% on; below that none is shown", "not indexed"},
		{model.ClauseComparison{Of: 9, Behind: 2}, "2 documents not indexed yet", "No other platform"},
		{model.ClauseComparison{}, "No clause like this was found yet", "No other platform"},
	} {
		s := &deskfixture.Driver{T: t}
		s.Start(unlike{deskfixture.NewStatic(), test.alike}, 100, 30, "dark")
		s.Keys("enter", "c")
		s.Shows(test.want)
		if page := strings.Join(s.Page(), "\n"); strings.Contains(page, test.lacks) {
			t.Errorf("%+v: the screen has %q:\n%s", test.alike, test.lacks, page)
		}
	}
}

// TestPinsGoIntoTheRecordThatIsBegun: without a record they are kept until one is.
func TestPinsGoIntoTheRecordThatIsBegun(t *testing.T) {
	on := &recording{Static: deskfixture.NewStatic()}
	s := &deskfixture.Driver{T: t}
	s.Start(on, 100, 30, "dark")
	s.Keys("enter", "c", "space")
	s.Shows("Pinned; R creates a provision record", "1 pinned", "● ")
	s.Keys("j", "space", "space", "R")
	s.Shows("Provision record FP-R-000001")
	w := on.began.Writing
	if len(w.Comparisons) != 1 || w.Comparisons[0].Platform != "Borealis" || w.Comparisons[0].Seq != 2 ||
		w.Comparisons[0].CapturedAt != "2026-03-01" || w.Comparisons[0].Severity != model.High ||
		!strings.HasPrefix(w.Comparisons[0].Excerpt, "You grant us a licence") ||
		*w.Prevalence != (model.Prevalence{Alike: 3, Of: 24, At: "2026-03-01"}) {
		t.Errorf("began with %+v", w)
	}
	if got := strings.Join(on.began.Fields, " "); got != "comparisons prevalence" {
		t.Errorf("wrote %s", got)
	}
}

// recording is a desk that keeps what was written.
type recording struct {
	deskfixture.Static
	began  model.NewRecordRequest
	edited []model.RecordEdit
}

func (r *recording) NewRecord(ctx context.Context, q model.NewRecordRequest) (model.RecordDraft, error) {
	r.began = q
	return r.Static.NewRecord(ctx, q)
}

func (r *recording) EditRecord(ctx context.Context, e model.RecordEdit) (model.RecordDraft, error) {
	r.edited = append(r.edited, e)
	return r.Static.RecordDraft(ctx, e.Record)
}

// TestPinningInARecordReplacesNothingWritten: a quote is added to those that are there, and
// the count that a person wrote stays.
func TestPinningInARecordReplacesNothingWritten(t *testing.T) {
	on := &recording{Static: deskfixture.NewStatic()}
	s := &deskfixture.Driver{T: t}
	s.Start(on, 100, 30, "dark")
	s.Keys("enter", "R", "c")
	s.Shows("3 clauses for FP-R-000001")
	s.Keys("space")
	if len(on.edited) != 1 {
		t.Fatalf("%d edits", len(on.edited))
	}
	e := on.edited[0]
	if strings.Join(e.Fields, " ") != "comparisons" || len(e.Writing.Comparisons) != 2 ||
		e.Writing.Comparisons[0].Excerpt != "You must be 18 to use Borealis." || e.Base != 3 {
		t.Errorf("edited %+v", e)
	}
}

// typed is a desk on which one other clause has the type of ours.
type typed struct{ deskfixture.Static }

func (typed) VersionClauses(_ context.Context, _ model.ID, _ int) (model.Version, []model.VersionClause, error) {
	return model.Version{}, []model.VersionClause{{Number: 1, Provision: "FP-P-000001", End: 1 << 20}}, nil
}

func (typed) ClauseTypes(_ context.Context, ref model.ClauseRef) (model.ClauseTypes, error) {
	kind := "arbitration"
	if ref.Provision > "FP-P-000002" {
		kind = "severability"
	}
	return model.ClauseTypes{Types: []string{kind}}, nil
}

func TestSameTypeOnlyCanBeAskedFor(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(typed{deskfixture.NewStatic()}, 100, 30, "dark")
	s.Keys("enter", "c", "y")
	s.Shows("1 of 24 platforms has a clause like this of the same type", "Borealis")
	s.Keys("y")
	s.Shows("3 of 24 platforms have a clause like this (")
}
