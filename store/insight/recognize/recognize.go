package recognize

import (
	"cmp"
	_ "embed"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"fineprint/store/clausetype"
	"fineprint/store/insight/learn"
)

// Suggestion is a type that a clause may be of.
type Suggestion struct {
	Type        string   `json:"type"`
	Probability float64  `json:"probability"`
	Words       []string `json:"words"` // of the clause, that gave it away
	// Heading is the heading that speaks for it, "" for none.
	Heading string `json:"heading,omitempty"`
}

// How much each thing speaks for a type, in log-odds; chosen on clauses under headings
// of platforms that nothing was learned from.
const (
	cuePoints     = 1.6 // of the first cue; each further one says half as much
	headingPoints = 4.0 // of the nearest heading
	abovePoints   = 1.5 // of one further up
	otherLanguage = 2.2 // times as much for a cue in a language that no weights were learned of
	familyPoints  = 1.2 // of the kind of document, for the types of its family
	rulesPoints   = 1.0 // for what rules for content are mostly about: what is forbidden

	leastFirst  = 0.25 // a probability below it is no suggestion
	leastSecond = 0.20 // of a further type
	maxTypes    = 3
	maxPhrases  = 3
	fewWords    = 4 // a text of fewer is of no type
)

// none is the class of clauses that are of no type; the others are those of
// [clausetype.Types], in their order, counted from 1.
const none = 0

func classOf(id string) int {
	return 1 + slices.IndexFunc(clausetype.Types, func(t clausetype.Type) bool { return t.ID == id })
}

// Classes is how many classes there are: the types, and none.
var Classes = len(clausetype.Types) + 1

// ClassOf returns the class of a type, that of no type for "".
func ClassOf(id string) int {
	if id == "" {
		return none
	}
	return classOf(id)
}

// HeadingType returns the type that headings speak for, outermost first: "" for no
// type. Not known: none of them says anything.
func HeadingType(headings []string) (id string, known bool) {
	for i := len(headings) - 1; i >= 0 && i >= len(headings)-2; i-- {
		if class := headingClass(headings[i]); class >= 0 {
			if class == none {
				return "", true
			}
			return clausetype.Types[class-1].ID, true
		}
	}
	return "", false
}

//go:embed weights.zst
var shipped []byte

// Shipped are the weights that the program comes with: of types, and of ToS;DR's cases
// in the order of [clausetype.Cases].
type Shipped struct {
	Types *learn.Classifier
	Cases *Cases
}

// Load unpacks the shipped weights, the first time that they are asked for.
var Load = sync.OnceValue(func() *Shipped {
	s, err := unpack(shipped)
	if err != nil {
		panic(err) // it is embedded
	}
	return s
})

func unpack(b []byte) (*Shipped, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	plain, err := d.DecodeAll(b, nil)
	if err != nil {
		return nil, err
	}
	n := int(binary.LittleEndian.Uint32(plain))
	m := int(binary.LittleEndian.Uint32(plain[4:]))
	rest := plain[8:]
	s := &Shipped{Cases: &Cases{Titles: clausetype.Cases()}}
	if s.Types, err = learn.Parse(rest[:n]); err != nil {
		return nil, err
	}
	if s.Cases.Weights, err = learn.Parse(rest[n : n+m]); err != nil {
		return nil, err
	}
	for _, x := range rest[n+m:] {
		s.Cases.Bad = append(s.Cases.Bad, float32(x)/255)
	}
	return s, nil
}

// Pack writes weights as they are shipped.
func Pack(s *Shipped) ([]byte, error) {
	types, cases := s.Types.Bytes(), s.Cases.Weights.Bytes()
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(types)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(cases)))
	b = append(append(b, types...), cases...)
	for _, x := range s.Cases.Bad {
		b = append(b, byte(x*255+0.5))
	}
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(b, nil), e.Close()
}

// Recognizer suggests types. It is not changed while it is used, so that many may use
// it at once.
type Recognizer struct {
	types *learn.Classifier
	own   *Layer
}

