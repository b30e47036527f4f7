package archive

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fineprint/store/detect"
	"fineprint/store/detect/place"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// placeRules reads the analyst's rules of a document as detection takes them.
func placeRules(tx *kv.Tx, document uint64) ([]detect.PlaceRule, error) {
	stored, err := rows.PlaceRules(tx, document)
	if err != nil {
		return nil, err
	}
	var list []detect.PlaceRule
	for _, r := range stored {
		list = append(list, detectRule(tx, r))
	}
	return list, nil
}

func detectRule(tx *kv.Tx, r rows.NumberedRule) detect.PlaceRule {
	return detect.PlaceRule{ID: tx.ID(model.RuleID, r.N), Place: r.Row.Place, Keep: r.Row.Rule == string(model.RuleKeep),
		Sentences: r.Row.Sentences, Author: r.Row.Author}
}

// PlaceRules lists the analyst's rules, the oldest first.
func (r *Recorder) PlaceRules(ctx context.Context) ([]model.PlaceRule, error) {
	list := []model.PlaceRule{}
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		stored, err := rows.PlaceRules(tx, 0)
		if err != nil {
			return err
		}
		for i := range stored {
			rule, err := stored[i].Row.ToModel(tx, stored[i].N)
			if err != nil && !tx.Lost(err, kv.BucketRule, kv.Key(stored[i].N)) {
				return err
			}
			list = append(list, rule)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the rules: %w", err)
	}
	return list, nil
}

// PreviewPlaceRule tells what a rule would do to the whole history of its document,
// and changes nothing. The error wraps ErrNotFound or ErrInvalid.
func (r *Recorder) PreviewPlaceRule(ctx context.Context, q model.PlaceRuleRequest) (p model.RulePreview, err error) {
	snapshot, remove, err := r.db.Snapshot(ctx)
	if err != nil {
		return p, fmt.Errorf("trying the rule on %s: %w", q.Change, err)
	}
	defer remove()
	err = snapshot.View(ctx, func(tx *kv.Tx) error {
		rule, err := newPlaceRule(tx, q)
		if err != nil {
			return err
		}
		p, err = r.tryRule(tx, rule, true)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("trying the rule on %s: %w", q.Change, err)
	}
	return p, nil
}

// AddPlaceRule makes a rule for the place of a clause change and judges its document
// by it, in one transaction with an entry in the journal. What was decided stays as
// it was decided. The error wraps ErrNotFound or ErrInvalid.
func (r *Recorder) AddPlaceRule(ctx context.Context, q model.PlaceRuleRequest) (p model.RulePreview, err error) {
	err = r.change(ctx, func(tx *kv.Tx) (uint64, error) {
		rule, err := newPlaceRule(tx, q)
		if err != nil {
			return 0, err
		}
		if rule.N, err = kv.NextNumber(tx, kv.BucketRule); err != nil {
			return 0, err
		}
		if err := noteRule(tx, journal.KindRuleAdded, rule); err != nil {
			return 0, err
		}
		if err := kv.InsertRow(tx, kv.BucketRule, kv.Key(rule.N), rule.Row); err != nil {
			return 0, err
		}
		p, err = r.tryRule(tx, rule, false)
		return rule.Row.Document, err
	})
	if err != nil {
		return p, fmt.Errorf("making the rule on %s: %w", q.Change, err)
	}
	return p, nil
}

// RemovePlaceRule takes a rule back: its document is judged as if it had never been
// there. The error wraps ErrNotFound.
func (r *Recorder) RemovePlaceRule(ctx context.Context, id model.ID) (p model.RulePreview, err error) {
	err = r.change(ctx, func(tx *kv.Tx) (uint64, error) {
		rule := rows.NumberedRule{N: id.Number()}
		found := false
		if tx.Bucket(kv.BucketRule) != nil && id == tx.ID(model.RuleID, rule.N) {
			if found, err = kv.GetRow(tx, kv.BucketRule, kv.Key(rule.N), &rule.Row); err != nil {
				return 0, err
			}
		}
		if !found {
			return 0, fmt.Errorf("%w: there is no rule %s; `fineprint rules list` shows them", model.ErrNotFound, id)
		}
		if err := noteRule(tx, journal.KindRuleRemoved, rule); err != nil {
			return 0, err
		}
		if err := tx.Bucket(kv.BucketRule).Delete(kv.Key(rule.N)); err != nil {
			return 0, err
		}
		if p.Rule, err = rule.Row.ToModel(tx, rule.N); err != nil {
			return 0, err
		}
		one, err := r.redetect(tx, rule.Row.Document, nil, false)
		p.Changes, p.Sentences = one.effects, []string{}
		return rule.Row.Document, err
	})
	if err != nil {
		return p, fmt.Errorf("removing the rule: %w", err)
	}
	return p, nil
}

// change runs a transaction after which what is cached of a document is forgotten.
func (r *Recorder) change(ctx context.Context, run func(tx *kv.Tx) (document uint64, err error)) error {
	r.cacheMu.Lock()
	defer r.cacheMu.Unlock()
	return r.db.Update(ctx, func(tx *kv.Tx) error {
		n, err := run(tx)
		delete(r.cache, n)
		return err
	})
}

func noteRule(tx *kv.Tx, kind journal.Kind, rule rows.NumberedRule) error {
	payload, err := kv.Encode(rule.Row)
	if err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: kind,
		Object: rule.Row.Document, Part: rule.N, Digest: kv.SumOf(payload)})
	return err
}

