// Command latency measures what a person at a real terminal waits for: the time
// from a key to the last byte of what it makes a program draw. It runs the desk
// on a pseudo-terminal and, beside it, less on the same text; it also prints the
// desk's memory and the CPU time it takes while nobody touches it, and while another
// process decides on changes.
//
//	go build -o bin/fineprint ./cmd/fineprint
//	go run ./cmd/dev/latency -make /tmp/many.db -pending 50000
//	go run ./cmd/dev/latency -db /tmp/many.db -bin bin/fineprint
//
// It is for whoever works on the desk, and for no test: a busy machine makes any
// time longer.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

func main() {
	made := flag.String("make", "", "make a database here and leave")
	pending := flag.Int("pending", 50_000, "how many changes wait in it")
	db := flag.String("db", "", "the database to open the desk on")
	bin := flag.String("bin", "bin/fineprint", "the built program")
	n := flag.Int("n", 200, "keys of each kind")
	idle := flag.Duration("idle", 20*time.Second, "how long to leave the desk alone")
	writes := flag.Int("writes", 10, "decisions that another process takes")
	flag.Parse()
	var err error
	switch {
	case *made != "":
		err = makeDatabase(context.Background(), *made, *pending)
	case *db != "":
		err = measure(*bin, *db, *n, *writes, *idle)
	default:
		err = fmt.Errorf("-make PATH makes a database, -db PATH measures on one")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "latency:", err)
		os.Exit(1)
	}
}

// measure runs the desk and then less, and prints what was measured.
func measure(bin, db string, n, writes int, idle time.Duration) error {
	long, others, err := changes(db, writes)
	if err != nil {
		return err
	}
	state, err := os.MkdirTemp("", "latency-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(state) }()
	desk := exec.Command(bin, "--db", db, "--actor", "latency-probe")
	desk.Env = append(os.Environ(), "XDG_CONFIG_HOME="+state)
	t, err := start(desk)
	if err != nil {
		return err
	}
	first := t.waitUntilIdle(2 * time.Second)
	fmt.Printf("%-34s %v\n", "first output settled after", first.Round(time.Millisecond))
	for _, keys := range [][]string{{"j"}, {"j", "k"}, {"\x1b[6~", "\x1b[5~"}, {"G", "g"}} {
		t.report("queue", keys, n)
	}
	if err := t.held("j", 2000, 4*time.Millisecond); err != nil {
		return err
	}
	if err := t.usage(idle); err != nil {
		return err
	}
	if err := t.beside(bin, db, others); err != nil {
		return err
	}
	t.send("/\x15id:" + long + "\r") // ctrl+u: whatever is there
	t.waitUntilIdle(time.Second)
	t.send("\r")
	t.waitUntilIdle(time.Second)
	for _, keys := range [][]string{{"j"}, {"j", "k"}, {"\x1b[6~", "\x1b[5~"}, {"n", "p"}, {"w"}, {"v"}} {
		t.report("review", keys, n)
	}
	if err := t.usage(0); err != nil {
		return err
	}
	t.end("\x03")

	file := filepath.Join(state, "text.md")
	if err := os.WriteFile(file, []byte(longText(1)), 0o600); err != nil {
		return err
	}
	for _, other := range [][]string{{"less", file}} {
		if _, err := exec.LookPath(other[0]); err != nil {
			continue
		}
		l, err := start(exec.Command(other[0], other[1:]...))
		if err != nil {
			return err
		}
		l.waitUntilIdle(time.Second)
		for _, keys := range [][]string{{"j"}, {"j", "k"}, {"\x1b[6~", "\x1b[5~"}} {
			l.report(other[0], keys, n)
		}
		l.end("q")
	}
	return nil
}

// report presses keys in turn and prints how long their frames took.
func (t *terminal) report(where string, keys []string, n int) {
	var took []time.Duration
	silent := 0
	for i := range n {
		if d, drew := t.key(keys[i%len(keys)]); drew {
			took = append(took, d)
		} else {
			silent++
		}
	}
	if len(took) == 0 {
		fmt.Printf("%-8s %-24q nothing drawn\n", where, keys)
		return
	}
	slices.Sort(took)
	at := func(percent int) time.Duration { return took[(len(took)-1)*percent/100].Round(10 * time.Microsecond) }
	fmt.Printf("%-8s %-24q p50 %-9v p90 %-9v p99 %-9v (%d frames, %d keys drew nothing)\n", where, keys, at(50), at(90),
		at(99), len(took), silent)
}
