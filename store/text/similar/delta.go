package similar

import (
	"bytes"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

const (
	// fewWords is below how many changed words those around them count too.
	fewWords = 8
	// around is how many words on each side count then.
	around = 4
)

// deltaOf lists what a clause change does to words. Where nothing is left of it
// when case, typography and markup are made plain, it is what it does to the
// text as it is.
func deltaOf(old, new string, c *model.ClauseChange) delta {
	var was, is string
	if c.Old != nil {
		was = old[c.Old.Start:c.Old.End]
	}
	if c.New != nil {
		is = new[c.New.Start:c.New.End]
	}
	if d := differing(plainWords(was), plainWords(is)); len(d) > 0 {
		return withHeading(d, c)
	}
	if c.Kind == model.Moved {
		return all('>', plainWords(is))
	}
	return differing(redline.Tokens(was), redline.Tokens(is))
}

// plainWords are the visible words of a text in lower case.
func plainWords(s string) []string {
	plain := bytes.ToLower(clause.AppendPlain(nil, s, clause.DepthLinks))
	tokens := redline.Tokens(string(plain))
	words := tokens[:0]
	for _, t := range tokens {
		if redline.IsWord(t) {
			words = append(words, t)
		}
	}
	return words
}

func all(op byte, words []string) delta {
	d := make(delta, len(words))
	for i, w := range words {
		d[i] = step{op, w}
	}
	return d
}

// differing lists the words of a and b that the other has not, and if they are
// few, with those around them.
func differing(a, b []string) delta {
	if len(a) == 0 || len(b) == 0 {
		return append(all('-', a), all('+', b)...)
	}
	runs, _ := redline.Match(a, b)
	runs = append(runs, redline.Run{Old: len(a), New: len(b)})
	changed, i, j := len(a)+len(b), 0, 0
	for _, r := range runs {
		changed -= 2 * r.N
	}
	if changed == 0 { // work limit
		return nil
	}
	var d delta
	for k, r := range runs {
		d = append(append(d, all('-', a[i:r.Old])...), all('+', b[j:r.New])...)
		if changed < fewWords {
			d = append(d, all('=', beside(a[r.Old:r.Old+r.N], k > 0 || r.Old+r.New > 0, k < len(runs)-1 &&
				!(r.Old+r.N == len(a) && r.New+r.N == len(b))))...)
		}
		i, j = r.Old+r.N, r.New+r.N
	}
	return d
}

// beside keeps of words that stay those next to what changed before and after
// them.
func beside(words []string, before, after bool) []string {
	var kept []string
	from := 0
	if before {
		from = min(around, len(words))
		kept = append(kept, words[:from]...)
	}
	if after {
		kept = append(kept, words[max(from, len(words)-around):]...)
	}
	return kept
}

// withHeading adds the nearest heading to a clause that came or went and has
// few words: they may be anywhere.
func withHeading(d delta, c *model.ClauseChange) delta {
	if (c.Kind == model.Added || c.Kind == model.Removed) && len(d) < fewWords && len(c.Heading) > 0 {
		return append(all('=', strings.Fields(strings.ToLower(c.Heading[len(c.Heading)-1]))), d...)
	}
	return d
}
