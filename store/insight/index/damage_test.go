package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fineprint/store/insight/index"
	"fineprint/store/insight/search"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestADamagedByteIsAnErrorOrChangesNothing flips bytes of the index one by one.
func TestADamagedByteIsAnErrorOrChangesNothing(t *testing.T) {
	w := &world{rng: rand.New(rand.NewPCG(5, 5))}
	db := newDB(t)
	for range 12 {
		w.write(t, db, []*doc{w.grow()})
	}
	var queries []*search.Query
	var want []string
	for _, typed := range []string{"data", "priv*", `"we may"`, "terms or liability", "heading:data", "in:all"} {
		q, err := search.Parse(typed, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		queries = append(queries, q)
		want = append(want, fmt.Sprintf("%+v", find(t, index.NewReader(), db, q, 50)))
	}
	undo, damagedSome := errors.New("undo"), 0
	for _, bucket := range [][]byte{kv.BucketSearchDocument, kv.BucketSearchSegment} {
		for at := range 300 {
			err := db.Update(t.Context(), func(tx *kv.Tx) error {
				pairs := kv.Pairs(tx.Bucket(bucket), 0)
				p := pairs[at%len(pairs)]
				value := append([]byte(nil), p.Value...)
				if at%7 == 0 {
					if err := tx.Bucket(bucket).Delete(append([]byte(nil), p.Key...)); err != nil {
						return err
					}
				} else {
					value[w.rng.IntN(len(value))] ^= 1 << w.rng.IntN(8)
					if err := tx.Bucket(bucket).Put(append([]byte(nil), p.Key...), value); err != nil {
						return err
					}
				}
				for i, q := range queries {
					got, err := index.NewReader().Search(context.Background(), tx, q, index.Scope{}, 0, 50)
					if err != nil {
						damagedSome++
						if !errors.Is(err, model.ErrDamaged) || !strings.Contains(err.Error(), "index --rebuild") {
							t.Errorf("%s: %v", q, err)
						}
						continue
					}
					if s := fmt.Sprintf("%+v", got); s != want[i] {
						t.Fatalf("%x %d: %s: %d found, %d are there", p.Key, at, q, got.Total, strings.Count(want[i], "Number:"))
					}
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
		}
	}
	if damagedSome == 0 {
		t.Error("no damage was seen")
	}
}
