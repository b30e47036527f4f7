package lookup

import (
	"strings"
	"testing"
)

const (
	licenceA = "For what you upload you grant us a royalty free, perpetual, irrevocable and sublicensable licence to show it, to " +
		"copy it and to make derivative works of it wherever we like and for as long as we like."
	licenceB = "Whatever you publish here stays yours, yet we may use it: the licence is perpetual, irrevocable, royalty free and " +
		"one that we may sublicense to partners, who may print it, sing it or make derivative works."
	agreementA = "Should talking fail, each dispute between you and us will be finally resolved by binding arbitration before one " +
		"person whom both sides name within thirty days of the notice."
	agreementB = "After those weeks are over either side may initiate binding individual arbitration, which takes the place of a " +
		"court and a jury in all that has to do with the service or with these rules."
	arbitrationFees = "The arbitrator and the association that sends the arbitrator are paid by the side that asked for the " +
		"arbitration, with the exception of what the schedule of the association puts on the other."
	trainingYes = "We use your posts as training data and may train models with them, together with what is known of you from your " +
		"profile, your messages and the pages that you look at."
	trainingNo = "We do not use your messages as training data, we will never train models with them, and what is known of you from " +
		"your profile and the pages that you look at stays apart."
	cookies = "We use cookies, pixels and web beacons, which are small files on your machine, in order to know you again when you " +
		"come back and to count how many people look at each of our pages."
)

// TestLikeByTypeIsWhatSaysTheSame, and nothing else of the same type.
func TestLikeByTypeIsWhatSaysTheSame(t *testing.T) {
	long := strings.Repeat("The mill by the river grinds what the farmers of the valley bring on their carts in autumn. ", 12)
	for name, c := range map[string]struct {
		kind, a, b string
		score      float64
		want       bool
	}{
		"many words in common that tell the type": {"user_content_licence", licenceA, licenceB, TypeThreshold, true},
		"one is a title":                    {"user_content_licence", licenceA, "A perpetual, irrevocable, royalty free licence", 0.4, false},
		"one is far longer":                 {"user_content_licence", licenceA, licenceB + long, 0.4, false},
		"both send disputes to arbitration": {"arbitration", agreementA, agreementB, TypeThreshold, true},
		"one is about a part of it":         {"arbitration", agreementA, arbitrationFees, 0.34, false},
		"one turns it the other way":        {"model_training_licence", trainingYes, trainingNo, 0.44, false},
		"both the same way":                 {"model_training_licence", trainingYes, trainingYes + " Yes.", 0.44, true},
		"one can be opted out of":           {"ai_training_personal_data", trainingYes, trainingYes + " You may opt out.", 0.44, false},
		"one only says what a word means": {"user_content_licence", licenceA, `“Licence” means a right. ` + licenceB, 0.4,
			false},
		"a type whose clauses do many things": {"cookies_tracking", cookies, cookies + " Really.", 0.44, false},
		"no type":                             {"", licenceA, licenceB, 0.44, false},
	} {
		a, b := newLikeness(c.kind, c.a), newLikeness(c.kind, c.b)
		if got, back := a.like(b, c.score), b.like(a, c.score); got != c.want || back != c.want {
			t.Errorf("%s: %t, the other way round %t; cues %v and %v, turns %q and %q", name, got, back, a.cues, b.cues,
				a.turns, b.turns)
		}
	}
}

// TestFewerWordsInCommonAskForAHigherScore of the type, and one is too few for its parts.
func TestFewerWordsInCommonAskForAHigherScore(t *testing.T) {
	l := func(kind string, cues ...string) *likeness {
		n := newLikeness(kind, "")
		n.words, n.cues = 60, cues
		return n
	}
	for name, c := range map[string]struct {
		a, b  *likeness
		score float64
		want  bool
	}{
		"two, little alike": {l("indemnification", "a", "b"), l("indemnification", "a", "b"), 0.24, false},
		"two":               {l("indemnification", "a", "b"), l("indemnification", "a", "b"), 0.26, true},
		"one, little alike": {l("indemnification", "a"), l("indemnification", "a"), 0.37, false},
		"one":               {l("indemnification", "a"), l("indemnification", "a"), 0.39, true},
		"one of many":       {l("indemnification", "a", "b", "c"), l("indemnification", "a", "d", "e"), 0.44, false},
		"one, of data":      {l("children_data", "a"), l("children_data", "a"), 0.44, false},
		"three, of data":    {l("children_data", "a", "b", "c"), l("children_data", "a", "b", "c"), 0.30, false},
		"none":              {l("indemnification", "a"), l("indemnification", "b"), 0.44, false},
	} {
		if got := c.a.like(c.b, c.score); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestTypesOfOneEffectAreTypes(t *testing.T) {
	for _, id := range oneEffect {
		if l := newLikeness(id, licenceA); l.words == 0 {
			t.Errorf("%s is none", id)
		}
	}
}
