package welcome_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

func open(t *testing.T, with func(*tui.Options)) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.Nothing{Static: deskfixture.NewStatic()}, 80, 24, "dark", with)
	return s
}

func TestWelcomeListsBeginningsWithTheirDisabledReason(t *testing.T) {
	s := open(t, func(o *tui.Options) { o.Import = nil })
	s.Shows("No documents yet. Three ways to start:", "▌ T  Track a document", "then daily",
		"O  Import an archive", "Unavailable: this desk can't.", "D  Try the demo")
	s.Keys("j", "enter")
	s.Shows("Can't do that: this desk can't")
	s.Keys("k", "enter")
	s.Shows("Address of the document to track")
}

func TestWelcomeGoesOnceSomethingIsTracked(t *testing.T) {
	tracked := false
	s := &deskfixture.Driver{T: t}
	s.StartWith(filling{Static: deskfixture.NewStatic(), full: &tracked}, 80, 24, "dark", func(o *tui.Options) {
		o.Import = func(context.Context, string, func(int, int)) (string, error) {
			tracked = true
			return "3 captures", nil
		}
		o.Fetch = nil
	})
	s.Shows("Welcome")
	s.Keys("O")
	s.Type("repo")
	s.Keys("enter")
	s.Shows("3 captures", "by risk", "FP-C-000001")
}

// filling is empty until it is full.
type filling struct {
	deskfixture.Static
	full *bool
}

func (f filling) Platforms(ctx context.Context) ([]model.PlatformRow, error) {
	if !*f.full {
		return nil, nil
	}
	return f.Static.Platforms(ctx)
}

func TestClickOnABeginningOpensIt(t *testing.T) {
	s := open(t, func(*tui.Options) {})
	s.Deliver(tea.MouseClickMsg{X: 5, Y: 1 + 3 + 3, Button: tea.MouseLeft})
	s.Shows("Folder of the Open Terms Archive")
	s.Keys("esc")
	s.Deliver(tea.MouseClickMsg{X: 5, Y: 2, Button: tea.MouseLeft}) // the sentence above
	if frame := s.Frame(); strings.Contains(frame, "Folder of") {
		t.Error("a click on the sentence begins something")
	}
}

func TestWelcomeIsLeftAtOnce(t *testing.T) {
	s := open(t, func(*tui.Options) {})
	s.Keys("q")
	if !s.Left() {
		t.Errorf("it goes back to\n%s", s.Frame())
	}
}
