package trial

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Limit is how long a command on the small database may take before it counts as hung.
const Limit = 10 * time.Second

// Bench is what the trials of rounds work with. Dir lasts and holds the build, the archive
// and the databases; Scratch should be in memory.
type Bench struct {
	Dir, Scratch string
	Bin, Archive string
	Commit       string
	Changes      []string // of the base, in the queue's order
	Decided      int      // how many of them have a decision
	site         *site
	commands     map[string]bool
}

// Open makes a bench in a folder, or takes the one that is there. With a seed alone
// everything in it is made the same again, but for times and identities.
func Open(ctx context.Context, dir, scratch, bin string, seed uint64) (*Bench, error) {
	b := &Bench{Dir: dir, Scratch: scratch, Bin: filepath.Join(dir, "fineprint")}
	for _, d := range []string{dir, scratch} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, err
		}
	}
	if err := b.build(ctx, bin); err != nil {
		return nil, err
	}
	var err error
	if b.site, err = serve(dir, seed); err != nil {
		return nil, fmt.Errorf("the port that the base was made with is taken: %w", err)
	}
	b.Archive = filepath.Join(dir, "archive", "history.git")
	if !exists(filepath.Join(dir, "archive", "made")) {
		if b.Archive, err = makeArchive(filepath.Join(dir, "archive"), seed); err != nil {
			return nil, err
		}
	}
	if err := b.listCommands(ctx); err != nil {
		return nil, err
	}
	return b, b.makeBases(ctx)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// build builds the program, or takes one that is named, once for all rounds of the bench.
func (b *Bench) build(ctx context.Context, bin string) error {
	named := filepath.Join(b.Dir, "commit")
	if !exists(b.Bin) || !exists(named) {
		commit, err := output(ctx, "git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*")
		if err != nil {
			return err
		}
		if bin != "" {
			err = copyFile(bin, b.Bin, 0o700)
		} else {
			_, err = output(ctx, "go", "build", "-o", b.Bin, "./cmd/fineprint")
		}
		if err != nil {
			return err
		}
		if err := os.WriteFile(named, []byte(commit), 0o600); err != nil {
			return err
		}
	}
	raw, err := os.ReadFile(named)
	b.Commit = strings.TrimSpace(string(raw))
	return err
}

