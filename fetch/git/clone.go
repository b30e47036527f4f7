package git

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// clone is what of a history a clone has left out or pretends.
type clone struct {
	cuts     map[Name]bool // commits whose parents were left out
	partial  bool          // contents are had when they are asked for
	lost     []string      // folders that it borrows objects from and that aren't there
	replaced int           // objects that refs/replace give another content
	grafted  bool          // commits are given other parents
}

// Shallow reports whether the clone was made without the older part of the history.
func (r *Repo) Shallow() bool { return len(r.cuts) > 0 }

// Cut reports whether the clone leaves out what came before a commit.
func (r *Repo) Cut(commit Name) bool { return r.cuts[commit] }

// Notes tells what of the clone's settings isn't followed, in sentences.
func (r *Repo) Notes() []string {
	notes := r.outside()
	if r.replaced > 0 {
		notes = append(notes, fmt.Sprintf("%d objects have replacements (refs/replace), which are not followed: what is "+
			"read is what the commits' own names say", r.replaced))
	}
	if r.grafted {
		notes = append(notes, "Commits are given other parents (info/grafts), which is not followed: what is read is what "+
			"the commits themselves say")
	}
	return notes
}

// readClone finds out how the clone was made. promises is what its configuration says.
func (r *Repo) readClone(promises bool) error {
	r.cuts, r.partial = map[Name]bool{}, promises
	if err := r.readCuts("shallow", false); err != nil {
		return err
	}
	if err := r.readCuts(filepath.Join("info", "grafts"), true); err != nil {
		return err
	}
	for _, folder := range r.stores {
		if found, _ := filepath.Glob(filepath.Join(folder, "pack", "*.promisor")); len(found) > 0 {
			r.partial = true
		}
		if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
			r.lost = append(r.lost, folder)
		}
	}
	refs, err := r.refs()
	for ref := range refs {
		if strings.HasPrefix(ref, "refs/replace/") {
			r.replaced++
		}
	}
	return err
}

// readCuts reads a list of commits, one a line, without parents. In one of grafts they
// may be followed by others that take their place.
func (r *Repo) readCuts(file string, grafts bool) error {
	text, err := readText(r.common, file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for line := range strings.Lines(text) {
		digits, parents, more := strings.Cut(strings.TrimSpace(line), " ")
		name, err := r.parse(digits)
		switch {
		case digits == "" || strings.HasPrefix(digits, "#"):
		case err != nil:
			return fmt.Errorf("its list of commits without parents (%s) is damaged", filepath.Base(file))
		case more && grafts && parents != "":
			r.grafted = true
		default:
			r.cuts[name] = true
		}
	}
	return nil
}

// notFound is the error for an object that isn't there, with why and what mends it.
func (r *Repo) notFound() error {
	switch {
	case len(r.lost) > 0:
		return fmt.Errorf("%w: the repository borrows objects from another one (objects/info/alternates), and %s isn't "+
			"there; put it back, or clone the archive anew without --shared and --reference", ErrNotFound, r.lost[0])
	case r.partial:
		return fmt.Errorf("%w: this is a partial clone (made with --filter), without the contents of all files; "+
			"`git fetch --refetch --no-filter origin` in it gets the rest", ErrNotFound)
	}
	return ErrNotFound
}
