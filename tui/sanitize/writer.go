package sanitize

import (
	"bytes"
	"io"
)

// Writer makes what is written through it safe for a terminal as a whole, holding no
// more of it than the line that is not ended yet. Flush writes that one.
type Writer struct {
	w     io.Writer
	clean func([]byte) []byte
	line  []byte // that has no end yet
}

// JSONWriter returns a Writer of what [JSON] makes of all that is written to it.
func JSONWriter(w io.Writer) *Writer { return &Writer{w: w, clean: JSON} }

// TextWriter returns a Writer of what [Text] makes of all that is written to it.
func TextWriter(w io.Writer) *Writer {
	return &Writer{w: w, clean: func(b []byte) []byte { return []byte(Text(string(b))) }}
}

// Write writes the lines that p ends. A line break ends what is made safe together:
// no rune and no mark reaches across it.
func (s *Writer) Write(p []byte) (int, error) {
	end := bytes.LastIndexByte(p, '\n') + 1
	whole := p[:end]
	if end > 0 && len(s.line) > 0 {
		whole = append(s.line, whole...)
		s.line = nil
	}
	s.line = append(s.line, p[end:]...)
	if end == 0 {
		return len(p), nil
	}
	if _, err := s.w.Write(s.clean(whole)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes the last line, which has no end.
func (s *Writer) Flush() error {
	if len(s.line) == 0 {
		return nil
	}
	_, err := s.w.Write(s.clean(s.line))
	s.line = nil
	return err
}
