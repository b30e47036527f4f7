package ota

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"fineprint/store/model"
)

// commit is what a replay needs of a commit.
type commit struct {
	hash, tree plumbing.Hash
	parents    []plumbing.Hash
	when       time.Time // author's
	message    string
}

func readCommit(o *objects, hash plumbing.Hash) (commit, error) {
	kind, b, err := o.get(hash)
	if err != nil {
		return commit{}, err
	}
	var c object.Commit
	if err := decode(&c, kind, b); err != nil {
		return commit{}, err
	}
	return commit{hash: hash, tree: c.TreeHash, parents: c.ParentHashes, when: c.Author.When, message: c.Message}, nil
}

// decode has go-git parse an object's bytes.
func decode(into interface {
	Decode(plumbing.EncodedObject) error
}, kind plumbing.ObjectType, content string) error {
	var m plumbing.MemoryObject
	m.SetType(kind)
	if _, err := io.WriteString(&m, content); err != nil {
		return err
	}
	return into.Decode(&m)
}

// walk loads every commit and sorts parents before children, of those that may
// come next the earliest first. Parents that aren't there end a shallow clone.
func walk(ctx context.Context, o *objects, head plumbing.Hash) ([]commit, error) {
	all := map[plumbing.Hash]commit{}
	children := map[plumbing.Hash][]plumbing.Hash{}
	todo := []plumbing.Hash{head}
	for len(todo) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, seen := all[h]; seen {
			continue
		}
		c, err := readCommit(o, h)
		if errors.Is(err, plumbing.ErrObjectNotFound) && h != head {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%w: commit %s can't be read: %w", model.ErrInvalid, h, err)
		}
		all[h] = c
		for _, p := range c.parents {
			children[p] = append(children[p], h)
			todo = append(todo, p)
		}
	}
	waiting := map[plumbing.Hash]int{}
	var ready commitHeap
	for h, c := range all {
		for _, p := range c.parents {
			if _, there := all[p]; there {
				waiting[h]++
			}
		}
		if waiting[h] == 0 {
			ready = append(ready, c)
		}
	}
	heap.Init(&ready)
	sorted := make([]commit, 0, len(all))
	for len(ready) > 0 {
		c := heap.Pop(&ready).(commit)
		sorted = append(sorted, c)
		for _, child := range children[c.hash] {
			if waiting[child]--; waiting[child] == 0 {
				heap.Push(&ready, all[child])
			}
		}
	}
	return sorted, nil
}

// commitHeap orders commits by author date, then by name.
type commitHeap []commit

func (h commitHeap) Len() int { return len(h) }
func (h commitHeap) Less(i, j int) bool {
	if !h[i].when.Equal(h[j].when) {
		return h[i].when.Before(h[j].when)
	}
	return string(h[i].hash[:]) < string(h[j].hash[:])
}
func (h commitHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *commitHeap) Push(c any)   { *h = append(*h, c.(commit)) }
func (h *commitHeap) Pop() any {
	last := len(*h) - 1
	c := (*h)[last]
	*h = (*h)[:last]
	return c
}
