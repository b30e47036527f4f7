// Package intake brings things in: get, extract, record. The command line and
// the demo share it; it knows the store only by the two methods it needs.
package intake

import (
	"context"
	"time"

	"fineprint/fetch/extract"
	"fineprint/fetch/ota"
	"fineprint/store/terms"
)

// Recorder is the part of a store that takes captures in.
type Recorder interface {
	Record(ctx context.Context, captures []terms.Capture) ([]terms.Outcome, error)
	Imported(ctx context.Context, root string) (func(commit, path string) bool, error)
}

// Progress says how many commits of a history were gone through.
type Progress struct{ Done, Total int }

// ImportOptions narrow an import. Zero values don't narrow.
type ImportOptions struct {
	Match    string    // glob on "Platform/Type"
	Since    time.Time // captured at or after
	Tool     string
	Progress func(Progress)
}

// Summary counts what an import did.
type Summary struct {
	First     int `json:"first"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Technical int `json:"technical"`
	Failed    int `json:"failed"`
	Renamed   int `json:"renamed"`
	Ended     int `json:"ended"`
	Known     int `json:"known"` // files of commits that were in the store already
	Documents int `json:"documents"`
	Material  int `json:"material"` // of the changed
}

// New counts the captures that were not in the store yet.
func (s Summary) New() int {
	return s.First + s.Changed + s.Unchanged + s.Technical + s.Failed + s.Renamed + s.Ended
}

const (
	batchCaptures = 256
	batchBytes    = 24 << 20
)

// importer gathers captures into batches.
type importer struct {
	to        Recorder
	repo      *ota.Repo
	options   ImportOptions
	batch     []terms.Capture
	bytes     int
	summary   Summary
	documents map[terms.ID]bool
}

// ImportOTA replays an Open Terms Archive history into a store, in batches of
// one transaction each, so that an interrupted import goes on where it stopped
// and a second one takes only what is new.
func ImportOTA(ctx context.Context, to Recorder, repo *ota.Repo, options ImportOptions) (Summary, error) {
	imported, err := to.Imported(ctx, repo.Info().Root)
	if err != nil {
		return Summary{}, err
	}
	im := &importer{to: to, repo: repo, options: options, documents: map[terms.ID]bool{}}
	skip := func(commit, path string) bool {
		known := imported(commit, path)
		if known {
			im.summary.Known++
		}
		return known
	}
	progress := func(done, total int) {
		if options.Progress != nil {
			options.Progress(Progress{done, total})
		}
	}
	err = repo.Each(ctx, skip, progress, func(e ota.Entry) error { return im.take(ctx, e) })
	if err == nil {
		err = im.flush(ctx)
	}
	im.summary.Documents = len(im.documents)
	return im.summary, err
}

func (im *importer) take(ctx context.Context, e ota.Entry) error {
	if !terms.MatchName(im.options.Match, e.Platform, e.Type) || e.CapturedAt.Before(im.options.Since) {
		return nil
	}
	c, err := im.capture(e)
	if err != nil {
		return err
	}
	im.batch = append(im.batch, c)
	im.bytes += len(e.Content)
	if len(im.batch) >= batchCaptures || im.bytes >= batchBytes {
		return im.flush(ctx)
	}
	return nil
}

// capture says what an entry is to a store. A page that can't be read is a
// failed capture whose bytes are kept.
func (im *importer) capture(e ota.Entry) (terms.Capture, error) {
	info := im.repo.Info()
	c := terms.Capture{Platform: e.Platform, Type: e.Type, CapturedAt: e.CapturedAt, Technical: e.Technical, Deleted: e.Deleted,
		Source: terms.Source{Repo: info.Name, Path: e.Path},
		Origin: terms.Provenance{Method: terms.MethodOTAVersions, Tool: im.options.Tool, Archive: &terms.ArchiveOrigin{
			Repo: info.Name, Root: info.Root, Commit: e.Commit, Path: e.Path, Subject: e.Subject,
			Engine: e.Engine, Locations: e.Locations, Snapshots: e.Snapshots}}}
	if len(e.Locations) > 0 {
		c.Source.URL, c.Origin.URL = e.Locations[0], e.Locations[0]
	}
	if e.RenamedFrom != "" {
		platform, documentType, _ := ota.DocumentOf(e.RenamedFrom, info.Kind)
		c.RenamedFrom = &terms.DocumentName{Platform: platform, Type: documentType}
	}
	if info.Kind == ota.Versions || e.Deleted {
		c.Text = string(e.Content)
		return c, nil
	}
	c.Origin.Method = terms.MethodOTASnapshots
	c.Raw, c.MediaType, c.Extractor = e.Content, extract.MediaTypeOf(e.Path, e.Content), extract.Version
	if c.Raw == nil {
		c.Raw = []byte{}
	}
	text, err := extract.Text(extract.Input{Body: e.Content, MediaType: c.MediaType, BaseURL: c.Source.URL})
	if err != nil {
		c.Failure = "unreadable: " + err.Error()
	}
	c.Text = text
	return c, nil
}

func (im *importer) flush(ctx context.Context) error {
	if len(im.batch) == 0 {
		return nil
	}
	outcomes, err := im.to.Record(ctx, im.batch)
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		im.count(o)
	}
	im.batch, im.bytes = im.batch[:0:0], 0
	return nil
}

func (im *importer) count(o terms.Outcome) {
	s := &im.summary
	if o.Kind != terms.OutcomeKnown {
		im.documents[o.Document] = true
	}
	switch o.Kind {
	case terms.OutcomeFirst:
		s.First++
	case terms.OutcomeChanged:
		s.Changed++
		if o.Material {
			s.Material++
		}
	case terms.OutcomeUnchanged:
		s.Unchanged++
	case terms.OutcomeTechnical:
		s.Technical++
	case terms.OutcomeFailed:
		s.Failed++
	case terms.OutcomeRenamed:
		s.Renamed++
	case terms.OutcomeEnded:
		s.Ended++
	case terms.OutcomeKnown:
		s.Known++
	}
}
