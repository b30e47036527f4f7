package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// largeRecords returns a store with n records of about 300 KB, of a document each.
func largeRecords(t *testing.T, n int) *store.Store {
	t.Helper()
	s := storetest.New(t, 0)
	long := strings.Repeat("We keep what you write for as long as the law allows, and sell it to nobody. ", 1200)
	for i := range n {
		text := "# Terms\n\nYou must be %d years old. " + long + "\n"
		of := fmt.Sprint("Terms ", i)
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture(of, fmt.Sprintf(text, 13), 1),
			storetest.Capture(of, fmt.Sprintf(text, 16), 2)}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Decide(t.Context(), storetest.Approval(changeID(i+1))); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// TestStreamIsOfOneMoment: what is decided while records are read neither waits for them
// nor shows in them.
func TestStreamIsOfOneMoment(t *testing.T) {
	const n = 20
	s := largeRecords(t, n)
	want, err := s.Records(t.Context(), model.RecordFilter{Latest: true})
	if err != nil || len(want) != n {
		t.Fatalf("%d records, %v", len(want), err)
	}
	total, records, err := s.StreamRecords(t.Context(), model.RecordFilter{Latest: true})
	if err != nil || total != n {
		t.Fatalf("%d records, %v", total, err)
	}
	var got []model.Record
	for r, err := range records {
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, r); len(got) != 2 {
			continue
		}
		for _, i := range []int{1, n / 2, n} {
			undo := model.Decision{Change: changeID(i), Base: model.AnyRevision, Actor: "ada", Action: model.ActionUndo}
			if _, err := s.Decide(t.Context(), undo); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(0), 99)}); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%d records, or others than the %d of when it began", len(got), len(want))
	}
	now, err := s.Records(t.Context(), model.RecordFilter{Latest: true})
	if err != nil || len(now) != n-3 {
		t.Errorf("%d records afterwards, %v", len(now), err)
	}
}

func TestStreamEndsWithTheFirstError(t *testing.T) {
	s := largeRecords(t, 12)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, records, err := s.StreamRecords(ctx, model.RecordFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range records {
		if cancel(); err != nil {
			last = err
		}
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("cancelled: %v", last)
	}
	flip := func() {
		err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
			b, key := tx.Bucket(kv.BucketRecord), kv.PairKey(12, 1)
			value := bytes.Clone(b.Get(key))
			value[len(value)/2] ^= 1
			return b.Put(key, value)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	flip()
	defer flip()
	if _, _, err := s.StreamRecords(t.Context(), model.RecordFilter{}); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("the last record is damaged, and the first could be read: %v", err)
	}
}
