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
			return nil
		})
	})
	return before, after, err
}

// compare calls f for the entries of a kind that differ between two trees, which
// are gone through side by side. A hash is zero where there is no such entry.
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
		if err == nil && order <= 0 {
			err = a.next()
		}
		if err == nil && order >= 0 {
			err = b.next()
		}
	}
	return err
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

func (t *treeCache) entries(tree git.Name, kind entryKind) (*entries, error) {
	b, err := t.get(tree)
	if err != nil {
		return nil, err
	}
	e := &entries{tree: tree, size: t.nameSize, kind: kind, rest: b}
	return e, e.next()
}

var (
	errMalformedTree = errors.New("it is malformed")
	errTreeOrder     = errors.New("its names are not in order, or come twice")
)

// next goes on to the next entry. That names are in order, and none comes twice,
// is what comparing side by side relies on, so a tree of which that isn't true is
// refused.
func (e *entries) next() error {
	before := e.name
	e.name = ""
	for len(e.rest) > 0 {
		space := strings.IndexByte(e.rest, ' ')
		if space < 0 {
			return badTree(e.tree, errMalformedTree)
		}
		kind, ok := kindOf(e.rest[:space])
		name := e.rest[space+1:]
		end := strings.IndexByte(name, 0)
		if !ok || end <= 0 || len(name)-end-1 < e.size {
			return badTree(e.tree, errMalformedTree)
		}
		hash := name[end+1:][:e.size]
		e.rest, name = name[end+1+e.size:], name[:end]
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
