package upkeep_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/insight/identity"
	"fineprint/store/insight/upkeep"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// versions makes the texts of a document that lives: clauses are moved, edited, split,
// removed and come back.
func versions(rng *rand.Rand, n int) []string {
	clauses := make([]string, 12)
	made := 0
	fresh := func() string {
		made++
		return fmt.Sprintf("Clause %d says that %s of kind %d is kept for %d days by the service and its partners.", made,
			[]string{"mail", "content", "location", "payment"}[made%4], made*7, 10+made)
	}
	for i := range clauses {
		clauses[i] = fresh()
	}
	var gone []string
	var texts []string
	for range n {
		texts = append(texts, "# Terms\n\n## Data\n\n"+strings.Join(clauses, "\n\n")+"\n")
		i := rng.IntN(len(clauses))
		switch rng.IntN(6) {
		case 0:
			clauses[i] = strings.Replace(clauses[i], "is kept", "may be kept", 1) + fmt.Sprint(" Since ", made, ".")
		case 1:
			c := clauses[i]
			clauses = slices.Delete(clauses, i, i+1)
			clauses = slices.Insert(clauses, rng.IntN(len(clauses)+1), c)
		case 2:
			if len(clauses) > 6 {
				gone = append(gone, clauses[i])
				clauses = slices.Delete(clauses, i, i+1)
			}
		case 3:
			if len(gone) > 0 {
				clauses = slices.Insert(clauses, i, gone[0])
				gone = gone[1:]
			}
		case 4:
			clauses = slices.Insert(clauses, i, clauses[rng.IntN(len(clauses))]) // the same words twice
		default:
			clauses = slices.Insert(clauses, i, fresh())
		}
	}
	return texts
}

