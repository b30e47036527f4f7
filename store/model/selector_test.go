package model

import (
	"encoding/json"
	"errors"
	"testing"
)

// TestSelectorJSONRoundTrips: a selector that is only CSS is written and read as the
// string it always was, a range as its ends.
func TestSelectorJSONRoundTrips(t *testing.T) {
	for _, c := range []string{`{"url":"https://acme.example","select":["main",{"startBefore":"#a","endAfter":"#b"}],"remove":[".x"]}`, `{}`} {
		var s Source
		if err := json.Unmarshal([]byte(c), &s); err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(s)
		if err != nil || string(got) != c {
			t.Errorf("%s became %s, %v", c, got, err)
		}
	}
}

func TestSelectorJSONRefusesHalfARange(t *testing.T) {
	for _, c := range []string{`{}`, `7`, `{"startBefore":"a"}`, `{"startBefore":"a","startAfter":"b","endAfter":"c"}`,
		`{"startBefore":"a","endAfter":"c","until":"d"}`} {
		var s Selector
		if err := json.Unmarshal([]byte(c), &s); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %+v, %v", c, s, err)
		}
	}
}

func TestSourceListsItsPages(t *testing.T) {
	if got := (Source{URL: "u", Select: CSS("a")}).Pages(); len(got) != 1 || got[0].URL != "u" ||
		got[0].Select[0].CSS != "a" {
		t.Errorf("%+v", got)
	}
	if got := (Source{URL: "u", Parts: []Page{{URL: "v"}, {URL: "w"}}}).Pages(); len(got) != 2 || got[1].URL != "w" {
		t.Errorf("%+v", got)
	}
	if got := (Source{Repo: "r"}).Pages(); got != nil {
		t.Errorf("%+v", got)
	}
}
