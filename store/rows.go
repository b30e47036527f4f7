package store

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
	"fineprint/store/text/similar"
)

// documentRow is a document as stored.
type documentRow struct {
	Slug      string       `cbor:"1,keyasint"`
	Name      string       `cbor:"2,keyasint"` // of the platform
	Type      string       `cbor:"3,keyasint"`
	Source    model.Source `cbor:"4,keyasint"`
	CreatedAt time.Time    `cbor:"5,keyasint"`
	Ended     *time.Time   `cbor:"6,keyasint,omitempty"`
	Versions  int          `cbor:"7,keyasint"`
	// Good is the last version that a next one is compared with.
	Good int `cbor:"8,keyasint,omitempty"`
	// Suspect counts the suspected bad captures that Good was kept for.
	Suspect *suspectRow `cbor:"9,keyasint,omitempty"`
	// Text and Raw are what the next text and raw bytes are compressed against.
	Text chainRow `cbor:"10,keyasint"`
	Raw  chainRow `cbor:"11,keyasint"`
	// LastSnapshot is the newest snapshot.
	LastSnapshot uint64 `cbor:"12,keyasint,omitempty"`
	// LastChange is the newest change, for those who snooze until the next.
	LastChange uint64 `cbor:"13,keyasint,omitempty"`
	// Overturned are versions that a later detection judged otherwise, bad
	// capture or not, than their own row says; the row itself is journalled.
	Overturned []int `cbor:"14,keyasint,omitempty"`
	// Extractor is what made the last good text, or the same one since.
	Extractor string `cbor:"15,keyasint,omitempty"`
}

// chainRow is a chainEnd as stored: by the numbers of its blobs.
type chainRow struct {
	End   uint64 `cbor:"1,keyasint,omitempty"`
	Root  uint64 `cbor:"2,keyasint,omitempty"`
	Depth int    `cbor:"3,keyasint,omitempty"`
}

// suspect reports whether a version is a suspected bad capture, by the last
// detection.
func (d documentRow) suspect(seq int, v versionRow) bool {
	return v.Suspect != slices.Contains(d.Overturned, seq)
}

func (d documentRow) toModel(s *Store, n uint64) model.Document {
	return model.Document{ID: s.id(model.DocumentID, n), Platform: model.Platform{Slug: d.Slug, Name: d.Name}, Type: d.Type,
		Source: d.Source, CreatedAt: d.CreatedAt, Ended: d.Ended, Versions: d.Versions}
}

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

// originIn is a model.Provenance as stored.
type originIn struct {
	Method    uint32   `cbor:"1,keyasint,omitempty"`
	Tool      uint32   `cbor:"2,keyasint,omitempty"`
	URL       uint32   `cbor:"3,keyasint,omitempty"`
	Repo      uint32   `cbor:"4,keyasint,omitempty"`
	Root      uint32   `cbor:"5,keyasint,omitempty"`
	Commit    []byte   `cbor:"6,keyasint,omitempty"`
	Path      uint32   `cbor:"7,keyasint,omitempty"`
	Subject   uint32   `cbor:"8,keyasint,omitempty"`
	Engine    uint32   `cbor:"9,keyasint,omitempty"`
	Locations []uint32 `cbor:"10,keyasint,omitempty"`
	// Snapshots are packed ids.
	Snapshots [][]byte `cbor:"11,keyasint,omitempty"`
	// Web is the JSON of what only a web capture has.
	Web []byte `cbor:"12,keyasint,omitempty"`
}

// webPart is the part of a Provenance that only web captures have.
type webPart struct {
	FinalURL  string            `json:"final_url,omitempty"`
	Redirects []string          `json:"redirects,omitempty"`
	Status    int               `json:"status,omitempty"`
	Header    map[string]string `json:"header,omitempty"`
	Remote    string            `json:"remote,omitempty"`
	Exchange  *model.Exchange   `json:"exchange,omitempty"`
}

// packID stores an id as 1 ‖ its bytes when it is hexadecimal, else 0 ‖ its text.
func packID(id string) []byte {
	if b, err := hex.DecodeString(id); err == nil && len(b) > 0 && hex.EncodeToString(b) == id {
		return append([]byte{1}, b...)
	}
	return append([]byte{0}, id...)
}

