package kit

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func pressIn(t *testing.T, d Dialog, names ...string) (Action, bool) {
	t.Helper()
	codes := map[string]rune{"enter": tea.KeyEnter, "down": tea.KeyDown, "up": tea.KeyUp, "tab": tea.KeyTab,
		"space": tea.KeySpace, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp}
	for i, n := range names {
		msg := tea.KeyPressMsg{Text: n, Code: []rune(n)[0]}
		if code, ok := codes[n]; ok {
			msg = tea.KeyPressMsg{Code: code}
			if n == "space" {
				msg.Text = " "
			}
		}
		if n == "ctrl+s" {
			msg = tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}
		}
		a, done := d.Key(msg)
		if done && i < len(names)-1 {
			t.Fatalf("%q closes the dialog", n)
		}
		if i == len(names)-1 {
			return a, done
		}
	}
	return nil, false
}

func TestMultiPickerHandsBackWhatIsTicked(t *testing.T) {
	var got []string
	options := []Option{{Value: "a", Name: "Arbitration", Ticked: true}, {Value: "r", Name: "Retention", Note: "data",
		About: "How long data are kept."}, {Value: "w", Name: "Class action waiver"}}
	p, _ := common(t, 60).NewMultiPicker("Types", options, func(values []string) Action { got = values; return nil })
	p.Fit()
	pressIn(t, p, "r", "e", "t", "enter") // by its name
	pressIn(t, p, "l", "o", "n", "g", "enter")
	pressIn(t, p, "o", "w", "n", "enter") // not in the list
	if text := strings.Join(p.Lines(20), "\n"); !strings.Contains(text, "[x] own  not in the list") {
		t.Errorf("listed is\n%s", text)
	}
	if _, done := pressIn(t, p, "ctrl+s"); !done || !slices.Equal(got, []string{"a", "own"}) {
		t.Errorf("ticked are %q: what was ticked twice is not", got)
	}
	pressIn(t, p, "pgup", "up", "space")
	if p.Closed(); !slices.Equal(got, []string{"own"}) {
		t.Errorf("ticked are %q", got)
	}
	if lines := p.Lines(4); len(lines) > 4 {
		t.Errorf("%d lines", len(lines))
	}
}

func TestFieldsHandBackTheirLines(t *testing.T) {
	var got []string
	f, _ := common(t, 60).NewFields("Action", []Blank{{Name: "kind", Hint: "a word"}, {Name: "text", Value: "Ask"}},
		func(values []string, _ bool) Action { got = values; return nil })
	pressIn(t, f, "x", "enter")
	f.Update(tea.PasteMsg{Content: " for\nit "})
	if _, done := pressIn(t, f, "enter"); !done || !slices.Equal(got, []string{"x", "Ask for it"}) {
		t.Errorf("%q", got)
	}
	pressIn(t, f, "tab", "y") // round to the first
	if f.Closed(); got[0] != "xy" {
		t.Errorf("%q", got)
	}
	f.Click(2)
	for _, room := range []int{1, 2, 3, 10} {
		lines := f.Lines(room)
		if len(lines) > room || room > 1 && !strings.Contains(strings.Join(lines, "\n"), "> text") {
			t.Errorf("in %d lines:\n%s", room, strings.Join(lines, "\n"))
		}
	}
}
