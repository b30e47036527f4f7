package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
)

// Options say what the desk works on and how. Functions that are nil leave out
// what they are for, and the desk says so.
type Options struct {
	Desk  Desk
	Actor string
	Clock func() time.Time
	// Tick answers with a message after a while: tea.Tick when nil.
	Tick  func(after time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	ASCII bool
	// Config are the settings; their zero value stands for the defaults.
	Config config.Settings
	// Problems are what is wrong with the settings file, said once.
	Problems []error
	Keys     keys.Map // keys.All when empty
	Exporting
	// Fetch fetches what is due of the tracked documents that match pattern ("" for
	// all), or all of it, and tells progress as it goes. It returns soon once ctx
	// is over.
	Fetch func(ctx context.Context, pattern string, all bool, progress func(model.FetchProgress)) error
	Intake
	// Settings reads the settings that hold; without it the defaults do.
	Settings func() Settings
	// Markdown writes a record for the preview.
	Markdown func(model.Record) string
	// Changed blocks until the store was written to, by whomever.
	Changed func(ctx context.Context) error
	// OpenURL shows a web address in the reader's browser.
	OpenURL func(ctx context.Context, url string) error
	// Clipboard copies a text by the system's own means, where it has any.
	Clipboard func(text string) error
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
	defer m.task.halt() // what still runs is stopped and waited for, however the desk is left
	p := tea.NewProgram(m, append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(&pasteFilter{File: os.Stdin})}, program...)...)
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
