package git

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"

	"fineprint/cmd/dev/otatest"
)

func open(t testing.TB, dir string) *Repo {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// insert is a difference that makes a content of a base's length out of nothing
// but what it inserts.
func insert(base int, content string) string {
	b := binary.AppendUvarint(binary.AppendUvarint(nil, uint64(base)), uint64(len(content)))
	for content != "" {
		n := min(len(content), 127)
		b = append(append(b, byte(n)), content[:n]...)
		content = content[n:]
	}
	return string(b)
}

func TestObjectsAreReadByNamesOfBothSizes(t *testing.T) {
	for _, algorithm := range []string{"sha1", "sha256"} {
		raw := otatest.NewRaw(t, algorithm)
		packed := func(kind, text string) otatest.Packed {
			return otatest.Packed{Name: raw.Name("blob", text), Kind: kind, Content: text}
		}
		objects := []otatest.Packed{packed("blob", "one"), packed("blob", strings.Repeat("long ", 30_000))}
		for i := range 40 {
			o := packed("offset", fmt.Sprint("version ", i))
			base := "one"
			if i > 0 {
				base = fmt.Sprint("version ", i-1)
			}
			o.Base, o.BaseName = max(0, i+1), raw.Name("blob", base)
			if i == 0 {
				o.Base = 0
			}
			if i%3 == 1 {
				o.Kind = "name"
			}
			o.Content = insert(len(base), o.Content)
			objects = append(objects, o)
		}
		onLoose := packed("name", "on a loose one")
		onLoose.BaseName, onLoose.Content = raw.Loose("blob", "loose"), insert(len("loose"), onLoose.Content)
		raw.Pack(append(objects, onLoose))
		borrowed := otatest.NewRaw(t, algorithm)
		borrowed.Loose("blob", "borrowed")
		raw.Write("objects/info/alternates", filepath.Join(borrowed.Dir, "objects")+"\n")
		r := open(t, raw.Dir)
		for range 2 {
			for _, text := range []string{"version 0", "version 39", "one", "on a loose one", "loose", "borrowed",
				"version 17", objects[1].Content} {
				kind, got, err := r.Object(Name(raw.Name("blob", text)))
				if err != nil || kind != Blob || got != text {
					t.Errorf("%s: %v %.20q, %v, want %.20q", algorithm, kind, got, err, text)
				}
			}
		}
		for _, name := range []string{raw.Name("blob", "none"), "", "short", strings.Repeat("\xff", 40)} {
			if _, _, err := r.Object(Name(name)); !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %x: %v", algorithm, name, err)
			}
		}
	}
}

// TestForgedObjectIsRefused: wherever it is, whole or made by differences, and
// however often it is asked for.
func TestForgedObjectIsRefused(t *testing.T) {
	for _, algorithm := range []string{"sha1", "sha256"} {
		raw := otatest.NewRaw(t, algorithm)
		whole, made, loose, kind := raw.Name("blob", "whole"), raw.Name("blob", "made"), raw.Name("blob", "loose"),
			raw.Name("tree", "")
		raw.LooseAs(loose, "blob", "forged")
		raw.LooseAs(kind, "blob", "")
		honest := raw.Name("blob", "honest")
		raw.Pack([]otatest.Packed{{Name: whole, Kind: "blob", Content: "WHOLE"},
			{Name: made, Kind: "offset", Content: insert(5, "MADE"), Base: 0},
			{Name: honest, Kind: "offset", Content: insert(4, "honest"), Base: 1}})
		r := open(t, raw.Dir)
		for range 2 {
			for _, name := range []string{whole, made, loose, kind} {
				if _, text, err := r.Object(Name(name)); !errors.Is(err, ErrForged) || text != "" {
					t.Errorf("%x: %q, %v", name, text, err)
				}
			}
			if _, text, err := r.Object(Name(honest)); err != nil || text != "honest" {
				t.Errorf("what is true, on a forged base: %q, %v", text, err)
			}
		}
	}
}

