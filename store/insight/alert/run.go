package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fineprint/store/insight/outbox"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/notes"
	"fineprint/store/query"
	"fineprint/store/recordrows"
)

// batch is how many changes are asked about in one transaction.
const batch = 500

// errMoved reports that another process applied the rules, or changed them, meanwhile.
var errMoved = errors.New("the rules were applied by another process")

// rule is a saved rule with its filter read.
type rule struct {
	recordrows.NumberedAlertRule
	filter query.Query
	err    error             // why it can't be applied
	raised map[model.ID]bool // the changes that it raises
	due    []occurrence      // the dates that it tells of
}

func (r *rule) on(kind model.AlertKind) bool { return slices.Contains(r.Row.On, string(kind)) }

// wants reports whether the rule is to be asked about a change.
func (r *rule) wants(n *news, change, document uint64) bool {
	return r.on(model.AlertChange) && change > r.Row.Change &&
		(change > r.Mark.Change || n.detected[document] > r.Mark.Entry)
}

// round is one application of all rules to what is new.
type round struct {
	*Book
	ahead time.Duration
	rules []rule
	news  *news
	run   model.AlertRun
	did   tally
}

// RunAlertRules applies the rules to what is new to each. What is to be told of it is in
// the outbox when it returns. Without a rule it is done at once. In a context that gathers
// ([kv.Gather]) rules and changes of which something can't be read are passed over.
func (b *Book) RunAlertRules(ctx context.Context) (model.AlertRun, error) {
	return b.RunAlertRulesAhead(ctx, DefaultAhead)
}

// RunAlertRulesAhead is [Book.RunAlertRules] that tells so long before of what takes effect.
func (b *Book) RunAlertRulesAhead(ctx context.Context, ahead time.Duration) (model.AlertRun, error) {
	total := round{Book: b, ahead: ahead}
	for range 100 {
		err := total.apply(ctx)
		if errors.Is(err, errMoved) {
			continue
		}
		if err != nil {
			return total.run, fmt.Errorf("applying the alert rules: %w", err)
		}
		break
	}
	total.run.Effects = total.did.effects()
	return total.run, nil
}

func (r *round) apply(ctx context.Context) error {
	if err := r.db.View(ctx, r.read); err != nil || len(r.rules) == 0 {
		return err
	}
	r.run.Rules = len(r.rules)
	if slices.ContainsFunc(r.rules, func(l rule) bool { return l.on(model.AlertChange) }) {
		items, _, err := r.changes.ChangesWhere(ctx, func(change, document uint64) bool {
			return slices.ContainsFunc(r.rules, func(l rule) bool { return l.wants(r.news, change, document) })
		})
		if err != nil {
			return err
		}
		r.run.Changes += len(items)
		for part := range slices.Chunk(pointers(items), batch) {
			if err := r.part(ctx, part); err != nil {
				return err
			}
		}
	}
	if err := r.foreseen(ctx); err != nil {
		return err
	}
	return r.end(ctx)
}

// read reads the rules and what happened since they were applied.
func (r *round) read(tx *kv.Tx) error {
	stored, err := recordrows.AlertRules(tx)
	if err != nil || len(stored) == 0 {
		r.rules = nil
		return err
	}
	r.rules = nil
	after := stored[0].Mark.Entry
	for _, s := range stored {
		one := rule{NumberedAlertRule: s}
		one.filter, one.err = query.Parse(s.Row.Filter)
		r.rules = append(r.rules, one)
		after = min(after, s.Mark.Entry)
	}
	r.news, err = readNews(tx, after)
	return err
}

