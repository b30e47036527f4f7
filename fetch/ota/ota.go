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
// no program runs on somebody else's repository; package [fineprint/fetch/git]
// reads the objects, and holds each against its name. User and system CPU seconds
// to read every version oldest first, finding out what each commit changed, on 2
// busy cores:
//
//	                                        42,632 versions, 1.93 GB   16,657 pages, 3.8 GB
//	go-git's parsers, 64 MB of bases              14.6 + 0.8                4.9 + 0.8
//	fetch/git, every object hashed, 32 MB          6.7 + 0.7                6.4 + 0.8
package ota

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fineprint/fetch/git"
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
	Root    string // its first commit, in hex digits: the same wherever it is cloned to
	Kind    Kind
	Commits int
	// Shallow: the clone leaves out the older part of the history.
	Shallow bool
	// Notes tells what of the clone is not as it seems, in sentences.
	Notes []string
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
	// Cut is set where a shallow clone begins: what was before isn't known.
	Cut model.Cut
	// Placed is when it counts as captured: not before any commit that it follows.
	Placed time.Time
	// RenamedFrom is the path a document had before, when a commit only moved it.
	RenamedFrom string
	// Technical: the archive's own re-extraction, not the platform's change.
	Technical bool
	Engine    string
	Locations []string
	Snapshots []string
}

// LeftOut is what [Repo.Each] left out of a history, because an object of it is not what
// its name says, or larger than any archive's: all of a commit, or one of its files.
type LeftOut struct{ Commit, Path, Why string }

// Repo is an opened repository. It is for one goroutine at a time.
type Repo struct {
	objects *git.Repo
	trees   treeCache
	info    Info
	commits []commit // parents before children
	names   map[string]bool
	placed  time.Time // of the commits gone through
	at      int       // the commit being gone through
	ahead   int       // up to where renames are looked ahead to, once they are needed
	later   []rename
	leftOut []LeftOut
	// last is each document's content after the commits gone through.
	last map[string]git.Name
	// empty is the name of an empty file.
	empty git.Name
}

// Open opens a git directory. The error wraps [model.ErrInvalid] when it is none,
// or holds no Open Terms Archive document.
func Open(ctx context.Context, dir string) (*Repo, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("opening %s: %w: %s", dir, model.ErrInvalid, noFolder(dir))
	}
	objects, err := git.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w: %w", dir, model.ErrInvalid, err)
	}
	r := &Repo{objects: objects, empty: objects.NameOf(git.Blob, "")}
	r.trees.objects, r.trees.nameSize = r.objects, r.objects.NameSize()
	head, instead, err := objects.Head()
	if err != nil {
		err = fmt.Errorf("opening %s: %w: %w", dir, model.ErrInvalid, err)
	} else {
		err = r.load(ctx, dir, head)
	}
	r.info.describe(objects, instead)
	if err != nil {
		_ = r.Close()
		return nil, err
	}
	return r, nil
}

// noFolder tells why a path is no repository.
func noFolder(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return "there is no such folder"
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 16)
	n, _ := f.Read(head)
	if strings.HasPrefix(string(head[:n]), "# v2 git bundle") || strings.HasPrefix(string(head[:n]), "# v3 git bundle") {
		return "it is a git bundle; `git clone --mirror` of it makes a folder that can be imported"
	}
	return "it is a file, not the folder of a git repository"
}

