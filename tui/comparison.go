package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// comparison shows any two versions of a document as the review screen shows a
// change: read, scrolled and folded alike. There is nothing to judge, since it
// is no change that was found and waits.
type comparison struct{ *review }

func newComparison(e *env, ask func(question) tea.Cmd, d model.ChangeDetail, laid *redlineview.Layouter) *comparison {
	c := &comparison{&review{env: e, ask: ask, place: func() (int, int) { return 0, 0 }}}
	c.detail, c.laid = &d, laid
	c.begin(true) // who compares wants to see everything
	return c
}

// target is nothing that could be decided on.
func (c *comparison) target() target { return target{} }

func (c *comparison) head() []string {
	d := c.detail
	right := fmt.Sprintf("  %s ", c.between(d.Change))
	name := " " + sanitize.Line(d.Document.Platform.Name+" / "+d.Document.Type)
	n := d.Change.Counts
	found := fmt.Sprintf("%d added, %d removed, %d modified, %d moved, %d immaterial", n.Added, n.Removed, n.Modified, n.Moved, n.Immaterial)
	if d.OldText == d.NewText {
		found = "the texts are the same"
	}
	return []string{
		c.theme.Bar.Styled(c.pad(name, c.w-ansi.StringWidth(right)) + right),
		c.cut(fmt.Sprintf("COMPARISON of version %d with version %d: %s", d.Change.From.Seq, d.Change.To.Seq, found), c.w),
		c.theme.Faint.Styled(c.cut(notJudged, c.w)),
		c.theme.Title.Styled(c.cut(c.above(), c.w)),
	}
}

const notJudged = "two versions side by side, to read: nothing can be judged here"

// whyNot leaves the keys that read.
func (c *comparison) whyNot(k keys.Command) string {
	switch k {
	case keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.Top, keys.Bottom, keys.NextClause, keys.PrevClause, keys.NextFold, keys.PrevFold,
		keys.Layout, keys.Whole, keys.Folded, keys.Unfold, keys.UnfoldAll, keys.Partner, keys.Zoom, keys.Narrower, keys.Wider, keys.Reveal,
		keys.Find, keys.NextFound, keys.PrevFound, keys.Back, keys.Quit, keys.ShowHelp, keys.Palette:
		return ""
	}
	return "this is a comparison of two versions, to read only"
}

func (c *comparison) run(k keys.Command) (tea.Cmd, bool) {
	if c.whyNot(k) != "" {
		return nil, true
	}
	return c.review.run(k)
}
