package detecteval

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode"

	"fineprint/store/detect"
	"fineprint/store/model"
)

// Case is a document and the same with known edits.
type Case struct {
	ID     string  `json:"id"`
	Source string  `json:"source"`
	Before string  `json:"before"`
	After  string  `json:"after"`
	Truth  []Truth `json:"truth"`
}

// Truth is one known edit. Old or New is empty for what was added or removed.
type Truth struct {
	Kind     string `json:"kind"`
	Material bool   `json:"material"`
	Old      string `json:"old"`
	New      string `json:"new"`
}

// CaseKind names a kind of known edit.
type CaseKind struct {
	Name     string
	Material bool
}

// CaseScore is how the engine did on known cases. Recall is of the material
// edits, those that a clause reported as material covers; Precision of the
// clauses reported as material, those that a material edit accounts for; Noise
// of the immaterial edits, those not reported as material; Exact of the cases,
// those without any mistake; Rebuild of the cases, those whose redlines give
// both texts back.
type CaseScore struct {
	Recall, Precision, Noise, Exact, Rebuild Tally
	Kinds                                    map[CaseKind]*Tally
	Misses                                   []string
}

// ReadCases reads cases, one JSON object a line, from a file compressed by gzip.
// The error wraps [model.ErrInvalid] when a line is no case.
func ReadCases(path string) ([]Case, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading known cases: %w", err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("reading known cases: %w: %w", model.ErrInvalid, err)
	}
	var cases []Case
	for lines := json.NewDecoder(z); ; {
		var c Case
		err := lines.Decode(&c)
		if errors.Is(err, io.EOF) {
			return cases, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading known case %d: %w: %w", len(cases)+1, model.ErrInvalid, err)
		}
		cases = append(cases, c)
	}
}

// ScoreCases runs the engine over cases. An edit and a clause belong together
// when 80 % of the words of the one are in the other, in either direction, over
// at least three words.
func ScoreCases(cases []Case) CaseScore {
	s := CaseScore{Kinds: map[CaseKind]*Tally{}}
	for _, c := range cases {
		s.add(c)
	}
	return s
}

// worded is a clause or an edit by its words.
type worded struct {
	old, new     []string
	kind         string
	material     bool
	before, then string
}

func (s *CaseScore) add(c Case) {
	before, after := strings.TrimPrefix(c.Before, "\ufeff"), strings.TrimPrefix(c.After, "\ufeff")
	rebuilt := true
	var material []worded
	for _, k := range detect.Compare(before, after).Clauses {
		w := worded{before: side(before, k.Old), then: side(after, k.New), kind: string(k.Kind)}
		rebuilt = rebuilt && rebuilds(w.before, w.then)
		if k.Material {
			w.old, w.new = wordsOf(w.before), wordsOf(w.then)
			material = append(material, w)
		}
	}
	truth := make([]worded, len(c.Truth))
	for i, t := range c.Truth {
		truth[i] = worded{old: wordsOf(t.Old), new: wordsOf(t.New), kind: t.Kind, material: t.Material, before: t.Old,
			then: t.New}
	}
	wrong := s.edits(truth, material)
	for _, m := range material {
		good := false
		for _, t := range truth {
			good = good || t.material && touches(m, t)
		}
		s.Precision.Add(good)
		if !good {
			wrong = append(wrong, "false "+m.kind+": "+short(m.before, 160)+" ⇒ "+short(m.then, 160))
		}
	}
	s.Exact.Add(len(wrong) == 0)
	s.Rebuild.Add(rebuilt)
	for _, w := range wrong {
		s.Misses = append(s.Misses, c.ID+" "+c.Source+": "+w)
	}
}

// edits scores each known edit and returns the material ones that were missed.
func (s *CaseScore) edits(truth, material []worded) (wrong []string) {
	for _, t := range truth {
		found := false
		for _, m := range material {
			found = found || touches(m, t)
		}
		key := CaseKind{t.kind, t.material}
		if s.Kinds[key] == nil {
			s.Kinds[key] = &Tally{}
		}
		s.Kinds[key].Add(found == t.material)
		if !t.material {
			s.Noise.Add(!found)
			continue
		}
		s.Recall.Add(found)
		if !found {
			wrong = append(wrong, "missed "+t.kind+": "+short(t.before, 160)+" ⇒ "+short(t.then, 160))
		}
	}
	return wrong
}

func touches(clause, edit worded) bool {
	switch {
	case edit.before != "" && edit.then != "":
		return cover(clause.old, edit.old) || cover(clause.new, edit.new)
	case edit.then != "":
		return cover(clause.new, edit.new)
	}
	return cover(clause.old, edit.old)
}

func cover(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return false
	}
	have := make(map[string]int, len(b))
	for _, w := range b {
		have[w]++
	}
	hit, same := 0, len(a) == len(b)
	for i, w := range a {
		same = same && w == b[i]
		if have[w] > 0 {
			have[w]--
			hit++
		}
	}
	if len(a) < 3 {
		return same
	}
	return hit*10 >= len(a)*8
}

var (
	plain      = strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "‘", "'", "–", "-", "—", "-", "\u00a0", " ")
	linkTarget = regexp.MustCompile(`\]\([^)]*\)`)
)

func wordsOf(text string) []string {
	text = linkTarget.ReplaceAllString(plain.Replace(strings.ToLower(text)), "]")
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
