package rows

import (
	"time"

	"fineprint/store/model"
)

// Source is a [model.Source] as stored.
type Source struct {
	URL      string           `cbor:"url,omitempty"`
	Select   []Selector       `cbor:"select,omitempty"`
	Remove   []Selector       `cbor:"remove,omitempty"`
	Filters  []Filter         `cbor:"filters,omitempty"`
	Browser  bool             `cbor:"browser,omitempty"`
	PDF      bool             `cbor:"pdf,omitempty"`
	Actions  []PageAction     `cbor:"actions,omitempty"`
	Request  *RequestSettings `cbor:"request,omitempty"`
	Parts    []Page           `cbor:"parts,omitempty"`
	Warnings []string         `cbor:"warnings,omitempty"`
	Repo     string           `cbor:"repo,omitempty"`
	Path     string           `cbor:"path,omitempty"`
}

// Selector is a [model.Selector] as stored.
type Selector struct {
	CSS         string `cbor:"css,omitempty"`
	StartBefore string `cbor:"startBefore,omitempty"`
	StartAfter  string `cbor:"startAfter,omitempty"`
	EndBefore   string `cbor:"endBefore,omitempty"`
	EndAfter    string `cbor:"endAfter,omitempty"`
}

// Filter is a [model.Filter] as stored.
type Filter struct {
	Name string   `cbor:"name"`
	Args []string `cbor:"args,omitempty"`
}

// Page is a [model.Page] as stored.
type Page struct {
	URL     string           `cbor:"url"`
	Select  []Selector       `cbor:"select,omitempty"`
	Remove  []Selector       `cbor:"remove,omitempty"`
	Filters []Filter         `cbor:"filters,omitempty"`
	Browser bool             `cbor:"browser,omitempty"`
	PDF     bool             `cbor:"pdf,omitempty"`
	Actions []PageAction     `cbor:"actions,omitempty"`
	Request *RequestSettings `cbor:"request,omitempty"`
}

// PageAction is a [model.PageAction] as stored.
type PageAction struct {
	Click   string        `cbor:"click,omitempty"`
	WaitFor string        `cbor:"wait_for,omitempty"`
	Scroll  bool          `cbor:"scroll,omitempty"`
	Wait    time.Duration `cbor:"wait,omitempty"`
}

// PackSource makes the row of a source.
func PackSource(s model.Source) Source {
	return Source{URL: s.URL, Select: packSelectors(s.Select), Remove: packSelectors(s.Remove),
		Filters: packFilters(s.Filters), Browser: s.Browser, PDF: s.PDF, Parts: convert(s.Parts, packPage),
		Actions: packActions(s.Actions), Request: packRequest(s.Request), Warnings: s.Warnings, Repo: s.Repo, Path: s.Path}
}

func (r Source) toModel() model.Source {
	return model.Source{URL: r.URL, Select: unpackSelectors(r.Select), Remove: unpackSelectors(r.Remove),
		Filters: unpackFilters(r.Filters), Browser: r.Browser, PDF: r.PDF, Parts: convert(r.Parts, Page.toModel),
		Actions: unpackActions(r.Actions), Request: r.Request.toModel(), Warnings: r.Warnings, Repo: r.Repo, Path: r.Path}
}

func packPage(p model.Page) Page {
	return Page{URL: p.URL, Select: packSelectors(p.Select), Remove: packSelectors(p.Remove),
		Filters: packFilters(p.Filters), Browser: p.Browser, PDF: p.PDF, Actions: packActions(p.Actions),
		Request: packRequest(p.Request)}
}

func (r Page) toModel() model.Page {
	return model.Page{URL: r.URL, Select: unpackSelectors(r.Select), Remove: unpackSelectors(r.Remove),
		Filters: unpackFilters(r.Filters), Browser: r.Browser, PDF: r.PDF, Actions: unpackActions(r.Actions),
		Request: r.Request.toModel()}
}

func packSelectors(list []model.Selector) []Selector {
	return convert(list, func(s model.Selector) Selector { return Selector(s) })
}

func unpackSelectors(list []Selector) []model.Selector {
	return convert(list, func(r Selector) model.Selector { return model.Selector(r) })
}

func packFilters(list []model.Filter) []Filter {
	return convert(list, func(f model.Filter) Filter { return Filter(f) })
}

func unpackFilters(list []Filter) []model.Filter {
	return convert(list, func(r Filter) model.Filter { return model.Filter(r) })
}

func packActions(list []model.PageAction) []PageAction {
	return convert(list, func(a model.PageAction) PageAction { return PageAction(a) })
}

func unpackActions(list []PageAction) []model.PageAction {
	return convert(list, func(r PageAction) model.PageAction { return model.PageAction(r) })
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
