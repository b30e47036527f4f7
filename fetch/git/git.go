// Package git reads a git directory: which commit it stands at, and its objects,
// each of which is held against the name that it is asked by.
//
// It reads what git itself writes: packs with an index of version 2, loose
// objects, alternates, plain and packed refs, worktrees, names by SHA-1 and by
// SHA-256. It writes nothing, runs nothing, and follows no remote. What a clone has
// left out is told apart from what is damaged: a shallow clone's first commits are
// known ([Repo.Cut]), and a content that a partial one has not, or that stood in a
// folder it borrows from, is refused with what mends it.
//
// Invariants:
//   - A content is only returned when its hash is the name that was asked for.
//   - Whatever a hostile directory says, one object is at most maxObject long, a
//     chain of differences at most maxChain, and what is held is bounded.
//   - Nothing is read outside of the git directory and of the folders of objects that it
//     names as its own: a symbolic link that leads out of them is refused. Which other
//     folders it names, [Repo.Notes] tells.
//   - Replacements (refs/replace) and grafts are not followed, for with them a name
//     stands for another content than it says ([Repo.Notes]).
//
// Decision: no library. go-git reads no SHA-256, hashes the contents that others
// are built from too, with collision detection, and was 3.3 MB of a program that
// needs nothing else of it; reading what gitformat-pack(5) describes takes 1,000
// lines. The tests hold it against go-git and git.
package git

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Name is an object's name: the bytes of its hash, 20 or 32. The zero value names
// nothing.
type Name string

// String returns the name as git prints it.
func (n Name) String() string { return hex.EncodeToString([]byte(n)) }

// Kind is what an object is.
type Kind byte

// The kinds of objects, numbered as in packs.
const (
	Commit Kind = 1
	Tree   Kind = 2
	Blob   Kind = 3
	Tag    Kind = 4

	offsetDelta Kind = 6 // from a base so many bytes before it
	nameDelta   Kind = 7 // from a base by its name
)

var kindNames = [...]string{Commit: "commit", Tree: "tree", Blob: "blob", Tag: "tag"}

// String returns the kind as git calls it.
func (k Kind) String() string {
	if k >= Commit && k <= Tag {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", byte(k))
}

var (
	// ErrNotRepository is returned by [Open] for a folder that is no git directory.
	ErrNotRepository = errors.New("it is not a git directory")
	// ErrNoCommits is returned by [Repo.Head] when there is no commit yet.
	ErrNoCommits = errors.New("the git directory has no commits")
	// ErrNotFound is returned for an object that isn't there.
	ErrNotFound = errors.New("there is no such object")
	// ErrForged is returned for an object whose content has another name.
	ErrForged = errors.New("its content is not what its name says: it was altered, or is damaged")
)

// Repo is an opened git directory. It is for one goroutine at a time.
type Repo struct {
	dir    string // of HEAD
	common string // of objects and packed refs: another one for a worktree
	hash   hasher
	stores []string   // folders of objects: its own, then those it borrows from
	roots  []*os.Root // of them; nil of one that isn't there
	packs  []*pack
	clone
	objectReader
}

// Open opens a git directory, or a working tree's.
func Open(dir string) (*Repo, error) {
	r := &Repo{}
	var err error
	if r.dir, r.common, err = directories(dir); err != nil {
		return nil, err
	}
	algorithm, promises, err := objectFormat(r.common)
	if err != nil {
		return nil, err
	}
	r.hash = newHasher(algorithm)
	if r.stores, err = objectFolders(filepath.Join(r.common, "objects")); err != nil {
		return nil, err
	}
	if err := r.readClone(promises); err != nil {
		return nil, err
	}
	r.objectReader = newObjectReader()
	for _, folder := range r.stores {
		root, err := os.OpenRoot(folder)
		if err != nil { // it isn't there, which an object that is looked for tells
			root = nil
		}
		r.roots = append(r.roots, root)
		if root == nil {
			continue
		}
		if err := r.openPacks(root); err != nil {
			_ = r.Close()
			return nil, err
		}
	}
	return r, nil
}

// Close lets go of the files.
func (r *Repo) Close() error {
	var all []error
	for _, p := range r.packs {
		all = append(all, p.file.Close())
	}
	for _, root := range r.roots {
		if root != nil {
			all = append(all, root.Close())
		}
	}
	return errors.Join(all...)
}

// directories finds the git directory of a folder, which may be itself, and the
// one it shares objects with.
func directories(dir string) (git, common string, err error) {
	git = dir
	inside := filepath.Join(dir, ".git")
	if info, err := os.Stat(inside); err == nil {
		git = inside
		if !info.IsDir() {
			line, err := firstLine(dir, ".git")
			path, found := strings.CutPrefix(line, "gitdir: ")
			if err != nil || !found {
				return "", "", ErrNotRepository
			}
			git = under(dir, path)
			if _, err := os.Stat(git); err != nil {
				return "", "", fmt.Errorf("%w: it is a working tree whose git directory, %s, isn't there", ErrNotRepository, git)
			}
		}
	}
	common = git
	if path, err := firstLine(git, "commondir"); err == nil {
		common = under(git, path)
	}
	for _, path := range []string{filepath.Join(git, "HEAD"), filepath.Join(common, "objects")} {
		if _, err := os.Stat(path); err != nil {
			return "", "", ErrNotRepository
		}
	}
	return git, common, nil
}

func under(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, filepath.FromSlash(path))
}

