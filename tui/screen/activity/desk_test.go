package activity_test

import (
	"context"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/tui"
)

func TestFailingDocumentsComeFirstWithTheirReason(t *testing.T) {
	s := deskfixture.NewStore(t)
	deskfixture.Track(t, s)
	d := deskfixture.OpenTerminal(t, s, 100, 30, func(o *tui.Options) {
		o.OpenURL = func(_ context.Context, url string) error {
			if url != "https://cyan.example/terms" {
				t.Errorf("opened %s", url)
			}
			return nil
		}
	})
	d.Sees("link  ")
	d.Press("A")
	d.Sees("2 documents tracked, 1 failing", "failing 3 d", "Cyan / Terms of Service", "cyan.example answers 503",
		"due now", "Borealis / Privacy Policy")
	d.Sees("History", "set up tracking of 2 documents", "fetched a change: Borealis / Privacy Policy")
	d.Press("o") // of the first row, the one that fails
	d.Sees("opened https://cyan.example/terms")
	d.Press("j", "enter") // the document that can be fetched has versions
	d.Sees("Versions: Borealis / Privacy Policy", "2 versions")
	d.Press("q", "j", "j", "enter")
	d.Sees("FP-C-000002", "Noise: link")
}
