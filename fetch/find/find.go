// Package find finds the legal documents that a site links: it reads the site's front or
// legal page, and one page more that lists such documents, and gets each document once.
//
// Getting them is what tells two addresses of one document from two documents, where a
// redirect ends, which title and language a document has, and which link is dead. HEAD
// would not: servers refuse it or answer it otherwise. The client that is handed in keeps
// the pace, asks robots.txt and guards against private addresses, as for any fetch.
//
// It is not for tracking what it finds, nor for telling what a document is by its words:
// fetch/termtype does that.
//
// Invariants:
//   - No more than two pages are searched for links, maxLinks on each, and no more than
//     maxDocuments are got, within maxTime.
//   - What was linked as a document and is not listed is in [Site.LeftOut], with the reason.
package find

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/sync/errgroup"

	"fineprint/fetch"
	"fineprint/fetch/termtype"
)

const (
	maxLinks     = 5000 // of a page that are looked at
	maxDocuments = 60   // that are got
	maxTime      = 3 * time.Minute
	atOnce       = 4
)

// ErrUnread is a page that came and can't be searched for links: an error status, or
// what is no page.
var ErrUnread = errors.New("the page can't be searched for links")

// Getter fetches a page.
type Getter interface {
	Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error)
}

// Document is a legal document that a site links.
type Document struct {
	URL      string // where it is in the end
	Title    string // its page's, else the link's
	Type     string
	Language string // "de", "pt-BR"; "" when nothing tells it
	// Links are the addresses that lead to it.
	Links []string
	// Problem is why it could not be looked at; then URL is where the link points.
	Problem string
}

// LeftOut is a link to what seemed to be a document.
type LeftOut struct{ URL, Reason string }

// Site is what was found.
type Site struct {
	Pages     []string // that were searched
	Documents []Document
	LeftOut   []LeftOut
}

// Options say where to look.
type Options struct {
	Address      string
	Browser      bool // render the pages that are searched
	IgnoreRobots bool
	// Progress is called as documents are got, if it is not nil.
	Progress func(done, total int)
}

// Documents finds the legal documents that the page at an address links.
func Documents(ctx context.Context, get Getter, o Options) (Site, error) {
	s := &search{get: get, o: o, candidates: map[string]*candidate{}}
	front, err := s.page(ctx, o.Address)
	if err != nil {
		return Site{}, err
	}
	s.home = front.address
	s.collect(front, false)
	if hub := s.hub(front); hub != "" {
		switch page, err := s.page(ctx, hub); {
		case ctx.Err() != nil:
			return Site{}, ctx.Err()
		case err != nil:
			s.leave(hub, plainReason(err))
		default:
			s.collect(page, true)
		}
	}
	s.dropForeign()
	if err := s.resolve(ctx); err != nil {
		return Site{}, err
	}
	return s.site, nil
}

// search is one search.
type search struct {
	get        Getter
	o          Options
	home       *url.URL // the front page, where it is in the end
	candidates map[string]*candidate
	order      []*candidate
	site       Site
}

// candidate is an address that seems to be a document's.
type candidate struct {
	address  *url.URL
	link     link
	guess    termtype.Guess
	foreign  bool // on another site
	document Document
	sum      string // of what came
	dropped  bool
}

func (s *search) leave(address, reason string) {
	s.site.LeftOut = append(s.site.LeftOut, LeftOut{address, reason})
}

// page gets a page that is to be searched.
func (s *search) page(ctx context.Context, address string) (*page, error) {
	r, err := s.get.Fetch(ctx, fetch.Request{URL: address, Browser: s.o.Browser, IgnoreRobots: s.o.IgnoreRobots})
	if err != nil {
		return nil, err
	}
	if r.Status >= http.StatusBadRequest {
		return nil, fmt.Errorf("%w: the server answered %d %s", ErrUnread, r.Status, http.StatusText(r.Status))
	}
	p, err := readPage(r)
	if err != nil {
		return nil, err
	}
	s.site.Pages = append(s.site.Pages, p.address.String())
	if p.more {
		s.leave(p.address.String(), fmt.Sprintf("it has more links than the %d that are looked at", maxLinks))
	}
	return p, nil
}

