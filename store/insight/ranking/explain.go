package ranking

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"fineprint/store/blob"
	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Explanation is why a change stands where it stands.
type Explanation struct {
	Change      model.ID `json:"change"`
	Probability float64  `json:"probability"` // that a reader calls it material
	Rank        float64  `json:"rank"`        // what the queue is ordered by
	// Detected is what is said without what was learned.
	Detected Standing `json:"without_learning"`
	Score    float64  `json:"score"`
	Why      []string `json:"why"`
	// Contributions are what adds to the log-odds, the most first, and Terms are those of
	// words and places.
	Features []Contribution `json:"features"`
	Terms    []Contribution `json:"terms"`
	// WordsInOrder: its words count in its rank and probability. Those of changes that nobody
	// decided on are read for an explanation and for the page that is shown, not for the order.
	WordsInOrder bool `json:"words_in_order"`
	// Alike are the decisions on changes that are nearly the same.
	Alike     []Precedent `json:"alike"`
	Decisions int         `json:"decisions"` // that were learned from
}

// Standing is a probability and a rank.
type Standing struct {
	Probability float64 `json:"probability"`
	Rank        float64 `json:"rank"`
	Score       int     `json:"score"`
}

// Contribution is what one thing adds.
type Contribution struct {
	Name    string  `json:"name"`
	Adds    float64 `json:"adds"`             // to the log-odds
	Learned float64 `json:"learned"`          // of it, by decisions
	Points  float64 `json:"points,omitempty"` // to the score, by decisions
}

// Precedent is a decision on a change that is nearly the same.
type Precedent struct {
	Change  model.ID `json:"change"`
	Verdict string   `json:"verdict"` // a severity, or "dismissed"
	Actor   string   `json:"actor"`
}

const (
	// maxTold is how many terms an explanation has.
	maxTold = 30
	// leastTold is the least that a term must add to be told.
	leastTold = 0.005
)

// Explain explains where a change stands, as learned from somebody's decisions: everybody's
// for "". The error wraps ErrNotFound or ErrInvalid.
func (r *Ranker) Explain(ctx context.Context, id model.ID, from string) (x Explanation, err error) {
	err = r.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, id)
		if err != nil {
			return err
		}
		h, err := rows.HeadOf(tx, n)
		if err != nil {
			return err
		}
		decisions, err := Decisions(tx)
		if err != nil {
			return err
		}
		l, err := LearnFrom(tx, Of(decisions, from), from)
		if err != nil {
			return err
		}
		x, err = l.explain(tx, &h)
		return err
	})
	if err != nil {
		return x, fmt.Errorf("explaining %s: %w", id, err)
	}
	return x, nil
}

func (l *Learned) explain(tx *kv.Tx, h *rows.Head) (x Explanation, err error) {
	place, err := l.placeOf(tx, h.Document)
	if err != nil {
		return x, err
	}
	var s Seen
	if !seen(&s, h, place, nil) {
		return x, fmt.Errorf("%w: it is not called material, so that nothing orders it", model.ErrInvalid)
	}
	names := map[Term]string{}
	words, err := ReadChange(tx, blob.NewReader(tx), h, names)
	if err != nil {
		return x, err
	}
	doc, err := rows.GetDocument(tx, h.Document)
	if err != nil {
		return x, err
	}
	for i, name := range []string{"documents of type " + doc.Type, "platform " + doc.Name, "this document"} {
		names[place[i]] = name
	}
	for _, p := range words.Parts {
		names[p.Term] = p.Text
	}
	k, err := keptOf(tx, h.N)
	if err != nil {
		return x, err
	}
	said, err := l.said(tx, h.N, h.Sketch)
	if err != nil {
		return x, err
	}
	why := append([]string{}, l.Says(words.Parts)...)
	if said != "" {
		why = append(why, said)
	}
	if k != nil { // as the queue is ordered
		s.Terms = k.terms(nil)
	}
	learned, detected := l.LogOdds(&s)
	x = Explanation{Change: tx.ID(model.ChangeID, h.N), Decisions: l.Decisions(), Score: rounded(l.Score(&s)),
		Probability: order.Rounded(order.Probability(learned)), Rank: rounded(l.Model.Rank(&s)),
		Detected: Standing{Probability: order.Rounded(order.Probability(detected)),
			Rank: rounded(order.Rank(detected, s.Score)), Score: s.Score},
		Why: why, WordsInOrder: k != nil, Features: l.featuresOf(&s), Alike: []Precedent{}}
	s.Terms = words.Terms
	x.Terms = l.termsOf(&s, names)
	for _, d := range l.alike.of(h.N, h.Sketch) {
		x.Alike = append(x.Alike, Precedent{Change: tx.ID(model.ChangeID, d.Change), Verdict: d.verdict(),
			Actor: d.Actor})
	}
	return x, nil
}

