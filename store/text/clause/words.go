package clause

import (
	"strings"
	"unicode/utf8"
)

// visibleWords are the visible words of a document's clauses, as far as they were
// asked for, and what was noted of them. Those that are the clause's own bytes take no
// memory but their place.
type visibleWords struct {
	of     []stretch // by clause; nil while none was asked for
	words  strings.Builder
	memory []byte // to make them in
	notes  []uint8
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
	if meansItself(source) {
		v.of[i] = asSource
		return source
	}
	v.memory = AppendPlain(v.memory[:0], source, DepthLinks)
	switch string(v.memory) {
	case "":
		v.of[i] = noWords
		return ""
	case source:
		v.of[i] = asSource
		return source
	}
	from := v.words.Len()
	if from == 0 {
		v.words.Grow(max(len(v.memory), len(d.Text)/16))
	}
	v.words.Write(v.memory)
	v.of[i] = stretch{int32(from), int32(v.words.Len())}
	return v.words.String()[from:]
}

// meansItself reports, at a glance, of most clauses whose visible words are the
// clause's own bytes that they are.
func meansItself(source string) bool { // work limit
	return source != "" && source[0] < utf8.RuneSelf && isAlnum(source[0]) && ordinaryRun(source) == len(source) &&
		strings.IndexByte(source, '&') < 0
}

// takeOver keeps of what another document was asked for what is of n clauses from i,
// which are the document's own from j, byte for byte.
func (d *Document) takeOver(other *Document, i, j, n int) {
	was, v := &other.visible, &d.visible
	if was.notes != nil {
		if v.notes == nil {
			v.notes = make([]uint8, len(d.Clauses))
		}
		copy(v.notes[j:j+n], was.notes[i:i+n])
	}
	if was.of == nil || n == 0 {
		return
	}
	if v.of == nil {
		v.of = make([]stretch, len(d.Clauses))
		v.words.Grow(was.words.Len() + was.words.Len()/8)
		v.memory, was.memory = was.memory, nil
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

// Note returns what was noted of clause i, 0 for nothing.
func (d *Document) Note(i int) uint8 {
	if d.visible.notes == nil {
		return 0
	}
	return d.visible.notes[i]
}

// SetNote keeps with the document, and with the next one that takes the clause over,
// what the clause's own bytes and kind come to for whoever reads it.
func (d *Document) SetNote(i int, note uint8) {
	if d.visible.notes == nil {
		d.visible.notes = make([]uint8, len(d.Clauses))
	}
	d.visible.notes[i] = note
}

// Size is about how many bytes the document holds on to.
func (d *Document) Size() int {
	v := &d.visible
	return len(d.Text) + 64*len(d.Clauses) + 8*len(v.of) + len(v.notes) + v.words.Cap() + cap(v.memory)
}
