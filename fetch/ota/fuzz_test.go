package ota

import (
	"strings"
	"testing"
)

// FuzzCommit: whatever a commit says, it is refused or its tree and parents are whole
// names, and its message is the end of it.
func FuzzCommit(f *testing.F) {
	name := strings.Repeat("0a", 20)
	f.Add("tree " + name + "\nparent " + name + "\nauthor a <b> 1700000000 +0100\n\nUpdate\n")
	f.Add("tree " + name + "\nauthor > -9223372036854775808 x\ngpgsig a\n b\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, message, err := parseCommit(text, 20)
		if err != nil {
			return
		}
		if len(c.tree) != 20 || !strings.HasSuffix(text, message) {
			t.Fatalf("tree %q, message %q", c.tree, message)
		}
		for _, p := range c.parents {
			if len(p) != 20 {
				t.Fatalf("parent %q", p)
			}
		}
		if e := readMessage(message); len(e.Locations)+len(e.Snapshots) > strings.Count(message, "http")+1 {
			t.Fatalf("%d addresses in %q", len(e.Locations)+len(e.Snapshots), message)
		}
	})
}
