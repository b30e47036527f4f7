package recordrows

import (
	"encoding/binary"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Annotations is the schema from which on there are annotations.
const Annotations = 6

// Annotation is a step with a note or an assignment as stored, but for the change and the
// number, which are its key.
type Annotation struct {
	Entry     uint64 `cbor:"1,keyasint"`
	At        int64  `cbor:"2,keyasint"` // Unix nanoseconds
	Actor     string `cbor:"3,keyasint"`
	Action    string `cbor:"4,keyasint"`
	Note      uint64 `cbor:"5,keyasint,omitempty"` // the entry that wrote it
	Text      []byte `cbor:"6,keyasint,omitempty"` // whatever was given, valid UTF-8 or not
	Seq       int    `cbor:"7,keyasint,omitempty"` // of the version that its clause stands in
	Start     int    `cbor:"8,keyasint,omitempty"`
	End       int    `cbor:"9,keyasint,omitempty"`
	Provision uint64 `cbor:"10,keyasint,omitempty"`
	Quote     []byte `cbor:"11,keyasint,omitempty"`
	Assignee  string `cbor:"12,keyasint,omitempty"`
	Label     string `cbor:"13,keyasint,omitempty"` // tag, severity or target
	Rule      uint64 `cbor:"14,keyasint,omitempty"` // the alert rule that took the step
}

// Labelled is the schema from which on there are tags and what rules do.
const Labelled = 7

// IsLabelled reports whether builds of before don't know the step.
func (a *Annotation) IsLabelled() bool { return a.Label != "" || a.Rule != 0 }

// EncodeAnnotation is an annotation's payload as its journal entry names it.
func EncodeAnnotation(a Annotation) ([]byte, error) { return kv.Encode(a) }

// AnnotationsOf reads the annotations of a change, oldest first.
func AnnotationsOf(tx *kv.Tx, change uint64) ([]Annotation, error) {
	b := tx.Bucket(kv.BucketAnnotation)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	var list []Annotation
	c := b.Cursor()
	for k, v := c.Seek(kv.Key(change)); len(k) == 12 && kv.KeyNumber(k) == change; k, v = c.Next() {
		var err error
		if list, err = appendAnnotation(list, kv.Pair{Key: k, Value: v}); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// DecodeAnnotations decodes the annotations of one change, oldest first.
func DecodeAnnotations(pairs []kv.Pair) (list []Annotation, err error) {
	for _, p := range pairs {
		if list, err = appendAnnotation(list, p); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// appendAnnotation decodes the next annotation of a change.
func appendAnnotation(list []Annotation, p kv.Pair) ([]Annotation, error) {
	var row Annotation
	if err := kv.DecodeRow(kv.BucketAnnotation, p.Key, p.Value, &row); err != nil {
		return nil, err
	}
	if len(p.Key) != 12 || binary.BigEndian.Uint32(p.Key[8:]) != uint32(len(list)+1) {
		return nil, fmt.Errorf("%w: an annotation of change %d is missing", model.ErrDamaged, kv.KeyNumber(p.Key))
	}
	return append(list, row), nil
}

// EachAnnotated calls do with the annotations of every change that has any, in the order of changes.
func EachAnnotated(tx *kv.Tx, do func(change uint64, list []Annotation) error) error {
	b := tx.Bucket(kv.BucketAnnotation)
	if b == nil {
		return nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, _ := c.First(); k != nil; {
		n := kv.KeyNumber(k)
		list, err := AnnotationsOf(tx, n)
		lost := err != nil && tx.Lost(err, kv.BucketAnnotation, k)
		if err == nil {
			err = do(n, list)
		}
		if err != nil && !lost {
			return err
		}
		k, _ = kv.SeekBehind(c, n)
	}
	return nil
}

// AnnotationAt reads one annotation of a change.
func AnnotationAt(tx *kv.Tx, change uint64, number int) (Annotation, error) {
	var a Annotation
	found := false
	var err error
	if tx.Bucket(kv.BucketAnnotation) != nil {
		found, err = kv.GetRow(tx, kv.BucketAnnotation, kv.PairKey(change, number), &a)
	}
	if err == nil && !found {
		err = kv.Unreadable(kv.BucketAnnotation, kv.PairKey(change, number), "an annotation in the journal is missing")
	}
	return a, err
}

// ToModel is the annotation as the model has it.
func (a *Annotation) ToModel(tx *kv.Tx, change uint64, number int) model.Annotation {
	return model.Annotation{Change: tx.ID(model.ChangeID, change), Number: number, Entry: a.Entry, At: kv.UnixTime(a.At),
		Actor: a.Actor, Action: model.AnnotationAction(a.Action), Note: tx.ID(model.NoteID, a.Note), Text: string(a.Text),
		Assignee: a.Assignee, Label: a.Label, Rule: tx.ID(model.AlertRuleID, a.Rule)}
}
