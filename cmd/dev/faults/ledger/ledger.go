// Package ledger makes the page of what the fault rounds found from their results: each
// figure with the command, seed, commit and date behind it, and every kind of failure with
// what repeats it.
//
// It is not for running anything, and says nothing that is in no result: what was not run
// is listed as that. Results come from cmd/dev/faults and from other tools and tests that
// keep theirs in the same form, [trial.Result], a file each in cmd/dev/faults/results.
package ledger

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fineprint/cmd/dev/faults/trial"
)

// examples is how many failures of one kind are shown.
const examples = 3

// expected are the kinds that the page is about, in its order, with what each shows. Others
// that have a result come after them.
var expected = []struct{ kind, about string }{
	{"kill", "The program is ended by kill -9, half of the time at a moment of its run, half at a system call " +
		"that writes. Acknowledged is what it had said that it did; all of that must be there, `check` content, " +
		"and every value that lasts as it was."},
	{"powerloss", "What the real program wrote, by a trace of its system calls, is replayed up to a moment, and of " +
		"what it had not synced a part is lost, in whole or by sectors. Rows that end in “no syncs” are the control: " +
		"there the syncs are ignored, and something must be lost."},
	{"diskfull", "A small file system is full at a random moment. Nothing may be lost, and the message must say what " +
		"happened."},
	{"damage", "Copies of the database are damaged, asked everything, written to and salvaged. Said: a command ended " +
		"with status 3. No effect: every answer was right."},
	{"rollback", "An older copy, another store's file, a tail cut off, a forged journal: what catches each."},
	{"drill", "Restoring from a backup, again and again."},
	{"fairness", "Decisions while long commands run on the same database."},
	{"bombs", "Input that is small and asks for much."},
	{"fuzz", "Parsers of foreign bytes, and the law that each keeps."},
	{"hostiletext", "Hostile strings in every field, through every command and screen."},
	{"supply", "Builds, packages and their installation."},
}

// Write writes the page of a folder's results.
func Write(results, page string) error {
	text, err := Page(results)
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(text), 0o600)
}

// Page makes the page of a folder's results.
func Page(results string) (string, error) {
	all, err := read(results)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("# Fault ledger\n\nWhat was done to the program and its files, and what came of it. Made by `task ledger` " +
		"from `cmd/dev/faults/results`; don't edit it.\n\n")
	var order []string
	about := map[string]string{}
	for _, e := range expected {
		order, about[e.kind] = append(order, e.kind), e.about
	}
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		if !slices.Contains(order, kind) {
			order = append(order, kind)
		}
	}
	b.WriteString("| Round | Trials | With a failure | Commit | Date |\n|---|--:|--:|---|---|\n")
	for _, kind := range order {
		if r, there := all[kind]; there {
			fmt.Fprintf(&b, "| [%s](#%s) | %s | %d | %s | %s |\n", r.Title, anchor(r.Title), trials(r), r.Failed, cell(r.Commit), r.Date)
		} else {
			fmt.Fprintf(&b, "| %s | not run | | | |\n", kind)
		}
	}
	for _, kind := range order {
		if r, there := all[kind]; there {
			section(&b, r, about[kind])
		}
	}
	return b.String(), nil
}

func read(folder string) (map[string]trial.Result, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	all := map[string]trial.Result{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var r trial.Result
		if err := json.Unmarshal(raw, &r); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if r.Kind == "" || r.Title == "" || r.Command == "" || r.Commit == "" || r.Date == "" {
			return nil, fmt.Errorf("%s: a result needs kind, title, command, commit and date", file)
		}
		all[r.Kind] = r
	}
	return all, nil
}

func anchor(title string) string {
	return strings.ReplaceAll(strings.ToLower(strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, title)), " ", "-")
}

// trials says how many were done, and of how many when the round has not ended.
func trials(r trial.Result) string {
	if r.Trials < r.Asked {
		return fmt.Sprintf("%d of %d", r.Trials, r.Asked)
	}
	return strconv.Itoa(r.Trials)
}

// cell makes text safe for a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;").Replace(text)
}

func section(b *strings.Builder, r trial.Result, about string) {
	fmt.Fprintf(b, "\n## %s\n\n", r.Title)
	if about != "" {
		fmt.Fprintf(b, "%s\n\n", about)
	}
	fmt.Fprintf(b, "`%s` at commit %s on %s, seed %d: %s trials, %d with a failure.\n", r.Command, r.Commit, r.Date, r.Seed, trials(r), r.Failed)
	for _, note := range r.Notes {
		fmt.Fprintf(b, "\n%s\n", note)
	}
	table(b, r)
	failures(b, r)
}

// table writes the rows and, when all of it is numbers, their sum.
func table(b *strings.Builder, r trial.Result) {
	if len(r.Rows) == 0 {
		return
	}
	columns, sums, words := slices.Clone(r.Columns), map[string]int{}, false
	for _, row := range r.Rows {
		for _, name := range slices.Concat(slices.Sorted(maps.Keys(row.Figures)), slices.Sorted(maps.Keys(row.Says))) {
			if !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
		for name, n := range row.Figures {
			sums[name] += n
		}
		words = words || len(row.Says) > 0
	}
	fmt.Fprintf(b, "\n| | %s |\n|---|%s\n", strings.Join(columns, " | "), strings.Repeat("--:|", len(columns)))
	line := func(name string, value func(column string) string) {
		fmt.Fprintf(b, "| %s |", cell(name))
		for _, c := range columns {
			fmt.Fprintf(b, " %s |", cell(value(c)))
		}
		b.WriteByte('\n')
	}
	for _, row := range r.Rows {
		line(row.Name, func(c string) string {
			if says, there := row.Says[c]; there {
				return says
			}
			return strconv.Itoa(row.Figures[c])
		})
	}
	if !words && len(r.Rows) > 1 {
		line("all", func(c string) string { return strconv.Itoa(sums[c]) })
	}
}

// failures lists them by kind.
func failures(b *strings.Builder, r trial.Result) {
	byKind := map[string][]trial.Failure{}
	for _, f := range r.Failures {
		byKind[f.Kind] = append(byKind[f.Kind], f)
	}
	if len(byKind) == 0 {
		b.WriteString("\nNo failure.\n")
		return
	}
	b.WriteString("\nFailures:\n\n")
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		list := byKind[kind]
		fmt.Fprintf(b, "- %s: %d\n", kind, max(len(list), r.Found[kind]))
		for _, f := range list[:min(examples, len(list))] {
			detail := []rune(strings.Join(strings.Fields(f.Detail), " "))
			fmt.Fprintf(b, "  - trial %d, %s: %s\n", f.Trial, f.Row, cell(string(detail[:min(200, len(detail))])))
		}
	}
}
