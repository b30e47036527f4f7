package extract

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"

	"github.com/PuerkitoBio/goquery"

	"fineprint/store/model"
)

// ErrLeadsOn: the page holds a few words and sends its reader on to another
// address, where the document is.
var ErrLeadsOn = fmt.Errorf("%w: the page only leads on to another address", model.ErrInvalid)

const (
	// maxStub is how long, in bytes, the text of a page that only leads on is.
	maxStub = 400
	// maxRefresh is from how many seconds on a refresh is for idle readers.
	maxRefresh = 30
)

var refreshes = regexp.MustCompile(`(?i)^\s*([0-9]{1,4})(?:\.[0-9]*)?\s*[;,]\s*url\s*=\s*['"]?(.+?)['"]?\s*$`)

// refreshTarget is the address that a page sends its reader to by itself, "" for none.
func refreshTarget(doc *goquery.Document, base string) string {
	found := refreshes.FindStringSubmatch(doc.Find("meta[http-equiv=refresh i]").First().AttrOr("content", ""))
	if found == nil {
		return ""
	}
	from := resolved(base, nil)
	to := resolved(found[2], baseOf(base))
	if seconds, err := strconv.Atoi(found[1]); err != nil || seconds > maxRefresh || to == nil || to.Scheme != "http" &&
		to.Scheme != "https" {
		return ""
	}
	if from != nil && withoutFragment(*to) == withoutFragment(*from) {
		return ""
	}
	return to.String()
}

func withoutFragment(u url.URL) string {
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// refreshError makes an error of a short text, or none, of a page that leads on.
func refreshError(text, to string, err error) (string, error) {
	if to == "" || len(text) > maxStub {
		return text, err
	}
	return "", fmt.Errorf("%w: %s", ErrLeadsOn, to)
}
