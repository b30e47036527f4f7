package pagefile_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/pagefile"
)

// sample makes a bbolt file with small and large values, buckets within buckets, inline ones, and
// pages that were used and are free; it returns its bytes and what is in it.
func sample(t testing.TB, n int) ([]byte, []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, PageSize: 4096})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	update := func(f func(tx *bolt.Tx) error) {
		if err := db.Update(f); err != nil {
			t.Fatal(err)
		}
	}
	for step := range 4 {
		update(func(tx *bolt.Tx) error {
			for _, name := range []string{"many", "large", "small"} {
				b, err := tx.CreateBucketIfNotExists([]byte(name))
				if err != nil {
					return err
				}
				count, size := map[string]int{"many": n, "large": n / 40, "small": 2}[name],
					map[string]int{"many": 60, "large": 9000, "small": 10}[name]
				for range count {
					v := bytes.Repeat([]byte{byte(r.Uint32())}, r.IntN(size))
					if err := b.Put(binary.BigEndian.AppendUint32(nil, r.Uint32N(uint32(4*n))), v); err != nil {
						return err
					}
				}
				if err := b.SetSequence(uint64(step)); err != nil {
					return err
				}
			}
			_, err := tx.Bucket([]byte("small")).CreateBucketIfNotExists([]byte("within"))
			if err == nil {
				err = tx.Bucket([]byte("small")).Bucket([]byte("within")).Put([]byte("k"), []byte("v"))
			}
			return err
		})
	}
	var all []string
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error { return listed(&all, string(name), b) })
	})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := pagefile.New(bytes.NewReader(raw), int64(len(raw)))
	if m, ok := f.Newest(); ok { // bbolt makes files larger than they need be
		raw = raw[:m.Pages*4096]
	}
	return raw, all
}

func listed(all *[]string, name string, b *bolt.Bucket) error {
	return b.ForEach(func(k, v []byte) error {
		if within := b.Bucket(k); within != nil {
			return listed(all, name+"/"+string(k), within)
		}
		*all = append(*all, fmt.Sprintf("%s %x %x", name, k, v))
		return nil
	})
}

// counted counts what is read of a file.
type counted struct {
	r    io.ReaderAt
	read int64
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.r.ReadAt(b, at)
	c.read += int64(n)
	return n, err
}

