package detecteval

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// Tally counts how many of all were good.
type Tally struct{ Good, All int }

// Add counts one more.
func (t *Tally) Add(good bool) {
	t.All++
	if good {
		t.Good++
	}
}

// Join counts what another tally counted as well.
func (t *Tally) Join(o Tally) { t.Good, t.All = t.Good+o.Good, t.All+o.All }

// Share is the good ones' share; 1 of nothing.
func (t Tally) Share() float64 {
	if t.All == 0 {
		return 1
	}
	return float64(t.Good) / float64(t.All)
}

// side is the text of a clause's extent, "" for a missing side.
func side(text string, e *model.ByteRange) string {
	if e == nil {
		return ""
	}
	return text[e.Start:e.End]
}

// rebuilds reports whether the redline of two texts gives both back exactly.
func rebuilds(old, new string) bool {
	var a, b strings.Builder
	for _, s := range redline.Compare(old, new).Spans {
		if s.Op != model.Insert {
			a.WriteString(s.Text)
		}
		if s.Op != model.Delete {
			b.WriteString(s.Text)
		}
	}
	return a.String() == old && b.String() == new
}

// short is a text cut to n characters, on one line.
func short(text string, n int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n]) + "…"
}
