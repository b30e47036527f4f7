package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"fineprint/store/insight/recognize"
)

const (
	perArchive = 50 // clauses that are drawn of each
	leastWords = 12
)

// sample draws clauses of platforms that nothing was learned from, prints them all, and
// then what is suggested for each, so that they can be judged before that is seen.
func sample(ctx context.Context, out io.Writer, databases []string, seed uint64) error {
	random := rand.New(rand.NewPCG(seed, 0))
	pga := map[string]bool{}
	var drawn []piece
	for i, db := range databases {
		all, err := pieces(ctx, db)
		if err != nil {
			return err
		}
		var list []piece
		for _, p := range all {
			if i == 0 {
				pga[p.Platform] = true
			}
			if len(strings.Fields(p.Text)) >= leastWords && (i == 0 || heldBack(p.Platform, nil)) {
				list = append(list, p)
			}
		}
		for _, at := range random.Perm(len(list))[:perArchive] {
			drawn = append(drawn, list[at])
		}
	}
	for i, p := range drawn {
		text := p.Text
		if len(text) > 420 {
			text = strings.ToValidUTF8(text[:420], "") + "…"
		}
		fmt.Fprintf(out, "%d. %s %s %s [%s]\n   %s\n", i+1, p.Platform, p.Document, p.Type,
			strings.Join(p.Headings, " > "), text)
	}
	r := recognize.New(nil)
	fmt.Fprintln(out, "\nSUGGESTED")
	for i, p := range drawn {
		fmt.Fprintf(out, "%d.", i+1)
		for _, s := range r.Suggest(recognize.Clause{Text: p.Text, Headings: p.Headings, Document: p.Type}) {
			fmt.Fprintf(out, " %s %.2f %q", s.Type, s.Probability, s.Words)
		}
		fmt.Fprintln(out)
	}
	return nil
}