func rounded(v float64) float64 { return math.Round(v*1000) / 1000 }

// featuresOf are what the features add.
func (l *Learned) featuresOf(s *Seen) []Contribution {
	list := []Contribution{}
	for i, name := range order.Names() {
		v := l.base.Standard(s.Features, i)
		c := Contribution{Name: name}
		if i < len(l.features) {
			c.Learned = rounded(l.features[i] * v)
		}
		c.Adds = rounded(l.base.Weights[i].Weight*v + c.Learned)
		list = append(list, c)
	}
	sortContributions(list)
	return list
}

// termsOf are what words and places add, those that add anything.
func (l *Learned) termsOf(s *Seen, names map[Term]string) []Contribution {
	list := []Contribution{}
	add := func(t Term, scale float64) {
		c := Contribution{Name: inWords(names[t]), Adds: rounded(scale * l.terms[t]),
			Points: rounded(scale * l.points[t])}
		if c.Learned = c.Adds; math.Abs(c.Adds) >= leastTold || math.Abs(c.Points) >= leastTold {
			list = append(list, c)
		}
	}
	for _, t := range s.Terms {
		add(t, termScale(len(s.Terms)))
	}
	for _, t := range s.Place {
		add(t, 1)
	}
	sortContributions(list)
	return list[:min(len(list), maxTold)]
}

func sortContributions(list []Contribution) {
	smallsort.By(list, func(a, b Contribution) int {
		return cmp.Or(-cmp.Compare(math.Abs(a.Adds), math.Abs(b.Adds)), cmp.Compare(a.Name, b.Name))
	})
}

// inWords is a term's name as it is shown.
func inWords(name string) string {
	if name == "" {
		return "another word"
	}
	switch rest := name[1:]; name[0] {
	case '+':
		return "adds “" + rest + "”"
	case '-':
		return "removes “" + rest + "”"
	case '^':
		return "under a heading with “" + rest + "”"
	case '#':
		return rest
	}
	if way, ok := strings.CutPrefix(name, "number "); ok {
		return "a number goes " + way
	}
	return name
}

// Status is what was learned so far.
type Status struct {
	Decisions  int `json:"decisions"`  // in this database
	Taught     int `json:"taught"`     // changes judged elsewhere that nothing was decided on
	Material   int `json:"material"`   // of both
	Immaterial int `json:"immaterial"` // of both
	Examples   int `json:"examples"`   // of both, those that there is something to learn from
	// Entry is the journal's newest entry that is learned from.
	Entry uint64 `json:"entry"`
	// Features and Terms are what weighs most: what decisions changed of the log-odds.
	Features []Contribution `json:"features"`
	Terms    []Contribution `json:"terms"`
}

// RankingStatus learns from all decisions, keeps that and says what weighs most.
func (r *Ranker) RankingStatus(ctx context.Context) (s Status, err error) {
	l, err := r.Refresh(ctx)
	unkept := errors.Is(err, model.ErrDamaged) && kv.GatheredIn(ctx) != nil // what writes goes on without nothing
	if err != nil && !unkept {
		return s, err
	}
	err = r.db.View(ctx, func(tx *kv.Tx) error {
		if unkept {
			decisions, err := Decisions(tx)
			if err != nil {
				return err
			}
			if l, err = LearnFrom(tx, decisions, ""); err != nil {
				return err
			}
		}
		s, err = l.status(tx)
		return err
	})
	if err != nil {
		return s, fmt.Errorf("reading what was learned: %w", err)
	}
	return s, nil
}