func unpackID(b []byte) string {
	switch {
	case len(b) == 0:
		return ""
	case b[0] == 1:
		return hex.EncodeToString(b[1:])
	default:
		return string(b[1:])
	}
}

func packOrigin(tx *bolt.Tx, p model.Provenance) (originIn, error) {
	var o originIn
	var failed error
	intern := func(w string) uint32 {
		n, err := internWord(tx, w)
		if err != nil {
			failed = err
		}
		return n
	}
	o.Method, o.Tool, o.URL = intern(string(p.Method)), intern(p.Tool), intern(p.URL)
	if a := p.Archive; a != nil {
		o.Repo, o.Root, o.Path, o.Subject, o.Engine = intern(a.Repo), intern(a.Root), intern(a.Path), intern(a.Subject), intern(a.Engine)
		o.Commit = packID(a.Commit)
		for _, l := range a.Locations {
			o.Locations = append(o.Locations, intern(l))
		}
		for _, id := range a.Snapshots {
			o.Snapshots = append(o.Snapshots, packID(id))
		}
	}
	web := webPart{FinalURL: p.FinalURL, Redirects: p.Redirects, Status: p.Status, Header: p.Header, Remote: p.Remote, Exchange: p.Exchange}
	if web.FinalURL != "" || web.Status != 0 || web.Remote != "" {
		b, err := json.Marshal(web)
		if err != nil {
			return o, err
		}
		o.Web = b
	}
	return o, failed
}

