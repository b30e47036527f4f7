package archive

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/standing"
)

// writeChange puts a change that was found while recording into the queue.
func writeChange(tx *kv.Tx, p *capturePlan, now int64) error {
	st, found := p.state, p.change
	n, err := kv.NextNumber(tx, kv.BucketChange)
	if err != nil {
		return err
	}
	from, err := rows.GetVersion(tx, st.n, found.From)
	if err != nil {
		return err
	}
	if !bytes.Equal(from.TextSum, found.FromSum[:]) {
		return fmt.Errorf("%w: version %d is not the text that was compared", model.ErrDamaged, found.From)
	}
	row := rows.Change{
		Document: st.n, DetectedAt: now,
		From: rows.RefOf(found.From, from), To: rows.RefOf(p.outcome.Seq, *p.version), Repo: p.version.Origin.Repo,
	}
	row.OtherReading, row.Back = found.OtherReading, found.Back
	setVerdict(&row, found)
	st.numbers[row.To.Seq] = n
	row.Alternation = st.numbers.packAlternation(found.Alternation)
	if found.TakesBack {
		if err := markTakenBack(tx, st.row.LastChange, row); err != nil {
			return err
		}
	}
	st.row.LastChange = n
	p.outcome.Change = tx.ID(model.ChangeID, n)
	return rows.PutEncoded(tx, n, row, p.clauses)
}

// setVerdict sets what detection found.
func setVerdict(r *rows.Change, found *timeline.Change) {
	r.Material, r.Reason, r.Detail = found.Material, string(found.Reason), found.Detail
	r.Severity, r.Score, r.Why = string(found.Suggested.Severity), found.Suggested.Score, found.Suggested.Why
	r.Counts = [5]int{found.Counts.Added, found.Counts.Removed, found.Counts.Modified, found.Counts.Moved,
		found.Counts.Immaterial}
	r.Algorithm = detect.Version
	if r.Features = nil; found.Features != nil {
		r.Features = found.Features.Pack()
	}
	r.SetFingerprint(found.Fingerprint)
	if r.OtherReading {
		addDetail(r, otherReading)
	}
	addTakenBack(r)
	addAgain(r)
}

func addTakenBack(r *rows.Change) {
	if r.TakenBack > 0 {
		addDetail(r, takenBack(r.TakenBack))
	}
}

func takenBack(seq int) string { return fmt.Sprintf("taken back with version %d", seq) }

func addAgain(r *rows.Change) {
	if r.Again > 0 {
		addDetail(r, fmt.Sprintf("stands again since version %d", r.Again))
	}
}

// addDetail adds to the detail what a reader of the whole change sees.
func addDetail(r *rows.Change, s string) { r.Detail = strings.TrimPrefix(r.Detail+"; "+s, "; ") }

// followDecided has what was decided on a document's changes follow its new ones,
// and those of them that are shown for what they undo tell so.
func followDecided(tx *kv.Tx, group []*capturePlan) error {
	var changes []uint64
	for _, p := range group {
		if p.change != nil {
			changes = append(changes, p.outcome.Change.Number())
		}
	}
	if len(changes) == 0 {
		return nil
	}
	raised, err := standing.Recorded(tx, group[0].state.n, changes)
	for _, p := range group {
		if p.change != nil && slices.Contains(raised, p.outcome.Change.Number()) {
			p.outcome.Material, p.outcome.Reason = true, ""
		}
	}
	return err
}
