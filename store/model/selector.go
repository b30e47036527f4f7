package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Selector names parts of a page: all that match a CSS selector, or the range
// from one element to another. A range uses the first match of each end.
type Selector struct {
	CSS         string `json:"css,omitempty"`
	StartBefore string `json:"startBefore,omitempty"`
	StartAfter  string `json:"startAfter,omitempty"`
	EndBefore   string `json:"endBefore,omitempty"`
	EndAfter    string `json:"endAfter,omitempty"`
}

// CSS makes selectors of CSS strings.
func CSS(selectors ...string) []Selector {
	var list []Selector
	for _, css := range selectors {
		list = append(list, Selector{CSS: css})
	}
	return list
}

// IsRange reports whether the selector is a range.
func (s Selector) IsRange() bool {
	return s.StartBefore != "" || s.StartAfter != "" || s.EndBefore != "" || s.EndAfter != ""
}

// String writes the selector for a reader: the CSS, or where the range begins
// and ends.
func (s Selector) String() string {
	if !s.IsRange() {
		return s.CSS
	}
	var ends []string
	for _, e := range [][2]string{{"from before ", s.StartBefore}, {"from after ", s.StartAfter},
		{"to before ", s.EndBefore}, {"to after ", s.EndAfter}} {
		if e[1] != "" {
			ends = append(ends, e[0]+e[1])
		}
	}
	return strings.Join(ends, " ")
}

// rangeSelector is a Selector without its methods.
type rangeSelector Selector

// MarshalJSON writes a string where the selector is CSS, else the range.
func (s Selector) MarshalJSON() ([]byte, error) {
	if !s.IsRange() {
		return json.Marshal(s.CSS)
	}
	return json.Marshal(rangeSelector(s))
}

// UnmarshalJSON reads a CSS string or a range, which has one beginning and one
// end. The error wraps [ErrInvalid] for anything else.
func (s *Selector) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '"' {
		*s = Selector{}
		return json.Unmarshal(b, &s.CSS)
	}
	var r rangeSelector
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return fmt.Errorf("%w: %s is neither a CSS selector nor a range", ErrInvalid, clip(string(b), 80))
	}
	if r.CSS != "" || (r.StartBefore == "") == (r.StartAfter == "") || (r.EndBefore == "") == (r.EndAfter == "") {
		return fmt.Errorf("%w: the range %s has not one beginning and one end", ErrInvalid, clip(string(b), 200))
	}
	*s = Selector(r)
	return nil
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// RemoveQueryParams is the filter that every archive has: it takes the named
// parameters out of the addresses of links and images. All others are programs
// that come with a collection.
const RemoveQueryParams = "removeQueryParams"

// Filter is a named step that cleans a page before its parts are selected.
type Filter struct {
	Name string   `json:"name"`
	Args []string `json:"args,omitempty"`
}

// Page is one page of a document, and how to read it.
type Page struct {
	URL     string       `json:"url"`
	Select  []Selector   `json:"select,omitempty"`
	Remove  []Selector   `json:"remove,omitempty"`
	Filters []Filter     `json:"filters,omitempty"`
	Browser bool         `json:"browser,omitempty"` // its text is made by scripts
	PDF     bool         `json:"pdf,omitempty"`
	Actions []PageAction `json:"actions,omitempty"` // done in the browser before it is read
	// Request is how it is asked for.
	Request *RequestSettings `json:"request,omitempty"`
}
