package detect

import (
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// SameWords reports whether two texts have the same visible words in the same
// order, numbers and amounts included: all that differs is what another reader
// of the same page may make of it, its markup, link targets, white space and
// punctuation. It reads no further than up to the first word that differs.
func SameWords(old, new string) bool {
	before := clause.Split(old)
	a, b := wordReader{d: before}, wordReader{d: clause.SplitBeside(before, new)}
	for a.clause < len(a.d.Clauses) && b.clause < len(b.d.Clauses) &&
		a.d.Words(a.clause) == b.d.Words(b.clause) { // work limit
		a.clause, b.clause = a.clause+1, b.clause+1
	}
	for {
		x, more := a.next()
		y, goesOn := b.next()
		if x != y || more != goesOn {
			return false
		}
		if !more {
			return true
		}
	}
}

// wordReader reads the visible words of a document one after the other.
type wordReader struct {
	d      *clause.Document
	clause int // the next one
	tokens []string
	token  int // the next one of the clause before
}

// next returns the next word; ok is false after the last one.
func (r *wordReader) next() (word string, ok bool) {
	for {
		for ; r.token < len(r.tokens); r.token++ {
			if redline.Says(r.tokens, r.token) {
				r.token++
				return r.tokens[r.token-1], true
			}
		}
		if r.clause == len(r.d.Clauses) {
			return "", false
		}
		r.tokens, r.token = redline.AppendTokens(r.tokens[:0], r.d.Visible(r.clause)), 0
		r.clause++
	}
}
