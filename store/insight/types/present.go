package types

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"fineprint/store/clausetype"
	"fineprint/store/insight/recognize"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
	"fineprint/store/text/clause"
)

// batch is how many documents are looked at before what was found is kept.
const batch = 64

// document is a document whose clauses' types are asked for.
type document struct {
	n     uint64
	model model.DocumentTypes
	text  uint64 // blob
	seq   int
	known bool // from what is kept

	reaches []byte // of its clauses, packed
	again   []int  // of the clauses with words, those that are looked at again; nil: all
}

// PresentTypes returns the types of the clauses of documents as they are now, of all of
// them where none is named; those without a text are left out. What isn't kept is found
// and kept. progress is called with how many documents were looked at; nil is for nobody.
func (t *Typist) PresentTypes(ctx context.Context, ids []model.ID, progress func(done, total int)) (
	[]model.DocumentTypes, error) {
	out := []model.DocumentTypes{}
	err := t.EachPresent(ctx, ids, progress, func(d *model.DocumentTypes) { out = append(out, *d) })
	return out, err
}

// EachPresent is PresentTypes for who needs the documents one after the other: do is
// called with each, and nothing of it is held on to.
func (t *Typist) EachPresent(ctx context.Context, ids []model.ID, progress func(done, total int),
	do func(d *model.DocumentTypes)) error {
	var list []*document
	var j *judge
	err := t.db.View(ctx, func(tx *kv.Tx) (err error) {
		if j, err = t.judge(tx); err == nil {
			list, err = documents(tx, ids)
		}
		return err
	})
	done := 0
	for chunk := range slices.Chunk(list, batch) {
		if err != nil {
			break
		}
		var found bool
		if found, err = t.fill(ctx, j, chunk); err != nil {
			break
		}
		for _, d := range chunk {
			do(&d.model)
			d.model.Types, d.reaches = nil, nil
		}
		if done += len(chunk); found && progress != nil {
			progress(done, len(list))
		}
	}
	if err != nil {
		return fmt.Errorf("finding the types of clauses: %w", err)
	}
	return nil
}

// documents lists the documents with a text.
func documents(tx *kv.Tx, ids []model.ID) ([]*document, error) {
	all, err := rows.Documents(tx)
	if err != nil {
		return nil, err
	}
	numbers := slices.Sorted(maps.Keys(all))
	if ids != nil {
		numbers = nil
		for _, id := range ids {
			numbers = append(numbers, id.Number())
		}
	}
	var list []*document
	for _, n := range numbers {
		doc, ok := all[n]
		if !ok {
			return nil, fmt.Errorf("%w: there is no document %s", model.ErrNotFound, tx.ID(model.DocumentID, n))
		}
		seq, err := provision.Version(tx, n, doc, 0)
		if errors.Is(err, model.ErrNotFound) || err != nil && tx.Lost(err, kv.BucketDocument, kv.Key(n)) {
			continue
		}
		if err != nil {
			return nil, err
		}
		v, err := rows.GetVersion(tx, n, seq)
		if err != nil && tx.Lost(err, kv.BucketVersion, kv.PairKey(n, seq)) {
			continue
		}
		if err != nil {
			return nil, err
		}
		m := doc.ToModel(tx, n)
		list = append(list, &document{n: n, text: v.Text, seq: seq, model: model.DocumentTypes{Document: m.ID,
			Platform: m.Platform, Name: m.Type, Seq: seq}})
	}
	return list, nil
}

// readKept takes what is kept of a document, where it is of this text.
func (d *document) readKept(tx *kv.Tx, j *judge) error {
	d.known, d.again, d.reaches, d.model.Types = false, nil, nil, nil
	if tx.Bucket(kv.BucketClauseTypes) == nil {
		return nil // one of laterBuckets
	}
	var row recordrows.DocumentTypes
	found, err := kv.GetRow(tx, kv.BucketClauseTypes, kv.Key(d.n), &row)
	if err != nil || !found || row.Algorithm != algorithm || row.Text != d.text {
		return err
	}
	return d.take(row, j)
}

