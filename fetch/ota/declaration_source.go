package ota

import (
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/andybalholm/cascadia"

	"fineprint/store/model"
)

// CheckActions returns why actions as declared or typed are refused: too many, too
// long, or a selector that is none. The error wraps [model.ErrInvalid].
func CheckActions(list []model.PageAction) error {
	for _, a := range list {
		if css := a.CSS(); css != "" {
			if _, err := cascadia.ParseGroup(css); err != nil {
				return fmt.Errorf("%w: %q is not a CSS selector", model.ErrInvalid, css)
			}
		}
	}
	return model.CheckPageActions(list)
}

// parseDocument reads one document of a declaration, and the values that are kept
// apart from it.
func parseDocument(raw json.RawMessage) (model.Source, []model.RequestSecret, error) {
	var d documentDeclaration
	if err := json.Unmarshal(raw, &d); err != nil {
		return model.Source{}, nil, fmt.Errorf("%w: %w", model.ErrInvalid, err)
	}
	if len(d.Combine) == 0 {
		page, secrets, warnings, err := d.part()
		return model.Source{URL: page.URL, Select: page.Select, Remove: page.Remove, Filters: page.Filters,
			Browser: page.Browser, PDF: page.PDF, Actions: page.Actions, Request: page.Request, Warnings: warnings}, secrets, err
	}
	if len(d.Combine) > maxDocuments {
		return model.Source{}, nil, fmt.Errorf("%w: it combines more than %d pages", model.ErrInvalid, maxDocuments)
	}
	var s model.Source
	var secrets []model.RequestSecret
	for i, p := range d.Combine {
		part, apart, warnings, err := p.under(d.pageDeclaration).part()
		if err != nil {
			return s, nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		s.Parts, secrets = append(s.Parts, part), append(secrets, apart...)
		for _, w := range warnings {
			s.Warnings = addOnce(s.Warnings, w)
		}
	}
	return s, secrets, d.requestDeclaration.oneHost(s.Parts)
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
	if p.Actions == nil {
		p.Actions = d.Actions
	}
	p.requestDeclaration = p.requestDeclaration.under(d.requestDeclaration)
	return p
}

// part makes a page of a document, and returns the values that are kept apart from it
// and warnings of what in it can't be followed.
func (p pageDeclaration) part() (model.Page, []model.RequestSecret, []string, error) {
	u, err := url.Parse(p.Fetch)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return model.Page{}, nil, nil, fmt.Errorf("%w: %q is not a web address", model.ErrInvalid, p.Fetch)
	}
	if err := CheckActions(p.Actions); err != nil {
		return model.Page{}, nil, nil, err
	}
	request, secrets, err := p.settings(p.Fetch)
	if err != nil {
		return model.Page{}, nil, nil, err
	}
	part := model.Page{URL: p.Fetch, Select: p.Select, Remove: p.Remove, Filters: p.Filter,
		Browser: p.Browser != nil && *p.Browser || len(p.Actions) > 0, PDF: model.NamesPDF(p.Fetch),
		Actions: p.Actions, Request: request}
	var warnings []string
	for _, f := range p.Filter {
		if f.Name != model.RemoveQueryParams {
			warnings = addOnce(warnings,
				fmt.Sprintf("the filter %q is a program of its collection and isn't run: the text may hold what it "+
					"takes away", f.Name))
		}
	}
	return part, secrets, warnings, nil
}
