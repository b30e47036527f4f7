package app

import (
	"context"
	"errors"
	"math"
	"runtime"
	"runtime/debug"
	"testing"

	"fineprint/fetch"
	"fineprint/fetch/importer"
	"fineprint/store/model"
)

// answering is a getter with one answer.
type answering struct {
	answer fetch.Response
	err    error
}

func (a answering) Fetch(context.Context, fetch.Request) (fetch.Response, error) {
	return a.answer, a.err
}

// TestUnannouncedPDFRaisesTheMemoryLimit: a PDF that no address announced gets
// the memory of one.
func TestUnannouncedPDFRaisesTheMemoryLimit(t *testing.T) {
	t.Setenv("GOMEMLIMIT", "")
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	page := func(address string) []model.Tracked {
		return []model.Tracked{{Source: model.Source{URL: address}}}
	}
	const all = fetchMemory + pdfMemory
	const address = "https://acme.example/terms"
	pdf, saidPDF := []byte("%PDF-1.7\n"), fetch.Response{MediaType: "application/pdf"}
	for _, c := range []struct {
		name          string
		address       string
		answer        fetch.Response
		err           error
		before, after int64
	}{
		{"a page", address, fetch.Response{MediaType: "text/html; charset=utf-8"}, nil, fetchMemory, fetchMemory},
		{"said", address, saidPDF, nil, fetchMemory, all},
		{"seen", address, fetch.Response{MediaType: "application/octet-stream", Body: pdf}, nil, fetchMemory, all},
		{"failed", address, saidPDF, errors.New("cut off"), fetchMemory, fetchMemory},
		{"told before", address + ".pdf?v=1", saidPDF, nil, all, all},
	} {
		debug.SetMemoryLimit(math.MaxInt64)
		undo := limitMemory(page(c.address))
		if got := debug.SetMemoryLimit(-1); got != c.before {
			t.Errorf("%s: %d before, want %d", c.name, got, c.before)
		}
		answer, err := pdfMemoryGetter{answering{c.answer, c.err}}.Fetch(t.Context(), fetch.Request{})
		if answer.MediaType != c.answer.MediaType || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, %v", c.name, answer, err)
		}
		if got := debug.SetMemoryLimit(-1); got != c.after {
			t.Errorf("%s: %d after, want %d", c.name, got, c.after)
		}
		undo()
		if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 {
			t.Errorf("%s: %d in the end", c.name, got)
		}
	}
	debug.SetMemoryLimit(math.MaxInt64)
	_, err := pdfMemoryGetter{answering{saidPDF, nil}}.Fetch(t.Context(), fetch.Request{})
	if err != nil || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		t.Error("where memory is not limited it is now")
	}
}

// TestImportCollectsByWhatItHolds: a heap may grow by the same many bytes whatever it
// holds, until that is little beside what it holds; the process is left as it was.
func TestImportCollectsByWhatItHolds(t *testing.T) {
	for live, want := range map[uint64]int{0: 8000, 32 << 20: 250, 80 << 20: 100, 1 << 30: minGarbage} {
		if got := garbagePercent(live); got != want {
			t.Errorf("%d bytes held: %d %%, want %d", live, got, want)
		}
	}
	t.Setenv("GOMEMLIMIT", "")
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(77))
	shown := 0
	options := importer.ImportOptions{Progress: func(importer.Progress) { shown++ }}
	undo := boundGarbage(&options)
	held := make([]byte, 200<<20)
	runtime.GC()
	options.Progress(importer.Progress{})
	if got := debug.SetGCPercent(-1); got > 50 || shown != 1 {
		t.Errorf("holding %d bytes it grows by %d %%, progress shown %d times", len(held), got, shown)
	}
	runtime.KeepAlive(held)
	undo()
	if got := debug.SetGCPercent(77); got != 77 {
		t.Errorf("left at %d %%", got)
	}
	t.Setenv("GOGC", "50")
	defer boundGarbage(&options)()
	if got := debug.SetGCPercent(77); got != 77 {
		t.Errorf("the user's wish became %d %%", got)
	}
}
