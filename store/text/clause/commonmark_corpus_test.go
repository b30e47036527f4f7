package clause

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// markdownDocuments are the fixture of this package and, where it is at hand, the
// newest versions of a real collection, by name.
func markdownDocuments(t *testing.T) map[string]string {
	t.Helper()
	fixture, err := os.ReadFile("testdata/terms.md")
	if err != nil {
		t.Fatal(err)
	}
	documents := map[string]string{"terms.md": string(fixture)}
	bundle, err := filepath.Abs("../../../../shared/corpus/ota-demo-versions.bundle")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bundle); err != nil {
		return documents
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
	for name := range strings.SplitSeq(git("-C", repo, "ls-tree", "-r", "-z", "--name-only", "HEAD"), "\x00") {
		if strings.HasSuffix(name, ".md") && strings.Contains(name, "/") {
			documents[name] = git("-C", repo, "show", "HEAD:"+name)
		}
	}
	return documents
}

// The scanner agrees with goldmark: at least 99 of 100 of the blocks goldmark
// finds in whole documents begin a clause, and as many clauses begin a block. The
// deviations known are those that TestSplitAgreesWithCommonMark names: blocks of HTML,
// definitions of links, rules.
func TestSplitDocumentsAgreesWithCommonMark(t *testing.T) {
	documents := markdownDocuments(t)
	blocks, clauses, missing, extra := 0, 0, 0, 0
	for name, source := range documents {
		want, got := leafLines(source), clauseLines(source)
		lines := strings.Split(source, "\n")
		blocks, clauses = blocks+len(want), clauses+len(got)
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
	t.Logf("%d documents, %d blocks, %d clauses", len(documents), blocks, clauses)
	if blocks < 50 {
		t.Fatalf("the documents hold %d blocks", blocks)
	}
	if missing*100 > blocks || extra*100 > clauses {
		t.Errorf("of %d blocks %d begin no clause, of %d clauses %d begin no block", blocks, missing, clauses, extra)
	}
}
