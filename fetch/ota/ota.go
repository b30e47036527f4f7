// Package ota reads Open Terms Archive histories: git repositories of versions
// (Markdown) or snapshots (raw pages), bare or not, without a checkout and
// without git installed.
//
// Facts it relies on: a document is the file "Service/Type.md" of a versions
// repository or "Service/Type #docId.html" of a snapshots one, and everything
// else is ignored; a commit's subject names who made the change; the author date
// is the capture time and may go back, so commits are walked by their parents;
// a zero-byte version is a failed capture; documents get renamed and deleted.
//
// What came by a merge was reported with the commits it came from, so a merge reports
// only of a document that it leaves otherwise than they did.
//
// Decision: no `git cat-file --batch`, so that a user without git is served and
// no program runs on somebody else's repository, and not all of go-git either.
// Its parsers read indexes, object headers, commits and trees, but the chains of
// differences are followed here (objects.go). User and system CPU seconds to
// read every version oldest first, on 2 cores:
//
//	                            4,842 versions, 284 MB   16,657 pages, 3.8 GB
//	go-git as it comes                 1.6 + 1.0             (not measured)
//	go-git, descriptors kept, 96 MB    0.9 + 0.3                9.1 + 0.7
//	the same, 32 MB of bases           0.9 + 0.2               21.6 + 0.9
//	git cat-file --batch               0.2 + 0.4                0.9 + 3.2
//	this, 64 MB of bases               0.7 + 0.2                3.6 + 0.4
//
// All but git cat-file's include finding out what each commit changed; the two of
// go-git that keep descriptors walked first parents only.
package ota

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/filesystem"

	"fineprint/store/model"
)

// Kind is what a repository holds.
type Kind string

// The kinds of repository.
const (
	Versions  Kind = "versions"
	Snapshots Kind = "snapshots"
)

// Info describes an opened repository.
type Info struct {
	Name    string // of its folder
	Root    string // its first commit, 40 hex digits: the same wherever it is cloned to
	Kind    Kind
	Commits int
}

// Entry is one document as one commit left it.
type Entry struct {
	Commit     string
	CapturedAt time.Time // author date, UTC
	Subject    string
	Path       string
	Platform   string
	Type       string
	// Content is empty for a failed capture and a deletion.
	Content string
	Deleted bool
	// RenamedFrom is the path a document had before, when a commit only moved it.
	RenamedFrom string
	// Technical: the archive's own re-extraction, not the platform's change.
	Technical bool
	Engine    string
	Locations []string
	Snapshots []string
}

// Repo is an opened repository. It is for one goroutine at a time.
type Repo struct {
	objects *objects
	trees   treeCache
	info    Info
	commits []commit // parents before children
	// last is each document's content after the commits gone through.
	last map[string]plumbing.Hash
}

