package store

import (
	"fineprint/store/kv"
	"fineprint/store/model"
	"time"
)

// trackedRow is a tracked document as stored. The names are its document's.
type trackedRow struct {
	Setting trackedSetting `cbor:"1,keyasint"`
	Health  healthRow      `cbor:"2,keyasint"`
}

// trackedSetting is what was asked for.
type trackedSetting struct {
	Source       sourceRow     `cbor:"1,keyasint"`
	Every        time.Duration `cbor:"2,keyasint"`
	IgnoreRobots bool          `cbor:"3,keyasint,omitempty"`
	AddedAt      time.Time     `cbor:"4,keyasint"`
	AddedBy      string        `cbor:"5,keyasint"`
}

// healthRow is a model.Health as stored; times are Unix nanoseconds, 0 for none.
type healthRow struct {
	LastAttempt  int64  `cbor:"1,keyasint,omitempty"`
	LastSuccess  int64  `cbor:"2,keyasint,omitempty"`
	NextDue      int64  `cbor:"3,keyasint,omitempty"`
	Last         string `cbor:"4,keyasint,omitempty"`
	Status       int    `cbor:"5,keyasint,omitempty"`
	Failures     int    `cbor:"6,keyasint,omitempty"`
	FailingSince int64  `cbor:"7,keyasint,omitempty"`
	Reason       string `cbor:"8,keyasint,omitempty"`
	Quarantined  bool   `cbor:"9,keyasint,omitempty"`
	ETag         string `cbor:"10,keyasint,omitempty"`
	LastModified string `cbor:"11,keyasint,omitempty"`
	Extractor    string `cbor:"12,keyasint,omitempty"`
}

func packTime(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func unpackTime(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return kv.UnixTime(ns)
}

func packHealth(h model.Health) healthRow {
	return healthRow{LastAttempt: packTime(h.LastAttempt), LastSuccess: packTime(h.LastSuccess), NextDue: packTime(h.NextDue), Last: string(h.Last),
		Status: h.Status, Failures: h.Failures, FailingSince: packTime(h.FailingSince), Reason: h.Reason, Quarantined: h.Quarantined,
		ETag: h.ETag, LastModified: h.LastModified, Extractor: h.Extractor}
}

func (h healthRow) toModel() model.Health {
	return model.Health{LastAttempt: unpackTime(h.LastAttempt), LastSuccess: unpackTime(h.LastSuccess), NextDue: unpackTime(h.NextDue), Last: model.FetchKind(h.Last),
		Status: h.Status, Failures: h.Failures, FailingSince: unpackTime(h.FailingSince), Reason: h.Reason, Quarantined: h.Quarantined,
		ETag: h.ETag, LastModified: h.LastModified, Extractor: h.Extractor}
}

func toTracked(tx *kv.Tx, n uint64, row trackedRow, doc documentRow) model.Tracked {
	return model.Tracked{Document: tx.ID(model.DocumentID, n), Platform: model.Platform{Slug: doc.Slug, Name: doc.Name}, Type: doc.Type,
		Source: row.Setting.Source.toModel(), Every: row.Setting.Every, IgnoreRobots: row.Setting.IgnoreRobots,
		AddedAt: row.Setting.AddedAt, AddedBy: row.Setting.AddedBy, Health: row.Health.toModel()}
}

// getTracked reads a tracked document; found is false when it is not tracked.
func getTracked(tx *kv.Tx, n uint64) (row trackedRow, doc documentRow, found bool, err error) {
	if tx.Bucket(kv.BucketTracked) == nil {
		return row, doc, false, nil
	}
	if found, err = kv.GetRow(tx, kv.BucketTracked, kv.Key(n), &row); err != nil || !found {
		return row, doc, found, err
	}
	doc, err = getDocument(tx, n)
	return row, doc, true, err
}
