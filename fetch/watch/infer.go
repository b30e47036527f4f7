package watch

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"fineprint/fetch/termtype"
)

// InferType guesses the type of terms from an address and a page's title, ""
// when neither shows it.
func InferType(address, title string) string {
	for _, g := range []termtype.Guess{termtype.Path(address), termtype.Text(title)} {
		if g.Type != "" && g.Type != termtype.Hub && g.Type != termtype.Setting {
			return g.Type
		}
	}
	return ""
}

// twice finds the schemes that an address was pasted behind.
var twice = regexp.MustCompile(`(?i)^(?:https?:?/+)+(https?://)`)

// InferPlatform guesses the platform from an address: the name that its
// registered domain begins with, or the host where there is none. A scheme that stands
// there twice is read once; what only spells addresses is no name.
func InferPlatform(address string) string {
	u, err := url.Parse(twice.ReplaceAllString(address, "$1"))
	if err != nil || u.Hostname() == "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	name := host
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		name, _, _ = strings.Cut(domain, ".")
	}
	if name == "http" || name == "https" || name == "www" {
		return ""
	}
	words := strings.Split(name, "-")
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		if n > 0 {
			words[i] = string(unicode.ToUpper(r)) + w[n:]
		}
	}
	return strings.Join(words, " ")
}
