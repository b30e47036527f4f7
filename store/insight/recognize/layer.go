package recognize

import (
	"math"

	"fineprint/store/insight/learn"
)

// Lesson is a clause of which a person said what types it is of; none: it is of no
// type.
type Lesson struct {
	Clause
	Types []string
}

// Layer is what an analyst's corrections taught: small weights on top of the shipped
// ones. The same lessons in the same order make the same layer.
type Layer struct {
	weights map[uint32][]classWeight // by term
}

type classWeight struct {
	class  int
	weight float32
}

const (
	lessonSteps = 6
	lessonRate  = 1.5
)

// Teach makes a layer of lessons, in the order in which they were given.
func Teach(lessons []Lesson) *Layer {
	l := &Layer{weights: map[uint32][]classWeight{}}
	r := &Recognizer{Load().Types, l}
	for _, lesson := range lessons {
		l.learn(r, lesson)
	}
	return l
}

// learn takes steps until the clause is recognised as what it was said to be.
func (l *Layer) learn(r *Recognizer, lesson Lesson) {
	want := map[int]float32{}
	for _, id := range lesson.Types {
		want[classOf(id)] = 1 / float32(len(lesson.Types))
	}
	if len(want) == 0 {
		want[none] = 1
	}
	for range lessonSteps {
		var s scored
		r.score(&s, lesson.Clause)
		terms := learn.Terms(s.words)
		if len(terms) == 0 {
			return
		}
		f := lessonRate / float32(math.Sqrt(float64(len(terms))))
		for class, p := range s.p {
			g := want[class] - p
			if g > -0.02 && g < 0.02 {
				continue
			}
			for _, t := range terms {
				l.change(t, class, f*g)
			}
		}
	}
}

func (l *Layer) change(term uint32, class int, by float32) {
	list := l.weights[term]
	for i := range list {
		if list[i].class == class {
			list[i].weight += by
			return
		}
	}
	l.weights[term] = append(list, classWeight{class, by})
}

// add adds to the log-odds of a text.
func (l *Layer) add(p []float32, words []learn.Word) {
	if len(l.weights) == 0 {
		return
	}
	terms := learn.Terms(words)
	f := float32(1 / math.Sqrt(float64(max(1, len(terms)))))
	for _, t := range terms {
		for _, w := range l.weights[t] {
			p[w.class] += f * w.weight
		}
	}
}

// told adds how much each word speaks for a class.
func (l *Layer) told(told []float32, words []learn.Word, class int) {
	terms := learn.Terms(words)
	f := float32(1 / math.Sqrt(float64(max(1, len(terms)))))
	for i, w := range words {
		for _, c := range l.weights[w.Hash] {
			if c.class == class {
				told[i] += f * c.weight
			}
		}
	}
}
