package redline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/guard"
)

// Idle tells of each span whether it belongs to a place that changed and says
// nothing: quotes, emphasis, white space, the underline of a heading, the target
// of a link. A mark that strikes out, a sign, another cell of a table and another
// mail address do say something. Where no place says anything, none is idle:
// something is why the clause is shown.
func Idle(spans []model.Span) []bool {
	idle := make([]bool, len(spans))
	says := false
	for i := 0; i < len(spans); {
		if spans[i].Op == model.Equal {
			i++
			continue
		}
		j := i
		for j < len(spans) && spans[j].Op != model.Equal {
			j++
		}
		if same, ok := guard.Value(func() bool { return isIdle(spans[i:j]) }); ok && same {
			for k := i; k < j; k++ {
				idle[k] = true
			}
		} else {
			says = true
		}
		i = j
	}
	if !says {
		clear(idle)
	}
	return idle
}

// isIdle reports whether a place says the same on both sides.
func isIdle(place []model.Span) bool {
	var sides [2][]string
	for _, s := range place {
		k := 0
		if s.Op == model.Insert {
			k = 1
		}
		for _, t := range Tokens(s.Text) {
			if maySay(t) {
				sides[k] = append(sides[k], strings.ReplaceAll(t, "’", "'"))
			}
		}
	}
	return slices.Equal(sides[0], sides[1])
}

// maySay reports whether a token of Markdown may say something.
func maySay(t string) bool {
	if strings.HasPrefix(t, "](") {
		return strings.HasPrefix(t[2:], "mailto:") || strings.HasPrefix(t[2:], "tel:")
	}
	if c := t[0]; c < utf8.RuneSelf {
		return IsWord(t) || strings.IndexByte("$%<>=+~|", c) >= 0
	}
	r, _ := utf8.DecodeRuneInString(t)
	return IsWord(t) || signOf(r) != nowhere
}
