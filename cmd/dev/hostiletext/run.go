package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/creack/pty"

	"fineprint/tui/sanitize"
)

// harness is one run.
type harness struct {
	bin, dir, db, config string
	files                []string
	site                 *httptest.Server
	mu                   sync.Mutex // of strings, while the site answers
	strings              *source
	shown                int
	verbose              bool
	out                  io.Writer

	commands, pipes, terminals, hazards int
	bytes                               int
	seen                                map[string]bool
}

// query is what the program asks a terminal of its background, and answers is what one
// answers; what comes back of it as an echo has carets.
var query = regexp.MustCompile("\x1b\\]11;\\?\x07\x1b\\[c")

const answers = "\x1b]11;rgb:0000/0000/0000\x07\x1b[?62c\x1b]11;rgb:0000/0000/0000\x07\x1b[?62c"

var number = regexp.MustCompile(`zq\d+qz`)

// look searches what came out.
func (h *harness) look(what string, printed []byte, terminal bool) {
	h.bytes += len(printed)
	for _, n := range number.FindAll(printed, -1) {
		h.seen[string(n)] = true
	}
	if found := sanitize.Hazards(printed, terminal); len(found) > 0 {
		h.hazards += len(found)
		_, _ = fmt.Fprintf(h.out, "%d hazards in %q (terminal: %t): %s\n", len(found), what, terminal, found[0])
	}
}

func (h *harness) prepared(ctx context.Context, args []string) *exec.Cmd {
	c := exec.CommandContext(ctx, h.bin, args...)
	c.Dir = h.dir
	c.Env = append(os.Environ(), "FINEPRINT_DB="+h.db, "FINEPRINT_CONFIG="+h.config, "HOME="+h.dir, "TERM=xterm-256color",
		"EDITOR=true", "GOMAXPROCS=2")
	return c
}

// run runs a command into pipes, and returns what it printed to standard output.
func (h *harness) run(ctx context.Context, args ...string) []byte {
	c := h.prepared(ctx, args)
	var out, errOut bytes.Buffer
	c.Stdout, c.Stderr = &out, &errOut
	if err := c.Run(); err != nil && h.verbose { // some are to fail
		_, _ = fmt.Fprintf(h.out, "%s: %v: %.300s\n", args[0], err, errOut.String())
	}
	h.pipes++
	h.look(strings.Join(args[:min(len(args), 3)], " "), out.Bytes(), false)
	h.look(strings.Join(args[:min(len(args), 3)], " ")+" (errors)", errOut.Bytes(), false)
	return out.Bytes()
}

// show runs a command at a terminal.
func (h *harness) show(ctx context.Context, args ...string) error {
	screen, err := pty.StartWithSize(h.prepared(ctx, args), &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		return err
	}
	_, _ = io.WriteString(screen, answers)
	printed, _ := io.ReadAll(screen) // ends with an error once the command has ended
	h.terminals++
	h.look(strings.Join(args[:min(len(args), 3)], " "), query.ReplaceAll(printed, nil), true)
	return screen.Close()
}

// ids returns the IDs of a kind that a command prints.
func (h *harness) ids(ctx context.Context, kind string, args ...string) []string {
	all := regexp.MustCompile(kind+`-\d+`).FindAllString(string(h.run(ctx, args...)), -1)
	slices.Sort(all)
	return slices.Compact(all)
}

// leftOut are commands that are not run, with the reason.
var leftOut = map[string]string{
	"demo": "its texts are ours", "review": "the desk: `task hostile`", "man": "no text of a database", "completion": "none",
	"licenses": "none", "keys": "none", "draft": "runs a command of the user's", "config init": "writes the settings",
	"import dataset": "needs a zip; its texts come like those of files", "import wayback": "needs the Internet Archive",
	"record edit": "needs an editor", "record agencies": "the registry's", "record regulations": "the registry's",
	"record template": "ours", "playbook init": "ours", "playbook save": "reads a file", "playbook check": "reads a file",
	"playbook show": "no playbook here", "backup": "copies the file", "restore": "puts a copy back", "compact": "copies the file",
	"salvage":     "reads a damaged file",
	"config path": "none", "insight train": "reads labels", "insight evaluate": "reads labels",
}

// runAll runs every command, into a pipe and at a terminal, and holds the list against the
// program's own.
func (h *harness) runAll(ctx context.Context) error {
	defer h.site.Close()
	all := h.table(ctx)
	if err := h.complete(ctx, all); err != nil {
		return err
	}
	h.commands = len(all)
	for _, args := range all {
		h.run(ctx, args...)
		if slices.Contains(args, "warc") || slices.Contains(args, "pdf") {
			continue
		}
		if err := h.show(ctx, args...); err != nil {
			return err
		}
	}
	for _, format := range []string{"json", "jsonl", "csv", "md", "text", "atom", "csl", "bibtex", "ris"} {
		path := filepath.Join(h.dir, "out."+format)
		h.run(ctx, "export", "--format", format, "-o", path)
		if err := h.file(path); err != nil {
			return err
		}
	}
	h.run(ctx, "export", "--format", "html", "-o", filepath.Join(h.dir, "html"))
	pages, err := filepath.Glob(filepath.Join(h.dir, "html", "*.html"))
	for _, page := range pages {
		if err == nil {
			err = h.file(page)
		}
	}
	return err
}

