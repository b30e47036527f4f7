package ota

import (
	"bytes"
	"errors"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"fineprint/fetch/git"
	"fineprint/store/model"
)

func nameOf(h plumbing.Hash) git.Name { return git.Name(h[:]) }

func treeName(b []byte) git.Name { return nameOf(plumbing.ComputeHash(plumbing.TreeObject, b)) }

// decodeTree has go-git parse a tree.
func decodeTree(b string) ([]object.TreeEntry, error) {
	var m plumbing.MemoryObject
	m.SetType(plumbing.TreeObject)
	if _, err := m.Write([]byte(b)); err != nil {
		return nil, err
	}
	var tree object.Tree
	err := tree.Decode(&m)
	return tree.Entries, err
}

// diffByMaps compares two trees by maps of all that is in them.
func diffByMaps(trees map[git.Name]string, old, new git.Name) (before, after map[string]git.Name,
	err error) {
	all := func(root git.Name) (map[string]git.Name, map[string]git.Name) {
		dirs, paths := map[string]git.Name{}, map[string]git.Name{}
		top, e := decodeTree(trees[root])
		err = errors.Join(err, e)
		for _, d := range top {
			if d.Mode == filemode.Dir {
				dirs[d.Name] = nameOf(d.Hash)
			}
		}
		for name, hash := range dirs {
			below, e := decodeTree(trees[hash])
			err = errors.Join(err, e)
			for _, f := range below {
				if f.Mode.IsFile() {
					paths[name+"/"+f.Name] = nameOf(f.Hash)
				}
			}
		}
		return dirs, paths
	}
	_, before = all(old)
	_, after = all(new)
	for path, hash := range after {
		if before[path] == hash {
			delete(before, path)
			delete(after, path)
		}
	}
	return before, after, err
}

// madeTrees makes two trees of two levels, from few names so that they share
// some; hostile ones are out of order, repeat names and have odd modes and ends.
func madeTrees(rng *rand.Rand, hostile bool) (trees map[git.Name]string, old, new git.Name) {
	names := strings.Split("a a.b a-b a/b ab b c c.md c0 c~ d e f g h i j k l", " ")
	modes := strings.Split("40000 100644 100755 120000 160000 100664 040000 0 1 777777777777 x  40001", " ")
	trees = map[git.Name]string{}
	keep := func(b []byte) git.Name {
		h := treeName(b)
		trees[h] = string(b)
		return h
	}
	write := func(target func() git.Name, usual string) []byte {
		type named struct {
			order string
			entry []byte
		}
		var all []named
		for _, name := range names {
			if rng.Intn(2) == 0 || name == "a/b" && (!hostile || rng.Intn(20) > 0) {
				continue
			}
			mode := usual
			if rng.Intn(5) == 0 {
				mode = modes[rng.Intn(5)]
			}
			if hostile && rng.Intn(90) == 0 {
				mode = modes[rng.Intn(len(modes))]
			}
			hash, order := target(), name
			if mode == "40000" {
				order += "/"
			}
			all = append(all, named{order, append([]byte(mode+" "+name+"\x00"), hash...)})
			if hostile && rng.Intn(90) == 0 {
				all = append(all, all[rng.Intn(len(all))])
			}
		}
		if !hostile || rng.Intn(10) > 0 {
			slices.SortStableFunc(all, func(a, b named) int { return strings.Compare(a.order, b.order) })
		}
		var b []byte
		for _, e := range all {
			b = append(b, e.entry...)
		}
		if hostile && rng.Intn(30) == 0 && len(b) > 0 {
			b = b[:rng.Intn(len(b))]
		}
		return b
	}
	blob := func() git.Name { return nameOf(plumbing.Hash{1, byte(rng.Intn(3))}) }
	below := make([]git.Name, 4)
	for i := range below {
		below[i] = keep(write(blob, "100644"))
	}
	folder := func() git.Name { return below[rng.Intn(len(below))] }
	return trees, keep(write(folder, "40000")), keep(write(folder, "40000"))
}

