package kv_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/kv/pagefile"
	"fineprint/store/kv/pagesum"
	"fineprint/store/model"
)

// files are those of a database, by what their names end in.
type files map[string][]byte

func filesOf(t *testing.T, s *store.Store) files {
	t.Helper()
	found := files{}
	for _, end := range []string{"", ".id", ".head", pagesum.Suffix} {
		if b, err := os.ReadFile(s.Path() + end); err == nil {
			found[end] = b
		}
	}
	return found
}

// put writes files into a folder and opens the database.
func (f files) put(t *testing.T, dir string) (*store.Store, error) {
	t.Helper()
	path := filepath.Join(dir, "d.db")
	for end, b := range f {
		if err := os.WriteFile(path+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return store.Open(path, store.Options{Actor: "ada", Tool: "a tool"})
}

// victim is a database to be damaged: as it is now, and as it was one commit before.
type victim struct {
	now, before files
	size        int
	newest      pagefile.Meta
	free        []uint64
	kinds       map[string][]uint64 // pages that are in use, by what they are
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	s := written(t)
	for i := range 3 { // enough for pages above pages
		var list []model.Capture
		for j := range 40 {
			list = append(list, storetest.Capture(fmt.Sprint("Terms ", i), storetest.Page(j), 100+j))
		}
		if _, err := s.Record(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	v := &victim{before: filesOf(t, s), kinds: map[string][]uint64{}}
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000004")); err != nil {
		t.Fatal(err)
	}
	v.now = filesOf(t, s)
	f := pagefile.New(bytes.NewReader(v.now[""]), int64(len(v.now[""])))
	v.newest, _ = f.Newest()
	v.size = f.PageSize()
	add := func(kind string, p pagefile.Page) {
		for n := range uint64(p.Overflow) + 1 {
			v.kinds[kind] = append(v.kinds[kind], p.ID+n)
		}
	}
	var list pagefile.Page
	var err error
	if v.free, list, err = f.Free(v.newest); err != nil || len(v.free) == 0 {
		t.Fatalf("%d pages are free: %v", len(v.free), err)
	}
	add("free list", list)
	_, err = f.Walk(t.Context(), v.newest, pagefile.Visitor{
		Page: func(b *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
			kind := "leaf"
			switch {
			case b == nil:
				kind = "root"
			case p.Kind == pagefile.Branch:
				kind = "branch"
			}
			add(kind, p)
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"free list", "root", "branch", "leaf"} {
		if len(v.kinds[kind]) == 0 {
			t.Fatalf("the database has no %s page", kind)
		}
	}
	return v
}

func (v *victim) page(b []byte, n uint64) []byte { return b[int(n)*v.size : (int(n)+1)*v.size] }

// damages are ways to damage a file; each returns what it did, and "" where there is nothing to do.
var damages = map[string]func(v *victim, b []byte, r *rand.Rand) string{
	"flip in a header": func(v *victim, b []byte, r *rand.Rand) string {
		kind := []string{"free list", "root", "branch", "leaf"}[r.IntN(4)]
		n, bit := pick(r, v.kinds[kind]), r.IntN(32*8)
		v.page(b, n)[bit/8] ^= 1 << (bit % 8)
		return fmt.Sprintf("%s page %d, bit %d", kind, n, bit)
	},
	"flip anywhere": func(v *victim, b []byte, r *rand.Rand) string {
		kind := []string{"free list", "root", "branch", "leaf"}[r.IntN(4)]
		n, bit := pick(r, v.kinds[kind]), r.IntN(v.size*8)
		v.page(b, n)[bit/8] ^= 1 << (bit % 8)
		return fmt.Sprintf("%s page %d, bit %d", kind, n, bit)
	},
	"flip in the newest meta": func(v *victim, b []byte, r *rand.Rand) string {
		bit := r.IntN(64 * 8)
		v.page(b, v.newest.Page)[16+bit/8] ^= 1 << (bit % 8)
		return fmt.Sprintf("bit %d", bit)
	},
	"newest meta not written": func(v *victim, b []byte, _ *rand.Rand) string {
		copy(v.page(b, v.newest.Page), v.page(v.before[""], v.newest.Page))
		return "meta"
	},
	"zeroed": func(v *victim, b []byte, r *rand.Rand) string {
		n := v.any(r)
		clear(v.page(b, n))
		return fmt.Sprint("page ", n)
	},
	"swapped": func(v *victim, b []byte, r *rand.Rand) string {
		x, y := v.any(r), v.any(r)
		if x == y {
			return ""
		}
		p, q := v.page(b, x), slices.Clone(v.page(b, y))
		copy(v.page(b, y), p)
		copy(p, q)
		return fmt.Sprintf("pages %d and %d", x, y)
	},
	"copied with its number corrected": func(v *victim, b []byte, r *rand.Rand) string {
		x, y := v.any(r), v.any(r)
		p := slices.Clone(v.page(b, x))
		binary.NativeEndian.PutUint64(p, y)
		if bytes.Equal(p, v.page(b, y)) {
			return ""
		}
		copy(v.page(b, y), p)
		return fmt.Sprintf("page %d over %d", x, y)
	},
	"page of before": func(v *victim, b []byte, r *rand.Rand) string {
		n := v.any(r)
		old := v.before[""]
		if int(n+1)*v.size > len(old) || bytes.Equal(v.page(old, n), v.page(b, n)) {
			return ""
		}
		copy(v.page(b, n), v.page(old, n))
		return fmt.Sprint("page ", n)
	},
	"list names a page that is used": func(v *victim, b []byte, r *rand.Rand) string {
		list := v.page(b, v.newest.FreeList)[16:]
		free := slices.Clone(v.free)
		free[r.IntN(len(free))] = pick(r, v.kinds["leaf"])
		slices.Sort(free)
		for i, n := range free {
			binary.NativeEndian.PutUint64(list[8*i:], n)
		}
		return fmt.Sprint(free)
	},
}

func pick(r *rand.Rand, list []uint64) uint64 { return list[r.IntN(len(list))] }

// any picks a kind of page and one of that kind.
func (v *victim) any(r *rand.Rand) uint64 {
	return pick(r, v.kinds[[]string{"free list", "root", "branch", "leaf"}[r.IntN(4)]])
}

// rounds is how often each kind of damage is done: a few times, or as often as the environment
// says.
func rounds(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_PAGES_ROUNDS")); err == nil {
		return n
	}
	if testing.Short() {
		return 2
	}
	return 6
}

// TestDamageIsNoticedAndNothingIsWritten: whatever is done to a page that counts, whoever reads
// learns of it, the check finds it, and no decision is written over anything.
func TestDamageIsNoticedAndNothingIsWritten(t *testing.T) {
	v := newVictim(t)
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for seed := range rounds(t) {
				r := rand.New(rand.NewPCG(uint64(seed), 19))
				damaged := files{}
				for end, b := range v.now {
					damaged[end] = slices.Clone(b)
				}
				done := damage(v, damaged[""], r)
				if done != "" {
					v.mustBeNoticed(t, fmt.Sprintf("seed %d: %s", seed, done), damaged, dir, true)
				}
				// Without its sums, which an older build did not make: what is wrong with a page by
				// itself or with the list is found by going over all of them.
				if delete(damaged, pagesum.Suffix); done != "" && name == "list names a page that is used" {
					v.mustBeNoticed(t, fmt.Sprintf("without sums, seed %d: %s", seed, done), damaged, dir, true)
				}
			}
		})
	}
}

func (v *victim) mustBeNoticed(t *testing.T, what string, damaged files, dir string, write bool) {
	t.Helper()
	for _, end := range []string{"", ".id", ".head", pagesum.Suffix} {
		_ = os.Remove(filepath.Join(dir, "d.db"+end))
	}
	s, err := damaged.put(t, dir)
	if errors.Is(err, model.ErrDamaged) {
		return // nothing can be read, and that is said
	}
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	_, _ = s.Queue(t.Context(), model.QueueFilter{})
	if s.Integrity().Err() == nil {
		t.Errorf("%s: reading does not notice", what)
	}
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000005")); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("%s: deciding: %v", what, err)
	}
	if b, err := os.ReadFile(s.Path()); err != nil || !bytes.Equal(b, damaged[""]) {
		t.Errorf("%s: the file was written", what)
	}
	report, err := s.Check(t.Context(), nil)
	if err != nil || len(report.Problems) == 0 {
		t.Errorf("%s: the check finds nothing: %v", what, err)
	}
}