func (h *harness) file(path string) error {
	raw, err := os.ReadFile(path)
	if err == nil {
		h.look(filepath.Base(path), raw, false)
	}
	return err
}

// complete reports a command of the program that is neither run nor left out.
func (h *harness) complete(ctx context.Context, all [][]string) error {
	pages := filepath.Join(h.dir, "man")
	if err := h.prepared(ctx, []string{"man", "--to", pages}).Run(); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(pages, "fineprint-*.1"))
	if err != nil || len(files) < 40 {
		return fmt.Errorf("the program has %d manual pages: %w", len(files), err)
	}
	for _, file := range files {
		name := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "fineprint-"), ".1"), "-", " ")
		parent, _, _ := strings.Cut(name, " ")
		below := slices.ContainsFunc(files, func(other string) bool {
			return strings.HasPrefix(filepath.Base(other), strings.TrimSuffix(filepath.Base(file), ".1")+"-")
		})
		ran := slices.ContainsFunc(all, func(args []string) bool { return strings.HasPrefix(strings.Join(args, " ")+" ", name+" ") })
		if !ran && !below && leftOut[name] == "" && leftOut[parent] == "" {
			_, _ = fmt.Fprintf(h.out, "not run: %s\n", name)
		}
	}
	return nil
}

// table is what is run: every command that prints something of a database, in every form.
func (h *harness) table(ctx context.Context) [][]string {
	bad := h.strings.line()
	all := [][]string{
		{"check"}, {"activity"}, {"calendar"}, {"calendar", "--ics"}, {"platforms"}, {"stats"}, {"stats", "--agreement"}, {"types"},
		{"types", "list"}, {"queue", "--state", "all", "--limit", "0"}, {"queue", "--filter", bad}, {"track", "list"}, {"rules", "list"},
		{"alerts", "list"}, {"alerts", "run"}, {"alerts", "test", bad}, {"note", "list"}, {"tag", bad, bad}, {"record", "list"}, {"record", "lint", "FP-R-000001"},
		{"record", "types"}, {"playbook", "list"}, {"config", "show"}, {"config", "check"}, {"digest", "--since", "2000-01-01"},
		{"digest", "--since", "2000-01-01", "--format", "html"}, {"digest", "--since", "2000-01-01", "--format", "atom"},
		{"index"}, {"search", "keep"}, {"search", "days", "--limit", "500"}, {"search", bad}, {"compare", "FP-P-000001"},
		{"diff", h.files[0], h.files[1]}, {"diff", bad, h.files[1]}, {"show", bad}, {"decide", bad, "--approve"}, {"decide", "FP-C-000001", "--severity", bad},
		{"export", "--format", bad}, {"export", bad}, {"import", "ota", bad}, {"import", "files", bad, h.files[0]}, {"fetch", bad}, {"track", "add", bad},
		{"track", "find", h.site.URL + "/terms", "--allow-host", "127.0.0.1"}, {"track", "test", h.site.URL + "/terms", "--allow-host", "127.0.0.1"},
		{"track", "set", bad, "--every", "1h"}, {"track", "remove", bad}, {"record", "new", bad, "--from", h.files[2]}, {"record", "show", "FP-R-000001"},
		{"record", "show", bad}, {"record", "approve", "FP-R-000001"}, {"detect", "--again"}, {"insight", "explain", "FP-C-000001"}, {bad}, {"--" + bad}, {"alerts", "retry", bad}, {"insight", "status"},
		{"note", "edit", bad, bad}, {"note", "remove", bad}, {"note", "restore", bad}, {"record", "suggest", "FP-R-000001"},
		{"record", "withdraw", bad}, {"rules", "add", "fold", bad, "--clause", "1"}, {"rules", "add", "keep", bad, "--clause", "1"},
		{"rules", "add", "alert", bad, "--filter", bad}, {"rules", "run"}, {"rules", "undo", bad}, {"rules", "remove", bad},
		{"types", "set", bad, bad}, {"types", "show", "FP-P-000001"}, {"types", "undo", bad},
	}
	for i := range min(h.shown, 100) {
		id := fmt.Sprintf("%06d", i+1)
		all = append(all, []string{"show", "FP-C-" + id}, []string{"show", "FP-C-" + id, "--format", "md"}, []string{"show", "FP-C-" + id, "--record"},
			[]string{"show", "FP-R-" + id}, []string{"show", "FP-R-" + id, "--format", "md"}, []string{"show", "FP-D-0" + id[2:]},
			[]string{"show", "FP-D-0" + id[2:] + "@1"}, []string{"show", "FP-D-0" + id[2:] + "@2"}, []string{"show", "FP-S-" + id}, []string{"show", "FP-P-" + id},
			[]string{"show", "FP-P-" + id, "--format", "md"}, []string{"show", "FP-C-" + id, "--history", "1"})
	}
	for _, format := range []string{"json", "jsonl", "csv", "md", "text", "atom", "csl", "bibtex", "ris"} {
		all = append(all, []string{"export", "--format", format})
	}
	for _, args := range all[:len(all):len(all)] {
		if !slices.Contains(args, "--format") && !slices.Contains(args, "--ics") {
			all = append(all, append(slices.Clone(args), "--json"), append(slices.Clone(args), "--plain"))
		}
	}
	return all
}
