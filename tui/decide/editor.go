package decide

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

type (
	// editFileMsg reports that the summary is in a file for the editor.
	editFileMsg struct {
		change        model.ID
		summary, file string
		err           error
	}
	editedMsg struct {
		change model.ID
		text   string // "" when it is empty or as it was
		err    error
	}
)

// edit writes the summary to a file for the reader's editor, with what it is about below
// it; openEditor goes on.
func (c *Controller) edit(t kit.Target) tea.Cmd {
	msg := editFileMsg{change: t.ID, summary: t.Review.Summary}
	if draft := c.drafts[t.ID].Summary; draft != "" {
		msg.summary = draft
	}
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return func() tea.Msg {
		d, err := desk.Change(ctx, t.ID)
		if err != nil {
			msg.err = err
			return msg
		}
		d.Review = d.Review.Blind(actor)
		dir, err := os.MkdirTemp("", "fineprint-*")
		if err == nil {
			msg.file = filepath.Join(dir, "summary.txt")
			err = os.WriteFile(msg.file, []byte(commented(msg.summary, about(d))), 0o600)
		}
		if err != nil {
			msg.err = fmt.Errorf("can't make a file for the editor: %w", err)
		}
		return msg
	}
}

// maxRedline is how many lines of redline the file has, redlineWidth how wide they are.
const maxRedline, redlineWidth = 200, 76

// commentLike matches a line that would be read as a comment, or as one kept from being one.
var commentLike = regexp.MustCompile(`(?m)^(\\*)#`)

// commented is a file of a text, with lines about it that are not read back. A line of the
// text that begins with the sign of a comment has a backslash before it.
func commented(text string, about []string) string {
	var b strings.Builder
	b.WriteString(commentLike.ReplaceAllString(text, `\$1#`) + "\n\n")
	for _, l := range about {
		b.WriteString(strings.TrimRight("# "+l, " ") + "\n")
	}
	return b.String()
}

// uncommented is the text of such a file.
func uncommented(body string) string {
	var lines []string
	for l := range strings.Lines(body) {
		if l = strings.TrimRight(l, "\r\n"); !strings.HasPrefix(l, "#") {
			if m := commentLike.FindString(l); m != "" {
				l = l[1:]
			}
			lines = append(lines, l)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// about tells whoever writes the summary what the change is, how it was judged so far, and
// what it does to the words.
func about(d model.ChangeDetail) []string {
	change, r := d.Change, d.Review
	lines := []string{
		"Write the summary above. Lines that begin with # are left out; \\# begins a line with #.",
		"An empty or unchanged file saves nothing.", "",
		sanitize.Line(fmt.Sprintf("%s   %s · %s", change.ID, d.Document.Platform.Name, d.Document.Type)),
		fmt.Sprintf("Captured: %s to %s", change.From.CapturedAt.Format(time.DateOnly),
			change.To.CapturedAt.Format(time.DateOnly)),
	}
	severity := cmp.Or(string(r.Severity), "not set")
	if r.Severity == "" && change.Suggested.Severity != "" {
		severity += " (suggested: " + string(change.Suggested.Severity) + ")"
	}
	lines = append(lines, fmt.Sprintf("Severity: %s   Confidence: %s   Basis: %s", severity,
		cmp.Or(string(r.Confidence), "not set"), cmp.Or(string(r.Basis), "not set")))
	if why := strings.Join(change.Suggested.Reasons(), ", "); change.Material && why != "" {
		lines = append(lines, sanitize.Line("Why: "+why))
	}
	return append(append(lines, ""), redline(d)...)
}

// redline is what the material clause changes do to the words, as plain text: [-old-] and
// {+new+}.
func redline(d model.ChangeDetail) []string {
	how := redlineview.Options{Width: redlineWidth, Inline: true, Theme: theme.NewPalette("mono", true, true)}
	var lines []string
	more := 0
	for _, row := range redlineview.Build(d, how) {
		switch {
		case row.Clause < 0 || !d.Change.Clauses[row.Clause].Material:
		case len(lines) == maxRedline:
			more++
		default:
			lines = append(lines, strings.TrimRight(ansi.Strip(row.Text(how, false, nil)), " "))
		}
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("… %s more", humanize.Count(more, "line")))
	}
	return lines
}

func (c *Controller) openEditor(msg editFileMsg) kit.Action {
	if !c.ReportError(msg.err) {
		return nil
	}
	return kit.Cmd(c.Edit(msg.file, func(editor string, err error) tea.Msg {
		defer func() { _ = os.RemoveAll(filepath.Dir(msg.file)) }()
		return readEdited(msg, editor, err)
	}))
}

// readEdited reads what the editor left.
func readEdited(msg editFileMsg, editor string, err error) editedMsg {
	if err != nil {
		err = fmt.Errorf("%s failed, the summary is unchanged: %w", editor, err)
		return editedMsg{change: msg.change, err: err}
	}
	body, err := os.ReadFile(msg.file)
	text := uncommented(string(body))
	if text == strings.TrimSpace(msg.summary) {
		text = ""
	}
	return editedMsg{msg.change, text, err}
}

func (c *Controller) edited(msg editedMsg) kit.Action {
	if !c.ReportError(msg.err) {
		return nil
	}
	if msg.text == "" {
		c.SetStatus("Cancelled, nothing saved")
		return nil
	}
	return kit.Decide{Decision: model.Decision{Change: msg.change, Action: model.ActionSet, Summary: &msg.text}}
}
