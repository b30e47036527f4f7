package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
)

// deskGCPercent is how much of what it holds an open desk may add before it collects. A
// desk is open all day and mostly does nothing: it costs less to collect often than to
// hold twice as much.
const deskGCPercent = 30

// openDesk runs the terminal interface on a store until it is left; what it
// fetches may come from the private hosts, too.
func (a *cli) openDesk(ctx context.Context, s *store.Store, hosts ...string) error {
	defer collectAt(deskGCPercent)()
	if a.keeper != nil {
		defer a.keeper.OnDesk()()
	}
	// What its decisions taught is learned once, when the desk is left, and not at each opening.
	defer a.catchUp(context.WithoutCancel(ctx), s)
	resting, stop := context.WithCancel(ctx)
	defer stop()
	go newMemoryRest().run(resting)
	return tui.Run(ctx, a.deskOptions(s, hosts))
}

// deskOptions wires the desk: what it can do is done by the use cases that the
// subcommands call, too.
func (a *cli) deskOptions(s *store.Store, hosts []string) tui.Options {
	d := a.deskOn(s, hosts)
	settings := deskSettings(a.settings)
	return tui.Options{
		Desk:   s,
		Damage: damage.New(), Integrity: s.Integrity(),
		Insight:  tui.Insight{Types: app.TypeMap{Store: s}},
		Actor:    a.actorName(),
		Clock:    a.clock,
		ASCII:    a.ascii,
		Config:   settings.Holds,
		Problems: settings.Problems,
		Settings: d.settings,
		Registry: a.registry(),
		Markdown: export.RecordMarkdown,
		Changed:  storeChanged(s), OpenURL: a.opener(), Clipboard: clipboardOf(),
		Fetch:     d.fetch(),
		Alerting:  tui.Alerting{Sending: d.sending()},
		Intake:    tui.Intake{Suggest: d.suggest, Track: d.track, Find: d.find, Import: d.importOTA, Sample: d.sample},
		Exporting: tui.Exporting{Formats: exportFormats(), Export: d.export},
		Drafting:  a.drafting(s),
	}
}

// desk is the use cases as the desk calls them, on the database it has open.
type desk struct {
	a     *cli
	use   *app.App
	hosts []string // private ones that it may fetch from
}

func (a *cli) deskOn(s *store.Store, hosts []string) *desk {
	use := a.app()
	use.Path, use.Store = s.Path(), s
	return &desk{a: a, use: use, hosts: hosts}
}

// exportFormats are the choices of the desk's picker.
func exportFormats() []tui.ExportFormat {
	var list []tui.ExportFormat
	for _, f := range export.Formats {
		ext := f.Ext
		if f.Folder {
			ext = export.ZipExt
		}
		list = append(list, tui.ExportFormat{Name: f.Name, About: f.Description, Ext: ext})
	}
	return list
}

// export is `export -o`.
func (d *desk) export(
	ctx context.Context, format, path string, progress func(done, total int),
) (tui.Exported, error) {
	f, err := export.ParseFormat(format)
	if err != nil {
		return tui.Exported{}, err
	}
	path = fromHome(path)
	ctx, _ = damage.Gather(ctx)
	result, err := d.use.Export(ctx, app.ExportRequest{
		Format: f, Filter: model.RecordFilter{Latest: true}, Path: path, Progress: progress,
	})
	if err != nil {
		return tui.Exported{}, err
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return tui.Exported{
		Records: result.Records, Path: path,
		Bytes: result.Bytes, SHA256: result.SHA256, Damaged: result.Damaged,
	}, nil
}

// settings reads the settings again, as `config show` does.
func (d *desk) settings() tui.Settings {
	if d.a.settings == nil {
		return deskSettings(app.LoadSettings(app.Overrides{Actor: d.a.actor}))
	}
	return deskSettings(d.a.settings.Reload())
}

// deskSettings returns what the desk shows of the settings; nil are the defaults.
func deskSettings(s *app.Settings) tui.Settings {
	if s == nil {
		return tui.Settings{Holds: config.Default()}
	}
	return tui.Settings{Holds: s.Values, Path: s.Path, Found: s.Found, Problems: s.Problems, From: s.From}
}

// suggest guesses the names of a document from its address, as `track add` does.
func (d *desk) suggest(ctx context.Context, address string) (platform, kind string, err error) {
	return d.use.Suggest(ctx, address, d.hosts)
}

// track is `track add` for one address.
func (d *desk) track(ctx context.Context, r model.TrackRequest) (model.ID, string, error) {
	tracked, err := d.use.TrackAddress(ctx, r.Source.URL, r.Platform, r.Type)
	if err != nil {
		return "", "", err
	}
	tracked.Inferred = "" // the desk has shown what it guessed
	return tracked.Document, trackedSentence(tracked), nil
}

// find is `track find`.
func (d *desk) find(
	ctx context.Context, address string, progress func(done, total int),
) ([]model.FoundDocument, error) {
	found, err := d.use.Find(ctx, app.FindRequest{Address: address, AllowHosts: d.hosts, Progress: progress})
	return found.Documents, err
}

// importOTA is `import ota`.
func (d *desk) importOTA(ctx context.Context, path string, progress func(done, total int)) (string, error) {
	result, err := d.use.ImportOTA(ctx, app.OTARequest{
		ImportRequest: app.ImportRequest{Progress: progress}, Repo: fromHome(path),
	})
	switch {
	case err != nil && result.New() == 0:
		return "", err
	case err != nil:
		return humanize.Count(result.New(), "capture") +
			" recorded so far are kept; import again to continue", err
	}
	words, bad := alertedInWords(result.Alerted)
	if words != "" {
		words = "; " + words
	}
	if bad {
		words += " (see `fineprint alerts list`)"
	}
	if result.Unread > 0 {
		words = fmt.Sprintf("; %s left out: %s can't be read", humanize.Count(result.Unread, "document"),
			result.Damaged[0].What) + words
	}
	switch {
	case result.New() == 0 && result.Unread > 0:
		return "Nothing new recorded" + words, nil
	case result.New() == 0:
		return fmt.Sprintf("Nothing new in %s: all %d versions are already imported", result.Name, result.Known), nil
	}
	return fmt.Sprintf("%d captures of %s: %s; %d of the changes are material",
		result.New(), humanize.Count(result.Documents, "document"), importCounts(result), result.Material) + words, nil
}

// fromHome reads a path as a shell does that begins with the home folder.
func fromHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// sample is `demo`.
func (d *desk) sample(ctx context.Context, progress func(done, total int)) (tui.Options, func(), error) {
	demo, err := d.use.NewDemo(ctx, progress)
	if err != nil {
		return tui.Options{}, nil, err
	}
	return d.a.deskOptions(demo.Store, []string{app.DemoHost}), demo.Close, nil
}
