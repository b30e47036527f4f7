package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fineprint/cmd/dev/detecteval"
)

func percent(t detecteval.Tally) float64 { return 100 * t.Share() }

// cases scores the known edits as shared/eval/score.py does.
func (e *evaluation) cases(context.Context) error {
	file := filepath.Join(e.shared, "eval", "cases.jsonl.gz")
	if !exists(file) {
		e.skipped("cases", "no "+file)
		return nil
	}
	cases, err := detecteval.ReadCases(file)
	if err != nil {
		return err
	}
	s := detecteval.ScoreCases(cases)
	e.title("cases", "known edits of real documents")
	kinds := make([]detecteval.CaseKind, 0, len(s.Kinds))
	for k := range s.Kinds {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b detecteval.CaseKind) int { return cmp.Compare(a.Name, b.Name) })
	for _, k := range kinds {
		what := "immaterial"
		if k.Material {
			what = "material"
		}
		e.printf("  %-12s %-10s %5d / %d\n", k.Name, what, s.Kinds[k].Good, s.Kinds[k].All)
	}
	e.printf("  cases %d  recall %.4f  precision %.4f  noise %.4f  exact %.4f  rebuild %.4f\n", len(cases),
		s.Recall.Share(), s.Precision.Share(), s.Noise.Share(), s.Exact.Share(), s.Rebuild.Share())
	e.misses(s.Misses)
	return nil
}

// mutator scores the mutator's edits, kind by kind.
func (e *evaluation) mutator(context.Context) error {
	documents, whose, err := e.documents()
	if err != nil {
		return err
	}
	e.title("mutator", "edits made in "+whose)
	e.printf("  %-34s %5s %5s  %8s %9s  %7s %7s %7s  %7s\n", "kind", "docs", "edits", "hit %", "precision", "reason",
		"kind", "mark", "rebuild")
	var hitMaterial, hitImmaterial, precision detecteval.Tally
	for _, s := range detecteval.Mutate(documents, e.instances, e.seed, e.only) {
		mark := " "
		if s.Material {
			mark = "!"
		}
		if !s.Mixed {
			if s.Material {
				hitMaterial.Join(s.Hit)
			} else {
				hitImmaterial.Join(s.Hit)
			}
		}
		precision.Join(s.Precision)
		e.printf("%s %-34s %5d %5d  %8.1f %9s  %7s %7s %7s  %7.1f\n", mark, s.Name, s.Documents, s.Hit.All, percent(s.Hit),
			share(s.Precision), share(s.Reason), share(s.Kind), share(s.Mark), percent(s.Rebuild))
		e.misses(s.Misses)
	}
	e.printf("  all: material found %s of %d, immaterial folded %s of %d, precision %s of %d clauses (!: material; "+
		"kinds of both sorts are in neither sum)\n",
		share(hitMaterial), hitMaterial.All, share(hitImmaterial), hitImmaterial.All, share(precision), precision.All)
	return nil
}

// share is a tally's share in per cent, "-" when there was nothing to count.
func share(t detecteval.Tally) string {
	if t.All == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", percent(t))
}

// replay has the history judged, once.
func (e *evaluation) replay() []detecteval.Judged {
	if e.judged == nil {
		e.judged = detecteval.Replay(e.histories, detecteval.NewAssessor)
	}
	return e.judged
}

// labels holds the engine against changes that people judged.
func (e *evaluation) labels(context.Context) error {
	file := filepath.Join(e.shared, "corpus", "labels-pga.jsonl")
	if !exists(file) || e.histories == nil {
		e.skipped("labels", "no "+file+", or no history")
		return nil
	}
	labels, err := detecteval.ReadLabels(file)
	if err != nil {
		return err
	}
	byChange := map[string]detecteval.Judged{}
	for _, j := range e.replay() {
		byChange[j.Commit+" "+j.Path] = j
	}
	s := detecteval.ScoreLabels(labels, byChange)
	e.title("labels", "changes that people read and judged, replayed with their history")
	for _, label := range []string{"material", "immaterial", "capture"} {
		e.printf("  %-10s", label)
		for _, class := range sorted(s.Table[label]) {
			e.printf("  %s %d", class, s.Table[label][class])
		}
		e.printf("\n")
	}
	e.printf("  material kept %d/%d (%.1f %%)  immaterial folded %d/%d (%.1f %%)  captures caught %d/%d (%.1f %%), "+
		"or folded for another reason %d/%d\n",
		s.Kept.Good, s.Kept.All, percent(s.Kept), s.Folded.Good, s.Folded.All, percent(s.Folded), s.Caught.Good,
		s.Caught.All, percent(s.Caught), s.CaughtOrFolded.Good, s.CaughtOrFolded.All)
	e.misses(s.Misses)
	return nil
}

// sorted lists a count's keys, most first.
func sorted(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	return keys
}

// history counts what the engine makes of every change of the history.
func (e *evaluation) history(context.Context) error {
	if e.histories == nil {
		e.skipped("history", "no history given")
		return nil
	}
	var folded, kept []detecteval.Judged
	counts := map[string]int{}
	changes, pair := 0, 0
	for _, j := range e.replay() {
		if !j.Changed {
			continue
		}
		counts[j.Class()]++
		if j.Technical {
			continue
		}
		changes++
		if j.Pair {
			pair++
		}
		if j.Result.Material {
			kept = append(kept, j)
		} else {
			folded = append(folded, j)
		}
	}
	e.title("history", "every change of the history")
	e.printf("  %d documents, %d versions, %d changes of the platforms': material %d (%.1f %%); on the pair alone "+
		"%d (%.1f %%)\n ", len(e.histories), len(e.judged), changes,
		len(kept), 100*float64(len(kept))/float64(max(changes, 1)), pair, 100*float64(pair)/float64(max(changes, 1)))
	for _, class := range sorted(counts) {
		e.printf(" %s %d", class, counts[class])
	}
	e.printf("\n")
	for _, sort := range []struct {
		name string
		from []detecteval.Judged
	}{{"FOLDED", folded}, {"KEPT", kept}} {
		for i, j := range detecteval.Draw(sort.from, e.draw, e.seed) {
			e.printf("\n%s %d  %s", sort.name, i+1, detecteval.Tell(j, 6))
		}
	}
	return nil
}
