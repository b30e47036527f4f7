package upkeep

import (
	"fmt"

	"fineprint/store/insight/identity"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
)

// progress is how far a document is, as stored.
type progress struct {
	// Mark tells the document's row for which all is done; 0 while it is not.
	Mark       uint64          `cbor:"1,keyasint,omitempty"`
	Journal    uint64          `cbor:"2,keyasint,omitempty"` // entry up to which it was known when it was begun
	Algorithm  int             `cbor:"3,keyasint"`           // of identity
	Generation int             `cbor:"4,keyasint,omitempty"` // of its clauses
	Stages     []stageProgress `cbor:"5,keyasint,omitempty"`
}

// stageProgress is how far a stage is with a document.
type stageProgress struct {
	Name    string `cbor:"1,keyasint"`
	Version int    `cbor:"2,keyasint"`
	Texts   int    `cbor:"3,keyasint"` // done
}

// run is how far all documents are: up to which journal entry they were looked for.
type run struct {
	Journal uint64 `cbor:"1,keyasint"`
}

// of returns how many texts a stage has done.
func (p *progress) of(s Stage) int {
	for _, x := range p.Stages {
		if x.Name == s.Name() && x.Version == s.Version() {
			return x.Texts
		}
	}
	return 0
}

func readProgress(tx *kv.Tx, document uint64) (p progress, err error) {
	if tx.Bucket(kv.BucketUpkeep) == nil {
		return p, nil // one of laterBuckets
	}
	key := kv.Key(document)
	if value := tx.Bucket(kv.BucketUpkeep).Get(key); value != nil {
		err = kv.DecodeRow(kv.BucketUpkeep, key, value, &p)
	}
	return p, err
}

// progressMark tells one stored progress of a document from another; 0: there is none.
func progressMark(tx *kv.Tx, document uint64) uint64 {
	b := tx.Bucket(kv.BucketUpkeep)
	if b == nil {
		return 0 // one of laterBuckets
	}
	return kv.SealMark(b.Get(kv.Key(document)))
}

// CheckRow reports what is wrong with a value of the bucket.
func CheckRow(key, value []byte) error {
	if len(key) != 8 {
		return fmt.Errorf("%w: the progress of a document is filed under none", model.ErrDamaged)
	}
	if kv.KeyNumber(key) == 0 {
		return kv.DecodeRow(kv.BucketUpkeep, key, value, &run{})
	}
	return kv.DecodeRow(kv.BucketUpkeep, key, value, &progress{})
}

// item is a document that is behind.
type item struct {
	document uint64
	mark     uint64 // of its row
	journal  uint64
	again    bool // all of it
	changes  identity.Changes
	missing  error // of a change that can't be read, of whichever document
	chain    *identity.Chain
}

// plan lists the documents that are behind, in the order of their numbers.
func (k *Keeper) plan(tx *kv.Tx, rebuild bool) (items []*item, journal uint64, err error) {
	detected, err := detectedAgain(tx)
	if err != nil {
		return nil, 0, err
	}
	journal = tx.Bucket(kv.BucketJournal).Sequence()
	c := tx.Bucket(kv.BucketDocument).Cursor()
	for key, value := c.First(); key != nil; key, value = c.Next() {
		it := &item{document: kv.KeyNumber(key), mark: kv.SealMark(value), journal: journal}
		p, err := readProgress(tx, it.document)
		if err != nil && !rebuild && !tx.Lost(err, kv.BucketUpkeep, key) {
			return nil, 0, err
		}
		rebuild := rebuild || err != nil // how far it is can't be read
		it.again = rebuild || p.Algorithm != 0 && detected[it.document] > p.Journal
		if it.again || p.Mark != it.mark || !k.complete(&p) {
			items = append(items, it)
		}
	}
	return items, journal, nil
}

// complete reports whether all stages are as far as each other and of their versions.
func (k *Keeper) complete(p *progress) bool {
	if p.Algorithm != identity.Algorithm {
		return false
	}
	for _, s := range k.stages {
		done := false
		for _, x := range p.Stages {
			done = done || x.Name == s.Name() && x.Version == s.Version()
		}
		if !done {
			return false
		}
	}
	return true
}

// detectedAgain lists the documents that were detected again since all documents were
// looked through, with the journal entry that says so.
func detectedAgain(tx *kv.Tx) (map[uint64]uint64, error) {
	var r run
	if tx.Bucket(kv.BucketUpkeep) != nil {
		if _, err := kv.GetRow(tx, kv.BucketUpkeep, kv.Key(0), &r); err != nil {
			return nil, err
		}
	}
	detected := map[uint64]uint64{}
	c := tx.Bucket(kv.BucketJournal).Cursor()
	for k, v := c.Seek(kv.Key(r.Journal + 1)); k != nil; k, v = c.Next() {
		if len(v) < 32 {
			continue // check says so
		}
		var kind, object int64
		s := scan.New(v[32:])
		for range s.Pairs() {
			switch s.Int() {
			case 3:
				kind = s.Int()
			case 4:
				object = s.Int()
			default:
				s.Skip(0)
			}
		}
		if journal.Kind(kind) == journal.KindDetected {
			detected[uint64(object)] = kv.KeyNumber(k)
		}
	}
	return detected, nil
}
