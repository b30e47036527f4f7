package recordfile

import (
	"regexp"
	"strings"
)

// The marks of the file's own in a line of prose. Each is an ordinary mark of Markdown,
// where a backslash before it takes its meaning, too.
var (
	headingLine = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*))?$`)
	fenceLine   = regexp.MustCompile("^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
	// escapable is a line to whose mark backslashes may come, escaped one that has them.
	escapable = regexp.MustCompile("^( {0,3})(\\\\*)((?:#{1,3}(?:[ \t]|$)|```|~~~|<!--).*)$")
	escaped   = regexp.MustCompile("^( {0,3})\\\\(\\\\*(?:#{1,3}(?:[ \t]|$)|```|~~~|<!--).*)$")
)

// headingOf returns the level and name of a heading; 0 for a line that is none.
func headingOf(line string) (level int, name string) {
	m := headingLine.FindStringSubmatch(line)
	if m == nil {
		return 0, ""
	}
	name = strings.TrimSpace(m[2])
	if open := strings.TrimRight(name, "#"); open == "" || strings.HasSuffix(open, " ") { // "## Summary ##"
		name = strings.TrimSpace(open)
	}
	return len(m[1]), name
}

// structural reports whether a heading is one of the file's own: of level 1 or 2, or of
// level 3 where it is a part of the analysis or names a field.
func structural(level int, name string, inAnalysis bool) bool {
	if level == 3 && !inAnalysis {
		_, known := fieldNamed(name)
		return known
	}
	return level >= 1 && level <= 3
}

func isComment(line string) bool {
	text := strings.TrimLeft(line, " ")
	return len(line)-len(text) < 4 && strings.HasPrefix(text, "<!--")
}

// fence is what opens a code fence: so many of a mark.
type fence struct {
	mark byte
	n    int
}

func openingFence(line string) (f fence, opens bool) {
	m := fenceLine.FindStringSubmatch(line)
	if m == nil {
		return f, false
	}
	run := m[1] + m[2]
	return fence{run[0], len(run)}, true
}

// closes reports whether a line ends a fence.
func (f fence) closes(line string) bool {
	text := strings.TrimLeft(line, " ")
	run := strings.TrimRight(text, " \t")
	return len(line)-len(text) < 4 && len(run) >= f.n && strings.Trim(run, string(f.mark)) == ""
}

// end returns the line that ends the fence which line i opens, -1 for none.
func (f fence) end(lines []string, i int) int {
	for j := i + 1; j < len(lines); j++ {
		if f.closes(lines[j]) {
			return j
		}
	}
	return -1
}

// unescaped returns a line of text without the backslash that keeps it from being more.
func unescaped(line string) string { return escaped.ReplaceAllString(line, "$1$2") }

// escape returns text as it is written under a heading.
func escape(text string, inAnalysis bool) string {
	lines := strings.Split(text, "\n")
	open := map[byte]int{} // by mark: as many have no end from here on
	for i := 0; i < len(lines); i++ {
		f, opens := openingFence(lines[i])
		if n := open[f.mark]; opens && (n == 0 || f.n < n) {
			if end := f.end(lines, i); end >= 0 {
				i = end
				continue
			}
			open[f.mark] = f.n
		}
		m := escapable.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		level, name := headingOf(lines[i])
		if m[2] != "" || opens || isComment(lines[i]) || structural(level, name, inAnalysis) {
			lines[i] = m[1] + `\` + m[2] + m[3]
		}
	}
	return strings.Join(lines, "\n")
}
