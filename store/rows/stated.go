package rows

import (
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Stated is what the texts of a document state of themselves: the dates of the newest
// one, and what became of them in each change. It is derived from the texts.
type Stated struct {
	// Now are the dates of the newest text, which version Seq showed first, captured At.
	Now []StatedDate `cbor:"1,keyasint,omitempty"`
	Seq int          `cbor:"2,keyasint,omitempty"`
	At  int64        `cbor:"3,keyasint,omitempty"`
	// First are the dates from when the oldest text says that it holds; FirstSeq is its
	// version, FirstAt when it was captured.
	First    []StatedDate `cbor:"4,keyasint,omitempty"`
	FirstSeq int          `cbor:"5,keyasint,omitempty"`
	FirstAt  int64        `cbor:"6,keyasint,omitempty"`
	// Changes are those of which there is more to say than that the dates stayed; Stayed
	// are the others of texts that state dates, each less the one before it.
	Changes []StatedChange `cbor:"7,keyasint,omitempty"`
	Stayed  []uint64       `cbor:"8,keyasint,omitempty"`
}

// StatedDate is a [model.StatedDate] without its place.
type StatedDate struct {
	Kind  uint8 `cbor:"1,keyasint,omitempty"`
	Day   int64 `cbor:"2,keyasint,omitempty"` // since 1970
	Or    int64 `cbor:"3,keyasint,omitempty"`
	Month bool  `cbor:"4,keyasint,omitempty"` // no day is named
}

// StatedChange is a [model.StatedChange].
type StatedChange struct {
	Change    uint64      `cbor:"1,keyasint"`
	How       uint8       `cbor:"2,keyasint,omitempty"`
	From      *StatedDate `cbor:"3,keyasint,omitempty"`
	To        *StatedDate `cbor:"4,keyasint,omitempty"`
	Effective *StatedDate `cbor:"5,keyasint,omitempty"`
	Announced bool        `cbor:"6,keyasint,omitempty"`
}

// statedKinds and statedHows are what the numbers mean, for good.
var (
	statedKinds = []model.StatedKind{"", model.StatedUpdated, model.StatedEffective, model.StatedPublished,
		model.StatedPrevious, model.StatedDated, model.StatedApplies}
	statedHows = []model.StatedHow{"", model.StatedMoved, model.StatedStayed, model.StatedAppeared,
		model.StatedDisappeared}
)

func indexOf[T comparable](list []T, v T) uint8 {
	for i, x := range list {
		if x == v {
			return uint8(i)
		}
	}
	return 0
}

const secondsADay = 24 * 60 * 60

// NewStatedDate is a date as stored.
func NewStatedDate(d model.StatedDate) StatedDate {
	row := StatedDate{Kind: indexOf(statedKinds, d.Kind), Day: d.Day().Unix() / secondsADay,
		Month: len(d.Date) == len("2026-01")}
	if or := (model.StatedDate{Date: d.Or}).Day(); d.Or != "" {
		row.Or = or.Unix() / secondsADay
	}
	return row
}

// ToModel is the date as a noun.
func (r StatedDate) ToModel() model.StatedDate {
	var d model.StatedDate
	if int(r.Kind) < len(statedKinds) {
		d.Kind = statedKinds[r.Kind]
	}
	layout := time.DateOnly
	if r.Month {
		layout = "2006-01"
	}
	d.Date = time.Unix(r.Day*secondsADay, 0).UTC().Format(layout)
	if r.Or != 0 {
		d.Or = time.Unix(r.Or*secondsADay, 0).UTC().Format(layout)
	}
	return d
}

// NewStatedDates are dates as stored.
func NewStatedDates(list []model.StatedDate) []StatedDate {
	var all []StatedDate
	for _, d := range list {
		all = append(all, NewStatedDate(d))
	}
	return all
}

// StatedDates are stored dates as nouns.
func StatedDates(list []StatedDate) []model.StatedDate {
	var all []model.StatedDate
	for _, d := range list {
		all = append(all, d.ToModel())
	}
	return all
}

// Add files what a change did to the dates.
func (s *Stated) Add(change uint64, c *model.StatedChange) {
	if c == nil {
		return
	}
	if c.How == model.StatedStayed && c.Effective == nil {
		last := uint64(0)
		for _, step := range s.Stayed {
			last += step
		}
		s.Stayed = append(s.Stayed, change-last) // may wrap around: a change that came in late
		return
	}
	row := StatedChange{Change: change, How: indexOf(statedHows, c.How), Announced: c.Announced}
	for _, side := range []struct {
		from *model.StatedDate
		to   **StatedDate
	}{{c.From, &row.From}, {c.To, &row.To}, {c.Effective, &row.Effective}} {
		if side.from != nil {
			d := NewStatedDate(*side.from)
			*side.to = &d
		}
	}
	s.Changes = append(s.Changes, row)
}

// Each reports what every change did to the dates.
func (s *Stated) Each(report func(change uint64, c *model.StatedChange)) {
	last := uint64(0)
	for _, step := range s.Stayed {
		last += step
		report(last, &model.StatedChange{How: model.StatedStayed})
	}
	for _, row := range s.Changes {
		c := &model.StatedChange{Announced: row.Announced}
		if int(row.How) < len(statedHows) {
			c.How = statedHows[row.How]
		}
		for _, side := range []struct {
			from *StatedDate
			to   **model.StatedDate
		}{{row.From, &c.From}, {row.To, &c.To}, {row.Effective, &c.Effective}} {
			if side.from != nil {
				d := side.from.ToModel()
				*side.to = &d
			}
		}
		report(row.Change, c)
	}
}

// StatedOf reads what the texts of a document state; found is false where they were not
// read yet.
func StatedOf(tx *kv.Tx, document uint64) (s Stated, found bool, err error) {
	if tx.Bucket(kv.BucketStated) == nil {
		return s, false, nil // one of laterBuckets
	}
	found, err = kv.GetRow(tx, kv.BucketStated, kv.Key(document), &s)
	return s, found, err
}

// EachStated reports the stored value of every document, without reading it.
func EachStated(tx *kv.Tx, report func(document uint64, key, value []byte) error) error {
	b := tx.Bucket(kv.BucketStated)
	if b == nil {
		return nil
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(k) != 8 {
			return fmt.Errorf("%w: the dates of a document are filed under none", model.ErrDamaged)
		}
		if err := report(kv.KeyNumber(k), k, v); err != nil {
			return err
		}
	}
	return nil
}

// DecodeStated reads a stored value of [EachStated].
func DecodeStated(key, value []byte) (s Stated, err error) {
	err = kv.DecodeRow(kv.BucketStated, key, value, &s)
	return s, err
}
