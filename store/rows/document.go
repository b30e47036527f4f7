package rows

import (
	"bytes"
	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
	"fmt"
	"slices"
	"time"
)

// Document is a document as stored.
type Document struct {
	Slug      string     `cbor:"1,keyasint"`
	Name      string     `cbor:"2,keyasint"` // of the platform
	Type      string     `cbor:"3,keyasint"`
	Source    Source     `cbor:"4,keyasint"`
	CreatedAt time.Time  `cbor:"5,keyasint"`
	Ended     *time.Time `cbor:"6,keyasint,omitempty"`
	Versions  int        `cbor:"7,keyasint"`
	// Good is the last version that a next one is compared with.
	Good int `cbor:"8,keyasint,omitempty"`
	// Suspect counts the suspected bad captures that Good was kept for.
	Suspect *Suspect `cbor:"9,keyasint,omitempty"`
	// Text and Raw are what the next text and raw bytes are compressed against.
	Text blob.ChainRow `cbor:"10,keyasint"`
	Raw  blob.ChainRow `cbor:"11,keyasint"`
	// LastSnapshot is the newest snapshot.
	LastSnapshot uint64 `cbor:"12,keyasint,omitempty"`
	// LastChange is the newest change, for those who snooze until the next.
	LastChange uint64 `cbor:"13,keyasint,omitempty"`
	// Overturned are versions that a later detection judged otherwise, bad
	// capture or not, than their own row does; the row itself is journalled.
	Overturned []int `cbor:"14,keyasint,omitempty"`
	// Extractor is what made the last good text, or the same one since.
	Extractor string `cbor:"15,keyasint,omitempty"`
	// Course is where the document stands beside what was shown; nil in a row from
	// before it was followed.
	Course *Course `cbor:"20,keyasint,omitempty"`
	// Order are the versions as they were captured; nil where that is their numbers'
	// order. Repeats are those that show the one before again, Kinds what versions are
	// otherwise than their rows, which are journalled, say.
	Order   []int        `cbor:"21,keyasint,omitempty"`
	Repeats []int        `cbor:"22,keyasint,omitempty"`
	Kinds   []JudgedKind `cbor:"23,keyasint,omitempty"`
	// Superseded are the changes that left the queue as other captures came to lie
	// between their versions.
	Superseded []uint64 `cbor:"24,keyasint,omitempty"`
	// Unjudged: older captures came that are to be judged in their places.
	Unjudged bool `cbor:"25,keyasint,omitempty"`
	// Seen is when it was captured last, where that made no version.
	Seen int64 `cbor:"26,keyasint,omitempty"` // Unix nanoseconds
}

// Suspect is a timeline.Suspect as stored.
type Suspect struct {
	What  string `cbor:"1,keyasint"`
	Count int    `cbor:"2,keyasint"`
	Since int64  `cbor:"3,keyasint"` // Unix nanoseconds
	Text  []byte `cbor:"4,keyasint"` // SHA-256 of the last one's text
	// NeverReal: it is none that is believed however long it stays.
	NeverReal bool `cbor:"5,keyasint,omitempty"`
}

// IsSuspect reports whether a version is a suspected bad capture, by the last
// detection.
func (d Document) IsSuspect(seq int, v Version) bool {
	return v.Suspect != slices.Contains(d.Overturned, seq)
}

// IsNotTerms reports whether the document is no legal text.
func (d Document) IsNotTerms() bool { return d.Course != nil && d.Course.NotTerms }

// ToModel returns document n as the model has it.
func (d Document) ToModel(tx *kv.Tx, n uint64) model.Document {
	doc := model.Document{ID: tx.ID(model.DocumentID, n), Platform: model.Platform{Slug: d.Slug, Name: d.Name},
		Type:   d.Type,
		Source: d.Source.toModel(), CreatedAt: d.CreatedAt, Ended: d.Ended, Versions: d.Versions}
	doc.UnreadableSince = d.UnreadableSince(tx.Now())
	doc.NotTerms = d.IsNotTerms()
	return doc
}

// UnreadableSince is [model.Document.UnreadableSince], as of now.
func (d Document) UnreadableSince(now time.Time) *time.Time { return d.Suspect.UnreadableSince(now) }

// UnreadableSince is that of a document with the suspect, nil for none.
func (s *Suspect) UnreadableSince(now time.Time) *time.Time {
	if s == nil || !s.NeverReal || now.Sub(kv.UnixTime(s.Since)) < model.UnreadableAfter {
		return nil
	}
	since := kv.UnixTime(s.Since)
	return &since
}

