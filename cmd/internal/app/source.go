package app

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"

	"fineprint/fetch/ota"
	"fineprint/store/model"
)

// SourceOptions is how a page is to be read. What is nil stays as it is.
type SourceOptions struct {
	Select, Remove []string // CSS selectors, in place of those there are
	Browser        *bool    // render the page with a browser
	IgnoreRobots   *bool    // fetch it although the site's robots.txt forbids it
	// Actions are done in the browser before the page is read, in place of those
	// there are; some imply Browser.
	Actions []model.PageAction
	// Request is how it is asked for.
	Request RequestOptions
}

// apply sets what is given on a source, for each of its pages. It returns the values
// that are kept apart.
func (o SourceOptions) apply(s *model.Source) ([]model.RequestSecret, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	pages := slices.Clone(s.Pages())
	var secrets []model.RequestSecret
	for i := range pages {
		o.read(&pages[i])
		apart, err := o.Request.applyTo(&pages[i])
		if err != nil {
			return nil, err
		}
		secrets = append(secrets, apart...)
	}
	if len(s.Parts) > 0 {
		s.Parts = pages
	} else if len(pages) == 1 {
		p := pages[0]
		s.Select, s.Remove, s.Browser, s.PDF, s.Actions, s.Request = p.Select, p.Remove, p.Browser, p.PDF, p.Actions, p.Request
	}
	return secrets, model.CheckOneHost(secrets, setByItself)
}

// check returns why the options are refused.
func (o SourceOptions) check() error {
	for _, list := range [][]string{o.Select, o.Remove} {
		for _, css := range list {
			if _, err := cascadia.ParseGroup(css); err != nil {
				return fmt.Errorf("%w: %q is not a CSS selector", model.ErrInvalid, css)
			}
		}
	}
	if err := ota.CheckActions(o.Actions); err != nil {
		return err
	}
	if len(o.Actions) > 0 && o.Browser != nil && !*o.Browser {
		return fmt.Errorf("%w: actions need a browser; remove --browser=false", model.ErrInvalid)
	}
	return o.Request.check()
}

// read sets on a page how it is read.
func (o SourceOptions) read(p *model.Page) {
	if o.Select != nil {
		p.Select = model.CSS(o.Select...)
	}
	if o.Remove != nil {
		p.Remove = model.CSS(o.Remove...)
	}
	if o.Browser != nil {
		p.Browser = *o.Browser
	}
	if o.Actions != nil {
		p.Actions = o.Actions
		p.Browser = p.Browser || len(o.Actions) > 0
	}
	if !p.Browser {
		p.Actions = nil
	}
	expectPDF(p, o.Actions != nil || o.Select != nil || o.Remove != nil || o.Browser != nil)
}

// expectPDF sets of an address that ends in .pdf that it must bring a PDF: a page
// that comes instead means that the document is gone, and is no version of it.
// Unless the page is what is wanted, a viewer's or a repository's: then how to read
// it is given.
func expectPDF(p *model.Page, saidHow bool) {
	page := len(p.Select)+len(p.Remove) > 0 || p.Browser
	p.PDF = model.NamesPDF(p.URL) && (!page || p.PDF && !saidHow)
}

// isSet reports whether an option was given and is on.
func isSet(option *bool) bool { return option != nil && *option }

// webAddress reads an address as typed.
func webAddress(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("%w: %q is not a URL; use one that starts with https://", model.ErrInvalid, s)
	}
	if err := model.CheckNoPassword(s); err != nil {
		return "", err
	}
	u.Fragment = ""
	return u.String(), nil
}
