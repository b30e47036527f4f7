package archive

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Rebuilt counts what [Recorder.Rebuild] made again.
type Rebuilt struct {
	Documents int `json:"documents"` // rows of documents
	Rows      int `json:"changes"`   // rows of changes
	Clauses   int `json:"clauses"`   // the clauses of changes whose row is there
	New       int `json:"new"`       // changes that could not be told apart, with new numbers
}

// Rebuild makes the rows of documents and changes again that are missing, as after a
// salvage: documents from their versions, changes by judging all versions again. A change
// gets its number back where it follows from its neighbours': they were numbered in the
// order in which the journal has the versions that they led to. Where it doesn't, the
// change gets a new number, and the old one stays empty. What is there is not touched.
func (r *Recorder) Rebuild(ctx context.Context, progress func(done, total int)) (Rebuilt, error) {
	b := rebuilding{r: r, ctx: ctx}
	err := b.plan()
	if err == nil {
		err = b.documents(progress)
	}
	if err == nil && len(b.missing) > 0 {
		err = b.place()
	}
	r.cacheMu.Lock()
	clear(r.cache)
	r.cacheMu.Unlock()
	if err != nil {
		err = fmt.Errorf("making changes again: %w", err)
	}
	return b.done, err
}

// rebuilding is what is found out on the way.
type rebuilding struct {
	r    *Recorder
	ctx  context.Context
	done Rebuilt

	lost    map[uint64]string // documents without a row, with the key of their names
	docs    []uint64          // that are judged again
	numbers map[uint64][]uint64
	ends    archives
	missing []uint64          // changes without a row
	bare    map[uint64]bool   // changes without clauses
	entries map[string]uint64 // of versions, by their keys
	at      map[uint64]uint64 // the entry of the version that a change led to
	found   []candidate
}

// candidate is a change that was found and has no number.
type candidate struct {
	document uint64
	entry    uint64
	row      rows.Change
	clauses  []model.ClauseChange
	number   uint64
}

// plan finds out what is missing.
func (b *rebuilding) plan() error {
	b.lost, b.numbers, b.bare = map[uint64]string{}, map[uint64][]uint64{}, map[uint64]bool{}
	b.entries, b.at = map[string]uint64{}, map[uint64]uint64{}
	return b.r.db.View(b.ctx, func(tx *kv.Tx) error {
		c := tx.Bucket(kv.BucketJournal).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			if _, e, err := journal.Decode(v); err == nil && e.Kind == journal.KindVersion {
				b.entries[string(kv.PairKey(e.Object, int(e.Part)))] = kv.KeyNumber(k)
			}
		}
		if err := b.lostDocuments(tx); err != nil {
			return err
		}
		next := uint64(1)
		affected := map[uint64]bool{}
		c = tx.Bucket(kv.BucketRow).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			var row rows.Change
			if err := kv.DecodeRow(kv.BucketRow, k, v, &row); err != nil {
				return err
			}
			n := kv.KeyNumber(k)
			b.numbers[row.Document] = append(b.numbers[row.Document], n)
			b.at[n] = b.entries[string(kv.PairKey(row.Document, row.To.Seq))]
			for ; next < n; next++ {
				b.missing = append(b.missing, next)
			}
			next++
			if tx.Bucket(kv.BucketChange).Get(k) == nil {
				b.bare[n], affected[row.Document] = true, true
			}
		}
		for ; next <= tx.Bucket(kv.BucketChange).Sequence(); next++ {
			b.missing = append(b.missing, next)
		}
		return b.choose(tx, affected)
	})
}

// choose chooses the documents that are judged again: any may have a missing change.
func (b *rebuilding) choose(tx *kv.Tx, affected map[uint64]bool) (err error) {
	if len(b.missing) == 0 && len(affected) == 0 && len(b.lost) == 0 {
		return nil
	}
	all, err := rows.Documents(tx)
	if err != nil {
		return err
	}
	for n := range b.lost {
		affected[n] = true
	}
	for n := range all {
		if len(b.missing) > 0 || affected[n] {
			affected[n] = true
		}
	}
	b.docs = slices.Sorted(maps.Keys(affected))
	b.ends, err = newArchives(tx)
	if err != nil { // a version is missing: until when documents stood is not known then
		b.ends = archives{}
	}
	return nil
}

