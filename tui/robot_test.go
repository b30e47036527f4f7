package tui_test

import (
	"context"
	"fmt"
	"image/color"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/tui"
	"fineprint/tui/keys"
)

// amount reads how much a long run is asked to do.
func amount(tb testing.TB, variable string, otherwise int) int {
	tb.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		tb.Fatalf("%s is %q, not a number above 0", variable, text)
	}
	return n
}

// usual is how much of something a test does if nothing else is asked for: a tenth of it
// under the race detector.
func usual(n int) int {
	if desktest.RaceDetector {
		return n / 10
	}
	return n
}

// robot presses what comes to its mind, and looks at the frame after each.
type robot struct {
	tb    testing.TB
	r     *rand.Rand
	store *store.Store
	book  *ledger
	desk  *desktest.Desk
	w, h  int
	log   []string // the last things done, to find a failure by
	wrote bool     // somebody else wrote to the store
	ascii bool
	from  *hostileDesk // what the desk reads from, instead of the store
	shown int          // texts that were seen made safe
}

// own is a source of chance for what the desk runs beside the robot.
func (b *robot) own() *rand.Rand { return rand.New(rand.NewPCG(b.r.Uint64(), b.r.Uint64())) }

// did notes an act before it is carried out.
func (b *robot) did(format string, args ...any) {
	b.log = append(b.log, fmt.Sprintf(format, args...))
	if len(b.log) > 60 { // the first says which run it is
		b.log = append(b.log[:1], b.log[2:]...)
	}
}

func (b *robot) open() {
	o := options(b.book, b.own())
	if b.from != nil {
		o = options(b.from, b.own())
		o.Actor = hostile(b.r)
	}
	b.ascii = b.r.IntN(3) == 0
	o.ASCII = b.ascii
	o.Changed = func(context.Context) error {
		if !b.wrote {
			panic(desktest.NotYet{})
		}
		b.wrote = false
		return nil
	}
	if b.from == nil && b.r.IntN(2) == 0 { // else where the last one was left, which may list nothing
		if err := b.store.SaveDeskState(context.Background(), "ada", nil); err != nil {
			b.tb.Fatal(err)
		}
	}
	b.did("open")
	b.desk = desktest.Open(tui.New(context.Background(), o))
	b.w, b.h = 0, 0
	if b.r.IntN(4) > 0 { // else the window's size comes late
		b.resize()
	}
}

func (b *robot) resize() {
	sizes := [][2]int{{0, 0}, {1, 1}, {5, 3}, {0, 30}, {80, 0}, {59, 19}, {60, 20}, {60, 20}, {80, 24}, {80, 24},
		{120, 40}, {160, 45}, {300, 90}, {61 + b.r.IntN(150), 21 + b.r.IntN(50)}}
	s := sizes[b.r.IntN(len(sizes))]
	b.w, b.h = s[0], s[1]
	b.did("resize %dx%d", b.w, b.h)
	b.desk.Resize(b.w, b.h)
}

func (b *robot) press(name string) {
	b.did("press %q", name)
	b.desk.Press(name)
}

// known presses a key of the registry.
func (b *robot) known() {
	bind := keys.All[b.r.IntN(len(keys.All))]
	if len(bind.Keys) == 0 || b.r.IntN(12) == 0 {
		b.press("ctrl+p") // by the palette
		b.did("type %q", bind.Help)
		b.desk.Type(bind.Help)
		b.press("enter")
		return
	}
	if bind.Command == keys.Quit && b.r.IntN(8) > 0 {
		return // leaving all the time shows nothing else
	}
	b.press(bind.Keys[b.r.IntN(len(bind.Keys))])
}

// asked reports whether something is open that would take all letters for its
// text; overlays and fields show how they are left.
func (b *robot) asked() bool {
	frame := b.desk.Frame()
	return strings.Contains(frame, "esc ") || strings.Contains(frame, "esc: ")
}

// arbitrary presses any key there is.
func (b *robot) arbitrary() {
	mods := []string{"", "", "", "ctrl+", "alt+", "shift+", "ctrl+alt+"}
	mod := mods[b.r.IntN(len(mods))]
	switch b.r.IntN(4) {
	case 0:
		all := desktest.Named()
		b.press(mod + all[b.r.IntN(len(all))])
	case 1:
		b.press(string(rune(b.r.IntN(0x3000))))
	default:
		b.press(mod + string(rune(' '+b.r.IntN(95))))
	}
}

func (b *robot) paste() {
	text := hostile(b.r)
	if b.r.IntN(3) == 0 {
		text = "It now says so.\nAnd more."
	}
	if b.r.IntN(20) == 0 {
		text = strings.Repeat(text, 2000)
	}
	b.did("paste %.80q (%d bytes)", text, len(text))
	b.desk.Send(tea.PasteMsg{Content: text})
}

func (b *robot) mouse() {
	at := tea.Mouse{X: b.r.IntN(b.w+10) - 2, Y: b.r.IntN(b.h+6) - 2, Button: tea.MouseLeft}
	switch b.r.IntN(5) {
	case 0, 1:
		at.Button = []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown, tea.MouseWheelLeft}[b.r.IntN(3)]
		b.did("wheel %+v", at)
		b.desk.Send(tea.MouseWheelMsg(at))
	case 2:
		at.Button = tea.MouseRight
		fallthrough
	default:
		b.did("click %+v", at)
		b.desk.Send(tea.MouseClickMsg(at))
		b.desk.Send(tea.MouseReleaseMsg(at))
	}
}

