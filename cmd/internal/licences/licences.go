// Package licences holds the licences of what a release of Fineprint is made of beside its
// own code: of each linked module, of Go itself, of PDFium and what is in it, and of the
// fonts and data that are embedded.
//
// It is not where they are gathered: cmd/dev/licences does that (`task licenses`), from the
// module cache, and its test fails when a linked module is missing here or its text is
// another. Fineprint's own licence isn't here either: its owners have not chosen one.
//
// Invariant: [All] is sorted by name, and no part of it has an empty text.
//
// Decision: one JSON document, compressed by Brotli, which pages on the web need anyway. 60
// licences are 80 % repetition: 0.4 MB of text take some 30 KB of a binary.
package licences

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/andybalholm/brotli"
)

// A Part is something that a release contains, with the licence it comes under.
type Part struct {
	Name    string `json:"name"`              // a module's path, or what it is
	Version string `json:"version,omitempty"` // "" for what has none of its own
	Kind    string `json:"licence"`           // as SPDX names it: "MIT", "BSD-3-Clause AND Apache-2.0"
	Text    string `json:"text,omitempty"`
}

//go:embed licences.br
var compressed []byte

// All returns the parts.
func All() ([]Part, error) { return Decode(compressed) }

// Decode returns the parts that [Encode] wrote.
func Decode(encoded []byte) ([]Part, error) {
	var all []Part
	if err := json.NewDecoder(brotli.NewReader(bytes.NewReader(encoded))).Decode(&all); err != nil {
		return nil, fmt.Errorf("reading the embedded licences: %w", err)
	}
	return all, nil
}
