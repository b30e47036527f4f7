package ledger

import (
	"context"
	"fmt"
	"strings"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

const (
	// maxDraft bounds a draft's summary, in bytes.
	maxDraft = 1 << 20
	// maxActor bounds the name of who a draft or the desk's state belongs to.
	maxActor = 1 << 10
)

// SaveDraft keeps a summary in the making, one for each change and actor; it is
// on disk when SaveDraft returns nil. An empty summary drops the draft. A
// decision of the actor's that sets the change's summary drops it too.
func (l *Ledger) SaveDraft(ctx context.Context, d model.Draft) error {
	if d.At.IsZero() {
		d.At = l.db.Now()
	}
	d.At = d.At.UTC()
	err := checkActor(d.Actor)
	if err == nil && len(d.Summary) > maxDraft {
		err = fmt.Errorf("%w: a summary has at most %d bytes, this one has %d", model.ErrInvalid, maxDraft,
			len(d.Summary))
	}
	if err == nil {
		err = l.db.Update(ctx, func(tx *kv.Tx) error {
			n, err := rows.ChangeNumber(tx, d.Change)
			if err != nil {
				return err
			}
			if strings.TrimSpace(d.Summary) == "" {
				return dropDraft(tx, n, d.Actor)
			}
			return kv.PutRow(tx, kv.BucketDraft, rows.DraftKey(n, d.Actor), rows.Draft(d))
		})
	}
	if err != nil {
		return fmt.Errorf("keeping the draft on %s: %w", d.Change, err)
	}
	return nil
}

// DropDraft forgets a draft; that there is none is no error.
func (l *Ledger) DropDraft(ctx context.Context, change model.ID, actor string) error {
	err := l.db.Update(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil {
			return err
		}
		return dropDraft(tx, n, actor)
	})
	if err != nil {
		return fmt.Errorf("dropping the draft on %s: %w", change, err)
	}
	return nil
}

func dropDraft(tx *kv.Tx, change uint64, actor string) error {
	return tx.Bucket(kv.BucketDraft).Delete(rows.DraftKey(change, actor))
}

// Draft reads the actor's draft on a change; found is false when there is none.
func (l *Ledger) Draft(ctx context.Context, change model.ID, actor string) (d model.Draft, found bool, err error) {
	err = l.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil || tx.Bucket(kv.BucketDraft) == nil {
			return err
		}
		var row rows.Draft
		found, err = kv.GetRow(tx, kv.BucketDraft, rows.DraftKey(n, actor), &row)
		d = model.Draft(row)
		return err
	})
	if err != nil {
		return model.Draft{}, false, fmt.Errorf("reading the draft on %s: %w", change, err)
	}
	return d, found, nil
}

// Drafts lists the actor's drafts in the order of changes.
func (l *Ledger) Drafts(ctx context.Context, actor string) ([]model.Draft, error) {
	list := []model.Draft{}
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		b := tx.Bucket(kv.BucketDraft)
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			if len(k) < 8 || string(k[8:]) != actor {
				return nil
			}
			var row rows.Draft
			if err := kv.DecodeRow(kv.BucketDraft, k, v, &row); err != nil {
				return err
			}
			list = append(list, model.Draft(row))
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading the drafts of %s: %w", actor, err)
	}
	return list, nil
}

func checkActor(actor string) error {
	if strings.TrimSpace(actor) == "" || len(actor) > maxActor {
		return fmt.Errorf("%w: it must be said whose it is, in at most %d bytes", model.ErrInvalid, maxActor)
	}
	return nil
}
