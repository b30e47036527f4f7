// Command alerts shows that no notification is lost: a rule tells of thousands of changes
// a webhook that fails half of the time (errors, connections cut before and after it took
// one, no answer), by a process that is killed again and again, after a random number of
// requests came from it, so while it tells. The receiver counts IDs and checks signatures;
// in the end each must have been accepted once or more.
//
//	go run ./cmd/dev/alerts -events 10000 -kills 100 -seed 1
//
// Its test is the same with fewer.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"fineprint/cmd/dev/devtool"
)

func main() { devtool.Main("alerts", command) }

func command(ctx context.Context, args []string, out io.Writer) error {
	if is, err := child(ctx); is {
		return err
	}
	f := flag.NewFlagSet("alerts", flag.ContinueOnError)
	f.SetOutput(out)
	o := options{}
	f.IntVar(&o.Events, "events", 10000, "how many notifications there are")
	f.IntVar(&o.Kills, "kills", 100, "how often the process is killed")
	f.Uint64Var(&o.Seed, "seed", 1, "of what fails and when it is killed")
	f.DurationVar(&o.Timeout, "within", 30*time.Minute, "how long it may take")
	f.BoolVar(&o.Healthy, "healthy", false, "the webhook never fails: how much is told a second")
	f.DurationVar(&o.Slow, "slow", 3*time.Second, "how long the webhook leaves one without an answer")
	f.DurationVar(&o.Lease, "lease", 4*time.Second, "how long nobody else tells what a process has in hand")
	if err := f.Parse(args); err != nil {
		return err
	}
	var err error
	if o.Folder, err = os.MkdirTemp("", "alerts"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(o.Folder) }()
	r, err := run(ctx, o, func(format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) })
	if err != nil {
		return err
	}
	print(out, r)
	if r.Lost+r.Pending+r.BadSignature+r.Unknown > 0 {
		return fmt.Errorf("%d lost, %d not delivered, %d with a bad signature, %d unknown", r.Lost, r.Pending,
			r.BadSignature, r.Unknown)
	}
	return nil
}

// print writes the table.
func print(out io.Writer, r result) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range []struct {
		name string
		n    any
	}{{"notifications", r.Events}, {"kills", r.Kills}, {"  while it told", r.During}, {"requests",
		r.Asked}, {"accepted", r.Accepted},
		{"  of them repeats", r.Repeats}, {"taken, connection cut before the answer", r.Unseen}, {"answered 500",
			r.Refused},
		{"connection reset", r.Cut}, {"no answer", r.Hung}, {"bad signature", r.BadSignature},
		{"unknown IDs", r.Unknown}, {"delivered by the outbox", r.Delivered}, {"left in it", r.Pending},
		{"never accepted (lost)", r.Lost}, {"took", r.Took.Round(time.Second)},
		{"accepted a second", fmt.Sprintf("%.0f", float64(r.Accepted)/max(r.Took.Seconds(), 1))}} {
		_, _ = fmt.Fprintf(w, "%s\t%v\n", row.name, row.n)
	}
	_ = w.Flush()
}
