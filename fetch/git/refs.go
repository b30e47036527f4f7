package git

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	branches = "refs/heads/"
	remotes  = "refs/remotes/"
	// maxLinks is how often a ref may name another one; git itself follows as many.
	maxLinks = 5
	// maxNamed is how many branches an error names.
	maxNamed = 8
	// maxRefs bounds the refs that are listed.
	maxRefs = 100_000
)

// HeadError reports that HEAD names no commit, and what there is instead.
type HeadError struct {
	Missing  string   // the branch that HEAD names, "" where it names none
	Branches []string // that are there
}

func (e *HeadError) Error() string {
	what := "HEAD names no branch"
	if e.Missing != "" {
		what = fmt.Sprintf("HEAD names the branch %q, which isn't there", e.Missing)
	}
	named := e.Branches[:min(len(e.Branches), maxNamed)]
	more := ""
	if n := len(e.Branches) - len(named); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%s; there are the branches %s%s: choose one with `git symbolic-ref HEAD refs/heads/%s`, "+
		"or check one out", what, strings.Join(named, ", "), more, named[0])
}

// Head returns the commit that the git directory stands at. Where HEAD names a branch
// that isn't there, and there is one other, or the one that a remote stands at, it is
// that one's, and instead is its name. The error is [ErrNoCommits] where there is none
// at all, and a [*HeadError] where there are several.
func (r *Repo) Head() (commit Name, instead string, err error) {
	name, missing, err := r.follow("HEAD")
	if err == nil || !errors.Is(err, ErrNoCommits) {
		return name, "", err
	}
	found, err := r.refs()
	if err != nil {
		return "", "", err
	}
	candidates := candidates(found)
	switch {
	case len(candidates) == 0:
		return "", "", ErrNoCommits
	case len(candidates) > 1:
		e := &HeadError{Missing: strings.TrimPrefix(missing, branches)}
		for _, c := range candidates {
			e.Branches = append(e.Branches, shortRef(c))
		}
		return "", "", e
	}
	name, _, err = r.follow(candidates[0])
	return name, shortRef(candidates[0]), err
}

func shortRef(ref string) string {
	return strings.TrimPrefix(strings.TrimPrefix(ref, branches), remotes)
}

// candidates are the refs that may stand for a HEAD that names none: the branches,
// else what a remote stands at, else the remotes' branches. Branches of the same
// commit are one.
func candidates(found map[string]string) []string {
	var own, heads, remote []string
	for _, ref := range slices.Sorted(maps.Keys(found)) {
		switch {
		case strings.HasPrefix(ref, branches):
			own = append(own, ref)
		case strings.HasPrefix(ref, remotes) && strings.HasSuffix(ref, "/HEAD"):
			if target, ok := strings.CutPrefix(found[ref], "ref:"); ok && found[strings.TrimSpace(target)] != "" {
				heads = append(heads, strings.TrimSpace(target))
			}
		case strings.HasPrefix(ref, remotes):
			remote = append(remote, ref)
		}
	}
	for _, list := range [][]string{own, heads, remote} {
		if len(list) > 0 {
			same := func(ref string) bool { return found[ref] != found[list[0]] }
			if !slices.ContainsFunc(list, same) {
				return list[:1]
			}
			return list
		}
	}
	return nil
}

// follow finds the commit that a ref names, through others. missing is the ref that
// isn't there when the error is [ErrNoCommits].
func (r *Repo) follow(at string) (commit Name, missing string, err error) {
	for range maxLinks {
		target, err := r.ref(at)
		if err != nil {
			return "", at, err
		}
		path, symbolic := strings.CutPrefix(target, "ref:")
		if !symbolic {
			commit, err = r.parse(target)
			return commit, "", err
		}
		at = strings.TrimSpace(path)
		if !strings.HasPrefix(at, "refs/") || !filepath.IsLocal(filepath.FromSlash(at)) {
			break
		}
	}
	return "", "", errors.New("HEAD names no branch")
}

// ref returns what a ref holds.
func (r *Repo) ref(name string) (string, error) {
	for _, dir := range []string{r.dir, r.common} {
		if line, err := firstLine(dir, filepath.FromSlash(name)); err == nil && line != "" {
			return line, nil
		}
	}
	packed, err := r.packedRefs()
	if err != nil {
		return "", err
	}
	if hash := packed[name]; hash != "" {
		return hash, nil
	}
	return "", ErrNoCommits
}

// packedRefs reads the refs that have no file of their own.
func (r *Repo) packedRefs() (map[string]string, error) {
	text, err := readText(r.common, "packed-refs")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	refs := map[string]string{}
	for line := range strings.Lines(text) {
		hash, ref, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok && !strings.HasPrefix(hash, "#") && len(refs) < maxRefs {
			refs[ref] = hash
		}
	}
	return refs, nil
}

// refs lists all refs and what each holds.
func (r *Repo) refs() (map[string]string, error) {
	refs, err := r.packedRefs()
	if err != nil {
		return nil, err
	}
	n := 0
	err = filepath.WalkDir(filepath.Join(r.common, "refs"), func(path string, e fs.DirEntry, err error) error {
		if n++; n > maxRefs {
			return fs.SkipAll
		}
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		name, err := filepath.Rel(r.common, path)
		if err != nil {
			return nil
		}
		line, unreadable := firstLine(r.common, name)
		if err == nil && unreadable == nil && line != "" {
			refs[filepath.ToSlash(name)] = line
		}
		return nil
	})
	return refs, err
}
