// Command ordering learns the weights of store/detect/order from changes that
// people judged, and reports how well detection and the order of the queue do on
// them. It is for whoever changes the rules, the features or the weights; no part of
// the product calls it.
//
//	go run ./cmd/dev/ordering -db contrib.db -db pga.db -labels a.jsonl -labels b.jsonl \
//		[-write store/detect/order/weights.go]
//
// The databases hold the imported histories; what they say of the changes is not
// used: the versions around each judged one are judged again by the rules as they
// are now. Labels are found by commit and path. No text gets further than the
// terminal; what -write writes is numbers.
//
// Decisions:
//   - A document's changes are all in the same fold, for they are alike; so are
//     documents of one name in two collections.
//   - Of a long history the -before versions before a judged one are enough: what
//     detection remembers is shorter.
package main

import (
	"context"
	"errors"
	"flag"
	"io"

	"fineprint/cmd/dev/detecteval"
	"fineprint/cmd/dev/devtool"
	"fineprint/store/insight/ranking"
)

func main() { devtool.Main("ordering", run) }

// options are what the command line asks for.
type options struct {
	dbs, labels []string
	before      int
	seed        uint64
	write       string
	learning    bool
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("ordering", flag.ContinueOnError)
	f.SetOutput(out)
	list := func(to *[]string) func(string) error {
		return func(s string) error { *to = append(*to, s); return nil }
	}
	f.Func("db", "a database with an imported history; may be given again", list(&o.dbs))
	f.Func("labels", "judged changes, one JSON object a line; may be given again", list(&o.labels))
	f.IntVar(&o.before, "before", 60, "how many versions before a judged one are judged too (0: all)")
	f.Uint64Var(&o.seed, "seed", 1, "of the folds")
	f.BoolVar(&o.learning, "learning", false, "report what learning from decisions is worth instead")
	f.StringVar(&o.write, "write", "", "write the weights, learned from all, into this Go file")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if len(o.dbs) == 0 || len(o.labels) == 0 {
		return o, errors.New("give at least one -db and one -labels")
	}
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args, out)
	if err != nil {
		return err
	}
	var labels []detecteval.Label
	for _, path := range o.labels {
		more, err := detecteval.ReadLabels(path)
		if err != nil {
			return err
		}
		labels = append(labels, more...)
	}
	var samples []sample
	for _, path := range o.dbs {
		found, err := replay(ctx, path, labels, o.before)
		if err != nil {
			return err
		}
		samples = append(samples, found...)
	}
	if o.learning {
		l := learningReport{out: out, samples: onlyMaterial(samples), by: ranking.Defaults}
		l.print()
		return nil
	}
	r := report{out: out, samples: samples, labels: len(labels), seed: o.seed}
	r.print()
	if o.write == "" {
		return nil
	}
	return writeWeights(o.write, samples)
}
