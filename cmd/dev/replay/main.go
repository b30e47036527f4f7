// Command replay serves the raw captures of an Open Terms Archive history from
// loopback, one after the other, to the fetch that users run, and prints one
// table: what became of each document's captures, beside the versions that the
// archive made of the same ones. It is for whoever changes how pages are
// fetched, read or judged; no part of the product calls it.
//
// The clock is that of the captures: each is fetched when the archive took it.
// Everything else is as in the field: the HTTP client, fetch/watch, a database.
// A document is read as the archive's declaration has it, where there is one;
// when the declaration changed, so does what is tracked, at its time.
//
// Of the demo collection (16,657 captures of 19 documents, 2023 to 2026, 16,645
// different bodies) the archive made 80 changes. This makes 96 as the archive
// declares its documents, and 181 without a selector. Why they differ:
//
//   - Without a selector, four documents on one page (Buffer) take in all of it:
//     22 changes of its text, each queued four times. A selector separates them.
//   - The archive has no version of some documents after a time (Brevo: 2023),
//     though their pages are captured on and their words do change.
//   - An archive writes protected e-mail addresses as they come, and the typography
//     of its engine of the time; here they are decoded, and one engine reads all.
//   - Targets of links are resolved against the loopback here, so that a page that
//     begins to write an address relatively has a change of a link.
//   - A page that only leads on is a failure here, and none in the archive, which
//     drops what its selector doesn't match.
//   - A declaration of today is not always the one of the time: then its selector
//     has no match, and what it would have found is found late, as one change.
//
// The histories are looked for in FINEPRINT_SNAPSHOTS and FINEPRINT_VERSIONS
// (git directories), the declarations in FINEPRINT_DECLARATIONS.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fineprint/cmd/dev/devtool"
	"fineprint/fetch/importer"
	"fineprint/fetch/ota"
	"fineprint/store"
	"fineprint/store/model"
)

func main() {
	devtool.Main("replay", func(ctx context.Context, args []string, out io.Writer) error {
		return run(ctx, args, out, os.Stderr)
	})
}

// options are what the command line asks for.
type options struct {
	snapshots, versions, declarations string
	match                             string
	verbose                           bool
	keep                              string
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("replay", flag.ContinueOnError)
	f.SetOutput(out)
	f.StringVar(&o.snapshots, "snapshots", os.Getenv("FINEPRINT_SNAPSHOTS"),
		"the archive's raw captures: a git directory")
	f.StringVar(&o.versions, "versions", os.Getenv("FINEPRINT_VERSIONS"),
		"the versions that the archive made of them; none: not compared")
	f.StringVar(&o.declarations, "declarations", os.Getenv("FINEPRINT_DECLARATIONS"),
		"how the archive reads them: a file or folder; none: without selectors")
	f.StringVar(&o.match, "match", "", "only these documents: a glob on 'Platform/Type'")
	f.BoolVar(&o.verbose, "v", false, "list every change that only one of the two saw")
	f.StringVar(&o.keep, "keep", "", "a folder to keep the databases in, for reading; none: they go")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.snapshots == "" {
		return o, fmt.Errorf("%w: say -snapshots, a git directory of raw captures", model.ErrInvalid)
	}
	return o, nil
}

func run(ctx context.Context, args []string, out, progress io.Writer) error {
	o, err := parse(args, progress)
	if err != nil {
		return err
	}
	dir := o.keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "fineprint-replay-*"); err != nil {
			return fmt.Errorf("making room for the databases: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	var sourceOf func(string, string, time.Time) (model.Source, bool)
	if o.declarations != "" {
		declared, err := ota.ReadDeclarations(o.declarations)
		if err != nil && len(declared) == 0 {
			return err
		}
		sourceOf = importer.DeclaredSources(declared)
	}
	s, err := store.Create(filepath.Join(dir, "replay.db"), store.Options{Actor: "replay", NoSync: true})
	if err != nil {
		return err
	}
	started := time.Now()
	r := &replay{store: s, sourceOf: sourceOf, match: o.match, progress: progress}
	if err := r.run(ctx, o.snapshots); err != nil {
		return err
	}
	t := table{documents: r.list(), took: time.Since(started), verbose: o.verbose}
	if err := t.ours(ctx, s); err != nil {
		return err
	}
	if o.versions != "" {
		if err := t.theirs(ctx, o, filepath.Join(dir, "archive.db")); err != nil {
			return err
		}
	}
	t.print(out)
	return wholeStore(ctx, s)
}

// wholeStore checks what was recorded.
func wholeStore(ctx context.Context, s *store.Store) error {
	report, err := s.Check(ctx, nil)
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("the database is not whole: %v", report.Problems)
	}
	return err
}
