package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/importer"
	"fineprint/fetch/ota"
	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// ImportRequest is what every import takes. Zero values don't narrow, and its
// functions may be nil.
type ImportRequest struct {
	Match string    // only documents whose 'Platform/Type' matches this pattern
	Since time.Time // only what was captured at or after

	Begin    func(name string)     // what is imported was found, and is called that
	Progress func(done, total int) // total 0: not known yet
	Indexing
}

func (r ImportRequest) begin(name string) time.Time {
	if r.Begin != nil {
		r.Begin(name)
	}
	return time.Now()
}

func (r ImportRequest) progress(p importer.Progress) {
	if r.Progress != nil {
		r.Progress(p.Done, p.Total)
	}
}

// ImportResult is what an import did, with an error too: what it recorded before
// it failed is kept.
type ImportResult struct {
	Name string // of what was imported
	importer.LooseSummary
	Took    time.Duration
	Alerted Alerted
	Damaged []model.Damage // what can't be read and was left out
}

// OTARequest is an import of an Open Terms Archive repository.
type OTARequest struct {
	ImportRequest
	Repo         string // its folder
	Declarations string // how its snapshots are read: a declaration, or a folder of them; "" for without
	// LeftOut receives why some declarations could not be read.
	LeftOut func(error)
}

// ImportOTA replays an Open Terms Archive repository of versions or snapshots.
func (a *App) ImportOTA(ctx context.Context, r OTARequest) (ImportResult, error) {
	options := importer.ImportOptions{Match: r.Match, Since: r.Since, Tool: a.Tool, Progress: r.progress}
	if r.Declarations != "" {
		declared, err := ota.ReadDeclarations(r.Declarations)
		if err != nil {
			if len(declared) == 0 {
				return ImportResult{}, err
			}
			r.LeftOut(err)
		}
		options.SourceOf = importer.DeclaredSources(declared)
	}
	repo, err := ota.Open(ctx, r.Repo)
	if err != nil {
		return ImportResult{}, err
	}
	defer repo.Close()
	s, err := a.OpenOrCreate()
	if err != nil {
		return ImportResult{}, err
	}
	defer boundGarbage(&options)()
	name := repo.Info().Name
	started := r.begin(name)
	summary, err := importer.ImportOTA(damage.Strict(ctx), s, repo, options)
	return a.imported(ctx, r.Indexing, s, name, importer.LooseSummary{Summary: summary}, started, err)
}

// imported has what an import recorded indexed, and returns what it did.
func (a *App) imported(ctx context.Context, o Indexing, s *store.Store, name string, sum importer.LooseSummary,
	started time.Time, err error) (ImportResult, error) {
	ctx, lost := gathering(ctx)
	refused(sum.Refused, lost)
	if err == nil && sum.New() > 0 {
		if err = o.index(ctx, s); err == nil && !o.NoIndex {
			readFirst(ctx, s)
		}
	}
	result := ImportResult{Name: name, LooseSummary: sum, Took: time.Since(started)}
	if err == nil && sum.New() > 0 {
		result.Alerted = a.AfterRecording(ctx, s)
	}
	result.Damaged = lost.Found()
	return result, partial(err, sum.New(), "capture")
}

// DatasetRequest is an import of a published Open Terms Archive dataset.
type DatasetRequest struct {
	ImportRequest
	Zip string // the file
}

// ImportDataset takes in a published dataset: a zip archive of versions.
func (a *App) ImportDataset(ctx context.Context, r DatasetRequest) (ImportResult, error) {
	s, err := a.OpenOrCreate()
	if err != nil {
		return ImportResult{}, err
	}
	options := importer.ImportOptions{Match: r.Match, Since: r.Since, Tool: a.Tool, Progress: r.progress}
	defer boundGarbage(&options)()
	name := filepath.Base(r.Zip)
	started := r.begin(name)
	summary, err := importer.ImportDataset(damage.Strict(ctx), s, r.Zip, options)
	return a.imported(ctx, r.Indexing, s, name, summary, started, err)
}

// FilesRequest is an import of loose files as versions of one document.
type FilesRequest struct {
	Document string // its ID or 'Platform/Type'
	Paths    []string
	Indexing
}

