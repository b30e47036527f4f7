package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

const (
	maxDirectory = 256 << 20 // bytes of a dataset's list of entries, which is held in memory
	maxEntries   = 2_000_000
	maxNames     = 512 // bytes of a platform's and a document's name
	maxRatio     = 300 // unpacked to packed, of an entry of more than a megabyte
)

// dataEntry is one version in a dataset.
type dataEntry struct {
	file *zip.File
	name model.DocumentName
	path string // Service/Type/TIME.md, whatever folder the dataset puts it in
	at   time.Time
}

// ImportDataset takes in a published Open Terms Archive dataset: a zip of
// "Service/Type/2024-05-01T12-00-00Z.md". Nothing is unpacked to disk; an entry
// whose name leads elsewhere, or that grows beyond belief, is passed over with a
// remark. Again takes only what is new.
func ImportDataset(ctx context.Context, to Recorder, file string, options ImportOptions) (LooseSummary, error) {
	f, err := os.Open(file)
	if err != nil {
		return LooseSummary{}, fmt.Errorf("%w: %s can't be opened", model.ErrInvalid, file)
	}
	defer func() { _ = f.Close() }()
	z, err := openZip(f)
	if err != nil {
		return LooseSummary{}, fmt.Errorf("reading %s: %w", file, err)
	}
	l, err := newLooseImport(ctx, to, syntheticID("fineprint dataset"), batchCaptures)
	if err != nil {
		return LooseSummary{}, err
	}
	entries := l.entries(z, options)
	var names documentCount
	for _, e := range entries {
		if err := names.add(e.name); err != nil {
			return l.sum, fmt.Errorf("reading %s: %w", file, err)
		}
	}
	for i, e := range entries {
		if err := l.entry(ctx, e, filepath.Base(file), options.Tool); err != nil {
			return l.end(ctx, err)
		}
		if options.Progress != nil {
			options.Progress(Progress{i + 1, len(entries)})
		}
	}
	if len(entries) == 0 {
		return l.sum, fmt.Errorf("reading %s: %w: it holds no versions named Service/Type/2024-05-01T12-00-00Z.md",
			file, model.ErrInvalid)
	}
	return l.end(ctx, nil)
}

// openZip opens an archive whose list of entries is of a size to be read.
func openZip(f *os.File) (*zip.Reader, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: it is not a file", model.ErrInvalid)
	}
	if directoryBytes(f, info.Size()) > maxDirectory {
		return nil, fmt.Errorf("%w: it lists more entries than can be read", model.ErrInvalid)
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: it is not a zip archive", model.ErrInvalid)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%w: it has more than %d entries", model.ErrInvalid, maxEntries)
	}
	return z, nil
}

// directoryBytes reads from an archive's end how large its list of entries is,
// before anything makes that list; 0 when it isn't given. The list is read until
// it ends, whatever size is given, so the room it has counts, too.
func directoryBytes(f io.ReaderAt, size int64) uint64 {
	tail := make([]byte, min(size, 22+65535+20))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail) < i+22 {
		return 0
	}
	room := func(told, place uint64) uint64 {
		if end := uint64(size) - uint64(len(tail)-i); place < end {
			return max(told, end-place)
		}
		return told
	}
	entries, bytesTold, place := binary.LittleEndian.Uint16(tail[i+10:]), binary.LittleEndian.Uint32(tail[i+12:]),
		binary.LittleEndian.Uint32(tail[i+16:])
	told := room(uint64(bytesTold), uint64(place))
	if entries != 0xffff && bytesTold != 0xffffffff && place != 0xffffffff || i < 20 ||
		!bytes.HasPrefix(tail[i-20:], []byte("PK\x06\x07")) {
		return told
	}
	large := make([]byte, 56)
	if _, err := f.ReadAt(large, int64(binary.LittleEndian.Uint64(tail[i-20+8:])&(1<<62-1))); err != nil ||
		!bytes.HasPrefix(large, []byte("PK\x06\x06")) {
		return told
	}
	return room(binary.LittleEndian.Uint64(large[40:]), binary.LittleEndian.Uint64(large[48:]))
}

