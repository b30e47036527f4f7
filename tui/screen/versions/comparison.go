package versions

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
	"fineprint/tui/viewport"
)

// comparison shows any two versions of a document as the review screen shows a
// change: read, scrolled and folded in the same way. There is nothing to judge, since it
// is no change that was found and waits.
type comparison struct {
	viewport.Viewport
	detail model.ChangeDetail
}

var (
	_ kit.Screen  = (*comparison)(nil)
	_ kit.Clicker = (*comparison)(nil)
)

func newComparison(c *kit.Common, d model.ChangeDetail, laid *redlineview.Layouter) *comparison {
	cmp := &comparison{Viewport: viewport.Viewport{Common: c}, detail: d}
	cmp.Open(laid, true) // who compares wants to see everything
	return cmp
}

// Name is that of the review, whose keys read it.
func (c *comparison) Name() keys.Screen { return keys.Review }

// Head is the document, the two versions and where in them the reader is.
func (c *comparison) Head() []string {
	d := c.detail
	right := fmt.Sprintf("  %s ", c.FormatDateRange(d.Change))
	name := " " + sanitize.Line(d.Document.Platform.Name+" / "+d.Document.Type)
	n := d.Change.Counts
	found := fmt.Sprintf("%d added, %d removed, %d modified, %d moved, %d immaterial",
		n.Added, n.Removed, n.Modified, n.Moved, n.Immaterial)
	if d.OldText == d.NewText {
		found = "The texts are identical"
	}
	from, to := d.Change.From.Seq, d.Change.To.Seq
	return []string{
		c.Theme.Bar.Styled(c.Pad(name, c.W-ansi.StringWidth(right)) + right),
		c.Cut(fmt.Sprintf("COMPARISON of version %d with version %d: %s", from, to, found), c.W),
		c.Theme.Faint.Styled(c.Cut(notJudged, c.W)),
		c.Theme.Title.Styled(c.Cut(c.Breadcrumb(), c.W)),
	}
}

const notJudged = "read-only comparison"

// Facts leave the keys that read.
func (c *comparison) Facts() keys.Facts {
	f := c.DeskFacts
	f.ReadOnly = "read-only comparison"
	return f
}
