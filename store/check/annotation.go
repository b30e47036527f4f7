package check

import (
	"encoding/binary"
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/notes"
	"fineprint/store/recordrows"
)

// annotation checks a step with a note or an assignment and, at the first of a change, that
// its steps follow from each other.
func (c *checker) annotation(k, v []byte) error {
	payload, err := kv.Unseal(kv.BucketAnnotation, k, v)
	if err != nil {
		return err
	}
	if len(k) != 12 || c.tx.Bucket(kv.BucketRow).Get(k[:8]) == nil {
		return fmt.Errorf("an annotation is of a change that is missing")
	}
	n, number := kv.KeyNumber(k), binary.BigEndian.Uint32(k[8:])
	c.expected[journalKey{journal.KindAnnotation, n, uint64(number)}] = kv.SumOf(payload)
	if number != 1 {
		if c.tx.Bucket(kv.BucketAnnotation).Get(kv.PairKey(n, int(number)-1)) == nil {
			return fmt.Errorf("annotation %d of change %d is missing", number-1, n)
		}
		return nil
	}
	list, err := recordrows.AnnotationsOf(c.tx, n)
	if err != nil {
		return err
	}
	if !notes.Fits(list) {
		return fmt.Errorf("the annotations of change %d do not follow from each other", n)
	}
	for i, a := range list {
		if a.Provision != 0 && c.tx.Bucket(kv.BucketProvision).Get(kv.Key(a.Provision)) == nil {
			return fmt.Errorf("a note on change %d is about provision %d, which is missing", n, a.Provision)
		}
		if a.Action == string(model.NoteWritten) && !c.wroteNote(a.Entry, n, i+1) {
			return fmt.Errorf("a note on change %d is numbered by another entry of the journal", n)
		}
	}
	return nil
}

// wroteNote reports whether an entry of the journal is that of an annotation.
func (c *checker) wroteNote(entry, change uint64, number int) bool {
	_, e, err := journal.Decode(c.tx.Bucket(kv.BucketJournal).Get(kv.Key(entry)))
	return err == nil && e.Kind == journal.KindAnnotation && e.Object == change && e.Part == uint64(number)
}
