package trial

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// mostListed is how many failures of one kind a result lists.
const mostListed = 12

// Failure is something that must not be, with what repeats it.
type Failure struct {
	Trial  int    `json:"trial"`
	Row    string `json:"row"`
	Kind   string `json:"kind"` // short; failures are counted by it
	Detail string `json:"detail"`
}

// Trial is what became of one.
type Trial struct {
	N        int            `json:"n"`
	Row      string         `json:"row"`
	Figures  map[string]int `json:"figures,omitempty"`
	Failures []Failure      `json:"failures,omitempty"`
}

// Count adds to a figure.
func (t *Trial) Count(figure string) { t.Figures[figure]++ }

// Fail notes a failure, with as much of the detail as everybody may see.
func (t *Trial) Fail(kind, format string, args ...any) {
	t.Failures = append(t.Failures, Failure{t.N, t.Row, kind, keepable(fmt.Sprintf(format, args...))})
}

// Row is what the trials of one kind came to.
type Row struct {
	Name    string            `json:"name"`
	Figures map[string]int    `json:"figures,omitempty"`
	Says    map[string]string `json:"says,omitempty"` // what is no number
}

// Result is what a round came to, as it is kept in the project: the figures, and what
// repeats them. Other rounds than those of this tool are kept in the same form.
type Result struct {
	Kind     string    `json:"kind"`
	Title    string    `json:"title"`
	Command  string    `json:"command"`
	Seed     uint64    `json:"seed"`
	Commit   string    `json:"commit"`
	Date     string    `json:"date"`
	Trials   int       `json:"trials"`
	Asked    int       `json:"asked"` // trials that the round is to have
	Took     string    `json:"took,omitempty"`
	Columns  []string  `json:"columns,omitempty"` // in their order; else by name
	Rows     []Row     `json:"rows"`
	Failures []Failure `json:"failures"` // some of each kind
	// Found are how many failures there are of each kind, where not all are listed.
	Found  map[string]int `json:"found,omitempty"`
	Failed int            `json:"failed"` // trials with a failure
	Notes  []string       `json:"notes,omitempty"`
}

// Round is a number of trials of one kind.
type Round struct {
	Bench   *Bench
	Result  Result
	Trials  int
	Workers int
	Output  string // the result's file
	Say     func(format string, args ...any)
	// Try does one trial in a folder of its own, which is removed after it.
	Try func(ctx context.Context, t *Trial, rng *rand.Rand, dir string)

	mu   sync.Mutex
	done map[int]Trial
	log  *os.File
}

// Run does what trials are left, and writes the result.
func (r *Round) Run(ctx context.Context) error {
	if err := r.resume(); err != nil {
		return err
	}
	defer func() { _ = r.log.Close() }()
	began, before := time.Now(), len(r.done)
	next := make(chan int)
	var wg sync.WaitGroup
	for range r.Workers {
		wg.Go(func() {
			for n := range next {
				r.one(ctx, n)
			}
		})
	}
	shown := time.Now()
	for n := 0; n < r.Trials && ctx.Err() == nil; n++ {
		r.mu.Lock()
		_, was := r.done[n]
		count := len(r.done)
		r.mu.Unlock()
		if was {
			continue
		}
		if time.Since(shown) > 10*time.Second {
			shown = time.Now()
			r.Say("%s: %d of %d, %s each\n", r.Result.Kind, count, r.Trials,
				(time.Since(began) / time.Duration(max(1, count-before))).Round(time.Millisecond))
			if err := r.write(); err != nil {
				return err
			}
		}
		next <- n
	}
	close(next)
	wg.Wait()
	return r.write()
}

func (r *Round) one(ctx context.Context, n int) {
	t := Trial{N: n, Figures: map[string]int{}}
	dir, err := os.MkdirTemp(r.Bench.Scratch, r.Result.Kind+"-")
	if err == nil {
		r.Try(ctx, &t, r.source(n), dir)
		_ = os.RemoveAll(dir)
	} else {
		t.Fail("harness", "%v", err)
	}
	if ctx.Err() != nil {
		return // it is done again
	}
	line, err := json.Marshal(t)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done[n] = t
	if err == nil {
		_, err = r.log.Write(append(line, '\n'))
	}
	if err != nil {
		r.Say("%v\n", err)
	}
	for _, f := range t.Failures {
		r.Say("trial %d, %s: %s: %.200s\n", n, t.Row, f.Kind, strings.ReplaceAll(f.Detail, "\n", " / "))
	}
}

// source is what a trial draws from.
func (r *Round) source(n int) *rand.Rand {
	return rand.New(rand.NewPCG(r.Result.Seed, uint64(n)+1<<20))
}

// resume reads the trials that were done before.
func (r *Round) resume() (err error) {
	r.done = map[int]Trial{}
	file := filepath.Join(r.Bench.Dir, r.Result.Kind+".trials.jsonl")
	if old, err := os.Open(file); err == nil {
		lines := bufio.NewScanner(old)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var t Trial
			if json.Unmarshal(lines.Bytes(), &t) == nil { // else it was cut off
				r.done[t.N] = t
			}
		}
		_ = old.Close()
	}
	r.log, err = os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil && len(r.done) > 0 {
		_, err = r.log.WriteString("\n") // after a line that was cut off
	}
	return err
}

// write sums the trials up.
func (r *Round) write() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.Result
	res.Commit, res.Date = r.Bench.Commit, time.Now().UTC().Format("2006-01-02")
	res.Asked, res.Trials, res.Failures, res.Failed = r.Trials, len(r.done), []Failure{}, 0
	res.Found = map[string]int{}
	rows := map[string]map[string]int{}
	for _, n := range slices.Sorted(maps.Keys(r.done)) {
		t := r.done[n]
		if rows[t.Row] == nil {
			rows[t.Row] = map[string]int{}
		}
		rows[t.Row]["tried"]++
		for figure, count := range t.Figures {
			rows[t.Row][figure] += count
		}
		for _, f := range t.Failures {
			if res.Found[f.Kind]++; res.Found[f.Kind] <= mostListed {
				res.Failures = append(res.Failures, f)
			}
		}
		if len(t.Failures) > 0 {
			res.Failed++
			rows[t.Row]["failed"]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		res.Rows = append(res.Rows, Row{Name: name, Figures: rows[name]})
	}
	return res.Write(r.Output)
}

// Write writes a result to its file.
func (res *Result) Write(file string) error {
	raw, err := json.MarshalIndent(res, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o600)
}

// Again does one trial again and keeps its folder.
func (r *Round) Again(ctx context.Context, n int) error {
	t := Trial{N: n, Figures: map[string]int{}}
	dir, err := os.MkdirTemp(r.Bench.Scratch, fmt.Sprintf("%s-again-%d-", r.Result.Kind, n))
	if err != nil {
		return err
	}
	r.Try(ctx, &t, r.source(n), dir)
	raw, err := json.MarshalIndent(t, "", " ")
	r.Say("%s\n%s\n", dir, raw)
	return err
}
