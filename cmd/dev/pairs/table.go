package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"
)

// timed is a pair and how long it took.
type timed struct {
	name string
	took time.Duration
}

// table is how long each of some pairs took.
type table struct{ took []timed }

func (t *table) add(name string, took time.Duration) { t.took = append(t.took, timed{name, took}) }

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// print writes the table's quantiles on one line.
func (t *table) print(out io.Writer, name string) {
	if len(t.took) == 0 {
		return
	}
	slices.SortFunc(t.took, func(a, b timed) int { return int(a.took - b.took) })
	total, n := time.Duration(0), len(t.took)
	for _, p := range t.took {
		total += p.took
	}
	at := func(percent int) float64 { return ms(t.took[n*percent/100].took) }
	fmt.Fprintf(out, "%-42s %7d %8.3f %8.3f %8.3f %9.3f %9.2f\n", name, n, at(50), at(90), at(99),
		ms(t.took[n-1].took), total.Seconds())
}

// startUps is how often git is started on two words to see what starting costs.
const startUps = 20

// report prints what was measured.
func (m *measurement) report(ctx context.Context, out io.Writer) error {
	fmt.Fprintf(out, "CPU time of the thread, collector off within a pair\n%-42s %7s %8s %8s %8s %9s %9s\n", "", "pairs",
		"p50 ms", "p90 ms", "p99 ms", "max ms", "total s")
	m.compare.print(out, "comparing, with likeness")
	m.likeness.print(out, "  of it, likeness")
	if n := len(m.compare.took); n > 0 {
		fmt.Fprintf(out, "  %d MB allocated, %d KB a pair\n", m.allocated>>20, int(m.allocated>>10)/n)
	}
	if len(m.beside.took) > 0 {
		var empty table
		if err := m.words.Write("old\n", "new\n"); err != nil {
			return fmt.Errorf("writing git's files: %w", err)
		}
		for range startUps {
			took, err := m.words.Run(ctx)
			if err != nil {
				return err
			}
			empty.add("", took)
		}
		m.beside.print(out, fmt.Sprintf("comparing, every %d of these", m.options.beside))
		m.git.print(out, "git diff --word-diff, the process")
		empty.print(out, "  of it, to start git (two words)")
		m.library.print(out, fmt.Sprintf("sergi/go-diff over words, at most %v", m.limit))
	}
	fmt.Fprintln(out, "\nthe slowest")
	for _, p := range slices.Backward(m.compare.took[max(0, len(m.compare.took)-m.slowest):]) {
		fmt.Fprintf(out, "%9.3f ms  %s\n", ms(p.took), p.name)
	}
	return nil
}
