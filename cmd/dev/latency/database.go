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
