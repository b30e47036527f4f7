package glance

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// reader is a store whose changes all say the same, and which counts what it is asked.
type reader struct {
	detail     model.ChangeDetail
	precedents []model.Precedent
	err        error
	changes    int
	beside     int // what stands beside changes
}

func (r *reader) Change(_ context.Context, id model.ID) (model.ChangeDetail, error) {
	r.changes++
	d := r.detail
	d.Change.ID, d.Document.ID = id, "FP-D-00001"
	d.Review.State = model.Pending
	return d, r.err
}

func (r *reader) Precedents(context.Context, model.ID, int) ([]model.Precedent, error) {
	r.beside++
	return r.precedents, nil
}

func (r *reader) DocumentActivity(context.Context, model.ID) (model.Months, error) {
	return model.Months{Counts: []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 4}}, nil
}

// bench is a pane whose ticks a test lets pass.
type bench struct {
	*Pane
	reader *reader
	due    []tea.Cmd // what is under way
	ticks  int
}

func open(r *reader, change func(*kit.Common)) *bench {
	b := &bench{reader: r}
	c := &kit.Common{Ctx: context.Background(), Keys: keys.All, W: 120, H: 40, Config: config.Default(), Dark: true,
		Clock: func() time.Time { return time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC) },
		Tick: func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			b.ticks++
			return func() tea.Msg { return msg(time.Time{}) }
		}}
	if change != nil {
		change(c)
	}
	c.ApplyTheme()
	b.Pane = New(c, r)
	return b
}

// move selects the n-th change.
func (b *bench) move(n int) {
	if cmd := b.Show(item(n)); cmd != nil {
		b.due = append(b.due, cmd)
	}
}

// pass carries out what is under way, and takes its answers in.
func (b *bench) pass() {
	due := b.due
	b.due = nil
	for _, cmd := range due {
		b.take1(cmd())
	}
}

func (b *bench) take1(msg tea.Msg) {
	a, _ := b.Update(msg)
	if cmd, ok := a.(kit.Cmd); ok && cmd != nil {
		b.due = append(b.due, tea.Cmd(cmd))
	}
}

func (b *bench) settle() {
	for len(b.due) > 0 {
		b.pass()
	}
}

func (b *bench) text(w, h int) string { return ansi.Strip(strings.Join(b.Lines(w, h), "\n")) }

func item(n int) *model.QueueItem {
	at := func(d int) model.VersionRef {
		return model.VersionRef{CapturedAt: time.Date(2026, 1, d, 9, 0, 0, 0, time.UTC)}
	}
	return &model.QueueItem{ID: model.NewID("FP", model.ChangeID, uint64(n+1)), PlatformName: "Acme",
		Type: fmt.Sprint("Terms ", n), From: at(1), To: at(9), Material: true, State: model.Pending,
		Counts:    model.Counts{Added: 1, Modified: 1, Immaterial: 2},
		Suggested: model.Suggestion{Severity: model.High, Why: []string{"children or age", "a changed number"}}}
}

func ages() *reader {
	return &reader{detail: change([]string{"children or age"},
		"modified|Terms>1. Who may use it|number|You must be at least 16 years old to use it.|"+
			"You must be at least 13 years old to use it.",
		"added|Terms>2. Children|||Parents decide for their children.")}
}

// TestHeldKeyReadsNothing: over 2,000 rows there is one tick at a time, whatever the
// row's own shows at once, and only the last change is read.
func TestHeldKeyReadsNothing(t *testing.T) {
	b := open(ages(), nil)
	for n := range 2000 {
		b.move(n)
		if got := b.text(46, 30); !strings.Contains(got, fmt.Sprintf("Terms %d ", n)) {
			t.Fatalf("row %d is not shown:\n%s", n, got)
		}
		if len(b.due) > 1 {
			t.Fatalf("%d ticks are under way", len(b.due))
		}
		if n%40 == 39 { // a tick passes while the key is held
			b.pass()
		}
	}
	if b.reader.changes+b.reader.beside > 0 {
		t.Fatalf("%d changes were read while the cursor moved", b.reader.changes)
	}
	b.settle()
	if b.reader.changes != 1 || b.ticks > 60 {
		t.Errorf("%d changes were read after %d ticks", b.reader.changes, b.ticks)
	}
	b.move(1999)
	if len(b.due) > 0 || b.reader.changes != 1 {
		t.Error("a pane left alone asks for something")
	}
}

func TestLateAnswerIsDropped(t *testing.T) {
	b := open(ages(), nil)
	b.move(1)
	b.pass() // the tick; the change is under way
	late := b.due
	b.due = nil
	b.move(2)
	b.settle()
	b.reader.detail = change(nil, "added|A|||Something else entirely.")
	b.due = late
	b.settle()
	if got := b.text(46, 30); strings.Contains(got, "Something else") || !strings.Contains(got, "13") {
		t.Errorf("a late answer is shown:\n%s", got)
	}
}