// part applies the rules to some changes, in one transaction.
func (r *round) part(ctx context.Context, items []*model.QueueItem) error {
	found := make([][]*model.QueueItem, len(r.rules))
	for i := range r.rules {
		one := &r.rules[i]
		if one.err != nil {
			continue // an older build's filter; the rule waits until it is saved again
		}
		var asked []*model.QueueItem
		for _, c := range items {
			if one.wants(r.news, c.ID.Number(), c.Document.Number()) {
				asked = append(asked, c)
			}
		}
		var err error
		if found[i], err = r.matching(ctx, one.filter, one.Row.Author, asked, nil); err != nil {
			return err
		}
		if found[i], err = r.untouched(ctx, one.N, found[i]); err != nil {
			return err
		}
		one.raised = map[model.ID]bool{}
		for _, c := range found[i] {
			one.raised[c.ID] = raises(c, model.Severity(one.Row.Raise))
			foresee(&one.Row, c)
		}
	}
	last := items[len(items)-1].ID.Number()
	var did tally
	queued, matched := 0, 0
	err := r.update(ctx, func(tx *kv.Tx, marks []recordrows.AlertMark) error {
		did, queued, matched = tally{}, 0, 0
		for i := range r.rules {
			for _, c := range found[i] {
				n, acted, err := r.act(tx, &r.rules[i], c, &did)
				if err != nil && !tx.Apart(err, kv.BucketRow, kv.Key(c.ID.Number())) {
					return err
				}
				queued += n
				if acted {
					matched++
					marks[i].Acted++
					marks[i].Last = tx.Now().UnixNano()
				}
			}
			if r.rules[i].err == nil {
				marks[i].Change = max(marks[i].Change, last)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.run.Queued += queued
	r.run.Matched += matched
	r.add(&did)
	return nil
}

// untouched leaves out the changes that a rule acted on before.
func (r *round) untouched(ctx context.Context, n uint64, found []*model.QueueItem) (list []*model.QueueItem, err error) {
	if len(found) == 0 {
		return nil, nil
	}
	err = r.db.View(ctx, func(tx *kv.Tx) error {
		for _, c := range found {
			before, err := recordrows.AnnotationsOf(tx, c.ID.Number())
			if err != nil && tx.Lost(err, kv.BucketAnnotation, kv.PairKey(c.ID.Number(), 1)) {
				continue
			}
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(before, func(a recordrows.Annotation) bool { return a.Rule == n }) {
				list = append(list, c)
			}
		}
		return nil
	})
	return list, err
}

func (r *round) add(did *tally) {
	for _, e := range did.effects() {
		total := r.did.of(e.Action)
		total.Count += e.Count
		total.Left += e.Left
	}
}

// foresee has the rules after one see what it will do.
func foresee(row *recordrows.AlertRule, c *model.QueueItem) {
	for _, tag := range row.Tags {
		if at, there := slices.BinarySearch(c.Tags, tag); !there {
			c.Tags = slices.Insert(slices.Clone(c.Tags), at, tag)
		}
	}
	if row.Assign != "" {
		c.Assignee = row.Assign
	}
	if to := model.Severity(row.Raise); row.Raise != "" && raises(c, to) {
		c.Suggested.Severity = to
	}
}

// update runs a transaction on the rules as they were read, and keeps how far they got.
func (r *round) update(ctx context.Context, do func(tx *kv.Tx, marks []recordrows.AlertMark) error) error {
	marks := make([]recordrows.AlertMark, len(r.rules))
	err := r.db.Update(ctx, func(tx *kv.Tx) error {
		stored, err := recordrows.AlertRules(tx)
		if err != nil {
			return err
		}
		if len(stored) != len(r.rules) {
			return errMoved
		}
		for i := range stored {
			if stored[i].N != r.rules[i].N || stored[i].Mark != r.rules[i].Mark {
				return errMoved
			}
			marks[i] = stored[i].Mark
		}
		if err := do(tx, marks); err != nil {
			return err
		}
		for i := range marks {
			if marks[i] == stored[i].Mark {
				continue
			}
			if err := kv.PutRow(tx, kv.BucketAlertMark, kv.Key(stored[i].N), marks[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		for i := range marks {
			// Which changes a document's detection concerns is settled until the round ends.
			entry := r.rules[i].Mark.Entry
			r.rules[i].Mark = marks[i]
			r.rules[i].Mark.Entry = max(entry, marks[i].Entry)
		}
	}
	return err
}

// act has a rule act on a change, unless it did before. acted is false when it took no step.
func (r *round) act(tx *kv.Tx, l *rule, c *model.QueueItem, did *tally) (queued int, acted bool, err error) {
	change := c.ID.Number()
	before, err := recordrows.AnnotationsOf(tx, change)
	if err != nil || slices.ContainsFunc(before, func(a recordrows.Annotation) bool { return a.Rule == l.N }) {
		return 0, false, err
	}
	steps, err := l.steps(tx, c)
	if err != nil {
		return 0, false, err
	}
	for _, a := range steps {
		a.Rule, a.Actor = l.N, actor(l.Row.Name)
		n, err := notes.Step(tx, change, a)
		if errors.Is(err, model.ErrInvalid) {
			did.of(actionOf(&a)).Left++ // it has too many tags
			continue
		}
		if err != nil {
			return 0, false, err
		}
		did.of(actionOf(&a)).Count += n
		acted = acted || n > 0
	}
	for _, target := range l.Row.Notify {
		alert, err := changeAlert(tx, l, c, target)
		if err != nil {
			return 0, false, err
		}
		added, err := outbox.Put(tx, alert, l.N, change)
		if err != nil {
			return 0, false, err
		}
		if added {
			queued++
		}
	}
	return queued, acted, nil
}

// steps are what a rule does with a change.
func (l *rule) steps(tx *kv.Tx, c *model.QueueItem) (list []recordrows.Annotation, err error) {
	for _, tag := range l.Row.Tags {
		list = append(list, recordrows.Annotation{Action: string(model.Tagged), Label: tag})
	}
	if l.Row.Assign != "" {
		list = append(list, recordrows.Annotation{Action: string(model.Assigned), Assignee: l.Row.Assign})
	}
	if l.Row.Raise != "" && l.raised[c.ID] {
		list = append(list, recordrows.Annotation{Action: string(model.Raised), Label: l.Row.Raise})
	}
	if l.Row.Fold && foldable(c) {
		may, err := l.mayFold(tx, c.ID.Number())
		if err != nil {
			return nil, err
		}
		if may {
			list = append(list, recordrows.Annotation{Action: string(model.Folded)})
		}
	}
	for _, target := range l.Row.Notify {
		list = append(list, recordrows.Annotation{Action: string(model.Notified), Label: target})
	}
	return list, nil
}

// mayFold reports whether every sentence of a change that turns on a number, a negation or
// a modal was named by the rule's preview.
func (l *rule) mayFold(tx *kv.Tx, change uint64) (bool, error) {
	list, known, err := guarded(tx, change)
	if err != nil || !known {
		return false, err
	}
	for _, s := range list {
		name := nameOfSentence(s)
		if !slices.ContainsFunc(l.Row.Named, func(b []byte) bool { return string(b) == string(name) }) {
			return false, nil
		}
	}
	return true, nil
}

// changeAlert is what a target is told of a change.
func changeAlert(tx *kv.Tx, l *rule, c *model.QueueItem, target string) (model.Alert, error) {
	a := model.Alert{Kind: model.AlertChange, At: tx.Now().UTC(), Target: target, Store: tx.StoreID(), Rule: l.Row.Name,
		Title:    fmt.Sprintf("%s / %s changed", c.PlatformName, c.Type),
		Platform: c.Platform, PlatformName: c.PlatformName, Document: c.Document, Type: c.Type, Change: c.ID,
		CapturedAt: c.To.CapturedAt, Material: c.Material, Severity: c.Severity, Tags: c.Tags,
		ID: outbox.ID(tx, "change", fmt.Sprint(l.N), string(c.ID), target)}
	if c.Material {
		a.Suggested = &model.AlertReason{Severity: c.Suggested.Severity, Why: c.Suggested.Why}
		a.Title += ", suggested " + string(c.Suggested.Severity)
	}
	var err error
	a.Words, err = Words(tx, c.ID.Number())
	return a, err
}

// end tells of what else happened, and keeps that all up to the news was asked about.
func (r *round) end(ctx context.Context) error {
	upToDate := !slices.ContainsFunc(r.rules, func(l rule) bool { return l.Mark.Entry < r.news.last })
	others := slices.ContainsFunc(r.rules, func(l rule) bool { return l.on(model.AlertFailing) || len(l.due) > 0 })
	if upToDate && !others {
		return nil
	}
	queued := 0
	err := r.update(ctx, func(tx *kv.Tx, marks []recordrows.AlertMark) error {
		queued = 0
		for _, kind := range Kinds {
			if kind.find == nil || !slices.ContainsFunc(r.rules, func(l rule) bool { return l.on(kind.Kind) }) {
				continue
			}
			list, err := kind.find(tx, r.news)
			if err != nil {
				return err
			}
			for i := range r.rules {
				n, err := r.tell(tx, &r.rules[i], kind.Kind, list)
				if err != nil {
					return err
				}
				queued += n
			}
		}
		for i := range r.rules {
			n, err := r.remind(tx, &r.rules[i])
			if err != nil {
				return err
			}
			queued += n
		}
		for i := range marks {
			if r.rules[i].err == nil {
				marks[i].Entry = max(marks[i].Entry, r.news.last)
			}
		}
		return nil
	})
	if err == nil {
		r.run.Queued += queued
	}
	return err
}

// tell puts what a rule tells of things of a kind into the outbox.
func (r *round) tell(tx *kv.Tx, l *rule, kind model.AlertKind, list []occurrence) (queued int, err error) {
	if l.err != nil || !l.on(kind) {
		return 0, nil
	}
	env := query.Env{Now: tx.Now(), Actor: l.Row.Author}
	for i := range list {
		o := &list[i]
		if o.entry != 0 && o.entry <= l.Mark.Entry || len(l.filter.Select([]*model.QueueItem{&o.item}, env)) == 0 {
			continue
		}
		for _, target := range l.Row.Notify {
			a := o.alert
			a.Kind, a.At, a.Target, a.Store, a.Rule = kind, tx.Now().UTC(), target, tx.StoreID(), l.Row.Name
			a.ID = outbox.ID(tx, o.key, fmt.Sprint(l.N), target)
			added, err := outbox.Put(tx, a, l.N, 0)
			if err != nil {
				return queued, err
			}
			if added {
				queued++
			}
		}
	}
	return queued, nil
}
