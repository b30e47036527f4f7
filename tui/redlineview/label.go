package redlineview

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/store/text/redline"
	"fineprint/tui/sanitize"
)

// notes are what a clause change's label has beside its kind.
type notes struct {
	badges  []string
	hidden  int    // hidden characters in it that are not named
	changed []rune // hidden characters that came or went
}

func (n notes) any() bool { return len(n.badges)+n.hidden+len(n.changed) > 0 }

// collectNotes takes from a clause's spans what the eye would have to look for.
func collectNotes(c model.ClauseChange, spans []model.Span) notes {
	n := notes{badges: badges(c, spans)}
	counts := map[rune]int{}
	count := func(text string, by int) {
		sanitize.EachHidden(text, func(r rune) {
			counts[r] += by
			n.hidden++
		})
	}
	for _, s := range spans {
		switch s.Op {
		case model.Delete:
			count(s.Text, -1)
		case model.Insert:
			count(s.Text, 1)
		default:
			count(s.Text, 0)
		}
	}
	if c.Old != nil && c.New != nil {
		for r, by := range counts {
			if by != 0 {
				n.changed = append(n.changed, r)
			}
		}
		slices.Sort(n.changed)
	}
	return n
}

// classes of changed words, by the mark that names them.
var classes = []class{
	{"money", money, redline.IsMoney},
	{"date", date, redline.IsDate},
	{"number", number, func(t string) bool {
		return redline.IsNumber(t) && !redline.IsDate(t) && !redline.IsMoney(t)
	}},
	{"negation", negation, redline.Negation},
	{"modal", modal, redline.Modal},
}

type class struct {
	mark string
	flag flag
	is   func(token string) bool
}

// longValue is from how many characters on a value is not put in a badge, and
// manyValues how many pairs a badge holds at most.
const longValue, manyValues = 24, 3

// badges name what a reader must not miss, as the detection marked it, with the
// values where they are short.
func badges(c model.ClauseChange, spans []model.Span) []string {
	var out []string
	for _, mark := range c.Marks {
		badge := sanitize.Line(mark)
		for _, class := range classes {
			if class.mark == mark && c.Old != nil && c.New != nil {
				if v := values(spans, class.is, mark == "number"); v != "" {
					badge += " " + v
				}
			}
		}
		out = append(out, badge)
	}
	return out
}

// values pairs the old and new tokens of a class in each place; "" when there are
// too many of them for a badge. units adds the word that follows a pair.
func values(spans []model.Span, is func(string) bool, units bool) string {
	var out []string
	for i := 0; i < len(spans); {
		old, new, next := changedTokens(spans, i, is)
		unit := ""
		if units && next < len(spans) {
			unit = unitOf(spans[next].Text)
		}
		switch {
		case len(old) == 1 && len(new) == 1:
			out = append(out, old[0]+" → "+new[0]+unit)
		case len(old)+len(new) > 2:
			return ""
		default:
			for _, t := range old {
				out = append(out, "-"+t)
			}
			for _, t := range new {
				out = append(out, "+"+t)
			}
		}
		i = max(next, i+1)
	}
	text := sanitize.Line(strings.Join(out, ", "))
	if len(out) > manyValues || ansi.StringWidth(text) > manyValues*longValue {
		return ""
	}
	return text
}

// changedTokens lists the tokens of a class that the change beginning with span i
// takes away and adds, and where the next equal span is.
func changedTokens(spans []model.Span, i int, is func(string) bool) (old, new []string, next int) {
	for ; i < len(spans) && spans[i].Op != model.Equal; i++ {
		for _, t := range redline.Tokens(spans[i].Text) {
			switch {
			case redline.IsSpace(t) || redline.IsTarget(t) || !is(t):
			case spans[i].Op == model.Delete:
				old = append(old, t)
			default:
				new = append(new, t)
			}
		}
	}
	return without(old, new), without(new, old), i
}

// without leaves out of list what other holds too, one for one.
func without(list, other []string) []string {
	left := slices.Clone(other)
	var out []string
	for _, t := range list {
		if i := slices.Index(left, t); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			out = append(out, t)
		}
	}
	return out
}

// unitOf is the word that follows a number, "" when none does at once.
func unitOf(rest string) string {
	rest, found := strings.CutPrefix(strings.ReplaceAll(rest, "\u00a0", " "), " ")
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	if !found || end < 3 || end > 12 {
		return ""
	}
	return " " + rest[:end]
}

// withBadges adds to a label the badges that there is room for, and how many of
// all there are more.
func (b *layout) withBadges(styled, bare string, badges []string) (string, string) {
	room := b.o.Width - 2
	for k, badge := range badges {
		badge = "[" + badge + "]"
		if more := fmt.Sprintf(" +%d", len(badges)-k); ansi.StringWidth(bare)+ansi.StringWidth(badge)+1 > room {
			if ansi.StringWidth(bare+more) <= room {
				styled, bare = styled+more, bare+more
			}
			break
		}
		styled, bare = styled+" "+b.o.Theme.Label.Styled(badge), bare+" "+badge
	}
	return styled, bare
}

// badges lists a clause's badges, and what of it can't be seen. What the marks on
// the words tell, they need not; but without colours those don't tell what they mark.
func (b *layout) badges(i int, n notes) []string {
	var out []string
	clause := b.items[i].clause
	if b.d.Change.Clauses[clause].Material {
		for _, badge := range n.badges {
			mark, _, _ := strings.Cut(badge, " ")
			if f := flagOf(mark); f != noFlag && (b.painted() || !b.isFlagged(clause, f)) {
				continue
			}
			if b.o.Theme.ASCII {
				badge = strings.ReplaceAll(badge, "→", "->")
			}
			out = append(out, badge)
		}
	}
	if !b.o.Source && b.open(i, b.o) && b.read(clause, b.o.Theme.ASCII).unseen {
		out = append(out, "formatting changed")
	}
	if len(n.changed) > 0 {
		names := make([]string, len(n.changed))
		for i, r := range n.changed {
			names[i] = fmt.Sprintf("U+%04X", r)
		}
		out = append(out, "hidden characters changed: "+strings.Join(names[:min(3, len(names))], " "))
	} else if n.hidden > 0 && !b.o.Shown && !b.o.Source {
		out = append(out, fmt.Sprintf("%d hidden", n.hidden))
	}
	return out
}
