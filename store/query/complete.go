package query

import (
	"slices"
	"strings"
)

// Complete proposes how the last word of a query that is being typed could go on: kept
// is what stays of it, and each option what may follow. values lists those of a field
// that takes anything, such as the platforms that are listed; nil: none are known.
func Complete(typed string, values func(field string) []string) (kept string, options []string) {
	at := lastWord(typed)
	kept, last := typed[:at], typed[at:]
	lead := len(last) - len(strings.TrimLeft(last, "-("))
	kept, last = kept+last[:lead], strings.ToLower(last[lead:])
	m := fieldPattern.FindStringSubmatch(last)
	if m == nil {
		for _, f := range Fields {
			if strings.HasPrefix(f.Name, last) {
				op := ":"
				if f.onlyCompared {
					op = "<"
				}
				options = append(options, f.Name+op)
			}
		}
		return kept, options
	}
	f := fieldNamed(m[1])
	if f == nil {
		return kept, nil
	}
	list := last[len(m[0]):]
	done := strings.LastIndex(list, ",") + 1
	kept += m[0] + list[:done]
	begun := strings.Trim(list[done:], `"`)
	known := f.values
	if known == nil && values != nil {
		known = values(f.Name)
	}
	for _, v := range known {
		if v := strings.ToLower(v); strings.HasPrefix(v, begun) &&
			!slices.Contains(options, value{text: v}.write(false)) {
			options = append(options, value{text: v}.write(strings.Contains(v, ",")))
		}
	}
	return kept, options
}

// lastWord is where the last word of what is typed begins, which may be in quotes.
func lastWord(typed string) int {
	at, quoted := 0, false
	for i, r := range typed {
		switch {
		case r == '"' && (i == 0 || typed[i-1] != '\\'):
			quoted = !quoted
		case isSpace(r) && !quoted:
			at = i + len(string(r))
		}
	}
	return at
}

// Typing reads a query that is still being typed: without its last word as long as that
// can't be read, or may become the name of a field.
func Typing(typed string) (Query, error) {
	at := lastWord(typed)
	last := strings.ToLower(strings.TrimLeft(typed[at:], "-("))
	begins := func(f *field) bool { return strings.HasPrefix(f.Name, last) }
	if last == "" || !slices.ContainsFunc(Fields, begins) {
		if q, err := Parse(typed); err == nil {
			return q, nil
		}
	}
	for typed = typed[:at]; ; typed = typed[:lastWord(typed)] { // "or" waits for what it joins
		typed = strings.TrimRightFunc(typed, isSpace)
		if q, err := Parse(typed); err == nil || typed == "" {
			return q, err
		}
	}
}
