package browser

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fineprint/fetch"
)

// watchMemory ends a browser whose processes together take more than max bytes
// of their own (shared pages not counted). It reads /proc; where there is none,
// only the limits on time and bytes hold.
func watchMemory(ctx context.Context, root *os.Process, max int64, cancel context.CancelCauseFunc) {
	if root == nil {
		return
	}
	for tick := time.NewTicker(250 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			if resident(root.Pid) > max {
				cancel(fetch.Reasonf(fetch.ErrTooLarge, "the page takes more than %d MB to render", max>>20))
			}
		}
	}
}

// resident is the memory of a process and all that came from it.
func resident(root int) int64 {
	type process struct {
		parent int
		bytes  int64
	}
	all := map[int]process{}
	files, _ := filepath.Glob("/proc/[0-9]*/status")
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			continue
		}
		parent, kb := status(file)
		all[pid] = process{parent, kb << 10}
	}
	total := int64(0)
	for pid, p := range all {
		for up, steps := pid, 0; up > 1 && steps < 20; up, steps = all[up].parent, steps+1 {
			if up == root {
				total += p.bytes
				break
			}
		}
	}
	return total
}

func status(file string) (parent int, kb int64) {
	f, err := os.Open(file)
	if err != nil {
		return 0, 0
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB"))
		switch name {
		case "PPid":
			parent, _ = strconv.Atoi(value)
		case "RssAnon":
			kb, _ = strconv.ParseInt(value, 10, 64)
			return parent, kb
		}
	}
	return parent, 0
}
