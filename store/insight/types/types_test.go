package types_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/insight/recognize"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

const (
	arbitration = "Any dispute between you and us is settled by binding arbitration before one arbitrator, and in no court " +
		"of any place, unless a consumer chooses the small claims court of the county in which that consumer lives."
	renewal = "Your subscription will automatically renew at the end of each term unless you cancel before the renewal date."
	orchard = "Members of the orchard club pick three baskets of apples each season if they ask the warden first and bring " +
		"their own ladder, and they leave the tools where they were found when the gate was opened in the morning."
)

// terms records texts as versions of a document and returns the document.
func terms(t *testing.T, s *store.Store, platform string, texts ...string) model.ID {
	t.Helper()
	for i, text := range texts {
		_, err := s.Record(t.Context(), []model.Capture{{Platform: platform, Type: "Terms of Service", Text: text,
			CapturedAt: storetest.Day0.AddDate(0, 0, i), Origin: model.Provenance{Method: model.MethodFile}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	d, err := s.DocumentNamed(t.Context(), platform, "Terms of Service")
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}

// later records one more version.
func later(t *testing.T, s *store.Store, platform, text string) {
	t.Helper()
	_, err := s.Record(t.Context(), []model.Capture{{Platform: platform, Type: "Terms of Service", Text: text,
		CapturedAt: storetest.Day0.AddDate(0, 1, 0), Origin: model.Provenance{Method: model.MethodFile}}})
	if err != nil {
		t.Fatal(err)
	}
}

func document(clauses ...string) string { return "# Terms\n\n" + strings.Join(clauses, "\n\n") + "\n" }

func typesOf(t *testing.T, s *store.Store, ref model.ClauseRef) model.ClauseTypes {
	t.Helper()
	c, err := s.ClauseTypes(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func set(t *testing.T, s *store.Store, ref model.ClauseRef, types ...string) model.ClauseTypes {
	t.Helper()
	c, err := s.SetTypes(t.Context(), ref, types, "anna")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCorrectionHoldsForTheSameWordsAndThoseAlike(t *testing.T) {
	s := storetest.New(t, 0)
	first := terms(t, s, "acme", document(arbitration, orchard))
	other := terms(t, s, "other", document(orchard, strings.Replace(orchard, "apples", "pears", 1)))
	at := model.ClauseRef{Document: first, Clause: 3}
	if c := typesOf(t, s, model.ClauseRef{Document: first, Clause: 2}); c.By != model.TypesSuggested ||
		!slices.Equal(c.Types, []string{"arbitration"}) || len(c.Suggested) == 0 || len(c.Suggested[0].Words) == 0 {
		t.Errorf("suggested: %+v", c)
	}
	if c := set(t, s, at, "api_limits", "commercial_use"); c.By != model.TypesCorrected || c.Actor != "anna" ||
		!slices.Equal(c.Types, []string{"api_limits", "commercial_use"}) {
		t.Errorf("corrected: %+v", c)
	}
	if c := typesOf(t, s, model.ClauseRef{Document: other, Clause: 2}); c.By != model.TypesCorrected {
		t.Errorf("the same words elsewhere: %+v", c)
	}
	if c := typesOf(t, s, model.ClauseRef{Document: other, Clause: 3}); c.By != model.TypesAlike ||
		!slices.Equal(c.Types, []string{"api_limits", "commercial_use"}) {
		t.Errorf("alike: %+v", c)
	}
	if c := set(t, s, at); c.By != model.TypesCorrected || len(c.Types) != 0 {
		t.Errorf("of no type: %+v", c)
	}
	again := storetest.Reopen(t, s)
	c, err := again.UndoTypes(t.Context(), at, "ben")
	if err != nil || !slices.Equal(c.Types, []string{"api_limits", "commercial_use"}) {
		t.Errorf("undone: %+v %v", c, err)
	}
	if c, err = again.UndoTypes(t.Context(), at, "ben"); err != nil || c.By != model.TypesSuggested {
		t.Errorf("undone twice: %+v %v", c, err)
	}
	if _, err = again.UndoTypes(t.Context(), at, "ben"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("undone once too often: %v", err)
	}
	storetest.RequireConsistent(t, again)
}

func TestWhatIsRefused(t *testing.T) {
	s := storetest.New(t, 0)
	id := terms(t, s, "acme", document(arbitration))
	for name, c := range map[string]struct {
		ref   model.ClauseRef
		types []string
		want  error
	}{
		"unknown type":  {model.ClauseRef{Document: id, Clause: 2}, []string{"arbitratoin"}, model.ErrInvalid},
		"twice":         {model.ClauseRef{Document: id, Clause: 2}, []string{"takedown", "takedown"}, model.ErrInvalid},
		"no clause":     {model.ClauseRef{Document: id, Clause: 9}, []string{"takedown"}, model.ErrInvalid},
		"no document":   {model.ClauseRef{Document: "FP-D-00077", Clause: 1}, []string{"takedown"}, model.ErrNotFound},
		"no change":     {model.ClauseRef{Change: "FP-C-000077", Clause: 1}, []string{"takedown"}, model.ErrNotFound},
		"no provision":  {model.ClauseRef{Provision: "FP-P-000077"}, []string{"takedown"}, model.ErrNotFound},
		"version ahead": {model.ClauseRef{Document: id, Seq: 5, Clause: 1}, []string{"takedown"}, model.ErrNotFound},
	} {
		if _, err := s.SetTypes(t.Context(), c.ref, c.types, ""); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := s.Journal(t.Context(), 1, 100); err != nil ||
		slices.ContainsFunc(list, func(l store.JournalLine) bool { return l.Kind == "type_correction" }) {
		t.Errorf("something was written: %v %v", list, err)
	}
}

func TestPresentTypesAreKeptAndFollowCorrections(t *testing.T) {
	s := storetest.New(t, 0)
	acme := terms(t, s, "acme", document(arbitration, renewal), document(arbitration, renewal, orchard))
	terms(t, s, "other", document(renewal))
	counted := func() map[string]int {
		list, err := s.CountTypes(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]int{}
		for _, p := range list {
			m[p.Platform.Slug] += p.Clauses
			for _, c := range p.Types {
				m[p.Platform.Slug+" "+c.Type] = c.Clauses
			}
		}
		return m
	}
	first := counted()
	if first["acme"] != 3 || first["acme arbitration"] != 1 || first["acme automatic_renewal"] != 1 || first["other"] != 1 ||
		first["other automatic_renewal"] != 1 {
		t.Errorf("counted: %v", first)
	}
	for key, n := range counted() {
		if first[key] != n {
			t.Errorf("what is kept says %d of %s, not %d", n, key, first[key])
		}
	}
	set(t, s, model.ClauseRef{Document: acme, Clause: 4}, "api_limits")
	if m := counted(); m["acme api_limits"] != 1 {
		t.Errorf("after a correction: %v", m)
	}
	later(t, s, "other", document(arbitration))
	if m := counted(); m["other arbitration"] != 1 || m["other automatic_renewal"] != 0 {
		t.Errorf("after another text: %v", m)
	}
	list, err := s.PresentTypes(t.Context(), []model.ID{acme}, nil)
	if err != nil || len(list) != 1 || len(list[0].Types) != 3 || list[0].Types[2].Type != "api_limits" ||
		list[0].Types[2].Probability != 1 || list[0].Types[0].Number != 2 {
		t.Errorf("of one document: %+v %v", list, err)
	}
	storetest.RequireConsistent(t, s)
}

func TestChangesAreFoundByType(t *testing.T) {
	s := storetest.New(t, 0)
	terms(t, s, "acme", document(orchard), document(orchard, arbitration), document(orchard, arbitration, renewal),
		document(orchard, renewal))
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil || len(page.Changes) == 0 {
		t.Fatal(len(page.Changes), err)
	}
	var items []*model.QueueItem
	for i := range page.Changes {
		items = append(items, &page.Changes[i])
	}
	found := func(q string) (seqs []int) {
		parsed, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := s.SearchTexts(t.Context(), items, parsed.Texts(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Select(items, query.Env{Texts: texts}) {
			seqs = append(seqs, items[i].To.Seq)
		}
		slices.Sort(seqs)
		return seqs
	}
	for range 2 { // found, then kept
		if got := found("clause:arbitration"); !slices.Equal(got, []int{2, 4}) {
			t.Errorf("arbitration is touched by %v", got)
		}
		if got := found("clause:automatic_renewal"); !slices.Equal(got, []int{3}) {
			t.Errorf("renewal is touched by %v", got)
		}
		if got := found("clause:arbitration text:arbitrator"); !slices.Equal(got, []int{2, 4}) {
			t.Errorf("with a text: %v", got)
		}
	}
	forgetClauses(t, s)
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := found("clause:arbitration"); !slices.Equal(got, []int{2, 4}) {
		t.Errorf("detected again, arbitration is touched by %v", got)
	}
	storetest.RequireConsistent(t, s)
}

func TestQuotesAreLearnedFrom(t *testing.T) {
	s := storetest.New(t, 0)
	points := []recognize.Point{}
	for range 3 {
		for _, p := range []recognize.Point{
			{Quote: "Disputes go to an arbitrator and to no court", Case: "Arbitration is forced", Bad: true},
			{Quote: "An arbitrator decides; there is no jury", Case: "Arbitration is forced", Bad: true},
			{Quote: "We delete what you ask us to delete", Case: "You can delete"},
			{Quote: "You may delete your data at any time", Case: "You can delete"},
		} {
			p.Quote += strings.Repeat(" indeed", len(points)%3)
			points = append(points, p)
		}
	}
	m, own, err := s.MeasureQuotes(t.Context(), points)
	if err != nil || own || m.N != 0 || m.Unmatched != len(points) {
		t.Errorf("by the shipped weights: %+v %v %v", m, own, err)
	}
	done, err := s.TrainQuotes(t.Context(), points)
	if err != nil || done.Examples == 0 || done.Examples+done.Known != len(points) {
		t.Fatalf("trained: %+v %v", done, err)
	}
	for range 2 { // learned, then kept
		m, own, err = s.MeasureQuotes(t.Context(), []recognize.Point{
			{Quote: "The arbitrator is in Oslo", Case: "Arbitration is forced", Bad: true},
			{Quote: "To delete an account, write to us", Case: "You can delete"},
			{Quote: "Whatever", Case: "Something else"}})
		if err != nil || !own || m.N != 2 || m.Unmatched != 1 || m.Top1 != 1 || m.Top3 != 1 || m.AUC != 1 {
			t.Errorf("measured: %+v %v %v", m, own, err)
		}
	}
	if again, err := s.TrainQuotes(t.Context(), points); err != nil || again.Examples != 0 {
		t.Errorf("trained again: %+v %v", again, err)
	}
	storetest.RequireConsistent(t, s)
}

// forgetClauses takes the clauses from all changes, as if they were of an old algorithm,
// and what is kept of their types with them.
func forgetClauses(t *testing.T, s *store.Store) {
	t.Helper()
	err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
		heads, err := rows.Heads(tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			row, err := h.Row()
			if err != nil {
				return err
			}
			row.Algorithm = 1
			if err := rows.PutChange(tx, h.N, row, nil); err != nil {
				return err
			}
			if err := kv.PutRow(tx, kv.BucketChangeTypes, kv.Key(h.Document), recordrows.ChangeTypes{Algorithm: 2,
				Packed: []byte{1, 0, 1, 0, 1, 0}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
