package rows

import (
	"encoding/hex"
	"fineprint/store/blob"
	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
	"fineprint/store/text/similar"
	"fmt"
)

// Clause is a clause change as stored; ends are relative to starts.
type Clause struct {
	Kind     string   `cbor:"1,keyasint"`
	Material bool     `cbor:"2,keyasint,omitempty"`
	Reason   string   `cbor:"3,keyasint,omitempty"`
	Detail   string   `cbor:"4,keyasint,omitempty"`
	Heading  []string `cbor:"5,keyasint,omitempty"`
	Old      []int    `cbor:"6,keyasint,omitempty"`
	New      []int    `cbor:"7,keyasint,omitempty"`
	Marks    []string `cbor:"8,keyasint,omitempty"`
	// OldPath came later: rows without it mean that the path is the same or
	// was not noted.
	OldPath []string `cbor:"9,keyasint,omitempty"`
}

// PackClauses makes the rows of clause changes.
func PackClauses(clauses []model.ClauseChange) []Clause {
	extent := func(e *model.ByteRange) []int {
		if e == nil {
			return nil
		}
		return []int{e.Start, e.End - e.Start}
	}
	rows := make([]Clause, len(clauses))
	for i, c := range clauses {
		rows[i] = Clause{Kind: string(c.Kind), Material: c.Material, Reason: string(c.Reason), Detail: c.Detail,
			Heading: c.Heading, Old: extent(c.Old), New: extent(c.New), Marks: c.Marks, OldPath: c.OldHeading}
	}
	return rows
}

func unpackClauses(rows []Clause) []model.ClauseChange {
	extent := func(e []int) *model.ByteRange {
		if len(e) != 2 {
			return nil
		}
		return &model.ByteRange{Start: e[0], End: e[0] + e[1]}
	}
	clauses := make([]model.ClauseChange, len(rows))
	for i, r := range rows {
		if r.Heading == nil {
			r.Heading = []string{}
		}
		clauses[i] = model.ClauseChange{Kind: model.Kind(r.Kind), Material: r.Material,
			Reason: model.Reason(r.Reason), Detail: r.Detail,
			Heading: r.Heading, Old: extent(r.Old), New: extent(r.New), Marks: r.Marks, OldHeading: r.OldPath}
	}
	return clauses
}

// ClauseExtents reads of the clause changes of change n the kinds, whether they are
// material, the reasons and where they are; no headings, details and marks. It costs a
// fraction of [Clauses].
func ClauseExtents(tx *kv.Tx, n uint64, words Words) ([]model.ClauseChange, error) {
	packed, err := packedClauses(tx, n)
	if err != nil {
		return nil, err
	}
	r := scan.New(packed)
	list := make([]model.ClauseChange, r.Items())
	extents := make([]model.ByteRange, 2*len(list))
	extent := func(e *model.ByteRange) *model.ByteRange {
		switch r.Items() {
		case 0:
			return nil
		case 2:
			e.Start = int(r.Int())
			e.End = e.Start + int(r.Int())
			return e
		}
		r.Fail()
		return nil
	}
	for i := range list {
		c := &list[i]
		for range r.Pairs() {
			switch r.Int() {
			case 1:
				c.Kind = model.Kind(words.Of(r.Bytes()))
			case 2:
				c.Material = r.Bool()
			case 3:
				c.Reason = model.Reason(words.Of(r.Bytes()))
			case 6:
				c.Old = extent(&extents[2*i])
			case 7:
				c.New = extent(&extents[2*i+1])
			default:
				r.Skip(0)
			}
		}
	}
	if !r.Done() {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", model.ErrDamaged, n)
	}
	return list, nil
}

// packedClauses reads the encoded clause changes of change n.
func packedClauses(tx *kv.Tx, n uint64) ([]byte, error) {
	value := tx.Bucket(kv.BucketChange).Get(kv.Key(n))
	if value == nil {
		return nil, fmt.Errorf("%w: the clauses of change %d are missing", model.ErrDamaged, n)
	}
	payload, err := kv.Unseal(kv.BucketChange, kv.Key(n), value)
	if err != nil {
		return nil, err
	}
	packed, err := blob.Decompress(payload)
	if err != nil {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", model.ErrDamaged, n)
	}
	return packed, nil
}