// Open opens a git directory. The error wraps [model.ErrInvalid] when it is none,
// or holds no Open Terms Archive document.
func Open(ctx context.Context, dir string) (*Repo, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("opening %s: %w: there is no such folder", dir, model.ErrInvalid)
	}
	repository, err := git.PlainOpenWithOptions(dir, &git.PlainOpenOptions{EnableDotGitCommonDir: true})
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w: it is not a git directory", dir, model.ErrInvalid)
	}
	storage, ok := repository.Storer.(*filesystem.Storage)
	head, err := repository.Head()
	if err != nil || !ok {
		return nil, fmt.Errorf("opening %s: %w: the git directory has no commits", dir, model.ErrInvalid)
	}
	r := &Repo{}
	if r.objects, err = openObjects(storage); err != nil {
		return nil, fmt.Errorf("opening %s: %w", dir, err)
	}
	r.trees.objects = r.objects
	if err := r.load(ctx, dir, head.Hash()); err != nil {
		_ = r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Repo) load(ctx context.Context, dir string, head plumbing.Hash) (err error) {
	if r.commits, err = walk(ctx, r.objects, head); err != nil {
		return fmt.Errorf("reading the history of %s: %w", dir, err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	name := strings.TrimSuffix(filepath.Base(abs), ".git")
	r.info = Info{Name: name, Root: r.commits[0].hash.String(), Commits: len(r.commits)}
	if r.info.Kind, err = r.kind(); err != nil {
		return fmt.Errorf("opening %s: %w", dir, err)
	}
	return nil
}

// Info describes the repository.
func (r *Repo) Info() Info { return r.info }

// Close lets go of the repository's files.
func (r *Repo) Close() error { return r.objects.close() }

// kind looks for documents from the newest commit back.
func (r *Repo) kind() (Kind, error) {
	for _, c := range slices.Backward(r.commits) {
		_, files, err := r.trees.diff(plumbing.ZeroHash, c.tree)
		if err != nil {
			return "", err
		}
		versions, snapshots := 0, 0
		for path := range files {
			if _, _, ok := DocumentOf(path, Versions); ok {
				versions++
			}
			if _, _, ok := DocumentOf(path, Snapshots); ok {
				snapshots++
			}
		}
		if versions+snapshots > 0 {
			if snapshots > versions {
				return Snapshots, nil
			}
			return Versions, nil
		}
	}
	return "", fmt.Errorf("%w: it holds no Open Terms Archive document (Service/Type.md or .html)", model.ErrInvalid)
}

// DocumentOf reads the platform's and the document's names out of a path; ok is
// false for a path that is no document's.
func DocumentOf(path string, kind Kind) (platform, documentType string, ok bool) {
	platform, file, found := strings.Cut(path, "/")
	if !found || strings.Contains(file, "/") || platform == "" || strings.HasPrefix(platform, ".") {
		return "", "", false
	}
	ext := filepath.Ext(file)
	switch kind {
	case Versions:
		ok = ext == ".md"
	case Snapshots:
		ok = ext == ".html" || ext == ".htm" || ext == ".pdf" || ext == ".txt"
	}
	documentType = strings.TrimSuffix(file, ext)
	return platform, documentType, ok && documentType != ""
}

// Each calls f for every document that a commit changed, parents before
// children, but for those that skip reports as known. progress is called after
// each commit.
func (r *Repo) Each(ctx context.Context, skip func(commit, path string) bool, progress func(done, total int),
	f func(Entry) error) error {
	r.last = map[string]plumbing.Hash{}
	trees := make(map[plumbing.Hash]plumbing.Hash, len(r.commits))
	for i, c := range r.commits {
		if err := ctx.Err(); err != nil {
			return err
		}
		parents := make([]plumbing.Hash, max(1, len(c.parents))) // zero where a shallow clone ends
		for i, p := range c.parents {
			parents[i] = trees[p]
		}
		trees[c.hash] = c.tree
		if err := r.commit(c, parents, skip, f); err != nil {
			return fmt.Errorf("commit %s: %w", c.hash, err)
		}
		if progress != nil {
			progress(i+1, len(r.commits))
		}
	}
	return nil
}

// commit calls f for what a commit did to documents. Of a merge that is only
// what leaves a document otherwise than the commits gone through before: what
// came with its parents was reported with them.
func (r *Repo) commit(c commit, parents []plumbing.Hash, skip func(commit, path string) bool,
	f func(Entry) error) error {
	before, after, err := r.trees.diff(parents[0], c.tree)
	if err != nil {
		return err
	}
	for _, parent := range parents[1:] {
		b, a, err := r.trees.diff(parent, c.tree)
		if err != nil {
			return err
		}
		maps.Copy(before, b)
		maps.Copy(after, a)
	}
	template := readMessage(c.message)
	template.Commit, template.CapturedAt = c.hash.String(), c.when.UTC()
	changed, gone := r.documents(after), r.documents(before)
	gone = slices.DeleteFunc(gone, func(path string) bool { _, stays := after[path]; return stays })
	if len(parents) > 1 {
		changed = slices.DeleteFunc(changed, func(path string) bool { return r.last[path] == after[path] })
		gone = slices.DeleteFunc(gone, func(path string) bool { return r.last[path].IsZero() })
	}
	from := renames(before, after, changed, gone, r.info.Kind)
	for _, path := range changed {
		r.last[path] = after[path]
		if skip(template.Commit, path) {
			continue
		}
		e := template
		e.Path, e.RenamedFrom = path, from[path]
		e.Platform, e.Type, _ = DocumentOf(path, r.info.Kind)
		if e.Content, err = r.content(after[path]); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := f(e); err != nil {
			return err
		}
	}
	moved := map[string]bool{}
	for _, path := range from {
		moved[path] = true
	}
	for _, path := range gone {
		delete(r.last, path)
		if moved[path] || skip(template.Commit, path) {
			continue
		}
		e := template
		e.Path, e.Deleted = path, true
		e.Platform, e.Type, _ = DocumentOf(path, r.info.Kind)
		if err := f(e); err != nil {
			return err
		}
	}
	return nil
}

// documents lists the paths that are documents', sorted.
func (r *Repo) documents(files map[string]plumbing.Hash) []string {
	var paths []string
	for path := range files {
		if _, _, ok := DocumentOf(path, r.info.Kind); ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// emptyBlob is the name of an empty file, which does not show where it is
// from.
var emptyBlob = plumbing.ComputeHash(plumbing.BlobObject, nil)

// renames finds which of the changed documents were another path before: one
// that is gone and had the same content, or the only one that is gone, when only
// one came and platform or type stayed.
func renames(before, after map[string]plumbing.Hash, changed, gone []string, kind Kind) map[string]string {
	from := map[string]string{}
	if len(gone) == 0 {
		return from
	}
	sharesName := func(a, b string) bool {
		p, t, _ := DocumentOf(a, kind)
		q, u, _ := DocumentOf(b, kind)
		return p == q || t == u
	}
	came := slices.DeleteFunc(slices.Clone(changed),
		func(path string) bool { _, existed := before[path]; return existed })
	taken := map[string]bool{}
	for _, near := range []bool{true, false} { // those that keep a name first
		for _, path := range came {
			for _, old := range gone {
				if from[path] == "" && !taken[old] && before[old] == after[path] && after[path] != emptyBlob &&
					sharesName(old, path) == near {
					from[path], taken[old] = old, true
				}
			}
		}
	}
	if len(gone) == 1 && len(came) == 1 && sharesName(gone[0], came[0]) {
		from[came[0]] = gone[0] // moved and edited in one commit
	}
	return from
}

func (r *Repo) content(hash plumbing.Hash) (string, error) {
	kind, content, err := r.objects.get(hash)
	if err == nil && kind != plumbing.BlobObject {
		err = fmt.Errorf("it is a %s", kind)
	}
	if err != nil {
		return "", fmt.Errorf("%w: a file can't be read: %w", model.ErrInvalid, err)
	}
	return content, nil
}
