package tui_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/dev/desktest"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui"
)

// typed are the words that sentences are made of: what an analyst writes, and words with
// the letters in a row that ask and answer.
var typed = strings.Fields(`the a of to and in is are was will may can you your we our they it not no any all each
	service privacy policy account data payment fee notice days day pay pays say says buy buys by guy play lay away array
	always today party parties under upon use uses user undo vacuum continuum applies approve dismiss snooze submit fetch
	x-ray z-axis section 3am 4a 2.a 1u 3uu 14 30 3 4 2 1 12.5 e.g. i.e. don't it's users' Google Zoom HSBC Dublin Court
	FTC Roku Acme's Monthly Yes y/n Z A/B arbitration waiver quarterly everybody yearly why yellow xylophone typing way`)

// written is a sentence of the words.
func written(r *rand.Rand) string {
	var b strings.Builder
	for i := range 4 + r.IntN(9) {
		word := typed[r.IntN(len(typed))]
		if i == 0 && r.IntN(2) == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", " ", " ", " ", ", ", ": "}[r.IntN(8)])
		}
		b.WriteString(word)
	}
	return b.String() + []string{".", ".", ".", "", "?", "!"}[r.IntN(6)]
}

// write is what reached the store.
type write struct {
	kind   string
	on     int // how many changes
	action model.Action
	fields int
	value  string // of the one field
}

// journal is a desk's store that writes down what reached it.
type journal struct {
	tui.Desk
	writes []write
}

func (j *journal) wrote(kind string) { j.writes = append(j.writes, write{kind: kind, on: 1}) }

func (j *journal) decided(ds []model.Decision) {
	d := ds[0]
	w := write{kind: "decision: " + string(d.Action), on: len(ds), action: d.Action}
	for value, given := range map[string]bool{
		"severity": d.Severity != nil, "confidence": d.Confidence != nil, "basis": d.Basis != nil,
		"summary": d.Summary != nil, "note": d.Note != nil,
	} {
		if given {
			w.fields++
			w.value = value
		}
	}
	switch {
	case w.fields != 1 || d.Action != model.ActionSet:
	case w.value == "severity":
		w.value += " " + string(*d.Severity)
	case w.value == "confidence":
		w.value += " " + string(*d.Confidence)
	case w.value == "basis":
		w.value += " " + string(*d.Basis)
	}
	if w.action == model.ActionSet && w.fields == 1 {
		w.kind += " " + strings.Fields(w.value)[0]
	}
	j.writes = append(j.writes, w)
}

func (j *journal) Decide(ctx context.Context, d model.Decision) (model.Review, error) {
	r, err := j.Desk.Decide(ctx, d)
	if err == nil {
		j.decided([]model.Decision{d})
	}
	return r, err
}

func (j *journal) DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error) {
	rs, err := j.Desk.DecideAll(ctx, ds)
	if err == nil {
		j.decided(ds)
	}
	return rs, err
}

func (j *journal) NewRecord(ctx context.Context, r model.NewRecordRequest) (model.RecordDraft, error) {
	d, err := j.Desk.NewRecord(ctx, r)
	if err == nil {
		j.wrote("record begun")
	}
	return d, err
}

func (j *journal) EditRecord(ctx context.Context, e model.RecordEdit) (model.RecordDraft, error) {
	d, err := j.Desk.EditRecord(ctx, e)
	if err == nil {
		j.wrote("record edited")
	}
	return d, err
}

func (j *journal) ApproveRecord(ctx context.Context, a model.RecordApproval) (model.RecordDraft, error) {
	j.wrote("record approved")
	return j.Desk.ApproveRecord(ctx, a)
}

func (j *journal) WithdrawRecord(ctx context.Context, id model.ID, reason, actor string) (model.RecordDraft, error) {
	j.wrote("record withdrawn")
	return j.Desk.WithdrawRecord(ctx, id, reason, actor)
}

func (j *journal) WriteNote(ctx context.Context, r model.NoteRequest) (model.ChangeNote, error) {
	j.wrote("note written")
	return j.Desk.WriteNote(ctx, r)
}

func (j *journal) RemoveNote(ctx context.Context, id model.ID, actor string) (model.ChangeNote, error) {
	j.wrote("note removed")
	return j.Desk.RemoveNote(ctx, id, actor)
}

func (j *journal) Assign(ctx context.Context, ids []model.ID, to, actor string) (map[model.ID]string, error) {
	j.wrote("assigned")
	return j.Desk.Assign(ctx, ids, to, actor)
}

