package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// edited is a text with a known edit: what clauses it had became, by their places.
type edited struct {
	text string
	to   map[int]int // clauses of the text before to those of this one
	kind map[int]string
}

// returned is the first text again; of the clauses that were deleted, every other one comes
// back with another word.
func (ed *edited) returned(before []string) []string {
	list := slices.Clone(before)
	for i := range before {
		words := strings.Fields(before[i])
		if _, ok := ed.to[i]; ok || i%2 == 0 || len(words) < 15 {
			continue
		}
		words[len(words)/2] = "otherwise"
		list[i], ed.kind[i] = strings.Join(words, " "), "returned edited"
	}
	return list
}

// edit records a text, one with known edits, and where a clause was deleted the first one
// again, and compares the IDs.
func (e *evaluation) edit(ctx context.Context) error {
	if len(e.texts) == 0 {
		return nil
	}
	text := e.texts[e.rng.IntN(len(e.texts))]
	before := paragraphs(text)
	if len(before) < 8 {
		return nil
	}
	ed := e.change(before)
	dir, err := os.MkdirTemp("", "identity")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := store.Create(filepath.Join(dir, "t.db"), store.Options{NoSync: true})
	if err != nil {
		return err
	}
	texts := []string{strings.Join(before, "\n\n") + "\n", ed.text, strings.Join(ed.returned(before), "\n\n") + "\n"}
	for i, text := range texts {
		c := model.Capture{
			Platform: "X", Type: "Terms", Text: text,
			CapturedAt: time.Date(2024, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC),
			Origin:     model.Provenance{Method: model.MethodFile},
		}
		if _, err := s.Record(ctx, []model.Capture{c}); err != nil {
			return err
		}
	}
	if _, err := s.Upkeep(ctx, store.UpkeepOptions{}); err != nil {
		return err
	}
	return e.judge(ctx, s, before, ed)
}

// judge compares the IDs of the first text's clauses with those of the second and third.
func (e *evaluation) judge(ctx context.Context, s *store.Store, before []string, ed edited) error {
	var lists [3][]model.VersionClause
	for i := range lists {
		var err error
		if _, lists[i], err = s.VersionClauses(ctx, "FP-D-00001", i+1); err != nil {
			return nil // a text that was taken for a bad capture
		}
	}
	if len(lists[0]) != len(before) {
		return nil // cut otherwise than by paragraphs
	}
	for i := range before {
		j, ok := ed.to[i]
		if !ok {
			if i < len(lists[2]) && len(lists[2]) == len(lists[0]) {
				kind := "restored"
				if ed.kind[i] == "returned edited" {
					kind = ed.kind[i]
				}
				e.known(kind, lists[0][i], lists[2][i])
			}
			continue
		}
		if j < len(lists[1]) {
			e.known(ed.kind[i], lists[0][i], lists[1][j])
		}
	}
	return nil
}

func (e *evaluation) known(kind string, a, b model.VersionClause) {
	kept := a.Provision == b.Provision && a.Provision != ""
	of(e.truth, kind).add(kept)
	if !kept && len(e.misses) < 40 {
		e.misses = append(e.misses, fmt.Sprintf("known, %s: %.100q is %.100q", kind, a.Text, b.Text))
	}
}

// paragraphs cuts a text into its clauses where each is one and no two are alike.
func paragraphs(text string) (list []string) {
	d := clause.Split(text)
	seen := map[string]bool{}
	for i := range d.Clauses {
		words := d.Words(i)
		if d.Clauses[i].Kind != clause.Paragraph || strings.Contains(words, "\n") || len(strings.Fields(words)) < 8 ||
			seen[words] {
			continue
		}
		seen[words] = true
		list = append(list, words)
	}
	return list
}

// change makes three known edits of different kinds at different places.
func (e *evaluation) change(before []string) edited {
	type piece struct {
		text string
		from int // None for an added one
	}
	pieces := make([]piece, len(before))
	kind := map[int]string{}
	for i, p := range before {
		pieces[i], kind[i] = piece{p, i}, "untouched"
	}
	at := func() int { // a place that no edit was made at
		for {
			if i := e.rng.IntN(len(pieces)); pieces[i].from >= 0 && kind[pieces[i].from] == "untouched" {
				return i
			}
		}
	}
	for range 3 {
		i := at()
		p := pieces[i]
		words := strings.Fields(p.text)
		switch e.rng.IntN(6) {
		case 0:
			kind[p.from] = "modified"
			k := e.rng.IntN(len(words))
			words = append(words[:k:k], append([]string{"and", "its", "affiliates"},
				words[min(k+2, len(words)):]...)...)
			pieces[i].text = strings.Join(words, " ")
		case 1:
			kind[p.from] = "moved"
			pieces = append(pieces[:i:i], pieces[i+1:]...)
			k := e.rng.IntN(len(pieces) + 1)
			pieces = append(pieces[:k:k], append([]piece{p}, pieces[k:]...)...)
		case 2:
			kind[p.from] = "renumbered"
			pieces[i].text = fmt.Sprintf("%d.%d ", 1+e.rng.IntN(9), 1+e.rng.IntN(9)) + clause.Unnumbered(p.text)
		case 3:
			if len(words) < 16 {
				continue
			}
			kind[p.from] = "split"
			k := len(words) * 2 / 3
			pieces[i].text = strings.Join(words[:k], " ")
			rest := piece{strings.Join(words[k:], " "), -1}
			pieces = append(pieces[:i+1:i+1], append([]piece{rest}, pieces[i+1:]...)...)
		case 4:
			kind[p.from] = "deleted"
			pieces = append(pieces[:i:i], pieces[i+1:]...)
		default:
			pieces = append(pieces[:i:i], append([]piece{{"This paragraph was added on a whim by whoever edits.", -1}},
				pieces[i:]...)...)
		}
	}
	ed := edited{to: map[int]int{}, kind: kind}
	var texts []string
	for j, p := range pieces {
		texts = append(texts, p.text)
		if p.from >= 0 {
			ed.to[p.from] = j
		}
	}
	ed.text = strings.Join(texts, "\n\n") + "\n"
	return ed
}
