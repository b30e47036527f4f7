package timeline

import (
	"math/rand"
	"reflect"
	"testing"

	"fineprint/store/text/similar"
)

// TestRememberedPrintIsThatOfTheChange: of a document that goes back and forth, in an
// order that no two go round in alike.
func TestRememberedPrintIsThatOfTheChange(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	s, _ := Step(State{}, archive(0, policy(1)))
	known := 0
	for hours := range 300 {
		text, before := policy(1+rng.Intn(4)), s
		var v Verdict
		if s, v = Step(s, archive(hours*7, text)); v.Change == nil {
			continue
		}
		want := similar.New(before.Text(), text, v.Change.Clauses)
		if !reflect.DeepEqual(v.Change.Fingerprint, want) {
			t.Fatalf("after %d hours: %+v, made anew %+v", hours*7, v.Change.Fingerprint, want)
		}
		for _, p := range before.prints {
			if p.of(before.Text(), text, v.Change.Clauses) {
				known++
			}
		}
	}
	if known < 50 || len(s.prints) > maxPrints {
		t.Errorf("%d were known, %d are kept", known, len(s.prints))
	}
}
