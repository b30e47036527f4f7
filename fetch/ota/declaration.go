package ota

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
)

// Declared is one document of a declaration.
type Declared struct {
	Platform string // the service's name
	Service  string // the name of its file, which is what its folder in a history is called
	Type     string
	// Source is where it is and how it is read; its Warnings list what of the
	// declaration can't be followed.
	Source model.Source
	// Secrets are the values that Source has [model.Masked].
	Secrets []model.RequestSecret
	// Past are the sources it had, oldest first, each good until a time.
	Past []PastSource
}

// PastSource is how a document was read until a time.
type PastSource struct {
	ValidUntil time.Time
	Source     model.Source
}

// At returns the source that was in force at a time.
func (d Declared) At(t time.Time) model.Source {
	for _, p := range d.Past {
		if !t.After(p.ValidUntil) {
			return p.Source
		}
	}
	return d.Source
}

const (
	historySuffix = ".history.json"
	// maxDeclaration bounds a declaration file. The largest real one has 15 KB.
	maxDeclaration = 4 << 20
	// maxDocuments bounds the documents, parts and past sources of one file.
	maxDocuments = 2000
)

// ReadDeclarations reads a declaration file or a folder of them, each with the
// ".history.json" beside it. Files of a folder that are no declarations are
// passed over; one that can't be read is an error that is returned beside the rest.
// The error wraps [model.ErrInvalid].
func ReadDeclarations(path string) ([]Declared, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", path, model.ErrInvalid, unwrapPath(err))
	}
	if !info.IsDir() {
		return readDeclaration(path)
	}
	names, err := declarationFiles(path)
	if err != nil {
		return nil, err
	}
	var all []Declared
	var failed []error
	for _, name := range names {
		declared, err := readDeclaration(name)
		if err != nil {
			failed = append(failed, err)
		}
		all = append(all, declared...)
	}
	return all, errors.Join(failed...)
}

// declarationFiles lists a folder's declarations: its own, or those of the
// folder "declarations" in it, as a collection has them.
func declarationFiles(dir string) ([]string, error) {
	if info, err := os.Stat(filepath.Join(dir, "declarations")); err == nil && info.IsDir() {
		dir = filepath.Join(dir, "declarations")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", dir, model.ErrInvalid, unwrapPath(err))
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".json") && !strings.HasSuffix(e.Name(), historySuffix) &&
			!strings.HasPrefix(e.Name(), ".") {
			names = append(names, filepath.Join(dir, e.Name()))
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("reading %s: %w: it holds no declarations", dir, model.ErrInvalid)
	}
	return names, nil
}

// unwrapPath leaves the path out of a file error that names it already.
func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func readDeclaration(path string) ([]Declared, error) {
	b, err := readSmall(path)
	if err != nil {
		return nil, err
	}
	service := strings.TrimSuffix(filepath.Base(path), ".json")
	history, err := readSmall(strings.TrimSuffix(path, ".json") + historySuffix)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	declared, err := ParseDeclaration(service, b, history)
	if err != nil {
		return declared, fmt.Errorf("reading %s: %w", path, err)
	}
	return declared, nil
}

func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxDeclaration {
		return nil, fmt.Errorf("reading %s: %w: it is larger than %d MB", path, model.ErrInvalid, maxDeclaration>>20)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", path, model.ErrInvalid, unwrapPath(err))
	}
	return b, nil
}

// declaration is a file as it is written.
type declaration struct {
	Name  string                     `json:"name"`
	Terms map[string]json.RawMessage `json:"terms"`
	// Documents is what files called Terms before 2023.
	Documents map[string]json.RawMessage `json:"documents"`
}

// documentDeclaration is one document as it is written. It counts for
// all its parts, unless a part declares otherwise.
type documentDeclaration struct {
	pageDeclaration
	Combine    []pageDeclaration `json:"combine"`
	ValidUntil string            `json:"validUntil"`
}

type pageDeclaration struct {
	Fetch   string     `json:"fetch"`
	Select  selectors  `json:"select"`
	Remove  selectors  `json:"remove"`
	Filter  filterList `json:"filter"`
	Browser *bool      `json:"executeClientScripts"`
	// Actions is ours: Open Terms Archive has no word for them.
	Actions []model.PageAction `json:"actions"`
	requestDeclaration
}

// selectors are one selector or several.
type selectors []model.Selector