func record(t *testing.T, s *store.Store, texts []string, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		for _, kind := range []string{"Terms", "Privacy"} {
			text := texts[i]
			if kind == "Privacy" {
				text = texts[len(texts)-1-i]
			}
			if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture(kind, text, i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func index(t *testing.T, s *store.Store, o store.UpkeepOptions) model.Upkeep {
	t.Helper()
	r, err := s.Upkeep(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Behind(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d documents are behind, %v", n, err)
	}
	return r
}

// ids are those of the clauses of every version, by document and version.
func ids(t *testing.T, s *store.Store, n int) map[string][]model.ID {
	t.Helper()
	all := map[string][]model.ID{}
	for d := 1; d <= 2; d++ {
		for seq := 1; seq <= n; seq++ {
			id := model.NewID("FP", model.DocumentID, uint64(d))
			v, clauses, err := s.VersionClauses(t.Context(), id, seq)
			if errors.Is(err, model.ErrNotFound) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			key := fmt.Sprint(id, " ", v.CapturedAt.Unix())
			seen := map[model.ID]bool{}
			for _, c := range clauses {
				if seen[c.Provision] && c.Provision != "" {
					t.Errorf("two clauses of %s are %s", key, c.Provision)
				}
				seen[c.Provision] = true
				all[key] = append(all[key], c.Provision)
			}
		}
	}
	return all
}

// same reports whether two stores have the same clauses, whatever their numbers.
func same(a, b map[string][]model.ID) bool {
	to, from := map[model.ID]model.ID{}, map[model.ID]model.ID{}
	for k, x := range a {
		y := b[k]
		if len(x) != len(y) {
			return false
		}
		for i := range x {
			if to[x[i]] == "" && from[y[i]] == "" {
				to[x[i]], from[y[i]] = y[i], x[i]
			}
			if to[x[i]] != y[i] || from[y[i]] != x[i] {
				return false
			}
		}
	}
	return len(a) == len(b)
}

// TestClausesFollowFromTheTexts: in whatever batches they are recorded and indexed, and
// made again they have the numbers that they had.
func TestClausesFollowFromTheTexts(t *testing.T) {
	const n = 30
	for seed := range uint64(4) {
		texts := versions(rand.New(rand.NewPCG(seed, 18)), n)
		at := storetest.New(t, 0)
		record(t, at, texts, 0, n)
		index(t, at, store.UpkeepOptions{})
		want := ids(t, at, n)
		if len(want) < n {
			t.Fatalf("only %d versions", len(want))
		}
		bit := storetest.New(t, 0)
		for from := 0; from < n; from += 7 {
			record(t, bit, texts, from, min(from+7, n))
			index(t, bit, store.UpkeepOptions{})
		}
		if got := ids(t, bit, n); !same(want, got) {
			t.Errorf("seed %d: indexed bit by bit the clauses are other ones", seed)
		}
		before := ids(t, bit, n)
		if r := index(t, bit, store.UpkeepOptions{Rebuild: true}); r.Again != 2 {
			t.Errorf("%+v", r)
		}
		if got := ids(t, bit, n); !maps.EqualFunc(before, got, slices.Equal[[]model.ID]) {
			t.Errorf("seed %d: made again, clauses have other numbers", seed)
		}
		storetest.RequireConsistent(t, bit)
	}
}

// TestLateCapturesKeepTheNumbers: what comes in late makes a document's clauses anew; those
// that were there keep their numbers.
func TestLateCapturesKeepTheNumbers(t *testing.T) {
	s, all := storetest.New(t, 0), storetest.New(t, 0)
	base := "# Terms\n\nCourts decide.\n\nWe keep your data for %d days after you close your account.\n"
	for _, day := range []int{0, 2, 4} {
		for _, x := range []*store.Store{s, all} {
			if _, err := x.Record(t.Context(), []model.Capture{storetest.Capture("Terms", fmt.Sprintf(base, 30+day), day)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	index(t, s, store.UpkeepOptions{})
	_, before, err := s.VersionClauses(t.Context(), "FP-D-00001", 1)
	if err != nil {
		t.Fatal(err)
	}
	late := storetest.Capture("Terms", strings.Replace(fmt.Sprintf(base, 99), "Courts", "You are bound.\n\nCourts", 1), 3)
	for _, x := range []*store.Store{s, all} {
		if _, err := x.Record(t.Context(), []model.Capture{late}); err != nil {
			t.Fatal(err)
		}
		index(t, x, store.UpkeepOptions{})
	}
	_, after, err := s.VersionClauses(t.Context(), "FP-D-00001", 1)
	if err != nil || fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("before %v, after %v, %v", before, after, err)
	}
	if !same(ids(t, s, 4), ids(t, all, 4)) {
		t.Error("indexed before and after the late capture the clauses are other ones")
	}
	storetest.RequireConsistent(t, s)
}

// stage counts what it is told, and keeps it where the documents' progress is.
type stage struct {
	version int
	fail    func(document uint64, text int) error
	told    map[uint64][]int // places of texts, by document
	again   map[uint64]int
}

func (s *stage) Name() string { return "test" }
func (s *stage) Version() int { return s.version }
func (s *stage) Open(_ *kv.Tx, document uint64, again bool) (upkeep.Work, error) {
	return &work{stage: s, document: document, again: again}, nil
}

type work struct {
	*stage
	document uint64
	again    bool
	texts    []int
}

func (w *work) Text(t *identity.Text) error {
	if len(t.Provisions) != len(t.Clauses.Clauses) || slices.Contains(t.Provisions, 0) {
		return fmt.Errorf("text %d has the clauses %v", t.Place, t.Provisions)
	}
	w.texts = append(w.texts, t.Place)
	return nil
}
func (w *work) End(bool) error { return nil }
func (w *work) Flush(*kv.Tx) error {
	if w.fail != nil {
		if err := w.fail(w.document, len(w.texts)); err != nil {
			return err
		}
	}
	if w.again {
		w.stage.told[w.document] = nil
		w.stage.again[w.document]++
	}
	w.stage.told[w.document] = append(w.stage.told[w.document], w.texts...)
	return nil
}

// TestStagesAreToldOfEveryTextOnce: in order, after an interruption and with another
// version of theirs.
func TestStagesAreToldOfEveryTextOnce(t *testing.T) {
	const n = 12
	s := storetest.New(t, 0)
	record(t, s, versions(rand.New(rand.NewPCG(1, 1)), n), 0, n)
	db := storetest.DB(t, s)
	st := &stage{version: 1, told: map[uint64][]int{}, again: map[uint64]int{}}
	stop := errors.New("stop")
	st.fail = func(document uint64, _ int) error {
		if document == 2 {
			return stop
		}
		return nil
	}
	if _, err := upkeep.New(db, st).Upkeep(t.Context(), upkeep.Options{}); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	st.fail, st.told, st.again = nil, map[uint64][]int{}, map[uint64]int{} // its transaction was rolled back
	run := func() {
		t.Helper()
		if _, err := upkeep.New(db, st).Upkeep(t.Context(), upkeep.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	run()
	for document := uint64(1); document <= 2; document++ {
		for i, place := range st.told[document] {
			if i != place {
				t.Errorf("document %d: told of %v", document, st.told[document])
			}
		}
		if len(st.told[document]) < 2 || st.again[document] != 1 {
			t.Errorf("document %d: %v, again %d", document, st.told[document], st.again[document])
		}
	}
	before := len(st.told[1])
	record(t, s, versions(rand.New(rand.NewPCG(2, 2)), n+2), n, n+2)
	if run(); len(st.told[1]) <= before || st.again[1] != 1 || !slices.IsSorted(st.told[1]) {
		t.Errorf("%v, again %d", st.told[1], st.again[1])
	}
	st.version = 2
	if run(); st.again[1] != 2 || st.told[1][0] != 0 {
		t.Errorf("another version: %v, again %d", st.told[1], st.again[1])
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	st.version = 3
	if _, err := upkeep.New(db, st).Upkeep(ctx, upkeep.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	storetest.RequireConsistent(t, s)
}

// TestReadingWorksWithoutTheIndex: from a database that is not indexed everything is read,
// but for the numbers.
func TestReadingWorksWithoutTheIndex(t *testing.T) {
	const n = 6
	s := storetest.New(t, 0)
	record(t, s, versions(rand.New(rand.NewPCG(3, 3)), n), 0, n)
	if behind, err := s.Behind(t.Context()); err != nil || behind != 2 {
		t.Errorf("%d are behind, %v", behind, err)
	}
	l, err := s.ClauseLifeAt(t.Context(), "FP-C-000001", 0)
	if err != nil || l.Behind == 0 || l.ID != "" || len(l.Steps) == 0 {
		t.Errorf("%+v, %v", l, err)
	}
	index(t, s, store.UpkeepOptions{})
	l, err = s.ClauseLifeAt(t.Context(), "FP-C-000001", 0)
	if err != nil || l.Behind != 0 || l.ID == "" {
		t.Errorf("%+v, %v", l, err)
	}
	if again, err := s.ClauseLife(t.Context(), l.ID); err != nil || !reflect.DeepEqual(again, l) {
		t.Errorf("%+v, %v", again, err)
	}
	if _, err := s.ClauseLife(t.Context(), "FP-P-999999"); !errors.Is(err, model.ErrNotFound) {
		t.Error(err)
	}
}

// TestHeadingsInTurnsAreClausesOfTheirOwn: a page that shows headings in turns doesn't make
// one clause of them.
func TestHeadingsInTurnsAreClausesOfTheirOwn(t *testing.T) {
	s := storetest.New(t, 0)
	for day, words := range []string{"## Site behavior", "", "## Enabling dishonest behavior", "## Site behavior"} {
		text := "# Policies\n\nWe review every page before it is approved.\n\n" + words +
			"\n\nPages that break these rules are removed without notice.\n"
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", text, 90*day)}); err != nil {
			t.Fatal(err)
		}
	}
	index(t, s, store.UpkeepOptions{})
	of := map[string]map[model.ID]bool{}
	for seq := 1; seq <= 4; seq++ {
		_, clauses, err := s.VersionClauses(t.Context(), "FP-D-00001", seq)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range clauses {
			if of[c.Text] == nil {
				of[c.Text] = map[model.ID]bool{}
			}
			of[c.Text][c.Provision] = true
		}
	}
	for words, ids := range of {
		if len(ids) != 1 {
			t.Errorf("%q is %v", words, ids)
		}
	}
	if maps.Equal(of["## Site behavior"], of["## Enabling dishonest behavior"]) {
		t.Error("both are one clause")
	}
	if id := slices.Collect(maps.Keys(of["## Site behavior"])); len(id) == 1 {
		l, err := s.ClauseLife(t.Context(), id[0])
		if err != nil || l.Revived != 1 || !l.Present || l.Changes != 0 || l.Label != "stable" || l.Months < 9 {
			t.Errorf("%+v, %v", l, err)
		}
	}
}

// TestClauseComesBackWithNearlyItsWords: at the same place it is the clause that it was; with
// fewer of its words, at another place, or where that clause is there, it is another one.
func TestClauseComesBackWithNearlyItsWords(t *testing.T) {
	const was = "We keep the log of your voyages for thirty days after you return the boat to the harbour master."
	near := strings.Replace(was, "thirty", "sixty", 1)
	far := strings.Replace(was, "for thirty days after you return the boat", "until a court or the crew asks for it", 1)
	page := func(data, boats string) string {
		return "# Rules\n\n## Boats\n\nBoats are lent to members only.\n\n" + boats + "\n\n## Data\n\n" +
			"We collect your name and your number.\n\n" + data + "\n\n## Contact\n\nWrite to the harbour.\n"
	}
	for name, c := range map[string]struct {
		back string
		same bool
	}{
		"nearly its words":     {page(near, ""), true},
		"its words":            {page(was, ""), true},
		"nearly, twice":        {page(near+"\n\n"+strings.Replace(was, "thirty", "ninety", 1), ""), true},
		"its words and nearly": {page(near+"\n\n"+was, ""), true},
		"half of its words":    {page(far, ""), false},
		"another place":        {page("", near), false},
	} {
		s := storetest.New(t, 0)
		for day, text := range []string{page(was, ""), page("", ""), c.back} {
			if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", text, 90*day)}); err != nil {
				t.Fatal(err)
			}
			if day == 1 || name == "its words" {
				index(t, s, store.UpkeepOptions{}) // it comes back by what is kept, or all in one go
			}
		}
		index(t, s, store.UpkeepOptions{})
		first, last := voyages(t, s, 1), voyages(t, s, 3)
		n := 0
		for text, id := range last {
			if id == first[was] {
				n++
				if _, exact := last[was]; exact && text != was {
					t.Errorf("%s: %q went before its own words", name, text)
				}
			}
		}
		if want := map[bool]int{true: 1}[c.same]; n != want || len(first) != 1 || len(last) == 0 {
			t.Errorf("%s: was %v, is %v", name, first, last)
		}
		if !c.same {
			continue
		}
		if l, err := s.ClauseLife(t.Context(), first[was]); err != nil || l.Revived != 1 || !l.Present {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
	}
}

// voyages are the IDs of the clauses about voyages, by their words.
func voyages(t *testing.T, s *store.Store, seq int) map[string]model.ID {
	t.Helper()
	_, clauses, err := s.VersionClauses(t.Context(), "FP-D-00001", seq)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]model.ID{}
	for _, c := range clauses {
		if strings.Contains(c.Text, "voyages") {
			found[c.Text] = c.Provision
		}
	}
	return found
}

// TestSeveralIndexAtOnce: processes that find the same documents behind, index them together
// and leave what one alone would: nothing twice, nothing left out.
func TestSeveralIndexAtOnce(t *testing.T) {
	const n, together, rounds = 24, 3, 8
	texts := versions(rand.New(rand.NewPCG(19, 1)), n)
	s := storetest.New(t, 0)
	for round := range rounds {
		record(t, s, texts, round*n/rounds, (round+1)*n/rounds)
		var wg sync.WaitGroup
		for i := range together {
			other, err := store.Open(s.Path(), store.Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				if _, err := other.Upkeep(t.Context(), store.UpkeepOptions{Rebuild: i == 0 && round%3 == 2}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		storetest.RequireConsistent(t, s)
	}
	alone := storetest.New(t, 0)
	record(t, alone, texts, 0, n)
	index(t, alone, store.UpkeepOptions{})
	if !same(ids(t, alone, n), ids(t, s, n)) {
		t.Error("the clauses are others than one process alone finds")
	}
}
