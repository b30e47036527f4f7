package app

import (
	"fmt"
	"net/url"
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
}

// apply sets what is given on a source.
func (o SourceOptions) apply(s *model.Source) error {
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
		return fmt.Errorf("%w: actions are done in a browser; leave out --browser=false", model.ErrInvalid)
	}
	if o.Select != nil {
		s.Select = model.CSS(o.Select...)
	}
	if o.Remove != nil {
		s.Remove = model.CSS(o.Remove...)
	}
	if o.Browser != nil {
		s.Browser = *o.Browser
	}
	if o.Actions != nil {
		s.Actions = o.Actions
		s.Browser = s.Browser || len(o.Actions) > 0
	}
	if !s.Browser {
		s.Actions = nil
	}
	expectPDF(s, o.Actions != nil || o.Select != nil || o.Remove != nil || o.Browser != nil)
	return nil
}

// expectPDF sets of an address that ends in .pdf that it must bring a PDF: a page
// that comes instead means that the document is gone, and is no version of it.
// Unless the page is what is wanted, a viewer's or a repository's: then how to read
// it is given.
func expectPDF(s *model.Source, saidHow bool) {
	page := len(s.Select)+len(s.Remove) > 0 || s.Browser
	s.PDF = model.NamesPDF(s.URL) && (!page || s.PDF && !saidHow)
}

// isSet reports whether an option was given and is on.
func isSet(option *bool) bool { return option != nil && *option }

// webAddress reads an address as typed.
func webAddress(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("%w: %q is not a web address; those begin with https://", model.ErrInvalid, s)
	}
	u.Fragment = ""
	return u.String(), nil
}
