package pagesum_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/pagefile"
	"fineprint/store/kv/pagesum"
)

func isID(_, key []byte) bool { return string(key) == "id" }

func opened(t *testing.T, raw []byte) (*pagefile.File, pagefile.Meta) {
	t.Helper()
	f := pagefile.New(bytes.NewReader(raw), int64(len(raw)))
	m, ok := f.Newest()
	if !ok {
		t.Fatal("no valid meta page")
	}
	return f, m
}

// commits returns a file after each of some transactions that put and delete.
func commits(t *testing.T) [][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "c.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	var list [][]byte
	for range 8 {
		err := db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte("b"))
			for range 300 {
				key := binary.BigEndian.AppendUint32(nil, r.Uint32N(2000))
				if r.IntN(4) == 0 && err == nil {
					err = b.Delete(key)
				} else if err == nil {
					err = b.Put(key, bytes.Repeat([]byte{byte(r.Uint32())}, r.IntN(300)))
				}
			}
			if err == nil {
				err = b.Put([]byte("id"), []byte("0123456789abcdef0123456789abcdef"))
			}
			if err == nil {
				err = b.Put([]byte("large"), bytes.Repeat([]byte{byte(r.Uint32())}, 20_000+r.IntN(20_000)))
			}
			return err
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

// TestSumsFollowCommits: sums that went on with each commit are those that making them anew
// gives, and are read as they were written.
func TestSumsFollowCommits(t *testing.T) {
	list := commits(t)
	f, m := opened(t, list[0])
	s, problems, _, err := pagesum.Build(t.Context(), f, m, 1, isID)
	if err != nil || s == nil {
		t.Fatal(problems, err)
	}
	path := filepath.Join(t.TempDir(), "d.db")
	for i, raw := range list[1:] {
		f, m := opened(t, raw)
		if err := s.Advance(t.Context(), f, m); err != nil {
			t.Fatalf("commit %d: %v", i, err)
		}
		anew, problems, _, err := pagesum.Build(t.Context(), f, m, 1, isID)
		if err != nil || anew == nil || !s.Equal(anew) {
			t.Errorf("commit %d: the sums are others than those made anew (%v, %v)", i, problems, err)
		}
		if err := s.Write(path); err != nil {
			t.Fatal(err)
		}
		if read := pagesum.Read(path); read == nil || !read.Equal(s) || !read.Of(m) {
			t.Errorf("commit %d: the sums are read as others", i)
		}
	}
}

// TestEveryPageThatCountsIsCompared: one bit of each is noticed, of others none is.
func TestEveryPageThatCountsIsCompared(t *testing.T) {
	list := commits(t)
	raw := list[len(list)-1]
	f, m := opened(t, raw)
	s, _, _, err := pagesum.Build(t.Context(), f, m, 1, isID)
	if err != nil || s == nil {
		t.Fatal(err)
	}
	reached, err := f.Walk(t.Context(), m, pagefile.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	_, free, err := f.Free(m)
	if err != nil {
		t.Fatal(err)
	}
	for n := uint64(2); n < m.Pages; n++ {
		damaged := slices.Clone(raw)
		damaged[int(n)*f.PageSize()+int(n*37)%f.PageSize()] ^= 4
		wrong, err := s.Compare(t.Context(), bytes.NewReader(damaged))
		counts := reached.Has(n) || n >= free.ID && n <= free.ID+uint64(free.Overflow)
		if err != nil || counts != (len(wrong) == 1 && wrong[0] == n) || !counts && len(wrong) > 0 {
			t.Errorf("page %d, which counts (%v): %v, %v", n, counts, wrong, err)
		}
	}
	if wrong, err := s.Compare(t.Context(), bytes.NewReader(raw[:len(raw)/2])); err != nil || len(wrong) == 0 {
		t.Errorf("half of the file: %v, %v", wrong, err)
	}
}

// TestLostMetaIsTold: a file whose newest meta page is of the transaction before, although the pages
// of the newest are there, is told from a file that is only older.
func TestLostMetaIsTold(t *testing.T) {
	list := commits(t)
	last := list[len(list)-1]
	f, m := opened(t, last)
	s, _, _, err := pagesum.Build(t.Context(), f, m, 1, isID)
	if err != nil || s == nil {
		t.Fatal(err)
	}
	lost := slices.Clone(last)
	clear(lost[int(m.Page)*f.PageSize() : int(m.Page+1)*f.PageSize()])
	if f, fallen := opened(t, lost); fallen.TxID >= m.TxID || !s.LostMeta(f) {
		t.Error("that the newest meta page is lost is not told")
	}
	if f, _ := opened(t, list[len(list)-2]); s.LostMeta(f) {
		t.Error("a file of before is taken for one that lost its meta page")
	}
}

// TestListOfFreePagesIsCompared: no sums are made of a file in which a page is used and free.
func TestListOfFreePagesIsCompared(t *testing.T) {
	list := commits(t)
	raw := slices.Clone(list[len(list)-1])
	f, m := opened(t, raw)
	free, page, err := f.Free(m)
	if err != nil || len(free) == 0 {
		t.Fatalf("%d free pages: %v", len(free), err)
	}
	free[len(free)-1] = m.Root
	slices.Sort(free)
	for i, n := range free {
		binary.NativeEndian.PutUint64(raw[int(page.ID)*f.PageSize()+16+8*i:], n)
	}
	f, m = opened(t, raw)
	if s, problems, _, err := pagesum.Build(t.Context(), f, m, 5, isID); err != nil || s != nil || len(problems) == 0 {
		t.Errorf("the root is listed as free: %v, %v", problems, err)
	}
}
