package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"
)

// graceTime is how long a command may take to end once it was interrupted.
const graceTime = 700 * time.Millisecond

// endProcess ends the process; only main sets it, so that no test is ended.
var endProcess func(status int)

func main() {
	endProcess = os.Exit
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// endSoon ends the process when a command that was interrupted has not ended by itself
// after [graceTime], until the function it returns is called: between two versions of a
// document nothing is asked whether to go on, and a hostile one may take seconds. What is
// being recorded then is lost as if the power was; what was recorded is kept.
func endSoon(ctx context.Context, errOut io.Writer) (undo func()) {
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case <-ctx.Done():
		}
		select {
		case <-ended:
		case <-time.After(graceTime):
			if endProcess != nil {
				fmt.Fprintln(errOut, "fineprint: Interrupted.\n  Everything recorded so far is kept; run the same command again to continue.")
				endProcess(exitFindings)
			}
		}
	}()
	return func() { close(ended) }
}
