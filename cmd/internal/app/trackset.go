package app

import (
	"context"
	"fmt"
	"time"

	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

// SetRequest is which tracked documents to fetch and read otherwise, and how.
type SetRequest struct {
	Patterns []string      // as of a fetch; each must match
	Every    time.Duration // 0: as it is
	Source   SourceOptions
}

// SetTracked changes how tracked documents are asked for and read, in one
// transaction. They keep their IDs, versions and decisions.
func (a *App) SetTracked(ctx context.Context, r SetRequest) (TrackResult, error) {
	s, err := a.openForFetching(ctx)
	if err != nil {
		return TrackResult{}, err
	}
	rows, err := tracking(ctx, s)
	if err != nil {
		return TrackResult{}, err
	}
	found, err := matching(rows, r.Patterns)
	if err != nil {
		return TrackResult{}, err
	}
	var requests []model.TrackRequest
	var secrets []model.RequestSecret
	for _, t := range found {
		request := model.TrackRequest{Platform: t.Platform.Name, Type: t.Type, Source: t.Source, Every: r.Every,
			IgnoreRobots: t.IgnoreRobots}
		if r.Source.IgnoreRobots != nil {
			request.IgnoreRobots = *r.Source.IgnoreRobots
		}
		if request.Secrets, err = r.Source.apply(&request.Source); err != nil {
			return TrackResult{}, err
		}
		requests, secrets = append(requests, request), append(secrets, request.Secrets...)
	}
	if err := model.CheckOneHost(secrets, setByItself); err != nil {
		return TrackResult{}, err
	}
	var set []store.TrackResult
	err = watch.RetryBusy(ctx, func() (err error) {
		set, err = s.Track(ctx, requests)
		return err
	})
	result := TrackResult{}
	for _, one := range set {
		result.Documents = append(result.Documents, TrackedDocument{TrackResult: one})
	}
	return result, err
}

// matching lists the tracked documents that patterns mean, each of which must mean
// one.
func matching(rows []model.TrackedRow, patterns []string) ([]model.Tracked, error) {
	var found []model.Tracked
	taken := map[model.ID]bool{}
	for _, p := range patterns {
		any := false
		for _, row := range rows {
			if watch.Matches(row.Tracked, []string{p}) {
				if any = true; !taken[row.Document] {
					found = append(found, row.Tracked)
				}
				taken[row.Document] = true
			}
		}
		if !any {
			return nil, matchesNothing([]string{p})
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w: no documents named", model.ErrInvalid)
	}
	return found, nil
}
