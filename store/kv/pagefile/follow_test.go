package pagefile_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/pagefile"
)

const smallPage = 1024

// versions makes a bbolt file of deep trees and returns it as it was after each transaction.
func versions(t testing.TB) [][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "v.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, PageSize: smallPage})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	var list [][]byte
	for range 12 {
		err := db.Update(func(tx *bolt.Tx) error {
			for _, name := range []string{"a", "b", "c", "d"} {
				b, err := tx.CreateBucketIfNotExists([]byte(name))
				if err != nil {
					return err
				}
				for range 20 {
					key := fmt.Appendf(bytes.Repeat([]byte{'k'}, 120), "%03d", r.IntN(400))
					if err := b.Put(key, bytes.Repeat([]byte{'v'}, r.IntN(90))); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, raw)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return list
}

// misplace does to pages what a disk does that loses writes and writes to wrong places, where each page is a
// sound one of its own number, and flips bits.
func misplace(list [][]byte, r *rand.Rand) (raw []byte, what string) {
	raw = slices.Clone(list[len(list)-1])
	f := pagefile.New(bytes.NewReader(raw), int64(len(raw)))
	m, _ := f.Newest()
	page := func(b []byte, n uint64) []byte { return b[n*smallPage : (n+1)*smallPage] }
	any := func() uint64 { return 2 + r.Uint64N(m.Pages-2) }
	set := func(n uint64, b []byte) {
		copy(page(raw, n), b)
		binary.NativeEndian.PutUint64(page(raw, n), n)
	}
	for range 1 + r.IntN(6) {
		n, other := any(), any()
		switch r.IntN(5) {
		case 4:
			bit := r.IntN(64 * 8)
			what += fmt.Sprintf("bit %d of page %d; ", bit, n)
			page(raw, n)[bit/8] ^= 1 << (bit % 8)
		case 0, 1:
			was := list[r.IntN(len(list))]
			if len(was) >= int(n+1)*smallPage && binary.NativeEndian.Uint64(page(was, n)) == n {
				what += fmt.Sprintf("page %d of before; ", n)
				copy(page(raw, n), page(was, n))
			}
		case 2:
			what += fmt.Sprintf("page %d over %d; ", other, n)
			set(n, page(raw, other))
		case 3:
			what += fmt.Sprintf("pages %d and %d swapped; ", other, n)
			was := slices.Clone(page(raw, n))
			set(n, page(raw, other))
			set(other, was)
		}
	}
	return raw, what
}

// readByBbolt reads a file in all directions and returns how many values it came to; a fault is an end.
func readByBbolt(t *testing.T, path string) (n int) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return 0
	}
	defer func() { _ = db.Close() }()
	attempt := func(tx *bolt.Tx, do func(b *bolt.Bucket)) {
		for _, name := range []string{"a", "b", "c", "d"} {
			func() {
				defer func() { _ = recover() }()
				if b := tx.Bucket([]byte(name)); b != nil {
					do(b)
				}
			}()
		}
	}
	err = db.View(func(tx *bolt.Tx) error {
		attempt(tx, func(b *bolt.Bucket) {
			c := b.Cursor()
			for k, _ := c.First(); k != nil; k, _ = c.Next() {
				n++
			}
		})
		attempt(tx, func(b *bolt.Bucket) {
			c := b.Cursor()
			for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
				n++
			}
		})
		for i := range 400 {
			key := fmt.Appendf(bytes.Repeat([]byte{'k'}, 120), "%03d", i)
			attempt(tx, func(b *bolt.Bucket) {
				c := b.Cursor()
				c.Seek(key)
				c.Next()
				n++
			})
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return n
}

// TestReadingEndsWhereItIsSaidTo: whatever pages of before, copies and swapped pages a file has,
// bbolt finds an end in it, or it is said that it finds none; and most of such files are readable.
func TestReadingEndsWhereItIsSaidTo(t *testing.T) {
	list := versions(t)
	rounds := 300
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_PAGES_ROUNDS")); err == nil {
		rounds = n
	}
	endless := 0
	path := filepath.Join(t.TempDir(), "d.db")
	for seed := range rounds {
		raw, what := misplace(list, rand.New(rand.NewPCG(uint64(seed), 7)))
		f := pagefile.New(bytes.NewReader(raw), int64(len(raw)))
		m, _ := f.Newest()
		p, err := f.Endless(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		if p != nil {
			endless++
			if problems, _, err := f.Check(t.Context(), 1); err != nil || len(problems) == 0 {
				t.Errorf("seed %d: %s: %v, but the walk finds nothing wrong", seed, what, p)
			}
			continue
		}
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		ended := make(chan int, 1)
		go func() { ended <- readByBbolt(t, path) }()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Fatalf("seed %d: %s: bbolt finds no end", seed, what)
		}
	}
	t.Logf("%d of %d have no end", endless, rounds)
	if endless == 0 || endless > rounds/2 {
		t.Errorf("%d of %d files are said to have no end", endless, rounds)
	}
}
