package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"fineprint/store/detect/order"
)

const (
	// folds is how many parts the documents are cut into for testing.
	folds = 5
	// ridge keeps weights small that few changes speak for.
	ridge = 3
)

// example is a change called material, to learn from.
type example struct {
	x    order.Features
	real bool
	// weight is how much it counts.
	weight float64
}

func examples(samples []sample) []example {
	var list []example
	for _, s := range samples {
		if s.result != nil && s.result.Features != nil {
			list = append(list, example{*s.result.Features, s.Label.Label == "material", 1})
		}
	}
	return list
}

// learn fits a logistic regression by Newton's method, on features brought to mean
// 0 and spread 1.
func learn(list []example) order.Model {
	var m order.Model
	for i := range m.Weights {
		var sum, squares, n float64
		for _, e := range list {
			v := float64(e.x[i])
			sum, squares, n = sum+v, squares+v*v, n+1
		}
		m.Weights[i].Mean = sum / max(n, 1)
		m.Weights[i].Spread = max(math.Sqrt(max(squares/max(n, 1)-m.Weights[i].Mean*m.Weights[i].Mean, 0)), 1e-6)
	}
	const dims = len(m.Weights) + 1
	w := make([]float64, dims)
	for range 30 {
		gradient := make([]float64, dims)
		hessian := make([][]float64, dims)
		for i := range hessian {
			hessian[i] = make([]float64, dims)
			if i > 0 {
				hessian[i][i] = ridge
				gradient[i] = -ridge * w[i]
			}
		}
		hessian[0][0] = 1e-9
		for _, e := range list {
			z := standard(&m, e.x)
			p := 1 / (1 + math.Exp(-dot(w, z)))
			y := 0.0
			if e.real {
				y = 1
			}
			for i := range z {
				gradient[i] += e.weight * (y - p) * z[i]
				for j := range z {
					hessian[i][j] += e.weight * p * (1 - p) * z[i] * z[j]
				}
			}
		}
		step := solve(hessian, gradient)
		for i := range w {
			w[i] += step[i]
		}
	}
	m.Bias = w[0]
	for i := range m.Weights {
		m.Weights[i].Weight = w[i+1]
	}
	return m
}

func standard(m *order.Model, x order.Features) []float64 {
	z := make([]float64, len(x)+1)
	z[0] = 1
	for i, v := range x {
		z[i+1] = (float64(v) - m.Weights[i].Mean) / m.Weights[i].Spread
	}
	return z
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// solve solves a symmetric positive system by elimination; it changes a and b.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}

// foldOf puts a document into a fold.
func foldOf(path string, seed uint64) int {
	return rand.New(rand.NewPCG(hashOf(path), seed)).IntN(folds)
}

func hashOf(path string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(path))
	return h.Sum64()
}

// crossValidated returns the log-odds of each sample by a model that has not seen
// its document; NaN for one that is not called material.
func crossValidated(samples []sample, seed uint64) []float64 {
	return trainedOn(samples, func(a, b *sample) bool { return foldOf(a.Path, seed) != foldOf(b.Path, seed) },
		func(s *sample) any { return foldOf(s.Path, seed) })
}

// trainedOn returns the log-odds of each sample by a model learned from those that
// from allows; samples of one key share a model.
func trainedOn(samples []sample, from func(train, test *sample) bool, key func(*sample) any) []float64 {
	models := map[any]order.Model{}
	out := make([]float64, len(samples))
	for i := range samples {
		s := &samples[i]
		out[i] = math.NaN()
		if s.result == nil || s.result.Features == nil {
			continue
		}
		m, known := models[key(s)]
		if !known {
			var train []sample
			for k := range samples {
				if from(&samples[k], s) {
					train = append(train, samples[k])
				}
			}
			m = learn(examples(train))
			models[key(s)] = m
		}
		out[i] = m.LogOdds(*s.result.Features)
	}
	return out
}

// point is a change in an order: whether it is right, and how much it counts.
type point struct {
	right  bool
	weight float64
}

// averagePrecision is that of a list in order.
func averagePrecision(list []point) float64 {
	var seen, right, sum float64
	for _, p := range list {
		seen += p.weight
		if p.right {
			right += p.weight
			sum += p.weight * right / seen
		}
	}
	return sum / max(right, 1e-9)
}

// ordered returns the indices sorted by a key, high to low.
func ordered(n int, key func(int) float64) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	slices.SortStableFunc(list, func(a, b int) int {
		switch x, y := key(a), key(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return list
}
