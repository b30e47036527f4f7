package tui_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
	"fineprint/tui"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// onTerminal opens a desk on an emulated terminal.
func onTerminal(tb testing.TB, o tui.Options, w, h int, environment ...string) *desktest.Terminal {
	tb.Helper()
	profile := colorprofile.TrueColor
	if slices.Contains(environment, "NO_COLOR=1") {
		profile = colorprofile.Ascii
	}
	return desktest.OpenTerminal(tb, w, h, func(ctx context.Context, program ...tea.ProgramOption) error {
		return tui.Run(ctx, o, append(program, tea.WithColorProfile(profile))...)
	}, environment...)
}

// resizable is a terminal whose program knows its size.
type resizable struct {
	*desktest.Terminal
	program chan *tea.Program
}

func onResizable(tb testing.TB, o tui.Options, w, h int) *resizable {
	tb.Helper()
	d := &resizable{program: make(chan *tea.Program, 1)}
	d.Terminal = desktest.OpenTerminal(tb, w, h, func(ctx context.Context, options ...tea.ProgramOption) error {
		options = append(options, tea.WithContext(ctx), tea.WithColorProfile(colorprofile.TrueColor))
		p := tea.NewProgram(tui.New(ctx, o), options...)
		d.program <- p
		_, err := p.Run()
		return err
	})
	return d
}

func (d *resizable) resize(w, h int) {
	p := <-d.program
	defer func() { d.program <- p }()
	d.Resize(w, h)
	p.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// unsafeOutput names the first thing in what was written to a terminal that only
// somebody else's text can have brought there.
func unsafeOutput(out string) string {
	var state byte
	p := ansi.NewParser()
	for rest := out; rest != ""; {
		seq, width, n, next := ansi.DecodeSequence(rest, state, p)
		switch {
		case !utf8.ValidString(seq):
			return fmt.Sprintf("bytes that are no UTF-8, %q", seq)
		case width > 0:
			for _, r := range seq {
				if !mayShow(r) {
					return fmt.Sprintf("%U in %q", r, seq)
				}
			}
		case ansi.HasOscPrefix(seq):
			if bad := unsafeOSC(p.Command(), string(p.Data())); bad != "" {
				return bad
			}
		case ansi.HasDcsPrefix(seq) && !strings.HasPrefix(seq, "\x1bP+q"), ansi.HasApcPrefix(seq),
			ansi.HasPmPrefix(seq), ansi.HasSosPrefix(seq):
			return fmt.Sprintf("the string sequence %q", seq)
		case strings.HasPrefix(seq, "\x1b"), seq == "\r", seq == "\n", seq == "\r\n", seq == "\b", seq == "\t":
		default:
			if strings.ContainsFunc(seq, func(r rune) bool { return !mayShow(r) }) {
				return fmt.Sprintf("%q", seq)
			}
		}
		state, rest = next, rest[n:]
	}
	return ""
}

func unsafeOSC(command int, data string) string {
	switch command {
	case 10, 11, 12, 8, 52, 112: // the terminal's colours, links, the clipboard (in Base64), the cursor
	case 0, 2:
		_, title, _ := strings.Cut(data, ";")
		for _, r := range title {
			if !mayShow(r) {
				return fmt.Sprintf("%U in the window's title %q", r, title)
			}
		}
		return ""
	default:
		return fmt.Sprintf("OSC %d %q", command, data)
	}
	for _, c := range []byte(data) {
		if c < ' ' || c > '~' {
			return fmt.Sprintf("byte 0x%02X in OSC %q", c, data)
		}
	}
	return ""
}

func TestUnsafeOutputIsReported(t *testing.T) {
	for _, bad := range nasty {
		if strings.ContainsAny(bad, "\x1b") && !strings.Contains(bad, "]") && !strings.Contains(bad, "P") {
			continue // a cursor movement may be the renderer's own; frames are held against the allowlist
		}
		if slices.Contains([]string{"\r", "\r\n", "\n", "\t", "\x08\x08\x08", "社交", "🙂", "🇮🇪", "한글",
			"\ufdfd", "﷽",
			"e" + strings.Repeat("\u0301", 40), "\u0301", "\x1b]11;?\x07", "कि\u094d"}, bad) {
			continue
		}
		if strings.HasPrefix(bad, "\x1b]0;") || strings.HasPrefix(bad, "\x1b]52") || strings.HasPrefix(bad, "\x1b]8") {
			continue // as sequences these are the desk's own kind
		}
		if strings.ContainsFunc(bad, sanitize.Joiner) {
			continue // may be shown where it joins, which package sanitize proves
		}
		if unsafeOutput("fine "+bad+" fine") == "" {
			t.Errorf("%q is taken for safe", bad)
		}
	}
}

// TestRobotOnATerminalLosesNoDecision presses keys on the whole program: Bubble Tea's loop, its
// renderer, a terminal's answers. What it must leave behind is a whole store and
// no goroutine.
func TestRobotOnATerminalLosesNoDecision(t *testing.T) {
	desktest.NeedTerminal(t)
	t.Setenv("VISUAL", "true") // an editor that changes nothing
	t.Setenv("TMPDIR", t.TempDir())
	started := make(chan os.Signal, 1) // the first Notify of a process leaves a goroutine for good
	signal.Notify(started, os.Interrupt)
	signal.Stop(started)
	before, _ := running()
	n := amount(t, "FINEPRINT_ROBOT", 2000) / 10
	for seed := uint64(amount(t, "FINEPRINT_ROBOT_SEED", 1)); n > 0; seed, n = seed+1, n-200 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { pressOnTerminal(t, seed, min(n, 200)) })
	}
	var after int
	var stacks string
	for range 6000 { // goroutines end a little after what they were started for
		if after, stacks = running(); after <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after:\n%s", before, after, stacks)
}

