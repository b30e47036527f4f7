package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds on what is done to a page before it is read.
const (
	MaxPageActions = 20
	MaxPageWait    = 30 * time.Second // of all waits together
	maxActionCSS   = 1000
)

// PageAction is one thing that is done to a page in a browser before it is read. One
// of the fields is set. MarshalJSON writes Wait as "2s".
type PageAction struct {
	Click   string        `json:"click,omitempty"`    // CSS selector of an element that is clicked
	WaitFor string        `json:"wait_for,omitempty"` // CSS selector of an element that is waited for
	Scroll  bool          `json:"scroll,omitempty"`   // to the end of the page, until nothing more comes
	Wait    time.Duration `json:"wait,omitempty"`     // for so long
}

// actionJSON is an action as it is written: {"click": "button.more"}, {"wait": "2s"}.
type actionJSON struct {
	Click   string `json:"click,omitempty"`
	WaitFor string `json:"wait_for,omitempty"`
	Scroll  bool   `json:"scroll,omitempty"`
	Wait    string `json:"wait,omitempty"`
}

// ParsePageAction reads an action as --action takes it: click=CSS, wait_for=CSS,
// scroll or wait=2s. The error wraps [ErrInvalid].
func ParsePageAction(s string) (PageAction, error) {
	name, value, _ := strings.Cut(strings.TrimSpace(s), "=")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(name) {
	case "click":
		return actionJSON{Click: value}.action(s)
	case "wait_for":
		return actionJSON{WaitFor: value}.action(s)
	case "wait":
		return actionJSON{Wait: value}.action(s)
	case "scroll":
		return actionJSON{Scroll: value == ""}.action(s)
	}
	return PageAction{}, noAction(s)
}

func noAction(s string) error {
	return fmt.Errorf("%w: %q is no action; write click=CSS, wait_for=CSS, scroll or wait=2s", ErrInvalid, clip(s, 80))
}

// action makes the action of its written form, which is quoted in the error.
func (j actionJSON) action(written string) (PageAction, error) {
	a := PageAction{Click: j.Click, WaitFor: j.WaitFor, Scroll: j.Scroll}
	if j.Wait != "" {
		wait, err := time.ParseDuration(j.Wait)
		if err != nil || wait <= 0 || wait > MaxPageWait {
			return PageAction{}, fmt.Errorf("%w: %q is not a time to wait like 2s, %s at most", ErrInvalid, clip(j.Wait, 80),
				MaxPageWait)
		}
		a.Wait = wait
	}
	set := 0
	for _, is := range []bool{a.Click != "", a.WaitFor != "", a.Scroll, a.Wait != 0} {
		if is {
			set++
		}
	}
	if set != 1 {
		return PageAction{}, noAction(written)
	}
	if css := a.CSS(); len(css) > maxActionCSS || !utf8.ValidString(css) {
		return PageAction{}, fmt.Errorf("%w: the selector of an action is longer than %d bytes or no text", ErrInvalid,
			maxActionCSS)
	}
	return a, nil
}

// CSS is the selector that the action has; "" for one without.
func (a PageAction) CSS() string { return a.Click + a.WaitFor }

// String writes the action as ParsePageAction reads it.
func (a PageAction) String() string {
	switch {
	case a.Click != "":
		return "click=" + a.Click
	case a.WaitFor != "":
		return "wait_for=" + a.WaitFor
	case a.Scroll:
		return "scroll"
	}
	return "wait=" + a.Wait.String()
}

// MarshalJSON writes an object with one key.
func (a PageAction) MarshalJSON() ([]byte, error) {
	j := actionJSON{Click: a.Click, WaitFor: a.WaitFor, Scroll: a.Scroll}
	if a.Wait != 0 {
		j.Wait = a.Wait.String()
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads an object with one key. The error wraps [ErrInvalid].
func (a *PageAction) UnmarshalJSON(b []byte) error {
	var j actionJSON
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil {
		return noAction(string(b))
	}
	var err error
	*a, err = j.action(string(b))
	return err
}

// CheckPageActions returns why a list of actions is refused: too many, or too long a
// wait. The error wraps [ErrInvalid].
func CheckPageActions(list []PageAction) error {
	var wait time.Duration
	for _, a := range list {
		wait += a.Wait
	}
	switch {
	case len(list) > MaxPageActions:
		return fmt.Errorf("%w: %d actions are too many; %d are the most", ErrInvalid, len(list), MaxPageActions)
	case wait > MaxPageWait:
		return fmt.Errorf("%w: the actions wait for %s together; %s is the most", ErrInvalid, wait, MaxPageWait)
	}
	return nil
}
