package detecteval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// Version is one version of a document in an archive's history.
type Version struct {
	Commit    string
	Path      string
	Text      string // empty for a failed capture
	Technical bool   // the archive's own re-extraction

	CapturedAt time.Time
}

// History is a document's versions, oldest first.
type History struct {
	Path     string // as the newest version is called
	Versions []Version
}

// Judged is a change with what the store made of it.
type Judged struct {
	Version
	Verdict
}

// Replay has the versions of every history judged one after the other, several
// histories at a time, and returns the outcome of each version, in order.
func Replay(histories []History, assessor func() Assessor) []Judged {
	found := make([][]Judged, len(histories))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, h := range histories {
		group.Go(func() error {
			a := assessor()
			for _, v := range h.Versions {
				found[i] = append(found[i], Judged{Version: v, Verdict: a.Next(v)})
			}
			return nil
		})
	}
	_ = group.Wait() // none of them fails
	return slices.Concat(found...)
}

// Label is a change that people read and judged.
type Label struct {
	Commit   string `json:"commit"`
	Path     string `json:"path"`
	Label    string `json:"label"` // material, immaterial or capture
	Severity string `json:"severity"`
	Note     string `json:"note"`
	Telling  string `json:"telling"` // words that carry the most important change
}

// ReadLabels reads labels, one JSON object a line. The error wraps
// [model.ErrInvalid] when a line is no label.
func ReadLabels(path string) ([]Label, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading labels: %w", err)
	}
	defer func() { _ = f.Close() }()
	var labels []Label
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var l Label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("reading label %d: %w: %w", len(labels)+1, model.ErrInvalid, err)
		}
		labels = append(labels, l)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading labels: %w", err)
	}
	return labels, nil
}

// LabelScore is a confusion table: by label, then by verdict, how many.
type LabelScore struct {
	Table map[string]map[string]int
	// Kept are the labelled material changes not folded, Folded the immaterial
	// ones folded, Caught the captures called so, CaughtOrFolded the captures
	// folded for whatever reason.
	Kept, Folded, Caught, CaughtOrFolded Tally
	Misses                               []string
}

// NotFound is the verdict on a label whose commit the histories lack.
const NotFound = "not found"

// ScoreLabels holds verdicts against labels.
func ScoreLabels(labels []Label, judged map[string]Judged) LabelScore {
	s := LabelScore{Table: map[string]map[string]int{}}
	for _, l := range labels {
		j, found := judged[l.Commit+" "+l.Path]
		class := NotFound
		if found {
			class = j.Class()
		}
		if s.Table[l.Label] == nil {
			s.Table[l.Label] = map[string]int{}
		}
		s.Table[l.Label][class]++
		folded := found && class != "material"
		good := false
		switch l.Label {
		case "material":
			good = class == "material"
			s.Kept.Add(good)
		case "immaterial":
			good = folded
			s.Folded.Add(good)
		case "capture":
			good = class == string(model.ReasonCapture) || class == same // "same": its end, the capture itself was passed over
			s.Caught.Add(good)
			s.CaughtOrFolded.Add(folded)
		}
		if !good {
			s.Misses = append(s.Misses, fmt.Sprintf("%s %.9s %s [%s] — %s\n      engine: %s", l.Label, l.Commit, l.Path,
				class, l.Note, tell(j)))
		}
	}
	return s
}

// tell describes in a line what the engine found in a change.
func tell(j Judged) string {
	if !j.Changed {
		return "no change"
	}
	r := j.Result
	var b strings.Builder
	fmt.Fprintf(&b, "material %v %s %s; +%d -%d ~%d moved %d immaterial %d; the pair alone material %v", r.Material,
		r.Reason, r.Detail,
		r.Counts.Added, r.Counts.Removed, r.Counts.Modified, r.Counts.Moved, r.Counts.Immaterial, j.Pair)
	shown := 0
	for _, c := range r.Clauses {
		if c.Material && shown < 3 {
			shown++
			fmt.Fprintf(&b, "\n        %s %s", c.Kind, Redline(side(j.Against, c.Old), side(j.Text, c.New), 200))
		}
	}
	return b.String()
}

// Redline writes what changed from old to new in a compact form, [-removed-]
// {+added+}, with what stayed cut short, in at most about n characters.
func Redline(old, new string, n int) string {
	var b strings.Builder
	for _, s := range redline.Compare(old, new).Spans {
		words := strings.Join(strings.Fields(s.Text), " ")
		switch {
		case s.Op == model.Delete:
			b.WriteString("[-" + short(words, n/2) + "-]")
		case s.Op == model.Insert:
			b.WriteString("{+" + short(words, n/2) + "+}")
		case len([]rune(words)) > 60:
			r := []rune(words)
			b.WriteString(" " + string(r[:25]) + " … " + string(r[len(r)-25:]) + " ")
		default:
			b.WriteString(" " + words + " ")
		}
	}
	return short(b.String(), n)
}

// Draw picks n of what was judged, the same for the same seed.
func Draw(from []Judged, n int, seed uint64) []Judged {
	out := slices.Clone(from)
	r := rand.New(rand.NewPCG(seed, 1))
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(n, len(out))]
}

// Tell writes a drawn change out for reading: the clauses that differ, as
// compact redlines, material ones first.
func Tell(j Judged, clauses int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%.9s %s [%s] %s\n", j.Commit, j.Path, j.Class(), j.Result.Detail)
	shown := 0
	for _, material := range []bool{true, false} {
		for _, c := range j.Result.Clauses {
			if c.Material != material || shown >= clauses {
				continue
			}
			shown++
			fmt.Fprintf(&b, "    %-8s %-10s %s\n", c.Kind, c.Reason, Redline(side(j.Against, c.Old), side(j.Text, c.New), 600))
		}
	}
	if rest := len(j.Result.Clauses) - shown; rest > 0 {
		fmt.Fprintf(&b, "    … and %d more\n", rest)
	}
	return b.String()
}
