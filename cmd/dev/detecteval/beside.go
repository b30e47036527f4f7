package detecteval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// LibraryWords is a words diff by a library, sergi/go-diff, which stops refining after
// a time: each word between spaces a rune, as the library's own line mode does with
// lines.
func LibraryWords(old, new string, limit time.Duration) []diffmatchpatch.Diff {
	ids := map[string]rune{}
	encode := func(text string) []rune {
		var out []rune
		for t := range strings.SplitAfterSeq(text, " ") {
			id, known := ids[t]
			if !known {
				if id = rune(len(ids) + 1); id >= 0xD800 {
					id += 0x800 // no surrogates
				}
				ids[t] = id
			}
			out = append(out, id)
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = limit
	return d.DiffMainRunes(encode(old), encode(new), false)
}

// GitWords runs git's word diff on pairs of texts, which it writes into a folder.
type GitWords struct{ Dir string }

// Write puts a pair's texts where git reads them.
func (g GitWords) Write(old, new string) error {
	return errors.Join(os.WriteFile(g.path("old"), []byte(old), 0o600), os.WriteFile(g.path("new"), []byte(new), 0o600))
}

func (g GitWords) path(side string) string { return filepath.Join(g.Dir, side+".md") }

// Run starts git on the pair that was written last and returns the CPU time that it
// took, its start included.
func (g GitWords) Run(ctx context.Context) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, "git", "diff", "--no-index", "--histogram", "--word-diff", g.path("old"),
		g.path("new"))
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return 0, fmt.Errorf("running git diff: %w", err)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}
