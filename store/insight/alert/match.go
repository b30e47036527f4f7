package alert

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/store/smallsort"
)

// matching returns which of the changes a filter finds, in their order.
func (b *Book) matching(ctx context.Context, q query.Query, author string, items []*model.QueueItem,
	progress func(done, total int)) ([]*model.QueueItem, error) {
	env := query.Env{Now: b.db.Now(), Actor: author}
	if texts := q.Texts(); len(texts) > 0 {
		var candidates []*model.QueueItem
		for _, i := range q.WithoutTexts().Select(items, env) {
			candidates = append(candidates, items[i])
		}
		var err error
		if env.Texts, err = b.changes.SearchTexts(ctx, candidates, texts, progress); err != nil {
			return nil, err
		}
	}
	var found []*model.QueueItem
	for _, i := range q.Select(items, env) {
		found = append(found, items[i])
	}
	return found, nil
}

func pointers(items []model.QueueItem) []*model.QueueItem {
	list := make([]*model.QueueItem, len(items))
	for i := range items {
		list[i] = &items[i]
	}
	return list
}

const (
	// maxFirst and maxSample are how many changes a preview lists.
	maxFirst  = 20
	maxSample = 8
	// maxSentences is how many sentences a preview names, and a rule may fold.
	maxSentences = 50
)

// PreviewAlertRule tells what a rule would have done to all that is there, and changes
// nothing. The error wraps ErrInvalid. progress is told of a search of texts.
func (b *Book) PreviewAlertRule(ctx context.Context, q model.AlertRuleRequest, progress func(done, total int)) (
	p model.AlertPreview, err error,
) {
	rule, filter, err := parse(q)
	if err != nil {
		return p, fmt.Errorf("the rule: %w", err)
	}
	p.Rule = rule
	items, _, err := b.changes.ChangesWhere(ctx, func(uint64, uint64) bool { return true })
	if err != nil {
		return p, err
	}
	p.Changes = len(items)
	var found []*model.QueueItem
	if slices.Contains(rule.On, model.AlertChange) {
		author := cmp.Or(q.Actor, b.db.Actor())
		if found, err = b.matching(ctx, filter, author, pointers(items), progress); err != nil {
			return p, err
		}
	}
	p.Matched = len(found)
	smallsort.By(found, func(a, b *model.QueueItem) int {
		return cmp.Or(b.To.CapturedAt.Compare(a.To.CapturedAt), cmp.Compare(b.ID.Number(), a.ID.Number()))
	})
	p.States = counted(found, func(c *model.QueueItem) string { return string(c.State) })
	p.Platforms = counted(found, func(c *model.QueueItem) string { return c.PlatformName })
	p.Months = counted(found, func(c *model.QueueItem) string { return c.To.CapturedAt.UTC().Format("2006-01") })
	smallsort.By(p.Months, func(a, b model.AlertCount) int { return cmp.Compare(b.Name, a.Name) })
	if err := b.db.View(ctx, func(tx *kv.Tx) error { return list(tx, &p, found) }); err != nil {
		return p, err
	}
	err = b.effects(ctx, &p, found, q.FoldSentences)
	return p, err
}

// list fills the first and a sample of what was found.
func list(tx *kv.Tx, p *model.AlertPreview, found []*model.QueueItem) (err error) {
	p.First, p.Sample = []model.AlertMatch{}, []model.AlertMatch{}
	for _, c := range found[:min(len(found), maxFirst)] {
		m, err := match(tx, c)
		if err != nil {
			return err
		}
		p.First = append(p.First, m)
	}
	n := min(maxSample, len(found))
	for i := range n {
		m, err := match(tx, found[i*len(found)/n])
		if err != nil {
			return err
		}
		p.Sample = append(p.Sample, m)
	}
	return nil
}

func match(tx *kv.Tx, c *model.QueueItem) (m model.AlertMatch, err error) {
	m = model.AlertMatch{Change: c.ID, Platform: c.PlatformName, Type: c.Type, CapturedAt: c.To.CapturedAt,
		State: c.State, Severity: c.Severity}
	if m.Severity == "" && c.Material {
		m.Severity = c.Suggested.Severity
	}
	m.Words, err = Words(tx, c.ID.Number())
	return m, err
}

func counted(found []*model.QueueItem, name func(*model.QueueItem) string) []model.AlertCount {
	of := map[string]int{}
	for _, c := range found {
		of[name(c)]++
	}
	list := make([]model.AlertCount, 0, len(of))
	for name, n := range of {
		list = append(list, model.AlertCount{Name: name, Count: n})
	}
	smallsort.By(list, func(a, b model.AlertCount) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Name, b.Name)) })
	return list
}

// effects fills what each action would have done.
func (b *Book) effects(ctx context.Context, p *model.AlertPreview, found []*model.QueueItem, sentences bool) error {
	p.Effects = []model.AlertEffect{}
	count := func(action, why string, does func(c *model.QueueItem) bool) {
		e := model.AlertEffect{Action: action}
		for _, c := range found {
			if does(c) {
				e.Count++
			} else {
				e.Left++
			}
		}
		if e.Left > 0 {
			e.Why = why
		}
		p.Effects = append(p.Effects, e)
	}
	r := &p.Rule
	for _, tag := range r.Tags {
		count("tag "+tag, "have it already", func(c *model.QueueItem) bool { return !slices.Contains(c.Tags, tag) })
	}
	if r.Assign != "" {
		count("assign "+r.Assign, "are assigned so", func(c *model.QueueItem) bool { return c.Assignee != r.Assign })
	}
	if r.Raise != "" {
		count("raise "+string(r.Raise), "are immaterial, or suggested as high", func(c *model.QueueItem) bool {
			return raises(c, r.Raise)
		})
	}
	for _, target := range r.Notify {
		count("notify "+target, "", func(*model.QueueItem) bool { return true })
	}
	if !r.Fold {
		return nil
	}
	folded := map[model.ID]bool{}
	for part := range slices.Chunk(found, batch) {
		err := b.db.View(ctx, func(tx *kv.Tx) error { return tryFold(tx, p, part, sentences, folded) })
		if err != nil {
			return err
		}
	}
	why := "are decided on, immaterial, or have a number, negation or modal"
	count("fold", why, func(c *model.QueueItem) bool { return folded[c.ID] })
	return nil
}

// raises reports whether a change would be suggested a higher severity.
func raises(c *model.QueueItem, to model.Severity) bool {
	return c.Material && c.Suggested.Severity.Rank() < to.Rank()
}

// foldable reports whether a change is one that a rule may fold at all.
func foldable(c *model.QueueItem) bool { return c.Material && c.State == model.Pending }

// tryFold finds the changes that a fold would fold, and names what keeps it from others.
func tryFold(tx *kv.Tx, p *model.AlertPreview, found []*model.QueueItem, sentences bool,
	folded map[model.ID]bool) error {
	for _, c := range found {
		if !foldable(c) {
			continue
		}
		list, known, err := guarded(tx, c.ID.Number())
		if err != nil {
			return err
		}
		all := known
		for _, s := range list {
			switch {
			case slices.Contains(p.Sentences, s):
			case len(p.Sentences) < maxSentences:
				p.Sentences = append(p.Sentences, s)
			default:
				p.MoreSentences++
				all = false
			}
		}
		folded[c.ID] = all && (sentences || len(list) == 0)
	}
	return nil
}