// TestChainOfDifferencesIsBounded: a small pack can't have a reader hold
// gigabytes of differences at once, nor go round in circles.
func TestChainOfDifferencesIsBounded(t *testing.T) {
	raw := otatest.NewRaw(t, "sha1")
	objects := []otatest.Packed{{Name: raw.Name("blob", "x"), Kind: "blob", Content: "x"}}
	zeros := string(make([]byte, maxObject/2))
	for i := range 6 {
		objects = append(objects, otatest.Packed{Name: raw.Name("blob", fmt.Sprint(i)), Kind: "offset", Base: i,
			Content: zeros})
	}
	a, b := raw.Name("blob", "a"), raw.Name("blob", "b")
	objects = append(objects, otatest.Packed{Name: a, Kind: "name", BaseName: b, Content: "12"},
		otatest.Packed{Name: b, Kind: "name", BaseName: a, Content: "12"},
		otatest.Packed{Name: raw.Name("blob", "c"), Kind: "offset", Base: 0, Content: "no difference"})
	raw.Pack(objects)
	r := open(t, raw.Dir)
	for name, want := range map[string]string{objects[6].Name: "larger than", a: "no end",
		objects[9].Name: errDelta.Error()} {
		if _, _, err := r.Object(Name(name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestDamagedPackIsAnError: whatever byte of a pack or its index is another one,
// what is returned has its name.
func TestDamagedPackIsAnError(t *testing.T) {
	raw := otatest.NewRaw(t, "sha1")
	one, two := raw.Name("blob", "one"), raw.Name("blob", "two")
	raw.Pack([]otatest.Packed{{Name: one, Kind: "blob", Content: "one"},
		{Name: two, Kind: "offset", Content: insert(3, "two")}})
	for _, ext := range []string{"pack", "idx"} {
		paths, err := filepath.Glob(filepath.Join(raw.Dir, "objects", "pack", "*."+ext))
		if err != nil || len(paths) != 1 {
			t.Fatal(paths, err)
		}
		whole, err := os.ReadFile(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(whole); i += 1 + len(whole)/150 {
			changed := bytes.Clone(whole)
			changed[i] ^= 0xff
			for _, damaged := range [][]byte{whole[:i], changed} {
				if err := os.WriteFile(paths[0], damaged, 0o600); err != nil {
					t.Fatal(err)
				}
				r, err := Open(raw.Dir)
				if err != nil {
					continue
				}
				for name, want := range map[string]string{one: "one", two: "two"} {
					if _, text, err := r.Object(Name(name)); err == nil && text != want {
						t.Errorf("byte %d of the %s: %q, want %q", i, ext, text, want)
					}
				}
				_ = r.Close()
			}
		}
		if err := os.WriteFile(paths[0], whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHeadIsFound(t *testing.T) {
	raw := otatest.NewRaw(t, "sha1")
	name := strings.Repeat("ab", 20)
	for what, c := range map[string]struct {
		head, packed, loose string
		found               bool
	}{
		"a branch":         {"ref: refs/heads/x\n", "", name + "\n", true},
		"a packed branch":  {"ref: refs/heads/x\n", "# pack-refs\n" + name + " refs/heads/x\n^" + name + "\n", "", true},
		"no branch":        {name + "\n", "", "", true},
		"no commit yet":    {"ref: refs/heads/x\n", "", "", false},
		"round in circles": {"ref: refs/heads/x\n", "", "ref: refs/heads/x\n", false},
		"outside":          {"ref: refs/../../../" + filepath.Base(raw.Dir) + "/found\n", "", "", false},
		"no name":          {"ref: refs/heads/x\n", "", "zz\n", false},
		"a short name":     {"abab\n", "", "", false},
		"another size":     {strings.Repeat("ab", 32), "", "", false},
	} {
		raw.Write("HEAD", c.head)
		raw.Write("packed-refs", c.packed)
		raw.Write("refs/heads/x", c.loose)
		raw.Write("found", name)
		got, _, err := open(t, raw.Dir).Head()
		if (err == nil) != c.found || c.found && got.String() != name {
			t.Errorf("%s: %s, %v", what, got, err)
		}
	}
	tree := t.TempDir() // a worktree of it
	raw.Write("worktrees/w/HEAD", name)
	raw.Write("worktrees/w/commondir", "../..\n")
	if err := os.WriteFile(filepath.Join(tree, ".git"),
		[]byte("gitdir: "+filepath.Join(raw.Dir, "worktrees", "w")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _, err := open(t, tree).Head(); err != nil || got.String() != name {
		t.Errorf("a worktree: %s, %v", got, err)
	}
}

func TestFormatThatCannotBeReadIsAnError(t *testing.T) {
	for config, ok := range map[string]bool{
		"": true, "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n; a = b\n": true,
		"[core]\nrepositoryformatversion = 2\n": false, "[Extensions]\n\trefStorage = reftable\n": false,
		"[extensions]\n\tobjectFormat = sha3\n": false,
	} {
		raw := otatest.NewRaw(t, "sha1")
		raw.Write("config", config)
		r, err := Open(raw.Dir)
		if (err == nil) != ok {
			t.Errorf("%q: %v", config, err)
		}
		if err == nil {
			_ = r.Close()
		}
	}
	if _, err := Open(t.TempDir()); !errors.Is(err, ErrNotRepository) {
		t.Errorf("%v", err)
	}
}

// TestGitItselfIsRead: what git writes, by names of both sizes, loose and packed.
func TestGitItselfIsRead(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	for _, algorithm := range []string{"sha1", "sha256"} {
		dir := filepath.Join(t.TempDir(), "git")
		run := func(args ...string) string {
			t.Helper()
			c := exec.Command(git, append([]string{"-c", "user.name=a", "-c", "user.email=a@example.invalid"}, args...)...)
			c.Dir = dir
			c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
			out, err := c.CombinedOutput()
			if err != nil {
				t.Skipf("git %v: %v: %s", args, err, out)
			}
			return strings.TrimSpace(string(out))
		}
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		run("init", "-q", "--object-format="+algorithm)
		var text string
		for i := range 10 {
			text += strings.Repeat(fmt.Sprintf("Clause %d says this. ", i*7919), 20)
			if err := os.WriteFile(filepath.Join(dir, "terms.md"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			run("add", "terms.md")
			run("commit", "-q", "-m", "Update")
			if i == 6 {
				run("gc", "-q", "--prune=now")
			}
		}
		r := open(t, dir)
		if head, _, err := r.Head(); err != nil || head.String() != run("rev-parse", "HEAD") {
			t.Errorf("%s: %s, %v", algorithm, head, err)
		}
		for _, line := range strings.Split(run("cat-file", "--batch-all-objects", "--batch-check"), "\n") {
			digits, rest, _ := strings.Cut(line, " ")
			name, _ := hex.DecodeString(digits)
			kind, content, err := r.Object(Name(name))
			if err != nil || fmt.Sprint(kind, " ", len(content)) != rest {
				t.Errorf("%s %s: %v of %d bytes, %v", algorithm, line, kind, len(content), err)
			}
		}
	}
}

// FuzzPatch: hostile differences are refused or agree with go-git's reading.
func FuzzPatch(f *testing.F) {
	f.Add([]byte("the base of it"), []byte{14, 9, 0x90, 4, 5, ' ', 'n', 'e', 'w', '!'})
	f.Add([]byte("abc"), []byte{3, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte(""), []byte{0, 0})
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		got, err := patch(string(base), delta)
		if err != nil || len(base) == 0 {
			return
		}
		want, err := packfile.PatchDelta(base, delta)
		if err != nil || got != string(want) {
			t.Errorf("%q, go-git reads %q (%v)", got, want, err)
		}
	})
}

func TestCacheIsBounded(t *testing.T) {
	c := newContentCache(100)
	for i := range 50 {
		c.put(location{nil, int64(i)}, content{text: strings.Repeat("x", 20)})
		if i%2 == 0 {
			c.get(location{nil, 0})
		}
	}
	if _, kept := c.get(location{nil, 0}); c.size > 100 || c.order.Len() != 5 || len(c.at) != 5 || !kept {
		t.Errorf("%d bytes, %d contents, the one used often is kept: %v", c.size, c.order.Len(), kept)
	}
	if c.put(location{nil, 99}, content{text: strings.Repeat("x", 50)}); c.order.Len() != 5 {
		t.Error("one large content drives the others out")
	}
}
