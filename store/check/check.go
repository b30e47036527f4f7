package check

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/blob"
	"fineprint/store/insight/identity"
	"fineprint/store/insight/index"
	"fineprint/store/insight/upkeep"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Report is what checking found. Problems is empty for a sound database.
type Report struct {
	Problems       []string `json:"problems"`
	Values         int      `json:"values"`
	JournalEntries int      `json:"journal_entries"`
	// Notes are what is no damage and yet to be known, and problems that were known when
	// what could be read of a damaged database was put into this one: what is lost since.
	Notes []string `json:"notes,omitempty"`
	// Head is how the journal differs from the head beside the database; it is among
	// Problems, too.
	Head *model.HeadError `json:"-"`
}

// maxProblems bounds how many problems are listed.
const maxProblems = 100

// checker goes through a database and notes what is wrong.
type checker struct {
	tx       *kv.Tx
	ctx      context.Context
	report   Report
	total    int
	progress func(done, total int)
	limit    int             // how many problems are listed
	known    map[string]bool // problems that were known when the database was salvaged
	// digests of what the journal must hold, by kind, object and part
	expected map[journalKey]kv.Sum
	docs     map[uint64]rows.Document
	times    times
}

type journalKey struct {
	kind         journal.Kind
	object, part uint64
}

// Database repeats every hash and follows every reference: bbolt's own structure,
// each value's seal, every blob's content, the journal's chain, and that
// versions, decisions and records are exactly what the journal names. It
// changes nothing. The error is only for what kept it from reading on; progress
// may be nil.
func Database(ctx context.Context, db *kv.DB, progress func(done, total int)) (Report, error) {
	return database(ctx, db, maxProblems, progress)
}

// All is [Database] with every problem in its report, however many there are.
func All(ctx context.Context, db *kv.DB, progress func(done, total int)) (Report, error) {
	return database(ctx, db, 1<<30, progress)
}

func database(ctx context.Context, db *kv.DB, limit int, progress func(done, total int)) (Report, error) {
	c := &checker{ctx: ctx, progress: progress, limit: limit, expected: map[journalKey]kv.Sum{},
		docs: map[uint64]rows.Document{}, known: map[string]bool{}}
	c.report.Problems = []string{}
	err := db.View(ctx, func(tx *kv.Tx) error {
		c.tx = tx
		c.salvaged()
		for _, err := range tx.CheckPages() {
			c.problem(err)
		}
		if len(c.report.Problems) > 0 {
			return nil // following references through broken pages finds nothing more
		}
		for _, b := range kv.Buckets(tx.Tx) {
			cursor := tx.Bucket(b).Cursor() // bbolt's own statistics release no pages in between
			for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
				c.total++
				tx.Walked(len(v))
			}
		}
		if err := c.values(); err != nil {
			return err
		}
		if err := index.CheckAll(ctx, tx); errors.Is(err, model.ErrDamaged) {
			c.problem(err)
		} else if err != nil {
			return err
		}
		if err := kv.CheckSequences(tx); err != nil {
			c.problem(err)
		}
		if err := c.journal(); err != nil {
			return err
		}
		c.head(db)
		for _, s := range c.times.notes() {
			c.note(s)
		}
		return nil
	})
	if errors.Is(err, model.ErrDamaged) {
		c.problem(err)
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("checking the database: %w", err)
	}
	return c.report, err
}

