package recordrows

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// RecordEvent is a [model.RecordEvent] as stored, but for the record and the revision,
// which are its key.
type RecordEvent struct {
	Entry     uint64    `cbor:"1,keyasint"`
	At        time.Time `cbor:"2,keyasint"`
	Actor     string    `cbor:"3,keyasint"`
	Action    string    `cbor:"4,keyasint"`
	Writing   []byte    `cbor:"5,keyasint,omitempty"` // JSON of what was written
	Fields    []string  `cbor:"6,keyasint,omitempty"`
	How       string    `cbor:"7,keyasint,omitempty"`
	Source    string    `cbor:"8,keyasint,omitempty"`
	Picked    *Picked   `cbor:"9,keyasint,omitempty"`
	Approved  int       `cbor:"10,keyasint,omitempty"`
	Overruled []byte    `cbor:"11,keyasint,omitempty"` // JSON of a list
	Reason    string    `cbor:"12,keyasint,omitempty"`
}

// Picked is a [model.Picked] as stored.
type Picked struct {
	Document uint64         `cbor:"1,keyasint"`
	Seq      int            `cbor:"2,keyasint"`
	Change   uint64         `cbor:"3,keyasint,omitempty"`
	Clauses  []PickedClause `cbor:"4,keyasint"`
}

// PickedClause is a [model.PickedClause] as stored.
type PickedClause struct {
	Provision    uint64 `cbor:"1,keyasint"`
	Number       int    `cbor:"2,keyasint,omitempty"`
	Seq          int    `cbor:"3,keyasint"`
	ChangeClause int    `cbor:"4,keyasint,omitempty"`
	Start        int    `cbor:"5,keyasint"`
	End          int    `cbor:"6,keyasint"`
}

// EncodeRecordEvent is an event's payload as its journal entry names it.
func EncodeRecordEvent(e model.RecordEvent) ([]byte, error) {
	row := RecordEvent{Entry: e.Entry, At: e.At, Actor: e.Actor, Action: string(e.Action), Fields: e.Fields,
		How: string(e.How), Source: e.Source, Approved: e.Approved, Reason: e.Reason}
	var err error
	if len(e.Fields) > 0 {
		if row.Writing, err = json.Marshal(e.Writing); err != nil {
			return nil, fmt.Errorf("encoding what was written: %w", err)
		}
	}
	if len(e.Overruled) > 0 {
		if row.Overruled, err = json.Marshal(e.Overruled); err != nil {
			return nil, fmt.Errorf("encoding what was overruled: %w", err)
		}
	}
	if p := e.Picked; p != nil {
		row.Picked = &Picked{Document: p.Document.Number(), Seq: p.Seq, Change: p.Change.Number()}
		for _, c := range p.Clauses {
			row.Picked.Clauses = append(row.Picked.Clauses, PickedClause{Provision: c.Provision.Number(), Number: c.Number,
				Seq: c.Seq, ChangeClause: c.ChangeClause, Start: c.At.Start, End: c.At.End})
		}
	}
	return kv.Encode(row)
}

// RecordEvents reads the events of a provision record, oldest first; none for what is no
// such record.
func RecordEvents(tx *kv.Tx, record uint64) ([]model.RecordEvent, error) {
	b := tx.Bucket(kv.BucketRecordEvent)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	var events []model.RecordEvent
	c := b.Cursor()
	for k, v := c.Seek(kv.Key(record)); len(k) == 12 && kv.KeyNumber(k) == record; k, v = c.Next() {
		var row RecordEvent
		if err := kv.DecodeRow(kv.BucketRecordEvent, k, v, &row); err != nil {
			return nil, err
		}
		e, err := row.toModel(tx, record, int(binary.BigEndian.Uint32(k[8:])))
		if err != nil {
			return nil, err
		}
		if events = append(events, e); e.Revision != len(events) {
			return nil, fmt.Errorf("%w: a step of %s is missing", model.ErrDamaged, e.Record)
		}
	}
	return events, nil
}

func (row *RecordEvent) toModel(tx *kv.Tx, record uint64, revision int) (model.RecordEvent, error) {
	e := model.RecordEvent{Record: tx.ID(model.RecordID, record), Revision: revision, Entry: row.Entry, At: row.At,
		Actor: row.Actor, Action: model.RecordAction(row.Action), Fields: row.Fields, How: model.WrittenHow(row.How),
		Source: row.Source, Approved: row.Approved, Reason: row.Reason}
	for _, part := range []struct {
		stored []byte
		to     any
	}{{row.Writing, &e.Writing}, {row.Overruled, &e.Overruled}} {
		if len(part.stored) == 0 {
			continue
		}
		if err := json.Unmarshal(part.stored, part.to); err != nil {
			return e, fmt.Errorf("%w: a step of %s can't be decoded", model.ErrDamaged, e.Record)
		}
	}
	if p := row.Picked; p != nil {
		e.Picked = &model.Picked{Document: tx.ID(model.DocumentID, p.Document), Seq: p.Seq,
			Change: tx.ID(model.ChangeID, p.Change)}
		for _, c := range p.Clauses {
			e.Picked.Clauses = append(e.Picked.Clauses, model.PickedClause{Provision: tx.ID(model.ClauseID, c.Provision),
				Number: c.Number, Seq: c.Seq, ChangeClause: c.ChangeClause,
				At: model.ByteRange{Start: c.Start, End: c.End}})
		}
	}
	return e, nil
}

// EachProvisionRecord calls do with the number of every provision record, in order.
func EachProvisionRecord(tx *kv.Tx, do func(record uint64) error) error {
	b := tx.Bucket(kv.BucketRecordEvent)
	if b == nil {
		return nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, _ := c.First(); k != nil; {
		n := kv.KeyNumber(k)
		if err := do(n); err != nil {
			return err
		}
		k, _ = kv.SeekBehind(c, n)
	}
	return nil
}
