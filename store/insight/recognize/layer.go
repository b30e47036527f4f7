package recognize

import (
	"math"
	"slices"

	"fineprint/store/insight/learn"
)

// Lesson is a clause of which a person said what types it is of; none: it is of no
// type.
type Lesson struct {
	Clause
	Types []string
}

// Layer is what an analyst's corrections taught: small weights on top of the shipped
// ones, which each count for clauses that the lesson reaches ([Reach]). The same lessons in
// the same order make the same layer.
type Layer struct {
	lessons []taught
	byHash  map[uint16][]int // lessons by each of the hashes of their reach
	bare    []int            // those without any
}

// taught is a lesson with its weights, by term.
type taught struct {
	reach   Reach
	weights map[uint32][]classWeight
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
	l := &Layer{byHash: map[uint16][]int{}}
	r := &Recognizer{Load().Types, l}
	for _, lesson := range lessons {
		reach := ReachOf(lesson.Text)
		n := len(l.lessons)
		l.lessons = append(l.lessons, taught{reach, map[uint32][]classWeight{}})
		for _, h := range reach {
			l.byHash[h] = append(l.byHash[h], n)
		}
		if len(reach) == 0 {
			l.bare = append(l.bare, n)
		}
		l.learn(r, lesson, &l.lessons[n])
	}
	return l
}

// learn takes steps until the clause is recognised as what it was said to be.
func (l *Layer) learn(r *Recognizer, lesson Lesson, into *taught) {
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
				into.change(t, class, f*g)
			}
		}
	}
}

func (t *taught) change(term uint32, class int, by float32) {
	list := t.weights[term]
	for i := range list {
		if list[i].class == class {
			list[i].weight += by
			return
		}
	}
	t.weights[term] = append(list, classWeight{class, by})
}

// reaching lists the lessons that reach a text, oldest first.
func (l *Layer) reaching(words []learn.Word) []int {
	if len(l.lessons) == 0 {
		return nil
	}
	reach := reachOf(words)
	if len(reach) == 0 {
		return l.bare
	}
	var some []int
	for _, h := range reach {
		some = append(some, l.byHash[h]...)
	}
	slices.Sort(some)
	return slices.DeleteFunc(slices.Compact(some), func(n int) bool { return !reach.Meets(l.lessons[n].reach) })
}

// add adds to the log-odds of a text.
func (l *Layer) add(p []float32, words []learn.Word) {
	some := l.reaching(words)
	if len(some) == 0 {
		return
	}
	terms := learn.Terms(words)
	f := float32(1 / math.Sqrt(float64(max(1, len(terms)))))
	for _, n := range some {
		for _, t := range terms {
			for _, w := range l.lessons[n].weights[t] {
				p[w.class] += f * w.weight
			}
		}
	}
}

// told adds how much each word speaks for a class.
func (l *Layer) told(told []float32, words []learn.Word, class int) {
	terms := learn.Terms(words)
	f := float32(1 / math.Sqrt(float64(max(1, len(terms)))))
	for _, n := range l.reaching(words) {
		for i, w := range words {
			for _, c := range l.lessons[n].weights[w.Hash] {
				if c.class == class {
					told[i] += f * c.weight
				}
			}
		}
	}
}
