package archive

import (
	"bytes"

	"fineprint/store/kv"
	"fineprint/store/rows"
)

// markTakenBack marks the change that another one takes back to the letter,
// whatever was decided on it. It stays what it was judged, for its words
// were published; and while a site serves both texts in turns, nothing distinguishes a
// new one that is being rolled out from one that a few readers get.
func markTakenBack(tx *kv.Tx, n uint64, back rows.Change) error {
	var row rows.Change
	if found, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil || !found || row.TakenBack > 0 {
		return err
	}
	if row.To.Seq != back.From.Seq || !bytes.Equal(row.From.Sum, back.To.Sum) {
		return nil // recorded by another process since
	}
	row.TakenBack = back.To.Seq
	addTakenBack(&row)
	return kv.PutRow(tx, kv.BucketRow, kv.Key(n), row)
}
