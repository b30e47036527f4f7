package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui/config"
	"fineprint/tui/jobs"
	"fineprint/tui/keys"
	"fineprint/tui/rules"
	"fineprint/tui/screen/alerts"
	"fineprint/tui/screen/calendar"
	"fineprint/tui/screen/compare"
	"fineprint/tui/screen/heatmap"
	"fineprint/tui/screen/playbook"
	"fineprint/tui/screen/search"
	"fineprint/tui/screen/settings"
)

// Options are what the desk works on and how. Functions that are nil leave out
// what they are for, and the desk reports it.
type Options struct {
	Desk  Desk
	Actor string
	Clock func() time.Time
	// Tick answers with a message after a while: tea.Tick when nil.
	Tick  func(after time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	ASCII bool
	// Config are the settings; their zero value is the defaults.
	Config config.Settings
	// Problems are what is wrong with the settings file, reported once.
	Problems []error
	Keys     keys.Map // keys.All when empty
	Exporting
	Drafting
	Fetch jobs.Fetch
	Intake
	Insight
	Alerting
	// Settings reads the settings that hold; without it the defaults do.
	Settings func() Settings
	// Registry has the agencies and regulations that a record may name.
	Registry *registry.Registry
	// Markdown writes a record for the preview.
	Markdown func(model.Record) string
	// Damage is what reading went on without; without it the first value that can't be read is
	// an error of what needs it.
	Damage Damage
	// Integrity is what is wrong with the file as a whole: nothing is saved to one that has problems.
	Integrity model.Integrity
	// Changed blocks until the store was written to, by whomever.
	Changed func(ctx context.Context) error
	// OpenURL shows a web address in the reader's browser.
	OpenURL func(ctx context.Context, url string) error
	// Clipboard copies a text by the system's own means, where it has any.
	Clipboard func(text string) error
}

// These are the parts of the options whose types the packages own that use them.
type (
	// Exporting is how records leave the desk.
	Exporting = jobs.Exporting
	// ExportFormat is one format that records are written in.
	ExportFormat = jobs.ExportFormat
	// Drafting is how drafts are made and taken over.
	Drafting = jobs.Drafting
	// Exported is what an export wrote.
	Exported = jobs.Exported
	// Settings are the settings that hold, and where each comes from.
	Settings = settings.Source
)

// Intake is how something new comes into the store from within the desk.
// Functions that are nil leave out what they are for, and the desk reports it.
type Intake struct {
	// Suggest guesses from an address, and from its page if need be, whose terms
	// it has and of what type; "" for what is unknown.
	Suggest func(ctx context.Context, address string) (platform, kind string, err error)
	// Track has a document tracked and reports the outcome.
	Track func(ctx context.Context, r model.TrackRequest) (document model.ID, what string, err error)
	// Find lists the legal documents that the page at an address links.
	Find func(ctx context.Context, address string, progress func(done, total int)) ([]model.FoundDocument, error)
	// Import takes in the Open Terms Archive history at a path and reports what came,
	// with an error too: of one that was stopped, what had come is kept.
	Import func(ctx context.Context, path string, progress func(done, total int)) (what string, err error)
	// Sample makes a desk to look around on, and what does away with it.
	Sample func(ctx context.Context, progress func(done, total int)) (Options, func(), error)
}

// Insight is what is made of all clauses together. What is nil is taken from the Desk,
// where that has it; else it is left out, and the desk reports it.
type Insight struct {
	Search  search.Reader
	Compare compare.Reader
	Types   heatmap.Reader
	Dates   calendar.Reader
	Held    playbook.Reader
}

// Damage is what reading goes on without.
type Damage interface {
	// Within returns a context whose reads note here what they go on without.
	Within(ctx context.Context) context.Context
	// Count is how many values that are, and Found which.
	Count() int
	Found() []model.Damage
	// Forget is called before everything is read again.
	Forget()
}

// Alerting is what alert rules do. What is nil of the store is taken from the Desk, where
// that has it; else it is left out, and the desk reports it.
type Alerting struct {
	Alerts AlertDesk
	Sending
}

// AlertDesk is the part of a store that alert rules are kept in.
type AlertDesk interface {
	alerts.Desk
	rules.Desk
}

// Sending is how targets are told.
type Sending = alerts.Sending

// insight fills in what the desk's store has itself.
func (o Options) insight() Insight {
	in := o.Insight
	if r, ok := o.Desk.(search.Reader); ok && in.Search == nil {
		in.Search = r
	}
	if r, ok := o.Desk.(compare.Reader); ok && in.Compare == nil {
		in.Compare = r
	}
	if r, ok := o.Desk.(heatmap.Reader); ok && in.Types == nil {
		in.Types = r
	}
	if r, ok := o.Desk.(calendar.Reader); ok && in.Dates == nil {
		in.Dates = r
	}
	if r, ok := o.Desk.(playbook.Reader); ok && in.Held == nil {
		in.Held = r
	}
	return in
}

// sample is a desk that is opened in place of this one until it is left.
type sample struct {
	o     Options
	close func()
}

// intake is the intake as the jobs want it: the sample's options stay here.
func (m *Model) intake() jobs.Intake {
	in := jobs.Intake{Suggest: m.o.Suggest, Track: m.o.Track, Find: m.o.Find, Import: m.o.Import}
	if open := m.o.Sample; open != nil {
		in.Sample = func(ctx context.Context, progress func(done, total int)) (func(), error) {
			o, undo, err := open(ctx, progress)
			m.made = &sample{o, undo}
			return undo, err
		}
	}
	return in
}

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Tick == nil {
		o.Tick = tea.Tick
	}
	o.Insight = o.insight()
	if d, ok := o.Desk.(AlertDesk); ok && o.Alerts == nil {
		o.Alerts = d
	}
	if o.Config.Palette == "" {
		o.Config = config.Default()
	}
	if len(o.Keys) == 0 {
		o.Keys, _ = config.Remap(keys.All, o.Config.Keys) // what is refused is among the problems
	}
	return o
}