// TestTreesDifferAsMapsOfThemDo: comparing side by side finds what comparing maps
// of all entries does; a tree that git would not write may be refused.
func TestTreesDifferAsMapsOfThemDo(t *testing.T) {
	refused, differ := map[bool]int{}, 0
	for i := range 6_000 {
		rng, hostile := rand.New(rand.NewSource(int64(i))), i%2 == 1
		trees, old, new := madeTrees(rng, hostile)
		if i%16 == 0 {
			old = ""
		}
		cache := treeCache{read: trees, bytes: -1 << 30, nameSize: 20}
		_, _, err := cache.diff("", old)
		var before, after map[string]git.Name
		if err == nil {
			before, after, err = cache.diff(old, new)
		}
		if err != nil {
			if refused[hostile]++; !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), "the tree ") {
				t.Fatalf("seed %d: %v", i, err)
			}
			continue
		}
		wantBefore, wantAfter, err := diffByMaps(trees, old, new)
		if !maps.Equal(before, wantBefore) || !maps.Equal(after, wantAfter) {
			t.Fatalf("seed %d: %v → %v, by maps %v → %v (%v)", i, before, after, wantBefore, wantAfter, err)
		}
		differ += len(after)
	}
	if refused[false] > 0 || refused[true] < 600 || refused[true] > 2400 || differ < 10_000 {
		t.Errorf("%v refused, %d files differ", refused, differ)
	}
}

// TestMisorderedTreeIsRefused: with an error that names it.
func TestMisorderedTreeIsRefused(t *testing.T) {
	empty := treeName(nil)
	entry := func(mode, name string) []byte { return append([]byte(mode+" "+name+"\x00"), empty...) }
	for what, tree := range map[string][]byte{
		"twice":       bytes.Join([][]byte{entry("40000", "a"), entry("40000", "a")}, nil),
		"unsorted":    bytes.Join([][]byte{entry("40000", "b"), entry("40000", "a")}, nil),
		"as files":    bytes.Join([][]byte{entry("40000", "a"), entry("40000", "a-b")}, nil),
		"slash":       entry("40000", "a/b"),
		"no name":     entry("40000", ""),
		"no mode":     entry("", "a"),
		"no octal":    entry("9", "a"),
		"large mode":  entry("777777777777", "a"),
		"cut hash":    entry("40000", "a")[:20],
		"cut name":    []byte("40000 a"),
		"cut mode":    []byte("40000"),
		"all of it 0": make([]byte, 100),
	} {
		hash := treeName(tree)
		cache := treeCache{read: map[git.Name]string{hash: string(tree), empty: ""}, nameSize: 20}
		_, _, err := cache.diff("", hash)
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), hash.String()) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// FuzzTree: two trees are refused, or compared as go-git compares them.
func FuzzTree(f *testing.F) {
	for i := range 8 {
		trees, old, new := madeTrees(rand.New(rand.NewSource(int64(i))), true)
		f.Add([]byte(trees[old]), []byte(trees[new]))
	}
	f.Fuzz(func(t *testing.T, old, new []byte) {
		a, b := git.Name("a"), git.Name("b")
		cache := treeCache{read: map[git.Name]string{a: string(old), b: string(new)}, nameSize: 20}
		got := map[string]string{}
		if err := cache.compare("", a, treeFiles, func(string, git.Name, git.Name) error { return nil }); err != nil {
			return
		}
		if err := cache.compare(a, b, treeFiles, func(name string, was, is git.Name) error {
			got[name] = was.String() + " " + is.String()
			return nil
		}); err != nil {
			return
		}
		was, err := decodeTree(string(old))
		is, err2 := decodeTree(string(new))
		if err != nil || err2 != nil {
			t.Fatalf("go-git can't read what was read: %v, %v", err, err2)
		}
		want := map[string]string{}
		add := func(entries []object.TreeEntry, line func(h git.Name, name string) string) {
			for _, e := range entries {
				if e.Mode.IsFile() {
					want[e.Name] = line(nameOf(e.Hash), e.Name)
				}
			}
		}
		of := map[string]git.Name{}
		add(was, func(h git.Name, name string) string { of[name] = h; return h.String() + " " })
		add(is, func(h git.Name, name string) string { return of[name].String() + " " + h.String() })
		maps.DeleteFunc(want, func(_, line string) bool { a, b, _ := strings.Cut(line, " "); return a == b })
		if !maps.Equal(got, want) {
			t.Fatalf("%v, by maps %v", got, want)
		}
	})
}
