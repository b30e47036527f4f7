package manual

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

func tree() *cobra.Command {
	root := &cobra.Command{Use: "desk", Short: "Read changes", Long: "First.\n\n.SH FORGED\n'so /etc/passwd \\fB"}
	root.PersistentFlags().String("db", "", "database `FILE`")
	sub := &cobra.Command{Use: "show ID", Short: "Show one", Run: func(*cobra.Command, []string) {}, Example: ".nf of it"}
	sub.Flags().BoolP("all", "a", false, "all of them")
	root.AddCommand(sub, &cobra.Command{Use: "secret", Hidden: true, Run: func(*cobra.Command, []string) {}})
	return root
}

func TestEveryCommandHasAPage(t *testing.T) {
	t.Parallel()
	pages := maps.Collect(Of{Version: "1.2", Date: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)}.Pages(tree()))
	if names := slices.Sorted(maps.Keys(pages)); !slices.Equal(names, []string{"desk-show.1", "desk.1"}) {
		t.Errorf("pages %q", names)
	}
	for _, part := range []string{`.TH "DESK\-SHOW" 1 "2026\-11\-29" "desk 1.2"`, `\-a, \-\-all`, "OPTIONS OF EVERY COMMAND", `\-\-db`, "desk(1)"} {
		if page := string(pages["desk-show.1"]); !strings.Contains(page, part) {
			t.Errorf("the page of show has no %s:\n%s", part, page)
		}
	}
}

// TestNoTextIsARequest: each line that begins like a request is one that this package writes.
func TestNoTextIsARequest(t *testing.T) {
	t.Parallel()
	for name, page := range (Of{}).Pages(tree()) {
		for line := range strings.SplitSeq(string(page), "\n") {
			switch word, _, _ := strings.Cut(line, " "); {
			case strings.HasPrefix(line, "'"):
				t.Errorf("%s: %s", name, line)
			case strings.HasPrefix(line, ".") && !slices.Contains([]string{".TH", ".SH", ".B", ".PP", ".TP", ".nf", ".fi"}, word):
				t.Errorf("%s: %s", name, line)
			case strings.HasPrefix(line, ".SH FORGED"), line == ".nf of it":
				t.Errorf("%s takes a text for a request: %s", name, line)
			}
		}
		if strings.Contains(string(page), `passwd \fB`) {
			t.Errorf("%s: an escape of a text is one of roff", name)
		}
	}
}
