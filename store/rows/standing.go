package rows

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Standing is what became, in later versions, of what a change said that is
// approved or before a second reader. Package standing makes it.
type Standing struct {
	// Done is the version of the last change taken in; 0: none was looked at yet.
	Done int `cbor:"1,keyasint,omitempty"`
	// Mark is set while what the change said does not stand.
	Mark *StaleMark `cbor:"2,keyasint,omitempty"`
	// Told are the hows that were shown since the words came last with a change
	// that was shown.
	Told []string `cbor:"3,keyasint,omitempty"`
	// Raised are the later changes that are shown for it.
	Raised []Raised `cbor:"4,keyasint,omitempty"`
}

// StaleMark is a [model.Stale] as stored.
type StaleMark struct {
	Seq        int    `cbor:"1,keyasint"`
	CapturedAt int64  `cbor:"2,keyasint"`
	Change     uint64 `cbor:"3,keyasint"`
	How        string `cbor:"4,keyasint"`
}

// Raised is a change that is shown because it undoes one that is approved or
// submitted, however it was judged by itself.
type Raised struct {
	Mark StaleMark `cbor:"1,keyasint"`
	// Clauses are the numbers of those shown though they fold by themselves, and
	// Kinds what happened to them.
	Clauses []int    `cbor:"2,keyasint,omitempty"`
	Kinds   []string `cbor:"3,keyasint,omitempty"`
	// Severity and Score are suggested for it, unless its own are higher.
	Severity string `cbor:"4,keyasint,omitempty"`
	Score    int    `cbor:"5,keyasint,omitempty"`
}

// StandingKey is the key of a change's Standing.
func StandingKey(document, change uint64) []byte { return append(kv.Key(document), kv.Key(change)...) }

// Standings are those of some changes, with the changes that they raise.
type Standings struct {
	of     map[uint64]Standing
	raised map[uint64][]raiser // by the change that is raised
}

// raiser is the change that another one undoes.
type raiser struct {
	change uint64
	Raised
}

// AllStandings reads the Standing of every change that has one.
func AllStandings(tx *kv.Tx) (Standings, error) { return readStandings(tx, nil) }

// StandingsOf reads those of a document's changes.
func StandingsOf(tx *kv.Tx, document uint64) (Standings, error) {
	return readStandings(tx, kv.Key(document))
}

func readStandings(tx *kv.Tx, prefix []byte) (Standings, error) {
	var s Standings
	b := tx.Bucket(kv.BucketStanding)
	if b == nil {
		return s, nil
	}
	c := b.Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && k != nil; k, v = c.Next() {
		var row Standing
		err := kv.DecodeRow(kv.BucketStanding, k, v, &row)
		if err == nil && len(k) != 16 {
			err = fmt.Errorf("%w: what became of a change is filed under no change", model.ErrDamaged)
		}
		if err != nil {
			if tx.Lost(err, kv.BucketStanding, k) {
				continue
			}
			return s, err
		}
		s.add(kv.KeyNumber(k[8:]), row)
	}
	return s, nil
}

func (s *Standings) add(change uint64, row Standing) {
	if s.of == nil {
		s.of, s.raised = map[uint64]Standing{}, map[uint64][]raiser{}
	}
	s.of[change] = row
	for _, r := range row.Raised {
		s.raised[r.Mark.Change] = append(s.raised[r.Mark.Change], raiser{change, r})
	}
}

// Set puts the Standing of a change in the place of what it was.
func (s *Standings) Set(change uint64, row Standing) {
	s.Drop(change)
	s.add(change, row)
}

// Drop forgets the Standing of a change.
func (s *Standings) Drop(change uint64) {
	for _, r := range s.of[change].Raised {
		n := r.Mark.Change
		s.raised[n] = slices.DeleteFunc(s.raised[n], func(by raiser) bool { return by.change == change })
		if len(s.raised[n]) == 0 {
			delete(s.raised, n)
		}
	}
	delete(s.of, change)
}

