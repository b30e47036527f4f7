package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newPlatformsCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "platforms",
		Short: "List platforms: pending changes and fetch status",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runPlatforms(cmd.Context(), a) },
	}
}

// shownPlatform is a platform in `platforms --json`: dates that are not known
// are left out.
type shownPlatform struct {
	model.PlatformRow
	LastChange  time.Time `json:"last_change,omitzero"`
	LastFetched time.Time `json:"last_fetched,omitzero"`
}

// platformsJSON is `platforms --json`.
type platformsJSON struct {
	Total     int             `json:"total"`
	Platforms []shownPlatform `json:"platforms"`
}

func runPlatforms(ctx context.Context, a *cli) error {
	rows, err := readStore(a, func(s *store.Store) ([]model.PlatformRow, error) { return s.Platforms(ctx) })
	if err != nil {
		return err
	}
	shown := make([]shownPlatform, 0, len(rows))
	for _, r := range rows {
		shown = append(shown, shownPlatform{r, r.LastChange, r.LastFetched})
	}
	return a.print(platformsJSON{len(shown), shown}, func() { a.printPlatforms(rows) })
}

// printPlatforms writes a platform a line, in columns, or with --plain as a
// sentence each.
func (a *cli) printPlatforms(rows []model.PlatformRow) {
	if len(rows) == 0 {
		a.printf("No documents yet. Start with `fineprint track add URL` or `fineprint import ota REPO`.\n")
		return
	}
	width := 0
	for _, r := range rows {
		width = max(width, len([]rune(r.Name)))
	}
	width = min(width, 32)
	for _, r := range rows {
		if a.plain {
			a.printf("%s: %s.\n", r.Name, strings.Join(platformInWords(r), ", "))
			continue
		}
		last := "-"
		if !r.LastChange.IsZero() {
			last = r.LastChange.UTC().Format(time.DateOnly)
		}
		failing := ""
		if r.Failing > 0 {
			failing = fmt.Sprintf("  %d failing", r.Failing)
		}
		if r.Unreadable > 0 {
			failing += "  " + unreadableInWords(r)
		}
		a.printf("%-*s  %5d material  %5d pending  %4d documents  %-10s%s\n",
			width, r.Name, r.MaterialPending, r.Pending, r.Documents, last, failing)
	}
	a.printf("%d in all.\n", len(rows))
}

func platformInWords(r model.PlatformRow) []string {
	parts := []string{
		fmt.Sprintf("%d pending, %d of them material", r.Pending, r.MaterialPending),
		humanize.Count(r.Documents, "document"),
		humanize.Count(r.Versions, "version"),
	}
	if r.LastChange.IsZero() {
		parts = append(parts, "no change yet")
	} else {
		parts = append(parts, "last change "+r.LastChange.UTC().Format(time.DateOnly))
	}
	recent := 0
	for _, n := range r.Activity {
		recent += n
	}
	parts = append(parts, fmt.Sprintf("%s in the %d months to the newest capture",
		humanize.Count(recent, "change"), len(r.Activity)))
	if r.Failing > 0 {
		parts = append(parts, fmt.Sprintf("fetching fails for %d", r.Failing))
	}
	if r.Unreadable > 0 {
		parts = append(parts, unreadableInWords(r))
	}
	if !r.LastFetched.IsZero() {
		parts = append(parts, "last fetched "+r.LastFetched.UTC().Format(time.DateOnly))
	}
	return parts
}

// unreadableInWords says how many documents of a platform have no readable capture.
func unreadableInWords(r model.PlatformRow) string {
	return fmt.Sprintf("%s without a readable capture since %s", humanize.Count(r.Unreadable, "document"),
		r.UnreadableSince.UTC().Format(time.DateOnly))
}
