package ranking_test

import (
	"errors"
	"fmt"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/insight/ranking"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// queues reads the queue as detected, by a store that learns nothing, and as learned.
func queues(t *testing.T, s *store.Store) (detected, learned []model.QueueItem) {
	t.Helper()
	read := func(l store.Learning, plain bool) []model.QueueItem {
		s := storetest.Reopen(t, s)
		s.UseLearning(l)
		q, err := s.Queue(t.Context(), model.QueueFilter{AllState: true, Detected: plain})
		if err != nil {
			t.Fatal(err)
		}
		return q.Changes
	}
	detected, learned = read(store.Learning{Off: true}, false), read(store.Learning{}, false)
	if plain := read(store.Learning{}, true); ids(plain) != ids(detected) {
		t.Errorf("sorted as detected\n%s\nwithout learning\n%s", ids(plain), ids(detected))
	}
	return detected, learned
}

func dismissal(id model.ID) model.Decision {
	return model.Decision{Change: id, Base: model.AnyRevision, Actor: "ada", Action: model.ActionDismiss,
		Reason: "nothing new"}
}

func undo(id model.ID) model.Decision {
	return model.Decision{Change: id, Base: model.AnyRevision, Actor: "ada", Action: model.ActionUndo}
}

func ids(list []model.QueueItem) (s string) {
	for _, c := range list {
		s += string(c.ID) + " "
	}
	return s
}

// many is a store with changes of several documents, some of them probably noise.
func many(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.New(t, 16)
	for n := range 12 {
		for _, kind := range []string{"Privacy", "Cookies"} {
			text := storetest.Page(n) + fmt.Sprintf("\nYou have %d days to object to what we do with it.\n", 10+n)
			if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture(kind, text, n*20+1)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// TestLearningHidesNothing teaches the contrary of what was detected, then the same and more
// of it, and decides: the same changes are material, folded and taken back; of what is
// probably noise some are lifted out, and none comes to it, however unlikely it becomes.
func TestLearningHidesNothing(t *testing.T) {
	s := many(t)
	before, _ := queues(t, s)
	teach := func(material func(c model.QueueItem) bool) {
		var list []ranking.Judged
		for _, c := range before {
			if c.Material {
				label := ranking.Immaterial
				if material(c) {
					label = ranking.Material
				}
				list = append(list, ranking.Judged{Change: c.ID, Label: label})
			}
		}
		if _, err := s.Train(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	teach(func(c model.QueueItem) bool { return c.ProbablyNoise })
	if lifted, _ := hidesNothing(t, s); lifted == 0 {
		t.Error("nothing was lifted out: the test says nothing")
	}
	teach(func(c model.QueueItem) bool { return c.Suggested.Probability > 0.5 })
	if _, sunk := hidesNothing(t, s); sunk == 0 {
		t.Error("nothing became as unlikely as noise: the test says nothing")
	}
	for i, c := range before {
		if i%3 == 0 {
			if _, err := s.Decide(t.Context(), dismissal(c.ID)); err != nil {
				t.Fatal(err)
			}
		}
	}
	hidesNothing(t, s)
	storetest.RequireConsistent(t, s)
}

// hidesNothing compares the queue as learned with the one as detected, and counts what was
// lifted out of what is probably noise, and what is as unlikely as that but stays.
func hidesNothing(t *testing.T, s *store.Store) (lifted, sunk int) {
	t.Helper()
	detected, learned := queues(t, s)
	was := map[model.ID]model.QueueItem{}
	for _, c := range detected {
		was[c.ID] = c
	}
	if len(learned) != len(detected) {
		t.Fatalf("%d listed, %d as detected", len(learned), len(detected))
	}
	for _, c := range learned {
		w := was[c.ID]
		if w.ProbablyNoise && !c.ProbablyNoise {
			lifted++
		}
		if c.Material && !w.ProbablyNoise && c.Suggested.Probability < 0.22 {
			sunk++
		}
		if c.ProbablyNoise && !w.ProbablyNoise || c.Material != w.Material || c.State != w.State ||
			c.TakenBackAtOnce != w.TakenBackAtOnce || c.Suggested.Severity != w.Suggested.Severity {
			t.Errorf("%s was %s and is %s", c.ID, w.Section(), c.Section())
		}
	}
	return lifted, sunk
}

func TestWithoutDecisionsTheQueueIsAsDetected(t *testing.T) {
	s := many(t)
	detected, learned := queues(t, s)
	if ids(detected) != ids(learned) {
		t.Errorf("learned\n%s\ndetected\n%s", ids(learned), ids(detected))
	}
}

// TestWhatIsLearnedIsMadeOfDecisions: kept or made again, the order is the same; and what was
// undone leaves nothing behind.
func TestWhatIsLearnedIsMadeOfDecisions(t *testing.T) {
	s := many(t)
	detected, _ := queues(t, s)
	var decided []model.ID
	for _, c := range detected {
		if c.Material && len(decided) < 6 {
			decided = append(decided, c.ID)
			d := dismissal(c.ID)
			if _, err := s.Decide(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
	}
	st, err := s.RankingStatus(t.Context())
	if err != nil || st.Decisions != len(decided) || st.Immaterial != len(decided) || st.Entry == 0 {
		t.Fatalf("%+v, %v", st, err)
	}
	_, kept := queues(t, s)
	if err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
		return tx.Bucket(kv.BucketRankModel).Delete([]byte("all"))
	}); err != nil {
		t.Fatal(err)
	}
	_, again := queues(t, s)
	if ids(kept) != ids(again) {
		t.Errorf("kept\n%s\nmade again\n%s", ids(kept), ids(again))
	}
	for _, id := range decided {
		if _, err := s.Decide(t.Context(), undo(id)); err != nil {
			t.Fatal(err)
		}
	}
	if st, err := s.RankingStatus(t.Context()); err != nil || st.Decisions != 0 || st.Examples != 0 {
		t.Errorf("all undone: %+v, %v", st, err)
	}
	plain, learned := queues(t, s)
	if ids(plain) != ids(learned) || ids(plain) != ids(detected) {
		t.Error("what was undone still orders the queue")
	}
	storetest.RequireConsistent(t, s)
}

func TestExplanationSaysWhatItWouldBeWithoutLearning(t *testing.T) {
	s := many(t)
	detected, _ := queues(t, s)
	id := detected[0].ID
	x, err := s.Explain(t.Context(), id, "")
	if err != nil || x.Probability != x.Detected.Probability || x.Rank != x.Detected.Rank || len(x.Features) != 13 {
		t.Fatalf("%+v, %v", x, err)
	}
	if _, err := s.Train(t.Context(), []ranking.Judged{{Change: id, Label: ranking.Immaterial}}); err != nil {
		t.Fatal(err)
	}
	y, err := s.Explain(t.Context(), id, "")
	if err != nil || y.Rank >= y.Detected.Rank || y.Detected != x.Detected || y.Decisions != 1 || len(y.Terms) == 0 {
		t.Errorf("%+v, %v", y, err)
	}
	if _, err := s.Explain(t.Context(), "FP-C-009999", ""); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("no such change: %v", err)
	}
}

func TestEvaluationLearnsFromNoneOfWhatItMeasures(t *testing.T) {
	s := many(t)
	detected, _ := queues(t, s)
	var list []ranking.Judged
	for i, c := range detected {
		if c.Material {
			label := ranking.Material
			if i%3 == 0 {
				label = ranking.Immaterial
			}
			list = append(list, ranking.Judged{Change: c.ID, Label: label})
		}
	}
	list = append(list, ranking.Judged{Change: "FP-C-009999", Label: ranking.Material})
	before, err := s.Evaluate(t.Context(), list)
	if err != nil || before.N != len(list)-1 || before.Unmatched != 1 || before.AUC == nil {
		t.Fatalf("%+v, %v", before, err)
	}
	if _, err := s.Train(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	after, err := s.Evaluate(t.Context(), list)
	if err != nil || *after.AUC != *before.AUC || *after.AveragePrecision != *before.AveragePrecision {
		t.Errorf("before %v, after %v, %v", *before.AUC, *after.AUC, err)
	}
}

// TestEveryListAgreesWithShow: how likely a change is material, why, in which part of the queue
// it stands and what its words say is the same wherever it is shown, whatever was decided,
// whether it was read from the texts or kept, by the desk that decides and by another process.
func TestEveryListAgreesWithShow(t *testing.T) {
	s := many(t)
	agree := func(about string) (likely map[model.ID]float64) {
		t.Helper()
		for _, s := range []*store.Store{s, storetest.Reopen(t, s), storetest.Reopen(t, s)} {
			likely = listsAgree(t, s, about)
		}
		return likely
	}
	before := agree("nothing decided")
	detected, _ := queues(t, s)
	for i, c := range detected {
		d := dismissal(c.ID)
		switch {
		case !c.Material || i%2 == 0:
			continue
		case i%3 == 0:
			d = storetest.Approval(c.ID)
		case i%5 == 0: // it stays pending
			d = model.Decision{Change: c.ID, Base: model.AnyRevision, Actor: "ada", Action: model.ActionSet,
				Severity: storetest.Ptr(model.Low)}
		}
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	s = storetest.Reopen(t, s)
	moved := 0
	for id, p := range agree("decided") {
		if p != before[id] {
			moved++
		}
	}
	if moved == 0 {
		t.Error("nothing was learned: the test says nothing")
	}
	if _, err := s.RankingStatus(t.Context()); err != nil {
		t.Fatal(err)
	}
	s = storetest.Reopen(t, s)
	agree("and kept")
	s.UseLearning(store.Learning{Off: true})
	listsAgree(t, s, "without learning")
	storetest.RequireConsistent(t, s)
}

// listsAgree compares every list of all changes with what shows each.
func listsAgree(t *testing.T, s *store.Store, about string) map[model.ID]float64 {
	t.Helper()
	all := model.QueueFilter{AllState: true}
	page, err := s.Queue(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	update, err := s.FollowQueue(t.Context(), all, nil)
	if err != nil {
		t.Fatal(err)
	}
	var streamed []model.QueueItem
	_, changes, err := s.StreamQueue(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	for c, err := range changes {
		if err != nil {
			t.Fatal(err)
		}
		streamed = append(streamed, c)
	}
	if err := s.ReadSays(t.Context(), streamed); err != nil {
		t.Fatal(err)
	}
	type shown struct {
		model.Suggestion
		section model.Section
	}
	likely, said := map[model.ID]float64{}, 0
	for i, c := range streamed {
		d, err := s.Change(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprint(shown{d.Row.Suggested, d.Row.Section()})
		said += len(c.Suggested.Says)
		for _, c := range []model.QueueItem{page.Changes[i], update.Changes[i], c} {
			if c.Suggested.Says == nil { // where they are not asked for
				c.Suggested.Says = d.Row.Suggested.Says
			}
			if got := fmt.Sprint(shown{c.Suggested, c.Section()}); got != want || c.ID != d.Row.ID {
				t.Errorf("%s: a list has %s as\n%s\nand show has\n%s", about, c.ID, got, want)
			}
		}
		likely[c.ID] = c.Suggested.Probability
	}
	if said == 0 {
		t.Errorf("%s: no words say anything: the test says nothing", about)
	}
	return likely
}

// TestDecisionsAreLearnedOnce: what was learned is kept, up to the journal's newest entry, and
// not learned again; without a decision nothing is written.
func TestDecisionsAreLearnedOnce(t *testing.T) {
	s := many(t)
	entry := func() (entry uint64) {
		t.Helper()
		if err := s.CatchUp(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) (err error) {
			entry, err = ranking.KeptUpTo(tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return entry
	}
	if got := entry(); got != 0 {
		t.Fatalf("nothing is decided, and what was learned up to %d is kept", got)
	}
	detected, _ := queues(t, s)
	if _, err := s.Decide(t.Context(), dismissal(detected[0].ID)); err != nil {
		t.Fatal(err)
	}
	first := entry()
	counter, err := storetest.DB(t, s).ChangeCounter(t.Context())
	if err != nil || first == 0 {
		t.Fatalf("kept up to %d, %v", first, err)
	}
	if again := entry(); again != first {
		t.Errorf("kept up to %d, then to %d", first, again)
	}
	if now, err := storetest.DB(t, s).ChangeCounter(t.Context()); err != nil || now != counter {
		t.Errorf("it was written again: %d, then %d, %v", counter, now, err)
	}
	storetest.RequireConsistent(t, s)
}