// Clauses reads the clause changes of change n.
func Clauses(tx *kv.Tx, n uint64) ([]model.ClauseChange, error) {
	packed, err := packedClauses(tx, n)
	if err != nil {
		return nil, err
	}
	var rows []Clause
	if err := kv.Decode(packed, &rows); err != nil {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", model.ErrDamaged, n)
	}
	return unpackClauses(rows), nil
}

// PutChange writes a change's row and its clause changes.
func PutChange(tx *kv.Tx, n uint64, row Change, clauses []model.ClauseChange) error {
	packed, err := EncodeClauses(clauses)
	if err != nil {
		return err
	}
	return PutEncoded(tx, n, row, packed)
}

// EncodeClauses makes of clause changes what is stored of them. It needs no
// transaction, so that several goroutines can do it at once.
func EncodeClauses(clauses []model.ClauseChange) ([]byte, error) {
	packed, err := kv.Encode(PackClauses(clauses))
	if err != nil {
		return nil, err
	}
	return blob.Compress(packed), nil
}

// PutEncoded is [PutChange] of clause changes that [EncodeClauses] encoded.
func PutEncoded(tx *kv.Tx, n uint64, row Change, clauses []byte) error {
	if err := kv.PutRow(tx, kv.BucketRow, kv.Key(n), row); err != nil {
		return err
	}
	return kv.PutSealed(tx, kv.BucketChange, kv.Key(n), clauses)
}

// Change is what a list shows of a change.
type Change struct {
	Document   uint64   `cbor:"1,keyasint"`
	From       Ref      `cbor:"2,keyasint"`
	To         Ref      `cbor:"3,keyasint"`
	DetectedAt int64    `cbor:"4,keyasint"`
	Material   bool     `cbor:"5,keyasint,omitempty"`
	Reason     string   `cbor:"6,keyasint,omitempty"`
	Detail     string   `cbor:"7,keyasint,omitempty"`
	Severity   string   `cbor:"8,keyasint,omitempty"` // suggested
	Score      int      `cbor:"9,keyasint,omitempty"`
	Why        []string `cbor:"10,keyasint,omitempty"`
	Counts     [5]int   `cbor:"11,keyasint"`
	Algorithm  int      `cbor:"12,keyasint"`
	Repo       uint32   `cbor:"13,keyasint,omitempty"` // interned string
	// DuplicateGroup and Sketch are the change's [similar.Fingerprint]; the last bit of
	// DuplicateGroup is set for a material change. A row from before there were
	// fingerprints has none until the change is detected again.
	DuplicateGroup []byte `cbor:"14,keyasint,omitempty"`
	Sketch         []byte `cbor:"15,keyasint,omitempty"`
	// OtherReading: the two texts were made in different ways.
	OtherReading bool `cbor:"16,keyasint,omitempty"`
	// TakenBack is the version that went back to the text before.
	TakenBack int `cbor:"17,keyasint,omitempty"`
	// Features are those of package order, packed, of a material change; a row from
	// before there were any has none until the change is detected again.
	Features []byte `cbor:"18,keyasint,omitempty"`
	// Back are the versions, newest first, whose text it goes back to.
	Back []int `cbor:"22,keyasint,omitempty"`
	// Alternation is set for a turn of one.
	Alternation *Alternation `cbor:"23,keyasint,omitempty"`
	// Settled: the document stayed with the text. Again is the version with which the
	// text came again and stayed after it was taken back.
	Settled bool `cbor:"24,keyasint,omitempty"`
	Again   int  `cbor:"25,keyasint,omitempty"`
	// Superseded: other captures came to lie between its versions. By are the changes
	// that take its place.
	Superseded bool     `cbor:"26,keyasint,omitempty"`
	By         []uint64 `cbor:"27,keyasint,omitempty"`
}

// SetFingerprint sets what the change is like.
func (r *Change) SetFingerprint(m similar.Fingerprint) {
	r.DuplicateGroup, r.Sketch = m.Key, m.Sketch
	if last := len(r.DuplicateGroup) - 1; last >= 0 {
		r.DuplicateGroup[last] &^= 1
		if r.Material {
			r.DuplicateGroup[last] |= 1
		}
	}
}

