package app

import (
	"context"
	"errors"
	"fmt"

	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/model"
)

// Indexing is how what was recorded is indexed afterwards.
type Indexing struct {
	NoIndex    bool                  // not now; [App.Index] does
	IndexingAt func(done, total int) // may be nil
}

// index brings everything derived up to date after something was recorded.
func (o Indexing) index(ctx context.Context, s *store.Store) error {
	if o.NoIndex {
		return nil
	}
	err := watch.RetryBusy(ctx, func() error {
		_, err := s.Upkeep(ctx, store.UpkeepOptions{Progress: o.IndexingAt})
		if err == nil {
			err = keepDeviations(ctx, s)
		}
		return err
	})
	if _, without := damage.GatheredIn(ctx).Lost(err); without && errors.Is(err, model.ErrUnreadable) {
		return nil // what was recorded is, and what is derived of it can be made again
	}
	if err != nil {
		return fmt.Errorf("%w; `fineprint index` continues", err)
	}
	return nil
}

// keepDeviations holds changes against the playbook. Where something can't be read, what was
// found stays as it is until it can, in a context of [damage.Gather].
func keepDeviations(ctx context.Context, s *store.Store) error {
	err := s.KeepDeviations(damage.Strict(ctx))
	if errors.Is(err, model.ErrUnreadable) {
		if _, without := damage.GatheredIn(ctx).Lost(err); without {
			return nil
		}
	}
	return err
}

// Index brings everything derived up to date, or makes it again. In a context of [damage.Gather]
// documents that can't be read stay behind.
func (a *App) Index(ctx context.Context, rebuild bool, progress func(done, total int)) (model.Upkeep, error) {
	s, err := a.Open()
	if err != nil {
		return model.Upkeep{}, err
	}
	did, err := s.Upkeep(ctx, store.UpkeepOptions{Rebuild: rebuild, Progress: progress})
	if err == nil {
		err = keepDeviations(ctx, s)
	}
	if err == nil {
		readFirst(ctx, s)
	}
	return did, err
}

// FewChanges is up to how many changes a list says what their words say without being asked,
// and so of how many at the head of the queue that is read beforehand.
const FewChanges = 50

// readFirst reads what the words of the first changes of the queue say, so that the first
// list need not. What can't be read now is read, and complained of, there.
func readFirst(ctx context.Context, s *store.Store) {
	page, err := s.Queue(ctx, model.QueueFilter{Limit: FewChanges})
	if err == nil {
		_ = s.ReadSays(ctx, page.Changes)
	}
}

// CatchUp indexes what is not indexed yet and returns how many documents are behind all
// the same, because another process writes or the database can't be written to.
func (a *App) CatchUp(ctx context.Context, s *store.Store, progress func(done, total int)) (behind int, err error) {
	if behind, err = s.Behind(ctx); err != nil || behind == 0 {
		return behind, err
	}
	did, err := s.Upkeep(ctx, store.UpkeepOptions{Progress: progress})
	if err == nil {
		return did.Unread, nil
	}
	if errors.Is(err, model.ErrBusy) || errors.Is(err, model.ErrUnwritable) {
		return s.Behind(ctx)
	}
	return behind, err
}

// indexer indexes while a watch goes on.
type indexer struct {
	wake chan struct{}
	done chan struct{}
}

// keepIndexed returns an indexer that works each time it is woken, until it is stopped.
func (o Indexing) keepIndexed(ctx context.Context, s *store.Store, trouble func(error)) *indexer {
	x := &indexer{make(chan struct{}, 1), make(chan struct{})}
	go func() {
		defer close(x.done)
		for range x.wake {
			if err := o.index(ctx, s); err != nil && ctx.Err() == nil && trouble != nil {
				trouble(err)
			}
		}
	}()
	return x
}

// result wakes the indexer after a result that brought something new.
func (x *indexer) result(r watch.Result) {
	if r.Outcome != model.FetchFirst && r.Outcome != model.FetchChanged {
		return
	}
	select {
	case x.wake <- struct{}{}:
	default: // it is woken already
	}
}

// stop waits for the work under way.
func (x *indexer) stop() {
	close(x.wake)
	<-x.done
}
