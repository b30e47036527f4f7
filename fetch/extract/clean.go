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

	"fineprint/store/model"
)

// removedAlways is what is never part of a document's words.
const removedAlways = "script, style, noscript, template, iframe, svg, canvas, object, embed"

// proseWords is from how many words on a hidden text is prose that a reader can
// open, and not an icon's or a menu's label.
const proseWords = 12

// removeHidden takes away what a page hides, unless it is prose.
func removeHidden(doc *goquery.Document) {
	doc.Find("[hidden], [aria-hidden=true]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return len(strings.Fields(s.Text())) < proseWords
	}).Remove()
}

// applyFilter applies a built-in filter. A custom one is a program of the
// archive's that can't run here; its declaration says so in a warning.
func applyFilter(doc *goquery.Document, f model.Filter, base string) error {
	if f.Name == "" {
		return fmt.Errorf("%w: a filter has no name", model.ErrInvalid)
	}
	if f.Name == model.RemoveQueryParams {
		removeQueryParams(doc, f.Args, base)
	}
	return nil
}

// removeQueryParams takes parameters out of the addresses of links and images.
func removeQueryParams(doc *goquery.Document, names []string, base string) {
	doc.Find("a[href], img[src]").Each(func(_ int, s *goquery.Selection) {
		attr := "href"
		if s.Is("img") {
			attr = "src"
		}
		u := resolved(s.AttrOr(attr, ""), base)
		if u == nil || u.RawQuery == "" {
			return
		}
		// The query is not written anew: what stays, stays as it was.
		pairs := strings.Split(u.RawQuery, "&")
		kept := slices.DeleteFunc(slices.Clone(pairs), func(pair string) bool {
			key, _, _ := strings.Cut(pair, "=")
			name, err := url.QueryUnescape(key)
			return err == nil && slices.Contains(names, name)
		})
		if len(kept) != len(pairs) {
			u.RawQuery = strings.Join(kept, "&")
			s.SetAttr(attr, u.String())
		}
	})
}

// resolved is an address made absolute, nil when it is none.
func resolved(address, base string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil
	}
	if from, err := url.Parse(base); err == nil && base != "" {
		return from.ResolveReference(u)
	}
	return u
}

// absoluteLinks makes links and images absolute. Those to a place on the same
// page stay.
func absoluteLinks(doc *goquery.Document, base string) {
	if href := doc.Find("base[href]").First().AttrOr("href", ""); href != "" {
		if u := resolved(href, base); u != nil {
			base = u.String()
		}
	}
	for _, what := range [][2]string{{"a[href]", "href"}, {"img[src]", "src"}} {
		doc.Find(what[0]).Each(func(_ int, s *goquery.Selection) {
			address := strings.TrimSpace(s.AttrOr(what[1], ""))
			if address == "" || strings.HasPrefix(address, "#") {
				return
			}
			if u := resolved(address, base); u != nil {
				s.SetAttr(what[1], u.String())
			}
		})
	}
}

// decodeEmails puts back the addresses that Cloudflare hides from robots: the
// code is another one at each request, the address is not.
func decodeEmails(doc *goquery.Document) {
	doc.Find("[data-cfemail]").Each(func(_ int, s *goquery.Selection) {
		if email := decodeEmail(s.AttrOr("data-cfemail", "")); email != "" {
			n := s.Nodes[0]
			if n.DataAtom == atom.A {
				s.SetAttr("href", "mailto:"+email)
				s.SetText(email)
				return
			}
			s.ReplaceWithNodes(&html.Node{Type: html.TextNode, Data: email})
		}
	})
	doc.Find(`a[href*="/email-protection"]`).Each(func(_ int, s *goquery.Selection) {
		address, code, _ := strings.Cut(s.AttrOr("href", ""), "#")
		if !strings.HasSuffix(address, "/email-protection") {
			return
		}
		if email := decodeEmail(code); email != "" {
			s.SetAttr("href", "mailto:"+email)
			return
		}
		s.SetAttr("href", address)
	})
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
			n.Data, n.DataAtom = "p", atom.P
		})
		list.Find("dd").Each(func(_ int, dd *goquery.Selection) {
			dd.Nodes[0].Data, dd.Nodes[0].DataAtom = "div", atom.Div
		})
	})
}

// readyDetails makes the line that opens a section a paragraph of its own: in
// Markdown it would run into the section's first words.
func readyDetails(doc *goquery.Document) {
	doc.Find("details").Each(func(_ int, d *goquery.Selection) {
		if d.ChildrenFiltered("summary").Length() > 1 {
			d.ChildrenFiltered("summary[data-default-summary]").Remove() // Primer's, until its script runs
		}
		d.ChildrenFiltered("summary").Each(func(_ int, s *goquery.Selection) {
			n := "p"
			if s.Find("h1, h2, h3, h4, h5, h6, p, div, ul, ol, table").Length() > 0 {
				n = "div"
			}
			s.Nodes[0].Data, s.Nodes[0].DataAtom = n, atom.Lookup([]byte(n))
		})
	})
}
