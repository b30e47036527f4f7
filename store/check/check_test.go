package check_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/check"
	"fineprint/store/kv"
	"fineprint/store/rows"
)

const golden = "../testdata/schema-2.db.gz"

func TestGoldenDatabaseIsWhole(t *testing.T) {
	s := storetest.Golden(t, golden)
	steps := 0
	report, err := check.Database(t.Context(), storetest.DB(t, s), func(done, total int) {
		if steps++; done > total {
			t.Errorf("%d of %d", done, total)
		}
	})
	if err != nil || len(report.Problems) > 0 || report.Values < 200 || report.JournalEntries < 50 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestEveryDamagedValueIsReported flips, cuts and deletes values of every bucket.
func TestEveryDamagedValueIsReported(t *testing.T) {
	// What is in no journal and named by nothing else may be deleted unnoticed, and
	// what was imported is an index that is only followed from there.
	free := []string{"platform", "tracked", "draft", "desk", "origin", "word", "wordid"}
	storetest.EachDamage(t, golden, 6, func(s *store.Store, d storetest.Damage) {
		report, err := check.Database(t.Context(), storetest.DB(t, s), nil)
		if err != nil {
			t.Errorf("%s: %v", d, err)
		}
		if len(report.Problems) == 0 && !(d.How == "deleted" && slices.Contains(free, d.Bucket)) {
			t.Errorf("%s: not reported", d)
		}
	})
}

// forgery is a change behind the program's back, and what the check reports.
type forgery struct {
	forge func(tx *kv.Tx) error
	want  string
}

// forgedRows seals rows again that name something else.
func forgedRows() map[string]forgery {
	change := func(edit func(*rows.Change)) func(tx *kv.Tx) error {
		return func(tx *kv.Tx) error {
			var row rows.Change
			if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(2), &row); err != nil {
				return err
			}
			edit(&row)
			return kv.PutRow(tx, kv.BucketRow, kv.Key(2), row)
		}
	}
	document := func(edit func(*rows.Document)) func(tx *kv.Tx) error {
		return func(tx *kv.Tx) error {
			d, err := rows.GetDocument(tx, 1)
			if err != nil {
				return err
			}
			edit(&d)
			return kv.PutRow(tx, kv.BucketDocument, kv.Key(1), d)
		}
	}
	return map[string]forgery{
		"change of another text": {change(func(r *rows.Change) { r.To.Sum = make([]byte, 32) }),
			"names another text"},
		"change of no version": {change(func(r *rows.Change) { r.To.Seq = 99 }), "is missing"},
		"document renamed": {document(func(d *rows.Document) { d.Name = "Other" }),
			"not found under its name"},
		"document without its blob": {document(func(d *rows.Document) { d.Text.End = 999 }), "builds on blob 999"},
		"document with too many":    {document(func(d *rows.Document) { d.Versions++ }), "is missing"},
		"document with too few": {document(func(d *rows.Document) { d.Versions = 2; d.Good = 2 }),
			"more versions than it says"},
		"snapshot of other bytes": {func(tx *kv.Tx) error {
			row, err := rows.GetSnapshot(tx, 1)
			row.Sum = make([]byte, 32)
			return errors.Join(err, kv.PutRow(tx, kv.BucketSnapshot, kv.Key(1), row))
		}, "are missing or others"},
	}
}

// forgedIndexes puts values where nothing is sealed, or files rows wrongly.
func forgedIndexes() map[string]forgery {
	put := func(bucket, key, value []byte) func(tx *kv.Tx) error {
		return func(tx *kv.Tx) error { return tx.Bucket(bucket).Put(key, value) }
	}
	return map[string]forgery{
		"name of no document":    {put(kv.BucketDocName, []byte("Nobody\x00Terms"), kv.Key(99)), "names no document"},
		"blob under another sum": {put(kv.BucketBlobSum, make([]byte, 32), kv.Key(1)), "missing or another one"},
		"malformed blob name":    {put(kv.BucketBlobSum, make([]byte, 32), []byte("x")), "malformed"},
		"import of no document":  {put(kv.BucketOrigin, make([]byte, 32), kv.PairKey(99, 1)), "names no document"},
		"import of no version":   {put(kv.BucketOrigin, make([]byte, 32), kv.PairKey(1, 99)), "names no version"},
		"record of nobody":       {put(kv.BucketOfChange, kv.Key(11), kv.Key(1)), "nobody decided on"},
		"withdrawal of nothing":  {put(kv.BucketWithdrawn, kv.PairKey(99, 1), kv.Key(1)), "record that is missing"},
		"string under another key": {put(kv.BucketStringID, make([]byte, 16), []byte{0, 0, 0, 1}),
			"another one's name"},
		"string of no number": {put(kv.BucketStringID, make([]byte, 16), []byte{0, 0, 9, 9}), "is missing"},
		"tracked nothing": {func(tx *kv.Tx) error {
			return kv.PutRow(tx, kv.BucketTracked, kv.Key(99),
				rows.Tracked{})
		}, "names no document"},
		"draft filed wrongly": {func(tx *kv.Tx) error {
			return kv.PutRow(tx, kv.BucketDraft, rows.DraftKey(1, "ada"),
				rows.Draft{Change: "FP-C-000002", Actor: "ada"})
		}, "filed under another"},
		"draft on nothing": {func(tx *kv.Tx) error {
			return kv.PutRow(tx, kv.BucketDraft, rows.DraftKey(99, "ada"),
				rows.Draft{Change: "FP-C-000099", Actor: "ada"})
		}, "which is missing"},
		"sequence lowered": {func(tx *kv.Tx) error { return tx.Bucket(kv.BucketChange).SetSequence(1) },
			"would be number 2"},
		"journal too long": {func(tx *kv.Tx) error { return tx.Bucket(kv.BucketJournal).SetSequence(900) },
			"but 900 were written"},
		"another store": {put(kv.BucketMeta, []byte("id"), []byte("other")), "another store"},
	}
}

func TestForgedReferencesAreReported(t *testing.T) {
	all := forgedRows()
	maps.Copy(all, forgedIndexes())
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			db := storetest.DB(t, storetest.Golden(t, golden))
			if err := db.Update(t.Context(), c.forge); err != nil {
				t.Fatal(err)
			}
			report, err := check.Database(t.Context(), db, nil)
			if err != nil || !strings.Contains(strings.Join(report.Problems, "\n"), c.want) {
				t.Errorf("%q, %v; want %q", report.Problems, err, c.want)
			}
		})
	}
}

func TestCheckCanBeStopped(t *testing.T) {
	s := storetest.New(t, 150)
	ctx, stop := context.WithCancel(t.Context())
	_, err := check.Database(ctx, storetest.DB(t, s), func(int, int) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
