package rollback_test

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// TestKillNeverLooksLikeARollback kills a process that decides in a loop: whatever was
// written of the commit and its head, the database opens, and what was acknowledged is there.
func TestKillNeverLooksLikeARollback(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_HEAD"); path != "" {
		fmt.Println("ready")
		decideForever(path)
		return
	}
	s := storetest.New(t, 2)
	rng := rand.New(rand.NewSource(19))
	told := 0
	for i := 0; i < storetest.Kills() || told == 0 && i < 100; i++ {
		acknowledged, n := storetest.Kill(t, rng, "TestKillNeverLooksLikeARollback", "FINEPRINT_TEST_HEAD="+s.Path())
		told += n
		again := storetest.Reopen(t, s) // fails for a head that is ahead
		for id, revision := range acknowledged {
			d, err := again.Change(t.Context(), id)
			if err != nil || d.Review.Revision < revision {
				t.Fatalf("kill %d: revision %d of %s was acknowledged, there is %d (%v)", i, revision, id, d.Review.Revision, err)
			}
		}
	}
	t.Logf("%d decisions acknowledged, none refused as rolled back", told)
}

func decideForever(path string) {
	s, err := store.Open(path, store.Options{})
	for n := 0; err == nil; n++ {
		d := model.Decision{Change: "FP-C-000001", Base: model.AnyRevision, Actor: "ada", Action: model.ActionSet,
			Note: storetest.Ptr(fmt.Sprint("note ", n))}
		var r model.Review
		if r, err = s.Decide(context.Background(), d); err == nil {
			fmt.Printf("took %s %d\n", d.Change, r.Revision)
		}
	}
	fmt.Println(err)
}
