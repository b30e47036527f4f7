package importer

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"fineprint/fetch/bounds"
	"fineprint/fetch/extract"
	"fineprint/fetch/ota"
	"fineprint/store/model"
)

// Recorder is the part of a store that takes captures in.
type Recorder interface {
	Record(ctx context.Context, captures []model.Capture) ([]model.Outcome, error)
	// Imported returns a function that reports whether a file of a commit was imported,
	// or anything of it, for the path "".
	Imported(ctx context.Context, root string) (func(commit, path string) bool, error)
	// KnownAs returns by which first commit an archive is known, of which another
	// clone may begin elsewhere.
	KnownAs(ctx context.Context, root string, holds func(commit string) bool) (string, error)
	// LastReading returns the bytes of what a document said last, as they were read by
	// another extractor than the present one; else the error wraps [model.ErrNotFound].
	LastReading(ctx context.Context, name model.DocumentName, present string) (model.Baseline, error)
	// SettleArchive settles what stands in an archive when all of it was imported.
	SettleArchive(ctx context.Context, root string) error
	// CompactIfWasteful gives back the space that recording much left unused.
	CompactIfWasteful(ctx context.Context) error
}

// Progress is how many commits of a history were gone through.
type Progress struct{ Done, Total int }

// ImportOptions narrow an import. Zero values don't narrow.
type ImportOptions struct {
	Match    string    // glob on "Platform/Type"
	Since    time.Time // captured at or after
	Tool     string
	Progress func(Progress)
	// SourceOf returns how a snapshot's page is read, by the names of its folder
	// and type and its capture time; nil, or false, for without selectors.
	SourceOf func(service, documentType string, at time.Time) (model.Source, bool)
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
	// Older were put in their places among what was here, and judged with it at the end.
	Older int `json:"older"`
	// Placed are those that were put before what was here, or between; those that an
	// archive has of before are in no other count.
	Placed    int `json:"placed,omitempty"`
	Known     int `json:"known"` // files of commits that were in the store already
	Documents int `json:"documents"`
	Material  int `json:"material"` // of the changed
	// Shallow: the history is cut off, so that since when what it begins with stood
	// isn't known.
	Shallow bool `json:"shallow,omitempty"`
	// Notes tells what of the archive is not as it seems, in sentences.
	Notes []string `json:"notes,omitempty"`
	// LeftOut names what was left out of a history, because an object of it is not what
	// its name says: the first of so many.
	LeftOut      []string `json:"left_out,omitempty"`
	LeftOutCount int      `json:"left_out_count,omitempty"`
	// Unread are the documents that were left out because something that is stored of them can't
	// be read; Refused has why, each an error that is [model.ErrUnreadable].
	Unread  int     `json:"unread,omitempty"`
	Refused []error `json:"-"`
	// Uncompared are those of the material that could not be compared.
	Uncompared int `json:"not_compared,omitempty"`
}

// New counts the captures that were not in the store yet.
func (s Summary) New() int {
	return s.First + s.Changed + s.Unchanged + s.Technical + s.Failed + s.Renamed + s.Ended + s.Older
}

const (
	// A batch is recorded in one transaction; while one is, the next is read,
	// so that two are in memory.
	batchCaptures = 512
	batchBytes    = 12 << 20
)

// batch is what is recorded at once, and how far in the history it ends.
type batch struct {
	entries []ota.Entry
	bytes   int
	known   int // files before it that are in the store already
	at      Progress
}

// importer takes batches over from the reader of a history.
type importer struct {
	to        Recorder
	repo      *ota.Repo
	root      string // by which the history is known
	options   ImportOptions
	texts     textMemo
	pace      pace
	summary   Summary
	documents map[model.ID]bool
	reread    map[model.DocumentName]bool // those that were looked at for what is to be read again
	refused   map[model.DocumentName]bool // those that nothing can be recorded of
}

