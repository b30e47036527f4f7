package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/ranking"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

const (
	// maxTraining and maxTrainingLine are how many bytes a file to learn from and a line
	// of it may have.
	maxTraining     = 64 << 20
	maxTrainingLine = 1 << 20
)

// learning is a kind of line that there is to learn from, told by the keys it has.
type learning struct {
	name string
	is   func(keys map[string]json.RawMessage) bool
	// train learns from lines of the kind, and evaluate measures on them without learning;
	// either is nil for what it can't do.
	train    func(ctx context.Context, s *store.Store, lines []line) (trained, error)
	evaluate func(ctx context.Context, s *store.Store, lines []line) (evaluation, error)
}

// learnings are the kinds of lines; the first that a line is of is its kind.
var learnings = []learning{
	{name: "judged changes", is: hasKeys("label"), train: trainChanges, evaluate: evaluateChanges},
	{name: "clauses filed under cases", is: hasKeys("quote", "case"), train: trainQuotes, evaluate: evaluateQuotes},
}

// hasKeys tells a kind of line by keys that it has.
func hasKeys(names ...string) func(map[string]json.RawMessage) bool {
	return func(keys map[string]json.RawMessage) bool {
		for _, name := range names {
			if _, ok := keys[name]; !ok {
				return false
			}
		}
		return true
	}
}

// line is a line of a file to learn from.
type line struct {
	number int // counted from 1
	json   []byte
}

// decode reads the line into v.
func (l line) decode(v any) error {
	if err := json.Unmarshal(l.json, v); err != nil {
		return fmt.Errorf("%w: line %d: %w", model.ErrInvalid, l.number, err)
	}
	return nil
}

// trained is what became of lines to learn from.
type trained struct {
	Kind      string `json:"kind"`
	Examples  int    `json:"examples"`
	Known     int    `json:"known"`
	Unmatched int    `json:"unmatched"`
}

// evaluation is how suggestions do on judged lines; what doesn't apply is null.
type evaluation struct {
	N                int      `json:"n"`
	Top1             *float64 `json:"top1"`
	Top3             *float64 `json:"top3"`
	AUC              *float64 `json:"auc"`
	AveragePrecision *float64 `json:"average_precision"`
	Unmatched        int      `json:"unmatched"`
	// LearnedFrom says what the suggestions were learned from, "" where that is plain.
	LearnedFrom string `json:"learned_from,omitempty"`
}

func newInsightCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "insight",
		Short: "Teach, explain and measure what is suggested",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newInsightTrainCommand(a), newInsightExplainCommand(a), newInsightEvaluateCommand(a),
		newInsightStatusCommand(a))
	return cmd
}

func newInsightTrainCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "train FILE.jsonl",
		Short: "Learn from changes and clauses that were judged elsewhere",
		Long: `Learn from a file of judged lines, one JSON object a line; - reads standard input.
What is learned stays in the database and orders the queue; it decides nothing.

A judged change has "change", its ID, or the "commit" and "path" that it was imported
from; "label", which is material, immaterial or capture; and "severity" or null.

A clause filed under a case has "quote", "case" and "classification", which is good,
neutral, bad or blocker.`,
		Example: "fineprint insight train judged.jsonl",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runInsightTrain(cmd.Context(), a, args[0]) },
	}
}

func runInsightTrain(ctx context.Context, a *cli, path string) error {
	byKind, err := a.readLearning(path)
	if err != nil {
		return err
	}
	s, err := a.app().OpenOrCreate() // learning may come first
	if err != nil {
		return err
	}
	done := []trained{}
	for i, k := range learnings {
		if len(byKind[i]) == 0 {
			continue
		}
		t, err := k.train(ctx, s, byKind[i])
		if err != nil {
			return err
		}
		t.Kind = k.name
		done = append(done, t)
	}
	return a.print(struct {
		Trained []trained `json:"trained"`
	}{done}, func() {
		for _, t := range done {
			a.printf("Learned from %d %s; %s known, %d not in this database.\n", t.Examples, t.Kind,
				humanize.Number(t.Known), t.Unmatched)
		}
	})
}

// readLearning reads a file to learn from: its lines by their place in learnings.
func (a *cli) readLearning(path string) ([][]line, error) {
	data, err := a.readFile(path, maxTraining)
	if err != nil {
		return nil, err
	}
	byKind, all := make([][]line, len(learnings)), 0
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, maxTrainingLine)
	for n := 1; scanner.Scan(); n++ {
		l := line{n, bytes.Clone(bytes.TrimSpace(scanner.Bytes()))}
		if len(l.json) == 0 {
			continue
		}
		var keys map[string]json.RawMessage
		if err := l.decode(&keys); err != nil {
			return nil, err
		}
		kind := kindOf(keys)
		if kind < 0 {
			return nil, fmt.Errorf("%w: line %d has none of what can be learned from (%s)", model.ErrInvalid, n,
				kinds())
		}
		byKind[kind] = append(byKind[kind], l)
		all++
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%w: reading %s: %w", model.ErrInvalid, path, err)
	}
	if all == 0 {
		return nil, fmt.Errorf("%w: %s is empty; give one JSON object a line", model.ErrInvalid, path)
	}
	return byKind, nil
}

func kindOf(keys map[string]json.RawMessage) int {
	for i, k := range learnings {
		if k.is(keys) {
			return i
		}
	}
	return -1
}

func kinds() string {
	names := make([]string, len(learnings))
	for i, k := range learnings {
		names[i] = k.name
	}
	return strings.Join(names, ", ")
}

// judgedLine is a judged change as a file has it.
type judgedLine struct {
	Change   string          `json:"change"`
	Commit   string          `json:"commit"`
	Path     string          `json:"path"`
	Label    ranking.Label   `json:"label"`
	Severity *model.Severity `json:"severity"`
}

// judgedChanges reads judged changes.
func judgedChanges(lines []line) ([]ranking.Judged, error) {
	list := make([]ranking.Judged, 0, len(lines))
	for _, l := range lines {
		var read judgedLine
		if err := l.decode(&read); err != nil {
			return nil, err
		}
		j := ranking.Judged{Commit: read.Commit, Path: read.Path, Label: read.Label}
		if read.Severity != nil {
			j.Severity = *read.Severity
		}
		if read.Change != "" {
			id, err := model.ParseID(read.Change)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", l.number, err)
			}
			j.Change = id
		}
		if err := j.Valid(); err != nil {
			return nil, fmt.Errorf("line %d: %w", l.number, err)
		}
		list = append(list, j)
	}
	return list, nil
}

func trainChanges(ctx context.Context, s *store.Store, lines []line) (trained, error) {
	list, err := judgedChanges(lines)
	if err != nil {
		return trained{}, err
	}
	t, err := s.Train(ctx, list)
	return trained{Examples: t.Examples, Known: t.Known, Unmatched: t.Unmatched}, err
}

func evaluateChanges(ctx context.Context, s *store.Store, lines []line) (evaluation, error) {
	list, err := judgedChanges(lines)
	if err != nil {
		return evaluation{}, err
	}
	e, err := s.Evaluate(ctx, list)
	return evaluation{N: e.N, AUC: e.AUC, AveragePrecision: e.AveragePrecision, Unmatched: e.Unmatched}, err
}