func output(ctx context.Context, name string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

func (b *Bench) listCommands(ctx context.Context) error {
	r := b.Run(ctx, b.Dir, Limit, "__complete", "")
	if r.Status != 0 {
		return fmt.Errorf("the program doesn't list its commands: %s", r.Err)
	}
	b.commands = map[string]bool{}
	for line := range strings.Lines(string(r.Out)) {
		name, _, _ := strings.Cut(line, "\t")
		b.commands[strings.TrimSpace(name)] = true
	}
	return nil
}

// Has reports whether the program has a command.
func (b *Bench) Has(command string) bool { return command == "" || b.commands[command] }

// Base is the folder of one of the databases: "base"; "old", the same one some decisions
// earlier; or "schema-N", of an earlier build.
func (b *Bench) Base(name string) string { return filepath.Join(b.Dir, name) }

// Copy copies a base into a trial's folder.
func (b *Bench) Copy(name, dir string) error {
	return copyTree(b.Base(name), dir)
}

func copyTree(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, e := range entries {
		source, target := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		if e.IsDir() {
			err = copyTree(source, target)
		} else {
			err = copyFile(source, target, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string, mode os.FileMode) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, mode)
}

// made is what is kept of how the base was made.
type made struct {
	Changes []string `json:"changes"`
	Decided int      `json:"decided"`
}

func (b *Bench) makeBases(ctx context.Context) error {
	file := filepath.Join(b.Dir, "made.json")
	if raw, err := os.ReadFile(file); err == nil {
		var m made
		err = json.Unmarshal(raw, &m)
		b.Changes, b.Decided = m.Changes, m.Decided
		return err
	}
	for _, name := range []string{"base", "old"} {
		if err := os.RemoveAll(b.Base(name)); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(b.Base("base"), 0o700); err != nil {
		return err
	}
	if err := b.fillBase(ctx); err != nil {
		return err
	}
	if err := b.goldens(); err != nil {
		return err
	}
	raw, err := json.Marshal(made{b.Changes, b.Decided})
	if err != nil {
		return err
	}
	return os.WriteFile(file, raw, 0o600)
}

// must runs a command that makes the base.
func (b *Bench) must(ctx context.Context, args ...string) ([]byte, error) {
	r := b.Run(ctx, b.Base("base"), time.Minute, args...)
	if r.Status != 0 {
		return nil, fmt.Errorf("making the base: %s: status %d: %s%s", strings.Join(args, " "), r.Status, r.Err, r.Out)
	}
	return r.Out, nil
}

func (b *Bench) fillBase(ctx context.Context) error {
	for _, platform := range basePlatforms {
		if _, err := b.must(ctx, "import", "ota", b.Archive, "--match", platform+"/*"); err != nil {
			return err
		}
	}
	for n := range pages {
		if _, err := b.must(ctx, append([]string{"track", "add", b.URL(n), "--platform", fmt.Sprintf("Local %d", n+1),
			"--type", types[0], "--select", "body"}, AllowHosts()...)...); err != nil {
			return err
		}
	}
	if _, err := b.must(ctx, append([]string{"fetch", "--all"}, AllowHosts()...)...); err != nil {
		return err
	}
	raw, err := b.must(ctx, "queue", "--json", "--sort", "detected")
	if err != nil {
		return err
	}
	var queue struct {
		Changes []struct {
			ID string `json:"id"`
		} `json:"changes"`
	}
	if err := json.Unmarshal(raw, &queue); err != nil {
		return err
	}
	for _, c := range queue.Changes {
		b.Changes = append(b.Changes, c.ID)
	}
	if len(b.Changes) < 100 {
		return fmt.Errorf("the base has %d changes only", len(b.Changes))
	}
	return b.decideBase(ctx)
}

// Decision is the command that decides the nth change of the base: approvals most of all.
func (b *Bench) Decision(n int) []string {
	args := []string{"decide", b.Changes[n], "--json"}
	switch n % 8 {
	case 3:
		return append(args, "--dismiss", fmt.Sprintf("only words: reason number %d", n))
	case 5:
		return append(args, "--snooze", "2031-01-01")
	case 6:
		return append(args, "--severity", "high", "--summary", fmt.Sprintf("Half of a judgement, number %d.", n))
	}
	return append(args, "--severity", []string{"low", "medium", "high"}[n%3], "--confidence", "high", "--basis", "explicit",
		"--summary", fmt.Sprintf("Summary number %d of this change, in plain words.", n), "--approve")
}

func (b *Bench) decideBase(ctx context.Context) error {
	const decided, late = 38, 6
	for ; b.Decided < decided; b.Decided++ {
		if b.Decided == decided-late {
			if err := copyTree(b.Base("base"), b.Base("old")); err != nil {
				return err
			}
		}
		if _, err := b.must(ctx, b.Decision(b.Decided)...); err != nil {
			return err
		}
	}
	return nil
}

// goldens unpacks the databases of earlier schemas.
func (b *Bench) goldens() error {
	packed, err := filepath.Glob("store/testdata/schema-*.db.gz")
	if err != nil || len(packed) == 0 {
		return fmt.Errorf("run it in the project's folder: no store/testdata (%w)", err)
	}
	for _, file := range packed {
		dir := b.Base(strings.TrimSuffix(filepath.Base(file), ".db.gz"))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		if err := unpack(file, DB(dir)); err != nil {
			return err
		}
	}
	return nil
}

func unpack(packed, to string) error {
	f, err := os.Open(packed)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	r, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// Schemas are the names of the bases of earlier builds.
func (b *Bench) Schemas() []string {
	dirs, _ := filepath.Glob(filepath.Join(b.Dir, "schema-*")) // of a constant pattern
	for i, d := range dirs {
		dirs[i] = filepath.Base(d)
	}
	return dirs
}