// collect adds the documents that a page links. On one that lists documents its main
// part is believed more easily.
func (s *search) collect(p *page, hub bool) {
	own := ownWords(s.home)
	guesses := make([]termtype.Guess, len(p.links))
	for i := range p.links {
		guesses[i] = p.links[i].guess(own, hub)
	}
	near, elsewhere := neighbours(p.links, guesses), outsideMenus(p.links, guesses)
	for i, l := range p.links {
		g := guesses[i]
		if g.Type == "" || g.Type == termtype.Hub || g.Strength == termtype.Weak && near[l.container] <= g.Rest {
			continue
		}
		if l.menu && !hub && elsewhere[g.Type] {
			continue // what a menu calls so is a page about it, for the document stands below
		}
		if l.prose && !sameSite(s.home, l.address) {
			continue // a sentence about somebody else's
		}
		s.add(l, g)
	}
}

// neighbours counts in each container the links that surely lead to documents.
func neighbours(links []link, guesses []termtype.Guess) map[int]int {
	near := map[int]int{}
	for i, l := range links {
		if g := guesses[i]; g.Type != "" && (g.Strength > termtype.Weak || g.Type == termtype.Hub) {
			near[l.container]++
		}
	}
	return near
}

// outsideMenus lists the types of what is linked outside menus and surely is a document.
func outsideMenus(links []link, guesses []termtype.Guess) map[string]bool {
	types := map[string]bool{}
	for i, l := range links {
		if g := guesses[i]; !l.menu && !l.prose && g.Strength > termtype.Weak {
			types[g.Type] = true
		}
	}
	return types
}

// add takes in a link, or another one to the same address.
func (s *search) add(l link, g termtype.Guess) {
	key := keyOf(l.address)
	if known := s.candidates[key]; known != nil {
		if g.Strength > known.guess.Strength {
			known.link, known.guess = l, g
		}
		return
	}
	if len(s.order) == maxDocuments {
		s.leave(l.address.String(), fmt.Sprintf("more documents are linked than the %d that are got", maxDocuments))
		s.candidates[key] = &candidate{} // is told once
		return
	}
	c := &candidate{address: l.address, link: l, guess: g, foreign: !sameSite(s.home, l.address)}
	s.candidates[key] = c
	s.order = append(s.order, c)
}

// hub returns the address of a page that lists documents, or "": the one that is called
// so, else one whose path says so.
func (s *search) hub(p *page) string {
	best, strength := "", 0
	for _, l := range p.links {
		if !sameSite(s.home, l.address) || keyOf(l.address) == keyOf(s.home) {
			continue
		}
		own := ownWords(s.home)
		said, path := termtype.Text(l.text, own...), termtype.Path(l.address.String(), own...)
		is := 0
		switch {
		case said.Type == termtype.Hub:
			is = 2
		case path.Type == termtype.Hub && said.Type == "":
			is = 1
		}
		if is > strength && !l.article() {
			best, strength = l.address.String(), is
		}
	}
	return best
}

// dropForeign leaves out another site's document of a type that this site has itself.
func (s *search) dropForeign() {
	has := map[string]bool{}
	for _, c := range s.order {
		has[c.guess.Type] = has[c.guess.Type] || !c.foreign
	}
	s.order = slices.DeleteFunc(s.order, func(c *candidate) bool {
		drop := c.foreign && has[c.guess.Type]
		if drop {
			s.leave(c.address.String(), "it is another site's, and this one has its own")
		}
		return drop
	})
}

// resolve gets the documents and lists each one once.
func (s *search) resolve(ctx context.Context) error {
	within, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	group, done := new(errgroup.Group), make(chan struct{}, len(s.order))
	group.SetLimit(atOnce)
	for _, c := range s.order {
		group.Go(func() error {
			s.look(within, c)
			done <- struct{}{}
			return nil
		})
	}
	for i := range s.order {
		<-done
		if s.o.Progress != nil {
			s.o.Progress(i+1, len(s.order))
		}
	}
	_ = group.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.list()
	return nil
}

