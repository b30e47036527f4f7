package kit

import (
	"net/url"

	"fineprint/store/model"
)

// SourceOf is the web address a change's newer version was captured from, ""
// when there is none that is safe to open.
func SourceOf(d model.ChangeDetail) string {
	candidates := []string{d.ToMeta.Origin.FinalURL, d.ToMeta.Origin.URL, d.Document.Source.URL}
	if a := d.ToMeta.Origin.Archive; a != nil {
		candidates = append(candidates, a.Locations...)
	}
	for _, p := range d.Document.Source.Pages() {
		candidates = append(candidates, p.URL)
	}
	for _, c := range candidates {
		if u := WebAddress(c); u != "" {
			return u
		}
	}
	return ""
}

// WebAddress returns s spelled so that neither a terminal nor a shell can take
// it for something else, "" when it is no http or https address.
func WebAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return ""
	}
	spelled := u.String()
	for _, r := range spelled {
		if r <= ' ' || r > '~' {
			return ""
		}
	}
	return spelled
}
