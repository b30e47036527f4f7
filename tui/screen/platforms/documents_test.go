package platforms

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// many is a store of many platforms, which counts whose documents it is asked for.
type many struct{ asked []string }

func (m *many) Platforms(context.Context) ([]model.PlatformRow, error) {
	rows := make([]model.PlatformRow, 2000)
	for i := range rows {
		rows[i].Slug, rows[i].Name = fmt.Sprintf("p-%04d", i), fmt.Sprintf("Platform %04d", i)
	}
	return rows, nil
}

func (m *many) PlatformDocuments(_ context.Context, slug string) ([]model.DocumentRow, error) {
	m.asked = append(m.asked, slug)
	return []model.DocumentRow{{Type: "Terms"}}, nil
}

// TestHeldKeyReadsNoDocuments: over 2,000 platforms there is one tick at a time, and only
// the documents of the last one are read.
func TestHeldKeyReadsNoDocuments(t *testing.T) {
	desk, ticks := &many{}, 0
	c := &kit.Common{Ctx: t.Context(), Keys: keys.All, W: 120, H: 40, Config: config.Default(),
		Clock: func() time.Time { return time.Time{} },
		Tick: func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			ticks++
			return func() tea.Msg { return msg(time.Time{}) }
		}}
	c.ApplyTheme()
	s := New(c, desk)
	s.Update(s.Load()())
	var due tea.Cmd
	for range 2000 {
		s.Scroll(1)
		if cmd := s.Follow(); cmd != nil {
			due = cmd
		}
	}
	if ticks != 1 || len(desk.asked) > 0 {
		t.Fatalf("%d ticks, %d reads while the key was held", ticks, len(desk.asked))
	}
	for due != nil {
		a, _ := s.Update(due())
		due = nil
		if cmd, ok := a.(kit.Cmd); ok {
			due = tea.Cmd(cmd)
		}
	}
	if len(desk.asked) != 1 || desk.asked[0] != "p-1999" || s.Follow() != nil {
		t.Errorf("asked for %v", desk.asked)
	}
}
