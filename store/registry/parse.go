package registry

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/nearest"
)

// file is what a file has.
type file struct {
	Agencies    []Agency     `toml:"agencies"`
	Regulations []Regulation `toml:"regulations"`
}

func parse(text []byte) (*Registry, error) {
	var f file
	err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&f)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		return nil, unknownKey(&unknown.Errors[0])
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		message := strings.TrimPrefix(wrong.Error(), "toml: ")
		return nil, fmt.Errorf("%w: line %d of the registry: %s", model.ErrInvalid, line, message)
	case err != nil:
		return nil, fmt.Errorf("%w: the registry: %s", model.ErrInvalid, strings.TrimPrefix(err.Error(), "toml: "))
	}
	r := &Registry{Agencies: f.Agencies, Regulations: f.Regulations}
	for i := range r.Agencies {
		if err := r.Agencies[i].check(i); err != nil {
			return nil, err
		}
	}
	for i := range r.Regulations {
		if err := r.Regulations[i].check(i); err != nil {
			return nil, err
		}
	}
	return r, r.repeated()
}

// unknownKey describes a key that no entry has, and which one may have been meant.
func unknownKey(e *toml.DecodeError) error {
	line, _ := e.Position()
	key := e.Key()
	known := keysOf(reflect.TypeFor[file]())
	if len(key) > 1 {
		known = keysOf(reflect.TypeFor[Agency]())
		if key[0] == "regulations" {
			known = keysOf(reflect.TypeFor[Regulation]())
		}
	}
	last := key[len(key)-1]
	return fmt.Errorf("%w: line %d of the registry: there is no key %q%s", model.ErrInvalid, line,
		strings.Join(key, "."), nearest.Meant(last, known))
}

// keysOf lists the keys of a struct's fields in a file.
func keysOf(t reflect.Type) []string {
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i], _, _ = strings.Cut(t.Field(i).Tag.Get("toml"), ",")
	}
	return keys
}

// row is what agencies and regulations have in common.
type row struct {
	what                   string // how a message names it
	id, name, jurisdiction string
	texts                  []string // all others
	types                  *[]string
	links, dates           []string
	source, verified       string
}

func (a *Agency) check(i int) error {
	r := row{fmt.Sprintf("agency %d", i+1), a.ID, a.Name, a.Jurisdiction, []string{a.Covers, a.Why, a.Source}, &a.Types,
		[]string{a.URL, a.ComplaintURL}, []string{a.Checked, a.Verified}, a.Source, a.Verified}
	r.texts = slices.Concat(r.texts, a.Short, a.Words)
	return r.check()
}

func (g *Regulation) check(i int) error {
	r := row{fmt.Sprintf("regulation %d", i+1), g.ID, g.Name, g.Jurisdiction, []string{g.Covers, g.Source}, &g.Types,
		[]string{g.URL}, []string{g.Effective, g.Checked, g.Verified}, g.Source, g.Verified}
	r.texts = slices.Concat(r.texts, g.Short, g.Words)
	return r.check()
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// check reports what of a row is wrong, and makes IDs of the families in its types.
func (r *row) check() error {
	fault := func(format string, args ...any) error {
		return fmt.Errorf("%w: registry, %s: %s", model.ErrInvalid, r.what, fmt.Sprintf(format, args...))
	}
	if !idForm.MatchString(r.id) {
		return fault("id %q has to be lower-case words joined by hyphens", r.id)
	}
	r.what += " (" + r.id + ")"
	for _, text := range append(r.texts, r.name) {
		if strings.ContainsFunc(text, unprintable) {
			return fault("%q has characters that can't be shown", text)
		}
	}
	if len(words(r.name)) == 0 {
		return fault("name is missing")
	}
	if !ValidJurisdiction(r.jurisdiction) {
		return fault("jurisdiction %q is none; give EU or a code of ISO 3166 such as GB or US-CA", r.jurisdiction)
	}
	if err := expand(r.types); err != nil {
		return fault("%s", err)
	}
	for _, d := range r.dates {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return fault("%q is no date; write it as 2026-01-31", d)
		}
	}
	for _, link := range r.links {
		if link != "" && (r.verified == "" || r.source == "") {
			return fault("a link needs the source that it was read in, and the date in verified")
		}
		if link != "" && !webAddress(link) {
			return fault("%q is no web address", link)
		}
	}
	return nil
}

func unprintable(c rune) bool { return !unicode.IsPrint(c) }

func webAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil &&
		!strings.ContainsFunc(link, func(c rune) bool { return unprintable(c) || c == ' ' || c == '"' || c == '<' })
}

// typesByName has the type of an ID, and all types of a family.
var typesByName = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, t := range clausetype.Types {
		m[t.ID] = []string{t.ID}
		m[t.Family] = append(m[t.Family], t.ID)
	}
	return m
})

// expand puts the types of a family in place of its name.
func expand(types *[]string) error {
	var list []string
	for _, name := range *types {
		ids := typesByName()[name]
		if ids == nil {
			return fmt.Errorf("there is no clause type %q%s", name, nearest.Meant(name, clausetype.IDs()))
		}
		list = append(list, ids...)
	}
	*types = list
	return nil
}

// repeated reports an ID that a file has twice.
func (r *Registry) repeated() error {
	seen := map[string]bool{}
	for _, n := range r.names() {
		if !n.isID {
			continue
		}
		if seen[n.id] {
			return fmt.Errorf("%w: registry: there are two entries with the id %q", model.ErrInvalid, n.id)
		}
		seen[n.id] = true
	}
	return nil
}
