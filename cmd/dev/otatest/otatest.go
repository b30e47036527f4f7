// Package otatest makes git histories of an Open Terms Archive for tests,
// without git installed.
package otatest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// History is a bare repository in the making.
type History struct {
	Dir  string
	t    testing.TB
	repo *git.Repository
	head plumbing.Hash
	made map[plumbing.Hash]bool
}

// New makes an empty repository.
func New(t testing.TB) *History {
	t.Helper()
	h := &History{Dir: filepath.Join(t.TempDir(), "history.git"), t: t, made: map[plumbing.Hash]bool{}}
	var err error
	h.repo, err = git.PlainInit(h.Dir, true)
	h.must(err)
	return h
}

func (h *History) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *History) write(kind plumbing.ObjectType, encode func(plumbing.EncodedObject) error) plumbing.Hash {
	h.t.Helper()
	o := h.repo.Storer.NewEncodedObject()
	o.SetType(kind)
	h.must(encode(o))
	if h.made[o.Hash()] {
		return o.Hash()
	}
	h.made[o.Hash()] = true
	hash, err := h.repo.Storer.SetEncodedObject(o)
	h.must(err)
	return hash
}

// Commit makes a commit of exactly these files ("Service/Type.md" to content),
// with the given author date, and returns its name. Without parents it follows
// the commit made before it.
func (h *History) Commit(files map[string]string, message string, when time.Time, parents ...string) string {
	h.t.Helper()
	who := object.Signature{Name: "archive", Email: "archive@example.invalid", When: when}
	c := &object.Commit{Author: who, Committer: who, Message: message, TreeHash: h.tree(files)}
	for _, p := range parents {
		c.ParentHashes = append(c.ParentHashes, plumbing.NewHash(p))
	}
	if len(parents) == 0 && !h.head.IsZero() {
		c.ParentHashes = []plumbing.Hash{h.head}
	}
	h.head = h.write(plumbing.CommitObject, c.Encode)
	h.must(h.repo.Storer.SetReference(plumbing.NewHashReference("refs/heads/master", h.head)))
	return h.head.String()
}

func (h *History) tree(files map[string]string) plumbing.Hash {
	h.t.Helper()
	var tree object.Tree
	dirs := map[string]map[string]string{}
	for path, content := range files {
		if dir, rest, nested := strings.Cut(path, "/"); nested {
			if dirs[dir] == nil {
				dirs[dir] = map[string]string{}
			}
			dirs[dir][rest] = content
			continue
		}
		blob := h.write(plumbing.BlobObject, func(o plumbing.EncodedObject) error {
			w, err := o.Writer()
			if err == nil {
				_, err = w.Write([]byte(content))
			}
			return err
		})
		tree.Entries = append(tree.Entries, object.TreeEntry{Name: path, Mode: filemode.Regular, Hash: blob})
	}
	for dir, below := range dirs {
		tree.Entries = append(tree.Entries, object.TreeEntry{Name: dir, Mode: filemode.Dir, Hash: h.tree(below)})
	}
	key := func(e object.TreeEntry) string { // git's order
		if e.Mode == filemode.Dir {
			return e.Name + "/"
		}
		return e.Name
	}
	slices.SortFunc(tree.Entries, func(a, b object.TreeEntry) int { return strings.Compare(key(a), key(b)) })
	return h.write(plumbing.TreeObject, tree.Encode)
}

// Pack moves all objects into one pack, with references to bases by name or by
// offset.
func (h *History) Pack(byName bool) {
	h.t.Helper()
	h.must(h.repo.RepackObjects(&git.RepackConfig{UseRefDeltas: byName}))
}

// Cut makes the history one that a shallow clone has: it begins with a commit, whose
// parents are taken away.
func (h *History) Cut(first string) {
	h.t.Helper()
	c, err := h.repo.CommitObject(plumbing.NewHash(first))
	h.must(err)
	for _, p := range c.ParentHashes {
		h.must(os.Remove(filepath.Join(h.Dir, "objects", p.String()[:2], p.String()[2:])))
	}
	h.must(os.WriteFile(filepath.Join(h.Dir, "shallow"), []byte(first+"\n"), 0o600))
}
