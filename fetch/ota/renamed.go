package ota

import (
	"errors"
	"fmt"
	"slices"

	"fineprint/fetch/git"
)

// rename is that of a document by a commit, by its place in the history.
type rename struct {
	at       int
	from, to string
}

// NameAsKnown has [Repo.Each] tell of documents by the names that they have at the last
// commit that is known already, so that what was before the known ones is added to them.
func (r *Repo) NameAsKnown(known func(commit string) bool) {
	r.ahead, r.later = 0, nil
	for i, c := range r.commits {
		if known(c.name.String()) {
			r.ahead = i + 1
		}
	}
}

// lookAhead reads the renames up to the last commit that is known, once something before
// it is found that isn't: most often nothing is.
func (r *Repo) lookAhead() error {
	trees := map[git.Name]git.Name{}
	commits := r.commits[:r.ahead]
	r.ahead = 0
	for i, c := range commits {
		var parent git.Name
		if len(c.parents) > 0 {
			parent = trees[c.parents[0]]
		}
		trees[c.name] = c.tree
		before, after, err := r.trees.diff(parent, c.tree)
		if errors.Is(err, git.ErrForged) { // left out
			trees[c.name] = parent
			continue
		}
		if err != nil {
			return fmt.Errorf("commit %s: %w", c.name, err)
		}
		gone := slices.DeleteFunc(r.documents(before), func(path string) bool { _, stays := after[path]; return stays })
		for to, from := range renames(before, after, r.documents(after), gone, r.info.Kind, r.empty) {
			r.later = append(r.later, rename{i, from, to})
		}
	}
	return nil
}

// nameLater is the path that a document has later, of one in a commit at a place.
func (r *Repo) nameLater(path string, at int) string {
	for _, n := range r.later {
		if n.at > at && n.from == path {
			path, at = n.to, n.at
		}
	}
	return path
}
