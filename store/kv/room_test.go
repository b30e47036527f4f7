package kv

import (
	"testing"

	"fineprint/store/kv/temporary"
)

// TestWithoutRoomTheDatabaseItselfIsRead in place, and never removed.
func TestWithoutRoomTheDatabaseItselfIsRead(t *testing.T) {
	db, err := Create(t.TempDir()+"/t.db", Options{}, func(*Tx, string) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	was := temporary.RoomIn
	temporary.RoomIn = func(string) (int64, bool) { return 1 << 20, true }
	defer func() { temporary.RoomIn = was }()
	snapshot, remove, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if snapshot != db {
		t.Skip("files share blocks here: it takes no room")
	}
	remove()
	if err := db.View(t.Context(), func(*Tx) error { return nil }); err != nil {
		t.Errorf("it was removed: %v", err)
	}
}
