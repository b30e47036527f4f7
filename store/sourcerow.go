package store

import "fineprint/store/model"

// sourceRow is a model.Source as stored.
type sourceRow struct {
	URL      string        `cbor:"url,omitempty"`
	Select   []selectorRow `cbor:"select,omitempty"`
	Remove   []selectorRow `cbor:"remove,omitempty"`
	Filters  []filterRow   `cbor:"filters,omitempty"`
	Browser  bool          `cbor:"browser,omitempty"`
	PDF      bool          `cbor:"pdf,omitempty"`
	Parts    []pageRow     `cbor:"parts,omitempty"`
	Warnings []string      `cbor:"warnings,omitempty"`
	Repo     string        `cbor:"repo,omitempty"`
	Path     string        `cbor:"path,omitempty"`
}

// selectorRow is a model.Selector as stored.
type selectorRow struct {
	CSS         string `cbor:"css,omitempty"`
	StartBefore string `cbor:"startBefore,omitempty"`
	StartAfter  string `cbor:"startAfter,omitempty"`
	EndBefore   string `cbor:"endBefore,omitempty"`
	EndAfter    string `cbor:"endAfter,omitempty"`
}

// filterRow is a model.Filter as stored.
type filterRow struct {
	Name string   `cbor:"name"`
	Args []string `cbor:"args,omitempty"`
}

// pageRow is a model.Page as stored.
type pageRow struct {
	URL     string        `cbor:"url"`
	Select  []selectorRow `cbor:"select,omitempty"`
	Remove  []selectorRow `cbor:"remove,omitempty"`
	Filters []filterRow   `cbor:"filters,omitempty"`
	Browser bool          `cbor:"browser,omitempty"`
	PDF     bool          `cbor:"pdf,omitempty"`
}

func packSource(s model.Source) sourceRow {
	return sourceRow{URL: s.URL, Select: packSelectors(s.Select), Remove: packSelectors(s.Remove),
		Filters: packFilters(s.Filters), Browser: s.Browser, PDF: s.PDF, Parts: convert(s.Parts, packPage),
		Warnings: s.Warnings, Repo: s.Repo, Path: s.Path}
}

func (r sourceRow) toModel() model.Source {
	return model.Source{URL: r.URL, Select: unpackSelectors(r.Select), Remove: unpackSelectors(r.Remove),
		Filters: unpackFilters(r.Filters), Browser: r.Browser, PDF: r.PDF, Parts: convert(r.Parts, pageRow.toModel),
		Warnings: r.Warnings, Repo: r.Repo, Path: r.Path}
}

func packPage(p model.Page) pageRow {
	return pageRow{URL: p.URL, Select: packSelectors(p.Select), Remove: packSelectors(p.Remove),
		Filters: packFilters(p.Filters), Browser: p.Browser, PDF: p.PDF}
}

func (r pageRow) toModel() model.Page {
	return model.Page{URL: r.URL, Select: unpackSelectors(r.Select), Remove: unpackSelectors(r.Remove),
		Filters: unpackFilters(r.Filters), Browser: r.Browser, PDF: r.PDF}
}

func packSelectors(list []model.Selector) []selectorRow {
	return convert(list, func(s model.Selector) selectorRow { return selectorRow(s) })
}

func unpackSelectors(list []selectorRow) []model.Selector {
	return convert(list, func(r selectorRow) model.Selector { return model.Selector(r) })
}

func packFilters(list []model.Filter) []filterRow {
	return convert(list, func(f model.Filter) filterRow { return filterRow(f) })
}

func unpackFilters(list []filterRow) []model.Filter {
	return convert(list, func(r filterRow) model.Filter { return model.Filter(r) })
}

// convert converts a list; none stays none.
func convert[A, B any](list []A, f func(A) B) []B {
	if list == nil {
		return nil
	}
	to := make([]B, len(list))
	for i, v := range list {
		to[i] = f(v)
	}
	return to
}
