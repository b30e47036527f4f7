package desktest_test

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/desktest"
	"fineprint/tui/keys"
)

// TestKeyMakesEveryRegisteredKey: every key of the registry can be pressed.
func TestKeyMakesEveryRegisteredKey(t *testing.T) {
	n := 0
	for _, b := range keys.All {
		for _, k := range b.Keys {
			n++
			if got := desktest.Key(k).String(); got != k {
				t.Errorf("the key named %q is %q", k, got)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d keys", n)
	}
}

// told is a model that writes down what it receives.
type told struct {
	got  []string
	cmds map[string]tea.Cmd
}

func (m *told) Init() tea.Cmd { return m.cmds["init"] }
func (m *told) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s, ok := msg.(string)
	if !ok {
		return m, nil
	}
	m.got = append(m.got, s)
	return m, m.cmds[s]
}
func (m *told) View() tea.View { return tea.NewView(strings.Join(m.got, " ")) }

func answer(s string) tea.Cmd { return func() tea.Msg { return s } }

func TestSettleRunsCommandsInOrder(t *testing.T) {
	come := false
	later := func() tea.Msg {
		if !come {
			panic(desktest.NotYet{})
		}
		return "later"
	}
	m := &told{cmds: map[string]tea.Cmd{
		"init": tea.Batch(tea.Sequence(answer("one"), answer("two")), later, answer("three")),
		"two":  answer("four"),
		"end":  tea.Quit,
	}}
	d := desktest.Open(m)
	d.Settle()
	if got := d.Frame(); got != "three one two four" {
		t.Errorf("told %q", got)
	}
	if d.Pending() != 1 {
		t.Errorf("%d pending, want the one that waits", d.Pending())
	}
	come = true
	d.Settle()
	d.Send("end")
	d.Settle()
	if got := d.Frame(); got != "three one two four later end" || !d.Left() {
		t.Errorf("told %q, left %v", got, d.Left())
	}
}

func TestSettlePanicsOnAnEndlessLoop(t *testing.T) {
	m := &told{cmds: map[string]tea.Cmd{"init": answer("again"), "again": answer("again")}}
	defer func() {
		if recover() == nil {
			t.Error("an endless loop came to rest")
		}
	}()
	desktest.Open(m).Settle()
}

func TestStepPropagatesPanics(t *testing.T) {
	broken := errors.New("broken")
	d := desktest.Open(&told{cmds: map[string]tea.Cmd{"init": func() tea.Msg { panic(broken) }}})
	defer func() {
		if recover() != broken {
			t.Error("a command's panic was swallowed")
		}
	}()
	d.Settle()
}

func TestFlawReportsWhatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		frame string
		w, h  int
		fits  bool
	}{
		{"ab\ncd", 2, 2, true}, {"\x1b[1mab\x1b[m\ncd", 2, 2, true}, {"", 0, 0, true},
		{"abc\ncd", 2, 2, false}, {"社\ncd", 1, 2, false}, {"a\nb\nc", 2, 2, false},
	} {
		if got := desktest.Flaw(c.frame, c.w, c.h); (got == "") != c.fits {
			t.Errorf("%q in %dx%d: %q", c.frame, c.w, c.h, got)
		}
	}
}
