package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fineprint/store/export"
	"fineprint/store/query"
	"fineprint/tui/config"
	"fineprint/tui/keys"
)

const repository = "../../"

var updatePages = flag.Bool("update-pages", false, "write the generated reference pages")

// pages are the reference pages that are made from the program, by file, so that
// they can't differ from it.
func pages() map[string]string {
	return map[string]string{
		"cmd/fineprint/COMMANDS.md": commandsPage(),
		"tui/keys/KEYS.md":          "# Keys of the desk\n\n" + keys.Markdown(),
		"tui/config/SETTINGS.md":    "# Settings\n\n" + config.Markdown(),
		"store/query/FILTERS.md":    filtersPage(),
	}
}

const madeBy = "\n<!-- Made by: go test ./cmd/fineprint -run Pages -update-pages -->\n"

func commandsPage() string {
	var b strings.Builder
	b.WriteString("# Commands\n\n`fineprint COMMAND --help` has the options of each.\n\n")
	for _, c := range newRootCommand(newCLI(nil, &bytes.Buffer{}, &bytes.Buffer{})).Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		fmt.Fprintf(&b, "- `%s` %s\n", c.Name(), strings.ToLower(c.Short[:1])+c.Short[1:])
		for _, sub := range c.Commands() {
			fmt.Fprintf(&b, "  - `%s %s` %s\n", c.Name(), sub.Name(), strings.ToLower(sub.Short[:1])+sub.Short[1:])
		}
	}
	b.WriteString("\n## Formats of export\n\n")
	for _, f := range export.Formats {
		files := fmt.Sprintf("files end in `%s`", f.Ext)
		switch {
		case f.Single():
			files = fmt.Sprintf("a folder, or a file that ends in `%s`; one record: `%s`", export.ZipExt, f.Ext)
		case f.Folder:
			files = fmt.Sprintf("a folder, or a file that ends in `%s`", export.ZipExt)
		}
		if f.CheckNotes() == nil {
			files += "; with `--notes` it has the notes"
		}
		fmt.Fprintf(&b, "- `%s` (%s) %s\n", f.Name, files, f.Description)
	}
	return b.String()
}

func filtersPage() string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(`# Filters of the queue

The same in the desk ('/') and in 'fineprint queue --filter':

- A word finds what has a word that begins with it in the platform, the document type or the reasons.
  Several words all have to be found: 'zoom priv'. A phrase stands in quotes: '"terms of service"'.
- '~fb' looks letter by letter: names that have these letters in order.
- An ID alone opens what it names: 'FP-C-000543', a record 'FP-R-…', a document 'FP-D-…'.
- A field has a colon and values; commas between them mean or: 'sev:high,critical'. Some can be compared
  by '<' '<=' '>' '>=': 'sev>=high', 'age<30d'.
- '-' before a term excludes what it finds: '-reason:link'.
- 'or' joins alternatives and binds less than terms side by side: 'zoom terms or kick' is (zoom and
  terms) or kick; parentheses change that: '(zoom or kick) terms'.

`, "'", "`"))
	for _, f := range query.Fields {
		fmt.Fprintf(&b, "- `%s:` %s\n", f.Name, f.Help)
	}
	return b.String()
}

func TestPagesAreInStep(t *testing.T) {
	readme := readRepository(t, "README.md")
	for name, text := range pages() {
		want := strings.TrimSpace(text) + "\n" + madeBy
		if *updatePages {
			if err := os.WriteFile(repository+name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := os.ReadFile(repository + name); string(got) != want {
			t.Errorf("%s is out of step; go test ./cmd/fineprint -run Pages -update-pages writes it", name)
		}
		if !strings.Contains(readme, "("+name+")") {
			t.Errorf("README does not link %s", name)
		}
	}
}

func readRepository(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(repository + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestReadmeNamesExistingCommands: what the README runs as fineprint COMMAND is
// one, and each option beside it is too.
func TestReadmeNamesExistingCommands(t *testing.T) {
	runs := regexp.MustCompile(`(?m)(?:bin/|\x60)fineprint ([a-z]+)((?: [^\n#\x60]*)?)`).
		FindAllStringSubmatch(readRepository(t, "README.md"), -1)
	if len(runs) < 8 {
		t.Fatalf("README runs %d commands", len(runs))
	}
	root := newRootCommand(newCLI(nil, &bytes.Buffer{}, &bytes.Buffer{}))
	for _, run := range runs {
		words := append([]string{run[1]}, strings.Fields(run[2])...)
		command, _, err := root.Find(words)
		if err != nil || command == root {
			t.Errorf("README runs fineprint %s, which is no command", run[1])
			continue
		}
		for _, option := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(run[2], -1) {
			if command.Flags().Lookup(option[1]) == nil && root.PersistentFlags().Lookup(option[1]) == nil {
				t.Errorf("README runs fineprint %s --%s, which is no option of it", run[1], option[1])
			}
		}
	}
}

func TestReadmeNamesExistingTasks(t *testing.T) {
	defined := regexp.MustCompile(`(?m)^  ([a-z:]+):$`).FindAllStringSubmatch(readRepository(t, "Taskfile.yml"), -1)
	named := regexp.MustCompile("`task ([a-z:]+)").FindAllStringSubmatch(readRepository(t, "README.md"), -1)
	if len(named) < 5 {
		t.Fatalf("README names %d tasks", len(named))
	}
	for _, n := range named {
		if !slices.ContainsFunc(defined, func(d []string) bool { return d[1] == n[1] }) {
			t.Errorf("README names task %s, which does not exist", n[1])
		}
	}
}

// TestReadmeIsShort: what a newcomer reads; reference is on the pages.
func TestReadmeIsShort(t *testing.T) {
	if lines := strings.Count(readRepository(t, "README.md"), "\n"); lines > 220 {
		t.Errorf("README has %d lines; a newcomer's page has about 200", lines)
	}
}
