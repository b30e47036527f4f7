package learn

import (
	"math"
	"math/rand/v2"
)

// Latent brings texts into few dimensions by what their words occur beside in a
// collection of texts that nobody has labelled: latent semantic analysis. What a user
// has read in an archive so helps to see that two clauses say the same in other words.
type Latent struct {
	words *Vocabulary
	dims  int
	basis []float32 // term × dimension
}

// NewLatent analyses texts: a truncated singular value decomposition by random
// projections and a few rounds of power iteration.
func NewLatent(texts []string, dims int, seed uint64) *Latent {
	l := &Latent{words: NewVocabulary(texts, 3, 20000, false), dims: dims}
	rows := make([]Vector, len(texts))
	for i, t := range texts {
		rows[i] = l.words.Vector(nil, t)
	}
	terms, wide := l.words.Len(), dims+10
	random := rand.New(rand.NewPCG(seed, 0x15a))
	q := make([]float32, terms*wide)
	for i := range q {
		q[i] = float32(random.NormFloat64())
	}
	for range 4 {
		orthonormal(q, terms, wide)
		q = gram(rows, q, wide)
	}
	orthonormal(q, terms, wide)
	l.basis = make([]float32, terms*dims)
	rotate(rows, q, wide, l)
	return l
}

// gram multiplies q by the transposed and the plain matrix of the rows.
func gram(rows []Vector, q []float32, wide int) []float32 {
	out, y := make([]float32, len(q)), make([]float32, wide)
	for _, row := range rows {
		clear(y)
		for _, e := range row {
			for k, v := range q[int(e.Term)*wide:][:wide] {
				y[k] += e.Weight * v
			}
		}
		for _, e := range row {
			o := out[int(e.Term)*wide:][:wide]
			for k, v := range y {
				o[k] += e.Weight * v
			}
		}
	}
	return out
}

// orthonormal makes the columns of q orthogonal, of length 1 (modified Gram-Schmidt).
func orthonormal(q []float32, n, wide int) {
	t := make([]float32, len(q)) // transposed, for the cache
	for i := range n {
		for k := range wide {
			t[k*n+i] = q[i*wide+k]
		}
	}
	for k := range wide {
		a := t[k*n:][:n]
		for j := range k {
			b := t[j*n:][:n]
			f := dot(a, b)
			for i := range a {
				a[i] -= f * b[i]
			}
		}
		f := float32(1 / max(math.Sqrt(float64(dot(a, a))), 1e-20))
		for i := range a {
			a[i] *= f
		}
	}
	for i := range n {
		for k := range wide {
			q[i*wide+k] = t[k*n+i]
		}
	}
}

func dot(a, b []float32) float32 {
	var s float64
	for i := range a {
		s += float64(a[i]) * float64(b[i])
	}
	return float32(s)
}

// rotate turns the subspace q to the singular vectors in it, those with the greatest
// values first, and keeps as many as wanted, each weighed by nothing: the length of a
// text's point is 1 in the end.
func rotate(rows []Vector, q []float32, wide int, l *Latent) {
	small := make([]float64, wide*wide)
	y := make([]float32, wide)
	for _, row := range rows {
		clear(y)
		for _, e := range row {
			for k, v := range q[int(e.Term)*wide:][:wide] {
				y[k] += e.Weight * v
			}
		}
		for i, a := range y {
			for j, b := range y {
				small[i*wide+j] += float64(a) * float64(b)
			}
		}
	}
	values, vectors := jacobi(small, wide)
	for d := range l.dims {
		best := 0
		for k := range values {
			if values[k] > values[best] {
				best = k
			}
		}
		values[best] = -1
		for i := range l.words.Len() {
			var s float64
			for k := range wide {
				s += float64(q[i*wide+k]) * vectors[k*wide+best]
			}
			l.basis[i*l.dims+d] = float32(s)
		}
	}
}

// jacobi returns the eigenvalues of a symmetric matrix, which it changes, and its
// eigenvectors as columns.
func jacobi(a []float64, n int) (values, vectors []float64) {
	v := make([]float64, n*n)
	for i := range n {
		v[i*n+i] = 1
	}
	for range 12 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotatePair(a, v, n, p, q)
			}
		}
	}
	values = make([]float64, n)
	for i := range n {
		values[i] = a[i*n+i]
	}
	return values, v
}

func rotatePair(a, v []float64, n, p, q int) {
	if math.Abs(a[p*n+q]) < 1e-12 {
		return
	}
	theta := (a[q*n+q] - a[p*n+p]) / (2 * a[p*n+q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for k := range n {
		x, y := a[k*n+p], a[k*n+q]
		a[k*n+p], a[k*n+q] = c*x-s*y, s*x+c*y
	}
	for k := range n {
		x, y := a[p*n+k], a[q*n+k]
		a[p*n+k], a[q*n+k] = c*x-s*y, s*x+c*y
		x, y = v[k*n+p], v[k*n+q]
		v[k*n+p], v[k*n+q] = c*x-s*y, s*x+c*y
	}
}

// Point returns where a text is, at length 1; all zeros if no word of it is known.
func (l *Latent) Point(text string) []float32 {
	p := make([]float32, l.dims)
	for _, e := range l.words.Vector(nil, text) {
		for d, v := range l.basis[int(e.Term)*l.dims:][:l.dims] {
			p[d] += e.Weight * v
		}
	}
	if n := dot(p, p); n > 0 {
		f := float32(1 / math.Sqrt(float64(n)))
		for d := range p {
			p[d] *= f
		}
	}
	return p
}
