package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/theme"
)

// TestProgressStaysReadableInLittleRoom: how far it is stays to be read where the room is short.
func TestProgressStaysReadableInLittleRoom(t *testing.T) {
	k := &Task{Common: &kit.Common{Theme: theme.New(true, false), W: 60}, running: true}
	k.job.what = "importing a-repository-with-a-very-long-name-indeed.git"
	k.at = step{done: 1956, total: 4841}
	if got := k.statusText(30); got != "importing a-repo… 1956 of 4841" {
		t.Errorf("%q", got)
	}
	line := k.Beside("a status line that is long enough to need to make room for it")
	if n := ansi.StringWidth(line); n != 60 {
		t.Errorf("%d wide: %q", n, line)
	}
}

// TestFeedLosesNoDocument: counts that were overtaken are dropped, what is said
// of a document never is, nor the end.
func TestFeedLosesNoDocument(t *testing.T) {
	k := NewTask(&kit.Common{Ctx: context.Background(), Theme: theme.New(true, false)})
	var took []step
	failed := errors.New("failed")
	told := make(chan struct{})
	var ended error
	action := k.start(job{what: "x", do: func(_ context.Context, tell func(step)) error {
		for n := 1; n <= 1000; n++ {
			tell(step{done: n, total: 1000})
		}
		close(told)
		return failed
	}, onProgress: func(s step) { took = append(took, s) }, then: func(err error) kit.Action { ended = err; return nil }})
	<-told
	for action != nil {
		action, _ = k.Update(action.(kit.Cmd)())
	}
	if len(took) == 0 || len(took) > 3 || took[len(took)-1].done != 1000 || !errors.Is(ended, failed) || k.running {
		t.Errorf("%d steps, the last %+v; ended with %v, running %v", len(took), took[len(took)-1], ended, k.running)
	}
	k.Halt() // of what is over: returns at once
}

// slowSearcher searches until it is stopped.
type slowSearcher struct{}

func (slowSearcher) SearchTexts(ctx context.Context, _ []*model.QueueItem, _ []string, _ func(done, total int)) (
	map[string]map[model.ID]bool, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestSearchThatIsSupersededBeginsAnew: the list is read again while it is searched; that is no
// stop, after which the filter would go on without its texts.
func TestSearchThatIsSupersededBeginsAnew(t *testing.T) {
	k := NewTask(&kit.Common{Ctx: context.Background(), Theme: theme.New(true, false)})
	var came []string
	search := func() kit.Action {
		return k.Search(slowSearcher{}, nil, []string{"x"}, func(map[string]map[model.ID]bool) kit.Action {
			came = append(came, "stopped")
			return nil
		}, func() kit.Action {
			came = append(came, "again")
			return nil
		})
	}
	action := search()
	if more := search(); more != nil {
		t.Errorf("a second search began beside the first: %v", more)
	}
	for action != nil {
		action, _ = k.Update(action.(kit.Cmd)())
	}
	action = search()
	k.Stop()
	for action != nil {
		action, _ = k.Update(action.(kit.Cmd)())
	}
	if !slices.Equal(came, []string{"again", "stopped"}) {
		t.Errorf("it came to %q", came)
	}
}