// ImportFiles takes in HTML, PDF, Markdown or text files as versions of one
// document, which is made when it isn't there.
func (a *App) ImportFiles(ctx context.Context, r FilesRequest) (ImportResult, error) {
	s, name, source, err := a.documentToImport(ctx, r.Document)
	if err != nil {
		return ImportResult{}, err
	}
	defer LimitMemory()()
	started := time.Now()
	summary, err := importer.ImportFiles(damage.Strict(ctx), s, name, source, r.Paths, a.Tool)
	return a.imported(ctx, r.Indexing, s, humanize.Count(len(r.Paths), "file"), summary, started, err)
}

// WaybackRequest is an import of what the Internet Archive has of one document.
type WaybackRequest struct {
	ImportRequest
	Document   string        // its ID or 'Platform/Type'
	URL        string        // of its page, when it isn't the one that is tracked
	Every      time.Duration // at most one capture in this while
	Archive    string        // another archive that speaks the same formats
	AllowHosts []string
}

// waybackPace is the pause between two requests to the archive, which is slow
// and asks for patience.
const waybackPace = 2 * time.Second

// ImportWayback takes in the captures that the Internet Archive has of a page.
func (a *App) ImportWayback(ctx context.Context, r WaybackRequest) (ImportResult, error) {
	if err := a.online(); err != nil {
		return ImportResult{}, err
	}
	s, name, source, err := a.documentToImport(ctx, r.Document)
	if err != nil {
		return ImportResult{}, err
	}
	if r.URL != "" {
		source = model.Source{URL: r.URL, Select: source.Select, Remove: source.Remove, Filters: source.Filters}
	}
	if len(source.Pages()) == 0 {
		return ImportResult{}, fmt.Errorf("%w: %s has no URL; track it first, or use --url",
			model.ErrInvalid, r.Document)
	}
	client := fetch.New(fetch.Options{
		UserAgent: a.userAgent(), AllowHosts: r.AllowHosts, Pace: waybackPace, PerHost: 1, Offline: a.Offline,
	})
	const archive = "the Internet Archive"
	started := r.begin(archive)
	summary, err := importer.ImportWayback(damage.Strict(ctx), client, s, name, source, importer.WaybackOptions{
		Since: r.Since, Every: r.Every, Tool: a.Tool, Base: r.Archive, Progress: r.progress,
	})
	return a.imported(ctx, r.Indexing, s, archive, summary, started, err)
}

// documentToImport opens the database and finds the document that an argument
// names in it, and how it is read.
func (a *App) documentToImport(ctx context.Context, arg string) (
	s *store.Store, name model.DocumentName, source model.Source, err error,
) {
	if s, err = a.OpenOrCreate(); err == nil {
		name, source, err = documentAndSource(damage.Strict(ctx), s, arg)
	}
	return s, name, source, err
}

// documentAndSource finds the document that an argument names, by its ID or as
// 'Platform/Type', and how it is read: as it is tracked, else as it came. One that
// isn't there is made when its first version is recorded.
func documentAndSource(ctx context.Context, s *store.Store, arg string) (model.DocumentName, model.Source, error) {
	var d model.Document
	var err error
	if id, parseErr := model.ParseID(arg); parseErr == nil {
		d, err = s.Document(ctx, id)
	} else {
		platform, documentType, ok := strings.Cut(arg, "/")
		platform, documentType = strings.TrimSpace(platform), strings.TrimSpace(documentType)
		if !ok || platform == "" || documentType == "" {
			return model.DocumentName{}, model.Source{}, fmt.Errorf(
				"%w: %q is neither the ID of a document nor 'Platform/Type'", model.ErrInvalid, arg)
		}
		d, err = s.DocumentNamed(ctx, platform, documentType)
		if errors.Is(err, model.ErrNotFound) {
			return model.DocumentName{Platform: platform, Type: documentType}, model.Source{}, nil
		}
	}
	if err != nil {
		return model.DocumentName{}, model.Source{}, err
	}
	name := model.DocumentName{Platform: d.Platform.Name, Type: d.Type}
	tracked, err := s.TrackedDocument(ctx, d.ID)
	if errors.Is(err, model.ErrNotFound) {
		return name, d.Source, nil
	}
	return name, tracked.Source, err
}
