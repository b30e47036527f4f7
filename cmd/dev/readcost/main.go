// Command readcost measures what reading a change costs: how many screens and keys it
// takes, from opening it to having seen every edit, at the desk of a built program on a
// pseudo-terminal. Two builds are compared on a copy of one database:
//
//	go run ./cmd/dev/readcost -db copy.db -bin before/fineprint -bin bin/fineprint FP-C-000001 FP-C-000002
//
// Which edits there are is taken from the two texts and not from the screen. The reader
// is made up: one who pages down, and one who presses n where nothing new is cut off at
// the bottom; the cheaper of both counts. It is for whoever works on the desk, and for no
// test.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"fineprint/cmd/dev/devtool"
	"fineprint/store"
	"fineprint/store/model"
)

func main() { devtool.Main("readcost", run) }

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

// Set adds a value.
func (l *list) Set(s string) error {
	*l = append(*l, s)
	return nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var bins list
	flags := flag.NewFlagSet("readcost", flag.ContinueOnError)
	db := flags.String("db", "", "the database, a copy: the desk keeps its place beside it")
	w := flags.Int("w", 120, "columns of the window")
	h := flags.Int("h", 40, "rows of the window")
	flags.Var(&bins, "bin", "a built program; give it once for each to compare")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *db == "" || len(bins) == 0 || flags.NArg() == 0 {
		return errors.New("give -db FILE, -bin FILE and the IDs of changes")
	}
	changes, err := read(ctx, *db, flags.Args())
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-12s %-34s %7s", "change", "document", "edits")
	for i := range bins {
		fmt.Fprintf(out, "  %8s %8s %6s", fmt.Sprintf("keys %d", i+1), "screens", "seen")
	}
	fmt.Fprintln(out)
	sum := make([]cost, len(bins))
	for _, c := range changes {
		name := c.Document.Platform.Name + " / " + c.Document.Type
		items := itemsOf(c)
		fmt.Fprintf(out, "%-12s %-34.34s %7d", c.Change.ID, name, len(items))
		for i, bin := range bins {
			got, err := cheapest(bin, *db, string(c.Change.ID), items, *w, *h)
			if err != nil {
				return err
			}
			sum[i].keys, sum[i].screens = sum[i].keys+got.keys, sum[i].screens+got.screens
			fmt.Fprintf(out, "  %6d %s %8d %5.1f%%", got.keys, got.by, got.screens, 100*got.seen)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%-55s", "all")
	for _, s := range sum {
		fmt.Fprintf(out, "  %8d %8d %6s", s.keys, s.screens, "")
	}
	fmt.Fprintln(out)
	return nil
}

// read reads changes with their texts.
func read(ctx context.Context, path string, ids []string) ([]model.ChangeDetail, error) {
	s, err := store.Open(path, store.Options{})
	if err != nil {
		return nil, err
	}
	var out []model.ChangeDetail
	for _, id := range ids {
		d, err := s.Change(ctx, model.ID(id))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		out = append(out, d)
	}
	return out, nil
}

// cost is what it took to see the edits of a change.
type cost struct {
	keys, screens int
	seen          float64 // the part of the edits that was seen
	by            string  // n or p: how
}

// many is from how many items on only paging is tried: nobody presses n so often.
const many = 400

// cheapest reads a change in both ways, each at a desk of its own.
func cheapest(bin, db, id string, items []item, w, h int) (cost, error) {
	var best cost
	ways := []string{"p", "n"}
	if len(items) > many {
		ways = ways[:1]
	}
	for _, by := range ways {
		d, err := open(bin, db, w, h)
		if err != nil {
			return cost{}, err
		}
		if err := d.change(id); err != nil {
			d.close()
			return cost{}, err
		}
		got := d.read(items, by)
		d.close()
		if best.by == "" || got.seen > best.seen+0.02 || got.keys < best.keys && got.seen > best.seen-0.02 {
			best = got
		}
	}
	return best, nil
}
