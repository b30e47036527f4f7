package extract

import (
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

// removedAlways is what is never part of a document's words.
const removedAlways = "script, style, noscript, noframes, template, iframe, svg, canvas, object, embed"

// applyFilter applies a built-in filter. A custom one is a program of the
// archive's that can't run here; its declaration has a warning.
func applyFilter(doc *goquery.Document, f model.Filter, base *url.URL, b *bounds.Budget) error {
	if f.Name == "" {
		return fmt.Errorf("%w: a filter has no name", model.ErrInvalid)
	}
	if f.Name == model.RemoveQueryParams {
		return removeQueryParams(doc, f.Args, base, b)
	}
	return nil
}

// removeQueryParams takes parameters out of the addresses of links and images.
func removeQueryParams(doc *goquery.Document, names []string, base *url.URL, b *bounds.Budget) (err error) {
	doc.Find("a[href], img[src]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		attr := "href"
		if s.Is("img") {
			attr = "src"
		}
		u := resolved(s.AttrOr(attr, ""), base)
		if u == nil || u.RawQuery == "" {
			return true
		}
		// The query is not rewritten: what stays, stays as it was.
		pairs := strings.Split(u.RawQuery, "&")
		kept := slices.DeleteFunc(slices.Clone(pairs), func(pair string) bool {
			key, _, _ := strings.Cut(pair, "=")
			name, err := url.QueryUnescape(key)
			return err == nil && slices.Contains(names, name)
		})
		if len(kept) != len(pairs) {
			u.RawQuery = strings.Join(kept, "&")
			err = setAddress(s, attr, u, b)
		}
		return err == nil
	})
	return err
}

// setAddress sets an attribute to an address that was made absolute: the page
// then holds the base once more.
func setAddress(s *goquery.Selection, attr string, u *url.URL, b *bounds.Budget) error {
	address := u.String()
	s.SetAttr(attr, address)
	return b.Spend(len(address))
}

// baseOf returns the address that others are resolved against, nil without one.
func baseOf(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return nil
	}
	return u
}

// resolved is an address made absolute, nil when it is none.
func resolved(address string, base *url.URL) *url.URL {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil
	}
	if base != nil {
		return base.ResolveReference(u)
	}
	return u
}

// absoluteLinks makes links and images absolute. Those to a place on the same
// page stay.
func absoluteLinks(doc *goquery.Document, base *url.URL, b *bounds.Budget) (err error) {
	if href := doc.Find("base[href]").First().AttrOr("href", ""); href != "" {
		if u := resolved(href, base); u != nil {
			base = baseOf(u.String())
		}
	}
	for _, what := range [][2]string{{"a[href]", "href"}, {"img[src]", "src"}} {
		doc.Find(what[0]).EachWithBreak(func(_ int, s *goquery.Selection) bool {
			address := strings.TrimSpace(s.AttrOr(what[1], ""))
			if address == "" || strings.HasPrefix(address, "#") {
				return true
			}
			if u := resolved(address, base); u != nil {
				err = setAddress(s, what[1], u, b)
			}
			return err == nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// decodeEmails puts back the addresses that Cloudflare hides from robots: the
// code is another one at each request, the address is not.
func decodeEmails(doc *goquery.Document, b *bounds.Budget) (err error) {
	doc.Find("[data-cfemail]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		code := s.AttrOr("data-cfemail", "")
		if err = b.Spend(len(code)); err != nil {
			return false
		}
		if email := decodeEmail(code); email != "" {
			n := s.Nodes[0]
			if n.DataAtom == atom.A {
				s.SetAttr("href", "mailto:"+email)
				s.SetText(email)
				return true
			}
			s.ReplaceWithNodes(&html.Node{Type: html.TextNode, Data: email})
		}
		return true
	})
	if err != nil {
		return err
	}
	doc.Find(`a[href*="/email-protection"]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		address, code, _ := strings.Cut(s.AttrOr("href", ""), "#")
		if !strings.HasSuffix(address, "/email-protection") {
			return true
		}
		if err = b.Spend(len(code)); err != nil {
			return false
		}
		if email := decodeEmail(code); email != "" {
			s.SetAttr("href", "mailto:"+email)
			return true
		}
		s.SetAttr("href", address)
		return true
	})
	return err
}

// decodeEmail reads a protected address: its first byte is the key of the rest.
// It returns "" for what is none.
func decodeEmail(code string) string {
	b, err := hex.DecodeString(code)
	if err != nil || len(b) < 4 {
		return ""
	}
	for i := range b[1:] {
		b[i+1] ^= b[0]
	}
	email := string(b[1:])
	if !utf8.ValidString(email) || !strings.Contains(email, "@") {
		return ""
	}
	return email
}

// readyDefinitions makes a list of definitions one that Markdown can hold: a
// bold term, then its definition.
func readyDefinitions(doc *goquery.Document) {
	doc.Find("dl").Each(func(_ int, list *goquery.Selection) {
		list.Find("dt").Each(func(_ int, dt *goquery.Selection) {
			n := dt.Nodes[0]
			if dt.Find("strong, b, h1, h2, h3, h4, h5, h6, p, div").Length() == 0 {
				strong := &html.Node{Type: html.ElementNode, Data: "strong", DataAtom: atom.Strong}
				for c := n.FirstChild; c != nil; c = n.FirstChild {
					n.RemoveChild(c)
					strong.AppendChild(c)
				}
				n.AppendChild(strong)
			}
			if n.Data, n.DataAtom = "p", atom.P; dt.Find("h1, h2, h3, h4, h5, h6, p, div").Length() > 0 {
				n.Data, n.DataAtom = "div", atom.Div
			}
		})
		list.Find("dd").Each(func(_ int, dd *goquery.Selection) {
			dd.Nodes[0].Data, dd.Nodes[0].DataAtom = "div", atom.Div
		})
	})
}
