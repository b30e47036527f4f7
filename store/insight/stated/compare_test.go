package stated_test

import (
	"testing"
	"time"

	"fineprint/store/insight/stated"
	"fineprint/store/model"
)

// TestCompare tells what became of the dates of two texts.
func TestCompare(t *testing.T) {
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"Last updated May 1, 2026", "Last updated May 1, 2026", "stayed"},
		{"Last updated May 1, 2026", "Last updated May 2, 2026", "moved updated 2026-05-01 updated 2026-05-02"},
		{"Last updated May 1, 2026", "", "disappeared updated 2026-05-01"},
		{"", "Last updated May 1, 2026", "appeared updated 2026-05-01"},
		{"Effective May 1, 2026", "Last updated May 1, 2026", "moved effective 2026-05-01 updated 2026-05-01"},
		{"Effective May 1, 2026", "Effective July 1, 2026",
			"moved effective 2026-05-01 effective 2026-07-01 from effective 2026-07-01 announced"},
		{"Effective July 1, 2026", "Effective July 1, 2026", "stayed from effective 2026-07-01 announced"},
		{"Effective May 1, 2026", "Effective May 1, 2026", "stayed"},
		{"", "Effective May 3, 2026", "appeared effective 2026-05-03 from effective 2026-05-03"},
		{"Last updated May 1, 2026",
			"Last updated May 1, 2026\n\nStarting July 1, 2026, each plan costs two euros more in every country we serve.",
			"stayed from applies 2026-07-01 announced"},
		{"Last updated 1/5/2026", "Last updated 1/5/2026", "stayed"},
	} {
		got := ""
		if d := stated.Compare(stated.Find(c.old, at), stated.Find(c.new, at), at); d != nil {
			got = string(d.How)
			for _, day := range []*model.StatedDate{d.From, d.To} {
				if day != nil {
					got += " " + string(day.Kind) + " " + day.String()
				}
			}
			if d.Effective != nil {
				got += " from " + string(d.Effective.Kind) + " " + d.Effective.String()
			}
			if d.Announced {
				got += " announced"
			}
			if d.Undated() != (d.How == model.StatedStayed) || d.Coming(at) != d.Announced {
				t.Errorf("%q: undated %v, coming %v", got, d.Undated(), d.Coming(at))
			}
		}
		if got != c.want {
			t.Errorf("%q → %q: %q, want %q", c.old, c.new, got, c.want)
		}
	}
}

// TestReadPartByPart holds that a text read part by part has the dates of the whole.
func TestReadPartByPart(t *testing.T) {
	text := "Terms\n=====\n\nLast update\n-----------\n\n5/6/2026\n\nEffective\n\n" + filler +
		"Effective 13/7/2026 in all countries\n\nStand\nof things\n\n1 May 2026\n\nVersion\n\nMay 4, 2026\n"
	want := shortly(stated.Find(text, captured))
	for size := 1; size < 12; size++ {
		var parts []stated.Placed
		for from := 0; from < len(text); {
			to := from
			for range size {
				for to < len(text) && text[to] != '\n' {
					to++
				}
				to = min(to+1, len(text))
			}
			p := stated.Read(text[from:to])
			parts = append(parts, stated.Placed{Part: &p, At: from})
			from = to
		}
		list := stated.Dates(parts, captured, func() string { return text })
		if got := shortly(list); got != want {
			t.Errorf("%d lines at a time: %q, want %q", size, got, want)
		}
		for i, d := range stated.Find(text, captured) {
			if list[i] != d {
				t.Errorf("%d lines at a time: %v, want %v", size, list[i], d)
			}
		}
	}
	t.Log(want)
}
