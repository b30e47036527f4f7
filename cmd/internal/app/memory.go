package app

import (
	"context"
	"os"
	"runtime/debug"
	"slices"

	"fineprint/fetch"
	"fineprint/fetch/extract"
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
