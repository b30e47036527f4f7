package ledger

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// LintChange holds the record that approving a change now would make against the
// linter's rules.
func (l *Ledger) LintChange(ctx context.Context, change model.ID) ([]model.Problem, error) {
	var problems []model.Problem
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil {
			return err
		}
		d, err := changeDetail(tx, n)
		if err == nil {
			problems, err = l.changeProblems(tx, n, d.Review)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("linting %s: %w", change, err)
	}
	return problems, nil
}

// changeProblems lints the record that approving a change makes.
func (l *Ledger) changeProblems(tx *kv.Tx, change uint64, r model.Review) ([]model.Problem, error) {
	rec, err := l.buildRecord(tx, change, r)
	if err != nil {
		return nil, err
	}
	w := model.Writing{Severity: r.Severity, Confidence: r.Confidence, Basis: r.Basis, Summary: r.Summary,
		Content: rec.Content}
	return l.problems(tx, &rec, &w)
}

// lintApproval refuses the record that an approval is about to make if a problem is in
// its way, when there is more in it than a judgement.
func (l *Ledger) lintApproval(tx *kv.Tx, change uint64, r model.Review) error {
	if !model.HasContent(&r.Content) {
		return nil
	}
	problems, err := l.changeProblems(tx, change, r)
	if err != nil {
		return err
	}
	_, err = overrule(problems, model.RecordApproval{}, "")
	return err
}
