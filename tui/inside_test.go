package tui

import "fineprint/tui/keys"

// Shown names the screen that is shown, for the tests.
func (m *Model) Shown() keys.Screen { return m.screen().Name() }

// DisabledReason returns why a command isn't possible now, for the tests.
func (m *Model) DisabledReason(c keys.Command) string { return m.disabledReason(c) }

// Handles carries a command out and reports whether anything did.
func (m *Model) Handles(c keys.Command) bool {
	_, ok := m.carryOut(c)
	return ok
}
