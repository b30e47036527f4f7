package ledger

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/kv"
	"fineprint/store/lint"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/standing"
)

// ApproveRecord makes what is written of a provision record its next revision, which
// stands in the place of the one before. The change that it was picked from stays as it
// is. The error wraps ErrIncomplete and names what is missing or in the way, ErrStale,
// ErrNotAllowed or ErrNotFound, and then nothing was changed.
func (l *Ledger) ApproveRecord(ctx context.Context, q model.RecordApproval) (model.RecordDraft, error) {
	return l.step(ctx, "approving", q.Record, func(tx *kv.Tx, n uint64, p review.Provision) (model.RecordEvent, error) {
		e := l.event(p, model.RecordApproved, q.Actor, q.At).RecordEvent
		if err := review.CheckProvision(p, q.Base, model.RecordApproved); err != nil {
			return e, err
		}
		if missing := p.Writing.Missing(); len(missing) > 0 {
			return e, fmt.Errorf("%w: %s needs its %s", model.ErrIncomplete, p.Record, strings.Join(missing, ", "))
		}
		r, err := l.provisionPreview(ctx, tx, n, p)
		if err != nil {
			return e, err
		}
		problems, err := l.problems(tx, &r, &p.Writing)
		if err != nil {
			return e, err
		}
		if e.Overruled, err = overrule(problems, q, e.Actor); err != nil {
			return e, err
		}
		r.Overruled, e.Approved = e.Overruled, r.Revision
		if r, err = freeze(tx, r, n, r.Revision, e.At, e.Actor); err != nil {
			return e, err
		}
		return e, standing.RecordApproved(tx, r)
	})
}

// problems holds a record against the linter's rules.
func (l *Ledger) problems(tx *kv.Tx, r *model.Record, w *model.Writing) ([]model.Problem, error) {
	document := r.Document.Number()
	f := lint.Facts{Now: l.db.Now(), Registry: l.agencies()}
	var err error
	if _, f.Text, err = rows.VersionAndText(tx, document, r.To.Seq); err != nil {
		return nil, err
	}
	if r.From.Seq > 0 {
		if _, f.OldText, err = rows.VersionAndText(tx, document, r.From.Seq); err != nil {
			return nil, err
		}
	}
	var damaged error
	f.Compared = func(c model.Comparison) (string, bool) {
		text, ok, err := comparedText(tx, c)
		if err != nil {
			damaged = err
		}
		return text, ok
	}
	problems := lint.Check(r, w, f)
	if problems == nil {
		problems = []model.Problem{}
	}
	return problems, damaged
}

// comparedText reads the version that a comparison quotes.
func comparedText(tx *kv.Tx, c model.Comparison) (string, bool, error) {
	if c.Document == "" || c.Seq < 1 {
		return "", false, nil
	}
	n, doc, err := rows.DocumentByID(tx, c.Document)
	if errors.Is(err, model.ErrNotFound) || err == nil && c.Seq > doc.Versions {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	_, text, err := rows.VersionAndText(tx, n, c.Seq)
	return text, err == nil, err
}

// overrule returns the blocking problems that are overruled, each with the reason given;
// the error names those that are not.
func overrule(problems []model.Problem, q model.RecordApproval, by string) ([]model.Overruled, error) {
	var overruled []model.Overruled
	var blocking []string
	for _, p := range problems {
		if !p.Blocks {
			continue
		}
		reason := strings.TrimSpace(q.Overrule[p.Rule])
		if reason == "" {
			reason = strings.TrimSpace(q.OverruleAll)
		}
		if reason == "" || p.Rule == lint.MissingRule {
			blocking = append(blocking, fmt.Sprintf("%s (%s): %s", p.Rule, p.Field, p.Message))
			continue
		}
		overruled = append(overruled, model.Overruled{Rule: p.Rule, Field: p.Field, Message: p.Message, Reason: reason,
			By: by})
	}
	if len(blocking) > 0 {
		return nil, fmt.Errorf("%w: %s", model.ErrIncomplete, strings.Join(blocking, "; "))
	}
	for rule := range q.Overrule {
		if !slices.ContainsFunc(lint.Rules, func(r lint.Rule) bool { return r.Name == rule }) {
			return nil, fmt.Errorf("%w: there is no rule %q", model.ErrInvalid, rule)
		}
	}
	return overruled, nil
}

// withdrawRevisions marks all revisions of a provision record that are in force as
// withdrawn.
func withdrawRevisions(tx *kv.Tx, n uint64, e model.RecordEvent) error {
	var revisions []int
	c := tx.Bucket(kv.BucketRecord).Cursor()
	for k, _ := c.Seek(kv.Key(n)); len(k) == 12 && kv.KeyNumber(k) == n; k, _ = c.Next() {
		if tx.Bucket(kv.BucketWithdrawn).Get(k) == nil {
			revisions = append(revisions, int(binary.BigEndian.Uint32(k[8:])))
		}
	}
	for _, revision := range revisions {
		if err := withdraw(tx, n, revision, e.At, e.Actor); err != nil {
			return err
		}
	}
	return nil
}
