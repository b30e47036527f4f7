package app

import (
	"context"
	"runtime/debug"

	"fineprint/store"
	"fineprint/store/model"
)

// exportSource reads what is behind the records of an export, as package export asks
// for it.
type exportSource struct {
	ctx   context.Context // of the export, which is over before it
	store *store.Store
}

func (s exportSource) Snapshot(id model.ID) (model.Snapshot, error) {
	return s.store.Snapshot(s.ctx, id)
}

func (s exportSource) RawOf(id model.ID) ([]byte, error) { return s.store.RawOf(s.ctx, id) }

func (s exportSource) Text(document model.ID, seq int) (string, error) {
	return s.store.Text(s.ctx, document, seq)
}

// exportMemory is where an export starts to collect garbage harder, in bytes. A PDF is
// held until its end, and garbage made fast beside it.
const exportMemory = 110 << 20

// limitExportMemory keeps the memory of an export small until the function it returns
// is called.
func limitExportMemory() (undo func()) {
	before := debug.SetMemoryLimit(-1)
	if before <= exportMemory {
		return func() {}
	}
	debug.SetMemoryLimit(exportMemory)
	return func() { debug.SetMemoryLimit(before) }
}
