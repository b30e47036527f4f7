package tui

import "fineprint/tui/keys"

// Shown names the screen that is shown, for the tests.
func (m *Model) Shown() keys.Screen { return m.screen().Name() }

// WhyNot says why a command isn't possible now, for the tests.
func (m *Model) WhyNot(c keys.Command) string { return m.disabledReason(c) }

// CarriesOut carries a command out and reports whether anything did.
func (m *Model) CarriesOut(c keys.Command) bool {
	_, ok := m.carryOut(c)
	return ok
}