// everything reads a file in all ways and returns what a walk found; nothing may take more than a
// few times the file's size.
func everything(t testing.TB, raw []byte) (values []string, problems []pagefile.Problem, lost []uint64) {
	c := &counted{r: bytes.NewReader(raw)}
	f := pagefile.New(c, int64(len(raw)))
	seen := 0
	for _, m := range f.Metas() {
		values, problems = nil, nil
		reached, err := f.Walk(context.Background(), m, pagefile.Visitor{
			Value: func(b *pagefile.Bucket, _ uint64, k, v []byte) error {
				seen += len(k) + len(v)
				if newest, ok := f.Newest(); ok && newest.Page == m.Page {
					values = append(values, fmt.Sprintf("%s %x %x", b, k, v))
				}
				return nil
			}, Problem: func(p pagefile.Problem) { problems = append(problems, p) }})
		if err != nil {
			t.Fatal(err)
		}
		more, others := f.Unused(m, reached)
		problems, lost = append(problems, more...), others
		err = f.Scan(context.Background(), reached, func(_ pagefile.Page, list []pagefile.Element) error {
			for _, e := range list {
				seen += len(e.Key) + len(e.Value)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if newest, ok := f.Newest(); ok && newest.Page == m.Page {
			break
		}
	}
	for _, p := range problems {
		_ = p.Error()
	}
	if most := 64*len(raw) + 1<<20; c.read > int64(most) || seen > most {
		t.Errorf("%d bytes were read and %d handed on, of a file of %d", c.read, seen, len(raw))
	}
	return values, problems, lost
}

func TestReadsWhatBboltReads(t *testing.T) {
	raw, want := sample(t, 3000)
	got, problems, lost := everything(t, raw)
	if len(problems) > 0 || len(lost) > 0 {
		t.Errorf("problems in a sound file: %v, lost %v", problems, lost)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d values, want %d", len(got), len(want))
	}
}

// TestBrokenPagesCostOnlyThemselves: a page that is zeroed is named, and no more than what was on
// it, or below it, is missing.
func TestBrokenPagesCostOnlyThemselves(t *testing.T) {
	raw, want := sample(t, 3000)
	f := pagefile.New(bytes.NewReader(raw), int64(len(raw)))
	m, _ := f.Newest()
	var leaves []uint64
	_, err := f.Walk(t.Context(), m, pagefile.Visitor{
		Page: func(_ *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
			if p.Kind == pagefile.Leaf && p.ID != m.Root {
				leaves = append(leaves, p.ID)
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(leaves); i += 5 {
		id := leaves[i]
		damaged := slices.Clone(raw)
		clear(damaged[id*4096 : id*4096+16])
		got, problems, _ := everything(t, damaged)
		if len(problems) == 0 || problems[0].Page != id || problems[0].Bucket == "" {
			t.Errorf("page %d is broken: %v", id, problems)
		}
		if len(got) >= len(want) || len(want)-len(got) > 250 {
			t.Errorf("page %d is broken: %d values of %d", id, len(got), len(want))
		}
	}
}

// TestFreeListIsCompared: a page that is used and free at once is damage, one that is neither is not.
func TestFreeListIsCompared(t *testing.T) {
	raw, _ := sample(t, 3000)
	f := pagefile.New(bytes.NewReader(raw), int64(len(raw)))
	m, _ := f.Newest()
	free, list, err := f.Free(m)
	if err != nil || len(free) < 3 {
		t.Fatalf("%d free pages: %v", len(free), err)
	}
	at := list.ID*4096 + 16
	damaged := slices.Clone(raw)
	free[0] = m.Root
	slices.Sort(free)
	for i, n := range free {
		binary.NativeEndian.PutUint64(damaged[at+uint64(8*i):], n)
	}
	_, problems, lost := everything(t, damaged)
	if len(problems) != 1 || problems[0].Page != m.Root || len(lost) != 1 {
		t.Errorf("the root is listed as free: %v, lost %v", problems, lost)
	}
	damaged = slices.Clone(raw)
	binary.NativeEndian.PutUint16(damaged[list.ID*4096+10:], uint16(len(free)-2))
	if _, problems, lost := everything(t, damaged); len(problems) != 0 || len(lost) != 2 {
		t.Errorf("two pages are not listed as free: %v, lost %v", problems, lost)
	}
}

// TestDamageNeverStopsReading: bits flipped, in headers above all, pages zeroed, copied and cut off.
func TestDamageNeverStopsReading(t *testing.T) {
	raw, _ := sample(t, 400)
	r := rand.New(rand.NewPCG(3, 4))
	rounds := 400
	if os.Getenv("FINEPRINT_PAGES_LONG") != "" {
		rounds = 40_000
	}
	for range rounds {
		damaged := slices.Clone(raw)
		for range 1 + r.IntN(8) {
			at := r.IntN(len(damaged)/4096) * 4096
			switch r.IntN(6) {
			case 0:
				damaged[r.IntN(len(damaged))] ^= 1 << r.IntN(8)
			case 1, 2:
				damaged[at+r.IntN(64)] ^= 1 << r.IntN(8)
			case 3:
				clear(damaged[at : at+4096])
			case 4:
				copy(damaged[at:at+4096], damaged[r.IntN(len(damaged)/4096)*4096:])
			case 5:
				binary.NativeEndian.PutUint32(damaged[at+12:], r.Uint32N(uint32(len(damaged)/2048)))
			}
		}
		if r.IntN(8) == 0 {
			damaged = damaged[:r.IntN(len(damaged))]
		}
		everything(t, damaged)
	}
}

func FuzzAnyBytes(f *testing.F) {
	raw, _ := sample(f, 40)
	f.Add(raw)
	f.Add(raw[:9000])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) { everything(t, raw) })
}
