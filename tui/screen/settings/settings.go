// Package settings is the screen of what is set, and from where; the settings file
// is edited from it, and palettes are tried. It is not for reading the file: package
// config does.
package settings

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/atomicfile"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// Source is the settings that hold, and where each comes from.
type Source struct {
	Holds    config.Settings
	Path     string // of the settings file, "" when there can be none
	Found    bool   // the file is there
	Problems []error
	// From reports where a setting's value comes from; nil: from nowhere but the
	// defaults.
	From func(name string) string
}

// Screen is the screen of what is set, and from where.
type Screen struct {
	*kit.Common
	read  func() Source
	at    kit.List
	holds Source
	list  []config.Line
	tried string // palette, until the desk is left or the file was edited
	asked int
}

var (
	_ kit.Screen  = (*Screen)(nil)
	_ kit.Updater = (*Screen)(nil)
	_ kit.Opener  = (*Screen)(nil)
)

// New makes the screen of the settings that read returns.
func New(c *kit.Common, read func() Source) *Screen { return &Screen{Common: c, read: read} }

// use has the desk go by the settings: what of them is in the Common.
func (s *Screen) use(of Source) {
	s.Config, s.ASCII = of.Holds, of.Holds.ASCII
	s.Config.Palette = cmp.Or(s.tried, of.Holds.Palette)
	s.Keys, _ = config.Remap(keys.All, of.Holds.Keys) // what is refused is among the problems
	if of.Holds.Background != config.Auto {
		s.Dark = of.Holds.Background == config.Dark
	}
	s.ApplyTheme()
}

type (
	settingsMsg struct {
		request int
		holds   Source
	}
	settingsFileMsg struct{ err error } // the file is there to be edited
	editedMsg       struct{ err error }
)

// Load reads the settings again.
func (s *Screen) Load() tea.Cmd {
	s.asked++
	request, read := s.asked, s.read
	return func() tea.Msg { return settingsMsg{request, read()} }
}

// Update takes in the settings, has the desk go by them, and reads them again once the file was edited.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case settingsMsg:
		if msg.request == s.asked {
			s.use(msg.holds)
			s.show(msg.holds)
			return kit.Refit{}, true
		}
	case settingsFileMsg:
		if s.ReportError(msg.err) {
			return kit.Cmd(s.edit()), true
		}
	case editedMsg:
		if s.ReportError(msg.err) {
			s.tried = ""
			return kit.Cmd(s.Load()), true
		}
	default:
		return nil, false
	}
	return nil, true
}

func (s *Screen) show(holds Source) {
	s.holds, s.list = holds, config.Lines(holds.Holds)
	s.at.N = len(s.list)
	s.Fit()
}

// Opened reads what the screen shows.
func (s *Screen) Opened() tea.Cmd { return s.Load() }

// Name is settings.
func (s *Screen) Name() keys.Screen { return keys.Settings }

// maxProblems is how many problems of the file are shown.
const maxProblems = 5

// Head is where the file is, and what is wrong with it.
func (s *Screen) Head() []string {
	h := s.holds
	where := "No settings file; the defaults apply"
	if h.Path != "" {
		where = "file: " + h.Path
		if !h.Found {
			where += " (not created; " + s.Keys.Key(keys.EditSettings) + " writes it)"
		}
	}
	head := []string{s.TitleBar("Settings", s.Theme.Palette), s.Theme.Faint.Styled(s.Cut(sanitize.Line(where), s.W))}
	for i, p := range h.Problems {
		text := p.Error()
		if left := len(h.Problems) - i; i == maxProblems-1 && left > 1 {
			text = fmt.Sprintf("and %d more problems (see `fineprint config check`)", left)
		}
		head = append(head, s.Theme.Bad.Styled(s.Cut(sanitize.Line(text), s.W)))
		if i == maxProblems-1 {
			break
		}
	}
	return head
}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.Height()) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.Height()) }

// Status is what the setting under the cursor is for.
func (s *Screen) Status() string {
	if s.at.Cursor < len(s.list) {
		return sanitize.Line(s.list[s.at.Cursor].About)
	}
	return ""
}

// Lines are the settings that hold.
func (s *Screen) Lines(height int) []string {
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < height; i++ {
		lines = append(lines, s.Row(i == s.at.Cursor, s.line(s.list[i])))
	}
	return lines
}

// line is a setting, its value and where that comes from.
func (s *Screen) line(l config.Line) string {
	from := "the default"
	if s.holds.From != nil {
		from = s.holds.From(l.Name)
	}
	value := l.TOML
	if l.Name == "palette" && s.Theme.Palette != s.holds.Holds.Palette {
		value, from = `"`+s.Theme.Palette+`"`, "this session only"
	}
	name := max(16, min(28, s.W/4))
	value = s.Pad(sanitize.Line(value), min(60, s.W-2-name-1-22))
	return s.Pad(sanitize.Line(l.Name), name) + " " + value + " " + sanitize.Line(from)
}

// Facts reports whether there can be a settings file.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if s.holds.Path != "" {
		f.Has |= keys.NeedsSettingsFile
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.EditSettings: func(s *Screen) kit.Action { return kit.Cmd(s.write()) },
	keys.NextColour:   (*Screen).tryNextPalette,
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) tryNextPalette() kit.Action {
	all := theme.Palettes()
	next := all[(slices.Index(all, s.Theme.Palette)+1)%len(all)]
	s.Config.Palette, s.tried = next, next
	s.ApplyTheme()
	s.SetStatus("Theme for this session; set palette = %q in the file to keep it: %s", next, theme.About(next))
	return nil
}

// write makes the settings file, with everything in it commented out, unless it
// is there.
func (s *Screen) write() tea.Cmd {
	path := s.holds.Path
	return func() tea.Msg {
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = atomicfile.WriteBytes(path, []byte(config.Document()), atomicfile.Options{Perm: 0o600, New: true})
		}
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return settingsFileMsg{fmt.Errorf("can't write the settings file: %w", err)}
		}
		return settingsFileMsg{}
	}
}

// edit opens the file in the reader's editor.
func (s *Screen) edit() tea.Cmd {
	return s.Edit(s.holds.Path, func(editor string, err error) tea.Msg {
		if err != nil {
			err = fmt.Errorf("%s failed: %w", editor, err)
		}
		return editedMsg{err}
	})
}