func (r *Repo) load(ctx context.Context, dir string, head git.Name) (err error) {
	if r.commits, err = walk(ctx, r.objects, head); err != nil {
		return fmt.Errorf("reading the history of %s: %w", dir, err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	name := strings.TrimSuffix(filepath.Base(abs), ".git")
	r.info = Info{Name: name, Root: r.commits[0].name.String(), Commits: len(r.commits)}
	if r.info.Kind, err = r.kind(); err != nil {
		return fmt.Errorf("opening %s: %w", dir, err)
	}
	return nil
}

// describe notes what of the clone a reader of what it holds must know.
func (i *Info) describe(objects *git.Repo, instead string) {
	i.Shallow = objects.Shallow()
	if instead != "" {
		i.Notes = append(i.Notes, fmt.Sprintf("HEAD names no branch that is there; the history of %s is read.", instead))
	}
	for _, note := range objects.Notes() {
		i.Notes = append(i.Notes, note+".")
	}
	if i.Shallow {
		i.Notes = append(i.Notes, "This is a shallow clone: its history is cut off, so that since when the texts it begins "+
			"with stood is not known. `git fetch --unshallow` in it gets what was before; import it again then.")
	}
}

// Info describes the repository.
func (r *Repo) Info() Info { return r.info }

// Holds reports whether a commit is one of the history, by the first 20 bytes of its
// name.
func (r *Repo) Holds(commit string) bool {
	if r.names == nil {
		r.names = make(map[string]bool, len(r.commits))
		for _, c := range r.commits {
			r.names[string(c.name[:20])] = true
		}
	}
	return r.names[commit]
}

// LeftOut lists what the last [Repo.Each] left out.
func (r *Repo) LeftOut() []LeftOut { return r.leftOut }

// leaveOut notes what is left out by an error of an object that is forged or no
// archive's; any other error ends the reading.
func (r *Repo) leaveOut(c commit, path string, err error) error {
	if !errors.Is(err, git.ErrForged) && !errors.Is(err, git.ErrTooLarge) {
		return err
	}
	r.leftOut = append(r.leftOut, LeftOut{Commit: c.name.String(), Path: path, Why: err.Error()})
	return nil
}

// Close lets go of the repository's files.
func (r *Repo) Close() error { return r.objects.Close() }

// kind looks for documents from the newest commit back.
func (r *Repo) kind() (Kind, error) {
	for _, c := range slices.Backward(r.commits) {
		_, files, err := r.trees.diff("", c.tree)
		if errors.Is(err, git.ErrForged) {
			continue // an older one tells as well
		}
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

// maxPath bounds the path of a document: no file system has longer names.
const maxPath = 512

// DocumentOf reads the platform's and the document's names out of a path; ok is
// false for a path that is no document's.
func DocumentOf(path string, kind Kind) (platform, documentType string, ok bool) {
	platform, file, found := strings.Cut(path, "/")
	if !found || strings.Contains(file, "/") || platform == "" || strings.HasPrefix(platform, ".") || len(path) > maxPath {
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
// each commit. A file or folder that is not what its name says is left out
// ([Repo.LeftOut]); the next commit is held against the one before.
func (r *Repo) Each(ctx context.Context, skip func(commit, path string) bool, progress func(done, total int),
	f func(Entry) error) error {
	r.last, r.leftOut = map[string]git.Name{}, nil
	trees := make(map[git.Name]git.Name, len(r.commits))
	r.placed = time.Time{}
	for i, c := range r.commits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.at = i; c.when.After(r.placed) {
			r.placed = c.when
		}
		parents := make([]git.Name, max(1, len(c.parents))) // zero where a history begins
		for i, p := range c.parents {
			parents[i] = trees[p]
		}
		trees[c.name] = c.tree
		if err := r.commit(c, parents, skip, f); err != nil {
			if err = r.leaveOut(c, "", err); err != nil {
				return fmt.Errorf("commit %s: %w", c.name, err)
			}
			trees[c.name] = parents[0]
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
func (r *Repo) commit(c commit, parents []git.Name, skip func(commit, path string) bool,
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
	name := c.name.String()
	changed, gone := r.documents(after), r.documents(before)
	gone = slices.DeleteFunc(gone, func(path string) bool { _, stays := after[path]; return stays })
	if len(parents) > 1 {
		changed = slices.DeleteFunc(changed, func(path string) bool { return r.last[path] == after[path] })
		gone = slices.DeleteFunc(gone, func(path string) bool { return r.last[path] == "" })
	}
	from := renames(before, after, changed, gone, r.info.Kind, r.empty)
	alone := len(changed) == 1
	for _, path := range changed {
		r.last[path] = after[path]
		if skip(name, path) {
			continue
		}
		e, err := r.entry(c, path)
		if err != nil {
			return err
		}
		if old := from[path]; len(r.later) == 0 || r.nameLater(old, r.at-1) != r.nameLater(path, r.at) {
			e.RenamedFrom = old
		}
		if c.cut {
			e.cutOff(alone)
		}
		if e.Content, err = r.content(after[path]); err != nil {
			if err = r.leaveOut(c, path, err); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			continue
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
		if moved[path] || skip(name, path) {
			continue
		}
		e, err := r.entry(c, path)
		if err != nil {
			return err
		}
		e.Deleted = true
		if err := f(e); err != nil {
			return err
		}
	}
	return nil
}

// entry begins an entry with what its commit and its path say.
func (r *Repo) entry(c commit, path string) (Entry, error) {
	if r.at < r.ahead {
		if err := r.lookAhead(); err != nil {
			return Entry{}, err
		}
	}
	message, err := c.readMessage(r.objects)
	if err != nil {
		return Entry{}, err
	}
	e := readMessage(message)
	e.Commit, e.CapturedAt, e.Placed, e.Path = c.name.String(), c.when, r.placed, path
	e.Platform, e.Type, _ = DocumentOf(r.nameLater(path, r.at), r.info.Kind)
	return e, nil
}

// cutOff notes that the history is cut off before the entry. A commit that seems to
// have made all documents has made one of them, which its subject names: of the others
// its message tells nothing, and they only stood there.
func (e *Entry) cutOff(alone bool) {
	e.Cut = model.CutBefore
	if !alone && !(strings.Contains(e.Subject, e.Platform) && strings.Contains(e.Subject, e.Type)) {
		e.Cut = model.CutStood
		e.Subject, e.Engine, e.Locations, e.Snapshots, e.Technical = "", "", nil, nil, false
	}
}

// documents lists the paths that are documents', sorted.
func (r *Repo) documents(files map[string]git.Name) []string {
	var paths []string
	for path := range files {
		if _, _, ok := DocumentOf(path, r.info.Kind); ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// renames finds which of the changed documents were another path before: one
// that is gone and had the same content (an empty file doesn't show where it is
// from), or the only one that is gone, when only
// one came and platform or type stayed.
func renames(before, after map[string]git.Name, changed, gone []string, kind Kind,
	empty git.Name) map[string]string {
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
				if from[path] == "" && !taken[old] && before[old] == after[path] && after[path] != empty &&
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

func (r *Repo) content(name git.Name) (string, error) {
	kind, text, err := r.objects.Object(name)
	if err == nil && kind != git.Blob {
		err = fmt.Errorf("it is a %s", kind)
	}
	if err != nil {
		return "", fmt.Errorf("%w: the file %s can't be read: %w", model.ErrInvalid, name, err)
	}
	return text, nil
}
