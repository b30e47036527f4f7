// Command typeeval measures how clauses are recognised, and learns the weights that the
// program comes with.
//
//	go run ./cmd/dev/typeeval -points FILE                    five splits of ToS;DR's points by service
//	go run ./cmd/dev/typeeval -points FILE -db PGA,CONTRIB    and with the texts of the archives beside
//	go run ./cmd/dev/typeeval -points FILE -db PGA,CONTRIB -ship weights.zst
//	go run ./cmd/dev/typeeval -db PGA,CONTRIB -sample 1806    clauses to be judged, then what is suggested
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"fineprint/cmd/dev/devtool"
	"fineprint/store/insight/recognize"
)

func main() { devtool.Main("typeeval", run) }

// point is a line of ToS;DR's points.
type point struct {
	Service, Case, Classification, Quote string
}

func (p *point) bad() bool { return p.Classification == "bad" || p.Classification == "blocker" }

func asPoints(list []point) []recognize.Point {
	out := make([]recognize.Point, len(list))
	for i, p := range list {
		out[i] = recognize.Point{Quote: p.Quote, Case: p.Case, Bad: p.bad()}
	}
	return out
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("typeeval", flag.ContinueOnError)
	pointsFile := flags.String("points", "", "`file` of ToS;DR's points")
	db := flags.String("db", "", "databases of the pga and the contrib collection, with a comma between")
	weights := flags.String("ship", "", "`file` to write the learned weights to")
	keepTypes := flags.Int("types", 90000, "weights of types to keep")
	keepCases := flags.Int("cases", 60000, "weights of cases to keep")
	seed := flags.Uint64("sample", 0, "draw clauses by this seed and print what is suggested")
	if err := flags.Parse(args); err != nil {
		return err
	}
	databases := strings.FieldsFunc(*db, func(r rune) bool { return r == ',' })
	if *seed > 0 {
		return sample(ctx, out, databases, *seed)
	}
	points, err := readPoints(*pointsFile)
	if err != nil {
		return err
	}
	if *weights != "" {
		return ship(ctx, out, points, databases, *weights, *keepTypes, *keepCases)
	}
	return splits(ctx, out, points, databases)
}

func readPoints(path string) ([]point, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var list []point
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var p point
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		list = append(list, p)
	}
	return list, s.Err()
}
