package clause

import "strings"

// visibleWords are the visible words of a document's clauses, as far as they were
// asked for. Those that are the clause's own bytes take no memory but their place.
type visibleWords struct {
	of    []stretch // by clause; nil while none was asked for
	words strings.Builder
}

// stretch is where in the words a clause's are, if it is not one of the values below.
type stretch struct{ from, to int32 }

var (
	unread   = stretch{}
	asSource = stretch{-1, -1} // the clause's bytes as they are
	noWords  = stretch{-2, -2}
)

// Visible returns [Visible] of clause i. It is made when it is first asked for and
// kept with the document.
func (d *Document) Visible(i int) string {
	v := &d.visible
	if v.of == nil {
		v.of = make([]stretch, len(d.Clauses))
	}
	switch at := v.of[i]; at {
	case unread:
	case asSource:
		return d.Words(i)
	case noWords:
		return ""
	default:
		return v.words.String()[at.from:at.to]
	}
	source := d.Words(i)
	var memory [512]byte
	switch plain := AppendPlain(memory[:0], source, DepthLinks); {
	case len(plain) == 0:
		v.of[i] = noWords
		return ""
	case string(plain) == source:
		v.of[i] = asSource
		return source
	default:
		v.of[i] = v.add(plain)
	}
	return v.words.String()[v.of[i].from:v.of[i].to]
}

func (v *visibleWords) add(plain []byte) stretch {
	from := v.words.Len()
	v.words.Write(plain)
	return stretch{int32(from), int32(v.words.Len())}
}

// takeOver keeps of another document's visible words those of n clauses from i,
// which are the document's own from j, byte for byte.
func (d *Document) takeOver(other *Document, i, j, n int) {
	was := &other.visible
	if was.of == nil || n == 0 {
		return
	}
	v := &d.visible
	if v.of == nil {
		v.of = make([]stretch, len(d.Clauses))
		v.words.Grow(was.words.Len())
	}
	words := was.words.String()
	for k := range n {
		at := was.of[i+k]
		if at.from >= 0 && at != unread {
			from := v.words.Len()
			v.words.WriteString(words[at.from:at.to])
			at = stretch{int32(from), int32(v.words.Len())}
		}
		v.of[j+k] = at
	}
}

// Size is about how many bytes the document holds on to.
func (d *Document) Size() int {
	return len(d.Text) + 64*len(d.Clauses) + 8*len(d.visible.of) + d.visible.words.Cap()
}
