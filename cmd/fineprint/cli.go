package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/charmbracelet/x/term"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// cli is what every subcommand needs: the streams, the global options, the
// clock.
type cli struct {
	in       io.Reader
	out, err io.Writer

	db    string
	actor string
	json  bool
	plain bool
	ascii bool

	config *configuration // the settings that hold, set before a command runs
	theme  *theme.Theme   // of redlines on a terminal, once one was printed

	clock func() time.Time
}

func newCLI(in io.Reader, out, errOut io.Writer) *cli {
	return &cli{in: in, out: out, err: errOut, clock: time.Now}
}

// buildVersion is set by the linker in a release.
var buildVersion = ""

func version() string {
	if buildVersion != "" {
		return buildVersion
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func toolName() string { return "fineprint/" + version() }

// defaultDB is the database's place when neither --db nor FINEPRINT_DB names
// one: the platform's folder for application data.
func defaultDB() string {
	const name = "fineprint.db"
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "fineprint", name)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "fineprint", name)
	case "windows":
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "fineprint", name)
		}
	}
	return filepath.Join(home, ".local", "share", "fineprint", name)
}

func (a *cli) dbPath() string {
	if a.db != "" {
		return a.db
	}
	if env := os.Getenv("FINEPRINT_DB"); env != "" {
		return env
	}
	return defaultDB()
}

func (a *cli) storeOptions() store.Options {
	return store.Options{Clock: a.clock, Tool: toolName(), Actor: a.actorName()}
}

// openStore opens a database that exists.
func (a *cli) openStore() (*store.Store, error) {
	return store.Open(a.dbPath(), a.storeOptions())
}

// openOrCreateStore also makes the database and the default folder it is in.
func (a *cli) openOrCreateStore() (*store.Store, error) {
	path := a.dbPath()
	if dir := filepath.Dir(path); path == defaultDB() {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("making the data folder: %w: %w", model.ErrUnwritable, err)
		}
	}
	return store.OpenOrCreate(path, a.storeOptions())
}

// printJSON writes v as one indented JSON document, safe for a terminal.
func (a *cli) printJSON(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	_, err := a.out.Write(sanitize.JSON(b.Bytes()))
	return err
}

// printf writes a line or more of text to standard output. Every string among
// args is made safe for a terminal; format itself is ours.
func (a *cli) printf(format string, args ...any) {
	for i, v := range args {
		switch v := v.(type) {
		case string:
			args[i] = sanitize.Line(v)
		case fmt.Stringer:
			args[i] = sanitize.Line(v.String())
		case error:
			args[i] = sanitize.Line(v.Error())
		case model.ID:
			args[i] = sanitize.Line(string(v))
		}
	}
	_, _ = fmt.Fprintf(a.out, format, args...)
}

// notef writes a remark to standard error, like printf.
func (a *cli) notef(format string, args ...any) {
	to := *a
	to.out = a.err
	to.printf(format, args...)
}

// isTerminal reports whether w is a terminal.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