// lostDocuments lists the documents that have versions and no row.
func (b *rebuilding) lostDocuments(tx *kv.Tx) error {
	c := tx.Bucket(kv.BucketVersion).Cursor()
	for k, _ := c.First(); k != nil; {
		if n := kv.KeyNumber(k); tx.Bucket(kv.BucketDocument).Get(kv.Key(n)) == nil {
			b.lost[n] = ""
		}
		k, _ = kv.SeekBehind(c, kv.KeyNumber(k))
	}
	c = tx.Bucket(kv.BucketDocName).Cursor()
	for k, v := c.First(); k != nil && len(b.lost) > 0; k, v = c.Next() {
		if _, is := b.lost[kv.KeyNumber(v)]; is {
			b.lost[kv.KeyNumber(v)] = string(k)
		}
	}
	return nil
}

// documents judges documents again, and makes the rows of those that have none. One that
// can't be read to its end is left as it is.
func (b *rebuilding) documents(progress func(done, total int)) error {
	for i, n := range b.docs {
		err := b.r.db.Update(b.ctx, func(tx *kv.Tx) error {
			name, lost := b.lost[n]
			if lost {
				if err := b.document(tx, n, name); err != nil {
					return err
				}
			}
			one := redetection{n: n, dry: true, numbers: b.numbers[n], end: b.ends.end(n)}
			one.rebuild = func(j *judgement) error { return b.take(tx, n, j) }
			if err := one.document(tx); err != nil || !lost {
				return err
			}
			return b.judged(tx, &one)
		})
		if err != nil && b.ctx.Err() != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(b.docs))
		}
	}
	return nil
}

// take takes in a change that was found.
func (b *rebuilding) take(tx *kv.Tx, document uint64, j *judgement) error {
	if j.number == 0 {
		j.next.Alternation = nil
		b.found = append(b.found, candidate{document: document, row: j.next, clauses: j.found.Clauses,
			entry: b.entries[string(kv.PairKey(document, j.next.To.Seq))]})
		return nil
	}
	if !b.bare[j.number] || j.row.From.Seq != j.next.From.Seq {
		return nil
	}
	delete(b.bare, j.number)
	b.done.Clauses++
	packed, err := rows.EncodeClauses(j.found.Clauses)
	if err != nil {
		return err
	}
	return kv.PutSealed(tx, kv.BucketChange, kv.Key(j.number), packed)
}

// document makes the row of a document from its versions, but for what judging them tells.
func (b *rebuilding) document(tx *kv.Tx, n uint64, name string) error {
	platform, kind, _ := bytes.Cut([]byte(name), []byte{0})
	d := rows.Document{Name: string(platform), Type: string(kind)}
	latest := int64(0)
	c := tx.Bucket(kv.BucketVersion).Cursor()
	for k, v := c.Seek(kv.Key(n)); len(k) == 12 && kv.KeyNumber(k) == n; k, v = c.Next() {
		var row rows.Version
		if err := kv.DecodeRow(kv.BucketVersion, k, v, &row); err != nil {
			return err
		}
		if d.Versions++; int(binary.BigEndian.Uint32(k[8:])) != d.Versions {
			return fmt.Errorf("%w: version %d of document %d is missing", model.ErrDamaged, d.Versions, n)
		}
		if d.Versions == 1 {
			d.CreatedAt = kv.UnixTime(row.RecordedAt)
			if err := nameByOrigin(tx, &d, row); err != nil {
				return err
			}
		}
		d.Unjudged = d.Unjudged || row.PlacedAt() < latest
		latest = max(latest, row.PlacedAt())
		d.LastSnapshot = max(d.LastSnapshot, row.Snapshot)
	}
	d.Slug = model.Slug(d.Name)
	if numbers := b.numbers[n]; len(numbers) > 0 {
		d.LastChange = slices.Max(numbers)
	}
	b.done.Documents++
	if err := tx.Bucket(kv.BucketDocName).Put(rows.NameKey(d.Name, d.Type), kv.Key(n)); err != nil {
		return err
	}
	return kv.PutRow(tx, kv.BucketDocument, kv.Key(n), d)
}