func (b *robot) rare() {
	switch b.r.IntN(4) {
	case 0:
		b.did("light")
		b.desk.Send(tea.BackgroundColorMsg{Color: color.White})
	case 1:
		b.did("dark")
		b.desk.Send(tea.BackgroundColorMsg{Color: color.Black})
	case 2:
		b.did("blur, focus")
		b.desk.Send(tea.BlurMsg{})
		b.desk.Send(tea.FocusMsg{})
	case 3:
		b.did("somebody wrote")
		b.wrote = true
	}
}

// step does one thing, and lets the store answer some of what was asked, in any
// order.
func (b *robot) step() {
	switch n := b.r.IntN(100); {
	case n < 70 && b.asked():
		b.press([]string{"enter", "enter", "esc", "down"}[b.r.IntN(4)])
	case n < 12: // of the many keys few decide, and on few screens
		if b.r.IntN(3) == 0 {
			b.press([]string{"esc", "q"}[b.r.IntN(2)])
		} else {
			b.press([]string{"x", "a", "3"}[b.r.IntN(3)])
		}
	case n < 62:
		b.known()
	case n < 76:
		b.arbitrary()
	case n < 80:
		b.press("enter")
	case n < 84:
		b.resize()
	case n < 88:
		b.paste()
	case n < 97:
		b.mouse()
	default:
		b.rare()
	}
	b.look()
	if b.r.IntN(5) == 0 {
		b.did("settle")
		b.desk.Settle()
		b.look()
	}
	for range b.r.IntN(3) {
		if n := b.desk.Pending(); n > 0 {
			i := b.r.IntN(n)
			b.did("answer %d of %d", i, n)
			b.desk.Step(i)
			b.look()
		}
	}
	if b.r.IntN(60) == 0 {
		b.leave() // a filter that nothing fits would hold it up for ever
	}
	if b.desk.Left() {
		b.open()
	}
}

func (b *robot) look() {
	frame := b.desk.Frame()
	if why := desktest.Flaw(frame, b.w, b.h); why != "" {
		b.fail("%s", why)
	}
	if b.w >= 60 && b.h >= 20 && strings.Count(frame, "\n") != b.h-1 {
		b.fail("%d lines in a window of %d", strings.Count(frame, "\n")+1, b.h)
	}
	if why := unsafeIn(frame); why != "" {
		b.fail("the frame holds %s", why)
	}
	if why := unsafeIn(b.desk.View().WindowTitle); why != "" {
		b.fail("the window's title holds %s", why)
	}
}

func (b *robot) fail(format string, args ...any) {
	b.tb.Helper()
	b.tb.Fatalf(format+"\nafter:\n  %s\nframe:\n%s", append(args, strings.Join(b.log, "\n  "), b.desk.Frame())...)
}

// requireConsistent holds the store against what it acknowledged.
func (b *robot) requireConsistent() {
	b.tb.Helper()
	lost, err := b.book.missing(context.Background(), b.store)
	if err != nil || len(lost) > 0 {
		b.fail("%d acknowledged decisions are not in the store, %v:\n%s", len(lost), err, strings.Join(lost, "\n"))
	}
	report, err := b.store.Check(context.Background(), nil)
	if err != nil || len(report.Problems) > 0 {
		b.fail("the store is not whole: %v %v", report.Problems, err)
	}
}

// leave presses ctrl+c until the desk ends: once for what is open, once for the
// desk.
func (b *robot) leave() {
	for range 3 {
		if b.press("ctrl+c"); b.desk.Left() {
			return
		}
		if b.desk.Settle(); b.desk.Left() {
			return
		}
	}
	b.fail("the desk does not end on ctrl+c")
}

// play presses so many keys, and leaves.
func (b *robot) play(keys int) {
	defer func() {
		if p := recover(); p != nil {
			b.tb.Errorf("panic: %v\nafter:\n  %s", p, strings.Join(b.log, "\n  "))
			panic(p)
		}
	}()
	b.open()
	for range keys {
		b.step()
	}
	b.leave()
}

// TestRobotBreaksNoInvariant has no idea of the desk: it presses keys, and what must hold
// whatever is pressed is looked at. FINEPRINT_ROBOT=100000 presses that many;
// FINEPRINT_ROBOT_SEED=n repeats one run.
func TestRobotBreaksNoInvariant(t *testing.T) {
	const round = 500 // a fresh store now and then, so that not all is decided
	t.Setenv("TMPDIR", t.TempDir())
	seed := uint64(amount(t, "FINEPRINT_ROBOT_SEED", 1))
	pressed, decided := 0, 0
	for n := amount(t, "FINEPRINT_ROBOT", usual(3000)); pressed < n && !t.Failed(); seed++ {
		keys := min(round, n-pressed)
		pressed += keys
		b := &robot{tb: t, r: rand.New(rand.NewPCG(seed, 0)), store: madeStore(t, seed),
			log: []string{fmt.Sprintf("seed %d", seed)}}
		b.book = &ledger{Desk: b.store}
		b.play(keys)
		b.requireConsistent()
		decided += len(b.book.acknowledged)
	}
	t.Logf("%d keys, %d decisions", pressed, decided)
	// So few keys as with the race detector may happen to decide nothing much.
	if decided < pressed/100 && pressed >= 1000 || decided == 0 {
		t.Errorf("only %d decisions in %d keys: the robot does not reach the desk", decided, pressed)
	}
}
