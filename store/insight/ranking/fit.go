package ranking

import "math"

// column is what one weight is multiplied with, in the examples where that is not 0.
type column struct {
	at     []int32
	values []float64
	// ridge is how strongly the weight is held at 0: the precision of its Gaussian prior.
	ridge float64
}

const (
	// maxSweeps bounds how often all weights are gone through, and enough is the largest
	// step of one after which they are not gone through again.
	maxSweeps = 40
	enough    = 1e-4
	// minCurvature keeps a step from being large where the loss is flat.
	minCurvature = 1e-3
)

// logistic fits the weights of columns to what is right, from a start, by coordinate
// descent: Newton's step for one weight after the other, always in the same order, so that
// the same examples give the same weights.
func logistic(columns []column, start []float64, right []bool, weight []float64) []float64 {
	w := make([]float64, len(columns))
	margin := append([]float64(nil), start...)
	for range maxSweeps {
		largest := 0.0
		for c := range columns {
			col := &columns[c]
			slope, curve := -col.ridge*w[c], col.ridge
			for k, e := range col.at {
				p := 1 / (1 + math.Exp(-margin[e]))
				y := 0.0
				if right[e] {
					y = 1
				}
				v := col.values[k]
				slope += weight[e] * (y - p) * v
				curve += weight[e] * p * (1 - p) * v * v
			}
			step := max(-1, min(1, slope/max(curve, minCurvature)))
			w[c] += step
			for k, e := range col.at {
				margin[e] += step * col.values[k]
			}
			largest = max(largest, math.Abs(step))
		}
		if largest < enough {
			break
		}
	}
	return w
}

// squares fits the weights of columns to values, as logistic does to what is right.
func squares(columns []column, want, weight []float64) []float64 {
	w := make([]float64, len(columns))
	rest := append([]float64(nil), want...)
	for range maxSweeps {
		largest := 0.0
		for c := range columns {
			col := &columns[c]
			slope, curve := -col.ridge*w[c], col.ridge
			for k, e := range col.at {
				slope += weight[e] * rest[e] * col.values[k]
				curve += weight[e] * col.values[k] * col.values[k]
			}
			step := slope / max(curve, minCurvature)
			w[c] += step
			for k, e := range col.at {
				rest[e] -= step * col.values[k]
			}
			largest = max(largest, math.Abs(step))
		}
		if largest < enough*100 { // these are points of a score
			break
		}
	}
	return w
}
