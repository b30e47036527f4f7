package views

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/notes"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

// readAnnotations reads the annotations of changes whose annotations differ, and adds these
// to the changes that may be shown otherwise.
func (l *listing) readAnnotations(tx *kv.Tx, again map[uint64]bool) error {
	b := tx.Bucket(kv.BucketAnnotation)
	if b == nil {
		return nil // one of laterBuckets
	}
	var of []kv.Pair // of one change
	seen := 0
	end := func() error {
		if len(of) == 0 {
			return nil
		}
		mark, n := uint64(0), kv.KeyNumber(of[0].Key)
		for _, p := range of {
			mark = mark*31 + kv.SealMark(p.Value)
		}
		was := l.annotated[n]
		if was == nil || was.mark != mark {
			list, err := recordrows.DecodeAnnotations(of)
			if err != nil {
				of = of[:0]
				return l.lose(tx, err, kv.BucketAnnotation, kv.Key(n))
			}
			was = annotatedBy(tx, list, mark)
			l.annotated[n], again[n] = was, true
		}
		was.step = l.steps
		of = of[:0]
		seen++
		return nil
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(of) > 0 && kv.KeyNumber(of[0].Key) != kv.KeyNumber(k) {
			if err := end(); err != nil {
				return err
			}
		}
		of = append(of, kv.Pair{Key: k, Value: v})
	}
	if err := end(); err != nil {
		return err
	}
	if seen != len(l.annotated) {
		return errRestart
	}
	return nil
}

func annotatedBy(tx *kv.Tx, list []recordrows.Annotation, mark uint64) *annotated {
	s := notes.Project(list)
	a := &annotated{mark: mark, assignee: s.Assignee, notes: len(s.Notes), marks: s.Marks(tx)}
	for _, n := range list {
		if n.Rule != 0 {
			n.Actor = "" // a rule is nobody
		}
		for _, name := range []string{n.Actor, n.Assignee} {
			if name != "" && !slices.Contains(a.people, name) {
				a.people = append(a.people, name)
			}
		}
	}
	return a
}

// markHead places a change by what rules made of it, as [model.MarkedByRules.Apply] shows it.
func markHead(h *rows.Head, marks *model.MarkedByRules, standings rows.Standings) {
	if !h.Material {
		return
	}
	for _, r := range marks.Raised {
		if rank := uint8(r.Severity.Rank()); rank > h.Severity {
			h.Severity, h.Score = rank, max(h.Score, int32(r.Severity.RaisedScore()))
		}
	}
	if marks.FoldedBy != "" && !standings.Raises(h.N) {
		h.Material = false
	}
}

// Tags lists the tags that changes have, each once and in order.
func (r *Reader) Tags(ctx context.Context) ([]string, error) {
	tags := map[string]bool{}
	err := r.listed(ctx, func(_ *kv.Tx, l *listing) error {
		for _, a := range l.annotated {
			for _, tag := range a.marks.Tags {
				tags[tag] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the tags: %w", err)
	}
	return slices.Sorted(maps.Keys(tags)), nil
}

// People lists the names of those who decided on a change last, wrote or read it as its
// second reader, noted something or were assigned to one, each once and in order.
func (r *Reader) People(ctx context.Context) ([]string, error) {
	names := map[string]bool{}
	err := r.listed(ctx, func(_ *kv.Tx, l *listing) error {
		for _, r := range l.reviews {
			names[r.review.Actor], names[r.review.Author] = true, true
			if s := r.review.Second; s != nil {
				names[s.Actor] = true
			}
		}
		for _, a := range l.annotated {
			for _, name := range a.people {
				names[name] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading who works on changes: %w", err)
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names)), nil
}
