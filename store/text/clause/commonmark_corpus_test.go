package clause

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The scanner agrees with goldmark on real documents: at least 99 of 100 of the
// blocks goldmark finds in the newest versions of the shared corpus begin a
// clause, and as many clauses begin a block. The deviations known are those that
// TestSplitAsCommonMark names: blocks of HTML, definitions of links, rules.
func TestSplitCorpusAsCommonMark(t *testing.T) {
	bundle, err := filepath.Abs("../../../../shared/corpus/ota-demo-versions.bundle")
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := filepath.Glob(bundle); len(found) == 0 {
		t.Skip("no shared corpus")
	}
	repo := filepath.Join(t.TempDir(), "demo.git")
	git := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("git", args...).Output()
		if err != nil {
			t.Fatalf("git %s: %v", args[0], err)
		}
		return string(out)
	}
	git("clone", "--quiet", "--bare", bundle, repo)
	documents, blocks, clauses, missing, extra := 0, 0, 0, 0, 0
	for name := range strings.SplitSeq(git("-C", repo, "ls-tree", "-r", "-z", "--name-only", "HEAD"), "\x00") {
		if !strings.HasSuffix(name, ".md") || !strings.Contains(name, "/") {
			continue
		}
		source := git("-C", repo, "show", "HEAD:"+name)
		want, got := leafLines(source), clauseLines(source)
		lines := strings.Split(source, "\n")
		documents, blocks, clauses = documents+1, blocks+len(want), clauses+len(got)
		for l := range want {
			if !got[l] {
				missing++
				t.Logf("%s, line %d: no clause begins with %.80q", name, l+1, lines[l])
			}
		}
		for l := range got {
			if !want[l] {
				extra++
				t.Logf("%s, line %d: a clause begins with %.80q", name, l+1, lines[l])
			}
		}
	}
	t.Logf("%d documents, %d blocks, %d clauses", documents, blocks, clauses)
	if documents == 0 || blocks == 0 {
		t.Fatal("the corpus holds no documents")
	}
	if missing*100 > blocks || extra*100 > clauses {
		t.Errorf("of %d blocks %d begin no clause, of %d clauses %d begin no block", blocks, missing, clauses, extra)
	}
}
