package model

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Bounds on how a page is asked for.
const (
	maxRequestFields = 50        // headers and cookies of a page
	maxRequestBytes  = 16 * 1024 // of their names and values together
	maxRequestWord   = 1000      // of a user agent or Accept-Language
)

// Masked stands for a value that is secret. The value itself is a [RequestSecret].
const Masked = "***"

// RequestSettings is how a page is asked for, and its answer taken, beyond its
// address. Values that are secret are not in it: [Masked] is in their place.
type RequestSettings struct {
	Headers []RequestField `json:"headers,omitempty"`
	// Cookies are sent as one header; their values are always secret.
	Cookies        []RequestField `json:"cookies,omitempty"`
	UserAgent      string         `json:"user_agent,omitempty"`
	AcceptLanguage string         `json:"accept_language,omitempty"`
	// Charset is the encoding of the page, whatever its server and itself say.
	Charset string `json:"charset,omitempty"`
	// AcceptStatus are the statuses beside 200 and 203 that the document comes with.
	AcceptStatus []int `json:"accept_status,omitempty"`
}

// RequestField is a header or a cookie.
type RequestField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// RequestSecret is the value of a header or cookie that is kept apart from its
// [RequestSettings].
type RequestSecret struct {
	URL    string `json:"url"` // of the page
	Cookie bool   `json:"cookie,omitempty"`
	Name   string `json:"name"`
	Value  Secret `json:"value"`
}

// Secret is a string that shows as [Masked] wherever it is printed or encoded.
// Converted to a string it is itself.
type Secret string

// Format writes [Masked].
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(Masked)) }

// MarshalText returns [Masked].
func (Secret) MarshalText() ([]byte, error) { return []byte(Masked), nil }

// refusedHeaders would break the exchange or the guard, or are ours to set, with why.
var refusedHeaders = func() map[string]string {
	m := map[string]string{}
	for why, names := range map[string]string{
		"the exchange itself needs it": "host content-length transfer-encoding connection keep-alive proxy-connection " +
			"te trailer upgrade expect http2-settings accept-encoding proxy-authenticate content-encoding",
		"it would ask for another answer than the document": "if-match if-none-match if-modified-since " +
			"if-unmodified-since if-range range",
	} {
		for name := range strings.FieldsSeq(names) {
			m[name] = why
		}
	}
	return m
}()

// CheckHeader returns why a header is refused: no proper name or value, or one that
// the exchange sets by itself. The error wraps [ErrInvalid] and holds no value.
func CheckHeader(name, value string) error {
	if !isToken(name) {
		return fmt.Errorf("%w: %q is no name of a header", ErrInvalid, clip(name, 80))
	}
	if why := refusedHeaders[strings.ToLower(name)]; why != "" {
		return fmt.Errorf("%w: the header %s can't be set: %s", ErrInvalid, name, why)
	}
	if !isFieldValue(value, "") {
		return fmt.Errorf("%w: the value of the header %s has control or other characters that no header has", ErrInvalid,
			name)
	}
	return nil
}

// CheckCookie is [CheckHeader] for a cookie.
func CheckCookie(name, value string) error {
	if !isToken(name) {
		return fmt.Errorf("%w: %q is no name of a cookie", ErrInvalid, clip(name, 80))
	}
	if !isFieldValue(value, ";") {
		return fmt.Errorf("%w: the value of the cookie %s has characters that no cookie has", ErrInvalid, name)
	}
	return nil
}

// isToken reports whether s is a token of RFC 9110.
func isToken(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// isFieldValue reports whether s can be sent as a value that does not hold one of
// the characters without.
func isFieldValue(s, without string) bool {
	return strings.TrimSpace(s) == s && !strings.ContainsAny(s, without) &&
		strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r > '~' }) < 0
}

// secretWords are what the name of a header has in it whose value is secret.
var secretWords = []string{"auth", "cookie", "token", "secret", "passw", "session", "credential", "signature", "api-key",
	"apikey", "api_key", "csrf", "xsrf", "jwt"}

// secretSchemes are how values begin that are credentials, whatever their header is called.
var secretSchemes = []string{"bearer ", "basic ", "digest ", "negotiate ", "token ", "apikey ", "eyj"}

// IsSecretHeader reports whether a header's value is to be kept apart, by its name or
// by how the value begins.
func IsSecretHeader(name, value string) bool {
	name, value = strings.ToLower(name), strings.ToLower(value)
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.Contains(words, "key") || slices.Contains(words, "pin") || slices.Contains(words, "sid") ||
		slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(name, w) }) ||
		slices.ContainsFunc(secretSchemes, func(s string) bool { return strings.HasPrefix(value, s) })
}

