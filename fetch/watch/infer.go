package watch

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// typeWords map the words of an address or a title to a type of terms; the first
// that matches counts. The names are the Open Terms Archive's.
var typeWords = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`cookie|tracker|tracking`), "Trackers Policy"},
	{regexp.MustCompile(`community|conduct|house rules`), "Community Guidelines"},
	{regexp.MustCompile(`acceptable.?use|\baup\b|usage polic`), "Acceptable Use Policy"},
	{regexp.MustCompile(`privacy|datenschutz|confidentialit|privacidad|data.?protection|data.?policy`), "Privacy Policy"},
	{regexp.MustCompile(`developer|\bapi\b`), "Developer Terms"},
	{regexp.MustCompile(`copyright|dmca|intellectual.?property`), "Copyright Claims Policy"},
	{regexp.MustCompile(`imprint|impressum|legal.?notice|mentions.?l.gales`), "Imprint"},
	{regexp.MustCompile(`data.?processing|\bdpa\b`), "Data Processor Agreement"},
	{regexp.MustCompile(`seller|merchant|commercial|business`), "Commercial Terms"},
	{regexp.MustCompile(`terms|\btos\b|conditions|user.?agreement|\bagb\b|\bcgu\b|eula`), "Terms of Service"},
}

// InferType guesses the type of terms from an address and a page's title, ""
// when neither shows it.
func InferType(address, title string) string {
	path := ""
	if u, err := url.Parse(address); err == nil {
		path = u.Path
	}
	for _, said := range []string{path, title} {
		said = strings.ToLower(strings.NewReplacer("-", " ", "_", " ", "/", " ", ".", " ").Replace(said))
		for _, t := range typeWords {
			if t.pattern.MatchString(said) {
				return t.name
			}
		}
	}
	return ""
}

// InferPlatform guesses the platform from an address: the name that its
// registered domain begins with, or the host where there is none.
func InferPlatform(address string) string {
	u, err := url.Parse(address)
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
	words := strings.Split(name, "-")
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		if n > 0 {
			words[i] = string(unicode.ToUpper(r)) + w[n:]
		}
	}
	return strings.Join(words, " ")
}