// newPlaceRule finds the place of a clause change.
func newPlaceRule(tx *kv.Tx, q model.PlaceRuleRequest) (rule rows.NumberedRule, err error) {
	if q.Rule != model.RuleFold && q.Rule != model.RuleKeep {
		return rule, fmt.Errorf("%w: a rule folds or keeps, not %q", model.ErrInvalid, q.Rule)
	}
	n, err := rows.ChangeNumber(tx, q.Change)
	if err != nil {
		return rule, err
	}
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return rule, err
	}
	at, err := placeOf(tx, n, row, q.Clause)
	rule.Row = rows.PlaceRule{Rule: string(q.Rule), Document: row.Document, Place: at, Sentences: q.Sentences,
		Change: n, Clause: q.Clause, Author: tx.Actor(), At: tx.Now().UTC().UnixNano()}
	return rule, err
}

func placeOf(tx *kv.Tx, n uint64, row rows.Change, number int) (at place.Place, err error) {
	clauses, err := rows.Clauses(tx, n)
	if err != nil {
		return at, err
	}
	if number < 1 || number > len(clauses) {
		return at, fmt.Errorf("%w: %s has %d clause changes, there is no number %d", model.ErrInvalid,
			tx.ID(model.ChangeID, n), len(clauses), number)
	}
	_, old, err := rows.VersionAndText(tx, row.Document, row.From.Seq)
	if err != nil {
		return at, err
	}
	_, new, err := rows.VersionAndText(tx, row.Document, row.To.Seq)
	if err != nil {
		return at, err
	}
	at, ok := detect.PlaceOf(old, new, clauses[number-1])
	if !ok {
		return at, fmt.Errorf("%w: clause %d of %s has no place that can be found again", model.ErrInvalid, number,
			tx.ID(model.ChangeID, n))
	}
	return at, nil
}

// tryRule judges a rule's document with it, and tells what that changes.
func (r *Recorder) tryRule(tx *kv.Tx, rule rows.NumberedRule, dry bool) (p model.RulePreview, err error) {
	if p.Rule, err = rule.Row.ToModel(tx, rule.N); err != nil {
		return p, err
	}
	if rule.N == 0 {
		p.Rule.ID = ""
	}
	candidate := detectRule(tx, rule)
	var extra []detect.PlaceRule
	if dry {
		extra = []detect.PlaceRule{candidate}
	}
	one, err := r.redetect(tx, rule.Row.Document, extra, dry)
	if err != nil {
		return p, err
	}
	p.Changes = one.effects
	p.Clauses, p.Sentences, err = atPlace(tx, one, &candidate.Place)
	return p, err
}

// atPlace counts the clause changes of a document that are at a place, and lists the
// sentences among them that turn on a number, a negation or a modal.
func atPlace(tx *kv.Tx, one *redetection, at *place.Place) (n int, sentences []string, err error) {
	sentences = []string{}
	numbers := slices.Clone(one.numbers)
	smallsort.By(numbers, func(a, b uint64) int { return cmp.Compare(b, a) })
	for _, number := range numbers {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(number), &row); err != nil {
			return n, sentences, err
		}
		_, old, err := rows.VersionAndText(tx, one.n, row.From.Seq)
		if err != nil {
			return n, sentences, err
		}
		_, new, err := rows.VersionAndText(tx, one.n, row.To.Seq)
		if err != nil {
			return n, sentences, err
		}
		places, ok := detect.ComparePlaces(old, new)
		for i := 0; ok && i < places.Len(); i++ {
			if !places.Holds(i, at) {
				continue
			}
			n++
			if words := places.Sentence(i); words != "" && len(sentences) < maxNamedSentences &&
				!slices.Contains(sentences, words) {
				sentences = append(sentences, words)
			}
		}
	}
	return n, sentences, nil
}

// maxNamedSentences is how many sentences a preview names.
const maxNamedSentences = 50

// redetect judges one document again, by its rules and some more.
func (r *Recorder) redetect(tx *kv.Tx, document uint64, extra []detect.PlaceRule, dry bool) (*redetection, error) {
	heads, err := rows.Heads(tx)
	if err != nil {
		return nil, err
	}
	from, err := newArchives(tx)
	if err != nil {
		return nil, err
	}
	one := &redetection{n: document, dry: dry, end: from.end(document), extra: extra, effects: []model.RuleEffect{}}
	for i := range heads {
		if heads[i].Document == document {
			one.numbers = append(one.numbers, heads[i].N)
		}
	}
	return one, one.document(tx)
}