// GetDocument reads document n; that it is missing is damage.
func GetDocument(tx *kv.Tx, n uint64) (Document, error) {
	var d Document
	found, err := kv.GetRow(tx, kv.BucketDocument, kv.Key(n), &d)
	if err == nil && !found {
		err = kv.Unreadable(kv.BucketDocument, kv.Key(n), fmt.Sprintf("document %d is missing", n))
	}
	return d, err
}

// Documents reads every document row.
func Documents(tx *kv.Tx) (map[uint64]Document, error) {
	pairs := kv.Pairs(tx.Bucket(kv.BucketDocument), 64)
	rows, lost := make([]Document, len(pairs)), make([]bool, len(pairs))
	err := kv.InChunks(len(pairs), func(from, to int) error {
		for i := from; i < to; i++ {
			err := kv.DecodeRow(kv.BucketDocument, pairs[i].Key, pairs[i].Value, &rows[i])
			if lost[i] = err != nil && tx.Lost(err, kv.BucketDocument, pairs[i].Key); err != nil && !lost[i] {
				return err
			}
		}
		return nil
	})
	docs := make(map[uint64]Document, len(pairs))
	for i, p := range pairs {
		if !lost[i] {
			docs[kv.KeyNumber(p.Key)] = rows[i]
		}
	}
	return docs, err
}

// ScanDocument reads of a row's payload what a list shows of a document and its
// changes, and nothing else: the names, how many versions and in which order, since when
// it has no readable capture, the newest change, and which changes left the queue.
func ScanDocument(payload []byte) (Document, error) {
	var d Document
	r := scan.New(payload)
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			d.Slug = string(r.Bytes())
		case 2:
			d.Name = string(r.Bytes())
		case 3:
			d.Type = string(r.Bytes())
		case 7:
			d.Versions = int(r.Int())
		case 9:
			d.Suspect = decodeSuspect(r)
		case 13:
			d.LastChange = uint64(r.Int())
		case 21:
			d.Order = decodeInts(r)
		case 24:
			d.Superseded = make([]uint64, r.Items())
			for i := range d.Superseded {
				d.Superseded[i] = uint64(r.Int())
			}
		case 26:
			d.Seen = r.Int()
		default:
			r.Skip(0)
		}
	}
	if !r.Done() {
		return d, fmt.Errorf("%w: a value in %s can't be decoded", model.ErrDamaged, kv.BucketDocument)
	}
	return d, nil
}

// decodeSuspect reads of a suspect since when it is there, and whether it is believed.
func decodeSuspect(r *scan.Scanner) *Suspect {
	var s Suspect
	for range r.Pairs() {
		switch r.Int() {
		case 3:
			s.Since = r.Int()
		case 5:
			s.NeverReal = r.Bool()
		default:
			r.Skip(0)
		}
	}
	return &s
}

// DocumentByID reads the document with an ID; the error wraps [model.ErrNotFound] when
// there is none.
func DocumentByID(tx *kv.Tx, id model.ID) (uint64, Document, error) {
	var row Document
	n := id.Number()
	if id != tx.ID(model.DocumentID, n) {
		return 0, row, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	found, err := kv.GetRow(tx, kv.BucketDocument, kv.Key(n), &row)
	if err == nil && !found {
		err = kv.Absent(tx, kv.BucketDocument, kv.BucketDocument, n,
			fmt.Errorf("%w: there is no document %s in this database", model.ErrNotFound, id))
	}
	return n, row, err
}

// DocumentsNamed returns the documents of the platform with a name.
func DocumentsNamed(tx *kv.Tx, platform string) map[uint64]bool {
	documents := map[uint64]bool{}
	prefix := NameKey(platform, "")
	c := tx.Bucket(kv.BucketDocName).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if len(v) == 8 {
			documents[kv.KeyNumber(v)] = true
		}
	}
	return documents
}

// CheckName refuses document n when it is not the one that a key of [NameKey] names: the list of names
// is not sealed.
func (d Document) CheckName(n uint64, key []byte) error {
	if string(key) != string(NameKey(d.Name, d.Type)) {
		return fmt.Errorf("%w: document %d is found under another's name", model.ErrDamaged, n)
	}
	return nil
}

// NameKey is the key of a document by its names.
func NameKey(platform, kind string) []byte { return []byte(platform + "\x00" + kind) }
