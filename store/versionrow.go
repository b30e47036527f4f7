package store

import (
	"encoding/hex"
	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fmt"
)

// versionRow is a version as stored: strings that many share are words.
type versionRow struct {
	Kind       string   `cbor:"1,keyasint"`
	Failure    string   `cbor:"2,keyasint,omitempty"`
	CapturedAt int64    `cbor:"3,keyasint"` // Unix nanoseconds
	RecordedAt int64    `cbor:"4,keyasint"`
	Text       uint64   `cbor:"5,keyasint,omitempty"` // blob
	TextBytes  int      `cbor:"6,keyasint,omitempty"`
	Snapshot   uint64   `cbor:"7,keyasint,omitempty"`
	Extractor  uint32   `cbor:"8,keyasint,omitempty"` // word
	Suspect    bool     `cbor:"9,keyasint,omitempty"` // a suspected bad capture, compared with nothing
	Origin     originIn `cbor:"10,keyasint"`
	TextSum    []byte   `cbor:"11,keyasint,omitempty"`
}

func getVersion(tx *kv.Tx, doc uint64, seq int) (versionRow, error) {
	var v versionRow
	found, err := kv.GetRow(tx, kv.BucketVersion, kv.PairKey(doc, seq), &v)
	if err == nil && !found {
		err = fmt.Errorf("%w: version %d of document %d is missing", model.ErrDamaged, seq, doc)
	}
	return v, err
}

func versionOf(tx *kv.Tx, doc uint64, seq int, row versionRow) (model.Version, error) {
	origin, err := row.Origin.toModel(tx)
	if err != nil {
		return model.Version{}, err
	}
	extractor, err := kv.LookupString(tx, row.Extractor)
	if err != nil {
		return model.Version{}, err
	}
	v := model.Version{Document: tx.ID(model.DocumentID, doc), Seq: seq, Kind: model.VersionKind(row.Kind), Failure: row.Failure,
		CapturedAt: kv.UnixTime(row.CapturedAt), RecordedAt: kv.UnixTime(row.RecordedAt), Snapshot: tx.ID(model.SnapshotID, row.Snapshot),
		TextSHA256: hex.EncodeToString(row.TextSum), TextBytes: row.TextBytes, Extractor: extractor, Origin: origin}
	if row.Snapshot != 0 {
		snap, err := getSnapshot(tx, row.Snapshot)
		if err != nil {
			return v, err
		}
		v.RawSHA256 = hex.EncodeToString(snap.Sum)
	}
	return v, nil
}

// textOf reads a version's text; "" for one that has none.
func textOf(tx *kv.Tx, v versionRow) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	b, err := blob.Read(tx, v.Text)
	return string(b), err
}

func versionAndText(tx *kv.Tx, doc uint64, seq int) (model.Version, string, error) {
	row, err := getVersion(tx, doc, seq)
	if err != nil {
		return model.Version{}, "", err
	}
	v, err := versionOf(tx, doc, seq, row)
	if err != nil {
		return v, "", err
	}
	text, err := textOf(tx, row)
	return v, text, err
}

// capturedAt reads when a version was captured.
func capturedAt(tx *kv.Tx, doc uint64, seq int) (int64, error) {
	key := kv.PairKey(doc, seq)
	payload, err := kv.Unseal(kv.BucketVersion, key, tx.Bucket(kv.BucketVersion).Get(key))
	if err != nil {
		return 0, err
	}
	r, at := kv.NewScanner(payload), int64(0)
	for range r.Pairs() {
		if r.Int() == 3 {
			at = r.Int()
		} else {
			r.Skip(0)
		}
	}
	if r.Failed() {
		return 0, fmt.Errorf("%w: version %d of document %d can't be decoded", model.ErrDamaged, seq, doc)
	}
	return at, nil
}

// snapshotRow is a snapshot as stored.
type snapshotRow struct {
	Document   uint64   `cbor:"1,keyasint"`
	Blob       uint64   `cbor:"2,keyasint"`
	Sum        []byte   `cbor:"3,keyasint"`
	Bytes      int      `cbor:"4,keyasint"`
	MediaType  uint32   `cbor:"5,keyasint,omitempty"` // word
	CapturedAt int64    `cbor:"6,keyasint"`
	Origin     originIn `cbor:"7,keyasint"`
}

func getSnapshot(tx *kv.Tx, n uint64) (snapshotRow, error) {
	var row snapshotRow
	found, err := kv.GetRow(tx, kv.BucketSnapshot, kv.Key(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: snapshot %d is missing", model.ErrDamaged, n)
	}
	return row, err
}

func snapshotByID(tx *kv.Tx, id model.ID) (snapshotRow, error) {
	var row snapshotRow
	n := id.Number()
	if id != tx.ID(model.SnapshotID, n) {
		return row, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	found, err := kv.GetRow(tx, kv.BucketSnapshot, kv.Key(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no snapshot %s in this database", model.ErrNotFound, id)
	}
	return row, err
}

func snapshotOf(tx *kv.Tx, id model.ID, row snapshotRow) (model.Snapshot, error) {
	media, err := kv.LookupString(tx, row.MediaType)
	if err != nil {
		return model.Snapshot{}, err
	}
	origin, err := row.Origin.toModel(tx)
	return model.Snapshot{ID: id, Document: tx.ID(model.DocumentID, row.Document), SHA256: fmt.Sprintf("%x", row.Sum), Bytes: row.Bytes,
		MediaType: media, CapturedAt: kv.UnixTime(row.CapturedAt), Origin: origin}, err
}
