package git

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/otatest"
)

// TestHeadThatNamesNoBranchIsReplaced: by the one branch there is, or the one that a
// remote stands at; several are named.
func TestHeadThatNamesNoBranchIsReplaced(t *testing.T) {
	a, b := strings.Repeat("ab", 20), strings.Repeat("cd", 20)
	for what, c := range map[string]struct {
		refs    map[string]string
		instead string
		err     string
	}{
		"one branch":          {map[string]string{"refs/heads/main": a}, "main", ""},
		"a nested one":        {map[string]string{"refs/heads/x/y": a}, "x/y", ""},
		"a packed one":        {map[string]string{"packed-refs": "# pack-refs with: peeled\n" + a + " refs/heads/main"}, "main", ""},
		"a branch before":     {map[string]string{"refs/heads/main": a, "refs/remotes/origin/old": b}, "main", ""},
		"a remote's":          {map[string]string{"refs/remotes/origin/main": a}, "origin/main", ""},
		"where a remote is":   {map[string]string{"refs/remotes/o/a": b, "refs/remotes/o/b": a, "refs/remotes/o/HEAD": "ref: refs/remotes/o/b"}, "o/b", ""},
		"the same twice":      {map[string]string{"refs/heads/x": a, "refs/heads/y": a}, "x", ""},
		"several":             {map[string]string{"refs/heads/x": a, "refs/heads/y": b}, "", "git symbolic-ref HEAD refs/heads/x"},
		"several of a remote": {map[string]string{"refs/remotes/o/x": a, "refs/remotes/o/y": b}, "", "o/x, o/y"},
		"a tag is no branch":  {map[string]string{"refs/tags/v1": a}, "", ErrNoCommits.Error()},
	} {
		raw := otatest.NewRaw(t, "sha1")
		raw.Write("HEAD", "ref: refs/heads/master\n")
		if err := os.RemoveAll(filepath.Join(raw.Dir, "refs")); err != nil {
			t.Fatal(err)
		}
		for path, content := range c.refs {
			raw.Write(path, content+"\n")
		}
		commit, instead, err := open(t, raw.Dir).Head()
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", what, err)
			}
			continue
		}
		if err != nil || instead != c.instead || commit.String() != a {
			t.Errorf("%s: %s, %s, %v", what, commit, instead, err)
		}
	}
}

// TestWhatACloneLacksIsTold: why an object isn't there, and what mends it.
func TestWhatACloneLacksIsTold(t *testing.T) {
	missing := Name(strings.Repeat("\xab", 20))
	gone := filepath.Join(t.TempDir(), "gone")
	for what, c := range map[string]struct {
		files map[string]string
		says  string
	}{
		"nothing told":     {nil, ErrNotFound.Error()},
		"a promisor":       {map[string]string{"config": "[remote \"o\"]\n\tpromisor = true\n"}, "--refetch"},
		"no promisor":      {map[string]string{"config": "[remote \"o\"]\n\tpromisor = false\n"}, ErrNotFound.Error()},
		"an extension":     {map[string]string{"config": "[extensions]\npartialClone = o\n"}, "partial clone"},
		"a promised pack":  {map[string]string{"objects/pack/pack-1.promisor": ""}, "partial clone"},
		"alternates gone":  {map[string]string{"objects/info/alternates": gone + "\n"}, "borrows objects from another one"},
		"one in quotes":    {map[string]string{"objects/info/alternates": `"` + gone + `"` + "\n"}, gone + " isn't"},
		"a comment":        {map[string]string{"objects/info/alternates": "# " + gone + "\n"}, ErrNotFound.Error()},
		"gone and partial": {map[string]string{"objects/info/alternates": gone, "config": "[extensions]\npartialClone = o\n"}, "borrows"},
	} {
		raw := otatest.NewRaw(t, "sha1")
		for path, content := range c.files {
			raw.Write(path, content)
		}
		_, _, err := open(t, raw.Dir).Object(missing)
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), c.says) ||
			c.says == ErrNotFound.Error() && err.Error() != c.says {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestCutsAreRead: where a shallow clone begins, and grafts that end a history; other
// parents and replacements are told, and not followed.
func TestCutsAreRead(t *testing.T) {
	a, b := strings.Repeat("ab", 20), strings.Repeat("cd", 20)
	raw := otatest.NewRaw(t, "sha1")
	raw.Write("shallow", a+"\n")
	raw.Write("info/grafts", "# none\n"+b+"\n"+strings.Repeat("ef", 20)+" "+a+"\n")
	raw.Write("refs/replace/"+a, b+"\n")
	r := open(t, raw.Dir)
	for name, cut := range map[string]bool{a: true, b: true, strings.Repeat("ef", 20): false} {
		if n, _ := ParseName(name); r.Cut(n) != cut {
			t.Errorf("%s: cut %t", name, !cut)
		}
	}
	if notes := r.Notes(); !r.Shallow() || len(notes) != 2 || !strings.Contains(notes[0], "1 objects have replacements") {
		t.Errorf("%q", notes)
	}
	raw.Write("shallow", "what is this\n")
	if _, err := Open(raw.Dir); err == nil || !strings.Contains(err.Error(), "shallow") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNoRepositoryIsTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".git"), []byte("gitdir: ../away/.git\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNotRepository) || !strings.Contains(err.Error(), "away") {
		t.Errorf("%v", err)
	}
	raw := otatest.NewRaw(t, "sha1")
	raw.Write("config", "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n")
	if _, err := Open(raw.Dir); err == nil || !strings.Contains(err.Error(), "git refs migrate") {
		t.Errorf("%v", err)
	}
}
