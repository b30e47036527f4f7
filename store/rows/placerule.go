package rows

import (
	"fineprint/store/detect/place"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// PlaceRule is a [model.PlaceRule] as stored.
type PlaceRule struct {
	Rule      string      `cbor:"1,keyasint"`
	Document  uint64      `cbor:"2,keyasint"`
	Place     place.Place `cbor:"3,keyasint"`
	Sentences bool        `cbor:"4,keyasint,omitempty"`
	Change    uint64      `cbor:"5,keyasint"`
	Clause    int         `cbor:"6,keyasint"`
	Author    string      `cbor:"7,keyasint"`
	At        int64       `cbor:"8,keyasint"` // Unix nanoseconds
}

// ToModel returns rule n as the model has it.
func (r *PlaceRule) ToModel(tx *kv.Tx, n uint64) (model.PlaceRule, error) {
	doc, err := GetDocument(tx, r.Document)
	if err != nil {
		return model.PlaceRule{}, err
	}
	return model.PlaceRule{ID: tx.ID(model.RuleID, n), Rule: model.RuleKind(r.Rule),
		Document: tx.ID(model.DocumentID, r.Document), Platform: doc.Slug, PlatformName: doc.Name, Type: doc.Type,
		Place: r.Place.Words, Sentences: r.Sentences, Change: tx.ID(model.ChangeID, r.Change), Clause: r.Clause,
		Author: r.Author, At: kv.UnixTime(r.At)}, nil
}

// NumberedRule is a rule with its number.
type NumberedRule struct {
	N   uint64
	Row PlaceRule
}

// ruleIsOfAnother reports whether a rule that can't be read is of another document: the journal says of
// which it was made.
func ruleIsOfAnother(tx *kv.Tx, n, document uint64) bool {
	c := tx.Bucket(kv.BucketJournal).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		if _, e, err := journal.Decode(v); err == nil && e.Kind == journal.KindRuleAdded && e.Part == n {
			return e.Object != document
		}
	}
	return false
}

// PlaceRules reads the rules of a document, the oldest first; of all documents when
// it is 0.
func PlaceRules(tx *kv.Tx, document uint64) ([]NumberedRule, error) {
	b := tx.Bucket(kv.BucketRule)
	if b == nil {
		return nil, nil
	}
	var list []NumberedRule
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		r := NumberedRule{N: kv.KeyNumber(k)}
		if err := kv.DecodeRow(kv.BucketRule, k, v, &r.Row); err != nil {
			if document != 0 && ruleIsOfAnother(tx, r.N, document) || tx.Lost(err, kv.BucketRule, k) {
				continue
			}
			return nil, err
		}
		if document == 0 || r.Row.Document == document {
			list = append(list, r)
		}
	}
	return list, nil
}
