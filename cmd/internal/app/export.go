package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fineprint/store/export"
	"fineprint/store/model"
)

// ExportRequest is which records to export, in which format and where to.
type ExportRequest struct {
	Format export.Format
	Filter model.RecordFilter
	Path   string // of the file to write; "": none is written
	// Progress receives how many records there are once they are read; it may be nil.
	Progress func(done, total int)
}

// ExportResult is what was exported.
type ExportResult struct {
	Records int
	Body    []byte // the export, as it was written
}

// Export writes records in a format, to a file whole or not at all.
func (a *App) Export(ctx context.Context, r ExportRequest) (ExportResult, error) {
	s, err := a.Open()
	if err != nil {
		return ExportResult{}, err
	}
	records, err := s.Records(ctx, r.Filter)
	if err != nil {
		return ExportResult{}, err
	}
	if r.Progress != nil {
		r.Progress(0, len(records))
	}
	var b bytes.Buffer
	options := export.Options{GeneratedAt: a.Clock().UTC(), Tool: a.Tool}
	err = export.Write(&ctxWriter{ctx, &b}, r.Format, records, options)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return ExportResult{}, err
	}
	if r.Path != "" {
		if err := writeWhole(r.Path, b.Bytes()); err != nil {
			return ExportResult{}, fmt.Errorf("exporting to %s: %w", r.Path, err)
		}
	}
	return ExportResult{Records: len(records), Body: b.Bytes()}, nil
}

// ctxWriter writes until a context is over.
type ctxWriter struct {
	ctx context.Context
	w   io.Writer
}

func (u *ctxWriter) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}

// writeWhole replaces path by body through a temporary file beside it, so that
// a full disk or a crash leaves the file as it was.
func writeWhole(path string, body []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return fmt.Errorf("%w: it is a folder; name a file", model.ErrInvalid)
		}
		return os.WriteFile(path, body, 0o644) // a pipe or a device has no beside
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(body)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	return nil
}
