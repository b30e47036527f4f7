package app

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// salvageSource is a database with changes, made by the real pipeline, or a copy of the
// one that FINEPRINT_SALVAGE_DB names.
func salvageSource(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	if from := os.Getenv("FINEPRINT_SALVAGE_DB"); from != "" {
		for _, ending := range []string{"", ".id"} {
			b, err := os.ReadFile(from + ending)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path+ending, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	s, err := store.Create(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for v := range 7 {
		for doc := range 6 {
			text := "# Terms\n\n"
			for c := range 12 {
				text += fmt.Sprintf("## %d. Part\n\nPart %d of service %d: we keep data for %d days and you may ask us.\n\n",
					c, c, doc, 30+c+v*((c+doc)%3))
			}
			recordText(t, s, fmt.Sprint("Mull ", doc), text, v)
		}
	}
	return path
}

// TestLostRowsOfChangesAreMadeAgainWithTheirNumbers destroys rows of changes, clauses and
// documents, and holds what salvaging makes of them against what was there.
func TestLostRowsOfChangesAreMadeAgainWithTheirNumbers(t *testing.T) {
	t.Parallel()
	path := salvageSource(t)
	before := valuesOf(t, path)
	r := rand.New(rand.NewPCG(19, 4))
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	share := 4
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_SALVAGE_SHARE")); err == nil {
		share = n
	}
	hit := map[string]int{}
	err = db.Update(t.Context(), func(tx *kv.Tx) error {
		for _, bucket := range [][]byte{kv.BucketRow, kv.BucketChange, kv.BucketDocument, kv.BucketBlobSum, kv.BucketStringID} {
			for _, p := range kv.Pairs(tx.Bucket(bucket), 0) {
				if r.IntN(share) != 0 {
					continue
				}
				hit[string(bucket)]++
				v := bytes.Clone(p.Value)
				v[len(v)-1] ^= 1
				if err := tx.Bucket(bucket).Put(bytes.Clone(p.Key), v); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := db.Compact(t.Context()); err != nil { // so that no older copy of them is left
		t.Fatal(err)
	}
	a := &App{Path: path, Actor: "ada"}
	done, err := a.Salvage(t.Context(), SalvageRequest{From: path})
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Missing) > 0 {
		t.Errorf("missing: %d: %v", len(done.Missing), done.Missing[:min(5, len(done.Missing))])
	}
	after := valuesOf(t, done.Path)
	differ := map[string]int{}
	for _, bucket := range []string{"row", "change", "version", "blob", "blobsha", "wordid", "docname", "origin", "event", "record"} {
		for k, v := range before[bucket] {
			if after[bucket][k] != v {
				differ[bucket]++
			}
		}
	}
	t.Logf("hit %v; made again %+v; differ %v", hit, done.Rebuilt, differ)
	if done.Rebuilt.Rows < hit["row"] || done.Rebuilt.Documents < hit["document"] || done.Rebuilt.New > 0 {
		t.Errorf("made again: %+v of %v", done.Rebuilt, hit)
	}
	delete(differ, "row") // its alternation and the like are what they are now
	if len(differ) > 0 {
		t.Errorf("other than before: %v", differ)
	}
	s, err := store.Open(done.Path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("the check: %v %v", report.Problems, err)
	}
}

func valuesOf(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	err = db.View(t.Context(), func(tx *kv.Tx) error {
		for _, b := range kv.Buckets(tx.Tx) {
			all[string(b)] = map[string]string{}
			c := tx.Bucket(b).Cursor()
			for k, v := c.First(); k != nil; k, v = c.Next() {
				all[string(b)][string(k)] = string(v)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// recordText records a version of a document that was captured on a day of its number.
func recordText(t *testing.T, s *store.Store, platform, text string, day int) {
	t.Helper()
	_, err := s.Record(t.Context(), []model.Capture{{Platform: platform, Type: "Terms of Service", Text: text,
		CapturedAt: time.Date(2025, 1, 1+10*day, 0, 0, 0, 0, time.UTC), Extractor: "test",
		Origin: model.Provenance{Method: model.MethodFile}}})
	if err != nil {
		t.Fatal(err)
	}
}

// TestImportGoesOnWithALostVersion has a version lost with a damaged file and imports the
// archive it came from once more: what was imported is known still, and what is new comes in.
func TestImportGoesOnWithALostVersion(t *testing.T) {
	a, repo := newApp(t), history(t, 25)
	if _, err := a.ImportOTA(t.Context(), OTARequest{Repo: repo}); err != nil {
		t.Fatal(err)
	}
	origins := valuesOf(t, a.Path)["origin"]
	db, err := kv.Open(a.Path, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), func(tx *kv.Tx) error {
		lost := kv.PairKey(1, 3)
		v := bytes.Clone(tx.Bucket(kv.BucketVersion).Get(lost))
		v[len(v)-1] ^= 1
		return tx.Bucket(kv.BucketVersion).Put(lost, v)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	salvaged := filepath.Join(t.TempDir(), "salvaged.db")
	done, err := a.Salvage(t.Context(), SalvageRequest{From: a.Path, To: salvaged})
	if err != nil || len(done.Lost) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if got := valuesOf(t, salvaged)["origin"]; !maps.Equal(got, origins) {
		t.Errorf("what says what was imported: %d of %d", len(got), len(origins))
	}
	if err := os.Rename(salvaged, a.Path); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(a.Path + ".head")
	for _, ending := range []string{".head", ".pages"} {
		_ = os.Rename(salvaged+ending, a.Path+ending)
	}
	again, err := a.ImportOTA(t.Context(), OTARequest{Repo: repo})
	if err != nil || again.New() != 0 || again.Known != 25 {
		t.Errorf("imported again: %+v, %v", again, err)
	}
	if again, err = a.ImportOTA(t.Context(), OTARequest{Repo: history(t, 3)}); err != nil {
		t.Errorf("another archive: %+v, %v", again, err)
	}
}
