package rows

import (
	"fineprint/store/kv"
	"fineprint/store/model"
	"time"
)

// Tracked is a tracked document as stored. The names are its document's.
type Tracked struct {
	Setting Setting `cbor:"1,keyasint"`
	Health  Health  `cbor:"2,keyasint"`
}

// Setting is what was asked for.
type Setting struct {
	Source       Source        `cbor:"1,keyasint"`
	Every        time.Duration `cbor:"2,keyasint"`
	IgnoreRobots bool          `cbor:"3,keyasint,omitempty"`
	AddedAt      time.Time     `cbor:"4,keyasint"`
	AddedBy      string        `cbor:"5,keyasint"`
	Asking       int           `cbor:"6,keyasint,omitempty"`
}

// Health is a [model.Health] as stored; times are Unix nanoseconds, 0 for none.
type Health struct {
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
	PutOff       int    `cbor:"13,keyasint,omitempty"`
	Asked        int    `cbor:"14,keyasint,omitempty"`
	Language     string `cbor:"15,keyasint,omitempty"`
	FullDue      int64  `cbor:"16,keyasint,omitempty"`
	NotModified  int    `cbor:"17,keyasint,omitempty"`
	Distrusted   bool   `cbor:"18,keyasint,omitempty"`
}

// PackTime returns Unix nanoseconds, 0 for the zero time.
func PackTime(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// UnpackTime undoes [PackTime].
func UnpackTime(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return kv.UnixTime(ns)
}

// PackHealth makes the row of a health.
func PackHealth(h model.Health) Health {
	return Health{LastAttempt: PackTime(h.LastAttempt), LastSuccess: PackTime(h.LastSuccess),
		NextDue: PackTime(h.NextDue), Last: string(h.Last),
		Status: h.Status, Failures: h.Failures, FailingSince: PackTime(h.FailingSince), Reason: h.Reason,
		Quarantined: h.Quarantined,
		ETag:        h.ETag, LastModified: h.LastModified, Extractor: h.Extractor, PutOff: h.PutOff,
		Asked: h.Asked, Language: h.Language, FullDue: PackTime(h.FullDue), NotModified: h.NotModified,
		Distrusted: h.Distrusted}
}

// ToModel returns the health as the model has it.
func (h Health) ToModel() model.Health {
	return model.Health{LastAttempt: UnpackTime(h.LastAttempt), LastSuccess: UnpackTime(h.LastSuccess),
		NextDue: UnpackTime(h.NextDue), Last: model.FetchKind(h.Last),
		Status: h.Status, Failures: h.Failures, FailingSince: UnpackTime(h.FailingSince), Reason: h.Reason,
		Quarantined: h.Quarantined,
		ETag:        h.ETag, LastModified: h.LastModified, Extractor: h.Extractor, PutOff: h.PutOff,
		Asked: h.Asked, Language: h.Language, FullDue: UnpackTime(h.FullDue), NotModified: h.NotModified,
		Distrusted: h.Distrusted}
}

// ToTracked returns tracked document n as the model has it.
func ToTracked(tx *kv.Tx, n uint64, row Tracked, doc Document) model.Tracked {
	return model.Tracked{Document: tx.ID(model.DocumentID, n),
		Platform: model.Platform{Slug: doc.Slug, Name: doc.Name}, Type: doc.Type,
		Source: row.Setting.Source.toModel(), Every: row.Setting.Every, IgnoreRobots: row.Setting.IgnoreRobots,
		AddedAt: row.Setting.AddedAt, AddedBy: row.Setting.AddedBy, Asking: row.Setting.Asking, Health: row.Health.ToModel()}
}

// GetTracked reads a tracked document; found is false when it is not tracked.
func GetTracked(tx *kv.Tx, n uint64) (row Tracked, doc Document, found bool, err error) {
	if tx.Bucket(kv.BucketTracked) == nil {
		return row, doc, false, nil
	}
	if found, err = kv.GetRow(tx, kv.BucketTracked, kv.Key(n), &row); err != nil || !found {
		return row, doc, found, err
	}
	doc, err = GetDocument(tx, n)
	return row, doc, true, err
}
