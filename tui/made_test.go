package tui_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui"
)

// clock is where and when the made-up changes are looked at.
func clock() time.Time { return time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC) }

var sentences = []string{
	"You must be at least %d years old to use the service.",
	"We keep what you post for %d days after you close your account.",
	"We may not sell your data to more than %d partners.",
	"Disputes are settled by a court in Dublin within %d weeks.",
	"You may share your account with up to %d members of your household.",
	"Read [how we use cookies](https://acme.example/c?ref=%d) before you agree.",
	"Fees of $%d a month are charged in advance and aren't paid back.",
	"* 您同意本条款 %d 🙂, और यह भी।",
}

// terms of a made-up document in its n-th version.
func madeText(r *rand.Rand, seed uint64, n int) string {
	var b strings.Builder
	same := rand.New(rand.NewPCG(seed, 7))
	b.WriteString("# Terms\n\n")
	for i := range 4 + same.IntN(12) {
		if i%3 == 0 {
			fmt.Fprintf(&b, "## %d. What applies\n\n", i/3+1)
		}
		number := same.IntN(90)
		if i%4 == 0 {
			number += n * (1 + r.IntN(5))
		}
		fmt.Fprintf(&b, sentences[same.IntN(len(sentences))]+"\n\n", number)
	}
	return b.String()
}

// madeStore is a store on a temporary file with a few dozen changes.
func madeStore(tb testing.TB, seed uint64) *store.Store {
	tb.Helper()
	s, err := store.Create(filepath.Join(tb.TempDir(), "desk.db"), store.Options{Actor: "ada", Clock: clock})
	if err != nil {
		tb.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	var captures []model.Capture
	for d := range 14 {
		platform := []string{"Acme Social", "Borealis",
			"Corvid & Sons, a Company with a Name Longer than Most Windows Are Wide", "社交 Network"}[d%4]
		for n := range 2 + r.IntN(4) {
			text := madeText(r, uint64(d), n)
			captures = append(captures, model.Capture{Platform: platform, Type: fmt.Sprintf("Document %d", d),
				Text: text, CapturedAt: time.Date(2026, 2, 1+n, d, 0, 0, 0, time.UTC),
				Raw: []byte(text), MediaType: "text/markdown", Origin: model.Provenance{Method: model.MethodWeb,
					URL: fmt.Sprintf("https://acme.example/%d", d)}})
		}
	}
	if _, err := s.Record(tb.Context(), captures); err != nil {
		tb.Fatal(err)
	}
	return s
}

// ledger is a desk's store that writes down every decision it acknowledged.
type ledger struct {
	tui.Desk
	mu           sync.Mutex
	acknowledged []entry
}

type entry struct {
	asked    model.Decision
	answered model.Review
}

func (l *ledger) Decide(ctx context.Context, d model.Decision) (model.Review, error) {
	r, err := l.Desk.Decide(ctx, d)
	if err == nil {
		l.write(d, r)
	}
	return r, err
}

// DecideAll is here for a desk that decides on several changes as one act.
func (l *ledger) DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error) {
	all, ok := l.Desk.(interface {
		DecideAll(context.Context, []model.Decision) ([]model.Review, error)
	})
	if !ok {
		return nil, errors.New("this store decides on one change at a time")
	}
	rs, err := all.DecideAll(ctx, ds)
	if err == nil {
		for i, r := range rs {
			l.write(ds[i], r)
		}
	}
	return rs, err
}

func (l *ledger) write(d model.Decision, r model.Review) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acknowledged = append(l.acknowledged, entry{d, r})
}

// missing lists the acknowledged decisions that the store does not hold as they
// were asked for.
func (l *ledger) missing(ctx context.Context, s *store.Store) ([]string, error) {
	var lost []string
	histories := map[model.ID][]model.Event{}
	for _, e := range l.acknowledged {
		id := e.answered.Change
		if _, read := histories[id]; !read {
			d, err := s.Change(ctx, id)
			if err != nil {
				return nil, err
			}
			histories[id] = d.History
		}
		if !slices.ContainsFunc(histories[id], func(ev model.Event) bool {
			return ev.Revision == e.answered.Revision &&
				sameDecision(ev, e.asked)
		}) {
			lost = append(lost, fmt.Sprintf("%s r%d: %+v", id, e.answered.Revision, e.asked))
		}
	}
	return lost, nil
}

func sameDecision(e model.Event, d model.Decision) bool {
	return e.Action == d.Action && e.Actor == d.Actor && e.At.Equal(d.At) && e.Reason == d.Reason &&
		same(e.Severity, d.Severity) && same(e.Confidence, d.Confidence) && same(e.Basis, d.Basis) &&
		same(e.Summary, d.Summary) && same(e.Note, d.Note)
}

func same[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// atOnce is for what the desk waits for to come when the caller wants it.
func atOnce(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
	return func() tea.Msg { return msg(clock()) }
}

// options of a desk on a store, with every function behind it in place; now and
// then one of them fails.
func options(desk tui.Desk, r *rand.Rand) tui.Options {
	var mu sync.Mutex
	sometimes := func() error {
		mu.Lock()
		defer mu.Unlock()
		if r.IntN(4) == 0 {
			return errors.New("no room left\x1b]0;owned\x07 on the \u202edevice\n")
		}
		return nil
	}
	return tui.Options{Desk: desk, Actor: "ada", Clock: clock, Markdown: export.RecordMarkdown,
		Tick: atOnce,
		Exporting: tui.Exporting{Formats: []tui.ExportFormat{{Name: "json", About: "one document"}},
			Export: func(context.Context, string, string, func(int, int)) (tui.Exported, error) {
				return tui.Exported{Records: 3, Path: "out.json"}, sometimes()
			}},
		OpenURL:   func(context.Context, string) error { return sometimes() },
		Clipboard: func(string) error { return sometimes() },
	}
}
