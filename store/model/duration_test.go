package model

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestDurationIsReadAsPeopleWriteIt(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"12h": 12 * time.Hour, "7d": 168 * time.Hour, "2W": 336 * time.Hour, "1m": 720 * time.Hour,
		"1y": 365 * 24 * time.Hour, "9999d": 9999 * 24 * time.Hour,
	} {
		if got, err := ParseDuration(s); got != want || err != nil {
			t.Errorf("%q reads as %v, %v; want %v", s, got, err, want)
		}
	}
}

func TestDurationThatIsNoneIsInvalid(t *testing.T) {
	for _, s := range []string{"", "d", "7", "0d", "-7d", "7 d", "1.5d", "7x", "99999d", "d7", "7d2"} {
		if got, err := ParseDuration(s); !errors.Is(err, ErrInvalid) || got != 0 {
			t.Errorf("%q reads as %v, %v", s, got, err)
		}
	}
}

func ExampleParseDuration() {
	d, err := ParseDuration("2w")
	fmt.Println(d, err)
	// Output: 336h0m0s <nil>
}

func ExampleMatchName() {
	fmt.Println(MatchName("acme/*", "Acme", "Privacy Policy"), MatchName("acme/terms*", "Acme", "Privacy Policy"))
	// Output: true false
}