// ImportOTA replays an Open Terms Archive history into a store, in batches of
// one transaction each, so that an interrupted import goes on where it stopped
// and a second one takes only what is new. The summary counts what was recorded
// before an error, too.
func ImportOTA(ctx context.Context, to Recorder, repo *ota.Repo, options ImportOptions) (Summary, error) {
	root, err := to.KnownAs(ctx, repo.Info().Root, repo.Holds)
	if err != nil {
		return Summary{}, err
	}
	imported, err := to.Imported(ctx, root)
	if err != nil {
		return Summary{}, err
	}
	repo.NameAsKnown(func(commit string) bool { return imported(commit, "") })
	im := &importer{to: to, repo: repo, root: root, options: options, documents: map[model.ID]bool{}}
	im.summary.Shallow, im.summary.Notes = repo.Info().Shallow, repo.Info().Notes
	batches := make(chan batch)
	g, running := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(batches)
		return im.read(running, imported, batches)
	})
	g.Go(func() error {
		for b := range batches {
			if err := im.record(running, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err = g.Wait(); err == nil {
		if err = to.SettleArchive(ctx, root); errors.Is(err, model.ErrUnreadable) {
			im.summary.Refused, err = append(im.summary.Refused, err), nil // settled by the next import
		}
	}
	if err == nil && im.summary.New() > 0 {
		err = to.CompactIfWasteful(ctx)
	}
	im.summary.Documents = len(im.documents)
	im.summary.leaveOut(repo.LeftOut())
	return im.summary, err
}

// MaxDocuments bounds the documents of one import. The largest archive has 877.
const MaxDocuments = 20_000

// documentCount counts the documents of an import.
type documentCount map[model.DocumentName]bool

func (d *documentCount) add(name model.DocumentName) error {
	if *d == nil {
		*d = documentCount{}
	}
	if (*d)[name] = true; len(*d) > MaxDocuments {
		return fmt.Errorf("%w: it holds more than %d documents; import a part of them at a time, with --match",
			model.ErrInvalid, MaxDocuments)
	}
	return nil
}

// maxLeftOut bounds how much of what was left out is named.
const maxLeftOut = 20

func (s *Summary) leaveOut(all []ota.LeftOut) {
	s.LeftOutCount = len(all)
	for _, l := range all[:min(len(all), maxLeftOut)] {
		what := "commit " + l.Commit
		if l.Path != "" {
			what = l.Path + " of " + what
		}
		s.LeftOut = append(s.LeftOut, what+": "+strings.TrimPrefix(l.Why, model.ErrInvalid.Error()+": "))
	}
}

// read goes through the history and hands over what is new and asked for.
func (im *importer) read(ctx context.Context, imported func(commit, path string) bool, to chan<- batch) error {
	var b batch
	hand := func() error {
		select {
		case to <- b:
			b = batch{at: b.at}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	skip := func(commit, path string) bool {
		known := imported(commit, path)
		if known {
			b.known++
		}
		return known
	}
	progress := func(done, total int) { b.at = Progress{done, total} }
	var names documentCount
	err := im.repo.Each(ctx, skip, progress, func(e ota.Entry) error {
		if e.Cut == model.CutStood && imported(e.Commit, "") {
			return nil // it is known what was before
		}
		if !model.MatchName(im.options.Match, e.Platform, e.Type) || e.CapturedAt.Before(im.options.Since) {
			return nil
		}
		if err := names.add(model.DocumentName{Platform: e.Platform, Type: e.Type}); err != nil {
			return err
		}
		b.entries = append(b.entries, e)
		b.bytes += len(e.Content)
		if len(b.entries) >= batchCaptures || b.bytes >= batchBytes {
			return hand()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return hand()
}

// record makes captures of a batch's entries, in parallel, and records them.
func (im *importer) record(ctx context.Context, b batch) error {
	im.summary.Known += b.known
	captures := make([]model.Capture, len(b.entries))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, e := range b.entries {
		g.Go(func() error {
			captures[i] = im.capture(e)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := im.take(ctx, captures); err != nil {
		return err
	}
	if im.options.Progress != nil {
		im.options.Progress(b.at)
	}
	return nil
}

// take has captures recorded, and counts what became of them.
func (im *importer) take(ctx context.Context, captures []model.Capture) error {
	if len(captures) == 0 {
		return nil
	}
	all, err := im.withRereads(ctx, captures)
	if err != nil {
		return err
	}
	reread := len(all) - len(captures)
	for len(all) > 0 {
		part := all[:im.pace.next(len(all))]
		began := time.Now()
		outcomes, err := im.recordReadable(ctx, part)
		if err != nil {
			return err
		}
		im.pace.took(len(part), time.Since(began))
		for _, o := range outcomes[min(reread, len(part)):] {
			im.count(o)
		}
		reread = max(0, reread-len(part))
		all = all[len(part):]
	}
	return nil
}

// recordReadable has captures recorded but for those of documents of which something that is
// stored can't be read: which ones these are it finds out by halves, for a batch is recorded
// whole or not at all. They have no outcome.
func (im *importer) recordReadable(ctx context.Context, captures []model.Capture) ([]model.Outcome, error) {
	outcomes := make([]model.Outcome, len(captures))
	var readable []model.Capture
	var at []int
	for i, c := range captures {
		if !im.refused[nameOf(&c)] {
			readable, at = append(readable, c), append(at, i)
		}
	}
	if len(readable) == 0 {
		return outcomes, nil
	}
	did, err := im.to.Record(ctx, readable)
	switch {
	case err == nil:
	case !errors.Is(err, model.ErrUnreadable):
		return nil, err
	case len(readable) == 1:
		im.refuse(nameOf(&readable[0]), err)
		return outcomes, nil
	default:
		half := len(readable) / 2
		if did, err = im.recordReadable(ctx, readable[:half]); err != nil {
			return nil, err
		}
		rest, err := im.recordReadable(ctx, readable[half:])
		if err != nil {
			return nil, err
		}
		did = append(did, rest...)
	}
	for i, o := range did {
		outcomes[at[i]] = o
	}
	return outcomes, nil
}

func nameOf(c *model.Capture) model.DocumentName {
	return model.DocumentName{Platform: c.Platform, Type: c.Type}
}

// refuse leaves a document out from now on.
func (im *importer) refuse(name model.DocumentName, err error) {
	if im.refused == nil {
		im.refused = map[model.DocumentName]bool{}
	}
	if !im.refused[name] {
		im.refused[name] = true
		im.summary.Unread++
		im.summary.Refused = append(im.summary.Refused, err)
	}
}

// pace is how many captures are recorded in one transaction: whoever wants to decide waits for
// one of them. It makes no difference to what is stored.
type pace struct{ atOnce int }

// longTransaction is how long a transaction should take at most. On a machine that has
// ten other things to do, that is a tenth of the captures.
const longTransaction = time.Second

// next returns how many of n captures are recorded next.
func (p *pace) next(n int) int {
	if p.atOnce == 0 {
		p.atOnce = batchCaptures
	}
	return min(p.atOnce, n)
}

// took learns from how long n captures took.
func (p *pace) took(n int, d time.Duration) {
	switch {
	case d > longTransaction:
		p.atOnce = max(1, n/2)
	case d < longTransaction/4 && n == p.atOnce:
		p.atOnce = min(batchCaptures, 2*p.atOnce)
	}
}

// capture makes a capture of an entry. A page that can't be read is a
// failed capture whose bytes are kept.
func (im *importer) capture(e ota.Entry) model.Capture {
	info := im.repo.Info()
	c := model.Capture{Platform: e.Platform, Type: e.Type, CapturedAt: e.CapturedAt, Technical: e.Technical,
		Deleted: e.Deleted, Cut: e.Cut, Placed: e.Placed,
		Source: model.Source{Repo: info.Name, Path: e.Path},
		Origin: model.Provenance{Method: model.MethodOTAVersions, Tool: im.options.Tool, Archive: &model.ArchiveOrigin{
			Repo: info.Name, Root: im.root, Commit: e.Commit, Path: e.Path, Subject: e.Subject,
			Engine: e.Engine, Locations: e.Locations, Snapshots: e.Snapshots}}}
	if len(e.Locations) > 0 {
		c.Source.URL, c.Origin.URL = e.Locations[0], e.Locations[0]
	}
	if e.RenamedFrom != "" {
		platform, documentType, _ := ota.DocumentOf(e.RenamedFrom, info.Kind)
		c.RenamedFrom = &model.DocumentName{Platform: platform, Type: documentType}
	}
	if info.Kind == ota.Versions || e.Deleted {
		if err := bounds.CheckText(e.Content); err != nil {
			c.Failure = "unreadable: " + err.Error()
			return c
		}
		c.Text = e.Content
		return c
	}
	c.Origin.Method = model.MethodOTASnapshots
	c.Raw, c.Extractor = []byte(e.Content), extract.Version
	c.MediaType = extract.MediaTypeOf(e.Path, c.Raw)
	in := extract.Input{Body: c.Raw, MediaType: c.MediaType, BaseURL: c.Source.URL}
	declareInput(&in, im.options.SourceOf, e)
	reading, err := im.texts.read(in)
	if err != nil {
		c.Failure = "unreadable: " + err.Error()
	}
	c.Text, c.LeftOut = reading.Text, reading.LeftOut
	return c
}

func (im *importer) count(o model.Outcome) {
	s := &im.summary
	if o.Kind == "" {
		return // of a document that was refused
	}
	if o.Kind != model.OutcomeKnown {
		im.documents[o.Document] = true
	}
	if o.Placed {
		s.Placed++
	}
	switch o.Kind {
	case model.OutcomeOlder:
		s.Older++
		s.Placed++
	case model.OutcomeFirst:
		s.First++
	case model.OutcomeChanged:
		s.Changed++
		if o.Material {
			s.Material++
		}
		if o.Uncompared {
			s.Uncompared++
		}
	case model.OutcomeUnchanged:
		s.Unchanged++
	case model.OutcomeTechnical:
		s.Technical++
	case model.OutcomeFailed:
		s.Failed++
	case model.OutcomeRenamed:
		s.Renamed++
	case model.OutcomeEnded:
		s.Ended++
	case model.OutcomeKnown:
		s.Known++
	}
}