// running counts the goroutines. One of Ultraviolet's that reads a terminal may
// stay when its program ends in the middle of what was typed: it sends the rest
// to nobody. That is not the desk's, and ends with the process.
func running() (n int, stacks string) {
	p := make([]byte, 1<<20)
	stacks = string(p[:runtime.Stack(p, true)])
	for s := range strings.SplitSeq(stacks, "\n\n") {
		if !strings.Contains(s, "ultraviolet.(*TerminalReader).sendEvents") {
			n++
		}
	}
	return n, stacks
}

// pasteable is what terminals make of a text before they paste it: they take its
// escape characters away, so that it can't end the paste. The emulator does not,
// and Bubble Tea's reader takes a string sequence that begins in a paste and does
// not end there for one that goes on for ever: no key comes through after it.
func pasteable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == 0x1b || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// presser presses keys on a desk on a terminal, and opens it again when that was
// left.
type presser struct {
	t   *testing.T
	r   *rand.Rand
	o   tui.Options
	on  *resizable
	log []string
}

func (p *presser) step() {
	if p.on == nil || p.on.Ended(0) {
		p.on = onResizable(p.t, p.o, 60+p.r.IntN(120), 20+p.r.IntN(40))
		p.on.Sees("help")
	}
	var name string
	if b := keys.All[p.r.IntN(len(keys.All))]; len(b.Keys) > 0 {
		name = b.Keys[p.r.IntN(len(b.Keys))]
	}
	switch k := p.r.IntN(20); {
	case k == 0:
		text := pasteable(hostile(p.r))
		p.log = append(p.log, fmt.Sprintf("paste %q", text))
		p.on.Paste(text)
		return
	case k == 1:
		w, h := p.r.IntN(200), p.r.IntN(60)
		p.log = append(p.log, fmt.Sprintf("resize %dx%d", w, h))
		p.on.resize(w, h)
		return
	case k == 2:
		p.on.Click(p.r.IntN(200), p.r.IntN(60))
		return
	case k == 3:
		p.on.WheelDown(3, 3)
		return
	case k < 6:
		name = []string{"enter", "esc"}[k%2]
	case k == 6:
		name = string(rune(' ' + p.r.IntN(95)))
	}
	if name != "" && name != "ctrl+c" {
		p.log = append(p.log, name)
		p.on.Press(name)
	}
}

// leave presses ctrl+c until the desk ends.
func (p *presser) leave() {
	for i := 0; !p.on.Ended(200 * time.Millisecond); i++ {
		if i == 300 {
			stacks := make([]byte, 1<<20)
			p.t.Fatalf("the desk does not end on ctrl+c; what runs:\n%s", stacks[:runtime.Stack(stacks, true)])
		}
		p.on.Press("ctrl+c") // once for what is open, once for the desk
	}
}

func pressOnTerminal(t *testing.T, seed uint64, n int) {
	r := rand.New(rand.NewPCG(seed, 3))
	s := madeStore(t, seed)
	book := &ledger{Desk: s}
	p := &presser{t: t, r: r, o: options(book, rand.New(rand.NewPCG(seed, 4)))}
	p.o.ASCII = seed%2 == 0
	for range n {
		p.step()
	}
	defer func() {
		if t.Failed() {
			t.Logf("seed %d, after %q; the screen:\n%s", seed, p.log, p.on.Screen())
		}
	}()
	p.leave()
	if why := unsafeOutput(p.on.Written()); why != "" {
		t.Errorf("what was written to the terminal holds %s", why)
	}
	lost, err := book.missing(context.Background(), s)
	if err != nil || len(lost) > 0 {
		t.Errorf("%d acknowledged decisions are not in the store, %v: %q", len(lost), err, lost)
	}
	report, err := s.Check(context.Background(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("the store is not whole: %v %v", report.Problems, err)
	}
}
