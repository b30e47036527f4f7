package ledger

import (
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// clockOfChange is what is to be said of the time of a decision on a change.
func clockOfChange(tx *kv.Tx, n uint64, at time.Time) (*model.Clock, error) {
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return nil, err
	}
	return clockOf(tx, at, kv.UnixTime(row.To.CapturedAt))
}

func clockOf(tx *kv.Tx, at, captured time.Time) (*model.Clock, error) {
	latest, err := journal.LatestTime(tx)
	if err != nil {
		return nil, err
	}
	return model.CompareClock(at, captured, latest), nil
}