// take takes what is kept of this text, and finds out which clauses are to be looked at
// again, by the corrections that came since.
func (d *document) take(row recordrows.DocumentTypes, j *judge) error {
	kept := d.model
	if !unpackTypes(row.Packed, &kept) {
		return nil // it is none of ours: found again
	}
	if row.Lessons == j.last {
		d.model, d.known = kept, true
		return nil
	}
	reached, ok := j.reached(row.Lessons)
	if !ok {
		return nil
	}
	again, ok := reached.stale(row.Reaches, kept.Clauses)
	if !ok {
		return nil
	}
	d.model, d.reaches, d.again = kept, row.Reaches, again
	d.known = len(again) == 0
	return nil
}

// fill fills in the types of documents: as they are kept, else found, and then kept. What
// nothing is kept of is found by one at a time, whoever asks: the next finds it kept.
func (t *Typist) fill(ctx context.Context, j *judge, list []*document) (found bool, err error) {
	missing, err := t.readKept(ctx, j, list)
	if err != nil || len(missing) == 0 {
		return false, err
	}
	select {
	case t.finding <- struct{}{}:
		defer func() { <-t.finding }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if missing, err = t.readKept(ctx, j, missing); err != nil || len(missing) == 0 {
		return true, err
	}
	err = kv.Parallel(len(missing), func(i int) error {
		return t.db.View(ctx, func(tx *kv.Tx) error { return missing[i].find(tx, j) })
	})
	if err == nil {
		err = t.keep(ctx, j, missing)
	}
	return true, err
}

// readKept fills in what is kept of documents, and returns those that nothing is kept of.
func (t *Typist) readKept(ctx context.Context, j *judge, list []*document) (missing []*document, err error) {
	err = t.db.View(ctx, func(tx *kv.Tx) error {
		for _, d := range list {
			if err := d.readKept(tx, j); err != nil {
				return err
			}
			if !d.known {
				missing = append(missing, d)
			}
		}
		return nil
	})
	return missing, err
}

// keep stores what was found. A database that others write to is left alone: what is
// not kept is found again.
func (t *Typist) keep(ctx context.Context, j *judge, list []*document) error {
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		for _, d := range list {
			row := recordrows.DocumentTypes{Algorithm: algorithm, Lessons: j.last, Text: d.text, Packed: packTypes(&d.model),
				Reaches: d.reaches}
			if err := kv.PutRow(tx, kv.BucketClauseTypes, kv.Key(d.n), row); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, model.ErrBusy) {
		return nil
	}
	return err
}

// find reads the document's text and finds the types of its clauses, or of those that are
// to be looked at again.
func (d *document) find(tx *kv.Tx, j *judge) error {
	_, text, err := rows.VersionAndText(tx, d.n, d.seq)
	if err != nil {
		return err
	}
	split, err := provision.Split(text)
	if err != nil {
		return nil // it stays without clauses
	}
	kept := d.model.Types
	d.model.Types = nil
	var reaches []recognize.Reach
	n := 0 // of the clauses with words
	for i := range split.Clauses {
		if !isText(split.Clauses[i].Kind) {
			continue
		}
		var was []model.PresentType
		if len(kept) > 0 && kept[0].Number == i+1 {
			was, kept = kept[:1], kept[1:]
		}
		n++
		if d.again != nil && !slices.Contains(d.again, n-1) {
			d.model.Types = append(d.model.Types, was...)
			continue
		}
		visible := clause.Visible(split.Words(i))
		if d.again == nil {
			reaches = append(reaches, recognize.ReachOf(visible))
		}
		if types, probability := j.types(visible, split.HeadingPath(i), d.model.Name); len(types) > 0 {
			d.model.Types = append(d.model.Types, model.PresentType{Number: i + 1, Type: types[0], Others: types[1:],
				Probability: math.Round(probability*255) / 255}) // as it is kept
		}
	}
	if d.model.Clauses = n; d.again == nil {
		d.reaches = packReaches(reaches)
	}
	unpackTypes(packTypes(&d.model), &d.model) // as it is kept, which takes less memory
	return nil
}

// types are the types of a clause, and how probable the first is.
func (j *judge) types(visible string, headings []string, kind string) (list []string, probability float64) {
	if len(j.byWords) > 0 {
		if s, _, found := j.corrected(wordsOf(visible), visible); found {
			return s.row.Types, 1
		}
	}
	suggested := j.recognizer.Types(recognize.Clause{Text: visible, Headings: headings, Document: kind})
	for i, s := range suggested {
		if i == 0 {
			probability = s.Probability
		}
		list = append(list, s.Type)
	}
	return list, probability
}

// ids are the types by their classes, less one.
var ids = clausetype.IDs()

// leastPacked is how many bytes packTypes writes for a clause at least.
const leastPacked = 4

// packTypes writes the types of a document's clauses for unpackTypes.
func packTypes(d *model.DocumentTypes) []byte {
	b := binary.AppendUvarint(nil, uint64(d.Clauses))
	last := 0
	for _, p := range d.Types {
		b = binary.AppendUvarint(b, uint64(p.Number-last))
		last = p.Number
		b = append(b, byte(math.Round(p.Probability*255)), byte(1+len(p.Others)), byte(recognize.ClassOf(p.Type)))
		for _, id := range p.Others {
			b = append(b, byte(recognize.ClassOf(id)))
		}
	}
	return b
}

// unpackTypes reads what packTypes wrote; not ok: it is something else.
func unpackTypes(b []byte, d *model.DocumentTypes) (ok bool) {
	clauses, n := binary.Uvarint(b)
	if n <= 0 {
		return false
	}
	d.Clauses, b = int(clauses), b[n:]
	d.Types = make([]model.PresentType, 0, len(b)/leastPacked)
	number := 0
	for len(b) > 0 {
		by, n := binary.Uvarint(b)
		if n <= 0 || len(b) < n+2 || len(b) < n+2+int(b[n+1]) || b[n+1] == 0 {
			return false
		}
		number += int(by)
		p := model.PresentType{Number: number, Probability: float64(b[n]) / 255}
		classes := b[n+2 : n+2+int(b[n+1])]
		for i, class := range classes {
			if class == 0 || int(class) > len(ids) {
				return false
			}
			switch one := ids[class-1 : class : class]; i {
			case 0:
				p.Type = one[0]
			case 1:
				p.Others = one
			default:
				p.Others = append(p.Others, one...)
			}
		}
		d.Types = append(d.Types, p)
		b = b[n+2+len(classes):]
	}
	return true
}

// CountTypes counts the types of the clauses of all platforms as they are now.
func (t *Typist) CountTypes(ctx context.Context, progress func(done, total int)) ([]model.PlatformTypes, error) {
	list, err := t.PresentTypes(ctx, nil, progress)
	if err != nil {
		return nil, err
	}
	byPlatform := map[string]*model.PlatformTypes{}
	counts := map[string]map[string]*model.TypeCount{}
	for _, d := range list {
		slug := d.Platform.Slug
		if byPlatform[slug] == nil {
			byPlatform[slug] = &model.PlatformTypes{Platform: d.Platform, Types: []model.TypeCount{}}
			counts[slug] = map[string]*model.TypeCount{}
		}
		p, c := byPlatform[slug], counts[slug]
		p.Documents++
		p.Clauses += d.Clauses
		here := map[string]bool{}
		for _, clause := range d.Types {
			for _, id := range append([]string{clause.Type}, clause.Others...) {
				if c[id] == nil {
					c[id] = &model.TypeCount{Type: id}
				}
				c[id].Clauses++
				if !here[id] {
					here[id] = true
					c[id].Documents++
				}
			}
		}
	}
	var out []model.PlatformTypes
	for _, slug := range slices.Sorted(maps.Keys(byPlatform)) {
		p := byPlatform[slug]
		for _, ty := range clausetype.Types {
			if c := counts[slug][ty.ID]; c != nil {
				p.Types = append(p.Types, *c)
			}
		}
		out = append(out, *p)
	}
	smallsort.By(out, func(a, b model.PlatformTypes) int { return cmp.Compare(a.Platform.Name, b.Platform.Name) })
	return out, nil
}