// TestWhatCountsForNothingIsNotDamage: free pages and the meta page of the transaction before may
// hold anything, and the database is written on.
func TestWhatCountsForNothingIsNotDamage(t *testing.T) {
	v := newVictim(t)
	for name, damage := range map[string]func(b []byte){
		"free page":    func(b []byte) { clear(v.page(b, v.free[0])) },
		"meta before":  func(b []byte) { clear(v.page(b, 1-v.newest.Page)) },
		"behind it":    func(b []byte) { clear(b[int(v.newest.Pages)*v.size:]) },
		"rest of meta": func(b []byte) { v.page(b, v.newest.Page)[1000] ^= 1 },
	} {
		damage(v.now[""])
		s, err := v.now.put(t, t.TempDir())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Integrity().Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000005")); err != nil {
			t.Errorf("%s: deciding: %v", name, err)
		}
		storetest.RequireConsistent(t, s)
	}
}

// TestSumsFollowEveryCommit: after any writes, also by builds that know of no sums, the sums
// kept are those that making them anew gives.
func TestSumsFollowEveryCommit(t *testing.T) {
	s := written(t)
	same := func(when string) {
		t.Helper()
		f, err := pagefile.Open(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		m, _ := f.Newest()
		kept := pagesum.Read(s.Path())
		if kept == nil {
			t.Fatalf("%s: no sums", when)
		}
		anew, problems, _, err := pagesum.Build(t.Context(), f, m, 1, func(bucket, key []byte) bool {
			return string(bucket) == "meta" && string(key) == "id"
		})
		if err != nil || len(problems) > 0 {
			t.Fatalf("%s: %v, %v", when, problems, err)
		}
		if !kept.Equal(anew) {
			t.Errorf("%s: the sums are others than those made anew", when)
		}
	}
	same("at first")
	for i := range 8 {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(i%3), 20+i)}); err != nil {
			t.Fatal(err)
		}
		same(fmt.Sprint("after capture ", i))
	}
	behind(t, s, func(tx *kv.Tx) error { return tx.Bucket([]byte("draft")).SetSequence(7) })
	behind(t, s, func(tx *kv.Tx) error { return tx.Bucket([]byte("draft")).SetSequence(0) })
	storetest.RequireConsistent(t, s)
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000004")); err != nil {
		t.Fatal(err)
	}
	same("after a build that knows of no sums")
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	same("after compacting")
}

// TestPagesThatLeadToThemselvesAreNotRead: a branch page in the place of one of those below it, its number
// corrected, is found before anything follows it for ever.
func TestPagesThatLeadToThemselvesAreNotRead(t *testing.T) {
	v := newVictim(t)
	n := v.kinds["branch"][0]
	branch := v.page(v.now[""], n)
	child := binary.NativeEndian.Uint64(branch[16+8:])
	copy(v.page(v.now[""], child), branch)
	binary.NativeEndian.PutUint64(v.page(v.now[""], child), child)
	for _, sums := range []bool{true, false} {
		if !sums {
			delete(v.now, pagesum.Suffix)
		}
		if s, err := v.now.put(t, t.TempDir()); !errors.Is(err, model.ErrDamaged) || !strings.Contains(err.Error(), "leads to itself") {
			t.Errorf("with sums: %v: it is opened (%v), %v", sums, s != nil, err)
		}
	}
}