func (j *journal) Tag(ctx context.Context, ids []model.ID, add, remove []string, actor string) (int, error) {
	j.wrote("tagged")
	return j.Desk.Tag(ctx, ids, add, remove, actor)
}

// SaveDraft and SaveDeskState keep nothing: they are many, judge nothing, and a disk takes
// its time for each.
func (j *journal) SaveDraft(context.Context, model.Draft) error {
	j.wrote("draft of a summary kept")
	return nil
}

func (j *journal) DropDraft(context.Context, model.ID, string) error { return nil }

func (j *journal) SaveDeskState(context.Context, string, []byte) error { return nil }

// typist types sentences where they are not meant.
type typist struct {
	t     *testing.T
	r     *rand.Rand
	book  *journal
	desk  *desktest.Desk
	now   time.Time
	log   []string
	keys  int
	done  map[string]int // what sentences wrote, and what they did else
	shown map[string]int // screens and dialogs sentences were typed on
}

func (p *typist) open(on tui.Desk) {
	p.book = &journal{Desk: on}
	actor := []string{"ada", "ada", "ben"}[p.r.IntN(3)]
	other := func(what string) { p.done[what]++ }
	p.desk = desktest.Open(tui.New(p.t.Context(), tui.Options{
		Desk: p.book, Actor: actor, Clock: func() time.Time { return p.now }, Markdown: export.RecordMarkdown,
		Registry: registry.Bundled(), Settings: deskfixture.Settings(false), Exporting: deskfixture.Exporting,
		Intake: deskfixture.Intake, Tick: func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			return func() tea.Msg { return msg(p.now) }
		},
		Fetch:     func(context.Context, string, bool, func(model.FetchProgress)) error { other("fetch begun"); return nil },
		OpenURL:   func(context.Context, string) error { other("browser opened"); return nil },
		Clipboard: func(string) error { other("citation copied"); return nil },
	}))
	p.desk.Settle()
	size := [][2]int{{80, 24}, {120, 40}, {160, 45}}[p.r.IntN(3)]
	p.desk.Resize(size[0], size[1])
	p.desk.Settle()
	p.log = []string{"open as " + actor}
}

func (p *typist) page() string { return ansi.Strip(p.desk.Frame()) }

// status is the line that says what happened.
func (p *typist) status() string {
	lines := strings.Split(p.page(), "\n")
	return lines[max(0, len(lines)-2)]
}

func (p *typist) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf(format+"\nafter:\n  %s\n%s", append(args, strings.Join(p.log, "\n  "), p.page())...)
}

// wander goes elsewhere and opens things, as one who means each key.
func (p *typist) wander() {
	ways := [][]string{
		{"enter"}, {"enter"}, {"enter"}, {"esc"}, {"tab"}, {"shift+tab"}, {"down"}, {"down"}, {"up"}, {"right"},
		{"left"}, {"pgdown"}, {"home"}, {"end"}, {"q"}, {"?"}, {"A"}, {","}, {"V"}, {"B"}, {"t"}, {"r"}, {"R"}, {"D"},
		{"c"}, {"]"}, {"["}, {"s"}, {"x"}, {"z"}, {"/"}, {":"}, {"I"}, {";"}, {"@"}, {"+"}, {"+", "y"}, {"a"}, {"a", "y"},
		{"ctrl+p"}, {"ctrl+a"}, {"*"}, {"space", "down", "space"}, {"3"}, {"2", "C"}, {"b"}, {"."}, {"u"}, {"y"}, {"'"},
		{"m"}, {"o"}, {"p"}, {"W"}, {"f"}, {"T"}, {"E"}, {"ctrl+n"}, {"ctrl+e"}, {"ctrl+s"}, {"ctrl+r"},
		{"esc", "esc", "3", "s", "ctrl+u", "I", "t", "enter"}, {"esc", "esc", "enter", "2", "s", "I", "t", "enter"},
	}
	n := 1 + p.r.IntN(4)
	for i := range n {
		way := ways[p.r.IntN(len(ways))]
		if i == 0 {
			way = append([]string{"esc"}, way...)
		}
		if i == n-1 && p.r.IntN(2) == 0 { // else what is open takes the sentence
			way = append(way, "esc")
		}
		for _, k := range way {
			p.now = p.now.Add(2 * time.Second)
			p.log = append(p.log, "key "+k)
			p.desk.Press(k)
			p.desk.Settle()
		}
		if p.desk.Left() {
			return
		}
	}
}

