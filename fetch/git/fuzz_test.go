package git

import (
	"bytes"
	"testing"
)

// FuzzIndex: whatever an index of a pack says, it is refused or every name in it is found,
// where it is or where an equal one is, and has a place.
func FuzzIndex(f *testing.F) {
	var b bytes.Buffer
	b.WriteString("\xfftOc\x00\x00\x00\x02")
	for range 256 {
		b.WriteString("\x00\x00\x00\x01")
	}
	b.Write(make([]byte, 20+4+4+40))
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, index []byte) {
		p, err := parseIndex(index, 20)
		if err != nil {
			return
		}
		for i := range p.starts {
			name := Name(p.names[i*20:][:20])
			if at, ok := p.find(name); ok && p.names[at*20:][:20] != string(name) {
				t.Fatalf("the name at %d is found at %d", i, at)
			}
			if _, ok := p.offset(i); !ok {
				t.Fatalf("the object at %d is nowhere", i)
			}
		}
		p.find(Name(bytes.Repeat([]byte{0xff}, 20)))
	})
}

// FuzzHeader: whatever stands before an object of a pack, it is refused or says a length
// that is bounded and a base that is before it.
func FuzzHeader(f *testing.F) {
	f.Add([]byte{0xb5, 0x0a, 'x'}, int64(12))
	f.Add([]byte{0xe5, 0x0a, 0x80, 0x01, 'x'}, int64(400))
	f.Fuzz(func(t *testing.T, b []byte, offset int64) {
		p := &pack{nameLen: 20}
		h, rest, err := p.header(b, offset)
		if err != nil || offset < 0 {
			return
		}
		if h.size < 0 || h.size > maxObject || len(rest) >= len(b) || h.kind == offsetDelta && (h.base < 0 || h.base >= offset) ||
			h.kind == nameDelta && len(h.baseName) != 20 {
			t.Fatalf("%+v, %d of %d bytes left", h, len(rest), len(b))
		}
	})
}

// FuzzLoose: whatever an object's own file holds, it is refused or is a kind and a content
// that is bounded.
func FuzzLoose(f *testing.F) {
	f.Add([]byte{0x78, 0x9c, 0x4b, 0xca, 0xc9, 0x4f, 0x52, 0x30, 0x64, 0xa8, 0x00, 0x00, 0x09, 0x4b, 0x02, 0x6d})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := &Repo{objectReader: newObjectReader()}
		kind, content, err := r.parseLoose(b)
		if err == nil && (kind < Commit || kind > Tag || len(content) > maxObject) {
			t.Fatalf("%v of %d bytes", kind, len(content))
		}
	})
}
