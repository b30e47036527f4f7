package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/fetch/watch"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// PreviewDocument returns what a preview fetches: an address, or the one tracked
// document that target matches, read with the options o.
func (a *App) PreviewDocument(ctx context.Context, target string, o SourceOptions) (watch.WebDocument, error) {
	d, err := a.previewTarget(ctx, target)
	if err != nil {
		return d, err
	}
	d.IgnoreRobots = d.IgnoreRobots || isSet(o.IgnoreRobots)
	given, err := o.apply(&d.Source)
	d.Secrets = append(given, d.Secrets...) // those of before last: the first of a name counts
	return d, err
}

func (a *App) previewTarget(ctx context.Context, target string) (watch.WebDocument, error) {
	if strings.Contains(target, "://") {
		address, err := webAddress(target)
		source := model.Source{URL: address}
		return watch.WebDocument{Platform: "test", Type: "test", Source: source,
			Language: watch.LanguageOf(source, "")}, err
	}
	rows, err := a.Tracking(ctx)
	if err != nil {
		return watch.WebDocument{}, err
	}
	var found []model.Tracked
	for _, row := range rows {
		if watch.Matches(row.Tracked, []string{target}) {
			found = append(found, row.Tracked)
		}
	}
	if len(found) != 1 {
		return watch.WebDocument{}, fmt.Errorf(
			"%w: %s matches %s; only one can be tested at a time (see `fineprint track list`)",
			model.ErrInvalid, target, humanize.Count(len(found), "tracked document"))
	}
	s, err := a.openForFetching(ctx)
	if err != nil {
		return watch.WebDocument{}, err
	}
	return watch.Document(ctx, s, found[0])
}

// Preview fetches a document twice without saving anything, and compares what came.
func (a *App) Preview(
	ctx context.Context, d watch.WebDocument, allowHosts []string, pause time.Duration,
) (watch.Preview, error) {
	if err := a.online(); err != nil {
		return watch.Preview{}, err
	}
	return watch.DryRun(ctx, a.WebClient(allowHosts), d, a.Tool, pause)
}
