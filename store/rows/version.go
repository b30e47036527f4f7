package rows

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
	"fmt"
)

// Version is a version as stored: strings that many share are interned.
type Version struct {
	Kind       string `cbor:"1,keyasint"`
	Failure    string `cbor:"2,keyasint,omitempty"`
	CapturedAt int64  `cbor:"3,keyasint"` // Unix nanoseconds
	RecordedAt int64  `cbor:"4,keyasint"`
	Text       uint64 `cbor:"5,keyasint,omitempty"` // blob
	TextBytes  int    `cbor:"6,keyasint,omitempty"`
	Snapshot   uint64 `cbor:"7,keyasint,omitempty"`
	Extractor  uint32 `cbor:"8,keyasint,omitempty"` // interned string
	Suspect    bool   `cbor:"9,keyasint,omitempty"` // a suspected bad capture, compared with nothing
	Origin     Origin `cbor:"10,keyasint"`
	TextSum    []byte `cbor:"11,keyasint,omitempty"`
	Cut        string `cbor:"12,keyasint,omitempty"` // how its history is cut off before it
	// Technical: its archive says that it was only read anew, where Kind doesn't say so.
	Technical bool `cbor:"14,keyasint,omitempty"`
	// Placed is when it counts as captured, where its archive's clock went back.
	Placed int64 `cbor:"15,keyasint,omitempty"` // Unix nanoseconds
	// LeftOut is what of the page's prose is not in the text, nil when nothing.
	LeftOut *LeftOut `cbor:"13,keyasint,omitempty"`
}

// LeftOut is a [model.LeftOut] as stored.
type LeftOut struct {
	Share    int      `cbor:"1,keyasint"` // in thousandths
	Passages []string `cbor:"2,keyasint,omitempty"`
	Unread   int      `cbor:"3,keyasint,omitempty"`
}

// PackLeftOut returns what was left out as it is stored, nil when that is nothing.
func PackLeftOut(l model.LeftOut) *LeftOut {
	if share := int(l.Share*1000 + 0.5); share > 0 || l.Unread > 0 {
		return &LeftOut{share, l.Passages, l.Unread}
	}
	return nil
}

// PlacedAt is the time by which a version has its place among others.
func (v *Version) PlacedAt() int64 { return cmp.Or(v.Placed, v.CapturedAt) }

// GetVersion reads a version; that it is missing is damage.
func GetVersion(tx *kv.Tx, doc uint64, seq int) (Version, error) {
	var v Version
	found, err := kv.GetRow(tx, kv.BucketVersion, kv.PairKey(doc, seq), &v)
	if err == nil && !found {
		err = kv.Unreadable(kv.BucketVersion, kv.PairKey(doc, seq), fmt.Sprintf("version %d of document %d is missing",
			seq, doc))
	}
	return v, err
}

// ToVersion returns a version as the model has it.
func ToVersion(tx *kv.Tx, doc uint64, seq int, row Version) (model.Version, error) {
	origin, err := row.Origin.ToModel(tx)
	if err != nil {
		return model.Version{}, err
	}
	extractor, err := kv.LookupString(tx, row.Extractor)
	if err != nil {
		return model.Version{}, err
	}
	v := model.Version{Document: tx.ID(model.DocumentID, doc), Seq: seq, Kind: model.VersionKind(row.Kind),
		Failure:    row.Failure,
		CapturedAt: kv.UnixTime(row.CapturedAt), RecordedAt: kv.UnixTime(row.RecordedAt),
		Snapshot:   tx.ID(model.SnapshotID, row.Snapshot),
		TextSHA256: hex.EncodeToString(row.TextSum), TextBytes: row.TextBytes, Extractor: extractor, Cut: model.Cut(row.Cut),
		Origin: origin}
	if l := row.LeftOut; l != nil {
		v.LeftOut = &model.LeftOut{Share: float64(l.Share) / 1000, Passages: l.Passages, Unread: l.Unread}
	}
	if row.Snapshot != 0 {
		snap, err := GetSnapshot(tx, row.Snapshot)
		if err != nil && tx.Lost(err, kv.BucketSnapshot, kv.Key(row.Snapshot)) {
			return v, nil // the text stands on its own
		}
		if err != nil {
			return v, err
		}
		v.RawSHA256 = hex.EncodeToString(snap.Sum)
	}
	return v, nil
}

// Text reads a version's text; "" for one that has none.
func Text(tx *kv.Tx, v Version) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	b, err := blob.Read(tx, v.Text)
	return string(b), err
}

// TextBy reads the text of a version with a reader of its neighbours, and checks it.
func TextBy(blobs *blob.Reader, v Version) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	content, s, err := blobs.ReadChecked(v.Text)
	return textOf(v, content, s, err)
}

