package ota

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fineprint/fetch/git"
	"fineprint/store/model"
)

// commit is what is held of a commit. Its message isn't: it is read when the commit
// has something to report.
type commit struct {
	name, tree git.Name
	parents    []git.Name
	when       time.Time // author's
	cut        bool      // the clone leaves out its parents
}

func readCommit(o *git.Repo, name git.Name) (commit, error) {
	kind, text, err := o.Object(name)
	if err == nil && kind != git.Commit {
		err = fmt.Errorf("it is a %s", kind)
	}
	if err != nil {
		return commit{}, err
	}
	c, _, err := parseCommit(text, o.NameSize())
	c.name = name
	return c, err
}

// readMessage returns the message of a commit that was read.
func (c commit) readMessage(o *git.Repo) (string, error) {
	_, text, err := o.Object(c.name)
	if err != nil {
		return "", fmt.Errorf("%w: it can't be read: %w", model.ErrInvalid, err)
	}
	_, message, err := parseCommit(text, o.NameSize())
	return message, err
}

var errMalformedCommit = errors.New("it is malformed")

// parseCommit reads a commit: its tree, its parents, the author, and after other
// headers and an empty line the message.
func parseCommit(text string, nameSize int) (c commit, message string, err error) {
	name := func(line, key string) (git.Name, bool) {
		digits, ok := strings.CutPrefix(line, key)
		if !ok {
			return "", false
		}
		n, ok := git.ParseName(digits)
		if !ok || len(n) != nameSize {
			err = errMalformedCommit
		}
		return n, true
	}
	line, rest, _ := strings.Cut(text, "\n")
	tree, ok := name(line, "tree ")
	if !ok || err != nil {
		return commit{}, "", errMalformedCommit
	}
	c.tree = tree
	for line, rest, _ = strings.Cut(rest, "\n"); ; line, rest, _ = strings.Cut(rest, "\n") {
		parent, ok := name(line, "parent ")
		if err != nil {
			return commit{}, "", err
		}
		if !ok {
			break
		}
		c.parents = append(c.parents, parent)
	}
	if author, ok := strings.CutPrefix(line, "author "); ok {
		c.when = timeOf(author)
	}
	for line != "" {
		line, rest, _ = strings.Cut(rest, "\n")
	}
	return c, rest, nil
}

// timeOf reads the time of a signature: "Name <address> 1700000000 +0100".
func timeOf(signature string) time.Time {
	after := signature[strings.LastIndexByte(signature, '>')+1:]
	seconds, _, _ := strings.Cut(strings.TrimPrefix(after, " "), " ")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// walk loads every commit and sorts parents before children, of those that may
// come next the earliest first.
func walk(ctx context.Context, o *git.Repo, head git.Name) ([]commit, error) {
	all, at, err := load(ctx, o, head)
	if err != nil {
		return nil, err
	}
	children := make([][]int32, len(all))
	waiting := make([]int32, len(all)) // parents that are not sorted yet
	var ready commitHeap
	for i, c := range all {
		for _, p := range c.parents {
			if parent, there := at[p]; there {
				children[parent] = append(children[parent], int32(i))
				waiting[i]++
			}
		}
		if waiting[i] == 0 {
			ready = append(ready, c)
		}
	}
	heap.Init(&ready)
	sorted := make([]commit, 0, len(all))
	for len(ready) > 0 {
		c := heap.Pop(&ready).(commit)
		sorted = append(sorted, c)
		for _, child := range children[at[c.name]] {
			if waiting[child]--; waiting[child] == 0 {
				heap.Push(&ready, all[child])
			}
		}
	}
	return sorted, nil
}

// load reads every commit from a head back, to where a shallow clone begins, and
// returns where in the list each is.
func load(ctx context.Context, o *git.Repo, head git.Name) (all []commit, at map[git.Name]int32, err error) {
	at = map[git.Name]int32{}
	todo := []git.Name{head}
	for len(todo) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, seen := at[name]; seen {
			continue
		}
		c, err := readCommit(o, name)
		if errors.Is(err, git.ErrNotFound) && name != head {
			err = fmt.Errorf("%w; it is the parent of one that is here, so that the clone is damaged: `git fsck` in it shows "+
				"what else is missing; clone the archive anew", err)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%w: commit %s can't be read: %w", model.ErrInvalid, name, err)
		}
		if c.cut = o.Cut(name); c.cut {
			c.parents = nil
		}
		at[name] = int32(len(all))
		all = append(all, c)
		todo = append(todo, c.parents...)
	}
	return all, at, nil
}

// commitHeap orders commits by author date, then by name.
type commitHeap []commit

func (h commitHeap) Len() int { return len(h) }
func (h commitHeap) Less(i, j int) bool {
	if !h[i].when.Equal(h[j].when) {
		return h[i].when.Before(h[j].when)
	}
	return h[i].name < h[j].name
}
func (h commitHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *commitHeap) Push(c any)   { *h = append(*h, c.(commit)) }
func (h *commitHeap) Pop() any {
	last := len(*h) - 1
	c := (*h)[last]
	*h = (*h)[:last]
	return c
}