// Ref is a [model.VersionRef] as stored.
type Ref struct {
	Seq        int    `cbor:"1,keyasint"`
	CapturedAt int64  `cbor:"2,keyasint"`
	Sum        []byte `cbor:"3,keyasint"`
	Commit     []byte `cbor:"4,keyasint,omitempty"`
}

// RefOf refers to a version by its number and row.
func RefOf(seq int, v Version) Ref {
	return Ref{Seq: seq, CapturedAt: v.CapturedAt, Sum: v.TextSum, Commit: v.Origin.Commit}
}

// ToModel returns the reference as the model has it.
func (r Ref) ToModel(repo string) model.VersionRef {
	v := model.VersionRef{Seq: r.Seq, CapturedAt: kv.UnixTime(r.CapturedAt), SHA256: hex.EncodeToString(r.Sum)}
	if len(r.Commit) > 0 {
		v.Origin = &model.Origin{Repo: repo, Commit: unpackID(r.Commit)}
	}
	return v
}

// QueueItem returns what a list shows of change n.
func QueueItem(tx *kv.Tx, n uint64, row Change, doc Document, r model.Review, repo string) model.QueueItem {
	q := model.QueueItem{
		ID: tx.ID(model.ChangeID, n), Platform: doc.Slug, PlatformName: doc.Name, Document: tx.ID(model.DocumentID,
			row.Document), Type: doc.Type,
		From: row.From.ToModel(repo), To: row.To.ToModel(repo), DetectedAt: kv.UnixTime(row.DetectedAt), State: r.State,
		Material: row.Material, Reason: model.Reason(row.Reason), Detail: row.Detail,
		Suggested: model.Suggestion{Severity: model.Severity(row.Severity), Score: row.Score, Why: row.Why},
		Counts: model.Counts{Added: row.Counts[0], Removed: row.Counts[1], Modified: row.Counts[2],
			Moved: row.Counts[3], Immaterial: row.Counts[4]},
		Severity: r.Severity, Confidence: r.Confidence, Record: r.Record,
		DuplicateGroup: hex.EncodeToString(row.DuplicateGroup),
		Author:         r.Author, Alternation: row.Alternation.toModel(tx, row.To),
	}
	if r.Second != nil && r.Second.Severity != "" {
		q.SecondReader = r.Second.Actor
	}
	if q.Suggested.Why == nil {
		q.Suggested.Why = []string{}
	}
	q.Origin, q.Superseded = q.To.Origin, row.Superseded
	for _, by := range row.By {
		q.SupersededBy = append(q.SupersededBy, tx.ID(model.ChangeID, by))
	}
	setProbability(&q, row.Features)
	return q
}

// setProbability sets what the model of package order says of a change.
func setProbability(q *model.QueueItem, features []byte) {
	p := order.Folded
	if q.Material {
		x, ok := order.Unpack(features)
		if !ok {
			return
		}
		odds := x.LogOdds()
		p, q.Suggested.Evidence = order.Rounded(order.Probability(odds)), x.Evidence()
		q.ProbablyNoise = order.Noise(odds, q.Suggested.Severity.Rank() >= model.High.Rank())
	}
	q.Suggested.Probability = p
}

// TakenBackAtOnce reports whether version by took a document's change back, whose
// own version was captured then, within [model.AtOnce]. No version is 0.
func TakenBackAtOnce(tx *kv.Tx, doc uint64, captured int64, by int) (bool, error) {
	if by == 0 {
		return false, nil
	}
	back, err := CapturedAt(tx, doc, by)
	return err == nil && back-captured <= int64(model.AtOnce), err
}

// ChangeNumber checks that id names a change of this store.
func ChangeNumber(tx *kv.Tx, id model.ID) (uint64, error) {
	n := id.Number()
	if id.Kind() != model.ChangeID || id != tx.ID(model.ChangeID, n) {
		return 0, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	if tx.Bucket(kv.BucketRow).Get(kv.Key(n)) == nil {
		return 0, kv.Absent(tx, kv.BucketRow, kv.BucketChange, n,
			fmt.Errorf("%w: there is no change %s in this database", model.ErrNotFound, id))
	}
	return n, nil
}
