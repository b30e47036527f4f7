package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// key handles a key: a dialog takes it first, then the screen's command has it.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.inputBlocked() && m.Keys.On(m.screen().Name(), msg.String()) != keys.Quit {
		m.held = append(m.held, msg)
		return nil
	}
	switch {
	case m.dialog != nil:
		return m.dialogKey(msg)
	case m.Holds(msg):
		return nil
	}
	m.Offered = ""
	if m.Message != "" {
		m.Offered = m.Offer
	}
	m.Message = "" // what the last key did is read by now
	command := m.Keys.On(m.screen().Name(), msg.String())
	switch {
	case command == "":
		return m.spareKey(msg.String())
	case command == keys.Back && m.staysOpen(msg.String()):
		return nil
	case msg.Text != "" && keys.AsksText(command):
		if why := m.disabledReason(command); why != "" {
			m.HoldTyping("Can't do that: " + why)
			return nil
		}
	}
	return m.run(command)
}

// spareKey does what a key without a command is still for, or says that it is for
// nothing.
func (m *Model) spareKey(key string) tea.Cmd {
	spare, ok := m.Keys.SpareOn(m.screen().Name(), key)
	switch unbound := fmt.Sprintf("%s isn't bound here", sanitize.Line(key)); {
	case ok:
	case m.Keys.MeantText(key):
		m.HoldTyping(unbound)
		return nil
	case len(key) == 1:
		m.SetStatus("%s (%s for help)", unbound, m.Keys.Key(keys.ShowHelp))
		return nil
	default:
		return nil
	}
	var cmd tea.Cmd
	if spare.Command != "" && (spare.Command != keys.Back || !m.staysOpen(key)) {
		cmd = m.run(spare.Command)
	}
	if spare.Says != nil && m.Message == "" {
		m.SetStatus("%s", spare.Says(m.Keys))
	}
	return cmd
}

// staysOpen reports that the desk is at its first screen, which only the key that is
// shown for it leaves: escape and the ways to the left would end the desk by going back
// once too often.
func (m *Model) staysOpen(key string) bool {
	leaves := m.Keys.Key(keys.Back)
	if !m.first() || key == leaves {
		return false
	}
	m.SetStatus("%s quits", leaves)
	return true
}

// openDialog puts a dialog over the screen.
func (m *Model) openDialog(d kit.Dialog, cmd tea.Cmd) tea.Cmd {
	m.dialog, m.Message = d, ""
	return cmd
}

// dialogKey hands a key to the dialog.
func (m *Model) dialogKey(msg tea.KeyPressMsg) tea.Cmd {
	if s := msg.String(); s == "esc" || s == "ctrl+c" {
		d := m.dialog
		m.dialog = nil
		return m.do(d.Closed())
	}
	if clean := sanitize.Input(msg.Text); clean != msg.Text {
		if clean == "" {
			return nil
		}
		msg.Text = clean
	}
	a, done := m.dialog.Key(msg)
	if done {
		m.dialog = nil
	}
	return m.do(a)
}

// run carries a command out, or shows why it isn't available.
func (m *Model) run(c keys.Command) tea.Cmd {
	if why := m.disabledReason(c); why != "" {
		m.SetStatus("Can't do that: %s", why)
		return nil
	}
	a, _ := m.carryOut(c)
	return m.do(a)
}

// disabledReason returns why a command isn't available now, "" when it is.
func (m *Model) disabledReason(c keys.Command) string {
	return m.Keys.DisabledReason(c, m.screen().Facts())
}

// carryOut hands a command to what has a handler for it; false when nothing has.
func (m *Model) carryOut(c keys.Command) (kit.Action, bool) {
	if a, ok := m.screen().Run(c); ok {
		return a, true
	}
	if a, ok := m.opens(c); ok {
		return a, true
	}
	if a, ok := handlers.Run(m, c); ok {
		return a, true
	}
	if a, ok := m.notes.Run(c, m.target()); ok {
		return a, true
	}
	if a, ok := m.types.Run(c, m.clause()); ok {
		return a, true
	}
	return m.decisions.Run(c, m.target())
}

// clause is the clause the keys are about.
func (m *Model) clause() model.ClauseRef {
	if s, ok := m.screen().(kit.ClauseTargeter); ok {
		return s.Clause()
	}
	t := m.target()
	return model.ClauseRef{Change: t.ID, Clause: t.Clause}
}

// target is the change the keys are about.
func (m *Model) target() kit.Target {
	if s, ok := m.screen().(kit.Targeter); ok {
		return s.Target()
	}
	return kit.Target{}
}

