package rows

import (
	"encoding/binary"
	"encoding/json"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fmt"
	"time"
)

// Events reads a change's events, oldest first.
func Events(tx *kv.Tx, change uint64) ([]model.Event, error) {
	var events []model.Event
	prefix := kv.Key(change)
	c := tx.Bucket(kv.BucketEvent).Cursor()
	for k, v := c.Seek(prefix); len(k) == 12 && kv.KeyNumber(k) == change; k, v = c.Next() {
		var e Event
		if err := kv.DecodeRow(kv.BucketEvent, k, v, &e); err != nil {
			return nil, err
		}
		event, err := e.ToModel()
		if err != nil {
			return nil, err
		}
		events = append(events, event)
		if e.Revision != len(events) || binary.BigEndian.Uint32(k[8:]) != uint32(e.Revision) {
			return nil, missingEvent(tx, change, len(events))
		}
	}
	return events, review.CheckHistory(tx.ID(model.ChangeID, change), events)
}

// missingEvent is the error of a change whose decisions have a gap.
func missingEvent(tx *kv.Tx, change uint64, revision int) error {
	return kv.Unreadable(kv.BucketEvent, kv.PairKey(change, revision),
		"a decision on "+string(tx.ID(model.ChangeID, change))+" is missing")
}

// DecodeEvents decodes the events of one change, oldest first.
func DecodeEvents(tx *kv.Tx, change uint64, pairs []kv.Pair) ([]model.Event, error) {
	var events []model.Event
	for i, p := range pairs {
		var e Event
		if err := kv.DecodeRow(kv.BucketEvent, p.Key, p.Value, &e); err != nil {
			return nil, err
		}
		if len(p.Key) != 12 || e.Revision != i+1 || binary.BigEndian.Uint32(p.Key[8:]) != uint32(e.Revision) {
			return nil, missingEvent(tx, change, i+1)
		}
		event, err := e.ToModel()
		if err != nil {
			return nil, err
		}
		events = append(events, event)
	}
	return events, review.CheckHistory(tx.ID(model.ChangeID, change), events)
}

// Projection reads the events of a change and projects its review from them.
func Projection(tx *kv.Tx, change uint64) (review.Projection, error) {
	events, err := Events(tx, change)
	if err != nil {
		return review.Projection{}, err
	}
	return review.Project(tx.ID(model.ChangeID, change), events), nil
}

// EachProjection calls do with every change that has events, in the order of their
// numbers, and its review. do may write, but to other buckets only.
func EachProjection(tx *kv.Tx, do func(change uint64, p review.Projection) error) error {
	c := tx.Bucket(kv.BucketEvent).Cursor()
	for k, _ := c.First(); k != nil; {
		n := kv.KeyNumber(k)
		p, err := Projection(tx, n)
		lost := err != nil && tx.Lost(err, kv.BucketEvent, k)
		if err == nil {
			err = do(n, p)
		}
		if err != nil && !lost {
			return err
		}
		k, _ = kv.SeekBehind(c, n)
	}
	return nil
}

// ProjectionByID reads the number and review of a change.
func ProjectionByID(tx *kv.Tx, change model.ID) (uint64, review.Projection, error) {
	n, err := ChangeNumber(tx, change)
	if err != nil {
		return 0, review.Projection{}, err
	}
	p, err := Projection(tx, n)
	return n, p, err
}

// Awake turns a snoozed review whose time has come into a pending one.
func Awake(r model.Review, now time.Time, change uint64, doc Document) model.Review {
	if r.State == model.Snoozed && review.Awake(r, now, doc.LastChange > change) {
		r.State = model.Pending
	}
	if r.State == "" {
		r.State = model.Pending
	}
	return r
}

// DraftKey is the key of an actor's draft on a change.
func DraftKey(change uint64, actor string) []byte { return append(kv.Key(change), actor...) }

// Event is a [model.Event] as stored; its tags are of the stored format alone.
type Event struct {
	Change     model.ID          `cbor:"change"`
	Revision   int               `cbor:"revision"`
	Entry      uint64            `cbor:"entry"`
	Batch      uint64            `cbor:"batch,omitempty"`
	At         time.Time         `cbor:"at"`
	Actor      string            `cbor:"actor"`
	Action     model.Action      `cbor:"action"`
	Severity   *model.Severity   `cbor:"severity,omitempty"`
	Confidence *model.Confidence `cbor:"confidence,omitempty"`
	Basis      *model.Basis      `cbor:"basis,omitempty"`
	Summary    *string           `cbor:"summary,omitempty"`
	Note       *string           `cbor:"note,omitempty"`
	Reason     string            `cbor:"reason,omitempty"`
	Until      string            `cbor:"until,omitempty"`
	Content    []byte            `cbor:"content,omitempty"` // JSON of what was written
	Fields     []string          `cbor:"fields,omitempty"`
	How        string            `cbor:"how,omitempty"`
	Source     string            `cbor:"source,omitempty"`
}

// PackEvent is an event as it is stored.
func PackEvent(e model.Event) (Event, error) {
	row := Event{e.Change, e.Revision, e.Entry, e.Batch, e.At, e.Actor, e.Action, e.Severity, e.Confidence, e.Basis,
		e.Summary, e.Note, e.Reason, e.Until, nil, e.Fields, string(e.How), e.Source}
	if e.Content == nil {
		return row, nil
	}
	var err error
	if row.Content, err = json.Marshal(e.Content); err != nil {
		return row, fmt.Errorf("encoding what was written: %w", err)
	}
	return row, nil
}

// ToModel is the event as the model has it.
func (e Event) ToModel() (model.Event, error) {
	event := model.Event{Change: e.Change, Revision: e.Revision, Entry: e.Entry, Batch: e.Batch, At: e.At,
		Actor: e.Actor, Action: e.Action, Severity: e.Severity, Confidence: e.Confidence, Basis: e.Basis,
		Summary: e.Summary, Note: e.Note, Reason: e.Reason, Until: e.Until, Fields: e.Fields,
		How: model.WrittenHow(e.How), Source: e.Source}
	if len(e.Content) == 0 {
		return event, nil
	}
	event.Content = &model.Content{}
	if err := json.Unmarshal(e.Content, event.Content); err != nil {
		return event, fmt.Errorf("%w: a decision on %s can't be decoded", model.ErrDamaged, e.Change)
	}
	return event, nil
}

// Draft is a [model.Draft] as stored.
type Draft struct {
	Change  model.ID  `cbor:"change"`
	Actor   string    `cbor:"actor"`
	Summary string    `cbor:"summary"`
	At      time.Time `cbor:"at"`
	Base    int       `cbor:"base"`
}