// nameByOrigin names a document whose name is lost by the file it came from.
func nameByOrigin(tx *kv.Tx, d *rows.Document, v rows.Version) error {
	origin, err := v.Origin.ToModel(tx)
	if err != nil || d.Name != "" {
		return err
	}
	if a := origin.Archive; a != nil {
		if platform, kind, ok := bytes.Cut([]byte(a.Path), []byte{'/'}); ok {
			if dot := bytes.LastIndexByte(kind, '.'); dot > 0 {
				kind = kind[:dot]
			}
			d.Name, d.Type = string(platform), string(kind)
		}
	}
	d.Name, d.Type = cmp.Or(d.Name, "Name lost"), cmp.Or(d.Type, fmt.Sprint("Document ", d.CreatedAt.UnixNano()))
	return nil
}

// judged writes into the row of a document what judging its versions told.
func (b *rebuilding) judged(tx *kv.Tx, one *redetection) error {
	if err := one.updateDocument(tx); err != nil {
		return err
	}
	one.doc.Extractor = one.state.Extractor
	if one.ordered != nil {
		one.noteOrder()
	}
	return kv.PutRow(tx, kv.BucketDocument, kv.Key(one.n), one.doc)
}

// place gives the changes that were found their numbers and writes them.
func (b *rebuilding) place() error {
	smallsort.By(b.found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.entry, y.entry), cmp.Compare(x.document, y.document), cmp.Compare(x.row.To.Seq, y.row.To.Seq))
	})
	return b.r.db.Update(b.ctx, func(tx *kv.Tx) error {
		for from := 0; from < len(b.missing); {
			to := from + 1
			for to < len(b.missing) && b.missing[to] == b.missing[to-1]+1 {
				to++
			}
			if err := b.placeRun(tx, b.missing[from:to]); err != nil {
				return err
			}
			from = to
		}
		for i := range b.found {
			if err := b.write(tx, &b.found[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// placeRun gives a run of missing numbers to the changes that lie between its neighbours.
func (b *rebuilding) placeRun(tx *kv.Tx, run []uint64) error {
	low, high := b.at[run[0]-1], uint64(1<<63)
	if after, ok := b.at[run[len(run)-1]+1]; ok {
		high = after
	}
	var between []*candidate
	for i := range b.found {
		if c := &b.found[i]; c.number == 0 && c.entry > low && c.entry < high {
			between = append(between, c)
		}
	}
	if len(between) == len(run) {
		for i, c := range between {
			c.number = run[i]
		}
		return nil
	}
	for _, n := range run { // by their clauses, where these are there
		stored := tx.Bucket(kv.BucketChange).Get(kv.Key(n))
		if stored == nil {
			continue
		}
		for _, c := range between {
			packed, err := rows.EncodeClauses(c.clauses)
			if err != nil {
				return err
			}
			if c.number == 0 && len(stored) > 32 && bytes.Equal(stored[32:], packed) {
				c.number = n
				break
			}
		}
	}
	for _, c := range between {
		if c.number == 0 && len(between) > 0 {
			n, err := kv.NextNumber(tx, kv.BucketChange)
			if err != nil {
				return err
			}
			c.number = n
			b.done.New++
		}
	}
	return nil
}

// write writes a change that got a number. What was found anew, and was not among what is
// missing, is left to the next detection.
func (b *rebuilding) write(tx *kv.Tx, c *candidate) error {
	if c.number == 0 {
		return nil
	}
	b.done.Rows++
	to, err := rows.GetVersion(tx, c.document, c.row.To.Seq)
	if err != nil {
		return err
	}
	c.row.DetectedAt = to.RecordedAt
	if stored := tx.Bucket(kv.BucketChange).Get(kv.Key(c.number)); stored != nil {
		return kv.PutRow(tx, kv.BucketRow, kv.Key(c.number), c.row)
	}
	return rows.PutChange(tx, c.number, c.row, c.clauses)
}
