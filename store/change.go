package store

import (
	"bytes"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/model"
)

// writeChange puts a change that was found while recording into the queue.
func (s *Store) writeChange(tx *bolt.Tx, p *capturePlan, now int64) error {
	st, found := p.state, p.change
	n, err := tx.Bucket(bktChange).NextSequence()
	if err != nil {
		return err
	}
	from, err := getVersion(tx, st.n, found.From)
	if err != nil {
		return err
	}
	if !bytes.Equal(from.TextSum, found.FromSum[:]) {
		return fmt.Errorf("%w: version %d is not the text that was compared", model.ErrDamaged, found.From)
	}
	row := queueRow{
		Document: st.n, DetectedAt: now,
		From: refRow{Seq: found.From, CapturedAt: from.CapturedAt, Sum: from.TextSum, Commit: from.Origin.Commit},
		To:   refRow{Seq: p.outcome.Seq, CapturedAt: p.version.CapturedAt, Sum: p.textSum[:], Commit: p.version.Origin.Commit},
		Repo: p.version.Origin.Repo,
	}
	row.OtherReading = found.OtherReading
	row.judged(found)
	if found.TakesBack {
		if err := s.markTakenBack(tx, st.row.LastChange, row); err != nil {
			return err
		}
	}
	st.row.LastChange = n
	p.outcome.Change = s.id(model.ChangeID, n)
	return putChange(tx, n, row, found.Clauses)
}

// judged sets what detection found.
func (r *queueRow) judged(found *timeline.Change) {
	r.Material, r.Reason, r.Detail = found.Material, string(found.Reason), found.Detail
	r.Severity, r.Score, r.Why = string(found.Suggested.Severity), found.Suggested.Score, found.Suggested.Why
	r.Counts = [5]int{found.Counts.Added, found.Counts.Removed, found.Counts.Modified, found.Counts.Moved, found.Counts.Immaterial}
	r.Algorithm = detect.Version
	r.mark(found.Fingerprint)
	if r.OtherReading {
		r.note(otherReading)
	}
	r.noteTakenBack()
}

func (r *queueRow) noteTakenBack() {
	if r.TakenBack > 0 {
		r.note(fmt.Sprintf("taken back with version %d", r.TakenBack))
	}
}

// note adds to the detail what a reader of the whole change is told.
func (r *queueRow) note(s string) { r.Detail = strings.TrimPrefix(r.Detail+"; "+s, "; ") }

// putChange writes a change's row and its clause changes.
func putChange(tx *bolt.Tx, n uint64, row queueRow, clauses []model.ClauseChange) error {
	if err := putRow(tx, bktRow, u64(n), row); err != nil {
		return err
	}
	packed, err := encoding.Marshal(packClauses(clauses))
	if err != nil {
		return err
	}
	return putSealed(tx, bktChange, u64(n), compress(packed))
}
