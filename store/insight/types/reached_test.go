package types_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/clausetype"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// pool makes clauses of which many have words in common, some are the same, some alike,
// some too short and some of other scripts.
func pool(r *rand.Rand) string {
	subjects := []string{"The provider", "Each member of the orchard club", "Your subscription", "The arbitrator",
		"Our warden", "Any dispute"}
	verbs := []string{"may end", "keeps", "hands over", "settles", "renews by itself", "deletes"}
	objects := []string{"the account of a member", "personal data of visitors", "apples and pears", "every claim in court",
		"the licence to what you upload", "logs of the gate"}
	ends := []string{"after 30 days of notice", "unless the law forbids it", "at the end of each term", "without a reason",
		"by binding arbitration", "once the harvest is over"}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	switch r.IntN(12) {
	case 0:
		return "We and you."
	case 1:
		return "条款 和 数据"
	case 2:
		return arbitration
	case 3:
		return strings.Replace(orchard, "apples", pick([]string{"apples", "plums", "pears"}), 1)
	}
	return fmt.Sprintf("%s %s %s %s, and %s %s %s %s.", pick(subjects), pick(verbs), pick(objects), pick(ends),
		strings.ToLower(pick(subjects)), pick(verbs), pick(objects), pick(ends))
}

// TestTypesAfterCorrectionsAreThoseFromScratch corrects and undoes at random, and holds
// what is kept against what there is where nothing is kept.
func TestTypesAfterCorrectionsAreThoseFromScratch(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 18))
		s := storetest.New(t, 0)
		var documents []model.ID
		for i := range 6 {
			var clauses []string
			for range 25 {
				clauses = append(clauses, pool(r))
			}
			documents = append(documents, terms(t, s, fmt.Sprint("p", i), document(clauses...)))
		}
		ids := clausetype.IDs()
		partly := 0
		for step := range 14 {
			ref := model.ClauseRef{Document: documents[r.IntN(len(documents))], Clause: 2 + r.IntN(25)}
			if step > 3 && r.IntN(3) == 0 {
				_, _ = s.UndoTypes(t.Context(), ref, "anna") // often there is nothing to undo
			} else if r.IntN(5) == 0 {
				set(t, s, ref)
			} else {
				set(t, s, ref, ids[r.IntN(len(ids))])
			}
			if r.IntN(4) == 0 {
				continue // several between two tables
			}
			kept := present(t, s)
			scratch := present(t, forgotten(t, s))
			if !reflect.DeepEqual(kept, scratch) {
				t.Fatalf("seed %d, step %d: what is kept says\n%+v\nand not\n%+v", seed, step, kept, scratch)
			}
			partly++
		}
		if partly == 0 {
			t.Errorf("seed %d: nothing was compared", seed)
		}
	}
}

func present(t *testing.T, s *store.Store) []model.DocumentTypes {
	t.Helper()
	list, err := s.PresentTypes(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		for k := range list[i].Types {
			if len(list[i].Types[k].Others) == 0 {
				list[i].Types[k].Others = nil
			}
		}
	}
	return list
}

// forgotten is a copy of a database in which nothing is kept of types.
func forgotten(t *testing.T, s *store.Store) *store.Store {
	t.Helper()
	file, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(path, store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	err = storetest.DB(t, again).Update(t.Context(), func(tx *kv.Tx) error {
		b := tx.Bucket(kv.BucketClauseTypes)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			if err := c.Delete(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return again
}
