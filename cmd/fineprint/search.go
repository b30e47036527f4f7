package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/search"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

type searchOptions struct {
	limit, offset int
	each          bool
}

func newSearchCommand(a *cli) *cobra.Command {
	o := &searchOptions{}
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find clauses by their words, in current and past texts",
		Long: `Find clauses by their words, in every wording they ever had. All words must be
in one wording, or in a heading above it; case and accents make no difference.

` + searchFields() + `
Clauses of one platform in the same words are listed once, with how many more
there are.`,
		Example: `fineprint search arbitration
fineprint search '"class action" waive* -small'
fineprint search 'train* model platform:zoom in:current'
fineprint search 'heading:liability since:2024 (lost or indirect)' --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSearch(cmd.Context(), a, o, strings.Join(args, " "))
		},
	}
	cmd.Flags().IntVar(&o.limit, "limit", 20, "maximum number to list")
	cmd.Flags().IntVar(&o.offset, "offset", 0, "leave out so many of the first ones")
	cmd.Flags().BoolVar(&o.each, "each", false, "list clauses in the same words one by one")
	return cmd
}

// searchFields describes the language.
func searchFields() string {
	var b strings.Builder
	b.WriteString("  word          the word; word* what begins so; \"two words\" side by side; -word not it\n" +
		"  a or b        either; parentheses group\n")
	for _, f := range search.Fields {
		fmt.Fprintf(&b, "  %-13s %s, as in %s:%s\n", f.Name+":", f.Help, f.Name, f.Sample)
	}
	return b.String()
}

func runSearch(ctx context.Context, a *cli, o *searchOptions, query string) error {
	if o.limit < 1 || o.offset < 0 {
		return fmt.Errorf("%w: --limit must be 1 or more, --offset 0 or more", model.ErrInvalid)
	}
	r := model.SearchRequest{Query: query, Limit: o.limit, Offset: o.offset, Each: o.each}
	if _, err := search.Parse(query, time.Now()); err != nil {
		return err
	}
	s, behind, err := a.indexedStore(ctx)
	if err != nil {
		return err
	}
	found, err := s.Search(ctx, r)
	if err != nil {
		return err
	}
	found.Behind = behind
	return a.print(found, func() { a.printClauses(found) })
}

// indexedStore opens the database and indexes what is not indexed yet, if it can be
// written; it returns how many documents are behind all the same.
func (a *cli) indexedStore(ctx context.Context) (s *store.Store, behind int, err error) {
	if s, err = a.openStore(); err != nil {
		return nil, 0, err
	}
	bar := newProgress(a, "indexing")
	behind, err = a.app().CatchUp(ctx, s, bar.at)
	bar.end()
	if behind > 0 {
		a.notef("%s not indexed yet, which is left out; `fineprint index` catches up.\n",
			humanize.Count(behind, "document"))
	}
	return s, behind, err
}

func (a *cli) printClauses(found model.SearchResult) {
	if found.Total == 0 {
		a.printf("No clause has that.\n")
		return
	}
	for i := range found.Hits {
		a.printHit(&found.Hits[i], "")
	}
	shown := len(found.Hits)
	for i := range found.Hits {
		shown += found.Hits[i].Same
	}
	if shown < found.Total {
		a.printf("%s in all, %d listed.\n", humanize.Count(found.Total, "clause"), len(found.Hits))
		return
	}
	a.printf("%s in all.\n", humanize.Count(found.Total, "clause"))
}

// printHit writes what was found, with a score in front where there is one to tell.
func (a *cli) printHit(h *model.SearchHit, score string) {
	const date = time.DateOnly
	when := "since " + h.FirstSeen.Format(date)
	if !h.Current {
		when = "past wording, seen " + h.FirstSeen.Format(date) + " to " + h.LastSeen.Format(date)
	}
	a.printf("%s%s, %s / %s, %s\n", score, h.Clause, h.PlatformName, h.Type, when)
	if len(h.Heading) > 0 {
		a.printf("  under: %s\n", strings.Join(h.Heading, " > "))
	}
	if h.Record != "" {
		a.printf("  reviewed: %s, %s\n", h.Record, string(h.Severity))
	}
	_, _ = io.WriteString(a.out, "  "+a.marked(h.Snippet, h.Marks)+"\n")
	if h.Same > 0 {
		a.printf("  and %d more with the same words\n", h.Same)
	}
	a.printf("\n")
}

// marked is a snippet made safe for a terminal, with what was looked for in bold there.
func (a *cli) marked(s string, marks []model.ByteRange) string {
	if a.plain || !isTerminal(a.out) || os.Getenv("TERM") == "dumb" {
		return sanitize.Line(s)
	}
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(sanitize.Line(s[at:m.Start]) + "\x1b[1m" + sanitize.Line(s[m.Start:m.End]) + "\x1b[22m")
		at = m.End
	}
	return b.String() + sanitize.Line(s[at:])
}
