package recordfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"fineprint/store/model"
)

// MaxBytes is how large a file may be: far more than anybody writes.
const MaxBytes = 1 << 20

// frontMatterMark is the line before and after the front matter.
const frontMatterMark = "+++"

// Parse reads a file. It returns what is written, and the IDs of the fields that are
// given, in the order of [model.WritingFields]. Errors wrap [model.ErrInvalid].
func Parse(data []byte) (w model.Writing, fields []string, err error) {
	if len(data) > MaxBytes {
		return w, nil, invalid("it is larger than %d bytes; that is no record", MaxBytes)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if line, ok := invalidUTF8(data); ok {
		return w, nil, invalid("line %d is not UTF-8; save the file as UTF-8", line)
	}
	r := &reader{writing: &w, given: map[string]origin{}}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		err = r.json(data)
	} else {
		err = r.markdown(unixLines(string(data)))
	}
	if err != nil {
		return model.Writing{}, nil, err
	}
	return w, r.fields(), nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{model.ErrInvalid}, args...)...)
}

// invalidUTF8 returns the line of the first byte that is not UTF-8.
func invalidUTF8(data []byte) (line int, found bool) {
	if utf8.Valid(data) {
		return 0, false
	}
	for i, l := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(l) {
			return i + 1, true
		}
	}
	return 0, false
}

func unixLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// markdown reads Markdown with or without front matter.
func (r *reader) markdown(text string) error {
	lines := strings.Split(text, "\n")
	begin := 0
	for begin < len(lines) && strings.TrimSpace(lines[begin]) == "" {
		begin++
	}
	if begin == len(lines) {
		return invalid("it is empty")
	}
	switch strings.TrimRight(lines[begin], " \t") {
	case frontMatterMark:
		end := begin + 1
		for end < len(lines) && strings.TrimRight(lines[end], " \t") != frontMatterMark {
			end++
		}
		if end == len(lines) {
			return invalid("the front matter that begins in line %d has no end; close it with a line %s", begin+1,
				frontMatterMark)
		}
		if err := r.frontMatter(strings.Join(lines[begin+1:end], "\n"), begin+1); err != nil {
			return err
		}
		begin = end + 1
	case "---":
		return invalid("line %d: the front matter is TOML between lines %s, not YAML between ---", begin+1,
			frontMatterMark)
	}
	b := body{reader: r, before: begin}
	return b.read(lines[begin:])
}

// frontMatter reads the TOML that begins after so many lines of the file.
func (r *reader) frontMatter(text string, before int) error {
	values := map[string]any{}
	if err := toml.Unmarshal([]byte(text), &values); err != nil {
		line := 0
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		return invalid("line %d of the file is not TOML: %s", before+line, strings.TrimPrefix(err.Error(), "toml: "))
	}
	return r.tree(values, "between the lines "+frontMatterMark)
}
