package versions

import (
	"fmt"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/reading"
	"fineprint/tui/redlineview"
)

// comparison shows any two versions of a document as the review screen shows a
// change: read, scrolled and folded in the same way. There is nothing to judge, since it
// is no change that was found and waits.
type comparison struct {
	reading.Pane
	detail model.ChangeDetail
}

var (
	_ kit.Screen = (*comparison)(nil)
	_ kit.Mouser = (*comparison)(nil)
)

func newComparison(c *kit.Common, d model.ChangeDetail, laid *redlineview.Layouter) *comparison {
	cmp := &comparison{Pane: reading.New(c), detail: d}
	cmp.Open(laid, true) // who compares wants to see everything
	return cmp
}

// Name is that of the review, whose keys read it.
func (c *comparison) Name() keys.Screen { return keys.Review }

// Head is the document, the two versions and where in them the reader is.
func (c *comparison) Head() []string {
	d := c.detail
	from, to := d.Change.From.Seq, d.Change.To.Seq
	versions := fmt.Sprintf("versions %d and %d", from, to)
	what := c.Theme.Label.Styled(" Read-only comparison") + c.Theme.Faint.Styled("   ") + c.found()
	return []string{c.Title(d, versions, fmt.Sprintf("%d/%d", from, to)), c.Cut(what, c.W), c.Rule()}
}

// found counts what differs.
func (c *comparison) found() string {
	n, t := c.detail.Change.Counts, c.Theme
	if c.detail.OldText == c.detail.NewText {
		return "The texts are identical"
	}
	text := t.InsertedText.Styled(fmt.Sprintf("+%d", n.Added)) + "  " +
		t.DeletedText.Styled(fmt.Sprintf("-%d", n.Removed)) + "  " + t.Modified.Styled(fmt.Sprintf("~%d", n.Modified))
	if n.Moved > 0 {
		text += fmt.Sprintf("  %d moved", n.Moved)
	}
	if n.Immaterial > 0 {
		text += t.Faint.Styled(fmt.Sprintf("  %d noise", n.Immaterial))
	}
	return text
}

// Facts leave the keys that read.
func (c *comparison) Facts() keys.Facts {
	f := c.DeskFacts
	f.ReadOnly = "read-only comparison"
	return f
}
