package kv_test

import (
	"errors"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestHeadBesideIsThatOfTheJournal after each commit; and one that the journal does not go on from is
// told by what became of it.
func TestHeadBesideIsThatOfTheJournal(t *testing.T) {
	s := written(t)
	db := storetest.DB(t, s)
	same := func() (found model.JournalHead) {
		t.Helper()
		err := db.View(t.Context(), func(tx *kv.Tx) error {
			found = tx.Head()
			return nil
		})
		beside, besideErr := db.HeadBeside()
		if err != nil || besideErr != nil || beside.JournalHead != found {
			t.Errorf("the head beside is %+v, that of the journal %+v (%v, %v)", beside.JournalHead, found, besideErr, err)
		}
		return found
	}
	was := same()
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000004")); err != nil {
		t.Fatal(err)
	}
	now := same()
	if now.Entries <= was.Entries {
		t.Fatalf("the journal went from %d entries to %d", was.Entries, now.Entries)
	}
	other := strings.Repeat("0", len(now.Link))
	err := db.View(t.Context(), func(tx *kv.Tx) error {
		for _, c := range []struct {
			head model.JournalHead
			want error
		}{
			{was, nil}, {now, nil},
			{model.JournalHead{Store: now.Store, Entries: now.Entries + 1, Link: other}, model.ErrRolledBack},
			{model.JournalHead{Store: now.Store, Entries: now.Entries, Link: other}, model.ErrRewritten},
			{model.JournalHead{Store: other, Entries: now.Entries, Link: other}, model.ErrOtherStore},
		} {
			if err := tx.CompareHead(c.head); !errors.Is(err, c.want) {
				t.Errorf("with %+v: %v, want %v", c.head, err, c.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
