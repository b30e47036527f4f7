package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/sanitize"
)

// Confirmation is a question that is answered by a key. Enter is never one, for it ends
// what was typed for something else.
type Confirmation struct {
	Label string
	// About is shown above the label: what is at stake. It is plain text.
	About   []string
	Answers []Answer
	// Several: it is about many changes, and so it is read for a [Pause], whoever opened
	// it: a sentence may begin with the key that asks and go on with the one that answers.
	Several bool
}

// Answer is a key that answers a question.
type Answer struct {
	Key  string
	Does string // in a word or two
	Then func() Action
}

// Yes is the answer of a question that is answered with yes only.
func Yes(then func() Action) []Answer { return []Answer{{Key: "y", Does: "yes", Then: then}} }

// Moment is how long a question is read before an answer to it counts. Who types a
// sentence on a screen is faster than that; where the question itself was opened by a key
// among others that write, a slow hand is reckoned with, and it is a [Pause].
const Moment = 400 * time.Millisecond

// confirmation is the dialog that asks it.
type confirmation struct {
	*Common
	Confirmation
	opened  time.Time
	moment  time.Duration // how long it is read
	hurried string        // the key that came before the question can have been read, "" for none
}

var _ Dialog = (*confirmation)(nil)

// NewConfirmation makes the dialog of a question.
func (c *Common) NewConfirmation(q Confirmation) Dialog {
	moment := Moment
	if c.Typing() || q.Several {
		moment = Pause
	}
	return &confirmation{Common: c, Confirmation: q, opened: c.now(), moment: moment}
}

// Key takes a key that answers. Any other that writes is a no, and the beginning of a text
// that was not meant for this question: what follows it is held back. An answer that comes
// at once is taken for such a text too, until it comes again.
func (q *confirmation) Key(msg tea.KeyPressMsg) (Action, bool) {
	key := msg.String()
	for _, a := range q.Answers {
		if key != a.Key {
			continue
		}
		if q.hurried != key && q.now().Sub(q.opened) < q.moment {
			q.hurried = key
			return nil, false
		}
		return a.Then(), true
	}
	switch {
	case key == "n":
		return Status{"Cancelled, nothing changed"}, true
	case msg.Text != "":
		q.HoldTyping("Cancelled, nothing changed")
		return nil, true
	}
	return nil, false
}

// Update takes nothing: there is nothing to write.
func (q *confirmation) Update(tea.Msg) Action { return nil }

// Closed reports that nothing came of it.
func (q *confirmation) Closed() Action { return Status{"Cancelled, nothing changed"} }

// Click does nothing: it is answered by a key.
func (q *confirmation) Click(int) (Action, bool) { return nil, false }

// Fit does nothing: the lines are made anew each time.
func (q *confirmation) Fit() {}

// Lines are what is at stake, and the question with its keys.
func (q *confirmation) Lines(room int) []string {
	var lines []string
	for _, about := range q.About {
		for _, l := range q.Wrap(q.Plain(sanitize.Line(about)), q.W) {
			if len(lines) < room-1 {
				lines = append(lines, q.Theme.Faint.Styled(q.Cut(l, q.W)))
			}
		}
	}
	hint := ""
	for _, a := range q.Answers {
		hint += a.Key + " " + a.Does + " · "
	}
	hint += "esc cancel"
	if q.hurried != "" {
		hint = "read it first: " + q.hurried + " again confirms"
	}
	return append(lines, q.asked(q.Label, hint))
}

// asked is the line that asks, with the keys that answer; of both together it cuts the
// question where the window is narrow.
func (c *Common) asked(label, hint string) string {
	hint = "  " + c.Plain(hint)
	label = c.Cut(c.Plain(c.Safe(label)), max(c.W/2, c.W-ansi.StringWidth(hint)))
	return c.Theme.Title.Styled(label) + c.Theme.Faint.Styled(c.Cut(hint, c.W-ansi.StringWidth(label)))
}