// maxText bounds the small files of a git directory that are read whole.
const maxText = 64 << 20

// readText reads one of a git directory's text files.
func readText(dir, name string) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer func() { _ = root.Close() }()
	b, err := readFile(root, name, maxText)
	return string(b), err
}

func firstLine(dir, name string) (string, error) {
	text, err := readText(dir, name)
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line), err
}

// known are the extensions of a repository's format that change nothing here.
var known = map[string]bool{"noop": true, "noop-v1": true, "partialclone": true, "preciousobjects": true,
	"worktreeconfig": true, "relativeworktrees": true}

// objectFormat reads from a configuration by what objects are named and whether a
// remote promises those that aren't there, and refuses what changes how they are read.
func objectFormat(dir string) (algorithm string, promises bool, err error) {
	text, err := readText(dir, "config")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", false, err
	}
	algorithm = "sha1"
	section := ""
	for line := range strings.Lines(text) {
		line = strings.ToLower(strings.TrimSpace(line))
		if strings.HasPrefix(line, "[") {
			section = strings.TrimSpace(strings.Trim(line, "[]"))
			continue
		}
		key, value, _ := strings.Cut(line, "=")
		key, value = strings.TrimSpace(key), strings.Trim(strings.TrimSpace(value), `"`)
		switch {
		case section == "core" && key == "repositoryformatversion" && value != "0" && value != "1":
			return "", false, fmt.Errorf("its format is version %q, which can't be read", value)
		case strings.HasPrefix(section, "remote ") && key == "promisor":
			promises = value != "false" && value != "no" && value != "off" && value != "0"
		case section != "extensions" || key == "" || strings.HasPrefix(key, "#") || strings.HasPrefix(key, ";"):
		case key == "objectformat" && (value == "sha1" || value == "sha256"):
			algorithm = value
		case key == "refstorage" && value == "files":
		case key == "refstorage":
			return "", false, fmt.Errorf("it keeps its branches as a %s, which can't be read; `git refs migrate "+
				"--ref-format=files` in it, or in a copy, writes them as files", value)
		case !known[key]:
			return "", false, fmt.Errorf("it uses %q (%s), which can't be read", key, value)
		}
		promises = promises || section == "extensions" && key == "partialclone" && value != ""
	}
	return algorithm, promises, nil
}

// parse reads a name in hexadecimal digits.
func (r *Repo) parse(s string) (Name, error) {
	n, ok := ParseName(s)
	if !ok || len(n) != r.hash.size {
		return "", errors.New("a name in it is malformed")
	}
	return n, nil
}

// ParseName reads a name of hexadecimal digits.
func ParseName(s string) (Name, bool) {
	b, err := hex.DecodeString(s)
	return Name(b), err == nil && len(b) > 0
}

// NameSize returns how many bytes the repository's names have.
func (r *Repo) NameSize() int { return r.hash.size }

// objectFolders lists a folder of objects and those that it borrows from, and
// they in turn.
func objectFolders(own string) ([]string, error) {
	all := []string{filepath.Clean(own)}
	seen := map[string]bool{all[0]: true}
	for i := 0; i < len(all); i++ {
		text, err := readText(all[i], filepath.Join("info", "alternates"))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
			if quoted, err := strconv.Unquote(line); err == nil {
				line = quoted
			}
			path := under(all[i], line)
			if line == "" || strings.HasPrefix(line, "#") || seen[path] {
				continue
			}
			if len(all) == maxFolders {
				return nil, errors.New("it borrows objects from too many folders")
			}
			seen[path] = true
			all = append(all, path)
		}
	}
	return all, nil
}

const maxFolders = 32
