package storetest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store"
)

// Golden opens a copy of a golden database, packed as it is in store/testdata.
func Golden(t testing.TB, packed string) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "golden.db")
	if err := os.WriteFile(path, unpack(t, packed), 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// Pack writes a copy of a store's database as a golden one is packed, and returns its
// file name.
func Pack(t testing.TB, s *store.Store) (packed string) {
	t.Helper()
	content, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	packed = filepath.Join(t.TempDir(), "packed.db.gz")
	if err := os.WriteFile(packed, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return packed
}

func unpack(t testing.TB, packed string) []byte {
	t.Helper()
	f, err := os.Open(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path, store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Damage is one value that was damaged, and how.
type Damage struct {
	Bucket, How string
	Key         []byte
}

// String names the damage in a test's message.
func (d Damage) String() string { return fmt.Sprintf("%s %x %s", d.Bucket, d.Key, d.How) }

// EachDamage calls f with copies of a golden database of which one value is
// flipped in a bit, cut or deleted: of each bucket but meta, the first values, the
// last and some between.
func EachDamage(t *testing.T, packed string, perBucket int, f func(s *store.Store, d Damage)) {
	t.Helper()
	sound := unpack(t, packed)
	path := filepath.Join(t.TempDir(), "damaged.db")
	var all []Damage
	run(t, path, sound, func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			n, at := b.Stats().KeyN, 0
			return b.ForEach(func(k, _ []byte) error {
				if at++; string(name) != "meta" && (n <= perBucket || at == n || (at-1)%max(1, n/perBucket) == 0) {
					for _, how := range []string{"flipped", "cut", "deleted"} {
						all = append(all, Damage{string(name), how, bytes.Clone(k)})
					}
				}
				return nil
			})
		})
	})
	for i, d := range all {
		run(t, path, sound, func(tx *bolt.Tx) error { return d.apply(tx, i) })
		f(open(t, path), d)
	}
}

func (d Damage) apply(tx *bolt.Tx, i int) error {
	b := tx.Bucket([]byte(d.Bucket))
	v := bytes.Clone(b.Get(d.Key))
	switch d.How {
	case "flipped":
		v[i%len(v)] ^= 1 << (i % 8)
	case "cut":
		v = v[:len(v)/2]
	default:
		return b.Delete(d.Key)
	}
	return b.Put(d.Key, v)
}

// run writes a file again and changes it.
func run(t *testing.T, path string, content []byte, f func(tx *bolt.Tx) error) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(path + ".head") // of what was done to the one before
	_ = os.Remove(path + ".pages")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
