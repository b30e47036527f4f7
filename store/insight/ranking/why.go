package ranking

import (
	"cmp"
	"fmt"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

const (
	// MaxWhy is how many parts say why a change stands where it stands.
	MaxWhy = 3
	// learnedPoints is what a part counts for each unit of log-odds that was learned of it.
	learnedPoints = 20
)

// Why says in words what is telling about a change, at most [MaxWhy] parts: what it says
// that weighs most, by itself and as was learned; and what was decided on changes that are
// nearly the same, as counted.
func (l *Learned) Why(tx *kv.Tx, n uint64, sketch []byte, parts []Part) ([]string, error) {
	a, err := l.alikeOf(tx)
	if err != nil {
		return nil, err
	}
	return l.why(parts, outcome(a.of(n, sketch), tx.Actor()).String()), nil
}

func (l *Learned) why(parts []Part, said string) (why []string) {
	room := MaxWhy
	if said != "" {
		room--
	}
	if len(l.terms) > 0 {
		weight := func(p Part) float64 { return float64(p.Points) + learnedPoints*l.terms[p.Term] }
		parts = slices.Clone(parts)
		smallsort.By(parts, func(a, b Part) int { return -cmp.Compare(weight(a), weight(b)) })
	}
	for _, p := range parts[:min(len(parts), room)] {
		why = append(why, p.Text)
	}
	if said != "" {
		why = append(why, said)
	}
	return why
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

// Suggest sets what a list shows of what was learned of a change: how likely it is
// material, and why it stands where it stands. What its words say is read from its texts
// where there is something to read them by.
func (l *Learned) Suggest(tx *kv.Tx, blobs *blob.Reader, n uint64, row *rows.Change, item *model.QueueItem) error {
	if l == nil || !row.Material {
		return nil
	}
	var parts []Part
	if blobs != nil {
		words, err := readRow(tx, blobs, n, row, nil)
		if err != nil {
			return err
		}
		parts = words.Parts
	}
	why, err := l.Why(tx, n, row.Sketch, parts)
	if err != nil {
		return err
	}
	item.Suggested.Why = append(why, item.Suggested.Why...)
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
	h := rows.Head{Features: row.Features, Material: true, Score: int32(row.Score)}
	if seen(&l.seen, &h, place, k) {
		odds, _ := l.LogOdds(&l.seen)
		item.Suggested.Probability = order.Rounded(order.Probability(odds))
	}
	return nil
}
