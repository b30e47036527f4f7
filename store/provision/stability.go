package provision

import (
	"fmt"

	"fineprint/store/insight/identity"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/wording"
)

// StabilityOf returns how the clause at a place of a version's text stood over the versions,
// without the single steps, as it is kept: nil where the document isn't indexed up to its
// newest text, and where the version is a bad capture or has no clause there. No clause is
// followed for it.
func StabilityOf(tx *kv.Tx, document uint64, doc *rows.Document, seq int, text string,
	at model.ByteRange) (*model.Stability, error) {
	h, _, err := identity.Load(tx, document)
	if err != nil || h == nil {
		return nil, err
	}
	chain, err := identity.ReadChain(tx, document, *doc, nil)
	if err != nil || len(h.Steps) != len(chain.Links) || !h.Fits(chain) || chain.Index(seq) == identity.None {
		return nil, err
	}
	s := &identity.State{History: h, Chain: chain}
	c := brought(&h.Steps[chain.Index(seq)], at)
	if c == identity.None {
		if c, err = standing(s, seq, text, at); err != nil || c == identity.None {
			return nil, err
		}
	}
	life, err := h.Life(c)
	if err != nil {
		return nil, err
	}
	if len(life.Spans) == 0 {
		return nil, fmt.Errorf("%w: clause %d of document %d was never seen", model.ErrDamaged, c, document)
	}
	return stabilityOf(tx, s, doc, &life, s.Number(c))
}

// brought is the clause whose words a step brought at a place, so that the text needs not be
// cut into clauses; [identity.None] for none.
func brought(step *identity.Step, at model.ByteRange) int {
	for i := range step.Ops {
		if op := &step.Ops[i]; op.Kind == identity.Put && op.Worded && op.Start == at.Start {
			return op.Clause
		}
	}
	return identity.None
}

// standing is the clause that has most of a stretch of a version's text.
func standing(s *identity.State, seq int, text string, at model.ByteRange) (int, error) {
	present, err := s.At(seq)
	if err != nil {
		return identity.None, err
	}
	d, err := Split(text)
	if err != nil || len(d.Clauses) != len(present) {
		return identity.None, err
	}
	if j := identity.Largest(&identity.Text{Clauses: d}, at); j != identity.None {
		return present[j], nil
	}
	return identity.None, nil
}

func stabilityOf(tx *kv.Tx, s *identity.State, doc *rows.Document, life *identity.Life,
	number uint64) (*model.Stability, error) {
	links := s.Chain.Links
	b := biography{tx: tx, state: s}
	lastSeq := links[life.Last].Seq
	if same := links[life.Last].Same; len(same) > 0 {
		lastSeq = same[len(same)-1]
	}
	st := &model.Stability{Clause: tx.ID(model.ClauseID, number), Present: life.Present, Value: 1,
		SinceUnknown: life.First == 0 && links[0].Row.Cut != ""}
	var err error
	if st.FirstSeen, err = b.ref(links[life.First].Seq); err != nil {
		return nil, err
	}
	if st.LastSeen, err = b.ref(lastSeq); err != nil {
		return nil, err
	}
	for _, span := range life.Spans {
		for i := span[0]; i <= span[1]; i++ {
			st.Versions += 1 + len(links[i].Same)
		}
	}
	for _, e := range life.Events {
		switch {
		case e.Kind == identity.Revived:
			st.Revived++
		case e.Kind == identity.Worded && e.Material:
			st.Changes++
			at := kv.UnixTime(links[e.Text].Row.CapturedAt)
			st.LastChanged = &at
		}
	}
	if st.Versions > 1 {
		st.Value = max(0, 1-float64(st.Changes)/float64(st.Versions-1))
	}
	until := st.LastSeen.CapturedAt
	if seen := kv.UnixTime(doc.Seen); st.Present && seen.After(until) {
		until = seen
	}
	st.Months = wording.MonthsBegun(st.FirstSeen.CapturedAt, until)
	by := wording.Stability(st.Changes, st.FirstSeen.CapturedAt, until)
	st.Label, st.ChangesYear, st.Formula, st.FormulaVersion = by.Label, by.ChangesYear, by.Formula, by.Version
	return st, nil
}
