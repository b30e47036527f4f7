package jobs

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
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

// ExportFormat is one format. Ext ends the name of the file that is proposed for it; ""
// is a dot and its name.
type ExportFormat struct{ Name, About, Ext string }

func (f ExportFormat) ext() string {
	if f.Ext == "" {
		return "." + f.Name
	}
	return f.Ext
}

// Exported is what an export wrote.
type Exported struct {
	Records int
	Path    string // absolute, where that can be told
	Bytes   int64
	SHA256  string
	Damaged []model.Damage // what it is without because it can't be read
}

// Exporter exports the approved records.
type Exporter struct {
	*kit.Common
	task *Task
	with Exporting
	path string // proposed for the next export
}

// NewExporter makes the desk's exporter; the first path it proposes is that of
// the settings.
func NewExporter(c *kit.Common, t *Task, with Exporting) *Exporter {
	return &Exporter{Common: c, task: t, with: with, path: c.Config.ExportPath}
}

// Ask asks for the format, the one of the settings first.
func (e *Exporter) Ask() kit.Action {
	ending, first := filepath.Ext(e.path), true
	var choices []kit.Choice
	for _, f := range e.with.Formats {
		c := kit.Choice{Name: f.Name + "  " + f.About, Do: e.askPath(f)}
		if f.ext() == ending && first {
			first = false
			choices = append([]kit.Choice{c}, choices...)
		} else {
			choices = append(choices, c)
		}
	}
	p, cmd := e.NewPicker("Export approved records", choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// without names the first thing that an export is without, and counts the others.
func without(damaged []model.Damage) string {
	first := sanitize.Line(damaged[0].What)
	if n := len(damaged) - 1; n > 0 {
		return fmt.Sprintf("%s and %d more", first, n)
	}
	return first
}

// askPath asks where to, and proposes where the last one went.
func (e *Exporter) askPath(format ExportFormat) kit.Action {
	proposed := strings.TrimSuffix(e.path, filepath.Ext(e.path)) + format.ext()
	label := "Output file (will be overwritten)"
	done := func(path string) kit.Action {
		if path == "" {
			return nil
		}
		e.path = path
		return e.export(format.Name, path)
	}
	return kit.Ask{Question: kit.Question{Label: label, Value: sanitize.Line(proposed), Done: done}}
}

// Formats are the names of the formats.
func (e *Exporter) Formats() []string {
	all := make([]string, len(e.with.Formats))
	for i, f := range e.with.Formats {
		all[i] = f.Name
	}
	return all
}

// To exports as typed: a format, and the file it goes to.
func (e *Exporter) To(text string) (kit.Action, error) {
	name, path, _ := strings.Cut(text, " ")
	path = strings.TrimSpace(path)
	if !slices.Contains(e.Formats(), name) || path == "" {
		return nil, fmt.Errorf("%w: export needs a format and a file, as in export md records.md", model.ErrInvalid)
	}
	e.path = path
	return e.export(name, path), nil
}

func (e *Exporter) export(format, path string) kit.Action {
	var wrote Exported
	return e.task.start(job{
		what: "exporting",
		do: func(ctx context.Context, tell func(step)) (err error) {
			progress := func(done, total int) { tell(step{done: done, total: total}) }
			wrote, err = e.with.Export(ctx, format, path, progress)
			return err
		},
		then: func(err error) kit.Action {
			switch {
			case stopped(err):
				e.SetStatus("Cancelled; nothing written")
			case e.ReportError(err):
				e.SetStatus("%s", e.summary(wrote))
				e.Bad = len(wrote.Damaged) > 0
			}
			return nil
		},
	})
}

// summary is what an export wrote and where; the SHA-256 where there is room. What it is without
// comes first, so that it is not cut.
func (e *Exporter) summary(w Exported) string {
	short := humanize.Count(w.Records, "record") + ", " + humanize.Bytes(w.Bytes)
	to := " written to " + w.Path
	if n := len(w.Damaged); n > 0 {
		short = fmt.Sprintf("Without %s, which can't be read: ", without(w.Damaged)) + short
	}
	long := short + ", SHA-256 " + w.SHA256[:min(12, len(w.SHA256))] + e.Theme.Ellipsis + "," + to
	if ansi.StringWidth(long) <= e.W {
		return long
	}
	return short + to
}
