package tui_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// nasty are texts that do something to a terminal, or hide what they are.
var nasty = []string{
	"\x1b[2J", "\x1b[31m", "\x1b[1;1H", "\x1b[?1049l", "\x1b[6n", "\x1b[200~", "\x1b[201~", "\x1b[>c",
	"\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x1b\\", "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
	"\x1b]11;?\x07",
	"\x1bP$q m\x1b\\", "\x1bP1000p", "\x1b_Gf=24;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\x1bc", "\x1b",
	"\x1b(0",
	"\u009b31m", "\u009d0;owned\u009c", "\u0090q\u009c", "\u009fapc\u009c", "\x9b31m", "\x9d0;x\x07", "\x90q",
	"\u202eevil\u202c", "\u2066\u2067\u2068\u2069", "\u200b", "\u200d", "\u200e\u200f", "\ufeff", "\u2060", "\u00ad",
	"\u061c", "\u034f", "\ufe0f", "\U000e0041",
	"\xff\xfe", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "\x80",
	"\x00", "\x07", "\x08\x08\x08", "\r", "\r\n", "\n", "\t", "\v\f", "\x7f", "\x0e\x0f", "\u2028", "\u2029", "\u0085",
	"e" + strings.Repeat("\u0301", 40), "\u0301", "社交", "🙂", "👩\u200d👩\u200d👧", "🇮🇪",
	"कि\u094d", "한글", "\u1160",
	"\u3164", "\ue000", "\U000fffff", "\ufdfd", "﷽",
}

// hostile is a made-up text out of nasty ones, plain ones, and bytes.
func hostile(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(5) {
		switch r.IntN(6) {
		case 0:
			b.WriteString([]string{"terms", " may not ", "16", "https://acme.example/?a=", "*", "[x](", "|",
				"# "}[r.IntN(8)])
		case 1:
			b.WriteByte(byte(r.IntN(256)))
		case 2:
			b.WriteRune(rune(r.IntN(0x11000)))
		default:
			b.WriteString(nasty[r.IntN(len(nasty))])
		}
	}
	return b.String()
}

