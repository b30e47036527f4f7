package main

import (
	"context"
	"fmt"

	"fineprint/store"
	"fineprint/store/model"
)

func runAgreement(ctx context.Context, a *cli) error {
	agreement, err := readStore(a, func(s *store.Store) (model.Agreement, error) { return s.Agreement(ctx) })
	if err != nil {
		return err
	}
	return a.print(agreement, func() { a.printAgreement(agreement) })
}

// printAgreement writes the figures, the severities against each other as a
// table or, with --plain, as a sentence each, and where two read differently.
func (a *cli) printAgreement(g model.Agreement) {
	if g.N == 0 {
		a.printf("No double-read changes yet; `fineprint decide --submit` asks for a second reader.\n")
		return
	}
	a.printf("%-26s %10d\n", "double-read changes", g.N)
	a.printf("%-26s %10s\n", "same severity, percent", figure(g.Percent, "%.1f"))
	a.printf("%-26s %10s\n", "Cohen's kappa", figure(g.Kappa, "%.3f"))
	a.printf("%-26s %10s\n", "weighted kappa, linear", figure(g.WeightedKappa, "%.3f"))
	if !a.plain {
		a.printf("\n%-26s", "author / second reader")
		for _, s := range g.Severities {
			a.printf(" %10s", string(s))
		}
		a.printf("\n")
	}
	for i, row := range g.Matrix {
		if !a.plain {
			a.printf("%-26s", string(g.Severities[i]))
		}
		for j, n := range row {
			switch {
			case !a.plain:
				a.printf(" %10d", n)
			case n > 0:
				a.printf("%d rated %s by the author and %s by the second reader.\n",
					n, string(g.Severities[i]), string(g.Severities[j]))
			}
		}
		if !a.plain {
			a.printf("\n")
		}
	}
	for _, p := range g.Disagreements {
		a.printf("%s: %s for %s, %s for %s.\n", p.Change,
			string(p.Author.Severity), p.Author.Actor, string(p.Second.Severity), p.Second.Actor)
	}
}

func figure(f *float64, format string) string {
	if f == nil {
		return "undefined"
	}
	return fmt.Sprintf(format, *f)
}
