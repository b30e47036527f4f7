package views_test

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// gathered is a page with the changes of a stream.
func gathered(page model.QueuePage, changes iter.Seq2[model.QueueItem, error], err error) (model.QueuePage, error) {
	if err != nil {
		return page, err
	}
	for q, err := range changes {
		if err != nil {
			return page, err
		}
		page.Changes = append(page.Changes, q)
	}
	return page, nil
}

func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path, store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStreamQueueIsQueue(t *testing.T) {
	s := open(t, storetest.Many(t, 1500))
	for _, n := range []uint64{1, 7, 700} {
		if _, err := s.Decide(t.Context(), storetest.Approval(model.NewID("FP", model.ChangeID, n))); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []model.QueueFilter{
		{}, {AllState: true}, {State: model.Approved}, {State: model.Dismissed}, {Limit: 7, Offset: 3},
		{Limit: 512}, {Offset: 1497}, {Offset: 9999}, {Match: "*001/Terms 0?"}, {Severity: model.High, AllState: true},
	} {
		want, err := s.Queue(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		page, changes, err := s.StreamQueue(t.Context(), f)
		for range 2 {
			if got, err := gathered(page, changes, err); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%+v: %d changes, %v, want %d", f, len(got.Changes), err, len(want.Changes))
			}
		}
	}
}

// TestStreamQueueIsOfOneMoment: what is decided while changes are read neither waits for
// them nor shows in them.
func TestStreamQueueIsOfOneMoment(t *testing.T) {
	s := open(t, storetest.Many(t, 1200))
	want, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	page, changes, err := s.StreamQueue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for q, err := range changes {
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Changes) == 0 {
			last := want.Changes[want.Total-1].ID
			if _, err := s.Decide(t.Context(), model.Decision{Change: last, Base: model.AnyRevision, Actor: "ada",
				Action: model.ActionDismiss, Reason: "noise"}); err != nil {
				t.Fatal(err)
			}
		}
		page.Changes = append(page.Changes, q)
	}
	if !reflect.DeepEqual(page, want) {
		t.Errorf("%d changes, or others than the %d of when it began", len(page.Changes), want.Total)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	page, changes, err = s.StreamQueue(ctx, model.QueueFilter{})
	if cancel(); err != nil || page.Total != want.Total-1 {
		t.Fatal(page.Total, err)
	}
	for _, err := range changes {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}
