package recordfile

import (
	"fmt"
	"strings"

	"fineprint/store/model"
)

// body reads what comes after the front matter: headings with text under them.
type body struct {
	*reader
	before int // so many lines of the file come before its own

	field      namedField // that the text which is read now is of
	heading    string     // "" before the first
	line       int        // of the heading, in the file
	inAnalysis bool       // a heading of level 3 is one of its parts
	text       []string
}

// read reads all lines.
func (b *body) read(lines []string) error {
	for i := 0; i < len(lines); {
		next, err := b.block(lines, i)
		if err != nil {
			return err
		}
		i = next
	}
	return b.endSection()
}

// block reads a fence, a comment with what follows it on its last line, or one line,
// and returns the line after it.
func (b *body) block(lines []string, i int) (next int, err error) {
	if f, opens := openingFence(lines[i]); opens {
		end := f.end(lines, i)
		if end < 0 {
			return 0, invalid("line %d: the code fence has no end", b.before+i+1)
		}
		for ; i <= end && err == nil; i++ {
			err = b.add(lines[i], i)
		}
		return i, err
	}
	rest := lines[i]
	for isComment(rest) {
		begin := i
		for !strings.Contains(rest, "-->") {
			if i++; i == len(lines) {
				return 0, invalid("line %d: the comment has no end; close it with -->", b.before+begin+1)
			}
			rest = lines[i]
		}
		if _, rest, _ = strings.Cut(rest, "-->"); strings.TrimSpace(rest) == "" {
			return i + 1, nil
		}
	}
	return i + 1, b.readLine(rest, i)
}

// readLine reads a line outside of fences and comments.
func (b *body) readLine(line string, i int) error {
	level, name := headingOf(line)
	if !structural(level, name, b.inAnalysis) {
		return b.add(unescaped(line), i)
	}
	f, known := fieldNamed(name)
	switch {
	case !known:
		return invalid("line %d: a record has nothing called %q%s", b.before+i+1, name, meant(name, headingNames()))
	case level == 3 && !b.inAnalysis:
		return invalid("line %d: ### %s stands under %s; write it with ##, or \\### if it is no heading of the file",
			b.before+i+1, name, b.heading)
	case level == 3 && !f.Part:
		return invalid("line %d: %s is no part of the analysis; write it with ##", b.before+i+1, name)
	}
	if err := b.endSection(); err != nil {
		return err
	}
	b.field, b.heading, b.line, b.text = f, name, b.before+i+1, nil
	b.inAnalysis = f.isAnalysis() || b.inAnalysis && level == 3
	return nil
}

// add takes a line of text.
func (b *body) add(line string, i int) error {
	if b.heading == "" && strings.TrimSpace(line) != "" {
		return invalid("line %d: text before the first heading, which names what it is: ## %s", b.before+i+1,
			firstProse().Label)
	}
	b.text = append(b.text, line)
	return nil
}

// endSection takes what stands under a heading.
func (b *body) endSection() error {
	text := strings.TrimSpace(strings.Join(b.text, "\n"))
	f := b.field
	switch {
	case b.heading == "":
		return nil
	case f.isAnalysis() && text == "":
		return nil
	case f.isAnalysis():
		return invalid("line %d: what is under %q belongs under one of its parts, such as ### %s", b.line, b.heading,
			firstPart().Label)
	case f.Shape == model.List || f.Shape == model.Table:
		return invalid("line %d: %s is no text; write it between the lines %s, as %s", b.line, b.heading,
			frontMatterMark, example(f.WritingField))
	}
	return b.give(f, fmt.Sprintf("in line %d", b.line), text)
}
