package identity

import (
	"context"
	"errors"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// State is what is known of the clauses of a document.
type State struct {
	*History
	Chain *Chain
	// Behind is how many texts are not kept yet: they were followed for this once, and
	// clauses that are new in them have no number.
	Behind int
}

// Read returns the clauses of a document as of all its texts. Where what is kept falls
// short, the rest is followed for this once.
func Read(ctx context.Context, tx *kv.Tx, document uint64) (*State, error) {
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return nil, err
	}
	chain, err := ReadChain(tx, document, doc, nil)
	if err != nil {
		return nil, err
	}
	h, former, err := Load(tx, document)
	if err != nil {
		return nil, err
	}
	if h != nil && len(h.Steps) == len(chain.Links) && h.Fits(chain) {
		return &State{History: h, Chain: chain}, nil
	}
	all, err := ChangesOf(tx, func(d uint64) bool { return d == document })
	if err != nil {
		return nil, err
	}
	chain.changes = all[document]
	s := &State{Chain: chain, Behind: len(chain.Links)}
	if h == nil || !h.Fits(chain) {
		if former == nil {
			former = h
		}
		s.History, err = Again(ctx, tx, chain, former)
		return s, err
	}
	s.History, s.Behind = h, len(chain.Links)-len(h.Steps)
	f, err := Follow(tx, chain, h, len(h.Steps))
	if err != nil {
		return nil, err
	}
	for f.More() {
		if _, err := f.Next(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Update is [Read] in a transaction that writes: what was followed is kept, and every
// clause has a number.
func Update(ctx context.Context, tx *kv.Tx, document uint64) (*State, error) {
	s, err := Read(ctx, tx, document)
	if err != nil || s.Behind == 0 {
		return s, err
	}
	NewNumbers(tx).Give(s.History)
	if err := s.Save(tx); err != nil {
		return nil, err
	}
	s.Behind = 0
	return s, nil
}

// ErrNoText is returned for a version that makes no text: a failed or suspect capture.
var ErrNoText = errors.New("the version is none that clauses are followed through")

// At returns the clauses of a version, in order.
func (s *State) At(seq int) ([]int, error) {
	i := s.Chain.Index(seq)
	if i == None {
		return nil, ErrNoText
	}
	c := s.Cursor()
	if err := c.To(i + 1); err != nil {
		return nil, err
	}
	return c.Present, nil
}

// Find returns the clause that has most of a stretch of a version; None for none.
func (s *State) Find(tx *kv.Tx, seq int, at model.ByteRange) (int, error) {
	present, err := s.At(seq)
	if err != nil {
		return None, err
	}
	d, err := s.Split(tx, s.Chain.Index(seq))
	if err != nil {
		return None, err
	}
	if len(d.Clauses) != len(present) {
		return None, s.damaged()
	}
	if j := Largest(&Text{Clauses: d}, at); j != None {
		return present[j], nil
	}
	return None, nil
}

// Split reads and cuts the text at a place of the chain.
func (s *State) Split(tx *kv.Tx, i int) (*clause.Document, error) {
	text, err := rows.Text(tx, s.Chain.Links[i].Row)
	if err != nil {
		return nil, err
	}
	d, ok := guard.Value(func() *clause.Document { return clause.Split(text) })
	if !ok {
		return nil, fmt.Errorf("%w: the text can't be cut into clauses", model.ErrInvalid)
	}
	return d, nil
}

// ChangeTo returns the change that led to the text at a place of the chain from the one
// before, 0 for none.
func (s *State) ChangeTo(tx *kv.Tx, i int) (uint64, error) {
	if s.Chain.changes == nil {
		all, err := ChangesOf(tx, func(d uint64) bool { return d == s.Document })
		if err != nil {
			return 0, err
		}
		if s.Chain.changes = all[s.Document]; s.Chain.changes == nil {
			s.Chain.changes = Changes{}
		}
	}
	return s.Chain.change(i), nil
}
