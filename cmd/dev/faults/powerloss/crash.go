package powerloss

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sector is what a disk writes at once.
const sector = 512

var losses = []string{"dropped", "kept", "prefix", "subset", "torn"}

// recording is what a program did, from which base.
type recording struct {
	root string
	ops  []op
	base map[int][]byte
	// start are the names at its beginning.
	start map[string]int
	args  [][]string
}

// after are the files that are there when the power went out after so many ops.
func (r *recording) after(moment int, ignoreSyncs bool, rng *rand.Rand) (files map[string][]byte, how string) {
	ops := r.ops[:moment]
	pending, durable := map[int][]op{}, map[int][]byte{}
	for file, content := range r.base {
		durable[file] = bytes.Clone(content)
	}
	for _, o := range ops {
		switch {
		case o.what == write || o.what == truncate:
			pending[o.file] = append(pending[o.file], o)
		case o.what == sync && !ignoreSyncs:
			for _, p := range pending[o.file] {
				durable[o.file] = p.on(durable[o.file])
			}
			delete(pending, o.file)
		}
	}
	var said []string
	for _, file := range slices.Sorted(maps.Keys(pending)) {
		loss := losses[rng.IntN(len(losses))]
		said = append(said, fmt.Sprintf("file %d %s", file, loss))
		durable[file] = lose(durable[file], pending[file], loss, rng)
	}
	names, how := r.names(ops, ignoreSyncs, rng)
	files = map[string][]byte{}
	for path, file := range names {
		files[path] = durable[file]
	}
	return files, strings.Join(append(said, "names "+how), ", ")
}

// lose does a part of what was not synced.
func lose(b []byte, pending []op, loss string, rng *rand.Rand) []byte {
	first := len(pending)
	switch loss {
	case "dropped":
		return b
	case "prefix":
		first = rng.IntN(len(pending) + 1)
	case "subset":
		pending = slices.DeleteFunc(slices.Clone(pending), func(op) bool { return rng.IntN(2) == 0 })
		first = len(pending)
	}
	for _, o := range pending[:first] {
		if loss != "torn" || o.what != write {
			b = o.on(b)
			continue
		}
		for from := 0; from < len(o.data); {
			to := min(len(o.data), from+sector-int((o.at+int64(from))%sector))
			if rng.IntN(2) == 0 {
				b = op{what: write, at: o.at + int64(from), data: o.data[from:to]}.on(b)
			}
			from = to
		}
	}
	return b
}

// names are those that are there: of those that their folder's sync didn't reach, the first
// ones or any. A rename is done whole or not.
func (r *recording) names(ops []op, ignoreSyncs bool, rng *rand.Rand) (names map[string]int, how string) {
	synced := map[string]int{} // by folder: the op up to which its names last
	for i, o := range ops {
		if o.what == syncDir && !ignoreSyncs {
			synced[o.dir] = i
		}
	}
	var loose []int // the ops that may be lost, the first of a rename for both
	for i, o := range ops {
		if o.what == name && i > synced[o.dir] && (i == 0 || !ops[i-1].both) {
			loose = append(loose, i)
		}
	}
	lost := map[int]bool{}
	how = []string{"in order", "any"}[rng.IntN(2)]
	kept := rng.IntN(len(loose) + 1)
	for n, i := range loose {
		if how == "in order" && n >= kept || how == "any" && rng.IntN(2) == 0 {
			lost[i] = true
			lost[i+1] = lost[i+1] || ops[i].both
		}
	}
	names = maps.Clone(r.start)
	for i, o := range ops {
		if o.what != name || lost[i] {
			continue
		}
		if names[o.path] = o.file; o.file == 0 {
			delete(names, o.path)
		}
	}
	return names, how
}

// write makes the folder of a state.
func (r *recording) write(dir string, files map[string][]byte) error {
	for path, content := range files {
		rel, err := filepath.Rel(r.root, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(to, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
