package review_test

import (
	"context"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

// TestDecisionsOfOthersAreShown: a desk that is open sees what others decide, on the
// change it shows and in the queue.
func TestDecisionsOfOthersAreShown(t *testing.T) {
	s := deskfixture.LikeStore(t)
	wrote := make(chan struct{}, 8)
	d := deskfixture.OpenTerminal(t, s, 120, 40, func(o *tui.Options) {
		o.Changed = func(ctx context.Context) error {
			select {
			case <-wrote:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	d.Sees("by risk", "Zeta")
	d.Press("enter")
	d.Sees("1 of 6", "FP-C-000006")
	low := model.Low
	ben := func(d model.Decision) {
		t.Helper()
		d.Actor, d.Base = "ben", model.AnyRevision
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		wrote <- struct{}{}
	}
	ben(model.Decision{Change: "FP-C-000006", Action: model.ActionSet, Severity: &low})
	d.Sees(" LOW ", "ben set severity to low")
	d.Press("3") // on top of what is shown, and so not stale
	d.Sees(" HIGH ")
	d.Press("q")
	d.Sees("by risk", "≡5")
	ben(model.Decision{Change: "FP-C-000001", Action: model.ActionDismiss, Reason: "noise"})
	d.Waits(func() bool { return strings.Contains(d.Screen(), "≡4") })
}

// TestSourceIsALink: the name on the review screen leads to where it was captured.
func TestSourceIsALink(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("by risk", "Acme")
	d.Press("enter")
	d.Sees("FP-C-000001", "Needs severity, summary")
	leads := ""
	d.Cells(func(_, y int, c *uv.Cell) {
		if y == 0 && c != nil && leads == "" {
			leads = c.Link.URL
		}
	})
	if leads != "https://acme.example/terms" {
		t.Errorf("leads to %q", leads)
	}
}
