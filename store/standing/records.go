package standing

import (
	"bytes"
	"fmt"
	"strings"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// RecordApproved begins to follow what a provision record quotes: through what came later
// than the version quoted; a revision that is not the first, through what came later than
// its approval.
func RecordApproved(tx *kv.Tx, r model.Record) error {
	f, err := newFollower(tx, r.Document.Number())
	if err != nil {
		return err
	}
	return f.record(r, rows.Standing{})
}

// RecordWithdrawn follows a provision record no further.
func RecordWithdrawn(tx *kv.Tx, document, record uint64) error {
	return tx.Bucket(kv.BucketRecordStanding).Delete(rows.StandingKey(document, record))
}

// JudgeQuotes returns what became of what a provision record that is still written
// quotes, by all that came later than the version quoted; nil while it stands.
func JudgeQuotes(tx *kv.Tx, r model.Record) (*model.Stale, error) {
	f, err := newFollower(tx, r.Document.Number())
	if err != nil {
		return nil, err
	}
	s, err := f.quotes(r)
	if err != nil {
		return nil, err
	}
	st := rows.Standing{Done: s.row.To.Seq}
	if err := f.readAll(st.Done); err != nil {
		return nil, err
	}
	if err := s.followQuotes(&st); err != nil {
		return nil, err
	}
	return st.Mark.ToModel(tx, r.Document.Number()), nil
}

// hasRecords reports whether provision records of a document are followed.
func hasRecords(tx *kv.Tx, document uint64) bool {
	b := tx.Bucket(kv.BucketRecordStanding)
	if b == nil {
		return false // one of laterBuckets
	}
	k, _ := b.Cursor().Seek(kv.Key(document))
	return bytes.HasPrefix(k, kv.Key(document))
}

// eachRecord calls do with the provision records of a document that are followed.
func eachRecord(tx *kv.Tx, document uint64, do func(r model.Record, st rows.Standing) error) error {
	b := tx.Bucket(kv.BucketRecordStanding)
	if b == nil {
		return nil // one of laterBuckets
	}
	type followedRecord struct {
		n  uint64
		st rows.Standing
	}
	var list []followedRecord
	c := b.Cursor()
	for k, v := c.Seek(kv.Key(document)); bytes.HasPrefix(k, kv.Key(document)); k, v = c.Next() {
		var one followedRecord
		if err := kv.DecodeRow(kv.BucketRecordStanding, k, v, &one.st); err != nil {
			return err
		}
		if len(k) != 16 {
			return fmt.Errorf("%w: what became of a record is filed under no record", model.ErrDamaged)
		}
		one.n = kv.KeyNumber(k[8:])
		list = append(list, one)
	}
	for _, one := range list {
		k, v := kv.LastPart(tx.Bucket(kv.BucketRecord), one.n)
		r, err := rows.ReadRecord(tx, k, v)
		if err == nil {
			err = do(r, one.st)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// record follows a provision record on through changes that were not taken in yet; from
// its beginning when none were.
func (f *follower) record(r model.Record, before rows.Standing) error {
	s, err := f.quotes(r)
	if err != nil {
		return err
	}
	st := before
	if st.Done == 0 {
		if st.Done, err = s.sinceApproved(r); err != nil {
			return err
		}
		if err := f.readAll(st.Done); err != nil {
			return err
		}
	}
	if err := s.followQuotes(&st); err != nil {
		return err
	}
	key := rows.StandingKey(f.document, r.ID.Number())
	if kv.SameEncoding(before, st) && f.tx.Bucket(kv.BucketRecordStanding).Get(key) != nil {
		return nil
	}
	return kv.PutRow(f.tx, kv.BucketRecordStanding, key, st)
}

// followQuotes takes the changes in that were not taken in yet. Most leave what is quoted
// as it is: where it stands in the last of them, that is all there is to know.
func (s *statement) followQuotes(st *rows.Standing) error {
	for i := len(s.changes) - 1; i >= 0; i-- {
		c := &s.changes[i]
		if s.order.Place(c.row.To.Seq) <= s.order.Place(st.Done) {
			break
		}
		if !c.turns() {
			continue
		}
		last, err := s.find(c.row.To)
		if err != nil {
			return err
		}
		if last.how == "" && !last.unknown {
			st.Mark = nil
			s.takenIn(st)
			return nil
		}
		break
	}
	return s.follow(st)
}

// verbatim reports whether a text has all that is quoted, as it is quoted. Of what is
// gone it can't say.
func (s *statement) verbatim(text string) bool {
	for _, c := range s.clauses {
		if c.New == nil || !strings.Contains(text, s.to[c.New.Start:c.New.End]) {
			return false
		}
	}
	return true
}

// sinceApproved returns the version whose successors a record is followed through.
func (s *statement) sinceApproved(r model.Record) (int, error) {
	if r.Revision <= 1 {
		return s.row.To.Seq, nil
	}
	return s.recordedBy(r.ApprovedAt.UnixNano())
}

// quotes is what a provision record says: the words that it quotes, or that those which
// it quotes of the version before are gone.
func (f *follower) quotes(r model.Record) (*statement, error) {
	s := &statement{follower: f, quoted: true, known: map[kv.Sum]finding{}, touching: map[turn]bool{}}
	ref := func(e model.Evidence) (rows.Ref, error) {
		if e.Seq == 0 {
			return rows.Ref{}, nil
		}
		v, err := rows.GetVersion(f.tx, f.document, e.Seq)
		return rows.Ref{Seq: e.Seq, CapturedAt: v.CapturedAt, Sum: bytes.Clone(v.TextSum)}, err
	}
	var err error
	if s.row.From, err = ref(r.From); err != nil {
		return nil, err
	}
	if s.row.To, err = ref(r.To); err != nil {
		return nil, err
	}
	for _, p := range r.Provisions {
		at := model.ByteRange{Start: p.Quote.Start, End: p.Quote.End}
		c := model.ClauseChange{Kind: model.Modified, Material: true, New: &at}
		if p.Seq != r.To.Seq {
			c = model.ClauseChange{Kind: model.Removed, Material: true, Old: &at}
		}
		s.clauses = append(s.clauses, c)
	}
	s.addOld(r)
	return s, nil
}

// addOld adds what the words were before, where a record was picked from a change: they
// may be taken back.
func (s *statement) addOld(r model.Record) {
	for i := range s.clauses {
		c := &s.clauses[i]
		for _, changed := range r.Clauses {
			if c.New != nil && changed.New != nil && changed.Old != nil && changed.New.Start == c.New.Start {
				c.Old = &model.ByteRange{Start: changed.Old.Start, End: changed.Old.End}
			}
		}
	}
}
