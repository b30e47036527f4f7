package tui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// Settings are the settings that hold, and where each comes from.
type Settings struct {
	Holds    config.Settings
	Path     string // of the settings file, "" when there can be none
	Found    bool   // the file is there
	Problems []error
	// From says where a setting's value comes from; nil: from nowhere but the
	// defaults.
	From func(name string) string
}

// settings is the screen of what is set, and from where.
type settings struct {
	*env
	use   func(Settings) // has the desk go by them
	at    list
	holds Settings
	list  []config.Line
	tried string // palette, until the desk is left or the file was edited
	asked int
}

type (
	settingsMsg struct {
		request int
		holds   Settings
	}
	settingsFileMsg struct{ err error }
)

// load reads the settings anew.
func (s *settings) load() tea.Cmd {
	s.asked++
	request, read := s.asked, s.o.Settings
	return func() tea.Msg { return settingsMsg{request, read()} }
}

func (s *settings) answer(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case settingsMsg:
		if msg.request == s.asked {
			s.use(msg.holds)
			s.show(msg.holds)
		}
	case settingsFileMsg:
		if s.fine(msg.err) {
			return s.edit(), true
		}
	case editedSettingsMsg:
		if s.fine(msg.err) {
			s.tried = ""
			return s.load(), true
		}
	default:
		return nil, false
	}
	return nil, true
}

func (s *settings) show(holds Settings) {
	s.holds, s.list = holds, config.Lines(holds.Holds)
	s.at.n = len(s.list)
	s.fit()
}

func (s *settings) name() keys.Screen { return keys.Settings }

// maxProblems is how many problems of the file are shown.
const maxProblems = 5

func (s *settings) head() []string {
	h := s.holds
	where := "there is no settings file; the defaults hold"
	if h.Path != "" {
		where = "file: " + h.Path
		if !h.Found {
			where += " (not there yet; " + s.keys.Key(keys.EditSettings) + " writes it)"
		}
	}
	head := []string{s.bar("Settings", s.theme.Palette), s.theme.Faint.Styled(s.cut(sanitize.Line(where), s.w))}
	for i, p := range h.Problems {
		text := p.Error()
		if left := len(h.Problems) - i; i == maxProblems-1 && left > 1 {
			text = fmt.Sprintf("and %d problems more; `fineprint config check` lists them", left)
		}
		head = append(head, s.theme.Bad.Styled(s.cut(sanitize.Line(text), s.w)))
		if i == maxProblems-1 {
			break
		}
	}
	return head
}

func (s *settings) scroll(by int) { s.at.move(by, s.height()) }
func (s *settings) fit()          { s.at.fit(s.height()) }

func (s *settings) status() string {
	if s.at.cursor < len(s.list) {
		return sanitize.Line(s.list[s.at.cursor].About)
	}
	return ""
}

func (s *settings) lines(height int) []string {
	var lines []string
	for i := s.at.top; i < s.at.n && len(lines) < height; i++ {
		lines = append(lines, s.mark(i == s.at.cursor, s.line(s.list[i])))
	}
	return lines
}

// line is a setting, its value and where that comes from.
func (s *settings) line(l config.Line) string {
	from := "the default"
	if s.holds.From != nil {
		from = s.holds.From(l.Name)
	}
	value := l.TOML
	if l.Name == "palette" && s.theme.Palette != s.holds.Holds.Palette {
		value, from = `"`+s.theme.Palette+`"`, "tried, not kept"
	}
	name := max(16, min(28, s.w/4))
	return s.pad(sanitize.Line(l.Name), name) + " " + s.pad(sanitize.Line(value), min(60, s.w-2-name-1-22)) + " " + sanitize.Line(from)
}

func (s *settings) whyNot(c keys.Command) string {
	if c == keys.EditSettings && s.holds.Path == "" {
		return "there is no settings file on this system"
	}
	return ""
}

func (s *settings) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.EditSettings:
		return s.write(), true
	case keys.NextColour:
		all := theme.Palettes()
		next := all[(slices.Index(all, s.theme.Palette)+1)%len(all)]
		s.o.Config.Palette, s.tried = next, next
		s.colour()
		s.say("until you leave; palette = %q in the file keeps it: %s", next, theme.About(next))
		return nil, true
	}
	return nil, false
}

// write makes the settings file, with everything in it commented out, unless it
// is there.
func (s *settings) write() tea.Cmd {
	path := s.holds.Path
	return func() tea.Msg {
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			var f *os.File
			if f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
				_, err = f.WriteString(config.Document())
				err = errors.Join(err, f.Close())
			}
		}
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return settingsFileMsg{fmt.Errorf("can't write the settings file: %w", err)}
		}
		return settingsFileMsg{}
	}
}

type editedSettingsMsg struct{ err error }

// edit opens the file in the reader's editor.
func (s *settings) edit() tea.Cmd {
	command := s.editor(s.holds.Path)
	command.Stdin = os.Stdin // the terminal itself: an editor wants no filter before it
	return tea.ExecProcess(command, func(err error) tea.Msg {
		if err != nil {
			err = fmt.Errorf("%s failed: %w", command.Args[0], err)
		}
		return editedSettingsMsg{err}
	})
}

// editor is the command that opens a file in the reader's editor.
func (e *env) editor(file string) *exec.Cmd {
	words := []string{"vi"}
	for _, command := range []string{e.o.Config.Editor, os.Getenv("VISUAL"), os.Getenv("EDITOR")} {
		if w := strings.Fields(command); len(w) > 0 {
			words = w
			break
		}
	}
	return exec.CommandContext(context.WithoutCancel(e.ctx), words[0], append(words[1:], file)...)
}

// use has the desk go by the settings.
func (m *Model) use(s Settings) {
	m.o.Config, m.o.ASCII = s.Holds, s.Holds.ASCII
	m.o.Config.Palette = or(m.settings.tried, s.Holds.Palette)
	m.keys, _ = config.Remap(keys.All, s.Holds.Keys) // what is refused is among the problems
	if s.Holds.Background != config.Auto {
		m.dark = s.Holds.Background == config.Dark
	}
	m.colour()
	m.fit()
}
