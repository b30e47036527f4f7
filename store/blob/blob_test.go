package blob_test

import (
	"bytes"
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// edits makes n texts of a document that is amended little by little, replaced
// now and then, goes back, and is empty at times.
func edits(n int) []string {
	rng := rand.New(rand.NewSource(5))
	words := make([]string, 2500)
	fresh := func() {
		for i := range words {
			words[i] = fmt.Sprintf("w%x", rng.Int31())
		}
	}
	fresh()
	var texts []string
	for i := range n {
		for range 1 + rng.Intn(4) {
			words[rng.Intn(len(words))] = fmt.Sprintf("amended%d", i)
		}
		text := strings.Join(words, " ")
		switch {
		case i%150 == 149:
			fresh()
		case i%130 == 129:
			text = "Please sign in to read this."
		case i%23 == 22:
			text = ""
		case i%10 == 9:
			text = texts[len(texts)-2]
		}
		texts = append(texts, text)
	}
	return texts
}

type blobDump struct {
	whole, delta, deepest int
	values                []string
}

func dumpBlobs(t *testing.T, s *store.Store) blobDump {
	t.Helper()
	var d blobDump
	err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		return tx.Bucket(kv.BucketBlob).ForEach(func(k, v []byte) error {
			d.values = append(d.values, string(k)+string(v))
			b, err := blob.Parse(kv.KeyNumber(k), v)
			if err != nil {
				return err
			}
			if b.Depth == 0 {
				d.whole++
			} else {
				d.delta++
			}
			steps := 0
			for at := b; at.Base != 0; steps++ {
				if at, err = blob.Get(tx, at.Base); err != nil {
					return err
				}
			}
			if steps != b.Depth {
				t.Errorf("blob %d says depth %d, and is %d deep", kv.KeyNumber(k), b.Depth, steps)
			}
			d.deepest = max(d.deepest, steps)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSameTextsMakeTheSameBlobsInAnyBatches: whatever the batches, the same texts make the same blobs, none
// deeper than the limit, few of them whole.
func TestSameTextsMakeTheSameBlobsInAnyBatches(t *testing.T) {
	texts := edits(600)
	var first blobDump
	for _, size := range []int{600, 1, 7, 64} {
		s := storetest.New(t, 0)
		for at := 0; at < len(texts); at += size {
			var batch []model.Capture
			for i, text := range texts[at:min(len(texts), at+size)] {
				c := storetest.Capture("Terms", text, at+i)
				c.Technical = true // their words don't matter here
				batch = append(batch, c)
			}
			if _, err := s.Record(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
			if at%5 == 0 {
				s = storetest.Reopen(t, s)
			}
		}
		d := dumpBlobs(t, s)
		if d.deepest > blob.ChainLimit || d.deepest < blob.ChainLimit*3/4 || d.whole > 8 || d.delta < 300 {
			t.Errorf("batches of %d: %d whole, %d differences, %d at most in a row", size, d.whole, d.delta, d.deepest)
		}
		if first.values == nil {
			first = d
		}
		if strings.Join(d.values, "") != strings.Join(first.values, "") {
			t.Errorf("batches of %d make other blobs", size)
		}
		for i, want := range texts {
			if got, err := s.Text(t.Context(), "FP-D-00001", i+1); err != nil || got != want {
				t.Fatalf("version %d: %d bytes of %d, %v", i+1, len(got), len(want), err)
			}
		}
	}
}

// TestFlippedByteOfABlobIsDamage flips a bit in every byte of the values that reading a
// version goes through.
func TestFlippedByteOfABlobIsDamage(t *testing.T) {
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		text := strings.Repeat("It says the same in every version of it. ", 20) + storetest.Page(i)
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", text, i)}); err != nil {
			t.Fatal(err)
		}
	}
	rng := rand.New(rand.NewSource(4))
	flipped := 0
	for _, at := range []struct{ bucket, key []byte }{{kv.BucketBlob, kv.Key(1)}, {kv.BucketBlob, kv.Key(3)},
		{kv.BucketBlob, kv.Key(6)}, {kv.BucketVersion, kv.PairKey(1, 6)}} {
		var sound []byte
		if err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
			sound = bytes.Clone(tx.Bucket(at.bucket).Get(at.key))
			return nil
		}); err != nil || len(sound) < 40 {
			t.Fatalf("%s %x: %d bytes, %v", at.bucket, at.key, len(sound), err)
		}
		for i := range sound {
			err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
				broken := bytes.Clone(sound)
				broken[i] ^= 1 << rng.Intn(8)
				if err := tx.Bucket(at.bucket).Put(at.key, broken); err != nil {
					return err
				}
				v, err := rows.GetVersion(tx, 1, 6)
				if err == nil {
					_, err = rows.Text(tx, v)
				}
				if !errors.Is(err, model.ErrDamaged) {
					t.Errorf("byte %d of %s %x: %v", i, at.bucket, at.key, err)
				}
				flipped++
				return errRollback
			})
			if !errors.Is(err, errRollback) {
				t.Fatal(err)
			}
		}
	}
	if flipped < 300 {
		t.Errorf("only %d bytes were flipped", flipped)
	}
	storetest.RequireConsistent(t, s)
}

var errRollback = errors.New("not to be kept")

// TestBlobThatBuildsOnItselfIsDamage: a blob that builds on itself is damage, no endless loop.
func TestBlobThatBuildsOnItselfIsDamage(t *testing.T) {
	s := storetest.New(t, 2)
	err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
		b, err := blob.Get(tx, 2)
		if err != nil {
			return err
		}
		b.Base = 2
		if err := tx.Bucket(kv.BucketBlob).Put(kv.Key(2), b.Encode(2)); err != nil {
			return err
		}
		if _, err := blob.Read(tx, 2); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("read: %v", err)
		}
		return errRollback
	})
	if !errors.Is(err, errRollback) {
		t.Fatal(err)
	}
}
