package salvage

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/kv/pagesum"
)

// withSums is a database with the sums of its pages, and what it was some transactions
// before.
type withSums struct {
	before, db, sums []byte
	values           map[string][]byte
}

func newWithSums(t *testing.T) withSums {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole.db")
	w := withSums{before: fixture(t)}
	if err := os.WriteFile(path, w.before, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := kv.Open(path, kv.Options{AnyHead: true})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		err := db.Update(t.Context(), func(tx *kv.Tx) error {
			for _, bucket := range [][]byte{kv.BucketTracked, kv.BucketDesk} {
				key := kv.Key(uint64(n % 3))
				if bytes.Equal(bucket, kv.BucketDesk) {
					key = []byte("ada")
				}
				if err := kv.PutSealed(tx, bucket, key, fmt.Append(nil, "value ", n)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if w.db, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	if w.sums, err = os.ReadFile(path + pagesum.Suffix); err != nil {
		t.Fatal(err)
	}
	w.values = read(t, path)
	return w
}

// salvage salvages a damaged file with the sums beside it.
func (w withSums) salvage(t *testing.T, damaged []byte) (Result, map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	path, to := filepath.Join(dir, "damaged.db"), filepath.Join(dir, "new.db")
	for name, content := range map[string][]byte{path: damaged, path + pagesum.Suffix: w.sums} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	result, err := Read(t.Context(), path, to)
	if err != nil {
		t.Fatal(err)
	}
	return result, read(t, to)
}

// differ lists the sealed values that are others than in the undamaged database.
func (w withSums) differ(got map[string][]byte) (list []string) {
	for at, v := range w.values {
		bucket, _, _ := bytes.Cut([]byte(at), []byte(" "))
		if classOf(string(bucket))&(sealed|reserved) != 0 && string(bucket) != string(kv.BucketMeta) && !bytes.Equal(got[at], v) {
			list = append(list, fmt.Sprintf("%q", at))
		}
	}
	return list
}

// TestSumsBringDamagedPagesBack damages pages in ways from which their sums alone tell what
// was written: nothing at all is lost.
func TestSumsBringDamagedPagesBack(t *testing.T) {
	t.Parallel()
	w := newWithSums(t)
	const page = 4096
	sums := decode(t, w)
	var counts []int
	for id := range len(w.db) / page {
		if sums.Sum(uint64(id)) != 0 {
			counts = append(counts, id)
		}
	}
	r := rand.New(rand.NewPCG(19, 2))
	any := func() int { return counts[r.IntN(len(counts))] * page }
	newest := int(sums.Meta.Page) * page
	for name, damage := range map[string]func(d []byte){
		"a bit": func(d []byte) { d[any()+r.IntN(page)] ^= 1 << r.IntN(8) },
		"a bit in each of ten pages": func(d []byte) {
			for _, i := range r.Perm(len(counts))[:10] {
				d[counts[i]*page+r.IntN(page)] ^= 1 << r.IntN(8)
			}
		},
		"the newest meta page": func(d []byte) { clear(d[newest : newest+page]) },
		"both meta pages":      func(d []byte) { clear(d[:2*page]) },
		"a meta page and a bit": func(d []byte) {
			d[newest+40] ^= 4
			d[any()+r.IntN(page)] ^= 1
		},
		"swapped pages": func(d []byte) {
			a, b := any(), any()
			copy(d[a:a+page], w.db[b:b+page])
			copy(d[b:b+page], w.db[a:a+page])
		},
		"the list of free pages": func(d []byte) { clear(d[int(sums.Meta.FreeList)*page:][:page]) },
	} {
		for range 8 {
			d := bytes.Clone(w.db)
			damage(d)
			result, got := w.salvage(t, d)
			if list := w.differ(got); len(list)+len(result.Lost)+len(result.Stale)+len(result.Earlier) > 0 {
				t.Errorf("%s: %d values did not come back: %v; %+v", name, len(list), list[:min(3, len(list))], result)
			}
		}
	}
}

func decode(t *testing.T, w withSums) *pagesum.Sums {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sums")
	if err := os.WriteFile(path+pagesum.Suffix, w.sums, 0o600); err != nil {
		t.Fatal(err)
	}
	return pagesum.Read(path)
}

// TestPagesOfBeforeAreTold puts pages back to what they were earlier: what came back older
// than it was is named, and what has not changed comes back.
func TestPagesOfBeforeAreTold(t *testing.T) {
	t.Parallel()
	w := newWithSums(t)
	const page = 4096
	sums := decode(t, w)
	tried := 0
	for id := uint64(2); id < uint64(len(w.db)/page); id++ {
		if sums.Sum(id) == 0 || len(w.before) < int(id+1)*page ||
			bytes.Equal(w.before[id*page:(id+1)*page], w.db[id*page:(id+1)*page]) {
			continue
		}
		tried++
		d := bytes.Clone(w.db)
		copy(d[id*page:(id+1)*page], w.before[id*page:(id+1)*page])
		result, got := w.salvage(t, d)
		told := map[string]bool{}
		for _, l := range append(result.Lost, result.Stale...) {
			told[l.Bucket] = true
		}
		for _, bucket := range result.Earlier {
			told[bucket] = true
		}
		for _, at := range w.differ(got) {
			bucket, _, _ := bytes.Cut([]byte(at[1:]), []byte(" "))
			if !told[string(bucket)] && !result.Again && result.Unread == 0 {
				t.Errorf("page %d as it was earlier: %s differs, and nothing says so: %+v", id, at, result)
			}
		}
	}
	if tried == 0 {
		t.Error("no page was another one before")
	}
	t.Logf("%d pages", tried)
}

// TestSumsOfAnotherFileAreNotBelieved salvages a file beside which are the sums of a later
// state, or of another database.
func TestSumsOfAnotherFileAreNotBelieved(t *testing.T) {
	t.Parallel()
	w := newWithSums(t)
	alone := withSums{}
	_, want := alone.salvage(t, w.before)
	_, got := w.salvage(t, w.before)
	for at, v := range want {
		if !bytes.Equal(got[at], v) {
			t.Errorf("%q is another with the sums of later", at)
		}
	}
}