// handlers are what the shell does: what is the same on every screen, leads from
// one to another, or runs on.
var handlers = kit.Handlers[*Model]{
	keys.Down:     scroll(func(int) int { return 1 }),
	keys.Up:       scroll(func(int) int { return -1 }),
	keys.PageDown: scroll(func(page int) int { return page }),
	keys.PageUp:   scroll(func(page int) int { return -page }),
	keys.Top:      scroll(func(int) int { return -1 << 30 }),
	keys.Bottom:   scroll(func(int) int { return 1 << 30 }),

	keys.NextChange:    func(m *Model) kit.Action { return m.toChange(1) },
	keys.PrevChange:    func(m *Model) kit.Action { return m.toChange(-1) },
	keys.Back:          (*Model).back,
	keys.Quit:          (*Model).leaveAtOnce,
	keys.Reload:        func(m *Model) kit.Action { return kit.Cmd(m.load()) },
	keys.SavedFilters:  func(m *Model) kit.Action { return m.queue.PickFilter() },
	keys.PreviewRecord: func(m *Model) kit.Action { return kit.Cmd(m.preview.Open(m.target().ID)) },
	keys.ShowHelp:      (*Model).help,
	keys.Palette:       (*Model).palette,
	keys.CommandLine:   (*Model).commandLine,
	keys.SearchClauses: func(*Model) kit.Action { return kit.OpenSearch{} },
	keys.SetMark:       (*Model).askMark,
	keys.GoToMark:      (*Model).askWhere,
	keys.ToMarks:       (*Model).listMarks,
	keys.Copy:          (*Model).cite,
	keys.Source:        (*Model).openSource,
	keys.ToVersions:    func(m *Model) kit.Action { return kit.OpenVersions{Document: m.target().Document} },
	keys.ToRecords: func(m *Model) kit.Action {
		t := m.target()
		return kit.OpenRecords{Change: t.ID, Document: t.Document}
	},
	keys.SaveRule:      func(m *Model) kit.Action { return m.rules.Ask() },
	keys.Export:        func(m *Model) kit.Action { return m.exporter.Ask() },
	keys.Fetch:         func(m *Model) kit.Action { return m.fetching.Start("", false) },
	keys.Cancel:        (*Model).stopTask,
	keys.Track:         func(m *Model) kit.Action { return m.beginnings.AskTrack() },
	keys.FindDocuments: func(m *Model) kit.Action { return m.beginnings.AskFind() },
	keys.Import:        func(m *Model) kit.Action { return m.beginnings.AskImport() },
	keys.Sample:        func(m *Model) kit.Action { return m.beginnings.LookAround() },
}

// scroll moves the screen by so many lines, of which a page has some.
func scroll(by func(page int) int) func(*Model) kit.Action {
	return func(m *Model) kit.Action {
		m.screen().Scroll(by(max(1, m.Height()-2)))
		return nil
	}
}

// toChange opens the next or previous change of the queue.
func (m *Model) toChange(by int) kit.Action {
	if !m.queue.Step(by) {
		return nil
	}
	return kit.Open{Change: m.queue.Current()}
}

func (m *Model) leaveAtOnce() kit.Action {
	m.atOnce = true
	return kit.Leave{}
}

func (m *Model) stopTask() kit.Action {
	m.task.Stop()
	return nil
}

// opens shows the screen that a command opens by its name, and has it read what it
// shows; false when the command opens none.
func (m *Model) opens(c keys.Command) (kit.Action, bool) {
	name := m.Keys.Opens(c)
	if name == "" {
		return nil, false
	}
	for _, s := range m.screens {
		if o, ok := s.(kit.Opener); ok && s.Name() == name {
			return kit.All{kit.Push{Screen: s}, kit.Cmd(o.Opened())}, true
		}
	}
	return nil, false
}

// help lists all commands of the screen, by section.
func (m *Model) help() kit.Action {
	facts := m.screen().Facts()
	bindings := m.Keys.Of(m.screen().Name())
	var shortcuts []kit.Shortcut
	for _, section := range keys.Sections {
		for _, b := range bindings {
			if b.Group == section {
				shortcuts = append(shortcuts, kit.Shortcut{Section: string(section), Choice: kit.Choice{
					Name: b.Help, Hint: strings.Join(b.Keys, " "), Off: m.Keys.DisabledReason(b.Command, facts),
					Do: kit.Run{Command: b.Command},
				}})
			}
		}
	}
	name := string(m.screen().Name())
	h, cmd := m.NewHelp(strings.ToUpper(name[:1])+name[1:], shortcuts)
	return kit.OpenDialog{Dialog: h, Cmd: cmd}
}

func (m *Model) palette() kit.Action { return m.pickCommand("Commands") }

// pickCommand lists the commands of the screen; moving about is left out of the
// palette.
func (m *Model) pickCommand(title string) kit.Action {
	var choices []kit.Choice
	facts := m.screen().Facts()
	for _, b := range m.Keys.Of(m.screen().Name()) {
		switch b.Command {
		case keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.Top, keys.Bottom, keys.Palette, keys.ShowHelp:
			continue
		}
		choices = append(choices, kit.Choice{
			Name: b.Help, Hint: strings.Join(b.Keys, " "), Off: m.Keys.DisabledReason(b.Command, facts),
			Do: kit.Run{Command: b.Command},
		})
	}
	p, cmd := m.NewPicker(title, choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}
