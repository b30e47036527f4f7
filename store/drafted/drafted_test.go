package drafted_test

import (
	"errors"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// TestDraftIsKeptUntilItIsDropped, in a database that is opened again, and is nobody's
// judgement: nothing is in the journal for it.
func TestDraftIsKeptUntilItIsDropped(t *testing.T) {
	s := storetest.New(t, 2)
	ctx := t.Context()
	before, err := s.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Drafted(ctx, "FP-C-000001"); found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
	kept := model.KeptDraft{Subject: "FP-C-000001", Source: "draft.py", At: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC),
		Answer: []byte(`{"severity":"low"}`), Taken: []string{"severity"}}
	if err := s.KeepDrafted(ctx, kept); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(s.Path(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, found, err := again.Drafted(ctx, kept.Subject)
	if err != nil || !found || d.Source != kept.Source || string(d.Answer) != string(kept.Answer) || !d.At.Equal(kept.At) ||
		len(d.Taken) != 1 {
		t.Errorf("%+v, %v, %v", d, found, err)
	}
	for id, want := range map[model.ID]error{"FP-D-00001": model.ErrInvalid, "FP-C-000099": model.ErrNotFound} {
		kept.Subject = id
		if err := s.KeepDrafted(ctx, kept); !errors.Is(err, want) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := s.KeepDrafted(ctx, model.KeptDraft{Subject: "FP-C-000001", Answer: []byte("{")}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("half an answer: %v", err)
	}
	if err := again.DropDrafted(ctx, "FP-C-000001"); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Drafted(ctx, "FP-C-000001"); found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
	if after, err := s.Stats(ctx); err != nil || after.JournalEntries != before.JournalEntries {
		t.Errorf("%d journal entries, %d before, %v", after.JournalEntries, before.JournalEntries, err)
	}
}
