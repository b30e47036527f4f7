package tui

import (
	"context"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

// Exporting is how records leave the desk.
type Exporting struct {
	// Formats are what Export writes, as it names them.
	Formats []ExportFormat
	// Export writes the approved records to a file, whole or not at all; it is
	// told to stop through ctx.
	Export func(ctx context.Context, format, path string, progress func(done, total int)) (Exported, error)
}

// ExportFormat is one format; its name is also the ending of its files.
type ExportFormat struct{ Name, About string }

// Exported is what an export wrote.
type Exported struct {
	Records int
	Path    string // absolute, where that can be told
	Bytes   int
	SHA256  string
}

// askExport asks for the format, the one of the settings first.
func (m *Model) askExport() tea.Cmd {
	ending := strings.TrimPrefix(filepath.Ext(m.exportPath), ".")
	var choices []choice
	for _, f := range m.o.Formats {
		c := choice{name: f.Name + "  " + f.About, run: func() tea.Cmd { return m.askExportPath(f.Name) }}
		if f.Name == ending {
			choices = append([]choice{c}, choices...)
		} else {
			choices = append(choices, c)
		}
	}
	return m.openOver(m.newPicker("Export the approved records as", choices))
}

// askExportPath asks where to, and proposes where the last one went.
func (m *Model) askExportPath(format string) tea.Cmd {
	proposed := strings.TrimSuffix(m.exportPath, filepath.Ext(m.exportPath)) + "." + format
	return m.ask(question{label: "File to write (what is in it is replaced)", value: sanitize.Line(proposed), done: func(path string) tea.Cmd {
		if path == "" {
			return nil
		}
		m.exportPath = path
		return m.export(format, path)
	}})
}

func (m *Model) export(format, path string) tea.Cmd {
	var wrote Exported
	return m.task.start(job{
		what: "exporting",
		do: func(ctx context.Context, tell func(step)) (err error) {
			wrote, err = m.o.Export(ctx, format, path, func(done, total int) { tell(step{done: done, total: total}) })
			return err
		},
		then: func(err error) tea.Cmd {
			switch {
			case stopped(err):
				m.say("stopped; nothing was written")
			case m.fine(err):
				m.say("%s", m.wrote(wrote))
			}
			return nil
		},
	})
}

// wrote says what an export wrote and where; the SHA-256 where there is room.
func (m *Model) wrote(w Exported) string {
	short := humanize.Count(w.Records, "record") + ", " + humanize.Bytes(int64(w.Bytes))
	to := " written to " + w.Path
	if long := short + ", SHA-256 " + w.SHA256[:min(12, len(w.SHA256))] + m.theme.Ellipsis + "," + to; ansi.StringWidth(long) <= m.w {
		return long
	}
	return short + to
}
