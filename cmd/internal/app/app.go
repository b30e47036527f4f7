// Package app holds the use cases of fineprint: tracking documents, importing
// histories, fetching, exporting, reading the settings, and the demo. The command
// line and the desk both call them, so that a document tracked from the desk is
// tracked by the same rules as by `track add`.
//
// Requests and results are plain structs. A use case reports progress through the
// functions of its request, and returns errors whose text may be shown as it is.
//
// It is not for flags, printing or screens (cmd/fineprint and tui), nor for what
// one call of a lower package does: reading the queue is the store's.
//
// Invariants: nothing here writes to a standard stream; a use case that is
// cancelled returns soon and keeps what it recorded, which [PartialError] counts.
//
// Size: one file a use case; most are wiring that has no other home.
package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/browser"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/store/rescue"
)

// App is who works on which database, and with what.
type App struct {
	Path  string       // of the database
	Store *store.Store // the one the desk has open; nil: the one at Path is opened for each use case
	Tool  string       // the build, as records name it: "fineprint/0.1.0"
	Actor string       // who decides
	Clock func() time.Time
	// Registry is what records name agencies and regulations from; nil: the bundled one.
	Registry *registry.Registry
	Alerting Alerting
	// Opened, when set, is told of every database that is opened, for who says at the end what is
	// wrong with it.
	Opened func(*store.Store)
	// Offline: the network is not to be used. Use cases that need it end with
	// [model.ErrOffline] before they begin, and no client of theirs connects.
	Offline bool
	// Learning is how the order of the queue is learned.
	Learning store.Learning
	// Keeper makes automatic backups; nil: nothing does.
	Keeper *rescue.Keeper
	// BackupFolder is where backups are, one folder a database in it; "": beside it.
	BackupFolder string
}

// PartialError ends a use case part of whose work is done and kept.
type PartialError struct {
	Kept int    // how many
	Noun string // of what: "capture"
	Err  error
}

func (e *PartialError) Error() string { return e.Err.Error() }

func (e *PartialError) Unwrap() error { return e.Err }

// partial wraps the error of a use case that recorded some captures or documents
// before.
func partial(err error, kept int, noun string) error {
	if err == nil || kept == 0 {
		return err
	}
	return &PartialError{Kept: kept, Noun: noun, Err: err}
}

// DefaultPath is where the database is when nothing names another place: in the
// operating system's folder for application data.
func DefaultPath() string {
	const name = "fineprint.db"
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "fineprint", name)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "fineprint", name)
	case "windows":
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "fineprint", name)
		}
	}
	return filepath.Join(home, ".local", "share", "fineprint", name)
}

func (a *App) storeOptions() store.Options {
	o := store.Options{Clock: a.Clock, Tool: a.Tool, Actor: a.Actor}
	if a.Keeper != nil {
		o.BeforeWrite, o.BeforeMigration = a.Keeper.BeforeWrite, a.Keeper.BeforeMigration
	}
	return o
}

// Open returns the database, which must exist.
func (a *App) Open() (*store.Store, error) {
	if a.Store != nil {
		return a.Store, nil
	}
	return a.opened(store.Open(a.Path, a.storeOptions()))
}

// OpenAny returns the database whatever the head beside it says, for who checks and accepts
// it.
func (a *App) OpenAny() (*store.Store, error) {
	options := a.storeOptions()
	options.AnyHead = true
	return a.opened(store.Open(a.Path, options))
}

// opened has a database that was opened use the registry.
func (a *App) opened(s *store.Store, err error) (*store.Store, error) {
	if err == nil {
		s.UseLearning(a.Learning)
		a.tell(s)
	}
	if err == nil && a.Registry != nil {
		s.UseRegistry(a.Registry)
	}
	return s, err
}

// tell tells of a database that was opened.
func (a *App) tell(s *store.Store) {
	if a.Opened != nil {
		a.Opened(s)
	}
}

// OpenOrCreate returns the database. It makes the one that is missing, and the
// default folder that it is in.
func (a *App) OpenOrCreate() (*store.Store, error) {
	if a.Store != nil {
		return a.Store, nil
	}
	if a.Path == DefaultPath() {
		if err := os.MkdirAll(filepath.Dir(a.Path), 0o700); err != nil {
			return nil, fmt.Errorf("creating the data folder: %w: %w", model.ErrUnwritable, err)
		}
	}
	return a.opened(store.OpenOrCreate(a.Path, a.storeOptions()))
}

// fetchLockWait is how long a fetch waits for a lock before it looks whether it
// was interrupted. It asks again for longer.
const fetchLockWait = time.Second

// openForFetching returns the database, which must exist and which others may be
// at work on. It does not return the desk's, whose screens must not wait for a
// fetch.
func (a *App) openForFetching(ctx context.Context) (s *store.Store, err error) {
	options := a.storeOptions()
	options.LockWait = fetchLockWait
	err = watch.RetryBusy(ctx, func() (err error) {
		s, err = store.Open(a.Path, options)
		return err
	})
	if err == nil {
		a.tell(s)
	}
	return s, err
}

// Tracking lists what is tracked.
func (a *App) Tracking(ctx context.Context) ([]model.TrackedRow, error) {
	s, err := a.openForFetching(ctx)
	if err != nil {
		return nil, err
	}
	return tracking(ctx, s)
}

func tracking(ctx context.Context, s *store.Store) (rows []model.TrackedRow, err error) {
	err = watch.RetryBusy(ctx, func() (err error) {
		rows, err = s.Tracking(ctx)
		return err
	})
	return rows, err
}

// WebClient returns a client that everything from the web comes through. It
// reaches of private names and addresses only those in allowHosts.
func (a *App) WebClient(allowHosts []string) *fetch.Client {
	return fetch.New(fetch.Options{
		UserAgent: a.userAgent(), AllowHosts: allowHosts, Browser: browser.New(browser.Options{}), Offline: a.Offline,
	})
}

// online returns why what needs the network is refused: the user said so.
func (a *App) online() error {
	if a.Offline {
		return fmt.Errorf("%w: this needs the network, which --offline, FINEPRINT_OFFLINE or the setting offline forbids",
			model.ErrOffline)
	}
	return nil
}

func (a *App) userAgent() string { return a.Tool + " (reads changes in terms of service)" }