// values looks at every value but the journal's.
func (c *checker) values() error {
	for _, step := range []struct {
		bucket []byte
		each   func(k, v []byte) error
	}{
		{kv.BucketMeta, c.skip}, {kv.BucketPlatform, c.sealed(kv.BucketPlatform)},
		{kv.BucketString, c.sealed(kv.BucketString)}, {kv.BucketStringID, c.wordID},
		{kv.BucketBlob, nil}, {kv.BucketBlobSum, c.blobSum},
		{kv.BucketDocument, c.document}, {kv.BucketDocName, c.docName}, {kv.BucketSnapshot, c.snapshot},
		{kv.BucketVersion, c.version}, {kv.BucketOrigin, c.origin}, {kv.BucketRow, c.row},
		{kv.BucketChange, c.change}, {kv.BucketEvent, c.event},
		{kv.BucketOfChange, c.ofChange}, {kv.BucketRecord, c.record}, {kv.BucketWithdrawn, c.withdrawn},
		{kv.BucketTracked, c.tracked}, {kv.BucketDraft, c.draft}, {kv.BucketDesk, c.sealed(kv.BucketDesk)},
		{kv.BucketRule, c.placeRule}, {kv.BucketStanding, c.standing},
		{kv.BucketMemory, c.sealed(kv.BucketMemory)}, {kv.BucketSighting, c.sighting}, {kv.BucketSecret, c.secret},
		{kv.BucketProvision, c.provision}, {kv.BucketProvisionWords, c.provisionWords},
		{kv.BucketRecordEvent, c.recordEvent}, {kv.BucketRecordHead, c.recordHead},
		{kv.BucketRecordIndex, c.recordIndex}, {kv.BucketRecordStanding, c.recordStanding},
		{kv.BucketAnnotation, c.annotation}, {kv.BucketUpkeep, upkeep.CheckRow},
		{kv.BucketIdentity, func(k, v []byte) error { return identity.Check(c.tx, k, v) }},
		{kv.BucketIdentityRange, func(k, v []byte) error { return identity.CheckRange(c.tx, k, v) }},
		{kv.BucketStated, c.sealed(kv.BucketStated)}, {kv.BucketPlaybook, c.playbook},
		{kv.BucketSearchDocument, index.CheckDocument}, {kv.BucketSearchSegment, index.CheckSegment},
		{kv.BucketTypeCorrection, c.typeCorrection}, {kv.BucketQuotes, c.quotes},
		{kv.BucketClauseTypes, c.sealed(kv.BucketClauseTypes)}, {kv.BucketChangeTypes, c.sealed(kv.BucketChangeTypes)},
		{kv.BucketQuoteModel, c.sealed(kv.BucketQuoteModel)},
		{kv.BucketDeviation, c.sealed(kv.BucketDeviation)},
		{kv.BucketTrained, c.training}, {kv.BucketRankWords, c.sealed(kv.BucketRankWords)},
		{kv.BucketRankModel, c.sealed(kv.BucketRankModel)}, {kv.BucketRankParts, c.sealed(kv.BucketRankParts)},
		{kv.BucketSalvaged, c.sealed(kv.BucketSalvaged)},
		{kv.BucketAlertRule, c.alertRule}, {kv.BucketAlertMark, c.sealed(kv.BucketAlertMark)},
		{kv.BucketOutbox, c.outbox}, {kv.BucketOutboxDue, c.outboxDue},
	} {
		err := error(nil)
		if step.each == nil { // in another order
			err = c.blobs()
		} else {
			err = c.walk(step.bucket, step.each)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) problem(err error) {
	text := strings.TrimPrefix(err.Error(), model.ErrDamaged.Error()+": ")
	list := &c.report.Problems
	if c.known[text] {
		list, text = &c.report.Notes, "lost before it was salvaged: "+text
	}
	if len(*list) < c.limit {
		*list = append(*list, text)
	}
}

// walk calls each for every value of a bucket; what it returns is a problem,
// and the next value is looked at.
func (c *checker) walk(bucket []byte, each func(k, v []byte) error) error {
	b := c.tx.Bucket(bucket)
	if b == nil {
		return nil // one of laterBuckets
	}
	cursor := b.Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := each(k, v); err != nil {
			c.problem(err)
		}
		c.tx.Walked(len(v))
		if err := c.step(); err != nil {
			return err
		}
	}
	return nil
}

// step counts a value that was looked at.
func (c *checker) step() error {
	c.report.Values++
	if c.report.Values%256 != 0 {
		return nil
	}
	if c.report.Values%1024 == 0 {
		c.tx.ReleasePages() // a small value may have had large ones looked at
	}
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if c.progress != nil {
		c.progress(c.report.Values, c.total)
	}
	return nil
}

func (c *checker) skip([]byte, []byte) error { return nil }

func (c *checker) sealed(bucket []byte) func(k, v []byte) error {
	return func(k, v []byte) error {
		_, err := kv.Unseal(bucket, k, v)
		return err
	}
}

func (c *checker) wordID(k, v []byte) error {
	stored := c.tx.Bucket(kv.BucketString).Get(v)
	if len(stored) < 32 {
		return fmt.Errorf("an interned string is missing")
	}
	if h := kv.SumOf(stored[32:]); !bytes.Equal(h[:16], k) {
		return fmt.Errorf("an interned string has another one's name")
	}
	return nil
}

// blobs makes every content, from what is stored whole on along what builds on it, so
// that each is made once and few are held. Problems are listed in the order of numbers,
// as everywhere.
func (c *checker) blobs() error {
	type problem struct {
		n   uint64
		err error
	}
	var found []problem
	err := blob.Walk(c.tx, func(n uint64, b blob.Value, content []byte, err error) error {
		if err == nil {
			err = c.blob(n, b, content)
		}
		if err != nil {
			found = append(found, problem{n, err})
		}
		return c.step()
	})
	smallsort.By(found, func(a, b problem) int { return cmp.Compare(a.n, b.n) })
	for _, p := range found {
		c.problem(p.err)
	}
	return err
}

func (c *checker) blob(n uint64, b blob.Value, content []byte) error {
	if s := kv.SumOf(content); !bytes.Equal(s[:], b.Sum) {
		return fmt.Errorf("the bytes of blob %d do not match their SHA-256", n)
	}
	if at := c.tx.Bucket(kv.BucketBlobSum).Get(b.Sum); !bytes.Equal(at, kv.Key(n)) {
		return fmt.Errorf("blob %d is not found under its SHA-256", n)
	}
	return nil
}

// isBlob reports whether blob n is that of a content.
func (c *checker) isBlob(n uint64, sum []byte) bool {
	b := c.tx.Bucket(kv.BucketBlob).Get(kv.Key(n))
	return len(b) >= 32 && bytes.Equal(b[:32], sum)
}

func (c *checker) blobSum(k, v []byte) error {
	if len(v) != 8 {
		return fmt.Errorf("a blob's name is malformed")
	}
	if !c.isBlob(kv.KeyNumber(v), k) {
		return fmt.Errorf("blob %d is missing or another one", kv.KeyNumber(v))
	}
	return nil
}

func (c *checker) document(k, v []byte) error {
	var d rows.Document
	if err := kv.DecodeRow(kv.BucketDocument, k, v, &d); err != nil {
		return err
	}
	n := kv.KeyNumber(k)
	c.docs[n] = d
	if got := c.tx.Bucket(kv.BucketDocName).Get(rows.NameKey(d.Name, d.Type)); !bytes.Equal(got, k) {
		return fmt.Errorf("document %d is not found under its name", n)
	}
	for _, blob := range []uint64{d.Text.End, d.Text.Root, d.Raw.End, d.Raw.Root} {
		if blob > 0 && c.tx.Bucket(kv.BucketBlob).Get(kv.Key(blob)) == nil {
			return fmt.Errorf("document %d builds on blob %d, which is missing", n, blob)
		}
	}
	for _, seq := range []int{d.Versions, d.Good} {
		if seq > 0 && c.tx.Bucket(kv.BucketVersion).Get(kv.PairKey(n, seq)) == nil {
			return fmt.Errorf("version %d of document %d is missing", seq, n)
		}
	}
	if c.tx.Bucket(kv.BucketVersion).Get(kv.PairKey(n, d.Versions+1)) != nil {
		return fmt.Errorf("document %d has more versions than it says", n)
	}
	return c.order(n, d)
}

// order checks that a document's versions are all in their order, once.
func (c *checker) order(n uint64, d rows.Document) error {
	if d.Order == nil {
		return nil
	}
	sorted := slices.Sorted(slices.Values(d.Order))
	for i, seq := range sorted {
		if seq != i+1 || len(sorted) != d.Versions {
			return fmt.Errorf("the order of document %d is not one of its versions", n)
		}
	}
	for _, change := range d.Superseded {
		if c.tx.Bucket(kv.BucketRow).Get(kv.Key(change)) == nil {
			return fmt.Errorf("document %d names change %d, which is missing", n, change)
		}
	}
	return nil
}

// sighting checks a capture that makes no version.
func (c *checker) sighting(k, v []byte) error {
	var row rows.Version
	if err := kv.DecodeRow(kv.BucketSighting, k, v, &row); err != nil {
		return err
	}
	if len(k) != 12 || c.tx.Bucket(kv.BucketDocument).Get(k[:8]) == nil {
		return fmt.Errorf("a capture is kept of a document that is missing")
	}
	if !c.isBlob(row.Text, row.TextSum) {
		return fmt.Errorf("the text of a capture of document %d is missing or another", kv.KeyNumber(k))
	}
	if row.Snapshot != 0 && c.tx.Bucket(kv.BucketSnapshot).Get(kv.Key(row.Snapshot)) == nil {
		return fmt.Errorf("the snapshot of a capture of document %d is missing", kv.KeyNumber(k))
	}
	_, err := row.Origin.ToModel(c.tx)
	return err
}

func (c *checker) docName(_, v []byte) error {
	if len(v) != 8 || c.tx.Bucket(kv.BucketDocument).Get(v) == nil {
		return fmt.Errorf("a document's name names no document")
	}
	return nil
}

func (c *checker) snapshot(k, v []byte) error {
	var row rows.Snapshot
	if err := kv.DecodeRow(kv.BucketSnapshot, k, v, &row); err != nil {
		return err
	}
	if !c.isBlob(row.Blob, row.Sum) {
		return fmt.Errorf("the bytes of snapshot %d are missing or others", kv.KeyNumber(k))
	}
	return nil
}

func (c *checker) version(k, v []byte) error {
	var row rows.Version
	if err := kv.DecodeRow(kv.BucketVersion, k, v, &row); err != nil {
		return err
	}
	doc, seq := kv.KeyNumber(k), binary.BigEndian.Uint32(k[8:])
	c.expected[journalKey{journal.KindVersion, doc, uint64(seq)}] = kv.SumOf(v[32:])
	if seq > 1 && c.tx.Bucket(kv.BucketVersion).Get(kv.PairKey(doc, int(seq)-1)) == nil {
		return fmt.Errorf("version %d of document %d is missing", seq-1, doc)
	}
	if !c.isBlob(row.Text, row.TextSum) {
		return fmt.Errorf("the text of version %d of document %d is missing or another", seq, doc)
	}
	if row.Snapshot != 0 && c.tx.Bucket(kv.BucketSnapshot).Get(kv.Key(row.Snapshot)) == nil {
		return fmt.Errorf("the snapshot of version %d of document %d is missing", seq, doc)
	}
	_, err := row.Origin.ToModel(c.tx)
	return err
}

func (c *checker) origin(_, v []byte) error {
	if len(v) != 12 || c.tx.Bucket(kv.BucketDocument).Get(v[:8]) == nil {
		return fmt.Errorf("what was imported names no document")
	}
	if seq := binary.BigEndian.Uint32(v[8:]); seq > 0 && c.tx.Bucket(kv.BucketVersion).Get(v) == nil {
		return fmt.Errorf("what was imported names no version")
	}
	return nil
}

// journal follows the chain and ticks off what it names: every entry must
// be about something that is there unchanged, and nothing may be there that it
// does not list.
func (c *checker) journal() error {
	var before kv.Sum
	next := uint64(1)
	err := c.walk(kv.BucketJournal, func(k, v []byte) error {
		n := kv.KeyNumber(k)
		if n != next {
			next = n + 1
			copy(before[:], v)
			return fmt.Errorf("the journal has a gap before entry %d", n)
		}
		next++
		c.report.JournalEntries++
		link, e, err := journal.Decode(v)
		if err != nil {
			return fmt.Errorf("journal entry %d: %w", n, err)
		}
		if want := journal.Link(before, n, v[32:]); want != link {
			before = link
			return fmt.Errorf("journal entry %d does not follow from the one before", n)
		}
		before = link
		c.times.entry(n, e.At, c.tx.Now())
		key := journalKey{e.Kind, e.Object, e.Part}
		switch e.Kind {
		case journal.KindVersion, journal.KindDecision, journal.KindRecord, journal.KindWithdrawn,
			journal.KindProvision, journal.KindRecordEvent, journal.KindAnnotation,
			journal.KindTrained, journal.KindTypeCorrection, journal.KindPlaybook:
			digest, ok := c.expected[key]
			delete(c.expected, key)
			if !ok || digest != e.Digest {
				return fmt.Errorf("journal entry %d tells of a %s that is missing or was altered", n, e.Kind.String())
			}
		case journal.KindAlertRule:
			// One that was removed is not there any more.
			if digest, ok := c.expected[key]; ok && digest != e.Digest {
				return fmt.Errorf("journal entry %d tells of an alert rule that was altered", n)
			}
			delete(c.expected, key)
		case journal.KindSnapshot:
			if c.tx.Bucket(kv.BucketSnapshot).Get(kv.Key(e.Object)) == nil {
				return fmt.Errorf("journal entry %d tells of a snapshot that is missing", n)
			}
		case journal.KindHeadAccepted:
			if e.Digest != kv.SumOf([]byte(e.Note)) {
				return fmt.Errorf("journal entry %d tells of a head that was altered", n)
			}
		case journal.KindSalvaged:
			if e.Object == 0 {
				return nil // the first of two
			}
			key.part = 0
			digest, ok := c.expected[key]
			delete(c.expected, key)
			if !ok || digest != e.Digest {
				return fmt.Errorf("journal entry %d tells of a list of what was lost that is missing or was altered", n)
			}
		case journal.KindCreated:
			if e.Digest != kv.SumOf([]byte(c.tx.StoreID())) {
				return fmt.Errorf("journal entry %d tells of another store", n)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if next != c.tx.Bucket(kv.BucketJournal).Sequence()+1 {
		c.problem(fmt.Errorf("the journal ends at entry %d, but %d were written", next-1,
			c.tx.Bucket(kv.BucketJournal).Sequence()))
	}
	for key := range c.expected {
		c.problem(fmt.Errorf("a %s (%d, %d) is not in the journal", key.kind.String(), key.object, key.part))
	}
	return nil
}
