package blob_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
)

func newDB(t testing.TB) *kv.DB {
	t.Helper()
	db, err := kv.Create(t.TempDir()+"/b.db", kv.Options{NoSync: true}, func(*kv.Tx, string) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// stored puts a chain of contents into a database.
func stored(t *testing.T, contents []string) *kv.DB {
	t.Helper()
	db := newDB(t)
	err := db.Update(t.Context(), func(tx *kv.Tx) error {
		var chain blob.ChainEnd
		var row blob.ChainRow
		for i, content := range contents {
			sum := kv.SumOf([]byte(content))
			plan := chain.Next(content, sum, blob.Number(tx, sum) != 0)
			n, err := blob.Put(tx, plan)
			if err != nil {
				return err
			}
			row.MoveOn(plan, n)
			if i%17 != 16 {
				continue
			}
			loaded, err := blob.LoadChainEnd(blob.NewReader(tx), row)
			if err != nil {
				return err
			}
			if loaded.Size(kv.Sum{}) != chain.Size(kv.Sum{}) {
				t.Errorf("after %d contents the chain's end is loaded with %d bytes, was left with %d", i+1,
					loaded.Size(kv.Sum{}), chain.Size(kv.Sum{}))
			}
			chain = loaded
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func versions(n int) []string {
	var list []string
	for i := range n {
		list = append(list, strings.Repeat("The same long paragraph stands in every version of it. ",
			30)+fmt.Sprintf("Edition %d.", i))
	}
	return list
}

func TestReaderReadsWhatReadReads(t *testing.T) {
	contents := versions(120)
	err := stored(t, contents).View(t.Context(), func(tx *kv.Tx) error {
		r := blob.NewReader(tx)
		for i, want := range contents {
			n := blob.Number(tx, kv.SumOf([]byte(want)))
			plain, err := blob.Read(tx, n)
			if err != nil || string(plain) != want {
				t.Errorf("content %d: %d bytes, %v", i, len(plain), err)
			}
			read, err := r.Read(n)
			if err != nil || !bytes.Equal(read, plain) {
				t.Errorf("the reader's content %d: %d bytes, %v", i, len(read), err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestForgedBlobsAreDamage writes values with sound checksums that can't be.
func TestForgedBlobsAreDamage(t *testing.T) {
	db := stored(t, versions(3))
	undo := errors.New("not to be kept")
	for name, forge := range map[string]func(b *blob.Value){
		"builds on itself":    func(b *blob.Value) { b.Base = 3 },
		"builds on a missing": func(b *blob.Value) { b.Base = 77 },
		"of another depth":    func(b *blob.Value) { b.Depth = 7 },
		"too deep":            func(b *blob.Value) { b.Depth = 200 },
		"whole with a base":   func(b *blob.Value) { b.Depth = 0 },
		"of another content":  func(b *blob.Value) { b.Sum = make([]byte, 32) },
	} {
		err := db.Update(t.Context(), func(tx *kv.Tx) error {
			b, err := blob.Get(tx, 3)
			if err != nil {
				return err
			}
			forge(&b)
			if err := tx.Bucket(kv.BucketBlob).Put(kv.Key(3), b.Encode(3)); err != nil {
				return err
			}
			if _, err := blob.Read(tx, 3); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := blob.NewReader(tx).Read(3); !errors.Is(err, model.ErrDamaged) && !strings.HasPrefix(name,
				"of another") {
				t.Errorf("%s, by a reader: %v", name, err)
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
	}
}

func TestParseRefusesWhatIsNoBlob(t *testing.T) {
	huge := binary.AppendUvarint(append(make([]byte, 36), 0, 0), 1<<40)
	for _, v := range [][]byte{nil, make([]byte, 36), make([]byte, 60), huge} {
		if _, err := blob.Parse(1, v); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("%d bytes: %v", len(v), err)
		}
	}
	if _, err := blob.Decompress([]byte("no frame")); err == nil {
		t.Error("text is decompressed")
	}
}

func ExampleCompress() {
	packed := blob.Compress(bytes.Repeat([]byte("again "), 100))
	whole, err := blob.Decompress(packed)
	fmt.Println(len(packed) < 50, len(whole), err)
	// Output: true 600 <nil>
}
