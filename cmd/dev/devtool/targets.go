package devtool

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Target is a system and a processor that releases are built for.
type Target struct{ OS, Arch string }

func (t Target) String() string { return t.OS + "/" + t.Arch }

// Targets returns what releases are built for: the lists goos and goarch of the builds in
// .goreleaser.yaml, which is the one place where they are named.
func Targets(root string) ([]Target, error) {
	raw, err := os.ReadFile(filepath.Join(root, ".goreleaser.yaml"))
	if err != nil {
		return nil, err
	}
	systems, processors := yamlList(string(raw), "goos"), yamlList(string(raw), "goarch")
	var all []Target
	for _, s := range systems {
		for _, p := range processors {
			all = append(all, Target{OS: s, Arch: p})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf(".goreleaser.yaml has no `goos: […]` and `goarch: […]`")
	}
	return all, nil
}

// yamlList returns the first list of a name that is written in one line: name: [a, b].
func yamlList(text, name string) []string {
	m := regexp.MustCompile(`(?m)^\s*` + name + `: \[([^\]]*)\]`).FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	return strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ' ' })
}
