package store

import (
	"time"

	"fineprint/store/model"
)

// eventRow is a model.Event as stored. Its fields are those of the model, one by
// one, so that the two convert; its tags are of the stored format alone.
type eventRow struct {
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
}

// draftRow is a model.Draft as stored.
type draftRow struct {
	Change  model.ID  `cbor:"change"`
	Actor   string    `cbor:"actor"`
	Summary string    `cbor:"summary"`
	At      time.Time `cbor:"at"`
	Base    int       `cbor:"base"`
}
