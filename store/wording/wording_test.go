package wording

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

// TestStandingTextsChangeWithTheirVersion: a text is in records under its version, which
// names one text only.
func TestStandingTextsChangeWithTheirVersion(t *testing.T) {
	for name, text := range map[string]string{
		fmt.Sprint("methodology ", MethodologyVersion): Methodology,
		fmt.Sprint("disclaimer ", DisclaimerVersion):   Disclaimer + Caution,
	} {
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16]
		want := map[string]string{"methodology 3": "4042100dc5d84781", "disclaimer 1": "ae25d9d4fd7a2daf"}[name]
		if sum != want {
			t.Errorf("the text of %s has the SHA-256 %s…, was %s…: a new wording is a new version", name, sum, want)
		}
	}
	if !strings.Contains(Methodology, fmt.Sprintf("version %d.", MethodologyVersion)) {
		t.Error("the methodology names another version")
	}
}

func record() model.Record {
	at := time.Date(2026, 5, 10, 2, 17, 0, 0, time.UTC)
	r := model.Record{ID: "FP-R-000007", Revision: 2, Kind: model.ProvisionRecord,
		Platform: model.Platform{Name: "Example Corp"}, Type: "Terms of Service", Author: "ben", ApprovedBy: "ada",
		ApprovedAt: at.AddDate(0, 0, 1),
		To:         model.Evidence{Seq: 3, CapturedAt: at, SourceURL: "https://example.com/terms", TextSHA256: "ab12"},
		Provisions: []model.Provision{{ID: "FP-P-000004", Seq: 3}, {ID: "FP-P-000005", Seq: 3}}}
	r.Title, r.WhatItIs = "Model training licence", "Inputs may be used for training."
	r.Actions = []model.ReaderAction{{Text: "Switch it off in the settings."}, {Text: "Write to them",
		Contact: "privacy@example.com"}}
	r.Stability = &model.Stability{FirstSeen: model.VersionRef{CapturedAt: at}, LastSeen: model.VersionRef{CapturedAt: at},
		Versions: 4, Changes: 1}
	return r
}

func TestCitationNamesTheClauseAndTheCapture(t *testing.T) {
	r := record()
	want := "Example Corp, “Terms of Service”, “Model training licence” (FP-P-000004, FP-P-000005), version 3 as captured " +
		"on 2026-05-10T02:17:00Z, https://example.com/terms. Text SHA-256 ab12. Fineprint record FP-R-000007, revision 2, " +
		"judged by ben, approved by ada on 2026-05-11."
	if got := Citation(r); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r.ApprovedAt = time.Time{}
	if got := Citation(r); !strings.HasSuffix(got, "Fineprint preview, not approved.") {
		t.Errorf("a draft is cited as %s", got)
	}
	r.Provisions[0].Seq, r.Provisions[1].Seq = 2, 2
	r.From = model.Evidence{Seq: 2, CapturedAt: r.To.CapturedAt.AddDate(0, 0, -5)}
	if got := Citation(r); !strings.Contains(got, "version 2 as captured on 2026-05-05") {
		t.Errorf("a removed clause is cited as %s", got)
	}
}

func TestQuestionsAreOfWhatIsWritten(t *testing.T) {
	if got := Questions(model.Record{Platform: model.Platform{Name: "Example Corp"}}); len(got) != 0 {
		t.Errorf("of nothing: %+v", got)
	}
	var got []string
	for _, q := range Questions(record()) {
		got = append(got, q.Question+" "+q.Answer)
	}
	text := strings.Join(got, "\n")
	for _, want := range []string{"What does Example Corp's Terms of Service say here? Inputs may be used for training.",
		"Switch it off in the settings. Write to them (privacy@example.com). " + Caution,
		"changed once in the 4 versions", "Example Corp has no part in it."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Why does it matter") {
		t.Error("asked what has no answer")
	}
}

func TestStabilityHasWords(t *testing.T) {
	from := time.Date(2020, 1, 31, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		months, changes int
		want            string
		a               float64 // year
	}{
		{0, 0, "new", 0}, {5, 4, "new", 8}, {6, 0, "stable", 0}, {48, 1, "stable", 0.25}, {24, 2, "occasionally changed", 1},
		{24, 1, "occasionally changed", 0.5}, {25, 1, "stable", 0.48}, {24, 3, "frequently changed", 1.5},
		{7, 1, "occasionally changed", 1.71},
	} {
		got := Stability(c.changes, from, from.AddDate(0, c.months, 0))
		if got.Label != c.want || got.ChangesYear != c.a || got.Version != StabilityVersion {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	if !strings.HasPrefix(StabilityFormula, fmt.Sprintf("Version %d:", StabilityVersion)) {
		t.Error("the formula has another version than it says")
	}
	if n := MonthsBegun(from, from.AddDate(0, 0, 40)); n != 2 {
		t.Errorf("40 days are %d months", n)
	}
}
