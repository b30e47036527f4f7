package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/fetch/intake"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// TrialDocument returns what a trial fetches: an address, or the one tracked
// document that target matches, read with the options o.
func (a *App) TrialDocument(ctx context.Context, target string, o SourceOptions) (intake.WebDocument, error) {
	d, err := a.trialTarget(ctx, target)
	if err != nil {
		return d, err
	}
	d.IgnoreRobots = d.IgnoreRobots || isSet(o.IgnoreRobots)
	return d, o.apply(&d.Source)
}

func (a *App) trialTarget(ctx context.Context, target string) (intake.WebDocument, error) {
	if strings.Contains(target, "://") {
		address, err := webAddress(target)
		return intake.WebDocument{Platform: "test", Type: "test", Source: model.Source{URL: address}}, err
	}
	rows, err := a.Tracking(ctx)
	if err != nil {
		return intake.WebDocument{}, err
	}
	var found []model.Tracked
	for _, row := range rows {
		if intake.Matches(row.Tracked, []string{target}) {
			found = append(found, row.Tracked)
		}
	}
	if len(found) != 1 {
		return intake.WebDocument{}, fmt.Errorf(
			"%w: %s matches %s; one is tested at a time (`fineprint track list` lists them)",
			model.ErrInvalid, target, humanize.Count(len(found), "tracked document"))
	}
	t := found[0]
	return intake.WebDocument{
		Platform: t.Platform.Name, Type: t.Type, Source: t.Source, IgnoreRobots: t.IgnoreRobots,
	}, nil
}

// Try fetches a document twice without saving anything, and compares what came.
func (a *App) Try(
	ctx context.Context, d intake.WebDocument, allowHosts []string, pause time.Duration,
) (intake.Trial, error) {
	return intake.Try(ctx, a.WebClient(allowHosts), d, a.Tool, pause)
}
