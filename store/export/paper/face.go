package paper

import (
	"embed"
	"encoding/binary"
	"fmt"
	"sync"
)

// Face is one of the faces that text is set in.
type Face uint8

// The faces.
const (
	Serif Face = iota
	Italic
	Sans
	Bold
	Mono
	signs // what others lack
	faceCount
)

//go:embed fonts/*.zst
var fontFiles embed.FS

func (f Face) family() string {
	return [faceCount]string{"serif", "italic", "sans", "bold", "mono", "signs"}[f]
}

// faceData is a face's file, and what it says of widths.
type faceData struct {
	ttf    []byte
	widths map[rune]float32 // of the characters that it has, for a size of 1
}

// faces reads the faces' files once.
var faces = sync.OnceValue(func() []faceData {
	list := make([]faceData, faceCount)
	for f := range list {
		packed, err := fontFiles.ReadFile("fonts/" + Face(f).family() + ".ttf.zst")
		if err == nil {
			list[f].ttf, err = unpacker().DecodeAll(packed, nil)
		}
		if err == nil {
			list[f].widths, err = readWidths(list[f].ttf)
		}
		if err != nil {
			panic(fmt.Sprintf("a font of this build can't be read: %v", err)) // a test reads them all
		}
	}
	return list
})

// readWidths reads from a TrueType font which characters it has (the cmap table, of
// format 4) and how wide they are (hmtx).
func readWidths(ttf []byte) (widths map[rune]float32, err error) {
	defer func() {
		if recover() != nil { // an offset that leads out of the file
			err = fmt.Errorf("the font is cut off")
		}
	}()
	tables := map[string][]byte{}
	u16 := func(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	u32 := func(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
	for i := range u16(ttf, 4) {
		entry := ttf[12+16*i:]
		tables[string(entry[:4])] = ttf[u32(entry, 8) : u32(entry, 8)+u32(entry, 12)]
	}
	unit := float32(u16(tables["head"], 18))
	measured := u16(tables["hhea"], 34)
	width := func(glyph int) float32 {
		return float32(u16(tables["hmtx"], 4*min(glyph, measured-1))) / unit
	}
	cmap := tables["cmap"]
	widths = map[rune]float32{}
	for i := range u16(cmap, 2) {
		sub := cmap[u32(cmap, 4+8*i+4):]
		if u16(sub, 0) != 4 {
			continue
		}
		n := u16(sub, 6) // twice the number of segments
		for s := 0; s < n; s += 2 {
			end, start, delta, place := u16(sub, 14+s), u16(sub, 16+n+s), u16(sub, 16+2*n+s), u16(sub, 16+3*n+s)
			for c := start; c <= end && c != 0xFFFF; c++ {
				glyph := c
				if place != 0 {
					if glyph = u16(sub, 16+3*n+s+place+2*(c-start)); glyph == 0 {
						continue
					}
				}
				if glyph = (glyph + delta) & 0xFFFF; glyph != 0 {
					widths[rune(c)] = width(glyph)
				}
			}
		}
		return widths, nil
	}
	return nil, fmt.Errorf("the font has no table of characters of format 4")
}

// faceOf returns the face that has a character: the one asked for, or one that stands
// in for it; ok is false when none has.
func faceOf(c rune, f Face) (found Face, width float32, ok bool) {
	for _, f := range [...]Face{f, Sans, signs} {
		if w, ok := faces()[f].widths[c]; ok {
			return f, w, true
		}
	}
	return f, 0, false
}

// widthOf returns the width of text that a face has.
func widthOf(s string, f Face, size float64) float64 {
	var w float32
	for _, c := range s {
		w += faces()[f].widths[c]
	}
	return float64(w) * size
}

// fit cuts text to a width, and replaces what the face lacks.
func fit(s string, f Face, size, width float64) string {
	var kept []rune
	var w float64
	ellipsis := widthOf("…", f, size)
	end := 0 // of what fits with an ellipsis
	for _, c := range readable(s) {
		_, has := faces()[f].widths[c]
		if !has {
			c = '?'
		}
		w += widthOf(string(c), f, size)
		kept = append(kept, c)
		if w+ellipsis <= width {
			end = len(kept)
		}
		if w > width {
			return string(kept[:end]) + "…"
		}
	}
	return string(kept)
}
