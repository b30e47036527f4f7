package importer

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"strings"

	"fineprint/store/model"
)

// LooseSummary counts what an import of single captures did.
type LooseSummary struct {
	Summary
	// Skipped are entries that were passed over: unsafe, unreadable or not had.
	Skipped int `json:"skipped"`
	// Remarks are what an analyst should know about the import.
	Remarks []string `json:"remarks,omitempty"`
}

// maxRemarks bounds the remarks of an import.
const maxRemarks = 50

func (s *LooseSummary) remark(text string) {
	if len(s.Remarks) < maxRemarks {
		s.Remarks = append(s.Remarks, text)
	}
}

// syntheticID is the stable identity of what has no commit of its own, as 40
// hexadecimal digits: the same parts give the same one, so that what was imported
// before is known. It isn't a proof of anything, which the SHA-256 of bytes and
// text are.
func syntheticID(parts ...string) string {
	sum := sha1.Sum([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])
}

// looseImport records single captures in batches, those of a document in the
// order of their times.
type looseImport struct {
	importer
	known func(commit, path string) bool
	batch []model.Capture
	bytes int
	limit int // captures a batch
	sum   LooseSummary
}

func newLooseImport(ctx context.Context, to Recorder, root string, limit int) (*looseImport, error) {
	known, err := to.Imported(ctx, root)
	if err != nil {
		return nil, err
	}
	return &looseImport{importer: importer{to: to, root: root, documents: map[model.ID]bool{}},
		known: known, limit: limit}, nil
}

// isKnown reports whether a capture is here already, and counts it.
func (l *looseImport) isKnown(commit, path string) bool {
	known := l.known(commit, path)
	if known {
		l.summary.Known++
	}
	return known
}

func (l *looseImport) add(ctx context.Context, c model.Capture) error {
	l.batch = append(l.batch, c)
	if l.bytes += len(c.Raw) + len(c.Text); len(l.batch) < l.limit && l.bytes < batchBytes {
		return nil
	}
	return l.flush(ctx)
}

func (l *looseImport) flush(ctx context.Context) error {
	if len(l.batch) == 0 {
		return nil
	}
	if err := l.take(ctx, l.batch); err != nil {
		return err
	}
	l.batch, l.bytes = nil, 0
	return nil
}

// end records what is left, and sums up. err is what ended the import early.
func (l *looseImport) end(ctx context.Context, err error) (LooseSummary, error) {
	if flushed := l.flush(context.WithoutCancel(ctx)); err == nil {
		err = flushed
	}
	if err == nil && l.summary.New() > batchCaptures {
		err = l.to.CompactIfWasteful(ctx)
	}
	l.summary.Documents = len(l.documents)
	l.sum.Summary = l.summary
	return l.sum, err
}
