package versions_test

import (
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestAnyTwoVersionsAreComparedAndNotJudged takes any two versions of a document side by side, and
// judges nothing there.
func TestAnyTwoVersionsAreComparedAndNotJudged(t *testing.T) {
	s := deskfixture.NewStore(t)
	_, err := s.Record(t.Context(), []model.Capture{{Platform: "Acme \x1b]0;owned\x07Social", Type: "Terms of Service",
		Text:       strings.NewReplacer("16 years", "13 years", "30 days", "90 days").Replace(deskfixture.OldTerms),
		CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC),
		Origin:     model.Provenance{Method: model.MethodWeb, URL: "https://acme.example/terms"}}})
	if err != nil {
		t.Fatal(err)
	}
	d := deskfixture.OpenTerminal(t, s, 100, 30)
	d.Sees("FP-C-000001")
	d.Press("/", "acme", "enter")
	d.Sees("/ acme", "2 shown")
	d.Press("V")
	d.Sees("Versions: Acme", "3 versions", "2026-03-09", "2026-03-02", "first", "web https://acme.example/terms",
		"SHA-256 of the text")
	d.Press("enter") // with the one before
	d.Sees("versions 2 and 3", "90")
	d.Press("3")
	d.Sees("Can't do that: read-only comparison")
	d.Press("q", " ")
	d.Sees("Version 3 selected")
	d.Press("j", "j", "enter")
	d.Sees("versions 1 and 3", "13", "90", "~2")
	d.Press("q", "q")
	d.Sees("by risk")
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || page.Total != 3 || page.Changes[0].Severity != "" {
		t.Errorf("%+v, %v", page, err)
	}
}
