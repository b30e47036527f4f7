package rows

import (
	"fineprint/store/kv"
	"fineprint/store/model"
)

// Course is a timeline.Course as stored.
type Course struct {
	ShownSeq    int    `cbor:"1,keyasint,omitempty"`
	ShownBy     int    `cbor:"2,keyasint,omitempty"`
	ShownText   []byte `cbor:"3,keyasint,omitempty"`
	ShownChange uint64 `cbor:"4,keyasint,omitempty"` // the change that led to ShownBy
	Turn        int    `cbor:"5,keyasint,omitempty"`
	TurnAt      int64  `cbor:"6,keyasint,omitempty"` // Unix nanoseconds
	TurnChange  uint64 `cbor:"7,keyasint,omitempty"` // the change that led to Turn
	// Directions are pairs of sums, one after the other.
	Directions  []byte       `cbor:"8,keyasint,omitempty"`
	Alternation *Alternation `cbor:"9,keyasint,omitempty"`
	// First and Texts go on with the Alternation: the version of its first turn, and
	// the sums of its variants, one after the other.
	First int    `cbor:"10,keyasint,omitempty"`
	Texts []byte `cbor:"11,keyasint,omitempty"`
	// NotTerms: the page is no legal text.
	NotTerms bool `cbor:"12,keyasint,omitempty"`
}

// Alternation is a run of turns between the same texts, as of one of them.
type Alternation struct {
	Change   uint64 `cbor:"1,keyasint"` // of the first turn
	Turns    int    `cbor:"2,keyasint"`
	Since    int64  `cbor:"3,keyasint"` // Unix nanoseconds
	Variants []int  `cbor:"4,keyasint"` // versions
}

// toModel returns the alternation as of the change that leads to a version.
func (a *Alternation) toModel(tx *kv.Tx, to Ref) *model.Alternation {
	if a == nil {
		return nil
	}
	return &model.Alternation{ID: tx.ID(model.ChangeID, a.Change), Turns: a.Turns, Since: kv.UnixTime(a.Since),
		Variants: a.Variants, StandsAt: to.Seq, StandsSince: kv.UnixTime(to.CapturedAt)}
}
