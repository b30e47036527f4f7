package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// shownVersion is the JSON of one version of a document with its clauses.
type shownVersion struct {
	model.Version
	Clauses []model.VersionClause `json:"clauses"`
	// Stated are the dates that the text states for itself.
	Stated []model.StatedDate `json:"stated"`
}

// showVersion prints the clauses of a version, with the numbers that `record new` takes.
func showVersion(ctx context.Context, a *cli, s *store.Store, name versionName) error {
	if name.seq < 1 {
		return fmt.Errorf("%w: versions are numbered from 1, not %d", model.ErrInvalid, name.seq)
	}
	v, clauses, err := s.VersionClauses(ctx, name.document, name.seq)
	if err != nil {
		return err
	}
	for i := range clauses {
		if clauses[i].Heading == nil {
			clauses[i].Heading = []string{}
		}
	}
	dates, err := s.VersionDates(ctx, name.document, name.seq)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(shownVersion{v, append([]model.VersionClause{}, clauses...),
			append([]model.StatedDate{}, dates...)})
	}
	a.printf("%s: version %d, captured %s, %d clauses\n", name.document, v.Seq, v.CapturedAt.UTC().Format(time.RFC3339),
		len(clauses))
	a.printDates(dates)
	for _, c := range clauses {
		under, provision := "", ""
		if len(c.Heading) > 0 {
			under = ", under " + strings.Join(c.Heading, " > ")
		}
		if c.Provision != "" {
			provision = ", " + string(c.Provision)
		}
		a.printf("\nclause %d%s%s, bytes %d to %d\n", c.Number, provision, under, c.Start, c.End)
		_, _ = a.out.Write([]byte(sanitize.Text(c.Text) + "\n"))
	}
	return nil
}

// printDates prints the dates that a text states for itself, with the words.
func (a *cli) printDates(dates []model.StatedDate) {
	for _, d := range dates {
		a.printf("stated: %s %s (%q)\n", d.Kind.Verb(), d, strings.Join(strings.Fields(d.Words), " "))
	}
}
