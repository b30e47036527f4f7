package ranking

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Label is what somebody calls a change.
type Label string

// The labels. A capture is one that the platform never published as its terms.
const (
	Material   Label = "material"
	Immaterial Label = "immaterial"
	Capture    Label = "capture"
)

// Judged is a change that was judged outside of this database: named by its ID, or by
// where it was imported from.
type Judged struct {
	Change       model.ID
	Commit, Path string
	Label        Label
	Severity     model.Severity // "" for none
}

// Trained is what became of changes to learn from.
type Trained struct {
	Examples  int    `json:"examples"`  // learned from
	Known     int    `json:"known"`     // judged so in an earlier training
	Unmatched int    `json:"unmatched"` // not in this database
	Entry     uint64 `json:"entry"`     // of the journal; 0: nothing was new
}

// Train keeps changes that were judged elsewhere as examples to learn from: one entry in
// the journal. What is known already is not kept twice. The error wraps ErrInvalid.
func (r *Ranker) Train(ctx context.Context, list []Judged) (t Trained, err error) {
	for i := range list {
		if err := list[i].Valid(); err != nil {
			return t, fmt.Errorf("example %d: %w", i+1, err)
		}
	}
	err = r.db.Update(ctx, func(tx *kv.Tx) error {
		t = Trained{}
		found, unmatched, err := match(tx, list)
		if err != nil {
			return err
		}
		t.Unmatched = unmatched
		known, err := trainings(tx)
		if err != nil {
			return err
		}
		row := recordrows.Training{At: tx.Now().UnixNano(), Actor: tx.Actor()}
		for _, e := range found {
			if known[e.Change] == e {
				t.Known++
				continue
			}
			row.Examples = append(row.Examples, e)
		}
		if t.Examples = len(row.Examples); t.Examples == 0 {
			return nil
		}
		t.Entry, err = putTraining(tx, row)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("learning from judged changes: %w", err)
	}
	_, err = r.Refresh(ctx)
	return t, err
}

// Valid refuses an example that can't be learned from.
func (j *Judged) Valid() error {
	if !slices.Contains([]Label{Material, Immaterial, Capture}, j.Label) {
		return fmt.Errorf("%w: label must be material, immaterial or capture, not %q", model.ErrInvalid, j.Label)
	}
	if j.Severity != "" && j.Severity.Rank() == 0 {
		return fmt.Errorf("%w: severity must be low, medium, high, critical or null, not %q", model.ErrInvalid,
			j.Severity)
	}
	if j.Change == "" && (j.Commit == "" || j.Path == "") {
		return fmt.Errorf("%w: name the change, or its commit and path", model.ErrInvalid)
	}
	return nil
}

func putTraining(tx *kv.Tx, row recordrows.Training) (entry uint64, err error) {
	if err := tx.NeedSchema(recordrows.Insights); err != nil {
		return 0, err
	}
	n, err := kv.NextNumber(tx, kv.BucketTrained)
	if err != nil {
		return 0, err
	}
	payload, err := recordrows.EncodeTraining(row)
	if err != nil {
		return 0, fmt.Errorf("encoding a training: %w", err)
	}
	if err := kv.InsertSealed(tx, kv.BucketTrained, kv.Key(n), payload); err != nil {
		return 0, err
	}
	ref, err := journal.Append(tx, journal.Entry{At: kv.UnixTime(row.At), Actor: row.Actor, Kind: journal.KindTrained,
		Object: n, Digest: kv.SumOf(payload)})
	return ref.Entry, err
}

// trainings reads what was taught of each change last.
func trainings(tx *kv.Tx) (map[uint64]recordrows.TrainingExample, error) {
	known := map[uint64]recordrows.TrainingExample{}
	err := recordrows.EachTraining(tx, func(_ uint64, t recordrows.Training) error {
		for _, e := range t.Examples {
			known[e.Change] = e
		}
		return nil
	})
	return known, err
}

// match finds the changes that judged ones are in this database, each once, in the order
// of their numbers; of two that name the same change the later one counts.
func match(tx *kv.Tx, list []Judged) (found []recordrows.TrainingExample, unmatched int, err error) {
	places := map[string][]int{} // of those named by commit and path
	at := make([]uint64, len(list))
	for i, j := range list {
		if j.Change == "" {
			places[j.Commit+" "+j.Path] = append(places[j.Commit+" "+j.Path], i)
			continue
		}
		if n, err := rows.ChangeNumber(tx, j.Change); err == nil {
			at[i] = n
		}
	}
	if len(places) > 0 {
		if err := matchOrigins(tx, places, at); err != nil {
			return nil, 0, err
		}
	}
	byChange := map[uint64]recordrows.TrainingExample{}
	for i, n := range at {
		if n == 0 {
			unmatched++
			continue
		}
		byChange[n] = recordrows.TrainingExample{Change: n, Label: string(list[i].Label),
			Severity: string(list[i].Severity)}
	}
	for _, e := range byChange {
		found = append(found, e)
	}
	smallsort.By(found, func(a, b recordrows.TrainingExample) int { return cmp.Compare(a.Change, b.Change) })
	return found, unmatched, nil
}

// matchOrigins finds the changes to versions that were imported from a commit and path.
func matchOrigins(tx *kv.Tx, places map[string][]int, at []uint64) error {
	commits := map[string]bool{}
	for place := range places {
		commit, _, _ := strings.Cut(place, " ")
		commits[commit] = true
	}
	return eachHead(tx, func(h *rows.Head) error {
		row, err := h.Row()
		if err != nil || len(row.To.Commit) < 2 {
			return err
		}
		commit := hex.EncodeToString(row.To.Commit[1:])
		if !commits[commit] {
			return nil
		}
		v, err := rows.GetVersion(tx, h.Document, int(h.To))
		if err != nil {
			return err
		}
		path, err := kv.LookupString(tx, v.Origin.Path)
		if err != nil {
			return err
		}
		for _, i := range places[commit+" "+path] {
			at[i] = h.N
		}
		return nil
	})
}
