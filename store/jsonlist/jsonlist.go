// Package jsonlist writes indented JSON documents, those with a list that is too long to
// be held in memory item by item.
//
// It is not for lines of JSON: package encoding/json does.
//
// Invariant: the bytes are those of one [encoding/json.Encoder] with an indent of two
// spaces and without HTML escapes that was given the document with its whole list.
package jsonlist

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// Write writes a document with items as the list of a field. The document is a struct
// whose field of that name is an empty list. Each write is of whole lines, with the
// bytes of one item at most. The first error ends it, whether of the items or of w.
func Write[T any](w io.Writer, document any, field string, items iter.Seq2[T, error]) error {
	whole, err := Encode(document)
	if err != nil {
		return err
	}
	// A string has no line break in JSON, and what is nested is indented further.
	head, tail, found := bytes.Cut(whole, []byte("\n  \""+field+"\": []"))
	if !found {
		return fmt.Errorf("writing JSON: the document has no empty list %q", field)
	}
	if _, err := w.Write(append(head, "\n  \""+field+"\": ["...)); err != nil {
		return err
	}
	end, err := writeItems(w, items)
	if err != nil {
		return err
	}
	_, err = w.Write(append([]byte(end), tail...))
	return err
}

// writeItems writes the items of a list and returns what ends it.
func writeItems[T any](w io.Writer, items iter.Seq2[T, error]) (end string, err error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("    ", "  ")
	before, end := "\n    ", "]"
	for item, err := range items {
		if err != nil {
			return "", err
		}
		b.Reset()
		b.WriteString(before)
		if err := e.Encode(item); err != nil {
			return "", fmt.Errorf("writing JSON: %w", err)
		}
		b.Truncate(b.Len() - 1) // the line break: a comma comes before it
		if _, err := w.Write(b.Bytes()); err != nil {
			return "", err
		}
		before, end = ",\n    ", "\n  ]"
	}
	return end, nil
}

// Encode returns a value as a document like those that [Write] makes.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	return b.Bytes(), nil
}
