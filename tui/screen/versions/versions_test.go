package versions_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

func open(t *testing.T, w int) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), w, 24, "dark")
	s.Keys("V")
	s.Shows("Versions:")
	return s
}

func TestVersionsAreListedNewestFirst(t *testing.T) {
	s := open(t, 120)
	s.Shows("4 versions", "▌      4", "pga-versions c0ffeec0", "web https://acme.example/legal",
		"SHA-256 of the text 4444")
	s.Keys("j")
	s.Shows("sign-in page") // why it is in quarantine
	s.Size(70, 24)
	s.Shows("2026-03-04")
	if frame := strings.Join(s.Page(), "\n"); strings.Contains(frame, "05:06") {
		t.Errorf("70 columns have room for the time:\n%s", frame)
	}
}

func TestMarkedVersionIsComparedWithAnother(t *testing.T) {
	s := open(t, 120)
	s.Keys("space")
	s.Shows("Version 4 selected; move to another and press enter to compare")
	s.Keys("enter")
	s.Shows("Can't do that: version selected; move to the one to compare it with")
	s.Keys("space", "G", "enter")
	s.Shows("Can't do that: no version before the first")
	s.Keys("g", "space", "j")
	s.Shows("enter compares version 4 with this one")
	s.Keys("space")
	s.Shows("versions 1 and 2", "Read-only comparison")
}

func TestComparisonIsReadAndNotJudged(t *testing.T) {
	s := open(t, 120)
	s.Keys("enter")
	s.Shows("+1  -1  ~1  1 moved  1 noise")
	for _, key := range []string{"3", "a", "x", "u", "]", "r", "t", "y", "V"} {
		s.Keys(key)
		s.Shows("Can't do that: read-only comparison")
	}
	s.Keys("n", "w", "v", "/")
	s.Type("scrape")
	s.Keys("enter")
	s.Shows("1/1 matches of scrape")
	s.Keys("q")
	s.Shows("Read-only comparison")
	s.Keys("q")
	s.Shows("Versions:")
}

// same is a desk on which no version differs.
type same struct{ deskfixture.Static }

func (s same) CompareVersions(ctx context.Context, id model.ID, from, to int) (model.ChangeDetail, error) {
	d, err := s.Static.CompareVersions(ctx, id, from, to)
	d.NewText, d.Change.Clauses = d.OldText, nil
	return d, err
}

func TestEqualVersionsShowThatNothingDiffers(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(same{deskfixture.NewStatic()}, 120, 24, "dark")
	s.Keys("V", "enter")
	s.Shows("Read-only comparison", "The texts are identical")
}

// incomparable is a desk on which comparing fails.
type incomparable struct{ deskfixture.Static }

func (incomparable) CompareVersions(context.Context, model.ID, int, int) (model.ChangeDetail, error) {
	return model.ChangeDetail{}, model.ErrBusy
}

func TestComparisonThatFailsIsReported(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(incomparable{deskfixture.NewStatic()}, 120, 24, "dark")
	s.Keys("V", "enter")
	s.Shows("Versions:", "database is in use")
}

func TestClickComparesTheVersionUnderTheCursor(t *testing.T) {
	s := open(t, 120)
	click := func(y int) { s.Deliver(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft}) }
	click(4)
	s.Shows("▌      1")
	click(4) // the first has none before it
	s.Shows("Versions:")
	click(2)
	click(2)
	s.Shows("Read-only comparison")
}

// unread is a desk whose documents have no versions.
type unread struct{ deskfixture.Static }

func (unread) Versions(context.Context, model.ID) ([]model.Version, error) { return nil, nil }

func TestDocumentWithoutVersionsShowsNoHash(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(unread{deskfixture.NewStatic()}, 120, 24, "dark")
	s.Keys("V")
	s.Shows("0 versions", "No versions yet")
	if frame := strings.Join(s.Page(), "\n"); strings.Contains(frame, "SHA-256") {
		t.Errorf("a hash of nothing is shown:\n%s", frame)
	}
}