// look gets one document.
func (s *search) look(ctx context.Context, c *candidate) {
	address := c.address.String()
	c.document = Document{URL: address, Title: c.link.text, Type: c.guess.Type, Links: []string{address},
		Language: firstOf(language(c.link.lang), c.link.page, c.guess.Language)}
	r, err := s.get.Fetch(ctx, fetch.Request{URL: address, IgnoreRobots: s.o.IgnoreRobots})
	switch {
	case errors.Is(err, fetch.ErrForbiddenAddress):
		c.dropped, c.document.Problem = true, plainReason(err)
		return
	case err != nil:
		c.document.Problem = plainReason(err)
		return
	case r.Status == http.StatusNotFound || r.Status == http.StatusGone:
		c.dropped, c.document.Problem = true, fmt.Sprintf("the server answered %d %s", r.Status, http.StatusText(r.Status))
		return
	case r.Status >= http.StatusBadRequest:
		c.document.Problem = fmt.Sprintf("the server answered %d %s", r.Status, http.StatusText(r.Status))
		return
	}
	s.read(c, r)
}

// isFront reports whether an address is the front page's, whatever it is asked.
func (s *search) isFront(u *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	return sameSite(u, s.home) && (path == strings.Trim(s.home.Path, "/") || path == "")
}

// read takes from a document's page what tells about it.
func (s *search) read(c *candidate, r fetch.Response) {
	final, err := url.Parse(r.FinalURL)
	if err != nil {
		return
	}
	final.Fragment = ""
	if s.isFront(final) && !s.isFront(c.address) {
		c.dropped, c.document.Problem = true, "it leads back to the front page"
		return
	}
	c.document.URL, c.sum = final.String(), r.DecodedSHA256
	title, lang := headOf(r)
	c.document.Language = firstOf(lang, language(r.Header["Content-Language"]), c.document.Language)
	named := termtype.Text(title, ownWords(s.home)...)
	if title != "" && (named.Type != "" || c.link.text == "" || c.guess.Strength < termtype.Bare) {
		c.document.Title = title
	}
	if c.guess.Strength < termtype.Full && named.Strength == termtype.Full && named.Type != termtype.Setting {
		c.document.Type = named.Type
	}
}

// list joins candidates that are one document: at one address, or of one type with the
// same bytes.
func (s *search) list() {
	at := map[string]int{}
	for _, c := range s.order {
		if c.dropped {
			s.leave(c.document.URL, c.document.Problem)
			continue
		}
		keys := []string{c.document.URL}
		if u, err := url.Parse(c.document.URL); err == nil {
			keys[0] = keyOf(u)
		}
		if c.sum != "" {
			keys = append(keys, c.document.Type+" "+c.sum)
		}
		joined := false
		for _, key := range keys {
			if i, known := at[key]; known && !joined {
				d := &s.site.Documents[i]
				d.Links, joined = append(d.Links, c.document.Links...), true
			}
		}
		if joined {
			continue
		}
		for _, key := range keys {
			at[key] = len(s.site.Documents)
		}
		s.site.Documents = append(s.site.Documents, c.document)
	}
}

// plainReason returns an error without the address, which is said beside it.
func plainReason(err error) string {
	for _, kind := range []error{fetch.ErrForbiddenAddress, fetch.ErrRobots, fetch.ErrTooLarge, fetch.ErrTimeout,
		fetch.ErrTooManyRedirects, fetch.ErrTLS, fetch.ErrConnection, fetch.ErrProtocol} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return "there was no time left for it"
	}
	return err.Error()
}

// keyOf returns an address without what makes no other page of it.
func keyOf(u *url.URL) string {
	k := *u
	k.Scheme, k.Fragment, k.User = "https", "", nil
	k.Host = strings.ToLower(k.Host)
	if q := k.Query(); len(q) > 0 {
		for name := range q {
			if strings.HasPrefix(name, "utm_") || name == "ref" || name == "gclid" || name == "fbclid" {
				q.Del(name)
			}
		}
		k.RawQuery = q.Encode()
	}
	if k.Path == "" {
		k.Path = "/"
	}
	return k.String()
}

// sameSite reports whether two addresses are of one registered domain.
func sameSite(a, b *url.URL) bool { return domain(a) == domain(b) }

func domain(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

// ownWords are the words of a site's own name.
func ownWords(u *url.URL) []string {
	name, _, _ := strings.Cut(domain(u), ".")
	return append(strings.FieldsFunc(name, func(r rune) bool { return r == '-' }), name)
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
