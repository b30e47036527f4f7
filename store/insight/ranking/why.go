package ranking

import (
	"cmp"
	"fmt"
	"slices"

	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

const (
	// MaxSays is how many parts tell what the words of a change say.
	MaxSays = 3
	// learnedPoints is what a part counts for each unit of log-odds that was learned of it.
	learnedPoints = 20
)

// Says tells what the words of a change say that weighs most, by itself and as was learned:
// at most [MaxSays] parts. Nil has learned nothing.
func (l *Learned) Says(parts []Part) (says []string) {
	if l != nil && len(l.terms) > 0 {
		weight := func(p Part) float64 { return float64(p.Points) + learnedPoints*l.terms[p.Term] }
		parts = slices.Clone(parts)
		smallsort.By(parts, func(a, b Part) int { return -cmp.Compare(weight(a), weight(b)) })
	}
	for _, p := range parts[:min(len(parts), MaxSays)] {
		says = append(says, p.Text)
	}
	return says
}

// said is what was decided on changes that are nearly the same, as counted; "" for nothing.
func (l *Learned) said(tx *kv.Tx, n uint64, sketch []byte) (string, error) {
	a, err := l.alikeOf(tx)
	if err != nil {
		return "", err
	}
	return outcome(a.of(n, sketch), tx.Actor()).String(), nil
}

// Outcome is how changes were decided on.
type Outcome struct {
	Alike int `json:"alike"` // decided changes that are nearly the same
	Count int `json:"count"` // of them, those decided on as most were
	// Verdict is how those were: a severity, or "dismissed".
	Verdict string `json:"verdict"`
	yours   bool   // one person decided on all of them, who asks
}

// verdict is how a change was decided on: a severity, or "dismissed".
func (d *decided) verdict() string {
	if !d.Material {
		return "dismissed"
	}
	return cmp.Or(string(d.Severity), "material")
}

// outcome counts how decided changes were decided on.
func outcome(list []*decided, reader string) (o Outcome) {
	counts := map[string]int{}
	o.Alike, o.yours = len(list), true
	for _, d := range list {
		counts[d.verdict()]++
		o.yours = o.yours && model.SamePerson(d.Actor, reader)
	}
	for verdict, n := range counts {
		if n > o.Count || n == o.Count && verdict < o.Verdict {
			o.Count, o.Verdict = n, verdict
		}
	}
	if 2*o.Count <= o.Alike {
		return Outcome{} // they were decided on in several ways
	}
	return o
}

// String is the outcome in words.
func (o Outcome) String() string {
	if o.Alike == 0 {
		return ""
	}
	of := fmt.Sprintf("%d of %d alike", o.Count, o.Alike)
	switch {
	case o.Verdict == "dismissed" && o.yours:
		return "you dismissed " + of
	case o.Verdict == "dismissed":
		return of + " were dismissed"
	case o.yours:
		return "you judged " + of + " " + o.Verdict
	}
	return of + " were judged " + o.Verdict
}

// Suggest sets what was learned of a change, wherever it is shown: how likely it is
// material, and what was decided on changes alike. Of one that is folded nothing is said.
func (l *Learned) Suggest(tx *kv.Tx, n uint64, row *rows.Change, item *model.QueueItem) error {
	if l == nil || !item.Material {
		return nil
	}
	said, err := l.said(tx, n, row.Sketch)
	if err != nil {
		return err
	}
	if said != "" {
		item.Suggested.Why = append([]string{said}, item.Suggested.Why...)
	}
	if l.Nothing() {
		return nil
	}
	place, err := l.placeOf(tx, row.Document)
	if err != nil {
		return err
	}
	k, err := keptOf(tx, n)
	if err != nil {
		return err
	}
	h, s := rows.Head{Features: row.Features, Material: true, Score: int32(row.Score)}, Seen{}
	if seen(&s, &h, place, k) {
		odds, _ := l.LogOdds(&s)
		item.Suggested.Probability = order.Rounded(order.Probability(odds))
	}
	return nil
}