func (l *Learned) status(tx *kv.Tx) (Status, error) {
	s := Status{Examples: l.Examples, Entry: l.Entry, Features: []Contribution{}, Terms: []Contribution{}}
	names := map[Term]string{}
	for _, d := range l.decisions {
		if d.Actor == "" {
			s.Taught++
		} else {
			s.Decisions++
		}
		if d.Material {
			s.Material++
		} else {
			s.Immaterial++
		}
	}
	for i, name := range order.Names() {
		if i < len(l.features) && l.features[i] != 0 {
			s.Features = append(s.Features, Contribution{Name: name,
				Adds:    rounded(l.base.Weights[i].Weight + l.features[i]),
				Learned: rounded(l.features[i])})
		}
	}
	sortContributions(s.Features)
	if err := l.nameTerms(tx, names); err != nil {
		return s, err
	}
	for t, w := range l.terms {
		if name, ok := names[t]; ok {
			s.Terms = append(s.Terms, Contribution{Name: inWords(name), Adds: rounded(w), Learned: rounded(w),
				Points: rounded(l.points[t])})
		}
	}
	sortContributions(s.Terms)
	s.Terms = s.Terms[:min(len(s.Terms), maxTold)]
	return s, nil
}

// nameTerms finds what the weightiest terms are called, by reading the changes that they are
// of again.
func (l *Learned) nameTerms(tx *kv.Tx, names map[Term]string) error {
	type weighty struct {
		t Term
		w float64
	}
	var list []weighty
	for t, w := range l.terms {
		list = append(list, weighty{t, math.Abs(w)})
	}
	smallsort.By(list, func(a, b weighty) int { return cmp.Or(-cmp.Compare(a.w, b.w), cmp.Compare(a.t, b.t)) })
	wanted := map[Term]bool{}
	for _, x := range list[:min(len(list), maxTold)] {
		wanted[x.t] = true
	}
	blobs := blob.NewReader(tx)
	for _, d := range l.decisions {
		if len(wanted) == 0 {
			return nil
		}
		err := l.nameTermsOf(tx, blobs, d.Change, wanted, names)
		if err != nil && !tx.Lost(err, kv.BucketChange, kv.Key(d.Change)) {
			return err
		}
	}
	return nil
}

// nameTermsOf names the wanted terms that a change has.
func (l *Learned) nameTermsOf(tx *kv.Tx, blobs *blob.Reader, change uint64, wanted map[Term]bool,
	names map[Term]string) error {
	k, err := keptOf(tx, change)
	if err != nil || k == nil {
		return err
	}
	h, err := rows.HeadOf(tx, change)
	if err != nil {
		return err
	}
	place, err := l.placeOf(tx, h.Document)
	if err != nil {
		return err
	}
	has := func(t Term) bool { return wanted[t] }
	if !slices.ContainsFunc(k.terms(nil), has) && !slices.ContainsFunc(place, has) {
		return nil
	}
	doc, err := rows.GetDocument(tx, h.Document)
	if err != nil {
		return err
	}
	of := map[Term]string{}
	words, err := ReadChange(tx, blobs, &h, of)
	if err != nil {
		return err
	}
	for _, p := range words.Parts {
		of[p.Term] = strings.TrimPrefix(of[p.Term], "#")
	}
	of[place[0]], of[place[1]] = "documents of type "+doc.Type, "platform "+doc.Name
	of[place[2]] = doc.Name + " / " + doc.Type
	for t, name := range of {
		if wanted[t] {
			names[t] = name
			delete(wanted, t)
		}
	}
	return nil
}
