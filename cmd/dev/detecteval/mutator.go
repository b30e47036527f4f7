package detecteval

import (
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"

	"fineprint/store/detect"
	"fineprint/store/model"
)

// Document is a text to make known edits in.
type Document struct {
	Name  string
	Brand string // the name of whose document it is, as it is in the text
	Text  string
}

//go:embed testdata/*.md
var invented embed.FS

// Invented returns the package's own documents.
func Invented() ([]Document, error) {
	names, err := fs.Glob(invented, "testdata/*.md")
	if err != nil {
		return nil, fmt.Errorf("listing invented documents: %w", err)
	}
	var out []Document
	for _, name := range names {
		raw, err := invented.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading an invented document: %w", err)
		}
		title := strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".md")
		brand, _, _ := strings.Cut(title, "-")
		out = append(out, Document{Name: title, Brand: strings.ToUpper(brand[:1]) + brand[1:], Text: string(raw)})
	}
	return out, nil
}

// mutation is a kind of edit. apply makes one or more of it in a draft; false
// when the document has no room for it.
type mutation struct {
	name  string
	want  want
	apply func(*draft, want) bool
	alone bool // touches too much to be beside others
}

// KindScore is how the engine did on one kind of edit. Hit are the edits judged
// as they should be: a material one covered by a clause reported as material,
// an immaterial one folded. Precision is of the clauses reported as material
// those that a material edit accounts for. Reason is of the folded edits those
// whose reason is right, Kind of the material ones found those whose kind and
// sides are right, Mark of those that a reader must not miss the ones marked so,
// Rebuild of the documents those whose redlines give both texts back.
type KindScore struct {
	Name                                    string
	Material, Mixed                         bool
	Documents                               int
	Hit, Precision, Reason, Kind, Mark      Tally
	Rebuild                                 Tally
	Misses                                  []string
	missedHit, missedPrecise, missedLabeled int
}

// Mutate makes n documents with known edits of every kind and scores the engine
// on each; of the kinds whose name holds only, when it is not empty. The same
// seed and documents give the same scores.
func Mutate(documents []Document, n int, seed uint64, only string) []KindScore {
	scores := make([]KindScore, 0, len(mutations))
	for _, m := range mutations {
		if !strings.Contains(m.name, only) {
			continue
		}
		name := fnv.New64a()
		_, _ = name.Write([]byte(m.name))
		r := rand.New(rand.NewPCG(seed, name.Sum64()))
		s := KindScore{Name: m.name, Material: m.want.material}
		for tries := 0; s.Documents < n && tries < 6*n; tries++ {
			d := newDraft(r, documents[r.IntN(len(documents))])
			if m.apply(d, m.want) {
				s.add(d)
			}
		}
		scores = append(scores, s)
	}
	return scores
}

// add compares a draft's two sides and scores what was found.
func (s *KindScore) add(d *draft) {
	old, oldAt := write(d.prefix[0], d.old)
	text, newAt := write(d.prefix[1], d.new)
	if old == text {
		return
	}
	s.Documents++
	clauses := detect.Compare(old, text).Clauses
	rebuilt := true
	right := make([]bool, len(clauses))
	for _, e := range d.edits {
		s.Mixed = s.Mixed || e.material != s.Material
		var touching []model.ClauseChange
		for i, c := range clauses {
			if overlaps(c.Old, e.old, oldAt) || overlaps(c.New, e.new, newAt) {
				touching = append(touching, c)
				right[i] = right[i] || e.material
			}
		}
		if e.material {
			s.found(e, touching, oldAt, newAt, old, text)
		} else {
			s.folded(e, touching, clauses, old, text)
		}
	}
	for i, c := range clauses {
		rebuilt = rebuilt && rebuilds(side(old, c.Old), side(text, c.New))
		if c.Material {
			s.Precision.Add(right[i])
			if !right[i] {
				s.miss(&s.missedPrecise, "false", c, old, text)
			}
		}
	}
	s.Rebuild.Add(rebuilt)
}

// maxMisses bounds the misses kept of each sort.
const maxMisses = 6

func (s *KindScore) miss(count *int, what string, c model.ClauseChange, old, new string) {
	if *count++; *count <= maxMisses {
		s.Misses = append(s.Misses, fmt.Sprintf("%s: engine: %s material %v %s: %s", what, c.Kind, c.Material, c.Reason,
			Redline(side(old, c.Old), side(new, c.New), 260)))
	}
}

func (s *KindScore) found(e edit, touching []model.ClauseChange, oldAt, newAt map[*block]model.ByteRange, old,
	new string) {
	found, kind, marked := false, false, false
	for _, c := range touching {
		found = found || c.Material
		sides := (len(e.old) == 0 || overlaps(c.Old, e.old, oldAt)) && (len(e.new) == 0 || overlaps(c.New, e.new, newAt)) &&
			(len(e.old) > 0 || c.Old == nil) && (len(e.new) > 0 || c.New == nil)
		kind = kind || c.Material && sides && slices.Contains(e.kinds, c.Kind)
		marked = marked || c.Material && slices.ContainsFunc(c.Marks,
			func(m string) bool { return slices.Contains(e.marks, m) })
	}
	s.Hit.Add(found)
	if !found {
		s.lost("missed", touching, e, old, new)
		return
	}
	s.Kind.Add(kind)
	if !kind {
		s.lost("kind", touching, e, old, new)
	}
	if len(e.marks) == 0 {
		return
	}
	s.Mark.Add(marked)
	if !marked {
		s.lost("not marked", touching, e, old, new)
	}
}

func (s *KindScore) folded(e edit, touching, all []model.ClauseChange, old, new string) {
	for _, c := range touching {
		if c.Material {
			s.Hit.Add(false)
			s.miss(&s.missedHit, "not folded", c, old, new)
			return
		}
	}
	s.Hit.Add(true)
	if e.anywhere {
		touching = all
	}
	if len(touching) == 0 || len(e.reasons) == 0 {
		return // only what is between clauses differs
	}
	right := 0
	for _, c := range touching {
		if slices.Contains(e.reasons, c.Reason) {
			right++
		}
	}
	good := right == len(touching) || e.anywhere && right > 0
	s.Reason.Add(good)
	if !good {
		s.lost("reason", touching, e, old, new)
	}
}

// lost keeps a miss with all the clauses that touch the edit.
func (s *KindScore) lost(what string, touching []model.ClauseChange, e edit, old, new string) {
	if s.missedLabeled++; s.missedLabeled > maxMisses {
		return
	}
	said := "nothing"
	if len(touching) > 0 {
		said = ""
	}
	for _, c := range touching[:min(len(touching), 3)] {
		said += fmt.Sprintf("\n        %s material %v %s: %s", c.Kind, c.Material, c.Reason,
			Redline(side(old, c.Old), side(new, c.New), 260))
	}
	s.Misses = append(s.Misses, fmt.Sprintf("%s: want %v%v%v: %s ⇒ %s; engine: %s", what, e.kinds, e.reasons, e.marks,
		excerpt(e.old), excerpt(e.new), said))
}

func excerpt(blocks []*block) string {
	if len(blocks) == 0 {
		return "(none)"
	}
	return short(blocks[0].raw, 120)
}

// overlaps reports whether a clause's extent and one of the blocks share bytes.
func overlaps(e *model.ByteRange, blocks []*block, at map[*block]model.ByteRange) bool {
	if e == nil {
		return false
	}
	for _, b := range blocks {
		if x, there := at[b]; there && e.Start < x.End && x.Start < e.End {
			return true
		}
	}
	return false
}