// New returns a recogniser by the shipped weights, and by what own corrections taught;
// nil for none.
func New(own *Layer) *Recognizer { return &Recognizer{Load().Types, own} }

// With returns a recogniser by other weights than the shipped ones.
func With(types *learn.Classifier) *Recognizer { return &Recognizer{types: types} }

// Clause is what is known of a clause: its visible words (clause.Visible), the headings
// above it, outermost first, and the type of its document; "" where that isn't known.
type Clause struct {
	Text     string
	Headings []string
	Document string
}

// Suggest returns the types that a clause seems to be of, the likeliest first, with
// the words that say so. Most clauses are of one type, some of two or three; what is
// a contact, a title or a definition is of none.
func (r *Recognizer) Suggest(c Clause) []Suggestion { return r.suggest(c, true) }

// Types is [Recognizer.Suggest] without the words, for when there are many clauses.
func (r *Recognizer) Types(c Clause) []Suggestion { return r.suggest(c, false) }

func (r *Recognizer) suggest(c Clause, reasons bool) []Suggestion {
	var s scored
	r.score(&s, c)
	if len(s.words) < fewWords {
		return nil
	}
	var list []Suggestion
	for class := s.after(-1); class >= 0; class = s.after(class) {
		p := s.p[class]
		if class == none {
			if len(list) == 0 {
				return nil
			}
			break
		}
		if len(list) == 0 && p < leastFirst || len(list) > 0 && p < leastSecond || len(list) == maxTypes {
			break
		}
		x := Suggestion{Type: clausetype.Types[class-1].ID, Probability: float64(p)}
		if reasons {
			x.Words, x.Heading = r.phrases(&s, c.Text, class), s.headingOf(class)
		}
		list = append(list, x)
	}
	return list
}

// Ranked returns all types, the likeliest first, without what says so; "" is no type.
func (r *Recognizer) Ranked(c Clause) []Suggestion {
	var s scored
	r.score(&s, c)
	list := make([]Suggestion, 0, len(s.p))
	for _, class := range s.order() {
		x := Suggestion{Probability: float64(s.p[class])}
		if class != none {
			x.Type = clausetype.Types[class-1].ID
		}
		list = append(list, x)
	}
	return list
}

// scored is what is known of a clause.
type scored struct {
	words    []learn.Word
	vector   learn.Vector
	hits     []hit
	p        []float32
	headings []string
	said     []int // the class that each heading speaks for

	wordRoom   [160]learn.Word
	vectorRoom [320]learn.Entry
	hitRoom    [16]hit
	pRoom      [96]float32
}

// after returns the class that follows one in [scored.order], the first for -1; a clause
// needs only a few of them.
func (s *scored) after(last int) int {
	best := -1
	for i, p := range s.p {
		if last >= 0 && (p > s.p[last] || p == s.p[last] && i <= last) {
			continue
		}
		if best < 0 || p > s.p[best] {
			best = i
		}
	}
	return best
}

func (s *scored) order() []int {
	list := make([]int, len(s.p))
	for i := range list {
		list[i] = i
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(s.p[b], s.p[a]) })
	return list
}

func (r *Recognizer) score(s *scored, c Clause) {
	s.words = learn.Words(s.wordRoom[:0], c.Text)
	s.vector = r.types.Vector(s.vectorRoom[:0], s.words)
	s.p = append(s.pRoom[:0], make([]float32, r.types.Classes())...)
	r.types.Scores(s.p, s.vector)
	x := cues()
	s.hits = x.in(s.hitRoom[:0], c.Text, s.words)
	first := float32(cuePoints)
	if !english(s.words) {
		first *= otherLanguage
	}
	points := map[int]float32{}
	for _, h := range s.hits {
		worth, again := points[h.class]
		if !again {
			worth = first
		}
		s.p[h.class] += worth
		points[h.class] = worth / 2
	}
	s.addHeadings(c)
	if r.own != nil {
		r.own.add(s.p, s.words)
	}
	learn.Softmax(s.p)
}