// entries lists the versions of a dataset that are asked for, document by
// document, oldest first.
func (l *looseImport) entries(z *zip.Reader, options ImportOptions) []dataEntry {
	var entries []dataEntry
	for _, f := range z.File {
		e, err := entryOf(f)
		switch {
		case err != nil:
			l.sum.Skipped++
			l.sum.remark(err.Error())
		case e.file == nil:
		case model.MatchName(options.Match, e.name.Platform, e.name.Type) && !e.at.Before(options.Since):
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b dataEntry) int {
		if c := strings.Compare(a.name.Platform, b.name.Platform); c != 0 {
			return c
		}
		if c := strings.Compare(a.name.Type, b.name.Type); c != 0 {
			return c
		}
		return a.at.Compare(b.at)
	})
	return entries
}

// entryOf reads an entry's name. What isn't a version (a licence, a list) has no
// file; a name that leads out of the archive is an error.
func entryOf(f *zip.File) (dataEntry, error) {
	if strings.HasSuffix(f.Name, "/") {
		return dataEntry{}, nil
	}
	if !utf8.ValidString(f.Name) || strings.ContainsAny(f.Name, "\\\x00") || path.IsAbs(f.Name) ||
		slices.Contains(strings.Split(f.Name, "/"), "..") {
		return dataEntry{}, fmt.Errorf("%q is not a safe name, so the entry is passed over", f.Name)
	}
	parts := strings.Split(path.Clean(f.Name), "/")
	if len(parts) < 3 || path.Ext(f.Name) != ".md" {
		return dataEntry{}, nil
	}
	parts = parts[len(parts)-3:]
	if len(parts[0])+len(parts[1]) > maxNames {
		return dataEntry{}, fmt.Errorf("%.40q… is longer than a name may be, so the entry is passed over", parts[0]+"/"+parts[1])
	}
	at, err := time.Parse("2006-01-02T15-04-05Z", strings.TrimSuffix(parts[2], ".md"))
	if err != nil || strings.TrimSpace(parts[0]) == "" || strings.TrimSpace(parts[1]) == "" {
		return dataEntry{}, nil
	}
	if !f.Mode().IsRegular() {
		return dataEntry{}, fmt.Errorf("%q is not a plain file, so it is passed over", f.Name)
	}
	return dataEntry{file: f, name: model.DocumentName{Platform: parts[0], Type: parts[1]},
		path: strings.Join(parts, "/"), at: at}, nil
}

func (l *looseImport) entry(ctx context.Context, e dataEntry, dataset, tool string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	text, err := unpack(e.file)
	if err != nil {
		l.sum.Skipped++
		l.sum.remark(fmt.Sprintf("%q is passed over: %v", e.path, err))
		return nil
	}
	commit := syntheticID("dataset", e.path, text)
	if l.isKnown(commit, e.path) {
		return nil
	}
	return l.add(ctx, model.Capture{Platform: e.name.Platform, Type: e.name.Type, CapturedAt: e.at, Text: text,
		Source: model.Source{Repo: dataset, Path: path.Dir(e.path)},
		Origin: model.Provenance{Method: model.MethodDataset, Tool: tool, Archive: &model.ArchiveOrigin{Repo: dataset,
			Root: l.root, Commit: commit, Path: e.path}}})
}

// errDamagedEntry replaces archive/zip's errors, which name the file by its path.
var errDamagedEntry = errors.New("it can't be unpacked; the archive is damaged there, or packed by a method unknown " +
	"here")

// unpack reads an entry, unless it is a bomb.
func unpack(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", errDamagedEntry
	}
	defer func() { _ = r.Close() }()
	limit := int64(bounds.MaxText)
	if packed := int64(min(f.CompressedSize64, 1<<40)); packed*maxRatio < limit {
		limit = max(packed*maxRatio, 1<<20)
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return "", errDamagedEntry
	case int64(len(b)) > limit:
		return "", errors.New("it unpacks to more than a text can be")
	}
	return string(b), nil
}
