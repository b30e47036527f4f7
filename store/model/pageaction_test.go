package model

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// TestActionsReadAsTheyAreWritten: as flags and as JSON, both ways.
func TestActionsReadAsTheyAreWritten(t *testing.T) {
	for written, c := range map[string]struct {
		action PageAction
		json   string
	}{
		"click=button[aria-expanded=false]": {PageAction{Click: "button[aria-expanded=false]"},
			`{"click":"button[aria-expanded=false]"}`},
		"wait_for=main p": {PageAction{WaitFor: "main p"}, `{"wait_for":"main p"}`},
		"scroll":          {PageAction{Scroll: true}, `{"scroll":true}`},
		"wait=2s":         {PageAction{Wait: 2 * time.Second}, `{"wait":"2s"}`},
	} {
		got, err := ParsePageAction(written)
		if err != nil || got != c.action || got.String() != written {
			t.Errorf("%s: %+v (%s), %v", written, got, got, err)
		}
		b, err := json.Marshal(got)
		if err != nil || string(b) != c.json {
			t.Errorf("%s: %s, %v", written, b, err)
		}
		var back PageAction
		if err := json.Unmarshal(b, &back); err != nil || back != got {
			t.Errorf("%s: %+v, %v", b, back, err)
		}
	}
}

func TestActionsThatAreRefused(t *testing.T) {
	for _, written := range []string{"", "click", "click=", "scroll=all", "wait=", "wait=-1s", "wait=31s", "wait=soon",
		"type=x", "click=" + strings.Repeat("a", 1001), "click=\xff"} {
		if got, err := ParsePageAction(written); !errors.Is(err, ErrInvalid) {
			t.Errorf("%.20q: %+v, %v", written, got, err)
		}
	}
	for _, written := range []string{`{}`, `[]`, `"click"`, `{"click":"a","scroll":true}`, `{"type":"x"}`,
		`{"wait":2}`, `{"scroll":false}`} {
		var a PageAction
		if err := json.Unmarshal([]byte(written), &a); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %+v, %v", written, a, err)
		}
	}
	if err := CheckPageActions(make([]PageAction, MaxPageActions+1)); !errors.Is(err, ErrInvalid) {
		t.Errorf("too many: %v", err)
	}
	if err := CheckPageActions([]PageAction{{Wait: 20 * time.Second}, {Wait: 11 * time.Second}}); !errors.Is(err, ErrInvalid) {
		t.Errorf("too long: %v", err)
	}
	if err := CheckPageActions([]PageAction{{Wait: 30 * time.Second}, {Scroll: true}}); err != nil {
		t.Error(err)
	}
}
