package trial

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Op is one kind of thing that users do, as commands one after the other.
type Op struct {
	Name    string
	Command string // the program must have
	Base    string // where it begins; "" in an empty folder
	Weight  int    // how often it is tried, 1 when zero
	// Prepare makes what the commands read, beside the copied base.
	Prepare func(ctx context.Context, b *Bench, dir string) error
	Steps   func(b *Bench, rng *rand.Rand, dir string) [][]string
	// Kept holds what is there against what the commands said that they did. Whole was
	// called before, unless the base is "".
	Kept func(ctx context.Context, b *Bench, t *Trial, dir string, rans []Ran)
}

// Ops are the operations that a build has, each as often as its weight says.
func (b *Bench) Ops(only string) (ops []Op) {
	all := append(writing(), rescuing()...)
	for _, schema := range b.Schemas() {
		all = append(all, migration(schema))
	}
	for _, op := range all {
		if b.Has(op.Command) && strings.HasPrefix(op.Name, only) {
			for range max(1, op.Weight) {
				ops = append(ops, op)
			}
		}
	}
	return ops
}

func steps(list ...[]string) func(*Bench, *rand.Rand, string) [][]string {
	return func(*Bench, *rand.Rand, string) [][]string { return list }
}

func writing() []Op {
	return []Op{
		{Name: "import", Command: "import", Base: "base", Weight: 2, Kept: keptImport,
			Steps: func(b *Bench, _ *rand.Rand, _ string) [][]string { return [][]string{b.later()} }},
		{Name: "fetch", Command: "fetch", Base: "base", Weight: 2, Kept: keptFetch,
			Steps: steps(append([]string{"fetch", "--all", "--json"}, AllowHosts()...))},
		{Name: "decide", Command: "decide", Base: "base", Weight: 3, Kept: keptDecisions, Steps: decisions},
		{Name: "decide, many", Command: "decide", Base: "base", Kept: keptDecisions, Steps: bulk},
		{Name: "export", Command: "export", Base: "base", Kept: keptExport,
			Steps: steps([]string{"export", "--format", "jsonl", "-o", "records.jsonl"})},
		{Name: "detect --again", Command: "detect", Base: "base", Steps: steps([]string{"detect", "--again"}),
			Prepare: unsettle},
		{Name: "create", Command: "track", Weight: 1, Kept: keptCreate,
			Steps: func(b *Bench, _ *rand.Rand, _ string) [][]string { return [][]string{b.track()} }},
	}
}

func (b *Bench) later() []string {
	return []string{"import", "ota", b.Archive, "--match", laterPlatforms[0] + "/*", "--json"}
}

func (b *Bench) track() []string {
	return append([]string{"track", "add", b.URL(0), "--platform", "First", "--type", types[0], "--select", "body",
		"--json"}, AllowHosts()...)
}

// Undecided draws changes of the base that have no decision.
func (b *Bench) Undecided(rng *rand.Rand, n int) []int {
	list := rng.Perm(len(b.Changes) - b.Decided)[:n]
	for i := range list {
		list[i] += b.Decided
	}
	return list
}

func decisions(b *Bench, rng *rand.Rand, _ string) (list [][]string) {
	for _, n := range b.Undecided(rng, 3) {
		list = append(list, b.Decision(n))
	}
	return list
}

func bulk(b *Bench, rng *rand.Rand, _ string) [][]string {
	args := []string{"decide", "--json", "--dismiss", "the same new footer everywhere"}
	for _, n := range b.Undecided(rng, 12) {
		args = append(args, b.Changes[n])
	}
	return [][]string{args}
}

// Number is the one in an ID.
func Number(id string) uint64 {
	n, _ := strconv.ParseUint(id[strings.LastIndexByte(id, '-')+1:], 10, 64)
	return n
}

// Done are the IDs that commands said they took: the lines of JSON on their standard
// output that came out whole.
func Done(rans []Ran) (changes, snapshots []string) {
	type said struct{ Change, Snapshot string }
	for _, r := range rans {
		for dec := json.NewDecoder(bytes.NewReader(r.Out)); ; {
			var one struct {
				said
				Reviews []said
			}
			if dec.Decode(&one) != nil {
				break
			}
			for _, s := range append(one.Reviews, one.said) {
				if s.Change != "" {
					changes = append(changes, s.Change)
				}
				if s.Snapshot != "" {
					snapshots = append(snapshots, s.Snapshot)
				}
			}
		}
	}
	return changes, snapshots
}

func keptDecisions(ctx context.Context, _ *Bench, t *Trial, dir string, rans []Ran) {
	changes, _ := Done(rans)
	now, err := Read(ctx, DB(dir), "event")
	if err != nil {
		t.Fail("unreadable", "%v", err)
		return
	}
	for _, id := range changes {
		t.Count("acknowledged")
		key := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, Number(id)), 1)
		if now["event"][string(key)] == nil {
			t.Fail("acknowledged and lost", "the decision on %s was acknowledged and is not there", id)
		}
	}
}

