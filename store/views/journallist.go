package views

import (
	"context"
	"encoding/binary"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
)

// JournalLine is a journal entry as it is shown.
type JournalLine struct {
	Entry  uint64    `json:"entry"`
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"`
	Kind   string    `json:"kind"`
	Object uint64    `json:"object,omitempty"`
	Part   uint64    `json:"part,omitempty"`
	Digest string    `json:"digest"`
	Hash   string    `json:"hash"`
}

// Journal lists up to limit entries from number from on.
func (r *Reader) Journal(ctx context.Context, from uint64, limit int) ([]JournalLine, error) {
	var lines []JournalLine
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		c := tx.Bucket(kv.BucketJournal).Cursor()
		for k, v := c.Seek(kv.Key(from)); k != nil && len(lines) < limit; k, v = c.Next() {
			link, e, err := journal.Decode(v)
			if err != nil {
				if tx.Lost(err, kv.BucketJournal, k) {
					continue
				}
				return err
			}
			lines = append(lines, JournalLine{Entry: binary.BigEndian.Uint64(k), At: e.At, Actor: e.Actor,
				Kind:   e.Kind.String(),
				Object: e.Object, Part: e.Part, Digest: kv.HexSum(e.Digest), Hash: kv.HexSum(link)})
		}
		return nil
	})
	return lines, err
}
