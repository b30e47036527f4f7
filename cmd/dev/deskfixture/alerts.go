package deskfixture

import (
	"context"
	"time"

	"fineprint/store/model"
	"fineprint/tui"
)

var alertTime = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// AlertRules lists a rule.
func (s Static) AlertRules(context.Context) ([]model.AlertRule, error) {
	return []model.AlertRule{{ID: "FP-A-000001", Name: "court", Filter: "text:arbitration",
		On:   []model.AlertKind{model.AlertChange},
		Tags: []string{"court"}, Notify: []string{"ops"}, Author: "ada", At: alertTime, Acted: 3, Last: alertTime}}, nil
}

// TargetFigures counts for a target.
func (s Static) TargetFigures(context.Context) ([]model.TargetFigures, error) {
	return []model.TargetFigures{{Target: "ops", Pending: 1, Retried: 1, Delivered: 2, Last: alertTime,
		LastError: "connection refused"}}, nil
}

// OutboxItems lists what waits.
func (s Static) OutboxItems(context.Context, int) ([]model.OutboxItem, error) {
	return []model.OutboxItem{{ID: "msg_00", Target: "ops", Kind: model.AlertChange, Rule: "FP-A-000001",
		Change: "FP-C-000001",
		State:  model.OutboxPending, Created: alertTime, Due: alertTime, Attempts: 1, Error: "connection refused"}}, nil
}

// RetryAlert retries nothing.
func (s Static) RetryAlert(context.Context, string) (i model.OutboxItem, err error) { return i, nil }

// AlertRuleStanding tells of a tag.
func (s Static) AlertRuleStanding(context.Context, string) (model.AlertRemoval, error) {
	return model.AlertRemoval{Rule: model.AlertRule{ID: "FP-A-000001", Name: "court"}, Waiting: 1,
		Did: []model.AlertEffect{{Action: "tag court", Count: 3}}}, nil
}

// RemoveAlertRule removes nothing.
func (s Static) RemoveAlertRule(ctx context.Context, named string, _ bool, _ string) (model.AlertRemoval, error) {
	return s.AlertRuleStanding(ctx, named)
}

// PreviewAlertRule finds nothing.
func (s Static) PreviewAlertRule(_ context.Context, q model.AlertRuleRequest,
	_ func(done, total int)) (model.AlertPreview, error) {
	return model.AlertPreview{Rule: q.AlertRule, Changes: 1}, nil
}

// AddAlertRule saves nothing.
func (s Static) AddAlertRule(ctx context.Context, q model.AlertRuleRequest) (model.AlertPreview, error) {
	return s.PreviewAlertRule(ctx, q, nil)
}

// AlertRules, TargetFigures and OutboxItems are lists, and the rest is the hidden desk's.
func (d ListDesk) AlertRules(ctx context.Context) ([]model.AlertRule, error) {
	read, err := d.Desk.(tui.AlertDesk).AlertRules(ctx)
	return instead(d.Lists, nil, read, err)
}

// TargetFigures is a list.
func (d ListDesk) TargetFigures(ctx context.Context) ([]model.TargetFigures, error) {
	read, err := d.Desk.(tui.AlertDesk).TargetFigures(ctx)
	return instead(d.Lists, nil, read, err)
}

// OutboxItems is a list.
func (d ListDesk) OutboxItems(ctx context.Context, finished int) ([]model.OutboxItem, error) {
	read, err := d.Desk.(tui.AlertDesk).OutboxItems(ctx, finished)
	return instead(d.Lists, nil, read, err)
}

// RetryAlert is the hidden desk's, as those that follow are.
func (d ListDesk) RetryAlert(ctx context.Context, id string) (model.OutboxItem, error) {
	return d.Desk.(tui.AlertDesk).RetryAlert(ctx, id)
}

// AlertRuleStanding is the hidden desk's.
func (d ListDesk) AlertRuleStanding(ctx context.Context, named string) (model.AlertRemoval, error) {
	return d.Desk.(tui.AlertDesk).AlertRuleStanding(ctx, named)
}

// RemoveAlertRule is the hidden desk's.
func (d ListDesk) RemoveAlertRule(ctx context.Context, named string, back bool, by string) (model.AlertRemoval, error) {
	return d.Desk.(tui.AlertDesk).RemoveAlertRule(ctx, named, back, by)
}

// PreviewAlertRule is the hidden desk's.
func (d ListDesk) PreviewAlertRule(ctx context.Context, q model.AlertRuleRequest, progress func(done, total int)) (
	model.AlertPreview, error,
) {
	return d.Desk.(tui.AlertDesk).PreviewAlertRule(ctx, q, progress)
}

// AddAlertRule is the hidden desk's.
func (d ListDesk) AddAlertRule(ctx context.Context, q model.AlertRuleRequest) (model.AlertPreview, error) {
	return d.Desk.(tui.AlertDesk).AddAlertRule(ctx, q)
}
