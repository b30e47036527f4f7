package review

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// labelWidth is how many cells the labels of the bar take, the margin before them too.
const labelWidth = 10

// wording is how much room the words of the judgement take, from all of them to the
// fewest that still say everything.
type wording uint8

const (
	inFull wording = iota
	unlabelled
	merged
	shortest
)

// piece is what stands together in a line and is never broken: its text, styled, and
// what a click on a part of it carries out.
type piece struct {
	text  string
	areas []area
}

// area is a part of a line, from one cell to before another, that a click carries a
// command out on.
type area struct {
	line, from, to int
	command        keys.Command
}

// flow puts pieces into lines, as many in each as fit whole, and tells where the ones
// that can be clicked on are.
func (s *Screen) flow(pieces []piece, gap, indent int) (lines []string, areas []area) {
	line, used := " ", 1
	for i, p := range pieces {
		width := ansi.StringWidth(p.text)
		switch {
		case i == 0:
		case used+gap+width > s.W:
			lines = append(lines, line)
			line, used = strings.Repeat(" ", indent), indent
		default:
			line, used = line+strings.Repeat(" ", gap), used+gap
		}
		for _, a := range p.areas {
			areas = append(areas, area{len(lines), used + a.from, used + a.to, a.command})
		}
		line, used = line+p.text, used+width
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = s.Cut(lines[i], s.W)
	}
	return lines, areas
}

// judgement is how the change is judged, in the fewest lines and as fully as they allow.
func (s *Screen) judgement(v model.Review) (lines []string, areas []area) {
	for w := inFull; w <= shortest; w++ {
		gap, indent := 3, labelWidth
		if w == shortest {
			gap, indent = 2, 1
		}
		l, a := s.flow(s.pieces(v, w), gap, indent)
		if lines == nil || len(l) < len(lines) {
			lines, areas = l, a
		}
	}
	return lines, areas
}

// pieces are the parts of the judgement: severity, confidence, basis, state, and what
// an approval lacks.
func (s *Screen) pieces(v model.Review, w wording) []piece {
	pieces := append([]piece{s.chips(v, w)}, s.sureties(v, w)...)
	state := s.Theme.State(v.State).Styled(s.Safe(kit.Words(v.State)))
	if w == inFull {
		state = s.Theme.Faint.Styled("Status ") + state
	}
	needs := s.needs(v)
	if w <= unlabelled || v.State != model.Pending { // what is pending needs something
		pieces = append(pieces, piece{text: state})
	}
	if needs != "" {
		pieces = append(pieces, piece{text: needs})
	}
	return pieces
}

// chips are the severities, of which the chosen one is filled and the suggested one
// marked.
func (s *Screen) chips(v model.Review, w wording) piece {
	bare := w >= merged || s.ASCII
	suggested := model.Severity("")
	if c := s.detail.Change; c.Material && v.Severity == "" && v.State != model.InReview {
		suggested = c.Suggested.Severity
	}
	p := piece{text: s.Theme.Faint.Styled("Severity")}
	at := len("Severity")
	for _, of := range model.Severities {
		chip := s.chip(of, of == v.Severity, of == suggested, bare)
		width := ansi.StringWidth(chip)
		p.areas = append(p.areas, area{from: at + 1, to: at + 1 + width, command: severityCommand[of]})
		p.text, at = p.text+" "+chip, at+1+width
	}
	return p
}

func (s *Screen) chip(of model.Severity, chosen, suggested, bare bool) string {
	word, style := string(of), s.Theme.Severity(of)
	switch {
	case chosen && s.ASCII:
		return s.Theme.Chip(of).Styled("[" + strings.ToUpper(word) + "]")
	case chosen:
		return s.Theme.Chip(of).Styled(" " + strings.ToUpper(word) + " ")
	case suggested:
		word = s.Theme.Signs.Suggested + " " + word
	}
	if bare {
		return style.Styled(word)
	}
	return s.Theme.Faint.Styled("[") + style.Styled(word) + s.Theme.Faint.Styled("]")
}

var severityCommand = map[model.Severity]keys.Command{
	model.Low: keys.Low, model.Medium: keys.Medium, model.High: keys.High, model.Critical: keys.Critical,
}

// sureties are confidence and basis; one that was not given is what an approval takes
// on, and is marked as such.
func (s *Screen) sureties(v model.Review, w wording) []piece {
	faint := s.Theme.Faint
	sure, basis := v.Confidence, v.Basis
	noneSure, noneBasis := sure == "", basis == ""
	sure, basis = cmp.Or(sure, s.Proposal.Confidence), cmp.Or(basis, s.Proposal.Basis)
	part := func(label string, value string, isDefault bool) string {
		text := faint.Styled(label+" ") + s.Safe(value)
		switch {
		case isDefault && w == shortest:
			text += faint.Styled("*")
		case isDefault:
			text += faint.Styled(" (default)")
		}
		return text
	}
	switch {
	case w == shortest:
		pieces := []piece{
			{text: part("Conf.", string(sure), noneSure)}, {text: part("Basis", string(basis), noneBasis)},
		}
		if noneSure || noneBasis {
			pieces[1].text += faint.Styled("  *default")
		}
		return pieces
	case w == merged && noneSure && noneBasis:
		both := part("Confidence", string(sure), false) + faint.Styled(" · ") + part("Basis", string(basis), false)
		return []piece{{text: both + faint.Styled(" (defaults)")}}
	}
	return []piece{
		{text: part("Confidence", string(sure), noneSure)}, {text: part("Basis", string(basis), noneBasis)},
	}
}

// needs is what an approval still lacks, "" where nothing is waited for.
func (s *Screen) needs(v model.Review) string {
	if v.State != model.Pending && v.State != model.ChangesRequested {
		return ""
	}
	var lacks []string
	for _, m := range v.Missing() {
		if m != "confidence" && m != "basis" { // they are proposed
			lacks = append(lacks, m)
		}
	}
	if len(lacks) == 0 {
		return s.Theme.Good.Styled("Ready to approve") + s.Theme.Faint.Styled(" ("+s.Keys.Key(keys.Approve)+")")
	}
	return s.Theme.Faint.Styled("Needs ") + s.Theme.Label.Styled(strings.Join(lacks, ", "))
}
