package app

import (
	"fmt"
	"slices"
	"strings"

	"fineprint/fetch/charset"
	"fineprint/store/model"
)

// RequestOptions is how a page is to be asked for. What is nil stays as it is.
type RequestOptions struct {
	Headers, Cookies []FieldOption // each one by its name; the others stay
	UserAgent        *string       // "": as usual, and so for the next two
	AcceptLanguage   *string
	Charset          *string
	AcceptStatus     []int // in place of those there are
}

// FieldOption sets a header or cookie, or takes it away where Value is empty; all of
// them where Name is, too.
type FieldOption struct {
	Name, Value string
	// Secret: the value is to be shown nowhere, whatever it looks like.
	Secret bool
}

// given reports whether anything is.
func (o RequestOptions) given() bool {
	return o.Headers != nil || o.Cookies != nil || o.UserAgent != nil || o.AcceptLanguage != nil || o.Charset != nil ||
		o.AcceptStatus != nil
}

// check returns why the options are refused, by the values that are not kept with
// the rest.
func (o RequestOptions) check() error {
	for _, f := range o.Headers {
		if f.Name == "" {
			continue
		}
		if err := model.CheckHeader(f.Name, f.Value); err != nil {
			return err
		}
		if strings.EqualFold(f.Name, "Cookie") && f.Value != "" && !strings.Contains(f.Value, "=") {
			return fmt.Errorf("%w: the header Cookie has no name=value", model.ErrInvalid)
		}
	}
	for _, f := range o.Cookies {
		if f.Name == "" {
			continue
		}
		if err := model.CheckCookie(f.Name, f.Value); err != nil {
			return err
		}
	}
	for _, f := range slices.Concat(o.Headers, o.Cookies) {
		if f.Value == model.Masked {
			return fmt.Errorf("%w: %s is a placeholder for a hidden value; give the value of %s itself", model.ErrInvalid,
				model.Masked, f.Name)
		}
	}
	if o.Charset != nil && *o.Charset != "" && !charset.Known(*o.Charset) {
		return fmt.Errorf("%w: unknown charset %q; examples: utf-8, windows-1251, shift_jis", model.ErrInvalid,
			*o.Charset)
	}
	return nil
}

// setByItself is what one can do about secrets for several hosts.
const setByItself = "set it for each of them by itself"

// applyTo sets what is given on a page. It returns the values that are kept apart.
func (o RequestOptions) applyTo(page *model.Page) ([]model.RequestSecret, error) {
	if !o.given() {
		return nil, nil
	}
	r := page.Request.Clone()
	var secrets []model.RequestSecret
	for _, f := range o.Headers {
		if f.Name == "" {
			r.Headers = nil
			continue
		}
		secrets = append(secrets, r.SetHeader(f.Name, f.Value, f.Secret)...)
	}
	for _, f := range o.Cookies {
		if f.Name == "" {
			r.Cookies = nil
			continue
		}
		secrets = append(secrets, r.SetCookie(f.Name, f.Value)...)
	}
	for to, given := range map[*string]*string{&r.UserAgent: o.UserAgent, &r.AcceptLanguage: o.AcceptLanguage,
		&r.Charset: o.Charset} {
		if given != nil {
			*to = strings.TrimSpace(*given)
		}
	}
	if o.AcceptStatus != nil {
		r.AcceptStatus = slices.Compact(slices.Sorted(slices.Values(o.AcceptStatus)))
	}
	page.Request = r
	if r.IsZero() {
		page.Request = nil
	}
	for i := range secrets {
		secrets[i].URL = page.URL
	}
	return secrets, r.Check()
}
