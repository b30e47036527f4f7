package alert

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// texts are what changed in a change, clause by clause, without what folds by itself.
type texts struct {
	clauses  []model.ClauseChange
	old, new string
}

func readTexts(tx *kv.Tx, change uint64) (t texts, err error) {
	var row rows.Change
	if _, err = kv.GetRow(tx, kv.BucketRow, kv.Key(change), &row); err != nil {
		return t, err
	}
	if t.clauses, err = rows.Clauses(tx, change); err != nil {
		return t, err
	}
	if _, t.old, err = rows.VersionAndText(tx, row.Document, row.From.Seq); err != nil {
		return t, err
	}
	_, t.new, err = rows.VersionAndText(tx, row.Document, row.To.Seq)
	return t, err
}

// of returns the two sides of a clause change, "" for a missing one.
func (t *texts) of(c *model.ClauseChange) (old, new string) {
	if c.Old != nil && c.Old.End <= len(t.old) {
		old = t.old[c.Old.Start:c.Old.End]
	}
	if c.New != nil && c.New.End <= len(t.new) {
		new = t.new[c.New.Start:c.New.End]
	}
	return old, new
}

// maxWords is how much of the first changed words is told, in bytes.
const maxWords = 240

// Words returns the first words that a change added, else removed, of its first material
// clause, else of its first; in one line.
func Words(tx *kv.Tx, change uint64) (string, error) {
	t, err := readTexts(tx, change)
	if err != nil || len(t.clauses) == 0 {
		return "", err
	}
	at := max(0, slices.IndexFunc(t.clauses, func(c model.ClauseChange) bool { return c.Material }))
	old, new := t.of(&t.clauses[at])
	if old == "" || new == "" {
		return cut(clause.Visible(old + new)), nil
	}
	var added, removed strings.Builder
	for _, s := range redline.Compare(clause.Visible(old), clause.Visible(new)).Spans {
		switch s.Op {
		case model.Insert:
			added.WriteString(" " + s.Text)
		case model.Delete:
			removed.WriteString(" " + s.Text)
		case model.Equal:
		}
	}
	switch a, r := cut(added.String()), cut(removed.String()); {
	case a == "" && r == "":
		return cut(clause.Visible(new)), nil
	case a == "":
		return "removes: " + r, nil
	case r == "":
		return a, nil
	default:
		return cut(r) + " → " + a, nil
	}
}

// cut is the beginning of a text in one line, whole runes of it.
func cut(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if len(s) <= maxWords {
		return s
	}
	n := maxWords - len("…")
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return strings.TrimRight(s[:n], " ") + "…"
}

// nameOfSentence is what a sentence is named by in a rule.
func nameOfSentence(s string) []byte {
	sum := kv.SumOf([]byte(s))
	return sum[:8]
}

// guarded lists the clauses of a change, on either side, that are material and have a
// number, a negation or a modal, each once. ok is false when what changed is not known.
func guarded(tx *kv.Tx, change uint64) (list []string, ok bool, err error) {
	t, err := readTexts(tx, change)
	if err != nil || len(t.clauses) == 0 {
		return nil, false, err
	}
	for i := range t.clauses {
		c := &t.clauses[i]
		if !c.Material {
			continue
		}
		old, new := t.of(c)
		for _, side := range []string{new, old} {
			visible := strings.Join(strings.Fields(clause.Visible(side)), " ")
			if slices.ContainsFunc(redline.Tokens(visible), redline.Significant) && !slices.Contains(list, visible) {
				list = append(list, visible)
			}
		}
	}
	return list, true, nil
}

// ChangeWords returns the first words that changed of each of some changes.
func (b *Book) ChangeWords(ctx context.Context, changes []model.ID) (map[model.ID]string, error) {
	words := make(map[model.ID]string, len(changes))
	for part := range slices.Chunk(changes, batch) {
		err := b.db.View(ctx, func(tx *kv.Tx) error {
			for _, id := range part {
				var err error
				words[id], err = Words(tx, id.Number())
				if err != nil && !tx.Lost(err, kv.BucketChange, kv.Key(id.Number())) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading the changed words: %w", err)
		}
	}
	return words, nil
}

// Matching returns which of the changes a filter finds, as somebody's; texts are searched.
func (b *Book) Matching(ctx context.Context, q query.Query, actor string, items []model.QueueItem) (
	[]*model.QueueItem, error,
) {
	return b.matching(ctx, q, actor, pointers(items), nil)
}
