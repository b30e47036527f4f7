package app

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fineprint/store"
	"fineprint/store/atomicfile"
	"fineprint/store/damage"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// ExportRequest is which records to export, in which format and where to.
type ExportRequest struct {
	Format export.Format
	Filter model.RecordFilter
	// Path is of the file or the folder to write; "": none is written. A format that is
	// a folder is a zip where it ends in [export.ZipExt], and one record alone may be a
	// file with the format's ending.
	Path   string
	Output io.Writer // receives the export as it is made, where there is no Path
	// Dated: the export says when it was made. Else equal records give equal bytes.
	Dated bool
	// Notes: each record comes with the notes on its change and its clauses. The format
	// must be one that carries them.
	Notes bool
	// Progress receives how many records there are once they are chosen, and how many
	// are written; it may be nil.
	Progress func(done, total int)
}

// ExportResult is what was exported.
type ExportResult struct {
	Records int
	Bytes   int64
	// SHA256 is of the bytes, in hexadecimal; of a folder it is of its files' names and
	// SHA-256, as sha256sum lists them by name.
	SHA256 string
	// Damaged is what the export is without because it can't be read, and says itself where its
	// format has room.
	Damaged []model.Damage
}

// Export writes records in a format, to a file or a folder, whole or not at all. It
// holds a few of them at a time. In a context of [damage.Gather] it goes on without what can't
// be read, else the first of that is an error.
func (a *App) Export(ctx context.Context, r ExportRequest) (ExportResult, error) {
	if r.Notes {
		if err := r.Format.CheckNotes(); err != nil {
			return ExportResult{}, err
		}
	}
	s, err := a.Open()
	if err != nil {
		return ExportResult{}, err
	}
	opened := s
	if len(r.Filter.IDs) == 0 { // many, for as long as whoever takes them needs
		copied, remove, err := s.ReadCopy(ctx)
		if err != nil {
			return ExportResult{}, err
		}
		defer remove()
		s = copied
	}
	lost := damage.GatheredIn(ctx)
	if err := exported(ctx, s, r.Filter.IDs, lost); err != nil {
		return ExportResult{}, err
	}
	total, records, err := s.StreamRecords(ctx, r.Filter)
	if err != nil {
		return ExportResult{}, err
	}
	if r.Notes {
		if records, err = annotated(ctx, s, records, lost); err != nil {
			return ExportResult{}, err
		}
	}
	if r.Format.Content == export.Text {
		records = visible(records)
	}
	each := export.Records{Total: total, Each: followed(ctx, r.Progress, total, records)}
	id, err := s.ID(ctx)
	if err != nil {
		return ExportResult{}, err
	}
	at, err := s.Head(ctx)
	if err != nil {
		return ExportResult{}, err
	}
	defer limitExportMemory()()
	options := export.Options{Tool: a.Tool, StoreID: id, Head: at, Source: exportSource{ctx, s},
		Gzip:    r.Format.Gzip && strings.EqualFold(filepath.Ext(r.Path), export.GzipExt),
		Damaged: append(damagedPages(opened), lost.Found()...), Lost: lost.Lost}
	if r.Dated {
		options.GeneratedAt = a.Clock().UTC()
	}
	result, err := exportTo(r, each, options)
	if err != nil && r.Path != "" {
		err = fmt.Errorf("exporting to %s: %w", r.Path, err)
	}
	if err != nil {
		return ExportResult{}, err
	}
	result.Records, result.Damaged = total, append(damagedPages(opened), lost.Found()...)
	return result, nil
}

// damagedPages are the pages of a database that are not as they were written: what was on them
// may be whole and yet not what was written last.
func damagedPages(s *store.Store) (list []model.Damage) {
	for _, problem := range s.Integrity().Problems {
		list = append(list, model.Damage{What: problem, Means: "what it holds may be missing or out of date"})
	}
	return list
}

// exportTo writes records where a request asks for them.
func exportTo(r ExportRequest, records export.Records, o export.Options) (ExportResult, error) {
	ext := filepath.Ext(r.Path)
	zipped := r.Format.Folder && strings.EqualFold(ext, export.ZipExt)
	single := r.Format.Single() && (r.Path == "" || records.Total == 1 && strings.EqualFold(ext, r.Format.Ext))
	if r.Format.Folder && r.Path != "" && !zipped && !single {
		sum, err := writeFolder(r.Path, func(folder export.Folder) error {
			return export.WriteFolder(folder, r.Format, records, o)
		})
		return ExportResult{Bytes: sum.bytes, SHA256: sum.sha256}, err
	}
	out := &exportWriter{sum: sha256.New()}
	write := func(w io.Writer) error {
		out.w = w
		if zipped {
			return out.write(writeZip, r.Format, records, o)
		}
		if r.Format.Content == export.JSON {
			return writeJSON(out, r.Format, records, o)
		}
		return out.write(export.Write, r.Format, records, o)
	}
	err := error(nil)
	if r.Path == "" {
		err = write(r.Output)
	} else {
		err = atomicfile.Write(r.Path, atomicfile.Options{}, write)
	}
	return ExportResult{Bytes: out.bytes, SHA256: hex.EncodeToString(out.sum.Sum(nil))}, err
}

