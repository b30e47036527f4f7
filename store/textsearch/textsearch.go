// Package textsearch finds changes by the words of what they changed. It is not an
// index: it goes through the texts, which are read once each, and its one method is
// what an index would answer as well.
//
// Invariants:
//   - A line of a text, which is a clause or a part of one, counts as changed when the
//     words in it do: case, punctuation and white space make no difference, nor where
//     it stands.
//   - One transaction is open for one document at most; a context that is over ends
//     the search between two texts.
//   - It holds one document's lines as numbers, and the few texts that
//     [blob.Reader] keeps.
//
// Decision: a version is known by one number for each text that is looked for: the sum
// of the hashes of the lines that hold it. Two versions have the same sum when they
// have the same such lines, in whatever order, so that no two texts are ever compared.
// Consecutive versions share nearly all lines, so a line is looked into once a document.
//
// Decision: the texts are not checked against their hashes, for nothing is shown of
// them here: what is found is read and checked when it is opened.
package textsearch

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/text/words"
)

// Searcher finds changes by the words of what they changed.
type Searcher struct{ db *kv.DB }

// New returns a Searcher of a database.
func New(db *kv.DB) *Searcher { return &Searcher{db: db} }

// maxTexts is how many texts are searched at a time: a bit each.
const maxTexts = 64

// SearchTexts returns which of the changes added, removed or modified a clause with
// each of the texts (package words), by text. progress is called with how many of the
// changes were looked at; nil is for nobody.
func (s *Searcher) SearchTexts(ctx context.Context, changes []*model.QueueItem, texts []string,
	progress func(done, total int)) (map[string]map[model.ID]bool, error) {
	if len(texts) > maxTexts {
		return nil, fmt.Errorf("%w: %d texts are searched at a time", model.ErrInvalid, maxTexts)
	}
	found := make(map[string]map[model.ID]bool, len(texts))
	phrases := make([]string, len(texts))
	for i, t := range texts {
		found[t], phrases[i] = map[model.ID]bool{}, words.Normal(t)
	}
	byDocument := map[model.ID][]*model.QueueItem{}
	var documents []model.ID
	for _, c := range changes {
		if byDocument[c.Document] == nil {
			documents = append(documents, c.Document)
		}
		byDocument[c.Document] = append(byDocument[c.Document], c)
	}
	slices.Sort(documents) // in the order in which they are stored
	done := 0
	for _, id := range documents {
		d := newDocument(phrases)
		step := func() {
			if done++; progress != nil {
				progress(done, len(changes))
			}
		}
		err := s.db.View(ctx, func(tx *kv.Tx) error {
			return d.search(ctx, tx, byDocument[id], step, func(phrase int, c *model.QueueItem) {
				found[texts[phrase]][c.ID] = true
			})
		})
		if err != nil {
			return nil, fmt.Errorf("searching the texts of %s: %w", id, err)
		}
	}
	return found, nil
}

// document is what is known of the lines of one.
type document struct {
	phrases []string
	seed    maphash.Seed
	lines   map[uint64]line     // by the hash of the line
	sums    map[uint64][]uint64 // of each text, by its blob
	normal  []byte
}

// line is what a line adds to the sums of the phrases that it holds.
type line struct {
	adds uint64
	has  uint64 // a bit for each phrase
}

func newDocument(phrases []string) *document {
	return &document{phrases: phrases, seed: maphash.MakeSeed(), lines: map[uint64]line{}, sums: map[uint64][]uint64{}}
}

// search reports which changes of a document differ in lines with a phrase.
func (d *document) search(ctx context.Context, tx *kv.Tx, changes []*model.QueueItem, step func(),
	report func(phrase int, c *model.QueueItem)) error {
	changes = slices.Clone(changes)
	slices.SortFunc(changes, func(a, b *model.QueueItem) int { return a.To.Seq - b.To.Seq })
	n, blobs := changes[0].Document.Number(), blob.NewReader(tx)
	for _, c := range changes {
		var sums [2][]uint64
		for i, seq := range []int{c.From.Seq, c.To.Seq} {
			if err := ctx.Err(); err != nil {
				return err
			}
			v, err := rows.GetVersion(tx, n, seq)
			if err == nil {
				sums[i], err = d.sumsOf(blobs, v.Text)
			}
			if err != nil && !tx.Lost(err, kv.BucketVersion, kv.PairKey(n, seq)) {
				return err
			}
		}
		for p := range d.phrases {
			if sums[0] == nil || sums[1] == nil {
				break // its words can't be read
			}
			if sums[0][p] != sums[1][p] {
				report(p, c)
			}
		}
		step()
	}
	return nil
}

// sumsOf returns the sums of a text, which is none for blob 0.
func (d *document) sumsOf(blobs *blob.Reader, n uint64) ([]uint64, error) {
	if sums, ok := d.sums[n]; ok {
		return sums, nil
	}
	var text []byte
	if n > 0 {
		var err error
		if text, err = blobs.Read(n); err != nil {
			return nil, err
		}
	}
	sums := make([]uint64, len(d.phrases))
	for part := range bytes.Lines(text) {
		key := maphash.Bytes(d.seed, part)
		l, seen := d.lines[key]
		if !seen {
			l = d.look(part)
			d.lines[key] = l
		}
		for p := 0; l.has != 0 && p < len(sums); p++ {
			if l.has>>p&1 != 0 {
				sums[p] += l.adds
			}
		}
	}
	d.sums[n] = sums
	return sums, nil
}

// look finds the phrases in a line.
func (d *document) look(part []byte) line {
	d.normal = words.AppendNormal(d.normal[:0], part)
	l := line{adds: maphash.Bytes(d.seed, d.normal) | 1}
	for p, phrase := range d.phrases {
		if bytes.Contains(d.normal, []byte(phrase)) {
			l.has |= 1 << p
		}
	}
	return l
}
