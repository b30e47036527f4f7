package damage

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"fineprint/cmd/dev/faults/trial"
)

// most is the resident memory that no command on a small file may need.
const most = 500 << 20

type damager struct {
	*trial.Bench
	*atlas
	before []byte // the file some decisions earlier
	kinds  []kind
	must   trial.Values
	shown  []string // IDs that are shown

	mu    sync.Mutex
	truth map[string]answer // by command
}

// answer is what a command says on the sound file.
type answer struct {
	status int
	out    []byte
}

// Begin prepares a round.
func Begin(ctx context.Context, r *trial.Round, only string) error {
	d := &damager{Bench: r.Bench, truth: map[string]answer{}}
	for n := range 6 {
		d.shown = append(d.shown, d.Changes[5*n], fmt.Sprintf("FP-R-%06d", 1+3*n))
	}
	if err := d.settle(ctx); err != nil {
		return err
	}
	var err error
	if d.atlas, err = chart(ctx, trial.DB(d.Base("base"))); err != nil {
		return err
	}
	if d.before, err = os.ReadFile(trial.DB(d.Base("old"))); err != nil {
		return err
	}
	if d.must, err = trial.LastingOf(ctx, trial.DB(d.Base("base"))); err != nil {
		return err
	}
	for _, k := range kinds() {
		if strings.HasPrefix(k.name, only) {
			for range k.weight {
				d.kinds = append(d.kinds, k)
			}
		}
	}
	slices.SortStableFunc(d.kinds, func(a, b kind) int { return strings.Compare(a.name, b.name) })
	if len(d.kinds) == 0 {
		return fmt.Errorf("no damage is called %q", only)
	}
	r.Result.Title = "Damaged files"
	r.Result.Columns = []string{"tried", "said", "by check only", "no effect", "decided", "salvaged", "failed"}
	r.Try = d.try
	return nil
}

// settle lets the reading commands write what they derive and keep, so that they have
// nothing more to write when they are compared; and then has somebody assigned, so that the
// last transaction is one that shows.
func (d *damager) settle(ctx context.Context) error {
	marker := filepath.Join(d.Dir, "settled")
	if _, err := os.Stat(marker); err == nil {
		return nil
	}
	asked := append(d.reading(nil), []string{"check"})
	for _, id := range d.shown {
		asked = append(asked, []string{"show", id, "--json"})
	}
	asked = append(asked, []string{"decide", d.shown[0], "--assign", "ben"})
	for _, base := range []string{"old", "base"} {
		for _, args := range asked {
			// The older one may have fewer records.
			if r := d.Run(ctx, d.Base(base), time.Minute, args...); r.Status != 0 && base == "base" {
				return fmt.Errorf("%v on the sound file: status %d: %s", args, r.Status, r.Err)
			}
		}
	}
	return os.WriteFile(marker, nil, 0o600)
}

// reading are the commands that a damaged file is asked by.
func (d *damager) reading(rng *rand.Rand) [][]string {
	change, record := d.shown[0], d.shown[1]
	if rng != nil {
		change, record = d.shown[2*rng.IntN(len(d.shown)/2)], d.shown[1+2*rng.IntN(len(d.shown)/2)]
	}
	return [][]string{
		{"queue", "--json"}, {"stats", "--json"}, {"platforms", "--json"}, {"track", "list", "--json"},
		{"export", "--format", "jsonl"}, {"search", "personal data", "--json"}, {"activity", "--json"},
		{"show", change, "--json"}, {"show", record, "--json"}, {"show", "FP-D-00001@3", "--json"},
		{"queue", "--state", "all", "--json", "--limit", "20"},
	}
}

// changing is what the same database says differently from one moment to the next, or
// with the same content in a file of another size.
var changing = regexp.MustCompile(`"(db_bytes|generated_at)": ?("[^"]*"|\d+)`)

func comparable(out []byte) []byte { return changing.ReplaceAll(out, nil) }

// right asks the sound file.
func (d *damager) right(ctx context.Context, args []string, again bool) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := strings.Join(args, " ")
	if a, known := d.truth[key]; known && !again {
		return a
	}
	dir, err := os.MkdirTemp(d.Scratch, "sound-")
	if err != nil {
		return answer{status: -1}
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := d.Copy("base", dir); err != nil {
		return answer{status: -1}
	}
	r := d.Run(ctx, dir, time.Minute, args...)
	d.truth[key] = answer{r.Status, comparable(r.Out)}
	return d.truth[key]
}

