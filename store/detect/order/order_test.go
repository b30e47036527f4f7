package order

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// extreme is the change that the model finds the likeliest, or the unlikeliest.
func extreme(likely bool) Features {
	var x Features
	for i := range x {
		if (learned.Weights[i].Weight > 0) == likely {
			x[i] = math.MaxUint8
		}
	}
	return x
}

func TestFeaturesAreReadAsTheyWerePacked(t *testing.T) {
	x := Of(Facts{Clauses: 9, Material: 4, Modified: 2, Removed: 1, Words: 80, Headings: 6, AtHead: 3, Days: 12,
		Recent: 2, OldBytes: 900, NewBytes: 2000, Weighty: true, DateLine: true})
	packed := x.Pack()
	if got, ok := Unpack(packed); !ok || got != x {
		t.Errorf("got %v, %v; want %v", got, ok, x)
	}
	for _, other := range [][]byte{nil, packed[:size], append(packed, 0), append([]byte{formatVersion + 1}, x[:]...)} {
		if _, ok := Unpack(other); ok {
			t.Errorf("% x of another build is read", other)
		}
	}
}

func TestFeaturesStayInTheirBytes(t *testing.T) {
	huge := Of(Facts{Clauses: 1 << 40, Material: 1, Modified: 1 << 40, Removed: 1 << 40, Words: 1 << 40, Headings: 1 << 40,
		AtHead: 1 << 41, Days: 1e9, Recent: 1 << 40, OldBytes: 1 << 40, Weighty: true, DateLine: true, Returns: true})
	for i, name := range Names() {
		if flags := []string{"date line", "weighty", "resized", "untelling", "returns"}; slices.Contains(flags, name) {
			if huge[i] != 1 {
				t.Errorf("%s is %d", name, huge[i])
			}
		} else if name != "material share" && huge[i] != math.MaxUint8 {
			t.Errorf("%s is %d", name, huge[i])
		}
	}
	if none := Of(Facts{Telling: true}); none != (Features{5: uint8(math.Round(logged(0)))}) {
		t.Errorf("nothing is %v", none)
	}
}

func TestUnknownAgeIsAnOrdinaryOne(t *testing.T) {
	if Of(Facts{Days: -1}) != Of(Facts{Days: typicalDays}) {
		t.Error("a version of which nobody knows how long it stood is another one than most")
	}
}

func TestLearnedWeightsAreUsable(t *testing.T) {
	for i, name := range Names() {
		w := learned.Weights[i]
		if w.Spread <= 0 || w.Weight == 0 || math.IsNaN(w.Weight) || w.Mean < 0 || w.Mean > math.MaxUint8 {
			t.Errorf("%s: %+v", name, w)
		}
	}
	if a, b := extreme(true).LogOdds(), extreme(false).LogOdds(); a < 3 || b > noiseLine {
		t.Errorf("the likeliest change has log-odds %.1f, the unlikeliest %.1f", a, b)
	}
}

func TestProbabilityIsNeverCertain(t *testing.T) {
	if p := Probability(0); p != 0.5 {
		t.Errorf("even odds are %v", p)
	}
	for p, want := range map[float64]float64{0: 0.001, 1: 0.999, 0.12345: 0.123, 0.9999: 0.999} {
		if got := Rounded(p); got != want {
			t.Errorf("%v is shown as %v", p, got)
		}
	}
}

func TestSevereChangesAreNeverNoise(t *testing.T) {
	for _, c := range []struct {
		odds         float64
		severe, want bool
	}{
		{noiseLine - 0.01, false, true}, {noiseLine, false, false}, {3, false, false}, {-9, true, false},
	} {
		if got := Noise(c.odds, c.severe); got != c.want {
			t.Errorf("log-odds %v, severe %v: noise %v", c.odds, c.severe, got)
		}
	}
}

func TestRankGrowsWithLikelihoodAndSeverity(t *testing.T) {
	for _, better := range []bool{
		Rank(2, 10) > Rank(1, 10), Rank(1, 20) > Rank(1, 10), Rank(4, 10) > Rank(0, 100),
		Rank(1, 10) > UnknownRank(10), UnknownRank(10) > Rank(-1, 10), UnknownRank(11) > UnknownRank(10),
	} {
		if !better {
			t.Error("the rank of a likelier or severer change is not higher")
		}
	}
	if UnknownRank(30) != Rank(0, 30) {
		t.Error("a change without features is not as likely as not")
	}
}

func TestEvidenceSaysWhatWeighsMost(t *testing.T) {
	likely, unlikely := extreme(true).Evidence(), extreme(false).Evidence()
	if len(likely) != maxEvidence || len(unlikely) != maxEvidence {
		t.Fatalf("%q, %q", likely, unlikely)
	}
	for _, words := range likely {
		if slices.Contains(unlikely, words) {
			t.Errorf("%q makes a change likely and unlikely", words)
		}
	}
	often := Features{6: 20}
	at := slices.IndexFunc(often.Evidence(), func(s string) bool { return strings.Contains(s, "20 times a month") })
	if at < 0 {
		t.Errorf("a document that changes often: %q", often.Evidence())
	}
	if mean := (Features{}); len(mean.Evidence()) > maxEvidence {
		t.Errorf("%q", mean.Evidence())
	}
}