func (o originIn) toModel(tx *bolt.Tx) (model.Provenance, error) {
	var failed error
	get := func(n uint32) string {
		w, err := word(tx, n)
		if err != nil {
			failed = err
		}
		return w
	}
	p := model.Provenance{Method: model.Method(get(o.Method)), Tool: get(o.Tool), URL: get(o.URL)}
	if len(o.Commit) > 0 {
		a := &model.ArchiveOrigin{Repo: get(o.Repo), Root: get(o.Root), Commit: unpackID(o.Commit), Path: get(o.Path), Subject: get(o.Subject), Engine: get(o.Engine)}
		for _, l := range o.Locations {
			a.Locations = append(a.Locations, get(l))
		}
		for _, id := range o.Snapshots {
			a.Snapshots = append(a.Snapshots, unpackID(id))
		}
		p.Archive = a
	}
	if len(o.Web) > 0 {
		var web webPart
		if err := json.Unmarshal(o.Web, &web); err != nil {
			return p, fmt.Errorf("%w: a capture's metadata can't be decoded", model.ErrDamaged)
		}
		p.FinalURL, p.Redirects, p.Status, p.Header, p.Remote = web.FinalURL, web.Redirects, web.Status, web.Header, web.Remote
		p.Exchange = web.Exchange
	}
	return p, failed
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

// clauseRow is a clause change as stored; ends are relative to starts.
type clauseRow struct {
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

func packClauses(clauses []model.ClauseChange) []clauseRow {
	extent := func(e *model.ByteRange) []int {
		if e == nil {
			return nil
		}
		return []int{e.Start, e.End - e.Start}
	}
	rows := make([]clauseRow, len(clauses))
	for i, c := range clauses {
		rows[i] = clauseRow{Kind: string(c.Kind), Material: c.Material, Reason: string(c.Reason), Detail: c.Detail,
			Heading: c.Heading, Old: extent(c.Old), New: extent(c.New), Marks: c.Marks, OldPath: c.OldHeading}
	}
	return rows
}

func unpackClauses(rows []clauseRow) []model.ClauseChange {
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
		clauses[i] = model.ClauseChange{Kind: model.Kind(r.Kind), Material: r.Material, Reason: model.Reason(r.Reason), Detail: r.Detail,
			Heading: r.Heading, Old: extent(r.Old), New: extent(r.New), Marks: r.Marks, OldHeading: r.OldPath}
	}
	return clauses
}

// queueRow is what a list shows of a change.
type queueRow struct {
	Document   uint64   `cbor:"1,keyasint"`
	From       refRow   `cbor:"2,keyasint"`
	To         refRow   `cbor:"3,keyasint"`
	DetectedAt int64    `cbor:"4,keyasint"`
	Material   bool     `cbor:"5,keyasint,omitempty"`
	Reason     string   `cbor:"6,keyasint,omitempty"`
	Detail     string   `cbor:"7,keyasint,omitempty"`
	Severity   string   `cbor:"8,keyasint,omitempty"` // suggested
	Score      int      `cbor:"9,keyasint,omitempty"`
	Why        []string `cbor:"10,keyasint,omitempty"`
	Counts     [5]int   `cbor:"11,keyasint"`
	Algorithm  int      `cbor:"12,keyasint"`
	Repo       uint32   `cbor:"13,keyasint,omitempty"` // word
	// Alike and Sketch are the change's similar.Fingerprint; the last bit of Alike is
	// set for a material change. A row from before there were marks has none until
	// the change is detected again.
	Alike  []byte `cbor:"14,keyasint,omitempty"`
	Sketch []byte `cbor:"15,keyasint,omitempty"`
	// OtherReading: the two texts were made in different ways.
	OtherReading bool `cbor:"16,keyasint,omitempty"`
	// TakenBack is the version that went back to the text before, while nothing
	// was decided yet.
	TakenBack int `cbor:"17,keyasint,omitempty"`
}

// mark sets what the change is like.
func (r *queueRow) mark(m similar.Fingerprint) {
	r.Alike, r.Sketch = m.Key, m.Sketch
	if last := len(r.Alike) - 1; last >= 0 {
		r.Alike[last] &^= 1
		if r.Material {
			r.Alike[last] |= 1
		}
	}
}

// refRow is a model.VersionRef as stored.
type refRow struct {
	Seq        int    `cbor:"1,keyasint"`
	CapturedAt int64  `cbor:"2,keyasint"`
	Sum        []byte `cbor:"3,keyasint"`
	Commit     []byte `cbor:"4,keyasint,omitempty"`
}

func (r refRow) toModel(repo string) model.VersionRef {
	v := model.VersionRef{Seq: r.Seq, CapturedAt: unixTime(r.CapturedAt), SHA256: hex.EncodeToString(r.Sum)}
	if len(r.Commit) > 0 {
		v.Origin = &model.Origin{Repo: repo, Commit: unpackID(r.Commit)}
	}
	return v
}

func (s *Store) id(kind model.IDKind, n uint64) model.ID {
	if n == 0 {
		return ""
	}
	return model.NewID(s.prefix, kind, n)
}

func getDocument(tx *bolt.Tx, n uint64) (documentRow, error) {
	var d documentRow
	found, err := getRow(tx, bktDocument, u64(n), &d)
	if err == nil && !found {
		err = fmt.Errorf("%w: document %d is missing", model.ErrDamaged, n)
	}
	return d, err
}

func getVersion(tx *bolt.Tx, doc uint64, seq int) (versionRow, error) {
	var v versionRow
	found, err := getRow(tx, bktVersion, u64u32(doc, seq), &v)
	if err == nil && !found {
		err = fmt.Errorf("%w: version %d of document %d is missing", model.ErrDamaged, seq, doc)
	}
	return v, err
}

func getSnapshot(tx *bolt.Tx, n uint64) (snapshotRow, error) {
	var row snapshotRow
	found, err := getRow(tx, bktSnapshot, u64(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: snapshot %d is missing", model.ErrDamaged, n)
	}
	return row, err
}

func (s *Store) version(tx *bolt.Tx, doc uint64, seq int, row versionRow) (model.Version, error) {
	origin, err := row.Origin.toModel(tx)
	if err != nil {
		return model.Version{}, err
	}
	extractor, err := word(tx, row.Extractor)
	if err != nil {
		return model.Version{}, err
	}
	v := model.Version{Document: s.id(model.DocumentID, doc), Seq: seq, Kind: model.VersionKind(row.Kind), Failure: row.Failure,
		CapturedAt: unixTime(row.CapturedAt), RecordedAt: unixTime(row.RecordedAt), Snapshot: s.id(model.SnapshotID, row.Snapshot),
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
func textOf(tx *bolt.Tx, v versionRow) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	b, err := readBlob(tx, v.Text)
	return string(b), err
}

func keyNumber(key []byte) uint64 { return binary.BigEndian.Uint64(key) }