// abilities are what the desk was given.
func (o Options) abilities() (has keys.Need) {
	for need, given := range map[keys.Need]bool{
		keys.NeedsOpenURL:  o.OpenURL != nil,
		keys.NeedsExport:   o.Export != nil,
		keys.NeedsSearch:   o.Search != nil,
		keys.NeedsCompare:  o.Compare != nil,
		keys.NeedsTypes:    o.Types != nil,
		keys.NeedsDates:    o.Dates != nil,
		keys.NeedsPlaybook: o.Held != nil,
		keys.NeedsDraft:    o.Draft != nil,
		keys.NeedsAlerts:   o.Alerts != nil,
		keys.NeedsTell:     o.Alerting.Test != nil && o.Alerting.Run != nil,
		keys.NeedsFetch:    o.Fetch != nil,
		keys.NeedsTrack:    o.Track != nil && o.Suggest != nil,
		keys.NeedsFind:     o.Find != nil && o.Track != nil,
		keys.NeedsImport:   o.Import != nil,
		keys.NeedsSample:   o.Sample != nil,
		keys.NeedsSettings: o.Settings != nil,
	} {
		if given {
			has |= need
		}
	}
	return has
}

// Run opens the desk until it is left. The error of a cancelled context is
// returned as it is.
func Run(ctx context.Context, o Options, program ...tea.ProgramOption) error {
	for {
		m, err := run(ctx, o, program)
		if err != nil || m.sample == nil {
			return err
		}
		around, err := run(ctx, m.sample.o, program)
		m.sample.close()
		if err != nil || around.atOnce {
			return err
		}
	}
}

// run opens one desk until it is left.
func run(ctx context.Context, o Options, program []tea.ProgramOption) (*Model, error) {
	m := New(ctx, o)
	defer m.task.Halt() // what still runs is stopped and waited for, however the desk is left
	own := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(&pasteFilter{File: os.Stdin})}
	p := tea.NewProgram(m, append(own, program...)...)
	_, err := p.Run()
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.Is(err, tea.ErrInterrupted):
		err = context.Canceled
	case err != nil:
		err = fmt.Errorf("running the desk: %w", err)
	}
	if err != nil && m.sample != nil {
		m.sample.close()
	}
	return m, err
}