// TestSeenChangesAreKept: what was seen is shown again without reading; after the store
// was written to only what stands beside the change is read again.
func TestSeenChangesAreKept(t *testing.T) {
	b := open(ages(), nil)
	for _, n := range []int{1, 2, 1} {
		b.move(n)
		b.settle()
	}
	if b.reader.changes != 2 {
		t.Errorf("%d changes were read, want 2", b.reader.changes)
	}
	b.reader.precedents = []model.Precedent{{Same: true, Review: model.Review{State: model.Approved,
		Severity: model.High, UpdatedAt: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}}}
	b.Stale()
	b.move(1)
	if got := b.text(46, 30); !strings.Contains(got, "13") {
		t.Errorf("what was read is gone:\n%s", got)
	}
	b.settle()
	if got := b.text(46, 30); b.reader.changes != 2 || !strings.Contains(got, "same words: approved high, 2 Mar  = reuse") {
		t.Errorf("%d changes were read:\n%s", b.reader.changes, got)
	}
}

// TestKeptBytesAreBounded: of documents of 350 KB no more is kept than of small ones.
func TestKeptBytesAreBounded(t *testing.T) {
	long := strings.Repeat("We keep what you post for as long as the law of some country wants. ", 5200)
	var clauses []string
	for i := range 20 {
		clauses = append(clauses, fmt.Sprintf("modified|Terms>%d|number|%s 16.|%s 13 days and more.|", i, long[:i*17000], long))
	}
	b := open(&reader{detail: change(nil, clauses...)}, nil)
	for n := range 8 {
		b.move(n)
		b.settle()
		total := 0
		for _, c := range b.kept.list {
			total += c.bytes
			if texts := len(c.detail.OldText) + len(c.detail.NewText); texts > 2*maxTelling*(maxSide+16) {
				t.Fatalf("%d bytes of text are kept of a change", texts)
			}
		}
		if len(b.kept.list) == 0 || len(b.kept.list) > maxKept || len(b.kept.list) > 1 && total > maxBytes {
			t.Fatalf("%d changes with %d bytes are kept", len(b.kept.list), total)
		}
	}
}

func TestPaneShowsWhatTellsMost(t *testing.T) {
	r := ages()
	b := open(r, nil)
	b.move(0)
	b.settle()
	got := b.text(46, 30)
	for _, want := range []string{"Acme · Terms 0   FP-C-000001", "1 Jan 2026 → 9 Jan 2026 · 2 clauses · 2 noise",
		"○ high  children or age · a changed number", "§ 1. Who may use it", "at least", "§ 2. Children",
		"Parents decide", "this document: ▁▁▁▁▁▁▁▁▁▃▁▆  5 in 12 months"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
	if strings.Index(got, "§ 1.") > strings.Index(got, "§ 2.") {
		t.Errorf("the number is not first:\n%s", got)
	}
	decided := item(0)
	decided.Severity, decided.Notes, decided.Assignee = model.Critical, 2, "mia"
	b.Show(decided)
	if got := b.text(46, 30); !strings.Contains(got, "● critical") ||
		!strings.Contains(got, "✎ 2 notes · assigned to mia") {
		t.Errorf("what was decided, noted and assigned is not shown:\n%s", got)
	}
}

func TestFailureIsNoEmptyPane(t *testing.T) {
	b := open(&reader{err: errors.New("the disk is on fire")}, nil)
	b.move(0)
	b.settle()
	if got := b.text(46, 30); !strings.Contains(got, "the disk is on fire") {
		t.Errorf("got\n%s", got)
	}
	b.Show(nil)
	if got := b.text(46, 30); got != "" {
		t.Errorf("nothing is selected, and it shows\n%s", got)
	}
}

// TestLinesFitTheirRoom: whatever the room and the names are, no line is wider, there are
// no more lines, and nothing reaches the terminal that it could take for more than text.
func TestLinesFitTheirRoom(t *testing.T) {
	r := ages()
	r.detail.Change.Clauses[0].Heading = []string{"x\x1b]0;owned\x07", strings.Repeat("長い見出し", 30)}
	r.detail.Change.Clauses[0].Marks = []string{"number", "neg\x1b[2Jation"}
	r.precedents = []model.Precedent{{Review: model.Review{State: model.Dismissed, Reason: "\x1b[31mno\nise"}}}
	q := item(0)
	q.PlatformName, q.Type = "Acme \x1b]0;owned\x07社交 Network", strings.Repeat("Policy ", 40)
	q.Assignee = "m\x1b[2Jia"
	q.Suggested.Why, q.Detail = []string{"w\x1bhy", strings.Repeat("because ", 60)}, "goes \x1b[H back"
	for _, ascii := range []bool{false, true} {
		b := open(r, func(c *kit.Common) { c.ASCII = ascii })
		b.due = []tea.Cmd{b.Show(q)}
		b.settle()
		for w := 18; w < 130; w += 7 {
			for h := 0; h < 42; h++ {
				lines := b.Lines(w, h)
				if len(lines) > h {
					t.Fatalf("%d lines in %d", len(lines), h)
				}
				for _, l := range lines {
					if ansi.StringWidth(l) > w || strings.ContainsAny(ansi.Strip(l), "\x1b\x07\n") ||
						strings.Contains(l, "\x1b]") || strings.Contains(l, "\x1b[2J") || strings.Contains(l, "\x1b[H") {
						t.Fatalf("%dx%d: %q", w, h, l)
					}
				}
			}
		}
	}
}
