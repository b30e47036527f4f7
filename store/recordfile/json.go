package recordfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxDepth is how deep values of JSON may stand in each other: a row of a table is the
// deepest that a record has.
const maxDepth = 8

// json reads an object of JSON.
func (r *reader) json(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	value, err := jsonValue(d, 0)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the object")
		}
	}
	if err != nil {
		return invalid("line %d is not JSON: %w", 1+bytes.Count(data[:d.InputOffset()], []byte("\n")), err)
	}
	return r.tree(value.(map[string]any), "in the object") // data begins with {
}

// jsonValue reads one value. Unlike the decoder of the library it takes no key twice.
func jsonValue(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	open, nested := token.(json.Delim)
	switch {
	case err != nil || !nested:
		return token, err
	case depth == maxDepth:
		return nil, errors.New("too many values stand in each other")
	case open == '[':
		list := []any{}
		for d.More() {
			v, err := jsonValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	object := map[string]any{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name := key.(string) // the decoder takes nothing else here
		if _, twice := object[name]; twice {
			return nil, fmt.Errorf("%q is given twice", name)
		}
		if object[name], err = jsonValue(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err = d.Token()
	return object, err
}
