package jsonlist_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"testing"

	"fineprint/store/jsonlist"
)

// page is a document with something on either side of its list.
type page struct {
	Title string         `json:"title"`
	Of    map[string]int `json:"of"`
	Items []item         `json:"items"`
	After []string       `json:"after"`
}

type item struct {
	Name  string   `json:"name"`
	Parts []string `json:"parts"`
	Items []item   `json:"items"`
	Next  *item    `json:"next,omitempty"`
}

// made returns n items with everything that indenting must get right.
func made(n int) []item {
	items := make([]item, n)
	for i := range items {
		items[i] = item{Name: fmt.Sprintf("<%d> & \u2028 \"\n  \"items\": []", i), Items: []item{}}
		if i%2 == 1 {
			items[i].Parts, items[i].Next = []string{"a", ""}, &item{Items: []item{{}}}
		}
	}
	return items
}

func each(items []item, end error) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		for _, i := range items {
			if !yield(i, nil) {
				return
			}
		}
		if end != nil {
			yield(item{}, end)
		}
	}
}

func TestWriteWritesWhatTheEncoderDoes(t *testing.T) {
	for n := range 5 {
		document := page{Title: "\n  \"items\": []", Of: map[string]int{"items": n}, Items: made(n), After: []string{}}
		var want, got bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(document); err != nil {
			t.Fatal(err)
		}
		document.Items = []item{}
		if err := jsonlist.Write(&got, document, "items", each(made(n), nil)); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%d items are written as\n%s\nwant\n%s", n, got.String(), want.String())
		}
	}
}

func TestWriteEndsWithTheFirstError(t *testing.T) {
	document, broken := page{Items: []item{}}, errors.New("broken")
	if err := jsonlist.Write(io.Discard, document, "items", each(made(2), broken)); !errors.Is(err, broken) {
		t.Errorf("of the items: %v", err)
	}
	for room := range 3 {
		if err := jsonlist.Write(&failing{room}, document, "items", each(made(1), nil)); err == nil {
			t.Errorf("after %d writes: an error of the writer is lost", room)
		}
	}
	if err := jsonlist.Write(io.Discard, document, "missing", each(nil, nil)); err == nil {
		t.Error("a document without the list is written")
	}
	if err := jsonlist.Write(io.Discard, func() {}, "items", each(nil, nil)); err == nil {
		t.Error("what is no JSON is written")
	}
}

// failing takes so many writes and refuses the next.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

func ExampleWrite() {
	squares := func(yield func(int, error) bool) {
		for i := 1; i <= 2 && yield(i*i, nil); i++ {
		}
	}
	document := struct {
		Total   int   `json:"total"`
		Squares []int `json:"squares"`
	}{2, []int{}}
	if err := jsonlist.Write(os.Stdout, document, "squares", squares); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//   "total": 2,
	//   "squares": [
	//     1,
	//     4
	//   ]
	// }
}
