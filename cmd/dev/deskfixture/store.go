package deskfixture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui"
	"fineprint/tui/kit"
)

const (
	OldTerms = "# Terms\n\n## Who may use it\n\nYou must be at least 16 years old to use the service, and you may not " +
		"share your account with anybody else.\n\n## Ending it\n\nYou may close your account at any time. We keep " +
		"your data for 30 days after that.\n"
	noise = "# Privacy\n\nRead [how we use cookies](https://acme.example/c?ref=%d) before you agree to anything at " +
		"all.\n"
)

// Captured is a text of a document as it was on a day of March.
func Captured(platform, kind, text string, day int) model.Capture {
	return model.Capture{Platform: platform, Type: kind, Text: text, CapturedAt: time.Date(2026, 3, day, 5, 6, 7, 0,
		time.UTC), Raw: []byte(text), MediaType: "text/markdown", Origin: model.Provenance{Method: model.MethodWeb,
		URL: "https://acme.example/terms"}}
}

// StoreOf is a real store with the captures in it.
func StoreOf(t *testing.T, captures ...model.Capture) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "desk.db"), store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	return s
}

// NewStore is a real store with a material change and one of a link.
func NewStore(t *testing.T) *store.Store {
	t.Helper()
	return StoreOf(t,
		Captured("Acme \x1b]0;owned\x07Social", "Terms of Service", OldTerms, 1),
		Captured("Acme \x1b]0;owned\x07Social", "Terms of Service", strings.Replace(OldTerms, "16 years", "13 years",
			1), 2),
		Captured("Borealis", "Privacy Policy", fmt.Sprintf(noise, 1), 1),
		Captured("Borealis", "Privacy Policy", fmt.Sprintf(noise, 2), 3),
	)
}

// Unhurried is a clock by which who looks at it has paused since the last time: what the
// desk takes for typing is a matter of tests that have a clock of their own, and of none
// that presses its keys as fast as it can.
func Unhurried() func() time.Time {
	var looked atomic.Int64
	return func() time.Time { return time.Now().Add(time.Duration(looked.Add(1)) * 2 * kit.Pause) }
}

// OpenTerminal opens the real desk on a real store, on an emulated terminal; the
// store is whole when it has ended.
func OpenTerminal(t *testing.T, s *store.Store, w, h int, with ...func(*tui.Options)) *desktest.Terminal {
	t.Helper()
	t.Cleanup(func() { // after the desk has ended
		report, err := s.Check(context.Background(), nil)
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole afterwards: %v %v", report.Problems, err)
		}
	})
	o := tui.Options{Desk: s, Actor: "ada", Clock: Unhurried(), Markdown: export.RecordMarkdown, Registry: registry.Bundled(),
		Exporting: tui.Exporting{Formats: []tui.ExportFormat{{Name: "json", About: "for programs"},
			{Name: "md", About: "to read"}}, Export: func(ctx context.Context, format, path string,
			_ func(done, total int)) (tui.Exported, error) {
			f, err := export.ParseFormat(format)
			if err != nil {
				return tui.Exported{}, err
			}
			records, err := s.Records(ctx, model.RecordFilter{Latest: true})
			if err != nil {
				return tui.Exported{}, err
			}
			var b bytes.Buffer
			if err := export.Write(&b, f, export.RecordsOf(records...), export.Options{}); err != nil {
				return tui.Exported{}, err
			}
			return tui.Exported{Records: len(records), Path: path, Bytes: int64(b.Len()),
				SHA256: fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))}, os.WriteFile(path, b.Bytes(), 0o600)
		}}}
	for _, change := range with {
		change(&o)
	}
	return desktest.OpenTerminal(t, w, h, func(ctx context.Context, program ...tea.ProgramOption) error {
		return tui.Run(ctx, o, append(program, tea.WithColorProfile(colorprofile.TrueColor))...)
	}, "COLORTERM=truecolor")
}

// LikeStore has the same material change at five platforms, and one of its own.
func LikeStore(t *testing.T) *store.Store {
	t.Helper()
	var captures []model.Capture
	add := func(platform, text string, day int) {
		captures = append(captures, Captured(platform, "Terms of Service", text, day))
	}
	for i := range 5 {
		text := fmt.Sprintf("# Terms of shop %d\n\nShop %d sells things of kind %d to people of its own town.\n\nYou "+
			"have 30 days to return what you bought from us.\n", i, i, i)
		add(fmt.Sprintf("Shop %d", i), text, 1)
		add(fmt.Sprintf("Shop %d", i), strings.Replace(text, "30 days", "14 days", 1), 2)
	}
	add("Zeta", OldTerms, 1)
	add("Zeta", strings.Replace(OldTerms, "16 years", "13 years", 1), 3)
	return StoreOf(t, captures...)
}

// States counts the changes of a store by their state.
func States(t *testing.T, s *store.Store) map[model.State]int {
	t.Helper()
	page, err := s.Queue(context.Background(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[model.State]int{}
	for _, c := range page.Changes {
		counts[c.State]++
	}
	return counts
}

// Track has a store track documents, one of which fails.
func Track(t *testing.T, s *store.Store) []model.Tracked {
	t.Helper()
	results, err := s.Track(t.Context(), []model.TrackRequest{
		{Platform: "Borealis", Type: "Privacy Policy", Source: model.Source{URL: "https://borealis.example/privacy"}},
		{Platform: "Cyan", Type: "Terms of Service", Source: model.Source{URL: "https://cyan.example/terms"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	failed := results[1].Tracked
	_, err = s.RecordFetch(t.Context(), failed, nil, func(h model.Health, _ model.Outcome) model.Health {
		h.Failures, h.FailingSince, h.LastAttempt = 3, time.Now().Add(-72*time.Hour), time.Now()
		h.NextDue, h.Last, h.Reason = time.Now().Add(time.Hour), model.FetchFailed, "cyan.example answers 503"
		return h
	})
	if err != nil {
		t.Fatal(err)
	}
	return []model.Tracked{results[0].Tracked, failed}
}
