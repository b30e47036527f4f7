package kit

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
)

// Screen is one screen of the desk. It owns its state; the shell hands it the
// commands of its keys, carries out the actions it returns, and draws what it
// gives. What only some screens do they add by [Updater], [Reloader], [Opener],
// [Follower], [Clicker], [HeadClicker], [Mouser] and [Targeter].
type Screen interface {
	// Name is the screen that the registry's rows name.
	Name() keys.Screen
	// Head is the first lines, always as many; Lines are those under it, at most
	// height; Status is the line below when nothing happened.
	Head() []string
	Lines(height int) []string
	Status() string
	// Scroll moves by lines; Fit is called when the window or theme changed.
	Scroll(by int)
	Fit()
	// Facts are what the next command would be about.
	Facts() keys.Facts
	// Commands are those that the screen has handlers of its own for; Run carries
	// one out, and reports false for one that is not its own now.
	Commands() []keys.Command
	Run(c keys.Command) (Action, bool)
}

// Updater is a screen that asks for something: Update takes in what its commands
// answer, and reports false for a message that is not its own.
type Updater interface {
	Update(msg tea.Msg) (Action, bool)
}

// Reloader is a screen that reads again what it shows once the store was
// written to.
type Reloader interface {
	Reload() tea.Cmd
}

// Opener is a screen that a command opens by its name (keys.Binding.Opens): Opened
// reads what it shows.
type Opener interface {
	Opened() tea.Cmd
}

// Follower is a screen that shows more of what its cursor is on. Follow is called after
// each message while the screen is shown, and returns what reads it once the cursor
// rests ([Rest]); nil while there is nothing to read.
type Follower interface {
	Follow() tea.Cmd
}

// Clicker is a screen that takes clicks on its lines.
type Clicker interface {
	Click(line, x int) Action
}

// HeadClicker is a screen that takes clicks on the lines of its head, too.
type HeadClicker interface {
	ClickHead(line, x int) Action
}

// Mouser is a screen that takes what the mouse does on its lines itself, in place of
// clicks and wheel: it has what is dragged.
type Mouser interface {
	Mouse(e Mouse) Action
}

// Mouse is something that the mouse does: a button goes down on a line and column of the
// screen's text, is dragged and let go, or the wheel is turned
// by so many lines.
type Mouse struct {
	Kind        MouseKind
	Line, X, By int
}

// MouseKind is what the mouse does.
type MouseKind uint8

// What it does.
const (
	MousePress MouseKind = iota
	MouseDrag
	MouseRelease
	MouseWheel
)

// Targeter is a screen whose keys are about changes.
type Targeter interface {
	Target() Target
}

// Target is what a decision is about: a change of a document, its review where it
// is known, and the reason the detection gave; or many changes that are marked.
type Target struct {
	ID       model.ID
	Document model.ID
	Review   model.Review
	Row      model.QueueItem // as it is listed, as far as that is known
	Reason   model.Reason
	Many     []model.QueueItem
	// Clause is the clause of the change that the reader is at, counted from 1; 0 for none.
	Clause int
}

// ClauseTargeter is a screen whose keys are about a clause of a version.
type ClauseTargeter interface {
	Clause() model.ClauseRef
}

// Name is whose document the change is of, and what it is: how messages name it.
func (t Target) Name() string {
	if t.Row.PlatformName == "" {
		return string(t.ID)
	}
	return t.Row.PlatformName + " · " + t.Row.Type
}

// Facts adds to f what is known of the target.
func (t Target) Facts(f keys.Facts) keys.Facts {
	switch {
	case len(t.Many) > 0:
		f.Changes = len(t.Many)
	case t.ID != "":
		f.Changes, f.Review = 1, t.Review
	}
	return f
}
