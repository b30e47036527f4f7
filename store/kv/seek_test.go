package kv_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/kv/pagefile"
)

// TestSeekBehindGoesRoundForEverOnNoDamagedPage: with a leaf page in the place of two others, each sound by
// itself, a bucket is gone through to an end, in ascending numbers; and no number is left out of a
// sound one.
func TestSeekBehindGoesRoundForEverOnNoDamagedPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, PageSize: 4096})
	if err != nil {
		t.Fatal(err)
	}
	name, numbers := []byte("b"), uint64(200)
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(name)
		for n := range 2 * numbers {
			if err == nil {
				err = b.Put(kv.PairKey(1+n/2, int(n%2)), bytes.Repeat([]byte{1}, 100))
			}
		}
		return err
	})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := pagefile.New(bytes.NewReader(sound), int64(len(sound)))
	m, _ := f.Newest()
	var leaves []uint64
	_, err = f.Walk(t.Context(), m, pagefile.Visitor{
		Page: func(b *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
			if b != nil && p.Kind == pagefile.Leaf {
				leaves = append(leaves, p.ID)
			}
			return nil
		}})
	if err != nil || len(leaves) < 4 {
		t.Fatal(leaves, err)
	}
	through := func(raw []byte) (found []uint64) {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		err = db.View(func(tx *bolt.Tx) error {
			c := tx.Bucket(name).Cursor()
			for k, _ := c.First(); k != nil && len(found) < 1000; k, _ = kv.SeekBehind(c, kv.KeyNumber(k)) {
				found = append(found, kv.KeyNumber(k))
			}
			if k, _ := kv.SeekBehind(c, math.MaxUint64); k != nil {
				t.Error("there is a key behind all")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := through(sound); uint64(len(found)) != numbers {
		t.Errorf("%d numbers of %d", len(found), numbers)
	}
	for _, x := range leaves {
		for i, y := range leaves[1:] {
			raw := slices.Clone(sound)
			for _, place := range []uint64{leaves[i], y} {
				copy(raw[place*4096:], sound[x*4096:(x+1)*4096])
				binary.NativeEndian.PutUint64(raw[place*4096:], place)
			}
			if found := through(raw); len(found) > int(numbers) || !slices.IsSorted(found) {
				t.Errorf("page %d in the place of %d and %d: %d numbers are gone through", x, leaves[i], y, len(found))
			}
		}
	}
}
