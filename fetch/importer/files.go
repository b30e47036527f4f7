package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"fineprint/fetch/extract"
	"fineprint/fetch/office"
	"fineprint/store/model"
)

// looseFile is one file on its way in.
type looseFile struct {
	path   string
	at     time.Time
	dated  bool // by its name
	remark string
}

// ImportFiles takes loose files in as versions of one document. When the names
// of all of them have a date they come in its order, else in the order given; the
// time of a file without one is that of its last change, which a remark reports.
// The same bytes under the same name are taken in once.
func ImportFiles(ctx context.Context, to Recorder, name model.DocumentName, source model.Source, paths []string,
	tool string) (LooseSummary, error) {
	files, err := orderFiles(paths)
	if err != nil {
		return LooseSummary{}, err
	}
	l, err := newLooseImport(ctx, to, syntheticID("fineprint files", name.Platform, name.Type), batchCaptures)
	if err != nil {
		return LooseSummary{}, err
	}
	for _, f := range files {
		if err := l.file(ctx, name, source, f, tool); err != nil {
			return l.end(ctx, err)
		}
	}
	return l.end(ctx, nil)
}

// file takes one file in; only one that can't be opened, or is of a kind that can't be
// read, ends the import.
func (l *looseImport) file(ctx context.Context, name model.DocumentName, source model.Source, f looseFile,
	tool string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	body, err := readFile(f.path)
	if err != nil {
		return err
	}
	base := filepath.Base(f.path)
	c := model.Capture{Platform: name.Platform, Type: name.Type, Source: source, CapturedAt: f.at, Raw: body,
		MediaType: extract.MediaTypeOf(base, body), Extractor: extract.Version,
		Origin: model.Provenance{Method: model.MethodFile, Tool: tool, URL: source.URL,
			Archive: &model.ArchiveOrigin{Repo: "files", Root: l.root, Commit: syntheticID("file", base, string(body)),
				Path: base}}}
	if l.isKnown(c.Origin.Archive.Commit, base) {
		return nil
	}
	if f.remark != "" {
		l.sum.remark(f.remark)
	}
	in := extract.Input{Body: body, MediaType: c.MediaType, BaseURL: source.URL}
	selectFile(&in, source)
	reading, err := extract.Read(in)
	c.Text, c.LeftOut = reading.Text, reading.LeftOut
	if reading.Remark != "" {
		l.sum.remark(base + ": " + reading.Remark)
	}
	var unreadable *office.Unreadable
	switch {
	case errors.As(err, &unreadable): // what it says will never be had from these bytes
		return fmt.Errorf("%s: %w", base, err)
	case err != nil:
		c.Failure = "unreadable: " + err.Error()
		l.sum.remark(fmt.Sprintf("%s is kept, but has no text: %v", base, err))
	}
	return l.add(ctx, c)
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %s can't be opened", model.ErrInvalid, path)
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(io.LimitReader(f, extract.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", path, model.ErrInvalid, err)
	}
	if len(body) > extract.MaxBytes {
		return nil, fmt.Errorf("%w: %s is larger than %d MB", model.ErrInvalid, path, extract.MaxBytes>>20)
	}
	return body, nil
}

// orderFiles gives files their times and order. A file that seems older than the
// one before it in a given order gets that one's time and a second.
func orderFiles(paths []string) ([]looseFile, error) {
	files := make([]looseFile, 0, len(paths))
	all := true
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%w: %s is not a file that can be read", model.ErrInvalid, path)
		}
		f := looseFile{path: path}
		if f.at, f.dated = dateIn(filepath.Base(path)); !f.dated {
			f.at = info.ModTime().UTC().Truncate(time.Second)
			f.remark = fmt.Sprintf("%s has no date in its name: the time of its last change, %s, stands for its capture",
				filepath.Base(path), f.at.Format(time.DateTime))
			all = false
		}
		files = append(files, f)
	}
	if all {
		slices.SortStableFunc(files, func(a, b looseFile) int { return a.at.Compare(b.at) })
		return files, nil
	}
	for i := 1; i < len(files); i++ {
		if !files[i].at.After(files[i-1].at) {
			files[i].at = files[i-1].at.Add(time.Second)
			files[i].remark = fmt.Sprintf("%s comes after %s as given, so its time is set to %s",
				filepath.Base(files[i].path), filepath.Base(files[i-1].path), files[i].at.Format(time.DateTime))
		}
	}
	return files, nil
}

var dateName = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?:[T_ ` +
	`-]?([0-2][0-9])[-:h]?([0-5][0-9])(?:[-:m]?([0-5][0-9]))?Z?)?(?:[^0-9]|$)`)

// dateIn finds the date, and the time if there is one, in a file's name:
// "terms-2024-05-01.html", "20240501T120000Z.md". It is in UTC.
func dateIn(name string) (time.Time, bool) {
	m := dateName.FindStringSubmatch(name)
	if m == nil {
		return time.Time{}, false
	}
	for i := 4; i < 7; i++ {
		if m[i] == "" {
			m[i] = "00"
		}
	}
	at, err := time.Parse("20060102150405", m[1]+m[2]+m[3]+m[4]+m[5]+m[6])
	return at, err == nil
}
