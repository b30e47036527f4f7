package alert

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"fineprint/store/insight/outbox"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/store/notes"
	"fineprint/store/query"
	"fineprint/store/recordrows"
)

// schema is the one from which on there are alert rules.
const schema = 7

// Changes lists changes and searches their texts.
type Changes interface {
	ChangesWhere(ctx context.Context, want func(change, document uint64) bool) ([]model.QueueItem, uint64, error)
	DueDates(ctx context.Context, now time.Time, within time.Duration) ([]model.CalendarEntry, error)
	SearchTexts(ctx context.Context, changes []*model.QueueItem, texts []string, progress func(done, total int)) (
		map[string]map[model.ID]bool, error)
}

// Book keeps alert rules and applies them.
type Book struct {
	db      *kv.DB
	changes Changes
}

// New returns the Book of a database.
func New(db *kv.DB, changes Changes) *Book { return &Book{db: db, changes: changes} }

const (
	maxRules  = 200
	maxFilter = 2000
	maxMany   = 20 // tags or targets
)

var namePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$`)
})

// AlertRules lists the rules, the oldest first.
func (b *Book) AlertRules(ctx context.Context) ([]model.AlertRule, error) {
	list := []model.AlertRule{}
	err := b.db.View(ctx, func(tx *kv.Tx) error {
		rules, err := recordrows.AlertRules(tx)
		for i := range rules {
			list = append(list, rules[i].ToModel(tx))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the alert rules: %w", err)
	}
	return list, nil
}

// parse checks what is asked for and returns it as it is kept, with its filter.
func parse(q model.AlertRuleRequest) (model.AlertRule, query.Query, error) {
	r := q.AlertRule
	r.Name, r.Filter, r.Assign = strings.TrimSpace(r.Name), strings.TrimSpace(r.Filter), strings.TrimSpace(r.Assign)
	filter, err := query.Parse(r.Filter)
	switch {
	case err != nil:
		return r, filter, err
	case !namePattern().MatchString(r.Name):
		return r, filter, fmt.Errorf("%w: %q is no name for a rule; use up to 40 letters, digits, spaces and ._-",
			model.ErrInvalid, r.Name)
	case !filter.Narrows():
		return r, filter, fmt.Errorf("%w: a rule needs a filter, such as sev>=high; it would find everything",
			model.ErrInvalid)
	case slices.ContainsFunc(filter.Texts(), func(t string) bool { _, is := query.RuleOfText(t); return is }):
		return r, filter, fmt.Errorf("%w: a rule can't ask with rule: what rules did", model.ErrInvalid)
	case len(r.Filter) > maxFilter || len(r.Tags) > maxMany || len(r.Notify) > maxMany:
		return r, filter, fmt.Errorf("%w: the rule is too long", model.ErrInvalid)
	}
	r.Filter = filter.String()
	for i, tag := range r.Tags {
		if r.Tags[i], err = notes.ParseTag(tag); err != nil {
			return r, filter, err
		}
	}
	if r.Assign, err = notes.ParseName(r.Assign); err != nil {
		return r, filter, err
	}
	if r.Raise != "" {
		if r.Raise, err = model.ParseSeverity(string(r.Raise)); err != nil {
			return r, filter, err
		}
	}
	if len(r.On) == 0 {
		r.On = []model.AlertKind{model.AlertChange}
	}
	if err := checkKinds(&r); err != nil {
		return r, filter, err
	}
	if len(r.Actions()) == 0 {
		return r, filter, fmt.Errorf("%w: a rule needs an action: tag, assign, raise, notify or fold", model.ErrInvalid)
	}
	return r, filter, nil
}

func checkKinds(r *model.AlertRule) error {
	for _, on := range r.On {
		at := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Kind == on })
		if at < 0 {
			return fmt.Errorf("%w: a rule can't be on %q; use one of %s", model.ErrInvalid, on,
				strings.Join(KindNames(), ", "))
		}
		if on != model.AlertChange && len(r.Notify) == 0 {
			return fmt.Errorf("%w: on %q a rule can only notify; name a target with --notify", model.ErrInvalid, on)
		}
	}
	return nil
}

// actor is who the steps of a rule are by.
func actor(name string) string { return "rule " + name }

// AddAlertRule saves a rule, after it was tried on all that is there. From then on
// RunAlertRules applies it to what comes, with Past to what is there, too. The error
// wraps ErrInvalid, and then nothing was saved.
func (b *Book) AddAlertRule(ctx context.Context, q model.AlertRuleRequest) (model.AlertPreview, error) {
	p, err := b.PreviewAlertRule(ctx, q, nil)
	if err != nil {
		return p, err
	}
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		there, err := recordrows.AlertRules(tx)
		if err != nil {
			return err
		}
		for i := range there {
			if strings.EqualFold(there[i].Row.Name, p.Rule.Name) {
				return fmt.Errorf("%w: there is a rule %q already; remove it first, or use another name",
					model.ErrInvalid, p.Rule.Name)
			}
		}
		if len(there) >= maxRules {
			return fmt.Errorf("%w: there are %d rules at most", model.ErrInvalid, maxRules)
		}
		rule, err := save(tx, &q, &p)
		p.Rule = rule.ToModel(tx)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("saving the rule: %w", err)
	}
	return p, nil
}

// save stores a rule that was tried, with its entry in the journal.
func save(tx *kv.Tx, q *model.AlertRuleRequest, p *model.AlertPreview) (r recordrows.NumberedAlertRule, err error) {
	if err := tx.NeedSchema(schema); err != nil {
		return r, err
	}
	if r.N, err = kv.NextNumber(tx, kv.BucketAlertRule); err != nil {
		return r, err
	}
	m := &p.Rule
	r.Row = recordrows.AlertRule{Name: m.Name, Filter: m.Filter, Tags: m.Tags, Assign: m.Assign, Raise: string(m.Raise),
		Notify: m.Notify, Fold: m.Fold, Author: q.Actor, At: tx.Now().UnixNano(), Entry: journal.Next(tx)}
	for _, on := range m.On {
		r.Row.On = append(r.Row.On, string(on))
	}
	if r.Row.Author == "" {
		r.Row.Author = tx.Actor()
	}
	if !q.Past {
		r.Row.Change = tx.Bucket(kv.BucketChange).Sequence()
	}
	if m.Fold && q.FoldSentences {
		for _, s := range p.Sentences {
			r.Row.Named = append(r.Row.Named, nameOfSentence(s))
		}
	}
	payload, err := kv.Encode(r.Row)
	if err != nil {
		return r, err
	}
	if err := kv.InsertSealed(tx, kv.BucketAlertRule, kv.Key(r.N), payload); err != nil {
		return r, err
	}
	r.Mark = recordrows.AlertMark{Change: r.Row.Change, Entry: r.Row.Entry}
	if err := kv.PutRow(tx, kv.BucketAlertMark, kv.Key(r.N), r.Mark); err != nil {
		return r, err
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: r.Row.Author, Kind: journal.KindAlertRule,
		Object: r.N, Digest: kv.SumOf(payload)})
	return r, err
}

// find finds a rule by its ID or name.
func find(tx *kv.Tx, named string) (r recordrows.NumberedAlertRule, err error) {
	rules, err := recordrows.AlertRules(tx)
	if err != nil {
		return r, err
	}
	id, _ := model.ParseID(named)
	for _, r := range rules {
		if strings.EqualFold(r.Row.Name, strings.TrimSpace(named)) || id != "" && tx.ID(model.AlertRuleID, r.N) == id {
			return r, nil
		}
	}
	return r, unknown(named, rules)
}

// unknown says that there is no such rule, and what helps.
func unknown(named string, rules []recordrows.NumberedAlertRule) error {
	if len(rules) == 0 {
		return fmt.Errorf("%w: there is no rule %q, and no other; `fineprint rules add alert` adds one",
			model.ErrNotFound, named)
	}
	names := make([]string, len(rules))
	for i := range rules {
		names[i] = rules[i].Row.Name
	}
	if meant := nearest.Meant(strings.TrimSpace(named), names); meant != "" {
		return fmt.Errorf("%w: there is no rule %q%s `fineprint rules list` shows all", model.ErrNotFound, named, meant)
	}
	return fmt.Errorf("%w: there is no rule %q; `fineprint rules list` shows them", model.ErrNotFound, named)
}

// AlertRuleStanding tells what stands of what a rule, by its ID or name, did, and how many
// of its notifications wait. The error wraps ErrNotFound.
func (b *Book) AlertRuleStanding(ctx context.Context, named string) (m model.AlertRemoval, err error) {
	err = b.db.View(ctx, func(tx *kv.Tx) error {
		rule, err := find(tx, named)
		if err != nil {
			return err
		}
		m, _, err = standing(tx, rule)
		return err
	})
	if err != nil {
		return m, fmt.Errorf("reading what the rule did: %w", err)
	}
	return m, nil
}

// standing is what stands of a rule, and of which changes.
func standing(tx *kv.Tx, rule recordrows.NumberedAlertRule) (m model.AlertRemoval, changes []uint64, err error) {
	m = model.AlertRemoval{Rule: rule.ToModel(tx), TakenBack: []model.AlertEffect{}}
	var did tally
	err = recordrows.EachAnnotated(tx, func(change uint64, list []recordrows.Annotation) error {
		if steps := notes.StepsOf(list, rule.N); len(steps) > 0 {
			changes = append(changes, change)
			did.addSteps(steps)
		}
		return nil
	})
	if err != nil {
		return m, nil, err
	}
	m.Did = did.effects()
	m.Waiting, err = outbox.Unsent(tx, rule.N, nil, false)
	return m, changes, err
}

// ActedOn returns the changes that a rule, by its ID or name, acted on: those of which
// something stands that it did, and those that it told of, as far as that is kept. The
// error wraps ErrNotFound.
func ActedOn(ctx context.Context, db *kv.DB, named string) (map[model.ID]bool, error) {
	ids := map[model.ID]bool{}
	err := db.View(ctx, func(tx *kv.Tx) error {
		rule, err := find(tx, named)
		if err != nil {
			return err
		}
		_, changes, err := standing(tx, rule)
		if err != nil {
			return err
		}
		for _, n := range changes {
			ids[tx.ID(model.ChangeID, n)] = true
		}
		return outbox.EachOf(tx, rule.N, func(change uint64) { ids[tx.ID(model.ChangeID, change)] = true })
	})
	if err != nil {
		return nil, fmt.Errorf("reading what the rule did: %w", err)
	}
	return ids, nil
}

// RemoveAlertRule removes a rule by its ID or name, and tells what stands of what it did;
// with takeBack that is taken back, by the actor, and its notifications that were not sent
// yet are recalled. The error wraps ErrNotFound.
func (b *Book) RemoveAlertRule(ctx context.Context, named string, takeBack bool, by string) (
	removed model.AlertRemoval, err error,
) {
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		rule, err := find(tx, named)
		if err != nil {
			return err
		}
		var changes []uint64
		if removed, changes, err = standing(tx, rule); err != nil {
			return err
		}
		if takeBack {
			var back tally
			for _, change := range changes {
				steps, err := notes.TakeBack(tx, change, rule.N, by)
				if err != nil {
					return err
				}
				back.addSteps(steps)
			}
			removed.TakenBack = back.effects()
			if removed.Recalled, err = outbox.Unsent(tx, rule.N, nil, true); err != nil {
				return err
			}
		}
		return drop(tx, rule, by)
	})
	if err != nil {
		return removed, fmt.Errorf("removing the rule: %w", err)
	}
	return removed, nil
}

func drop(tx *kv.Tx, rule recordrows.NumberedAlertRule, by string) error {
	payload, err := kv.Encode(rule.Row)
	if err != nil {
		return err
	}
	for _, bucket := range [][]byte{kv.BucketAlertRule, kv.BucketAlertMark} {
		if err := tx.Bucket(bucket).Delete(kv.Key(rule.N)); err != nil {
			return err
		}
	}
	if by == "" {
		by = tx.Actor()
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: by, Kind: journal.KindAlertRuleRemoved,
		Object: rule.N, Digest: kv.SumOf(payload)})
	return err
}

// UndoAlertRule takes back what stands of what a rule, by its ID or name, did with some
// changes, and recalls what was not sent yet of them. One that was removed is named by its ID.
func (b *Book) UndoAlertRule(ctx context.Context, named string, changes []model.ID, by string) (
	back model.AlertTakenBack, err error,
) {
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		n := uint64(0)
		if rule, err := find(tx, named); err == nil {
			n = rule.N
		} else if id, idErr := model.ParseID(named); idErr == nil && id.Kind() == model.AlertRuleID {
			n = id.Number()
		} else {
			return err
		}
		var did tally
		for _, id := range changes {
			if id.Kind() != model.ChangeID || tx.Bucket(kv.BucketRow).Get(kv.Key(id.Number())) == nil {
				return fmt.Errorf("%w: there is no change %s", model.ErrNotFound, id)
			}
			steps, err := notes.TakeBack(tx, id.Number(), n, by)
			if err != nil {
				return err
			}
			did.addSteps(steps)
		}
		back.TakenBack = did.effects()
		back.Recalled, err = outbox.Unsent(tx, n, func(change uint64) bool {
			return slices.ContainsFunc(changes, func(id model.ID) bool { return id.Number() == change })
		}, true)
		return err
	})
	if err != nil {
		return back, fmt.Errorf("undoing what the rule did: %w", err)
	}
	return back, nil
}

// tally counts what is done, in the order in which it came first.
type tally struct {
	names []string
	count map[string]*model.AlertEffect
}

func (t *tally) of(action string) *model.AlertEffect {
	if t.count == nil {
		t.count = map[string]*model.AlertEffect{}
	}
	e := t.count[action]
	if e == nil {
		e = &model.AlertEffect{Action: action}
		t.count[action] = e
		t.names = append(t.names, action)
	}
	return e
}

func (t *tally) addSteps(list []recordrows.Annotation) {
	for i := range list {
		t.of(actionOf(&list[i])).Count++
	}
}

func (t *tally) effects() []model.AlertEffect {
	list := []model.AlertEffect{}
	for _, name := range t.names {
		list = append(list, *t.count[name])
	}
	return list
}

// actionOf is a step as its action is written.
func actionOf(a *recordrows.Annotation) string {
	if a.Action == string(model.Assigned) {
		return "assign " + a.Assignee
	}
	return strings.TrimSpace(a.Action + " " + a.Label)
}