// unsafeIn names the first thing in a frame that must not reach a terminal:
// anything but the style sequences the desk makes itself and runes of the
// allowlist.
func unsafeIn(frame string) string {
	for i := 0; i < len(frame); {
		if n := ownSequence(frame[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(frame[i:])
		if r == utf8.RuneError && n == 1 {
			return fmt.Sprintf("the byte 0x%02X at %q", frame[i], around(frame, i))
		}
		if r != '\n' && !mayShow(r) {
			return fmt.Sprintf("%U at %q", r, around(frame, i))
		}
		i += n
	}
	return ""
}

func around(s string, i int) string { return s[max(0, i-20):min(len(s), i+20)] }

// ownSequence is the length of a sequence at the start of s that the desk makes
// itself, 0 when there is none: SGR with numbers, and an OSC 8 link to a web
// address of printable ASCII.
func ownSequence(s string) int {
	if rest, ok := strings.CutPrefix(s, "\x1b["); ok {
		for i, c := range []byte(rest) {
			switch {
			case c == 'm':
				return 2 + i + 1
			case c != ';' && c != ':' && (c < '0' || c > '9'):
				return 0
			}
		}
		return 0
	}
	rest, ok := strings.CutPrefix(s, "\x1b]8;")
	if !ok {
		return 0
	}
	for i, c := range []byte(rest) {
		switch {
		case c == '\x07':
			return 4 + i + 1
		case c == 0x1b && strings.HasPrefix(rest[i:], "\x1b\\"):
			return 4 + i + 2
		case c <= ' ' || c > '~':
			return 0
		}
	}
	return 0
}

// hostileRun walks every screen of a desk whose store answers nothing but
// hostile text.
type hostileRun struct {
	*robot
	from  *hostileDesk
	names map[string]bool // of the screens that were seen
}

func newHostileRun(t *testing.T, seed uint64, below tui.Desk, rows int) *hostileRun {
	r := rand.New(rand.NewPCG(seed, 5))
	from := &hostileDesk{Desk: below, r: r, rows: rows}
	b := &robot{tb: t, r: r, from: from, log: []string{fmt.Sprintf("seed %d", seed)}}
	return &hostileRun{b, from, map[string]bool{}}
}

// through pages to the end of what is shown and looks at every page.
func (b *hostileRun) through() {
	b.desk.Settle()
	b.press("g")
	for last := ""; ; {
		b.look()
		frame := b.desk.Frame()
		if frame == last {
			return
		}
		last = frame
		b.shown += strings.Count(frame, "<U+") + strings.Count(frame, "<0x")
		b.press("pgdown")
	}
}

// begin opens a desk of one size on a screen.
func (b *hostileRun) begin(on keys.Screen, w, h int) {
	b.open()
	b.w, b.h = w, h
	b.desk.Resize(w, h)
	b.desk.Settle()
	switch on {
	case keys.Platforms:
		b.press("q")
	case keys.Review:
		b.press("enter")
	}
	b.desk.Settle()
}

// walk shows every screen that keys lead to, to its end, in one size.
func (b *hostileRun) walk(w, h int) {
	b.begin(keys.Queue, w, h)
	for range 6 { // the queue's states
		b.through()
		b.press("tab")
	}
	b.begin(keys.Review, w, h)
	b.through()
	for _, key := range []string{"i", "w", "v"} {
		b.press(key)
		b.through()
	}
	for _, screen := range []keys.Screen{keys.Review, keys.Queue, keys.Platforms} {
		b.begin(screen, w, h)
		b.through()
		for _, bind := range keys.All {
			if bind.On(screen) && len(bind.Keys) > 0 {
				b.visit(screen, bind.Keys[0])
			} else if bind.On(screen) {
				b.press("ctrl+p") // what only the palette leads to
				b.desk.Type(bind.Help)
				b.visit(screen, "enter")
			}
		}
	}
}

// head is the first word of what the screen is called.
func (b *hostileRun) head() string {
	first, _, _ := strings.Cut(ansi.Strip(b.desk.Frame()), "\n")
	name, ok := strings.CutPrefix(first, " Fineprint  ")
	if !ok {
		return "Review" // whose head is about the change
	}
	name, _, _ = strings.Cut(name, " ")
	b.names[name] = true
	return name
}

// visit presses a key on a screen and looks at all it shows: a text is pasted
// where one is asked for, another screen is seen to its end.
func (b *hostileRun) visit(screen keys.Screen, key string) {
	before := b.head()
	b.press(key)
	b.desk.Settle()
	b.look()
	if b.asked() {
		b.paste()
		b.look()
		b.press([]string{"enter", "esc"}[b.r.IntN(2)])
		b.desk.Settle()
		b.look()
	}
	if b.desk.Left() || b.head() != before {
		if !b.desk.Left() {
			b.through()
		}
		b.begin(screen, b.w, b.h)
	}
}

// TestHostileTextIsMadeSafeOnEveryScreen: of texts made to do something to a terminal, nothing does,
// whatever field they come in and whatever screen shows them.
// FINEPRINT_HOSTILE=1000000 makes that many.
func TestHostileTextIsMadeSafeOnEveryScreen(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	below, names := madeStore(t, 1), map[string]bool{}
	made, shown, n := 0, 0, amount(t, "FINEPRINT_HOSTILE", usual(20_000))
	for seed := uint64(1); shown < n && !t.Failed(); seed++ {
		b := newHostileRun(t, seed, below, 120)
		b.walk([]int{60, 97, 200}[seed%3], []int{140, 40}[seed%2])
		b.from.fails = true
		b.play(150)
		made, shown = made+b.from.made, shown+b.shown
		maps.Copy(names, b.names)
	}
	t.Logf("%d strings made, %d texts seen made safe, on %q", made, shown, slices.Sorted(maps.Keys(names)))
	for _, name := range []string{"Activity", "Agreement", "Clause", "Pending", "Platforms", "Record", "Versions:"} {
		if !names[name] {
			t.Errorf("the screen that begins with %q was not reached", name)
		}
	}
}

// mayShow reports whether a terminal may be sent a character.
func mayShow(r rune) bool { return sanitize.Allowed(r) || sanitize.Joiner(r) }
