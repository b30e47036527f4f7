// Command identity judges how clauses keep their IDs, over whole databases: against the
// alignment of neighbouring texts, against known edits of real texts, and by histories
// that are drawn to be read.
//
// It is not part of the product.
//
//	go run ./cmd/dev/identity [-seed N] [-histories N -o FILE] DB...
//	go run ./cmd/dev/identity -eval cases.jsonl.gz
//
// It prints, of the clauses that the alignment finds untouched, moved, renumbered and
// modified, how many keep their ID, and the same of random known edits of the databases'
// own texts, which are recorded in a database of their own.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"

	"fineprint/cmd/dev/devtool"
	"fineprint/store/insight/identity"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
)

func main() { devtool.Main("identity", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("identity", flag.ContinueOnError)
	seed := flags.Uint64("seed", 1806, "seed of what is drawn")
	histories := flags.Int("histories", 25, "histories to draw from each database")
	edits := flags.Int("edits", 300, "texts of each database that are edited")
	file := flags.String("o", "", "file for the histories; none: not drawn")
	known := flags.String("eval", "", "file of real documents with known edits (JSON lines, gzip): judge these alone")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *known != "" {
		return evaluate(ctx, *known, out)
	}
	var lives strings.Builder
	for _, path := range flags.Args() {
		db, err := kv.Open(path, kv.Options{})
		if err != nil {
			return err
		}
		e := &evaluation{db: db, rng: rand.New(rand.NewPCG(*seed, 18))}
		if err := e.run(ctx, *edits); err != nil {
			return err
		}
		e.print(out, path)
		if *file == "" {
			continue
		}
		if err := e.histories(ctx, &lives, *histories); err != nil {
			return err
		}
	}
	if *file == "" {
		return nil
	}
	return os.WriteFile(*file, []byte(lives.String()), 0o600)
}

// share counts of how many clauses the ID was kept.
type share struct{ kept, all int }

func (s *share) add(kept bool) {
	s.all++
	if kept {
		s.kept++
	}
}

func (s share) String() string {
	if s.all == 0 {
		return "none"
	}
	return fmt.Sprintf("%.5f  (%d of %d)", float64(s.kept)/float64(s.all), s.kept, s.all)
}

// kinds of what happened to a clause, in the order in which they are printed.
var kinds = []string{"untouched", "moved", "renumbered", "modified", "split", "merged", "restored", "returned edited",
	"twice in one text"}

type evaluation struct {
	db     *kv.DB
	rng    *rand.Rand
	found  map[string]*share // against the alignment
	truth  map[string]*share // against known edits
	misses []string
	texts  []string // of which some are edited
}

func of(m map[string]*share, kind string) *share {
	if m[kind] == nil {
		m[kind] = &share{}
	}
	return m[kind]
}

func (e *evaluation) run(ctx context.Context, edits int) error {
	e.found, e.truth = map[string]*share{}, map[string]*share{}
	err := e.db.View(ctx, func(tx *kv.Tx) error {
		docs, err := rows.Documents(tx)
		if err != nil {
			return err
		}
		for n := uint64(1); n <= uint64(len(docs)); n++ {
			if err := e.document(ctx, tx, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for range edits {
		if err := e.edit(ctx); err != nil {
			return err
		}
	}
	return nil
}

// document goes through the texts of a document beside its kept clauses.
func (e *evaluation) document(ctx context.Context, tx *kv.Tx, n uint64) error {
	s, err := identity.Read(ctx, tx, n)
	if err != nil {
		return err
	}
	f, err := identity.Follow(tx, s.Chain, s.History, 0)
	if err != nil {
		return err
	}
	for f.More() {
		t, err := f.Next(ctx)
		if err != nil {
			return err
		}
		e.unique(t)
		if t.Before != nil {
			e.pair(t)
		}
		if e.rng.IntN(40) == 0 && len(t.Clauses.Clauses) >= 10 && len(t.Clauses.Text) < 60_000 {
			e.texts = append(e.texts, t.Clauses.Text)
		}
	}
	return nil
}

func (e *evaluation) unique(t *identity.Text) {
	seen := map[int]bool{}
	for _, c := range t.Clause {
		if seen[c] {
			of(e.found, "twice in one text").add(true)
		}
		seen[c] = true
	}
}

// pair compares a text and the one before with the alignment.
func (e *evaluation) pair(t *identity.Text) {
	old, now := t.Before.Clauses, t.Clauses
	for _, p := range clause.Align(old, now).Pairs() {
		switch {
		case p.OldN == 1 && p.NewN == 1:
			kind := kindOf(old, now, p)
			kept := t.Before.Clause[p.Old] == t.Clause[p.New]
			of(e.found, kind).add(kept)
			if !kept && len(e.misses) < 40 {
				e.misses = append(e.misses, fmt.Sprintf("%s: document %d version %d: %.120q is %.120q", kind,
					t.Document, t.Seq, old.Visible(p.Old), now.Visible(p.New)))
			}
		case p.OldN == 1 && p.NewN > 1:
			of(e.found, "split").add(contains(t.Clause[p.New:p.New+p.NewN], t.Before.Clause[p.Old]))
		case p.OldN > 1 && p.NewN == 1:
			of(e.found, "merged").add(contains(t.Before.Clause[p.Old:p.Old+p.OldN], t.Clause[p.New]))
		}
	}
}

func contains(list []int, c int) bool {
	for _, x := range list {
		if x == c {
			return true
		}
	}
	return false
}

func kindOf(old, now *clause.Document, p clause.Pair) string {
	switch {
	case p.Moved:
		return "moved"
	case old.Words(p.Old) == now.Words(p.New):
		return "untouched"
	case p.SameWords:
		return "untouched"
	case clause.Unnumbered(old.Visible(p.Old)) == clause.Unnumbered(now.Visible(p.New)):
		return "renumbered"
	}
	return "modified"
}

func (e *evaluation) print(out io.Writer, path string) {
	printf := func(format string, a ...any) { _, _ = fmt.Fprintf(out, format, a...) }
	printf("%s\n  against the alignment of neighbouring texts\n", path)
	for _, kind := range kinds {
		if s := e.found[kind]; s != nil {
			printf("    %-18s %s\n", kind, s)
		}
	}
	printf("  against known edits of %d of its texts\n", len(e.texts))
	for _, kind := range kinds {
		if s := e.truth[kind]; s != nil {
			printf("    %-18s %s\n", kind, s)
		}
	}
	for _, m := range e.misses {
		printf("  miss: %s\n", m)
	}
}

// histories writes lives of clauses that are drawn among those to which something happened.
func (e *evaluation) histories(ctx context.Context, w io.Writer, n int) error {
	return e.db.View(ctx, func(tx *kv.Tx) error {
		docs, err := rows.Documents(tx)
		if err != nil {
			return err
		}
		for written := 0; written < n; {
			s, err := identity.Read(ctx, tx, 1+e.rng.Uint64N(uint64(len(docs))))
			if err != nil {
				return err
			}
			if s.Clauses == 0 {
				continue
			}
			c := e.rng.IntN(s.Clauses)
			l, err := s.Life(c)
			if err != nil {
				return err
			}
			if len(l.Events) < 2 {
				continue
			}
			life, err := provision.LifeOf(ctx, tx, tx.ID(model.ClauseID, s.Number(c)))
			if err != nil {
				return err
			}
			written++
			writeLife(w, life)
		}
		return nil
	})
}

func writeLife(w io.Writer, l model.ClauseLife) {
	_, _ = fmt.Fprintf(w, "== %s %s / %s, under %s: %s, %d changes, %d versions\n", l.ID, l.Platform.Name, l.Type,
		strings.Join(l.Heading, " > "), l.Label, l.Changes, l.Versions)
	for _, s := range l.Steps {
		_, _ = fmt.Fprintf(w, "   %s v%d %s material=%v %s revived=%v split=%s merged=%s under %q\n      %.300q\n",
			s.CapturedAt.Format("2006-01-02"), s.Seq, s.Kind, s.Material, s.Reason, s.Revived, s.SplitFrom, s.MergedInto,
			strings.Join(s.Heading, " > "), s.Text)
	}
}
