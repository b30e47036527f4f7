package main

import (
	"bytes"
	"strings"
	"testing"

	"fineprint/store/model"
)

// printQueue prints a page with the changes that it has.
func printQueue(t *testing.T, a *cli, page model.QueuePage) {
	t.Helper()
	changes := func(yield func(model.QueueItem, error) bool) {
		for _, q := range page.Changes {
			if !yield(q, nil) {
				return
			}
		}
	}
	if err := a.printQueue(page, changes, changes); err != nil {
		t.Error(err)
	}
}

func TestQueueNamesItsParts(t *testing.T) {
	noise := model.QueueItem{ID: "FP-C-000002", PlatformName: "Quill", Type: "Terms", Material: true, ProbablyNoise: true,
		State: model.Pending, Suggested: model.Suggestion{Severity: model.Low, Probability: 0.04,
			Evidence: []string{"few words in each place", "the document changes 9 times a month"}}}
	first, back, folded := noise, noise, noise
	first.ID, first.ProbablyNoise, first.Suggested.Probability = "FP-C-000001", false, 0.97
	back.ID, back.ProbablyNoise, back.TakenBackAtOnce = "FP-C-000003", false, true
	folded.ID, folded.ProbablyNoise, folded.Material, folded.Reason = "FP-C-000004", false, false, model.ReasonLink
	page := model.QueuePage{Total: 40, ProbablyNoise: 12, TakenBackAtOnce: 3,
		Changes: []model.QueueItem{first, noise, back, folded}}
	for _, plain := range []bool{true, false} {
		var out bytes.Buffer
		printQueue(t, &cli{out: &out, plain: plain}, page)
		got := out.String()
		at := 0
		for _, want := range []string{"FP-C-000001", "\nProbably noise (12):\nFP-C-000002",
			"few words in each place, the document changes 9 times a month", "\nTaken back at once (3):\nFP-C-000003",
			"\nFolded:\nFP-C-000004", "\n4 of 40 shown; 12 probably noise; 3 taken back at once.\n"} {
			i := strings.Index(got[at:], want)
			if i < 0 {
				t.Errorf("plain %v: %q is missing or in another place:\n%s", plain, want, got)
				continue
			}
			at += i
		}
		if strings.Count(got, "few words") != 1 {
			t.Errorf("plain %v: what is no noise is explained as such:\n%s", plain, got)
		}
	}
	var out bytes.Buffer
	page.ProbablyNoise, page.TakenBackAtOnce, page.Total = 0, 0, 2
	page.Changes = []model.QueueItem{first, folded}
	printQueue(t, &cli{out: &out}, page)
	if got := out.String(); strings.Contains(got, "Folded:") || !strings.HasSuffix(got, "2 in all.\n") {
		t.Errorf("where nothing stands apart:\n%s", got)
	}
}

func TestShowSaysHowLikelyAChangeIsMaterial(t *testing.T) {
	q := model.QueueItem{Material: true, Suggested: model.Suggestion{Probability: 0.968,
		Evidence: []string{"whole passages changed", "much was removed"}}}
	if got := likelihood(q); got != "likely material: 97 %: whole passages changed; much was removed" {
		t.Error(got)
	}
	q.ProbablyNoise, q.Suggested.Probability = true, 0.04
	if got := likelihood(q); got != "probably noise: 4 % likely material: whole passages changed; much was removed" {
		t.Error(got)
	}
	q.Material = false
	if got := likelihood(q) + likelihood(model.QueueItem{Material: true}); got != "" {
		t.Errorf("of a folded one, or one of an older build: %q", got)
	}
}
