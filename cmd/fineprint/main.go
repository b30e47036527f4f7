// Command fineprint is the desk of the analyst who reads changes in platforms'
// terms: it imports and keeps every version of the documents it tracks, finds
// which clauses really changed, shows them as a word-level redline, takes the
// analyst's judgement and exports approved work as citable records.
//
// This package wires: one file a subcommand, with its flags, its run function and
// what it prints, and the desk's calls in desk.go. What the commands and the desk
// do is in cmd/internal/app; what is read for one of them comes straight from the
// store. Nothing here compares texts or judges decisions.
//
// Size: eighteen commands, of about 200 lines each; they share no more than the
// cli type and print.go, so that a package for each would only add imports.
//
// Exit status: 0 fine; 1 there is something to look at; 2 bad usage or input;
// 3 the database is busy or damaged.
package main

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"charm.land/fang/v2"
)

// run is main without the process: it returns the exit status.
func run(args []string, in io.Reader, out, errOut io.Writer) (status int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	log.SetOutput(io.Discard) // net/http writes there of servers that misbehave, across the desk's screen

	a := newCLI(in, out, errOut)
	defer func() { status = a.sayDamagedPages(status) }()
	defer a.flush()
	root := newRootCommand(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := fang.Execute(ctx, root,
		fang.WithVersion(versionLine()),
		fang.WithoutManpage(), // ours has a page for each command
		fang.WithErrorHandler(func(w io.Writer, styles fang.Styles, err error) {
			var quiet *statusError
			if errors.As(err, &quiet) && quiet.err == nil {
				return
			}
			a.printError(w, styles.ErrorText.UnsetMargins().UnsetWidth().UnsetTransform().Render("fineprint:"), err)
		}))
	if unread := a.unread(); unread != nil {
		a.printError(errOut, "fineprint:", unread)
		return exitStorage
	}
	return exitStatus(err)
}