// pace is how fast the keys of a sentence come.
func (p *typist) pace() func() time.Duration {
	between := [][2]int{{0, 30}, {60, 250}, {200, 900}, {400, 990}}[p.r.IntN(4)]
	return func() time.Duration {
		return time.Duration(between[0]+p.r.IntN(between[1]-between[0])) * time.Millisecond
	}
}

// sentence types one, and looks at what each of its keys wrote.
func (p *typist) sentence() {
	text, pace := written(p.r), p.pace()
	if strings.Contains(p.page(), "esc cancel") { // its first letter would answer what a key meant so has asked
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	eager := p.r.IntN(6) == 0 // faster than the store answers
	p.now = p.now.Add(2 * time.Second)
	lines := strings.Split(p.page(), "\n")
	if head := strings.Fields(lines[0]); len(head) > 1 {
		p.shown[head[1]]++
	}
	p.log = append(p.log, fmt.Sprintf("sentence %q", text))
	before, begun := p.status(), len(p.book.writes)
	for i, key := range text {
		p.desk.Press(string(key))
		p.keys++
		if !eager || key == ' ' || i == len(text)-1 {
			p.desk.Settle()
			p.judge(text[:i+1], before, p.book.writes[begun:], eager)
			before, begun = p.status(), len(p.book.writes)
		}
		if p.desk.Left() {
			p.done["desk left"]++
			return
		}
		if p.now = p.now.Add(pace()); key == ' ' && p.r.IntN(40) == 0 {
			p.now = p.now.Add(3 * time.Second) // thinks
		}
	}
}

// meant are the writes beside decisions that a sentence never is.
var meant = []string{"record approved", "record withdrawn", "assigned", "note written", "note removed"}

// judge looks at what a key of a sentence wrote.
func (p *typist) judge(upTo, before string, writes []write, eager bool) {
	if strings.Contains(p.page(), "<U+001B>[") {
		p.fail("%q: the style of a line is shown as text", upTo)
	}
	for _, w := range writes {
		p.done[w.kind]++
		status := p.status()
		switch {
		case !strings.HasPrefix(w.kind, "decision: "):
			if slices.Contains(meant, w.kind) {
				p.fail("%q: %s", upTo, w.kind)
			}
		case w.action == model.ActionUndo:
			offered := strings.Contains(before, "u undo")
			for _, judged := range []string{"approval", "dismissal", "snooze", "submission", "reopening", "changes"} {
				if !offered && strings.Contains(status, "Undone: "+judged) {
					p.fail("%q takes back what was not offered: %s", upTo, status)
				}
			}
		case w.on != 1 || w.action != model.ActionSet || w.fields != 1 || w.value == "summary" || w.value == "note":
			p.fail("%q decides: %+v", upTo, w)
		case !eager && (!strings.Contains(status, ": "+w.value) || !strings.Contains(status, "u undo")):
			p.fail("%q wrote %q, and the desk says only: %s", upTo, w.value, status)
		}
	}
}

// TestTypingRobotJudgesNothing types sentences on whatever is open: none of them approves,
// dismisses, puts away, hands on or judges several. FINEPRINT_TYPING=10000 types that many;
// FINEPRINT_TYPING_SEED=n begins with another.
func TestTypingRobotJudgesNothing(t *testing.T) {
	const round = 50
	t.Setenv("TMPDIR", t.TempDir())
	seed := uint64(amount(t, "FINEPRINT_TYPING_SEED", 1))
	done, shown, keys := map[string]int{}, map[string]int{}, 0
	n := amount(t, "FINEPRINT_TYPING", usual(300))
	for typed := 0; typed < n && !t.Failed(); seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			p := &typist{t: t, r: rand.New(rand.NewPCG(seed, 17)), done: done, shown: shown,
				now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
			store := deskfixture.LikeStore(t)
			p.open(store)
			for range min(round, n-typed) {
				if p.wander(); p.desk.Left() || p.r.IntN(15) == 0 {
					p.open(store)
				}
				if p.sentence(); p.desk.Left() {
					p.open(store)
				}
				typed++
			}
			keys += p.keys
		})
	}
	t.Logf("%d sentences, %d keys, on %v", n, keys, shown)
	for _, what := range slices.Sorted(maps.Keys(done)) {
		t.Logf("%6d  %s", done[what], what)
	}
	if done["decision: set severity"] == 0 {
		t.Error("no sentence set a severity: the robot does not reach the desk")
	}
}
