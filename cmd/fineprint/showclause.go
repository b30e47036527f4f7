package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// shownClause is the JSON of a clause: what is known of it, and where a record quoted it
// first, else where it stands.
type shownClause struct {
	model.ClauseLife
	Seq       int                 `json:"seq"`
	Quote     model.Quote         `json:"quote"`
	CreatedAt time.Time           `json:"created_at"`
	History   model.ClauseHistory `json:"history"`
}

func showClause(ctx context.Context, a *cli, o *showOptions, s *store.Store, id model.ID) error {
	l, err := s.ClauseLife(ctx, id)
	if err != nil {
		return err
	}
	if o.format == "md" {
		return a.writeMarkdown(export.ClauseMarkdown(sanitize.Value(l)))
	}
	if a.json {
		p, err := s.ProvisionByID(ctx, id)
		if err != nil {
			return err
		}
		return a.printJSON(shownClause{l, p.Seq, p.Quote, p.CreatedAt, l.History()})
	}
	a.printLife(l)
	return nil
}

// printLife prints what is known of a clause: its words, the facts, and each step against
// the one before.
func (a *cli) printLife(l model.ClauseLife) {
	a.printf("%s  %s / %s\n", l.ID, l.Platform.Name, l.Type)
	fields := []field{
		{"under", strings.Join(l.Heading, " > ")},
		{"words of", fmt.Sprintf("%s@%d, bytes %d to %d", l.Document, l.Seq, l.At.Start, l.At.End)},
	}
	for _, f := range export.ClauseFacts(l) {
		fields = append(fields, field{f[0], f[1]})
	}
	a.printFields("", fields...)
	_, _ = a.out.Write([]byte(sanitize.Text(l.Text) + "\n"))
	for _, step := range l.Steps {
		a.printLifeStep(step)
	}
}

func (a *cli) printLifeStep(s model.ClauseStep) {
	a.printf("\nversion %d, %s: %s\n", s.Seq, s.CapturedAt.UTC().Format(time.RFC3339), export.StepWords(s))
	switch {
	case len(s.Spans) > 0 && a.plain:
		for _, line := range spoken(s.Spans) {
			a.printf("%s\n", line)
		}
	case len(s.Spans) > 0:
		_, _ = a.out.Write([]byte(a.redlineText(s.Spans) + "\n"))
	case s.At != nil:
		_, _ = a.out.Write([]byte(sanitize.Text(s.Text) + "\n"))
	}
}