// Changes lists the changes that have a Standing, in the order of their numbers.
func (s Standings) Changes() []uint64 {
	list := make([]uint64, 0, len(s.of))
	for n := range s.of {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// Of returns the Standing of a change.
func (s Standings) Of(change uint64) Standing { return s.of[change] }

// Stale returns what made a change of a document stale, nil when what it said
// stands.
func (s Standings) Stale(tx *kv.Tx, document, change uint64) *model.Stale {
	return s.of[change].Mark.ToModel(tx, document)
}

// ToModel is a mark as the model has it, nil for none.
func (m *StaleMark) ToModel(tx *kv.Tx, document uint64) *model.Stale {
	if m == nil {
		return nil
	}
	return &model.Stale{Document: tx.ID(model.DocumentID, document), Seq: m.Seq, CapturedAt: kv.UnixTime(m.CapturedAt),
		Change: tx.ID(model.ChangeID, m.Change), How: model.StaleHow(m.How)}
}

// Raises reports whether a change is shown for what it undoes.
func (s Standings) Raises(change uint64) bool { return len(s.raised[change]) > 0 }

// Mark notes on a change as it is listed whether it is stale, and that one that is
// raised is no noise.
func (s Standings) Mark(tx *kv.Tx, document, change uint64, q *model.QueueItem) {
	q.Stale = s.Stale(tx, document, change)
	if s.Raises(change) && q.Material && q.Suggested.Probability == 0 {
		q.Suggested.Probability = 1
	}
}

// raisersOf lists the changes that a change undoes, in the order of their numbers.
func (s Standings) raisersOf(change uint64) []raiser {
	list := slices.Clone(s.raised[change])
	slices.SortFunc(list, func(a, b raiser) int { return cmp.Compare(a.change, b.change) })
	return list
}

// RaiseClauses shows the clauses of a change that are shown for what it undoes.
func (s Standings) RaiseClauses(change uint64, clauses []model.ClauseChange) {
	for _, r := range s.raised[change] {
		for _, i := range r.Clauses {
			if i < len(clauses) && !clauses[i].Material {
				clauses[i].Material, clauses[i].Reason, clauses[i].Detail = true, "", ""
			}
		}
	}
}

// Raise shows a change for what it undoes, if it does.
func (s Standings) Raise(tx *kv.Tx, change uint64, row *Change) {
	list := s.raisersOf(change)
	if len(list) == 0 {
		return
	}
	said := make([]string, len(list))
	for i, r := range list {
		said[i] = r.describe(tx)
		if r.Score > row.Score || !row.Material && i == 0 {
			row.Severity, row.Score = r.Severity, r.Score
		}
	}
	row.Detail = strings.TrimSuffix(strings.Join(said, "; ")+"; "+row.Detail, "; ")
	row.countRaised(list)
	if !row.Material {
		row.Why = nil
	}
	row.Material, row.Reason, row.Features, row.Why = true, "", nil, append(said, row.Why...)
}

// countRaised counts the clauses that are raised among the material ones.
func (r *Change) countRaised(list []raiser) {
	counted := map[int]bool{}
	for _, raised := range list {
		for i, n := range raised.Clauses {
			if counted[n] || i >= len(raised.Kinds) {
				continue
			}
			counted[n] = true
			r.Counts[4]--
			kinds := []model.Kind{model.Added, model.Removed, model.Modified, model.Moved}
			if k := slices.Index(kinds, model.Kind(raised.Kinds[i])); k >= 0 {
				r.Counts[k]++
			}
		}
	}
}

// describe writes what of a change is undone: "takes back FP-C-000001, approved as
// FP-R-000001".
func (r raiser) describe(tx *kv.Tx) string {
	verb := "changes what is said by"
	switch model.StaleHow(r.Mark.How) {
	case model.StaleTakenBack:
		verb = "takes back"
	case model.StaleRemoved:
		verb = "removes what is said by"
	}
	text := verb + " " + string(tx.ID(model.ChangeID, r.change))
	if record, revision := RecordOf(tx, r.change); revision > 0 &&
		tx.Bucket(kv.BucketWithdrawn).Get(kv.PairKey(record, revision)) == nil {
		return text + ", approved as " + string(tx.ID(model.RecordID, record))
	}
	return text + ", submitted to a second reader"
}

// StaleRecord returns what made a provision record stale, nil when what it quotes stands
// or nothing is known of it.
func StaleRecord(tx *kv.Tx, document, record uint64) (*model.Stale, error) {
	if tx.Bucket(kv.BucketRecordStanding) == nil {
		return nil, nil // one of laterBuckets
	}
	var row Standing
	if _, err := kv.GetRow(tx, kv.BucketRecordStanding, StandingKey(document, record), &row); err != nil {
		return nil, err
	}
	return row.Mark.ToModel(tx, document), nil
}

// StaleRecords reads the marks of all provision records that are stale.
func StaleRecords(tx *kv.Tx) (map[uint64]*StaleMark, error) {
	marks := map[uint64]*StaleMark{}
	b := tx.Bucket(kv.BucketRecordStanding)
	if b == nil {
		return marks, nil // one of laterBuckets
	}
	return marks, b.ForEach(func(k, v []byte) error {
		var row Standing
		err := kv.DecodeRow(kv.BucketRecordStanding, k, v, &row)
		if err == nil && len(k) != 16 {
			err = fmt.Errorf("%w: what became of a record is filed under no record", model.ErrDamaged)
		}
		if err == nil && row.Mark != nil {
			marks[kv.KeyNumber(k[8:])] = row.Mark
		}
		if err != nil && tx.Lost(err, kv.BucketRecordStanding, k) {
			return nil
		}
		return err
	})
}

// RaiseHead shows the change that a head is of for what it undoes.
func (s Standings) RaiseHead(h *Head) {
	list := s.raisersOf(h.N)
	if len(list) == 0 {
		return
	}
	for i, r := range list {
		if int32(r.Score) > h.Score || !h.Material && i == 0 {
			h.Score, h.Severity = int32(r.Score), uint8(model.Severity(r.Severity).Rank())
		}
	}
	h.Material, h.Reason, h.Features = true, nil, nil
}
