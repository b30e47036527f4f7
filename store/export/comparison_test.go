package export

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestWhatWasCountedByComparingIsOfPlatforms, and what somebody typed is of documents; none
// is a word, and nothing is called unique.
func TestWhatWasCountedByComparingIsOfPlatforms(t *testing.T) {
	for want, r := range map[string]model.Record{
		"Alike in other documents: 0 of 343, counted 2026-06-17":                            counted(0, ""),
		"Other platforms with a clause like this: 12 of 343, counted 2026-06-17":            counted(12, model.FromComparison),
		"Other platforms with a clause like this: none found among 343, counted 2026-06-17": counted(0, model.FromComparison),
	} {
		found := false
		for _, b := range PageOf(r).Badges {
			found = found || b.Label+": "+b.Value == want
		}
		if text := RecordMarkdown(r); !found || strings.Contains(strings.ToLower(text), "unique") {
			t.Errorf("%s: %+v", want, PageOf(r).Badges)
		}
	}
}

func counted(alike int, source string) model.Record {
	r := model.Record{Kind: model.ProvisionRecord, Authors: map[string]model.Authorship{"prevalence": {Source: source}}}
	r.Prevalence = &model.Prevalence{Alike: alike, Of: 343, At: "2026-06-17"}
	return r
}

// TestAHistoryBeginsWithTheFirstCapture, which is no addition, and says why the others are
// immaterial.
func TestAHistoryBeginsWithTheFirstCapture(t *testing.T) {
	for want, step := range map[string]model.ProvisionStep{
		"As first captured":                {Kind: model.Added},
		"Added":                            {Kind: model.Added, Material: true, Change: "FP-C-000003"},
		"Modified":                         {Kind: model.Modified, Material: true},
		"Modified, immaterial: whitespace": {Kind: model.Modified, Reason: model.ReasonWhitespace},
		"Modified, immaterial":             {Kind: model.Modified}, // of an older build
	} {
		if got := happened(step); got != want {
			t.Errorf("%+v: %s", step, got)
		}
	}
}