func (s *selectors) UnmarshalJSON(b []byte) error {
	if list := bytes.TrimSpace(b); len(list) > 0 && list[0] != '[' {
		b = slices.Concat([]byte("["), list, []byte("]"))
	}
	return json.Unmarshal(b, (*[]model.Selector)(s))
}

// filterList is names, and names with arguments: {"removeQueryParams": ["sid"]}.
type filterList []model.Filter

func (f *filterList) UnmarshalJSON(b []byte) error {
	var entries []json.RawMessage
	if err := json.Unmarshal(b, &entries); err != nil {
		return fmt.Errorf("%w: filter is not a list", model.ErrInvalid)
	}
	for _, e := range entries {
		var name string
		if json.Unmarshal(e, &name) == nil {
			*f = append(*f, model.Filter{Name: name})
			continue
		}
		var named map[string]json.RawMessage
		if err := json.Unmarshal(e, &named); err != nil || len(named) != 1 {
			return fmt.Errorf("%w: a filter is neither a name nor a name with arguments", model.ErrInvalid)
		}
		for name, args := range named {
			*f = append(*f, model.Filter{Name: name, Args: filterArgs(args)})
		}
	}
	return nil
}

// filterArgs reads a string or a list of them; of anything else its JSON.
func filterArgs(b json.RawMessage) []string {
	var list []string
	if json.Unmarshal(b, &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal(b, &one) == nil {
		return []string{one}
	}
	return []string{string(b)}
}

// ParseDeclaration reads a service's declaration and, unless it is nil, its
// history. A document that can't be read is an error returned beside the others,
// which are returned in the order of their types. A service that is no longer
// followed has an empty list; what only its history has is not returned.
func ParseDeclaration(service string, b, history []byte) ([]Declared, error) {
	var d declaration
	if err := json.Unmarshal(b, &d); err != nil {
		return nil, fmt.Errorf("%w: it is not a declaration: %w", model.ErrInvalid, err)
	}
	documents := d.Terms
	if documents == nil {
		documents = d.Documents
	}
	if documents == nil {
		return nil, fmt.Errorf("%w: it is not a declaration: it lists no terms", model.ErrInvalid)
	}
	if len(documents) > maxDocuments {
		return nil, fmt.Errorf("%w: it lists more than %d documents", model.ErrInvalid, maxDocuments)
	}
	if d.Name == "" {
		d.Name = service
	}
	past, failed := parseHistory(history)
	var all []Declared
	for _, documentType := range sortedKeys(documents) {
		source, secrets, err := parseDocument(documents[documentType])
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", documentType, err))
			continue
		}
		all = append(all, Declared{Platform: d.Name, Service: service, Type: documentType, Source: source, Secrets: secrets,
			Past: past[documentType]})
	}
	return all, errors.Join(failed...)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func parseHistory(b []byte) (map[string][]PastSource, []error) {
	if b == nil {
		return nil, nil
	}
	var entries map[string][]json.RawMessage
	if err := json.Unmarshal(b, &entries); err != nil {
		return nil, []error{fmt.Errorf("%w: its history can't be read: %w", model.ErrInvalid, err)}
	}
	past := map[string][]PastSource{}
	var failed []error
	for documentType, list := range entries {
		if len(list) > maxDocuments {
			failed = append(failed, fmt.Errorf("%s: %w: its history has more than %d entries", documentType,
				model.ErrInvalid, maxDocuments))
			continue
		}
		for _, raw := range list {
			p, err := parsePast(raw)
			if err != nil {
				failed = append(failed, fmt.Errorf("history of %s: %w", documentType, err))
				continue
			}
			past[documentType] = append(past[documentType], p)
		}
		slices.SortStableFunc(past[documentType], func(a,
			b PastSource) int {
			return a.ValidUntil.Compare(b.ValidUntil)
		})
	}
	return past, failed
}

func parsePast(raw json.RawMessage) (PastSource, error) {
	var until struct {
		ValidUntil string `json:"validUntil"`
	}
	if err := json.Unmarshal(raw, &until); err != nil {
		return PastSource{}, fmt.Errorf("%w: %w", model.ErrInvalid, err)
	}
	at, err := time.Parse(time.RFC3339, until.ValidUntil)
	if err != nil {
		return PastSource{}, fmt.Errorf("%w: validUntil %q is not a time", model.ErrInvalid, until.ValidUntil)
	}
	source, _, err := parseDocument(raw)
	return PastSource{ValidUntil: at.UTC(), Source: source}, err
}
