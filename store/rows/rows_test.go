package rows_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

const golden = "../testdata/schema-2.db.gz"

// everyRow reads every row of a database through the functions of the package.
func everyRow(tx *kv.Tx) (read []any, err error) {
	add := func(v any, e error) {
		read = append(read, v)
		err = errors.Join(err, e)
	}
	docs, e := rows.Documents(tx)
	add(docs, e)
	for n := uint64(1); n <= uint64(len(docs)); n++ {
		number, d, e := rows.DocumentByID(tx, tx.ID(model.DocumentID, n))
		add(d.ToModel(tx, number), e)
		for seq := 1; seq <= d.Versions; seq++ {
			v, text, e := rows.VersionAndText(tx, n, seq)
			add(v, e)
			add(text, nil)
			at, e := rows.CapturedAt(tx, n, seq)
			add(at, e)
		}
		row, doc, found, e := rows.GetTracked(tx, n)
		add(found, e)
		if found {
			add(rows.ToTracked(tx, n, row, doc), nil)
		}
	}
	for n := uint64(1); n <= tx.Bucket(kv.BucketSnapshot).Sequence(); n++ {
		row, e := rows.SnapshotByID(tx, tx.ID(model.SnapshotID, n))
		add(row, e)
		snapshot, e := rows.ToSnapshot(tx, tx.ID(model.SnapshotID, n), row)
		add(snapshot, e)
	}
	heads, e := rows.Heads(tx)
	err = errors.Join(err, e)
	for i := range heads {
		add(changeOf(tx, docs, &heads[i]))
	}
	return read, err
}

// changeOf reads all that is stored of one change.
func changeOf(tx *kv.Tx, docs map[uint64]rows.Document, h *rows.Head) (any, error) {
	if h.N == 0 {
		return nil, nil
	}
	row, err := h.Row()
	if err != nil {
		return nil, err
	}
	if h.Document != row.Document || int(h.To) != row.To.Seq ||
		h.Material != row.Material ||
		int(h.Score) != row.Score || int(h.Alg) != row.Algorithm || string(h.Reason) != row.Reason ||
		h.Captured != row.To.CapturedAt ||
		h.Marked() != (len(row.DuplicateGroup) > 0) || !bytes.Equal(h.Sketch, row.Sketch) {
		return nil, fmt.Errorf("the head of change %d is another row's", h.N)
	}
	clauses, err := rows.Clauses(tx, h.N)
	if err != nil {
		return nil, err
	}
	n, p, err := rows.ProjectionByID(tx, tx.ID(model.ChangeID, h.N))
	if err != nil {
		return nil, err
	}
	r, err := rows.WithRecord(tx, n, p.Review)
	if err != nil {
		return nil, err
	}
	var record model.Record
	if number, revision := rows.RecordOf(tx, n); number > 0 {
		key := kv.PairKey(number, revision)
		if record, err = rows.ReadRecord(tx, key, tx.Bucket(kv.BucketRecord).Get(key)); err != nil {
			return nil, err
		}
	}
	r = rows.Awake(r, tx.Now(), n, docs[h.Document])
	return []any{clauses, r, record, rows.QueueItem(tx, n, row, docs[h.Document], r, "")}, nil
}

func readAll(t *testing.T, s *store.Store) (read []any, err error) {
	t.Helper()
	err = storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		read, err = everyRow(tx)
		return err
	})
	return read, err
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDamagedRowIsNeverReadAsAnother: what is read of a database of which one
// value is damaged is the same, or an error that reports damage.
func TestDamagedRowIsNeverReadAsAnother(t *testing.T) {
	want, err := readAll(t, storetest.Golden(t, golden))
	if err != nil || len(want) < 50 {
		t.Fatalf("%d rows, %v", len(want), err)
	}
	refused := 0
	storetest.EachDamage(t, golden, 5, func(s *store.Store, d storetest.Damage) {
		got, err := readAll(t, s)
		switch {
		case err != nil && !errors.Is(err, model.ErrDamaged) &&
			!(d.How == "deleted" && errors.Is(err, model.ErrNotFound)):
			t.Errorf("%s: %v", d, err)
		case err != nil:
			refused++
		case d.How == "flipped" && d.Bucket != "withdrawn" && asJSON(t, got) != asJSON(t, want):
			t.Errorf("%s: read otherwise, without an error", d)
		}
	})
	if refused < 60 {
		t.Errorf("only %d were refused", refused)
	}
}

func TestAbsentRowsAreNotFound(t *testing.T) {
	err := storetest.DB(t, storetest.Golden(t, golden)).View(t.Context(), func(tx *kv.Tx) error {
		for _, id := range []model.ID{"FP-D-00099", "XX-D-00001", "FP-C-000001"} {
			if _, _, err := rows.DocumentByID(tx, id); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("document %s: %v", id, err)
			}
		}
		for _, id := range []model.ID{"FP-S-000099", "XX-S-000001"} {
			if _, err := rows.SnapshotByID(tx, id); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("snapshot %s: %v", id, err)
			}
		}
		for _, id := range []model.ID{"FP-C-000099", "FP-R-000001"} {
			if _, err := rows.ChangeNumber(tx, id); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("change %s: %v", id, err)
			}
		}
		if _, err := rows.GetSnapshot(tx, 99); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("snapshot 99: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRowsComeBackFromTheModel writes rows and reads what was written.
func TestRowsComeBackFromTheModel(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	health := model.Health{LastAttempt: at, NextDue: at, Last: model.FetchFailed, Status: 503, Failures: 2,
		FailingSince: at,
		Reason:       "503", Quarantined: true, ETag: "e", LastModified: "m", Extractor: "x"}
	if back := rows.PackHealth(health).ToModel(); back != health {
		t.Errorf("a health comes back as %+v", back)
	}
	if !rows.UnpackTime(rows.PackTime(time.Time{})).IsZero() {
		t.Error("no time comes back as one")
	}
	origin := model.Provenance{Method: model.MethodOTAVersions, Tool: "t", URL: "u", FinalURL: "f",
		Redirects: []string{"r"}, Status: 200,
		Header: map[string]string{"A": "b"}, Remote: "1", Exchange: &model.Exchange{Proto: "HTTP/2.0", Started: at},
		Archive: &model.ArchiveOrigin{Repo: "r", Root: "aa", Commit: "bb", Path: "p", Subject: "s", Engine: "e",
			Locations: []string{"l"},
			Snapshots: []string{"undefined", "aabb", ""}}}
	clauses := []model.ClauseChange{{Kind: model.Modified, Heading: []string{"H"},
		Old: &model.ByteRange{Start: 1, End: 3}}}
	err := storetest.DB(t, storetest.Golden(t, golden)).Update(t.Context(), func(tx *kv.Tx) error {
		row, err := rows.PackOrigin(tx, origin)
		if err != nil {
			return err
		}
		if back, err := row.ToModel(tx); err != nil || !reflect.DeepEqual(back, origin) {
			t.Errorf("an origin comes back as %+v, %v", back, err)
		}
		change := rows.Change{Document: 1, Material: true}
		if err := rows.PutChange(tx, 500, change, clauses); err != nil {
			return err
		}
		if back, err := rows.Clauses(tx, 500); err != nil || !reflect.DeepEqual(back, clauses) {
			t.Errorf("clauses come back as %+v, %v", back, err)
		}
		return errors.New("not to be kept")
	})
	if err == nil || err.Error() != "not to be kept" {
		t.Fatal(err)
	}
}
