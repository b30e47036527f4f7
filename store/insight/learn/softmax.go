package learn

import (
	"math"
	"math/rand/v2"
)

// Example is a text, as a vector and, where there is one, as a point of [Latent], and
// the class that it is of.
type Example struct {
	Terms  Vector
	Latent []float32
	Class  int
	Weight float32 // how much it counts
}

// Options are how [Train] learns.
type Options struct {
	Epochs int     // how often each example is seen
	Rate   float64 // size of the first step
	Ridge  float64 // how strongly weights are held small
	Seed   uint64  // of the order in which examples are seen
}

// Weights are what was learned: per class a weight for each term, for each latent
// dimension, and for the class itself.
type Weights struct {
	Classes int
	Terms   []float32 // term × class
	Latent  []float32 // dimension × class
	Bias    []float32
}

// Train fits a multinomial logistic regression by stochastic gradient descent, in an
// order that depends on the seed alone.
func Train(examples []Example, terms, latent, classes int, o Options) *Weights {
	w := &Weights{Classes: classes, Terms: make([]float32, terms*classes), Latent: make([]float32, latent*classes),
		Bias: make([]float32, classes)}
	order := rand.New(rand.NewPCG(o.Seed, 0x5eed))
	p := make([]float32, classes)
	scale, step := 1.0, 0
	for range o.Epochs {
		for _, i := range order.Perm(len(examples)) {
			e := &examples[i]
			rate := o.Rate / (1 + o.Rate*o.Ridge*float64(step))
			step++
			w.scores(p, e, float32(scale))
			softmax(p)
			scale *= 1 - rate*o.Ridge
			w.descend(e, p, float32(rate), float32(scale))
			if scale < 1e-6 {
				w.rescale(float32(scale))
				scale = 1
			}
		}
	}
	w.rescale(float32(scale))
	return w
}

// descend takes a step against the gradient of an example with the probabilities p,
// which it changes.
func (w *Weights) descend(e *Example, p []float32, rate, scale float32) {
	const small = 1e-4 // what is surely not the class learns nothing
	p[e.Class]--
	var moved [1024]int32
	n := 0
	for k, g := range p {
		if g > small || g < -small {
			w.Bias[k] -= rate * g * e.Weight * 0.1
			if n < len(moved) {
				moved[n], n = int32(k), n+1
			}
		}
	}
	for _, t := range e.Terms {
		row, f := w.Terms[int(t.Term)*w.Classes:][:w.Classes], rate*t.Weight*e.Weight/scale
		for _, k := range moved[:n] {
			row[k] -= f * p[k]
		}
	}
	for d, v := range e.Latent {
		row, f := w.Latent[d*w.Classes:][:w.Classes], rate*v*e.Weight/scale
		for _, k := range moved[:n] {
			row[k] -= f * p[k]
		}
	}
}

func (w *Weights) rescale(f float32) {
	for _, list := range [][]float32{w.Terms, w.Latent} {
		for i := range list {
			list[i] *= f
		}
	}
}

// Probabilities returns how probable each class is for a text.
func (w *Weights) Probabilities(terms Vector, latent []float32) []float32 {
	p := make([]float32, w.Classes)
	w.scores(p, &Example{Terms: terms, Latent: latent}, 1)
	softmax(p)
	return p
}

func (w *Weights) scores(p []float32, e *Example, scale float32) {
	clear(p)
	for _, t := range e.Terms {
		row := w.Terms[int(t.Term)*w.Classes:][:len(p)]
		for k := range p {
			p[k] += t.Weight * row[k]
		}
	}
	for d, v := range e.Latent {
		row := w.Latent[d*w.Classes:][:len(p)]
		for k := range p {
			p[k] += v * row[k]
		}
	}
	for k := range p {
		p[k] = p[k]*scale + w.Bias[k]
	}
}

// softmax turns scores into probabilities.
func softmax(p []float32) {
	top := p[0]
	for _, v := range p {
		top = max(top, v)
	}
	sum := float32(0)
	for i, v := range p {
		p[i] = float32(math.Exp(float64(v - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}