// IsZero reports whether nothing is set.
func (r *RequestSettings) IsZero() bool {
	return r == nil || len(r.Headers)+len(r.Cookies)+len(r.AcceptStatus) == 0 && r.UserAgent == "" &&
		r.AcceptLanguage == "" && r.Charset == ""
}

// Accepts reports whether a document that comes with this status is taken.
func (r *RequestSettings) Accepts(status int) bool {
	return status == 200 || status == 203 || r != nil && slices.Contains(r.AcceptStatus, status)
}

// AlsoAccepted lists the statuses that are accepted beside the usual ones.
func (r *RequestSettings) AlsoAccepted() []int {
	if r == nil {
		return nil
	}
	return r.AcceptStatus
}

// Encoding is the charset that is set, "" for none.
func (r *RequestSettings) Encoding() string {
	if r == nil {
		return ""
	}
	return r.Charset
}

// Check returns why the settings are refused. The error wraps [ErrInvalid].
func (r *RequestSettings) Check() error {
	if r == nil {
		return nil
	}
	size := 0
	for _, f := range r.Headers {
		size += len(f.Name) + len(f.Value)
		if err := CheckHeader(f.Name, f.Value); err != nil {
			return err
		}
	}
	for _, f := range r.Cookies {
		size += len(f.Name) + len(f.Value)
		if err := CheckCookie(f.Name, f.Value); err != nil {
			return err
		}
	}
	if len(r.Headers)+len(r.Cookies) > maxRequestFields || size > maxRequestBytes {
		return fmt.Errorf("%w: more than %d headers and cookies, or %d bytes of them, are not sent", ErrInvalid,
			maxRequestFields, maxRequestBytes)
	}
	for what, s := range map[string]string{"user agent": r.UserAgent, "Accept-Language": r.AcceptLanguage,
		"charset": r.Charset} {
		if !isFieldValue(s, "") || len(s) > maxRequestWord {
			return fmt.Errorf("%w: %q is no %s that can be sent", ErrInvalid, clip(s, 80), what)
		}
	}
	for _, status := range r.AcceptStatus {
		if status < 400 || status > 599 || status == 429 {
			return fmt.Errorf("%w: %d is no status that a document may come with; 400 to 599 are, but for 429", ErrInvalid,
				status)
		}
	}
	return nil
}

// Words lists the settings as a reader is shown them, a line each.
func (r *RequestSettings) Words() []string {
	if r == nil {
		return nil
	}
	var words []string
	for _, f := range r.Headers {
		words = append(words, "header "+f.Name+": "+f.Value)
	}
	for _, f := range r.Cookies {
		words = append(words, "cookie "+f.Name+"="+f.Value)
	}
	for _, one := range []struct{ what, value string }{{"user agent ", r.UserAgent}, {"Accept-Language ", r.AcceptLanguage},
		{"charset ", r.Charset}} {
		if one.value != "" {
			words = append(words, one.what+one.value)
		}
	}
	for _, status := range r.AcceptStatus {
		words = append(words, fmt.Sprintf("status %d accepted", status))
	}
	return words
}

// Clone returns a copy that shares nothing; of nothing, empty settings.
func (r *RequestSettings) Clone() *RequestSettings {
	if r == nil {
		return &RequestSettings{}
	}
	c := *r
	c.Headers, c.Cookies = slices.Clone(r.Headers), slices.Clone(r.Cookies)
	c.AcceptStatus = slices.Clone(r.AcceptStatus)
	return &c
}

// SetHeader sets a header by its name, whatever its letter case, or takes it away
// where the value is empty. User-Agent, Accept-Language and Cookie go to their own
// settings. It returns what of it is to be kept apart, with no address yet; secret
// states that the value is, whatever it looks like.
func (r *RequestSettings) SetHeader(name, value string, secret bool) []RequestSecret {
	switch strings.ToLower(name) {
	case "user-agent":
		r.UserAgent = value
		return nil
	case "accept-language":
		r.AcceptLanguage = value
		return nil
	case "cookie":
		if value == "" {
			r.Cookies = nil
		}
		var secrets []RequestSecret
		for one := range strings.SplitSeq(value, ";") {
			if name, value, ok := strings.Cut(strings.TrimSpace(one), "="); ok {
				secrets = append(secrets, r.SetCookie(name, value)...)
			}
		}
		return secrets
	}
	if secret = value != "" && (secret || IsSecretHeader(name, value)); secret {
		r.Headers = setField(r.Headers, name, Masked)
		return []RequestSecret{{Name: name, Value: Secret(value)}}
	}
	r.Headers = setField(r.Headers, name, value)
	return nil
}

