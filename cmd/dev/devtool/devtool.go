// Package devtool is what developers' tools that are run by hand share: how they begin
// and end, and what they measure the process by. No test times anything by it.
package devtool

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// Main runs a tool with the arguments of the command line until it ends or is
// interrupted. An error is printed after the tool's name, and ends the process with
// status 2; that help was asked for is none.
func Main(name string, run func(ctx context.Context, args []string, out io.Writer) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, name+":", err)
		os.Exit(2)
	}
}
