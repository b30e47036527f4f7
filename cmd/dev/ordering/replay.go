package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"fineprint/cmd/dev/detecteval"
	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/insight/ranking"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// sample is a judged change with what detection makes of it.
type sample struct {
	detecteval.Label
	collection string
	outcome    model.OutcomeKind
	result     *detect.Result // nil when it is no change
	takenBack  bool           // at once
	told       telling
	words      ranking.Words
	captured   int64  // Unix time
	size       int    // bytes of words deleted and inserted
	platform   string // of its document, as is kind
	kind       string
}

// telling is where the words are that a reader named as the most important ones.
type telling struct{ named, shown, early bool }

// earlyStops is how many places the desk stops at count as early.
const earlyStops = 3

// history is what of a document is judged again: parts of its versions.
type history struct {
	versions []timeline.Capture // the first of a part has no predecessor
	starts   []int              // of the parts
	labels   map[int][]detecteval.Label
}

// replay judges the labelled changes of a database again.
func replay(ctx context.Context, path string, labels []detecteval.Label, before int) ([]sample, error) {
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		return nil, err
	}
	byChange := map[string][]detecteval.Label{}
	for _, l := range labels {
		byChange[l.Commit+" "+l.Path] = append(byChange[l.Commit+" "+l.Path], l)
	}
	collection := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	var samples []sample
	var mu sync.Mutex
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	err = db.View(ctx, func(tx *kv.Tx) error {
		docs, err := rows.Documents(tx)
		if err != nil {
			return err
		}
		for n, doc := range docs {
			h, err := readHistory(tx, n, doc, byChange, before)
			if err != nil {
				return err
			}
			if len(h.labels) == 0 {
				continue
			}
			group.Go(func() error {
				found := h.judge()
				mu.Lock()
				defer mu.Unlock()
				samples = append(samples, found...)
				return nil
			})
		}
		return nil
	})
	_ = group.Wait() // none of them fails
	for i := range samples {
		samples[i].collection = collection
	}
	slices.SortFunc(samples, func(a, b sample) int {
		return strings.Compare(a.Path+" "+a.Commit, b.Path+" "+b.Commit)
	})
	return samples, err
}

// readHistory reads the parts of a document's history that judging its labelled
// changes takes.
func readHistory(tx *kv.Tx, n uint64, doc rows.Document, labels map[string][]detecteval.Label, before int) (history,
	error) {
	h := history{labels: map[int][]detecteval.Label{}}
	all := make([]rows.Version, doc.Versions+1)
	wanted := make([]bool, doc.Versions+2)
	at := map[int][]detecteval.Label{}
	for seq := 1; seq <= doc.Versions; seq++ {
		v, err := rows.GetVersion(tx, n, seq)
		if err != nil {
			return h, err
		}
		all[seq] = v
		path, err := kv.LookupString(tx, v.Origin.Path)
		if err != nil {
			return h, err
		}
		commit := ""
		if len(v.Origin.Commit) > 0 {
			commit = hex.EncodeToString(v.Origin.Commit[1:])
		}
		if found := labels[commit+" "+path]; len(found) > 0 {
			at[seq] = found
			from := 1
			if before > 0 {
				from = max(1, seq-before)
			}
			for i := from; i <= seq+1; i++ {
				wanted[i] = true
			}
		}
	}
	for seq := 1; seq <= doc.Versions; seq++ {
		if !wanted[seq] {
			continue
		}
		if !wanted[seq-1] {
			h.starts = append(h.starts, len(h.versions))
		}
		if len(at[seq]) > 0 {
			h.labels[len(h.versions)] = at[seq]
		}
		c, err := capture(tx, all[seq])
		if err != nil {
			return h, err
		}
		h.versions = append(h.versions, c)
	}
	return h, nil
}

// capture is what came in as a version.
func capture(tx *kv.Tx, v rows.Version) (timeline.Capture, error) {
	c := timeline.Capture{Method: model.MethodOTAVersions, At: kv.UnixTime(v.CapturedAt), Failure: v.Failure,
		Technical: v.Kind == string(model.VersionTechnical)}
	if v.Kind == string(model.VersionFailed) {
		return c, nil
	}
	text, err := rows.Text(tx, v)
	c.Text, c.Sum = text, sha256.Sum256([]byte(text))
	return c, err
}

// judge takes the versions in, one after the other.
func (h *history) judge() []sample {
	var samples []sample
	var state timeline.State
	var open []int           // the samples whose change came last
	bySeq := map[int][]int{} // the samples of a version, as the state counts them
	for i, c := range h.versions {
		if slices.Contains(h.starts, i) {
			state, open, bySeq = timeline.State{}, nil, map[int][]int{}
		}
		old := state.Text()
		var v timeline.Verdict
		state, v = timeline.Step(state, c)
		if v.Change != nil {
			for _, k := range open {
				samples[k].takenBack = v.Change.TakesBack
			}
			open = nil
		}
		for _, settled := range v.Settled {
			for _, k := range bySeq[settled.Seq] {
				if settled.Change != nil {
					samples[k].result, samples[k].takenBack = &settled.Change.Result, false
				}
			}
			for _, k := range bySeq[settled.Again] {
				samples[k].takenBack = false
			}
		}
		for _, l := range h.labels[i] {
			bySeq[v.Seq] = append(bySeq[v.Seq], len(samples))
			s := sample{Label: l, outcome: v.Outcome}
			if v.Change != nil {
				s.result = &v.Change.Result
				s.words = ranking.Read(old, c.Text, v.Change.Clauses, nil)
				s.captured, s.size = c.At.Unix(), changed(old, c.Text, v.Change.Clauses)
				s.platform, s.kind, _ = strings.Cut(strings.TrimSuffix(l.Path, ".md"), "/")
				s.told = find(l.Telling, old, c.Text, v.Change.Clauses)
				open = append(open, len(samples))
			}
			samples = append(samples, s)
		}
	}
	return samples
}

// find looks for the telling words in the clauses shown as material.
func find(telling_, old, new string, clauses []model.ClauseChange) telling {
	t := telling{named: telling_ != ""}
	want := plainWords(telling_)
	stops := 0
	for i := range clauses {
		c := &clauses[i]
		if !c.Material {
			continue
		}
		stops++
		in := false
		if c.Old != nil {
			in = strings.Contains(plainWords(old[c.Old.Start:c.Old.End]), want)
		}
		if c.New != nil {
			in = in || strings.Contains(plainWords(new[c.New.Start:c.New.End]), want)
		}
		if in {
			t.shown = true
			t.early = t.early || stops <= earlyStops
		}
	}
	return t
}

// plainWords are the words of a text in lower case, with one space between.
func plainWords(s string) string {
	var words []string
	for _, t := range redline.Tokens(clause.Visible(s)) {
		if redline.IsWord(t) || redline.IsMoney(t) {
			words = append(words, strings.ToLower(t))
		}
	}
	return " " + strings.Join(words, " ") + " "
}

// changed is how many bytes material clause changes delete and insert.
func changed(old, new string, clauses []model.ClauseChange) (size int) {
	side := func(text string, r *model.ByteRange) string {
		if r == nil {
			return ""
		}
		return text[r.Start:r.End]
	}
	for i := range clauses {
		if c := &clauses[i]; c.Material {
			for _, span := range redline.Compare(side(old, c.Old), side(new, c.New)).Spans {
				if span.Op != model.Equal {
					size += len(span.Text)
				}
			}
		}
	}
	return size
}
