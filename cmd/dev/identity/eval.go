package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// evalCase is a real document with known edits.
type evalCase struct {
	ID, Before, After string
	Truth             []struct{ Kind, Old, New string }
}

// evaluate counts, for the documents of a file of known edits, which clauses keep their ID: by
// the kind of the edit that a clause's words are in, untouched where they are in none and are in
// both texts once.
func evaluate(ctx context.Context, file string, out io.Writer) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	e := &evaluation{truth: map[string]*share{}}
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 16<<20)
	skipped := 0
	for lines.Scan() {
		var c evalCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return err
		}
		judged, err := e.evalCase(ctx, &c)
		if err != nil {
			return err
		}
		if !judged {
			skipped++
		}
	}
	for kind, s := range e.truth {
		if _, err := fmt.Fprintf(out, "    %-18s %s\n", kind, s); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "    %d skipped\n", skipped)
	for _, m := range e.misses {
		_, _ = fmt.Fprintf(out, "  miss: %s\n", m)
	}
	return err
}

// evalCase records both texts of a case and compares the IDs.
func (e *evaluation) evalCase(ctx context.Context, c *evalCase) (judged bool, err error) {
	dir, err := os.MkdirTemp("", "identity")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := store.Create(filepath.Join(dir, "t.db"), store.Options{NoSync: true})
	if err != nil {
		return false, err
	}
	var lists [2]map[string][]model.VersionClause
	for i, text := range []string{c.Before, c.After} {
		capture := model.Capture{Platform: "X", Type: "Terms", Text: text,
			CapturedAt: time.Date(2024, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC),
			Origin:     model.Provenance{Method: model.MethodFile}}
		if _, err := s.Record(ctx, []model.Capture{capture}); err != nil {
			return false, err
		}
	}
	if _, err := s.Upkeep(ctx, store.UpkeepOptions{}); err != nil {
		return false, err
	}
	for i := range lists {
		_, clauses, err := s.VersionClauses(ctx, "FP-D-00001", i+1)
		if err != nil {
			return false, nil // a text that was taken for a bad capture
		}
		lists[i] = map[string][]model.VersionClause{}
		for _, v := range clauses {
			words := clause.Visible(v.Text)
			lists[i][words] = append(lists[i][words], v)
		}
	}
	e.evalEdits(c, lists)
	return true, nil
}

// evalEdits judges clauses whose words are in their text once.
func (e *evaluation) evalEdits(c *evalCase, lists [2]map[string][]model.VersionClause) {
	edited := map[string]bool{}
	for _, t := range c.Truth {
		was, is := clause.Visible(t.Old), clause.Visible(t.New)
		edited[was], edited[is] = true, true
		if a, b := lists[0][was], lists[1][is]; t.Old != "" && t.New != "" && len(a) == 1 && len(b) == 1 {
			e.known(t.Kind, a[0], b[0])
		}
	}
	for words, a := range lists[0] {
		if b := lists[1][words]; !edited[words] && len(a) == 1 && len(b) == 1 {
			e.known("untouched", a[0], b[0])
		}
	}
}
