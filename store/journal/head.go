package journal

import (
	"context"
	"fmt"

	"fineprint/store/head"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// AcceptHead makes a database that doesn't go on from the head beside it the one that
// counts: an entry says who accepted it, with both heads, and the head is written anew. The
// database must have been opened with [kv.Options.AnyHead]. What was written after the head
// was, into the file that this one replaced, stays lost.
func AcceptHead(ctx context.Context, db *kv.DB, beside model.JournalHead) error {
	err := db.Update(ctx, func(tx *kv.Tx) error {
		own := tx.Head()
		note := fmt.Sprintf("beside %s\nfound %s\n", headWords(beside), headWords(own))
		_, err := Append(tx, Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: KindHeadAccepted,
			Object: beside.Entries, Part: own.Entries, Digest: kv.SumOf([]byte(note)), Note: note})
		return err
	})
	if err != nil {
		return fmt.Errorf("accepting the database: %w", err)
	}
	return nil
}

// headWords is the short form of a head; of one that only a store is known of, that.
func headWords(h model.JournalHead) string {
	if short := head.Short(h); short != "" {
		return short
	}
	return "store " + h.Store
}
