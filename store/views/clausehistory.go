package views

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/rows"
)

// ClauseHistory follows one clause of a change, by its place in Change.Clauses; see
// [provision.OfChange].
func (r *Reader) ClauseHistory(ctx context.Context, change model.ID, index int) (model.ClauseHistory, error) {
	var h model.ClauseHistory
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err == nil {
			h, err = provision.OfChange(ctx, tx, n, index)
		}
		return err
	})
	if err != nil {
		return model.ClauseHistory{}, fmt.Errorf("following clause %d of %s: %w", index, change, err)
	}
	return h, nil
}

// ClauseLife returns all that is known of the clause with an ID.
func (r *Reader) ClauseLife(ctx context.Context, id model.ID) (model.ClauseLife, error) {
	var l model.ClauseLife
	err := r.db.View(ctx, func(tx *kv.Tx) (err error) {
		l, err = provision.LifeOf(ctx, tx, id)
		return err
	})
	if err != nil {
		return model.ClauseLife{}, fmt.Errorf("following %s: %w", id, err)
	}
	return l, nil
}

// ClauseLifeAt is [Reader.ClauseLife] of a clause of a change, by its place in
// Change.Clauses. Of a change that led to a bad capture it is what is known by comparing.
func (r *Reader) ClauseLifeAt(ctx context.Context, change model.ID, index int) (model.ClauseLife, error) {
	var l model.ClauseLife
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err == nil {
			l, err = provision.LifeOfChange(ctx, tx, n, index)
		}
		return err
	})
	if err != nil {
		return model.ClauseLife{}, fmt.Errorf("following clause %d of %s: %w", index, change, err)
	}
	return l, nil
}

// ProvisionHistory follows the clause with an ID through the versions of its document.
func (r *Reader) ProvisionHistory(ctx context.Context, id model.ID) (model.ClauseHistory, error) {
	l, err := r.ClauseLife(ctx, id)
	return l.History(), err
}

// VersionClauses lists the clauses of a version, each with its provision where it was
// given one. seq 0 is the newest version that was read.
func (r *Reader) VersionClauses(ctx context.Context, document model.ID, seq int) (model.Version, []model.VersionClause,
	error) {
	var v model.Version
	var list []model.VersionClause
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, doc, err := rows.DocumentByID(tx, document)
		if err != nil {
			return err
		}
		if seq, err = provision.Version(tx, n, doc, seq); err != nil {
			return err
		}
		var text string
		if v, text, err = rows.VersionAndText(tx, n, seq); err != nil {
			return err
		}
		list, err = provision.Clauses(ctx, tx, n, seq, text)
		return err
	})
	if err != nil {
		return model.Version{}, nil, fmt.Errorf("reading the clauses of %s: %w", document, err)
	}
	return v, list, nil
}

// ProvisionByID reads where the words of a clause stand, and the records about it.
func (r *Reader) ProvisionByID(ctx context.Context, id model.ID) (model.ProvisionDetail, error) {
	var d model.ProvisionDetail
	err := r.db.View(ctx, func(tx *kv.Tx) (err error) {
		d, err = provision.Detail(ctx, tx, id)
		return err
	})
	if err != nil {
		return model.ProvisionDetail{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}