// SetCookie sets a cookie, or takes it away where the value is empty. It returns
// its value, which is kept apart.
func (r *RequestSettings) SetCookie(name, value string) []RequestSecret {
	if value == "" {
		r.Cookies = slices.DeleteFunc(r.Cookies, func(f RequestField) bool { return f.Name == name })
		return nil
	}
	for i, f := range r.Cookies {
		if f.Name == name {
			r.Cookies = slices.Delete(r.Cookies, i, i+1)
			break
		}
	}
	r.Cookies = append(r.Cookies, RequestField{Name: name, Value: Masked})
	return []RequestSecret{{Cookie: true, Name: name, Value: Secret(value)}}
}

func setField(list []RequestField, name, value string) []RequestField {
	list = slices.DeleteFunc(list, func(f RequestField) bool { return strings.EqualFold(f.Name, name) })
	if value == "" {
		return list
	}
	return append(list, RequestField{Name: name, Value: value})
}

// Masked lists what the source's pages have [Masked], without the values.
func (s Source) Masked() []RequestSecret {
	var list []RequestSecret
	for _, page := range s.Pages() {
		if page.Request == nil {
			continue
		}
		for _, f := range page.Request.Headers {
			if f.Value == Masked {
				list = append(list, RequestSecret{URL: page.URL, Name: f.Name})
			}
		}
		for _, f := range page.Request.Cookies {
			list = append(list, RequestSecret{URL: page.URL, Cookie: true, Name: f.Name})
		}
	}
	return list
}

// FindSecret finds the value of a masked one: that of its page, or of another one of
// the same origin, to which alone it may be sent.
func FindSecret(list []RequestSecret, wanted RequestSecret) (RequestSecret, bool) {
	var found *RequestSecret
	for i, s := range list {
		if s.Cookie != wanted.Cookie || !strings.EqualFold(s.Name, wanted.Name) || s.Cookie && s.Name != wanted.Name ||
			origin(s.URL) != origin(wanted.URL) {
			continue
		}
		if s.URL == wanted.URL {
			return s, true
		}
		found = &list[i]
	}
	if found == nil {
		return RequestSecret{}, false
	}
	return *found, true
}

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Scheme + "://" + u.Host)
}

// CheckNoPassword returns an error when an address has a user name or a password in it: an
// address is printed, exported and cited. The error doesn't repeat it.
func CheckNoPassword(address string) error {
	u, err := url.Parse(strings.TrimSpace(address))
	if err == nil && u.User != nil {
		return fmt.Errorf("%w: the URL of %s has a user name or password in it, which would be printed and exported; "+
			"give it as --header 'Authorization: env:NAME'", ErrInvalid, u.Host)
	}
	return nil
}

// CheckOneHost returns an error when secrets are for pages of several hosts: each would be
// sent what is another's. remedy is what to do then.
func CheckOneHost(secrets []RequestSecret, remedy string) error {
	host := ""
	for _, s := range secrets {
		u, err := url.Parse(s.URL)
		if err != nil {
			return fmt.Errorf("%w: %q is not a web address", ErrInvalid, s.URL)
		}
		if host != "" && u.Host != host {
			return fmt.Errorf("%w: %s would be sent to %s and %s; %s", ErrInvalid, s.What(), host, u.Host, remedy)
		}
		host = u.Host
	}
	return nil
}

// What names a secret for a reader: "the header Authorization".
func (s RequestSecret) What() string {
	if s.Cookie {
		return "the cookie " + s.Name
	}
	return "the header " + s.Name
}

// Setting is which of the settings it belongs to.
func (s RequestSecret) Setting() AskedSettings {
	if s.Cookie {
		return AskedCookies
	}
	return AskedHeaders
}

// AskedSettings is a set of the settings by which a page is asked for and taken.
type AskedSettings uint64

// The settings. The numbers are in journals.
const (
	AskedHeaders AskedSettings = 1 << iota
	AskedCookies
	AskedUserAgent
	AskedAcceptLanguage
	AskedCharset
	AskedAcceptStatus
	AskedActions
)

var askedWords = []string{"headers", "cookies", "user agent", "Accept-Language", "charset", "accepted statuses", "actions"}

// String lists the settings of the set.
func (a AskedSettings) String() string {
	var words []string
	for i, w := range askedWords {
		if a&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}
