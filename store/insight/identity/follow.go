package identity

import (
	"context"
	"fmt"
	"time"

	"github.com/cespare/xxhash/v2"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// Text is one text of a document with its clauses, as they go on from the text before.
type Text struct {
	Document   uint64
	Seq        int       // of the version that showed it first
	Place      int       // among the document's texts, from 0
	CapturedAt time.Time // then
	Clauses    *clause.Document
	Before     *Text // nil for the first; its own Before is not kept
	// Change is the number of the change between the two, 0 for none; Changes are its clause
	// changes without headings, details and marks.
	Change  uint64
	Changes []model.ClauseChange
	// Clause is, by index in Clauses, the clause of the [History]; Provisions is its FP-P
	// number, nil until the clauses of the History are numbered.
	Clause     []int
	Provisions []uint64
	// Worded are the indexes in Clauses of those whose words are new for what they are:
	// new clauses, and such that were put otherwise.
	Worded []int
	Step   *Step
}

// Follower goes through the texts of a document, and on where its [History] ends.
type Follower struct {
	History *History
	chain   *Chain
	tx      *kv.Tx
	blobs   *blob.Reader
	words   rows.Words
	cursor  *Cursor
	before  *Text
	ended   map[uint64][]int // clauses that ended, by their words
	endedAt map[uint32][]int // and by their places
	origins []origin         // by clause
	bags    map[int]*bag     // of clauses that ended
}

// Follow returns a Follower that stands behind so many texts of a chain. h is what is
// kept of the document and [History.Fits] the chain.
func Follow(tx *kv.Tx, chain *Chain, h *History, texts int) (*Follower, error) {
	f := &Follower{chain: chain, tx: tx, blobs: blob.NewReader(tx), words: rows.Words{}, History: h}
	f.cursor = f.History.Cursor()
	if err := f.cursor.To(texts); err != nil || texts == 0 {
		return f, err
	}
	text, err := f.text(texts - 1)
	if err != nil {
		return nil, err
	}
	f.before = &Text{Document: chain.Document, Seq: chain.Links[texts-1].Seq, Place: texts - 1, Clauses: text,
		Clause: f.cursor.Present, CapturedAt: kv.UnixTime(chain.Links[texts-1].Row.CapturedAt)}
	if len(text.Clauses) != len(f.cursor.Present) {
		return nil, f.History.damaged()
	}
	return f, nil
}

// Fits reports whether a History is of a chain's texts, as far as it goes.
func (h *History) Fits(c *Chain) bool {
	n := len(h.Steps)
	return n <= len(c.Links) && (n == 0 || c.Sum(n) == h.Sum)
}

// text reads and splits a text of the chain.
func (f *Follower) text(i int) (*clause.Document, error) {
	b, err := f.blobs.Read(f.chain.Links[i].Row.Text) // its checksum was checked; check repeats the hashes
	if err != nil {
		return nil, err
	}
	s := string(b)
	d, ok := guard.Value(func() *clause.Document {
		if f.before != nil && f.before.Place == i-1 {
			return clause.SplitBeside(f.before.Clauses, s)
		}
		return clause.Split(s)
	})
	if !ok { // one that can't be split is one clause
		d = &clause.Document{Text: s}
	}
	return d, nil
}

// More reports whether there are texts that were not gone through.
func (f *Follower) More() bool { return f.cursor.At < len(f.chain.Links) }

// Next goes on to the next text.
func (f *Follower) Next(ctx context.Context) (*Text, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	i := f.cursor.At
	link := &f.chain.Links[i]
	t := &Text{Document: f.chain.Document, Seq: link.Seq, Place: i, Before: f.before, Change: f.chain.change(i),
		CapturedAt: kv.UnixTime(link.Row.CapturedAt)}
	var err error
	if t.Clauses, err = f.text(i); err != nil {
		return nil, err
	}
	if t.Change != 0 {
		if t.Changes, err = rows.ClauseExtents(f.tx, t.Change, f.words); err != nil {
			return nil, err
		}
	}
	if i == len(f.History.Steps) {
		if err := f.derive(t); err != nil {
			return nil, err
		}
	}
	if t.Step, err = f.cursor.Step(); err != nil {
		return nil, err
	}
	t.Clause = f.cursor.Present
	if t.Step.Seq != t.Seq || t.Step.Count != len(t.Clauses.Clauses) {
		return nil, f.History.damaged()
	}
	at := 0
	for j := range t.Step.Ops {
		switch op := &t.Step.Ops[j]; op.Kind {
		case Keep:
			at += op.N
		case Put:
			if op.Worded {
				t.Worded = append(t.Worded, at)
			}
			at++
		}
	}
	if f.before != nil {
		f.before.Before = nil
	}
	f.before = t
	return t, nil
}

// derive finds which clause each one of a text is, and notes it in the History.
func (f *Follower) derive(t *Text) error {
	h := f.History
	if f.ended == nil {
		f.prepare()
	}
	m := matching{f: f, t: t}
	step, ok := guard.Value(m.step)
	if !ok {
		return fmt.Errorf("%w: the clauses of version %d could not be followed", model.ErrInvalid, t.Seq)
	}
	if m.err != nil {
		return m.err
	}
	h.Steps = append(h.Steps, step)
	f.locate(len(h.Steps) - 1)
	h.Sum = f.chain.Sum(len(h.Steps))
	return nil
}

// wordsHash is by what the words of a clause are known again.
func wordsHash(d *clause.Document, i int) uint64 {
	words := d.Visible(i)
	if words == "" {
		words = d.Words(i)
	}
	return xxhash.Sum64String(words) | 1
}

// placeHash is of the headings above a clause.
func placeHash(d *clause.Document, i int) uint32 {
	var x xxhash.Digest
	x.Reset()
	for u := d.Clauses[i].Under; u != clause.None; u = d.Clauses[u].Under {
		_, _ = x.WriteString(clause.Unnumbered(d.Visible(int(u))))
		_, _ = x.WriteString("\n")
	}
	return uint32(x.Sum64())
}

// SetProvisions sets Provisions by the numbers of the History's clauses.
func (t *Text) SetProvisions(numbers []uint64) {
	t.Provisions = make([]uint64, len(t.Clause))
	for j, c := range t.Clause {
		t.Provisions[j] = numbers[c]
	}
}
