package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"fineprint/store"
	"fineprint/store/model"
)

// acceptHead checks a database that doesn't go on from the head beside it, says what would be
// lost, asks, and makes it the one that counts.
func acceptHead(ctx context.Context, a *cli, yes bool) error {
	s, err := a.app().OpenAny()
	if err != nil {
		return err
	}
	bar := newProgress(a, "checking")
	report, err := s.Check(ctx, bar.at)
	bar.end()
	switch {
	case err != nil:
		return err
	case report.Head == nil && len(report.Problems) == 0:
		a.printf("There is nothing to accept: the database goes on from the head beside it.\n")
		return nil
	case report.Head == nil || len(report.Problems) > 1:
		if err := printCheck(a, report, nil); err != nil {
			return err
		}
		return &statusError{exitStorage, fmt.Errorf("%w: it can't be accepted as it is", model.ErrDamaged)}
	}
	for _, line := range wouldBeLost(report.Head) {
		a.notef("%s\n", line)
	}
	if !yes && !isTerminal(a.in) {
		return fmt.Errorf("%w: it is accepted on a terminal, or with --yes", model.ErrInvalid)
	}
	if !yes && !a.confirmed("Accept this database?") {
		return &statusError{exitFindings, errors.New("it was not accepted; nothing was changed")}
	}
	return accepted(ctx, a, s, report)
}

func accepted(ctx context.Context, a *cli, s *store.Store, report store.CheckReport) error {
	if err := s.AcceptHead(ctx, report.Head.Head); err != nil {
		return err
	}
	own, err := s.Head(ctx)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(struct {
			Accepted bool              `json:"accepted"`
			Reason   string            `json:"reason"`
			Beside   model.JournalHead `json:"beside"`
			Found    model.JournalHead `json:"found"`
			Head     model.JournalHead `json:"head"`
		}{true, report.Head.Error(), report.Head.Head, report.Head.Found, own})
	}
	a.printf("Accepted: journal entry %d says so, with both heads.\n", int(own.Entries))
	return nil
}

// wouldBeLost says in a sentence or two what accepting a database gives up.
func wouldBeLost(e *model.HeadError) []string {
	lines := []string{firstUpper(e.Error())}
	switch e.Kind {
	case model.ErrRolledBack:
		until := ""
		if !e.Written.IsZero() {
			until = " up to " + e.Written.UTC().Format("2006-01-02 15:04:05 UTC")
		}
		lines = append(lines, "What was recorded since"+until+" would be given up: decisions, records and captures.")
	case model.ErrOtherStore:
		lines = append(lines, "Everything of the store that was here would be given up.")
	default:
		lines = append(lines, "Somebody made other entries of what the journal said; what it said before is not here.")
	}
	return append(lines, "A newer copy, if you have one, should be put back instead.")
}

// confirmed asks a question on the terminal; only a yes is one.
func (a *cli) confirmed(question string) bool {
	a.notef("%s [y/N] ", question)
	line, _ := bufio.NewReader(a.in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		return true
	}
	return false
}
