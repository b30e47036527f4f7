package salvage

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"fineprint/store/kv"
)

// fixture is a database with something of everything.
func fixture(t testing.TB) []byte {
	t.Helper()
	if path := os.Getenv("FINEPRINT_SALVAGE_DB"); path != "" {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	f, err := os.Open("../../testdata/schema-6.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stored is a value of an undamaged database, with where its element, key and value lie.
type stored struct {
	bucket, key string
	value       []byte
	spots       [][2]int64
}

// lay finds where everything lies in an undamaged database.
func lay(t testing.TB, db []byte) (list []stored) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole.db")
	if err := os.WriteFile(path, db, 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	p, metas, err := openPages(in)
	if err != nil || len(metas) != 2 {
		t.Fatal(err, metas)
	}
	f, err := collect(context.Background(), p, metas, nil)
	if err != nil || len(f.broken)+len(f.pagesLost) > 0 || f.free == nil {
		t.Fatal(err, f.broken, f.pagesLost)
	}
	add := func(bucket, key string, s spot) {
		if s.rank != inTree {
			return
		}
		list = append(list, stored{bucket, key, f.bytes(s), [][2]int64{{s.head, s.head + element},
			{s.at - int64(len(key)), s.at + s.size}}})
	}
	for i, name := range f.buckets {
		for key, s := range f.values[i] {
			add(name, key, s)
		}
	}
	for n, spots := range f.journal {
		add(string(kv.BucketJournal), string(kv.Key(n)), spots[0])
	}
	return list
}

// hit is what was damaged, as places of the file.
type hit [][2]int64

func (h hit) any(spots [][2]int64) bool {
	for _, s := range spots {
		for _, d := range h {
			if s[0] < d[1] && d[0] < s[1] {
				return true
			}
		}
	}
	return false
}

// damage damages a database at random in one to four places.
func damage(r *rand.Rand, db []byte) (damaged []byte, h hit, what string) {
	const page = 4096
	d := bytes.Clone(db)
	pages := int64(len(d)) / page
	overwrite := func(from, to int64, with func(i int64) byte) {
		for i := from; i < to; i++ {
			d[i] = with(i)
		}
		h = append(h, [2]int64{from, to})
	}
	noise := func(int64) byte { return byte(r.Uint32()) }
	zero := func(int64) byte { return 0 }
	for range 1 + r.IntN(4) {
		at := r.Int64N(pages) * page
		switch kind := r.IntN(9); kind {
		case 0:
			overwrite(at, at+page, zero)
		case 1:
			overwrite(at, at+page, noise)
		case 2: // a sector
			at += 512 * r.Int64N(8)
			overwrite(at, at+512, noise)
		case 3: // a page's header
			overwrite(at, at+16, noise)
		case 4: // an element's header
			at += 16 * (1 + r.Int64N(30))
			overwrite(at, at+16, noise)
		case 5: // one of the first pages: meta pages and, often, the free list
			at = r.Int64N(4) * page
			overwrite(at, at+page, noise)
		case 6: // another page in its place, with its number
			from := r.Int64N(pages) * page
			overwrite(at, at+page, func(i int64) byte { return db[from+i-at] })
			copy(d[at:at+8], db[at:at+8])
		case 7: // truncated
			cut := int64(len(d)) - r.Int64N(int64(len(d))/8)
			overwrite(cut, int64(len(d)), zero)
			d = d[:cut]
			pages = cut / page
		default: // bits
			for range 1 + r.IntN(8) {
				i := r.Int64N(int64(len(d)))
				d[i] ^= 1 << r.IntN(8)
				h = append(h, [2]int64{i, i + 1})
			}
		}
		what += fmt.Sprint(" ", h[len(h)-1])
		if pages < 8 {
			break
		}
	}
	return d, h, what
}

// TestEveryValueThatWasNotHitComesBack damages a database and holds what is salvaged
// against it, value by value. What has no seal is an index, and is made again of what is
// salvaged.
func TestEveryValueThatWasNotHitComesBack(t *testing.T) {
	t.Parallel()
	runs, seed := 40, uint64(19)
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_SALVAGE")); err == nil {
		runs = n
	}
	if n, err := strconv.ParseUint(os.Getenv("FINEPRINT_SEED"), 10, 64); err == nil {
		seed = n
	}
	db := fixture(t)
	whole := lay(t, db)
	dir := t.TempDir()
	back, hits := 0, 0
	missed := map[string]int{}
	for run := range runs {
		r := rand.New(rand.NewPCG(seed, uint64(run)))
		damaged, h, what := damage(r, db)
		path, to := filepath.Join(dir, "damaged.db"), filepath.Join(dir, "new.db")
		_ = os.Remove(to)
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		result, err := Read(t.Context(), path, to)
		if err != nil {
			t.Errorf("run %d (%s): %v", run, what, err)
			continue
		}
		got := read(t, to)
		for _, v := range whole {
			if classOf(v.bucket)&sealed == 0 {
				continue
			}
			if h.any(v.spots) {
				hits++
				continue
			}
			if !bytes.Equal(got[v.bucket+" "+v.key], v.value) && (classOf(v.bucket)&derived == 0 || !result.Again) {
				if missed[v.bucket]++; missed[v.bucket] < 4 {
					t.Errorf("run %d (%s): %s %x did not come back (is there: %v)", run, what, v.bucket, v.key,
						got[v.bucket+" "+v.key] != nil)
				}
				continue
			}
			back++
		}
	}
	t.Logf("%d runs with seed %d: %d values that were not hit came back, %d were hit; missed: %v", runs, seed, back, hits,
		slices.Sorted(maps.Keys(missed)))
}

// read reads all of a database that was salvaged.
func read(t testing.TB, path string) map[string][]byte {
	t.Helper()
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	err = db.View(t.Context(), func(tx *kv.Tx) error {
		if problems := tx.CheckPages(); len(problems) > 0 {
			t.Error(problems)
		}
		if err := kv.CheckSequences(tx); err != nil {
			t.Error(err)
		}
		for _, b := range kv.Buckets(tx.Tx) {
			c := tx.Bucket(b).Cursor()
			for k, v := c.First(); k != nil; k, v = c.Next() {
				all[string(b)+" "+string(k)] = bytes.Clone(v)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
