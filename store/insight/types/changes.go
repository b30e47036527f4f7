package types

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/insight/recognize"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
	"fineprint/store/text/clause"
)

// manyClauses is how many clauses of a change are looked at.
const manyClauses = 300

// touched is what types the changes of a document touch, as classes of recognize.
type touched struct {
	document uint64
	classes  map[uint64][]byte // by change
	fresh    bool              // there is something that isn't kept
}

// Changed is what EachTouched is asked about: a change of a document, between two of its
// versions, of a document of some kind.
type Changed struct {
	Change, Document uint64
	From, To         int
	Kind             string
}

// ChangedOf is what EachTouched is asked about a change of a list.
func ChangedOf(c *model.QueueItem) Changed {
	return Changed{c.ID.Number(), c.Document.Number(), c.From.Seq, c.To.Seq, c.Type}
}

// SearchTypes returns which of the changes touch a clause of each of the types, by type:
// added, removed or modified materially or, where nothing of a change is material, at all.
// progress is called with how many of the changes were looked at; nil is for nobody.
func (t *Typist) SearchTypes(ctx context.Context, changes []*model.QueueItem, types []string,
	progress func(done, total int)) (map[string]map[model.ID]bool, error) {
	if err := checkTypes(types); err != nil {
		return nil, err
	}
	found := map[string]map[model.ID]bool{}
	for _, id := range types {
		found[id] = map[model.ID]bool{}
	}
	list := make([]Changed, len(changes))
	for i, c := range changes {
		list[i] = ChangedOf(c)
	}
	err := t.EachTouched(ctx, list, progress, func(i int, id string) {
		if m := found[id]; m != nil {
			m[changes[i].ID] = true
		}
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// EachTouched calls do with each type that each of the changes touches a clause of, as
// SearchTypes finds them; i is the change's place in the list.
func (t *Typist) EachTouched(ctx context.Context, list []Changed, progress func(done, total int),
	do func(i int, id string)) error {
	byDocument := map[uint64][]int32{}
	for i := range list {
		byDocument[list[i].Document] = append(byDocument[list[i].Document], int32(i))
	}
	done := 0
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(byDocument)), batch) {
		var unkept []*touched
		var j *judge
		for _, n := range chunk {
			var of *touched
			err := t.db.View(ctx, func(tx *kv.Tx) (err error) {
				if j, err = t.judge(tx); err == nil {
					of, err = look(ctx, tx, j, n, list, byDocument[n])
				}
				return err
			})
			if err != nil {
				return fmt.Errorf("finding the changes of types: %w", err)
			}
			for _, i := range byDocument[n] {
				for _, class := range of.classes[list[i].Change] {
					do(int(i), ids[class-1])
				}
			}
			if done += len(byDocument[n]); progress != nil {
				progress(done, len(list))
			}
			if of.fresh {
				unkept = append(unkept, of)
			}
		}
		if len(unkept) > 0 {
			if err := t.keepChanges(ctx, j, unkept); err != nil {
				return err
			}
		}
	}
	return nil
}

// look returns what types the changes of a document touch, which are those of the list at
// some places: as it is kept, and found for those of which nothing is.
func look(ctx context.Context, tx *kv.Tx, j *judge, document uint64, list []Changed, at []int32) (*touched, error) {
	of := &touched{document: document, classes: map[uint64][]byte{}}
	if err := of.readKept(tx, j); err != nil {
		return nil, err
	}
	at = slices.Clone(at)
	smallsort.By(at, func(a, b int32) int { return list[a].To - list[b].To })
	l := looker{tx: tx, j: j, blobs: blob.NewReader(tx), known: map[kv.Sum][]byte{}}
	for _, i := range at {
		c := &list[i]
		if _, kept := of.classes[c.Change]; kept {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		classes, err := l.change(c)
		if err != nil && tx.Lost(err, kv.BucketChange, kv.Key(c.Change)) {
			continue // and nothing of it is kept
		}
		if err != nil {
			return nil, err
		}
		of.classes[c.Change], of.fresh = classes, true
	}
	return of, nil
}

// looker finds the types of the clauses of changes.
type looker struct {
	tx    *kv.Tx
	j     *judge
	blobs *blob.Reader
	known map[kv.Sum][]byte // classes by a clause's words and heading, whose text is let go
}

func (l *looker) change(c *Changed) ([]byte, error) {
	clauses, err := rows.Clauses(l.tx, c.Change)
	if err != nil {
		return nil, err
	}
	material := slices.ContainsFunc(clauses, func(c model.ClauseChange) bool { return c.Material })
	var texts [2]string
	text := func(side, seq int) (string, error) {
		if texts[side] == "" {
			v, err := rows.GetVersion(l.tx, c.Document, seq)
			if err != nil {
				return "", err
			}
			if texts[side], err = rows.TextBy(l.blobs, v); err != nil {
				return "", err
			}
		}
		return texts[side], nil
	}
	classes, looked := []byte{}, 0
	for i := range clauses {
		k := &clauses[i]
		if material && !k.Material {
			continue
		}
		if looked++; looked > manyClauses {
			break
		}
		side, seq, at := 1, c.To, k.New
		if at == nil {
			side, seq, at = 0, c.From, k.Old
		}
		whole, err := text(side, seq)
		if err != nil {
			return nil, err
		}
		if at == nil || at.Start < 0 || at.End > len(whole) || at.Start > at.End {
			continue
		}
		for _, class := range l.clause(whole[at.Start:at.End], k.Heading, c.Kind) {
			if !slices.Contains(classes, class) {
				classes = append(classes, class)
			}
		}
	}
	return classes, nil
}

func (l *looker) clause(words string, headings []string, kind string) []byte {
	whole := words
	if len(headings) > 0 {
		whole += "\x00" + headings[len(headings)-1]
	}
	key := kv.SumOfString(whole)
	if known, ok := l.known[key]; ok {
		return known
	}
	types, _ := l.j.types(clause.Visible(words), headings, kind)
	classes := make([]byte, len(types))
	for i, id := range types {
		classes[i] = byte(recognize.ClassOf(id))
	}
	l.known[key] = classes
	return classes
}

// readKept reads what is kept of the changes of a document.
func (of *touched) readKept(tx *kv.Tx, j *judge) error {
	if tx.Bucket(kv.BucketChangeTypes) == nil {
		return nil // one of laterBuckets
	}
	var row recordrows.ChangeTypes
	found, err := kv.GetRow(tx, kv.BucketChangeTypes, kv.Key(of.document), &row)
	if err != nil || !found || row.Algorithm != algorithm || row.Lessons != j.last {
		return err
	}
	change := uint64(0)
	for b := row.Packed; len(b) > 0; {
		by, n := binary.Uvarint(b)
		if n <= 0 || len(b) <= n || len(b) < n+1+int(b[n]) {
			of.classes = map[uint64][]byte{} // it is none of ours: found again
			return nil
		}
		change += by
		classes := b[n+1 : n+1+int(b[n])]
		if slices.ContainsFunc(classes, func(c byte) bool { return c == 0 || int(c) > len(ids) }) {
			of.classes = map[uint64][]byte{}
			return nil
		}
		of.classes[change] = slices.Clone(classes)
		b = b[n+1+len(classes):]
	}
	return nil
}

// keepChanges stores what was found, unless others write to the database.
func (t *Typist) keepChanges(ctx context.Context, j *judge, list []*touched) error {
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		for _, of := range list {
			row := recordrows.ChangeTypes{Algorithm: algorithm, Lessons: j.last}
			last := uint64(0)
			for _, n := range slices.Sorted(maps.Keys(of.classes)) {
				row.Packed = binary.AppendUvarint(row.Packed, n-last)
				row.Packed = append(append(row.Packed, byte(len(of.classes[n]))), of.classes[n]...)
				last = n
			}
			if err := kv.PutRow(tx, kv.BucketChangeTypes, kv.Key(of.document), row); err != nil {
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
