package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fineprint/store/insight/index"
	"fineprint/store/journal"
	"fineprint/store/kv"
)

// point is a clause that was quoted, and what it is a case of.
type point struct {
	Case  string `json:"case"`
	Quote string `json:"quote"`
}

// samePoints indexes quotes, each as a document of its own, and counts how often the one
// most like another is of the same case.
func samePoints(ctx context.Context, path string, out io.Writer) error {
	points, err := readPoints(path)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "searchbench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	db, err := kv.Create(filepath.Join(dir, "points.db"), kv.Options{NoSync: true}, journal.Begin)
	if err != nil {
		return err
	}
	err = db.Update(ctx, func(tx *kv.Tx) error {
		var documents []*index.Document
		for i, p := range points {
			d, err := index.Begin(tx, uint64(i+1), false)
			if err != nil {
				return err
			}
			d.Add(index.Text{Seq: 1, At: 1, Clauses: []int{0}, Numbers: []uint64{uint64(i + 1)},
				Worded: []index.Worded{{Words: p.Quote}}})
			d.End()
			if err := d.Put(tx); err != nil {
				return err
			}
			documents = append(documents, d)
		}
		return index.Finish(tx, documents)
	})
	if err != nil {
		return err
	}
	reader, same, asked := index.NewReader(), 0, 0
	scope := index.Scope{Group: func(document uint64) string { return fmt.Sprint(document) }}
	err = db.View(ctx, func(tx *kv.Tx) error {
		for i, p := range points {
			own := func(document uint64) bool { return document == uint64(i+1) }
			found, err := reader.Similar(ctx, tx, p.Quote, scope, 0, own, nil)
			if err != nil {
				return err
			}
			if asked++; len(found) > 0 && points[found[0].Document-1].Case == p.Case {
				same++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "of %d quotes, the most alike of the others is of the same case for %d: %.1f %%\n",
		asked, same, 100*float64(same)/float64(asked))
	return err
}

func readPoints(path string) (list []point, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p point
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, lines.Err()
}