// addHeadings adds what headings and the kind of document speak for.
func (s *scored) addHeadings(c Clause) {
	s.headings = c.Headings
	family := FamilyOf(c.Document)
	for i, h := range c.Headings {
		class := headingClass(h)
		if class > none && family == clausetype.Conduct && clausetype.Types[class-1].Family == clausetype.Data {
			class = -1 // children in rules for content are no personal data
		}
		s.said = append(s.said, class)
		if class < 0 {
			continue
		}
		if i == len(c.Headings)-1 {
			s.p[class] += headingPoints
		} else {
			s.p[class] += abovePoints
		}
	}
	if family == "" {
		return
	}
	for i, t := range clausetype.Types {
		if t.Family == family {
			s.p[i+1] += familyPoints
		}
	}
	if family == clausetype.Conduct {
		s.p[classOf("prohibited_content")] += rulesPoints
	}
}

// FamilyOf returns the family of types that a document of a type mostly has, "" for none.
func FamilyOf(document string) string {
	d := strings.ToLower(document)
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(d, n) })
	}
	switch {
	case has("privacy", "tracker", "cookie", "data "):
		return clausetype.Data
	case has("guideline", "standards", "acceptable use", "conduct", "content policy", "publishing policy"):
		return clausetype.Conduct
	case has("terms", "service level", "commercial"):
		return clausetype.Contract
	}
	return ""
}

func (s *scored) headingOf(class int) string {
	for i := len(s.said) - 1; i >= 0; i-- {
		if s.said[i] == class {
			return s.headings[i]
		}
	}
	return ""
}

var frequent = func() map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range learn.Words(nil, "the of to and or you your we our any is are that with for by this not from be") {
		m[w.Hash] = true
	}
	return m
}()

// english reports whether a text is in English, by how many of its words are frequent ones.
func english(words []learn.Word) bool {
	n := 0
	for _, w := range words {
		if frequent[w.Hash] {
			n++
		}
	}
	return n*10 >= len(words)
}

// phrases are the words that speak most for a class: cues, and what weights say.
func (r *Recognizer) phrases(s *scored, text string, class int) []string {
	told := make([]float32, len(s.words))
	r.types.Told(told, s.words, s.vector, class)
	if r.own != nil {
		r.own.told(told, s.words, class)
	}
	for _, h := range s.hits {
		if h.class == class {
			for i := h.from; i < h.to; i++ {
				told[i] += cuePoints / float32(h.to-h.from)
			}
		}
	}
	for i, w := range s.words {
		if fillers[w.Hash] {
			told[i] = min(told[i], little+0.001) // it only joins others
		}
	}
	var list []string
	for range maxPhrases {
		from, to := strongest(told)
		if from >= 0 && !slices.ContainsFunc(s.words[from:to], func(w learn.Word) bool { return !fillers[w.Hash] }) {
			break
		}
		if from < 0 {
			break
		}
		phrase := text[s.words[from].Start:s.words[to-1].End]
		if !slices.ContainsFunc(list, func(o string) bool { return strings.EqualFold(o, phrase) }) {
			list = append(list, phrase)
		}
		clear(told[from:to])
	}
	return list
}

// fillers are words that are no reason by themselves.
var fillers = func() map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range learn.Words(nil, `a an and any are as at be by for from has have if in is it its may not of on or our
		shall such that the their them these they this those to under us we will with you your when which who 1`) {
		m[w.Hash] = true
	}
	return m
}()

// little is what a word says that says next to nothing.
const little = 0.15

// strongest returns the words around the one that speaks most that speak for it too.
func strongest(told []float32) (from, to int) {
	const longest = 5
	best := -1
	for i, v := range told {
		if v > little && (best < 0 || v > told[best]) {
			best = i
		}
	}
	if best < 0 {
		return -1, -1
	}
	from, to = best, best+1
	enough := max(little, told[best]/4)
	for to-from < longest {
		left, right := float32(0), float32(0)
		if from > 0 {
			left = told[from-1]
		}
		if to < len(told) {
			right = told[to]
		}
		switch {
		case left >= right && left > enough:
			from--
		case right > enough:
			to++
		default:
			return from, to
		}
	}
	return from, to
}
