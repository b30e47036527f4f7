package review

import (
	"math"

	"fineprint/store/model"
)

// Agree computes how far authors and second readers agree on severities.
//
// Cohen's kappa is (po − pe) / (1 − pe): po the share of changes that both gave
// the same severity, pe the share expected if each gave theirs as often as they
// do, but at random: pe = Σ r(i)·c(i) / N², r and c the sums of rows and columns
// (J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and
// Psychological Measurement 20, 1960, 37–46). The weighted one counts how far
// two severities are apart (J. Cohen, "Weighted Kappa", Psychological Bulletin
// 70, 1968, 213–220): 1 − Σ w·observed / Σ w·expected, with the linear weights
// of disagreement w(i,j) = |i − j| / (k − 1) (D. V. Cicchetti and T. Allison,
// "A New Procedure for Assessing Reliability of Scoring EEG Sleep Recordings",
// American Journal of EEG Technology 11, 1971, 101–109).
//
// Both are undefined, nil here, when no disagreement is expected: without
// readings, and when both readers gave one and the same severity only. They
// measure judgement only where the second reader had not seen the author's.
func Agree(pairs []model.TwoReadings) model.Agreement {
	k := len(model.Severities)
	a := model.Agreement{Severities: model.Severities, Matrix: make([][]int, k), Disagreements: []model.TwoReadings{}}
	for i := range a.Matrix {
		a.Matrix[i] = make([]int, k)
	}
	for _, p := range pairs {
		i, j := p.Author.Severity.Rank()-1, p.Second.Severity.Rank()-1
		if i < 0 || j < 0 {
			continue // one has not given a severity
		}
		a.N++
		a.Matrix[i][j]++
		if i != j {
			a.Disagreements = append(a.Disagreements, p)
		}
	}
	if a.N == 0 {
		return a
	}
	same := 0
	for i := range k {
		same += a.Matrix[i][i]
	}
	percent := 100 * float64(same) / float64(a.N)
	a.Percent = &percent
	a.Kappa = kappa(a.Matrix, func(i, j int) float64 {
		if i == j {
			return 0
		}
		return 1
	})
	a.WeightedKappa = kappa(a.Matrix, func(i, j int) float64 { return math.Abs(float64(i-j)) / float64(k-1) })
	return a
}

// kappa is 1 − observed / expected disagreement, each weighted with w; nil when
// none is expected.
func kappa(matrix [][]int, w func(i, j int) float64) *float64 {
	rows, columns := make([]float64, len(matrix)), make([]float64, len(matrix))
	n := 0.0
	for i := range matrix {
		for j, count := range matrix[i] {
			rows[i] += float64(count)
			columns[j] += float64(count)
			n += float64(count)
		}
	}
	observed, expected := 0.0, 0.0
	for i := range matrix {
		for j, count := range matrix[i] {
			observed += w(i, j) * float64(count)
			expected += w(i, j) * rows[i] * columns[j] / n
		}
	}
	if n == 0 || expected == 0 {
		return nil
	}
	k := 1 - observed/expected
	return &k
}