func keptFetch(ctx context.Context, _ *Bench, t *Trial, dir string, rans []Ran) {
	_, snapshots := Done(rans)
	now, err := Read(ctx, DB(dir), "snapshot")
	if err != nil {
		t.Fail("unreadable", "%v", err)
		return
	}
	for _, id := range snapshots {
		t.Count("acknowledged")
		if now["snapshot"][string(binary.BigEndian.AppendUint64(nil, Number(id)))] == nil {
			t.Fail("acknowledged and lost", "snapshot %s was acknowledged and is not there", id)
		}
	}
}

// keptImport: an import that ended is all there; one that didn't goes on and then is.
func keptImport(ctx context.Context, b *Bench, t *Trial, dir string, rans []Ran) {
	if rans[0].Status == 0 {
		t.Count("acknowledged")
	} else if r := b.Run(ctx, dir, 30*time.Second, b.later()...); r.Status != 0 {
		t.Fail("again", "the import again: status %d: %s", r.Status, r.Err)
		return
	}
	now, err := Read(ctx, DB(dir), "version", "origin")
	if err != nil {
		t.Fail("unreadable", "%v", err)
		return
	}
	if got, want := len(now["origin"]), BaseVersions+LaterVersions; got != want {
		t.Fail("acknowledged and lost", "%d versions of the archive of %d", got, want)
	}
}

// keptExport: a file that is there is a whole one.
func keptExport(ctx context.Context, b *Bench, t *Trial, dir string, rans []Ran) {
	raw, err := os.ReadFile(filepath.Join(dir, "records.jsonl"))
	if rans[0].Status == 0 {
		t.Count("acknowledged")
		if err != nil {
			t.Fail("acknowledged and lost", "%v", err)
		}
	}
	if err != nil {
		return
	}
	lines := bytes.Count(raw, []byte("\n"))
	records, err := Read(ctx, DB(b.Base("base")), "record")
	if err != nil || lines != len(records["record"]) || !bytes.HasSuffix(raw, []byte("}\n")) {
		t.Fail("half an export", "%d lines of %d records: %v", lines, len(records["record"]), err)
	}
}

// keptCreate: what was said to be tracked is; and the command again works.
func keptCreate(ctx context.Context, b *Bench, t *Trial, dir string, rans []Ran) {
	if rans[0].Status == 0 {
		t.Count("acknowledged")
		now, err := Read(ctx, DB(dir), "tracked")
		if err != nil || len(now["tracked"]) != 1 {
			t.Fail("acknowledged and lost", "the tracked document is not there: %v", err)
		}
	}
	// Tracked already is a fine answer as well.
	if r := b.Run(ctx, dir, Limit, b.track()...); r.Status != 0 &&
		!bytes.Contains(bytes.ToLower(r.Err), []byte("already")) {
		t.Fail("again", "the command again: status %d: %s", r.Status, r.Err)
	}
	if r := b.Run(ctx, dir, Limit, "check"); r.Status != 0 {
		t.Fail("check", "check: status %d: %s%s", r.Status, r.Err, r.Out)
	}
}

// unsettle gives detection something to change: rules for places.
func unsettle(ctx context.Context, b *Bench, dir string) error {
	for _, n := range []int{50, 60, 70} {
		r := b.Run(ctx, dir, Limit, "rules", "add", "fold", b.Changes[n], "--clause", "1")
		if r.Status != 0 {
			return fmt.Errorf("rules add: %s", r.Err)
		}
	}
	return nil
}

func migration(schema string) Op {
	return Op{Name: "migration of " + schema, Base: schema,
		Steps: steps([]string{"note", "FP-C-000001", "A note, which older builds know nothing of."},
			[]string{"decide", "FP-C-000001", "--assign", "ben"}, []string{"index"})}
}

// Begin makes the folder of an operation.
func (op Op) Begin(ctx context.Context, b *Bench, dir string) error {
	err := os.MkdirAll(dir, 0o700)
	if op.Base != "" && err == nil {
		err = b.Copy(op.Base, dir)
	}
	if op.Prepare != nil && err == nil {
		err = op.Prepare(ctx, b, dir)
	}
	return err
}

// End holds the folder of an operation against what must be in it.
func (op Op) End(ctx context.Context, b *Bench, t *Trial, dir string, must Values, rans []Ran) {
	if op.Base != "" {
		b.Whole(ctx, t, dir, must)
	}
	if op.Kept != nil {
		op.Kept(ctx, b, t, dir, rans)
	}
}
