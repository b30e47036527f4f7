package desktest_test

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/desktest"
)

// counter counts presses of "+" when its store, a command, answers.
type counter int

type added struct{}

func (c counter) Init() tea.Cmd { return nil }

func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if msg.String() == "+" {
			return c, func() tea.Msg { return added{} }
		}
	case added:
		return c + 1, nil
	}
	return c, nil
}

func (c counter) View() tea.View { return tea.NewView(fmt.Sprintf("count: %d", int(c))) }

func ExampleDesk() {
	d := desktest.Open(counter(0))
	d.Press("+", "+", "x")
	fmt.Println(d.Frame(), d.Pending())
	d.Settle()
	fmt.Println(d.Frame(), d.Pending())
	// Output:
	// count: 0 2
	// count: 2 0
}
