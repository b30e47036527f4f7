package termtype

import (
	"strings"
	"testing"
)

// TestEveryNameIsFound: what the table names, it finds, as what it says it is.
func TestEveryNameIsFound(t *testing.T) {
	for _, row := range words {
		for name := range strings.SplitSeq(row.names, "|") {
			bare := strings.Trim(name, "?*")
			if strings.ContainsAny(bare, "?*") || bare == "" {
				t.Errorf("%q: a mark within a name", name)
			}
			if g := Text(bare); g.Type != row.kind && !ambiguous[bare] {
				t.Errorf("%s, %s: %q is taken for %q", row.kind, row.lang, name, g.Type)
			}
		}
	}
}

// ambiguous names are those that mean one thing in one language and another in another,
// or are found as a part of what has a type of its own.
var ambiguous = map[string]bool{}