func (d *damager) try(ctx context.Context, t *trial.Trial, rng *rand.Rand, dir string) {
	if err := d.Copy("base", dir); err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	what, raw, err := d.damage(t, rng, dir)
	if err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	hit := filepath.Join(dir, "hit")
	for _, name := range []string{"ask", "write", "salvage"} {
		if err := copyFiles(dir, filepath.Join(hit, name)); err != nil {
			t.Fail("harness", "%v", err)
			return
		}
	}
	d.ask(ctx, t, rng, filepath.Join(hit, "ask"), what)
	d.write(ctx, t, rng, filepath.Join(hit, "write"), what)
	if d.Has("salvage") {
		d.salvage(ctx, t, filepath.Join(hit, "salvage"), raw, what)
	}
}

// copyFiles copies the files of a folder, but no folder in it.
func copyFiles(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		content, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// run runs a command on a damaged file: whatever it says, it must end well.
func (d *damager) run(ctx context.Context, t *trial.Trial, dir, what string, args ...string) trial.Ran {
	r := d.Run(ctx, dir, trial.Limit, args...)
	switch how := fmt.Sprintf("%s; %s", what, strings.Join(args, " ")); {
	case r.Hung:
		t.Fail("hung", "%s", how)
	case r.Crashed():
		t.Fail("crashed", "%s: %s", how, r.Err)
	case r.Memory > most:
		t.Fail("memory", "%s: %d MB", how, r.Memory>>20)
	}
	return r
}

// ask asks everything that is read.
func (d *damager) ask(ctx context.Context, t *trial.Trial, rng *rand.Rand, dir, what string) {
	said := false
	for _, args := range d.reading(rng) {
		r := d.run(ctx, t, dir, what, args...)
		want := d.right(ctx, args, false)
		switch {
		case r.Status == 3:
			said = true
		case r.Status < 0:
		case r.Status == 2 && want.status != 2:
			t.Fail("looks like a mistake of the user", "%s; %s: status 2: %s", what, strings.Join(args, " "), r.Err)
		case r.Status != want.status || !bytes.Equal(comparable(r.Out), want.out):
			if want = d.right(ctx, args, true); bytes.Equal(comparable(r.Out), want.out) {
				break // the day changed
			}
			t.Fail("silently wrong", "%s; %s: status %d, %d bytes for %d: %s", what, strings.Join(args, " "), r.Status,
				len(r.Out), len(want.out), difference(want.out, comparable(r.Out)))
		}
	}
	switch check := d.run(ctx, t, dir, what, "check"); {
	case said:
		t.Count("said")
		if check.Status == 0 {
			t.Fail("check finds nothing", "%s: commands were refused, check is content", what)
		}
	case check.Status != 0:
		t.Count("by check only")
	default:
		t.Count("no effect")
	}
}

// difference shows where two texts part.
func difference(a, b []byte) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	cut := func(text []byte) string { return string(text[max(0, n-30):min(len(text), n+50)]) }
	if n >= len(a) || n >= len(b) {
		return fmt.Sprintf("one ends at byte %d", n)
	}
	return fmt.Sprintf("%q for %q", cut(b), cut(a))
}

// write takes decisions, and looks whether what was whole still is.
func (d *damager) write(ctx context.Context, t *trial.Trial, rng *rand.Rand, dir, what string) {
	was, err := d.sound(ctx, trial.DB(dir), d.must)
	if err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	var taken []string
	for _, n := range d.Undecided(rng, 4) {
		args := d.Decision(n)
		r := d.run(ctx, t, dir, what, args...)
		if r.Status != 0 {
			break
		}
		taken = append(taken, args[1])
	}
	if len(taken) == 0 {
		return
	}
	t.Count("decided")
	is, err := d.sound(ctx, trial.DB(dir), d.must)
	if err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	var gone []string
	for value := range was {
		if !is[value] {
			gone = append(gone, fmt.Sprintf("%s %x", value[0], value[1]))
		}
	}
	if slices.Sort(gone); len(gone) > 0 {
		t.Fail("destroyed by a later decision", "%s; after %d decisions: %d values: %s", what, len(taken), len(gone),
			strings.Join(gone[:min(4, len(gone))], ", "))
	}
	now, err := walked(ctx, trial.DB(dir), "event")
	for _, id := range taken {
		key := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, trial.Number(id)), 1)
		if now["event"][string(key)] == nil {
			t.Fail("acknowledged and lost", "%s; the decision on %s (%v)", what, id, err)
		}
	}
}
