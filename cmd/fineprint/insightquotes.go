package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/recognize"
	"fineprint/store/model"
)

// quoteLine is a clause that a reviewer filed under a case.
type quoteLine struct {
	Quote          string `json:"quote"`
	Case           string `json:"case"`
	Classification string `json:"classification"`
}

// quotePoints reads quotes; classification may be null or missing where nobody judged.
func quotePoints(lines []line) ([]recognize.Point, error) {
	list := make([]recognize.Point, 0, len(lines))
	for _, l := range lines {
		var q quoteLine
		if err := l.decode(&q); err != nil {
			return nil, err
		}
		if q.Quote == "" || q.Case == "" {
			return nil, fmt.Errorf("%w: line %d: a quote and its case are needed", model.ErrInvalid, l.number)
		}
		switch q.Classification {
		case "", "good", "neutral", "bad", "blocker":
		default:
			return nil, fmt.Errorf("%w: line %d: classification must be good, neutral, bad or blocker, not %q",
				model.ErrInvalid, l.number, q.Classification)
		}
		list = append(list, recognize.Point{Quote: q.Quote, Case: q.Case,
			Bad: q.Classification == "bad" || q.Classification == "blocker"})
	}
	return list, nil
}

func trainQuotes(ctx context.Context, s *store.Store, lines []line) (trained, error) {
	points, err := quotePoints(lines)
	if err != nil {
		return trained{}, err
	}
	t, err := s.TrainQuotes(ctx, points)
	return trained{Examples: t.Examples, Known: t.Known}, err
}

func evaluateQuotes(ctx context.Context, s *store.Store, lines []line) (evaluation, error) {
	points, err := quotePoints(lines)
	if err != nil {
		return evaluation{}, err
	}
	m, own, err := s.MeasureQuotes(ctx, points)
	if err != nil {
		return evaluation{}, err
	}
	e := evaluation{N: m.N, Unmatched: m.Unmatched, Top1: &m.Top1, Top3: &m.Top3}
	if m.N == 0 {
		e.Top1, e.Top3 = nil, nil
	}
	if m.Both {
		e.AUC = &m.AUC
	}
	e.LearnedFrom = "the quotes that this database was trained with"
	if !own {
		e.LearnedFrom = "ToS;DR's points, which the program comes with; measuring on these is no test"
	}
	return e, nil
}

func newInsightEvaluateCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "evaluate FILE.jsonl",
		Short: "Measure suggestions on judged lines, without learning from them",
		Long: `Measure what is suggested on a file of judged lines, one JSON object a line; - reads
standard input. Nothing is learned from them.

A clause filed under a case has "quote", "case" and "classification", which is good,
neutral, bad or blocker. top1 and top3 are how often its case comes first, or among
the first three; auc is how often a bad one or a blocker is taken for worse than one
that is neither, by way of the cases. Lines with a case that was never heard of are
counted as unmatched, and not in n.

A database that was trained with quotes is measured by these alone, so that training
on one file and measuring on another is a fair test. One that was not is measured by
what the program comes with, which was learned from ToS;DR's points.`,
		Example: `fineprint --db new.db insight train three-quarters.jsonl
fineprint --db new.db insight evaluate the-rest.jsonl --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runInsightEvaluate(cmd.Context(), a, args[0]) },
	}
}

func runInsightEvaluate(ctx context.Context, a *cli, path string) error {
	byKind, err := a.readLearning(path)
	if err != nil {
		return err
	}
	kind := -1
	for i, lines := range byKind {
		if len(lines) > 0 && kind >= 0 {
			return fmt.Errorf("%w: %s has %s and %s; measure on one at a time", model.ErrInvalid, path,
				learnings[kind].name, learnings[i].name)
		}
		if len(lines) > 0 {
			kind = i
		}
	}
	if learnings[kind].evaluate == nil {
		return fmt.Errorf("%w: %s can't be measured on", model.ErrInvalid, learnings[kind].name)
	}
	s, err := a.app().OpenOrCreate() // an empty one has the shipped weights
	if err != nil {
		return err
	}
	e, err := learnings[kind].evaluate(ctx, s, byKind[kind])
	if err != nil {
		return err
	}
	return a.print(e, func() { a.printEvaluation(e) })
}

func (a *cli) printEvaluation(e evaluation) {
	figure := func(name string, f *float64) {
		if f != nil {
			a.printf("%s: %.3f\n", name, *f)
		}
	}
	a.printf("%d lines; %d not known.\n", e.N, e.Unmatched)
	figure("first suggestion right", e.Top1)
	figure("among the first three", e.Top3)
	figure("area under the curve", e.AUC)
	figure("average precision", e.AveragePrecision)
	if e.LearnedFrom != "" {
		a.printf("Learned from %s.\n", e.LearnedFrom)
	}
}
