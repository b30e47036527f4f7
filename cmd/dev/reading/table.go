package main

import (
	"fmt"
	"io"
)

// printTable writes a line for each template and one for all.
func printTable(out io.Writer, rows []row, verbose bool) {
	fmt.Fprintf(out, "%-62s %7s", "words kept %, chrome taken in %, headings right", "words")
	for _, r := range readers {
		fmt.Fprintf(out, "  %-22s", r.name)
	}
	fmt.Fprintln(out)
	sum := row{scores: make([]score, len(readers))}
	met := make([]int, len(readers))
	for _, r := range rows {
		printRow(out, r.template.name, r)
		for i, s := range r.scores {
			sum.scores[i].add(s)
			if s.good() {
				met[i]++
			}
		}
		if verbose {
			printDetails(out, r)
		}
	}
	printRow(out, fmt.Sprintf("all %d templates", len(rows)), sum)
	fmt.Fprintf(out, "%-70s", "templates within the bounds")
	for _, n := range met {
		fmt.Fprintf(out, "  %-22d", n)
	}
	fmt.Fprintln(out)
}

func printRow(out io.Writer, name string, r row) {
	fmt.Fprintf(out, "%-62.62s %7d", name, r.scores[0].words)
	for i, s := range r.scores {
		flag := " "
		if i == 0 && !s.good() {
			flag = "!"
		}
		headings := fmt.Sprintf("%d/%d", s.right, s.headings)
		if s.headings == 0 {
			headings = "-"
		}
		fmt.Fprintf(out, " %s%6.2f %6.2f %8s", flag, percent(s.kept, s.words), percent(s.chrome, s.words), headings)
	}
	fmt.Fprintln(out)
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

// The bounds that a reader should keep on each template.
const (
	minKept   = 99.5 // percent of the document's words
	maxChrome = 0.5  // words taken in beside them, in percent of the document's
)

// good reports whether a template was read within the bounds, with all headings.
func (s score) good() bool {
	return percent(s.kept, s.words) >= minKept && percent(s.chrome, s.words) <= maxChrome && s.right == s.headings
}

// printDetails writes what our reader lost and took in.
func printDetails(out io.Writer, r row) {
	for _, list := range []struct {
		what string
		all  []string
	}{{"lost", r.scores[0].lost}, {"taken", r.scores[0].taken}, {"no heading", r.scores[0].miss}, {"failed", r.failed}} {
		for _, s := range list.all {
			fmt.Fprintf(out, "    %-10s %.150s\n", list.what, s)
		}
	}
}
