package ota

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"

	"fineprint/fetch/git"
	"fineprint/store/model"
)

// treeCache keeps the folders read last, as they are stored: from one commit to
// the next all but two are the same.
type treeCache struct {
	objects  *git.Repo
	nameSize int
	read     map[git.Name]string
	bytes    int
}

// treeBytes bounds the folders that are kept, in bytes.
const treeBytes = 4 << 20

func (t *treeCache) get(hash git.Name) (string, error) {
	if hash == "" {
		return "", nil
	}
	if tree, ok := t.read[hash]; ok {
		return tree, nil
	}
	kind, tree, err := t.objects.Object(hash)
	if err == nil && kind != git.Tree {
		err = fmt.Errorf("it is a %s", kind)
	}
	if err != nil {
		return "", badTree(hash, err)
	}
	if t.bytes += len(tree); t.read == nil || t.bytes > treeBytes {
		t.read, t.bytes = map[git.Name]string{}, len(tree)
	}
	t.read[hash] = tree
	return tree, nil
}

// maxFiles bounds the files that one commit changes.
const maxFiles = 100_000

var errManyFiles = fmt.Errorf("its commit changes more than %d files, as none of an archive does", maxFiles)

func badTree(hash git.Name, err error) error {
	return fmt.Errorf("%w: the tree %s can't be read: %w", model.ErrInvalid, hash, err)
}

// diff maps the paths, two levels deep, of the files that differ between two
// trees to their contents on each side.
func (t *treeCache) diff(old, new git.Name) (before, after map[string]git.Name, err error) {
	before, after = map[string]git.Name{}, map[string]git.Name{}
	err = t.compare(old, new, treeFolders, func(folder string, old, new git.Name) error {
		return t.compare(old, new, treeFiles, func(file string, old, new git.Name) error {
			path := folder + "/" + file
			if old != "" {
				before[path] = old
			}
			if new != "" {
				after[path] = new
			}
			if len(before)+len(after) > maxFiles {
				return badTree(new, errManyFiles)
			}
			return nil
		})
	})
	return before, after, err
}

// compare calls f for the entries of a kind that differ between two trees, which
// are gone through side by side. A hash is empty where there is no such entry. The
// old tree must have been a new one before: what both begin with alike is passed
// over without looking at the order of its names again.
func (t *treeCache) compare(old, new git.Name, kind entryKind,
	f func(name string, old, new git.Name) error) error {
	a, err := t.entries(old, kind)
	if err != nil {
		return err
	}
	b, err := t.entries(new, kind)
	if err != nil {
		return err
	}
	err = nextOfBoth(a, b)
	for err == nil && (a.name != "" || b.name != "") {
		order := 1
		if b.name == "" {
			order = -1
		} else if a.name != "" {
			order = kind.compare(a.name, b.name)
		}
		was, is := a.hash, b.hash
		name := a.name
		if order < 0 {
			is = ""
		} else if order > 0 {
			was, name = "", b.name
		}
		if was != is {
			err = f(name, was, is)
		}
		switch {
		case err != nil:
		case order < 0:
			err = a.next()
		case order > 0:
			err = b.next()
		default:
			err = nextOfBoth(a, b)
		}
	}
	return err
}

// nextOfBoth goes on in two trees to the next entries of which one may not be in
// the other: nearly all are, at the same place.
func nextOfBoth(a, b *entries) error {
	const piece = 64
	same := 0
	for n := min(len(a.rest), len(b.rest)) - piece; same <= n && a.rest[same:same+piece] == b.rest[same:same+piece]; {
		same += piece
	}
	passed := 0
	for rest := a.rest[:same]; ; rest = a.rest[passed:same] {
		kind, name, _, after, ok := a.parse(rest)
		if !ok {
			break
		}
		if passed = same - len(after); kind == a.kind {
			a.name, b.name = name, name
		}
	}
	a.rest, b.rest = a.rest[passed:], b.rest[passed:]
	if err := a.next(); err != nil {
		return err
	}
	return b.next()
}

// entryKind is a kind of a tree's entries.
type entryKind byte

const (
	treeFolders entryKind = iota
	treeFiles             // and symbolic links
	neither               // submodules
)

// end is what follows a name in the order of a tree.
func (k entryKind) end() byte {
	if k == treeFolders {
		return '/'
	}
	return 0
}

// compare orders two names as git does.
func (k entryKind) compare(a, b string) int {
	n := min(len(a), len(b))
	if order := strings.Compare(a[:n], b[:n]); order != 0 {
		return order
	}
	return cmp.Compare(at(a, n, k.end()), at(b, n, k.end()))
}

func at(name string, i int, end byte) byte {
	if i == len(name) {
		return end
	}
	return name[i]
}

// entries goes through those of a tree's entries that are of a kind.
type entries struct {
	tree git.Name
	size int // of a name
	kind entryKind
	rest string
	name string // of the entry it stands at, empty after the last one
	hash git.Name
}

// entries stands before a tree's first entry.
func (t *treeCache) entries(tree git.Name, kind entryKind) (*entries, error) {
	b, err := t.get(tree)
	return &entries{tree: tree, size: t.nameSize, kind: kind, rest: b}, err
}

var (
	errMalformedTree = errors.New("it is malformed")
	errTreeOrder     = errors.New("its names are not in order, or come twice")
)

// parse reads the entry that a part of a tree begins with.
func (e *entries) parse(tree string) (kind entryKind, name, hash, after string, ok bool) {
	space := strings.IndexByte(tree, ' ')
	if space < 0 {
		return kind, "", "", "", false
	}
	mode, rest := tree[:space], tree[space+1:]
	end := strings.IndexByte(rest, 0)
	kind, ok = kindOf(mode)
	if !ok || end <= 0 || len(rest)-end-1 < e.size {
		return kind, "", "", "", false
	}
	return kind, rest[:end], rest[end+1:][:e.size], rest[end+1+e.size:], true
}

// next goes on to the next entry. That names are in order, and none comes twice,
// is what comparing side by side relies on, so a tree of which that isn't true is
// refused.
func (e *entries) next() error {
	before := e.name
	e.name = ""
	for len(e.rest) > 0 {
		kind, name, hash, after, ok := e.parse(e.rest)
		if !ok {
			return badTree(e.tree, errMalformedTree)
		}
		e.rest = after
		if kind != e.kind {
			continue
		}
		if strings.IndexByte(name, '/') >= 0 {
			return badTree(e.tree, errMalformedTree)
		}
		if before != "" && kind.compare(before, name) >= 0 {
			return badTree(e.tree, errTreeOrder)
		}
		e.name, e.hash = name, git.Name(hash)
		return nil
	}
	return nil
}

// kindOf reads an entry's mode, an octal number whose upper bits are the kind.
func kindOf(mode string) (kind entryKind, ok bool) {
	switch mode {
	case "40000":
		return treeFolders, true
	case "100644":
		return treeFiles, true
	}
	n := uint64(0)
	for _, c := range []byte(mode) {
		if n = n<<3 | uint64(c-'0'); c < '0' || c > '7' || n > math.MaxUint32 {
			return neither, false
		}
	}
	switch n & 0o170000 {
	case 0o040000:
		return treeFolders, len(mode) > 0
	case 0o100000, 0o120000:
		return treeFiles, len(mode) > 0
	}
	return neither, len(mode) > 0
}
