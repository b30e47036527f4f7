package main

import (
	"regexp"
	"strings"
	"unicode"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// item is a part of an edit that must have been on a screen: as any of some runs of
// letters, for two columns show it otherwise than one.
type item struct {
	clause int
	shown  []string
}

const (
	chunk = 16 // letters of a part
	near  = 10 // letters of what is beside a short edit
)

// target is what of Markdown no reader has to see, and where letters may be apart.
var target = regexp.MustCompile(`\]\([^)]*\)|<[^>]*>|\n`)

// segments are the letters and digits of a text, apart where something else may be
// shown between them.
func segments(text string) []string {
	var out []string
	for _, part := range target.Split(text, -1) {
		out = append(out, letters(part))
	}
	return out
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// itemsOf lists what must be seen of a change, in reading order.
func itemsOf(d model.ChangeDetail) []item {
	var out []item
	for i, c := range d.Change.Clauses {
		if !c.Material || c.Kind == model.Moved {
			continue
		}
		old, new := cut(d.OldText, c.Old), cut(d.NewText, c.New)
		spans := redline.Compare(old, new).Spans
		idle := redline.Idle(spans)
		for k, s := range spans {
			if s.Op != model.Equal && !idle[k] {
				out = append(out, parts(i, spans, k)...)
			}
		}
	}
	return out
}

func cut(text string, e *model.ByteRange) string {
	if e == nil {
		return ""
	}
	return text[e.Start:e.End]
}

// parts are the items of one changed span: a long one in chunks, a short one with what
// is beside it on its side.
func parts(clause int, spans []model.Span, k int) []item {
	var out []item
	for _, s := range segments(spans[k].Text) {
		for len(s) >= 2*chunk {
			out = append(out, item{clause, []string{s[:chunk]}})
			s = s[chunk:]
		}
		if len(s) >= chunk {
			out = append(out, item{clause, []string{s}})
		}
	}
	if len(out) > 0 {
		return out
	}
	s := letters(target.ReplaceAllString(spans[k].Text, ""))
	if s == "" {
		return nil
	}
	before, after := beside(spans, k, -1), beside(spans, k, 1)
	return []item{{clause, []string{before + s + after, before + s, s + after}}}
}

// beside are the letters next to a span on its own side.
func beside(spans []model.Span, k, by int) string {
	for i := k + by; i >= 0 && i < len(spans); i += by {
		if spans[i].Op != model.Equal {
			continue
		}
		all := segments(spans[i].Text)
		if by < 0 {
			s := all[len(all)-1]
			return s[max(0, len(s)-near):]
		}
		return all[0][:min(near, len(all[0]))]
	}
	return ""
}
