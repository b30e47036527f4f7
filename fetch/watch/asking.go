package watch

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fineprint/fetch"
	"fineprint/fetch/charset"
	"fineprint/store/model"
)

// defaultLanguage is what a document is asked for in when nothing is known of it.
const defaultLanguage = "en"

// asking returns how a page of a document is asked for: as it is set, with the
// secrets in their places, and else in the document's language. The error wraps
// [model.ErrInvalid] when a secret is not here.
func (d WebDocument) asking(page model.Page) (fetch.Asking, error) {
	a := fetch.Asking{AcceptLanguage: acceptLanguage(d.Language)}
	r := page.Request
	if r == nil {
		return a, nil
	}
	a.UserAgent = r.UserAgent
	if r.AcceptLanguage != "" {
		a.AcceptLanguage = r.AcceptLanguage
	}
	var err error
	if a.Header, err = d.fields(page, r.Headers, false); err != nil {
		return a, err
	}
	a.Cookies, err = d.fields(page, r.Cookies, true)
	return a, err
}

// fields fills in the values of what is masked.
func (d WebDocument) fields(page model.Page, list []model.RequestField, cookies bool) ([]fetch.Field, error) {
	var fields []fetch.Field
	for _, f := range list {
		value, secret := f.Value, cookies || f.Value == model.Masked
		if secret {
			wanted := model.RequestSecret{URL: page.URL, Cookie: cookies, Name: f.Name}
			s, found := model.FindSecret(d.Secrets, wanted)
			if !found {
				return nil, fmt.Errorf("%w: the value of %s is not here; `fineprint track set` takes it", model.ErrInvalid,
					wanted.What())
			}
			value = string(s.Value)
		}
		fields = append(fields, fetch.Field{Name: f.Name, Value: value, Secret: secret})
	}
	return fields, nil
}

// acceptLanguage asks for a language: any of its regions, and English before nothing.
func acceptLanguage(language string) string {
	if language == "" {
		language = defaultLanguage
	}
	base, _, region := strings.Cut(language, "-")
	s := language
	if region {
		s += ", " + base + ";q=0.9"
	}
	if base != defaultLanguage {
		s += ", " + defaultLanguage + ";q=0.5"
	}
	return s
}

// asker is the part of a [Tracker] that knows what is kept apart of a document.
type asker interface {
	Asking(ctx context.Context, t model.Tracked) (model.Asking, error)
}

// Document returns a tracked document as it is fetched.
func Document(ctx context.Context, from asker, t model.Tracked) (WebDocument, error) {
	d := WebDocument{Platform: t.Platform.Name, Type: t.Type, Source: t.Source, IgnoreRobots: t.IgnoreRobots,
		Language: t.Health.Language}
	if d.Language != "" && len(t.Source.Masked()) == 0 {
		return d, nil
	}
	var more model.Asking
	err := RetryBusy(ctx, func() (err error) {
		more, err = from.Asking(ctx, t)
		return err
	})
	d.Secrets = more.Secrets
	if d.Language == "" {
		d.Language = LanguageOf(t.Source, more.Text)
	}
	return d, err
}

// LanguageOf returns the language in which a document is asked for: that of its last
// text, else the one that its address names, else English.
func LanguageOf(s model.Source, text string) string {
	if language := charset.Language(text); language != "" {
		return language
	}
	if pages := s.Pages(); len(pages) > 0 {
		if language := addressLanguage(pages[0].URL); language != "" {
			return language
		}
	}
	return defaultLanguage
}

// addressLanguages are the languages whose codes, standing alone in an address, are
// no country's of another language.
var addressLanguages = strings.Fields("bg cs da de el en es et fi fr he hr hu it ja ko lt lv nb nl pl pt ro ru sk sr sv " +
	"th tr vi zh")

// addressLanguage reads a language in the first parts of a path ("/de/", "/pt-BR/"),
// in a query (hl=de) or before a host ("de.example.com").
func addressLanguage(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for name, values := range u.Query() {
		if slices.Contains([]string{"hl", "lang", "language", "locale", "lc"}, strings.ToLower(name)) && len(values) > 0 {
			if language := languageCode(values[0], false); language != "" {
				return language
			}
		}
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	first, _, _ := strings.Cut(u.Hostname(), ".")
	for _, part := range append(parts[:min(2, len(parts))], first) {
		if language := languageCode(part, true); language != "" {
			return language
		}
	}
	return ""
}

// languageCode reads a code such as de, de-AT or pt_BR; strict leaves out those that
// may as well be a country's.
func languageCode(s string, strict bool) string {
	base, region, has := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	letters := func(s string, least, most int) bool {
		return len(s) >= least && len(s) <= most && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz") == ""
	}
	switch base = strings.ToLower(base); {
	case !letters(base, 2, 2), has && !letters(region, 2, 4), strict && !slices.Contains(addressLanguages, base):
		return ""
	case !has:
		return base
	case len(region) == 4: // a script
		return base + "-" + strings.ToUpper(region[:1]) + strings.ToLower(region[1:])
	}
	return base + "-" + strings.ToUpper(region)
}