// TextIn is Text with memory to read it in.
func TextIn(tx *kv.Tx, memory *blob.Scratch, v Version) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	content, s, err := memory.Read(tx, v.Text)
	return textOf(v, content, s, err)
}

// textOf checks what was read as a version's text.
func textOf(v Version, content []byte, s kv.Sum, err error) (string, error) {
	if err != nil {
		return "", err
	}
	if !bytes.Equal(s[:], v.TextSum) {
		return "", fmt.Errorf("%w: the text of a version does not match its SHA-256", model.ErrDamaged)
	}
	return string(content), nil
}

// VersionAndText reads a version and its text.
func VersionAndText(tx *kv.Tx, doc uint64, seq int) (model.Version, string, error) {
	row, err := GetVersion(tx, doc, seq)
	if err != nil {
		return model.Version{}, "", err
	}
	v, err := ToVersion(tx, doc, seq, row)
	if err != nil {
		return v, "", err
	}
	text, err := Text(tx, row)
	return v, text, err
}

var kinds = []model.VersionKind{model.VersionFirst, model.VersionChanged, model.VersionTechnical, model.VersionFailed,
	model.VersionUnchanged, model.VersionQuarantined}

// KindOf reads the kind of a stored version and nothing else; the rest is not checked.
// One that no version has is damage.
func KindOf(key, value []byte) (model.VersionKind, error) {
	var kind []byte
	if len(value) > 32 {
		if r := scan.New(value[32:]); r.Pairs() > 0 && r.Int() == 1 {
			kind = r.Bytes()
		}
	}
	for _, k := range kinds {
		if string(kind) == string(k) {
			return k, nil
		}
	}
	return "", kv.Unreadable(kv.BucketVersion, key, fmt.Sprintf("version %x is of no kind", key))
}

// CapturedAt reads when a version was captured.
func CapturedAt(tx *kv.Tx, doc uint64, seq int) (int64, error) {
	key := kv.PairKey(doc, seq)
	payload, err := kv.Unseal(kv.BucketVersion, key, tx.Bucket(kv.BucketVersion).Get(key))
	if err != nil {
		return 0, err
	}
	r, at := scan.New(payload), int64(0)
	for range r.Pairs() {
		if r.Int() == 3 {
			at = r.Int()
			break
		}
		r.Skip(0)
	}
	if r.Failed() {
		return 0, fmt.Errorf("%w: version %d of document %d can't be decoded", model.ErrDamaged, seq, doc)
	}
	return at, nil
}

// Snapshot is a snapshot as stored.
type Snapshot struct {
	Document   uint64 `cbor:"1,keyasint"`
	Blob       uint64 `cbor:"2,keyasint"`
	Sum        []byte `cbor:"3,keyasint"`
	Bytes      int    `cbor:"4,keyasint"`
	MediaType  uint32 `cbor:"5,keyasint,omitempty"` // interned string
	CapturedAt int64  `cbor:"6,keyasint"`
	Origin     Origin `cbor:"7,keyasint"`
}

// GetSnapshot reads snapshot n; that it is missing is damage.
func GetSnapshot(tx *kv.Tx, n uint64) (Snapshot, error) {
	var row Snapshot
	found, err := kv.GetRow(tx, kv.BucketSnapshot, kv.Key(n), &row)
	if err == nil && !found {
		err = kv.Unreadable(kv.BucketSnapshot, kv.Key(n), fmt.Sprintf("snapshot %d is missing", n))
	}
	return row, err
}

// SnapshotByID reads the snapshot with an ID; the error wraps [model.ErrNotFound] when
// there is none.
func SnapshotByID(tx *kv.Tx, id model.ID) (Snapshot, error) {
	var row Snapshot
	n := id.Number()
	if id != tx.ID(model.SnapshotID, n) {
		return row, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	found, err := kv.GetRow(tx, kv.BucketSnapshot, kv.Key(n), &row)
	if err == nil && !found {
		err = kv.Absent(tx, kv.BucketSnapshot, kv.BucketSnapshot, n,
			fmt.Errorf("%w: there is no snapshot %s in this database", model.ErrNotFound, id))
	}
	return row, err
}

// ToSnapshot returns a snapshot as the model has it.
func ToSnapshot(tx *kv.Tx, id model.ID, row Snapshot) (model.Snapshot, error) {
	media, err := kv.LookupString(tx, row.MediaType)
	if err != nil {
		return model.Snapshot{}, err
	}
	origin, err := row.Origin.ToModel(tx)
	return model.Snapshot{ID: id, Document: tx.ID(model.DocumentID, row.Document),
		SHA256: fmt.Sprintf("%x", row.Sum), Bytes: row.Bytes,
		MediaType: media, CapturedAt: kv.UnixTime(row.CapturedAt), Origin: origin}, err
}
