// Package ota reads Open Terms Archive histories: git repositories of versions
// (Markdown) or snapshots (raw pages), bare or not, without a checkout and
// without git installed.
//
// Facts it relies on: a document is the file "Service/Type.md" of a versions
// repository or "Service/Type #docId.html" of a snapshots one, and everything
// else is ignored; a commit's subject says who made the change; the author date
// is the capture time and may go back, so commits are walked by their parents;
// a zero-byte version is a failed capture; documents get renamed and deleted.
//
// Decision: go-git rather than `git cat-file --batch`, so that a user without
// git is served.
package ota

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"fineprint/store/terms"
)

// Kind says what a repository holds.
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
	Content    []byte // empty for a failed capture, nil for a deletion
	Deleted    bool
	// RenamedFrom is the path a document had before, when a commit only moved it.
	RenamedFrom string
	// Technical: the archive's own re-extraction, not the platform's change.
	Technical bool
	Engine    string
	Locations []string
	Snapshots []string
}

// Repo is an opened repository.
type Repo struct {
	git     *git.Repository
	info    Info
	commits []*object.Commit // parents before children
}

// Open opens a git directory. The error wraps terms.ErrInvalid when it is none,
// or holds no Open Terms Archive document.
func Open(ctx context.Context, dir string) (*Repo, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("opening %s: %w: there is no such folder", dir, terms.ErrInvalid)
	}
	repository, err := git.PlainOpenWithOptions(dir, &git.PlainOpenOptions{EnableDotGitCommonDir: true})
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w: it is not a git directory", dir, terms.ErrInvalid)
	}
	r := &Repo{git: repository}
	head, err := repository.Head()
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w: the git directory has no commits", dir, terms.ErrInvalid)
	}
	if err := r.walk(ctx, head.Hash()); err != nil {
		return nil, fmt.Errorf("reading the history of %s: %w", dir, err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	name := strings.TrimSuffix(filepath.Base(abs), ".git")
	r.info = Info{Name: name, Root: r.commits[0].Hash.String(), Commits: len(r.commits)}
	if r.info.Kind, err = r.kind(); err != nil {
		return nil, fmt.Errorf("opening %s: %w", dir, err)
	}
	return r, nil
}

// Info describes the repository.
func (r *Repo) Info() Info { return r.info }

// Close lets go of the repository's files.
func (r *Repo) Close() error {
	if c, ok := r.git.Storer.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// walk loads every commit and sorts parents before children, of those that may
// come next the earliest first.
func (r *Repo) walk(ctx context.Context, head plumbing.Hash) error {
	all := map[plumbing.Hash]*object.Commit{}
	waiting := map[plumbing.Hash]int{}
	children := map[plumbing.Hash][]*object.Commit{}
	todo := []plumbing.Hash{head}
	for len(todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		h := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if all[h] != nil {
			continue
		}
		c, err := r.git.CommitObject(h)
		if err != nil {
			return fmt.Errorf("%w: commit %s can't be read: %w", terms.ErrInvalid, h, err)
		}
		all[h] = c
		for _, p := range c.ParentHashes {
			if _, err := r.git.CommitObject(p); errors.Is(err, plumbing.ErrObjectNotFound) {
				continue // a shallow clone ends here
			}
			waiting[h]++
			children[p] = append(children[p], c)
			todo = append(todo, p)
		}
	}
	var ready commitHeap
	for h, c := range all {
		if waiting[h] == 0 {
			ready = append(ready, c)
		}
	}
	heap.Init(&ready)
	for len(ready) > 0 {
		c := heap.Pop(&ready).(*object.Commit)
		r.commits = append(r.commits, c)
		for _, child := range children[c.Hash] {
			if waiting[child.Hash]--; waiting[child.Hash] == 0 {
				heap.Push(&ready, child)
			}
		}
	}
	return nil
}

type commitHeap []*object.Commit

func (h commitHeap) Len() int { return len(h) }
func (h commitHeap) Less(i, j int) bool {
	if a, b := h[i].Author.When, h[j].Author.When; !a.Equal(b) {
		return a.Before(b)
	}
	return h[i].Hash.String() < h[j].Hash.String()
}
func (h commitHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *commitHeap) Push(c any)   { *h = append(*h, c.(*object.Commit)) }
func (h *commitHeap) Pop() any {
	last := len(*h) - 1
	c := (*h)[last]
	*h = (*h)[:last]
	return c
}

// kind looks for documents from the newest commit back.
func (r *Repo) kind() (Kind, error) {
	for _, c := range slices.Backward(r.commits) {
		files, err := r.files(c.TreeHash, nil)
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
	return "", fmt.Errorf("%w: it holds no Open Terms Archive document (Service/Type.md or .html)", terms.ErrInvalid)
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

// files maps the paths of a tree, two levels deep, to blobs, leaving out the
// subtrees that skip names.
func (r *Repo) files(tree plumbing.Hash, skip map[plumbing.Hash]bool) (map[string]plumbing.Hash, error) {
	files := map[string]plumbing.Hash{}
	if tree.IsZero() {
		return files, nil
	}
	top, err := r.git.TreeObject(tree)
	if err != nil {
		return nil, fmt.Errorf("%w: a tree can't be read: %w", terms.ErrInvalid, err)
	}
	for _, e := range top.Entries {
		if e.Mode.IsFile() || skip[e.Hash] {
			continue
		}
		sub, err := r.git.TreeObject(e.Hash)
		if err != nil {
			continue // a submodule
		}
		for _, f := range sub.Entries {
			if f.Mode.IsFile() {
				files[e.Name+"/"+f.Name] = f.Hash
			}
		}
	}
	return files, nil
}

func (r *Repo) subtrees(tree plumbing.Hash) (map[plumbing.Hash]bool, error) {
	set := map[plumbing.Hash]bool{}
	if tree.IsZero() {
		return set, nil
	}
	top, err := r.git.TreeObject(tree)
	if err != nil {
		return nil, fmt.Errorf("%w: a tree can't be read: %w", terms.ErrInvalid, err)
	}
	for _, e := range top.Entries {
		if !e.Mode.IsFile() {
			set[e.Hash] = true
		}
	}
	return set, nil
}

// changed lists what a commit did to documents, against its first parent.
func (r *Repo) changed(c *object.Commit) (before, after map[string]plumbing.Hash, err error) {
	parent := plumbing.ZeroHash
	if len(c.ParentHashes) > 0 {
		if p, err := r.git.CommitObject(c.ParentHashes[0]); err == nil {
			parent = p.TreeHash
		}
	}
	oldTrees, err := r.subtrees(parent)
	if err != nil {
		return nil, nil, err
	}
	newTrees, err := r.subtrees(c.TreeHash)
	if err != nil {
		return nil, nil, err
	}
	if before, err = r.files(parent, newTrees); err != nil {
		return nil, nil, err
	}
	if after, err = r.files(c.TreeHash, oldTrees); err != nil {
		return nil, nil, err
	}
	for path, hash := range after {
		if before[path] == hash {
			delete(before, path)
			delete(after, path)
		}
	}
	return before, after, nil
}

// Each calls f for every document of every commit, parents before children,
// but for those that skip says are known. progress is called after each commit.
func (r *Repo) Each(ctx context.Context, skip func(commit, path string) bool, progress func(done, total int), f func(Entry) error) error {
	for i, c := range r.commits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.commit(c, skip, f); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(r.commits))
		}
	}
	return nil
}

func (r *Repo) commit(c *object.Commit, skip func(commit, path string) bool, f func(Entry) error) error {
	before, after, err := r.changed(c)
	if err != nil {
		return fmt.Errorf("commit %s: %w", c.Hash, err)
	}
	template := readMessage(c.Message)
	template.Commit, template.CapturedAt = c.Hash.String(), c.Author.When.UTC()
	gone := map[plumbing.Hash]string{} // deleted documents by content
	var paths []string
	for path, hash := range before {
		if _, stays := after[path]; !stays {
			if _, _, ok := DocumentOf(path, r.info.Kind); ok {
				gone[hash] = path
			}
		}
	}
	for path := range after {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		e := template
		var ok bool
		if e.Platform, e.Type, ok = DocumentOf(path, r.info.Kind); !ok {
			continue
		}
		e.Path = path
		if _, existed := before[path]; !existed {
			if from, moved := gone[after[path]]; moved {
				e.RenamedFrom = from
				delete(gone, after[path])
			} else if len(gone) == 1 && len(paths) == 1 { // moved and edited in one commit
				for hash, from := range gone {
					if a, b, _ := DocumentOf(from, r.info.Kind); a == e.Platform || b == e.Type {
						e.RenamedFrom = from
						delete(gone, hash)
					}
				}
			}
		}
		if skip(e.Commit, path) {
			continue
		}
		if e.Content, err = r.blob(after[path]); err != nil {
			return fmt.Errorf("commit %s, %s: %w", c.Hash, path, err)
		}
		if err := f(e); err != nil {
			return err
		}
	}
	var ended []string
	for _, path := range gone {
		ended = append(ended, path)
	}
	slices.Sort(ended)
	for _, path := range ended {
		if skip(template.Commit, path) {
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

// maxBlob bounds one file, in bytes.
const maxBlob = 64 << 20

func (r *Repo) blob(hash plumbing.Hash) ([]byte, error) {
	b, err := r.git.BlobObject(hash)
	if err != nil {
		return nil, fmt.Errorf("%w: a file can't be read: %w", terms.ErrInvalid, err)
	}
	if b.Size > maxBlob {
		return nil, fmt.Errorf("%w: a file is larger than %d MB", terms.ErrInvalid, maxBlob>>20)
	}
	reader, err := b.Reader()
	if err != nil {
		return nil, fmt.Errorf("%w: a file can't be read: %w", terms.ErrInvalid, err)
	}
	defer func() { _ = reader.Close() }()
	content := make([]byte, b.Size)
	_, err = io.ReadFull(reader, content)
	return content, err
}

var (
	technicalSubject = regexp.MustCompile(`^(?:Apply technical or declaration upgrade on|Refilter)\b`)
	trailer          = regexp.MustCompile(`^(X-[A-Za-z-]+):\s*(.*)$`)
	snapshotRef      = regexp.MustCompile(`(?i)\bsnapshots?(?:\s+(?:id|ids|commit))?\b[^0-9a-f]*?(?:/commit/)?\b([0-9a-f]{7,40}|undefined)\b`)
	commitLink       = regexp.MustCompile(`/commit/([0-9a-f]{7,40})`)
)

// readMessage takes from a commit's message what it says of the capture.
func readMessage(message string) Entry {
	subject, body, _ := strings.Cut(message, "\n")
	e := Entry{Subject: strings.TrimSpace(subject), Technical: technicalSubject.MatchString(subject)}
	add := func(list []string, v string) []string {
		if v == "" || slices.Contains(list, v) {
			return list
		}
		return append(list, v)
	}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if t := trailer.FindStringSubmatch(line); t != nil {
			switch strings.ToLower(t[1]) {
			case "x-engine-version":
				e.Engine = t[2]
				continue
			case "x-source-document-location":
				e.Locations = add(e.Locations, t[2])
				continue
			case "x-snapshot-id", "x-snapshot-ids":
				for _, id := range strings.FieldsFunc(t[2], func(r rune) bool { return r == ',' || r == ' ' }) {
					e.Snapshots = add(e.Snapshots, id)
				}
				continue
			}
		}
		if m := commitLink.FindStringSubmatch(line); m != nil {
			e.Snapshots = add(e.Snapshots, m[1])
		} else if m := snapshotRef.FindStringSubmatch(line); m != nil {
			e.Snapshots = add(e.Snapshots, m[1])
		}
	}
	return e
}
