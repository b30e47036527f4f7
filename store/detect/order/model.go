package order

import (
	"cmp"
	"math"
	"slices"
)

// Weight is what one feature is worth: Weight for each Spread above Mean.
type Weight struct{ Mean, Spread, Weight float64 }

// Model is a logistic regression.
type Model struct {
	Bias    float64
	Weights [size]Weight
}

// contribution is what feature i adds to the log-odds.
func (m *Model) contribution(x *Features, i int) float64 {
	w := &m.Weights[i]
	return w.Weight * (float64(x[i]) - w.Mean) / w.Spread
}

// LogOdds returns the logarithm of the odds that a reader calls a change material.
func (m *Model) LogOdds(x Features) float64 {
	sum := m.Bias
	for i := range m.Weights {
		sum += m.contribution(&x, i)
	}
	return sum
}

// LogOdds returns the logarithm of the odds that a reader calls a change material,
// by the weights of this build.
func (x Features) LogOdds() float64 { return learned.LogOdds(x) }

// Probability is what log-odds say as a share from 0 to 1.
func Probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// Rounded is a probability as it is shown: to three digits, so that the last bits
// of a computation don't show, and never quite 0 or 1.
func Rounded(p float64) float64 { return min(max(math.Round(p*1000)/1000, 0.001), 0.999) }

const (
	// Folded is the probability of a change that a rule folded: about the share of
	// such ones that readers call material.
	Folded = 0.03
	// unknown is the probability that ranks a change without features, one that an
	// older build found: as likely as not.
	unknown = 0.5

	// noiseLine is the log-odds below which a change is probably noise.
	noiseLine = -1.2
	// baseScore is added to the score, so that one of little score but surely
	// material doesn't stand behind all others; rankPower weighs the probability.
	baseScore = 40
	rankPower = 4
)

// Noise reports whether a change of some log-odds is probably noise. One that would
// be severe is never called so, for a mistake would cost too much.
func Noise(logOdds float64, severe bool) bool { return logOdds < noiseLine && !severe }

// Rank is what the queue is ordered by, high to low: the likeliest and severest
// first.
func Rank(logOdds float64, score int) float64 { return RankOf(logOdds, float64(score)) }

// RankOf is [Rank] by a score that may be between two.
func RankOf(logOdds, score float64) float64 { return rank(Probability(logOdds), score) }

// UnknownRank is the Rank of a change without features.
func UnknownRank(score int) float64 { return rank(unknown, float64(score)) }

func rank(p, score float64) float64 { return math.Pow(p, rankPower) * (score + baseScore) }

const (
	// maxEvidence is how many features are told of.
	maxEvidence = 3
	// leastEvidence is the least that a feature must add to be told of.
	leastEvidence = 0.2
)

// Evidence tells in words which features made the change likely, or unlikely, the
// weightiest first.
func (x Features) Evidence() []string {
	way := 1.0
	if x.LogOdds() < 0 {
		way = -1
	}
	type part struct {
		adds  float64
		about string
	}
	parts := make([]part, 0, size)
	for i := range features {
		if adds := way * learned.contribution(&x, i); adds >= leastEvidence {
			parts = append(parts, part{adds, features[i].about(x[i], learned.Weights[i].Mean)})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.adds, a.adds) })
	parts = parts[:min(len(parts), maxEvidence)]
	var words []string
	for _, p := range parts {
		words = append(words, p.about)
	}
	return words
}

// Learned returns the model of this build.
func Learned() Model { return learned }

// Standard is feature i beside its mean, in spreads.
func (m *Model) Standard(x Features, i int) float64 {
	w := &m.Weights[i]
	return (float64(x[i]) - w.Mean) / w.Spread
}
