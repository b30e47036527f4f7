package ota

import (
	"fmt"
	"slices"

	"fineprint/fetch/charset"
	"fineprint/store/model"
)

// requestDeclaration is how a page is asked for. Open Terms Archive has no words for
// it: the keys are ours. Values stand in the file as they are; none of them is taken
// from elsewhere, for a declaration may be another's.
type requestDeclaration struct {
	Headers        map[string]string `json:"headers"`
	Cookies        map[string]string `json:"cookies"`
	UserAgent      string            `json:"userAgent"`
	AcceptLanguage string            `json:"acceptLanguage"`
	Charset        string            `json:"charset"`
	AcceptStatus   []int             `json:"acceptStatus"`
}

// under fills in what the document declares for all its pages.
func (r requestDeclaration) under(d requestDeclaration) requestDeclaration {
	if r.Headers == nil {
		r.Headers = d.Headers
	}
	if r.Cookies == nil {
		r.Cookies = d.Cookies
	}
	for own, all := range map[*string]string{&r.UserAgent: d.UserAgent, &r.AcceptLanguage: d.AcceptLanguage,
		&r.Charset: d.Charset} {
		if *own == "" {
			*own = all
		}
	}
	if r.AcceptStatus == nil {
		r.AcceptStatus = d.AcceptStatus
	}
	return r
}

// settings makes the settings of a page, and the values that are kept apart from them.
func (r requestDeclaration) settings(address string) (*model.RequestSettings, []model.RequestSecret, error) {
	s := &model.RequestSettings{UserAgent: r.UserAgent, AcceptLanguage: r.AcceptLanguage, Charset: r.Charset,
		AcceptStatus: r.AcceptStatus}
	var secrets []model.RequestSecret
	for _, name := range sortedKeys(r.Headers) {
		if err := model.CheckHeader(name, r.Headers[name]); err != nil {
			return nil, nil, err
		}
		secrets = append(secrets, s.SetHeader(name, r.Headers[name], false)...)
	}
	for _, name := range sortedKeys(r.Cookies) {
		if err := model.CheckCookie(name, r.Cookies[name]); err != nil {
			return nil, nil, err
		}
		secrets = append(secrets, s.SetCookie(name, r.Cookies[name])...)
	}
	// What was exported or printed has asterisks: those of before stay.
	secrets = slices.DeleteFunc(secrets, func(one model.RequestSecret) bool { return one.Value == model.Masked })
	for i := range secrets {
		secrets[i].URL = address
	}
	if s.Charset != "" && !charset.Known(s.Charset) {
		return nil, nil, fmt.Errorf("%w: %q is no charset that is known", model.ErrInvalid, s.Charset)
	}
	if s.IsZero() {
		return nil, nil, nil
	}
	return s, secrets, s.Check()
}

// oneHost returns an error when secrets that are declared for all pages of a document
// would be sent to several hosts.
func (r requestDeclaration) oneHost(pages []model.Page) error {
	_, secrets, err := r.settings("")
	if err != nil || len(secrets) == 0 {
		return err
	}
	var sent []model.RequestSecret
	for _, p := range pages {
		sent = append(sent, model.RequestSecret{URL: p.URL, Cookie: secrets[0].Cookie, Name: secrets[0].Name})
	}
	return model.CheckOneHost(sent, "declare it for each page")
}
