package importer

import (
	"time"

	"fineprint/fetch/extract"
	"fineprint/fetch/ota"
	"fineprint/store/model"
)

// DeclaredSources finds in declarations how a service's documents were read at a
// time; a service is known by its name and by its file's.
func DeclaredSources(declared []ota.Declared) func(service, documentType string, at time.Time) (model.Source, bool) {
	known := map[model.DocumentName]ota.Declared{}
	for _, d := range declared {
		known[model.DocumentName{Platform: d.Platform, Type: d.Type}] = d
		known[model.DocumentName{Platform: d.Service, Type: d.Type}] = d
	}
	return func(service, documentType string, at time.Time) (model.Source, bool) {
		d, ok := known[model.DocumentName{Platform: service, Type: documentType}]
		if !ok {
			return model.Source{}, false
		}
		return d.At(at), true
	}
}

// declareInput has a snapshot read as declared. Of a document of
// several pages an entry is one, and which one isn't known.
func declareInput(in *extract.Input, sourceOf func(service, documentType string, at time.Time) (model.Source, bool),
	e ota.Entry) {
	if sourceOf == nil {
		return
	}
	source, ok := sourceOf(e.Platform, e.Type, e.CapturedAt)
	if pages := source.Pages(); ok && len(pages) == 1 {
		in.Select, in.Remove, in.Filters = pages[0].Select, pages[0].Remove, pages[0].Filters
		if in.BaseURL == "" {
			in.BaseURL = pages[0].URL
		}
	}
}