// visible are records to be read by people, in whatever is made of them: characters that move
// a cursor, turn a direction or can't be seen are named (<U+202E>). Their hashes are those of
// the words as they are: an export as JSON has these, and what is Binary, the originals.
func visible(records iter.Seq2[model.Record, error]) iter.Seq2[model.Record, error] {
	return func(yield func(model.Record, error) bool) {
		for r, err := range records {
			if !yield(sanitize.Value(r), err) || err != nil {
				return
			}
		}
	}
}

// writeJSON writes an export that is JSON with such characters as \u escapes, which decode to
// the same.
func writeJSON(out *exportWriter, f export.Format, records export.Records, o export.Options) error {
	buffered := bufio.NewWriterSize(out, 64<<10)
	safe := sanitize.JSONWriter(buffered)
	err := export.Write(safe, f, records, o)
	if err == nil {
		err = safe.Flush()
	}
	if err == nil {
		err = buffered.Flush()
	}
	return cmp.Or(out.failed, err)
}

// exported checks that what is named has a record that is exported, or one that can't be read
// beside others that can.
func exported(ctx context.Context, s *store.Store, ids []model.ID, lost *damage.List) error {
	if len(ids) == 0 {
		return nil
	}
	_, records, err := s.StreamRecords(ctx, model.RecordFilter{IDs: ids, Latest: true})
	if err != nil {
		return err
	}
	found := map[model.ID]bool{}
	for r, err := range records {
		if err != nil {
			return err
		}
		found[r.ID], found[r.Change] = true, true
	}
	for _, id := range ids {
		if found[id] {
			continue
		}
		if d, unread := lostRecord(id, lost.Found()); !unread {
			return fmt.Errorf("%w: %s has no approved record; only approved records are exported", model.ErrNotFound, id)
		} else if len(found) == 0 {
			return fmt.Errorf("exporting %s: %w: %s can't be read", id, model.ErrDamaged, d.What)
		}
	}
	return nil
}

// lostRecord finds what can't be read of the record that has an ID. Which record a change has
// only the records themselves say: any that is lost may be it.
func lostRecord(id model.ID, lost []model.Damage) (model.Damage, bool) {
	i := slices.IndexFunc(lost, func(d model.Damage) bool {
		return d.ID == id || d.ID.Kind() == model.RecordID && id.Kind() == model.ChangeID
	})
	if i < 0 {
		return model.Damage{}, false
	}
	return lost[i], true
}

// followed is records with their progress told, until a context is over.
func followed(
	ctx context.Context, progress func(done, total int), total int, records iter.Seq2[model.Record, error],
) iter.Seq2[model.Record, error] {
	if progress == nil {
		progress = func(int, int) {}
	}
	return func(yield func(model.Record, error) bool) {
		done := 0
		progress(done, total)
		for r, err := range records {
			if err == nil {
				err = ctx.Err()
			}
			if !yield(r, err) || err != nil {
				return
			}
			done++
			progress(done, total)
		}
		if err := ctx.Err(); err != nil {
			yield(model.Record{}, err)
		}
	}
}

// exportWriter notes what goes through it, and why it goes no further.
type exportWriter struct {
	w      io.Writer
	bytes  int64
	sum    hash.Hash
	failed error
}

func (e *exportWriter) Write(p []byte) (int, error) {
	n, err := e.w.Write(p)
	e.bytes += int64(n)
	_, _ = e.sum.Write(p[:n])
	if err != nil {
		e.failed = err
	}
	return n, err
}

// write writes an export. An error of the writer is returned as it is, whatever the
// format makes of it.
func (e *exportWriter) write(
	write func(io.Writer, export.Format, export.Records, export.Options) error,
	f export.Format, records export.Records, o export.Options,
) error {
	buffered := bufio.NewWriterSize(e, 64<<10)
	err := write(buffered, f, records, o)
	if err == nil {
		err = buffered.Flush()
	}
	return cmp.Or(e.failed, err)
}

// unwritable makes an error of a file one of [model.ErrUnwritable]; nil stays nil.
func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
}

// unwritableFile is a file whose write errors are unwritable.
type unwritableFile struct{ *os.File }

func (f unwritableFile) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	return n, unwritable(err)
}
