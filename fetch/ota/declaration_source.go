package ota

import (
	"encoding/json"
	"fmt"
	"net/url"

	"fineprint/store/model"
)

// parseDocument reads one document of a declaration.
func parseDocument(raw json.RawMessage) (model.Source, error) {
	var d documentDeclaration
	if err := json.Unmarshal(raw, &d); err != nil {
		return model.Source{}, fmt.Errorf("%w: %w", model.ErrInvalid, err)
	}
	if len(d.Combine) == 0 {
		page, warnings, err := d.part()
		return model.Source{URL: page.URL, Select: page.Select, Remove: page.Remove, Filters: page.Filters,
			Browser: page.Browser, PDF: page.PDF, Warnings: warnings}, err
	}
	if len(d.Combine) > maxDocuments {
		return model.Source{}, fmt.Errorf("%w: it combines more than %d pages", model.ErrInvalid, maxDocuments)
	}
	var s model.Source
	for i, p := range d.Combine {
		part, warnings, err := p.under(d.pageDeclaration).part()
		if err != nil {
			return s, fmt.Errorf("page %d: %w", i+1, err)
		}
		s.Parts = append(s.Parts, part)
		for _, w := range warnings {
			s.Warnings = addOnce(s.Warnings, w)
		}
	}
	return s, nil
}

func addOnce(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// under fills in what the document declares for all its pages.
func (p pageDeclaration) under(d pageDeclaration) pageDeclaration {
	if p.Select == nil {
		p.Select = d.Select
	}
	if p.Remove == nil {
		p.Remove = d.Remove
	}
	if p.Filter == nil {
		p.Filter = d.Filter
	}
	if p.Browser == nil {
		p.Browser = d.Browser
	}
	return p
}

// part makes a page of a document, and returns warnings of what in it can't be followed.
func (p pageDeclaration) part() (model.Page, []string, error) {
	u, err := url.Parse(p.Fetch)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return model.Page{}, nil, fmt.Errorf("%w: %q is not a web address", model.ErrInvalid, p.Fetch)
	}
	part := model.Page{URL: p.Fetch, Select: p.Select, Remove: p.Remove, Filters: p.Filter,
		Browser: p.Browser != nil && *p.Browser, PDF: model.NamesPDF(p.Fetch)}
	var warnings []string
	for _, f := range p.Filter {
		if f.Name != model.RemoveQueryParams {
			warnings = addOnce(warnings,
				fmt.Sprintf("the filter %q is a program of its collection and isn't run: the text may hold what it "+
					"takes away", f.Name))
		}
	}
	return part, warnings, nil
}
