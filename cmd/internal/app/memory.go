package app

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"slices"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/fetch/importer"
	"fineprint/fetch/watch"
	"fineprint/store/model"
)

const (
	// fetchMemory is where a fetch starts to collect garbage harder, in bytes:
	// what it holds is small, but parsing pages makes garbage fast.
	fetchMemory = 96 << 20
	// pdfMemory is what reading a PDF holds on top of that. Collecting what can't
	// be collected takes longer than the reading.
	pdfMemory = 192 << 20
)

// importGarbage is how much garbage an import makes, in bytes, before it is collected.
const importGarbage = 80 << 20

// minGarbage is how much it makes at least, in percent of what it holds.
const minGarbage = 40

// boundGarbage has an import collect garbage by what it holds, whenever it makes
// progress, until the function it returns is called. A fixed limit is no use: once what
// is held comes near it, every few megabytes of garbage cost a collection of all.
func boundGarbage(options *importer.ImportOptions) (undo func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(garbagePercent(liveHeap()))
	limit := debug.SetMemoryLimit(garbageLimit(liveHeap()))
	shown := options.Progress
	options.Progress = func(p importer.Progress) {
		live := liveHeap()
		debug.SetGCPercent(garbagePercent(live))
		debug.SetMemoryLimit(garbageLimit(live))
		if shown != nil {
			shown(p)
		}
	}
	return func() { debug.SetGCPercent(before); debug.SetMemoryLimit(limit) }
}

// onceMemory is where a command that reads one document or two collects garbage harder,
// in bytes. No real one comes near it.
const onceMemory = 192 << 20

// garbageLimit is where an import collects garbage harder than [garbagePercent] says: one
// hostile document may make hundreds of megabytes before there is any progress. It is
// above what an ordinary import holds at all times, with its garbage.
func garbageLimit(live uint64) int64 { return int64(max(onceMemory, live+live/2)) }

// LimitMemory keeps the garbage of a command small that reads one document or two,
// however large those are, until the function it returns is called.
func LimitMemory() (undo func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	before := debug.SetMemoryLimit(onceMemory)
	return func() { debug.SetMemoryLimit(before) }
}

// garbagePercent is what a heap may grow by, in percent of what it holds.
func garbagePercent(live uint64) int {
	return int(max(importGarbage*100/max(live, 1<<20), minGarbage))
}

// liveHeap is how many bytes the last collection left.
func liveHeap() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return live[0].Value.Uint64()
}

// isPDF reports whether a page is known to be a PDF, by its declaration or its
// address.
func isPDF(p model.Page) bool { return p.PDF || model.NamesPDF(p.URL) }

// pdfMemoryGetter raises the limit that limitMemory set when a PDF comes that
// no declaration or address announced.
type pdfMemoryGetter struct{ watch.Getter }

// Fetch fetches a page.
func (g pdfMemoryGetter) Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	answer, err := g.Getter.Fetch(ctx, r)
	if err == nil && extract.IsPDF(answer.MediaType, answer.Body) && debug.SetMemoryLimit(-1) == fetchMemory {
		debug.SetMemoryLimit(fetchMemory + pdfMemory)
	}
	return answer, err
}

// limitMemory keeps the memory of a fetch of these documents small until the
// function it returns is called.
func limitMemory(documents []model.Tracked) (undo func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	limit := int64(fetchMemory)
	for _, t := range documents {
		if slices.ContainsFunc(t.Source.Pages(), isPDF) {
			limit = fetchMemory + pdfMemory
		}
	}
	before := debug.SetMemoryLimit(limit)
	return func() { debug.SetMemoryLimit(before) }
}
