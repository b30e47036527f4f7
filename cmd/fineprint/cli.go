package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/jsonlist"
	"fineprint/store/model"
	"fineprint/store/rescue"
	"fineprint/tui/config"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// cli is what every subcommand needs: the streams, the global options, the
// clock.
type cli struct {
	in io.Reader
	// out and err are the streams; what is written to one that is no terminal is made
	// visible on its last step, whatever a command does: what is piped may end at a terminal.
	// raw is standard output without that, for binary formats alone.
	out, err, raw io.Writer

	db    string
	actor string
	json  bool
	plain bool
	ascii bool

	offline bool

	opened   []*store.Store // every database that the command opened
	settings *app.Settings  // those that hold, set before a command runs
	theme    *theme.Theme   // of redlines on a terminal, once one was printed

	lost *damage.List // what a command that reads went on without; nil for one that doesn't

	clock func() time.Time

	keeper *rescue.Keeper // of automatic backups, once one was asked for
}

func newCLI(in io.Reader, out, errOut io.Writer) *cli {
	return &cli{in: in, out: guarded(out), err: guarded(errOut), raw: out, clock: time.Now}
}

// guarded returns what is written through to a stream. A terminal stays what it is: it gets
// colours and the desk, and each command makes safe what it writes there.
func guarded(w io.Writer) io.Writer {
	if isTerminal(w) || os.Getenv("CLICOLOR_FORCE") != "" {
		return w
	}
	return sanitize.NewGuard(w)
}

// flush writes what the streams hold back.
func (a *cli) flush() {
	for _, w := range []io.Writer{a.out, a.err} {
		if g, ok := w.(*sanitize.Guard); ok {
			_ = g.Flush()
		}
	}
}

func toolName() string { return "fineprint/" + version() }

func (a *cli) dbPath() string {
	return cmp.Or(a.db, os.Getenv("FINEPRINT_DB"), app.DefaultPath())
}

// app returns the use cases on the database that was named.
func (a *cli) app() *app.App {
	use := &app.App{Path: a.dbPath(), Tool: toolName(), Actor: a.actorName(), Clock: a.clock, Registry: a.ownRegistry()}
	use.Opened = func(s *store.Store) { a.opened = append(a.opened, s) }
	if a.settings != nil {
		use.Alerting = app.AlertingOf(a.settings.Values)
		use.Keeper, use.BackupFolder = a.backups(), fromHome(a.settings.Values.BackupFolder)
		use.Offline = a.settings.Values.Offline
		use.Learning = store.Learning{Off: !a.settings.Values.Learn, From: a.learnsFrom()}
	}
	return use
}

// backups is what makes automatic backups; nil where the settings want none.
func (a *cli) backups() *rescue.Keeper {
	if a.keeper == nil && a.settings.Values.BackupAutomatic {
		folder := fromHome(a.settings.Values.BackupFolder)
		a.keeper = &rescue.Keeper{Keep: a.settings.Values.BackupKeep,
			Folder: func(path string) string { return app.BackupFolder(path, folder) },
			Warn:   func(err error) { a.notef("fineprint: %v\n", err) }}
	}
	return a.keeper
}

// learnsFrom is from whose decisions the order of the queue is learned: "" for everybody's.
func (a *cli) learnsFrom() string {
	if a.settings != nil && a.settings.Values.LearnFrom == config.LearnFromMe {
		return a.actorName()
	}
	return ""
}

// catchUp learns from what was decided before what was learned is shown. Where that can't be
// kept, such as in a file that must not be written, it is learned for what is shown alone.
func (a *cli) catchUp(ctx context.Context, s *store.Store) {
	if a.settings == nil || a.settings.Values.Learn {
		_ = s.CatchUp(ctx, a.learnsFrom())
	}
}

// openStore opens a database that exists.
func (a *cli) openStore() (*store.Store, error) { return a.app().Open() }

// configure loads the settings before a command runs, and prints in one line what
// is wrong with the settings file. The commands about that file print it
// themselves.
func (a *cli) configure(cmd *cobra.Command) {
	overrides := app.Overrides{Actor: a.actor, Offline: a.offline}
	if cmd.Flags().Changed("ascii") {
		ascii := a.ascii
		overrides.ASCII = &ascii
	}
	a.settings = app.LoadSettings(overrides)
	a.ascii = a.settings.Values.ASCII
	for c := cmd; c != nil; c = c.Parent() {
		if c.Name() == "config" {
			return
		}
	}
	if s := config.Summary(a.settings.Problems); s != "" {
		a.notef("fineprint: %s\n", s)
	}
}

// actorName is who decides.
func (a *cli) actorName() string {
	if a.settings == nil { // outside of a command
		return cmp.Or(a.actor, "analyst")
	}
	return a.settings.Values.Actor
}

// reducedMotion reports whether nothing is to move by itself.
func (a *cli) reducedMotion() bool {
	return a.plain || a.settings != nil && a.settings.Values.ReducedMotion
}

// printJSON writes v as one indented JSON document, safe for a terminal.
func (a *cli) printJSON(v any) error {
	document, err := jsonlist.Encode(v)
	if err != nil {
		return err
	}
	_, err = a.out.Write(sanitize.JSON(a.damagedJSON(document)))
	return err
}

// streamJSON has JSON written to standard output as it is made, safe for a terminal.
func (a *cli) streamJSON(write func(w io.Writer) error) error {
	safe := sanitize.JSONWriter(a.out)
	end := &endHeld{to: safe}
	buffered := bufio.NewWriterSize(end, 64<<10)
	if err := write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if _, err := safe.Write(a.damagedJSON(end.held)); err != nil {
		return err
	}
	return safe.Flush()
}

// printJSONLine writes v as one line of JSON, safe for a terminal.
func (a *cli) printJSONLine(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) == nil { // fetchLine can be encoded
		_, _ = a.out.Write(sanitize.JSON(b.Bytes()))
	}
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
