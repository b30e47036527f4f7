package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// longName is the platform of the one document of 290 KB.
const longName = "Zephyr"

const perDocument = 100 // changes

// makeDatabase makes one with so many small pending changes, and a long one.
func makeDatabase(ctx context.Context, path string, pending int) error {
	s, err := store.Create(path, store.Options{Actor: "latency-probe", NoSync: true})
	if err != nil {
		return err
	}
	var batch []model.Capture
	for doc := 0; doc*perDocument < pending; doc++ {
		for seq := range min(perDocument, pending-doc*perDocument) + 1 {
			batch = append(batch, capture(fmt.Sprintf("Platform %d", doc/10), fmt.Sprintf("Policy %d", doc%10), seq,
				fmt.Sprintf("# Terms\n\nWe keep what you post for %d days.\n\nYou must be at least %d years old.\n",
					seq, doc%20)))
		}
		if len(batch) > 5000 {
			if _, err := s.Record(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	for seq := range 2 {
		batch = append(batch, capture(longName, "Privacy Policy", seq, longText(seq)))
	}
	_, err = s.Record(ctx, batch)
	return err
}

func capture(platform, kind string, seq int, text string) model.Capture {
	return model.Capture{Platform: platform, Type: kind, Text: text, Raw: []byte(text), MediaType: "text/markdown",
		CapturedAt: time.Date(2026, 1, 1, seq, 0, 0, 0, time.UTC),
		Origin:     model.Provenance{Method: model.MethodWeb, URL: "https://example.com/terms"}}
}

// changes picks what is measured on: the longest document's change among those at the
// top of the queue and the made one, and as many others from its end.
func changes(path string, others int) (long string, ids []string, err error) {
	ctx := context.Background()
	s, err := store.Open(path, store.Options{})
	if err != nil {
		return "", nil, err
	}
	page, err := s.Queue(ctx, model.QueueFilter{})
	if err != nil {
		return "", nil, err
	}
	longest := -1
	for i, q := range page.Changes {
		if i >= 100 && q.PlatformName != longName {
			continue
		}
		text, err := s.Text(ctx, q.Document, q.To.Seq)
		if err != nil {
			return "", nil, err
		}
		if len(text) > longest {
			long, longest = string(q.ID), len(text)
		}
	}
	for _, q := range page.Changes[max(0, len(page.Changes)-others):] {
		ids = append(ids, string(q.ID))
	}
	fmt.Printf("%-34s %d pending; %s leads to a text of %d bytes\n", "database", page.Total, long, longest)
	return long, ids, nil
}

// longText is a document of 290 KB in one of two versions, every tenth paragraph
// different.
func longText(seq int) string {
	var b strings.Builder
	for i := 0; b.Len() < 290_000; i++ {
		if i%20 == 0 {
			fmt.Fprintf(&b, "## %d. What applies\n\n", i/20+1)
		}
		days := i
		if i%10 == 0 {
			days += seq
		}
		sentence := fmt.Sprintf("We keep item %d of what you post for %d days, and you may not share it with anybody else. ",
			i, days)
		b.WriteString(strings.TrimSpace(strings.Repeat(sentence, 1+i%9)) + "\n\n")
	}
	return b.String()
}
