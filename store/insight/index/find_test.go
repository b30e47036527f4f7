package index_test

import (
	"path/filepath"
	"testing"
	"time"

	"fineprint/store/insight/index"
	"fineprint/store/insight/search"
	"fineprint/store/journal"
	"fineprint/store/kv"
)

// TestWhatIsSaidOfAHit is on a few texts: the newest wording is the one that is found, the
// same words of one group are counted, and a text finds what is like it elsewhere.
func TestWhatIsSaidOfAHit(t *testing.T) {
	const waiver = "You waive your right to a trial by jury and settle every dispute by binding arbitration."
	db, err := kv.Create(filepath.Join(t.TempDir(), "t.db"), kv.Options{NoSync: true}, journal.Begin)
	if err != nil {
		t.Fatal(err)
	}
	texts := [][]string{ // of each document, one clause in each
		{"Disputes go to arbitration in Oslo.", "Disputes go to arbitration in Rome or Bergen."},
		{waiver, waiver + " It is final."},
		{"Parcels are left at the door.", waiver + " It is final."},
		{"Parcels are left with the neighbours.", "You and we settle every dispute by binding arbitration, and waive a trial by jury."},
	}
	err = db.Update(t.Context(), func(tx *kv.Tx) error {
		var all []*index.Document
		for i, list := range texts {
			d, err := index.Begin(tx, uint64(i+1), false)
			if err != nil {
				return err
			}
			for k, words := range list {
				d.Add(index.Text{Seq: k + 1, At: int64(1000 * (k + 1)), Clauses: []int{0}, Numbers: []uint64{uint64(100 + i)},
					Worded: []index.Worded{{Words: words}}})
			}
			d.End()
			if err := d.Put(tx); err != nil {
				return err
			}
			all = append(all, d)
		}
		return index.Finish(tx, all)
	})
	if err != nil {
		t.Fatal(err)
	}
	group := func(document uint64) string { return []string{"", "acme", "bolt", "bolt", "crow"}[document] }
	r := index.NewReader()
	err = db.View(t.Context(), func(tx *kv.Tx) error {
		q, err := search.Parse("arbitration", time.Unix(9000, 0))
		if err != nil {
			return err
		}
		found, err := r.Search(t.Context(), tx, q, index.Scope{Group: group}, 0, 10)
		if err != nil {
			return err
		}
		if found.Total != 4 || len(found.Hits) != 3 {
			t.Errorf("%d clauses, %d hits", found.Total, len(found.Hits))
		}
		for _, h := range found.Hits {
			if h.FirstSeq != 2 || h.Seq != 2 || !h.Current {
				t.Errorf("clause %d is found by its wording of text %d", h.Number, h.FirstSeq)
			}
			if want := map[uint64]int{101: 1, 102: 1}[h.Number]; len(h.Same) != want {
				t.Errorf("clause %d has the words of %d others, not %d", h.Number, len(h.Same), want)
			}
		}
		own := func(document uint64) bool { return group(document) == "bolt" }
		like, err := r.Similar(t.Context(), tx, waiver, index.Scope{Group: group}, 0.5, own, nil)
		if err == nil && (len(like) != 1 || like[0].Number != 103) {
			t.Errorf("like it are %v", like)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
