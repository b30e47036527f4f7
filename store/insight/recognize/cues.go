package recognize

import (
	"slices"
	"strings"
	"sync"

	"fineprint/store/clausetype"
	"fineprint/store/insight/learn"
)

// cue is a phrase of [clausetype.Mapping]: words, the last of which may be only a
// word's begin.
type cue struct {
	class  int
	words  []cueWord
	phrase string // as it is listed
}

type cueWord struct {
	hash  uint32
	begin string // of the word, "" where hash is all of it
	digit string // the word where it is a number, which all have one hash
}

// cueIndex finds cues by their first word, or by its begin.
type cueIndex struct {
	byWord  map[uint32][]cue
	byBegin map[string][]cue // by the first beginLength bytes
}

const beginLength = 3

var cues = sync.OnceValue(func() cueIndex {
	x := cueIndex{map[uint32][]cue{}, map[string][]cue{}}
	for i, t := range clausetype.Types {
		for _, phrase := range clausetype.MappingOf(t.ID).Cues {
			c := cue{class: i + 1, phrase: phrase}
			for _, field := range strings.Fields(phrase) {
				begin, open := strings.CutSuffix(field, "*")
				w := cueWord{begin: begin}
				if parts := learn.Words(nil, begin); !open && len(parts) == 1 {
					w = cueWord{hash: parts[0].Hash}
					if strings.ContainsAny(begin, "0123456789") {
						w.digit = begin
					}
				}
				c.words = append(c.words, w)
			}
			if first := c.words[0]; first.begin != "" {
				key := first.begin[:min(beginLength, len(first.begin))]
				x.byBegin[key] = append(x.byBegin[key], c)
			} else {
				x.byWord[first.hash] = append(x.byWord[first.hash], c)
			}
		}
	}
	return x
})

// hit is a cue in a text: from word From until before word To.
type hit struct {
	class, from, to int
	phrase          string
}

// in lists the cues in a text.
func (x *cueIndex) in(dst []hit, text string, words []learn.Word) []hit {
	var lower [64]byte
	for i, w := range words {
		for _, c := range x.byWord[w.Hash] {
			if c.at(text, words[i:]) {
				dst = append(dst, hit{c.class, i, i + len(c.words), c.phrase})
			}
		}
		if n := w.End - w.Start; n >= beginLength {
			b := append(lower[:0], text[w.Start:w.Start+beginLength]...)
			for j, c := range b {
				if 'A' <= c && c <= 'Z' {
					b[j] = c + 'a' - 'A'
				}
			}
			for _, c := range x.byBegin[string(b)] {
				if c.at(text, words[i:]) {
					dst = append(dst, hit{c.class, i, i + len(c.words), c.phrase})
				}
			}
		}
	}
	return dst
}

func (c *cue) at(text string, words []learn.Word) bool {
	if len(words) < len(c.words) {
		return false
	}
	for i, w := range c.words {
		if w.begin == "" {
			if words[i].Hash != w.hash || w.digit != "" && text[words[i].Start:words[i].End] != w.digit {
				return false
			}
			continue
		}
		word := text[words[i].Start:words[i].End]
		if len(word) < len(w.begin) || !strings.EqualFold(word[:len(w.begin)], w.begin) {
			return false
		}
	}
	return true
}

// CuedTypes lists the types of which a text has a cue of several words.
func CuedTypes(text string) []string {
	words := learn.Words(nil, text)
	var list []string
	x := cues()
	for _, h := range x.in(nil, text, words) {
		if id := clausetype.Types[h.class-1].ID; h.to-h.from > 1 && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// CuesOf lists the cues of a type that a text has, each once, as they are listed.
func CuesOf(id, text string) []string {
	var list []string
	class, x := classOf(id), cues()
	for _, h := range x.in(nil, text, learn.Words(nil, text)) {
		if h.class == class && !slices.Contains(list, h.phrase) {
			list = append(list, h.phrase)
		}
	}
	return list
}
