package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"fineprint/fetch/importer"
	"fineprint/fetch/ota"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
)

// openDesk runs the terminal interface on a store until it is left; what it
// fetches may come from the private hosts, too.
func (a *app) openDesk(ctx context.Context, s *store.Store, hosts ...string) error {
	if os.Getenv("GOGC") == "" {
		// A desk is open all day and mostly does nothing: it costs less to collect
		// twice as often than to hold twice as much. With 50,000 changes waiting
		// that is 102 MB resident and not 121.
		defer debug.SetGCPercent(debug.SetGCPercent(50))
	}
	return tui.Run(ctx, a.deskOptions(s, hosts))
}

// deskOptions wires the desk: what it can do is done by the code of the
// subcommands.
func (a *app) deskOptions(s *store.Store, hosts []string) tui.Options {
	settings := a.settingsView(a.config)
	return tui.Options{
		Desk:     s,
		Actor:    a.actorName(),
		Clock:    a.clock,
		ASCII:    a.ascii,
		Config:   settings.Holds,
		Problems: settings.Problems,
		Settings: a.deskSettings,
		Markdown: export.RecordMarkdown,
		Changed:  storeChanged(s), OpenURL: openURL, Clipboard: clipboardOf(),
		Fetch: a.deskFetch(s, hosts),
		Intake: tui.Intake{
			Suggest: a.deskSuggest(hosts),
			Track:   a.deskTrack(s),
			Import:  a.deskImport(s),
			Sample:  a.deskSample,
		},
		Exporting: tui.Exporting{Formats: exportFormats(), Export: a.deskExport(s)},
	}
}

// formatWords says what each format of an export is for.
var formatWords = map[export.Format]string{
	export.JSON:     "one document, for programs",
	export.JSONL:    "a record a line, for programs",
	export.CSV:      "for spreadsheets",
	export.Markdown: "to read, with the redlines",
}

func exportFormats() []tui.ExportFormat {
	var list []tui.ExportFormat
	for _, f := range export.Formats {
		list = append(list, tui.ExportFormat{Name: string(f), About: formatWords[f]})
	}
	return list
}

// deskExport is `export -o`.
func (a *app) deskExport(s *store.Store) func(ctx context.Context, format, path string, progress func(done, total int)) (tui.Exported, error) {
	return func(ctx context.Context, format, path string, progress func(done, total int)) (tui.Exported, error) {
		f, err := export.ParseFormat(format)
		if err != nil {
			return tui.Exported{}, err
		}
		path = fromHome(path)
		exporter := &recordExporter{records: s, clock: a.clock, progress: progress}
		body, n, err := exporter.toFile(ctx, f, model.RecordFilter{Latest: true}, path)
		if err != nil {
			return tui.Exported{}, err
		}
		if absolute, err := filepath.Abs(path); err == nil {
			path = absolute
		}
		return tui.Exported{Records: n, Path: path, Bytes: len(body), SHA256: fmt.Sprintf("%x", sha256.Sum256(body))}, nil
	}
}

// deskSettings reads the settings anew, as `config show` does.
func (a *app) deskSettings() tui.Settings {
	given := map[string]bool{"ascii": a.config != nil && a.config.sources["ascii"] == fromOption}
	return a.settingsView(loadConfig(a, func(option string) bool { return given[option] }))
}

// settingsView is what the desk shows of the settings; nil are the defaults.
func (a *app) settingsView(c *configuration) tui.Settings {
	if c == nil {
		return tui.Settings{Holds: config.Default()}
	}
	return tui.Settings{Holds: c.settings, Path: c.path, Found: c.found, Problems: c.problems, From: c.from}
}

// deskSuggest guesses the names of a document from its address, as `track add`
// does.
func (a *app) deskSuggest(hosts []string) func(ctx context.Context, address string) (platform, kind string, err error) {
	return func(ctx context.Context, address string) (platform, kind string, err error) {
		if address, err = webAddress(address); err != nil {
			return "", "", err
		}
		client := a.webClient(hosts)
		defer client.Close()
		kind, err = inferType(ctx, client, address)
		return watch.InferPlatform(address), kind, err
	}
}

// deskTrack is `track add` for one address.
func (a *app) deskTrack(s *store.Store) func(ctx context.Context, r model.TrackRequest) (model.ID, string, error) {
	return func(ctx context.Context, r model.TrackRequest) (model.ID, string, error) {
		ad := &adder{a: a, o: &trackAddOptions{}, taken: map[string]string{}}
		var err error
		if ad.tracked, err = a.tracking(ctx, s); err != nil {
			return "", "", err
		}
		if err := ad.address(ctx, r.Source.URL, r.Platform, r.Type); err != nil {
			return "", "", err
		}
		var results []store.TrackResult
		err = watch.RetryBusy(ctx, func() (err error) {
			results, err = s.Track(ctx, ad.requests)
			return err
		})
		if err != nil {
			return "", "", err
		}
		return results[0].Document, ad.sentence(results[0], ""), nil
	}
}

// deskImport is `import ota`.
func (a *app) deskImport(s *store.Store) func(ctx context.Context, path string, progress func(done, total int)) (string, error) {
	return func(ctx context.Context, path string, progress func(done, total int)) (string, error) {
		repo, err := ota.Open(ctx, fromHome(path))
		if err != nil {
			return "", err
		}
		defer repo.Close()
		options := importer.ImportOptions{Tool: toolName(), Progress: func(p importer.Progress) { progress(p.Done, p.Total) }}
		summary, err := importHistory(ctx, s, repo, options)
		switch {
		case err != nil && summary.New() == 0:
			return "", err
		case err != nil:
			return humanize.Count(summary.New(), "capture") + " recorded before that are kept; importing again goes on", err
		case summary.New() == 0:
			return fmt.Sprintf("nothing new in %s: its %d versions are here already", repo.Info().Name, summary.Known), nil
		}
		return fmt.Sprintf("%d captures of %s: %s; %d of the changes are material", summary.New(), humanize.Count(summary.Documents, "document"), importCounts(summary), summary.Material), nil
	}
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

// deskSample is `demo`.
func (a *app) deskSample(ctx context.Context, progress func(done, total int)) (tui.Options, func(), error) {
	d, err := newDemo(ctx, a, progress)
	if err != nil {
		return tui.Options{}, nil, err
	}
	return a.deskOptions(d.store, []string{demoHost}), d.close, nil
}
