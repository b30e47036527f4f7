package tui_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"fineprint/cmd/dev/deskfixture"
)

// TestScreensMatchTheirGoldens holds each screen, in every width and theme, against what it
// looked like when somebody last looked at it: go test ./tui -update writes
// them again.
func TestScreensMatchTheirGoldens(t *testing.T) {
	const height = 24
	for _, width := range []int{60, 80, 120, 200} {
		for _, style := range []string{"dark", "light", "nocolor", "ascii"} {
			t.Run(fmt.Sprintf("%d-%s", width, style), func(t *testing.T) {
				s := &deskfixture.Driver{T: t}
				s.Start(deskfixture.NewStatic(), width, height, style)
				var out bytes.Buffer
				profile := colorprofile.ANSI256
				if style == "nocolor" {
					profile = colorprofile.Ascii
				}
				w := &colorprofile.Writer{Forward: &out, Profile: profile}
				take := func(name string) {
					content := s.Frame()
					lines := strings.Split(content, "\n")
					if len(lines) != height {
						t.Errorf("%s has %d lines", name, len(lines))
					}
					for i, l := range lines {
						if n := ansi.StringWidth(l); n > width {
							t.Errorf("%s: line %d is %d wide", name, i, n)
						}
					}
					_, _ = fmt.Fprintf(w, "== %s\n%s\n", name, content)
				}
				take("queue")
				s.Keys("enter")
				take("review")
				s.Keys("i", "w")
				take("review, the whole document unfolded")
				s.Keys("x")
				take("prompt")
				s.Deliver(tea.KeyPressMsg{Code: tea.KeyEscape})
				s.Keys("r")
				take("preview")
				s.Keys("q")
				reading(s, take)
				s.Keys("?")
				take("help")
				s.Deliver(tea.KeyPressMsg{Code: tea.KeyEscape})
				s.Keys("q", "q")
				take("platforms")
				besides(s, take)
				s.Start(deskfixture.Nothing{Static: deskfixture.NewStatic()}, width, height, style)
				take("welcome")
				golden.RequireEqual(t, out.Bytes())
			})
		}
	}
}
